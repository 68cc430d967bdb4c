"""Files that survive a power cut: whole and on the disk, or not there at all."""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from pipeline.exceptions import writing

AT_A_TIME = 8
"""Waiting for the disk takes no processor; together, a disk writes many small files in the time of few."""


def replace_file(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write `content` under another name, then put it in `path`'s place; raises `CannotWrite`.

    Whoever looks, and whenever the machine stops, finds the old file or the new one, never a part of one.
    """
    _replace(path, content, mode, durable=True)
    with writing(path):
        sync_folder(path.parent)


def place_file(path: Path, content: bytes, mode: int | None = None) -> None:
    """As `replace_file`, but not yet proof against a power cut: `make_durable` follows, once for many files."""
    _replace(path, content, mode, durable=False)


def place_folder(folder: Path, files: Mapping[str, bytes], prove: Callable[[Path], object]) -> None:
    """Make a folder that is not there yet, with these files, whole or not at all; raises `CannotWrite`.

    It is made within a folder beside it, under its own name, and takes its place when `prove` has looked at it there
    without raising anything.
    """
    aside = folder.parent / f".{folder.name}.tmp"
    made = aside / folder.name
    with writing(folder):
        shutil.rmtree(aside, ignore_errors=True)  # what a run that was cut off left
        made.mkdir(parents=True)
        try:
            for name, content in files.items():
                _write(made / name, content, None, durable=True)
            prove(made)
            sync_folder(made)
            made.rename(folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def tidy(paths: Iterable[Path]) -> None:
    """Take away what a run that was cut off left unfinished in the place of these files; raises `CannotWrite`.

    Only where files are written under the campaign's lock: nobody is at work on any of it.
    """
    for path in paths:
        with writing(path):
            _unfinished(path).unlink(missing_ok=True)


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}.tmp")


def make_durable(folder: Path, paths: Sequence[Path]) -> None:
    """Bring files of one folder to the disk, many at a time, and then their names; raises `CannotWrite`."""
    if paths:
        with writing(folder), ThreadPoolExecutor(AT_A_TIME) as threads:
            list(threads.map(_sync_file, paths))
            sync_folder(folder)


def _replace(path: Path, content: bytes, mode: int | None, *, durable: bool) -> None:
    temporary = _unfinished(path)
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        try:
            _write(temporary, content, mode, durable=durable)
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise


def _write(path: Path, content: bytes, mode: int | None, *, durable: bool) -> None:
    with path.open("xb") as handle:
        handle.write(content)
        if mode is not None:
            os.fchmod(handle.fileno(), mode)
        if durable:
            handle.flush()
            os.fsync(handle.fileno())


def _sync_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable, not only the contents of its files."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
