"""Stretches of time as Thai offices write them -> their first and last day, in the common era.

A plan says ก.พ. - เม.ย. 64, เมษายน 2564 or 1 ก.พ. ถึง 30 เม.ย. 2564: a month without a day is meant from its first
day to its last. Without a year nobody knows which is meant.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline.normalise.dates import day_in
from pipeline.thai import BUDDHIST_ERA, MONTHS, clean

_TO: Final = re.compile(r"\s*(?:ถึง|[-‐‑‒–—―−])\s*")
_OPENING: Final = re.compile(r"^(?:ตั้งแต่|ระหว่าง|ภายใน)\s*")


@dataclass(frozen=True, slots=True)
class Period:
    """A first and a last day; `of_month` where a day was not written but a month."""

    first: date
    last: date
    of_month: bool = False


def period_in(text: str) -> Period | None:
    """The stretch of time that a text names, a single day or month among them; `None` when it is not plainly one."""
    text = _OPENING.sub("", clean(text))
    whole = _one(text)
    if whole is not None:
        return whole
    parts = _TO.split(text)
    last = _one(parts[-1])
    first = _completed(parts[0], last.last) if last is not None and len(parts) == 2 else None
    if first is None or last is None or first.first > last.last:
        return None
    return Period(first.first, last.last, first.of_month or last.of_month)


def _one(text: str) -> Period | None:
    """A day, or a month with its year."""
    day = day_in(text)
    if day is not None:
        return Period(day.date, day.date)
    start = None if text[:1].isdigit() else day_in(f"1 {text}")
    if start is None:
        return None
    length = monthrange(start.date.year, start.date.month)[1]
    return Period(start.date, start.date.replace(day=length), of_month=True)


def _completed(begins: str, ends: date) -> Period | None:
    """The beginning, with the year, or the month and the year, of the end where it leaves them out."""
    year = ends.year + BUDDHIST_ERA
    tries = (begins, f"{begins} {year}", f"{begins} {MONTHS[ends.month - 1]} {year}")
    return next((found for each in tries if (found := _one(each)) is not None), None)
