"""What a night brought: the outputs that stood against the new results. Frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.model.arrived import Issue
from pipeline.model.expected import Round
from pipeline.model.made import FileRow, Status, Total


@dataclass(frozen=True, slots=True)
class Came:
    """A file that was not there before; `again`: a place that it is for had a report that counted already."""

    file: FileRow
    again: bool


@dataclass(frozen=True, slots=True)
class Turned:
    """A district whose status in a round is another than before; `days_late` as in roster.csv."""

    round: str
    district_code: str
    before: Status
    after: Status
    days_late: int


@dataclass(frozen=True, slots=True)
class Mended:
    """A district that has fewer things to mend or explain than before: how many are gone, how many new ones came with
    the same file, and how many it still must mend."""

    round: str
    district_code: str
    mended: int
    newly_found: int
    must_fix: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that has been corrected in `corrections.csv`: what stood in the cell, and what counts now."""

    round: str
    district_code: str
    local_body_code: str
    indicator: str
    before: str
    value: float
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class MovedBy:
    """What one district has to do with a figure that moved: its sum before and now, and the files it came from."""

    district_code: str
    indicator: str
    before: float | None
    after: float | None
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of the province that is another than before, a ratio in percent; `None`: nobody reported it."""

    round: str
    indicator: str
    before: Total | None
    after: Total | None
    by: tuple[MovedBy, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A night in short. `begun`: the rounds of which nothing stood before, with how many districts have each status;
    what is told of a change is told of the other rounds. `failures`: what we could not read, newly.
    `questions` have come since, `waiting` were open before. `deadline`: the round that is due next."""

    as_of: datetime
    sample: bool
    begun: Mapping[str, Mapping[Status, int]]
    failures: tuple[Issue, ...]
    questions: tuple[Issue, ...]
    waiting: tuple[Issue, ...]
    turned: tuple[Turned, ...]
    moved: tuple[Moved, ...]
    corrected: tuple[Corrected, ...]
    mended: tuple[Mended, ...]
    came: tuple[Came, ...]
    withdrawn: tuple[FileRow, ...]
    deadline: Round | None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell: what waited before is no news."""
        return any(
            (
                *(self.begun, self.failures, self.questions, self.turned, self.moved),
                *(self.corrected, self.mended, self.came, self.withdrawn),
            )
        )
