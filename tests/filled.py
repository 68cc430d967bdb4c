"""Templates filled in as a district would: a value for every cell that is open, whatever the form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.campaign import load_campaign
from pipeline.model import Results, Template
from pipeline.templates import Written, templates_of
from pipeline.write.handout.plan import Line, Plan, plan_of
from pipeline.write.templates import write_template
from schemas.form import Column
from tests.campaigns import SHIPPED, round_of

MADE = datetime(2021, 1, 20, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
CAMPAIGN = load_campaign(SHIPPED)
BODIES = [body.code for body in CAMPAIGN.registry.local_bodies]
FIGURES = {  # of a local body, more by its row: within every rule of the form
    "villages_total": 12, "villages_active": 9, "hh_total": 130, "hh_target": 120, "hh_veg": 110, "hh_veg_5": 80,
    "hh_veg_10": 30, "hh_model": 20, "green_area": 2.25, "hh_sort": 100, "hh_wetbin": 50, "hh_nospace": 40,
    "hh_compost": 10, "hh_bioferment": 11, "hh_clean": 12, "net_leader_och": 3, "net_och": 4, "net_kpsm": 5,
    "net_kpst": 6,
}  # fmt: skip
TEXTS = {"start_date": "1 ก.พ. 2564", "target_unit": "ครัวเรือน", "guideline_item": 2}
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
Value = str | int | float | date


@dataclass(frozen=True)
class Figure:
    """A figure as it was typed: the local body it is of (empty: the district), its key, its cell."""

    body: str
    key: str
    value: float
    cell: str


@dataclass(frozen=True)
class Filled:
    """A template filled in: the workbook's bytes, and every figure that was typed."""

    template: Template
    data: bytes
    figures: frozenset[Figure]


def template(
    key: str, district: str = "3424", before: Written | None = None, *, sample: bool = False
) -> Template:
    """The template of a district for a round."""
    made = templates_of(CAMPAIGN.round(key), CAMPAIGN, MADE, sample=sample, before=before)
    return next(each for each in made if each.district.code == district)


def before(key: str) -> Written:
    """Figures that were written of a round: for each local body some of those of `FIGURES`, or less."""
    known = {name: max(value - 3, 0) for name, value in FIGURES.items() if name != "hh_clean"}
    return Written(CAMPAIGN.round(key), MADE, False, dict.fromkeys(BODIES[:-1], known))


def blank(folder: Path, of: Template) -> bytes:
    """The workbook as it is handed out."""
    path = folder / f"blank-{of.code}.xlsx"
    write_template(path, of)
    return path.read_bytes()


def filled(folder: Path, of: Template, *, thai: bool = False) -> Filled:
    """The workbook with every open cell of the printed rows filled in; with `thai`, numbers in Thai digits."""
    book = openpyxl.load_workbook(BytesIO(blank(folder, of)))
    sheet, plan = book.worksheets[0], plan_of(of)
    typed = {cell.coordinate: (code, column, value) for cell, code, column, value in _entries(sheet, plan)}
    for cell, (_, _, value) in typed.items():
        is_number = isinstance(value, int | float)
        sheet[cell].value = str(value).translate(THAI_DIGITS) if thai and is_number else value
    for row in range(plan.foot_row, plan.foot_row + 2):
        for cell in open_cells(sheet, row):
            cell.value = "พัฒนาการอำเภอ"
    figures = frozenset(
        Figure(code, key, worth, cell)
        for cell, (code, column, value) in typed.items()
        for key, worth in _worth(column, value, of)
    )
    content = BytesIO()
    book.save(content)
    return Filled(of, content.getvalue(), figures)


def figures_of(results: Results, key: str) -> frozenset[Figure]:
    """Every figure that counts in a round, with its cell."""
    values = round_of(results, key).values[["local_body_code", "indicator", "value", "cell"]]
    return frozenset(Figure(*row) for row in values.itertuples(index=False, name=None))


def open_cells(sheet: Worksheet, row: int) -> list[Cell]:
    """The cells of a row (from 0) in which one may type; of merged ones the first."""
    return [
        cell for cell in sheet[row + 1] if not isinstance(cell, MergedCell) and not cell.protection.locked
    ]


def _entries(sheet: Worksheet, plan: Plan) -> Iterator[tuple]:
    """Each open cell above and in the table with its local body, its column and what is typed."""
    for row, column in enumerate(plan.fields, start=plan.code_row + 1):
        (cell,) = open_cells(sheet, row)
        yield cell, "", column, datetime(2021, 1, 15) if column.kind == "date" else 14 + row
    for line in plan.lines:
        for cell in open_cells(sheet, line.row) if line.body else ():
            column = plan.columns[cell.column - 1]
            yield cell, line.body.code, column, _value(column, line)


def _value(column: Column, line: Line) -> Value:
    """What is typed in an open cell of the table: figures by the row, those that no rule binds by the local body."""
    more = line.number or 0
    if column.key == "hh_veg_pct":
        return round(100 * (FIGURES["hh_veg"] + more) / (FIGURES["hh_target"] + more), 2)
    if column.key == "net_total":
        return sum(FIGURES[key] + more for key in FIGURES if key.startswith("net_"))
    if column.key in TEXTS:
        return TEXTS[column.key]
    match column.kind:
        case "count" | "area" | "quantity" | "money":
            return FIGURES[column.key] + more if column.key in FIGURES else 100 + BODIES.index(line.body.code)
        case "start" | "end":
            return date(2021, 4, 1 + more % 30)
        case _:
            return f"{column.header} {more}"


def _worth(column: Column, value: Value, of: Template) -> list[tuple[str, float]]:
    """The figures that a cell is worth: its own, and what it counts as."""
    own = [(column.key, float(value))] if column.kept and isinstance(value, int | float) else []
    return own + [
        (tally.key, 1.0)
        for tally in of.form.tallies
        if tally.counts == column.key and (not tally.chosen or tally.chosen == str(value))
    ]
