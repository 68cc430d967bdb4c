"""Writes the report as an .xls and lets records be replaced, added or falsified."""

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import xlwt

from tests.hostile.ground import CELLS, SHEET, place
from tests.hostile.xls.ole2 import container

BOF, EOF, BOUNDSHEET, SST, CONTINUE = 0x809, 0x0A, 0x85, 0xFC, 0x3C
NUMBER, RK, MULRK, LABEL, LABELSST, RSTRING = 0x203, 0x27E, 0xBD, 0x204, 0xFD, 0xD6
BOOLERR, FORMULA, STRING, SHARED, ARRAY, TABLE = 0x205, 0x06, 0x207, 0x4BC, 0x221, 0x236
FILEPASS, DIMENSIONS, ROW, COLINFO, MERGES, CODEPAGE = 0x2F, 0x200, 0x208, 0x7D, 0xE5, 0x42
GENERAL, DAY = 17, 18
"""Formats of cells in the workbooks that are written here."""
ONE_PLUS_ONE = struct.pack("<H", 7) + b"\x1e\x01\x00\x1e\x01\x00\x03"


@dataclass(frozen=True)
class Record:
    code: int
    body: bytes

    @property
    def data(self) -> bytes:
        return struct.pack("<HH", self.code, len(self.body)) + self.body


def stream(without: Iterable[str] = (), *, style: Callable[[xlwt.Workbook], None] = lambda _: None) -> bytes:
    """The records of the report; `style` may do more to the workbook before it is written."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(SHEET)
    left_out = frozenset(without)
    plain = xlwt.easyxf()
    for cell, value in CELLS.items():
        if cell not in left_out:
            row, column = place(cell)
            page.write(row - 1, column - 1, value, plain)
    page.write(200, 0, None, xlwt.easyxf(num_format_str="d/m/yyyy"))  # so that there is a format of days
    style(book)
    return book.get_biff_data()


def records(data: bytes) -> list[Record]:
    found, at = [], 0
    while at + 4 <= len(data):
        code, length = struct.unpack_from("<HH", data, at)
        found.append(Record(code, data[at + 4 : at + 4 + length]))
        at += 4 + length
    return found


def joined(found: Sequence[Record]) -> bytes:
    """The records as a stream, with the places of the sheets put right."""
    starts, at, depth = [], 0, 0
    for each in found:
        if each.code == BOF:
            starts += [at] if depth == 0 else []
            depth += 1
        depth -= each.code == EOF
        at += len(each.data)
    places = iter(starts[1:])
    settled = [_placed(each, places) if each.code == BOUNDSHEET else each for each in found]
    return b"".join(each.data for each in settled)


def _placed(sheet: Record, places: Iterable[int]) -> Record:
    return replace(sheet, body=struct.pack("<I", next(iter(places), 0)) + sheet.body[4:])


def edited(data: bytes, code: int, change: Callable[[Record], Sequence[Record]], *, times: int = 1) -> bytes:
    """The stream with the first record of a code replaced by others (or nothing)."""
    made: list[Record] = []
    left = times
    for each in records(data):
        if each.code == code and left:
            left -= 1
            made += change(each)
        else:
            made.append(each)
    assert left == 0, hex(code)
    return joined(made)


def with_records(data: bytes, *more: Record, before: int = EOF) -> bytes:
    """The stream with records before the last one of a code: by default at the end of the last sheet."""
    found = records(data)
    at = max(number for number, each in enumerate(found) if each.code == before)
    return joined([*found[:at], *more, *found[at:]])


def in_globals(data: bytes, *more: Record) -> bytes:
    """The stream with records behind the very first."""
    found = records(data)
    return joined([found[0], *more, *found[1:]])


def at(cell: str, style: int = GENERAL) -> bytes:
    """How a cell's record begins."""
    row, column = place(cell)
    return struct.pack("<HHH", row - 1, column - 1, style)


def number(cell: str, value: float, style: int = GENERAL) -> Record:
    return Record(NUMBER, at(cell, style) + struct.pack("<d", value))


def rk(cell: str, raw: int) -> Record:
    return Record(RK, at(cell) + struct.pack("<I", raw & 0xFFFFFFFF))


def error(cell: str, code: int) -> Record:
    return Record(BOOLERR, at(cell) + bytes([code, 1]))


def formula(cell: str, result: bytes, flags: int = 0) -> Record:
    """A formula with a result of eight bytes."""
    return Record(FORMULA, at(cell) + result + struct.pack("<HI", flags, 0) + ONE_PLUS_ONE)


def special(kind: int, value: int = 0) -> bytes:
    """A result that is no number: 0 a text (in the next record), 1 a truth, 2 an error, 3 an empty text."""
    return struct.pack("<BxBxxxH", kind, value, 0xFFFF)


def unicode(text: str, width: str = "<H") -> bytes:
    """A text as records hold it, two bytes a letter."""
    return struct.pack(width, len(text)) + b"\x01" + text.encode("utf-16-le")


def housed(data: bytes, name: str = "Workbook") -> bytes:
    """The stream in its container."""
    return container([(name, data)])


def xls(
    *more: Record, without: Iterable[str] = (), style: Callable[[xlwt.Workbook], None] = lambda _: None
) -> bytes:
    """The report as a file, without some cells and with other records for them."""
    return housed(with_records(stream(without, style=style), *more))
