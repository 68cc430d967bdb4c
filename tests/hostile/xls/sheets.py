"""Sheets and records of an .xls beside its cells: hidden, merged, locked, falsified, of other kinds."""

import struct
from collections.abc import Callable

import xlwt

from tests.hostile.case import Case
from tests.hostile.ground import SHEET
from tests.hostile.xls import records as r
from tests.hostile.xls.records import (
    Record,
    edited,
    housed,
    in_globals,
    joined,
    number,
    records,
    stream,
    with_records,
    xls,
)

SUPBOOK, WRITE_PROTECT, FILE_SHARING = 0x1AE, 0x86, 0x5B
XOR = struct.pack("<HHH", 0, 0x1234, 0x5678)
RC4 = struct.pack("<HHH", 1, 1, 1) + bytes(48)
CRYPTO_API = struct.pack("<HHH", 1, 2, 2) + bytes(200)
SUBSTREAMS = {2: 0x20, 1: 0x40, 6: 0x06}
"""Kinds of tabs and what their records begin with: a chart, an old macro sheet, a module."""


def book(name: str, style: Callable[[xlwt.Workbook], None], *says: str, more: int = 0) -> Case:
    """The report with something that the writing program can do itself."""
    return Case(f"xls-{name}", lambda: xls(style=style), says, more=more)


def patched(name: str, change: Callable[[bytes], bytes], *says: str, **expected: object) -> Case:
    """The report with its records changed."""
    return Case(f"xls-{name}", lambda: housed(change(stream())), says, **expected)


def replaced(name: str, code: int, *others: Record) -> Case:
    """The report with others for the first record of a code."""
    return patched(name, lambda data: edited(data, code, lambda _: others))


def added(name: str, *more: Record, **expected: object) -> Case:
    """The report with more records at the end of its sheet."""
    return patched(name, lambda data: with_records(data, *more), **expected)


def locked(name: str, content: bytes) -> Case:
    return patched(name, lambda data: in_globals(data, Record(r.FILEPASS, content)), refused="PASSWORD")


def second(name: str, state: int, code: str) -> Case:
    """A second sheet in some state."""

    def add(workbook: xlwt.Workbook) -> None:
        page = workbook.add_sheet("อื่น")
        page.write(0, 0, 5)
        page.visibility = state

    return book(f"sheet-{name}", add, f"{code} อื่น!", more=1)


def of_kind(kind: int) -> Callable[[bytes], bytes]:
    """Puts a second tab of a kind behind the report."""

    def add(data: bytes) -> bytes:
        tab = Record(r.BOUNDSHEET, struct.pack("<IBBBB", 0, 0, kind, 1, 1) + "x".encode("utf-16-le"))
        return joined(
            [*records(edited(data, r.BOUNDSHEET, lambda old: [old, tab])), begin(SUBSTREAMS[kind]), END]
        )

    return add


def begin(substream: int) -> Record:
    return Record(r.BOF, struct.pack("<HHHHII", 0x600, substream, 0, 0, 0, 0))


def two_of_one_name() -> bytes:
    other = SHEET[:-1] + "x"
    data = stream(style=lambda workbook: workbook.add_sheet(other).write(0, 0, 5))
    return housed(data.replace(other.encode("utf-16-le"), SHEET.encode("utf-16-le"), 1))


def sheet_at(where: int) -> Callable[[bytes], bytes]:
    """Says of the sheet that it begins elsewhere."""

    def change(data: bytes) -> bytes:
        place = struct.pack("<I", where)
        return b"".join(
            (Record(each.code, place + each.body[4:]) if each.code == r.BOUNDSHEET else each).data
            for each in records(data)
        )

    return change


END = Record(r.EOF, b"")
FAR = struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 256, 0)
MERGE, FALSE_MERGE = struct.pack("<HHHHH", 1, 5, 5, 2, 3), struct.pack("<HHHHH", 9, 5, 5, 2, 3)
SHEETS = (
    second("of-prices", 0, "SHEET"),
    second("hidden", 1, "HIDDEN"),
    second("very-hidden", 2, "HIDDEN"),
    patched("sheet-of-a-chart", of_kind(2)),
    patched("sheet-of-old-macros", of_kind(1), "MACRO"),
    patched("sheet-of-a-module", of_kind(6)),
    added("chart-on-the-sheet", begin(0x20), number("C6", 900), END),
    Case("xls-sheets-of-one-name", two_of_one_name, ("SHEET",), more=1),
    book("hidden-row", lambda made: setattr(made.get_sheet(0).row(5), "hidden", True), "HIDDEN A6"),
    book("hidden-column", lambda made: setattr(made.get_sheet(0).col(2), "hidden", True), "HIDDEN C5"),
    book("hidden-window", lambda made: setattr(made, "wnd_visible", 0)),
    book("protected", lambda made: setattr(made.get_sheet(0), "protect", True)),
    book("protected-by-password", lambda made: setattr(made.get_sheet(0), "password", "x")),
    patched(
        "merged-over-figures", lambda data: with_records(data, Record(r.MERGES, MERGE)), "MERGED D6 1700"
    ),
    added("merge-that-lies", Record(r.MERGES, FALSE_MERGE), refused="READER_REFUSED"),
    Case(
        "xls-1904-calendar",
        lambda: xls(number("J6", 42769, r.DAY), style=lambda made: setattr(made, "dates_1904", True)),
        ("DATE1904",),
        reads={"J6": "4 ก.พ. 2564"},
        more=1,
    ),
    Case("xls-1900-calendar", lambda: xls(number("J6", 44231, r.DAY)), reads={"J6": "4 ก.พ. 2564"}, more=1),
)
RECORDS = (
    replaced("dimensions-lie", r.DIMENSIONS, Record(r.DIMENSIONS, struct.pack("<IIHHH", 0, 1, 0, 1, 0))),
    replaced("dimensions-far", r.DIMENSIONS, Record(r.DIMENSIONS, FAR)),
    replaced("dimensions-missing", r.DIMENSIONS),
    replaced("code-page-of-nobody", r.CODEPAGE, Record(r.CODEPAGE, b"\x39\x30")),
    added("records-of-nobody", Record(0xEEEE, b"\xff" * 8000)),
    added("record-overlong", Record(0xEEEE, bytes(60_000))),
    added("row-that-lies", Record(r.ROW, struct.pack("<HHHHHHI", 0xFFFF, 9, 0, 0, 0, 0, 0))),
    added("columns-that-lie", Record(r.COLINFO, struct.pack("<HHHHHH", 9, 2, 0, 0, 1, 0))),
    patched("records-behind-the-end", lambda data: data + number("C6", 900).data),
    patched("end-missing", lambda data: joined(records(data)[:-1]), refused="READER_REFUSED"),
    patched("sheet-beyond-the-end", sheet_at(99_999), refused="CORRUPT"),
    patched("sheet-in-the-middle", sheet_at(7), refused="CORRUPT"),
    patched(
        "link-outside", lambda data: in_globals(data, Record(SUPBOOK, b"\1\0" + r.unicode("\x01C:\\x.xls")))
    ),
    patched(
        "read-only",
        lambda data: in_globals(data, Record(WRITE_PROTECT, b""), Record(FILE_SHARING, b"\1" * 6)),
    ),
    locked("locked-by-xor", XOR),
    locked("locked-by-rc4", RC4),
    locked("locked-by-crypto-api", CRYPTO_API),
)
CASES = (*SHEETS, *RECORDS)
