"""Tables -> returns: typed figures, resolved local bodies, and a note for whatever was changed in reading."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.answers import IGNORE, NAME_QUESTIONS, Answer, answer_for, answered
from pipeline.context import Context
from pipeline.headings import BLANK_DOTS, heading_date, is_field_label, unnumbered
from pipeline.model import (
    Arrival,
    Cell,
    CellValue,
    Finding,
    Once,
    Placement,
    Registry,
    Return,
    Row,
    Table,
    TableRow,
    address,
)
from pipeline.names import Match, resolve_local_body
from pipeline.normalise import is_nothing, parse, parse_count, shown
from pipeline.thai import arabic_digits, clean, fold
from schemas.form import DAY_KINDS, NUMERIC_KINDS, Column, Form

BEHIND_LABEL = re.compile(r"[\s:.=]*(?:จำนวน)?\s*(\d.*)")
NUMBER = fold("จำนวน")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the row functions need to know of the table they read."""

    arrival: Arrival
    form: Form
    sheet: str
    district_code: str
    registry: Registry
    context: Context


def read_return(table: Table, placement: Placement, arrival: Arrival, context: Context) -> Return:
    """One table as a return: rows typed by the form's columns, findings with the address of each cell."""
    form = context.campaign.forms[table.form]
    campaign = context.campaign
    registry = campaign.registry_of(campaign.round(placement.round)) if placement.round else campaign.registry
    reading = Reading(arrival, form, table.sheet, placement.district_code, registry, context)
    sole_name = "" if any(form.name_key in row.cells for row in table.rows) else table.sheet
    typed = [_named(row, *_row(row, reading), reading, sole_name) for row in table.rows]
    totals = [_row(row, reading) for row in table.totals]
    once, once_notes = _once(table, form)
    _, said_of_date = heading_date(table.heading)
    date_notes = (replace(said_of_date, sheet=table.sheet),) if said_of_date else ()
    return Return(
        arrival=arrival,
        form=form.key,
        sheet=table.sheet,
        placement=placement,
        columns=table.columns,
        rows=tuple(row for row, _ in typed),
        totals=tuple(row for row, _ in totals),
        once=once,
        findings=(
            *table.findings,
            *placement.findings,
            *date_notes,
            *_cleaned(table.heading, table.sheet),
            *once_notes,
            *(finding for _, findings in typed for finding in findings),
        ),
    )


def _row(row: TableRow, reading: Reading) -> tuple[Row, list[Finding]]:
    """A typed row, its local body not yet looked up, and what was found in its cells."""
    findings: list[Finding] = []
    figures: dict[str, int | float] = {}
    texts: dict[str, str] = {}
    days: dict[str, date] = {}
    unread = {key for key in row.broken if reading.form.column(key) in reading.form.asked}
    for key, cell in row.cells.items():
        column = reading.form.column(key)
        if column.kind == "ignored":
            continue
        parsed = parse(column.kind, cell.value, column.unit, column.options)
        findings += _findings(cell, reading.sheet, parsed.problem, parsed.note, parsed.facts)
        if parsed.problem:
            unread.add(key)
        match parsed.value:
            case int() | float():
                figures[key] = parsed.value
            case date():
                days[key], texts[key] = parsed.value, shown(cell.value)
            case str():
                texts[key] = parsed.value
        if column.kind not in (*NUMERIC_KINDS, *DAY_KINDS, "name"):
            findings += _cleaned((cell,), reading.sheet)
    counted = {column.key: column for column in reading.form.tallies if _is_counted(column, row, texts)}
    cells = {key: cell.address for key, cell in row.cells.items()}
    typed = Row(
        number=row.number,
        name=texts.get(reading.form.name_key, ""),
        local_body_code="",
        held=None,
        item=texts.get(reading.form.item, ""),
        figures=figures | dict.fromkeys(counted, 1),
        texts=texts,
        cells=cells | {key: cells[column.counts] for key, column in counted.items()},
        unread=frozenset(unread),
        extras=row.extras,
        days=days,
    )
    return typed, findings


def _is_counted(tally: Column, row: TableRow, texts: Mapping[str, str]) -> bool:
    """Whether a row is one of those that a tally counts: it says something there, and not that there is nothing."""
    if tally.counts not in texts or is_nothing(row.cells[tally.counts].value):
        return False
    return not tally.chosen or tally.chosen in texts[tally.counts].split(", ")


def _named(
    row: TableRow, typed: Row, findings: list[Finding], reading: Reading, sole_name: str
) -> tuple[Row, list[Finding]]:
    """The row with its local body; `sole_name` is that of a sheet without a name column."""
    cell = row.cells.get(reading.form.name_key)
    code, held, notes = _body(row, str(cell.value) if cell else sole_name, reading)
    return replace(typed, name=typed.name or sole_name, local_body_code=code, held=held), findings + notes


def _findings(
    cell: Cell, sheet: str, problem: str, note: str, facts: tuple[tuple[str, str], ...]
) -> list[Finding]:
    code = problem or note
    return [Finding(code, sheet, cell.address, shown(cell.value), facts)] if code else []


def _cleaned(cells: Sequence[Cell], sheet: str) -> list[Finding]:
    """A note for each text in which more than spacing was mended."""
    return [
        Finding("TEXT_CLEANED", sheet, cell.address, clean(cell.value), (("read", clean(cell.value)),))
        for cell in cells
        if isinstance(cell.value, str) and clean(cell.value) != " ".join(cell.value.split())
    ]


def _body(row: TableRow, name: str, reading: Reading) -> tuple[str, Finding | None, list[Finding]]:
    """The local body of a row, or why the row is held, and a note when its name was written in another way."""
    cell = row.cells.get(reading.form.name_key)
    place = cell.address if cell else address((row.number, min(c.position[1] for c in row.cells.values())))
    answer = answer_for(reading.context.answers, reading.arrival, reading.sheet, NAME_QUESTIONS, place)
    if answer:
        return _as_answered(answer, place, reading)
    match = _of_the_day(
        resolve_local_body(name, reading.district_code or None, reading.context.names), reading
    )
    if match.problem:
        return "", Finding(match.problem, reading.sheet, place, clean(name), _suggested(match, reading)), []
    bodies = reading.context.names.bodies.bodies
    read = (("read", bodies[match.code].label if match.code else ""),)
    return (
        match.code or "",
        None,
        [Finding(match.note, reading.sheet, place, clean(name), read)] if match.note else [],
    )


def _of_the_day(match: Match, reading: Reading) -> Match:
    """The match among the local bodies of the round's own day. One that is none then is a problem; of several that
    a name may mean, those are left out."""
    standing = reading.registry.labels
    if match.code and match.code not in standing:
        old = reading.context.names.bodies.bodies[match.code]
        same = [one.label for one in reading.registry.bodies_of(old.district_code) if one.name == old.name]
        return Match(problem="PAST_LOCAL_BODY", suggestions=tuple(same))
    still = [code for code in match.candidates if code in standing]
    if match.problem == "AMBIGUOUS_LOCAL_BODY" and len(still) == 1:
        return Match(still[0], note="NAME_READ")
    return match


def _as_answered(answer: Answer, place: str, reading: Reading) -> tuple[str, Finding | None, list[Finding]]:
    """The row as the analyst decided: a local body of the district, or not counted."""
    note = answered(answer, reading.sheet, place)
    if answer.answer == IGNORE:
        return "", note, []
    own = {body.code for body in reading.registry.bodies_of(reading.district_code)}
    if answer.answer not in own:
        return "", Finding("ANSWER_UNFIT", reading.sheet, place, facts=(("answer", answer.answer),)), []
    return answer.answer, None, [note]


def _suggested(match: Match, reading: Reading) -> tuple[tuple[str, str], ...]:
    """What the name may mean, and what a right one looks like."""
    if match.problem == "FOREIGN_LOCAL_BODY":
        said = f" ชื่อนี้คือ {' หรือ '.join(match.suggestions)}"
    else:
        said = f" อาจหมายถึง {' หรือ '.join(match.suggestions)}" if match.suggestions else ""
    own = next(
        (
            body.label
            for body in reading.context.names.bodies.bodies.values()
            if body.district_code == reading.district_code
        ),
        "อบต.หนองขอน",
    )
    foreign = match.problem == "FOREIGN_LOCAL_BODY" or not match.suggestions
    return ("suggested", said), ("example", own if foreign else match.suggestions[0])


def _once(table: Table, form: Form) -> tuple[tuple[Once, ...], list[Finding]]:
    """The figures given once per district, from the heading and the footer: beside their label or behind it."""
    found: list[Once] = []
    notes: list[Finding] = []
    cells = (*table.heading, *table.footer)
    for column in form.once:
        for number, cell in enumerate(cells):
            if not (isinstance(cell.value, str) and _is_label(cell.value, column)):
                continue
            beside = next((one for one in cells[number + 1 :] if fold(str(one.value)) != NUMBER), None)
            source, value = _labelled_value(cell, beside, column)
            if source is not None:
                parsed = parse_count(value, (column.unit,))
                if parsed.problem and any(once.key == column.key for once in found):
                    continue  # given above; these are other words about it
                notes += _findings(source, table.sheet, parsed.problem, parsed.note, parsed.facts)
                if isinstance(parsed.value, int | float) and parsed.value < 0:
                    notes.append(Finding("NEGATIVE", table.sheet, source.address, f"{parsed.value:,}"))
                elif isinstance(parsed.value, int | float):
                    found.append(Once(column.key, parsed.value, source.address))
    return tuple(found), notes


def _is_label(text: str, column: Column) -> bool:
    return fold(unnumbered(text)).startswith(tuple(fold(label) for label in column.labels))


def _labelled_value(label: Cell, beside: Cell | None, column: Column) -> tuple[Cell | None, CellValue | None]:
    """The cell that holds the figure of a label: the label's own ("กพสอ.: 12 คน"), or the next in its row."""
    text = arabic_digits(clean(str(label.value)))
    longest = max((clean(name) for name in column.labels if clean(name) in text), key=len, default="")
    behind = text.partition(longest)[2] if longest else ""
    written = BEHIND_LABEL.match(behind)
    if written:
        return label, written[1]
    if beside is None or beside.position[0] != label.position[0] or BLANK_DOTS.search(behind):
        return None, None  # a dotted line of its own, left empty
    return (None, None) if is_field_label(beside.value) else (beside, beside.value)
