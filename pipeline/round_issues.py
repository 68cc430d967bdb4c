"""Settled filings -> what is said of them: the issues of a round, and those of files that belong to none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.answers import Answer, unused_answers
from pipeline.catalogue import KEPT_OUT
from pipeline.corrections import Correction, unused_corrections
from pipeline.filings import Filing
from pipeline.issues import Where, describe, describe_all
from pipeline.model import Absent, Arrival, Campaign, Finding, Issue, Place, Round, Submission, Verdict

WEIGHT: tuple[Verdict, ...] = ("counted", "undecided", "unusable", "superseded", "duplicate", "ignored")
"""Of a file with several filings, the first of these speaks for the whole file."""
USED: tuple[Verdict, ...] = ("counted", "unusable")


def by_case(filings: Sequence[Filing]) -> list[list[Filing]]:
    """The filings of each file together, the weightiest first."""
    cases: dict[int, list[Filing]] = {}
    for filing in filings:
        cases.setdefault(id(filing.case), []).append(filing)
    return [sorted(members, key=lambda one: WEIGHT.index(one.verdict)) for members in cases.values()]


def round_issues(round_: Round, filings: Sequence[Filing], campaign: Campaign) -> tuple[Issue, ...]:
    """The issues of one round: everything about what counts or cannot be used, the question about what waits,
    one note about what was replaced. Each once; what is about a whole file stands where its weightiest filing is."""
    counted_at = {filing.place: filing.received_at for filing in filings if filing.verdict == "counted"}
    issues: list[Issue] = []
    for members in by_case(filings):
        for filing, places, findings in _said(members, campaign):
            place = _place_in(places, round_.key)
            if place:
                where = Where(filing.case.submission.arrival.file, round_.form, place)
                issues += describe_all(_mended(filing, findings, place, counted_at), where)
    return tuple(dict.fromkeys(issues))


def unplaced_issues(
    filings: Sequence[Filing], outside: Sequence[Submission], as_of: datetime, campaign: Campaign
) -> tuple[Issue, ...]:
    """What is to be said of files that belong to no round: nobody knows whose they are, or they do not count now."""
    issues: list[Issue] = []
    for members in by_case(filings):
        for filing, places, findings in _said(members, campaign):
            if not places:
                issues += describe_all(findings, Where(filing.case.submission.arrival.file))
    for submission in outside:
        issues += describe_all(outside_findings(submission, as_of), Where(submission.arrival.file))
    return tuple(dict.fromkeys(issues))


def answer_issues(answers: Sequence[Answer], arrivals: Sequence[Arrival]) -> tuple[Issue, ...]:
    """A note for each answer that is about nothing that arrived."""
    return tuple(
        describe(
            Finding("ANSWER_UNUSED", facts=(("about", answer.file), ("asked", answer.code))),
            Where("answers.csv"),
        )
        for answer in unused_answers(answers, arrivals)
    )


def correction_issues(corrections: Sequence[Correction], arrivals: Sequence[Arrival]) -> tuple[Issue, ...]:
    """A note for each correction of something that never arrived."""
    return tuple(
        describe(
            Finding("CORRECTION_UNUSED", one.sheet, one.cell, facts=(("about", one.file),)),
            Where("corrections.csv"),
        )
        for one in unused_corrections(corrections, arrivals)
    )


def outside_findings(submission: Submission, as_of: datetime) -> tuple[Finding, ...]:
    """Why a file does not count now."""
    if submission.arrival.withdrawn:
        return (Finding("WITHDRAWN", facts=(("why", submission.arrival.withdrawn),)),)
    kept_out = tuple(finding for finding in submission.findings if finding.code in KEPT_OUT)
    late = submission.arrival.sha256 and submission.arrival.received_at > as_of
    return kept_out or ((Finding("NOT_YET"),) if late else ())


def file_findings(members: Sequence[Filing], campaign: Campaign) -> Iterator[Finding]:
    """All that is said of one file, by its filings with the weightiest first."""
    for _, _, findings in _said(members, campaign):
        yield from findings


def file_issues(members: Sequence[Filing], campaign: Campaign) -> tuple[Issue, ...]:
    """All that is said of one file, in words; where it is not decided to belong, form and place are empty."""
    issues: list[Issue] = []
    for filing, _, findings in _said(members, campaign):
        form = filing.returns[0].source.form if filing.returns else ""
        issues += describe_all(findings, Where(filing.case.submission.arrival.file, form, filing.place))
    return tuple(dict.fromkeys(issues))


def absent_bodies(filing: Filing, campaign: Campaign) -> Iterable[Absent]:
    """The local bodies of the filing's district without a figure in it."""
    reported = filing.bodies
    round_ = campaign.round(filing.place[1])
    if campaign.forms[round_.form].grain == "district":
        return  # it is about one of them, whichever
    for body in campaign.registry_of(round_).bodies_of(filing.place[0]):
        if body.code not in reported:
            yield Absent(filing.place[0], body.code)


def _said(
    members: Sequence[Filing], campaign: Campaign
) -> Iterator[tuple[Filing, tuple[Place, ...], tuple[Finding, ...]]]:
    """Each filing of a file with its places and what is said of it. A sheet without a place of its own (a blank one)
    stands with the file's weightiest filing, which also speaks for the whole file."""
    lead = members[0]
    for filing in members:
        places = _places(filing) or _places(lead)
        own = (*filing.findings, *_of_cells(filing), *_of_absent(filing, campaign))
        whole = filing.case.findings if filing is lead and filing.verdict in (*USED, "undecided") else ()
        yield filing, places, (*own, *whole)


def _places(filing: Filing) -> tuple[Place, ...]:
    return tuple(place for place in (filing.place, *filing.candidates) if all(place))


def _of_cells(filing: Filing) -> Iterable[Finding]:
    """Cell by cell, only of what counts or must be sent again."""
    if filing.verdict in USED:
        for checked in filing.returns:
            yield from checked.findings


def _of_absent(filing: Filing, campaign: Campaign) -> Iterable[Finding]:
    if filing.verdict == "counted" and filing.returns:
        sheet = filing.returns[0].source.sheet
        told = {finding.value for finding in filing.findings if finding.code == "GONE_LOCAL_BODY"}
        for absent in absent_bodies(filing, campaign):
            label = campaign.registry.labels[absent.local_body_code]
            if label in told:
                continue
            of_activity = campaign.forms[filing.returns[0].source.form].grain == "activity"
            code = "ABSENT_ACTIVITY" if of_activity else "ABSENT_LOCAL_BODY"
            yield Finding(code, sheet, value=label, facts=(("body", label),))


def _place_in(places: Sequence[Place], key: str) -> Place | None:
    """Where issues belong in a round: the one place, or no district in particular when it may be of several."""
    districts = {place[0] for place in places if place[1] == key}
    return (districts.pop() if len(districts) == 1 else "", key) if districts else None


def _mended(
    filing: Filing, findings: tuple[Finding, ...], place: Place, counted_at: Mapping[Place, datetime]
) -> tuple[Finding, ...]:
    """What was unusable and has been sent again since asks for nothing any more."""
    if filing.verdict == "unusable" and filing.received_at < counted_at.get(place, filing.received_at):
        return tuple(replace(finding, severity="note") for finding in findings)
    return findings
