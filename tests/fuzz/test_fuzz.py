"""Thousands of damaged workbooks through the real readers: none kills or hangs the program, each ends with a verdict.

What was accepted then goes through every later stage, is published, and must add up there. A mutant that fails is
named; `python -m tests.fuzz.mutants FORMAT NUMBER` makes it again.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.campaign import load_campaign
from pipeline.consolidate import consolidate
from pipeline.context import Context, context_of
from pipeline.model import Arrival, Submission
from pipeline.read import Limits, readers
from pipeline.reading import read_and_understand
from pipeline.run import understand_each
from pipeline.understand import Understood
from pipeline.write.publish import publish_rounds
from tests.campaigns import SCHEMAS
from tests.fuzz.mutants import Mutant, mutant
from tests.fuzz.seeds import FORMATS, seeds
from tests.fuzz.verdicts import complaints, figures, is_read

SECONDS = 10
AT_A_TIME = 500
FIRST = datetime.fromisoformat("2021-02-04T09:00:00+07:00")
AS_OF = datetime.fromisoformat("2021-02-21T09:00:00+07:00")


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """Mutants of one format, and what was understood of each."""

    mutants: tuple[Mutant, ...]
    understood: tuple[Understood, ...]
    complaints: tuple[str, ...]


@pytest.fixture(scope="module")
def context() -> Context:
    return context_of(load_campaign(SCHEMAS))


def read(
    folder: Path, kind: str, contents: Sequence[bytes], context: Context, seconds: float = SECONDS
) -> tuple[Understood, ...]:
    """What the program understands of these contents: each read in a child, two at a time."""
    submissions = [_submission(folder, f"{place}.{kind}", data, place) for place, data in enumerate(contents)]
    limits = Limits(seconds=seconds)
    with readers(workers=2, limits=limits, read=read_and_understand) as read_all:
        return tuple(understand_each(submissions, [None] * len(submissions), read_all, SCHEMAS, context))


def _submission(folder: Path, name: str, data: bytes, place: int) -> Submission:
    snapshot = folder / name
    snapshot.write_bytes(data)
    arrival = Arrival(name, sha256(data).hexdigest(), FIRST + timedelta(seconds=place), "register")
    return Submission(arrival, snapshot)


def fuzz(folder: Path, kind: str, numbers: range, context: Context) -> Fuzzed:
    """The mutants of a format with these numbers, read and judged; the clean workbooks are read before them."""
    mutants = tuple(mutant(kind, number) for number in numbers)
    clean = seeds()[kind]
    understood = read(folder, kind, [*clean, *(each.data for each in mutants)], context)
    known, found = understood[: len(clean)], understood[len(clean) :]
    assert all(map(figures, known))
    form = context.campaign.forms["operations"]
    wrong = (
        f"{each.name}: {complaint}"
        for each, one in zip(mutants, found, strict=True)
        for complaint in complaints(each, one, figures(known[each.origin]), form)
    )
    return Fuzzed(mutants, found, tuple(wrong))


@pytest.fixture(scope="module", params=FORMATS)
def fuzzed(request, tmp_path_factory, context) -> Fuzzed:
    return fuzz(tmp_path_factory.mktemp("fuzz"), request.param, range(AT_A_TIME), context)


def test_every_mutant_ends_with_a_verdict_and_nothing_is_invented(fuzzed):
    assert fuzzed.complaints == ()


def test_some_mutants_are_read_and_some_are_not(fuzzed):
    """Otherwise nothing would be tried."""
    outcomes = Counter(
        "tables" if one.returns else "no table" if is_read(one) else "not read" for one in fuzzed.understood
    )
    assert min(outcomes["tables"], outcomes["not read"]) >= AT_A_TIME // 10


def test_whatever_was_understood_goes_through_every_later_stage(fuzzed, context, tmp_path):
    assert tuple(_stumbling(fuzzed, context, tmp_path)) == ()


def _stumbling(fuzzed: Fuzzed, context: Context, output: Path) -> Iterator[str]:
    """All together; when that fails, each alone, to say which."""
    try:
        _published(fuzzed.understood, context, output)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is to be told with the mutant
        yield f"all together: {error!r}"
        for each, one in zip(fuzzed.mutants, fuzzed.understood, strict=True):
            try:
                _published([one], context, output)
            except Exception as alone:  # noqa: BLE001 - as above
                yield f"{each.name}: {alone!r}"


def _published(understood: Sequence[Understood], context: Context, output: Path) -> None:
    results = consolidate(understood, (), context, AS_OF)
    assert len(results.files) == len(understood)
    publish_rounds(results, output)


@pytest.mark.soak
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("batch", range(10))
def test_twenty_thousand_mutants(kind, batch, context, tmp_path):
    """Others than those of every day."""
    numbers = range(AT_A_TIME * (batch + 1), AT_A_TIME * (batch + 2))
    fuzzed = fuzz(tmp_path, kind, numbers, context)
    assert fuzzed.complaints == ()
    assert tuple(_stumbling(fuzzed, context, tmp_path / "output")) == ()
