"""input/ -> Submissions: what lies there goes through the gate, into the vault, and into the register.

The register alone decides what has arrived; `now`, the wall clock, only dates its rows.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from pipeline.durable import tidy
from pipeline.model import Arrival, Finding, Submission
from pipeline.receive import vault
from pipeline.receive.file_names import disk_name
from pipeline.receive.gate import Entry, Seen, list_entries, settle, unreadable
from pipeline.receive.register import FILE_NAME, RegisterRow, append_rows, arrivals, read_register
from pipeline.receive.snapshot import MAX_BYTES, Taken, sha256_of, take

_MB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ignored:
    """An entry that its name alone excludes, and why (Thai)."""

    file: str
    reason: str
    modified_at: datetime


@dataclass(frozen=True, slots=True)
class Received:
    """What arrived. `submissions`: every arrival of the register in its order, superseded, withdrawn and vanished
    ones too. `refused`: what lies there and cannot be registered (PARTIAL, NOT_REGULAR, UNREADABLE), with an empty
    hash; it is looked at again next time. `registered`: the rows that this run added."""

    submissions: tuple[Submission, ...]
    refused: tuple[Submission, ...]
    ignored: tuple[Ignored, ...]
    registered: tuple[RegisterRow, ...]


def receive(
    input_dir: Path, now: datetime, tz: tzinfo, sleep: Callable[[float], None] = time.sleep
) -> Received:
    """Register what is new or gone under `input_dir` and hand out every arrival (design rule 8).

    Raises `ConfigurationError` for a folder or register that cannot be read, `CannotWrite` for one that cannot be
    written. Vault before register: a row never stands for a content that is not on the disk.
    """
    register, now = input_dir / FILE_NAME, now.astimezone(tz).replace(microsecond=0)
    tidy([register, *vault.unfinished(input_dir)])
    rows = read_register(register, tz)
    known = arrivals(rows)
    contents = {(arrival.file, arrival.sha256) for arrival in known}
    seen = settle(
        list_entries(input_dir), now, lambda one: (one.file, sha256_of(one.path)) in contents, sleep
    )
    outcomes = [(one.entry, take(input_dir, one.entry) if one.taken else one.finding) for one in seen]
    taken = [outcome for _, outcome in outcomes if isinstance(outcome, Taken)]
    refused = [(entry, outcome) for entry, outcome in outcomes if isinstance(outcome, Finding)]
    new = (
        *_arrived(known, taken, now, tz),
        *_vanished(known, {one.file for one in taken}, {entry.file for entry, _ in refused}, now),
    )
    vault.bring_to_disk(input_dir, _to_be_sure_of(input_dir, taken, new))
    append_rows(register, new)
    return Received(
        submissions=_submissions(input_dir, arrivals((*rows, *new)), taken),
        refused=tuple(_refused(input_dir, entry, finding, now, tz) for entry, finding in refused),
        ignored=tuple(_ignored(one, now, tz) for one in seen if one.ignored),
        registered=new,
    )


def _to_be_sure_of(input_dir: Path, taken: Sequence[Taken], new: Sequence[RegisterRow]) -> list[str]:
    """What was put into the vault just now, or by a run that died before it could register it."""
    put = [one.sha256 for one in taken if one.put]
    registered = [row.sha256 for row in new if row.event == "arrived"]
    return [*put, *(one for one in registered if vault.snapshot_path(input_dir, one).exists())]


def received_at(modified_ns: int, now: datetime, tz: tzinfo) -> datetime:
    """The file's own time, or `now` if that lies ahead; to the second, never before 1970."""
    seconds = min(max(modified_ns // 1_000_000_000, 0), int(now.timestamp()))
    return datetime.fromtimestamp(seconds, tz)


def _arrived(
    known: Sequence[Arrival], taken: Sequence[Taken], now: datetime, tz: tzinfo
) -> tuple[RegisterRow, ...]:
    """A row for each file whose path is new, has another content than last time, or was gone.

    A withdrawn arrival stays withdrawn while its content lies there, or comes back.
    """
    latest = {arrival.file: arrival for arrival in known}
    news = [one for one in taken if _is_new(latest.get(one.file), one.sha256)]
    rows = [_first_seen(latest.get(one.file), one, now, tz) for one in news]
    return tuple(sorted(rows, key=lambda row: (row.received_at, row.file)))


def _first_seen(last: Arrival | None, one: Taken, now: datetime, tz: tzinfo) -> RegisterRow:
    """A content that comes back to its path was received when it was received first (design rule 8)."""
    if last is not None and last.sha256 == one.sha256:
        return RegisterRow(now, one.file, one.sha256, last.received_at, last.source, "arrived")
    return RegisterRow(
        now, one.file, one.sha256, received_at(one.modified_ns, now, tz), "file_time", "arrived"
    )


def _is_new(last: Arrival | None, sha256: str) -> bool:
    return last is None or last.sha256 != sha256 or (last.vanished and not last.withdrawn)


def _vanished(
    known: Sequence[Arrival], present: set[str], refused: set[str], now: datetime
) -> tuple[RegisterRow, ...]:
    """A row for each path that is no longer there, once; what lies in a folder that cannot be opened may be."""
    latest = {arrival.file: arrival for arrival in known}
    return tuple(
        RegisterRow(now, last.file, last.sha256, last.received_at, last.source, "vanished")
        for last in latest.values()
        if not (last.vanished or last.withdrawn or last.file in present)
        and refused.isdisjoint((last.file, *_folders(last.file)))
    )


def _folders(file: str) -> Iterator[str]:
    parts = file.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts)))


def _submissions(input_dir: Path, found: Sequence[Arrival], taken: Sequence[Taken]) -> tuple[Submission, ...]:
    kept = {one.sha256 for one in taken if one.kept}
    hashes = {arrival.sha256 for arrival in found}
    findings = {sha256: _gate(input_dir, sha256, kept=sha256 in kept) for sha256 in hashes}
    return tuple(_submission(input_dir, arrival, findings[arrival.sha256]) for arrival in found)


def _submission(input_dir: Path, arrival: Arrival, gate: tuple[Finding, ...]) -> Submission:
    """A file that vanished stays readable from the vault, and is asked about (design rule 8)."""
    asked = (Finding("VANISHED"),) if arrival.vanished and not arrival.withdrawn else ()
    snapshot = vault.snapshot_path(input_dir, arrival.sha256)
    return Submission(arrival, snapshot, (*gate, *asked), readable=not gate)


def _gate(input_dir: Path, sha256: str, *, kept: bool) -> tuple[Finding, ...]:
    """What keeps a registered content from being read; `kept`: it was put into the vault, or found there, just now."""
    if sha256 == vault.EMPTY_SHA256:
        return (Finding("EMPTY_FILE"),)
    if kept or vault.holds(input_dir, sha256):
        return ()
    size = vault.too_large_size(input_dir, sha256)
    if size is not None:
        facts = (("size_mb", str(-(-size // _MB))), ("limit_mb", str(MAX_BYTES // _MB)))
        return (Finding("TOO_LARGE", facts=facts),)
    return (unreadable("ไม่พบเนื้อไฟล์ในคลังไฟล์ที่เคยรับ และไฟล์เดิมไม่อยู่แล้ว"),)


def _refused(input_dir: Path, entry: Entry, finding: Finding, now: datetime, tz: tzinfo) -> Submission:
    arrival = Arrival(entry.file, "", received_at(entry.modified_ns, now, tz), "file_time")
    return Submission(arrival, input_dir / disk_name(entry.file), (finding,), readable=False)


def _ignored(seen: Seen, now: datetime, tz: tzinfo) -> Ignored:
    return Ignored(seen.entry.file, seen.ignored, received_at(seen.entry.modified_ns, now, tz))
