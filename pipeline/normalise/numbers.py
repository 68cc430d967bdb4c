"""Cells of numbers: counts, areas, money, quantities and percentages.

A value that is not plainly one number is a problem and stays unknown (design rule 2).
"""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from pipeline.model import CellValue
from pipeline.normalise.amounts import (
    AREA_UNITS,
    COUNT_UNITS,
    LARGEST,
    MONEY_UNITS,
    PERCENT_UNITS,
    QUANTITY_UNITS,
    amount_in,
    is_blank,
    may_be_thousands,
    number_meant,
    rai_in,
)
from pipeline.normalise.parsed import BLANK, Parsed, shown
from pipeline.thai import clean, fold

_MONEY_SIGNS: Final = re.compile(r"^฿\s?|\s?\.-$|/-$")


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


def parse_money(value: CellValue | None) -> Parsed:
    """An amount in baht (`float`), satang as decimals: 120,000.- and 50,000 บาท too. 1.000 is one or a thousand, so
    BAD_VALUE; ไม่ใช้งบประมาณ is 0. Else as for an area."""
    if isinstance(value, str) and may_be_thousands(value):
        return _bad_value(value)
    plain = _MONEY_SIGNS.sub("", clean(value)) if isinstance(value, str) else value
    parsed = _as_float(_number(plain, MONEY_UNITS, ()))
    as_written = {"written": shown(value)}
    return replace(parsed, facts=tuple((name, as_written.get(name, said)) for name, said in parsed.facts))


def parse_quantity(value: CellValue | None) -> Parsed:
    """How much of what another column names (`float`): 12.5, 20 ครัวเรือน. Problems and notes as for a count; 50 คน/รุ่น
    is no amount, for nobody knows how often."""
    if isinstance(value, str) and (may_be_thousands(value) or "/" in value):
        return _bad_value(value)
    return _as_float(_number(value, QUANTITY_UNITS, ()))


def parse_percent(value: CellValue | None) -> Parsed:
    """A stated percentage as given (`float`): 97 and 0.97 both stand, a later rule tries both readings.

    "97.11%" is 97.11. A dash or ไม่มี states no percentage, as a blank does.
    """
    parsed = _number(value, PERCENT_UNITS, ())
    return BLANK if parsed.note == "ZERO_WORD" else _as_float(parsed)


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
