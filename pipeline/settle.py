"""Compares filings: which one counts for each district and round, and what waits for an answer (rules 4, 6, 9)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.filings import Facts, Filing, question
from pipeline.model import Campaign, Finding, Place, Round

Board = Mapping[Place, Sequence[Filing]]


def settle(filings: Sequence[Filing], campaign: Campaign, as_of: datetime) -> tuple[Filing, ...]:
    """Every filing with its verdict, those of one place in the order in which they came.

    A question takes a filing out and supersedes nothing: what counted before goes on counting.
    """
    known = [_twin(filing, filings, campaign) for filing in filings]
    board: dict[Place, list[Filing]] = {}
    for filing in sorted(known, key=_order):
        if filing.verdict == "counted":
            board.setdefault(filing.place, []).append(filing)
    settled: dict[Place, tuple[Filing, ...]] = {}
    for round_ in sorted(campaign.rounds, key=lambda each: each.due_at):
        for place in [place for place in board if place[1] == round_.key]:
            earlier = _earlier(place[0], round_, campaign, settled)
            following = _empty_next(place, round_, campaign, board, as_of)
            settled[place] = _settle_place(board[place], round_, earlier, following, campaign)
    return (
        *(filing for filing in known if filing.verdict != "counted"),
        *(filing for members in settled.values() for filing in members),
    )


def _order(filing: Filing) -> tuple[datetime, str]:
    return filing.received_at, filing.case.submission.arrival.file


def _settle_place(
    filings: Sequence[Filing],
    round_: Round,
    earlier: Sequence[Filing],
    following: Place | None,
    campaign: Campaign,
) -> tuple[Filing, ...]:
    """The filings of one place, the newest acceptable one counted."""
    settled: list[Filing] = []
    current: Filing | None = None
    for filing in filings:
        judged = _judge(filing, current, round_, earlier, following, campaign)
        if judged.verdict == "counted":
            if current is not None:
                settled = [_superseded(other, filing) if other is current else other for other in settled]
            current = judged
        settled.append(judged)
    return tuple(settled)


def _judge(  # noqa: PLR0911 — one return for each reason, in the order in which they decide
    filing: Filing,
    current: Filing | None,
    round_: Round,
    earlier: Sequence[Filing],
    following: Place | None,
    campaign: Campaign,
) -> Filing:
    """One filing against what counts so far; the first reason that holds decides."""
    if round_.close_at and filing.received_at > round_.close_at:
        return replace(filing, verdict="ignored", findings=(Finding("AFTER_CLOSE"),))
    if current and _sha256(current) == _sha256(filing):
        other = (("other", f'"{_file(current)}"'),)
        return replace(filing, verdict="duplicate", findings=(Finding("DUPLICATE_FILE", facts=other),))
    if filing.answered:
        return filing
    again = next((other for other in earlier if other.figures == filing.figures), None)
    if again:
        facts = (("other", f'"{_file(again)}"'),)
        return _asked("SAME_FIGURES", filing, (filing.place, again.place), campaign, facts)
    if current and following and filing.received_at > round_.due_at and filing.figures != current.figures:
        return _asked("OLD_HEADING", filing, (following, filing.place), campaign)
    if current and not filing.bodies >= current.bodies:
        return _asked("FEWER_BODIES", filing, (filing.place,), campaign, _fewer(filing, current, campaign))
    return filing


def _asked(
    code: str, filing: Filing, candidates: tuple[Place, ...], campaign: Campaign, facts: Facts = ()
) -> Filing:
    sheet = filing.returns[0].source.sheet if len(filing.returns) == 1 else ""
    asked = question(code, filing.case, sheet, candidates, campaign, facts)
    return replace(filing, verdict="undecided", candidates=candidates, findings=(asked,))


def _superseded(filing: Filing, by: Filing) -> Filing:
    other = (("other", f'"{_file(by)}"'),)
    return replace(filing, verdict="superseded", findings=(Finding("SUPERSEDED", facts=other),))


def _fewer(filing: Filing, current: Filing, campaign: Campaign) -> Facts:
    gone = current.bodies - filing.bodies
    labels = ", ".join(body.label for body in campaign.registry.local_bodies if body.code in gone)
    return ("other", f'"{_file(current)}"'), ("bodies", labels)


def _earlier(
    district: str, round_: Round, campaign: Campaign, settled: Mapping[Place, tuple[Filing, ...]]
) -> list[Filing]:
    """What the district reported for earlier rounds of the same form, counted or superseded since."""
    return [
        filing
        for other in campaign.rounds
        if other.form == round_.form and other.due_at < round_.due_at
        for filing in settled.get((district, other.key), ())
        if filing.verdict in ("counted", "superseded")
    ]


def _empty_next(
    place: Place, round_: Round, campaign: Campaign, board: Board, as_of: datetime
) -> Place | None:
    """The district's next round of the same form, if it is due by `as_of` and nothing came for it."""
    later = [other for other in campaign.rounds if other.form == round_.form and other.due_at > round_.due_at]
    if not later:
        return None
    following = min(later, key=lambda other: other.due_at)
    there = (place[0], following.key)
    due = campaign.due_at(place[0], following) < as_of
    return there if due and not board.get(there) else None


def _twin(filing: Filing, filings: Sequence[Filing], campaign: Campaign) -> Filing:
    """The same content from two districts counts for the one that it names; the other is undecided (rule 9)."""
    names = filing.case.path_districts
    placement = filing.returns[0].source.placement if filing.returns else None
    misplaced = placement is not None and placement.question == "WRONG_FOLDER"
    named = filing.place[0] if filing.verdict == "counted" else ""
    strays = not filing.answered and (misplaced or (named and len(names) == 1 and named not in names))
    others = [
        other
        for other in filings
        if other.case is not filing.case
        and other.verdict == "counted"
        and _sha256(other) == _sha256(filing)
        and (not other.case.path_districts or other.place[0] in other.case.path_districts)
    ]
    if not strays or not others:
        return filing
    original = others[0]
    candidates = (original.place, *((district, original.place[1]) for district in sorted(names)))
    facts = (("other", f'"{_file(original)}"'),)
    return _asked("TWIN", filing, tuple(dict.fromkeys(candidates)), campaign, facts)


def _sha256(filing: Filing) -> str:
    return filing.case.submission.arrival.sha256


def _file(filing: Filing) -> str:
    return filing.case.submission.arrival.file
