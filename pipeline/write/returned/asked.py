"""What each district is asked to mend or explain, by the workbook that is given back for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.model import FileRow, Issue, RoundResult, Verdict
from pipeline.write.asked import is_districts
from pipeline.write.returned.mark import SEVERITIES

_WEIGHT: Final[tuple[Verdict, ...]] = ("counted", "unusable", "undecided", "superseded", "duplicate")


@dataclass(frozen=True, slots=True)
class Asked:
    """One workbook to give back: its `name` without the ending, whose it is, the `file` that is marked (none where
    nothing that came could be read), and what is to be listed, notes about that file too."""

    name: str
    district_code: str
    district: str
    file: FileRow | None
    issues: tuple[Issue, ...]


def asked(result: RoundResult) -> tuple[Asked, ...]:
    """The workbooks to give back, in registry order: of each district that has something to mend or explain, one for
    each file in which that stands. What is said of files that could not be read is told with the first of them."""
    return tuple(
        each for row in result.roster for each in _of_district(result, row.district_code, row.district)
    )


def _of_district(result: RoundResult, code: str, district: str) -> Iterator[Asked]:
    mine = [issue for issue in result.issues if issue.district_code == code and is_districts(issue)]
    asking = [issue for issue in mine if issue.severity in SEVERITIES]
    if not asking:
        return
    read = {issue.file for issue in asking if issue.sheet}
    rows = [
        row for path in dict.fromkeys(issue.file for issue in asking) if (row := _row_of(result, path, code))
    ]
    files = sorted((row for row in rows if row.path in read and row.snapshot), key=_weight)
    marked = {row.path for row in files}
    elsewhere = [issue for issue in asking if issue.file not in marked]
    for number, file in enumerate(files or [None], start=1):
        of_file = [issue for issue in mine if file and issue.file == file.path]
        name = code if number == 1 else f"{code}-{number}"
        yield Asked(name, code, district, file, (*of_file, *(elsewhere if number == 1 else ())))


def _row_of(result: RoundResult, path: str, code: str) -> FileRow | None:
    """Of the contents that came under one path the one that issues are about: the weightiest, the newest of those."""
    place = (code, result.round.key)
    rows = [row for row in result.files if row.path == path and place in row.places]
    return min(reversed(rows), key=_weight, default=None)


def _weight(row: FileRow) -> int:
    return _WEIGHT.index(row.verdict) if row.verdict in _WEIGHT else len(_WEIGHT)
