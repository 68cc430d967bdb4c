"""Sheets, parts and records of an .xlsb beside its cells: hidden, merged, falsified, cut, missing."""

import struct

from tests.hostile.archives import archive, entries, entry, swollen, zipped
from tests.hostile.case import SEEN, Case
from tests.hostile.ground import SHEET, TEXTS
from tests.hostile.xlsb import records as r
from tests.hostile.xlsb.records import (
    RELATIONS,
    SHEET_1,
    STRINGS,
    STYLES,
    WORKBOOK,
    Tab,
    at,
    book,
    columns,
    merges,
    real,
    record,
    relations,
    rk,
    row,
    rows,
    sheet,
    strings,
    workbook,
    xlsb,
)

OTHER = sheet(row(1) + rk("A1", 5))
CHART = ("worksheet", "worksheets/sheet1.bin"), ("chartsheet", "chartsheets/sheet1.bin")
COMMON = ("sharedStrings", "sharedStrings.bin"), ("styles", "styles.bin")
FAR = record(r.EXTENT, struct.pack("<IIII", 0, 1048575, 0, 16383))
NOISE = b"\xee" * 5000


def part(name: str, changed: str, content: str | bytes, *says: str, **expected: object) -> Case:
    """The workbook with another content of one of its parts, or with a further one."""
    return Case(f"xlsb-{name}", lambda: zipped({**book(), changed: content}), says, **expected)


def refused(
    name: str, changed: str, content: str | bytes, code: str = "READER_REFUSED", because: str = ""
) -> Case:
    return part(name, changed, content, refused=code, because=because)


def corrupt(name: str, changed: str, content: str | bytes) -> Case:
    return refused(name, changed, content, "CORRUPT", changed.lower())


def cut(name: str, cell: bytes) -> Case:
    """The figure of C6 in a record that is not whole; beside it a 13 that must not be taken for it."""
    put = {"B6": real("B6", 13), "C6": cell}
    return Case(f"xlsb-{name}", lambda: xlsb(put), refused="CORRUPT", because=SHEET_1)


def without(name: str, missing: str, code: str = "", because: str = "") -> Case:
    parts = {each: content for each, content in book().items() if each != missing}
    return Case(f"xlsb-without-{name}", lambda: zipped(parts), refused=code, because=because)


def second(name: str, state: int, code: str) -> Case:
    """A second sheet in some state."""
    tabs = (Tab(SHEET), Tab("อื่น", state, "rId2"))
    return Case(f"xlsb-sheet-{name}", lambda: xlsb({}, OTHER, tabs=tabs), (f"{code} อื่น!",), more=1)


def laid(name: str, *says: str, **options: object) -> Case:
    """The report with something around its rows."""
    return Case(f"xlsb-{name}", lambda: xlsb(**options), says)


def day(name: str, number: int, *says: str, date1904: bool = False) -> Case:
    """A day in a remark, in one of the calendars."""
    parts = book({"J6": real("J6", number, r.DAY)}, date1904=date1904)
    return Case(f"xlsb-{name}", lambda: zipped(parts), says, reads={"J6": "4 ก.พ. 2564"}, more=1)


def with_chart() -> bytes:
    """A chart on the second tab."""
    tabs = workbook(Tab(SHEET), Tab("กราฟ", relation="rId2"))
    chart = {"xl/chartsheets/sheet1.bin": record(r.SHEET_BEGIN) + record(r.SHEET_END)}
    return zipped({**book(), WORKBOOK: tabs, RELATIONS: relations(*CHART, *COMMON), **chart})


def packed(name: str, *more: object, reason: str) -> Case:
    """An archive that is not opened, for a reason."""
    found = [*entries(book()), *more]
    return Case(f"xlsb-zip-{name}", lambda: archive(found), refused="UNSAFE_ARCHIVE", because=reason)


TWO_OF_ONE = (Tab(SHEET), Tab(SHEET, relation="rId2"))
SHEETS = (
    second("of-prices", 0, "SHEET"),
    second("hidden", 1, "HIDDEN"),
    second("very-hidden", 2, "HIDDEN"),
    refused("sheet-in-a-state-of-nobody", WORKBOOK, workbook(Tab(SHEET, 77))),
    part(
        "sheet-of-the-report-hidden", WORKBOOK, workbook(Tab(SHEET, 2)), "HIDDEN", refused="HEADER", seen=SEEN
    ),
    Case("xlsb-sheets-of-one-name", lambda: xlsb({}, OTHER, tabs=TWO_OF_ONE), refused="READER_REFUSED"),
    Case("xlsb-sheet-of-a-chart", with_chart),
    refused("sheet-relation-of-nobody", WORKBOOK, workbook(Tab(SHEET, relation="rId9")), "CORRUPT", WORKBOOK),
    laid("hidden-row", "HIDDEN A6", hidden=(6,)),
    laid("hidden-column", "HIDDEN C5", before=columns(3, 3)),
    laid("hidden-to-the-right", before=columns(11, 16384)),
    laid("merged-over-figures", "MERGED D6 1700", after=merges("C6:D6")),
    laid("merged-over-the-sheet", after=merges("A1:XFD1048576")),
    day("1904-calendar", 42769, "DATE1904", date1904=True),
    day("1900-calendar", 44231),
)
PARTS = (
    part("with-macros", "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0", "MACRO"),
    part("with-external-link", "xl/externalLinks/externalLink1.bin", record(355), "EXTERNAL_LINK"),
    Case("xlsb-called-xlsx", xlsb, ("EXT_MISMATCH",), name="xlsb-called.xlsx"),
    part("extent-far", SHEET_1, sheet(rows(), FAR)),
    Case("xlsb-records-of-nobody", lambda: xlsb({"C6": record(9000, bytes(99)) + rk("C6", 9)})),
    refused("strings-claim-thousands-of-millions", STRINGS, strings(claimed=0xFFFFFFFF)),
    refused("strings-claim-none", STRINGS, strings(claimed=0)),
    refused("strings-missing-half", STRINGS, strings(TEXTS[:4])),
    corrupt("strings-cut", STRINGS, strings()[:-60]),
    corrupt("sheet-cut", SHEET_1, sheet(rows())[:-50]),
    corrupt("sheet-of-noise", SHEET_1, NOISE),
    corrupt("sheet-of-zeros", SHEET_1, bytes(5000)),
    refused("sheet-empty", SHEET_1, b""),
    corrupt("workbook-cut", WORKBOOK, workbook(Tab(SHEET))[:-25]),
    corrupt("workbook-of-noise", WORKBOOK, NOISE),
    refused("styles-of-noise", STYLES, NOISE),
    refused(
        "relations-with-doctype", RELATIONS, "<!DOCTYPE x>" + relations(*CHART), "UNSAFE_ARCHIVE", "DOCTYPE"
    ),
    without("sheet", SHEET_1, "CORRUPT", SHEET_1),
    without("relations", RELATIONS, "CORRUPT"),
    without("strings", STRINGS, "READER_REFUSED"),
    without("styles", STYLES),
    without("types", "[Content_Types].xml"),
    cut("record-beyond-the-end", record(r.RK, at("C6") + bytes(4), length=50_000)),
    cut("record-of-two-gigabytes", record(r.RK, at("C6") + bytes(4), length=0xFFFFFFF)),
    cut("row-cut", record(r.ROW, b"\x05\0\0\0") + rk("C6", 9)),
    cut("cell-cut", record(r.REAL, at("C6"))),
    packed("bomb", swollen("xl/media/1.png", 40), reason="บีบอัดแน่น"),
    packed("climbing", entry("../x", "x"), reason="โฟลเดอร์อื่น"),
    Case("xlsb-zip-cut", lambda: xlsb()[:-100], refused="CORRUPT", because="zip"),
)
CASES = (*SHEETS, *PARTS)
