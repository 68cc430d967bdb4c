"""Tables -> returns: typed figures, resolved local bodies, and a note for whatever was changed in reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.answers import IGNORE, NAME_QUESTIONS, Answer, answer_for, answered
from pipeline.context import Context
from pipeline.headings import heading_date
from pipeline.model import (
    Arrival,
    Cell,
    Finding,
    Placement,
    Registry,
    Return,
    Row,
    Table,
    TableRow,
    address,
)
from pipeline.names import Match, resolve_local_body
from pipeline.normalise import Parsed, is_nothing, parse, shown
from pipeline.once import once_fields
from pipeline.thai import clean, fold
from schemas.form import DAY_KINDS, NUMERIC_KINDS, Column, Form

SUBDISTRICT = fold("ตำบล")


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
    once, once_notes = once_fields(table, form)
    _, said_of_date = heading_date(table.heading)
    date_notes = (replace(said_of_date, sheet=table.sheet),) if said_of_date else ()
    return Return(
        arrival=arrival,
        form=form.key,
        sheet=table.sheet,
        placement=placement,
        columns=table.columns,
        pictures=table.pictures,
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
        findings += _said_of(cell, column, parsed, reading)
        if parsed.problem:
            unread.add(key)
        if isinstance(parsed.value, int | float):
            figures[key] = parsed.value
        elif words := _words(cell, column, parsed):
            texts[key] = words
        if isinstance(parsed.value, date):
            days[key] = parsed.value
    counted = {column.key: column for column in reading.form.tallies if _is_counted(column, row, texts)}
    says_none = _says_none(row, figures, texts, reading.form)
    cells = {key: cell.address for key, cell in row.cells.items()}
    typed = Row(
        number=row.number,
        name=texts.get(reading.form.name_key, ""),
        local_body_code="",
        held=None,
        item=texts.get(reading.form.item, ""),
        figures={} if says_none else figures | dict.fromkeys(counted, 1),
        texts=texts,
        cells=cells | {key: cells[column.counts] for key, column in counted.items()},
        unread=frozenset(unread),
        extras=row.extras,
        days=days,
    )
    return typed, findings


def _said_of(cell: Cell, column: Column, parsed: Parsed, reading: Reading) -> list[Finding]:
    """What is to be said of one cell."""
    findings = _findings(cell, reading.sheet, parsed.problem, parsed.note, parsed.facts)
    if column.kind == "subdistrict" and column.required:
        findings += _foreign_subdistrict(cell, str(parsed.value or ""), reading)
    if column.kind not in (*NUMERIC_KINDS, *DAY_KINDS, "name"):
        findings += _cleaned((cell,), reading.sheet)
    return findings


def _foreign_subdistrict(cell: Cell, written: str, reading: Reading) -> list[Finding]:
    """UNKNOWN_SUBDISTRICT where a ตำบล is none of the district's; its name stands all the same."""
    own = reading.registry.subdistricts_of(reading.district_code)
    name = fold(written).removeprefix(SUBDISTRICT)
    if not name or not own or name in {fold(each) for each in own}:
        return []
    return [Finding("UNKNOWN_SUBDISTRICT", reading.sheet, cell.address, written, (("example", own[0]),))]


def _words(cell: Cell, column: Column, parsed: Parsed) -> str:
    """What a cell of words says; a day as it is written, and what is none too: ตลอดปี is asked about, and stands."""
    is_day = isinstance(parsed.value, date) or (column.kind in DAY_KINDS and parsed.problem)
    return shown(cell.value) if is_day else parsed.value if isinstance(parsed.value, str) else ""


def _says_none(
    row: TableRow, figures: Mapping[str, int | float], texts: Mapping[str, str], form: Form
) -> bool:
    """Whether a row of activities says that there are none: its figures are 0, and it calls its activity ไม่มี, or
    nothing and says nothing else that is asked for."""
    if form.grain != "activity" or form.item in row.broken or any(figures.values()):
        return False
    if form.item in texts:
        return is_nothing(texts[form.item])
    return all(is_nothing(texts.get(column.key)) for column in form.answers if not column.kept)


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
