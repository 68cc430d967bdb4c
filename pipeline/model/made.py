"""What was made: the roster, the files' verdicts, the figures of a round. Frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.model.arrived import Issue
from pipeline.model.expected import Campaign, Round
from schemas.form import Form

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["on_time", "late", "unusable", "undecided", "missing", "pending", "waived"]
Verdict = Literal[
    "counted", "superseded", "duplicate", "undecided", "unusable", "withdrawn", "not_yet", "ignored"
]


@dataclass(frozen=True, slots=True)
class RosterRow:
    """Who owes what and where it stands: a row of roster.csv (design rule 7).

    Where the counted version replaced another, `mended` of the `mended_of` things that the older one had to mend or
    explain are gone, and `newly_found` ones have come.
    """

    district_code: str
    district: str
    form: str
    round: str
    status: Status
    due_at: datetime
    first_received_at: datetime | None
    first_acceptable_at: datetime | None
    counted_at: datetime | None
    days_late: int
    counted_file: str
    receipt_source: str
    local_bodies_reported: int
    local_bodies_expected: int
    must_fix: int
    please_explain: int
    note: str
    mended: int = 0
    mended_of: int = 0
    newly_found: int = 0

    @property
    def as_document(self) -> bool:
        """Whether what counts is a document that is received as it is: nothing is read from it."""
        return bool(self.counted_file) and not self.local_bodies_reported


@dataclass(frozen=True, slots=True)
class FileRow:
    """What became of one arrival; `places` are the (district, round) pairs it counts or may count for.

    What the register does not know (a lock file, a file still being copied) has no hash and no time.
    `seen = read + set_aside` (design rule 1); all are 0 for a file that could not be opened. The `snapshot` is where
    its bytes are kept, if they are.
    """

    path: str
    sha256: str
    received_at: datetime | None
    source: str
    verdict: Verdict
    codes: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    rows_used: int
    seen: int
    read: int
    set_aside: int
    snapshot: Path | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A province figure and its coverage: how many local bodies and districts are in it (design rule 3)."""

    value: float
    local_bodies: int
    districts: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that a district sent: the snapshot that holds it, and the part of it."""

    district_code: str
    snapshot: Path
    part: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A local body of a district whose return was counted, without any figure in it."""

    district_code: str
    local_body_code: str


@dataclass(frozen=True, eq=False)
class Earlier:
    """An earlier round of the same form, as it stands now; the frames and totals are those of `RoundResult`."""

    round: Round
    form: Form
    consolidated: "pd.DataFrame"
    districts: "pd.DataFrame"
    totals: Mapping[str, Total]


@dataclass(frozen=True, eq=False)
class RoundResult:
    """All that is known of one round, ready to be written.

    `values`: the columns of values.csv; `consolidated`: one row per local body of the registry, its indicators as
    nullable numbers, ratios and text columns; `districts`: one row per district in registry order, index
    `district_code`, a column per indicator and ratio (NA is unknown); `extras`: cells of unknown columns;
    `totals`: by indicator, ratio and once-per-district key; `roster`: one row per district;
    `rows`: the columns of rows.csv, where the rows of the form stand for themselves (activities), and `photos` the
    pictures that came with them;
    `previous`: the status of each district in the round before, empty for the first; `earlier`: the rounds of the same
    form that were due before this one, in that order.
    """

    round: Round
    form: Form
    roster: tuple[RosterRow, ...]
    values: "pd.DataFrame"
    consolidated: "pd.DataFrame"
    districts: "pd.DataFrame"
    extras: "pd.DataFrame"
    totals: Mapping[str, Total]
    issues: tuple[Issue, ...]
    absent: tuple[Absent, ...]
    files: tuple[FileRow, ...]
    rows: "pd.DataFrame | None" = None
    photos: tuple[Photo, ...] = ()
    previous: Mapping[str, Status] = field(default_factory=dict)
    earlier: tuple[Earlier, ...] = ()

    @property
    def title(self) -> str:
        """What it is called: its form and its round."""
        return self.form.titled(self.round.title)


@dataclass(frozen=True, eq=False)
class Results:
    """A whole run: the rounds that are written, every arrival, and the issues that belong to no round.

    `every_round` is the whole campaign in its order, and the same whichever rounds are written. Of those that are
    neither due nor begun it holds the roster and the issues, and no figures: their frames are empty.
    """

    campaign: Campaign
    as_of: datetime
    sample: bool
    rounds: tuple[RoundResult, ...]
    files: tuple[FileRow, ...]
    unplaced: tuple[Issue, ...]
    internal_error: bool = False
    every_round: tuple[RoundResult, ...] = ()

    @property
    def unsettled(self) -> bool:
        """Whether anything must be fixed by a district or decided by the analyst."""
        issues = (issue for result in self.rounds for issue in result.issues)
        return any(issue.severity == "must_fix" for issue in (*issues, *self.unplaced))
