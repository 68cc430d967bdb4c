"""The list of a returned workbook: what is to be mended, where (a link, and the cell's name in words), and how.

It carries the seal of the province's own sheets, so that a workbook which is mended and sent again is read without it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from xlsxwriter.worksheet import Worksheet

from pipeline.aids import seal
from pipeline.model import CellValue, Issue
from pipeline.thai import thai_digits
from pipeline.write import metrics, table, words
from pipeline.write.book import as_of_words, composed, set_up
from pipeline.write.cells import Imprint, Paper, put_across, put_paragraph, safe_text
from pipeline.write.grouping import Group, grouped, in_runs
from pipeline.write.table import Field, Marked

TAB: Final = "รายการที่ต้องแก้"
_FIELDS: Final = (
    Field("ที่", "centre", least=30),
    Field("ระดับ", "centre", least=110),
    Field("แผ่นงาน", "wrap", least=90, most=150),
    Field("เซลล์", "wrap", least=70, most=110),
    Field("สิ่งที่พบ", "wrap", least=260, most=340),
    Field("วิธีแก้", "wrap", least=260, most=340),
)
_LAST: Final = len(_FIELDS) - 1
_CELLS: Final = 3
_NARROWER: Final = 0.85
"""A column is as wide as so many digits of the workbook's own font: of the officer's workbook, which may be smaller."""
_MARKED: Final = (
    "กดที่ชื่อเซลล์เพื่อไปยังช่องนั้น ช่องที่ต้องแก้ลงสีแดงอ่อน ช่องที่โปรดชี้แจงลงสีเหลืองอ่อน ชี้ที่ช่องจะเห็นคำอธิบาย",
    "เมื่อแก้แล้วให้บันทึกไฟล์นี้ส่งกลับมาได้เลย ไม่ต้องลบแผ่นนี้ สี หรือคำอธิบาย ส่วนอื่นของไฟล์เป็นไปตามที่อำเภอส่งมาทุกประการ",
)
_ALONE: Final = "ในไฟล์ที่ส่งมาลงสีและคำอธิบายไว้ให้ไม่ได้ จึงแจ้งเป็นรายการนี้ ขอให้แก้ในไฟล์ของอำเภอเอง แล้วส่งไฟล์นั้นกลับมา"
_AGAIN: Final = f'แผ่น "{TAB}" แผ่นเดิมเป็นของครั้งก่อน ช่องที่ยังมีสีแต่ไม่มีในรายการนี้คือช่องที่แก้แล้ว'


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told to a district: its name, the `title` of what it reports, the path of the `file` that is marked
    (empty where none is), and all that was found."""

    imprint: Imprint
    district: str
    title: str
    file: str
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Leaf:
    paper: Paper
    sheet: Worksheet
    widths: tuple[int, ...]


def drawn(notice: Notice, sheets: Collection[str]) -> bytes:
    """The list as a workbook of one sheet; cells of these `sheets`, those of the workbook that it is put into, are
    links. Without any it is the list alone."""
    content = BytesIO()
    heading = f"{TAB} อำเภอ{notice.district}"
    with composed(content, notice.imprint, f"{heading} {notice.title}") as paper:
        groups = _groups(notice)
        rows = [_row(number, group, notice) for number, group in enumerate(groups, start=1)]
        leaf = _Leaf(paper, paper.workbook.add_worksheet(TAB), table.widths(_FIELDS, rows))
        set_up(leaf, heading, landscape=True)
        leaf = replace(leaf, widths=tuple(int(width * _NARROWER) for width in leaf.widths))
        top = _put_top(leaf, notice, heading, sheets)
        below = table.put_table(leaf, top, _FIELDS, rows)
        for number, group in enumerate(groups, start=1):
            if group.cells and group.sheet in sheets and group.file == notice.file:
                _put_link(leaf, top + number, group)
        leaf.sheet.repeat_rows(top)
        values: list[CellValue] = [*_top(notice, heading, sheets), *(field.title for field in _FIELDS)]
        values += [_value(value) for row in rows for value in row]
        put_paragraph(leaf, below + 1, 0, _LAST, seal(value for value in values if value != ""), "foot")
    return content.getvalue()


def _groups(notice: Notice) -> list[Group]:
    """What is asked for, place by place; below it what need only be known, cause by cause."""
    notes = grouped(issue for issue in notice.issues if issue.severity == "note")
    return [*in_runs(issue for issue in notice.issues if issue.severity != "note"), *notes]


def _where(group: Group, notice: Notice) -> str:
    """Where a group stands: the sheet, or in another file than the one that is marked that file, too."""
    if group.file == notice.file:
        return group.sheet
    name = f"ไฟล์ {PurePosixPath(group.file).name}"
    return f"{name} แผ่น {group.sheet}" if group.sheet else name


def _row(number: int, group: Group, notice: Notice) -> table.Row:
    severity = Marked(words.SEVERITIES[group.severity], f"severity_{group.severity}")
    return number, severity, _where(group, notice), group.cells, group.what, group.remedy


def _value(value: object) -> CellValue:
    shown = value.value if isinstance(value, Marked) else value
    return shown if isinstance(shown, int) else safe_text(str(shown))


def _top(notice: Notice, heading: str, sheets: Collection[str]) -> Sequence[str]:
    """What stands above the table, line by line."""
    office = notice.imprint.campaign.office
    return (
        words.SAMPLE_BANNER if notice.imprint.sample else office,
        heading,
        f"{thai_digits(notice.title)} · {_counts(notice.issues)} · {as_of_words(notice.imprint)}",
        *([safe_text(f"ไฟล์ที่ตรวจ: {PurePosixPath(notice.file).name}")] if notice.file else []),
        *(_MARKED if sheets else (_ALONE,)),
        *([_AGAIN] if TAB in sheets else []),
    )


def _put_top(leaf: _Leaf, notice: Notice, heading: str, sheets: Collection[str]) -> int:
    """Writes it; returns the row of the table."""
    banner, title, *lines = _top(notice, heading, sheets)
    put_across(leaf, 0, 0, _LAST, banner, "sample" if notice.imprint.sample else "strip")
    put_across(leaf, 1, 0, _LAST, title, "title")
    leaf.sheet.set_row(1, metrics.line_height(20))
    for row, line in enumerate(lines, start=2):
        put_paragraph(leaf, row, 0, _LAST, line, "line")
    return 2 + len(lines)


def _counts(issues: Sequence[Issue]) -> str:
    count = Counter(issue.severity for issue in issues)
    told = (
        f"{words.SEVERITIES[severity]} {count[severity]:,} จุด"
        for severity in words.SEVERITIES
        if count[severity]
    )
    return thai_digits(" · ".join(told))


def _put_link(leaf: _Leaf, row: int, group: Group) -> None:
    """The cells' name as a link to them, the first of several: within this workbook, whatever the sheet is called."""
    quoted = group.sheet.replace("'", "''")
    first = group.cells.partition(",")[0]
    leaf.sheet.write_url(
        row, _CELLS, f"internal:'{quoted}'!{first}", leaf.paper.format_of("cell_link"), group.cells
    )
