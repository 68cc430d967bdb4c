"""One submission and its workbook -> what it says: tables, places, typed rows. The boundary around bad workbooks."""

import traceback
from dataclasses import dataclass, replace

from pipeline.aids import without_aids
from pipeline.answers import PLACE_QUESTIONS, answer_for, with_answer
from pipeline.context import Context
from pipeline.corrections import corrected, corrections_of
from pipeline.evidence import Evidence, open_rounds, path_evidence, rounds_of_titles
from pipeline.extract import extract
from pipeline.headings import districts_named, heading_lines, rounds_named
from pipeline.identify import identify
from pipeline.model import Arrival, Cell, Finding, Place, Return, Submission, Workbook
from pipeline.returns import read_return


@dataclass(frozen=True, slots=True)
class Understood:
    """A submission's returns before validation, the findings about the file, and where its path says it belongs.

    `seen = read + set_aside` counts the cells with a value of all its sheets (design rule 1); what our own templates
    carry beside the form is set aside.
    """

    submission: Submission
    findings: tuple[Finding, ...]
    places: tuple[Place, ...]
    path_districts: frozenset[str]
    returns: tuple[Return, ...] = ()
    seen: int = 0
    read: int = 0
    set_aside: int = 0


def understand(submission: Submission, workbook: Workbook, context: Context) -> Understood:
    """What one submission says. An unexpected error is the finding INTERNAL: it costs this file only (rule 12)."""
    path = path_evidence(submission.arrival.file, context)
    places, districts = _from_path(submission, path, context)
    closed = Understood(submission, (*submission.findings, *workbook.findings), places, districts)
    if not submission.readable or not workbook.readable:
        return closed
    try:
        return _with_content(closed, workbook, path, context)
    except Exception:  # noqa: BLE001 — the traceback goes to the log with the finding
        return replace(
            closed, findings=(Finding("INTERNAL", facts=(("traceback", traceback.format_exc()),)),)
        )


def _with_content(
    closed: Understood, workbook: Workbook, path: tuple[Evidence, Evidence], context: Context
) -> Understood:
    arrival = closed.submission.arrival
    workbook, told = corrected(workbook, corrections_of(context.corrections, arrival))
    workbook, ours, changed = without_aids(workbook)
    found = extract(workbook, context.campaign.forms, context.labels, context.names)
    placements = identify(found.tables, arrival, path, context)
    returns = tuple(
        read_return(table, with_answer(placement, arrival, table.sheet, context.answers), arrival, context)
        for table, placement in zip(found.tables, placements, strict=True)
    )
    return replace(
        closed,
        findings=(*closed.findings, *told, *changed, *found.findings),
        places=closed.places if found.tables or closed.places else _from_words(workbook, arrival, context),
        returns=returns,
        seen=found.seen + ours,
        read=found.read,
        set_aside=found.set_aside + ours,
    )


def _from_words(workbook: Workbook, arrival: Arrival, context: Context) -> tuple[Place, ...]:
    """The places of a workbook without a table of ours, where its text names one district and no other."""
    lines = [
        line
        for grid in workbook.grids
        for line in heading_lines(
            [Cell(position, value) for position, value in grid.cells.items() if isinstance(value, str)]
        )
    ]
    districts = districts_named(lines, context.names)
    stated = rounds_named(lines) & {round_.key for round_ in context.campaign.rounds}
    rounds = sorted(stated) or open_rounds(arrival.received_at, context.campaign)
    return tuple((district, key) for district in districts for key in rounds) if len(districts) == 1 else ()


def _from_path(
    submission: Submission, path: tuple[Evidence, Evidence], context: Context
) -> tuple[tuple[Place, ...], frozenset[str]]:
    """The places a file may belong to by its path alone, for when its content cannot speak; the analyst's answer
    first. Without a round it may be any that was open when it came."""
    arrival = submission.arrival
    answer = answer_for(context.answers, arrival, "", PLACE_QUESTIONS)
    folder, name = path
    said = Evidence(folder.districts | name.districts, folder.rounds or name.rounds)
    if answer and answer.place:
        return (answer.place,), said.districts
    named = said.rounds or rounds_of_titles(arrival.file, context.campaign)
    rounds = sorted(named) or open_rounds(arrival.received_at, context.campaign)
    return tuple((district, key) for district in sorted(said.districts) for key in rounds), said.districts
