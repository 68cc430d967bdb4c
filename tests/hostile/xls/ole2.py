"""Writes compound files (OLE2), the house of .xls and of its neighbours: the structure honest unless told otherwise."""

import struct
from collections.abc import Sequence

from tests.sample.oddities import END, FAT_SECTOR, FREE, NONE, entry

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STORAGE, STREAM, ROOT = 1, 2, 5
MINI, CUTOFF = 64, 4096
Stream = tuple[str, bytes]


def container(streams: Sequence[Stream], storages: Sequence[str] = (), sector: int = 512) -> bytes:
    """A compound file of these streams and (empty) storages at its top; small streams lie in the mini stream.

    Sectors: the allocation table, the directory, then the streams one after another.
    """
    small = [data for _, data in streams if len(data) < CUTOFF]
    mini = b"".join(data.ljust(-(-len(data) // MINI) * MINI, b"\0") for data in small)
    mini_table = _chains([-(-len(data) // MINI) for data in small], 0)
    large = [data for _, data in streams if len(data) >= CUTOFF]
    mini_parts = [mini, struct.pack(f"<{len(mini_table)}I", *mini_table)] if small else []
    names = len(streams) + len(storages) + 1
    directory_sectors = -(-names * 128 // sector)
    counts = [-(-len(part) // sector) for part in (*mini_parts, *large)]
    table_sectors = -(-(directory_sectors + sum(counts) + 2) * 4 // (sector - 8)) + 1
    first = table_sectors
    chains = _chains([directory_sectors, *counts], first)
    table = [FAT_SECTOR] * table_sectors + chains
    table += [FREE] * (table_sectors * sector // 4 - len(table))
    starts = [first + directory_sectors + sum(counts[:number]) for number in range(len(counts))]
    directory = _directory(streams, storages, starts, bool(small), len(mini))
    directory = directory.ljust(directory_sectors * sector, b"\0")
    parts = b"".join(
        part.ljust(count * sector, b"\0") for part, count in zip((*mini_parts, *large), counts, strict=True)
    )
    mini_start = starts[1] if small else END
    head = _header(sector, table_sectors, first, mini_start, counts[1] if small else 0, directory_sectors)
    return head + struct.pack(f"<{len(table)}I", *table) + directory + parts


def _chains(counts: Sequence[int], start: int) -> list[int]:
    """The allocation table of runs of sectors that lie one after another."""
    table: list[int] = []
    for count in counts:
        at = start + len(table)
        table += [*range(at + 1, at + count), END] if count else []
    return table


def _directory(
    streams: Sequence[Stream], storages: Sequence[str], starts: Sequence[int], has_small: bool, mini_size: int
) -> bytes:
    names = len(streams) + len(storages)
    made = [entry("Root Entry", ROOT, starts[0] if has_small else END, mini_size, child=1 if names else NONE)]
    large, mini = list(starts[2:] if has_small else starts), 0
    for number, (name, data) in enumerate(streams, 1):
        right = number + 1 if number < names else NONE
        start = large.pop(0) if len(data) >= CUTOFF else mini
        mini += -(-len(data) // MINI) if len(data) < CUTOFF else 0
        made.append(entry(name, STREAM, start, len(data), right=right))
    for number, name in enumerate(storages, len(streams) + 1):
        made.append(entry(name, STORAGE, 0, 0, right=number + 1 if number < names else NONE))
    return b"".join(made)


def _header(sector: int, tables: int, directory: int, mini: int, minis: int, directory_sectors: int) -> bytes:
    version, shift = (3, 9) if sector == 512 else (4, 12)
    head = struct.pack("<8s16xHHHHH6x", MAGIC, 0x3E, version, 0xFFFE, shift, 6)
    in_directory = 0 if version == 3 else directory_sectors
    head += struct.pack("<IIIIIIIIII", in_directory, tables, directory, 0, CUTOFF, mini, minis, END, 0, 0)
    head += struct.pack(f"<{tables - 1}I", *range(1, tables)) if tables > 1 else b""
    return (head + struct.pack("<I", FREE) * (109 - tables)).ljust(sector, b"\0")
