"""Where tracebacks go: a log beside the outputs, for whoever looks after the program; people get a sentence."""

from datetime import UTC, datetime
from pathlib import Path

FILE_NAME = "pipeline.log"


def record(output: Path, text: str) -> bool:
    """Add `text`, with the time by the wall, to `output`/pipeline.log; false where that cannot be written."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        with (output / FILE_NAME).open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{datetime.now(UTC).astimezone().isoformat(timespec='seconds')} {text.rstrip()}\n")
    except OSError:
        return False
    return True
