"""What the page is about: the results, which round comes first, and what lies beside the page to be opened."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.model import Results, RosterRow, Round, RoundResult, Status
from pipeline.thai import thai_date, thai_datetime, thai_digits
from pipeline.write.asked import to_mend
from pipeline.write.grouping import Group
from pipeline.write.words import STATUSES

RECEIVED: tuple[Status, ...] = ("on_time", "late")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a round's folder: the files by their path within it, and for which moment they were made (`None`
    where that cannot be told)."""

    files: frozenset[str] = frozenset()
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What every part of the page is made from: `beside` by round, `waiting` the files that the province has to decide
    about, `mends` how much a district has to fix in a report that counts, by round and district."""

    results: Results
    beside: Mapping[str, Beside]
    waiting: frozenset[str]
    mends: Mapping[tuple[str, str], int]

    @property
    def rounds(self) -> tuple[RoundResult, ...]:
        return self.results.every_round

    @property
    def as_of(self) -> datetime:
        return self.results.as_of

    def day(self, moment: datetime, *, short: bool = True) -> str:
        """The day of a moment in the campaign's zone, in Thai digits."""
        return thai_date(moment.astimezone(self.results.campaign.zone).date(), short=short)

    def moment(self, moment: datetime, *, short: bool = True) -> str:
        """A day and time in the campaign's zone, in Thai digits."""
        return thai_datetime(moment.astimezone(self.results.campaign.zone), short=short)

    def to_mend(self, row: RosterRow) -> int:
        """How much a district has to fix in a round."""
        return self.mends.get((row.round, row.district_code), 0)

    def waits(self, group: Group) -> bool:
        """Whether something is for the province to settle, and asks nothing of a district."""
        return group.question or (group.severity == "must_fix" and group.file in self.waiting)

    def days_until(self, moment: datetime) -> int:
        """Calendar days from as-of to a moment; negative once it has passed."""
        zone = self.results.campaign.zone
        return (moment.astimezone(zone).date() - self.as_of.astimezone(zone).date()).days


def view_of(results: Results, beside: Mapping[str, Beside]) -> View:
    """The view of some results; `beside` tells what lies in each round's folder."""
    waiting = frozenset(row.path for row in results.files if row.verdict == "undecided")
    mends = {
        (each.round.key, code): len(issues)
        for each in results.every_round
        for code, issues in to_mend(each).items()
    }
    return View(results, beside, waiting, mends)


def latest(view: View) -> RoundResult | None:
    """The round that was due last; before any was, the one that is due first. `None` in a campaign without rounds."""
    past = [each for each in view.rounds if each.round.due_at <= view.as_of]
    if past:
        return max(past, key=lambda each: each.round.due_at)
    return min(view.rounds, key=lambda each: each.round.due_at, default=None)


def ahead(view: View) -> list[RoundResult]:
    """The rounds that are due after as-of, the next one first."""
    later = [each for each in view.rounds if each.round.due_at > view.as_of]
    return sorted(later, key=lambda each: each.round.due_at)


def tally(result: RoundResult) -> dict[Status, int]:
    """How many districts have each status, every status in the order of its words."""
    counts = Counter(row.status for row in result.roster)
    return {status: counts[status] for status in STATUSES}


def received(result: RoundResult) -> int:
    """How many districts have sent something that can be used."""
    return sum(row.status in RECEIVED for row in result.roster)


def name(round_: Round) -> str:
    """What a round is called by itself."""
    return thai_digits(round_.title)


def title(result: RoundResult) -> str:
    """What a round is called with its form."""
    return thai_digits(result.title)


def number(row: RosterRow) -> str:
    """Local bodies reported, out of those expected."""
    return f"{row.local_bodies_reported}/{row.local_bodies_expected}"


def remaining(view: View, moment: datetime) -> str:
    """How far a deadline is: อีก ๒๔ วัน, ครบกำหนดวันนี้, ครบกำหนดเมื่อ ๔ วันก่อน."""
    days = view.days_until(moment)
    if days == 0:
        return "ครบกำหนดวันนี้"
    return thai_digits(f"อีก {days} วัน" if days > 0 else f"ครบกำหนดเมื่อ {-days} วันก่อน")
