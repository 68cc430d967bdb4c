"""A night with everything hostile in one folder: the real command ends well, and nothing goes unmentioned."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tests.campaigns import AS_OF, ROOT, SCHEMAS, TABLES, workbook
from tests.hostile.contents import CASES
from tests.hostile.entries import ENTRIES, Entry
from tests.sample.layout import lay_out
from tests.sample.model import Table

CLEAN, CLEAN_AT = Table("3429", "1"), "3429 นาเยีย/รายงาน.xlsx"
SENT = datetime.fromisoformat("2021-02-04T10:00:00+07:00").timestamp()
OURS = ("READER_REFUSED", "READER_CRASH", "RECONCILE")
"""Our own failures: the district need not send again."""
READ = {"counted", "superseded", "duplicate", "undecided"}
"""What may become of a report among hundreds of the same district."""


@dataclass(frozen=True)
class Night:
    """How the command ended, and what it left: `files` of run.json by path, figures, names in the issues."""

    code: int
    stderr: str
    files: Mapping[str, Mapping[str, object]]
    values: list[Mapping[str, str]]
    issues: list[Mapping[str, str]]
    cells: Mapping[str, int]
    output: Path


def spend(folder: Path, fill: Callable[[Path], object]) -> Night:
    """Run the command over an `input/` that `fill` fills, beside one clean report."""
    clean = folder / "input" / CLEAN_AT
    clean.parent.mkdir(parents=True)
    clean.write_bytes(workbook(CLEAN))
    fill(folder / "input")
    for parent, _, names in os.walk(folder / "input"):
        for name in names:
            os.utime(os.path.join(parent, name), (SENT, SENT), follow_symlinks=False)  # noqa: PTH118 — names of bytes
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "consolidate", "--round", "1", *options(folder)],
        cwd=ROOT,
        env={**os.environ, "PIPELINE_LANG": "en", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=240,
        check=False,
    )
    return night(done, folder / "output" / "1")


def options(folder: Path) -> list[str]:
    places = {"--schemas": SCHEMAS, "--input": folder / "input", "--output": folder / "output"}
    return [word for name, place in places.items() for word in (name, str(place))] + ["--as-of", AS_OF]


def night(done: subprocess.CompletedProcess[str], output: Path) -> Night:
    run = json.loads((output / "run.json").read_text(encoding="utf-8"))
    return Night(
        done.returncode,
        done.stderr,
        {one["path"]: one for one in run["files"]},
        table(output / "values.csv"),
        table(output / "issues.csv"),
        run["cells"],
        output,
    )


def table(path: Path) -> list[Mapping[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def contents(tmp_path_factory) -> Night:
    """Every hostile content as a file of one folder."""

    def fill(input_dir: Path) -> None:
        for case in CASES:
            (input_dir / case.file).write_bytes(case.make())

    return spend(tmp_path_factory.mktemp("contents"), fill)


@pytest.fixture(scope="module")
def entries(tmp_path_factory) -> Night:
    """Everything that is hostile by nature or name in one folder, without what only a superuser makes."""

    def fill(input_dir: Path) -> None:
        for entry in ENTRIES:
            try:
                entry.put(entry.place(input_dir))
            except PermissionError:
                assert "device" in entry.id

    return spend(tmp_path_factory.mktemp("entries"), fill)


def clean_figures(one: Night) -> list[tuple[str, str, str, float]]:
    rows = [row for row in one.values if row["file"] == CLEAN_AT]
    return sorted(
        (row["local_body_code"], row["indicator"], row["cell"], float(row["value"])) for row in rows
    )


EXPECTED = sorted(
    (fact.body, fact.key, fact.cell, float(fact.value))
    for fact in lay_out(CLEAN, TABLES).facts
    if fact.key != "hh_veg_pct"
)


def test_the_command_ends_well_whatever_the_contents(contents):
    assert (contents.code, "Traceback" in contents.stderr) == (0, False), contents.stderr[-2000:]


def test_every_content_has_its_verdict_and_its_code(contents):
    assert contents.files.keys() == {CLEAN_AT, *(case.file for case in CASES)}
    wrong = {
        case.id: contents.files[case.file]["verdict"]
        for case in CASES
        if contents.files[case.file]["verdict"] not in verdicts(case.refused, case.outcome.verdict)
    }
    assert wrong == {}
    assert not any("INTERNAL" in one["codes"] for one in contents.files.values())


def verdicts(refused: str, verdict: str) -> set[str]:
    if verdict == "accepted":
        return READ
    return {"undecided"} if refused.split(" ", maxsplit=1)[0] in OURS else {"unusable"}


def test_every_refused_content_is_named_in_the_issues(contents):
    named = {(row["file"], row["code"]) for row in contents.issues}
    refusals = {(case.file, case.refused.split(" ")[0]) for case in CASES if case.refused}
    assert refusals - named == set()
    assert all(row["message"] for row in contents.issues)


def test_no_cell_is_lost_among_the_contents(contents):
    assert contents.cells["seen"] == contents.cells["read"] + contents.cells["set_aside"]
    assert contents.cells["seen"] >= sum(not case.refused for case in CASES) * 40


def test_a_clean_report_among_the_contents_counts_exactly(contents):
    assert contents.files[CLEAN_AT]["verdict"] == "counted"
    assert clean_figures(contents) == EXPECTED


def test_no_content_leaves_anything_behind(contents):
    left = [path for path in contents.output.parents[1].rglob("*") if path.suffix in (".tmp", ".part")]
    assert left == []


def test_the_command_ends_well_whatever_the_names(entries):
    assert (entries.code, "Traceback" in entries.stderr) == (0, False), entries.stderr[-2000:]


def test_every_entry_is_named_with_its_verdict(entries):
    input_dir = entries.output.parents[1] / "input"
    there = [entry for entry in ENTRIES if os.path.lexists(input_dir / entry.name)]
    came = {entry.id: entries.files.get(entry.spelled, {}).get("verdict", "unnamed") for entry in there}
    wrong = {entry.id: came[entry.id] for entry in there if came[entry.id] not in verdicts_of_entry(entry)}
    assert wrong == {}
    assert len(there) >= len(ENTRIES) - 2


def verdicts_of_entry(entry: Entry) -> set[str]:
    if entry.refused == "PARTIAL" or entry.ignored:
        return {"ignored"}
    return {"unusable"} if entry.refused else READ


def test_a_clean_report_among_odd_names_counts_exactly(entries):
    assert entries.files[CLEAN_AT]["verdict"] == "counted"
    assert clean_figures(entries) == EXPECTED
