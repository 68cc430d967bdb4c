"""How the digest names things: rounds, districts, figures; and how long its lists are."""

from collections.abc import Iterable
from typing import Final

from pipeline.model import Campaign
from pipeline.thai import figure, thai_digits
from pipeline.write import figures

MOST: Final = 6
"""Lines under one heading; the rest is only counted."""


def headed(text: str, lines: Iterable[str], count: int) -> list[str]:
    """A heading with its lines, as many as one likes to read."""
    shown = [f"  {line}" for _, line in zip(range(MOST), lines, strict=False)]
    more = count - MOST
    return [thai_digits(text), *shown, *([thai_digits(f"  และอีก {more} รายการ")] if more > 0 else [])]


def round_name(key: str, campaign: Campaign) -> str:
    """ครั้งที่ ๒"""
    return thai_digits(campaign.round(key).title)


def district_name(code: str, campaign: Campaign) -> str:
    """The name of a district."""
    return campaign.registry.district(code).name


def measure(key: str, indicator: str, campaign: Campaign) -> tuple[str, str]:
    """What a figure of a round is called, and its unit."""
    form = campaign.forms[campaign.round(key).form]
    ratios = {ratio.key: (ratio.title, "%") for ratio in form.ratios}
    columns = {column.key: (figures.full_label(column), column.unit) for column in form.columns}
    return {**columns, **ratios}.get(indicator, (indicator, ""))


def amount(value: float) -> str:
    """A figure as people write it, with at most two decimals."""
    return figure(int(value) if float(value).is_integer() else round(value, 2))


def quoted(file: str) -> str:
    """A file's name, told from the words around it."""
    return f'"{file}"'
