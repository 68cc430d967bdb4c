"""What the analyst pastes: lines for input/answers.csv, input/corrections.csv and schemas/registry/aliases.csv, and
commands.

The hash is cut short, as the tables allow. What only a person knows is left open: words in its place that the program
refuses until they are replaced, several possibilities of which one has to remain, a command without its reason.
"""

import csv
import io
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.model import Issue
from pipeline.write.grouping import Group

ANSWERS, CORRECTIONS, ALIASES, COMMAND = "answers.csv", "corrections.csv", "aliases.csv", ""
COLUMNS: Final = {
    ANSWERS: ("file", "sha256", "sheet", "cell", "code", "answer", "who", "why"),
    CORRECTIONS: ("file", "sha256", "sheet", "cell", "old", "new", "who", "why"),
    ALIASES: ("kind", "code", "alias", "evidence"),
}
PLACES: Final = {
    ANSWERS: "input/answers.csv",
    CORRECTIONS: "input/corrections.csv",
    ALIASES: "schemas/registry/aliases.csv",
    COMMAND: "",
}
HASH_SIGNS: Final = 12
BODY: Final = "รหัส อปท."
"""Stands where the code of a local body belongs."""
_MOST_PLACES: Final = 4
_PROGRAM: Final = ".venv/bin/pipeline"
_NAMES: Final = (
    "UNKNOWN_LOCAL_BODY", "AMBIGUOUS_LOCAL_BODY", "WRONG_BODY_TYPE", "FOREIGN_LOCAL_BODY", "PAST_LOCAL_BODY",
)  # fmt: skip
_FIGURES: Final = (
    "BAD_VALUE", "NEGATIVE", "ERROR_CELL", "NO_CACHED_VALUE", "BAD_CHOICE", "PART_OVER_WHOLE", "WHOLE_TOO_SMALL",
    "ONCE_DIFFERS",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line for a table (`cells` by its columns), or a command (its one cell)."""

    table: str
    cells: tuple[str, ...]

    @property
    def place(self) -> str:
        """The file that it is added to; empty for a command."""
        return PLACES[self.table]

    @property
    def text(self) -> str:
        """The line as it stands in the file, or the command."""
        if self.table == COMMAND:
            return self.cells[0]
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(self.cells)
        return line.getvalue()


def answer_to(group: Group, places: Sequence[str]) -> tuple[Line, ...]:
    """The line that answers the question where something belongs, with its possible answers (`places`, "3407/2"), of
    which one has to remain; nothing where there is no such question."""
    if not group.answer_line:
        return ()
    file, sha256, sheet, cell, code, answer, who, why = next(csv.reader([group.answer_line]))
    likely = list(dict.fromkeys((answer, *places)))
    told = [*likely[: _MOST_PLACES if places else 1], "ignore"]
    return (Line(ANSWERS, (file, sha256[:HASH_SIGNS], sheet, cell, code, " หรือ ".join(told), who, why)),)


def mends(issues: Sequence[Issue], sha256: str) -> tuple[Line, ...]:
    """A line for each name that may be told and each figure that may be corrected by telephone, in their order; for a
    name that the registry does not have, another instead, for when it is always written like this."""
    lines = []
    for issue in issues:
        place = (issue.file, sha256[:HASH_SIGNS], issue.sheet, issue.cell)
        if issue.code in _NAMES:
            lines.append(Line(ANSWERS, (*place, issue.code, BODY, "ผู้ตัดสิน", "เหตุผล")))
        elif issue.code in _FIGURES:
            lines.append(Line(CORRECTIONS, (*place, issue.value, "ตัวเลขที่ถูกต้อง", "ผู้แจ้ง", "เหตุผล")))
        if issue.code == "UNKNOWN_LOCAL_BODY":
            lines.append(Line(ALIASES, ("local_body", BODY, issue.value, "seen")))
    return tuple(lines)


def receive(path: str) -> tuple[Line, ...]:
    """The command that says when a file really came, but for when; its name is quoted, whatever it holds."""
    return (Line(COMMAND, (f"{_PROGRAM} receive {_quoted(path)} --at วันเวลาที่ได้รับจริง",)),)


def withdraw(path: str) -> tuple[Line, ...]:
    """The command that takes a file out, but for the reason."""
    return (Line(COMMAND, (f"{_PROGRAM} withdraw {_quoted(path)} --why",)),)


def _quoted(path: str) -> str:
    """A name that begins with a hyphen is not to be taken for an option."""
    return shlex.quote(f"./{path}" if path.startswith("-") else path)
