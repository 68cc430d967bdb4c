"""Killed and refused at each of its system calls: minutes of work, for `make soak`."""

import os
from collections.abc import Callable, Sequence

import pytest

from tests.crash.calls import kill
from tests.crash.room import LATE, NEXT, leftovers, run
from tests.crash.scene import Disturb, Mended, Scene, Trial, complaints
from tests.crash.trials import (
    killed,
    killed_alone,
    kills,
    passed_over,
    refusals,
    refused,
    starved,
    unopened,
)

pytestmark = [pytest.mark.soak, pytest.mark.usefixtures("tracing")]


@pytest.fixture
def tried(record_property) -> Callable[..., list[str]]:
    """Tries many runs, and gives the figures for the records and all complaints: on the screen with `-s`, and in a
    report."""
    mended: Mended = {}

    def try_all(what: str, scene: Scene, disturb: Disturb, trials: Sequence[Trial]) -> list[str]:
        found = complaints(scene, disturb, trials, mended, in_order=disturb is not passed_over)
        for name, figure in ((what, len(trials)), (f"{what}, different states mended", len(mended))):
            print(f"\n{name}: {figure}")
            record_property(name, figure)
        print(*found, sep="\n")
        return found

    return try_all


def test_killed_at_each_change_of_a_first_run(first, first_calls, tried):
    assert tried("kill points of a first run", first, killed, kills(first_calls)) == []


def test_killed_at_each_change_of_a_second_run(second, second_calls, tried):
    assert tried("kill points of a second run", second, killed, kills(second_calls)) == []


def test_killed_between_the_renames_of_a_run_that_looks_back(earlier, tried):
    """A round that is made again because it is there is, even where the killed run had just put it aside."""
    trials = [trial for trial in kills(earlier.calls()) if trial[0].name.startswith("rename")]
    assert tried("kill points of a run that looks back", earlier, killed, trials) == []


def test_refused_each_call_of_a_second_run(second, second_calls, tried):
    assert tried("faults of a second run", second, refused, refusals(second_calls)) == []


def test_refused_each_call_that_only_a_first_run_makes(first, first_calls, second_calls, tried):
    trials = [trial for trial in refusals(first_calls) if trial[0] not in second_calls]
    assert tried("faults of a first run alone", first, refused, trials) == []


def test_refused_each_file_of_a_district(second, second_calls, tried):
    assert tried("faults at districts' files", second, passed_over, unopened(second_calls)) == []


def test_with_so_few_files_open_at_a_time_that_some_step_fails(second, tried):
    """Also where strace cannot tell the threads apart that bring files to the disk."""
    assert tried("limits of open files", second, starved, [(files,) for files in range(15, 31)]) == []


@pytest.mark.skipif(os.cpu_count() == 1, reason="one processor: there is no second writer")
def test_a_writer_that_is_killed_alone(second, second_calls, tried):
    trials = [trial for trial in kills(second_calls) if trial[0].path in ("output/.new-2", "output/2")]
    assert tried("kill points of a second writer alone", second, killed_alone, trials) == []


def test_what_was_cut_off_is_tidied_though_the_file_never_comes_again(second, second_calls):
    calls = [each for each in second_calls if each.path.endswith(".tmp") and each.name.startswith("rename")]
    with second.room() as room:
        assert kill(room, second.words(room), calls[0])
        assert leftovers(room) == [calls[0].path]
        for book in (LATE, NEXT):
            (room / "input" / book.path).unlink()
        assert run(room, second.words(room)).code == 0
        assert leftovers(room) == []
