"""A workbook as LibreOffice lays it out: every cell's text, look and room, from a flat OpenDocument file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, parse

from tests.sample.model import address

_SPACES: Final = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_POINTS: Final = {"in": 72.0, "pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
_NAME: Final = r"(?:'(?:[^']|'')*'|[^'. ]+)?"
_AREA: Final = re.compile(rf"{_NAME}\.([A-Z]+)(\d+)(?::{_NAME}\.([A-Z]+)(\d+))?")
_GROUPS: Final = ("header-rows", "rows", "row-group", "header-columns", "columns", "column-group")


def _q(name: str) -> str:
    space, local = name.split(":")
    return f"{{{_SPACES[space]}}}{local}"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell's text stands: size and indent in points; `turned` by a right angle."""

    font: str = ""
    size: float = 10
    bold: bool = False
    wrap: bool = False
    turned: bool = False
    shrink: bool = False
    indent: float = 0
    align: str = "start"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that shows something: its value as calculated, the text shown, and the room for it in points.

    The room of a text that is not wrapped reaches over the empty cells after it.
    """

    sheet: str
    address: str
    text: str
    kind: str
    value: float | str | bool
    look: Look
    width: float
    height: float
    printed: bool


def cells(path: Path) -> tuple[Cell, ...]:
    """Every cell with a text, of every sheet that is shown, in the order of the sheet."""
    root = parse(path).getroot()
    styles = {style.get(_q("style:name"), ""): style for style in root.iter(_q("style:style"))}
    tables = root.iterfind(f".//{_q('office:spreadsheet')}/{_q('table:table')}")
    return tuple(cell for table in tables if _shown(table, styles) for cell in _Sheet(table, styles).cells())


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table of the file, being read."""

    table: Element
    styles: Mapping[str, Element]

    def cells(self) -> Iterator[Cell]:
        rows = list(self._rows())
        printed = _printed(self.table)
        used = max(
            (column + _across(cell) - 1 for *_, row in rows for column, cell in row.items()), default=0
        )
        used = max(used, *(right for *_, right in printed), 0)
        widths = self._widths(1 + used)
        tops = {number: height for number, height, _ in rows}
        for number, _, row in rows:
            for column, cell in row.items():
                if _text(cell):
                    seen = _within(printed, number, column) and bool(widths[column]) and bool(tops[number])
                    last = max((right for *_, right in printed), default=used) if seen else used
                    made = self._cell(
                        number, column, cell, self._room(row, column, cell, widths[: last + 1]), tops
                    )
                    yield replace(made, printed=seen)

    def _cell(self, row: int, column: int, cell: Element, width: float, tops: Mapping[int, float]) -> Cell:
        down = int(cell.get(_q("table:number-rows-spanned"), "1"))
        kind, value = _value(cell)
        return Cell(
            self.table.get(_q("table:name"), ""),
            address(row, column),
            _text(cell),
            kind,
            value,
            _look(cell.get(_q("table:style-name"), "Default"), self.styles),
            width,
            sum(tops.get(row + below, 0.0) for below in range(down)),
            printed=True,
        )

    def _room(self, row: Mapping[int, Element], column: int, cell: Element, widths: list[float]) -> float:
        last = column + _across(cell)
        look = _look(cell.get(_q("table:style-name"), "Default"), self.styles)
        overflows = not look.wrap and look.align == "start" and _value(cell)[0] == "string"
        while overflows and last < len(widths) and not (last in row and _text(row[last])):
            last += 1
        return sum(widths[column:last])

    def _rows(self) -> Iterator[tuple[int, float, dict[int, Element]]]:
        """Number, height and cells of every row that has any, hidden ones with a height of 0."""
        number = 0
        for row in _below(self.table, "table-row"):
            times = int(row.get(_q("table:number-rows-repeated"), "1"))
            found = dict(_cells_of(row))
            for repeated in range(times if times < 1000 else 0):
                yield number + repeated, self._size(row, "row-height"), found
            number += times

    def _widths(self, least: int) -> list[float]:
        """The widths of the columns in use."""
        widths: list[float] = []
        for column in _below(self.table, "table-column"):
            times = int(column.get(_q("table:number-columns-repeated"), "1"))
            widths += [self._size(column, "column-width")] * min(times, max(least - len(widths), 0))
        return widths

    def _size(self, part: Element, name: str) -> float:
        if part.get(_q("table:visibility"), "visible") != "visible":
            return 0.0
        for properties in self.styles[part.get(_q("table:style-name"), "")]:
            if properties.get(_q(f"style:{name}")):
                return _points(properties.get(_q(f"style:{name}"), ""))
        return 0.0


def _shown(table: Element, styles: Mapping[str, Element]) -> bool:
    style = styles.get(table.get(_q("table:style-name"), ""))
    return style is None or all(each.get(_q("table:display")) != "false" for each in style)


def _printed(table: Element) -> list[tuple[int, int, int, int]]:
    """The print areas as first row, first column, last row, last column; none where the whole sheet is printed."""
    found = _AREA.findall(table.get(_q("table:print-ranges"), ""))
    return [
        (int(top) - 1, _column(left), int(bottom or top) - 1, _column(right or left))
        for left, top, right, bottom in found
    ]


def _within(areas: list[tuple[int, int, int, int]], row: int, column: int) -> bool:
    inside = (top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas)
    return not areas or any(inside)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _below(part: Element, name: str) -> Iterator[Element]:
    """Rows or columns of a table in their order, out of the groups they stand in; drawings have tables of their own."""
    for child in part:
        if child.tag == _q(f"table:{name}"):
            yield child
        elif child.tag in {_q(f"table:table-{group}") for group in _GROUPS}:
            yield from _below(child, name)


def _cells_of(row: Element) -> Iterator[tuple[int, Element]]:
    """The cells of a row that hold something or are merged, by column."""
    column = 0
    for cell in row:
        times = int(cell.get(_q("table:number-columns-repeated"), "1"))
        merged = _q("table:number-columns-spanned") in cell.attrib
        if cell.tag == _q("table:table-cell") and (merged or _text(cell)):
            yield from ((column + offset, cell) for offset in range(times))
        column += times


def _across(cell: Element) -> int:
    return int(cell.get(_q("table:number-columns-spanned"), "1"))


def _text(cell: Element) -> str:
    return "\n".join(map(_line, cell.iterfind(_q("text:p"))))


def _line(part: Element) -> str:
    """The text of a paragraph with its spaces and breaks, which are elements."""
    inner = {_q("text:s"): " " * int(part.get(_q("text:c"), "1")), _q("text:line-break"): "\n"}
    own = inner.get(part.tag, part.text or "")
    return own + "".join(_line(child) + (child.tail or "") for child in part)


def _value(cell: Element) -> tuple[str, float | str | bool]:
    """What the cell is worth: a number is a float, a day its ISO text."""
    kind = cell.get(_q("calcext:value-type")) or cell.get(_q("office:value-type"), "")
    if kind in ("float", "percentage", "currency"):
        return kind, float(cell.get(_q("office:value"), "nan"))
    if kind == "boolean":
        return kind, cell.get(_q("office:boolean-value")) == "true"
    if kind == "date":
        return kind, cell.get(_q("office:date-value"), "")
    return kind, cell.get(_q("office:string-value")) or _text(cell)


def _look(name: str, styles: Mapping[str, Element]) -> Look:
    """The look of a style, what it does not say from the style it rests on."""
    said: dict[str, str] = {}
    while name in styles:
        for properties in styles[name]:
            said = {**properties.attrib, **said}
        name = styles[name].get(_q("style:parent-style-name"), "")
    angle = said.get(_q("style:rotation-angle"), "0")
    fixed = said.get(_q("style:text-align-source")) == "fix"
    return Look(
        said.get(_q("style:font-name"), ""),
        _points(said.get(_q("fo:font-size"), "10pt")),
        said.get(_q("fo:font-weight")) == "bold",
        said.get(_q("fo:wrap-option")) == "wrap",
        angle in ("90", "270"),
        said.get(_q("style:shrink-to-fit")) == "true",
        _points(said.get(_q("fo:margin-left"), "0in")),
        said.get(_q("fo:text-align"), "start") if fixed else "start",
    )


def _points(length: str) -> float:
    return float(length[:-2]) * _POINTS[length[-2:]]
