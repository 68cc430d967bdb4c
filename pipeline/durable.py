"""Files that survive a power cut: whole and on the disk, or not there at all."""

import os
from pathlib import Path

from pipeline.exceptions import writing


def replace_file(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write `content` under another name, then put it in `path`'s place; raises `CannotWrite`.

    Whoever looks, and whenever the machine stops, finds the old file or the new one, never a part of one.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        with temporary.open("xb") as handle:
            handle.write(content)
            if mode is not None:
                os.fchmod(handle.fileno(), mode)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable, not only the contents of its files."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
