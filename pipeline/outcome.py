"""Settled filings -> the results of a round: roster, figures, issues, and what became of every file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd

from pipeline.filings import Filing
from pipeline.listing import photos_of, rows_table
from pipeline.merge import extras_table
from pipeline.model import (
    Campaign,
    Earlier,
    FileRow,
    Issue,
    RosterRow,
    Round,
    RoundResult,
    Submission,
    Verdict,
)
from pipeline.resubmission import progress
from pipeline.round_figures import RoundFigures
from pipeline.round_issues import absent_bodies, by_case, file_findings, outside_findings, round_issues
from pipeline.timeliness import roster


def round_result(
    round_: Round,
    figures: Mapping[str, RoundFigures],
    filings: Sequence[Filing],
    files: Sequence[FileRow],
    campaign: Campaign,
) -> RoundResult:
    """All that is known of one round. `figures` are those of this round and of the rounds before it, by key."""
    form, found = campaign.forms[round_.form], figures[round_.key]
    before = [figures[each.key] for each in campaign.rounds_before(round_)]
    issues = round_issues(round_, filings, campaign)
    rows = _with_counts(found.roster, issues)
    return RoundResult(
        round=round_,
        form=form,
        roster=tuple(_with_progress(row, filings, campaign) for row in rows),
        values=found.values,
        consolidated=found.consolidated,
        districts=found.districts,
        extras=extras_table(found.counted),
        totals=found.totals,
        issues=issues,
        absent=tuple(absent for filing in found.counted for absent in absent_bodies(filing, campaign)),
        files=tuple(row for row in files if any(key == round_.key for _, key in row.places)),
        rows=rows_table(found.counted, form, campaign.registry) if form.grain != "local_body" else None,
        photos=photos_of(found.counted),
        previous={row.district_code: row.status for row in before[-1].roster} if before else {},
        earlier=tuple(
            Earlier(each.round, form, each.consolidated, each.districts, each.totals) for each in before
        ),
    )


def round_standing(
    round_: Round, filings: Sequence[Filing], campaign: Campaign, as_of: datetime
) -> RoundResult:
    """Who owes what in a round that is neither due nor begun: its roster and issues, without figures."""
    issues = round_issues(round_, filings, campaign)
    rows = _with_counts(roster(filings, round_, campaign, as_of), issues)
    none = pd.DataFrame()
    return RoundResult(
        round=round_,
        form=campaign.forms[round_.form],
        roster=tuple(_with_progress(row, filings, campaign) for row in rows),
        values=none,
        consolidated=none,
        districts=none,
        extras=none,
        totals={},
        issues=issues,
        absent=(),
        files=(),
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
        snapshot=case.submission.snapshot if case.submission.readable else None,
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
