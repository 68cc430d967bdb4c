"""What must have been noted and what must count, told anew from the rules: nothing here is the program's.

The register is rows; rows are arrivals; the newest acceptable one of a district that reports no fewer local bodies than
the one before it counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Content:
    """What a file may hold. `figures`: (local body, indicator) -> (value, cell); a broken file has no district."""

    sha256: str
    data: bytes
    district: str = ""
    figures: Mapping[tuple[str, str], tuple[float, str]] | None = None

    @property
    def bodies(self) -> frozenset[str]:
        return frozenset(body for body, _ in self.figures or {} if body)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it lies there; a `growing` one is still being copied."""

    content: Content
    modified_at: datetime
    growing: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """A row of the register, without the time at which it was written."""

    file: str
    sha256: str
    received_at: datetime
    source: str
    event: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """A content that came to a path, as the rows after it left it."""

    file: str
    sha256: str
    received_at: datetime
    source: str
    withdrawn: bool = False
    vanished: bool = False


def arrivals(rows: Iterable[Noted]) -> list[Arrived]:
    """One for each row `arrived`. What is withdrawn is a content at its path, however often it came there; every
    other row is about the last of the same path and content."""
    found: list[Arrived] = []
    for row in rows:
        if row.event == "arrived":
            found.append(Arrived(row.file, row.sha256, row.received_at, row.source))
            continue
        same = [at for at, one in enumerate(found) if (one.file, one.sha256) == (row.file, row.sha256)]
        for at in same if row.event == "withdrawn" else same[-1:]:
            found[at] = _changed(found[at], row)
    return found


def _changed(one: Arrived, row: Noted) -> Arrived:
    match row.event:
        case "withdrawn":
            return replace(one, withdrawn=True)
        case "vanished":
            return replace(one, vanished=True)
        case _:
            return replace(one, received_at=row.received_at, source=row.source)


def newest(rows: Iterable[Noted]) -> dict[str, Arrived]:
    """The last arrival of each path."""
    return {one.file: one for one in arrivals(rows)}


# --- what is to be noted ----------------------------------------------------------------------------------------


def due_rows(rows: Sequence[Noted], disk: Mapping[str, File], now: datetime) -> list[Noted]:
    """What a run at `now` adds: files that are new or changed, and files that are gone."""
    last = newest(rows)
    whole = {path: file for path, file in disk.items() if not file.growing}
    came = [_came(path, file, last.get(path), now) for path, file in whole.items()]
    gone = [
        Noted(one.file, one.sha256, one.received_at, one.source, "vanished")
        for one in last.values()
        if one.file not in disk and not one.vanished and not one.withdrawn
    ]
    return [*(row for row in came if row is not None), *gone]


def _came(path: str, file: File, last: Arrived | None, now: datetime) -> Noted | None:
    """A content that was withdrawn from a path stays so while it lies there, or comes back."""
    if last is None or last.sha256 != file.content.sha256:
        return Noted(path, file.content.sha256, min(file.modified_at, now), "file_time", "arrived")
    if last.vanished and not last.withdrawn:
        return Noted(path, last.sha256, last.received_at, last.source, "arrived")
    return None


# --- what is to count -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a district stands: what counts, and everything of it that was acceptable."""

    counted: Arrived | None
    accepted: tuple[Arrived, ...]


def standing(rows: Iterable[Noted], contents: Mapping[str, Content], district: str) -> Standing:
    """A content again while it counts is no filing of its own; one with fewer local bodies waits for an answer."""
    kept = [one for one in arrivals(rows) if not one.withdrawn and contents[one.sha256].district == district]
    accepted: list[Arrived] = []
    for one in sorted(kept, key=lambda each: _order(each, kept)):
        current = accepted[-1] if accepted else None
        again = current is not None and current.sha256 == one.sha256
        fewer = current is not None and not contents[one.sha256].bodies >= contents[current.sha256].bodies
        if not again and not fewer:
            accepted.append(one)
    return Standing(accepted[-1] if accepted else None, tuple(accepted))


def _order(one: Arrived, kept: Iterable[Arrived]) -> tuple[datetime, bool, str]:
    """As received; a copy known by its own time never comes before what a person said of that content."""
    said = [other.received_at for other in kept if other.sha256 == one.sha256 and other.source == "register"]
    by_time = one.source == "file_time"
    return max(one.received_at, min(said)) if by_time and said else one.received_at, by_time, one.file


def status(stands: Standing, sent: bool, due_at: datetime, now: datetime) -> str:
    """`sent`: something of the district stands, be it unusable."""
    if stands.accepted:
        return "late" if min(one.received_at for one in stands.accepted) > due_at else "on_time"
    if sent:
        return "unusable"
    return "missing" if now > due_at else "pending"
