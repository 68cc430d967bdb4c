"""One submission and its workbook -> what it says: tables, places, typed rows. The boundary around bad workbooks."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.answers import PLACE_QUESTIONS, Answer, answer_for, with_answer
from pipeline.extract import extract
from pipeline.identify import Evidence, identify, open_rounds, path_evidence
from pipeline.model import Campaign, Finding, Place, Return, Submission, Workbook
from pipeline.names import Names
from pipeline.returns import read_return

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Understood:
    """A submission's returns before validation, the findings about the file, and where its path says it belongs.

    `seen = read + set_aside` counts the cells with a value of all its sheets (design rule 1).
    """

    submission: Submission
    returns: tuple[Return, ...]
    findings: tuple[Finding, ...]
    places: tuple[Place, ...]
    path_districts: frozenset[str]
    seen: int = 0
    read: int = 0
    set_aside: int = 0


def understand(
    submission: Submission, workbook: Workbook, campaign: Campaign, names: Names, answers: Sequence[Answer]
) -> Understood:
    """What one submission says. An unexpected error is the finding INTERNAL: it costs this file only (rule 12)."""
    places, districts = _from_path(submission, campaign, names, answers)
    try:
        return _understand(submission, workbook, campaign, names, answers, places, districts)
    except Exception:
        log.exception("unexpected error in %s", submission.arrival.file)
        return Understood(submission, (), (Finding("INTERNAL"),), places, districts)


def _understand(
    submission: Submission,
    workbook: Workbook,
    campaign: Campaign,
    names: Names,
    answers: Sequence[Answer],
    places: tuple[Place, ...],
    districts: frozenset[str],
) -> Understood:
    findings = (*submission.findings, *workbook.findings)
    if not submission.readable or not workbook.readable:
        return Understood(submission, (), findings, places, districts)
    found = extract(workbook, campaign.forms, names)
    arrival = submission.arrival
    placements = [
        with_answer(placement, arrival, table.sheet, answers)
        for placement, table in zip(
            identify(found.tables, arrival, campaign, names), found.tables, strict=True
        )
    ]
    returns = tuple(
        read_return(table, placement, arrival, campaign.forms[table.form], names, answers)
        for table, placement in zip(found.tables, placements, strict=True)
    )
    return Understood(
        submission,
        returns,
        (*findings, *found.findings),
        places,
        districts,
        found.seen,
        found.read,
        found.set_aside,
    )


def _from_path(
    submission: Submission, campaign: Campaign, names: Names, answers: Sequence[Answer]
) -> tuple[tuple[Place, ...], frozenset[str]]:
    """The places a file may belong to by its path alone, for when its content cannot speak; the analyst's answer
    first. Without a round it may be any that was open when it came."""
    arrival = submission.arrival
    answer = answer_for(answers, arrival, "", PLACE_QUESTIONS)
    folder, name = path_evidence(arrival.file, campaign, names)
    said = Evidence(folder.districts | name.districts, folder.rounds or name.rounds)
    if answer and answer.place:
        return (answer.place,), said.districts
    rounds = sorted(said.rounds) or open_rounds(arrival.received_at, campaign)
    return tuple((district, key) for district in sorted(said.districts) for key in rounds), said.districts
