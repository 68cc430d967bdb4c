"""Sheets that hold rows as a table of ours has them, but no header: part of a report, or nobody knows what."""

from collections.abc import Sequence

from pipeline.model import Cell, Finding, Grid
from pipeline.names import Names, is_local_body

FEWEST_ROWS = 2
FEWEST_FIGURES = 3
A_HEADER = 3
"""So many words side by side are a header of some table."""


def without_header(grid: Grid, names: Names) -> Finding | None:
    """NO_HEADER at the first of several rows of local bodies with figures, if no header of any kind stands above."""
    lines: dict[int, list[Cell]] = {}
    for position, value in sorted(grid.cells.items()):
        lines.setdefault(position[0], []).append(Cell(position, value))
    named = {number: name for number, cells in lines.items() if (name := _body_name(cells, names))}
    if len(named) < FEWEST_ROWS:
        return None
    first = named[min(named)]
    above = [cells for number, cells in lines.items() if number < first.position[0]]
    if any(len(_texts(cells)) >= A_HEADER for cells in above):
        return None
    facts = (("rows", str(len(named))), ("cells", str(grid.value_cells)))
    return Finding("NO_HEADER", grid.sheet, first.address, str(first.value), facts)


def _body_name(cells: Sequence[Cell], names: Names) -> Cell | None:
    """The cell that names a local body, in a row with several figures."""
    figures = [cell for cell in cells if isinstance(cell.value, int | float)]
    if len(figures) < FEWEST_FIGURES:
        return None
    return next((cell for cell in _texts(cells) if is_local_body(str(cell.value), names)), None)


def _texts(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if isinstance(cell.value, str)]
