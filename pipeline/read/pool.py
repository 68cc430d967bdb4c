"""Readers in processes of their own: a file that kills, hangs or bloats its reader costs that file alone.

The readers are copies of a small server process that has imported what they need (`pipeline.reading.get_ready`),
made in a moment when there is work and when one of them has died. They are never copies of the parent: a fork of a
busy process can deadlock, and would carry its memory.
"""

import gc
import math
import multiprocessing
import os
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from pipeline.model import Finding, Workbook
from pipeline.read.gate import read_snapshot
from pipeline.read.outcome import told, unusable

Job = tuple[Any, ...]
"""What `read` is called with: of `read_snapshot`, the path of a snapshot and the name under which it came."""
Read = Callable[..., Any]
ReadAll = Callable[[Sequence[Job]], Iterator[Any]]
"""Schedules every job when it is called, and gives the result of each in order."""

_GIBIBYTE: Final = 1 << 30
WORTH_A_READER: Final = 16
"""So many files take longer to read than a child takes to begin."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. `seconds` of the clock and of the processor; `memory` in bytes of address space:
    the largest harmless workbook of the intake needs a third of it; `files` that a child may hold open. `start` is
    how many seconds a child may take until it is at work."""

    seconds: float = 60.0
    memory: int = 2 * _GIBIBYTE
    files: int = 64
    start: float = 60.0


@contextmanager
def readers(
    workers: int = 1,
    limits: Limits | None = None,
    read: Read = read_snapshot,
) -> Iterator[ReadAll]:
    """Yield `read_all(jobs)`, which gives `read(*job)` for each job, in order, read by as many children as the jobs
    are worth, at most `workers`.

    What goes wrong in a child becomes a `Workbook` that is not readable, with the finding READER_CRASH (facts
    `reason`, `detail`). Afterwards no child is left but the server, which ends with its parent.
    """
    with ExitStack() as pools:
        yield partial(_read_all, pools, workers, limits or Limits(), read)


@contextmanager
def _pool(workers: int, limits: Limits) -> Iterator[ProcessPool]:
    pool = ProcessPool(
        max_workers=workers,
        initializer=_confine,
        initargs=(limits,),
        context=multiprocessing.get_context("forkserver"),
    )
    try:
        yield pool
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _read_all(
    pools: ExitStack, workers: int, limits: Limits, read: Read, jobs: Sequence[Job]
) -> Iterator[Any]:
    paying = max(1, min(workers, len(jobs) // WORTH_A_READER))
    pool = pools.enter_context(_pool(paying, limits))
    return _results(pool, [_schedule(pool, limits, read, job) for job in jobs], limits, read, jobs)


def _results(
    pool: ProcessPool,
    pending: Sequence[ProcessFuture[Any] | None],
    limits: Limits,
    read: Read,
    jobs: Sequence[Job],
) -> Iterator[Any]:
    silent = False
    for future, job in zip(pending, jobs, strict=True):
        silent = silent or _is_silent(future, limits)
        yield (
            _not_started("silent") if silent else _outcome(future, limits, partial(_alone, limits, read, job))
        )
    pool.stop()  # type: ignore[no-untyped-call]  # the children go while the parent works on


def _schedule(pool: ProcessPool, limits: Limits, read: Read, job: Job) -> ProcessFuture[Any] | None:
    """None when the pool is broken."""
    try:
        return pool.schedule(_in_child, args=(read, job, limits.seconds), timeout=limits.seconds)
    except RuntimeError:
        return None


def _is_silent(future: ProcessFuture[Any] | None, limits: Limits) -> bool:
    """Whether a file whose turn has come is not read at all: children that end before they begin would be started
    again for ever."""
    return future is not None and not wait([future], limits.seconds + limits.start).done


def _alone(limits: Limits, read: Read, job: Job) -> Any:
    """Read in a fresh pool: a child that ends between two files takes its whole pool along."""
    with _pool(1, limits) as pool:
        future = _schedule(pool, limits, read, job)
        if _is_silent(future, limits):
            return _not_started("silent")
        return _outcome(future, limits, partial(_not_started, "broken pool"))


def _outcome(future: ProcessFuture[Any] | None, limits: Limits, otherwise: Callable[[], Any]) -> Any:
    """The result, or how its reader ended; `otherwise` when the pool ended before it was read."""
    if future is None:
        return otherwise()
    try:
        return future.result()
    except TookTooLong:
        return _crash(f"ใช้เวลาอ่านนานเกิน {limits.seconds:g} วินาที", "timeout")
    except ProcessExpired as error:
        return _crash("โปรแกรมอ่านไฟล์หยุดทำงานกลางคัน", f"exit {error.exitcode}")
    except BrokenProcessPool:
        return otherwise()


def _not_started(detail: str) -> Workbook:
    return _crash("เริ่มโปรแกรมอ่านไฟล์ไม่ได้", detail)


def _crash(reason: str, detail: str) -> Workbook:
    return unusable(Finding("READER_CRASH", facts=(("reason", reason), ("detail", detail))))


# --- in the child -----------------------------------------------------------------------------------------------


def _confine(limits: Limits) -> None:
    """Bound what the child may take. It writes nothing, not even a core dump, and is silent: what the libraries
    print when they fail is no message for the person who runs the program."""
    gc.set_threshold(100_000, 50, 100)  # a workbook is gone, without cycles, before the next is read
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each thread would reserve memory by the tens of megabytes
    sys.dont_write_bytecode = True
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, limits.files)
    if sys.platform != "darwin":  # which knows the limit and refuses to set it
        _lower(resource.RLIMIT_AS, limits.memory)


def _lower(what: int, limit: int) -> None:
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _in_child(read: Read, job: Job, seconds: float) -> Any:
    """Read one file. The processor's time is bounded, too, for the day when nobody is left to watch the clock."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds) + 1)
    try:
        return read(*job)
    except MemoryError:
        return _crash("ไฟล์ต้องใช้หน่วยความจำมากเกินไป", "MemoryError")
    except BaseException as error:  # noqa: BLE001 - a panic of a Rust library is no Exception; one file is the price
        return _crash("โปรแกรมอ่านไฟล์ขัดข้อง", told(error))
