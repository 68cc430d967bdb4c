"""Moments as people write them on the command line."""

from datetime import datetime, time, tzinfo

from pipeline.exceptions import ConfigurationError
from pipeline.normalise import parse_as_of


def told_as_of(asked: str, sample: datetime | None, now: datetime, zone: tzinfo) -> datetime:
    """The moment whose state is told: as asked for, else the sample's own, else now. Raises as `moment` does."""
    if asked:
        return moment(asked, zone)
    return sample or now.astimezone(zone)


def moment(text: str, zone: tzinfo) -> datetime:
    """ISO 8601 with years from 2400 in พ.ศ.; a date alone is the end of that day, a time without offset is local.

    Raises `ConfigurationError` for what is no date.
    """
    try:
        said = parse_as_of(text)
        if isinstance(said, datetime):
            said = said.replace(tzinfo=zone) if said.tzinfo is None else said.astimezone(zone)
    except (ValueError, OverflowError):
        raise ConfigurationError(
            f'ไม่เข้าใจเวลา "{text}" ให้เขียนแบบ 2564-02-24 หรือ 2564-02-24T08:30 แล้วสั่งใหม่อีกครั้ง'
        ) from None
    if not isinstance(said, datetime):
        return datetime.combine(said, time(23, 59, 59), zone)
    return said
