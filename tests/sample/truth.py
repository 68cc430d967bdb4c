"""The truth of the campaign: values, roster, planted difficulties and what became of each file.

It is worked out from the recipes by the design's rules alone and imports nothing of the program that it tests.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from tests.sample.judge import judged
from tests.sample.model import Content, Fact, Laid, Sent
from tests.sample.tables import Tables

AS_OF = datetime.fromisoformat("2021-02-24T08:30:00+07:00")
DUE = {
    "plan": datetime.fromisoformat("2021-01-26T23:59:59+07:00"),
    "1": datetime.fromisoformat("2021-02-05T23:59:59+07:00"),
    "2": datetime.fromisoformat("2021-02-20T23:59:59+07:00"),
}
NEVER_LATE = ("plan",)
"""Due on the day of the letter itself: nobody is late."""
Place = tuple[str, str]
Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrived:
    """An arrival as it stands at the time of the run; `at` is the corrected time where there is one."""

    sent: Sent
    content: Content
    at: datetime
    state: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is counted for one place, and when."""

    arrived: Arrived | None
    first_acceptable: datetime | None
    older: tuple[Arrived, ...] = ()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def arrivals(contents: Sequence[Content]) -> list[Arrived]:
    """Every arrival, oldest first; lock files never arrive."""
    found = [
        arrived(sent, content, number)
        for content in contents
        for number, sent in enumerate(content.book.sent)
        if sent.verdict != "ignored"
    ]
    return sorted(found, key=lambda each: (each.at, each.sent.path))


def arrived(sent: Sent, content: Content, number: int) -> Arrived:
    """A later arrival of a content for the same place is a duplicate, unless the recipe says what it is."""
    book = content.book
    own = tuple(
        dict.fromkeys((laid.table.district, laid.table.round) for laid in content.laid if laid.table.counts)
    )
    again = "duplicate" if number else book.state
    return Arrived(
        sent,
        content,
        moment(sent.corrected_to or sent.at),
        sent.verdict or again,
        sent.places or book.places or own,
    )


def bodies(each: Arrived, place: Place, tables: Tables) -> frozenset[str]:
    """The local bodies with at least one figure that stands."""
    return frozenset(fact.body for laid in tables_at(each, place) for fact in kept(laid, tables) if fact.body)


def kept(laid: Laid, tables: Tables) -> Iterator[Fact]:
    """The figures of a table that stand and are counted. No rule of the plan takes a figure out."""
    facts = laid.facts if laid.table.form == "plan" else judged(laid.facts, tables)[0]
    for fact in facts:
        if fact.value is not None and (laid.table.form == "plan" or tables.field(fact.key).counted):
            yield fact


def tables_at(each: Arrived, place: Place) -> list[Laid]:
    return [
        laid
        for laid in each.content.laid
        if laid.table.counts and (laid.table.district, laid.table.round) == place
    ]


def standing(found: Sequence[Arrived], place: Place, tables: Tables) -> Standing:
    """Design rule 6: the newest acceptable return; the recipes name those that report fewer bodies."""
    good = [each for each in found if each.state == "report" and place in each.places]
    for older, newer in pairwise(good):
        assert bodies(older, place, tables) <= bodies(newer, place, tables), (
            newer.sent.path,
            "reports fewer",
        )
    if not good:
        return Standing(None, None)
    return Standing(good[-1], good[0].at, tuple(good[:-1]))


def days_late(at: datetime, due: datetime) -> int:
    """Whole days begun after the due moment."""
    return max(0, -((due - at) // timedelta(days=1)))


def roster(found: Sequence[Arrived], tables: Tables) -> Iterator[Line]:
    for round_ in DUE:
        for district in tables.districts:
            yield roster_line(found, (district, round_), tables)


def roster_line(found: Sequence[Arrived], place: Place, tables: Tables) -> Line:
    here = [each for each in found if place in each.places and each.state not in ("not_yet", "withdrawn")]
    stands, due = standing(found, place, tables), DUE[place[1]]
    first = min((each.at for each in here), default=None)
    if stands.arrived is None:
        states = {each.state for each in here}
        status = "undecided" if "undecided" in states else "unusable" if states else "missing"
        return (*place, status, "0", "", "0", first.isoformat() if first else "", "")
    assert stands.first_acceptable is not None
    assert first is not None
    late = 0 if place[1] in NEVER_LATE else days_late(stands.first_acceptable, due)
    reported = len(bodies(stands.arrived, place, tables))
    times = (first.isoformat(), stands.first_acceptable.isoformat())
    return (*place, "late" if late else "on_time", str(late), stands.arrived.sent.path, str(reported), *times)


def values(found: Sequence[Arrived], tables: Tables) -> Iterator[Line]:
    """Every count that stands, once."""
    for round_ in DUE:
        for district in tables.districts:
            each = standing(found, (district, round_), tables).arrived
            for laid in tables_at(each, (district, round_)) if each else ():
                for fact in kept(laid, tables):
                    said = (fact.item, fact.key, number(fact.value or 0))
                    place = (each.sent.path if each else "", laid.sheet.name, fact.cell)
                    yield (district, fact.body, laid.table.form, round_, *said, *place)


def number(value: float) -> str:
    """An integer without a point, else the shortest decimal."""
    return str(int(value)) if value == int(value) else repr(float(value))


def verdicts(found: Sequence[Arrived], tables: Tables) -> Mapping[tuple[str, str], str]:
    """What became of each (path, hash)."""
    used = [standing(found, (district, round_), tables) for round_ in DUE for district in tables.districts]
    now = {id(stand.arrived) for stand in used}
    before = {id(each) for stand in used for each in stand.older}

    def verdict(each: Arrived) -> str:
        if each.state != "report":
            return each.state
        return "counted" if id(each) in now else "superseded" if id(each) in before else "unusable"

    return {(each.sent.path, each.content.sha256): verdict(each) for each in found}


def planted_files(content: Content) -> Iterator[Line]:
    """What was planted in a file as a whole: where it came from, what it is."""
    for number, sent in enumerate(content.book.sent):
        for case, expect in (*sent.cases, *(() if number else content.book.cases)):
            code, _, detail = expect.partition(" ")
            yield (case, sent.path, "", "", code, detail)


def planted(contents: Sequence[Content], tables: Tables) -> Iterator[Line]:
    """Every planted difficulty and every rule that a readable table breaks, at its cell."""
    for content in contents:
        yield from planted_files(content)
        path = content.book.sent[0].path
        for laid in content.laid if not content.book.made else ():
            for each in laid.planted:
                yield (each.case, path, each.sheet, each.cell, each.expect, each.detail)
            if laid.table.form != "plan" and laid.table.counts and content.book.state == "report":
                for fact, broken in judged(laid.facts, tables)[1]:
                    yield (broken.case, path, laid.sheet.name, fact.cell, broken.code, broken.rule)
