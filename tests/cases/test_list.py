"""The list of cases is whole: each has a test here, and a row in docs/cases.md that says what the tests prove."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from pipeline.catalogue import CATALOGUE
from pipeline.model import Status, Verdict
from pipeline.write import words
from schemas.form import Severity
from tests.campaigns import ROOT

CASES = range(1, 62)
PAGE = ROOT / "docs" / "cases.md"
NAMED = re.compile(r"test_case_((?:\d+_)+)")
CAPITALS = re.compile(r"\b[A-Z][A-Z_]{2,}\b")
KEY = re.compile(r"`([a-z]+(?:_[a-z]+)*)`")
QUOTED = re.compile(r"“([^”]*)”")
KEYS = {*get_args(Status), *get_args(Verdict), *get_args(Severity), "file_time"}
POLICIES = {"weekend", "keep", "next_workday"}

Names = Mapping[str, ast.stmt]
"""The functions and constants of one test module, by name."""


def names_of(module: Path) -> Names:
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id: node for target in targets if isinstance(target, ast.Name)}
    return found


def leaning_on(name: str, names: Names) -> set[str]:
    """A test and all of its module that it uses, its parameters among them."""
    reached, ahead = set[str](), [name]
    while ahead:
        here = ahead.pop()
        reached.add(here)
        used = {node.id for node in ast.walk(names[here]) if isinstance(node, ast.Name)}
        ahead += (used & names.keys()) - reached
    return reached


def texts(node: ast.stmt) -> Iterator[str]:
    constants = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return (value for value in constants if isinstance(value, str))


@cache
def codes_by_case() -> Mapping[int, set[str]]:
    """The codes that the tests of each case name; a case without tests is not in it."""
    found: dict[int, set[str]] = defaultdict(set)
    for module in Path(__file__).parent.glob("test_*.py"):
        names = names_of(module)
        for name in names:
            for number in numbers_in(name):
                used = [names[each] for each in leaning_on(name, names)]
                found[number] |= {text for node in used for text in texts(node)} & CATALOGUE.keys()
    return found


def numbers_in(name: str) -> list[int]:
    """test_case_51_52_… -> 51, 52"""
    match = NAMED.match(name)
    return [int(number) for number in match[1].split("_") if number] if match else []


def page_rows() -> list[list[str]]:
    """Every row of the page: number, what comes, what becomes of it, what the district sees."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_case_has_a_test():
    assert sorted(codes_by_case()) == list(CASES)


def test_the_page_has_a_row_for_every_case():
    assert sorted(int(row[0]) for row in page_rows()) == list(CASES)
    assert [row for row in page_rows() if len(row) != 4 or not all(row)] == []


@pytest.mark.parametrize("row", page_rows(), ids=lambda row: row[0])
def test_a_row_names_codes_that_exist_and_that_a_test_of_its_case_looks_for(row):
    number, _, becomes, sees = row
    codes = set(CAPITALS.findall(f"{becomes} {sees}"))
    assert codes <= CATALOGUE.keys()
    assert codes <= codes_by_case()[int(number)]


@pytest.mark.parametrize("row", page_rows(), ids=lambda row: row[0])
def test_a_row_quotes_what_the_district_reads(row):
    """Each quotation is of a sentence of one of the row's codes, or a word of the tables. What is otherwise graver may
    be said as a note."""
    _, _, becomes, sees = row
    codes = [CATALOGUE[code] for code in CAPITALS.findall(becomes)]
    sentences = [text for one in codes for text in (one.found, one.why, one.remedy)]
    known = [*sentences, *words.STATUSES.values(), *words.SOURCES.values()]
    assert [quoted for quoted in QUOTED.findall(sees) if not any(quoted in text for text in known)] == []
    severities = {words.SEVERITIES[one.severity] for one in codes} | {words.SEVERITIES["note"]}
    assert {word for word in words.SEVERITIES.values() if f"{word} “" in sees} <= severities


def test_statuses_verdicts_and_severities_are_the_programs():
    keys = {key for row in page_rows() for cell in row[2:] for key in KEY.findall(cell)}
    assert keys - POLICIES <= KEYS
    assert {"counted", "superseded", "duplicate", "undecided", "unusable", "ignored"} <= keys
