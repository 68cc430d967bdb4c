"""What is held against a run that was killed, or refused a call; nothing, if all is well."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from pipeline.exceptions import CannotWrite, ConfigurationError
from tests.crash.calls import OPENS, Call, kill, kill_alone, refuse
from tests.crash.room import Ended, leftovers, outputs, run
from tests.crash.scene import Scene, Trial

ERRORS = ("ENOSPC", "EIO", "EACCES", "EMFILE")
GIVEN = {"write": 2, "pwrite64": 2, "fsync": 2, "rename": 3, "renameat": 3, "renameat2": 3} | dict.fromkeys(
    OPENS, 4
)
"""How many of the errors, in this order, a call can give."""
SENTENCE = re.compile(r"[^\n]*[ก-๙][^\n]*(กรุณา|ให้)[^\n]*\n")
OURS = re.compile(r"Traceback|Error|Exception|Errno|File \"")


def kills(calls: Sequence[Call]) -> list[Trial]:
    """Every call that changes something."""
    return [(call,) for call in calls if call.changes]


def refusals(calls: Sequence[Call]) -> list[Trial]:
    """Every call that opens or changes something, other than the districts' own files and what is kept to save time
    (which a run does without when it must). Where something is opened to
    be written, written, brought to the disk or renamed, with each error that the call can give; what else there is,
    and what a second round is made by just as the first, with one error each, in turn."""
    turns = cycle(ERRORS)
    return [
        (call, error)
        for call in calls
        if not _is_a_districts(call) and not call.path.startswith("output/cache")
        for error in (ERRORS[: GIVEN[call.name]] if _is_put_to_the_test(call) else (next(turns),))
    ]


def unopened(calls: Sequence[Call]) -> list[Trial]:
    """Every opening of a district's file, or of a folder of them, with each error."""
    return [(call, error) for call in calls if _is_a_districts(call) for error in ERRORS]


def _is_put_to_the_test(call: Call) -> bool:
    return call.changes and call.name in GIVEN and bool(re.match(r"(input|output(?!/.*2))\b", call.path))


def _is_a_districts(call: Call) -> bool:
    return bool(re.match(r"input/(?!vault\b|\.?receipts)", call.path))


def killed(scene: Scene, room: Path, call: Call) -> Iterator[str]:
    """Every round's output is the old one or the new one, though the old one may still be put aside."""
    if not kill(room, scene.words(room), call):
        yield "never came to it"
    yield from _torn(scene, room, aside=".old-")


def killed_alone(scene: Scene, room: Path, call: Call) -> Iterator[str]:
    """A run that loses one of its writers tells of it, and tidies up after it."""
    yield from _wrong_end(kill_alone(room, scene.words(room), call), 70)
    yield from _torn(scene, room)
    yield from _left_over(room)
    (room / "output" / "pipeline.log").unlink(missing_ok=True)


def refused(scene: Scene, room: Path, call: Call, error: str) -> Iterator[str]:
    """The contracted code, one sentence, the old output or the new one, nothing left over."""
    yield from _wrong_end(refuse(room, scene.words(room), call, error), *_codes(call, error))
    yield from _torn(scene, room, unmade=call.path.removeprefix("output/.new-").partition("/")[0])
    if "/.old-" not in call.path:  # what it may not remove, it leaves
        yield from _left_over(room)


def passed_over(scene: Scene, room: Path, call: Call, error: str) -> Iterator[str]:
    """A district's file that cannot be opened is a finding: it is named, and the run goes on without it."""
    yield from _wrong_end(refuse(room, scene.words(room), call, error), 0)
    yield from _left_over(room)
    named = {
        row["file"]
        for path in (room / "output").glob("*/issues.csv")
        for row in csv.DictReader(path.read_text("utf-8-sig").splitlines())
        if row["code"] == "UNREADABLE"
    }
    if named != {call.path.removeprefix("input/")}:
        yield f"only {named or 'nothing'} is named"


def starved(scene: Scene, room: Path, files: int) -> Iterator[str]:
    """With so few files open at a time that it may not come to its end, and that it cannot always tidy up."""
    words = ["sh", "-c", 'ulimit -n "$0" && exec "$@"', str(files), *scene.words(room)]
    yield from _wrong_end(run(room, words), 0, CannotWrite.exit_code)
    yield from _torn(scene, room)


def _codes(call: Call, error: str) -> tuple[int, ...]:
    """The contracted exit codes of a run that is refused a call: what it cannot read of its own is a matter of the
    set-up, all else has to do with writing. The input folder is opened to be listed, and later to be made durable.
    Others are listed only for what a killed run left there, which Python takes for nothing if it may not."""
    ours = re.fullmatch(r"schemas/.*|input/receipts\.csv|input/vault/[0-9a-f]+", call.path)
    if not call.changes and (ours or (call.path, call.nth) == ("input", 1)):
        return (ConfigurationError.exit_code,)
    needless = not call.changes and call.path in ("input/vault", "output") and error == "EACCES"
    return (0, CannotWrite.exit_code) if needless else (CannotWrite.exit_code,)


def _wrong_end(ended: Ended, *codes: int) -> Iterator[str]:
    if ended.code not in codes:
        yield f"ended with {ended.code}, not {codes[-1]}: {ended.err or 'without a word'}"
    elif ended.code and (not SENTENCE.fullmatch(ended.err) or OURS.search(ended.err)):
        yield f"said {ended.err!r}"


def _torn(scene: Scene, room: Path, unmade: str = "", aside: str = "") -> Iterator[str]:
    """Each round's folder is the old one or the new one; of the round that could not be made, the old one."""
    old, new, found = (outputs(each) for each in (scene.before, scene.after, room))
    for key in sorted(old | new):
        stands = found.get(key, found.get(f"{aside}{key}"))
        if stands != old.get(key) and (key == unmade or stands != new.get(key)):
            yield f"output/{key} is {'absent' if stands is None else 'torn, or made'}"


def _left_over(room: Path) -> Iterator[str]:
    if left := leftovers(room):
        yield f"left over: {', '.join(left)}"
