"""Issues of one cause on one line: what people read has one line per cause, its cells together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pipeline.model import Issue, position_of
from schemas.form import Severity

_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ORDER: Final[tuple[Severity, ...]] = ("must_fix", "please_explain", "note")
_SHOWN_VALUES: Final = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Issues that share their place, cause and mend. `cells` and `values` are joined for reading; `count` is how
    many issues there are; `message` is the sentence of the first."""

    severity: Severity
    code: str
    district_code: str
    form: str
    round: str
    file: str
    sheet: str
    cells: str
    values: str
    message: str
    reason: str
    remedy: str
    count: int
    question: bool
    answer_line: str

    @property
    def what(self) -> str:
        """What was found and why it is wrong, without the place, which stands beside it."""
        if not self.reason:
            return self.message
        return f"พบ {self.values} {self.reason}" if self.values else self.reason


def grouped(issues: Iterable[Issue]) -> tuple[Group, ...]:
    """The issues by cause (file, sheet, code, severity, reason, remedy), ต้องแก้ first, else in order of arrival."""
    causes: dict[tuple[str, ...], list[Issue]] = {}
    for issue in issues:
        causes.setdefault(_cause(issue), []).append(issue)
    groups = [_group(members) for members in causes.values()]
    return tuple(sorted(groups, key=lambda group: _ORDER.index(group.severity)))


def by_file(groups: Iterable[Group]) -> dict[str, list[Group]]:
    """The groups of each file, in the order in which they come."""
    files: dict[str, list[Group]] = {}
    for group in groups:
        files.setdefault(group.file, []).append(group)
    return files


def in_runs(issues: Iterable[Issue]) -> tuple[Group, ...]:
    """The issues as one goes through a workbook: ต้องแก้ first, then by sheet in order of arrival and from top to bottom,
    what is said of a whole file or sheet before its cells; neighbours of one column and cause stand together."""
    members = list(issues)
    sheets = {
        sheet: number
        for number, sheet in enumerate(dict.fromkeys(each.sheet for each in members if each.sheet))
    }
    ordered = sorted((_cause(each), _column_and_row(each), number) for number, each in enumerate(members))
    runs = [
        [members[number] for _, (_, _, number) in run]
        for _, run in groupby(
            enumerate(ordered), key=lambda pair: (pair[1][0], pair[1][1][0], pair[1][1][1] - pair[0])
        )
    ]

    def place(run: list[Issue]) -> tuple[int, int, int, int]:
        column, row = _column_and_row(run[0])
        return _ORDER.index(run[0].severity), sheets.get(run[0].sheet, -1), row, column

    return tuple(_group(run) for run in sorted(runs, key=place))


def _column_and_row(issue: Issue) -> tuple[int, int]:
    """Where an issue stands on its sheet; before all cells if it is about none."""
    row, column = position_of(issue.cell) or (-1, -1)
    return column, row


def joined_cells(cells: Iterable[str]) -> str:
    """Cell names in reading order, once each, neighbours of one column as a range: C6, D7:D9, E2."""
    names = dict.fromkeys(cell for cell in cells if cell)
    matches = [match for match in (_CELL.fullmatch(name) for name in names) if match]
    others = [name for name in names if not _CELL.fullmatch(name)]
    places = sorted((len(match[1]), match[1], int(match[2])) for match in matches)
    ranges = []
    for column, run in groupby(enumerate(places), key=lambda pair: (pair[1][1], pair[1][2] - pair[0])):
        rows = [place[2] for _, place in run]
        ranges.append(_range(column[0], rows))
    return ", ".join([*ranges, *others])


def _cause(issue: Issue) -> tuple[str, ...]:
    return (
        issue.severity,
        issue.code,
        issue.district_code,
        issue.form,
        issue.round,
        issue.file,
        issue.sheet,
        issue.reason or issue.message,
        issue.remedy,
    )


def _group(members: list[Issue]) -> Group:
    first = members[0]
    return Group(
        severity=first.severity,
        code=first.code,
        district_code=first.district_code,
        form=first.form,
        round=first.round,
        file=first.file,
        sheet=first.sheet,
        cells=joined_cells(issue.cell for issue in members),
        values=_joined_values(issue.value for issue in members if f'"{issue.value}"' in issue.message),
        message=first.message,
        reason=first.reason,
        remedy=first.remedy,
        count=len(members),
        question=first.question,
        answer_line=first.answer_line,
    )


def _range(column: str, rows: list[int]) -> str:
    if len(rows) < 3:
        return ", ".join(f"{column}{row}" for row in rows)
    return f"{column}{rows[0]}:{column}{rows[-1]}"


def _joined_values(values: Iterable[str]) -> str:
    """The first few values found, quoted, and how many kinds there are beyond them."""
    kinds = list(dict.fromkeys(value for value in values if value))
    shown = ", ".join(f'"{value}"' for value in kinds[:_SHOWN_VALUES])
    more = len(kinds) - _SHOWN_VALUES
    return f"{shown} และอีก {more} ค่า" if more > 0 else shown
