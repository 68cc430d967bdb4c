"""Days as Thai offices write them, in cells and in text -> `date` in the common era.

A year >= 2400 is พ.ศ., inside real Excel dates too; a two-digit year is พ.ศ.; Excel reads 26/1/64 as 1964, so
a year 1950–1999 is a two-digit พ.ศ. that Excel completed.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from pipeline.thai import BUDDHIST_ERA, MONTHS, MONTHS_SHORT, arabic_digits, clean, fold

_ENGLISH: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SEPARATOR = "(?: ?[-/.–] ?| )"
_YEAR = r"([0-9]{4}|[0-9]{2})"
_OPENING: Final = re.compile(r"\A(?:ข้อมูล)?\s*(?:ณ)?\s*(?:วัน[ก-๎]*?ที่)?\s*")
_CLOSING: Final = re.compile(r"\s*(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?|เวลา.*|น\.)\s*$")
_DAY_FIRST: Final = re.compile(f"([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}}){_SEPARATOR}{_YEAR}")
_YEAR_FIRST: Final = re.compile(f"([0-9]{{4}}){_SEPARATOR}([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}})")
_BETWEEN: Final = re.compile(r"[-/.,\s]+")
_NAMED: Final = re.compile(f"([0-9]{{1,2}}) ?(?:เดือน ?)?([ก-๎ ]+?|[A-Za-z]+) ?(?:(?:ปี|พ ?ศ|ค ?ศ) ?)*{_YEAR}")
_ISO: Final = re.compile(r"([0-9]{4})(-?[0-9]{2}-?[0-9]{2})(?:[T ](.+))?")
_LONGEST: Final = 80  # characters of a cell that can still be a date


def _month_names() -> dict[str, int]:
    """Folded name -> month: full, abbreviated, without its ending (กุมภา), and English."""
    names: dict[str, int] = {}
    for month, (full, short, english) in enumerate(zip(MONTHS, MONTHS_SHORT, _ENGLISH, strict=True), 1):
        stem = re.sub("(คม|ยน|พันธ์)$", "", full)
        names |= dict.fromkeys((fold(full), fold(short), fold(stem), english, english[:3]), month)
    return names


_MONTH: Final = _month_names()


@dataclass(frozen=True, slots=True)
class Day:
    """A day read; `corrected` when the year Excel held was not the year that was meant."""

    date: date
    corrected: bool = False


def day_of(value: date) -> Day | None:
    """The day an Excel date means; `None` when its year, once corrected, has no such day."""
    return _day(value.year, value.month, value.day, corrected=value.year >= 2400 or _completed(value.year))


def day_in(text: str) -> Day | None:
    """The day a text names (day, month, year; or ISO), `None` when it names none or an impossible one.

    Reads ๕ ก.พ. ๒๕๖๔ · 5/2/64 · 05-02-2564 · 2564-02-05 · 5 Feb 2021 · วันที่ 5 เดือน กุมภาพันธ์ พ.ศ. 2564.
    """
    if len(text) > _LONGEST:
        return None
    text = _CLOSING.sub("", arabic_digits(clean(text)))
    text = _OPENING.sub("", text).rstrip(" .")
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        return _written(year, int(month), int(day))
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
        return _written(year, int(month), int(day))
    if match := _NAMED.fullmatch(_BETWEEN.sub(" ", text)):
        day, name, year = match.groups()
        return _written(year, _MONTH.get(fold(name).replace("ฏ", "ฎ"), 0), int(day))
    return None


def parse_as_of(text: str) -> date | datetime:
    """A day or a moment in ISO 8601; years >= 2400 are พ.ศ., so 2563-02-29 is 29 February 2020.

    A day alone stays a `date`: the caller decides which moment of it is meant. Anything else: `ValueError`.
    """
    match = _ISO.fullmatch(arabic_digits(clean(text)))
    if match is None:
        raise ValueError(f"not a date in ISO 8601: {text!r}")
    year, rest, clock = match.groups()
    day = f"{_common_era(int(year)):04}{rest}"
    return datetime.fromisoformat(f"{day}T{clock}") if clock else date.fromisoformat(day)


def _written(year: str, month: int, day: int) -> Day | None:
    """A day written in text, where พ.ศ. is as it should be and needs no remark."""
    meant = int(year) + 2500 if len(year) == 2 else int(year)
    return _day(meant, month, day, corrected=_completed(meant))


def _day(year: int, month: int, day: int, *, corrected: bool) -> Day | None:
    meant = year + 600 if _completed(year) else year
    try:
        return Day(date(_common_era(meant), month, day), corrected)
    except ValueError:
        return None


def _completed(year: int) -> bool:
    """Whether Excel made this year of a two-digit พ.ศ.: 64 became 1964, and 2564 was meant."""
    return 1950 <= year <= 1999


def _common_era(year: int) -> int:
    return year - BUDDHIST_ERA if year >= 2400 else year
