"""Returns -> checked returns: pandera once per form on the merged frame; each failure is one finding.

A fault takes out the smallest thing that it makes untrustworthy (design rule 2): a cell, the cells of a
contradiction, a row. What is taken out is gone from the rows of the checked return.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import pandera.errors

from pipeline.model import Finding, Registry, Return, Row, address
from pipeline.validate.rules import Breach, rule_findings
from pipeline.validate.totals import total_findings
from schemas.form import Form
from schemas.frames import DTYPES, LOCAL_BODY, NOT_NEGATIVE, REQUIRED, UNIQUE, frame_schema

Failures = Mapping[int, frozenset[str]]
"""Row id -> the names of the checks it failed."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A return after validation: `rows` hold only what stands; `findings` are all of the return's, old and new."""

    source: Return
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]

    @property
    def bodies(self) -> frozenset[str]:
        """The local bodies with at least one figure that stands."""
        return frozenset(row.local_body_code for row in self.rows if row.figures)


def validate(returns: Sequence[Return], form: Form, registry: Registry) -> tuple[Checked, ...]:
    """Check every return of one form together, whichever round or district it is of."""
    keyed = [
        (number, row) for number, each in enumerate(returns) for row in each.rows if row.figures or row.unread
    ]
    failures = _failures(frame_of(returns, keyed, form, registry), form)
    houses = {body.code: body.registered_houses for body in registry.local_bodies}
    by_return: dict[int, list[tuple[Row, frozenset[str]]]] = defaultdict(list)
    for row_id, (number, row) in enumerate(keyed):
        by_return[number].append((row, failures.get(row_id, frozenset())))
    twins = _twins(returns, keyed, failures)
    return tuple(
        _checked(each, by_return[number], form, houses, twins) for number, each in enumerate(returns)
    )


def frame_of(
    returns: Sequence[Return], keyed: Sequence[tuple[int, Row]], form: Form, registry: Registry
) -> pd.DataFrame:
    """The frame that `schemas.frames` describes; its index is the position in `keyed`."""
    houses = {body.code: float(body.registered_houses) for body in registry.local_bodies}
    columns: dict[str, object] = {
        "filing": [filing_of(returns[number]) for number, _ in keyed],
        "local_body_code": pd.array([row.local_body_code or None for _, row in keyed], dtype="string"),
        "item": [row.item for _, row in keyed],
        "registered_houses": pd.array(
            [houses.get(row.local_body_code, pd.NA) for _, row in keyed], dtype="Float64"
        ),
    }
    for column in form.row_columns:
        if column.kind in DTYPES:
            figures = [row.figures.get(column.key) for _, row in keyed]
            columns[column.key] = pd.Series(figures, dtype=DTYPES[column.kind])
    return pd.DataFrame(columns, index=pd.RangeIndex(len(keyed)))


def filing_of(each: Return) -> str:
    """The tables that count together: those of one arrival for one place; an undecided table stands alone."""
    place = "/".join(each.place) if all(each.place) else each.sheet
    return f"{each.arrival.file}\n{each.arrival.sha256}\n{each.arrival.received_at}\n{place}"


def _failures(frame: pd.DataFrame, form: Form) -> Failures:
    """Every row that fails, with its checks; a check comes back once per column of the frame, and counts once."""
    if frame.empty:
        return {}
    try:
        frame_schema(form).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
    else:
        return {}
    _refuse_unlocated(cases)
    found: dict[int, set[str]] = defaultdict(set)
    for check, index in zip(cases["check"], cases["index"], strict=True):
        found[int(index)].add(check)
    return {row_id: frozenset(checks) for row_id, checks in found.items()}


def _refuse_unlocated(cases: pd.DataFrame) -> None:
    """A failure without a row is a mistake in our own schema or types, never a district's: let it be seen."""
    unlocated = cases[cases["index"].isna()]
    if not unlocated.empty:
        raise RuntimeError(f"checks failed without a row: {sorted(set(unlocated['check'].astype(str)))}")


def _twins(
    returns: Sequence[Return], keyed: Sequence[tuple[int, Row]], failures: Failures
) -> dict[tuple[str, str, str], list[Row]]:
    """Rows that share their key: (filing, local body, item) -> rows in order."""
    found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row_id, (number, row) in enumerate(keyed):
        if UNIQUE in failures.get(row_id, ()):
            found[(filing_of(returns[number]), row.local_body_code, row.item)].append(row)
    return found


def _checked(
    each: Return,
    rows: Iterable[tuple[Row, frozenset[str]]],
    form: Form,
    houses: Mapping[str, int],
    twins: Mapping[tuple[str, str, str], list[Row]],
) -> Checked:
    standing: list[Row] = []
    findings: list[Finding] = list(each.findings)
    for row, failed in rows:
        breaches = rule_findings(each.sheet, row, failed, form, houses)
        findings += _cell_findings(each, row, failed, form)
        findings += [breach.finding for breach in breaches]
        same = twins.get((filing_of(each), row.local_body_code, row.item), [row])
        findings += _twin_findings(each, row, same, form)
        if row.held:
            findings.append(row.held)
        elif _counts(row, same):
            standing.append(_without(row, failed, breaches))
    findings += total_findings(each, form)
    return Checked(each, tuple(standing), tuple(findings))


def _counts(row: Row, same: Sequence[Row]) -> bool:
    """Given twice alike it counts once, given twice with different figures not at all (design rule 2)."""
    return len(same) == 1 or (row is same[0] and all(other.figures == row.figures for other in same))


def _without(row: Row, failed: frozenset[str], breaches: Sequence[Breach]) -> Row:
    gone = {key for key, value in row.figures.items() if value < 0} if NOT_NEGATIVE in failed else set()
    gone = gone.union(*(breach.unknown for breach in breaches))
    return replace(row, figures={key: value for key, value in row.figures.items() if key not in gone})


def _cell_findings(each: Return, row: Row, failed: frozenset[str], form: Form) -> list[Finding]:
    """Negative figures, and required cells left blank; a cell that could not be read is already named."""
    if LOCAL_BODY in failed and not row.held:
        raise RuntimeError(f"row {row.number + 1} has no local body and nothing says why")
    findings = [
        Finding("NEGATIVE", each.sheet, row.cells[key], f"{value:,}")
        for key, value in row.figures.items()
        if NOT_NEGATIVE in failed and value < 0
    ]
    blank = [
        column
        for column in form.row_columns
        if REQUIRED in failed and column.required and column.key in each.columns and column.kind in DTYPES
        if column.key not in row.figures and column.key not in row.unread
    ]
    return findings + [
        Finding(
            "BLANK",
            each.sheet,
            address((row.number, each.columns[column.key])),
            facts=(("column", column.title),),
        )
        for column in blank
    ]


def _twin_findings(each: Return, row: Row, same: Sequence[Row], form: Form) -> list[Finding]:
    if len(same) == 1:
        return []
    alike = all(other.figures == same[0].figures for other in same)
    if alike and row is same[0]:
        return []
    facts = (("body", row.name), ("rows", ", ".join(str(other.number + 1) for other in same)))
    place = row.cells.get(form.name_key) or address((row.number, 0))
    return [Finding("REPEATED_ROW" if alike else "DUPLICATE_ROW", each.sheet, place, row.name, facts)]
