"""Cells of days, and of stretches of time."""

from datetime import date

from pipeline.model import CellValue
from pipeline.normalise.amounts import is_blank, is_dash
from pipeline.normalise.dates import day_in, day_of
from pipeline.normalise.parsed import BLANK, Parsed, shown
from pipeline.normalise.periods import period_in
from schemas.form import Kind


def parse_date(value: CellValue | None) -> Parsed:
    """A day (`date`). BAD_DATE: no day, or an impossible one. DATE_ERA: Excel had the wrong year."""
    if is_blank(value) or is_dash(value):
        return BLANK
    day = day_of(value) if isinstance(value, date) else day_in(value) if isinstance(value, str) else None
    if day is None:
        return Parsed(problem="BAD_DATE", facts=(("written", shown(value)), ("example", "5 ก.พ. 2564")))
    if not day.corrected:
        return Parsed(day.date)
    written = f"{value:%d/%m/%Y}" if isinstance(value, date) else shown(value)
    return Parsed(day.date, note="DATE_ERA", facts=(("written", written), ("read", shown(day.date))))


def parse_day(kind: Kind, value: CellValue | None) -> Parsed:
    """The day (`date`) on which something starts or ends. A month is meant from its first day to its last, with the
    note DAY_FROM_MONTH; of a stretch of time that end which the column asks for. Else as a date."""
    parsed = parse_date(value)
    period = period_in(value) if parsed.problem and isinstance(value, str) else None
    if period is None:
        return parsed
    day = period.first if kind == "start" else period.last
    if not period.of_month:
        return Parsed(day)
    return Parsed(day, note="DAY_FROM_MONTH", facts=(("written", shown(value)), ("read", shown(day))))
