"""Mutation testing of what reads, adds up and judges: do the tests notice a slip of the hand in it?

    python -m tests.mutation [PART OF A PATH …]

Each mutant of the modules below is run against their tests in a process of its own, forked from one that has loaded the
libraries, over a copy of the tree. Ends with 1 when less than 90 of 100 mutants of a module are found, when one that is
not found has no reason in survivors.toml, or when a reason there is for none.
"""

import argparse
import importlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

from tests.mutation.mutants import Change, Mutant, mutants_of

ROOT = Path(__file__).parents[2]
COPIED = ("pipeline", "schemas", "tests", "pyproject.toml")
LIBRARIES = (
    *("hypothesis", "openpyxl", "pandas", "pandera.pandas", "pebble", "pytest", "python_calamine", "xlrd"),
    *("xlsxwriter", "xlwt"),
)
OPTIONS = ("-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-m", "not hypothesis")
SLOW = (
    "--deselect=tests/test_merge.py::test_when_totals_do_not_agree_nothing_is_published",
    "--deselect=tests/test_merge.py::test_the_same_campaign_gives_the_same_bytes",
    "--deselect=tests/test_merge.py::test_the_arrivals_of_this_campaign_meet_every_verdict",
    "--deselect=tests/test_merge.py::test_stated_percentages_do_not_move_the_recomputed_ones",
)
NORMALISE = ("tests/test_normalise.py",)
TESTS = {
    "pipeline/normalise/__init__.py": NORMALISE,
    "pipeline/normalise/amounts.py": NORMALISE,
    "pipeline/normalise/dates.py": NORMALISE,
    "pipeline/normalise/days.py": NORMALISE,
    "pipeline/normalise/numbers.py": NORMALISE,
    "pipeline/normalise/parsed.py": NORMALISE,
    "pipeline/normalise/periods.py": NORMALISE,
    "pipeline/normalise/words.py": NORMALISE,
    "pipeline/merge.py": ("tests/test_merge.py", *SLOW),
    "pipeline/timeliness.py": ("tests/test_timeliness.py",),
}
LEAST = 90
AT_ONCE = min(2, os.cpu_count() or 1)
SECONDS, LONGEST = 30, 240
"""Of computing, and in all: after these a mutant hangs, which is found as well."""
SURVIVED, FOUND, STILLBORN, BROKEN = 0, {1, 2, -signal.SIGXCPU, -signal.SIGALRM}, 99, 98


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the mutants of a module."""

    path: str
    mutants: int
    survivors: tuple[Change, ...]
    minutes: float

    @property
    def found(self) -> int:
        return self.mutants - len(self.survivors)

    @property
    def score(self) -> float:
        """Of 100 mutants, how many are found; those that survive with a reason are not."""
        return 100 * self.found / self.mutants


def main() -> int:
    """Run the mutants, print those that are not found and the score of each module."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", metavar="PART OF A PATH")
    words = parser.parse_args().words
    paths = [path for path in TESTS if not words or any(word in path for word in words)]
    if not paths:
        parser.error(f"none of {', '.join(TESTS)}")
    reasons = {change: reason for change, reason in known_reasons().items() if change.path in paths}
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        tallies = [tally_of(path, reasons) for path in paths]
    print()
    for tally in tallies:
        counts = f"{tally.found:4} of {tally.mutants:4} mutants found"
        print(f"{tally.path:32} {counts} {tally.score:6.1f} % {tally.minutes:6.1f} minutes")
    survivors = {change for tally in tallies for change in tally.survivors}
    for change in reasons.keys() - survivors:
        show(change, change.function, "A REASON IS GIVEN FOR WHAT IS FOUND, OR IS NO MUTANT")
    return int(survivors != reasons.keys() or any(tally.score < LEAST for tally in tallies))


def known_reasons() -> dict[Change, str]:
    """Why a mutant may survive."""
    table = tomllib.loads((ROOT / "tests/mutation/survivors.toml").read_text(encoding="utf-8"))["survivor"]
    return {
        Change(each["path"], each["function"], each["was"], now): each["reason"]
        for each in table
        for now in each["now"]
    }


def show(change: Change, where: object, words: str) -> None:
    print(f"\n{change.path}:{where}\n  - {change.was}\n  + {change.now}\n  {words}")


def prepare(folder: Path) -> None:
    """Go into a copy of the tree that nobody edits meanwhile, and load what all mutants have in common."""
    for name in COPIED:
        copied = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copied(ROOT / name, folder / name)
    os.chdir(folder)
    sys.path[:] = [str(folder), *(path for path in sys.path if Path(path).resolve() != ROOT)]
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for library in LIBRARIES:
        importlib.import_module(library)
    sys.stdout.reconfigure(line_buffering=True)


def tally_of(path: str, reasons: Mapping[Change, str]) -> Tally:
    """Run the mutants of a module; those that cannot be imported are none. Prints each survivor with its reason."""
    source = Path(path).read_text(encoding="utf-8")
    if [code for _, code in in_turn([Mutant(Change(path, "", "", ""), 0, source)])] != [SURVIVED]:
        raise SystemExit(f"{path}: its tests do not pass while nothing is changed")
    started, tried, survivors = time.monotonic(), 0, []
    for mutant, code in in_turn(mutants_of(path, source)):
        tried += code != STILLBORN
        if code == SURVIVED:
            survivors.append(mutant.change)
            show(mutant.change, mutant.line, reasons.get(mutant.change, "NO REASON IS GIVEN"))
    return Tally(path, tried, tuple(survivors), (time.monotonic() - started) / 60)


def in_turn(mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, int]]:
    """Each mutant with the exit code of its tests, as they end; two at a time."""
    running: dict[int, tuple[Mutant, int]] = {}
    free = list(range(AT_ONCE))
    waiting = list(reversed(mutants))
    while waiting or running:
        while waiting and free:
            mutant, place = waiting.pop(), free.pop()
            running[os.fork() or run_tests(mutant, place)] = mutant, place
        process, status = os.wait()
        mutant, place = running.pop(process)
        free.append(place)
        code = os.waitstatus_to_exitcode(status)
        if code not in {*FOUND, SURVIVED, STILLBORN}:
            raise SystemExit(f"{mutant.change}: pytest ended with {code}")
        yield mutant, code


def run_tests(mutant: Mutant, place: int) -> int:
    """In the child: the tests of the module as the mutant has it. Never returns."""
    code = STILLBORN
    try:
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(silence, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        signal.alarm(LONGEST)
        load(mutant)
        code = BROKEN
        pytest = importlib.import_module("pytest")
        code = int(pytest.main([*OPTIONS, f"--basetemp={place}", *TESTS[mutant.change.path]]))
    finally:
        os._exit(code)


def load(mutant: Mutant) -> None:
    """Import the module as the mutant has it, when its turn comes: some of its package import it themselves."""
    path = Path(mutant.change.path).absolute()
    name = mutant.change.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    as_it_is = SourceFileLoader.get_code

    def as_changed(loader: SourceFileLoader, fullname: str) -> CodeType | None:
        return compile(mutant.source, path, "exec") if fullname == name else as_it_is(loader, fullname)

    SourceFileLoader.get_code = as_changed  # of this process alone, which ends with its tests
    importlib.import_module(name)


if __name__ == "__main__":
    sys.exit(main())
