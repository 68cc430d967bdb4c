"""A workbook's zip, whose entries are copied as they are packed, and the parts of ours that go beside them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pipeline.write.returned.unmarkable import Unmarkable

MOST_ENTRIES: Final = 2_000
LARGEST_PART: Final = 64 << 20
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 0x1, 0x8, 0x800
_LONGEST: Final = 0xFFFFFFFF
_EPOCH: Final = (0, 0x21)  # 1 January 1980, the first day that a zip knows
_MADE_BY: Final = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is packed: its name and flags as they are, `when` in the zip's own two numbers."""

    name: bytes
    flags: int
    method: int
    when: tuple[int, int]
    crc: int
    size: int
    packed: bytes
    internal: int = 0
    external: int = 0
    made_by: int = _MADE_BY


@dataclass(frozen=True, slots=True)
class Package:
    """The entries of a zip by name: lower case, forward slashes (some programs write neither)."""

    entries: Mapping[str, Entry]

    def read(self, name: str) -> bytes:
        """The content of a part, its checksum proved. Raises `Unmarkable`, `zlib.error`."""
        if name not in self.entries:
            raise Unmarkable(f"no part {name}")
        return unpacked(self.entries[name])


def open_package(data: bytes) -> Package:
    """The zip as it is. Raises `Unmarkable` for one that is not as office programs write it, and what `zipfile`
    raises for one that is damaged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    entries = {plain_name(info.filename): _entry(data, info) for info in infos}
    if len(entries) != len(infos) or len(infos) > MOST_ENTRIES:
        raise Unmarkable("entries of one name, or too many")
    return Package(entries)


def plain_name(name: str) -> str:
    """A part's name as parts are looked for."""
    return name.replace("\\", "/").lstrip("/").lower()


def _entry(data: bytes, info: zipfile.ZipInfo) -> Entry:
    at = info.header_offset
    header = data[at : at + _LOCAL.size]
    if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
        raise Unmarkable("an entry without its header")
    _, _, flags, method, time, day, *_, name_size, extra_size = _LOCAL.unpack(header)
    name = data[at + _LOCAL.size : at + _LOCAL.size + name_size]
    start = at + _LOCAL.size + name_size + extra_size
    packed = data[start : start + info.compress_size]
    if flags & _ENCRYPTED or info.flag_bits & _ENCRYPTED:
        raise Unmarkable("an encrypted entry")
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or method != info.compress_type:
        raise Unmarkable("a compression that office programs do not use")
    if len(packed) != info.compress_size or max(info.file_size, info.header_offset) >= _LONGEST:
        raise Unmarkable("an entry that is cut off or too large")
    made_by = info.create_system << 8 | info.create_version
    kept = flags & ~_SIZES_BEHIND
    return Entry(name, kept, method, (time, day), info.CRC, info.file_size, packed,
                 info.internal_attr, info.external_attr, made_by)  # fmt: skip


def unpacked(entry: Entry) -> bytes:
    """The content of an entry, its checksum proved. Raises `Unmarkable`, `zlib.error`."""
    if entry.size > LARGEST_PART:
        raise Unmarkable("a part that is too large")
    if entry.method == zipfile.ZIP_STORED:
        content = entry.packed
    else:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(entry.packed, entry.size + 1)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise Unmarkable("a part that is not what its entry says")
    return content


def packed(package: Package, parts: Mapping[str, bytes]) -> bytes:
    """The zip again, with `parts` in the place of those that they replace, or behind all others."""
    replaced = [
        _with_content(entry, parts[name]) if name in parts else entry
        for name, entry in package.entries.items()
    ]
    new = [
        _with_content(Entry(_new_name(package, name), _UTF8, 0, _EPOCH, 0, 0, b""), content)
        for name, content in parts.items()
        if name not in package.entries
    ]
    return _zip((*replaced, *new))


def _new_name(package: Package, name: str) -> bytes:
    """What a new part is called; what tells the relations of a part, as that part is, in capitals or not."""
    folder, _, file = name.rpartition("_rels/")
    source = package.entries.get(f"{folder}{file.removesuffix('.rels')}")
    if source is None or not folder:
        return name.encode()
    above, slash, last = source.name.replace(b"\\", b"/").rpartition(b"/")
    return b"".join((above, slash, b"_rels/", last, b".rels"))


def _with_content(entry: Entry, content: bytes) -> Entry:
    squeezer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    squeezed = squeezer.compress(content) + squeezer.flush()
    return replace(
        entry,
        flags=entry.flags & _UTF8,
        method=zipfile.ZIP_DEFLATED,
        crc=zlib.crc32(content),
        size=len(content),
        packed=squeezed,
    )


def _zip(entries: Iterable[Entry]) -> bytes:
    out = io.BytesIO()
    directory: list[bytes] = []
    for entry in entries:
        at = out.tell()
        common = (_MADE_BY, entry.flags, entry.method, *entry.when, entry.crc, len(entry.packed), entry.size)
        out.write(_LOCAL.pack(b"PK\x03\x04", *common, len(entry.name), 0))
        out.write(entry.name)
        out.write(entry.packed)
        directory.append(
            _CENTRAL.pack(b"PK\x01\x02", entry.made_by, *common, len(entry.name), 0, 0, 0,
                          entry.internal, entry.external, at) + entry.name
        )  # fmt: skip
    at, listed = out.tell(), b"".join(directory)
    out.write(listed)
    out.write(_END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listed), at, 0))
    return out.getvalue()
