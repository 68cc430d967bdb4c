"""Zip archives as a fault or an attacker makes them, byte by byte; the standard library would not write them so."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
STORED, DEFLATED = 0, 8
MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Entry:
    """One entry as it is written; what the two headers claim may differ from what is there.

    `at`: the number of the entry whose bytes this one claims as its own.
    """

    name: bytes
    stored: bytes
    size: int
    crc: int
    packed_size: int
    method: int = DEFLATED
    flags: int = 0x800
    local_name: bytes | None = None
    local_size: int | None = None
    at: int | None = None


def entry(name: str, content: bytes | str, method: int = DEFLATED) -> Entry:
    """An honest entry."""
    data = content.encode() if isinstance(content, str) else content
    packed = deflated(data) if method == DEFLATED else data
    return Entry(name.encode(), packed, len(data), zlib.crc32(data), len(packed), method)


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def entries(parts: Mapping[str, str | bytes]) -> list[Entry]:
    return [entry(name, content) for name, content in parts.items()]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An honest archive, the same bytes every time."""
    return archive(entries(parts))


def changed(found: Sequence[Entry], name: str, change: Callable[[Entry], Entry]) -> list[Entry]:
    """The entries with one of them changed."""
    assert any(each.name == name.encode() for each in found), name
    return [change(each) if each.name == name.encode() else each for each in found]


def archive(found: Sequence[Entry], comment: bytes = b"") -> bytes:
    """The bytes of an archive of these entries."""
    body, places = bytearray(), []
    for each in found:
        places.append(places[each.at] if each.at is not None else len(body))
        body += b"" if each.at is not None else local_header(each) + each.stored
    directory = b"".join(central_header(each, place) for each, place in zip(found, places, strict=True))
    end = struct.pack(
        "<4sHHHHIIH", END, 0, 0, len(found), len(found), len(directory), len(body), len(comment)
    )
    return bytes(body) + directory + end + comment


def local_header(each: Entry) -> bytes:
    name = each.name if each.local_name is None else each.local_name
    size = each.size if each.local_size is None else each.local_size
    fields = (
        LOCAL,
        20,
        each.flags,
        each.method,
        0,
        0x21,
        each.crc,
        each.packed_size,
        size,
        len(name),
        0,
    )
    return struct.pack("<4sHHHHHIIIHH", *fields) + name


def central_header(each: Entry, place: int) -> bytes:
    sizes = (each.crc, each.packed_size, each.size, len(each.name), 0, 0, 0, 0, 0, place)
    head = struct.pack("<4sHHHHHHIIIHHHHHII", CENTRAL, 20, 20, each.flags, each.method, 0, 0x21, *sizes)
    return head + each.name


@cache
def zeros(mebibytes: int) -> tuple[bytes, int, int]:
    """So many mebibytes of zeros, deflated a thousand times smaller without ever being laid out: content, size, CRC."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = bytes(MEBIBYTE)
    block = packer.compress(once) + packer.flush(zlib.Z_FULL_FLUSH)  # leaves no trace, so it may stand again
    crc = 0
    for _ in range(mebibytes):
        crc = zlib.crc32(once, crc)
    return block * mebibytes + packer.flush(), mebibytes * MEBIBYTE, crc


def swollen(name: str, mebibytes: int) -> Entry:
    """A part of nothing but zeros."""
    packed, size, crc = zeros(mebibytes)
    return Entry(name.encode(), packed, size, crc, len(packed))


def by_library(parts: Mapping[str, str | bytes], method: int) -> bytes:
    """An archive with a method of compression that only newer programs know."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in parts.items():
            file.writestr(_dated(name, method), content)
    return buffer.getvalue()


def streamed(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive as a program writes it that cannot go back: sizes stand behind the contents."""

    class Pipe(io.RawIOBase):
        """Takes bytes and cannot seek."""

        def __init__(self) -> None:
            self.taken = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:
            self.taken += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(_dated(name, zipfile.ZIP_DEFLATED), content)
    return bytes(pipe.taken)


def _dated(name: str, method: int) -> zipfile.ZipInfo:
    """An entry that does not tell when it was written."""
    info = zipfile.ZipInfo(name, (2021, 2, 1, 8, 30, 0))
    info.compress_type = method
    return info
