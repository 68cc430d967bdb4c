"""Counted filings against the round before and against one another: what stands, and should be explained.

Nothing here takes a figure out (design rule 2); what is plainly impossible was found within the workbook. The letter
does not say that counts are cumulative, so a fall is a question (case 57).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.filings import Filing
from pipeline.model import Campaign, Finding, Place, Round, Row, Target
from pipeline.peers import Figure, far_from_past, far_from_peers
from pipeline.targets import planned
from pipeline.thai import figure
from schemas.form import Column, Form

FEWEST_FIGURES_ALIKE = 10
"""Rows of two local bodies that agree in this many figures other than zero, and differ in none, were copied."""

Key = tuple[str, str, str]
"""A row: its district, local body and item."""
Figures = Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class Standing:
    """A row that counts, the sheet it stands on, and the place it is of."""

    place: Place
    sheet: str
    row: Row

    @property
    def key(self) -> Key:
        return self.place[0], self.row.local_body_code, self.row.item


@dataclass(frozen=True, slots=True)
class Told:
    """A finding and the place it is of."""

    place: Place
    finding: Finding


def compare(filings: Sequence[Filing], campaign: Campaign) -> tuple[Filing, ...]:
    """The filings; those that count with one finding at most for each cell that should be explained: FELL,
    FAR_FROM_PAST, FAR_FROM_PEERS, BELOW_TARGET, COPIED_ROW; and one for each local body that reported before and is
    gone: GONE_LOCAL_BODY."""
    counted = [filing for filing in filings if filing.verdict == "counted"]
    found: dict[Place, dict[tuple[str, str], Finding]] = defaultdict(dict)
    for round_ in campaign.rounds:
        for told in _told(round_, counted, campaign):
            about = (told.finding.sheet, told.finding.cell or told.finding.value)
            found[told.place].setdefault(about, told.finding)
    return tuple(
        replace(filing, findings=(*filing.findings, *found[filing.place].values()))
        if filing.verdict == "counted" and filing.place in found
        else filing
        for filing in filings
    )


def _told(round_: Round, counted: Sequence[Filing], campaign: Campaign) -> Iterator[Told]:
    """Everything about one round; of several things about one cell the gravest comes first."""
    form, rows = campaign.forms[round_.form], _rows(counted, round_)
    earlier = campaign.round_before(round_)
    if earlier:
        old = {each.key: each.row.figures for each in _rows(counted, earlier)}
        for column in form.indicators:
            yield from _fallen(rows, old, column, earlier)
            yield from _grown(rows, old, column, earlier)
        yield from _once_fallen(counted, round_, earlier, form)
        yield from _gone(counted, round_, earlier, campaign)
    for column in form.indicators:
        if form.size and column.key != form.size:
            yield from _far(rows, column, form.size)
    for target in campaign.targets:
        if target.reached == round_.key:
            yield from _below(rows, counted, target, campaign)
    yield from _copied(rows, form, campaign)


def _rows(counted: Sequence[Filing], round_: Round) -> list[Standing]:
    return [
        Standing(filing.place, checked.source.sheet, row)
        for filing in counted
        if filing.place[1] == round_.key
        for checked in filing.returns
        for row in checked.rows
    ]


def _about(each: Standing, code: str, column: Column, **facts: str) -> Told:
    """What is said of one figure of a row."""
    cell, value = each.row.cells[column.key], figure(each.row.figures[column.key])
    return Told(
        each.place, Finding(code, each.sheet, cell, value, (("column", column.title), *facts.items()))
    )


def _fallen(
    rows: Sequence[Standing], old: Mapping[Key, Figures], column: Column, earlier: Round
) -> Iterator[Told]:
    for each in rows:
        was, now = old.get(each.key, {}).get(column.key), each.row.figures.get(column.key)
        if was is not None and now is not None and now < was:
            yield _about(each, "FELL", column, round=earlier.title, before=figure(was))


def _grown(
    rows: Sequence[Standing], old: Mapping[Key, Figures], column: Column, earlier: Round
) -> Iterator[Told]:
    known = [each for each in rows if column.key in each.row.figures and column.key in old.get(each.key, {})]
    figures = [Figure(each.row.figures[column.key], old[each.key][column.key]) for each in known]
    for each, usual in zip(known, far_from_past(figures), strict=True):
        if usual is not None:
            before = figure(old[each.key][column.key])
            facts = {"round": earlier.title, "before": before, "usual": figure(round(usual))}
            yield _about(each, "FAR_FROM_PAST", column, **facts)


def _below(
    rows: Sequence[Standing], counted: Sequence[Filing], target: Target, campaign: Campaign
) -> Iterator[Told]:
    """Local bodies, with all their rows, below what their plan set out to reach; told at the first row."""
    column = campaign.forms[campaign.round(target.reached).form].column(target.result)
    plans = planned((each.row for each in _rows(counted, campaign.round(target.planned))), target)
    bodies: dict[str, list[Standing]] = defaultdict(list)
    for each in rows:
        bodies[each.row.local_body_code].append(each)
    for code, members in bodies.items():
        known = [each.row.figures[column.key] for each in members if column.key in each.row.figures]
        number, activity = plans.get(code, (0, ""))
        if len(known) == len(members) and sum(known) < number:
            first, facts = members[0], (("column", column.title), ("target", figure(number)))
            cell = first.row.cells[column.key]
            said = (*facts, ("activity", activity))
            yield Told(first.place, Finding("BELOW_TARGET", first.sheet, cell, figure(sum(known)), said))


def _once_fallen(counted: Sequence[Filing], round_: Round, earlier: Round, form: Form) -> Iterator[Told]:
    """The fields that each district gives once."""
    old = {
        (filing.place[0], once.key): once.value
        for filing in counted
        if filing.place[1] == earlier.key
        for _, once in filing.once
    }
    for filing in counted:
        for sheet, once in filing.once if filing.place[1] == round_.key else ():
            was = old.get((filing.place[0], once.key))
            if was is not None and once.value < was:
                column = ("column", form.column(once.key).title)
                facts = (column, ("round", earlier.title), ("before", figure(was)))
                yield Told(filing.place, Finding("FELL", sheet, once.cell, figure(once.value), facts))


def _gone(counted: Sequence[Filing], round_: Round, earlier: Round, campaign: Campaign) -> Iterator[Told]:
    """Local bodies that a district reported in the round before and does not report now."""
    old = {filing.place[0]: filing.bodies for filing in counted if filing.place[1] == earlier.key}
    for filing in counted:
        gone = old.get(filing.place[0], frozenset()) - filing.bodies if filing.place[1] == round_.key else ()
        for code in sorted(gone):
            label = campaign.registry.labels[code]
            facts = (("body", label), ("round", earlier.title))
            sheet = filing.returns[0].source.sheet
            yield Told(filing.place, Finding("GONE_LOCAL_BODY", sheet, value=label, facts=facts))


def _far(rows: Sequence[Standing], column: Column, size: str) -> Iterator[Told]:
    known = [each for each in rows if column.key in each.row.figures and each.row.figures.get(size, 0) > 0]
    figures = [Figure(each.row.figures[column.key], each.row.figures[size]) for each in known]
    for each, usual in zip(known, far_from_peers(figures), strict=True):
        if usual is not None:
            yield _about(each, "FAR_FROM_PEERS", column, usual=figure(round(usual)))


def _copied(rows: Sequence[Standing], form: Form, campaign: Campaign) -> Iterator[Told]:
    """Rows of different local bodies with all figures alike, each told of one other."""
    alike: dict[frozenset[tuple[str, int | float]], list[Standing]] = defaultdict(list)
    for each in rows:
        figures = frozenset(each.row.figures.items())
        if sum(value != 0 for _, value in figures) >= FEWEST_FIGURES_ALIKE:
            alike[figures].append(each)
    for group in alike.values():
        for each in group:
            other = _other_body(each, group)
            if other is not None:
                yield _copied_from(each, other, form, campaign)


def _other_body(each: Standing, group: Iterable[Standing]) -> Standing | None:
    return next((one for one in group if one.row.local_body_code != each.row.local_body_code), None)


def _copied_from(each: Standing, other: Standing, form: Form, campaign: Campaign) -> Told:
    district = campaign.registry.district(other.place[0]).name
    label = campaign.registry.labels[other.row.local_body_code]
    cell = each.row.cells.get(form.name_key) or next(iter(each.row.cells.values()))
    facts = (("other", f"{label} อำเภอ{district}"),)
    return Told(each.place, Finding("COPIED_ROW", each.sheet, cell, each.row.name, facts))
