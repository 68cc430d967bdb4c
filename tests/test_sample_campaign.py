"""The shipped sample, consolidated once: every figure, every roster row, every verdict and every planted difficulty.

The truth under tests/sample/truth was worked out from the recipes of the sample, not by the program.
"""

import csv
import json
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.model import Folders, Results
from pipeline.run import run
from tests.campaigns import ROOT, SHIPPED, in_process

INPUT, TRUTH = ROOT / "input", ROOT / "tests" / "sample" / "truth"
NOW = datetime.fromisoformat("2026-06-01T10:00:00+07:00")
ROUNDS = ("plan", "1", "2")
ASKED = ("counted", "unusable", "undecided")
VERDICTS = ("counted", "duplicate", "ignored", "not_yet", "withdrawn", "superseded", "undecided", "unusable")
Record = dict[str, str]

pytestmark = pytest.mark.skipif(not (INPUT / "SAMPLE.toml").exists(), reason="the sample was put away")


@dataclass(frozen=True)
class Made:
    """The run's results and what it wrote."""

    results: Results
    output: Path

    def table(self, name: str) -> list[Record]:
        """One table of all rounds, the plan's rows first."""
        return [row for key in ROUNDS for row in rows(self.output / key / name)]

    def run_record(self, key: str) -> dict[str, object]:
        return json.loads((self.output / key / "run.json").read_text(encoding="utf-8"))


def rows(path: Path) -> list[Record]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(INPUT, folder / "input")
    folders = Folders(SHIPPED, folder / "input", folder / "output")
    return Made(run(folders, NOW, reading=in_process), folder / "output")


@pytest.fixture(scope="module")
def planted() -> list[Record]:
    return rows(TRUTH / "planted.csv")


def verdicts() -> dict[tuple[str, str], str]:
    return {(row["path"], row["sha256"]): row["verdict"] for row in rows(TRUTH / "files.csv")}


def asked_files() -> set[str]:
    """The files of which something must be said: what is counted, unusable or undecided."""
    return {path for (path, _), verdict in verdicts().items() if verdict in ASKED}


def answers(issue: Record, plant: Record) -> bool:
    """Whether an issue says what was planted; a plant without sheet or cell is one of the whole file or sheet."""
    return (
        issue["code"] == plant["expect"]
        and issue["file"] == plant["file"]
        and plant["sheet"] in ("", issue["sheet"])
        and plant["cell"] in ("", issue["cell"])
    )


def is_code(expect: str) -> bool:
    return expect.isupper()


def test_it_is_told_at_the_samples_own_moment_and_says_that_it_is_a_sample(made):
    assert made.results.as_of == datetime.fromisoformat("2021-02-24T08:30:00+07:00")
    assert made.results.sample is True
    assert made.run_record("1")["sample"] is True


def test_the_rounds_that_are_due_are_written_and_no_other(made):
    assert {path.name for path in made.output.iterdir() if path.is_dir()} == {*ROUNDS, "cache"}


def test_no_file_of_the_sample_meets_an_error_of_ours(made):
    ours = {"INTERNAL", "READER_CRASH", "READER_REFUSED", "RECONCILE", "UNREADABLE", "NOT_SAMPLE"}
    assert [(row.path, row.codes) for row in made.results.files if ours & set(row.codes)] == []
    assert made.results.internal_error is False


def test_every_figure_that_stands_is_there_once_from_its_own_cell_and_no_other(made):
    true = rows(TRUTH / "values.csv")
    columns = list(true[0])

    def key(row: Record) -> tuple[object, ...]:
        return tuple(float(row[name]) if name == "value" else row[name] for name in columns)

    expected, found = Counter(map(key, true)), Counter(map(key, made.table("values.csv")))
    assert (expected - found, found - expected) == (Counter(), Counter())


def test_every_figure_names_the_content_it_came_from(made):
    counted = {pair for pair, verdict in verdicts().items() if verdict == "counted"}
    assert {(row["file"], row["sha256"]) for row in made.table("values.csv")} == counted


def test_every_row_of_the_roster_is_as_it_should_be_in_registry_order(made):
    true = rows(TRUTH / "roster.csv")
    columns = list(true[0])
    found = [{name: row[name] for name in columns} for row in made.table("roster.csv")]
    assert [row for row in zip(true, found, strict=True) if row[0] != row[1]] == []


def test_every_arrival_has_its_verdict(made):
    found = {(row.path, row.sha256): row.verdict for row in made.results.files}
    expected = {
        # what never arrived has no hash
        (path, "" if verdict == "ignored" else sha256): verdict
        for (path, sha256), verdict in verdicts().items()
    }
    assert {pair: verdict for pair, verdict in found.items() if expected.get(pair) != verdict} == {}
    assert found.keys() == expected.keys()


def test_every_planted_difficulty_is_named_at_its_cell(made, planted):
    issues = made.table("issues.csv")
    wanted = [row for row in planted if is_code(row["expect"]) and row["file"] in asked_files()]
    assert len(wanted) > 100
    assert [plant for plant in wanted if not any(answers(issue, plant) for issue in issues)] == []


def test_what_is_planted_as_a_verdict_has_it(made, planted):
    found: dict[str, set[str]] = {}
    for row in made.results.files:
        found.setdefault(row.path, set()).add(row.verdict)
    wanted = [row for row in planted if row["expect"] in VERDICTS]
    assert len(wanted) >= 10
    assert [plant for plant in wanted if plant["expect"] not in found.get(plant["file"], ())] == []


def test_what_is_planted_to_be_read_is_not_asked_about(made, planted):
    read = {
        (row["file"], row["sheet"], row["cell"]) for row in planted if row["expect"] == "read" and row["cell"]
    }
    other = {(row["file"], row["sheet"], row["cell"]) for row in planted if is_code(row["expect"])}
    assert len(read) >= 20
    asked = [row for row in made.table("issues.csv") if row["severity"] == "must_fix"]
    assert [row for row in asked if (row["file"], row["sheet"], row["cell"]) in read - other] == []


def test_nothing_must_be_mended_that_was_not_planted(made, planted):
    """Of two rows of one local body that differ, the second was planted and both are named: held rows are a pair."""
    pairs = {(row["file"], row["sheet"]) for row in planted if row["expect"] == "DUPLICATE_ROW"}
    codes = [row for row in planted if is_code(row["expect"])]
    surplus = [
        issue
        for issue in made.table("issues.csv")
        if issue["severity"] == "must_fix"
        and not any(answers(issue, plant) for plant in codes)
        and not (issue["code"] == "DUPLICATE_ROW" and (issue["file"], issue["sheet"]) in pairs)
    ]
    assert surplus == []


def test_what_only_has_to_be_explained_was_planted_or_follows_from_what_was(made, planted):
    """A local body whose row is held is absent, and a total row that adds up a held or repeated row differs."""
    held = {
        "AMBIGUOUS_LOCAL_BODY",
        "UNKNOWN_LOCAL_BODY",
        "WRONG_BODY_TYPE",
        "FOREIGN_LOCAL_BODY",
        "DUPLICATE_ROW",
    }
    consequence = {
        "ABSENT_LOCAL_BODY": held,
        "ABSENT_ACTIVITY": held,
        "TOTAL_DIFFERS": held | {"REPEATED_ROW", "RETIRED_NAME"},
    }
    codes = [row for row in planted if is_code(row["expect"])]
    in_file: dict[str, set[str]] = {}
    for row in codes:
        in_file.setdefault(row["file"], set()).add(row["expect"])
    surplus = [
        (issue["code"], issue["file"], issue["sheet"], issue["cell"])
        for issue in made.table("issues.csv")
        if issue["severity"] == "please_explain"
        and not any(answers(issue, plant) for plant in codes)
        and not consequence.get(issue["code"], set()) & in_file.get(issue["file"], set())
    ]
    assert surplus == []


def test_every_cell_of_every_file_is_read_or_set_aside(made):
    assert [row.path for row in made.results.files if row.seen != row.read + row.set_aside] == []
    counted = [row for row in made.results.files if row.verdict == "counted"]
    assert min(row.read for row in counted) > 50


def test_the_roster_counts_what_the_lists_of_issues_hold(made):
    issues = Counter(
        (row["round"], row["district_code"], row["severity"]) for row in made.table("issues.csv")
    )
    for row in made.table("roster.csv"):
        for severity in ("must_fix", "please_explain"):
            assert int(row[severity]) == issues[(row["round"], row["district_code"], severity)], row
