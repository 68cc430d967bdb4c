"""A table on a sheet: a header row, rows of values, widths measured, heights from line counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from pipeline.write import metrics
from pipeline.write.cells import Formula, Leaf, put, put_across
from pipeline.write.words import UNKNOWN


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table: its header, the format of its cells, and how narrow and wide (pixels) it may be."""

    title: str
    style: str = "text"
    least: int = 0
    most: int = 420


@dataclass(frozen=True, slots=True)
class Marked:
    """A value in a format of its own, such as a status in its colour."""

    value: object
    style: str


Row = Sequence[object]
_BUTTON_PX = 26
_HEAD_PX = 4
INDENT_PX = 16
_NUMBERS = {"share": ".1%", "area": ",.1f", "exact": ",.2f"}


def widths(fields: Sequence[Field], rows: Sequence[Row], *, filtered: bool = False) -> tuple[int, ...]:
    """The width in pixels of each column: its longest cell or header line, within the field's limits.

    `filtered` leaves room in the header for the filter's button.
    """
    button = _BUTTON_PX if filtered else 0
    return tuple(_width(field, [row[column] for row in rows], button) for column, field in enumerate(fields))


def put_table(page: Leaf, top: int, fields: Sequence[Field], rows: Sequence[Row], none: str = "ไม่มี") -> int:
    """Writes header and rows from row `top`; without rows the word `none`. Returns the row below the table."""
    put_header(page, top, [field.title for field in fields])
    for offset, row in enumerate(rows):
        put_row(page, top + 1 + offset, fields, row)
    if not rows:
        put_across(page, top + 1, 0, len(fields) - 1, none, "centre")
    return top + 1 + max(len(rows), 1)


def put_header(page: Leaf, top: int, titles: Sequence[str]) -> None:
    """The header row, as high as its longest title needs."""
    for column, title in enumerate(titles):
        put(page, top, column, title, "head")
    lines = max(
        metrics.line_count(title, page.widths[column], bold=True) for column, title in enumerate(titles)
    )
    page.sheet.set_row(top, lines * metrics.line_height())


def put_row(page: Leaf, row: int, fields: Sequence[Field], values: Row) -> None:
    """One row, as high as its longest wrapped cell needs."""
    lines = 1
    for column, (field, value) in enumerate(zip(fields, values, strict=True)):
        name, shown = (value.style, value.value) if isinstance(value, Marked) else (field.style, value)
        put(page, row, column, shown, name)
        if name == "wrap" and isinstance(shown, str):
            lines = max(lines, metrics.line_count(shown, page.widths[column] - INDENT_PX))
    if lines > 1:
        page.sheet.set_row(row, min(lines * metrics.line_height(), metrics.HIGHEST_ROW))


def _width(field: Field, values: Sequence[object], button: int) -> int:
    header = metrics.text_px(field.title, bold=True) + button + _HEAD_PX
    longest = max((metrics.text_px(_shown(value, field.style)) for value in values), default=0.0)
    indent = INDENT_PX + 6 if field.style in ("text", "wrap") else 0
    return ceil(min(max(header, longest + indent, field.least), field.most)) + metrics.PADDING_PX


def _shown(value: object, style: str) -> str:
    """The value as the cell will show it, for measuring."""
    if isinstance(value, Marked):
        return _shown(value.value, value.style)
    if isinstance(value, Formula):
        return _shown(value.value, style)
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime | date):
        return "20 เม.ย. 2564 00:00" if style == "moment" else "20 เม.ย. 2564"
    if isinstance(value, int | float):
        return format(value, _NUMBERS.get(style, ",.0f"))
    return str(value)
