"""The bytes of a picture within a stored snapshot, for those who put it into what is handed out."""

import zipfile
import zlib
from pathlib import Path
from typing import Final

LARGEST: Final = 20 * 1024 * 1024
_SIGNATURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")


def picture_bytes(snapshot: Path, part: str) -> bytes | None:
    """The part's bytes; `None` if it is not there, cannot be inflated, is larger than 20 MB, or is no PNG, JPEG, GIF
    or BMP by its first bytes. Never raises for what a district's file may hold."""
    try:
        with zipfile.ZipFile(snapshot) as archive, archive.open(part) as entry:
            data = entry.read(LARGEST + 1)
    except (OSError, KeyError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
        return None
    return data if len(data) <= LARGEST and data.startswith(_SIGNATURES) else None
