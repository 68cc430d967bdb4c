"""What a poisonous file does to its reader, at will: the name of the file says how (the child imports this)."""

import os
import signal
import sys
from pathlib import Path

from pipeline.model import Finding, Workbook
from pipeline.read import read_snapshot


class PanicException(BaseException):
    """As a panic of a Rust library arrives in Python."""


def misbehave(path: Path, name: str) -> Workbook:
    match name:
        case "abort":
            os.abort()
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "panic":
            raise PanicException("index out of bounds")
        case "hang":
            while True:
                signal.pause()
        case "bloat":
            bytearray(3 << 30)
        case "leaves":
            raise SystemExit(3)
        case "modules":
            return Workbook(findings=(Finding("NOTE", facts=tuple((name, "") for name in sys.modules)),))
        case "writes":
            return Workbook(findings=(Finding("NOTE", value=_written(path)),))
    return read_snapshot(path, name)


def _written(path: Path) -> str:
    try:
        with path.with_suffix(".new").open("w") as file:
            file.write("x")
    except OSError as error:
        return type(error).__name__
    return "written"
