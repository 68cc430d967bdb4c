"""The register of receipts, `input/receipts.csv`: one row per arrival or later event, only ever added to.

UTF-8 with BOM; times ISO 8601; files as `pipeline.receive.file_names` spells them. A register that a spreadsheet
saved again is read as long as it says one thing only, and is written back as UTF-8 with the next row.
"""

import csv
import errno
import io
import logging
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final, Literal, cast, get_args

from pipeline.durable import replace_file
from pipeline.exceptions import writing
from pipeline.model import Arrival
from pipeline.receive.receipt_time import read_time
from pipeline.receive.register_text import BOM, HEADER, load, table
from pipeline.tables import refuse

Source = Literal["register", "file_time"]
Event = Literal["arrived", "corrected", "withdrawn", "vanished"]

FILE_NAME: Final = "receipts.csv"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row: at `recorded_at` it was noted that `file` with content `sha256` had been received at `received_at`.

    `source` is `register` when a person said so, `file_time` when only the file's own time tells.
    """

    recorded_at: datetime
    file: str
    sha256: str
    received_at: datetime
    source: Source
    event: Event
    note: str = ""


def read_register(path: Path, tz: tzinfo) -> tuple[RegisterRow, ...]:
    """The rows in order; none if there is no register. `ConfigurationError` names the line that is wrong.

    An unfinished last line, as a power cut leaves it, is no row: the next `append_rows` keeps its text in a note.
    """
    stored = load(path)
    rows: list[RegisterRow] = []
    arrived: set[tuple[str, str]] = set()
    for line, cells in table(path, stored):
        row = _row(path, line, cells, tz)
        if row.event != "arrived" and (row.file, row.sha256) not in arrived:
            refuse(path, line, f'ไม่มีบรรทัดก่อนหน้าที่บอกว่าไฟล์ "{row.file}" เนื้อหานี้มาถึง')
        arrived.add((row.file, row.sha256))
        rows.append(row)
    return tuple(rows)


def append_rows(path: Path, rows: Sequence[RegisterRow]) -> None:
    """Add `rows`, durably and in one write; raises `CannotWrite`, and then none of them was added.

    An unfinished last line is taken out and its text stands in the note of the first new row.
    """
    if not rows:
        return
    stored = load(path)
    if stored.torn:
        _log.warning("ทะเบียนรับไฟล์มีบรรทัดสุดท้ายไม่ครบ ได้เก็บข้อความไว้ในช่อง note ของบรรทัดใหม่แล้ว: %s", stored.torn)
        note = f"{rows[0].note} (ก่อนหน้านี้มีบรรทัดที่เขียนไม่ครบ: {stored.torn})"
        rows = (replace(rows[0], note=note), *rows[1:])
    if stored.current:
        _append(path, _lines(rows).encode())
    else:
        text = BOM + stored.text if stored.text else HEADER
        replace_file(path, (text + _lines(rows)).encode())


def register_content(rows: Sequence[RegisterRow]) -> bytes:
    """The whole file for these rows; with none, the header alone."""
    return (HEADER + _lines(rows)).encode()


def arrivals(rows: Sequence[RegisterRow]) -> tuple[Arrival, ...]:
    """One arrival for each `arrived` row, in order, as later rows about the same file and content left it.

    `KeyError` if an event has no arrival before it, which `read_register` never lets through.
    """
    found: list[Arrival] = []
    places: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if row.event == "arrived":
            places.setdefault((row.file, row.sha256), []).append(len(found))
            found.append(Arrival(row.file, row.sha256, row.received_at, row.source))
            continue
        same = places[row.file, row.sha256]
        # What is withdrawn is the content, also where it was gone and came back.
        for place in same if row.event == "withdrawn" else same[-1:]:
            found[place] = _after(found[place], row)
    return tuple(found)


def _after(arrival: Arrival, row: RegisterRow) -> Arrival:
    if row.event == "withdrawn":
        return replace(arrival, withdrawn=arrival.withdrawn or row.note)
    if row.event == "vanished":
        return replace(arrival, vanished=True)
    return replace(arrival, received_at=row.received_at, source=row.source)


def _row(path: Path, line: int, cells: Sequence[str], tz: tzinfo) -> RegisterRow:
    recorded_at, file, sha256, received_at, source, event, note = cells
    sha256, source, event = sha256.strip().lower(), source.strip(), event.strip()
    if not file or file.startswith("/") or ".." in file.split("/"):
        refuse(path, line, f'ช่อง file พบ "{file}" ต้องเป็นชื่อไฟล์ที่นับจากโฟลเดอร์รับไฟล์')
    if not _SHA256.fullmatch(sha256):
        refuse(path, line, f'ช่อง sha256 พบ "{sha256}" ต้องเป็นรหัส 64 ตัวที่โปรแกรมเขียนไว้')
    if source not in get_args(Source):
        refuse(path, line, f'ช่อง source พบ "{source}" ต้องเป็น {" หรือ ".join(get_args(Source))}')
    if event not in get_args(Event):
        refuse(path, line, f'ช่อง event พบ "{event}" ต้องเป็น {" หรือ ".join(get_args(Event))}')
    if event == "withdrawn" and not note.strip():
        refuse(path, line, "การถอนไฟล์ต้องบอกเหตุผลในช่อง note")
    times = (
        _time(path, line, "recorded_at", recorded_at, tz),
        _time(path, line, "received_at", received_at, tz),
    )
    return RegisterRow(times[0], file, sha256, times[1], cast(Source, source), cast(Event, event), note)


def _time(path: Path, line: int, column: str, text: str, tz: tzinfo) -> datetime:
    moment = read_time(text, tz)
    if moment is None:
        refuse(path, line, f'ช่อง {column} พบ "{text}" ซึ่งบอกเวลาไม่ชัดเจน ให้เขียนแบบ 2564-02-05T08:30')
    return moment


def _lines(rows: Sequence[RegisterRow]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        times = (row.recorded_at.isoformat(timespec="seconds"), row.received_at.isoformat(timespec="seconds"))
        writer.writerow((times[0], row.file, row.sha256, times[1], row.source, row.event, _plain(row.note)))
    return text.getvalue()


def _plain(note: str) -> str:
    """One line, and never a formula to a spreadsheet."""
    line = " ".join(note.encode("utf-8", "backslashreplace").decode().split())
    return f"'{line}" if line[:1] in tuple("=+-@") else line


def _append(path: Path, content: bytes) -> None:
    with writing(path), path.open("ab", buffering=0) as handle:
        before = handle.seek(0, os.SEEK_END)
        written = handle.write(content)
        if written != len(content):
            # The disk filled up in the middle of it: a row that is half there is worse than none.
            handle.truncate(before)
            raise OSError(errno.ENOSPC, "No space left on device")
        os.fsync(handle.fileno())
