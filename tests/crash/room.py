"""A campaign in a folder of its own, the real command over it, and what must be the same afterwards.

A room holds `schemas`, `input` and `output`, and `told`, where the two streams of a run go. It is copied with the
files' times: by them the register says when a file came.
"""

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.campaigns import ROOT, SCHEMAS, Content, content_of, workbook
from tests.sample.model import Table

ROUND_1, BOTH_ROUNDS = "2021-02-06T08:30:00+07:00", "2021-02-21T08:30:00+07:00"
"""When only round 1 is due, and when rounds 1 and 2 are."""
LONGEST = 120
"""Seconds that a run may take, disturbed or not, before it counts as hanging."""


@dataclass(frozen=True, slots=True)
class Book:
    """A file as a district leaves it in the folder: its path under input/, its own time, what it holds."""

    path: str
    modified: int
    content: Content


EARLY = Book("ดอนมดแดง/รายงาน 1.xlsx", 1_612_400_000, Table("3424", "1"))
LATE = Book("นาเยีย.xls", 1_612_410_000, workbook(Table("3429", "1"), writer="xlwt"))
NEXT = Book("สว่าง/รายงาน 2.ods", 1_613_700_000, workbook(Table("3432", "2"), writer="opendocument"))


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended, and what it said."""

    code: int
    out: str
    err: str


def furnish(room: Path, *books: Book) -> None:
    """Lay out a campaign, or add files to it."""
    for name in ("input", "told"):
        (room / name).mkdir(parents=True, exist_ok=True)
    if not (room / "schemas").exists():
        shutil.copytree(SCHEMAS, room / "schemas", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for book in books:
        path = room / "input" / book.path
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content_of(book.content))
        os.utime(path, (book.modified, book.modified))


def command(room: Path, as_of: str) -> list[str]:
    """The real command over the room; on stderr it says nothing but what goes wrong."""
    folders = [word for name in ("schemas", "input", "output") for word in (f"--{name}", str(room / name))]
    return [sys.executable, "-m", "pipeline", "consolidate", *folders, "--as-of", as_of, "-q"]


def start(told: Path, words: Sequence[str], pass_fds: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """A command in a session of its own, its streams in the folder `told`. It compiles no modules, since it may be
    killed in the middle of one."""
    with (told / "out").open("wb") as out, (told / "err").open("wb") as err:
        return subprocess.Popen(
            words, cwd=ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, stdin=subprocess.DEVNULL,
            stdout=out, stderr=err, start_new_session=True, pass_fds=pass_fds,
        )  # fmt: skip


def end(process: subprocess.Popen[bytes], told: Path) -> Ended:
    """Wait for a command to end."""
    try:
        code = process.wait(LONGEST)
    finally:
        process.kill()
    return Ended(code, *((told / name).read_text("utf-8", "replace") for name in ("out", "err")))


def run(room: Path, words: Sequence[str]) -> Ended:
    """Run a command in a room."""
    return end(start(room / "told", words), room / "told")


def contents(room: Path, *, in_order: bool = True) -> dict[str, bytes]:
    """Everything under input/ and output/, temporary files and empty folders too; the register without the moments
    at which its rows were recorded, and nothing of the lock, whose file tells of its last holder, nor of what is
    kept to save time."""
    found = {
        path.relative_to(room).as_posix(): b"" if path.is_dir() else path.read_bytes()
        for top in ("input", "output")
        for path in (room / top).rglob("*")
        if path != room / "input" / "vault" / ".lock" and room / "output" / "cache" not in (path, path.parent)
    }
    if register := found.get("input/receipts.csv"):
        rows = [row[1:] for row in csv.reader(io.StringIO(register.decode("utf-8-sig", "replace")))]
        found["input/receipts.csv"] = repr(rows if in_order else sorted(rows)).encode()
    return found


def outputs(room: Path) -> dict[str, dict[str, bytes]]:
    """What stands in each round's folder, and in those that a run puts aside."""
    return {
        folder.name: {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (room / "output").glob("*")
        if folder.is_dir() and folder.name != "cache"
    }


def leftovers(room: Path) -> list[str]:
    """Temporary files and folders that a run left."""
    return sorted(
        path.relative_to(room).as_posix()
        for path in room.rglob(".*")
        if path.name.startswith((".new-", ".old-")) or path.name.endswith(".tmp")
    )
