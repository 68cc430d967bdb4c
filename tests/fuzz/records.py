"""Mutations of the records of an Excel 97 workbook: their types, lengths and contents, the container left whole."""

import struct
from random import Random

from tests.fuzz import raw

BEGIN = b"\x09\x08\x10\x00\x00\x06"
"""The first record of a stream of Excel 97: its type, its length, its version."""
TYPES = (
    0x06,
    0x0A,
    0x3C,
    0x85,
    0x8C,
    0x42,
    0x2F,
    0xBD,
    0xBE,
    0xE5,
    0xFC,
    0xFD,
    0x203,
    0x204,
    0x205,
    0x207,
    0x208,
    0x27E,
)
SHORTS = (0, 1, 2, 0x7F, 0xFF, 0x100, 0x7FFF, 0x8000, 0x2020, 0x2024, 0xFFFE, 0xFFFF)
LONGS = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
NUMBERS = (
    0.0,
    -0.0,
    -1.0,
    0.5,
    1e15,
    2.0**53,
    1e308,
    -1e308,
    5e-324,
    float("inf"),
    float("-inf"),
    float("nan"),
)

Record = tuple[int, int]
"""Where a record begins and ends, its head of four bytes included."""


def records_of(data: bytes) -> list[Record]:
    """The records from the beginning of the stream on, as far as they make sense."""
    found: list[Record] = []
    place = data.find(BEGIN)
    while 0 <= place <= len(data) - 4:
        kind, length = struct.unpack_from("<HH", data, place)
        if not kind or place + 4 + length > len(data):
            break
        found.append((place, place + 4 + length))
        place += 4 + length
    return found


def _patched(data: bytes, place: int, patch: bytes) -> bytes:
    return data[:place] + patch + data[place + len(patch) :]


def set_type(random: Random, data: bytes, record: Record) -> bytes:
    return _patched(data, record[0], struct.pack("<H", random.choice(TYPES)))


def set_length(random: Random, data: bytes, record: Record) -> bytes:
    length = record[1] - record[0] - 4
    near = (max(length - 1, 0), length + 1, length + 4)
    return _patched(data, record[0] + 2, struct.pack("<H", random.choice((*SHORTS, *near)) & 0xFFFF))


def set_value(random: Random, data: bytes, record: Record) -> bytes:
    """A number at a boundary, of two, four or eight bytes, somewhere in the record."""
    patch = random.choice(
        (
            struct.pack("<H", random.choice(SHORTS)),
            struct.pack("<I", random.choice(LONGS)),
            struct.pack("<d", random.choice(NUMBERS)),
        )
    )
    last = record[1] - len(patch)
    if last < record[0] + 4:
        return set_length(random, data, record)
    return _patched(data, random.randint(record[0] + 4, last), patch)


def spoil(random: Random, data: bytes, record: Record) -> bytes:
    start, end = record
    body = data[start + 4 : end]
    return data if not body else _patched(data, start + 4, raw.flip_bits(random, body))


def drop(_: Random, data: bytes, record: Record) -> bytes:
    """What follows moves up; the end of the stream is filled, so that nothing else moves."""
    start, end = record
    stop = records_of(data)[-1][1]
    return data[:start] + data[end:stop] + bytes(end - start) + data[stop:]


def exchange(random: Random, data: bytes, record: Record) -> bytes:
    first, last = sorted((record, random.choice(records_of(data))))
    between = data[first[1] : last[0]]
    if first == last:
        return spoil(random, data, record)
    return data[: first[0]] + data[slice(*last)] + between + data[slice(*first)] + data[last[1] :]


CHANGES = (set_type, set_length, set_value, set_value, set_value, spoil, drop, exchange)


def mutate(random: Random, data: bytes) -> bytes:
    """The workbook with one to three of its records changed."""
    for _ in range(random.randint(1, 3)):
        records = records_of(data)
        if records:
            data = random.choice(CHANGES)(random, data, random.choice(records))
    return data
