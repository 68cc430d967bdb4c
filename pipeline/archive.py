"""A zip of files under a folder, proved to hold them before anything relies on it."""

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from pipeline.durable import sync_folder
from pipeline.exceptions import CannotWrite, printable, writing
from pipeline.receive.file_names import table_name


def pack(archive: Path, folder: Path, names: Iterable[str]) -> None:
    """Write the files `names` of `folder` into `archive`, named as tables spell them; raises `CannotWrite`.

    The archive takes its name only after each entry was read back and equals its file.
    """
    names = tuple(names)
    temporary = archive.with_name(f".{archive.name}.tmp")
    with writing(archive):
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as packed:
            for name in names:
                packed.write(folder / name, table_name(name))
        with temporary.open("rb") as handle:
            os.fsync(handle.fileno())
        if not covers(temporary, folder, names):
            raise CannotWrite(f"เขียน {printable(archive)} แล้วอ่านกลับไม่ตรงกับต้นฉบับ กรุณาตรวจดิสก์แล้วสั่งใหม่อีกครั้ง")
        temporary.replace(archive)
        sync_folder(archive.parent)


def covers(archive: Path, folder: Path, names: Iterable[str]) -> bool:
    """Whether every file in `names` stands in `archive`, byte for byte; an unreadable archive holds nothing."""
    try:
        with zipfile.ZipFile(archive) as packed:
            return all(packed.read(table_name(name)) == (folder / name).read_bytes() for name in names)
    except (zipfile.BadZipFile, KeyError):
        return False
