"""One writer at a time: a lock of the operating system on `input/vault/.lock`, gone with the process that held it."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pipeline.exceptions import AlreadyRunning, writing

FILE_NAME: Final = ".lock"
LOOKS: Final = 25
BETWEEN_LOOKS: Final = 0.02


@contextmanager
def single_writer(input_dir: Path, now: datetime | None = None) -> Iterator[None]:
    """Hold the campaign while the block runs; `now` (else the clock) is what a second run is told.

    Raises `AlreadyRunning` with the holder's process number and start time, within a second; `CannotWrite`. The lock
    cannot go stale: the system frees it when its holder ends, however that happens.
    """
    path = input_dir / "vault" / FILE_NAME
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        _lock(descriptor, path)
        _sign(descriptor, path, now or datetime.now(UTC).astimezone())
        yield
        _clear(descriptor, path)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    with writing(path):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(_holder(descriptor)) from None


def _holder(descriptor: int) -> str:
    pid, _, started = _signature(descriptor).partition(" ")
    who = f" หมายเลขโปรเซส {pid} เริ่มเมื่อ {started}" if started else ""
    return f"มีการทำงานอีกชุดหนึ่งกำลังใช้โฟลเดอร์นี้อยู่{who} กรุณารอให้เสร็จแล้วสั่งใหม่อีกครั้ง"


def _signature(descriptor: int) -> str:
    """What the holder wrote of itself. It signs once it holds the lock: whoever comes in between waits a moment."""
    for _ in range(LOOKS):
        text = os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip()
        if text:
            return text
        time.sleep(BETWEEN_LOOKS)
    return ""


def _sign(descriptor: int, path: Path, now: datetime) -> None:
    with writing(path):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {now.isoformat(sep=' ', timespec='seconds')}\n".encode(), 0)


def _clear(descriptor: int, path: Path) -> None:
    with writing(path):
        os.ftruncate(descriptor, 0)
