"""Finds the headers of a form in a sheet, by what they say and never by where they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.labels import Label, Labels, match
from pipeline.model import Grid, Position
from pipeline.thai import clean, fold_label
from schemas.form import Form

LONGEST_LABEL = 90
HITS_OF_A_HEADER = 3
HITS_OF_ITS_OTHER_ROWS = 2
FEWEST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its rows, where each key stands, the labels of columns that the form does not know, and of
    those that repeat a column which stands further left."""

    first: int
    last: int
    columns: Mapping[str, int]
    unknown: Mapping[int, str]
    repeated: Mapping[int, str]


def merged_anchor(grid: Grid) -> dict[Position, Position]:
    """For every position under a merged range, the position that carries its value."""
    return {
        (row, column): (top, left)
        for top, left, bottom, right in grid.merges
        if (bottom - top + 1) * (right - left + 1) <= 100_000
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def find_headers(
    grid: Grid, form: Form, labels: Labels, anchors: Mapping[Position, Position]
) -> tuple[Header, ...]:
    """Every header of `form` in the sheet, top to bottom."""
    joined = _joined(_blocks(_hits(grid, labels)), grid)
    blocks = [_with_sub_labels(block, grid) for block in joined]
    headers = (_header(grid, block, labels, anchors) for block in blocks)
    return tuple(header for header in headers if _is_a_table(header, form))


def _is_a_table(header: Header, form: Form) -> bool:
    return sum(column.key in header.columns for column in form.answers) >= FEWEST_ANSWERS


def _hits(grid: Grid, labels: Labels) -> dict[int, int]:
    """How many different labels of the form stand in each row."""
    found: dict[int, set[str]] = {}
    for (row, _), value in grid.cells.items():
        if isinstance(value, str) and len(value) <= LONGEST_LABEL:
            folded = fold_label(value)
            if folded in labels.words:
                found.setdefault(row, set()).add(folded)
    return {row: len(words) for row, words in found.items()}


def _blocks(hits: Mapping[int, int]) -> list[tuple[int, int]]:
    """Runs of adjacent rows with labels, of which at least one has enough to be a header."""
    blocks: list[tuple[int, int]] = []
    for row in sorted(row for row, count in hits.items() if count >= HITS_OF_ITS_OTHER_ROWS):
        if blocks and row == blocks[-1][1] + 1:
            blocks[-1] = (blocks[-1][0], row)
        else:
            blocks.append((row, row))
    return [
        block
        for block in blocks
        if max(hits[row] for row in range(block[0], block[1] + 1)) >= HITS_OF_A_HEADER
    ]


def _joined(blocks: Sequence[tuple[int, int]], grid: Grid) -> list[tuple[int, int]]:
    """Blocks with one row of other words between them are one header: a level that the form does not know."""
    joined: list[tuple[int, int]] = []
    for first, last in blocks:
        between = first - 1
        if joined and joined[-1][1] == between - 1 and _is_words(between, grid):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _with_sub_labels(block: tuple[int, int], grid: Grid) -> tuple[int, int]:
    """The block with the row below it, if that divides labels which are merged over several columns (แผน | ผล)."""
    first, last = block
    below = {column: value for (row, column), value in grid.cells.items() if row == last + 1}
    wide = [
        range(left, right + 1) for _, left, bottom, right in grid.merges if bottom == last and right > left
    ]
    divided = any(sum(column in columns for column in below) > 1 for columns in wide)
    only_there = all(any(column in columns for columns in wide) for column in below)
    words = all(isinstance(value, str) and not any(map(str.isdigit, value)) for value in below.values())
    return (first, last + 1) if divided and only_there and words else block


def _is_words(row: int, grid: Grid) -> bool:
    values = [value for (line, _), value in grid.cells.items() if line == row]
    return bool(values) and all(isinstance(value, str) for value in values)


def _header(
    grid: Grid, block: tuple[int, int], labels: Labels, anchors: Mapping[Position, Position]
) -> Header:
    first, last = block
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    repeated: dict[int, str] = {}
    for column in _width(grid, first, last, anchors):
        path = _path(grid, first, last, column, anchors)
        key = match(path, labels)
        if key and key not in columns:
            columns[key] = column
        elif key:
            repeated[column] = clean(path[-1].text)
        elif path and any(label.own for label in path):
            unknown[column] = " / ".join(dict.fromkeys(clean(label.text) for label in path if label.own))
    return Header(first, last, columns, unknown, repeated)


def _width(grid: Grid, first: int, last: int, anchors: Mapping[Position, Position]) -> Iterable[int]:
    used = [column for row, column in grid.cells if first <= row <= last]
    spanned = [column for row, column in anchors if first <= row <= last]
    return range(min(used + spanned), max(used + spanned) + 1)


def _path(
    grid: Grid, first: int, last: int, column: int, anchors: Mapping[Position, Position]
) -> tuple[Label, ...]:
    """The labels above a column, top to bottom. Where merges were lost, a blank group takes its left neighbour's."""
    texts = [_text(grid, (row, column), anchors) for row in range(first, last + 1)]
    path: list[Label] = []
    for offset, text in enumerate(texts):
        if text and not (path and path[-1].text == text):
            path.append(Label(text))
        elif not text and any(texts[offset + 1 :]):
            taken = _left_of(grid, (first + offset, column), anchors)
            path.extend([Label(taken, own=False)] if taken else [])
    return tuple(path)


def _text(grid: Grid, position: Position, anchors: Mapping[Position, Position]) -> str:
    value = grid.cells.get(anchors.get(position, position), "")
    return value if isinstance(value, str) else ""


def _left_of(grid: Grid, position: Position, anchors: Mapping[Position, Position]) -> str:
    row, column = position
    for left in range(column - 1, -1, -1):
        text = _text(grid, (row, left), anchors)
        if text:
            return text
    return ""
