"""Workbooks drawn at random: the form in one of its variants, and whatever people leave in and around it.

A page is written as it is drawn: what merging, hiding or an error does to a cell is for the program to find.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import openpyxl
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from tests.campaigns import TABLES
from tests.cases.books import ods_with_errors, xls_with_errors
from tests.sample.layout import lay_out
from tests.sample.model import Formula, Laid, Position, Put, Raw, Sheet, Table, address

DISTRICT = "3431"
CLEAN = Table(DISTRICT, "1")
ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#NUM!", "#NULL!")
NEVER_CALCULATED = Formula("=1+1", None)
# Words on which the form turns, and words on which it must not.
WORDS = (
    *("รวม", "รวมทั้งสิ้น", "ตัวอย่าง", "หมายเหตุ", "ลงชื่อ", "ครั้งที่ 2", "อำเภอเดชอุดม", "อบต.หนองบก", "กพสอ.", "ที่"),
    *(
        "องค์กรปกครองส่วนท้องถิ่น (อปท.)",
        "จำนวนครัวเรือนทั้งหมด",
        "ขาดแคลนน้ำ",
        "-",
        "ครบ",
        "12-15",
        "๑๒ คน",
        " ",
        "x" * 300,
    ),
)
ASIDE = ("ขาดแคลนน้ำ", "ดูเพิ่มเติมในเล่ม", "-", "ตรวจแล้ว", "๑๒ คน", 7, 2564, 0.5)
"""What stands beside or below a form and has no part in it."""

words = st.sampled_from(WORDS)
numbers = st.sampled_from((0, 1, 12, -3, 0.5, 2564, 10**9, 12.0))
broken = st.sampled_from((*ERRORS, NEVER_CALCULATED))
anything: st.SearchStrategy[Raw] = words | numbers | broken | st.just(datetime(2021, 2, 5))

variants = st.builds(
    replace,
    st.just(CLEAN),
    heading=st.sampled_from(("three", "four", "five", "oneline", "cells")),
    header=st.sampled_from(("plain", "units")),
    numbered=st.booleans(),
    names=st.sampled_from(("short", "long", "spaced")),
    total_at=st.sampled_from(("below", "above", "none")),
    gap=st.booleans(),
    dragged=st.integers(0, 2),
    once=st.sampled_from(("heading", "footer", "inline", "none")),
    percent=st.sampled_from(("number", "fraction", "text")),
    notes=st.lists(st.sampled_from(("หมายเหตุ ข้อมูลเบื้องต้น", "ส่งแล้ว 3 ฉบับ")), max_size=2).map(tuple),
    sign_at=st.sampled_from((1, 5, 20)),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet as it was drawn: a form, or none, a second one below it, and `left`: what was left in and around them."""

    table: Table | None = None
    left: Mapping[Position, Raw] = field(default_factory=dict)
    below: Table | None = None
    name: str = CLEAN.sheet
    hidden: bool = False
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def sheet(self) -> Sheet:
        """The sheet with all its cells; one that holds nothing holds a space."""
        form = laid(self.table).sheet if self.table else Sheet(self.name, {(0, 0): Put(" ")})
        down = edges(form)[0] + 3
        second = laid(self.below).sheet.cells if self.below else {}
        cells = {
            **form.cells,
            **{(row + down, column): put for (row, column), put in second.items()},
            **{place: Put(value) for place, value in self.left.items()},
        }
        return Sheet(self.name, cells, (*form.merges, *self.merges), self.hidden)

    @property
    def held(self) -> int:
        """How many cells hold something: a value, an error, a formula, calculated or not."""
        return sum(not is_blank(put) for put in self.sheet.cells.values())

    @property
    def broken(self) -> frozenset[str]:
        """The addresses of its error cells and of its formulas that were never calculated."""
        return frozenset(address(*place) for place, put in self.sheet.cells.items() if is_broken(put))


def is_blank(put: Put) -> bool:
    return isinstance(put.value, str) and not put.value.strip()


def is_broken(put: Put) -> bool:
    value = put.value.value if isinstance(put.value, Formula) else put.value
    return value is None or value in ERRORS


def laid(table: Table) -> Laid:
    return lay_out(table, TABLES)


def places(rows: tuple[int, int], columns: tuple[int, int]) -> st.SearchStrategy[Position]:
    return st.tuples(st.integers(*rows), st.integers(*columns))


def edges(sheet: Sheet) -> Position:
    """The last row and the last column in use."""
    return max(row for row, _ in sheet.cells), max(column for _, column in sheet.cells)


# --- writing ----------------------------------------------------------------------------------------------------


def as_xlsx(pages: Sequence[Page]) -> bytes:
    """With openpyxl, which writes no result of a formula; values under a merged range stay where they are."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet, made = page.sheet, book.create_sheet(page.name)
        for (row, column), put in sheet.cells.items():
            made.cell(row + 1, column + 1).value = plain(put.value)
        for top, left, bottom, right in sheet.merges:
            made.merged_cells.add(CellRange(None, left + 1, top + 1, right + 1, bottom + 1))
        for row in page.hidden_rows:
            made.row_dimensions[row + 1].hidden = True
        for column in page.hidden_columns:
            made.column_dimensions[get_column_letter(column + 1)].hidden = True
        made.sheet_state = "hidden" if page.hidden else "visible"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_xls(pages: Sequence[Page]) -> bytes:
    """Hides and merges nothing and has no formulas: what was never calculated is an error here."""

    def told(raw: Raw) -> Raw:
        return "#N/A" if is_broken(Put(raw)) else plain(raw)

    return xls_with_errors([replace(rewritten(page.sheet, told), merges=(), hidden=False) for page in pages])


def as_ods(pages: Sequence[Page]) -> bytes:
    """Its writer knows no dates."""

    def told(raw: Raw) -> Raw:
        return f"{raw:%d/%m/%Y}" if isinstance(raw, datetime) else raw

    return ods_with_errors([rewritten(page.sheet, told) for page in pages])


def rewritten(sheet: Sheet, told: Callable[[Raw], Raw]) -> Sheet:
    return replace(sheet, cells={place: Put(told(put.value)) for place, put in sheet.cells.items()})


def plain(raw: Raw) -> Raw:
    """A formula as the value it has, or else as its text."""
    if isinstance(raw, Formula):
        return raw.text if raw.value is None else raw.value
    return raw


FORMATS = {"xlsx": as_xlsx, "xls": as_xls, "ods": as_ods}
