"""One writer at a time, seen from a second process."""

import errno
import fcntl
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.exceptions import AlreadyRunning, CannotWrite
from pipeline.lock import single_writer

NOW = datetime(2021, 2, 8, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from pipeline.lock import single_writer
with single_writer(Path(sys.argv[1]), datetime.fromisoformat("2021-02-08T08:00:00+07:00")):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the campaign until it is told to go or killed."""
    root = Path(__file__).resolve().parents[1]
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_at_once_who_holds_it_and_since_when(tmp_path, holder):
    with pytest.raises(AlreadyRunning) as caught, single_writer(tmp_path, NOW):
        pytest.fail("two writers")
    assert caught.value.exit_code == 75
    assert f"หมายเลขโปรเซส {holder.pid} เริ่มเมื่อ 2021-02-08 08:00:00+07:00" in caught.value.sentence


def test_the_lock_is_free_when_its_holder_ends(tmp_path, holder):
    holder.communicate("\n")
    assert holder.returncode == 0
    with single_writer(tmp_path, NOW):
        pass


def test_a_killed_holder_leaves_no_lock(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (tmp_path / "vault" / ".lock").read_text().startswith(str(holder.pid))
    with single_writer(tmp_path, NOW):
        pass


def test_within_one_process_too_and_again_afterwards(tmp_path):
    with single_writer(tmp_path, NOW), pytest.raises(AlreadyRunning), single_writer(tmp_path, NOW):
        pytest.fail("two writers")
    with single_writer(tmp_path, NOW):
        pass


def test_an_error_inside_frees_the_lock_and_goes_on(tmp_path):
    with pytest.raises(ZeroDivisionError), single_writer(tmp_path, NOW):
        raise ZeroDivisionError
    with single_writer(tmp_path):
        assert (tmp_path / "vault" / ".lock").read_text().count("\n") == 1


def test_a_holder_that_has_not_signed_yet_is_not_named(tmp_path):
    path = tmp_path / "vault" / ".lock"
    path.parent.mkdir()
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(AlreadyRunning) as caught, single_writer(tmp_path, NOW):
            pytest.fail("two writers")
    assert "หมายเลขโปรเซส" not in caught.value.sentence


def test_a_disk_without_locks_is_the_operators_to_mend(tmp_path, monkeypatch):
    def none(*_):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", none)
    with pytest.raises(CannotWrite, match=f"รหัส {errno.ENOLCK}"), single_writer(tmp_path, NOW):
        pytest.fail("no lock")
