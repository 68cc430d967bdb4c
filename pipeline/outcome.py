"""Settled filings -> the results of a round: roster, figures, issues, and what became of every file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.filings import Filing
from pipeline.listing import photos_of, rows_table
from pipeline.merge import (
    consolidated_table,
    districts_table,
    extras_table,
    prove_totals,
    totals_of,
    values_table,
)
from pipeline.model import (
    Campaign,
    FileRow,
    Issue,
    RosterRow,
    Round,
    RoundResult,
    Status,
    Submission,
    Verdict,
)
from pipeline.resubmission import progress
from pipeline.round_issues import absent_bodies, by_case, file_findings, outside_findings, round_issues
from pipeline.timeliness import roster


def round_result(
    round_: Round, filings: Sequence[Filing], files: Sequence[FileRow], campaign: Campaign, as_of: datetime
) -> RoundResult:
    """All that is known of one round; `AssertionError` when its totals do not agree with its values."""
    form = campaign.forms[round_.form]
    counted = [filing for filing in filings if filing.verdict == "counted" and filing.place[1] == round_.key]
    issues = round_issues(round_, filings, campaign)
    rows = _with_counts(roster(filings, round_, campaign, as_of), issues)
    rows = tuple(_with_progress(row, filings, campaign) for row in rows)
    counted = [filing for filing in counted if filing.returns]  # nothing is read from a document
    values = values_table(counted, form)
    registry = campaign.registry_of(round_)
    consolidated = consolidated_table(counted, values, form, rows, registry)
    totals = totals_of(values, consolidated, form)
    prove_totals(totals, consolidated, counted, form)
    return RoundResult(
        round=round_,
        form=form,
        roster=rows,
        values=values,
        consolidated=consolidated,
        districts=districts_table(consolidated, form, registry),
        extras=extras_table(counted),
        totals=totals,
        issues=issues,
        absent=tuple(absent for filing in counted for absent in absent_bodies(filing, campaign)),
        files=tuple(row for row in files if any(key == round_.key for _, key in row.places)),
        rows=rows_table(counted, form, campaign.registry) if form.grain != "local_body" else None,
        photos=photos_of(counted),
        previous=_previous(round_, filings, campaign, as_of),
    )


def file_rows(
    filings: Sequence[Filing], outside: Sequence[Submission], as_of: datetime, campaign: Campaign
) -> tuple[FileRow, ...]:
    """What became of every arrival, in order of receipt."""
    rows = [_file_row(members, campaign) for members in by_case(filings)]
    rows += [_outside_row(submission, as_of) for submission in outside]
    known = [row for row in rows if row.received_at is not None]
    unknown = [row for row in rows if row.received_at is None]
    in_order = sorted(known, key=lambda row: (row.received_at or as_of, row.path))
    return (*in_order, *sorted(unknown, key=lambda row: row.path))


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


def _with_progress(row: RosterRow, filings: Sequence[Filing], campaign: Campaign) -> RosterRow:
    made = progress((row.district_code, row.round), filings, campaign)
    if made is None:
        return row
    return replace(row, mended=made.mended, mended_of=made.asked, newly_found=made.new)


def _previous(
    round_: Round, filings: Sequence[Filing], campaign: Campaign, as_of: datetime
) -> dict[str, Status]:
    """Each district's status in the round of the same form before this one; nothing for the first."""
    last = campaign.round_before(round_)
    if last is None:
        return {}
    return {row.district_code: row.status for row in roster(filings, last, campaign, as_of)}


def _file_row(members: Sequence[Filing], campaign: Campaign) -> FileRow:
    """The row of one file, from its filings with the weightiest first."""
    case = members[0].case
    arrival = case.submission.arrival
    places = [place for filing in members for place in (filing.place, *filing.candidates) if all(place)]
    return FileRow(
        path=arrival.file,
        sha256=arrival.sha256,
        received_at=arrival.received_at if arrival.sha256 else None,
        source=arrival.source if arrival.sha256 else "",
        verdict=members[0].verdict,
        codes=tuple(sorted({finding.code for finding in file_findings(members, campaign)})),
        places=tuple(dict.fromkeys(places)),
        rows_used=sum(
            len(checked.rows)
            for filing in members
            if filing.verdict == "counted"
            for checked in filing.returns
        ),
        seen=case.seen,
        read=case.read,
        set_aside=case.set_aside,
    )


def _outside_row(submission: Submission, as_of: datetime) -> FileRow:
    arrival = submission.arrival
    findings = outside_findings(submission, as_of)
    codes = {finding.code for finding in findings}
    verdict: Verdict = "withdrawn" if arrival.withdrawn else "not_yet" if "NOT_YET" in codes else "ignored"
    return FileRow(
        path=arrival.file,
        sha256=arrival.sha256,
        received_at=arrival.received_at if arrival.sha256 else None,
        source=arrival.source if arrival.sha256 else "",
        verdict=verdict,
        codes=tuple(finding.code for finding in findings),
        places=(),
        rows_used=0,
        seen=0,
        read=0,
        set_aside=0,
    )
