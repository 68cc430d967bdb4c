"""One writer: of many whole commands at once one works, and none that was killed is in the way."""

import os
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Timer

import pytest

from tests.crash.room import LONGEST, contents, end, start

HEADER = b"file,sha256,sheet,cell,code,answer,who,why\n"


@pytest.fixture
def room(second) -> Iterator[Path]:
    """A room with a gate: whoever holds the campaign reads `answers.csv` first, and this one is a pipe."""
    with second.room() as room:
        os.mkfifo(room / "input" / "answers.csv")
        yield room


@contextmanager
def started(words: list[str], room: Path, number: int) -> Iterator[dict[Path, subprocess.Popen[bytes]]]:
    """So many commands at once, by the folders of their streams; none outlives the block."""
    folders = [room / "told" / str(each) for each in range(number)]
    for told in folders:
        told.mkdir()
    starts = {told: start(told, words) for told in folders}
    try:
        yield starts
    finally:
        for process in starts.values():
            process.kill()
            process.wait()


def at_the_gate(room: Path) -> int:
    """Wait until somebody stands at the gate; what is written to the descriptor and its end let them through."""
    gate = room / "input" / "answers.csv"
    too_late = Timer(LONGEST, os.open, (gate, os.O_RDONLY | os.O_NONBLOCK))  # a pipe opens from both ends
    too_late.start()
    try:
        return os.open(gate, os.O_WRONLY)
    finally:
        too_late.cancel()
        gate.unlink()


@pytest.mark.parametrize("number", [20, pytest.param(50, marks=pytest.mark.soak)])
def test_of_many_starts_at_once_exactly_one_works(second, room, number):
    """The one that holds the campaign is kept at the gate until all others have ended: none is merely later."""
    with ThreadPoolExecutor(number) as threads, started(second.words(room), room, number) as starts:
        ends = {threads.submit(process.wait): told for told, process in starts.items()}
        refused = [ends[each] for each in islice(as_completed(ends, LONGEST), number - 1)]
        ((told, holder),) = [(told, each) for told, each in starts.items() if told not in refused]
        gate = at_the_gate(room)
        ended = [end(starts[each], each) for each in refused]
        os.write(gate, HEADER)
        os.close(gate)
        assert end(holder, told).code == 0
    assert [each.code for each in ended] == [75] * (number - 1)
    named = f" หมายเลขโปรเซส {holder.pid} เริ่มเมื่อ "
    assert [each for each in ended if each.out or named not in each.err or each.err.count("\n") != 1] == []
    assert contents(room) == contents(second.after)


def test_one_that_was_killed_is_in_nobodys_way(second, room):
    with started(second.words(room), room, 1) as starts:
        ((_, holder),) = starts.items()
        gate = at_the_gate(room)
        holder.kill()
        assert holder.wait() == -signal.SIGKILL
        os.close(gate)
    assert (room / "input" / "vault" / ".lock").read_text().startswith(f"{holder.pid} ")
    assert list(second.complaints_after_a_plain_run(room)) == []
