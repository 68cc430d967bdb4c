"""Who is reminded of a round and asked to mend, by letter, in the chat and by telephone (design rules 7 and 8).

Nobody is chased for what waits for the province (`undecided`), and nobody for being late: what came late has come.
So nothing here rests on when a file was received.
"""

from typing import Final

from pipeline.model import Issue, Results, RosterRow, RoundResult, Status
from pipeline.write import sentences

ASKED: Final[tuple[Status, ...]] = ("missing", "unusable")

ANALYSTS: Final = ("CORRECTION_UNFIT",)
"""Mistakes in the tables of the analyst, which no district can mend."""


def asked(results: Results, result: RoundResult, status: Status) -> tuple[RosterRow, ...]:
    """The districts of one of these statuses whose reminders have begun, in registry order: each from 09:00 of the
    first working day after the day on which it was due, its own extension included."""
    rows = sentences.with_status(result, status)
    return tuple(row for row in rows if results.as_of >= results.campaign.reminded_from(row.due_at))


def to_mend(result: RoundResult) -> dict[str, tuple[Issue, ...]]:
    """By district code, what must be fixed in the report that counts; what is a question for us is not among it."""
    counted = {row.district_code: row.counted_file for row in result.roster if row.counted_file}
    found: dict[str, tuple[Issue, ...]] = {}
    for issue in result.issues:
        ours = issue.question or issue.code in ANALYSTS
        if issue.severity == "must_fix" and not ours and counted.get(issue.district_code) == issue.file:
            found[issue.district_code] = (*found.get(issue.district_code, ()), issue)
    return found
