"""input/corrections.csv -> figures that a district corrected by telephone, put into its grids before they are read.

Columns: `file, sha256, sheet, cell, old, new, who, why`. `sha256` may be cut short or empty: then the line holds for
every content of the file. `old` is what stands in the cell (empty for a blank one): a line that does not fit what
was sent is put as a question and changes nothing. The file itself stays as it came.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.model import Arrival, CellValue, Finding, Grid, Position, Workbook, position_of
from pipeline.normalise import parse_area, shown
from pipeline.tables import TableRow, read_table, refuse_twice
from pipeline.thai import figure

COLUMNS = ("file", "sha256", "sheet", "cell", "old", "new", "who", "why")
CORRECTED = "CORRECTED"


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of corrections.csv: `new` is the figure to be read at `cell` in place of `old`."""

    file: str
    sha256: str
    sheet: str
    cell: str
    old: str
    new: int | float
    who: str
    why: str


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections, none if there is no file; `ConfigurationError` names the line of one that cannot be obeyed."""
    if not path.exists():
        return ()
    rows = read_table(path, COLUMNS)
    refuse_twice(rows, "file", "sha256", "sheet", "cell")
    return tuple(_correction(row) for row in rows)


def _correction(row: TableRow) -> Correction:
    for column in ("file", "sheet", "cell", "new", "who", "why"):
        if not row[column]:
            row.refuse(f"คอลัมน์ {column} ว่างอยู่ ต้องบอกให้ครบว่าไฟล์ใด แผ่นใด เซลล์ใด แก้เป็นเท่าใด ใครแจ้ง เพราะเหตุใด")
    if position_of(row["cell"]) is None:
        row.refuse(f'cell พบ "{row["cell"]}" ต้องเป็นชื่อเซลล์เดียว เช่น C6')
    new = parse_area(row["new"]).value
    if not isinstance(new, int | float) or new < 0:
        row.refuse(f'new พบ "{row["new"]}" ต้องเป็นจำนวนเดียว เช่น 12')
    number = int(new) if float(new).is_integer() else new
    texts = {name: row[name] for name in ("file", "sha256", "sheet", "old", "who", "why")}
    return Correction(cell=row["cell"].replace("$", "").upper(), new=number, **texts)


def corrections_of(corrections: Sequence[Correction], arrival: Arrival) -> tuple[Correction, ...]:
    """Those about one content of one file."""
    return tuple(
        one
        for one in corrections
        if one.file == arrival.file and arrival.sha256.startswith(one.sha256) and arrival.sha256
    )


def unused_corrections(
    corrections: Sequence[Correction], arrivals: Sequence[Arrival]
) -> tuple[Correction, ...]:
    """Those about a file or content that never arrived: mistyped, perhaps."""
    return tuple(
        one for one in corrections if not any(corrections_of((one,), arrival) for arrival in arrivals)
    )


def corrected(workbook: Workbook, corrections: Sequence[Correction]) -> tuple[Workbook, tuple[Finding, ...]]:
    """The workbook with the new figures, and for each line the note CORRECTED, or the question CORRECTION_UNFIT
    where the cell holds neither `old` nor `new`. What already says `new` needs no word."""
    findings: list[Finding] = []
    grids = {grid.index: grid for grid in workbook.grids}
    for one in corrections:
        grid = next((grid for grid in grids.values() if grid.sheet == one.sheet), None)
        position = position_of(one.cell)
        found = "" if grid is None or position is None else _written(grid, position)
        if grid is None or position is None or not (_same(found, one.old) or _same(found, shown(one.new))):
            findings.append(_finding("CORRECTION_UNFIT", one, found))
        elif not _same(found, shown(one.new)):
            grids[grid.index] = _with(grid, position, one.new)
            findings.append(_finding(CORRECTED, one, found))
    return replace(workbook, grids=tuple(grids.values())), tuple(findings)


def corrected_cells(findings: Sequence[Finding]) -> Mapping[tuple[str, str], str]:
    """(sheet, cell) -> what stood there, of the notes CORRECTED among the findings of a file."""
    return {(one.sheet, one.cell): one.value for one in findings if one.code == CORRECTED}


def _finding(code: str, one: Correction, found: str) -> Finding:
    facts = (("old", one.old), ("new", figure(one.new)), ("who", one.who), ("why", one.why))
    return Finding(code, one.sheet, one.cell, found or "ว่าง", facts)


def _written(grid: Grid, position: Position) -> str:
    """What a reader of the workbook sees in a cell."""
    return grid.errors.get(position, "") or shown(grid.cells.get(position))


def _same(found: str, said: str) -> bool:
    return found.replace(",", "") == shown(said).replace(",", "")


def _with(grid: Grid, position: Position, value: CellValue) -> Grid:
    """The grid with another value in one cell; a blank one counts from now on."""
    held = position in grid.cells or position in grid.errors or position in grid.uncached
    return replace(
        grid,
        cells={**grid.cells, position: value},
        errors={at: text for at, text in grid.errors.items() if at != position},
        uncached=grid.uncached - {position},
        value_cells=grid.value_cells + (not held),
    )
