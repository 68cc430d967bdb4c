"""Where the figures stand that live formulas refer to: pure positions, known before any sheet is written.

ข้อมูล holds each figure once; รายอำเภอ adds it up by district name, so sorting or filtering ข้อมูล breaks nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from pipeline.model import Campaign, Round
from pipeline.write.figures import Measure, headline
from pipeline.write.words import UNKNOWN
from schemas.form import Ratio

COVER: Final = "ปก"
OVERVIEW: Final = "ภาพรวม"
DISTRICTS: Final = "รายอำเภอ"
BODIES: Final = "ราย อปท."
ITEMS: Final = "รายกิจกรรม"
LATE: Final = "ส่งช้า"
MISSING: Final = "ยังไม่ส่ง"
FIXES: Final = "ต้องแก้ไข"
MAP: Final = "แผนที่"
TREND: Final = "แนวโน้ม"
NOTES: Final = "หมายเหตุ"
SOURCES: Final = "ที่มา"
DATA: Final = "ข้อมูล"

IDS: Final = ("round", "district_code", "district", "local_body_code", "local_body")
WHERE: Final = ("sheet", "cells", "source")
"""The last columns of ข้อมูล: the sheet of a row, the cell of each of its figures, its file's number in ที่มา."""
STATUS_COLUMN, REPORTED_COLUMN, EXPECTED_COLUMN, MARK_COLUMN, FIRST_MEASURE = 2, 4, 5, 6, 7
FIRST_ROW: Final = 4  # the header row: below the strip, the title, the subtitle and a narrow gap
FIRST_RECORD: Final = FIRST_ROW + 1


@dataclass(frozen=True)
class Layout:
    """`keys` are the columns of ข้อมูล after its five of identity, then come `once`, the figures that a district gives
    once for all and that have rows of their own below those of the local bodies; `measures` are the figures of
    รายอำเภอ; `first_rows` is the row of ข้อมูล with which each district begins, by its code."""

    keys: tuple[str, ...]
    once: tuple[str, ...]
    measures: tuple[Measure, ...]
    bodies: int
    districts: int
    first_rows: Mapping[str, int]

    @property
    def must_fix_column(self) -> int:
        return FIRST_MEASURE + len(self.measures)

    @property
    def total_row(self) -> int:
        return FIRST_RECORD + self.districts

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of ข้อมูล."""
        return (*IDS, *self.keys, *self.once, *WHERE)

    @property
    def records(self) -> int:
        """The rows of ข้อมูล: one for each local body, and one for each district where it answers once for all."""
        return self.bodies + (self.districts if self.once else 0)

    def data(self, key: str) -> str:
        """The range of one column of ข้อมูล, identity or figure."""
        return self._data[key]

    @cached_property
    def _data(self) -> Mapping[str, str]:
        last = FIRST_RECORD + self.records - 1
        return {key: reference(DATA, FIRST_RECORD, column, last) for column, key in enumerate(self.columns)}

    def data_column(self, key: str) -> int:
        """The column of ข้อมูล that holds `key`."""
        return self.columns.index(key)

    def districts_range(self, column: int) -> str:
        """The range of one column of รายอำเภอ over its districts."""
        return reference(DISTRICTS, FIRST_RECORD, column, FIRST_RECORD + self.districts - 1)

    def measure_column(self, key: str) -> int:
        return FIRST_MEASURE + [measure.key for measure in self.measures].index(key)


def reference(
    sheet: str, row: int, column: int, last_row: int | None = None, last_column: int | None = None
) -> str:
    """The absolute reference of a cell or range of another sheet: 'ข้อมูล'!$B$5:$B$242."""
    name = sheet.replace("'", "''")
    if last_row is None:
        return f"'{name}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"
    return f"'{name}'!{xl_range_abs(row, column, last_row, column if last_column is None else last_column)}"


def sum_of(ranges: str) -> str:
    """A sum that skips unknowns, and is unknown itself where nothing is known."""
    return f'=IF(COUNT({ranges})=0,"{UNKNOWN}",SUM({ranges}))'


def sum_in_district(values: str, districts: str, name: str) -> str:
    """The sum over one district's local bodies; unknown where none is known."""
    return (
        f'=IF(COUNTIFS({districts},{name},{values},">=0")=0,"{UNKNOWN}",SUMIFS({values},{districts},{name}))'
    )


def share(part: str, whole: str, *conditions: str) -> str:
    """Part by whole over the rows in which both are known (design rule 3), within further conditions of SUMIFS."""
    rest = "".join(f",{condition}" for condition in conditions)
    top = f'SUMIFS({part},{whole},">=0"{rest})'
    below = f'SUMIFS({whole},{part},">=0"{rest})'
    return f'=IF({below}>0,{top}/{below},"{UNKNOWN}")'


def total_of(plan: Layout, measure: Measure) -> str:
    """The province's figure, out of ข้อมูล."""
    if isinstance(measure, Ratio):
        return share(plan.data(measure.part), plan.data(measure.whole))
    return sum_of(plan.data(measure.key))


def count_of(plan: Layout, measure: Measure, district: str = "") -> str:
    """How many local bodies are in a figure, of all or of a district; of a share those that know both sides."""
    keys = [measure.part, measure.whole] if isinstance(measure, Ratio) else [measure.key]
    asked = [f'{plan.data(key)},">=0"' for key in keys]
    if district:
        asked = [f'{plan.data("district")},"{district}"', *asked]
    return f"=COUNTIFS({','.join(asked)})"


def absent_sheets(campaign: Campaign, round_: Round) -> frozenset[str]:
    """The sheets that a summary of this round is without: rows are listed one by one where they are activities, a form
    that each district answers once has no table of local bodies, a form that is asked for once no trend, and a province
    whose districts have no tiles no map."""
    form = campaign.forms[round_.form]
    absent = {
        "local_body": frozenset({ITEMS}),
        "activity": frozenset[str](),
        "district": frozenset({ITEMS, BODIES}),
    }[form.grain]
    if headline(form) is None or len(campaign.rounds_of(form.key)) < 2:
        absent |= {TREND}
    return absent if campaign.registry.has_map else absent | {MAP}


def ratios_of(found: Sequence[Measure]) -> tuple[Ratio, ...]:
    """The ratios among the measures, in their order."""
    return tuple(measure for measure in found if isinstance(measure, Ratio))
