"""Times of receipt as the register has them, and as people and spreadsheets rewrite them."""

import re
from datetime import datetime, tzinfo
from typing import Final

from pipeline.thai import BUDDHIST_ERA, arabic_digits

_FIRST_BUDDHIST_YEAR: Final = 2400
_MONTHS_IN_YEAR: Final = 12
_CLOCK: Final = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?"
_ISO: Final = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:T|\s+){_CLOCK}\s*(?P<offset>Z|[+-]\d\d:?\d\d)?"
)
_DAY_FIRST: Final = re.compile(
    rf"(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})[/-](?P<year>\d{{4}})\s+{_CLOCK}\s*(?:น\.?)?"
)


def read_time(text: str, tz: tzinfo) -> datetime | None:
    """The moment that `text` names, in `tz`, to the second; nothing if there is none or more than one reading.

    Taken: ISO 8601 with a time, and day/month/year with a time (5/2/2564 8:30). Years from 2400 are พ.ศ. With a
    year of ค.ศ. 5/2/2021 may be May or February, so it is refused unless only one of the two can be the month.
    """
    text = arabic_digits(text).strip()
    match = _ISO.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if match is None or _ambiguous(match):
        return None
    year = int(match["year"])
    year -= BUDDHIST_ERA if year >= _FIRST_BUDDHIST_YEAR else 0
    clock = (int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    try:
        moment = datetime(year, int(match["month"]), int(match["day"]), *clock, tzinfo=tz)
    except ValueError:
        return None
    offset = match.groupdict().get("offset")
    if offset:
        moment = moment.replace(tzinfo=datetime.strptime(offset, "%z").tzinfo).astimezone(tz)
    return moment


def write_time(moment: datetime, tz: tzinfo) -> str:
    """ISO 8601 in `tz`, to the second: 2021-02-05T08:30:00+07:00."""
    return moment.astimezone(tz).isoformat(timespec="seconds")


def _ambiguous(match: re.Match[str]) -> bool:
    if match.re is _ISO or int(match["year"]) >= _FIRST_BUDDHIST_YEAR:
        return False
    day, month = int(match["day"]), int(match["month"])
    return day <= _MONTHS_IN_YEAR and day != month
