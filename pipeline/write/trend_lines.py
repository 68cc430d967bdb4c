"""The lines of แนวโน้ม: what a figure came to in each round, of a district or of the province, with its coverage."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from pipeline.model import Earlier, RoundResult
from pipeline.write import figures, layout, words
from pipeline.write.cells import Formula
from pipeline.write.figures import Measure
from pipeline.write.layout import FIRST_RECORD, Layout
from schemas.form import Ratio

Point = tuple[object, object]
"""A figure of one round, and how many local bodies it covers: values of earlier rounds, live formulas of this one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number (0: a total), its name, a point for each round up to this one, the cell format of its
    figures, and this round's figure less that of the round before, a share in points; `None` where either is unknown.
    `values` are the figures that are known."""

    number: int
    name: str
    points: Sequence[Point]
    kind: str
    change: float | None
    values: Sequence[float] = ()


def district_lines(result: RoundResult, plan: Layout, measure: Measure) -> list[Line]:
    """A line per district, this round's figure a reference to รายอำเภอ."""
    column = plan.measure_column(measure.key)
    rounds: tuple[RoundResult | Earlier, ...] = (*result.earlier, result)
    known = [figures.of_districts(each, measure) for each in rounds]
    covered = [_by_district(each, measure) for each in rounds]
    lines = []
    for place, owed in enumerate(result.roster):
        values = [each.get(owed.district_code) for each in known]
        counts = [each.get(owed.district_code, 0) for each in covered]
        live = f"={layout.reference(layout.DISTRICTS, FIRST_RECORD + place, column)}"
        formulas = (live, layout.count_of(plan, measure, owed.district))
        lines.append(_line(place + 1, owed.district, measure, (values, counts), formulas))
    return lines


def province_line(result: RoundResult, plan: Layout, measure: Measure) -> Line:
    """The line of the whole province, this round's figure added up from ข้อมูล."""
    rounds: tuple[RoundResult | Earlier, ...] = (*result.earlier, result)
    values = [figures.total(each, measure.key) for each in rounds]
    counts = [each.totals[measure.key].local_bodies if measure.key in each.totals else 0 for each in rounds]
    formulas = (layout.total_of(plan, measure), layout.count_of(plan, measure))
    return _line(0, "ทั้งจังหวัด", measure, (values, counts), formulas)


def _line(
    number: int,
    name: str,
    measure: Measure,
    known: tuple[Sequence[float | None], Sequence[int]],
    formulas: tuple[str, str],
) -> Line:
    """A line from its figures and their coverage, round by round; the formulas are those of the last round."""
    values, counts = known
    kind = figures.kind(measure)
    live = (
        Formula(formulas[0], words.UNKNOWN if values[-1] is None else values[-1]),
        Formula(formulas[1], counts[-1]),
    )
    points: list[Point] = [*zip(values[:-1], counts[:-1], strict=True), live]
    new, old = values[-1], values[-2] if len(values) > 1 else None
    change = None if new is None or old is None else (new - old) * 100 if kind == "share" else new - old
    return Line(number, name, points, kind, change, [value for value in values if value is not None])


def _by_district(of: RoundResult | Earlier, measure: Measure) -> Mapping[str, int]:
    """How many local bodies of each district are in a figure."""
    keys = [measure.part, measure.whole] if isinstance(measure, Ratio) else [measure.key]
    known = zip(*(of.consolidated[key].notna().tolist() for key in keys), strict=True)
    return Counter(compress(of.consolidated["district_code"].tolist(), map(all, known)))
