"""System calls of a run, listed, and then refused or never returned from, by means of strace.

strace counts `when=` for each thread by itself, and threads take turns as they like: the nth write of a run is no
place to come back to. The nth write *to one file* is: with `--trace-path` nothing else is counted, and a file of a
campaign is changed by one thread of one process. (Only the output folder is brought to the disk by each writer, and
the first to come to it is the one that is meant.)
"""

import os
import re
import select
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.crash.room import LONGEST, Ended, run, start

CHANGES = (
    "creat", "write", "writev", "pwrite64", "pwritev", "pwritev2", "sendfile", "copy_file_range", "splice",
    "fallocate", "truncate", "ftruncate", "fsync", "fdatasync", "sync_file_range", "syncfs", "rename", "renameat",
    "renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir",
    "mknod", "mknodat", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat", "utime", "utimes",
    "futimesat", "utimensat", "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr",
)  # fmt: skip
WRITES = ("write", "writev", "pwrite64", "pwritev", "pwritev2", "sendfile", "copy_file_range", "splice")
OPENS = ("open", "openat", "openat2")
TO_WRITE = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC)")
LINE = re.compile(r"(?P<time>[\d.]+) (?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
PATH = re.compile(r'(?<!AT_FDCWD)<(/[^>]*)>|"(/[^"]*)"')
STRACE = ("strace", "-f", "--seccomp-bpf", "-qq", "-e", "signal=none", "-s", "0")
HELD_UP = 10**6 * LONGEST
"""Microseconds for which a call is held up as it begins: its process is killed long before."""


@dataclass(frozen=True, slots=True, order=True)
class Call:
    """The nth call of a name, by its thread, that has to do with a path of the room; whether it changes anything."""

    path: str
    name: str
    nth: int
    changes: bool

    def __str__(self) -> str:
        return f"{self.name} {self.nth} of {self.path}"


@cache
def unable() -> str:
    """Why this machine cannot trace; nothing if it can."""
    try:
        tried = subprocess.run(
            [*STRACE, "-e", "trace=openat", "true"], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return "strace is not installed"
    return f"strace may not trace here: {tried.stderr.strip()}" if tried.returncode else ""


def listed(room: Path, words: Sequence[str]) -> tuple[Call, ...]:
    """The calls of an undisturbed run that open or change something in the room, by path; not those that change
    nothing, because a folder is there already, a temporary file is not, or nothing is left to be written."""
    traces = room / "told" / "traces"
    traces.mkdir()
    names = ",".join(f"?{name}" for name in (*CHANGES, *OPENS))
    ended = run(room, [*STRACE, "-ff", "-y", "-ttt", "-o", f"{traces}/of", "-e", f"trace={names}", *words])
    assert ended.code == 0, ended.err
    timed = sorted(each for trace in traces.iterdir() for each in _calls(trace, room))
    # A later call by the same description is another thread's: strace cannot tell the two apart.
    first = {(call.path, call.name, call.nth): call for _, call in reversed(timed)}
    return tuple(sorted(first.values()))


def _calls(trace: Path, room: Path) -> Iterator[tuple[str, Call]]:
    """What one thread did, with the times."""
    met: Counter[tuple[str, Path]] = Counter()
    for line in filter(None, map(LINE.match, trace.read_text("ascii").splitlines())):
        name, arguments = line["name"], line["arguments"]
        paths = [path_of(one or other) for one, other in PATH.findall(arguments)]
        met.update((name, path) for path in set(paths))
        in_vain = line["result"] == "-1" or (name in WRITES and line["result"] == "0")
        if paths and paths[0].is_relative_to(room) and not (name in CHANGES and in_vain):
            changes = name in CHANGES or bool(TO_WRITE.search(arguments))
            yield line["time"], Call(str(paths[0].relative_to(room)), name, met[name, paths[0]], changes)


def path_of(written: str) -> Path:
    """A path as strace writes it: what is not ASCII, by its bytes in octal."""
    return Path(os.fsdecode(written.encode("ascii").decode("unicode_escape").encode("latin-1")))


def refuse(room: Path, words: Sequence[str], call: Call, error: str) -> Ended:
    """A run in which the call does nothing but fail with `error`."""
    trace = room / "told" / "trace"
    ended = run(room, [*_only(room, call, f"error={error}"), "-o", str(trace), *words])
    assert "(INJECTED)" in trace.read_text("ascii"), f"no {call}"
    return ended


def kill_alone(room: Path, words: Sequence[str], call: Call) -> Ended:
    """A run of which the process that comes to the call is killed, and no other."""
    slowly = (
        word for word in _only(room, call, "signal=KILL") if word != "--seccomp-bpf"
    )  # it loses the signal
    return run(room, [*slowly, "-o", str(room / "told" / "trace"), *words])


def kill(room: Path, words: Sequence[str], call: Call) -> bool:
    """A run of which every process is killed while it is held up at the beginning of the call; whether it came to
    that. A killed process never begins a call at which it was held: the kernel sees the signal first."""
    reading, writing = os.pipe()
    held_up = _only(room, call, f"delay_enter={HELD_UP}")
    with (
        os.fdopen(reading, "rb") as trace,
        start(room / "told", [*held_up, "-o", f"/dev/fd/{writing}", *words], [writing]) as process,
    ):
        os.close(writing)
        reached = _reached(trace.fileno(), call)
        _kill_all(process.pid)
    return reached


def _only(room: Path, call: Call, what: str) -> list[str]:
    path, names = str(room / call.path), f"trace={call.name}"
    return [*STRACE, "-P", path, "-e", names, "-e", f"inject={call.name}:{what}:when={call.nth}"]


def _reached(trace: int, call: Call) -> bool:
    """Whether some thread begins the call: strace writes the beginning of a line before it holds anything up."""
    begins, said = re.compile(rf"^(\d+) +{call.name}\(".encode(), re.MULTILINE), b""
    while select.select([trace], [], [], LONGEST)[0] and (more := os.read(trace, 65536)):
        said += more
        if call.nth in Counter(begins.findall(said)).values():
            return True
    return False


def _kill_all(leader: int) -> None:
    """Kill every process of a session, strace last, until none is left; and take away what is left of any program
    of the standard library that is killed so: semaphores, which have names."""
    semaphores = {number for pid in _session(leader) for number in _semaphores(pid)}
    while doomed := sorted(_session(leader), key=lambda pid: pid == leader):
        for pid in doomed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    for path in Path("/dev/shm").glob("sem.*"):
        with suppress(FileNotFoundError):  # another program's, that has just ended
            if path.stat().st_ino in semaphores:
                path.unlink()


def _session(leader: int) -> Iterator[int]:
    """The living processes of a session."""
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, _, _, session = (place / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(session) == leader and state not in "ZX":
                yield int(place.name)


def _semaphores(pid: int) -> list[int]:
    """The numbers of the files that are a process' semaphores; their names there are not those that last."""
    with suppress(FileNotFoundError, ProcessLookupError):
        maps = Path(f"/proc/{pid}/maps").read_text()
        return [int(each) for each in re.findall(r"(\d+) +/dev/shm/sem\.", maps)]
    return []
