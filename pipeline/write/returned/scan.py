"""A worksheet taken apart as far as marking needs: its rows, the cells of some of them, and what stands around."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from pipeline.model import Position, position_of
from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.xml import Element, element_end, new_parser, tag_end

TRUE: Final = ("1", "true", "on")
_KEPT: Final = {
    "sheetViews": "sheetView",
    "cols": "col",
    "mergeCells": "mergeCell",
}
"""Elements whose children are kept, too."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number (from 0) and where it stands; its `cells` by column if they were asked for."""

    number: int
    element: Element
    cells: dict[int, Element]


@dataclass(frozen=True, slots=True)
class Scan:
    """`tops` are the children of the root in order, `views`, `columns` and `merges` elements within these."""

    root: Element
    tops: tuple[Element, ...]
    rows: dict[int, Row]
    views: tuple[Element, ...]
    columns: tuple[Element, ...]
    merges: tuple[Element, ...]

    def top(self, local: str) -> Element | None:
        """The first child of the root of that name."""
        return next((each for each in self.tops if each.local == local), None)


def scan_sheet(xml: bytes, wanted: Collection[int] = ()) -> Scan:  # noqa: C901, PLR0915 — handlers share a state
    """Rows all, cells those of the rows `wanted`. Raises `Unmarkable` where rows or cells do not ascend, `ExpatError`,
    `ValueError`."""
    parser = new_parser()
    open_: list[tuple[str, dict[str, str], int, int]] = []
    locals_ = ["", "", "", ""]
    tops: list[Element] = []
    kept: dict[str, list[Element]] = {child: [] for child in _KEPT.values()}
    rows: dict[int, Row] = {}
    depth, row, column = 0, -1, -1
    cells: dict[int, Element] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, row, column, cells
        depth += 1
        if depth > 4 or (depth == 4 and (row not in wanted or locals_[2:] != ["sheetData", "row"])):
            return
        local = name.rpartition(":")[2]
        if depth == 4:
            if local != "c":
                return
            column = _next_column(attributes, row, column)
        else:
            locals_[depth] = local
            if depth == 3 and locals_[2] == "sheetData":
                if local != "row":
                    raise Unmarkable("something between rows")
                row, column, cells = _next_row(attributes, row), -1, {}
        at = parser.CurrentByteIndex
        open_.append((name, attributes, at, tag_end(xml, at)))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1
        if len(open_) != depth + 1:
            return
        name, attributes, at, opened = open_.pop()
        closing, over = element_end(xml, parser.CurrentByteIndex, opened)
        made = Element(name, attributes, depth - 1, at, opened, closing, over)
        if depth == 3:
            cells[column] = made
        elif depth == 2 and locals_[2] == "sheetData":
            rows[row] = Row(row, made, cells)
        elif depth == 2 and _KEPT.get(locals_[2]) == made.local:
            kept[made.local].append(made)
        elif depth < 2:
            tops.append(made)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)
    return Scan(tops[-1], tuple(tops[:-1]), rows, *(tuple(kept[child]) for child in _KEPT.values()))


def _next_row(attributes: dict[str, str], before: int) -> int:
    number = int(attributes["r"]) - 1 if "r" in attributes else before + 1
    if number <= before:
        raise Unmarkable("rows out of order")
    return number


def _next_column(attributes: dict[str, str], row: int, before: int) -> int:
    if "r" not in attributes:
        return before + 1
    at = position_of(attributes["r"])
    if at is None or at[0] != row or at[1] <= before:
        raise Unmarkable("cells out of order")
    return at[1]


def anchor(scan: Scan, at: Position) -> Position:
    """The cell that is shown where `at` is: the first one of a merged range."""
    for merge in scan.merges:
        first, _, last = merge.attributes.get("ref", "").partition(":")
        top, bottom = position_of(first), position_of(last)
        if top and bottom and top[0] <= at[0] <= bottom[0] and top[1] <= at[1] <= bottom[1]:
            return top
    return at
