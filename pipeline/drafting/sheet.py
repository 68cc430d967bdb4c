"""A sheet of a blank form, looked at without knowing a label: where tables begin, what stands above each column.

A form that nobody has described is known by its shape: several labels side by side, and below them only what divides
a label that spans several columns, or names a unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.drafting.units import is_unit
from pipeline.extract.headers import merged_anchor
from pipeline.extract.rows import EXAMPLE_WORD, is_numbering
from pipeline.headings import BLANK_DOTS, is_field_label
from pipeline.model import Cell, CellValue, Grid, Position
from pipeline.normalise.amounts import is_blank
from pipeline.thai import arabic_digits, clean, fold

FEWEST_LABELS = 3
"""So many labels side by side are a header; the reader wants as many (`HITS_OF_A_HEADER`)."""
MOST_ROWS_BELOW = 2
"""So far down may a merged label reach below the others; what reaches further is a part of the body."""
YEARS = (range(1950, 2100), range(2490, 2650))
TITLE_WORDS = tuple(
    fold(word)
    for word in ("แบบ", "รายงาน", "สรุป", "ตาราง", "บัญชี", "แผน", "โครงการ", "ข้อมูล", "report", "form", "table")
)
BULLETS = "=+-–@•*· "
"""What may stand before a label and is none of it; a label that kept it could become a formula."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid; for each row its cells, and the position whose label is seen in each column: merged ranges are spread
    out."""

    grid: Grid
    rows: Mapping[int, tuple[Cell, ...]]
    lines: Mapping[int, Mapping[int, Position]]

    def line(self, row: int) -> Mapping[int, Position]:
        """The labels that are seen in a row, by column."""
        return self.lines.get(row, {})


@dataclass(frozen=True, slots=True)
class Block:
    """The header of one table: its rows, and the columns that it covers."""

    first: int
    last: int
    columns: tuple[int, ...]


def label_text(value: CellValue) -> str:
    """A label on one line, without what may stand before it."""
    return clean(str(value)).lstrip(BULLETS)


def sheet_of(grid: Grid) -> Sheet:
    """The sheet with its merged ranges spread out; numbers are no labels, unless they are years."""
    lines: dict[int, dict[int, Position]] = {}
    labels = {position for position, value in grid.cells.items() if _is_label(value)}
    for position in labels:
        lines.setdefault(position[0], {})[position[1]] = position
    for position, anchor in merged_anchor(grid).items():
        if anchor in labels:
            lines.setdefault(position[0], {})[position[1]] = anchor
    rows: dict[int, list[Cell]] = {}
    for position in sorted(grid.cells):
        rows.setdefault(position[0], []).append(Cell(position, grid.cells[position]))
    return Sheet(
        grid,
        {row: tuple(cells) for row, cells in rows.items()},
        {row: dict(sorted(lines[row].items())) for row in sorted(lines)},
    )


def _is_label(value: CellValue) -> bool:
    return _is_year(value) or (isinstance(value, str) and not is_blank(value) and bool(label_text(value)))


def _is_year(value: CellValue) -> bool:
    return isinstance(value, int) and any(value in years for years in YEARS)


def find_blocks(sheet: Sheet) -> tuple[Block, ...]:
    """The headers of a sheet, top to bottom and left to right. Rows of labels or numbers that follow on a header
    without a gap are its body, printed before."""
    blocks: list[Block] = []
    until = -1
    for row in sorted(sheet.rows.keys() | sheet.lines.keys()):
        if blocks and row <= until:
            continue
        if blocks and row == until + 1 and (_has_labels(sheet, row) or _is_body(sheet, row)):
            until = row
        elif _may_begin(sheet, row):
            blocks += _grown(sheet, row)
            until = blocks[-1].last
    return tuple(blocks)


def _anchors(sheet: Sheet, row: int) -> list[Position]:
    """The labels that are seen in a row, left to right."""
    return list(dict.fromkeys(sheet.line(row).values()))


def _has_labels(sheet: Sheet, row: int) -> bool:
    return len(_anchors(sheet, row)) >= FEWEST_LABELS


def _may_begin(sheet: Sheet, row: int) -> bool:
    """Whether a row looks like the first of a header: labels side by side that leave no room to write."""
    if not _has_labels(sheet, row):
        return False
    texts = [clean(str(sheet.grid.cells[anchor])) for anchor in _anchors(sheet, row)]
    line = sheet.line(row)
    beside = sum(line.get(column + 1, anchor) != anchor for column, anchor in line.items())
    fields = sum(bool(BLANK_DOTS.search(text)) or is_field_label(text) for text in texts)
    return (
        beside > 0
        and fields * 2 < len(texts)
        and not fold(texts[0]).startswith(EXAMPLE_WORD)
        and not arabic_digits(texts[0])[:1].isdecimal()
        and not _is_body(sheet, row)
    )


def _is_body(sheet: Sheet, row: int) -> bool:
    """Whether figures or the numbers of columns stand in a row."""
    cells = sheet.rows.get(row, ())
    return is_numbering(cells) or any(
        isinstance(cell.value, int | float) and not _is_year(cell.value) for cell in cells
    )


def _grown(sheet: Sheet, first: int) -> list[Block]:
    """The header that begins in a row, with the levels above and below; tables side by side are told apart."""
    last = _last_row(sheet, first)
    above = first - 1
    while above in sheet.lines and _is_upper_level(sheet, above, first):
        first, above = above, above - 1
    covered = sorted({column for row in range(first, last + 1) for column in sheet.line(row)})
    runs = [
        tuple(column for _, column in run)
        for _, run in groupby(enumerate(covered), lambda pair: pair[1] - pair[0])
    ]
    return [Block(first, last, columns) for columns in _tables(sheet, runs, range(first, last + 1))]


def _last_row(sheet: Sheet, first: int) -> int:
    last = first
    while _divides(sheet, first, last + 1):
        last += 1
    merged = [
        bottom
        for top, left, bottom, _ in sheet.grid.merges
        if first <= top <= last and bottom <= last + MOST_ROWS_BELOW and (top, left) in _anchors(sheet, top)
    ]
    return max((last, *merged))


def _divides(sheet: Sheet, first: int, row: int) -> bool:
    """Whether a row is a lower level of the header above: most of its labels share a label, or are units."""
    anchors = [anchor for anchor in _anchors(sheet, row) if anchor[0] >= row]
    if not anchors or _is_body(sheet, row):
        return False
    bearers = [_bearer(sheet, first, row - 1, anchor[1]) for anchor in anchors]
    explained = sum(
        (bearer is not None and (bearers.count(bearer) > 1 or is_wide(sheet, bearer)))
        or is_unit(str(sheet.grid.cells[anchor]))
        for anchor, bearer in zip(anchors, bearers, strict=True)
    )
    return explained * 2 > len(anchors)


def _bearer(sheet: Sheet, first: int, row: int, column: int) -> Position | None:
    """The label under which a place stands: above it, else in the row above, to the left, where merges were lost."""
    for above in range(row, first - 1, -1):
        if column in sheet.line(above):
            return sheet.line(above)[column]
    line = sheet.line(row)
    left = max((other for other in line if other < column), default=None)
    return None if left is None else line[left]


def is_wide(sheet: Sheet, anchor: Position) -> bool:
    """Whether a label is merged over several columns."""
    return any((top, left) == anchor and right > left for top, left, _, right in sheet.grid.merges)


def _is_upper_level(sheet: Sheet, row: int, first: int) -> bool:
    """Whether a row with few labels is the upper level of the header below it, and no line of the heading: labels that
    span columns, of which the first begins no title."""
    anchors = [anchor for anchor in _anchors(sheet, row) if anchor not in _anchors(sheet, first)]
    texts = [clean(str(sheet.grid.cells[anchor])) for anchor in anchors]
    if not anchors or any(BLANK_DOTS.search(text) or is_field_label(text) for text in texts):
        return False
    titled = any(fold(text).startswith(TITLE_WORDS) for text in texts)
    inside = min(sheet.line(first)) < anchors[0][1] or len(anchors) > 1
    return inside and not titled and any(is_wide(sheet, anchor) for anchor in anchors)


def _tables(sheet: Sheet, runs: Sequence[tuple[int, ...]], rows: range) -> list[tuple[int, ...]]:
    """The columns of each table; a few labelled columns beside a gap belong to the table next to them."""
    tables: list[tuple[int, ...]] = []
    few: tuple[int, ...] = ()
    for run in runs:
        labels = {sheet.line(row)[column] for row in rows for column in run if column in sheet.line(row)}
        if len(labels) >= FEWEST_LABELS:
            tables.append((*few, *run))
            few = ()
        elif tables:
            tables[-1] = (*tables[-1], *run)
        else:
            few = (*few, *run)
    return tables or [few]
