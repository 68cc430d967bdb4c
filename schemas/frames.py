"""The pandera schema of a form, built from its columns.csv and rules.csv.

The frame holds one row per table row of all returns together: `filing` (which tables count together),
`local_body_code` (missing when the name is no local body of the district), `item`, one nullable Int64 column per
count, Float64 per other number, one Int64 column per day (its ordinal), one string column per text that is required or
part of the form's key, and one Float64 column per figure of the registry that a rule names. Its index is unique and
says which row a failure is of.

Every check carries the name of its rule, so a failure says which rule it broke. Types are settled before: there is
no coercion, which would turn one dirty cell into a `TypeError` that hides every other failure of its column.
"""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pandera.pandas as pa

from schemas.form import NUMERIC_KINDS, Column, Form, Rule

NOT_NEGATIVE = "not_negative"
REQUIRED = "required"
LOCAL_BODY = "local_body"
UNIQUE = "unique"
DTYPES = {
    "count": "Int64",
    "area": "Float64",
    "money": "Float64",
    "quantity": "Float64",
    "percent": "Float64",
    "pictures": "Int64",
    "start": "Int64",
    "end": "Int64",
}
MISREAD_POINTS = 100.0
"""A percentage written as a share (0.97) is right when a hundred times it is."""

Frame = Callable[[pd.DataFrame], "pd.Series[bool]"]


def frame_schema(form: Form) -> pa.DataFrameSchema:
    """The schema of one form; validate lazily and read `failure_cases` (columns `check` and `index`): which row fails
    which check. Every check looks at whole rows, so a failing row is told once, not once per column."""
    typed = {column.key: DTYPES[column.kind] for column in form.row_columns if column.kind in DTYPES}
    texts = ("local_body_code", *text_keys(form))
    columns = {key: pa.Column(dtype, nullable=True) for key, dtype in typed.items()}
    columns |= {key: pa.Column("string", nullable=True) for key in texts}
    required = [column.key for column in required_columns(form)]
    named: dict[str, Frame] = {rule.name: _holds(rule) for rule in form.rules}
    numeric = [column.key for column in form.row_columns if column.kind in NUMERIC_KINDS]
    named[NOT_NEGATIVE] = lambda frame: (frame[numeric] >= 0).fillna(True).all(axis=1)
    named[REQUIRED] = lambda frame: frame[required].notna().all(axis=1)
    named[LOCAL_BODY] = lambda frame: frame["local_body_code"].notna()
    named[UNIQUE] = _unique(form)
    checks = [pa.Check(holds, name=name, error=name) for name, holds in named.items()]
    return pa.DataFrameSchema(columns, checks=checks, index=pa.Index(int, unique=True), strict=False)


def required_columns(form: Form) -> tuple[Column, ...]:
    """The columns that each row must fill in; its local body is looked up, not only there."""
    return tuple(column for column in form.row_columns if column.required and column.kind != "name")


def text_keys(form: Form) -> tuple[str, ...]:
    """The text columns that the frame holds: those that are required, or part of the form's key."""
    return tuple(
        column.key
        for column in form.row_columns
        if column.kind not in DTYPES and (column in required_columns(form) or column.key in form.row_key)
    )


def _unique(form: Form) -> Frame:
    """The form's key once within the tables that count together; rows without a known local body have no key."""
    key = ["filing", *("local_body_code" if part == "local_body" else part for part in form.row_key)]

    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        return ~(frame["local_body_code"].notna() & frame.duplicated(key, keep=False))

    return holds


def _holds(rule: Rule) -> Frame:
    """The rule as a function of the frame: true where it holds or where one of its figures is unknown."""
    relation = {
        "part": _part,
        "sum_within": _sum_within,
        "sum_equals": _sum_equals,
        "percent": _percent,
        "ceiling": _ceiling,
        "at_least": _at_least,
        "at_most": _at_most,
        "order": _part,
        "until": _until,
    }[rule.check]

    def holds(frame: pd.DataFrame) -> "pd.Series[bool]":
        return relation(frame, rule).fillna(True).astype(bool)

    return holds


def _part(frame: pd.DataFrame, rule: Rule) -> "pd.Series[bool]":
    return frame[rule.left[0]] <= frame[rule.right[0]]


def _sum_within(frame: pd.DataFrame, rule: Rule) -> "pd.Series[bool]":
    return _sum(frame, rule) <= frame[rule.right[0]]


def _sum_equals(frame: pd.DataFrame, rule: Rule) -> "pd.Series[bool]":
    return _sum(frame, rule) == frame[rule.right[0]]


def _percent(frame: pd.DataFrame, rule: Rule) -> "pd.Series[bool]":
    part, whole = (frame[key].astype("Float64") for key in rule.right)
    computed = 100 * part / whole.where(whole > 0)
    stated = frame[rule.left[0]]
    limit = rule.limit or 0.0
    return ((stated - computed).abs() <= limit) | ((stated * MISREAD_POINTS - computed).abs() <= limit)


def _ceiling(frame: pd.DataFrame, rule: Rule) -> "pd.Series[bool]":
    return frame[rule.left[0]].astype("Float64") <= frame[rule.right[0]] * (rule.limit or 1.0)


def _at_least(frame: pd.DataFrame, rule: Rule) -> "pd.Series[bool]":
    return frame[rule.left[0]].astype("Float64") >= (rule.limit or 0.0)


def _at_most(frame: pd.DataFrame, rule: Rule) -> "pd.Series[bool]":
    return frame[rule.left[0]].astype("Float64") <= (rule.limit or 0.0)


def _until(frame: pd.DataFrame, rule: Rule) -> "pd.Series[bool]":
    return frame[rule.left[0]] <= (rule.last or date.max).toordinal()


def _sum(frame: pd.DataFrame, rule: Rule) -> "pd.Series[int]":
    """The sum of the left columns, unknown where one of them is."""
    return frame[list(rule.left)].sum(axis=1, skipna=False)
