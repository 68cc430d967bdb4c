"""What arrived: files, their cells, and what was found in them. Frozen.

Rows and columns of a sheet are counted from 0 inside the program; `address` gives the name people use (C6).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from schemas.form import Severity

CellValue = str | int | float | bool | datetime | date | time | timedelta
Position = tuple[int, int]

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


def address(position: Position) -> str:
    """The name of a cell: (5, 2) is C6."""
    return f"{column_letters(position[1])}{position[0] + 1}"


def position_of(reference: str) -> Position | None:
    """The position that a person means by C6, c6 or $C$6: (5, 2); `None` for anything else."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


@lru_cache(1 << 14)
def column_letters(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + last)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, without words: `pipeline.issues` turns it into an issue.

    `facts` fill the sentence of its code; `severity` overrides the catalogue's (a rule states its own).
    """

    code: str
    sheet: str = ""
    cell: str = ""
    value: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong, where it is and what to do; a row of issues.csv. `reason` groups the cells of one cause;
    a `question` is for the analyst, not for the district; `answer_line` is what to add to answers.csv then."""

    severity: Severity
    code: str
    district_code: str
    form: str
    round: str
    file: str
    sheet: str
    cell: str
    value: str
    message: str
    remedy: str
    reason: str
    question: bool = False
    answer_line: str = ""


ISSUE_COLUMNS = (
    "severity", "code", "district_code", "form", "round", "file", "sheet", "cell", "value", "message", "remedy",
)  # fmt: skip
"""The columns of issues.csv, in order."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file seen at a place with a content, as the register tells it. `file` is its path under input/."""

    file: str
    sha256: str
    received_at: datetime
    source: Literal["register", "file_time"]
    withdrawn: str = ""
    vanished: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """An arrival and its snapshot in the vault; `findings` of the gate, which say why it cannot be read."""

    arrival: Arrival
    snapshot: Path
    findings: tuple[Finding, ...] = ()
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands on a sheet: the cell at its upper left corner, and the part of the archive that holds
    it (the name of its entry in lower case, as `pipeline.read.picture_bytes` wants it)."""

    position: Position
    part: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as found: only cells that hold something, each at its own position.

    `errors` are error cells (#REF! …), `uncached` formulas that were never calculated: both hold no value and are
    not in `cells`. `merges` are (first row, first column, last row, last column). `value_cells` was counted
    without the reader: it equals the number of cells, errors and uncached together. `pictures` are those that the
    workbook itself holds, in reading order; a cell in which one is placed holds no value and no error.
    """

    sheet: str
    index: int
    hidden: bool
    cells: Mapping[Position, CellValue]
    errors: Mapping[Position, str]
    uncached: frozenset[Position]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merges: tuple[tuple[int, int, int, int], ...]
    value_cells: int
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a reader made of a snapshot. With `readable` false there are no grids and a finding says why."""

    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and the position it was read from."""

    position: Position
    value: CellValue

    @property
    def address(self) -> str:
        return address(self.position)
