"""What a cell says once it is read, and how it is shown to people."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from pipeline.model import CellValue
from pipeline.normalise.dates import day_of
from pipeline.thai import clean, thai_date, thai_datetime


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a cell says. `problem` (to be mended) and `note` (what was changed in reading) are finding codes
    or empty; with a problem, and for a blank cell, `value` is `None`.

    `facts` fill the sentence of the code: `written` always, `read` for a note, `unit` for UNIT_DROPPED, and
    `example` (of what to type instead) for a problem.
    """

    value: int | float | date | str | None = None
    problem: str = ""
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()


BLANK: Final = Parsed()


def shown(value: CellValue | None) -> str:
    """A cell as a reader of the workbook would say it: 5.0 is 5, days are in พ.ศ."""
    match value:
        case None:
            text = ""
        case bool():
            text = str(value).upper()
        case int() | float():
            text = f"{value:.15g}"
        case date():
            text = _shown_day(value)
        case time():
            text = f"{value:%H.%M} น."
        case _:
            text = clean(str(value))
    return text


def _shown_day(value: date) -> str:
    day = day_of(value)
    if day is None:
        return value.isoformat()
    if not isinstance(value, datetime) or value.time() == time():
        return thai_date(day.date, short=True, digits="arabic")
    return thai_datetime(datetime.combine(day.date, value.time()), short=True, digits="arabic")
