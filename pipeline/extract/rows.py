"""Tells the rows under a header apart: local bodies, totals, examples, sections, notes, signatures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.extract.headers import Header
from pipeline.model import Cell, Grid, Position, TableRow
from pipeline.names import Names, find_district, is_local_body
from pipeline.normalise import is_nothing, parse, shown
from pipeline.thai import TOTAL_WORDS, arabic_digits, clean, fold
from schemas.form import DAY_KINDS, NUMERIC_KINDS, Form, Kind

RowKind = Literal["body", "total", "example", "text", "numbering", "nameless", "zeros"]

EXAMPLE_WORD = fold("ตัวอย่าง")
PARENT_WORDS = (fold("จังหวัด"), fold("อำเภอ"))
FOOTER_WORDS = tuple(
    fold(word)
    for word in (
        "หมายเหตุ", "ลงชื่อ", "ลงนาม", "ผู้รายงาน", "ผู้รับรอง", "ผู้ตรวจ", "ผู้ประสาน", "ตำแหน่ง", "วันที่", "โทร", "เบอร์โทร",
        "ขอรับรอง", "ข้อมูล ณ",
    )
)  # fmt: skip
WORDS_OF_AN_ACTIVITY = 2
FILLED_DOWN = ("name", "subdistrict", "item", "district", "text", "choice", *DAY_KINDS)
COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)|=?\(?\d{1,2}\)?(?:[\s+\-*/x=]*\(?\d{1,3}\)?)*")


@dataclass(frozen=True, slots=True)
class View:
    """A sheet looked at as a form: what the row functions need to know."""

    grid: Grid
    form: Form
    header: Header
    anchors: Mapping[Position, Position]
    names: Names


@dataclass(frozen=True, slots=True)
class SortedRow:
    """A row of the sheet with its kind, and all cells that stand in it."""

    kind: RowKind
    row: TableRow
    cells: tuple[Cell, ...]


def sort_row(number: int, columns: Sequence[int], view: View) -> SortedRow:
    """Read row `number`, in which `columns` hold something or are broken, and say what kind it is."""
    cells = tuple(
        Cell((number, column), view.grid.cells[(number, column)])
        for column in columns
        if (number, column) in view.grid.cells
    )
    row = _table_row(number, cells, view)
    return SortedRow(_kind(row, cells, view), row, cells)


def row_label(row: TableRow, view: View) -> str:
    """What a row calls itself: the text in its name column."""
    cell = row.cells.get(view.form.name_key)
    return clean(str(cell.value)) if cell else ""


def row_numbers(row: TableRow, view: View) -> dict[str, float]:
    """The figures of a row by key, as far as they are plainly numbers."""
    return dict(_numbers(row, view))


def _numbers(row: TableRow, view: View) -> Iterator[tuple[str, float]]:
    for key, cell in row.cells.items():
        kind = view.form.column(key).kind
        value = parse(kind, cell.value).value if kind in NUMERIC_KINDS else None
        if isinstance(value, int | float):
            yield key, value


def _answers(row: TableRow, view: View) -> Iterator[str | float]:
    """What a row says to what the form asks: its numbers, zeros among them, and what it writes where it must."""
    yield from (value for _, value in _numbers(row, view))
    yield from (shown(row.cells[key].value) for key in words_asked(row, view))


def _table_row(number: int, cells: tuple[Cell, ...], view: View) -> TableRow:
    at = {cell.position[1]: cell for cell in cells}
    known: dict[str, Cell] = {}
    broken: dict[str, str] = {}
    for key, column in view.header.columns.items():
        position = (number, column)
        if column in at:
            known[key] = at[column]
        elif position in view.grid.errors:
            broken[key] = "ERROR_CELL"
        elif position in view.grid.uncached:
            broken[key] = "NO_CACHED_VALUE"
        else:
            filled = _filled_down(key, position, view)
            known |= {key: filled} if filled else {}
    taken = set(view.header.columns.values())
    labels = {**view.header.unknown, **view.header.repeated}
    extras = tuple((labels.get(column, ""), cell) for column, cell in at.items() if column not in taken)
    return TableRow(number, known, broken, extras)


def _filled_down(key: str, position: Position, view: View) -> Cell | None:
    """What is written once over several merged rows, never across plain blanks (case 17). A heading over the whole
    width is no activity: words come from above alone, a stretch of time from either of its ends too."""
    anchor, kind = view.anchors.get(position), view.form.column(key).kind
    if anchor is None or anchor[0] <= view.header.last or kind not in FILLED_DOWN:
        return None
    if kind != "name" and anchor[1] not in _columns_alike(kind, position, view):
        return None
    return Cell(anchor, view.grid.cells[anchor]) if anchor in view.grid.cells else None


def _columns_alike(kind: Kind, position: Position, view: View) -> frozenset[int]:
    """The columns over which one cell may be merged and mean each of them."""
    if kind not in DAY_KINDS:
        return frozenset({position[1]})
    columns = view.header.columns
    days = (column.key for column in view.form.row_columns if column.kind in DAY_KINDS)
    return frozenset(columns[key] for key in days if key in columns)


def _kind(row: TableRow, cells: tuple[Cell, ...], view: View) -> RowKind:
    label, first = fold(row_label(row, view)), fold(_first_text(cells))
    has_answers = bool(row.broken) or any(True for _ in _answers(row, view))
    below_header = row.number <= view.header.last + 2
    if below_header and (not label or label.isdecimal()) and is_numbering(cells):
        return "numbering"
    if label.startswith(EXAMPLE_WORD) or first.startswith(EXAMPLE_WORD):
        return "example"
    if _is_called_total(label, first, row, view):
        return "total" if has_answers else "text"
    if (
        label.startswith(FOOTER_WORDS)
        or _is_once_label(label, view)
        or (not label and has_footer_word(row, cells, view))
        or not (label or has_answers)
    ):
        return "text"
    if label:
        return _named(row, has_answers, view)
    return "nameless" if any(_answers(row, view)) else "zeros"


def _is_called_total(label: str, first: str, row: TableRow, view: View) -> bool:
    """Whether a row is a total: by its name, without one by its first text, of activities by its activity too; but none
    that says what only an activity's row does (รวมพลังปลูกผัก)."""
    if label.startswith(TOTAL_WORDS):
        return True
    item = row.cells.get(view.form.item) if view.form.grain == "activity" else None
    called = (fold(str(item.value)) if item else "", "" if label else first)
    is_called = any(each.startswith(TOTAL_WORDS) for each in called)
    return is_called and len(words_asked(row, view) - {view.form.item}) < WORDS_OF_AN_ACTIVITY


def words_asked(row: TableRow, view: View) -> frozenset[str]:
    """The columns in which a row has words where the form asks for them, as an activity's has and a total's has not."""
    return frozenset(
        column.key
        for column in view.form.answers
        if not column.kept and column.key in row.cells and not is_nothing(row.cells[column.key].value)
    )


def _named(row: TableRow, has_answers: bool, view: View) -> RowKind:
    label = row_label(row, view)
    if is_local_body(label, view.names):
        return "body"
    if not has_answers:
        return "text"
    return "total" if _is_parent_area(label, view.names) and not words_asked(row, view) else "body"


def _is_parent_area(label: str, names: Names) -> bool:
    """Whether a row is called after the district or the province: a total without the word (case 19)."""
    return find_district(label, names) is not None or fold(label).startswith(PARENT_WORDS)


def has_footer_word(row: TableRow, cells: tuple[Cell, ...], view: View) -> bool:
    """Whether a cell speaks as a signature or a note does, or is the label of a once-per-district field; what else
    is written in a column of words behind figures is a remark, or a day (วันที่ ๕ ก.พ. ๖๔)."""
    numbers = [cell.position for cell in cells if isinstance(cell.value, int | float)]
    remarks = {
        cell.position
        for key, cell in row.cells.items()
        if view.form.column(key).written and numbers and min(numbers) < cell.position
    }
    return any(
        _is_once_label(cell.value, view)
        or (fold(cell.value).startswith(FOOTER_WORDS) and cell.position not in remarks)
        for cell in cells
        if isinstance(cell.value, str)
    )


def _is_once_label(text: str, view: View) -> bool:
    labels = tuple(fold(label) for field in view.form.once for label in field.labels)
    return bool(labels) and fold(text).startswith(labels)


def _first_text(cells: tuple[Cell, ...]) -> str:
    return next((cell.value for cell in cells if isinstance(cell.value, str) and cell.value.strip()), "")


def is_numbering(cells: tuple[Cell, ...]) -> bool:
    """A row of column numbers: (1) (2) =(1)-(2), or 1 2 3 … one after another (case 14)."""
    if len(cells) < 3:
        return False
    texts = [arabic_digits(clean(str(cell.value))) for cell in cells]
    if sum("(" in text for text in texts) * 2 > len(texts):
        return all(
            isinstance(cell.value, int | float) or COLUMN_NUMBER.fullmatch(text)
            for cell, text in zip(cells, texts, strict=True)
        )
    return all(text.isdecimal() for text in texts) and all(
        int(after) == int(before) + 1 for before, after in pairwise(texts)
    )
