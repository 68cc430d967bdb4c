"""The machine-readable files of a round: CSV in UTF-8 with BOM, and run.json; columns are added, never renamed."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import __version__
from pipeline.model import ISSUE_COLUMNS, FileRow, Issue, Results, RosterRow, RoundResult
from pipeline.write.figures import plain_values

BOM = "\ufeff"
LIBRARIES = ("pandas", "pandera", "python-calamine", "openpyxl", "xlrd", "XlsxWriter")
# A cell that begins so would be run as a formula by a spreadsheet that opens the CSV.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
PLAIN_NUMBER = re.compile(r"-?[\d.,]*")


def write_tables(folder: Path, results: Results, result: RoundResult) -> None:
    """Write values.csv, consolidated.csv, extras.csv, roster.csv and issues.csv into `folder`, and rows.csv where rows
    stand for themselves; raises `OSError`."""
    _write_frame(folder / "values.csv", result.values)
    _write_frame(folder / "consolidated.csv", result.consolidated)
    _write_frame(folder / "extras.csv", result.extras)
    if result.rows is not None:
        _write_frame(folder / "rows.csv", result.rows)
    _write_rows(
        folder / "roster.csv", [field.name for field in fields(RosterRow)], map(astuple, result.roster)
    )
    _write_rows(folder / "issues.csv", ISSUE_COLUMNS, map(issue_record, (*result.issues, *results.unplaced)))


def write_run(
    folder: Path, results: Results, result: RoundResult, outputs: Sequence[tuple[str, str]]
) -> None:
    """Write run.json: the clock, versions, counts, every file's verdict, the count of cells, and the outputs'
    hashes (`outputs`: path and SHA-256)."""
    text = json.dumps(run_record(results, result, outputs), ensure_ascii=False, indent=2)
    (folder / "run.json").write_text(text + "\n", encoding="utf-8")


def issue_record(issue: Issue) -> tuple[str, ...]:
    """One issue as a row of issues.csv."""
    return tuple(str(getattr(issue, column)) for column in ISSUE_COLUMNS)


def run_record(results: Results, result: RoundResult, outputs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What run.json holds."""
    statuses = [row.status for row in result.roster]
    came = [row for row in result.roster if row.first_received_at is not None]
    files = (*result.files, *(row for row in results.files if not row.places))
    return {
        "round": result.round.key,
        "form": result.form.key,
        "as_of": results.as_of.isoformat(),
        "sample": results.sample,
        "versions": {"pipeline": __version__} | {name: version(name) for name in LIBRARIES},
        "counts": {"expected": len(statuses), "received": len(came)}
        | {
            status: statuses.count(status)
            for status in ("on_time", "late", "unusable", "undecided", "missing", "pending", "waived")
        },
        "files": [_file_record(row) for row in files],
        "cells": {
            "seen": sum(row.seen for row in files),
            "read": sum(row.read for row in files),
            "set_aside": sum(row.set_aside for row in files),
        },
        "totals": {
            key: {"value": total.value, "local_bodies": total.local_bodies, "districts": total.districts}
            for key, total in result.totals.items()
        },
        "corrections": int((result.values["corrected_from"] != "").sum()) if len(result.values) else 0,
        "outputs": [{"path": path, "sha256": sha256} for path, sha256 in outputs],
    }


def _file_record(row: FileRow) -> dict[str, Any]:
    return {
        "path": row.path,
        "sha256": row.sha256,
        "received_at": row.received_at.isoformat() if row.received_at else None,
        "verdict": row.verdict,
        "codes": list(row.codes),
        "cells": {"seen": row.seen, "read": row.read, "set_aside": row.set_aside},
    }


def _write_frame(path: Path, frame: pd.DataFrame) -> None:
    columns = [_texts(frame[name]) for name in frame.columns]
    _write_lines(path, [str(name) for name in frame.columns], zip(*columns, strict=True))


def _texts(column: "pd.Series[Any]") -> list[str]:
    """A column as it stands in the file: whole numbers without ".0", unknown as nothing. Each value is spelled once:
    files, sheets and codes come again and again."""
    values = plain_values(column)
    spelled = {value: _cell(value) for value in set(values)}
    return [spelled[value] for value in values]


def _write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    _write_lines(path, header, ([_cell(value) for value in row] for row in rows))


def _write_lines(path: Path, header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(lines)
    path.write_bytes((BOM + text.getvalue()).encode("utf-8"))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) and not PLAIN_NUMBER.fullmatch(text) else text
