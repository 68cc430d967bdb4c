"""Raw cell values -> typed values: counts, areas, percentages, days, rounds and text.

Every function takes one cell and returns a `Parsed`. A value that is not plainly one number, day or round is
a problem and stays unknown (design rule 2); what was changed in reading it is a note (rule 10). Blank is
unknown without a word; a dash or ไม่มี in a count or area is 0 with a note (rule 3).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from pipeline.model import CellValue
from pipeline.normalise.amounts import (
    AREA_UNITS,
    COUNT_UNITS,
    LARGEST,
    PERCENT_UNITS,
    amount_in,
    is_blank,
    is_dash,
    may_be_thousands,
    number_meant,
    rai_in,
)
from pipeline.normalise.dates import day_in, day_of, parse_as_of
from pipeline.thai import arabic_digits, clean, fold, thai_date, thai_datetime
from schemas.form import Kind

__all__ = [
    "BLANK",
    "Parsed",
    "parse",
    "parse_area",
    "parse_as_of",
    "parse_count",
    "parse_date",
    "parse_percent",
    "parse_round",
    "parse_text",
    "shown",
]

_WORD_NUMBERS: Final = {"หนึ่ง": "1", "สอง": "2", "สาม": "3", "สี่": "4", "ห้า": "5"}
_OPEN: Final = re.compile(r"[\s.…_:]+")  # what stands where a form leaves room to write
_ROUND: Final = re.compile(
    r"\(?(?:รายงาน)? ?(?:ครั้ง|รอบ|งวด)? ?(?:ที่)? ?"
    rf"(?:0?([1-9][0-9]?|{'|'.join(_WORD_NUMBERS)}))? ?\)?"
    r"(?: ?(?:/|ประจำปี|ปี|พ ศ)(?: ?พ ศ)? ?(?:[0-9]{4}|[0-9]{2}))? ?(?:\(.*\))?"
)
_VILLAGE: Final = re.compile(r"(?:หมู่\s?ที่|หมู่|ม\.)?\s?([0-9]{1,4})")


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


def parse(kind: Kind, value: CellValue | None, unit: str = "") -> Parsed:  # noqa: PLR0911 — one for each kind
    """A cell of a column of this kind; `unit` is the column's own (ชิ้น/ครั้ง). Other kinds are text."""
    match kind:
        case "count":
            return parse_count(value, unit.split("/"))
        case "area":
            return parse_area(value, unit.split("/"))
        case "percent":
            return parse_percent(value)
        case "item":
            return parse_item(value)
        case "date":
            return parse_date(value)
        case "round":
            return parse_round(value)
        case _:
            return parse_text(value)


def parse_count(value: CellValue | None, units: Collection[str] = ()) -> Parsed:
    """A whole number (`int`), negative ones too: a later rule judges them. One of `units` may follow it.

    BAD_VALUE: not one whole number (12-15, ประมาณ 100, ครบ, 1,23, 12.5, 1.000, 95%, a date, TRUE).
    Notes: NUMBER_AS_TEXT, UNIT_DROPPED, ZERO_WORD.
    """
    if isinstance(value, str) and may_be_thousands(value):
        return _bad_value(value)
    parsed = _number(value, COUNT_UNITS, units)
    if not isinstance(parsed.value, float):
        return parsed
    # Excel shows 15 digits: a formula's 2.9999999999999996 is 3 to the one who sent it
    seen = float(f"{parsed.value:.15g}")
    return replace(parsed, value=int(seen)) if seen.is_integer() else _bad_value(value)


def parse_area(value: CellValue | None, units: Collection[str] = ()) -> Parsed:
    """An area in ไร่ (`float`). Problems and notes as for a count, decimals allowed.

    12-2-50 and 5 ไร่ 2 งาน 50 ตร.ว. are read with the note AREA_CONVERTED.
    """
    converted = rai_in(value) if isinstance(value, str) else None
    if converted is not None:
        return Parsed(converted.number, note=converted.note, facts=_facts(value, converted.number))
    return _as_float(_number(value, AREA_UNITS, units))


def parse_percent(value: CellValue | None) -> Parsed:
    """A stated percentage as given (`float`): 97 and 0.97 both stand, a later rule tries both readings.

    "97.11%" is 97.11. A dash or ไม่มี states no percentage, as a blank does.
    """
    parsed = _number(value, PERCENT_UNITS, ())
    return BLANK if parsed.note == "ZERO_WORD" else _as_float(parsed)


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


def parse_round(value: CellValue | None) -> Parsed:
    """A round as its key (`str`): ๑, 1, ครั้งที่ 1, 1/2564 are "1"; ครั้งที่ ..... is blank."""
    if is_blank(value):
        return BLANK
    match = _ROUND.fullmatch(_OPEN.sub(" ", arabic_digits(shown(value))).strip())
    if match is None:
        return Parsed(problem="BAD_VALUE", facts=(("written", shown(value)), ("example", "1")))
    return Parsed(_WORD_NUMBERS.get(match[1], match[1])) if match[1] else BLANK


def parse_item(value: CellValue | None) -> Parsed:
    """What tells rows of one local body apart (`str`): หมู่ที่ ๑, ม.1, 01 and 1 are all "1"; other text as it is."""
    text = parse_text(value)
    number = _VILLAGE.fullmatch(arabic_digits(str(text.value or "")))
    return Parsed(str(int(number[1]))) if number else text


def parse_text(value: CellValue | None) -> Parsed:
    """The cleaned text of any cell (`str`); blank when it holds nothing but dots."""
    return BLANK if is_blank(value) else Parsed(shown(value))


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


def _number(value: CellValue | None, common_units: frozenset[str], units: Collection[str]) -> Parsed:
    """The one number of a cell; a truth value, a date, an infinity, NaN or a number without end is none."""
    if is_blank(value):
        return BLANK
    if isinstance(value, str):
        amount = amount_in(value, common_units | {fold(unit) for unit in units if unit})
        if amount is None or abs(amount.number) >= LARGEST:
            return _bad_value(value)
        unit = (("unit", amount.unit),) if amount.unit else ()
        return Parsed(amount.number, note=amount.note, facts=(*_facts(value, amount.number), *unit))
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST:
        return _bad_value(value)
    return Parsed(value)


def _as_float(parsed: Parsed) -> Parsed:
    return replace(parsed, value=float(parsed.value)) if isinstance(parsed.value, int) else parsed


def _facts(written: CellValue | None, number: int | float) -> tuple[tuple[str, str], ...]:
    return ("written", shown(written)), ("read", f"{number:,.15g}")


def _bad_value(value: CellValue | None) -> Parsed:
    """The example is the number that was meant first, so that its writer sees what to type: 12-15 -> 12."""
    example = (number_meant(value) if isinstance(value, str) else "") or "120"
    return Parsed(problem="BAD_VALUE", facts=(("written", shown(value)), ("example", example)))
