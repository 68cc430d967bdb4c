"""The sample campaign's files agree with one another, and building them again gives the same bytes."""

import csv
import hashlib
import tomllib
import zlib
from pathlib import Path

import pytest

from tests.sample.build import ROOT, build

INPUT, TRUTH = ROOT / "input", ROOT / "tests" / "sample" / "truth"
OWN = ("receipts.csv", "answers.csv", "SAMPLE.toml")
SQUEEZED = "9bce67d4f78238e7b7ffbd2841c8c28c0f8855749d6f57a5"
"""How the zlib that built the files squeezes a known text; another zlib may squeeze as well and differently."""

pytestmark = pytest.mark.skipif(not (INPUT / "SAMPLE.toml").exists(), reason="the sample was put away")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with its hash; lock files, which a clone leaves out, are not looked at."""
    return {
        path.relative_to(folder).as_posix(): sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith((".git", "~$", ".lock"))
    }


def arrived() -> set[tuple[str, str]]:
    return {(row["file"], row["sha256"]) for row in rows(INPUT / "receipts.csv") if row["event"] == "arrived"}


def never_arrived() -> set[tuple[str, str]]:
    """Lock files, and what was still being copied."""
    return {(row["path"], row["sha256"]) for row in rows(TRUTH / "files.csv") if row["verdict"] == "ignored"}


def squeezed() -> str:
    return hashlib.sha256(zlib.compress("อำเภอ รายงาน ".encode() * 500)).hexdigest()[:48]


@pytest.mark.skipif(
    squeezed() != SQUEEZED, reason="this zlib squeezes otherwise than the one that built the sample"
)
def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "input", tmp_path / "truth")
    assert tree(tmp_path / "input") == tree(INPUT)
    assert tree(tmp_path / "truth") == tree(TRUTH)


def test_the_vault_holds_every_content_under_its_hash_and_nothing_else() -> None:
    held = {path.name: sha256(path) for path in (INPUT / "vault").iterdir() if path.name != ".lock"}
    assert all(name == content for name, content in held.items())
    assert set(held) == {sha for _, sha in arrived()}


def test_the_list_of_the_sample_names_each_arrival() -> None:
    listed = tomllib.loads((INPUT / "SAMPLE.toml").read_text(encoding="utf-8"))
    named = {(file["path"], file["sha256"]) for file in listed["file"]}
    assert named - never_arrived() == arrived()
    assert listed["as_of"] == "2564-02-24T08:30:00+07:00"


def test_each_file_in_its_folder_is_an_arrival() -> None:
    lying = {
        (name, sha) for name, sha in tree(INPUT).items() if name not in OWN and not name.startswith("vault/")
    }
    assert lying <= arrived() | never_arrived()


def test_only_what_was_overwritten_or_has_vanished_is_in_the_vault_alone() -> None:
    lying = set(tree(INPUT).items())
    assert {name for name, _ in arrived() - lying} == {
        "รายงานเขมราฐ (ครั้งที่ ๒).xlsx",
        "ครั้งที่ 2/บุณฑริก ครั้งที่ 2.xlsx",
    }


def test_the_register_is_in_the_order_of_its_writing_and_later_events_follow_their_arrival() -> None:
    register = rows(INPUT / "receipts.csv")
    assert [row["recorded_at"] for row in register] == sorted(row["recorded_at"] for row in register)
    seen: set[tuple[str, str]] = set()
    for row in register:
        key = (row["file"], row["sha256"])
        assert (row["event"] == "arrived") is (key not in seen), key
        seen.add(key)


def test_every_arrival_has_a_verdict_in_the_truth() -> None:
    verdicts = rows(TRUTH / "files.csv")
    assert {(row["path"], row["sha256"]) for row in verdicts if row["verdict"] != "ignored"} == arrived()


def test_the_truth_holds_most_of_the_known_cases() -> None:
    cases = {row["case"] for row in rows(TRUTH / "planted.csv")} - {""}
    assert len(cases) >= 45


def test_every_standing_figure_is_counted_once_and_comes_from_a_counted_file() -> None:
    values = rows(TRUTH / "values.csv")
    keys = [
        (row["district_code"], row["local_body_code"], row["round"], row["item"], row["indicator"])
        for row in values
    ]
    assert len(keys) == len(set(keys))
    counted = {row["path"] for row in rows(TRUTH / "files.csv") if row["verdict"] == "counted"}
    assert {row["file"] for row in values} == counted


def test_the_sample_is_light() -> None:
    assert sum(path.stat().st_size for path in INPUT.rglob("*") if path.is_file()) < 3_000_000
