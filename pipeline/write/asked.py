"""Who is reminded of a round and asked to mend, by letter, in the chat and by telephone (design rules 7 and 8).

Nobody is chased for what waits for the province (`undecided`), and nobody for being late: what came late has come.
So nothing here rests on when a file was received.
"""

from typing import Final

from pipeline.model import Issue, Results, RosterRow, RoundResult, Status
from pipeline.write import sentences

ASKED: Final[tuple[Status, ...]] = ("missing", "unusable")

ANALYSTS: Final = ("CORRECTION_UNFIT", "VANISHED")
"""What only the analyst can mend, though it is no question."""


def is_districts(issue: Issue) -> bool:
    """Whether it is a district that can do something about it."""
    return not issue.question and issue.code not in ANALYSTS


def asked(results: Results, result: RoundResult, status: Status) -> tuple[RosterRow, ...]:
    """The districts of one of these statuses whose reminders have begun, in registry order: each from 09:00 of the
    first working day after the day on which it was due, its own extension included."""
    rows = sentences.with_status(result, status)
    return tuple(row for row in rows if results.as_of >= results.campaign.reminded_from(row.due_at))


def to_mend(result: RoundResult) -> dict[str, tuple[Issue, ...]]:
    """By district code, what a district must fix in the report that counts."""
    counted = {row.district_code: row.counted_file for row in result.roster if row.counted_file}
    found: dict[str, tuple[Issue, ...]] = {}
    for issue in result.issues:
        its = is_districts(issue) and counted.get(issue.district_code) == issue.file
        if issue.severity == "must_fix" and its:
            found[issue.district_code] = (*found.get(issue.district_code, ()), issue)
    return found


def to_explain(result: RoundResult, row: RosterRow) -> tuple[Issue, ...]:
    """What a district of which a report counts is asked to explain."""
    asked_for = (
        issue for issue in result.issues if issue.severity == "please_explain" and is_districts(issue)
    )
    return tuple(
        issue for issue in asked_for if row.counted_file and issue.district_code == row.district_code
    )
