"""Everything that lies under `input/`, and what by its name or nature is not taken: nothing goes unmentioned."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, NoReturn

from pipeline.exceptions import ConfigurationError, printable
from pipeline.model import Finding
from pipeline.receive.file_names import table_name

SETTLE_SECONDS: Final = 0.5
_RECENT_SECONDS: Final = 2.0
_OWN_FILES: Final = ("receipts.csv", "answers.csv", "corrections.csv", "SAMPLE.toml")
_OWN_FOLDERS: Final = ("vault", "editions")
_README: Final = ("readme", "readme.md", "readme.txt")
_TEMPORARY: Final = (".crdownload", ".part", ".tmp", ".download")
# By the beginning of a name, the first that fits; ._ files are what macOS leaves beside a copied file.
_IGNORED_PREFIXES: Final = (
    ("~$", "ไฟล์ชั่วคราวของโปรแกรมที่กำลังเปิดไฟล์อยู่"),
    (".~lock", "ไฟล์ชั่วคราวของโปรแกรมที่กำลังเปิดไฟล์อยู่"),
    ("._", "ไฟล์ของระบบปฏิบัติการ"),
    (".", "ไฟล์หรือโฟลเดอร์ซ่อน"),
)
_SYSTEM_FILES: Final = ("thumbs.db", "desktop.ini")
_KINDS: Final = {
    stat.S_IFLNK: "ทางลัด",
    stat.S_IFIFO: "ท่อส่งข้อมูล",
    stat.S_IFSOCK: "ช่องสื่อสารของโปรแกรม",
    stat.S_IFCHR: "อุปกรณ์",
    stat.S_IFBLK: "อุปกรณ์",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a folder: `file` as tables spell it, `path` as the disk has it; size in bytes, time in ns."""

    file: str
    path: Path
    mode: int
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry, with the finding that keeps it out, or the reason (Thai) why its name is ignored."""

    entry: Entry
    finding: Finding | None = None
    ignored: str = ""

    @property
    def taken(self) -> bool:
        return self.finding is None and not self.ignored


def list_entries(input_dir: Path) -> tuple[Seen, ...]:
    """Every entry under `input_dir`, sorted by name, without the campaign's own files and folders.

    Links are not followed; a folder that cannot be opened stands for all that may lie in it.
    Raises `ConfigurationError` if `input_dir` itself cannot be listed.
    """
    if not input_dir.is_dir() or not os.access(input_dir, os.R_OK | os.X_OK):
        _refuse(input_dir)
    return tuple(sorted(_walk(input_dir, input_dir), key=lambda seen: seen.entry.file))


def _refuse(input_dir: Path) -> NoReturn:
    name = printable(input_dir)
    raise ConfigurationError(f"เปิดโฟลเดอร์รับไฟล์ {name} ไม่ได้ กรุณาตรวจชื่อโฟลเดอร์และสิทธิ์การอ่าน")


def settle(
    seen: tuple[Seen, ...], now: datetime, known: Callable[[Entry], bool], sleep: Callable[[float], None]
) -> tuple[Seen, ...]:
    """Where files were changed within two seconds of `now`, look again at all, after one short `sleep`.

    One that is still changing is PARTIAL: it is left for the next run. A content that is `known` is whole, however
    new its file is (a fresh clone).
    """
    recent = {
        one.entry.file for one in seen if one.taken and _recent(one.entry, now) and not known(one.entry)
    }
    if not recent:
        return seen
    sleep(SETTLE_SECONDS)
    return tuple(_again(one) if one.taken else one for one in seen)


def modified(path: Path) -> tuple[int, int]:
    """Size and time of an entry itself, links not followed; raises `OSError`."""
    status = path.lstat()
    return status.st_size, status.st_mtime_ns


def partial(why: str) -> Finding:
    """A file that has not arrived whole yet."""
    return Finding("PARTIAL", facts=(("why", why),))


def not_regular(mode: int) -> Finding:
    """A link, a pipe, a device: nothing that could be a workbook."""
    return Finding("NOT_REGULAR", facts=(("why", _KINDS.get(stat.S_IFMT(mode), "ไม่ใช่ไฟล์ธรรมดา")),))


def unreadable(why: str) -> Finding:
    """A file that is there and cannot be opened."""
    return Finding("UNREADABLE", facts=(("why", why),))


def _walk(input_dir: Path, folder: Path) -> Iterator[Seen]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 — names alone, undecodable ones too
    except OSError:
        if folder == input_dir:  # else every file would seem to have vanished
            _refuse(input_dir)
        yield Seen(_entry(input_dir, folder), unreadable("ไม่มีสิทธิ์เปิดโฟลเดอร์นี้"))
        return
    for name in names:
        if not _own(name, top=folder == input_dir):
            yield from _seen(input_dir, folder / name)


def _seen(input_dir: Path, path: Path) -> Iterator[Seen]:
    try:
        entry = _entry(input_dir, path)
    except FileNotFoundError:
        return
    except OSError:
        entry = Entry(table_name(str(path.relative_to(input_dir))), path, 0, 0, 0)
        yield Seen(entry, unreadable("ไม่มีสิทธิ์เปิดโฟลเดอร์ที่ไฟล์นี้อยู่"))
        return
    ignored = _ignored(path.name)
    if ignored:
        yield Seen(entry, ignored=ignored)
    elif stat.S_ISDIR(entry.mode) and path.suffix.lower() != ".download":
        yield from _walk(input_dir, path)
    else:
        yield Seen(entry, _finding(entry))


def _entry(input_dir: Path, path: Path) -> Entry:
    status = path.lstat()
    file = table_name(str(path.relative_to(input_dir)))
    return Entry(file, path, status.st_mode, status.st_size, status.st_mtime_ns)


def _finding(entry: Entry) -> Finding | None:
    suffix = entry.path.suffix.lower()
    if suffix in _TEMPORARY and (stat.S_ISREG(entry.mode) or stat.S_ISDIR(entry.mode)):
        return partial(f"ชื่อลงท้ายด้วย {suffix} แปลว่ายังส่งไม่เสร็จ")
    return None if stat.S_ISREG(entry.mode) else not_regular(entry.mode)


def _own(name: str, *, top: bool) -> bool:
    if top and (name in _OWN_FILES or name in _OWN_FOLDERS or name.lower() in _README):
        return True
    return name == ".gitkeep"


def _ignored(name: str) -> str:
    if name.lower() in _SYSTEM_FILES or name == ".DS_Store":
        return "ไฟล์ของระบบปฏิบัติการ"
    return next((reason for prefix, reason in _IGNORED_PREFIXES if name.startswith(prefix)), "")


def _recent(entry: Entry, now: datetime) -> bool:
    return abs(now.timestamp() - entry.modified_ns / 1e9) <= _RECENT_SECONDS


def _again(seen: Seen) -> Seen:
    try:
        unchanged = modified(seen.entry.path) == (seen.entry.size, seen.entry.modified_ns)
    except OSError:
        return seen  # gone or closed meanwhile: opening it will tell
    return seen if unchanged else replace(seen, finding=partial("ไฟล์ยังโตอยู่ แปลว่ายังส่งไม่เสร็จ"))
