"""A blank form without a table -> a form that each district answers once: items below one another, each with its answer
beside, below or behind it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.drafting.columns import free_key
from pipeline.drafting.fields import FIELD, OF_A_PLACE, Surroundings, surroundings
from pipeline.drafting.guesses import guess
from pipeline.drafting.sheet import label_text
from pipeline.extract.answers import FEWEST_LABELS, find_answers
from pipeline.extract.rows import FOOTER_WORDS
from pipeline.forms import labels_of
from pipeline.headings import unnumbered
from pipeline.model import Cell, Grid
from pipeline.names import Names
from pipeline.normalise.amounts import is_blank
from pipeline.thai import clean, fold
from schemas.form import Column, Form, Kind

NUMBERED: Final = re.compile(r"\(?[๐-๙0-9]{1,2}\)?\s*[.)]\s*(?=\S)")
WHEN: Final = (fold("ครั้งที่"), fold("รอบที่"))
NO_ANSWERS: Final[tuple[Kind, ...]] = ("ignored", "item", "percent")
"""Kinds that only a row of a table has."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a blank: the answer that it asks for, the cell of its label, the form that knows it, or empty, and
    whether more places to write stand in its line."""

    column: Column
    cell: Cell
    known: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class Questions:
    """A sheet of items, and what stands above and below them."""

    grid: Grid
    items: tuple[Item, ...]
    around: Surroundings


def questions_of(grid: Grid, forms: Mapping[str, Form]) -> Questions | None:
    """The items of a sheet; none if there are fewer than the reader knows a sheet by."""
    cells = [Cell(position, value) for position, value in sorted(grid.cells.items())]
    labels = [cell for cell in cells if _is_item(cell)]
    if len(labels) < FEWEST_LABELS:
        return None
    first, last = labels[0].position, labels[-1].position
    above = [cell for cell in cells if cell.position < first]
    below = [cell for cell in cells if cell.position > last]
    items = tuple(_items(labels, [form for form in forms.values() if form.grain == "district"]))
    return Questions(grid, items, surroundings(above, below, list(forms.values())))


def _is_item(cell: Cell) -> bool:
    """Whether a cell is numbered as an item, or leaves room to write, and says neither whose report it is nor who
    signs."""
    if not isinstance(cell.value, str) or is_blank(cell.value):
        return False
    text = clean(cell.value)
    words = fold(unnumbered(text))
    if not words or words.startswith(FOOTER_WORDS):
        return False
    of_a_place = words.startswith(WHEN) or any(word in words for word in OF_A_PLACE)
    return NUMBERED.match(text) is not None or (FIELD.match(text) is not None and not of_a_place)


def _items(labels: Sequence[Cell], known: Sequence[Form]) -> Iterator[Item]:
    """Each item once; its key is that of a form that knows it, else a running number."""
    used: set[str] = set()
    said: set[str] = set()
    for number, cell in enumerate(labels, start=1):
        header = _header(cell)
        folded = fold(unnumbered(header))
        if not folded or folded in said:
            continue
        several = len(FIELD.findall(clean(str(cell.value)))) > 1
        item = _known(cell, header, known, used) or Item(_guessed(cell, header), cell)
        key = item.column.key or free_key(f"column_{number}", used)
        said.add(folded)
        used.add(key)
        yield replace(item, column=replace(item.column, key=key), several=several)


def _header(cell: Cell) -> str:
    """The label as far as the room behind it, without its number."""
    line = next(clean(line) for line in str(cell.value).splitlines() if clean(line))
    field = FIELD.match(line)
    return label_text(NUMBERED.sub("", field[1] if field else line, count=1)).strip(" :=-–")


def _known(cell: Cell, header: str, known: Sequence[Form], used: set[str]) -> Item | None:
    """The answer of a form that is there whose own label this is."""
    folded = fold(unnumbered(header))
    for form in known:
        for column in form.row_columns:
            labels = [label for label in column.labels if fold(unnumbered(label)) == folded]
            if labels and not column.group and column.key not in used:
                own = replace(column, header=header, labels=labels_of("", header, column.labels))
                return Item(own, cell, form.key)
    return None


def _guessed(cell: Cell, header: str) -> Column:
    field = FIELD.match(clean(str(cell.value)))
    guessed = guess(f"{header} ({field[2]})" if field else header, (), "", "")
    kind = "text" if guessed.kind in NO_ANSWERS else guessed.kind
    unit = guessed.unit if kind == guessed.kind else ""
    return Column("", header, "", "answer", kind, unit, True, False, labels_of("", header, ()))


def unanswered(asked: Questions, form: Form, names: Names) -> tuple[Item, ...]:
    """The items that the reader does not find on the blank that they were drafted from."""
    found = known_keys(asked, form, names)
    return tuple(item for item in asked.items if item.column.key not in found)


def known_keys(asked: Questions, form: Form, names: Names) -> frozenset[str]:
    """The keys of a form that the reader finds on a blank."""
    return frozenset(key for table in find_answers(asked.grid, form, names) for key in table.columns)
