"""Which figures lie far from what others report: robust, careful where there are few, fair to large and small."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

FEWEST_PEERS: Final = 20
FARTHEST: Final = 4.5
"""In robust standard deviations: the modified z-score of Iglewicz and Hoaglin, with a wider bound than their 3.5, since
every question is a telephone call."""
NARROWEST: Final = 0.35
"""The least spread that is believed, on the natural logarithm: what is within a factor of nearly five is never far."""
NORMAL: Final = 1.4826
"""The median absolute deviation of a normal distribution times this is its standard deviation."""


SMALLEST_PAST: Final = 5
"""Below this a figure may well multiply: from 1 to 8 is no typing error."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and what it is measured by: the households of the one that reports it, or its figure of before."""

    value: float
    size: float


def far_from_peers(figures: Sequence[Figure]) -> list[float | None]:
    """For each figure that is far, what its size would let expect; `None` for all others.

    A figure is far when its logarithm is, by itself and by its size alike, on the same side: some figures grow with
    the households and some do not, and a digit too many or too few shows in both. Zeros are no figures here: who has
    not begun is not far. Fewer than twenty peers tell nothing.
    """
    known = [figure for figure in figures if figure.value > 0]
    if len(known) < FEWEST_PEERS:
        return [None] * len(figures)
    levels, rates = [_level(each) for each in known], [_rate(each) for each in known]
    alone, by_size = _Scale.of(levels), _Scale.of(rates)
    far = (
        math.exp(by_size.middle) * each.size
        if (side := alone.side(level)) and side == by_size.side(rate)
        else None
        for each, level, rate in zip(known, levels, rates, strict=True)
    )
    return [next(far) if figure.value > 0 else None for figure in figures]


def far_from_past(figures: Sequence[Figure]) -> list[float | None]:
    """For each figure that grew far more than the others did, what their growth would let expect; `None` for all
    others. `size` is the figure of before; growth from less than five is not looked at."""
    rates = [_rate(each) if each.value > 0 and each.size >= SMALLEST_PAST else None for each in figures]
    known = [rate for rate in rates if rate is not None]
    if len(known) < FEWEST_PEERS:
        return [None] * len(figures)
    growth = _Scale.of(known)
    return [
        math.exp(growth.middle) * each.size if rate is not None and growth.side(rate) > 0 else None
        for each, rate in zip(figures, rates, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where most logarithms lie, and how widely they are spread."""

    middle: float
    spread: float

    @staticmethod
    def of(logarithms: Sequence[float]) -> "_Scale":
        middle = median(logarithms)
        return _Scale(middle, max(NARROWEST, NORMAL * median(abs(each - middle) for each in logarithms)))

    def side(self, logarithm: float) -> int:
        """1 far above, -1 far below, 0 among the others."""
        distance = (logarithm - self.middle) / self.spread
        return (distance > FARTHEST) - (distance < -FARTHEST)


def _level(figure: Figure) -> float:
    return math.log(figure.value)


def _rate(figure: Figure) -> float:
    return math.log(figure.value / figure.size)
