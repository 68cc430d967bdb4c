"""รายกิจกรรม: every activity of the plan, by district and local body, in words and figures."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range

from pipeline.thai import thai_digits
from pipeline.write import figures, layout, table, words
from pipeline.write.book import page
from pipeline.write.cells import Book, Formula, Page, put, put_across
from pipeline.write.layout import FIRST_ROW
from pipeline.write.table import Field, Marked, Row
from schemas.form import Column, Kind

if TYPE_CHECKING:
    import pandas as pd

TITLE = "กิจกรรมตามแผนปฏิบัติการ"
_MOST: Mapping[Kind, int] = {"item": 290, "choice": 70, "quantity": 80, "end": 110, "start": 110, "money": 96}
_TEXT = 138
"""The widest that a column may be, in pixels: together they fit A4 across at a readable size."""


def put_sheet(book: Book, listed: "pd.DataFrame", number: str = "") -> Page:
    """Writes the list of rows `listed`; what does not fit on paper stands in rows.csv."""
    shown = [column for column in book.result.form.listed if column.summary]
    fields = (Field("ที่", "centre"), Field("อำเภอ"), Field("อปท.", "wrap", most=_TEXT), *map(_field, shown))
    rows = _rows(listed, shown)
    widths = table.widths(fields, rows)
    subtitle = thai_digits(f"{len(rows):,} รายการ · ... ยังไม่มีข้อมูล")
    made = page(book, layout.ITEMS, f"{number}{TITLE}", subtitle, widths, landscape=True)
    below = table.put_table(made, FIRST_ROW, fields, rows, "ยังไม่มีกิจกรรมที่นำมารวมได้")
    if rows:
        _put_totals(made, below, fields, shown)
        made.sheet.autofilter(FIRST_ROW, 0, below - 1, len(fields) - 1)
    made.sheet.repeat_rows(FIRST_ROW)
    made.sheet.freeze_panes(FIRST_ROW + 1, 3)
    return made


def _field(column: Column) -> Field:
    style = figures.kind(column) if column.kept else "centre" if column.kind == "choice" else "wrap"
    return Field(figures.heading(column), style, most=_MOST.get(column.kind, _TEXT))


def _rows(listed: "pd.DataFrame", shown: list[Column]) -> list[Row]:
    keys = ["district", "local_body", *(column.key for column in shown)]
    columns = [list(map(_exact, figures.plain_values(listed[key]))) for key in keys]
    return [(number, *values) for number, values in enumerate(zip(*columns, strict=True), start=1)]


def _exact(value: object) -> object:
    """A number with its satang, or half a unit: half a rai is neither one nor none."""
    return Marked(value, "exact") if isinstance(value, float) and not value.is_integer() else value


def _put_totals(made: Page, row: int, fields: tuple[Field, ...], shown: list[Column]) -> None:
    """What is added up, below its column."""
    put_across(made, row, 0, 2, "รวม", "total_text")
    for column, (field, measure) in enumerate(zip(fields[3:], shown, strict=True), start=3):
        if measure.counted:
            found = made.book.result.totals.get(measure.key)
            live = layout.sum_of(xl_range(FIRST_ROW + 1, column, row - 1, column))
            value = found.value if found else words.UNKNOWN
            style = "exact" if isinstance(_exact(value), Marked) else field.style
            put(made, row, column, Formula(live, value), f"total_{style}")
        else:
            put(made, row, column, "", "total_text")
