"""What is to be done about districts: who is missing, whose time is unconfirmed, who has to mend or explain."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.model import Issue, Results, RosterRow, RoundResult
from pipeline.thai import thai_digits
from pipeline.write.asked import asked, to_explain, to_mend
from pipeline.write.grouping import grouped
from pipeline.write.todo import calls, paste
from pipeline.write.todo.files import place
from pipeline.write.todo.task import Kind, Level, Task

_COUNTED_APART: Final = ("ABSENT_LOCAL_BODY", "ABSENT_ACTIVITY")
"""Local bodies that are counted as absent, and not among what is to be explained."""


def of_districts(results: Results, result: RoundResult) -> Iterator[Task]:
    """One task for all that are missing, from the moment on from which they are reminded; then those of each one."""
    missing = asked(results, result, "missing")
    if missing:
        yield _missing(result, missing)
    mendable = to_mend(result)
    for row in result.roster:
        if row.status == "late" and row.receipt_source == "file_time":
            yield _unconfirmed(result, row)
        if row.counted_file:
            yield from _about_figures(result, row, mendable.get(row.district_code, ()))


def _missing(result: RoundResult, rows: Sequence[RosterRow]) -> Task:
    """All are told the same, so they are one matter; `bodies` is how many local bodies they have together."""
    return Task(
        kind="missing",
        level=1,
        bodies=sum(row.local_bodies_expected for row in rows),
        district_code=rows[0].district_code,
        districts=tuple(row.district for row in rows),
        round=result.round.title,
        whom=", ".join(row.district for row in rows),
        what=calls.MISSING,
        brief=calls.MISSING,
        say=calls.SEND,
        state=calls.state(result, rows),
    )


def _unconfirmed(result: RoundResult, row: RosterRow) -> Task:
    what = thai_digits(f"ส่งช้า {row.days_late} วัน ตามเวลาของไฟล์ ยังไม่มีผู้ยืนยันเวลารับ")
    came = (file for file in result.files if (row.district_code, row.round) in file.places)
    file = next((each.path for each in came if each.received_at == row.first_acceptable_at), row.counted_file)
    lines = paste.receive(file)
    return _task("receipt", 3, result, row, what, brief=what, say=calls.RECEIPT, file=file, lines=lines)


def _about_figures(result: RoundResult, row: RosterRow, issues: Sequence[Issue]) -> Iterator[Task]:
    """One call to a district with something to mend or explain in the report that counts."""
    explain = sum(issue.code not in _COUNTED_APART for issue in to_explain(result, row))
    absent = sum(each.district_code == row.district_code for each in result.absent)
    if not (issues or explain or absent):
        return
    counts = [
        f"ต้องแก้ {len(issues):,} จุด" if issues else "",
        f"โปรดชี้แจง {explain:,} จุด" if explain else "",
        f"อปท. ยังไม่ครบ {absent:,} แห่ง" if absent else "",
    ]
    brief = thai_digits(" · ".join(filter(None, counts)))
    first = grouped(issues)[0] if issues else None
    yield _task(
        "mend" if issues else "explain",
        2 if issues or absent else 3,
        result,
        row,
        f"{brief} เช่น {place(first)}{first.what}" if first else brief,
        brief=brief,
        say=calls.MEND if issues else calls.ABSENT if absent else calls.EXPLAIN,
        file=row.counted_file,
        bodies=absent,
        cells=len(issues) or explain,
        lines=paste.mends(issues, _counted_hash(result, row)),
    )


def _counted_hash(result: RoundResult, row: RosterRow) -> str:
    """The hash of the content that counts: other contents may have stood at its path."""
    counted = (row.counted_file, row.counted_at)
    return next((file.sha256 for file in result.files if (file.path, file.received_at) == counted), "")


def _task(  # noqa: PLR0913 — what a task of one district is made of
    kind: Kind,
    level: Level,
    result: RoundResult,
    row: RosterRow,
    what: str,
    *,
    brief: str,
    say: str,
    file: str,
    bodies: int = 0,
    cells: int = 0,
    lines: tuple[paste.Line, ...] = (),
) -> Task:
    return Task(
        kind=kind,
        level=level,
        bodies=bodies,
        cells=cells,
        district_code=row.district_code,
        districts=(row.district,),
        round=result.round.title,
        whom=row.district,
        what=what,
        brief=brief,
        file=file,
        say=say,
        lines=lines,
        state=calls.state(result, [row]),
    )
