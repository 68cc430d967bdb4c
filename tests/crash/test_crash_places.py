"""Places that cannot be written: one sentence, the contracted code, the old output as it was, nothing left over."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.room import Ended, leftovers, outputs, run
from tests.crash.trials import SENTENCE

OBEDIENT = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""Root, too, is refused a closed folder under this."""


@pytest.fixture
def room(second) -> Iterator[Path]:
    with second.room() as room:
        yield room


@pytest.fixture
def obedient(tmp_path) -> tuple[str, ...]:
    """The words before a command that make it obey the modes of files."""
    if os.geteuid():
        return ()
    tmp_path.chmod(0o500)
    words = (*OBEDIENT, "touch", tmp_path / "x")
    try:
        obeyed = subprocess.run(words, capture_output=True, check=False).returncode
    except FileNotFoundError:
        obeyed = 0
    if not obeyed:
        pytest.skip("root may write anywhere, and there is no setpriv that would forbid it")
    return OBEDIENT


@pytest.fixture
def small_disk(room) -> Iterator[Path]:
    """The output on a disk of its own, which has little room besides."""
    output, kept = room / "output", room / "kept"
    output.rename(kept)
    output.mkdir()
    size = 65536 + sum(path.stat().st_size + 4096 for path in kept.rglob("*"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", output]
    tried = subprocess.run(mount, capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"no small disk can be made here: {tried.stderr.strip()}")
    try:
        subprocess.run(["cp", "-a", f"{kept}/.", output], check=True)
        yield output
    finally:
        subprocess.run(["umount", output], check=True)


def assert_refused(ended: Ended, code: int, *words: str) -> None:
    assert (ended.code, ended.out) == (code, "")
    assert SENTENCE.fullmatch(ended.err), ended.err
    assert [word for word in words if word not in ended.err] == []


@pytest.mark.parametrize(
    "place",
    [
        "output",
        pytest.param("input/vault", marks=pytest.mark.soak),
        pytest.param("input/receipts.csv", marks=pytest.mark.soak),
    ],
)
def test_a_place_that_may_only_be_read(second, room, obedient, place):
    closed = room / place
    mode = closed.stat().st_mode
    closed.chmod(0o500 if closed.is_dir() else 0o400)
    ended = run(room, [*obedient, *second.words(room)])
    closed.chmod(mode)
    assert_refused(ended, 74, f"เขียน {closed}", "ไม่มีสิทธิ์เขียน")
    assert (outputs(room), leftovers(room)) == (outputs(second.before), [])
    assert list(second.complaints_after_a_plain_run(room)) == []


def test_a_full_disk(second, room, small_disk):
    ended = run(room, second.words(room))
    assert_refused(ended, 74, f"เขียน {small_disk}", "พื้นที่ดิสก์เต็ม")
    assert (outputs(room), leftovers(room)) == (outputs(second.before), [])
    subprocess.run(["mount", "-o", "remount,size=16m", small_disk], check=True)
    assert list(second.complaints_after_a_plain_run(room)) == []


@pytest.mark.parametrize(
    "place, code",
    [
        ("output", 74),
        pytest.param("output/1", 74, marks=pytest.mark.soak),
        pytest.param("input/vault", 74, marks=pytest.mark.soak),
        pytest.param("input/vault/.lock", 74, marks=pytest.mark.soak),
        pytest.param("input/receipts.csv", 2, marks=pytest.mark.soak),
    ],
)
def test_a_file_where_a_folder_should_be_or_a_folder_where_a_file_should_be(second, room, place, code):
    taken, aside = room / place, room / "aside"
    was_file = taken.is_file()
    if taken.exists():
        taken.rename(aside)
    taken.mkdir() if was_file else taken.write_bytes(b"somebody's own")
    ended = run(room, second.words(room))
    assert_refused(ended, code, str(taken))
    assert taken.is_dir() if was_file else taken.read_bytes() == b"somebody's own"
    taken.rmdir() if was_file else taken.unlink()
    if aside.exists():
        aside.rename(taken)
    assert outputs(room)["1"] == outputs(second.before)["1"]
    assert list(second.complaints_after_a_plain_run(room)) == []
