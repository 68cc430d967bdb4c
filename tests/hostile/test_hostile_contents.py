"""Hundreds of hostile files, each by itself: accepted or not, with its codes, its cells, every figure and every sum.

All go through one pool of readers, as in production, so that what one does to its reader is seen in its neighbours.
"""

from collections import Counter
from collections.abc import Mapping

import pytest

from pipeline.read import readers
from pipeline.reading import read_and_understand
from pipeline.understand import Understood
from tests.hostile.case import outcome_of
from tests.hostile.contents import CASES, submission, understood_by


@pytest.fixture(scope="module")
def understood(tmp_path_factory) -> Mapping[str, Understood]:
    """What came of every case, by its id."""
    vault = tmp_path_factory.mktemp("vault")
    with readers(workers=2, read=read_and_understand) as read_all:
        submissions = [submission(vault, case.file, case.make()) for case in CASES]
        found = understood_by(read_all, submissions)
    return {case.id: one for case, one in zip(CASES, found, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_hostile_file_comes_out_as_it_must(case, understood):
    assert outcome_of(understood[case.id]) == case.outcome
    assert case.because in _facts(understood[case.id])


def _facts(one: Understood) -> str:
    return " | ".join(words for finding in one.findings for _, words in finding.facts)


def test_there_are_enough_and_no_two_are_alike(understood):
    assert len(CASES) >= 250
    assert len(understood) == len(CASES) == len({case.file for case in CASES})
    alike = Counter(
        (one.submission.arrival.sha256, one.submission.arrival.file) for one in understood.values()
    )
    assert max(alike.values()) == 1


@pytest.mark.parametrize("kind, fewest", [("xlsx", 100), ("xlsm", 5), ("xlsb", 50), ("xls", 50), ("ods", 50)])
def test_every_format_is_there_accepted_and_refused(kind, fewest):
    found = [case for case in CASES if case.id.startswith(f"{kind}-")]
    assert len(found) >= fewest
    assert any(not case.refused for case in found)
    assert any(case.refused for case in found) or kind == "xlsm"
