"""Cells of an .xlsb: every record in which a figure, an error or a text can stand, whole, rare, cut or lying."""

import struct
from collections.abc import Mapping

from tests.hostile.archives import zipped
from tests.hostile.case import Case
from tests.hostile.ground import TEXTS
from tests.hostile.ground import row as figures_of
from tests.hostile.xlsb import records as r
from tests.hostile.xlsb.records import (
    STRINGS,
    at,
    book,
    error,
    formula,
    own_text,
    real,
    record,
    rk,
    row,
    rows,
    shared,
    sheet,
    strings,
    text,
    xlsb,
)

KNOWN = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
TEN = struct.pack("<d", 10)
ALIKE = struct.pack("<IIII", 5, 5, 2, 2)
"""The range C6:C6, for which a formula is shared."""
REMARK = "ครบทุกหมู่บ้าน"
NEXT = len(TEXTS)


def case(name: str, put: Mapping[str, bytes], *says: str, **expected: object) -> Case:
    return Case(f"xlsb-{name}", lambda: xlsb(put), says, **expected)


def read(name: str, cell: bytes, figure: float = 10, *says: str) -> Case:
    """The figure of C6 in a rare record."""
    return case(name, {"C6": cell}, *says, reads={"C6": figure})


def unknown(name: str, cell: bytes, says: str) -> Case:
    """The figure of C6 as something that is no figure."""
    return case(name, {"C6": cell}, says, unknown=("C6",))


def remark(name: str, cell: bytes, read: str, *says: str) -> Case:
    """A remark in a rare record."""
    return case(name, {"J6": cell}, *says, reads={"J6": read}, more=1)


def shared_remark(name: str, item: bytes) -> Case:
    """A remark whose shared string is of a rare kind."""
    parts = {**book({"J6": shared("J6", NEXT)}), STRINGS: strings(more=item, claimed=NEXT + 1)}
    return Case(f"xlsb-{name}", lambda: zipped(parts), reads={"J6": REMARK}, more=1)


def refused(name: str, put: Mapping[str, bytes], code: str = "READER_REFUSED", because: str = "") -> Case:
    return case(name, put, refused=code, because=because)


def rich(code: int, head: bytes = b"") -> bytes:
    """A text with formatting runs."""
    return record(code, head + b"\x01" + text(REMARK) + struct.pack("<IHH", 1, 3, 1))


def out_of_order() -> bytes:
    """The rows of the local bodies before those of the heading."""
    data = rows()
    middle = data.index(row(5))
    return zipped({**book(), r.SHEET_1: sheet(data[middle:] + data[:middle])})


WITH_READING = b"\x02" + text(REMARK) + text("อ่านว่า") + struct.pack("<IHHHH", 1, 0, 0, 2, 0)
SHORT = record(r.SHORT_RK, struct.pack("<Ii", 0, 9 << 2 | 2))
"""A figure whose column is that behind the cell before."""
FAR_ROW = record(r.ROW, struct.pack("<IIHBBBI", 0xFFFFFFF0, 0, 300, 0, 0, 0, 0))
ERRORS = (
    case(
        "errors",
        {f"{c}6": error(f"{c}6", code) for c, code in zip("BCDEFGH", KNOWN, strict=True)},
        *(f"ERROR_CELL {c}6 {name}" for c, name in zip("BCDEFGH", KNOWN.values(), strict=True)),
        unknown=figures_of(6)[:7],
    ),
    unknown("error-getting-data", error("C6", 0x2B), "ERROR_CELL C6 #GETTING_DATA"),
    unknown("error-of-a-formula", formula(r.F_ERROR, "C6", b"\x17"), "ERROR_CELL C6 #REF!"),
    unknown("error-as-text", own_text("C6", "#REF!"), "BAD_VALUE C6 #REF!"),
    unknown("truth", record(r.BOOL, at("C6") + b"\x01"), "BAD_VALUE C6 TRUE"),
    unknown("truth-of-a-formula", formula(r.F_BOOL, "C6", b"\x01"), "BAD_VALUE C6 TRUE"),
    refused("error-of-nobody", {"C6": error("C6", 0x99)}),
    case(
        "error-in-a-name",
        {"A6": error("A6", 0x17)},
        *("ERROR_CELL A6 #REF!", *(f"NO_NAME {cell}" for cell in figures_of(6))),
        unknown=figures_of(6),
    ),
)
NUMBERS = (
    read("rk-hundredths", record(r.RK, at("C6") + struct.pack("<i", 1000 << 2 | 3))),
    read("rk-negative", rk("C6", -10), -10),
    read("rk-half-a-double", record(r.RK, at("C6") + TEN[4:])),
    read("real", real("C6", 10.0)),
    read("formula", formula(r.F_REAL, "C6", TEN)),
    read("formula-shared", formula(r.F_REAL, "C6", TEN) + record(r.SHARED_FORMULA, ALIKE + bytes(8))),
    read("formula-array", formula(r.F_REAL, "C6", TEN) + record(r.ARRAY_FORMULA, ALIKE + bytes(9))),
    read("formula-table", formula(r.F_REAL, "C6", TEN) + record(r.DATA_TABLE, bytes(29))),
    read("formula-text", formula(r.F_TEXT, "C6", text("10")), 10, "NUMBER_AS_TEXT C6 10"),
    case("formula-empty-text", {"C6": formula(r.F_TEXT, "C6", text(""))}, unknown=("C6",), more=-1),
    unknown("number-nan", real("C6", float("nan")), "BAD_VALUE C6 nan"),
    unknown("number-infinite", real("C6", float("inf")), "BAD_VALUE C6 inf"),
    unknown("number-beyond-every-count", real("C6", 1e300), "BAD_VALUE C6 1e+300"),
    unknown("day", real("C6", 9, r.DAY), "BAD_VALUE C6 9 ม.ค. 2443"),
    read("style-of-nobody", real("C6", 10, 9999)),
    case("blank-cell", {"C6": record(r.BLANK, at("C6"))}, unknown=("C6",), more=-1),
    case("far-column", {"XFD6": rk("XFD6", 1)}, "EXTRA_COLUMN XFD6", more=1),
    case("far-blank-cell", {"XFD1048576": record(r.BLANK, at("XFD1048576"))}),
    refused("far-cell", {"XFD1048576": rk("XFD1048576", 1)}, "TOO_BIG_GRID XFD1048576"),
    refused("far-row", {"A1048576": rk("A1048576", 1)}, "TOO_BIG_GRID J1048576"),
    refused("row-beyond-the-last", {"C6": FAR_ROW + rk("C6", 9)}, "TOO_BIG_GRID J4294967281"),
    refused("cell-twice", {"C6": rk("C6", 9) + rk("C6", 90)}, "RECONCILE", "50"),
    refused("cell-of-short-form", {"C6": SHORT}, "RECONCILE"),
    case("cells-out-of-order", {"C6": rk("E6", 1300), "E6": rk("C6", 9)}),
    case("row-twice", {"E6": row(6) + rk("E6", 1300)}),
    Case("xlsb-rows-out-of-order", out_of_order),
)
WORDS = (
    remark("text-own", own_text("J6", REMARK), REMARK),
    remark("text-begins-with-equals", own_text("J6", "=1+1"), "=1+1"),
    remark("text-with-nul", own_text("J6", "ก\0ข"), "ก ข", "TEXT_CLEANED J6"),
    remark("text-overlong", own_text("J6", "ก" * 40_000), "ก" * 40_000),
    remark(
        "text-half-a-surrogate", record(r.TEXT, at("J6") + struct.pack("<IHH", 2, 0xD83D, 0x0E01)), "\ufffdก"
    ),
    shared_remark("text-shared-rich", rich(r.ITEM)),
    shared_remark("text-shared-with-reading", record(r.ITEM, WITH_READING)),
    case("text-of-blanks", {"J6": own_text("J6", " \u00a0")}),
    refused("text-own-rich", {"J6": rich(r.RICH, at("J6"))}, "RECONCILE", "50"),
    refused("text-beyond-its-record", {"J6": record(r.TEXT, at("J6") + b"\x63\0\0\0")}, "CORRUPT", r.SHEET_1),
    refused("string-that-is-not-there", {"J6": shared("J6", 999)}),
)
CASES = (*ERRORS, *NUMBERS, *WORDS)
