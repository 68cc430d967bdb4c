"""What is no workbook at all, mostly under a workbook's name: received, named for what it is, never missing."""

from collections.abc import Callable

from tests.campaigns import TABLES
from tests.hostile.archives import zipped
from tests.hostile.case import Case
from tests.hostile.ground import CELLS, DISTRICT
from tests.hostile.xlsx.book import xlsx
from tests.sample.layout import lay_out
from tests.sample.model import Table
from tests.sample.oddities import MADE

LINES = "\r\n".join(
    ",".join(str(CELLS.get(f"{letter}{row}", "")) for letter in "ABCDEFGHIJ") for row in range(1, 9)
)
CELLS_APART = LINES.replace(",", "</td><td>").replace("\r\n", "</td></tr><tr><td>")
PAGE = f"<table><tr><td>{CELLS_APART}</td></tr></table>"
RENAMED = "ที่เปลี่ยนนามสกุลเป็น"


def stranger(file: str, make: bytes | Callable[[], bytes], kind: str) -> Case:
    """A file of another kind: its name, its content, and the words that must be said of it."""
    maker = make if callable(make) else lambda: make
    return Case(_id(file), maker, refused="WRONG_TYPE", because=kind, name=file)


def worthless(file: str, content: bytes, code: str) -> Case:
    """A file out of which nothing can be had."""
    return Case(_id(file), lambda: content, refused=code, name=file)


def _id(file: str) -> str:
    return f"stranger-{file.replace('.', '-')}"


def made(how: str) -> bytes:
    return MADE[how]([lay_out(Table(DISTRICT, "1"), TABLES).sheet])


TEXTS = (
    stranger("csv.csv", LINES.encode("utf-8-sig"), "ข้อความ CSV"),
    stranger("csv-cp874.xls", LINES.encode("cp874"), f"ข้อความ CSV {RENAMED} .xls"),
    stranger("csv-tis-620.csv", LINES.encode("tis-620"), "ข้อความ CSV"),
    stranger("csv-semicolon.xlsx", LINES.replace(",", ";").encode(), f"ข้อความ CSV {RENAMED} .xlsx"),
    stranger("tabs-utf-16.xls", LINES.replace(",", "\t").encode("utf-16"), "ข้อความ CSV"),
    stranger(
        "tabs-utf-16-big-endian.xls", b"\xfe\xff" + LINES.replace(",", "\t").encode("utf-16-be"), "ข้อความ CSV"
    ),
    stranger("text.xlsx", "ส่งรายงานแล้วค่ะ".encode(), "ไฟล์ข้อความ"),
    stranger("text-utf-16.xlsx", "ส่งรายงานแล้วค่ะ".encode("utf-16"), "ไฟล์ข้อความ"),
    stranger(
        "html.xls", f"<html><meta charset='utf-8'>{PAGE}</html>".encode(), f"หน้าเว็บ (HTML) {RENAMED} .xls"
    ),
    stranger("html-cp874.xls", f"<html><meta charset='windows-874'>{PAGE}".encode("cp874"), "หน้าเว็บ (HTML)"),
    stranger("html-utf-16.xls", f"<HTML>{PAGE}".encode("utf-16"), "หน้าเว็บ (HTML)"),
    stranger("html-bare-table.xls", PAGE.encode(), "หน้าเว็บ (HTML)"),
    stranger("html-of-a-login-page.xlsx", b"\r\n\r\n<!doctype html><title>Sign in</title>", "หน้าเว็บ (HTML)"),
    stranger("mhtml.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "MHTML"),
    stranger(
        "mail.eml", b"Received: from x\r\nFrom: a@invalid.example\r\nMIME-Version: 1.0\r\n\r\n", "ไฟล์ข้อความ"
    ),
    stranger(
        "xml-2003.xls",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "XML (2003)",
    ),
    stranger("xml.xlsx", b'<?xml version="1.0"?><report><x>9</x></report>', "ไฟล์ XML"),
    stranger(
        "xml-with-entities.xlsx",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "ไฟล์ XML",
    ),
    stranger("json.xlsx", b'{"rows": [1, 2, 3]}', "ข้อความ"),
    stranger("sylk.xls", b"ID;PWXL;N;E\r\nC;Y1;X1;K9\r\nE\r\n", "ข้อความ"),
    stranger("link-to-a-cloud.gsheet", b'{"url": "https://docs.google.com/spreadsheets/d/x"}', "ลิงก์"),
    stranger("link-of-windows.url", b"[InternetShortcut]\r\nURL=http://invalid.example", "ลิงก์"),
    stranger("shortcut.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(90), "ทางลัด"),
    stranger("rtf.xls", b"{\\rtf1\\ansi\\deff0 report}", "Word (.rtf)"),
)
BINARIES = (
    stranger("scan.pdf", lambda: made("pdf"), "ไฟล์ PDF"),
    stranger("scan.xlsx", lambda: made("pdf"), f"ไฟล์ PDF {RENAMED} .xlsx"),
    stranger("photo.jpg", lambda: made("jpeg"), "รูปภาพ"),
    stranger("photo.xlsx", lambda: made("jpeg"), "รูปภาพ"),
    stranger("screen.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "รูปภาพ"),
    stranger("phone.heic", b"\0\0\0\x18ftypheic" + bytes(99), "รูปภาพ"),
    stranger("fax.tif", b"II*\0" + bytes(99), "รูปภาพ"),
    stranger("film.mp4", b"\0\0\0\x18ftypmp42" + bytes(99), "วิดีโอ"),
    stranger("letter.docx", lambda: made("docx"), "Word (.docx)"),
    stranger("letter.xlsx", lambda: made("docx"), f"Word (.docx) {RENAMED} .xlsx"),
    stranger("slides.pptx", lambda: zipped({"ppt/presentation.xml": "<x/>"}), "PowerPoint"),
    stranger("apple.numbers", lambda: zipped({"Index/Document.iwa": b"\0"}), "Numbers"),
    stranger(
        "letter.odt",
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        "LibreOffice",
    ),
    stranger("packed.zip", lambda: zipped({"รายงาน.xlsx": xlsx()}), "(.zip)"),
    stranger("packed.rar", b"Rar!\x1a\x07\x01\0" + bytes(99), "(.rar)"),
    stranger("packed.7z", b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(99), "(.7z)"),
    stranger("packed.xlsx", b"\x1f\x8b\x08\0" + bytes(99), "(.gz)"),
    stranger("program.xlsx", b"MZ\x90\0" + bytes(99), "โปรแกรม"),
    stranger("access.mdb", b"\0\x01\0\0Standard Jet DB\0" + bytes(99), "ไม่ใช่ตารางคำนวณ"),
    stranger("dbase.dbf", b"\x03\x79\x02\x04" + bytes(99), "ไม่ใช่ตารางคำนวณ"),
    stranger("noise.xlsx", bytes(range(1, 256)) * 20, "ไม่ใช่ตารางคำนวณ"),
)
NOTHING = (
    worthless("empty.xlsx", b"", "EMPTY_FILE"),
    worthless("spaces.xlsx", b" " * 500, "EMPTY_FILE"),
    worthless("line-breaks.xls", b"\r\n" * 50, "EMPTY_FILE"),
    worthless("zeros.xlsx", bytes(20_000), "CORRUPT"),
    worthless("one-zero.xls", b"\0", "CORRUPT"),
    worthless("locked.xlsx", made("encrypted"), "PASSWORD"),
    worthless("zeros-and-spaces.ods", b"\0 \0 \n" * 99, "CORRUPT"),
)
CASES = (*TEXTS, *BINARIES, *NOTHING)
