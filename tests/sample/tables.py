"""The tables under schemas/, read as plain data: what the sample needs to know of the province and its form."""

import csv
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MUNICIPAL = ("ทน.", "ทม.", "ทต.")


@dataclass(frozen=True, slots=True)
class Body:
    """A local body: `label` reads อบต.หนองขอน; `houses` are the registered ones, `villages` an estimate."""

    code: str
    district: str
    type: str
    name: str
    tambon: str
    houses: int
    villages: int

    @property
    def label(self) -> str:
        return f"{self.type}{self.name}"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the form as its table has it."""

    key: str
    header: str
    group: str
    level: str
    kind: str
    unit: str

    @property
    def counted(self) -> bool:
        return self.kind in ("count", "area")


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation between columns of one row."""

    name: str
    check: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    limit: float
    severity: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All of it; `districts` maps a code to its name."""

    districts: Mapping[str, str]
    bodies: tuple[Body, ...]
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)

    def bodies_of(self, district: str) -> tuple[Body, ...]:
        return tuple(body for body in self.bodies if body.district == district)

    def body(self, code: str) -> Body:
        return next(body for body in self.bodies if body.code == code)

    @property
    def once(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.level == "once")


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV table with a header."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def load(schemas: Path) -> Tables:
    """The registry and the operations form under `schemas`."""
    registry, form = schemas / "registry", schemas / "forms" / "operations"
    return Tables(
        districts={row["district_code"]: row["district"] for row in rows_of(registry / "districts.csv")},
        bodies=bodies(rows_of(registry / "local_bodies.csv"), rows_of(registry / "tambons.csv")),
        fields=tuple(field(row) for row in rows_of(form / "columns.csv")),
        rules=tuple(rule(row) for row in rows_of(form / "rules.csv")),
    )


def field(row: Mapping[str, str]) -> Field:
    return Field(*(row[name] for name in ("key", "header", "group", "level", "kind", "unit")))


def rule(row: Mapping[str, str]) -> Rule:
    left, right = tuple(row["left"].split("|")), tuple(row["right"].split("|"))
    return Rule(row["rule"], row["check"], left, right, float(row["limit"] or 0), row["severity"])


def bodies(rows: list[dict[str, str]], tambons: list[dict[str, str]]) -> tuple[Body, ...]:
    """Local bodies with the name of their first tambon and their share of its villages (at least two)."""
    names = {row["tambon_code"]: row["tambon"] for row in tambons}
    villages = {row["tambon_code"]: int(row["villages"]) for row in tambons}
    sharing = Counter(code for row in rows for code in row["tambon_codes"].split("|"))

    def body(row: Mapping[str, str]) -> Body:
        codes = row["tambon_codes"].split("|")
        share = math.floor(sum(villages[code] / sharing[code] for code in codes))
        return Body(
            code=row["local_body_code"],
            district=row["district_code"],
            type=row["type"],
            name=row["name"],
            tambon=names[codes[0]],
            houses=int(row["registered_houses"]),
            villages=max(2, share or int(row["registered_houses"]) // 300),
        )

    return tuple(body(row) for row in rows)
