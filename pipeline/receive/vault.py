"""The vault: every content ever received, in `input/vault/` under the name of its SHA-256.

A content over the limit is not kept; a small file `<sha256>.too_large` holds its size in bytes instead.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pipeline.durable import make_durable, place_file, replace_file
from pipeline.exceptions import printable
from pipeline.tables import refuse

FOLDER: Final = "vault"
EMPTY_SHA256: Final = hashlib.sha256(b"").hexdigest()
_TOO_LARGE: Final = ".too_large"
_READ_ONLY: Final = 0o444


def snapshot_path(input_dir: Path, sha256: str) -> Path:
    """Where the content with this hash stands, whether it is there or not."""
    return input_dir / FOLDER / sha256


def too_large_path(input_dir: Path, sha256: str) -> Path:
    """The mark of a content that was too large to keep."""
    return input_dir / FOLDER / f"{sha256}{_TOO_LARGE}"


def keep(input_dir: Path, sha256: str, content: bytes) -> bool:
    """Put `content`, whose hash is `sha256`, into the vault unless it is there undamaged; whether it was put.

    It is proof against a power cut only after `bring_to_disk`. Raises `CannotWrite`.
    """
    path = snapshot_path(input_dir, sha256)
    if _content(path) == content:
        return False
    place_file(path, content, _READ_ONLY)
    return True


def unfinished(input_dir: Path) -> list[Path]:
    """The files of the vault that a run began to write and did not put in place."""
    folder = input_dir / FOLDER
    return [folder / one.name[1 : -len(".tmp")] for one in folder.glob(".*.tmp")]


def bring_to_disk(input_dir: Path, hashes: Sequence[str]) -> None:
    """Make contents that were put just now proof against a power cut; raises `CannotWrite`."""
    make_durable(input_dir / FOLDER, [snapshot_path(input_dir, sha256) for sha256 in dict.fromkeys(hashes)])


def mark_too_large(input_dir: Path, sha256: str, size: int) -> None:
    """Remember that a content of `size` bytes was seen and not kept; raises `CannotWrite`."""
    path = too_large_path(input_dir, sha256)
    if not path.exists():
        replace_file(path, f"{size}\n".encode(), _READ_ONLY)


def too_large_size(input_dir: Path, sha256: str) -> int | None:
    """The size in bytes of a content that was too large to keep, or nothing."""
    text = _content(too_large_path(input_dir, sha256))
    if text is None:
        return None
    return int(text) if text.strip().isdigit() else 0


def holds(input_dir: Path, sha256: str) -> bool:
    """Whether the vault has this content, undamaged."""
    content = _content(snapshot_path(input_dir, sha256))
    return content is not None and hashlib.sha256(content).hexdigest() == sha256


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        refuse(Path(printable(path)), None, "เปิดอ่านไม่ได้ ให้ตรวจสิทธิ์การอ่านของโฟลเดอร์นี้")
