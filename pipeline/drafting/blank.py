"""The tables of a blank sheet, each with what stands above and below it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.drafting.sheet import Block, Sheet, find_blocks, sheet_of
from pipeline.drafting.stacks import BlankColumn, columns_of
from pipeline.model import Cell, Grid, address, column_letters
from pipeline.thai import fold_label


@dataclass(frozen=True, slots=True)
class BlankTable:
    """One table of a blank sheet: its header, its columns, and the cells above and below it."""

    sheet: Sheet
    block: Block
    columns: tuple[BlankColumn, ...]
    heading: tuple[Cell, ...]
    below: tuple[Cell, ...]

    @property
    def name(self) -> str:
        """The name of its sheet."""
        return self.sheet.grid.sheet

    @property
    def place(self) -> str:
        """Where it stands, in the words of a report."""
        columns = f"{column_letters(self.block.columns[0])} ถึง {column_letters(self.block.columns[-1])}"
        return f'แผ่น "{self.name}" แถว {self.block.first + 1} คอลัมน์ {columns}'

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels of the header, folded: equal for the same table on another page or sheet."""
        return tuple(fold_label(str(label.value)) for column in self.columns for label in column.labels)


def blank_tables(grid: Grid) -> tuple[BlankTable, ...]:
    """The tables of a sheet in the order of reading; one that is printed again on the next page stands once."""
    sheet = sheet_of(grid)
    blocks = find_blocks(sheet)
    tables = [_table(sheet, block, blocks) for block in blocks]
    return tuple({table.labels: table for table in reversed(tables)}.values())[::-1]


def cell_place(sheet: str, cell: Cell) -> str:
    """A cell in the words of a report."""
    return f'แผ่น "{sheet}" เซลล์ {address(cell.position)}'


def _table(sheet: Sheet, block: Block, blocks: Sequence[Block]) -> BlankTable:
    above = max((other.last + 1 for other in blocks if other.last < block.first), default=0)
    ends = min((other.first for other in blocks if other.first > block.last), default=None)
    return BlankTable(
        sheet,
        block,
        columns_of(sheet, block),
        heading=_cells(sheet.grid, lambda row: above <= row < block.first),
        below=_cells(sheet.grid, lambda row: row > block.last and (ends is None or row < ends)),
    )


def _cells(grid: Grid, wanted: Callable[[int], bool]) -> tuple[Cell, ...]:
    """The cells of the wanted rows, in the order of reading."""
    return tuple(
        Cell(position, grid.cells[position]) for position in sorted(grid.cells) if wanted(position[0])
    )
