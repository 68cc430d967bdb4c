"""What a plan set out to reach for each local body, for comparing with what was reached."""

from collections.abc import Iterable, Mapping

from pipeline.model import Row, Target
from pipeline.thai import fold

Planned = tuple[int | float, str]
"""The planned number and the activity that names it."""


def planned(rows: Iterable[Row], target: Target) -> Mapping[str, Planned]:
    """For each local body the largest number that one of its activities of this kind sets out to reach. Several may
    reach the same households, so they are not added up."""
    largest: dict[str, Planned] = {}
    for row in rows:
        number = row.figures.get(target.quantity)
        if number is not None and _is_of(row, target):
            said = number, row.item
            largest[row.local_body_code] = max(largest.get(row.local_body_code, said), said, key=_number)
    return largest


def _is_of(row: Row, target: Target) -> bool:
    return all(fold(row.texts.get(key, "")) == fold(value) for key, value in target.where)


def _number(planned: Planned) -> float:
    return planned[0]
