"""The labels above each column of a header whose rows are known, and the unit that a row of units below them gives."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.drafting.sheet import Block, Sheet, is_wide, label_text
from pipeline.drafting.units import is_unit
from pipeline.model import Cell, Position
from pipeline.thai import clean


@dataclass(frozen=True, slots=True)
class BlankColumn:
    """A column of a blank table: the labels above it, top to bottom, with their positions; `under` is the unit that a
    row of units below the labels gives."""

    number: int
    labels: tuple[Cell, ...]
    under: str = ""

    @property
    def label(self) -> Cell:
        """The lowest label: the column's own."""
        return self.labels[-1]

    @property
    def header(self) -> str:
        return label_text(self.label.value)

    @property
    def group(self) -> str:
        """The labels above its own, joined: a form of three levels has one group of two."""
        return " ".join(label_text(label.value) for label in self.labels[:-1])


def columns_of(sheet: Sheet, block: Block) -> tuple[BlankColumn, ...]:
    """The columns of a table with their labels. What is merged over several columns down to the bottom is one."""
    stacks: dict[tuple[Position, ...], BlankColumn] = {}
    for number in block.columns:
        labels = _stack(sheet, block, number)
        if labels:
            stacks.setdefault(tuple(label.position for label in labels), BlankColumn(number, labels))
    uses = Counter(label.position for column in stacks.values() for label in column.labels)
    return tuple(_without_unit(column, uses) for column in stacks.values())


def _without_unit(column: BlankColumn, uses: Mapping[Position, int]) -> BlankColumn:
    """A unit in a row of its own is no level of the header; under a label that other columns share it is their name."""
    *above, lowest = column.labels
    if above and uses[above[-1].position] == 1 and is_unit(str(lowest.value)):
        return replace(column, labels=tuple(above), under=clean(str(lowest.value)).strip("()（） "))
    return column


def _stack(sheet: Sheet, block: Block, number: int) -> tuple[Cell, ...]:
    """The labels above a column; one that is written again directly below itself counts there alone. Where merges were
    lost, a group is taken over from the left."""
    rows = range(block.first, block.last + 1)
    own = [row for row in rows if number in sheet.line(row)]
    labels: list[Cell] = []
    for row in rows:
        anchor = sheet.line(row).get(number)
        if anchor is None and own and row < own[0]:
            anchor = _group_from_left(sheet, block, (row, number))
        if anchor is not None:
            again = labels and clean(str(labels[-1].value)) == clean(str(sheet.grid.cells[anchor]))
            labels[len(labels) - bool(again) :] = [Cell(anchor, sheet.grid.cells[anchor])]
    return tuple(labels)


def _group_from_left(sheet: Sheet, block: Block, position: Position) -> Position | None:
    """The next label to the left, if it is written above another one and is not merged: then it may reach further."""
    row, number = position
    line = sheet.line(row)
    left = max((other for other in line if block.columns[0] <= other < number), default=None)
    if left is None or is_wide(sheet, line[left]):
        return None
    below = [sheet.line(under).get(left) for under in range(row + 1, block.last + 1) if under in sheet.lines]
    return line[left] if any(other not in (None, line[left]) for other in below) else None
