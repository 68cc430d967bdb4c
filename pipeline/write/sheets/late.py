"""ส่งช้า: the districts whose first acceptable return came after the due date."""

from pipeline.model import RosterRow
from pipeline.thai import thai_digits
from pipeline.write import layout, sentences, table, words
from pipeline.write.book import page
from pipeline.write.cells import Book, Page, put_paragraph
from pipeline.write.layout import FIRST_ROW
from pipeline.write.table import Field, Marked, Row

TITLE = "อำเภอที่ส่งช้า"

_FIELDS = (
    Field("ที่", "centre", least=30),
    Field("อำเภอ"),
    Field("กำหนดส่ง", "date"),
    Field("ได้รับเมื่อ", "moment"),
    Field("ใช้ได้เมื่อ", "moment"),
    Field("ช้า (วัน)", "centre"),
    Field("ทราบเวลาจาก", "centre"),
    Field("อปท. รายงาน", "centre"),
    Field("หมายเหตุ", "wrap", least=120, most=220),
)


def put_sheet(book: Book, number: str = "") -> Page:
    """Writes ส่งช้า: the latest first, and whether a person or only the file's own time says so.

    `number` stands before the title where the sheet is one of several tables.
    """
    rows = sorted(sentences.with_status(book.result, "late"), key=lambda row: -row.days_late)
    cells = [_row(number, row) for number, row in enumerate(rows, start=1)]
    title = f"{number}{TITLE} {thai_digits(book.result.round.title)}"
    made = page(
        book,
        layout.LATE,
        title,
        sentences.due_line(book.results, book.result),
        table.widths(_FIELDS, cells),
        landscape=True,
    )
    not_late = book.result.round.no_lateness
    below = table.put_table(
        made, FIRST_ROW, _FIELDS, cells, "ครั้งนี้ไม่นับการส่งช้า" if not_late else "ไม่มีอำเภอที่ส่งช้า"
    )
    notes = (
        [f"ครั้งนี้ไม่นับการส่งช้า เพราะ{not_late}"]
        if not_late
        else [
            "นับช้าจากเวลาที่ได้รับรายงานฉบับแรกที่ใช้ได้ เศษของวันนับเป็นหนึ่งวัน ตัวเลขของอำเภอที่ส่งช้านำมารวมแล้ว",
            "“ตามเวลาไฟล์ ยังไม่ยืนยัน” คือยังไม่มีผู้ลงทะเบียนรับ ใช้เวลาของไฟล์แทน จึงยังไม่ใช้ในหนังสือติดตาม",
        ]
    )
    for offset, note in enumerate(notes):
        put_paragraph(made, below + offset, 0, len(_FIELDS) - 1, note, "foot")
    made.sheet.repeat_rows(FIRST_ROW)
    made.sheet.freeze_panes(FIRST_ROW + 1, 2)
    return made


def _row(number: int, row: RosterRow) -> Row:
    source = words.SOURCES.get(row.receipt_source, row.receipt_source)
    return (
        number,
        row.district,
        row.due_at,
        row.first_received_at,
        row.first_acceptable_at,
        row.days_late,
        Marked(source, "unconfirmed") if row.receipt_source == "file_time" else source,
        f"{row.local_bodies_reported} จาก {row.local_bodies_expected}",
        row.note,
    )
