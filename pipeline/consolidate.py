"""What the submissions say -> what is published: every stage after reading, in order.

    validate -> settle -> compare -> timeliness -> merge

Every round is loaded, whichever is written: what a file is worth depends on what came for the other rounds.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from pipeline.compare import compare
from pipeline.context import Context
from pipeline.filings import Case, Filing, filings_of
from pipeline.model import Campaign, Results, Submission
from pipeline.outcome import file_rows, round_result, round_standing
from pipeline.round_figures import figures_of
from pipeline.round_issues import answer_issues, correction_issues, unplaced_issues
from pipeline.settle import settle
from pipeline.understand import Understood
from pipeline.validate import Checked, validate


def consolidate(  # noqa: PLR0913 — what was said, by when, and which of it is asked for
    understood: Sequence[Understood],
    outside: Sequence[Submission],
    context: Context,
    as_of: datetime,
    only: Sequence[str] = (),
    *,
    written: Collection[str] = (),
    sample: bool = False,
) -> Results:
    """The results of the rounds `only`, or of every round that is due by `as_of`, has received anything, or is
    `written` already: nothing that was taken back since may stand in its outputs.

    What is known of the other rounds stands in `every_round`. `understood` is everything that may count, `outside`
    what is only named. Raises `AssertionError` when the totals of a round do not agree with its values: nothing is
    published then.
    """
    campaign = context.campaign
    arrivals = [*(one.submission.arrival for one in understood), *(one.arrival for one in outside)]
    cases = cases_of(understood, campaign)
    settled = settle([filing for case in cases for filing in filings_of(case, campaign)], campaign)
    filings = compare(settled, campaign)
    files = file_rows(filings, outside, as_of, campaign)
    begun = _open_keys(filings, campaign, as_of, written)
    keys = tuple(dict.fromkeys(only)) or begun
    needed = tuple(dict.fromkeys((*keys, *begun)))
    figures = figures_of(needed, filings, campaign, as_of)
    rounds = {key: round_result(campaign.round(key), figures, filings, files, campaign) for key in needed}
    return Results(
        campaign=campaign,
        as_of=as_of,
        sample=sample,
        rounds=tuple(rounds[key] for key in keys),
        files=files,
        unplaced=(
            *unplaced_issues(filings, outside, as_of, campaign),
            *answer_issues(context.answers, arrivals),
            *correction_issues(context.corrections, arrivals),
        ),
        internal_error=any(finding.code == "INTERNAL" for case in cases for finding in case.findings),
        every_round=tuple(
            rounds.get(each.key) or round_standing(each, filings, campaign, as_of) for each in campaign.rounds
        ),
    )


def _open_keys(
    filings: Sequence[Filing], campaign: Campaign, as_of: datetime, written: Collection[str]
) -> tuple[str, ...]:
    """Every round that is due, is written, or for which something has come that can be of no other round."""
    came = {
        places[0][1]
        for filing in filings
        if (places := [place for place in (filing.place, *filing.candidates) if all(place)])
        and len({key for _, key in places}) == 1
    }
    return tuple(
        round_.key for round_ in campaign.rounds if round_.due_at <= as_of or round_.key in {*came, *written}
    )


def cases_of(understood: Sequence[Understood], campaign: Campaign) -> list[Case]:
    """Validate all returns together, once per form, and give each submission its own back."""
    checked: dict[int, Checked] = {}
    for form in campaign.forms.values():
        returns = [each for one in understood for each in one.returns if each.form == form.key]
        for source, result in zip(returns, validate(returns, form, campaign.registry), strict=True):
            checked[id(source)] = result
    return [_case(one, (checked[id(each)] for each in one.returns)) for one in understood]


def _case(one: Understood, checked: Iterable[Checked]) -> Case:
    return Case(
        submission=one.submission,
        findings=one.findings,
        checked=tuple(checked),
        places=one.places,
        path_districts=one.path_districts,
        seen=one.seen,
        read=one.read,
        set_aside=one.set_aside,
    )
