"""A form that is filled in once: labels, each with its answer beside it, below it or behind it -> one row.

The letter's eight items come as lines of label and answer, as a label with lines below, with the answer behind a colon
in the label's own cell, or with the labels side by side and the answers under them. All of them are read alike: what
stands between a label and the next one, in reading order, is its answer.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.extract.marks import Mark, labels_of, marks_of
from pipeline.extract.parts import joined, parts_of
from pipeline.extract.rows import FOOTER_WORDS
from pipeline.model import Cell, Finding, Grid, Position, Table, TableRow
from pipeline.names import Names
from pipeline.thai import arabic_digits, clean, fold
from schemas.form import Form

FEWEST_LABELS = 3
SIDE_BY_SIDE = 3
NUMBERING = re.compile(r"\(?[0-9]{1,2}\)?[.)]?")


Answers = Mapping[tuple[str, str], Sequence[Cell]]
"""The cells that answer, by the group and key of their label."""


def find_answers(grid: Grid, form: Form, names: Names) -> tuple[Table, ...]:
    """The sheet as one table of one row, if it holds at least three of the form's labels."""
    labels = labels_of(form)
    cells = [Cell(position, value) for position, value in sorted(grid.cells.items())]
    marks = marks_of(cells, labels, form)
    if len({(mark.label.group, mark.label.key) for mark in marks}) < FEWEST_LABELS:
        return ()
    first = marks[0].cell.position
    heading = tuple(cell for cell in cells if cell.position < first)
    body, footer = _without_footer([cell for cell in cells if cell.position >= first], marks)
    answers = _answers(body, marks)
    found = _with_pictures(dict(_found(answers, marks, form, names)), grid, form)
    row = TableRow(first[0], found, {}, ())
    return (
        Table(
            form=form.key,
            sheet=grid.sheet,
            heading=heading,
            footer=footer,
            columns={key: cell.position[1] for key, cell in found.items()},
            rows=(row,),
            totals=(),
            findings=(*_missing(grid, form, found, first), *_broken(grid)),
            read=len(grid.cells),
            set_aside=0,
            pictures=grid.pictures,
        ),
    )


def _with_pictures(found: Mapping[str, Cell], grid: Grid, form: Form) -> dict[str, Cell]:
    """The answers, with the number of pictures that stand on the sheet, at the first of them, where it has any: what
    is written about them is only asked where there are none."""
    counted = [column.key for column in form.row_columns if column.kind == "pictures" and grid.pictures]
    return {**found, **{key: Cell(grid.pictures[0].position, len(grid.pictures)) for key in counted}}


def _without_footer(
    cells: Sequence[Cell], marks: Sequence[Mark]
) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """The cells as far as the signature, and the signature: words of a footer below the last label."""
    last = marks[-1].cell.position
    start = next(
        (
            cell.position[0]
            for cell in cells
            if cell.position[0] > last[0]
            and isinstance(cell.value, str)
            and fold(cell.value).startswith(FOOTER_WORDS)
        ),
        None,
    )
    if start is None:
        return tuple(cells), ()
    body = tuple(cell for cell in cells if cell.position[0] < start)
    return body, tuple(cell for cell in cells if cell.position[0] >= start)


def _answers(cells: Sequence[Cell], marks: Sequence[Mark]) -> Answers:
    """What answers each label. Where several labels stand side by side and nothing else in their row, that is what
    stands in the columns below them; else whatever comes before the next label."""
    at = {mark.cell.position: mark for mark in marks}
    across = _across(cells, at)
    found: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    last: Mark | None = None
    for number, cell in enumerate(cells):
        if cell.position in at:
            last = at[cell.position]
        elif not _is_numbering(number, cells, at):
            row = max((row for row in across if row < cell.position[0]), default=-1)
            above = (
                across[row].get(cell.position[1]) if row >= (last.cell.position[0] if last else 0) else None
            )
            answered = above or last
            if answered:
                found[(answered.label.group, answered.label.key)].append(cell)
    for mark in marks:
        place = (mark.label.group, mark.label.key)
        if mark.behind and place not in found:
            found[place].append(Cell(mark.cell.position, mark.behind))
    return found


def _across(cells: Sequence[Cell], at: Mapping[Position, Mark]) -> Mapping[int, Mapping[int, Mark]]:
    """The rows that hold labels and nothing else, three at least: the labels by their column."""
    rows: dict[int, list[Position]] = defaultdict(list)
    for cell in cells:
        rows[cell.position[0]].append(cell.position)
    return {
        row: {position[1]: at[position] for position in positions}
        for row, positions in rows.items()
        if len(positions) >= SIDE_BY_SIDE and all(position in at for position in positions)
    }


def _is_numbering(number: int, cells: Sequence[Cell], at: Mapping[Position, Mark]) -> bool:
    """Whether a cell is the number of the item whose label stands beside it: the first of its row."""
    row = cells[number].position[0]
    first = number == 0 or cells[number - 1].position[0] != row
    beside = cells[number + 1].position if number + 1 < len(cells) else (-1, -1)
    written = arabic_digits(clean(str(cells[number].value)))
    return first and beside in at and beside[0] == row and NUMBERING.fullmatch(written) is not None


def _found(answers: Answers, marks: Sequence[Mark], form: Form, names: Names) -> Iterator[tuple[str, Cell]]:
    """The answer of each column: its own, a part of its group's, or an empty place beside its label."""
    places = {mark.label.key: mark.cell.position for mark in marks}
    for group in dict.fromkeys(column.group for column in form.row_columns):
        columns = [column for column in form.row_columns if column.group == group]
        parts = parts_of(answers.get((group, ""), ()), columns, names) if group else {}
        for column in columns:
            own = answers.get((group, column.key), ())
            if own:
                yield column.key, joined(own)
            elif column.key in parts:
                yield column.key, parts[column.key]
            elif column.key in places:
                row, place = places[column.key]
                yield column.key, Cell((row, place + 1), "")


def _missing(grid: Grid, form: Form, found: Mapping[str, Cell], first: Position) -> Iterator[Finding]:
    """Required answers whose label is not there."""
    place = Cell(first, "").address
    for column in form.row_columns:
        if column.required and column.key not in found:
            yield Finding("MISSING_ITEM", grid.sheet, place, facts=(("column", column.full_title),))


def _broken(grid: Grid) -> Iterator[Finding]:
    """Error cells and formulas never calculated."""
    for position, error in sorted(grid.errors.items()):
        yield Finding("ERROR_CELL", grid.sheet, Cell(position, "").address, error)
    for position in sorted(grid.uncached):
        yield Finding("NO_CACHED_VALUE", grid.sheet, Cell(position, "").address)
