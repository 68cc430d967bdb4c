"""Cells put one by one, and what they are put into: a book, and a page of it.

District text is inert: it is only ever written as a string, cut visibly where it is too long for a cell, its
control characters replaced.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from pipeline.model import Campaign, Results, Round, RoundResult
from pipeline.write import metrics, words

LONGEST_TEXT: Final = 32_767
_CUT: Final = " … (ข้อความยาวเกินช่อง ตัดไว้เพียงนี้)"
_REPLACED: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 65534, 65535), "�")
_SURROGATES: Final = dict.fromkeys(range(55296, 57344), "�")
_UNSAFE: Final = {**_REPLACED, **_SURROGATES}


@dataclass(frozen=True, slots=True, eq=False)
class Imprint:
    """What every page of a workbook says of itself: whose it is, of which round, as of when, whether of the sample."""

    campaign: Campaign
    round: Round
    as_of: datetime
    sample: bool

    @property
    def zone(self) -> ZoneInfo:
        return self.campaign.zone


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """An open workbook, its formats, and its imprint."""

    workbook: xlsxwriter.Workbook
    format_of: Callable[[str], Format]
    imprint: Imprint


class Leaf(Protocol):
    """A sheet of an open workbook. `widths` are its columns' in pixels."""

    @property
    def paper(self) -> Paper: ...
    @property
    def sheet(self) -> Worksheet: ...
    @property
    def widths(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """A workbook about the results of a round."""

    paper: Paper
    results: Results
    result: RoundResult

    @property
    def workbook(self) -> xlsxwriter.Workbook:
        return self.paper.workbook

    @property
    def format_of(self) -> Callable[[str], Format]:
        return self.paper.format_of

    @property
    def zone(self) -> ZoneInfo:
        return self.paper.imprint.zone


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One sheet of such a book."""

    book: Book
    sheet: Worksheet
    widths: tuple[int, ...]

    @property
    def paper(self) -> Paper:
        return self.book.paper


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula and the value it has now, which viewers that do not calculate show."""

    formula: str
    value: float | str


def safe_text(text: str) -> str:
    """The text as a cell can hold it: control characters replaced, too long a text cut where one sees it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSAFE)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT


def put(page_: Leaf, row: int, column: int, value: object, name: str) -> None:
    """One cell in a named format; `None` is unknown and shows as `...`."""
    sheet, cell_format = page_.sheet, page_.paper.format_of(name)
    if isinstance(value, str):
        sheet.write_string(row, column, safe_text(value), cell_format)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value, cell_format)
    elif isinstance(value, Formula):
        _put_formula(sheet, row, column, value, cell_format)
    elif value is None:
        sheet.write_string(row, column, words.UNKNOWN, cell_format)
    elif isinstance(value, datetime):
        local = value.astimezone(page_.paper.imprint.zone).replace(tzinfo=None, second=0, microsecond=0)
        sheet.write_datetime(row, column, local, cell_format)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, cell_format)
    else:
        sheet.write_string(row, column, safe_text(str(value)), cell_format)


def _put_formula(sheet: Worksheet, row: int, column: int, value: Formula, cell_format: Format) -> None:
    """A formula into the sheet's own table of cells, which is public.

    `write_formula` looks in each for every function younger than Excel 2007, in thirty searches, a third of the
    time that a workbook takes; ours have none.
    """
    sheet.write_blank(row, column, None, cell_format)
    sheet.table[row][column] = CellFormulaTuple(value.formula.removeprefix("="), cell_format, value.value)


def link(page_: Leaf, row: int, column: int, sheet: str, to_row: int, to_column: int) -> None:
    """Let a cell lead to a cell of another sheet of the workbook, and look as before.

    `write_url` would put a text of its own into the cell; where the links of a sheet are kept is public, too.
    """
    target = xl_rowcol_to_cell(to_row, to_column)
    page_.sheet.hyperlinks[row][column] = Url(f"internal:'{sheet}'!{target}")


def put_across(page_: Leaf, row: int, first: int, last: int, value: object, name: str) -> None:
    """One value over several columns of a row."""
    if first == last:
        put(page_, row, first, value, name)
        return
    page_.sheet.merge_range(row, first, row, last, "", page_.paper.format_of(name))
    put(page_, row, first, value, name)


def put_paragraph(page_: Leaf, row: int, first: int, last: int, text: str, name: str) -> float:
    """A wrapped text over several columns, its row as high as it needs: returns that height in points."""
    put_across(page_, row, first, last, text, name)
    size = float(page_.paper.format_of(name).font_size)
    lines = metrics.line_count(text, sum(page_.widths[first : last + 1]), size=size)
    height = min(lines * metrics.line_height(size), metrics.HIGHEST_ROW)
    page_.sheet.set_row(row, height)
    return height
