"""The old .xls: typed cells from xlrd, and every way in which such a file can be unusable."""

import io
import struct
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlwt

from pipeline.model import Finding, Workbook
from pipeline.read import read_snapshot
from pipeline.read.xls_records import Records, Stored, scan_records
from tests.read.handmade import ole2, xls_stream


def read(tmp_path: Path, content: bytes, name: str = "ก.xls") -> Workbook:
    snapshot = tmp_path / "0f3a"
    snapshot.write_bytes(content)
    return read_snapshot(snapshot, name)


def refusal(tmp_path: Path, content: bytes) -> Finding:
    found = read(tmp_path, content)
    assert not found.readable
    (finding,) = found.findings
    return finding


def saved(book: xlwt.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_as_offices_fill_it(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    form = book.add_sheet("แบบ 1")
    form.write_merge(0, 1, 0, 2, "แบบรายงาน")
    form.write(2, 1, "อบต.หนองขอน")
    form.write(2, 2, 12)
    form.write(2, 3, 12.5)
    form.write(2, 4, True)
    form.write(2, 5, datetime(2564, 2, 20), xlwt.easyxf(num_format_str="[$-107041E]d mmm yyyy;@"))
    form.write(2, 6, 0.5, xlwt.easyxf(num_format_str="h:mm"))
    form.write(2, 7, -5, xlwt.easyxf(num_format_str="d/m/yyyy"))
    form.write(2, 8, "  ")
    form.write(2, 9, None, xlwt.easyxf("font: bold on"))
    form.row(4).hidden = True
    form.write(4, 10, "ท้าย")
    form.col(3).hidden = True
    away = book.add_sheet("ซ่อน")
    away.write(3, 3, 3)
    away.visibility = 1
    first, second = read(tmp_path, saved(book)).grids
    assert first.cells == {
        (0, 0): "แบบรายงาน",
        (2, 1): "อบต.หนองขอน",
        (2, 2): 12,
        (2, 3): 12.5,
        (2, 4): True,
        (2, 5): date(2564, 2, 20),
        (2, 6): time(12, 0),
        (2, 7): -5,
        (4, 10): "ท้าย",
    }
    assert type(first.cells[2, 2]) is int
    assert first.cells[2, 4] is True
    assert first.value_cells == 9
    assert first.merges == ((0, 0, 1, 2),)
    assert (first.hidden_rows, first.hidden_columns) == ({4}, {3})
    assert (first.sheet, first.index, first.hidden) == ("แบบ 1", 0, False)
    assert (second.sheet, second.index, second.hidden, second.cells) == ("ซ่อน", 1, True, {(3, 3): 3})


@pytest.mark.parametrize(
    ("code", "text"),
    [(0x00, "#NULL!"), (0x07, "#DIV/0!"), (0x17, "#REF!"), (0x1D, "#NAME?"), (0x2A, "#N/A"), (0x99, "#153")],
)
def test_an_error_cell_is_named_and_never_blank(tmp_path: Path, code: int, text: str) -> None:
    book = xlwt.Workbook()
    form = book.add_sheet("แบบ 1")
    form.write(0, 0, 3)
    form.row(0).set_cell_error(1, 0x17)
    marker = struct.pack("<HHHH", 0x205, 8, 0, 1)
    content = bytearray(saved(book))
    content[content.index(marker) + 10] = code
    (grid,) = read(tmp_path, bytes(content)).grids
    assert grid.errors == {(0, 1): text}
    assert grid.cells == {(0, 0): 3}
    assert grid.value_cells == 2


def test_two_sheets_of_one_name_are_two_sheets(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("ab").write(0, 0, 1)
    book.add_sheet("cd").write(0, 0, 2)
    content = saved(book).replace(b"\x02\x00cd", b"\x02\x00ab")
    assert [(g.sheet, g.cells) for g in read(tmp_path, content).grids] == [
        ("ab", {(0, 0): 1}),
        ("ab", {(0, 0): 2}),
    ]


def test_the_calendar_of_the_macintosh(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    form = book.add_sheet("แบบ 1")
    form.write(0, 0, 1000, xlwt.easyxf(num_format_str="d/m/yyyy"))
    found = read(tmp_path, saved(book))
    assert found.findings == (Finding("DATE1904"),)
    assert found.grids[0].cells == {(0, 0): date(1906, 9, 27)}


def test_a_stray_cell_at_the_end_of_the_sheet(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    form = book.add_sheet("แบบ 1")
    form.write(0, 0, 1)
    form.write(65535, 255, 2)
    assert read(tmp_path, saved(book)).grids[0].cells == {(0, 0): 1, (65535, 255): 2}


def test_a_name_that_promises_something_else_is_noted(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("แบบ 1").write(0, 0, 1)
    note = Finding("EXT_MISMATCH", facts=(("suffix", ".xlsx"), ("kind", "ไฟล์ Excel รุ่นเก่า (.xls)")))
    assert read(tmp_path, saved(book), "ก.xlsx").findings == (note,)


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """xlrd writes to the terminal about every oddity; the second half of this file is cut off."""
    content = ole2("Workbook", xls_stream() + bytes(9000))
    read(tmp_path, content[:-700])
    assert capfd.readouterr() == ("", "")


def test_a_container_that_is_cut_off(tmp_path: Path) -> None:
    assert refusal(tmp_path, ole2("Workbook", xls_stream())[:1000]).code == "CORRUPT"


def test_records_that_are_no_workbook(tmp_path: Path) -> None:
    finding = refusal(tmp_path, ole2("Workbook", b"\xee" * 5000))
    assert finding.code == "CORRUPT"
    assert dict(finding.facts)["part"] == "xls"


def test_records_that_make_xlrd_stumble(tmp_path: Path) -> None:
    stream = bytearray(xls_stream())
    at = stream.index(struct.pack("<H", 0x85))  # where the sheets begin
    stream[at + 2 : at + 4] = b"\x03\x00"
    assert refusal(tmp_path, ole2("Workbook", bytes(stream))).code == "READER_REFUSED"


@pytest.mark.parametrize(
    "content", [b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\xee" * 600, ole2("Book", b"\xee" * 5000)]
)
def test_a_workbook_from_before_excel_97_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, content).code == "OLD_FORMAT"


def test_a_workbook_from_before_excel_97_that_can(tmp_path: Path) -> None:
    """Excel 3: BOF, a number in B2, EOF."""
    number = struct.pack("<HHH6xd", 1, 1, 0, 7.0)
    records = ((0x209, struct.pack("<HHH", 0x300, 0x10, 0)), (0x203, number[:6] + number[12:]), (0x0A, b""))
    content = b"".join(struct.pack("<HH", code, len(body)) + body for code, body in records)
    found = read(tmp_path, content)
    assert found.grids[0].cells == {(1, 1): 7}
    assert found.findings == (Finding("READ_ONCE"),)


def test_a_cell_that_the_reader_loses_sets_the_file_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = xlwt.Workbook()
    form = book.add_sheet("แบบ 1")
    form.write(0, 0, 1)
    form.write(0, 1, "ข้อความ")
    monkeypatch.setattr(
        "pipeline.read.xls.scan_records", lambda _: Records((Stored(3, frozenset()),), macros=False)
    )
    lost = Finding("RECONCILE", sheet="แบบ 1", facts=(("seen", "3"), ("read", "2")))
    assert refusal(tmp_path, saved(book)) == lost


def test_the_records_are_counted_of_worksheets_alone() -> None:
    """A chart between two worksheets, one in the first; four numbers in a record, a cell twice, a text, an error."""
    bof = struct.pack("<HHHH", 0x809, 4, 0x600, 0x10)
    eof = struct.pack("<HH", 0x0A, 0)
    number = struct.pack("<HHHHHd", 0x203, 14, 1, 1, 0, 7.0)
    several = struct.pack("<HHHH", 0xBD, 6 + 4 * 6, 2, 0) + bytes(24) + struct.pack("<H", 3)
    text = struct.pack("<HHHHHI", 0xFD, 10, 3, 0, 0, 0)
    error = struct.pack("<HHHHHH", 0x205, 8, 3, 1, 0, 0x107)
    blank = struct.pack("<HHHHH", 0x201, 6, 4, 0, 0)
    sheets = [
        bof + number + bof + number + eof + several + text + error + blank + number + eof,
        bof + eof,
        bof + number + eof,
    ]
    kinds = (0, 2, 0)
    start = len(bof) + 3 * (4 + 8) + len(eof)
    places = [start + sum(map(len, sheets[:index])) for index in range(3)]
    tabs = b"".join(
        struct.pack("<HHIBBBB", 0x85, 8, place, 0, kind, 0, 0)
        for place, kind in zip(places, kinds, strict=True)
    )
    records = scan_records(bof + tabs + eof + b"".join(sheets))
    assert [sheet.cells for sheet in records.sheets] == [8, 1]
    assert not records.macros
