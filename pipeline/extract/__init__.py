"""Grids -> tables of our columns: one row per local body, addresses kept, every cell accounted for (design rule 1)."""

from collections.abc import Mapping, Sequence

from pipeline.extract.answers import find_answers
from pipeline.extract.headerless import without_header
from pipeline.extract.labels import Labels
from pipeline.extract.tables import find_tables
from pipeline.model import Extraction, Finding, Grid, Table, Workbook
from pipeline.names import Names
from pipeline.thai import fold
from schemas.form import Form

EXAMPLE_SHEET = fold("ตัวอย่าง")

__all__ = ["extract", "is_example"]


def extract(
    workbook: Workbook, forms: Mapping[str, Form], labels: Mapping[str, Labels], names: Names
) -> Extraction:
    """The tables of every visible sheet of a readable workbook.

    Hidden sheets, example sheets and sheets without a table are set aside, each with a finding that counts its
    cells: NO_HEADER where rows look like a table's all the same. A workbook without any table has the finding
    HEADER. `seen = read + set_aside`, or RECONCILE is found.
    """
    parts = [_sheet(grid, forms, labels, names) for grid in workbook.grids]
    tables = tuple(table for part in parts for table in part.tables)
    findings = tuple(finding for part in parts for finding in part.findings)
    if not tables:
        findings = (Finding("HEADER"), *findings)
    seen, read = sum(part.seen for part in parts), sum(part.read for part in parts)
    set_aside = sum(part.set_aside for part in parts)
    if seen != read + set_aside:
        facts = (("seen", str(seen)), ("read", str(read + set_aside)))
        return Extraction((), (*findings, Finding("RECONCILE", facts=facts)), seen, 0, seen)
    return Extraction(tables, findings, seen, read, set_aside)


def _sheet(grid: Grid, forms: Mapping[str, Form], labels: Mapping[str, Labels], names: Names) -> Extraction:
    reason = "HIDDEN" if grid.hidden else "EXAMPLE_SHEET" if is_example(grid) else ""
    tables: tuple[Table, ...] = () if reason else _best(grid, forms, labels, names)
    seen = grid.value_cells
    if not tables:
        facts = (
            ("cells", str(seen)),
            ("what", f"ทั้งแผ่น ระบบจึงไม่นำมานับ (มีข้อมูล {seen} ช่อง)"),
        )
        loose = None if reason else without_header(grid, names)
        findings = (loose or Finding(reason or "SHEET", grid.sheet, facts=facts),) if seen else ()
        return Extraction((), findings, seen, 0, seen)
    broken = len(grid.errors) + len(grid.uncached)
    return Extraction(
        tables,
        (),
        seen,
        sum(table.read for table in tables),
        sum(table.set_aside for table in tables) + broken,
    )


def is_example(grid: Grid) -> bool:
    """Whether a sheet only shows how a form is filled in."""
    return fold(grid.sheet).startswith(EXAMPLE_SHEET)


def _best(
    grid: Grid, forms: Mapping[str, Form], labels: Mapping[str, Labels], names: Names
) -> tuple[Table, ...]:
    """The tables of the form that knows the most columns of the sheet; where there is none, the answers of the form
    that knows the most of their labels."""
    tables = [
        find_tables(grid, form, labels[key], names) for key, form in forms.items() if form.grain != "district"
    ]
    return _widest(tables) or _widest(
        [find_answers(grid, form, names) for form in forms.values() if form.grain == "district"]
    )


def _widest(found: Sequence[tuple[Table, ...]]) -> tuple[Table, ...]:
    return max(found, key=lambda tables: max((len(table.columns) for table in tables), default=0), default=())
