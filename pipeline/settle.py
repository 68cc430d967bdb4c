"""Compares filings: which one counts for each district and round, and what waits for an answer (rules 4, 6, 9)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.filings import Facts, Filing, question
from pipeline.model import Campaign, Finding, Place, Round
from pipeline.thai import thai_datetime

Board = Mapping[Place, Sequence[Filing]]


def settle(filings: Sequence[Filing], campaign: Campaign) -> tuple[Filing, ...]:
    """Every filing with its verdict, those of one place in the order in which they came.

    A question takes a filing out and supersedes nothing: what counted before goes on counting.
    """
    known = [_twin(filing, filings, campaign) for filing in filings]
    registered = _registered(known)
    board: dict[Place, list[Filing]] = {}
    for filing in sorted(known, key=lambda filing: _order(filing, registered)):
        if filing.verdict == "counted":
            board.setdefault(filing.place, []).append(filing)
    settled: dict[Place, tuple[Filing, ...]] = {}
    for round_ in sorted(campaign.rounds, key=lambda each: each.due_at):
        for place in [place for place in board if place[1] == round_.key]:
            others = _other_rounds(place[0], round_, campaign, board)
            following = _empty_next(place, round_, campaign, board)
            settled[place] = _settle_place(board[place], round_, others, following, campaign)
    return (
        *(filing for filing in known if filing.verdict != "counted"),
        *(filing for members in settled.values() for filing in members),
    )


def _registered(filings: Sequence[Filing]) -> dict[str, datetime]:
    """When a person says that each content was received first."""
    times: dict[str, datetime] = {}
    for filing in filings:
        if filing.case.submission.arrival.source == "register":
            times[_sha256(filing)] = min(filing.received_at, times.get(_sha256(filing), filing.received_at))
    return times


def _order(filing: Filing, registered: Mapping[str, datetime]) -> tuple[datetime, bool, str]:
    """As received; a copy that is known by its file's time alone never comes before what a person registered."""
    arrival = filing.case.submission.arrival
    by_time_alone = arrival.source == "file_time"
    told = registered.get(arrival.sha256, filing.received_at) if by_time_alone else filing.received_at
    return max(filing.received_at, told), by_time_alone, arrival.file


def _settle_place(
    filings: Sequence[Filing],
    round_: Round,
    others: Sequence[Filing],
    following: Place | None,
    campaign: Campaign,
) -> tuple[Filing, ...]:
    """The filings of one place, the newest acceptable one counted."""
    settled: list[Filing] = []
    current: Filing | None = None
    for filing in filings:
        judged = _judge(filing, current, round_, others, following, campaign)
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
    others: Sequence[Filing],
    following: Place | None,
    campaign: Campaign,
) -> Filing:
    """One filing against what counts so far; the first reason that holds decides."""
    if round_.close_at and filing.received_at > round_.close_at:
        return replace(filing, verdict="ignored", findings=(Finding("AFTER_CLOSE"),))
    if current and _sha256(current) == _sha256(filing):
        other = (("other", _told(current)),)
        return replace(filing, verdict="duplicate", findings=(Finding("DUPLICATE_FILE", facts=other),))
    if current and current.returns and not filing.returns:
        return replace(filing, verdict="superseded")  # a document beside what can be read
    if filing.answered:
        return filing
    again = next(
        (
            other
            for other in others
            if _came_before(other, filing, campaign) and other.figures == filing.figures
        ),
        None,
    )
    if again:
        facts = (("other", _told(again)),)
        return _asked("SAME_FIGURES", filing, (filing.place, again.place), campaign, facts)
    next_is_due = following and filing.received_at > campaign.due_at(
        following[0], campaign.round(following[1])
    )
    if current and following and next_is_due and filing.figures != current.figures:
        return _asked("OLD_HEADING", filing, (following, filing.place), campaign)
    if current and not filing.bodies >= current.bodies:
        return _asked("FEWER_BODIES", filing, (filing.place,), campaign, _fewer(filing, current, campaign))
    return filing


def _asked(
    code: str, filing: Filing, candidates: tuple[Place, ...], campaign: Campaign, facts: Facts = ()
) -> Filing:
    asked = question(code, filing.case, filing.returns, candidates, campaign, facts)
    return replace(filing, verdict="undecided", candidates=candidates, findings=(asked,))


def _superseded(filing: Filing, by: Filing) -> Filing:
    other = (("other", _told(by)),)
    return replace(filing, verdict="superseded", findings=(Finding("SUPERSEDED", facts=other),))


def _fewer(filing: Filing, current: Filing, campaign: Campaign) -> Facts:
    gone = current.bodies - filing.bodies
    labels = ", ".join(body.label for body in campaign.registry.local_bodies if body.code in gone)
    return ("other", _told(current)), ("bodies", labels)


def _other_rounds(district: str, round_: Round, campaign: Campaign, board: Board) -> list[Filing]:
    """What the district reported for the other rounds of the same form."""
    return [
        filing
        for other in campaign.rounds
        if other.form == round_.form and other.key != round_.key
        for filing in board.get((district, other.key), ())
    ]


def _came_before(other: Filing, filing: Filing, campaign: Campaign) -> bool:
    """Whether the other one is the original: it came earlier, or in the same workbook for an earlier round."""
    return (other.received_at, campaign.round(other.place[1]).due_at) < (
        filing.received_at,
        campaign.round(filing.place[1]).due_at,
    )


def _empty_next(place: Place, round_: Round, campaign: Campaign, board: Board) -> Place | None:
    """The first later round of the same form for which nothing came, and from which the district is not excused."""
    waived = {(waiver.district_code, waiver.round) for waiver in campaign.waivers}
    later = [other for other in campaign.rounds if other.form == round_.form and other.due_at > round_.due_at]
    places = [(place[0], other.key) for other in sorted(later, key=lambda other: other.due_at)]
    return next((there for there in places if there not in waived and not board.get(there)), None)


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
    facts = (("other", _told(original)),)
    return _asked("TWIN", filing, tuple(dict.fromkeys(candidates)), campaign, facts)


def _sha256(filing: Filing) -> str:
    return filing.case.submission.arrival.sha256


def _told(filing: Filing) -> str:
    """A file as sentences name it: with its time, since a path may have held several contents."""
    when = thai_datetime(filing.received_at, short=True, digits="arabic")
    return f'"{filing.case.submission.arrival.file}" (ได้รับ {when})'
