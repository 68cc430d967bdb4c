"""Where a command may work: mistyped folders are refused before anything is made in them."""

import os
from pathlib import Path

from pipeline.exceptions import ConfigurationError, printable
from pipeline.model import Folders


def refuse_misplaced(folders: Folders) -> None:
    """Raise `ConfigurationError` if there is no input folder, or if input and output lie one in the other.

    An input folder made on the spot would report the whole province missing; outputs inside it would come in as
    reports of the next run.
    """
    given, made = printable(folders.input), printable(folders.output)
    if not _is_there(folders.input):
        raise ConfigurationError(
            f"ไม่พบโฟลเดอร์รับไฟล์ {given} กรุณาตรวจชื่อโฟลเดอร์ที่ให้ไว้กับ --input หรือสร้างโฟลเดอร์นี้ก่อน แล้วสั่งใหม่อีกครั้ง"
        )
    source, target = _real(folders.input), _real(folders.output)
    if source.is_relative_to(target) or target.is_relative_to(source):
        raise ConfigurationError(
            f"โฟลเดอร์รับไฟล์ {given} กับโฟลเดอร์ผลลัพธ์ {made} ต้องแยกกันและไม่ซ้อนกัน "
            "กรุณาให้โฟลเดอร์อื่นกับ --output แล้วสั่งใหม่อีกครั้ง"
        )


def _is_there(path: Path) -> bool:
    """Whether anything is there. What is there and is no folder, or may not be looked at, is told of later."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _real(path: Path) -> Path:
    """The place itself, links followed, whether or not it is there yet."""
    return Path(os.path.realpath(path))
