"""What is expected: the campaign as its tables say it. Frozen; times are aware, in the campaign's time zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from schemas.form import Form

REMINDED_AT = time(9)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a campaign lives, and the moment that a command asks about, as it was typed (empty: now)."""

    schemas: Path
    input: Path
    output: Path
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class District:
    """One of the districts that owe reports; `registered_houses` and `villages` are plausibility figures; `tile` is its
    row from the north and its column from the west on the tile map, each from 1, in a province that has one."""

    code: str
    name: str
    name_en: str
    villages: int
    registered_houses: int
    tile: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class LocalBody:
    """A local body (อปท.): `type` is its abbreviation, so that `label` reads อบต.หนองขอน; `subdistricts` are the names
    of those it lies in, as far as they are known. It is one from `since` to `until`, both days included, or always: an
    อบต. becomes a ทต. in the middle of a campaign."""

    code: str
    district_code: str
    type: str
    name: str
    registered_houses: int
    subdistricts: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def label(self) -> str:
        return f"{self.type}{self.name}"

    def stands_on(self, day: date) -> bool:
        return (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another way of writing a district's or a local body's name."""

    kind: Literal["district", "local_body"]
    code: str
    alias: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """A way of writing a local body's type; several types when it is ambiguous, none when it says nothing."""

    prefix: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retired:
    """A name that public lists still carry and that no longer belongs to the province."""

    name: str
    level: str
    note: str


@dataclass(frozen=True)
class Registry:
    """Districts, their local bodies, and how the names are written."""

    districts: tuple[District, ...]
    local_bodies: tuple[LocalBody, ...]
    aliases: tuple[Alias, ...]
    prefixes: tuple[Prefix, ...]
    retired: tuple[Retired, ...]

    def district(self, code: str) -> District:
        return next(district for district in self.districts if district.code == code)

    def bodies_of(self, district_code: str) -> tuple[LocalBody, ...]:
        """The local bodies of one district, in registry order."""
        return self._by_district.get(district_code, ())

    def on(self, day: date) -> "Registry":
        """The registry with the local bodies of that day alone."""
        standing = tuple(body for body in self.local_bodies if body.stands_on(day))
        return self if len(standing) == len(self.local_bodies) else replace(self, local_bodies=standing)

    def subdistricts_of(self, district_code: str) -> tuple[str, ...]:
        """The names of a district's sub-districts, as far as they are known."""
        return tuple(
            dict.fromkeys(name for body in self.bodies_of(district_code) for name in body.subdistricts)
        )

    @property
    def has_map(self) -> bool:
        """Whether its districts have their places on a tile map: all of them, or none."""
        return bool(self.districts) and all(district.tile for district in self.districts)

    @cached_property
    def labels(self) -> dict[str, str]:
        """อบต.หนองขอน for each local body's code."""
        return {body.code: body.label for body in self.local_bodies}

    @cached_property
    def _by_district(self) -> dict[str, tuple[LocalBody, ...]]:
        codes = dict.fromkeys(body.district_code for body in self.local_bodies)
        return {
            code: tuple(body for body in self.local_bodies if body.district_code == code) for code in codes
        }


def next_workday(day: date, holidays: Iterable[date]) -> date:
    """`day` itself if it is a working day, else the first one after it."""
    closed = set(holidays)
    while day.weekday() >= 5 or day in closed:
        day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class Round:
    """A reporting round. `due_at` is the last second that is on time; after `close_at` nothing is merged. With
    `no_lateness`, the reason why, nothing that comes later is late."""

    key: str
    form: str
    title: str
    due_at: datetime
    close_at: datetime | None = None
    no_lateness: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """A later due date for one district and round: who allowed it and why."""

    district_code: str
    round: str
    due_at: datetime
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A district that is excused from a round: who excused it, why, and until when, if not for good."""

    district_code: str
    round: str
    who: str
    why: str
    until: datetime | None = None

    def holds(self, as_of: datetime) -> bool:
        return self.until is None or as_of <= self.until


@dataclass(frozen=True, slots=True)
class Target:
    """What was planned against what was reached: the `quantity` of the rows of round `planned` whose texts are as
    `where` says, against the figure `result` of round `reached`."""

    planned: str
    quantity: str
    where: tuple[tuple[str, str], ...]
    reached: str
    result: str


@dataclass(frozen=True)
class Campaign:
    """Everything under `schemas/`, proved when it was built."""

    title: str
    letter: str
    province: str
    office: str
    contact: str
    timezone: str
    registry: Registry
    forms: Mapping[str, Form]
    rounds: tuple[Round, ...]
    extensions: tuple[Extension, ...]
    waivers: tuple[Waiver, ...]
    holidays: frozenset[date]
    targets: tuple[Target, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The zone of all times."""
        return ZoneInfo(self.timezone)

    def reminded_from(self, due_at: datetime) -> datetime:
        """When reminders begin: 09:00 of the first working day after the day on which it was due (design rule 8)."""
        day = due_at.astimezone(self.zone).date() + timedelta(days=1)
        return datetime.combine(next_workday(day, self.holidays), REMINDED_AT, self.zone)

    def due_at(self, district_code: str, round_: Round) -> datetime:
        """When `round_` is due for a district, its extension included (design rule 6)."""
        for extension in self.extensions:
            if (extension.district_code, extension.round) == (district_code, round_.key):
                return extension.due_at
        return round_.due_at

    def bodies_expected(self, district_code: str, round_: Round) -> int:
        """How many local bodies a district reports in a round: all of its own, or one where it answers once."""
        of_one = self.forms[round_.form].grain == "district"
        return 1 if of_one else len(self.registry_of(round_).bodies_of(district_code))

    def registry_of(self, round_: Round) -> Registry:
        """The registry as it is on the day on which a round is due."""
        return self._registries[round_.key]

    @cached_property
    def _registries(self) -> dict[str, Registry]:
        """By the key of each round."""
        days = {each.key: each.due_at.astimezone(self.zone).date() for each in self.rounds}
        return {key: self.registry.on(day) for key, day in days.items()}

    def rounds_of(self, form: str) -> tuple[Round, ...]:
        """The rounds that ask for a form, in the order in which they are due."""
        return tuple(
            sorted((each for each in self.rounds if each.form == form), key=lambda each: each.due_at)
        )

    def rounds_before(self, round_: Round) -> tuple[Round, ...]:
        """The rounds of the same form that were due before this one, in that order."""
        return tuple(each for each in self.rounds_of(round_.form) if each.due_at < round_.due_at)

    def round_before(self, round_: Round) -> Round | None:
        """The round of the same form that was due last before this one."""
        return next(reversed(self.rounds_before(round_)), None)

    def round(self, key: str) -> Round:
        return next(round_ for round_ in self.rounds if round_.key == key)
