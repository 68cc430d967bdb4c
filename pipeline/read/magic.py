"""What a file is by its first bytes, in the words of the person who sent it. The name is not believed."""

import re
from typing import Final

ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Excel 2 to 4 wrote bare records: the first is a BOF of that version.
OLD_EXCEL: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")

UNKNOWN: Final = "ไฟล์ที่ไม่ใช่ตารางคำนวณ"
PICTURE: Final = "รูปภาพ"
DOCUMENTS: Final = ("ไฟล์ PDF", "เอกสาร Word")
"""How the words for a document begin, which some forms may be sent as."""
VIDEO: Final = "วิดีโอ"
COMPRESSED: Final = "ไฟล์บีบอัด"

_SIGNATURES: Final = (
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"\x89PNG\r\n", PICTURE),
    (0, b"GIF8", PICTURE),
    (0, b"BM", PICTURE),
    (0, b"II*\x00", PICTURE),
    (0, b"MM\x00*", PICTURE),
    (8, b"WEBP", PICTURE),
    (4, b"ftyphei", PICTURE),
    (4, b"ftyphev", PICTURE),
    (4, b"ftypmif1", PICTURE),
    (4, b"ftypmsf1", PICTURE),
    (4, b"ftypavif", PICTURE),
    (4, b"ftyp", VIDEO),
    (0, b"Rar!\x1a\x07", f"{COMPRESSED} (.rar)"),
    (0, b"7z\xbc\xaf\x27\x1c", f"{COMPRESSED} (.7z)"),
    (0, b"\x1f\x8b", f"{COMPRESSED} (.gz)"),
    (0, b"{\\rtf", "เอกสาร Word (.rtf)"),
    (0, b"MZ", "โปรแกรม"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "ทางลัดไปยังไฟล์ (Shortcut)"),
)

_HTML: Final = re.compile(r"<(!doctype html|html|head|body|table|meta|style)\b", re.IGNORECASE)
_TEXTS: Final = (
    (re.compile(r"urn:schemas-microsoft-com:office:spreadsheet"), "ไฟล์ Excel แบบ XML (2003)"),
    (re.compile(r"<office:document\b"), "ไฟล์ LibreOffice แบบ XML (.fods)"),
    (_HTML, "หน้าเว็บ (HTML)"),
    (re.compile(r"\A\s*mime-version:", re.IGNORECASE), "หน้าเว็บ (MHTML)"),
    (re.compile(r"docs\.google\.com|\[InternetShortcut\]"), "ลิงก์ที่ชี้ไปยังไฟล์ ไม่ใช่ตัวไฟล์"),
    (re.compile(r"\A\s*<"), "ไฟล์ XML"),
    (re.compile(r"[^\n]*[,;\t|][^\n]*"), "ข้อความ CSV"),
)
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1b")


def kind_of(data: bytes) -> str:
    """Thai words for a content that is no workbook: "ไฟล์ PDF", "รูปภาพ", "ข้อความ CSV" …"""
    if b"%PDF-" in data[:1024]:
        return "ไฟล์ PDF"
    for offset, signature, kind in _SIGNATURES:
        if data.startswith(signature, offset):
            return kind
    text = _text(data[:4096])
    if text is None:
        return UNKNOWN
    return next((kind for pattern, kind in _TEXTS if pattern.search(text)), "ไฟล์ข้อความ")


def _text(head: bytes) -> str | None:
    """The beginning as text, or None when it is binary. Thai offices write UTF-8 and cp874 (one byte a letter)."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    if _CONTROLS.intersection(head):
        return None
    # Only markup and separators are looked for, and these are ASCII in either encoding.
    return head.removeprefix(b"\xef\xbb\xbf").decode("cp874", errors="replace")
