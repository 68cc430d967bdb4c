"""A second opinion on a workbook that was accepted: what stands in its cells, to a reader that was not asked before.

For OOXML openpyxl, which the program asks only where calamine refuses; for OpenDocument a plain walk over its XML. For
Excel 97 there is none that one could let near a damaged file.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from openpyxl import load_workbook

from tests.sample.model import address

Cells = Mapping[tuple[str, str], object]
"""(sheet, cell) -> what stands there."""

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LAST_ROW, LAST_COLUMN = 5_000, 60
"""What repeats a cell further than this says nothing of a form."""


def second_opinion(kind: str, data: bytes) -> Cells:
    """Every cell; raises whatever the second reader raises where it cannot read the workbook."""
    return dict(_of_opendocument(data) if kind == "ods" else _of_openpyxl(data))


def _of_openpyxl(data: bytes) -> Iterator[tuple[tuple[str, str], object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            yield (sheet.title, cell.coordinate), cell.value


def _of_opendocument(data: bytes) -> Iterator[tuple[tuple[str, str], object]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    for table in root.iter(f"{TABLE}table"):
        row = 0
        for line in table.iter(f"{TABLE}table-row"):
            down = int(line.get(f"{TABLE}number-rows-repeated", "1"))
            for column, value in _line(line):
                for place in range(row, min(row + down, LAST_ROW)):
                    yield (table.get(f"{TABLE}name", ""), address(place, column)), value
            row += down


def _line(line: ElementTree.Element) -> Iterator[tuple[int, object]]:
    column = 0
    for cell in line:
        across = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        value = cell.get(f"{OFFICE}value")
        words = "\n".join("".join(each.itertext()) for each in cell.iter(f"{TEXT}p"))
        for place in range(column, min(column + across, LAST_COLUMN)):
            yield place, words if value is None else float(value)
        column += across
