"""Killed and refused at a sample of its system calls, spread over the whole of a run; `make soak` tries them all."""

import pytest

from tests.crash.calls import kill
from tests.crash.room import outputs
from tests.crash.scene import complaints, spread
from tests.crash.trials import killed, kills, refusals, refused

pytestmark = pytest.mark.usefixtures("tracing")

KILLS, REFUSALS = 4, 4


def test_a_plain_run_mends_what_a_killed_one_left(second, second_calls):
    assert complaints(second, killed, spread(kills(second_calls), KILLS), {}) == []


def test_a_run_that_is_refused_a_call_leaves_the_old_output_and_says_so(second, second_calls):
    assert complaints(second, refused, spread(refusals(second_calls), REFUSALS), {}) == []


def test_a_killed_run_made_every_call_before_the_one_and_not_that_one(second, second_calls):
    """Else the kills would prove nothing. Here: between the two renames that put a round's new folder in place."""
    (call,) = [each for each in second_calls if (each.path, each.name) == ("output/.new-1", "rename")]
    with second.room() as room:
        assert kill(room, second.words(room), call)
        found = outputs(room)
        assert "1" not in found
        assert (found[".old-1"], found[".new-1"]) == (outputs(second.before)["1"], outputs(second.after)["1"])
