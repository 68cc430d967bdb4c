"""Cells of an .xls: every record in which a figure, an error or a formula can stand."""

import struct
from collections.abc import Sequence

from tests.hostile.case import Case
from tests.hostile.ground import row
from tests.hostile.xls import records as r
from tests.hostile.xls.records import Record, at, error, formula, number, rk, special, xls

KNOWN = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
TEN = struct.pack("<d", 10)
ALIKE = struct.pack("<HHBB", 5, 5, 2, 2)
"""The range C6:C6, for which a formula is shared."""


def case(name: str, *cells: Record, says: Sequence[str] = (), **expected: object) -> Case:
    """The report with other records for the figure of C6."""
    return Case(f"xls-{name}", lambda: xls(*cells, without=("C6",)), tuple(says), **expected)


def read(name: str, *cells: Record, figure: float = 10, says: Sequence[str] = ()) -> Case:
    """The figure of C6 in a rare record."""
    return case(name, *cells, says=says, reads={"C6": figure})


def unknown(name: str, *cells: Record, says: str) -> Case:
    """The figure of C6 as something that is no figure."""
    return case(name, *cells, says=(says,), unknown=("C6",))


def refused(name: str, *cells: Record, code: str = "READER_REFUSED") -> Case:
    """A record that no reader understands."""
    return case(name, *cells, refused=code)


def whole(value: int, flags: int) -> Record:
    """A number of 30 bits: 2 whole, 3 whole hundredths."""
    return rk("C6", value << 2 | flags)


def mulrk(last: int, *values: int) -> Record:
    """Figures side by side, from C6 to the column `last`."""
    figures = b"".join(struct.pack("<HI", r.GENERAL, value << 2 | 2) for value in values)
    return Record(r.MULRK, at("C6")[:4] + figures + struct.pack("<H", last))


ERRORS = (
    Case(
        "xls-errors",
        lambda: xls(*(error(f"{c}6", n) for c, n in zip("BCDEFGH", KNOWN, strict=True)), without=row(6)[:7]),
        tuple(f"ERROR_CELL {c}6 {text}" for c, text in zip("BCDEFGH", KNOWN.values(), strict=True)),
        unknown=row(6)[:7],
    ),
    unknown("error-of-nobody", error("C6", 0x99), says="ERROR_CELL C6 #153"),
    unknown("error-of-a-formula", formula("C6", special(2, 0x17)), says="ERROR_CELL C6 #REF!"),
    unknown("error-as-text", Record(r.LABEL, at("C6") + r.unicode("#REF!")), says="BAD_VALUE C6 #REF!"),
    unknown("truth", Record(r.BOOLERR, at("C6") + b"\x01\x00"), says="BAD_VALUE C6 TRUE"),
    unknown("truth-of-a-formula", formula("C6", special(1, 1)), says="BAD_VALUE C6 TRUE"),
    Case(
        "xls-error-in-a-name",
        lambda: xls(error("A6", 0x17), without=("A6",)),
        ("ERROR_CELL A6 #REF!", *(f"NO_NAME {cell}" for cell in row(6))),
        unknown=row(6),
    ),
)
FORMULAS = (
    read("formula", formula("C6", TEN)),
    read("formula-shared", formula("C6", TEN), Record(r.SHARED, ALIKE + b"\0\x01" + b"\x07\x00" + bytes(7))),
    read("formula-array", formula("C6", TEN), Record(r.ARRAY, ALIKE + bytes(6) + b"\x03\x00\x1e\x01\x00")),
    read("formula-table", formula("C6", TEN), Record(r.TABLE, bytes(16))),
    read(
        "formula-text",
        formula("C6", special(0)),
        Record(r.STRING, r.unicode("10")),
        says=["NUMBER_AS_TEXT C6 10"],
    ),
    unknown("formula-nan", formula("C6", struct.pack("<Q", 0x7FF8000000000001)), says="BAD_VALUE C6 nan"),
    case("formula-empty-text", formula("C6", special(3)), unknown=("C6",), more=-1),
    refused("formula-text-missing", formula("C6", special(0)), code="CORRUPT"),
    unknown(
        "formula-never-calculated",
        formula("C6", bytes(8), flags=3),
        says="NO_CACHED_VALUE C6",
    ),
)
NUMBERS = (
    read("rk-whole", whole(10, 2)),
    read("rk-hundredths", whole(1000, 3)),
    read("rk-negative", whole(-10, 2), figure=-10),
    read("rk-half-a-double", rk("C6", struct.unpack("<Q", TEN)[0] >> 32)),
    read("number", number("C6", 10.0)),
    read("number-last-digit", number("C6", 9.999999999999998)),
    unknown("number-nan", number("C6", float("nan")), says="BAD_VALUE C6 nan"),
    unknown("number-infinite", number("C6", float("inf")), says="BAD_VALUE C6 inf"),
    unknown("number-beyond-every-count", number("C6", 1e300), says="BAD_VALUE C6 1e+300"),
    unknown("day", number("C6", 9, r.DAY), says="BAD_VALUE C6 9 ม.ค. 2443"),
    read("day-before-the-calendar", number("C6", -5, r.DAY), figure=-5),
    read("day-after-the-calendar", number("C6", 1e9, r.DAY), figure=1_000_000_000),
    refused("style-of-nobody", number("C6", 10, 9999)),
    Case("xls-mulrk", lambda: xls(mulrk(3, 9, 1700), without=("C6", "D6"))),
    refused("mulrk-that-lies", mulrk(255, 9)),
    refused("record-cut", Record(r.NUMBER, at("C6") + b"\0\0")),
    refused("cell-beyond-the-last-column", Record(r.NUMBER, struct.pack("<HHHd", 5, 300, r.GENERAL, 1.0))),
    Case("xls-far-cell", lambda: xls(number("IV65536", 1.0)), more=1),
    Case(
        "xls-cell-twice",
        lambda: xls(number("C6", 90)),
        refused="RECONCILE",
    ),
)
CASES = (*ERRORS, *FORMULAS, *NUMBERS)
