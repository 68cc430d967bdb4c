"""The sample campaign: what belongs to it, and putting it away before a real one begins.

`input/SAMPLE.toml` says when its story is told and lists its arrivals, also those whose file was replaced later:

    as_of = "2564-02-24T08:30:00+07:00"
    [[file]]
    path = "เดชอุดม/รายงาน.xlsx"
    sha256 = "…"
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pipeline.archive import covers, pack
from pipeline.durable import replace_file, sync_folder
from pipeline.exceptions import ConfigurationError, writing
from pipeline.model import Arrival, Submission
from pipeline.receive import vault
from pipeline.receive.file_names import disk_name
from pipeline.receive.gate import list_entries
from pipeline.receive.receipt_time import read_time
from pipeline.receive.register import FILE_NAME, read_register, register_content
from pipeline.receive.snapshot import sha256_of
from pipeline.tables import read_toml

MARK: Final = "SAMPLE.toml"
_TABLES: Final = ("answers.csv", "corrections.csv")
_BANGKOK: Final = ZoneInfo("Asia/Bangkok")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample's clock, and its arrivals as (path under input/, SHA-256)."""

    as_of: datetime
    files: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What putting away does, in paths under input/: `rewrite` with which content, then `remove`."""

    rewrite: tuple[tuple[str, bytes], ...]
    remove: tuple[str, ...]

    @property
    def touched(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*(name for name, _ in self.rewrite), *self.remove)))


def load_sample(input_dir: Path) -> Sample | None:
    """The sample, while `SAMPLE.toml` is there; `ConfigurationError` names the line that is wrong in it."""
    if not (input_dir / MARK).exists():
        return None
    toml = read_toml(input_dir / MARK)
    text = toml.string("as_of")
    as_of = read_time(text, _BANGKOK)
    if as_of is None:
        toml.refuse(f'as_of พบ "{text}" ต้องเขียนแบบ "2564-02-24T08:30:00+07:00"', "as_of")
    entries = toml.entries("file", ("path", "sha256"))
    for entry in entries:
        if not _SHA256.fullmatch(entry["sha256"]):
            entry.refuse("sha256 ต้องเป็นรหัส 64 ตัว", "sha256")
    return Sample(as_of, frozenset((entry["path"], entry["sha256"]) for entry in entries))


def foreign_files(sample: Sample, submissions: Iterable[Submission]) -> tuple[Arrival, ...]:
    """The arrivals that are not of the sample, in order; the caller refuses them as NOT_SAMPLE."""
    return tuple(
        one.arrival for one in submissions if (one.arrival.file, one.arrival.sha256) not in sample.files
    )


def start(input_dir: Path, now: datetime) -> Path:
    """Put the sample away and leave an empty campaign; returns the archive, `<input>-sample.zip` beside it.

    Everything that is removed or emptied is in the archive, which was read again and compared before. Files,
    register rows and contents that are not of the sample stay as they are. If it is interrupted, doing it again
    finishes it. Raises `ConfigurationError` without a sample, or with files of which it cannot be told whether
    they are the sample's; `CannotWrite`.
    """
    sample = load_sample(input_dir)
    if sample is None:
        raise ConfigurationError("ไม่มีข้อมูลตัวอย่างให้เก็บแล้ว เริ่มวางไฟล์ของอำเภอในโฟลเดอร์รับไฟล์ได้เลย")
    _refuse_doubtful(input_dir, sample)
    plan = _plan(input_dir, sample)
    archive = _archive(input_dir, plan, now)
    for name, content in plan.rewrite:
        replace_file(input_dir / name, content)
    for name in plan.remove:
        _remove(input_dir, input_dir / name)
    return archive


def staying(input_dir: Path) -> tuple[str, ...]:
    """The files under `input_dir`, to be named after `start`: none of them was of the sample."""
    return tuple(seen.entry.file for seen in list_entries(input_dir) if not seen.ignored)


def _refuse_doubtful(input_dir: Path, sample: Sample) -> None:
    """A sample's name with another content, or its content under another name: only a person can tell."""
    doubtful = []
    for seen in list_entries(input_dir):
        sha256 = sha256_of(seen.entry.path)
        if (
            sha256
            and (seen.entry.file, sha256) not in sample.files
            and not _real(sample, seen.entry.file, sha256)
        ):
            doubtful.append(seen.entry.file)
    if doubtful:
        raise ConfigurationError(
            f"ไฟล์ {', '.join(doubtful)} มีชื่อหรือเนื้อหาตรงกับไฟล์ตัวอย่างเพียงอย่างเดียว จึงบอกไม่ได้ว่าเป็นของจริงหรือไม่ "
            "ถ้าแก้หรือคัดลอกจากไฟล์ตัวอย่าง กรุณาลบออก ถ้าเป็นรายงานจริง กรุณาเปลี่ยนชื่อไฟล์ แล้วสั่ง pipeline start อีกครั้ง"
        )


def _real(sample: Sample, file: str, sha256: str) -> bool:
    """Whether neither the name nor the content is the sample's. An empty file holds no figure of anyone."""
    paths, hashes = {path for path, _ in sample.files}, {sha256 for _, sha256 in sample.files}
    return file not in paths and (sha256 not in hashes or sha256 == vault.EMPTY_SHA256)


def _plan(input_dir: Path, sample: Sample) -> _Plan:
    # a time without a zone is the province's own, wherever the machine stands
    rows = read_register(input_dir / FILE_NAME, _BANGKOK)
    kept = tuple(row for row in rows if _real(sample, row.file, row.sha256))
    needed = {row.sha256 for row in kept}
    hashes = {sha256 for _, sha256 in sample.files} | {row.sha256 for row in rows}
    rewrite = (
        (FILE_NAME, register_content(kept)),
        *((name, _heading(input_dir / name)) for name in _TABLES if (input_dir / name).exists()),
    )
    remove = (
        *sorted(disk_name(file) for file, sha256 in sample.files if _holds(input_dir, file, sha256)),
        *_open_marks(input_dir, {disk_name(file) for file, _ in sample.files}),
        *_stored(input_dir, sorted(hashes - needed)),
        *_below(input_dir, input_dir / "editions"),
        MARK,  # the last to go: until then a second `start` finishes the job
    )
    changed = tuple(one for one in rewrite if _differs(input_dir / one[0], one[1]))
    return _Plan(changed, tuple(dict.fromkeys(remove)))


def _holds(input_dir: Path, file: str, sha256: str) -> bool:
    return sha256_of(input_dir / disk_name(file)) == sha256


def _open_marks(input_dir: Path, files: set[str]) -> Iterator[str]:
    """What spreadsheets leave beside an open workbook, for the workbooks of the sample."""
    for file in sorted(files):
        path = Path(file)
        for mark in (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#"):
            if (input_dir / path.parent / mark).is_file():
                yield str(path.parent / mark)


def _stored(input_dir: Path, hashes: Iterable[str]) -> Iterator[str]:
    for sha256 in hashes:
        for path in (vault.snapshot_path(input_dir, sha256), vault.too_large_path(input_dir, sha256)):
            if path.exists():
                yield str(path.relative_to(input_dir))


def _below(input_dir: Path, folder: Path) -> Iterator[str]:
    """Every file under the folder; editions of a sample are a sample's."""
    return (str(path.relative_to(input_dir)) for path in sorted(folder.rglob("*")) if path.is_file())


def _heading(path: Path) -> bytes:
    """A table without its rows."""
    return path.read_bytes().splitlines(keepends=True)[0] if path.stat().st_size else b""


def _differs(path: Path, content: bytes) -> bool:
    return not path.exists() or path.read_bytes() != content


def _archive(input_dir: Path, plan: _Plan, now: datetime) -> Path:
    """An archive that holds all that the plan touches: one that an interrupted run left, or a new one."""
    folder, name = input_dir.resolve().parent, f"{input_dir.resolve().name}-sample"
    touched = tuple(one for one in plan.touched if (input_dir / one).exists())
    for archive in sorted(folder.glob(f"{name}*.zip")):
        if covers(archive, input_dir, touched):
            return archive
    dated = f"{name}-{now:%Y%m%d-%H%M%S}"
    names = chain((name, dated), (f"{dated}-{number}" for number in count(2)))
    archive = next(path for path in (folder / f"{one}.zip" for one in names) if not path.exists())
    pack(archive, input_dir, touched)
    return archive


def _remove(input_dir: Path, path: Path) -> None:
    """The file, and the folders that it leaves empty."""
    with writing(path):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
        for folder in path.parents:
            if folder in (input_dir, input_dir / vault.FOLDER) or any(folder.iterdir()):
                return
            folder.rmdir()
