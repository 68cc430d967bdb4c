"""Results -> lines for the terminal, in Thai: who is late, who is missing, what must be mended, where it lies."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.model import Campaign, Issue, Results, RosterRow, RoundResult, Status
from pipeline.thai import thai_date, thai_datetime
from pipeline.understand import Understood
from pipeline.write.grouping import Group, grouped
from pipeline.write.todo import Line, all_tasks
from pipeline.write.words import SAMPLE, SEVERITIES, STATUSES, VERDICTS, progress, status_of

if TYPE_CHECKING:
    from pipeline.check import CheckedFile

A_MOMENT = 1.0
"""Seconds after which reading shows how far it is."""
MOST_GROUPS = 8
MOST_TASKS = 5
LISTED: tuple[Status, ...] = ("missing", "unusable", "undecided", "waived")


def summary_lines(results: Results) -> list[str]:
    """What a run of `consolidate` tells the analyst."""
    lines = [SAMPLE] if results.sample else []
    lines.append(f"ข้อมูล ณ {thai_datetime(results.as_of, digits='arabic')}")
    verdicts = Counter(row.verdict for row in results.files)
    counts = " · ".join(f"{VERDICTS[verdict]} {count}" for verdict, count in verdicts.most_common())
    lines.append(f"พบ {len(results.files)} ไฟล์: {counts}")
    for result in results.rounds:
        lines += ["", *round_lines(result)]
    if results.unplaced:
        lines += ["", "ไฟล์ที่ยังไม่รู้ว่าเป็นของใด หรือยังไม่นับในครั้งนี้"]
        lines += [f"  {_with_file(group)} {group.remedy}" for group in grouped(results.unplaced)]
    return [*lines, "", *task_lines(results)]


def task_lines(results: Results) -> list[str]:
    """What the analyst has to do first: whom to call about what, the file to open, the line to paste."""
    todo = all_tasks(results)
    if not todo:
        return ["งานวันนี้: ไม่มีงานค้าง"]
    lines = [f"งานวันนี้ {len(todo)} เรื่อง เรียงจากเรื่องสำคัญที่สุด"]
    for number, task in enumerate(todo[:MOST_TASKS], start=1):
        about = " ".join(filter(None, (task.round, task.brief)))
        call = f"โทรถึง {task.whom}: " if task.whom else ""
        lines.append(f"  {number}. {call}{about} · {task.say}")
        lines += [f"     เปิดไฟล์ {task.file}"] if task.file else []
        lines += [f"     {_pasted(line)}" for line in task.lines[:1] if len(task.lines) == 1]
    more = len(todo) - MOST_TASKS
    return [*lines, f"  และอีก {more} เรื่อง อยู่ใน worklist.xlsx"] if more > 0 else lines


def round_lines(result: RoundResult) -> list[str]:
    """One round: how many reported, then the lists by name, then what must be mended."""
    roster = result.roster
    sent = [row for row in roster if row.local_bodies_reported]
    bodies, expected = (
        sum(getattr(row, name) for row in roster)
        for name in ("local_bodies_reported", "local_bodies_expected")
    )
    due = thai_date(result.round.due_at.date(), digits="arabic")
    lines = [
        f"{result.title} (กำหนดส่ง {due})",
        f"  รวมได้ {bodies} จาก {expected} อปท. · {len(sent)} จาก {len(roster)} อำเภอ",
    ]
    lines += _named(roster, "late", lambda row: f"{row.district} ({row.days_late} วัน)")
    for status in LISTED:
        lines += _named(roster, status, lambda row: row.district)
    again = [f"{row.district} ({progress(row)})" for row in roster if progress(row)]
    lines += [f"  ส่งฉบับแก้ไขแล้ว {len(again)}: {', '.join(again)}"] if again else []
    mend = sum(row.must_fix for row in roster)
    if mend:
        lines.append(
            f"  ต้องแก้ {mend} จุด ใน {sum(row.must_fix > 0 for row in roster)} อำเภอ (รายละเอียดในแผ่น ต้องแก้ไข)"
        )
        worst = [issue for issue in result.issues if issue.severity == "must_fix" and issue.district_code]
        lines += [f"    {line}" for line in _worst(worst)]
    return lines


def _pasted(line: Line) -> str:
    """Where a line goes, and the line."""
    return f"เพิ่มใน {line.place}: {line.text}" if line.place else f"สั่ง {line.text}"


def status_lines(results: Results) -> list[str]:
    """The roster of each round, a line a district."""
    lines = [SAMPLE] if results.sample else []
    lines.append(f"ข้อมูล ณ {thai_datetime(results.as_of, digits='arabic')}")
    for result in results.rounds:
        lines += ["", result.title]
        lines += [_status_line(row, status_of(row, result.round)) for row in result.roster]
    return lines


def check_lines(checked: "CheckedFile", campaign: Campaign) -> list[str]:
    """What `check` tells about one workbook: its place, what was read, every issue."""
    district = ", ".join(
        campaign.registry.district(code).name for code in checked.district_code.split(",") if code
    )
    rounds = ", ".join(campaign.round(key).title for key in checked.round.split(",") if key)
    lines = [f'ไฟล์ "{checked.file}"']
    lines.append(f"  อำเภอ{district} {rounds}" if district else "  ยังไม่รู้ว่าเป็นของอำเภอหรือครั้งใด")
    lines.append(f"  อ่านได้ {checked.rows} แถว {len(checked.values)} ตัวเลข")
    lines += [f"  {line}" for line in issue_lines(checked.issues)]
    clean = all(issue.severity == "note" for issue in checked.issues)
    return [*lines, "  ไม่พบสิ่งที่ต้องแก้"] if clean else lines


def issue_lines(issues: Sequence[Issue]) -> list[str]:
    """Every cause on one line, ต้องแก้ first, each with its remedy below."""
    lines = []
    for group in grouped(issues):
        lines.append(f"{SEVERITIES[group.severity]}: {group_sentence(group)}")
        lines.append(f"    {group.remedy}")
    return lines


def group_sentence(group: Group) -> str:
    """Place and cause: แผ่น "แบบ 2" เซลล์ C6, D7 พบ …"""
    place = [f'แผ่น "{group.sheet}"'] if group.sheet else [f'ไฟล์ "{group.file}"']
    place += [f"เซลล์ {group.cells}"] if group.cells else []
    return " ".join((*place, group.what))


def with_progress(read: Iterable[Understood], total: int) -> Iterator[Understood]:
    """The same submissions; on a terminal a bar shows how far the reading is, once it takes more than a moment."""
    started, shown = time.monotonic(), False
    for number, one in enumerate(read, start=1):
        if sys.stderr.isatty() and time.monotonic() - started > A_MOMENT:
            filled = 30 * number // total
            print(
                f"\rอ่านไฟล์ [{'#' * filled}{'-' * (30 - filled)}] {number}/{total}",
                end="",
                file=sys.stderr,
                flush=True,
            )
            shown = True
        yield one
    if shown:
        print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)


def _named(roster: Sequence[RosterRow], status: Status, name: Callable[[RosterRow], str]) -> list[str]:
    rows = [row for row in roster if row.status == status]
    return [f"  {STATUSES[status]} {len(rows)}: {', '.join(map(name, rows))}"] if rows else []


def _worst(issues: Sequence[Issue]) -> list[str]:
    groups = grouped(issues)
    lines = [_with_file(group) for group in groups[:MOST_GROUPS]]
    more = len(groups) - MOST_GROUPS
    return [*lines, f"และอีก {more} เรื่อง"] if more > 0 else lines


def _with_file(group: Group) -> str:
    return f"{group.file}: {group_sentence(group)}" if group.sheet else group_sentence(group)


def _status_line(row: RosterRow, status: str) -> str:
    late = f" {row.days_late} วัน" if row.status == "late" else ""
    counted = f" อปท. {row.local_bodies_reported}/{row.local_bodies_expected}" if row.counted_file else ""
    return f"  {row.district_code} {row.district}: {status}{late}{counted}"
