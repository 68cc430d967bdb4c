"""The records of an Excel 97-2003 workbook: its cells with a value counted apart from the reader ([MS-XLS] 2.1.4)."""

import struct
from collections.abc import Iterator
from typing import Final

from pipeline.model import Position

_BOUNDSHEET, _BOF, _EOF, _MULRK = 0x85, 0x809, 0x0A, 0xBD
_WORKSHEET: Final = 0
# NUMBER, RK, LABELSST, LABEL, RSTRING, BOOLERR, FORMULA
_VALUES: Final = frozenset({0x203, 0x27E, 0xFD, 0x204, 0xD6, 0x205, 0x06})

Record = tuple[int, bytes]


def stored_cells(stream: bytes) -> list[int]:
    """How many cells of each worksheet hold a value, an error or a text, empty ones too, in the order of the tabs.

    `struct.error` when the stream is cut short.
    """
    sheets = [content for number, content in _records(stream, 0) if number == _BOUNDSHEET]
    places = [struct.unpack_from("<IBB", content) for content in sheets]
    return [len(set(_positions(stream, start))) for start, _, kind in places if kind == _WORKSHEET]


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


def _positions(stream: bytes, start: int) -> Iterator[Position]:
    for number, content in _records(stream, start):
        if number in _VALUES:
            yield struct.unpack_from("<HH", content)
        elif number == _MULRK:
            row, first = struct.unpack_from("<HH", content)
            (last,) = struct.unpack("<H", content[-2:])
            yield from ((row, column) for column in range(first, last + 1))
