"""What a form that is handed out carries to help with it, and what is no report: a column that checks each row, and
sheets to look at.

The check's column is known by its label, its cells by their words; a sheet by its seal, with a number over everything
else on it. Whatever a district writes there itself is neither, and is kept or told of (design rule 1).
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from pipeline.model import CellValue, Finding, Grid, Position, Workbook
from pipeline.thai import clean

CHECK: Final = "ผลตรวจแถวนี้ (ระบบเติมให้ ไม่ต้องกรอก)"
DONE: Final = "ครบถ้วน"
UNTOUCHED: Final = "ยังไม่ได้กรอก"
ASKS: Final = "โปรดตรวจ: "
_SEAL: Final = "แผ่นนี้เป็นของจังหวัด มีไว้ดูประกอบ ไม่ต้องกรอก และไม่นำมานับ · เลขตรวจแผ่น "
_SEALED: Final = re.compile(rf"{_SEAL}([0-9A-F]{{8}})$")


def seal(values: Iterable[CellValue]) -> str:
    """The line that a sheet of ours carries; `values` are all others on it, row by row, texts and numbers alone."""
    return f"{_SEAL}{_number(values)}"


def without_aids(workbook: Workbook) -> tuple[Workbook, int, tuple[Finding, ...]]:
    """The workbook as the district filled it in; how many cells with a value of ours were taken out of it; and
    AID_CHANGED for each of our sheets that is not as it was handed out, which is taken out all the same: the figures
    of the round before on it are no report."""
    grids = [_without_checks(grid) for grid in workbook.grids if not _seals(grid)]
    before = sum(grid.value_cells for grid in workbook.grids)
    changed = tuple(
        Finding("AID_CHANGED", grid.sheet, facts=(("cells", str(grid.value_cells)),))
        for grid in workbook.grids
        if _seals(grid) and not _is_as_handed_out(grid)
    )
    ours = before - sum(grid.value_cells for grid in grids)
    return replace(workbook, grids=tuple(grids)), ours, changed


def _seals(grid: Grid) -> dict[Position, str]:
    """The numbers of the seals on a sheet."""
    texts = ((at, clean(value)) for at, value in grid.cells.items() if isinstance(value, str))
    return {at: found[1] for at, text in texts if (found := _SEALED.search(text))}


def _is_as_handed_out(grid: Grid) -> bool:
    """Whether a sheet with a seal holds what it was sealed over and nothing else."""
    seals = _seals(grid)
    values = [value for at, value in sorted(grid.cells.items()) if at not in seals]
    return not (grid.errors or grid.uncached) and list(seals.values()) == [_number(values)]


def _number(values: Iterable[CellValue]) -> str:
    """Eight signs over the values: the same whichever program saved them."""
    return f"{zlib.crc32(chr(10).join(map(_plain, values)).encode()):08X}"


def _plain(value: CellValue) -> str:
    return f"{value:.12g}" if isinstance(value, int | float) else clean(str(value))


def _without_checks(grid: Grid) -> Grid:
    """The sheet without the columns that check its rows."""
    labels = [
        at for at, value in grid.cells.items() if isinstance(value, str) and clean(value) == clean(CHECK)
    ]
    taken = {position for label in labels for position in _ours(grid, label)}
    if not taken:
        return grid
    cells = {at: value for at, value in grid.cells.items() if at not in taken}
    errors = {at: error for at, error in grid.errors.items() if at not in taken}
    uncached = grid.uncached - taken
    gone = len(grid.cells) + len(grid.errors) + len(grid.uncached) - len(cells) - len(errors) - len(uncached)
    return replace(grid, cells=cells, errors=errors, uncached=uncached, value_cells=grid.value_cells - gone)


def _ours(grid: Grid, label: Position) -> Iterator[Position]:
    """The cells of ours in the column below a label: those that speak as the check does and, as far as nobody else
    wrote there, those that have no value; the label itself, if nobody did."""
    below = {
        row: value for (row, column), value in grid.cells.items() if column == label[1] and row > label[0]
    }
    others = [row for row, value in below.items() if not _speaks_as_check(value)]
    end = min(others, default=None)
    yield from ((row, label[1]) for row in below if row not in others)
    for row, column in (*grid.errors, *grid.uncached):
        if column == label[1] and label[0] < row and (end is None or row < end):
            yield row, column
    if end is None:
        yield label


def _speaks_as_check(value: CellValue) -> bool:
    return isinstance(value, str) and (value in (DONE, UNTOUCHED) or value.startswith(ASKS))
