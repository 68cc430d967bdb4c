"""The records of an Excel 97-2003 workbook, looked at apart from the reader ([MS-XLS] 2.1.4): how many cells hold a
value, and which formulas were never calculated."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.model import Position

_BOUNDSHEET, _BOF, _EOF, _MULRK, _FORMULA = 0x85, 0x809, 0x0A, 0xBD, 0x06
_WORKSHEET, _MACRO_SHEET = 0, 1
# NUMBER, RK, LABELSST, LABEL, RSTRING, BOOLERR, FORMULA
_VALUES: Final = frozenset({0x203, 0x27E, 0xFD, 0x204, 0xD6, 0x205, _FORMULA})
# What a program that cannot calculate leaves: the number 0, and the wish to be calculated when the file is opened.
_NAUGHT, _ON_LOAD = bytes(8), 0x2

Record = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Stored:
    """A worksheet: `cells` counts its records with a value, an error or a text, an empty one too (two for one cell
    count twice: a reader keeps one of them); `uncached` are the formulas without a result."""

    cells: int
    uncached: frozenset[Position]


@dataclass(frozen=True, slots=True)
class Records:
    """The worksheets in the order of their tabs, and whether there are macro sheets of Excel 4 among them."""

    sheets: tuple[Stored, ...]
    macros: bool


def scan_records(stream: bytes) -> Records:
    """Look through the stream of a workbook; `struct.error` when it is cut short."""
    tabs = [content for number, content in _records(stream, 0) if number == _BOUNDSHEET]
    places = [struct.unpack_from("<IBB", content) for content in tabs]
    return Records(
        tuple(_stored(stream, start) for start, _, kind in places if kind == _WORKSHEET),
        any(kind == _MACRO_SHEET for _, _, kind in places),
    )


def _stored(stream: bytes, start: int) -> Stored:
    cells = 0
    uncached: set[Position] = set()
    for number, content in _records(stream, start):
        if number == _MULRK:
            first, last = struct.unpack_from("<2xH", content)[0], struct.unpack("<H", content[-2:])[0]
            cells += last - first + 1
        elif number in _VALUES:
            cells += 1
        if number == _FORMULA and _is_uncached(content):
            uncached.add(struct.unpack_from("<HH", content))
    return Stored(cells, frozenset(uncached))


def _is_uncached(content: bytes) -> bool:
    (wishes,) = struct.unpack_from("<H", content, 14)
    return content[6:14] == _NAUGHT and bool(wishes & _ON_LOAD)


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of a substream from its BOF to its EOF; those of embedded charts are left out."""
    depth = 0
    while at < len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        at += 4
        depth += (number == _BOF) - (number == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield number, stream[at : at + length]
        at += length
