"""What a poisonous file does to its reader, at will: the name of the file says how (the child imports this)."""

import os
import signal
import sys
from pathlib import Path

from pipeline.model import Finding, Workbook
from pipeline.read import read_snapshot
from pipeline.read.cells import read_by_calamine


class PanicException(BaseException):
    """As a panic of a Rust library arrives in Python."""


def misbehave(path: Path, name: str) -> Workbook:
    """Do as the name of the file says, else read it."""
    return _DEEDS.get(name, read_snapshot)(path, name)


def never_begin(*_: object) -> None:
    """In a child's preparation: it ends as if all were well, before it has taken a file."""
    os._exit(0)


def _abort(*_: object) -> Workbook:
    os.abort()


def _kill(*_: object) -> Workbook:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def _panic(*_: object) -> Workbook:
    raise PanicException("index out of bounds")


def _hang(*_: object) -> Workbook:
    while True:
        signal.pause()


def _bloat(*_: object) -> Workbook:
    return Workbook(findings=(Finding("BLOATED", value=str(len(bytearray(3 << 30)))),))


def _leave(*_: object) -> Workbook:
    raise SystemExit(3)


def _trust_calamine(path: Path, _: str) -> Workbook:
    return Workbook(findings=(Finding("READ", value=str(read_by_calamine(path.read_bytes(), 1, [0]))),))


def _list_modules(*_: object) -> Workbook:
    return Workbook(findings=(Finding("MODULES", value=" ".join(sys.modules)),))


def _write(path: Path, _: str) -> Workbook:
    try:
        path.with_suffix(".new").write_text("x")
    except OSError as error:
        return Workbook(findings=(Finding("WRITE", value=type(error).__name__),))
    return Workbook(findings=(Finding("WRITE", value="written"),))


_DEEDS = {
    "abort": _abort,
    "kill": _kill,
    "panic": _panic,
    "hang": _hang,
    "bloat": _bloat,
    "leave": _leave,
    "calamine": _trust_calamine,
    "modules": _list_modules,
    "write": _write,
}
