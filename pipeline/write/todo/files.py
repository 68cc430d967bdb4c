"""What is to be done about single files: questions, failures of ours, what cannot be used, what has vanished."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.model import FileRow, Results, RosterRow, RoundResult
from pipeline.write.asked import to_mend
from pipeline.write.grouping import Group, by_file, grouped
from pipeline.write.todo import calls, paste
from pipeline.write.todo.task import Kind, Level, Task

_OURS: Final = ("READER_CRASH", "READER_REFUSED", "RECONCILE", "INTERNAL", "UNREADABLE")
_TABLES: Final = ("CORRECTION_UNFIT", "ANSWER_UNFIT", "NOT_SAMPLE")
_UNUSED: Final = ("ANSWER_UNUSED", "CORRECTION_UNUSED")
_OUT: Final = ("missing", "unusable", "undecided")


def of_files(results: Results, result: RoundResult) -> Iterator[Task]:
    """A task for each question and the like, and one for each file that cannot be used."""
    groups = grouped((*result.issues, *results.unplaced))
    for group in groups:
        kind = _kind(group)
        if kind is not None:
            yield _single(results, result, kind, group)
    mended = {(issue.district_code, issue.file) for issues in to_mend(result).values() for issue in issues}
    unusable = (group for group in groups if group.severity == "must_fix" and _kind(group) is None)
    for members in by_file(
        group for group in unusable if (group.district_code, group.file) not in mended
    ).values():
        yield _unusable(results, result, members)


def place(group: Group) -> str:
    """Where a cause is found in its file, to stand before what was found; empty for the whole file."""
    sheet = f'แผ่น "{group.sheet}" ' if group.sheet else ""
    return sheet + (f"เซลล์ {group.cells} " if group.cells else "")


def _kind(group: Group) -> Kind | None:
    """What kind of task a cause is by itself, if it is one."""
    if group.code in _TABLES:
        return "tables"
    if group.code in _OURS:
        return "ours"
    if group.question:
        return "question"
    return "vanished" if group.code == "VANISHED" else "unused" if group.code in _UNUSED else None


def _single(results: Results, result: RoundResult, kind: Kind, group: Group) -> Task:
    file = _file(results, group)
    rows = _rows(result, group, file)
    out = _out(rows)
    level = _level(result, kind, rows, out)
    places = [f"{code}/{key}" for code, key in file.places] if file else []
    return Task(
        kind=kind,
        level=level,
        bodies=_bodies(out) if level == 1 else 0,
        cells=file.read if file and level < 3 else 0,
        district_code=rows[0].district_code if rows else "",
        districts=tuple(row.district for row in rows),
        round=result.round.title if rows else "",
        whom=calls.any_of(rows) if kind == "question" else "",
        what=place(group) + group.what,
        brief=calls.brief(group),
        file=group.file,
        say=calls.VANISHED if kind == "vanished" else calls.say(group),
        lines=paste.withdraw(group.file) if kind == "vanished" else paste.answer_to(group, places),
        state=calls.state(result, rows),
    )


def _unusable(results: Results, result: RoundResult, members: Sequence[Group]) -> Task:
    """A file of which nothing can be used: one task, however many reasons there are."""
    first = members[0]
    rows = _rows(result, first, _file(results, first))
    out = _out(rows)
    what = " · ".join(dict.fromkeys(place(group) + group.what for group in members))
    return Task(
        kind="unusable",
        level=1 if out else 3 if rows else 2,
        bodies=_bodies(out),
        district_code=rows[0].district_code if rows else "",
        districts=tuple(row.district for row in rows),
        round=result.round.title if rows else "",
        whom=calls.any_of(rows),
        what=what,
        brief=what,
        file=first.file,
        say=first.remedy if out else calls.BESIDE if rows else calls.STRAY,
        lines=() if out else paste.withdraw(first.file),
        state=calls.state(result, rows),
    )


def _level(result: RoundResult, kind: Kind, rows: Sequence[RosterRow], out: Sequence[RosterRow]) -> Level:
    if kind in ("vanished", "unused"):
        return 3
    may_be_missing = (
        not rows and kind in ("question", "ours") and any(row.status == "missing" for row in result.roster)
    )
    return 1 if out or may_be_missing else 2


def _out(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """Those of which nothing is in the tables."""
    return [row for row in rows if row.status in _OUT]


def _bodies(out: Sequence[RosterRow]) -> int:
    """As many local bodies as a file may bring: it is one district's."""
    return max((row.local_bodies_expected for row in out), default=0)


def _rows(result: RoundResult, group: Group, file: FileRow | None) -> list[RosterRow]:
    """The districts that a cause is about, or may be about, in this round."""
    places = (
        {(group.district_code, result.round.key)} if group.district_code else {*(file.places if file else ())}
    )
    return [row for row in result.roster if (row.district_code, row.round) in places]


def _file(results: Results, group: Group) -> FileRow | None:
    """The file of a cause; of several contents at one path the newest of which it was said."""
    told = [file for file in results.files if file.path == group.file and group.code in file.codes]
    return told[-1] if told else None
