"""What stands in `output/<round>/` before a night: what its results are compared with."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pipeline.model import Issue, Status, Total

Said = tuple[str, str, str, str]
"""What an issue is known by from one night to the next, whichever rounds tell of it: code, file, sheet, cell."""


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a district stood with a round."""

    status: Status
    counted_file: str
    counted_at: str
    must_fix: int
    please_explain: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A round as it was written: `verdicts` by path and hash of every file, `roster` by district code."""

    folder: Path
    totals: Mapping[str, Total]
    verdicts: Mapping[tuple[str, str], str]
    roster: Mapping[str, Stood]
    issues: frozenset[Said]

    def values(self) -> Iterator[dict[str, str]]:
        """The rows of values.csv, read only where they are needed."""
        return _rows(self.folder / "values.csv")


def standing_rounds(output: Path, keys: Iterable[str]) -> dict[str, Standing]:
    """The rounds that stand there whole. One of which something is missing or cut off is as if it had never been
    written: it is told of as new."""
    found = {}
    for key in keys:
        try:
            found[key] = _standing(output / key)
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError):
            continue
    return found


def said(issue: Issue) -> Said:
    """What an issue of the new results is known by."""
    return issue.code, issue.file, issue.sheet, issue.cell


def _standing(folder: Path) -> Standing:
    record = json.loads((folder / "run.json").read_bytes())
    return Standing(
        folder=folder,
        totals={key: Total(**total) for key, total in record["totals"].items()},
        verdicts={(file["path"], file["sha256"]): file["verdict"] for file in record["files"]},
        roster={row["district_code"]: _stood(row) for row in _rows(folder / "roster.csv")},
        issues=frozenset(
            (row["code"], row["file"], _plain(row["sheet"]), row["cell"])
            for row in _rows(folder / "issues.csv")
        ),
    )


def _stood(row: Mapping[str, str]) -> Stood:
    status = cast(Status, row["status"])
    issues = int(row["must_fix"]), int(row["please_explain"])
    return Stood(status, row["counted_file"], row["counted_at"], *issues)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _plain(text: str) -> str:
    """A text as it was before it was kept from being a formula."""
    return text[1:] if text.startswith("'") and text[1:2] in tuple("=+-@\t\r") else text
