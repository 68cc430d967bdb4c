"""ที่มา: every arrival that bears on this round, counted or not, with its fingerprint."""

from pipeline.model import FileRow
from pipeline.thai import thai_digits
from pipeline.write import layout, table, words
from pipeline.write.book import plain_page, put_heading
from pipeline.write.cells import Book, Page
from pipeline.write.layout import FIRST_ROW
from pipeline.write.table import Field, Marked, Row

TITLE = "ที่มาของข้อมูล"
_FIELDS = (
    Field("ที่", "centre", least=30),
    Field("ไฟล์", "wrap", least=160, most=330),
    Field("ได้รับเมื่อ", "moment"),
    Field("ทราบเวลาจาก", "centre"),
    Field("ผล", "centre"),
    Field("แถวที่ใช้", "count"),
    Field("ช่องที่มีค่า", "count"),
    Field("อ่านแล้ว", "count"),
    Field("กันไว้", "count"),
    Field("ลายนิ้วมือไฟล์\n(SHA-256 ย่อ)", "centre", least=108),
    Field("ลายนิ้วมือไฟล์ (SHA-256 เต็ม)", "print_small", least=440),
)
_LAST_PRINTED = len(_FIELDS) - 2  # the full fingerprint is for looking up


def put_sheet(book: Book, number: str = "") -> Page:
    """Writes the list; the full fingerprint stands outside the printed page."""
    files = listed(book)
    rows = [_row(place, file) for place, file in enumerate(files, start=1)]
    made = plain_page(book, layout.SOURCES, f"{number}{TITLE}", table.widths(_FIELDS, rows), landscape=True)
    put_heading(made, f"{number}{TITLE}", _subtitle(files), _LAST_PRINTED)
    below = table.put_table(made, FIRST_ROW, _FIELDS, rows, "ยังไม่ได้รับไฟล์")
    made.sheet.print_area(0, 0, below - 1, _LAST_PRINTED)
    made.sheet.repeat_rows(FIRST_ROW)
    made.sheet.freeze_panes(FIRST_ROW + 1, 2)
    return made


def listed(book: Book) -> list[FileRow]:
    """The files of the list, in their order: the number of each is its place from 1."""
    return [file for file in book.results.files if _bears_on(file, book.result.round.key)]


def _bears_on(file: FileRow, round_: str) -> bool:
    """Whether a file belongs to the round, or to none that is known."""
    return not file.places or any(key == round_ for _, key in file.places)


def _subtitle(files: list[FileRow]) -> str:
    counted = sum(file.verdict == "counted" for file in files)
    seen, read, aside = (sum(getattr(file, name) for file in files) for name in ("seen", "read", "set_aside"))
    return thai_digits(
        f"ไฟล์ {len(files):,} ไฟล์ นำมารวม {counted:,} ไฟล์ · ช่องที่มีค่า {seen:,} ช่อง = อ่านแล้ว {read:,} + กันไว้ {aside:,}"
    )


def _row(number: int, file: FileRow) -> Row:
    source = words.SOURCES.get(file.source, file.source)
    return (
        number,
        file.path,
        file.received_at,
        Marked(source, "unconfirmed") if file.source == "file_time" else source,
        Marked(words.VERDICTS[file.verdict], f"verdict_{file.verdict}"),
        file.rows_used,
        file.seen,
        file.read,
        file.set_aside,
        file.sha256[:12],
        file.sha256,
    )
