"""Grids -> tables of our columns: one row per local body, addresses kept, every cell accounted for (design rule 1)."""

from collections.abc import Mapping, Sequence

from pipeline.extract.headers import FEWEST_FIGURES
from pipeline.extract.labels import Labels
from pipeline.extract.tables import find_tables
from pipeline.model import Cell, Extraction, Finding, Grid, Table, Workbook
from pipeline.names import Names, is_local_body
from pipeline.thai import fold
from schemas.form import Form

FEWEST_ROWS = 2
A_HEADER = 3
"""So many words side by side are a header of some table."""
EXAMPLE_SHEET = fold("ตัวอย่าง")

__all__ = ["extract"]


def extract(
    workbook: Workbook, forms: Mapping[str, Form], labels: Mapping[str, Labels], names: Names
) -> Extraction:
    """The tables of every visible sheet of a readable workbook.

    Hidden sheets, example sheets and sheets without a table are set aside, each with a finding that counts its
    cells. A workbook without any table has the finding HEADER. `seen = read + set_aside`, or RECONCILE is found.
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
    reason = "HIDDEN" if grid.hidden else "EXAMPLE_SHEET" if _is_example(grid) else ""
    tables: tuple[Table, ...] = () if reason else _best(grid, forms, labels, names)
    seen = grid.value_cells
    if not tables:
        facts = (
            ("cells", str(seen)),
            ("what", f"ทั้งแผ่น ระบบจึงไม่นำมานับ (มีข้อมูล {seen} ช่อง)"),
        )
        loose = None if reason else _without_header(grid, names)
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


def _without_header(grid: Grid, names: Names) -> Finding | None:
    """What is said of rows of local bodies with figures, as a table has them, that no header stands above."""
    lines: dict[int, list[Cell]] = {}
    for position, value in grid.cells.items():
        lines.setdefault(position[0], []).append(Cell(position, value))
    named = {number: name for number in sorted(lines) if (name := _body_row(lines[number], names))}
    above = [
        cells
        for number, cells in lines.items()
        if number < min(named, default=0) and _words(cells) >= A_HEADER
    ]
    if len(named) < FEWEST_ROWS or above:
        return None
    first = named[min(named)]
    facts = (("rows", str(len(named))), ("cells", str(grid.value_cells)))
    return Finding("NO_HEADER", grid.sheet, first.address, str(first.value), facts)


def _body_row(cells: Sequence[Cell], names: Names) -> Cell | None:
    """The cell that names a local body, in a row with several figures."""
    figures = [cell for cell in cells if isinstance(cell.value, int | float)]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    if len(figures) < FEWEST_FIGURES:
        return None
    return next((cell for cell in texts if is_local_body(str(cell.value), names)), None)


def _words(cells: Sequence[Cell]) -> int:
    return sum(isinstance(cell.value, str) for cell in cells)


def _is_example(grid: Grid) -> bool:
    return fold(grid.sheet).startswith(EXAMPLE_SHEET)


def _best(
    grid: Grid, forms: Mapping[str, Form], labels: Mapping[str, Labels], names: Names
) -> tuple[Table, ...]:
    """The tables of the form that knows the most columns of the sheet."""
    found = [find_tables(grid, form, labels[key], names) for key, form in forms.items()]
    return max(found, key=lambda tables: max((len(table.columns) for table in tables), default=0), default=())
