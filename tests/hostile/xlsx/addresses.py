"""Where cells say that they are: odd addresses, none at all, far away, out of order, twice."""

import re

from pipeline.model import column_letters
from tests.hostile.case import Case
from tests.hostile.ground import CELLS
from tests.hostile.xlsx.book import SHEET_1, cell_xml, rows_xml, xlsx

LAST_ROW = '<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'
"""Cells in the last row that hold nothing but a format."""
LINES = (8, 7, 6, 5, 4, 2, 1)


def at(name: str, address: str, **expected: object) -> Case:
    """The figure of C6 under an odd address."""
    put = {"C6": f'<c r="{address}"><v>9</v></c>'}
    return Case(f"xlsx-address-{name}", lambda: xlsx(put), **expected)


def gone(name: str, address: str, said: str) -> Case:
    """The figure of C6 at another place, where it is named."""
    return at(name, address, says=(said,), unknown=("C6",))


def refused(name: str, address: str, code: str = "READER_REFUSED", because: str = "", seen: int = 0) -> Case:
    return at(name, address, refused=code, because=because, seen=seen)


def stray(name: str, cell: str) -> Case:
    """A cell far from the table; it is read, and takes nothing else along."""
    return Case(f"xlsx-far-{name}", lambda: xlsx({cell: f'<c r="{cell}"><v>1</v></c>'}), more=1)


def rows(name: str, xml: str) -> Case:
    """The report in rows that are written otherwise."""
    return Case(f"xlsx-rows-{name}", lambda: xlsx(rows=xml))


def before(name: str, xml: str) -> Case:
    """The report behind something that lies about it."""
    return Case(f"xlsx-{name}", lambda: xlsx(before=xml))


def shuffled() -> str:
    """Rows from last to first, cells from right to left."""
    lines = {number: [cell_xml(cell) for cell in CELLS if cell[1:] == str(number)] for number in LINES}
    return "".join(f'<row r="{number}">{"".join(reversed(line))}</row>' for number, line in lines.items())


def without_addresses(*, cells: bool) -> str:
    """The rows without their numbers, and with `cells` the cells without theirs; a blank row keeps the places."""
    xml = rows_xml().replace('<row r="4">', '<row r="3"></row><row r="4">')
    xml = re.sub(r'<row r="\d+">', "<row>", xml)
    return re.sub(r'<c r="[A-Z]+\d+"', "<c", xml) if cells else xml


def far_and_large() -> bytes:
    """A far cell in a sheet that is too large for the reader that would mind it least."""
    return xlsx({"XFD1048576": '<c r="XFD1048576"><v>1</v></c>'}, after=" " * (17 << 20))


def too_many() -> bytes:
    """More cells than memory should hold, in rows of a hundred below the report."""
    line = "".join(f'<c r="{column_letters(column)}{{0}}"><v>1</v></c>' for column in range(100))
    rows = "".join(f'<row r="{n}">{line.replace("{0}", str(n))}</row>' for n in range(20, 10_021))
    return xlsx(rows=rows_xml() + rows)


TWICE = {"C6": '<c r="C6"><v>9</v></c><c r="C6"><v>90</v></c>'}
CASES = (
    at("in-small-letters", "c6"),
    at("empty", ""),
    gone("of-another-row", "C60", "NO_NAME C60"),
    gone("beyond-the-last-column", "XFE6", "EXTRA_COLUMN XFE6"),
    gone("beyond-the-last-row", "C1048577", "NO_NAME C1048577"),
    gone("beyond-all-numbers", "C99999999999999999999", "NO_NAME C99999999999999999999"),
    refused("with-dollars", "$C$6"),
    refused("without-row", "C"),
    refused("without-column", "6"),
    refused("by-numbers", "R6C3"),
    refused("of-a-range", "C6:C7", "CORRUPT", SHEET_1),
    refused("of-row-naught", "C0", "CORRUPT", SHEET_1),
    Case("xlsx-address-twice", lambda: xlsx(TWICE), refused="RECONCILE", because="50"),
    rows("without-any-address", without_addresses(cells=True)),
    rows("without-numbers", without_addresses(cells=False)),
    rows("out-of-order", shuffled()),
    rows("in-two-pieces", rows_xml().replace(cell_xml("E6"), f'</row><row r="6">{cell_xml("E6")}')),
    rows("in-two-bodies", rows_xml().replace('<row r="6"', '</sheetData><sheetData><row r="6"')),
    rows("formatted-to-the-end", rows_xml() + LAST_ROW),
    rows("ten-thousand-formatted", rows_xml() + "".join(f'<row r="{n}" s="1"/>' for n in range(20, 10_020))),
    stray("last-cell", "XFD1048576"),
    stray("last-row", "A1048576"),
    stray("last-column", "XFD1"),
    Case("xlsx-far-cell-in-a-large-sheet", far_and_large, refused="TOO_BIG_GRID XFD1048576"),
    Case("xlsx-rows-of-a-million-cells", too_many, refused="TOO_BIG_GRID"),
    before("dimension-far", '<dimension ref="A1:XFD1048576"/>'),
    before("dimension-false", '<dimension ref="A1"/>'),
    before("dimension-broken", '<dimension ref="ทั้งหมด"/>'),
    Case("xlsx-spans-false", lambda: xlsx(attributes={6: ' spans="5:2"'})),
)
