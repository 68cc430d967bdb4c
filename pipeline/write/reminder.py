"""reminder.docx: the draft of a memo to the districts that are asked for a report, with their list enclosed."""

from pathlib import Path

from pipeline.model import Results, RoundResult
from pipeline.write.asked import ASKED, asked


def write_reminder(path: Path, results: Results, result: RoundResult) -> None:
    """Writes the memo from the moment on from which somebody is reminded (`pipeline.write.asked`), and only then;
    `OSError` if it cannot be written."""
    missing, unusable = (asked(results, result, status) for status in ASKED)
    if missing or unusable:
        from pipeline.write.memo import memo_bytes  # what it is written with takes long to import

        path.write_bytes(memo_bytes(results, result, missing, unusable))
