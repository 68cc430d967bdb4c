"""Figures in five bands, the lowest first, for a map: shares by tens of percent, other figures by what is highest."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10
from typing import Final

from pipeline.thai import figure, thai_digits
from pipeline.write.figures import Measure
from schemas.form import Ratio

_SHARES: Final = (0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Band:
    """A range of figures from `low` on, below `high`; `None` is open."""

    low: float | None
    high: float | None
    words: str

    def holds(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)

    def criteria(self, cell: str) -> list[str]:
        """What a formula asks of a cell."""
        asked = ((">=", self.low), ("<", self.high))
        return [f"{cell}{sign}{limit:.12g}" for sign, limit in asked if limit is not None]


def bands_of(headline: Measure, values: Sequence[float]) -> list[Band]:
    """Shares by tens of percent, the same in every round; other figures by quarters of the highest, made round."""
    limits: tuple[float, ...]
    if isinstance(headline, Ratio):
        limits, before = _SHARES, "ร้อยละ "
        spoken = [f"{limit * 100:.0f}" for limit in limits]
        between = [f"{low} – {int(high) - 0.1:.1f}" for low, high in pairwise(spoken)]
    else:
        step = _round_up(max(values, default=4) / 4)
        limits, before = (step, 2 * step, 3 * step), ""
        spoken = [figure(limit) for limit in limits]
        between = [f"{low} ถึงต่ำกว่า {high}" for low, high in pairwise(spoken)]
    ends = [None, *limits, None]
    told = [
        f"ต่ำกว่า{before or ' '}{spoken[0]}",
        *(before + each for each in between),
        f"{before}{spoken[-1]} ขึ้นไป",
    ]
    return [Band(*ends_, thai_digits(said)) for ends_, said in zip(pairwise(ends), told, strict=True)]


def _round_up(value: float) -> int:
    """The next whole number of one or two leading figures: 1, 2, 15, 340."""
    size = 10 ** max(0, floor(log10(max(value, 1))) - 1)
    return max(1, int(-(-value // size) * size))
