"""Several hundred workbooks that nobody here wrote: marked, compared part by part and cell by cell, and opened.

Run by `make corpus`. A workbook that is not understood has to be refused; none may be harmed.
"""

import csv
import io
import warnings
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.write.returned import TAB
from pipeline.write.returned.write import UNMARKABLE
from tests.returned import corpus
from tests.returned.marking import mark, some_issues
from tests.returned.proof import differences, parts
from tests.write.opened import SOFFICE

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.libreoffice,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
]
VOLATILE = (b"RAND", b"NOW(", b"TODAY(")
MOST_REFUSED = 0.05
FEWEST = 300


def test_several_hundred_workbooks_of_others_are_marked_and_unharmed(tmp_path):
    origins = {"as they came": corpus.workbooks(), "as LibreOffice saved them": corpus.saved_by(str(SOFFICE))}
    marked = {
        name: _marked(paths, tmp_path / str(number)) for number, (name, paths) in enumerate(origins.items())
    }
    for name, (count, refused) in marked.items():
        print(f"{name}: {count} marked, refused: {dict(refused)}")
    total = sum(count for count, _ in marked.values())
    assert total >= FEWEST
    assert sum(sum(refused.values()) for _, refused in marked.values()) <= MOST_REFUSED * total
    for number, (count, _) in enumerate(marked.values()):
        _compare_in_libreoffice(tmp_path / str(number), count)


def _marked(paths: Sequence[Path], folder: Path) -> tuple[int, Counter[str]]:
    """Mark each and compare; both are kept side by side, by number. Returns how many, and why others were refused."""
    for side in ("before", "after"):
        (folder / side).mkdir(parents=True)
    refused: Counter[str] = Counter()
    count = 0
    for path in paths:
        before = path.read_bytes()
        issues = _issues(before)
        if issues is None:
            continue  # nothing that reads spreadsheets opens it
        try:
            after = mark(before, *issues)
        except UNMARKABLE as error:
            refused[f"{type(error).__name__}: {error}"] += 1
            continue
        marks = defaultdict(set)
        for issue in issues:
            if issue.cell and issue.severity != "note":
                marks[issue.sheet].add(issue.cell)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, about the workbook
            assert list(differences(before, after.data, TAB, marks)) == [], path
        count += 1
        for side, data in (("before", before), ("after", after.data)):
            (folder / side / f"{count:04}{after.suffix}").write_bytes(data)
    return count, refused


def _issues(data: bytes):
    try:
        return some_issues(data)
    except Exception:  # noqa: BLE001 — whatever a library says of a file that is broken on purpose
        return None


def _compare_in_libreoffice(folder: Path, count: int) -> None:
    """Every workbook opens there as before, and every sheet shows the same."""
    for side in ("before", "after"):
        corpus.sheets_of(str(SOFFICE), sorted((folder / side).iterdir()), folder / f"{side} in LibreOffice")
    before, after = (_tables(folder / f"{side} in LibreOffice") for side in ("before", "after"))
    opened = {name[:4] for name in before}
    print(f"{len(opened)} of {count} opened in LibreOffice, {len(before)} sheets")
    assert {name[:4] for name in after} == opened
    volatile = {path.stem for path in (folder / "before").iterdir() if _is_volatile(path.read_bytes())}
    assert [name for name in before if name[:4] not in volatile and after.get(name) != before[name]] == []


def _is_volatile(data: bytes) -> bool:
    return any(word in part for part in parts(data).values() for word in VOLATILE)


def _tables(folder: Path) -> dict[str, list[list[str]]]:
    return {path.name: _table(path.read_text(encoding="utf-8")) for path in sorted(folder.iterdir())}


def _table(text: str) -> list[list[str]]:
    """A table without the empty cells at its ends: marked ones may lie there."""
    rows = [",".join(row).rstrip(",").split(",") for row in csv.reader(io.StringIO(text))]
    while rows and rows[-1] == [""]:
        rows.pop()
    return rows
