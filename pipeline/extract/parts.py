"""Answers that stand together in one cell: หมู่ที่ 5 บ้านหนองไผ่ ตำบลเมืองเดช, or several offices and a number of people."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pipeline.extract.labels import LEVELS
from pipeline.headings import plain
from pipeline.model import Cell
from pipeline.names import Names, is_local_body
from pipeline.normalise import is_nothing
from pipeline.thai import arabic_digits
from schemas.form import Column

BETWEEN_NAMES = re.compile(r"[,/;\n]|\s+และ\s*|\s+-\s+")
PEOPLE = re.compile(r"([0-9][0-9,]*)\s*คน")
STOPS = ("อำเภอ", "จังหวัด", "อ.", "จ.")
"""What ends an answer that stands with others in one cell, and is no answer itself."""


def joined(cells: Sequence[Cell]) -> Cell:
    """One answer of all its lines, at the first of them."""
    told = [cell for cell in cells if not is_nothing(cell.value)] or cells
    if len(told) == 1:
        return told[0]
    return Cell(told[0].position, "\n".join(str(cell.value) for cell in told))


def parts_of(cells: Sequence[Cell], columns: Sequence[Column], names: Names) -> dict[str, Cell]:
    """The answers of a group that stand together: หมู่ที่ 5 บ้านหนองไผ่ ตำบลเมืองเดช. Without labels of their own, the
    one local body that is named, and the one number of people, never one of several; and all that is written there
    answers the first of them."""
    parts: dict[str, Cell] = {}
    for cell in cells:
        for key, text in labelled_parts(str(cell.value), columns):
            parts.setdefault(key, Cell(cell.position, text))
    for column in columns:
        if column.key not in parts and column.kind in ("name", "count"):
            said = [part for cell in cells for part in _said(column, cell, names)]
            parts |= {column.key: said[0]} if len(said) == 1 else {}
    first = next(column.key for column in columns if column.written)
    return parts if first in parts or not cells else {first: joined(cells), **parts}


def labelled_parts(text: str, columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """Each part of a text that stands behind one of the columns' labels, as far as the next."""
    keys = {label: column.key for column in columns for label in column.labels if LEVELS not in label}
    words = sorted((*keys, *STOPS), key=len, reverse=True)
    pattern = re.compile(rf"(?:^|(?<=[\s,/;:]))({'|'.join(map(re.escape, words))})\s*[:.]?\s*")
    found = list(pattern.finditer(plain(text)))
    for here, after in zip_longest(found, found[1:]):
        part = plain(text)[here.end() : after.start() if after else None].strip(" ,;/")
        if here[1] in keys and part:
            yield keys[here[1]], part


def _said(column: Column, cell: Cell, names: Names) -> Iterator[Cell]:
    """What a cell says of a column in words of its own: each local body that it names, each number of people."""
    text = plain(str(cell.value))
    found: list[str] = PEOPLE.findall(arabic_digits(text))
    if column.kind == "name":
        found = [_named(part.split(), names) for part in BETWEEN_NAMES.split(text)]
    yield from (Cell(cell.position, part) for part in found if part)


def _named(words: Sequence[str], names: Names) -> str:
    """The local body that some words begin with; empty if they begin with none."""
    begins = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((text for text in begins if is_local_body(text, names)), "")
