"""Puts a folder in place whole or not at all: filled beside, then renamed over the old one."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

from pipeline.durable import sync_folder
from pipeline.exceptions import writing

NEW, OLD = ".new-", ".old-"


def replace_folder(parent: Path, name: str, fill: Callable[[Path], None]) -> Path:
    """Let `fill` write, and make durable, what shall stand in `parent`/`name`, and put it in the old folder's place.
    Raises `CannotWrite`, or what `fill` raises, and then the old folder stands as it was."""
    folder, new = parent / name, parent / f"{NEW}{name}"
    with writing(folder):
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "a file in the folder's place", str(folder))
        try:
            new.mkdir()
            fill(new)
            _swap(folder, new, parent / f"{OLD}{name}")
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        sync_folder(parent)
    return folder


def recover_all(parent: Path) -> None:
    """`recover` every folder that a run which was cut off left unfinished in `parent`."""
    for leftover in (*parent.glob(f"{OLD}*"), *parent.glob(f"{NEW}*")):
        recover(parent, leftover.name.removeprefix(OLD).removeprefix(NEW))


def recover(parent: Path, name: str) -> None:
    """Finish or undo what an interrupted run left: the old folder comes back where no new one is in its place."""
    folder, new, old = parent / name, parent / f"{NEW}{name}", parent / f"{OLD}{name}"
    if old.exists() and not folder.exists():
        old.rename(folder)
    for leftover in (new, old):
        if leftover.exists():
            shutil.rmtree(leftover)


def _swap(folder: Path, new: Path, old: Path) -> None:
    had_old = folder.exists()
    if had_old:
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if had_old:
            old.rename(folder)
        raise
    if had_old:
        shutil.rmtree(old)
