"""A zip container, proved harmless before anything is inflated and whole before anything is read."""

import io
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.read.outcome import Unusable

MEBIBYTE: Final = 1 << 20
MOST_ENTRIES: Final = 2_000
LARGEST_PART: Final = 256 * MEBIBYTE
LARGEST_TOTAL: Final = 384 * MEBIBYTE
HIGHEST_RATIO: Final = 150
RATIO_COUNTS_FROM: Final = 32 * MEBIBYTE
_ENCRYPTED: Final = 0x1
_CENTRAL_ENTRY: Final = b"PK\x01\x02"
_TEXT_PARTS: Final = (".xml", ".rels", "mimetype")
# All that the standard library raises on a damaged entry.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Archive:
    """The entries of a zip by name: lower case, forward slashes (some programs write neither)."""

    file: zipfile.ZipFile
    entries: Mapping[str, zipfile.ZipInfo]


def open_archive(data: bytes) -> Archive:
    """The directory of a zip. Raises `Unusable`: CORRUPT, UNSAFE_ARCHIVE (caps of the intake, before inflating)."""
    # The library makes an object per entry before anyone can count them.
    if data.count(_CENTRAL_ENTRY) > 10 * MOST_ENTRIES:
        raise Unusable("UNSAFE_ARCHIVE", reason="มีไฟล์ย่อยข้างในมากเกินไป")
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
    except (*_DAMAGE, NotImplementedError) as error:
        raise Unusable("CORRUPT", part="zip") from error
    infos = file.infolist()
    danger = _danger(infos)
    if danger:
        raise Unusable("UNSAFE_ARCHIVE", reason=danger)
    return Archive(file, {_plain_name(info): info for info in infos})


def _plain_name(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/").lstrip("/").lower()


def _danger(infos: list[zipfile.ZipInfo]) -> str:
    """What makes a directory unsafe to inflate, in Thai words; empty when nothing does."""
    names = Counter(_plain_name(info) for info in infos)
    checks = (
        (len(infos) > MOST_ENTRIES, "มีไฟล์ย่อยข้างในมากเกินไป"),
        (any(count > 1 for count in names.values()), "มีไฟล์ย่อยชื่อซ้ำกัน"),
        (any(".." in name.split("/") for name in names), "มีไฟล์ย่อยที่อ้างถึงโฟลเดอร์อื่น"),
        (any(info.file_size > LARGEST_PART for info in infos), "ไฟล์ย่อยข้างในมีขนาดใหญ่ผิดปกติ"),
        (sum(info.file_size for info in infos) > LARGEST_TOTAL, "เมื่อคลายแล้วมีขนาดใหญ่ผิดปกติ"),
        (any(_swells(info) for info in infos), "ไฟล์ย่อยข้างในถูกบีบอัดแน่นผิดปกติ"),
    )
    return next((words for is_so, words in checks if is_so), "")


def _swells(info: zipfile.ZipInfo) -> bool:
    return info.file_size > RATIO_COUNTS_FROM and info.file_size > HIGHEST_RATIO * info.compress_size


def read_entry(archive: Archive, name: str) -> bytes:
    """One small entry, empty when the archive has none. Raises `Unusable` as `inflate` does."""
    info = archive.entries.get(name)
    return (_inflated(archive.file, info, keep=True) or b"") if info else b""


def inflate(archive: Archive, kept: tuple[str, ...] = _TEXT_PARTS) -> dict[str, bytes]:
    """Every entry inflated once, which proves its checksum; those whose name ends so are `kept`, by name.

    Raises `Unusable`: PASSWORD, CORRUPT (fact `part`), READER_REFUSED (a compression that we do not know).
    """
    return {
        name: content
        for name, info in archive.entries.items()
        if (content := _inflated(archive.file, info, keep=name.endswith(kept))) is not None
    }


def _inflated(file: zipfile.ZipFile, info: zipfile.ZipInfo, *, keep: bool) -> bytes | None:
    if info.flag_bits & _ENCRYPTED:
        raise Unusable("PASSWORD")
    try:
        with file.open(info) as entry:
            if keep:
                return entry.read(info.file_size + 1)  # as much as it says, whatever there is
            while entry.read(MEBIBYTE):
                pass
            return None
    except NotImplementedError as error:
        raise Unusable("READER_REFUSED", detail=str(error)) from error
    except _DAMAGE as error:
        raise Unusable("CORRUPT", part=info.filename) from error
