"""ยังไม่ส่ง: `missing` alone on page one, the enclosure of a reminder; what is not to be chased stands apart."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.model import RosterRow
from pipeline.thai import thai_digits
from pipeline.write import layout, sentences, table, words
from pipeline.write.book import page, print_in_parts
from pipeline.write.cells import Book, Formula, Page, put, put_across, put_paragraph
from pipeline.write.layout import FIRST_ROW
from pipeline.write.table import Field, Marked, Row

TITLE = "อำเภอที่ยังไม่ส่งรายงาน"
_WIDTHS = (44, 180, 110, 120, 140, 240)
_LAST = len(_WIDTHS) - 1
_FIELDS = (
    Field("ที่", "centre"),
    Field("อำเภอ"),
    Field("อปท. (แห่ง)", "centre"),
    Field("กำหนดส่ง", "date"),
    Field("เลยกำหนด (วัน)", "centre"),
    Field("การส่งครั้งก่อน", "centre"),
)
_APART_FIELDS = (*_FIELDS[:4], Field("ได้รับเมื่อ", "date"), Field("หมายเหตุ", "wrap"))


def put_sheet(book: Book, number: str = "") -> Page:
    """Writes ยังไม่ส่ง: page one for the reminder, and from page two on what must not be chased with it.

    `number` stands before the title where the sheet is one of several tables.
    """
    rows = sentences.with_status(book.result, "missing")
    title = f"{number}{TITLE} {thai_digits(book.result.round.title)}"
    made = page(book, layout.MISSING, title, sentences.due_line(book.results, book.result), _WIDTHS)
    cells = [_row(book, number, row) for number, row in enumerate(rows, start=1)]
    below = table.put_table(made, FIRST_ROW, _FIELDS, cells, "ไม่มีอำเภอที่ยังไม่ส่ง")
    if rows:
        below = _put_total(made, below, rows)
    last = _put_apart(made, below + 1)
    print_in_parts(made, [0, below + 1], last)
    return made


def _put_total(made: Page, row: int, rows: Sequence[RosterRow]) -> int:
    """How many districts and local bodies are waited for; returns the row below."""
    bodies = f"C{FIRST_ROW + 2}:C{row}"
    put_across(
        made, row, 0, 1, Formula(f'="รวม "&ROWS({bodies})&" อำเภอ"', f"รวม {len(rows)} อำเภอ"), "total_text"
    )
    total = sum(owed.local_bodies_expected for owed in rows)
    put(made, row, 2, Formula(f"=SUM({bodies})", total), "total_centre")
    put_across(made, row, 3, _LAST, "", "total_text")
    return row + 1


def _put_apart(made: Page, row: int) -> int:
    """The lists that stand apart from ยังไม่ส่ง: unusable, undecided, excused, and absent local bodies by name;
    returns the last row."""
    result = made.book.result
    sections = (
        ("unusable", "อำเภอได้ส่งแล้ว ขอให้ส่งใหม่ตามรายการในสมุดสรุป แผ่น ต้องแก้ไข", "ส่งแล้วแต่ยังใช้ไม่ได้"),
        ("undecided", "จังหวัดต้องยืนยันก่อน ไม่ต้องติดตามอำเภอ", "รอยืนยัน"),
        ("waived", "ไม่ต้องส่งรายงานครั้งนี้", "ได้รับยกเว้น"),
    )
    for status, what, heading in sections:
        rows = [owed for owed in result.roster if owed.status == status]
        if not rows and status == "waived":
            continue
        put_across(made, row, 0, _LAST, heading, "section")
        put(made, row + 1, 0, what, "subtitle")
        cells = [
            (
                number,
                owed.district,
                owed.local_bodies_expected,
                owed.due_at,
                owed.first_received_at,
                owed.note,
            )
            for number, owed in enumerate(rows, start=1)
        ]
        row = table.put_table(made, row + 2, _APART_FIELDS, cells) + 1
    return _put_absent(made, row)


def _put_absent(made: Page, row: int) -> int:
    put_across(made, row, 0, _LAST, "อปท. ที่ไม่มีในรายงานของอำเภอ", "section")
    what = "กิจกรรม" if made.book.result.form.grain == "activity" else "ตัวเลข"
    put(made, row + 1, 0, f"อำเภอส่งแล้ว แต่ยังไม่มี{what}ของ อปท. ต่อไปนี้ที่นำมารวมได้", "subtitle")
    for column, title in ((0, "ที่"), (1, "อำเภอ"), (2, "อปท. (แห่ง)")):
        put(made, row + 2, column, title, "head")
    put_across(made, row + 2, 3, _LAST, "ชื่อ อปท.", "head")
    labels = _absent_labels(made.book)
    for number, (district, found) in enumerate(labels.items(), start=1):
        place = row + 2 + number
        put(made, place, 0, number, "centre")
        put(made, place, 1, district, "text")
        put(made, place, 2, len(found), "centre")
        put_paragraph(made, place, 3, _LAST, ", ".join(found), "wrap")
    if not labels:
        put_across(made, row + 3, 0, _LAST, "ไม่มี", "centre")
    return row + 2 + max(len(labels), 1)


def _absent_labels(book: Book) -> dict[str, list[str]]:
    """The names of absent local bodies, by the name of their district."""
    registry = book.results.campaign.registry
    bodies = {body.code: body.label for body in registry.local_bodies}
    districts = {district.code: district.name for district in registry.districts}
    found: dict[str, list[str]] = {}
    for absent in book.result.absent:
        found.setdefault(districts[absent.district_code], []).append(bodies[absent.local_body_code])
    return found


def _row(book: Book, number: int, row: RosterRow) -> Row:
    before = book.result.previous.get(row.district_code)
    status = Marked(words.STATUSES[before], f"status_{before}") if before else Marked("ไม่มีครั้งก่อน", "centre")
    not_late = bool(book.result.round.no_lateness)
    overdue = "ไม่นับ" if not_late else days_overdue(row.due_at, book.results.as_of)
    return number, row.district, row.local_bodies_expected, row.due_at, overdue, status


def days_overdue(due_at: datetime, as_of: datetime) -> int:
    """Whole days begun since the due date; 0 before it has passed."""
    return max(0, -((due_at - as_of) // timedelta(days=1)))
