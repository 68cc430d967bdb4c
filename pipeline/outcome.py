"""Settled filings -> the results of a round: roster, figures, issues in words, and what became of every file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.filings import Case, Filing
from pipeline.identify import open_rounds
from pipeline.issues import Where, describe_all
from pipeline.merge import (
    consolidated_table,
    districts_table,
    extras_table,
    prove_totals,
    totals_of,
    values_table,
)
from pipeline.model import (
    Absent,
    Campaign,
    FileRow,
    Finding,
    Issue,
    Place,
    RosterRow,
    Round,
    RoundResult,
    Status,
    Submission,
    Verdict,
)
from pipeline.timeliness import roster

# What a file with several filings is called: the first of these that one of them has.
VERDICTS: tuple[Verdict, ...] = ("counted", "undecided", "unusable", "superseded", "duplicate", "ignored")
USED: tuple[Verdict, ...] = ("counted", "unusable")


def round_result(
    round_: Round, filings: Sequence[Filing], files: Sequence[FileRow], campaign: Campaign, as_of: datetime
) -> RoundResult:
    """All that is known of one round; `AssertionError` when its totals do not agree with its values."""
    form = campaign.forms[round_.form]
    counted = [filing for filing in filings if filing.verdict == "counted" and filing.place[1] == round_.key]
    issues = round_issues(round_, filings, campaign)
    rows = _with_counts(roster(filings, round_, campaign, as_of), issues)
    values = values_table(counted, form)
    consolidated = consolidated_table(counted, values, form, rows, campaign.registry)
    totals = totals_of(values, consolidated, form)
    prove_totals(totals, consolidated, counted, form)
    return RoundResult(
        round=round_,
        form=form,
        roster=rows,
        values=values,
        consolidated=consolidated,
        districts=districts_table(consolidated, form, campaign.registry),
        extras=extras_table(counted),
        totals=totals,
        issues=issues,
        absent=tuple(absent for filing in counted for absent in _absent(filing, campaign)),
        files=tuple(row for row in files if any(key == round_.key for _, key in row.places)),
        previous=_previous(round_, filings, campaign, as_of),
    )


def round_issues(round_: Round, filings: Sequence[Filing], campaign: Campaign) -> tuple[Issue, ...]:
    """The issues of one round: everything about what counts or cannot be used, the question about what waits,
    one note about what was replaced. Each once."""
    issues: list[Issue] = []
    for filing in filings:
        place = _place_in(filing, round_.key, campaign)
        if place is None:
            continue
        where = Where(filing.case.submission.arrival.file, round_.form, place)
        issues += describe_all(findings_of(filing, campaign), where)
    return tuple(dict.fromkeys(issues))


def unplaced_issues(
    filings: Sequence[Filing], outside: Sequence[Submission], as_of: datetime
) -> tuple[Issue, ...]:
    """What is to be said of files that belong to no round: nobody knows whose they are, or they do not count now."""
    issues: list[Issue] = []
    for filing in filings:
        if not any(all(place) for place in (filing.place, *filing.candidates)):
            where = Where(filing.case.submission.arrival.file)
            issues += describe_all((*filing.findings, *filing.case.findings), where)
    for submission in outside:
        findings = _outside_findings(submission, as_of)
        issues += describe_all(findings, Where(submission.arrival.file))
    return tuple(dict.fromkeys(issues))


def file_rows(
    filings: Sequence[Filing], outside: Sequence[Submission], as_of: datetime
) -> tuple[FileRow, ...]:
    """What became of every arrival, in order of receipt."""
    cases: dict[int, list[Filing]] = {}
    for filing in filings:
        cases.setdefault(id(filing.case), []).append(filing)
    rows = [_file_row(members) for members in cases.values()]
    rows += [_outside_row(submission, as_of) for submission in outside]
    return tuple(sorted(rows, key=lambda row: (row.received_at, row.path)))


def findings_of(filing: Filing, campaign: Campaign) -> tuple[Finding, ...]:
    """What is said about a filing: the cells only of what counts or must be sent again."""
    own = [*filing.findings]
    if filing.verdict in USED:
        own += [finding for checked in filing.returns for finding in checked.findings]
    if filing.verdict == "counted":
        sheet = filing.returns[0].source.sheet
        labels = {body.code: body.label for body in campaign.registry.local_bodies}
        own += [
            Finding(
                "ABSENT_LOCAL_BODY",
                sheet,
                value=labels[absent.local_body_code],
                facts=(("body", labels[absent.local_body_code]),),
            )
            for absent in _absent(filing, campaign)
        ]
    if filing.verdict in (*USED, "undecided"):
        own += filing.case.findings
    return tuple(own)


def _place_in(filing: Filing, key: str, campaign: Campaign) -> Place | None:
    """Where a filing's issues belong in a round: its place, or what all its candidates there agree on. A file that
    nobody can place belongs to the rounds that were open when it came."""
    if filing.place[1]:
        return filing.place if filing.place[1] == key else None
    there = [place for place in filing.candidates if place[1] == key]
    if there:
        districts = {place[0] for place in there}
        return (there[0][0] if len(districts) == 1 else "", key)
    known = any(all(place) for place in filing.candidates)
    lost = filing.verdict in ("undecided", "unusable") and not known
    return ("", key) if lost and key in open_rounds(filing.received_at, campaign) else None


def _absent(filing: Filing, campaign: Campaign) -> Iterable[Absent]:
    for body in campaign.registry.bodies_of(filing.place[0]):
        if body.code not in filing.bodies:
            yield Absent(filing.place[0], body.code)


def _with_counts(rows: Sequence[RosterRow], issues: Sequence[Issue]) -> tuple[RosterRow, ...]:
    counts = Counter((issue.district_code, issue.severity) for issue in issues)
    return tuple(
        replace(
            row,
            must_fix=counts[(row.district_code, "must_fix")],
            please_explain=counts[(row.district_code, "please_explain")],
        )
        for row in rows
    )


def _previous(
    round_: Round, filings: Sequence[Filing], campaign: Campaign, as_of: datetime
) -> dict[str, Status]:
    """Each district's status in the round of the same form before this one; nothing for the first."""
    before = [
        other for other in campaign.rounds if other.form == round_.form and other.due_at < round_.due_at
    ]
    if not before:
        return {}
    last = max(before, key=lambda other: other.due_at)
    return {row.district_code: row.status for row in roster(filings, last, campaign, as_of)}


def _file_row(filings: Sequence[Filing]) -> FileRow:
    case: Case = filings[0].case
    arrival = case.submission.arrival
    verdict = next(each for each in VERDICTS if any(filing.verdict == each for filing in filings))
    places = [place for filing in filings for place in (filing.place, *filing.candidates) if all(place)]
    findings = [finding for filing in filings for finding in (*filing.findings, *case.findings)]
    findings += [finding for filing in filings for checked in filing.returns for finding in checked.findings]
    return FileRow(
        path=arrival.file,
        sha256=arrival.sha256,
        received_at=arrival.received_at,
        source=arrival.source,
        verdict=verdict,
        codes=tuple(sorted({finding.code for finding in findings})),
        places=tuple(dict.fromkeys(places)),
        rows_used=sum(
            len(checked.rows)
            for filing in filings
            if filing.verdict == "counted"
            for checked in filing.returns
        ),
        seen=case.seen,
        read=case.read,
        set_aside=case.set_aside,
    )


def _outside_findings(submission: Submission, as_of: datetime) -> tuple[Finding, ...]:
    if submission.findings:
        return submission.findings
    if submission.arrival.withdrawn:
        return (Finding("WITHDRAWN", facts=(("why", submission.arrival.withdrawn),)),)
    return (Finding("NOT_YET"),) if submission.arrival.received_at > as_of else ()


def _outside_row(submission: Submission, as_of: datetime) -> FileRow:
    arrival = submission.arrival
    findings = _outside_findings(submission, as_of)
    verdict: Verdict = (
        "withdrawn" if arrival.withdrawn else "not_yet" if arrival.received_at > as_of else "ignored"
    )
    return FileRow(
        arrival.file,
        arrival.sha256,
        arrival.received_at,
        arrival.source,
        verdict,
        tuple(finding.code for finding in findings),
        (),
        0,
        0,
        0,
        0,
    )
