"""A task of the analyst, and the rule by which tasks are ordered.

A task has one of three levels:

1. a district is not in the tables at all: all of it waits for us, cannot be used, or has not come;
2. figures are out, or wait: a question about one report of several, places to mend, local bodies that are absent, a
   mistake in our own tables, a file of which nobody knows whose it is;
3. nothing is out: a time of receipt that nobody has confirmed, a file that has vanished or is of no use beside one
   that counts, figures to be explained, answers that fit nothing.

Within a level come first those that keep most local bodies out, then by kind (`KINDS`), then those that keep most
cells out, then by district and file. A question about a file of which nobody knows the district is of the first level
while a district is missing: it may be that one's.
"""

from dataclasses import dataclass
from typing import Final, Literal

from pipeline.write.todo.paste import Line

Kind = Literal[
    "question", "ours", "unusable", "missing", "tables", "mend", "receipt", "vanished", "explain", "unused"
]
KINDS: Final[tuple[Kind, ...]] = (
    "question", "ours", "unusable", "missing", "tables", "mend", "receipt", "vanished", "explain", "unused",
)  # fmt: skip
Level = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do. `bodies` and `cells` are how many local bodies and cells it keeps out of the tables; `districts`
    are the names of those it is about, `whom` whom to call, `what` was found and in a few words `brief`, `say` what
    to ask or to do, `lines` what to paste, `state` where the districts stand; empty where there is none."""

    kind: Kind
    level: Level
    bodies: int = 0
    cells: int = 0
    district_code: str
    districts: tuple[str, ...]
    round: str
    whom: str = ""
    what: str
    brief: str
    file: str = ""
    say: str
    lines: tuple[Line, ...] = ()
    state: str


def rank(task: Task) -> tuple[object, ...]:
    """The order of tasks, as told above."""
    return (
        task.level,
        -task.bodies,
        KINDS.index(task.kind),
        -task.cells,
        task.district_code,
        task.file,
        task.what,
    )
