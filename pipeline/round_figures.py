"""Settled filings -> the figures of each round that is needed: added up once, however many rounds look back on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.filings import Filing
from pipeline.merge import consolidated_table, districts_table, prove_totals, totals_of, values_table
from pipeline.model import Campaign, RosterRow, Round, Total
from pipeline.timeliness import roster

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class RoundFigures:
    """What counts in a round and what it comes to: the filings that something is read from, the roster without its
    counts of issues, and the tables of `pipeline.merge`."""

    round: Round
    counted: tuple[Filing, ...]
    roster: tuple[RosterRow, ...]
    values: "pd.DataFrame"
    consolidated: "pd.DataFrame"
    districts: "pd.DataFrame"
    totals: Mapping[str, Total]


def figures_of(
    keys: Iterable[str], filings: Sequence[Filing], campaign: Campaign, as_of: datetime
) -> dict[str, RoundFigures]:
    """The figures of the rounds `keys`, and of the rounds before them that they are compared with, by key."""
    asked = [campaign.round(key) for key in keys]
    needed = {each.key: each for round_ in asked for each in (*campaign.rounds_before(round_), round_)}
    return {key: round_figures(each, filings, campaign, as_of) for key, each in needed.items()}


def round_figures(
    round_: Round, filings: Sequence[Filing], campaign: Campaign, as_of: datetime
) -> RoundFigures:
    """The figures of one round; `AssertionError` when its totals do not agree with its values."""
    form, registry = campaign.forms[round_.form], campaign.registry_of(round_)
    counted = tuple(
        filing
        for filing in filings
        if filing.verdict == "counted" and filing.place[1] == round_.key and filing.returns
    )
    rows = roster(filings, round_, campaign, as_of)
    values = values_table(counted, form)
    consolidated = consolidated_table(counted, values, form, rows, registry)
    totals = totals_of(values, consolidated, form)
    prove_totals(totals, consolidated, counted, form)
    districts = districts_table(consolidated, form, registry)
    return RoundFigures(round_, counted, rows, values, consolidated, districts, totals)
