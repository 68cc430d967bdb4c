"""The pictures that a workbook holds: which of them are told, and the bytes of one on demand."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED

from pipeline.model import Picture
from pipeline.read.archive import MEBIBYTE, open_archive, read_entry
from pipeline.read.outcome import Unusable

MOST_PICTURES: Final = 1_000
LARGEST_PICTURE: Final = 20 * MEBIBYTE
# Others say how much memory they want, and get it.
_PACKINGS: Final = (ZIP_STORED, ZIP_DEFLATED)
# As far as a sheet of any of our formats reaches.
_ROWS: Final = 1 << 20
_COLUMNS: Final = 1 << 14
# PNG, JPEG, GIF, BMP
_SIGNATURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")


def listed(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """The pictures of a sheet in reading order: no more than `MOST_PICTURES`, and none beyond its last cell."""
    standing = [picture for picture in pictures if _stands(picture)]
    return tuple(sorted(standing[:MOST_PICTURES], key=lambda picture: picture.position))


def _stands(picture: Picture) -> bool:
    row, column = picture.position
    return 0 <= row < _ROWS and 0 <= column < _COLUMNS


def picture_bytes(snapshot: Path, part: str) -> bytes | None:
    """The content of a `Picture.part` of a stored workbook. `None` when there is none, when it is larger than 20 MB,
    when it is packed as no office program does, or when it does not begin like a PNG, JPEG, GIF or BMP.

    Never raises for what a file holds; `OSError` when the snapshot itself cannot be read.
    """
    data = snapshot.read_bytes()
    try:
        archive = open_archive(data)
        info = archive.entries.get(part)
        if info is None or info.file_size > LARGEST_PICTURE or info.compress_type not in _PACKINGS:
            return None
        content = read_entry(archive, part)
    except Unusable:
        return None
    return content if content.startswith(_SIGNATURES) else None
