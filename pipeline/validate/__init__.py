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
from pipeline.normalise import is_nothing
from pipeline.thai import figure
from pipeline.validate.rules import Breach, rule_findings
from pipeline.validate.totals import total_findings
from pipeline.validate.twins import (
    Key,
    Twins,
    counts,
    filing_of,
    given_before,
    half_split,
    key_of,
    twin_findings,
    twins_of,
)
from schemas.form import DAY_KINDS, Column, Form
from schemas.frames import (
    DTYPES,
    LOCAL_BODY,
    NOT_NEGATIVE,
    REQUIRED,
    UNIQUE,
    frame_schema,
    required_columns,
    text_keys,
)

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
        (number, row) for number, each in enumerate(returns) for row in each.rows if _is_filled(row, form)
    ]
    failures = _failures(frame_of(returns, keyed, form, registry), form)
    houses = {body.code: body.registered_houses for body in registry.local_bodies}
    by_return: dict[int, list[tuple[Row, frozenset[str]]]] = defaultdict(list)
    split = half_split(returns, keyed, form)
    for row_id, (number, row) in enumerate(keyed):
        held = replace(row, held=row.held or split[row_id]) if row_id in split else row
        by_return[number].append((held, failures.get(row_id, frozenset())))
    doubled = {row_id for row_id, failed in failures.items() if UNIQUE in failed}
    twins = twins_of(returns, keyed, doubled, form)
    return tuple(
        _checked(one, by_return[number], form, houses, twins)
        for number, one in enumerate(_completed(returns, form))
    )


def _is_filled(row: Row, form: Form) -> bool:
    """Whether a row reports anything: a figure, a cell that could not be read, or words that are asked for, unless they
    say that there is no activity."""
    says_none = form.item in row.texts and is_nothing(row.item)
    words = (row.texts.get(column.key) for column in form.answers if not column.kept)
    return bool(row.figures or row.unread) or not (says_none or all(map(is_nothing, words)))


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
            columns[column.key] = pd.Series(
                [_number(row, column) for _, row in keyed], dtype=DTYPES[column.kind]
            )
    for key in text_keys(form):
        columns[key] = pd.array([row.texts.get(key) or None for _, row in keyed], dtype="string")
    return pd.DataFrame(columns, index=pd.RangeIndex(len(keyed)))


def _number(row: Row, column: Column) -> int | float | None:
    """A figure, or the ordinal of a day."""
    if column.kind in DAY_KINDS:
        return row.days[column.key].toordinal() if column.key in row.days else None
    return row.figures.get(column.key)


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


def _checked(
    each: Return,
    rows: Iterable[tuple[Row, frozenset[str]]],
    form: Form,
    houses: Mapping[str, int],
    twins: Mapping[Key, Twins],
) -> Checked:
    standing: list[Row] = []
    findings: list[Finding] = list(each.findings)
    for row, failed in rows:
        if row.held and row.held.code == "ANSWERED":
            findings = [one for one in findings if not _is_of_row(one, each.sheet, row)] + [row.held]
            continue
        if row.held and row.held.code == "TOTAL_ROW":
            findings.append(row.held)  # it is not a row of the table: no rule speaks of it
            continue
        breaches = rule_findings(each.sheet, row, failed, form, houses)
        findings += _cell_findings(each, row, failed, form)
        findings += [breach.finding for breach in breaches]
        same = twins.get(key_of(each, row, form), [(each.sheet, row)])
        findings += twin_findings(each, row, same, form)
        if row.held:
            findings.append(row.held)
        elif (before := given_before(row, same, form)) is not None:
            kept = _without(row, failed, breaches, form)
            new = {key: value for key, value in kept.figures.items() if key not in before}
            standing += [replace(kept, figures=new)] if new or same[0][1] is row else []
    findings += total_findings(each, form)
    return Checked(each, tuple(standing), tuple(findings))


def _completed(returns: Sequence[Return], form: Form) -> list[Return]:
    """The returns; a column that another table of the same filing has is not missing from this one, unless it is that
    of the names: without it nobody knows whose the rows are."""
    tables: dict[str, list[Return]] = defaultdict(list)
    for each in returns:
        tables[filing_of(each)].append(each)
    elsewhere = {
        filing: {
            column.full_title
            for column in form.columns
            if column.kind != "name" and any(column.key in one.columns for one in together)
        }
        for filing, together in tables.items()
    }
    return [
        replace(
            each,
            findings=tuple(one for one in each.findings if not _is_there(one, elsewhere[filing_of(each)])),
        )
        for each in returns
    ]


def _is_there(finding: Finding, titles: set[str]) -> bool:
    return finding.code == "MISSING_COLUMN" and dict(finding.facts)["column"] in titles


def _is_of_row(finding: Finding, sheet: str, row: Row) -> bool:
    """Whether a finding is about a cell of a row that the analyst decided not to count."""
    return finding.sheet == sheet and finding.cell in row.cells.values()


def _without(row: Row, failed: frozenset[str], breaches: Sequence[Breach], form: Form) -> Row:
    """The row with what stands of its counts; stated percentages are checked, never kept (design rule 3)."""
    gone = {key for key, value in row.figures.items() if value < 0} if NOT_NEGATIVE in failed else set()
    gone = gone.union(*(breach.unknown for breach in breaches))
    return replace(row, figures={key: value for key, value in counts(row, form).items() if key not in gone})


def _cell_findings(each: Return, row: Row, failed: frozenset[str], form: Form) -> list[Finding]:
    """Negative figures, and required cells left blank; a cell that could not be read is already named."""
    if LOCAL_BODY in failed and not row.held:
        raise RuntimeError(f"row {row.number + 1} has no local body and nothing says why")
    findings = [
        Finding("NEGATIVE", each.sheet, row.cells[key], figure(value))
        for key, value in row.figures.items()
        if NOT_NEGATIVE in failed and value < 0
    ]
    blank = [
        column
        for column in required_columns(form)
        if REQUIRED in failed and column.key in each.columns
        if column.key not in {*row.figures, *row.texts, *row.unread}
    ]
    return findings + [
        Finding(
            "BLANK" if column.kept else "BLANK_TEXT",
            each.sheet,
            row.cells.get(column.key) or address((row.number, each.columns[column.key])),
            facts=(("column", column.title),),
        )
        for column in blank
    ]
