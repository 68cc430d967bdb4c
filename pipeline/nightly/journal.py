"""nightly.log: one line of JSON a night, for programs and for whoever looks after this one; of bounded size."""

import json
import logging
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Final

from pipeline.exceptions import ConfigurationError, printable, writing
from pipeline.model import Folders

FILE_NAME: Final = "nightly.log"
MOST_BYTES: Final = 256 * 1024
OLDER_FILES: Final = 4
"""nightly.log.1 to nightly.log.4: together years of nights in little more than a megabyte."""


def journal_folder(asked: Path | None, folders: Folders) -> Path:
    """Where the log is kept: as asked for, else beside the outputs.

    Raises `ConfigurationError` for a place in the input folder, where it would come in as a report."""
    folder = asked or folders.output
    if folder.resolve().is_relative_to(folders.input.resolve()):
        raise ConfigurationError(
            f"โฟลเดอร์บันทึก {printable(folder)} อยู่ในโฟลเดอร์รับไฟล์ กรุณาให้โฟลเดอร์อื่นกับ --log แล้วสั่งใหม่อีกครั้ง"
        )
    return folder


def note(folder: Path, entry: Mapping[str, Any]) -> None:
    """Add a line, and begin a new file where the old one is full; raises `CannotWrite`."""
    path = folder / FILE_NAME
    with writing(path):
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=MOST_BYTES, backupCount=OLDER_FILES, encoding="utf-8", errors="backslashreplace"
        )
        try:
            # the handler's own way is to print the traceback and go on as if the line had been written
            handler.handleError = _tell  # type: ignore[method-assign]
            line = json.dumps(entry, ensure_ascii=False)
            handler.handle(logging.makeLogRecord({"msg": line, "name": __name__}))
        finally:
            handler.close()


def _tell(record: logging.LogRecord) -> None:  # noqa: ARG001 — as the handler calls it
    raise  # noqa: PLE0704 — called while the error is being handled
