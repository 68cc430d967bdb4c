"""A small writer of .xlsb: a part is a row of records, each a number, a length and as many bytes ([MS-XLSB] 2.1.4)."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.hostile.archives import zipped
from tests.hostile.ground import CELLS, SHEET, TEXTS, place
from tests.read.handmade import OFFICE, PACKAGE

ROW, BLANK, RK, ERROR, BOOL, REAL, TEXT, SHARED = range(8)
F_TEXT, F_REAL, F_BOOL, F_ERROR, SHORT_RK = 8, 9, 10, 11, 13
ITEM, FORMAT, STYLE, COLUMN, RICH = 19, 44, 47, 60, 62
SHEET_BEGIN, SHEET_END, BOOK_BEGIN, BOOK_END, ROWS_BEGIN, ROWS_END = 129, 130, 131, 132, 145, 146
EXTENT, SETTINGS, TABS_BEGIN, TABS_END, TAB = 148, 153, 143, 144, 156
STRINGS_BEGIN, STRINGS_END, MERGE, MERGES_BEGIN, MERGES_END = 159, 160, 176, 177, 178
STYLES_BEGIN, STYLES_END, COLUMNS_BEGIN, COLUMNS_END = 278, 279, 390, 391
SHARED_FORMULA, ARRAY_FORMULA, DATA_TABLE = 427, 426, 428
FORMATS_BEGIN, FORMATS_END, XFS_BEGIN, XFS_END = 615, 616, 617, 618
GENERAL, DAY = 0, 1
WORKBOOK, STRINGS, STYLES, SHEET_1 = (
    "xl/workbook.bin", "xl/sharedStrings.bin", "xl/styles.bin", "xl/worksheets/sheet1.bin",
)  # fmt: skip
RELATIONS = "xl/_rels/workbook.bin.rels"
KIND = "application/vnd.ms-excel"
FORMULA = struct.pack("<I", 3) + b"\x1e\x01\x00" + bytes(4)
"""What stands behind the result of a formula: the formula 1, and nothing else."""


@dataclass(frozen=True)
class Tab:
    """A sheet in the workbook part: its name, its state, the identifier of its part."""

    name: str
    state: int = 0
    relation: str = "rId1"


def record(code: int, body: bytes = b"", length: int | None = None) -> bytes:
    """A record; `length` is what it claims, if that is not the truth."""
    head = bytes([code]) if code < 128 else bytes([code & 0x7F | 0x80, code >> 7])
    return head + varying(len(body) if length is None else length) + body


def varying(value: int) -> bytes:
    """A number of seven bits a byte, the lowest first."""
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*made, value])


def text(written: str) -> bytes:
    return struct.pack("<I", len(written)) + written.encode("utf-16-le")


# --- cells ------------------------------------------------------------------------------------------------------


def at(cell: str, style: int = GENERAL) -> bytes:
    """How a cell's record begins: its column and its style; the row is that of the row record before."""
    return struct.pack("<II", place(cell)[1] - 1, style)


def rk(cell: str, value: int) -> bytes:
    return record(RK, at(cell) + struct.pack("<i", value << 2 | 2))


def real(cell: str, value: float, style: int = GENERAL) -> bytes:
    return record(REAL, at(cell, style) + struct.pack("<d", value))


def shared(cell: str, number: int) -> bytes:
    return record(SHARED, at(cell) + struct.pack("<I", number))


def own_text(cell: str, written: str) -> bytes:
    return record(TEXT, at(cell) + text(written))


def error(cell: str, code: int) -> bytes:
    return record(ERROR, at(cell) + bytes([code]))


def formula(kind: int, cell: str, result: bytes, flags: int = 0, style: int = GENERAL) -> bytes:
    """A formula with its result."""
    return record(kind, at(cell, style) + result + struct.pack("<H", flags) + FORMULA)


def cell_record(cell: str) -> bytes:
    """A cell of the report; texts are shared strings."""
    value = CELLS[cell]
    return shared(cell, TEXTS.index(value)) if isinstance(value, str) else rk(cell, value)


def row(number: int, *, hidden: bool = False) -> bytes:
    """The record of a row."""
    return record(ROW, struct.pack("<IIHBBBI", number - 1, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def rows(put: Mapping[str, bytes] | None = None, hidden: Iterable[int] = ()) -> bytes:
    """The rows of the report, with cells replaced, added, or taken out (by nothing)."""
    cells = {**{cell: cell_record(cell) for cell in CELLS}, **(put or {})}
    made, line = b"", 0
    for cell in sorted(cells, key=place):
        if place(cell)[0] != line:
            line = place(cell)[0]
            made += row(line, hidden=line in hidden)
        made += cells[cell]
    return made


# --- parts ------------------------------------------------------------------------------------------------------


def sheet(data: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """A worksheet part."""
    extent = record(EXTENT, struct.pack("<IIII", 0, 7, 0, 9))
    inside = record(ROWS_BEGIN) + data + record(ROWS_END)
    return record(SHEET_BEGIN) + extent + before + inside + after + record(SHEET_END)


def columns(first: int, last: int) -> bytes:
    """Hidden columns."""
    body = struct.pack("<IIIIH", first - 1, last - 1, 2560, 0, 1)
    return record(COLUMNS_BEGIN) + record(COLUMN, body) + record(COLUMNS_END)


def merges(*ranges: str) -> bytes:
    made = record(MERGES_BEGIN, struct.pack("<I", len(ranges)))
    for each in ranges:
        (top, left), (bottom, right) = (place(corner) for corner in each.split(":"))
        made += record(MERGE, struct.pack("<IIII", top - 1, bottom - 1, left - 1, right - 1))
    return made + record(MERGES_END)


def strings(texts: Sequence[str] = TEXTS, more: bytes = b"", claimed: int | None = None) -> bytes:
    """The part of the shared strings; `more` are further items, `claimed` their number if it is not the truth."""
    count = len(texts) if claimed is None else claimed
    items = b"".join(record(ITEM, b"\0" + text(each)) for each in texts)
    return record(STRINGS_BEGIN, struct.pack("<II", count, count)) + items + more + record(STRINGS_END)


def workbook(*tabs: Tab, date1904: bool = False) -> bytes:
    """The workbook part."""
    names = b"".join(
        record(TAB, struct.pack("<II", tab.state, number) + text(tab.relation) + text(tab.name))
        for number, tab in enumerate(tabs, 1)
    )
    settings = record(SETTINGS, struct.pack("<II", int(date1904), 0) + text(""))
    inside = record(TABS_BEGIN) + names + record(TABS_END)
    return record(BOOK_BEGIN) + settings + inside + record(BOOK_END)


def styles() -> bytes:
    """Two formats of cells: GENERAL and DAY."""
    formats = record(FORMATS_BEGIN, struct.pack("<I", 1)) + record(
        FORMAT, struct.pack("<H", 164) + text("d/m/yyyy")
    )
    xfs = b"".join(
        record(STYLE, struct.pack("<HHHHHBBI", 0, number, 0, 0, 0, 0, 0, 0)) for number in (0, 164)
    )
    inside = formats + record(FORMATS_END) + record(XFS_BEGIN, struct.pack("<I", 2)) + xfs + record(XFS_END)
    return record(STYLES_BEGIN) + inside + record(STYLES_END)


def relations(*kinds: tuple[str, str]) -> str:
    """What the workbook part refers to: kind and target of each, rId1, rId2 … in order."""
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def book(
    put: Mapping[str, bytes] | None = None,
    *sheets: bytes,
    hidden: Iterable[int] = (),
    before: bytes = b"",
    after: bytes = b"",
    tabs: Sequence[Tab] = (Tab(SHEET), Tab("อื่น", relation="rId2")),
    date1904: bool = False,
) -> dict[str, str | bytes]:
    """The parts of the workbook: the report, then further sheets."""
    made = [sheet(rows(put, hidden), before, after), *sheets]
    targets = [("worksheet", f"worksheets/sheet{number}.bin") for number in range(1, len(made) + 1)]
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="bin" ContentType="{KIND}.sheet.binary.macroEnabled.main"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": relations(("officeDocument", WORKBOOK)),
        WORKBOOK: workbook(*tabs[: len(made)], date1904=date1904),
        RELATIONS: relations(*targets, ("sharedStrings", "sharedStrings.bin"), ("styles", "styles.bin")),
        STRINGS: strings(),
        STYLES: styles(),
        **{f"xl/worksheets/sheet{number}.bin": part for number, part in enumerate(made, 1)},
    }


def xlsb(put: Mapping[str, bytes] | None = None, *sheets: bytes, **options: object) -> bytes:
    return zipped(book(put, *sheets, **options))
