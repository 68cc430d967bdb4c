"""`pipeline check`: one workbook by itself, without register, vault or the other districts."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.consolidate import cases_of
from pipeline.context import context_of
from pipeline.filings import Case, filings_of
from pipeline.merge import records, values_table
from pipeline.model import ISSUE_COLUMNS, Arrival, Campaign, Issue, Submission, Workbook
from pipeline.round_issues import by_case, file_issues
from pipeline.understand import understand


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What one workbook says: its place (empty where unknown, several joined by a comma), the rows that stand,
    their figures as rows of values.csv, and every issue."""

    file: str
    form: str
    district_code: str
    round: str
    rows: int
    values: tuple[dict[str, Any], ...]
    issues: tuple[Issue, ...]


def check_file(path: Path, workbook: Workbook, campaign: Campaign, now: datetime) -> CheckedFile:
    """Understand and validate one workbook as if it had just arrived."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if workbook.readable else ""
    submission = Submission(Arrival(str(path), sha256, now, "file_time"), path)
    understood = understand(submission, workbook, context_of(campaign))
    return _described(cases_of([understood], campaign)[0], campaign)


def document(checked: CheckedFile) -> dict[str, Any]:
    """The file as JSON tells it: the columns of values.csv and issues.csv."""
    issues = [{column: getattr(issue, column) for column in ISSUE_COLUMNS} for issue in checked.issues]
    return asdict(checked) | {"issues": issues}


def _described(case: Case, campaign: Campaign) -> CheckedFile:
    (filings,) = by_case(filings_of(case, campaign))
    placed = [filing for filing in filings if all(filing.place)]
    values: list[dict[str, Any]] = []
    for filing in (each for each in placed if each.returns):
        values += records(values_table([filing], campaign.forms[filing.returns[0].source.form]))
    return CheckedFile(
        file=case.submission.arrival.file,
        form=_joined(checked.source.form for filing in filings for checked in filing.returns),
        district_code=_joined(filing.place[0] for filing in placed),
        round=_joined(filing.place[1] for filing in placed),
        rows=sum(len(checked.rows) for filing in filings for checked in filing.returns),
        values=tuple(values),
        issues=file_issues(filings, campaign),
    )


def _joined(words: Iterable[str]) -> str:
    return ",".join(dict.fromkeys(words))
