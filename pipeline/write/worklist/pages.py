"""งานวันนี้, the tasks that fit one printed page, and งานทั้งหมด, every task in full."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.thai import thai_digits
from pipeline.write import metrics, sentences, table
from pipeline.write.book import put_heading
from pipeline.write.cells import Paper, put_across, put_paragraph
from pipeline.write.layout import FIRST_ROW
from pipeline.write.table import Field, Marked, Row
from pipeline.write.todo import Level, Task, calls, paste
from pipeline.write.worklist.leaf import new_sheet

TODAY, ALL = "งานวันนี้", "งานทั้งหมด"
LINES: Final = {
    paste.ANSWERS: "คำตอบ (answers.csv)",
    paste.CORRECTIONS: "ตัวเลข (corrections.csv)",
    paste.ALIASES: "ชื่อ (aliases.csv)",
}
"""The sheets of the lines to paste."""
_LEVELS: Final[dict[Level, tuple[str, str]]] = {
    1: ("๑ ด่วน", "severity_must_fix"),
    2: ("๒ สำคัญ", "severity_please_explain"),
    3: ("๓ ติดตาม", "severity_note"),
}
_CALL, _STATE = 2, 7
_TITLES: Final = (
    "ที่",
    "ระดับ",
    "โทรถึง",
    "รายงาน",
    "สิ่งที่พบ",
    "ไฟล์ที่เปิดดู",
    "สิ่งที่พูดหรือทำ",
    "สถานะ",
    "บรรทัดหรือคำสั่งสำหรับวาง",
)
_STYLES: Final = ("centre", "centre", "wrap", "wrap", "wrap", "wrap", "wrap", "wrap", "text")
_BRIEF_WIDTHS: Final = (44, 88, 190, 126, 330, 322, 364, 380, 720)
_FULL_WIDTHS: Final = (44, 88, 140, 126, 392, 230, 284, 160, 720)
"""Pixels. What is printed of each adds up to as much as A4 across holds at 72 per cent, which is 11.5 points."""
_BRIEF_PRINTED, _FULL_PRINTED = 6, 7
"""The last column that is printed: what is to be pasted is for the screen."""
_ROOM_POINTS: Final = 672.0
"""The height of A4 across, within our margins, at 72 per cent; a little less."""
_ABOVE_POINTS: Final = 24 + 30 + 24 + 8
"""The strip, the title, the subtitle and the gap below them."""
_MOST_LINES, _MOST_LINES_OF_NAMES = 2, 4
_RULE: Final = (
    "ระดับ ๑ ทั้งอำเภอยังไม่อยู่ในตาราง · ระดับ ๒ มีตัวเลขบางส่วนที่ยังไม่นับ · ระดับ ๓ นับแล้วทั้งหมด รอยืนยันหรือชี้แจง "
    "ในแต่ละระดับ เรื่องที่ทำให้ อปท. หายไปมากกว่าอยู่ก่อน"
)


def put_today(paper: Paper, title: str, todo: Sequence[Task]) -> int:
    """Writes the worst tasks, in a few words each: as many as one page holds. Returns how many are left out; that
    they are, and where they stand, is said on the page."""
    sheet = new_sheet(paper, TODAY, _BRIEF_WIDTHS)
    put_heading(sheet, title, _subtitle(paper, todo), _BRIEF_PRINTED)
    fields = _fields(paper)
    rows = list(_fitting(todo, fields))
    below = table.put_table(sheet, FIRST_ROW, fields, rows, "ไม่มีงานค้าง")
    left = len(todo) - len(rows)
    if left:
        more = thai_digits(f"และอีก {left} เรื่อง ดูแผ่น {ALL}")
        put_across(sheet, below, 0, _BRIEF_PRINTED, more, "label")
        below += 1
    put_paragraph(sheet, below, 0, _BRIEF_PRINTED, _RULE, "foot")
    sheet.sheet.print_area(0, 0, below, _BRIEF_PRINTED)
    sheet.sheet.fit_to_pages(1, 1)
    sheet.sheet.freeze_panes(FIRST_ROW + 1, _CALL + 1)
    return left


def put_all(paper: Paper, title: str, todo: Sequence[Task]) -> None:
    """Writes every task in full, with a filter."""
    sheet = new_sheet(paper, ALL, _FULL_WIDTHS)
    put_heading(sheet, title, _subtitle(paper, todo), _FULL_PRINTED)
    rows = [_row(number, task, task.what) for number, task in enumerate(todo, start=1)]
    below = table.put_table(sheet, FIRST_ROW, _fields(paper), rows)
    sheet.sheet.autofilter(FIRST_ROW, 0, below - 1, len(_TITLES) - 1)
    put_paragraph(sheet, below, 0, _FULL_PRINTED, _RULE, "foot")
    sheet.sheet.print_area(0, 0, below, _FULL_PRINTED)
    sheet.sheet.repeat_rows(FIRST_ROW)
    sheet.sheet.freeze_panes(FIRST_ROW + 1, _CALL + 1)


def _fitting(todo: Sequence[Task], fields: Sequence[Field]) -> Iterator[Row]:
    """The rows that the page has room for. A line is kept for how many are left, though none may be."""
    printed = _BRIEF_WIDTHS[: _BRIEF_PRINTED + 1]
    head = max(
        metrics.line_count(field.title, width, bold=True)
        for field, width in zip(fields, printed, strict=False)
    )
    foot = metrics.line_count(_RULE, sum(printed), size=14) * metrics.line_height(14)
    room = _ROOM_POINTS - _ABOVE_POINTS - (head + 1) * metrics.line_height() - foot
    for number, task in enumerate(todo, start=1):
        row, lines = _brief_row(number, task)
        room -= lines * metrics.line_height()
        if room < 0:
            return
        yield row


def _brief_row(number: int, task: Task) -> tuple[Row, int]:
    """The row, each text that is printed cut to a few lines, and how many lines high it is."""
    cells = list(_row(number, task, task.brief))
    lines = 1
    for column in range(_CALL, _BRIEF_PRINTED + 1):
        most = _MOST_LINES_OF_NAMES if column == _CALL else _MOST_LINES
        width = _BRIEF_WIDTHS[column] - table.INDENT_PX
        cells[column] = metrics.shortened(str(cells[column]), width, most)
        lines = max(lines, metrics.line_count(str(cells[column]), width))
    cells[_STATE] = Marked(cells[_STATE], "text")
    return tuple(cells), lines


def _row(number: int, task: Task, found: str) -> Row:
    level, style = _LEVELS[task.level]
    return (
        number,
        Marked(level, style),
        task.whom or _nobody(task),
        thai_digits(task.round),
        found,
        task.file or "ยังไม่มีไฟล์",
        task.say,
        task.state,
        _line(task),
    )


def _nobody(task: Task) -> str:
    """What stands where there is nobody to call, or nobody yet."""
    if task.kind in ("question", "unusable"):
        return "ยังไม่ทราบอำเภอ"
    return f"{' / '.join(task.districts)} (ไม่ต้องโทร)".strip()


def _line(task: Task) -> str:
    """The line to paste; of several the sheets that have them all."""
    if len(task.lines) < 2:
        return task.lines[0].text if task.lines else ""
    sheets = " และ ".join(dict.fromkeys(LINES[line.table] for line in task.lines))
    return thai_digits(f"{len(task.lines)} บรรทัด ") + f"ดูแผ่น {sheets}"


def _fields(paper: Paper) -> list[Field]:
    """The columns; whom to call is an office, which is called alike in each district."""
    office = calls.office(paper.imprint.campaign)
    titles = [f"{title} {office}" if at == _CALL else title for at, title in enumerate(_TITLES)]
    return [Field(title, style) for title, style in zip(titles, _STYLES, strict=True)]


def _subtitle(paper: Paper, todo: Sequence[Task]) -> str:
    counts = [
        f"ระดับ {words} {sum(task.level == level for task in todo)} เรื่อง"
        for level, (words, _) in _LEVELS.items()
    ]
    day = sentences.local_day(paper.imprint.as_of, paper.imprint.campaign)
    return thai_digits(f"{len(todo)} เรื่อง · {' · '.join(counts)} · ข้อมูล ณ วันที่ {day}")
