"""Where the figures stand that live formulas refer to: pure positions, known before any sheet is written.

ข้อมูล holds each figure once; รายอำเภอ adds it up by district name, so sorting or filtering ข้อมูล breaks nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from pipeline.write.figures import Measure
from pipeline.write.words import UNKNOWN
from schemas.form import Form, Ratio

COVER: Final = "ปก"
OVERVIEW: Final = "ภาพรวม"
DISTRICTS: Final = "รายอำเภอ"
BODIES: Final = "ราย อปท."
ITEMS: Final = "รายกิจกรรม"
LATE: Final = "ส่งช้า"
MISSING: Final = "ยังไม่ส่ง"
FIXES: Final = "ต้องแก้ไข"
NOTES: Final = "หมายเหตุ"
SOURCES: Final = "ที่มา"
DATA: Final = "ข้อมูล"

IDS: Final = ("round", "district_code", "district", "local_body_code", "local_body")
STATUS_COLUMN, REPORTED_COLUMN, EXPECTED_COLUMN, FIRST_MEASURE = 2, 4, 5, 6
FIRST_ROW: Final = 4  # the header row: below the strip, the title, the subtitle and a narrow gap
FIRST_RECORD: Final = FIRST_ROW + 1


@dataclass(frozen=True, slots=True)
class Layout:
    """`keys` are the columns of ข้อมูล after its five of identity, `measures` those of รายอำเภอ."""

    keys: tuple[str, ...]
    measures: tuple[Measure, ...]
    bodies: int
    districts: int

    @property
    def must_fix_column(self) -> int:
        return FIRST_MEASURE + len(self.measures)

    @property
    def total_row(self) -> int:
        return FIRST_RECORD + self.districts

    def data(self, key: str) -> str:
        """The range of one column of ข้อมูล, identity or figure."""
        column = (*IDS, *self.keys).index(key)
        return reference(DATA, FIRST_RECORD, column, FIRST_RECORD + self.bodies - 1)

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


def absent_sheets(form: Form) -> frozenset[str]:
    """The sheets that a summary of this form is without: rows are listed one by one where they are activities, and
    a form that each district answers once has no table of local bodies."""
    return {
        "local_body": frozenset({ITEMS}),
        "activity": frozenset[str](),
        "district": frozenset({ITEMS, BODIES}),
    }[form.grain]


def ratios_of(found: Sequence[Measure]) -> tuple[Ratio, ...]:
    """The ratios among the measures, in their order."""
    return tuple(measure for measure in found if isinstance(measure, Ratio))
