"""The run that most tests of outputs write; a module that needs another has its own."""

import pytest

from pipeline.model import Results, RoundResult
from tests.write import factory


@pytest.fixture(scope="module")
def run() -> Results:
    return factory.results()


@pytest.fixture(scope="module")
def result(run: Results) -> RoundResult:
    return run.rounds[0]
