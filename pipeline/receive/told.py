"""What a person tells the register: when a file was received, and that one is to be taken out."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from difflib import get_close_matches
from pathlib import Path

from pipeline.exceptions import ConfigurationError, printable
from pipeline.model import Arrival, Finding
from pipeline.receive import vault
from pipeline.receive.file_names import disk_name, table_name
from pipeline.receive.gate import Seen, list_entries
from pipeline.receive.register import FILE_NAME, RegisterRow, append_rows, arrivals, read_register
from pipeline.receive.snapshot import take


def tell(
    input_dir: Path, files: Sequence[Path], at: datetime | None, note: str, now: datetime, tz: tzinfo
) -> tuple[RegisterRow, ...]:
    """Register that `files` were received `at` (or `now`): all of them, or none. Returns the rows added.

    A content that the register knows at that path is corrected; anything else, also one that was withdrawn or
    had vanished, arrives. Raises `ConfigurationError` for a file that is not under `input_dir`, is not there, or
    cannot be taken, and for a time that lies ahead; `CannotWrite`.
    """
    now = now.astimezone(tz).replace(microsecond=0)
    moment = _moment(at, now, tz)
    latest = _latest(input_dir, tz)
    seen = {one.entry.file: one for one in list_entries(input_dir)}
    places = dict.fromkeys(_place(input_dir, file, latest) for file in files)
    hashes = {file: _sha256(input_dir, file, seen.get(file), latest.get(file)) for file in places}
    rows = tuple(_told(file, sha256, latest.get(file), now, moment, note) for file, sha256 in hashes.items())
    vault.bring_to_disk(
        input_dir, [one for one in hashes.values() if vault.snapshot_path(input_dir, one).exists()]
    )
    append_rows(input_dir / FILE_NAME, rows)
    return rows


def withdraw(input_dir: Path, file: Path, why: str, who: str, now: datetime, tz: tzinfo) -> RegisterRow:
    """Take the newest arrival of `file` that still stands out of every table; returns the row added.

    Its content stays in the vault and its row in the register. Earlier contents of the same path stand as they
    did. Raises `ConfigurationError` without a reason, for a file never registered or already withdrawn.
    """
    if not why.strip():
        raise ConfigurationError("การถอนไฟล์ต้องบอกเหตุผล กรุณาระบุต่อท้าย --why แล้วสั่งใหม่อีกครั้ง")
    latest = _latest(input_dir, tz)
    place = _place(input_dir, file, latest)
    if place not in latest:
        raise ConfigurationError(f'ไฟล์ "{place}" ยังไม่อยู่ในทะเบียนรับ กรุณาสั่ง pipeline receive กับไฟล์นี้ก่อน แล้วจึงถอน')
    standing = [one for one in _known(input_dir, tz) if one.file == place and not one.withdrawn]
    if not standing:
        raise ConfigurationError(f'ไฟล์ "{place}" ถอนไปแล้ว: {latest[place].withdrawn} ไม่ต้องทำอะไรเพิ่ม')
    last, note = standing[-1], f"{why.strip()} (โดย {who.strip()})" if who.strip() else why.strip()
    moment = now.astimezone(tz).replace(microsecond=0)
    row = RegisterRow(moment, place, last.sha256, last.received_at, last.source, "withdrawn", note)
    append_rows(input_dir / FILE_NAME, (row,))
    return row


def _known(input_dir: Path, tz: tzinfo) -> tuple[Arrival, ...]:
    return arrivals(read_register(input_dir / FILE_NAME, tz))


def _latest(input_dir: Path, tz: tzinfo) -> dict[str, Arrival]:
    return {arrival.file: arrival for arrival in _known(input_dir, tz)}


def _moment(at: datetime | None, now: datetime, tz: tzinfo) -> datetime:
    if at is None:
        return now
    moment = (at.replace(tzinfo=tz) if at.tzinfo is None else at.astimezone(tz)).replace(microsecond=0)
    if moment > now:
        raise ConfigurationError(f"เวลารับ {moment.isoformat()} ยังมาไม่ถึง กรุณาตรวจวันเวลาแล้วสั่งใหม่อีกครั้ง")
    return moment


def _told(
    file: str, sha256: str, last: Arrival | None, now: datetime, moment: datetime, note: str
) -> RegisterRow:
    known = last is not None and last.sha256 == sha256 and not last.withdrawn and not last.vanished
    return RegisterRow(now, file, sha256, moment, "register", "corrected" if known else "arrived", note)


def _sha256(input_dir: Path, file: str, seen: Seen | None, last: Arrival | None) -> str:
    """The content now at `file`; that of its last arrival if the file is gone."""
    if seen is None and last is None:
        raise ConfigurationError(f'"{file}" ไม่ใช่ไฟล์รายงานที่รับได้ กรุณาระบุไฟล์ของอำเภอ')
    outcome = take(input_dir, seen.entry) if seen and seen.taken else None
    if seen is None or (seen.taken and outcome is None):
        if last is not None:
            return last.sha256
        raise ConfigurationError(f'ไม่พบไฟล์ "{file}" แล้ว กรุณาตรวจว่าไฟล์ยังอยู่ แล้วสั่งใหม่อีกครั้ง')
    if outcome is None or isinstance(outcome, Finding):
        raise ConfigurationError(f'รับไฟล์ "{file}" ไม่ได้: {_why(seen, outcome)} กรุณาแก้ไขแล้วสั่งใหม่อีกครั้ง')
    return outcome.sha256


def _why(seen: Seen, outcome: Finding | None) -> str:
    finding = outcome or seen.finding
    return dict(finding.facts)["why"] if finding else seen.ignored


def _place(input_dir: Path, given: Path, known: Mapping[str, Arrival]) -> str:
    """The path under `input_dir`, as tables spell it, of a file named from here, from there, or by the register."""
    root = input_dir.resolve()
    for candidate in (given, input_dir / given, input_dir / disk_name(given.as_posix())):
        if candidate.is_symlink() or candidate.exists():
            return _under(root, candidate, given)
    absent = given.parent.resolve() / given.name
    names = [given.as_posix(), *([_name(root, absent)] if absent.is_relative_to(root) else [])]
    for name in names:
        if name in known:
            return name
    raise ConfigurationError(
        f"ไม่พบไฟล์ {printable(given)}{_suggestion(given, known)} กรุณาตรวจชื่อไฟล์แล้วสั่งใหม่อีกครั้ง"
    )


def _under(root: Path, candidate: Path, given: Path) -> str:
    place = candidate.parent.resolve() / candidate.name
    if candidate.is_dir() and not candidate.is_symlink():
        raise ConfigurationError(f"{printable(given)} เป็นโฟลเดอร์ กรุณาระบุทีละไฟล์")
    if not place.is_relative_to(root):
        raise ConfigurationError(
            f"ไฟล์ {printable(given)} อยู่นอกโฟลเดอร์รับไฟล์ กรุณาคัดลอกไฟล์ไปไว้ใน {printable(root)} ก่อน "
            "แล้วสั่งกับไฟล์ที่คัดลอกไว้"
        )
    return _name(root, place)


def _name(root: Path, place: Path) -> str:
    return table_name(str(place.relative_to(root)))


def _suggestion(given: Path, known: Mapping[str, Arrival]) -> str:
    close = get_close_matches(given.as_posix(), known, n=3, cutoff=0.6)
    return f" ชื่อใกล้เคียงในทะเบียนคือ {', '.join(close)}" if close else ""
