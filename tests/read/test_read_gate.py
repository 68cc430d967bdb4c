"""What a file is: told by its content, never by its name."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from xlwt.CompoundDoc import XlsDoc

from pipeline.model import Finding, Workbook
from pipeline.read import archive, read_snapshot
from tests.read.handmade import (
    MACRO_TYPE,
    ole2,
    row,
    sheet,
    xls_stream,
    xlsx,
    xlsx_parts,
    zipped,
)

ONE = '<c r="A1"><v>1</v></c>'


def read(tmp_path: Path, content: bytes, name: str = "รายงาน.xlsx") -> Workbook:
    """As from the vault, where a file's name is its hash."""
    snapshot = tmp_path / "0f3a"
    snapshot.write_bytes(content)
    return read_snapshot(snapshot, name)


def refusal(workbook: Workbook) -> Finding:
    """The one finding of a workbook that cannot be used."""
    assert not workbook.readable
    assert workbook.grids == ()
    (finding,) = workbook.findings
    return finding


def facts(workbook: Workbook) -> dict[str, str]:
    return dict(refusal(workbook).facts)


@pytest.mark.parametrize("content", [b"", b" \r\n"])
def test_nothing_in_it(tmp_path: Path, content: bytes) -> None:
    assert refusal(read(tmp_path, content)) == Finding("EMPTY_FILE")


def test_only_zeros_is_a_copy_that_failed(tmp_path: Path) -> None:
    assert refusal(read(tmp_path, bytes(4096))) == Finding("CORRUPT")


def test_a_snapshot_that_is_gone(tmp_path: Path) -> None:
    assert refusal(read_snapshot(tmp_path / "none", "a.xlsx")).code == "UNREADABLE"


HEIC = b"\0\0\0\x18ftypheic" + bytes(16)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7 ...", "รายงาน.pdf", "ไฟล์ PDF"),
        (b"%PDF-1.7 ...", "รายงาน.xlsx", "ไฟล์ PDF ที่เปลี่ยนนามสกุลเป็น .xlsx"),
        (b"\xff\xd8\xff\xe0....", "IMG_1.jpg", "รูปภาพ"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "รูปภาพ"),
        (HEIC, "a.heic", "รูปภาพ"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a.webp", "รูปภาพ"),
        (b"\0\0\0\x18ftypmp42" + bytes(16), "a.mp4", "วิดีโอ"),
        (b"Rar!\x1a\x07\x01\0", "a.rar", "ไฟล์บีบอัด (.rar)"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "a.7z", "ไฟล์บีบอัด (.7z)"),
        (b"{\\rtf1\\ansi", "a.doc", "เอกสาร Word (.rtf)"),
        (b"<html><body><table>", "a.xls", "หน้าเว็บ (HTML) ที่เปลี่ยนนามสกุลเป็น .xls"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE HTML>\r\n<p>", "a.html", "หน้าเว็บ (HTML)"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "a.xls", "หน้าเว็บ (MHTML) ที่เปลี่ยนนามสกุลเป็น .xls"),
        ("ที่,อปท.\n1,ทต.".encode("cp874"), "a.csv", "ข้อความ CSV"),
        ("ที่,อปท.\n1,ทต.".encode(), "a.xls", "ข้อความ CSV ที่เปลี่ยนนามสกุลเป็น .xls"),
        ("ที่\tอปท.\n1\tทต.".encode("utf-16"), "a.txt", "ข้อความ CSV"),
        ("ส่งแล้วค่ะ".encode(), "a.txt", "ไฟล์ข้อความ"),
        (b'{"url": "https://docs.google.com/spreadsheets/d/1"}', "a.gsheet", "ลิงก์ที่ชี้ไปยังไฟล์ ไม่ใช่ตัวไฟล์"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "a.xml",
            "ไฟล์ Excel แบบ XML (2003)",
        ),
        (b"\x01\x02\x03\x04", "a.bin", "ไฟล์ที่ไม่ใช่ตารางคำนวณ"),
        (zipped({"a.txt": "x"}), "a.zip", "ไฟล์บีบอัด (.zip)"),
        (zipped({}), "a.zip", "ไฟล์บีบอัด (.zip)"),
        (zipped({"word/document.xml": "<x/>"}), "a.docx", "เอกสาร Word (.docx)"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "a.pptx", "ไฟล์ PowerPoint (.pptx)"),
        (zipped({"word/document.xml": "<x/>"}), "a.xlsx", "เอกสาร Word (.docx) ที่เปลี่ยนนามสกุลเป็น .xlsx"),
        (ole2("WordDocument"), "a.doc", "เอกสาร Word (.doc)"),
        (ole2("PowerPoint Document"), "a.ppt", "ไฟล์ PowerPoint (.ppt)"),
        (ole2("Something"), "a.dat", "ไฟล์ที่ไม่ใช่ตารางคำนวณ"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(
    tmp_path: Path, content: bytes, name: str, kind: str
) -> None:
    refused = refusal(read(tmp_path, content, name))
    document = next((each for each in ("ไฟล์ PDF", "เอกสาร Word") if kind.startswith(each)), "")
    assert (refused.code, dict(refused.facts)["kind"]) == ("WRONG_TYPE", kind)
    assert dict(refused.facts).get("document", "").startswith(document)
    assert ("document" in dict(refused.facts)) is bool(document)


@pytest.mark.parametrize("stream", ["EncryptedPackage", "EncryptionInfo"])
def test_an_encrypted_workbook_asks_for_a_password(tmp_path: Path, stream: str) -> None:
    assert refusal(read(tmp_path, ole2(stream))) == Finding("PASSWORD")


def test_an_encrypted_xls_asks_for_a_password(tmp_path: Path) -> None:
    stream = xls_stream()
    first_record = 4 + struct.unpack_from("<H", stream, 2)[0]
    key = struct.pack("<HHHHH", 0x2F, 6, 0, 0x1234, 0x5678)
    buffer = io.BytesIO()
    XlsDoc().save(buffer, stream[:first_record] + key + stream[first_record:])
    assert refusal(read(tmp_path, buffer.getvalue(), "a.xls")) == Finding("PASSWORD")


def test_entries_of_a_zip_with_a_password(tmp_path: Path) -> None:
    content = bytearray(xlsx(ONE))
    for at in _directory(bytes(content)):
        content[at + 8] |= 1  # the flag of an encrypted entry
    assert refusal(read(tmp_path, bytes(content))) == Finding("PASSWORD")


def _directory(content: bytes) -> list[int]:
    """Where the entries of the central directory begin."""
    places = [content.find(b"PK\x01\x02")]
    while (place := content.find(b"PK\x01\x02", places[-1] + 1)) > 0:
        places.append(place)
    return places


def test_a_download_that_stopped_half_way(tmp_path: Path) -> None:
    content = xlsx(ONE)
    assert refusal(read(tmp_path, content[: len(content) // 2])).code == "CORRUPT"


def test_a_part_whose_checksum_is_wrong(tmp_path: Path) -> None:
    content = bytearray(xlsx(ONE))
    content[_directory(bytes(content))[-1] + 16] ^= 0xFF
    assert facts(read(tmp_path, bytes(content)))["part"] == "xl/worksheets/sheet1.xml"


def test_a_picture_whose_checksum_is_wrong(tmp_path: Path) -> None:
    content = bytearray(zipped({**xlsx_parts(sheet(row(ONE))), "xl/media/image1.png": b"x" * 99}))
    content[_directory(bytes(content))[-1] + 16] ^= 0xFF
    assert facts(read(tmp_path, bytes(content)))["part"] == "xl/media/image1.png"


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_is_damaged_whatever_it_is_packed_with(tmp_path: Path, packing: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as made:
        for name, part in xlsx_parts(sheet(row(ONE))).items():
            made.writestr(name, part)
    content = bytearray(buffer.getvalue())
    start = content.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    content[start + 4] = 0xFF  # how it is packed
    assert facts(read(tmp_path, bytes(content)))["part"] == "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"],
)
def test_a_part_that_is_not_xml(tmp_path: Path, part: str) -> None:
    workbook = read(tmp_path, zipped({**xlsx_parts(sheet(row(ONE))), part: "<a><b></a>"}))
    assert refusal(workbook) == Finding("CORRUPT", facts=(("part", part.lower()),))


def test_an_encoding_that_nobody_knows(tmp_path: Path) -> None:
    parts = xlsx_parts(sheet(row(ONE)))
    parts["xl/workbook.xml"] = f'<?xml version="1.0" encoding="UTF-9"?>{parts["xl/workbook.xml"]}'
    assert refusal(read(tmp_path, zipped(parts))) == Finding("CORRUPT", facts=(("part", "xl/workbook.xml"),))


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    parts = xlsx_parts(sheet(row(ONE)))
    del parts["xl/worksheets/sheet1.xml"]
    assert refusal(read(tmp_path, zipped(parts))).code == "CORRUPT"


def test_more_entries_than_any_workbook_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 6)
    assert facts(read(tmp_path, xlsx(ONE))) == {"reason": "มีไฟล์ย่อยข้างในมากเกินไป"}


def test_a_directory_too_long_to_list(tmp_path: Path) -> None:
    content = xlsx(ONE) + b"PK\x01\x02" * 20_001
    assert facts(read(tmp_path, content)) == {"reason": "มีไฟล์ย่อยข้างในมากเกินไป"}


def test_a_part_that_swells(tmp_path: Path) -> None:
    bomb = xlsx_parts(sheet(row(ONE))) | {"xl/media/image1.png": bytes(33 << 20)}
    assert facts(read(tmp_path, zipped(bomb))) == {"reason": "ไฟล์ย่อยข้างในถูกบีบอัดแน่นผิดปกติ"}


@pytest.mark.parametrize(
    ("limit", "reason"),
    [("LARGEST_PART", "ไฟล์ย่อยข้างในมีขนาดใหญ่ผิดปกติ"), ("LARGEST_TOTAL", "เมื่อคลายแล้วมีขนาดใหญ่ผิดปกติ")],
)
def test_what_is_too_large_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, reason: str
) -> None:
    monkeypatch.setattr(archive, limit, 500)
    assert facts(read(tmp_path, xlsx(ONE))) == {"reason": reason}


def test_the_caps_of_the_intake() -> None:
    assert archive.MOST_ENTRIES == 2_000
    assert archive.LARGEST_PART == 256 << 20
    assert archive.LARGEST_TOTAL == 384 << 20
    assert (archive.HIGHEST_RATIO, archive.RATIO_COUNTS_FROM) == (150, 32 << 20)


@pytest.mark.parametrize("name", ["../evil.xml", "xl\\..\\evil.xml"])
def test_a_part_that_climbs_out(tmp_path: Path, name: str) -> None:
    workbook = read(tmp_path, zipped({**xlsx_parts(sheet(row(ONE))), name: "x"}))
    assert facts(workbook) == {"reason": "มีไฟล์ย่อยที่อ้างถึงโฟลเดอร์อื่น"}


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    workbook = read(tmp_path, zipped({**xlsx_parts(sheet(row(ONE))), "XL\\Worksheets\\sheet1.xml": "<x/>"}))
    assert facts(workbook) == {"reason": "มีไฟล์ย่อยชื่อซ้ำกัน"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "1">]>{sheet(row(ONE))}'
    parts = xlsx_parts("") | {"xl/worksheets/sheet1.xml": text.encode(encoding)}
    workbook = read(tmp_path, zipped(parts))
    assert refusal(workbook).code == "UNSAFE_ARCHIVE"
    assert facts(workbook)["reason"] == "มีคำสั่งแปลกปลอม (DOCTYPE) อยู่ข้างใน"


def test_a_document_type_is_refused_in_parts_that_only_a_reader_opens(tmp_path: Path) -> None:
    parts = xlsx_parts(sheet(row(ONE)))
    parts["xl/styles.xml"] = f'<!DOCTYPE x [<!ENTITY a "1">]>{parts["xl/styles.xml"]}'
    assert facts(read(tmp_path, zipped(parts)))["part"] == "xl/styles.xml"


def test_a_compression_that_we_do_not_know(tmp_path: Path) -> None:
    content = bytearray(xlsx(ONE))
    content[_directory(bytes(content))[-1] + 10] = 9
    assert refusal(read(tmp_path, bytes(content))).code == "READER_REFUSED"


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("ก.xlsx", ()),
        ("ก.XLSX", ()),
        ("ก.xls", (Finding("EXT_MISMATCH", facts=(("suffix", ".xls"), ("kind", "ไฟล์ Excel (.xlsx)"))),)),
        ("ก", (Finding("EXT_MISMATCH", facts=(("suffix", ""), ("kind", "ไฟล์ Excel (.xlsx)"))),)),
    ],
)
def test_a_name_that_promises_something_else_is_noted(
    tmp_path: Path, name: str, notes: tuple[Finding, ...]
) -> None:
    workbook = read(tmp_path, xlsx(ONE), name)
    assert workbook.readable
    assert workbook.findings == notes


def test_macros_are_noted(tmp_path: Path) -> None:
    parts = xlsx_parts(sheet(row(ONE)), workbook_type=MACRO_TYPE) | {"xl/vbaProject.bin": b"\0"}
    assert read(tmp_path, zipped(parts), "ก.xlsm").findings == (Finding("MACRO"),)
    assert [f.code for f in read(tmp_path, zipped(parts), "ก.xlsx").findings] == ["EXT_MISMATCH", "MACRO"]


def test_links_to_other_workbooks_are_noted(tmp_path: Path) -> None:
    parts = xlsx_parts(sheet(row(ONE))) | {"xl/externalLinks/externalLink1.xml": "<x/>"}
    assert read(tmp_path, zipped(parts)).findings == (Finding("EXTERNAL_LINK"),)
