"""Total rows against our own sums: compared, never added (issue of the workbook alone)."""

from collections.abc import Sequence

from pipeline.model import Finding, Return, Row
from pipeline.thai import figure
from schemas.form import Form

AS_GOOD_AS_EQUAL = 0.005


def total_findings(each: Return, form: Form) -> list[Finding]:
    """A finding for each stated total that is neither the sum of all rows nor of the rows since the total before.

    A column in which any row's figure is unknown cannot be compared; what a total row counts as is no statement.
    """
    findings = []
    for number, total in enumerate(each.totals):
        above = each.totals[number - 1].number if number else -1
        part = [row for row in each.rows if above < row.number < total.number]
        for column in (column for column in form.row_columns if column.counted):
            stated, own = total.figures.get(column.key), _sum(each.rows, column.key)
            if stated is None or own is None:
                continue
            if not _is_as_stated(own, stated) and not _is_as_stated(_sum(part, column.key), stated):
                facts = (("column", column.title), ("sum", figure(own)))
                place = total.cells[column.key]
                findings.append(Finding("TOTAL_DIFFERS", each.sheet, place, figure(stated), facts))
    return findings


def _is_as_stated(own: int | float | None, stated: int | float) -> bool:
    return own is not None and abs(own - stated) < AS_GOOD_AS_EQUAL


def _sum(rows: Sequence[Row], key: str) -> int | float | None:
    if any(key in row.unread or row.figures.get(key, 0) < 0 for row in rows):
        return None
    return sum(row.figures.get(key, 0) for row in rows)
