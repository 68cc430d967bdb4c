"""How reading one file ends early: the one exception of this package, and the finding that it carries."""

import traceback
from pathlib import Path

from pipeline.model import Finding, Workbook


class Unusable(Exception):
    """A file that gives no grids; `finding` says why. Never leaves `pipeline.read`."""

    def __init__(self, code: str, sheet: str = "", cell: str = "", **facts: str) -> None:
        super().__init__(code)
        self.finding = Finding(code, sheet=sheet, cell=cell, facts=tuple(facts.items()))


def unusable(finding: Finding) -> Workbook:
    """A workbook without grids and the one reason for it."""
    return Workbook(findings=(finding,), readable=False)


def told(error: BaseException) -> str:
    """An unexpected error and the line that raised it, for the log and for whoever mends the program."""
    words = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    frames = traceback.extract_tb(error.__traceback__)
    return f"{words} ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else words
