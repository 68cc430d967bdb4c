"""Figures out of the frames, as plain values: `None` is unknown, never zero.

The frames state ratios in percent (72.4), as values.csv and consolidated.csv do; workbooks show them as shares
(0.724 in the format 0.0%), so that a formula is part by whole and nothing else. They are turned here.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.model import Earlier, RoundResult
from schemas.form import Column, Form, Ratio

if TYPE_CHECKING:
    import pandas as pd

Measure = Column | Ratio


def measures(form: Form) -> tuple[Measure, ...]:
    """What the summary tables show: the columns marked `summary`, each followed by the ratios it is the part of.

    A form that marks none shows all its indicators.
    """
    chosen = [column for column in form.indicators if column.summary] or list(form.indicators)
    shown: list[Measure] = []
    for column in chosen:
        shown.append(column)
        shown.extend(ratio for ratio in form.ratios if ratio.part == column.key)
    shown.extend(ratio for ratio in form.ratios if ratio not in shown)
    return tuple(shown)


def headline(form: Form) -> Measure | None:
    """What districts are compared by: the first ratio of a form, else the first of what its summary shows."""
    return next(iter((*form.ratios, *measures(form))), None)


def heading(measure: Measure) -> str:
    """A measure's short label, with its unit where the label does not say it."""
    if isinstance(measure, Ratio):
        return measure.short
    label = measure.header
    if len(label) < len("ครัวเรือน") and measure.group and measure.group != label:
        label = f"{measure.group} {label}"
    return label if not measure.unit or measure.unit in label else f"{label} ({measure.unit})"


def full_label(column: Column) -> str:
    """A column's label with its group: ปลูกผักสวนครัว: ครัวเรือนต้นแบบ."""
    apart = column.group and column.level in ("row", "tally") and column.group not in column.header
    return f"{column.group}: {column.header}" if apart else column.header


def kind(measure: Measure) -> str:
    """The cell format of a measure: count, area, money or share."""
    if isinstance(measure, Ratio):
        return "share"
    return measure.kind if measure.kind in ("area", "money") else "count"


@lru_cache(8)
def by_body(result: RoundResult | Earlier, codes: tuple[str, ...]) -> Mapping[str, list[object]]:
    """The columns of `consolidated`, their values in the order of these local body codes, NA as `None`,
    ratios as shares."""
    frame = result.consolidated
    if "local_body_code" in frame.columns:
        frame = frame.set_index("local_body_code")
    return _with_shares(_columns(frame.reindex(list(codes))), result.form)


@lru_cache(8)
def by_district(result: RoundResult | Earlier, codes: tuple[str, ...]) -> Mapping[str, list[object]]:
    """The columns of `districts`, their values in the order of these district codes, NA as `None`,
    ratios as shares."""
    return _with_shares(_columns(result.districts.reindex(list(codes))), result.form)


def of_districts(result: RoundResult | Earlier, measure: Measure) -> Mapping[str, float | None]:
    """One figure of every district, by its code, a ratio as a share."""
    column = result.districts[measure.key]
    known = [number(value) for value in plain_values(column)]
    if isinstance(measure, Ratio):
        known = [None if value is None else value / 100 for value in known]
    return dict(zip(map(str, column.index), known, strict=True))


def number(value: object) -> float | None:
    """The value as a number that a cell can hold, or `None`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value


def total(result: RoundResult | Earlier, key: str) -> float | None:
    """A province figure, a ratio as a share; `None` if nobody reported it."""
    found = result.totals.get(key)
    if found is None or not found.local_bodies + found.districts:
        return None
    return found.value / 100 if key in _ratio_keys(result.form) else found.value


def plain_values(column: "pd.Series[Any]") -> list[Any]:
    """The values of a column as Python has them; whatever is missing is `None`."""
    known = column.notna().tolist()
    return [value if is_known else None for value, is_known in zip(column.tolist(), known, strict=True)]


def _ratio_keys(form: Form) -> frozenset[str]:
    return frozenset(ratio.key for ratio in form.ratios)


def _with_shares(columns: Mapping[str, list[object]], form: Form) -> Mapping[str, list[object]]:
    shares: dict[str, list[object]] = {
        key: [None if (known := number(value)) is None else known / 100 for value in columns[key]]
        for key in _ratio_keys(form) & columns.keys()
    }
    return {**columns, **shares}


def _columns(frame: "pd.DataFrame") -> Mapping[str, list[object]]:
    return {str(name): plain_values(frame[name]) for name in frame}
