"""A form -> the text of its three tables: what `pipeline.forms` reads back as the same form."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from pipeline.forms import COLUMN_FIELDS, RULE_FIELDS
from schemas.form import Column, Form

COLUMNS = (*COLUMN_FIELDS, "options", "counts", "source")
RULES = (*RULE_FIELDS, "source")


def tables_of(form: Form, sources: Mapping[str, str]) -> dict[str, str]:
    """columns.csv, rules.csv without a rule, and form.toml; `sources` tells where each column comes from, by key.

    The form has neither rules nor ratios: nobody guesses those.
    """
    return {
        "columns.csv": _csv(COLUMNS, (_row(column, sources.get(column.key, "")) for column in form.columns)),
        "rules.csv": _csv(RULES, ()),
        "form.toml": _toml(form),
    }


def _row(column: Column, source: str) -> Sequence[str]:
    own = 2 if column.group else 1
    return (
        column.key,
        column.header,
        column.group,
        column.level,
        column.kind,
        column.unit,
        "yes" if column.required else "no",
        "yes" if column.summary else "",
        "|".join(column.labels[own:]),
        "|".join(column.options),
        f"{column.counts}={column.chosen}" if column.chosen else column.counts,
        source,
    )


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _toml(form: Form) -> str:
    lines = [
        f"title = {_quoted(form.title)}",
        f"titles = [{', '.join(map(_quoted, form.titles))}]",
        "# What a row is: local_body (added up), activity (stands for itself, is listed) or district (answers once).",
        f"grain = {_quoted(form.grain)}",
        f"key = [{', '.join(map(_quoted, form.row_key))}]",
    ]
    lines += [f"item = {_quoted(form.item)}"] if form.item else []
    lines += [f"size = {_quoted(form.size)}"] if form.size else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)
