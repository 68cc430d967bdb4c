"""A run to be disturbed: a room before it and the same room after it, undisturbed; and disturbing it many times."""

import hashlib
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.calls import Call, listed
from tests.crash.room import (
    BOTH_ROUNDS,
    EARLY,
    LATE,
    NEXT,
    ROUND_1,
    Book,
    command,
    contents,
    furnish,
    run,
)

AT_A_TIME = 2
Trial = tuple[object, ...]
"""How a run is disturbed: by a call and an error with which it is to fail, and the like."""
Disturb = Callable[..., Iterator[str]]
"""Tries a run of a scene in a room, and yields what is wrong there at once."""
Mended = dict[str, list[str]]
"""By the state in which the files were left: what was wrong after a plain run."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One run over one campaign, in the folder that holds the rooms."""

    folder: Path
    as_of: str

    @property
    def before(self) -> Path:
        return self.folder / "before"

    @property
    def after(self) -> Path:
        return self.folder / "after"

    @contextmanager
    def room(self) -> Iterator[Path]:
        """A room as it is before the run."""
        with TemporaryDirectory(dir=self.folder) as folder:
            yield shutil.copytree(self.before, Path(folder) / "room")

    def words(self, room: Path) -> list[str]:
        """The command that is given in a room."""
        return command(room, self.as_of)

    def calls(self) -> tuple[Call, ...]:
        """The calls that the run makes."""
        with self.room() as room:
            calls = listed(room, self.words(room))
            assert contents(room) == contents(self.after)
        return calls

    def complaints_after_a_plain_run(self, room: Path, *, in_order: bool = True) -> Iterator[str]:
        """Whatever was done to the room before, it must end as if nothing had happened; the rows of the register
        also `in_order`, unless the files could not be taken in together."""
        ended = run(room, self.words(room))
        if (ended.code, ended.err) != (0, ""):
            yield f"the run afterwards ends with {ended.code}: {ended.err}"
        found, wanted = (contents(each, in_order=in_order) for each in (room, self.after))
        names = sorted(found.keys() | wanted.keys())
        if differing := [name for name in names if found.get(name) != wanted.get(name)]:
            yield f"not as if nothing had happened: {', '.join(differing)}"


def first_run(folder: Path) -> Scene:
    """Three files that nobody has seen, one of them received later than the run tells of: one round is made."""
    return _scene(Scene(folder, ROUND_1), (), (EARLY, LATE, NEXT))


def second_run(folder: Path) -> Scene:
    """One of three files has been seen, so that there is an old output of both rounds. Each is made by a process of
    its own, where there is more than one processor."""
    return _scene(Scene(folder, BOTH_ROUNDS), (EARLY,), (LATE, NEXT))


def look_back(folder: Path) -> Scene:
    """Both rounds were made as of a later day than the run tells of, by which the second is not due: it is made again
    only because it is there."""
    return _scene(Scene(folder, ROUND_1), (EARLY,), (), seen_as_of=BOTH_ROUNDS)


def _scene(scene: Scene, seen: Sequence[Book], new: Sequence[Book], seen_as_of: str = "") -> Scene:
    furnish(scene.before, *seen)
    if seen:
        assert run(scene.before, command(scene.before, seen_as_of or scene.as_of)).code == 0
    furnish(scene.before, *new)
    shutil.copytree(scene.before, scene.after)
    ended = run(scene.after, scene.words(scene.after))
    assert (ended.code, ended.err) == (0, "")
    return scene


def complaints(
    scene: Scene,
    disturb: Disturb,
    trials: Iterable[Trial],
    mended: Mended,
    *,
    in_order: bool = True,
) -> list[str]:
    """What is wrong after each of the trials, and after a plain run that follows it, in order; two are tried at a
    time. Files left just as by an earlier trial, which are in `mended`, make the same plain run: it is not repeated.
    """

    def tried(trial: Trial) -> list[str]:
        with scene.room() as room:
            found = list(disturb(scene, room, *trial))
            state = hashlib.sha256(pickle.dumps(sorted(contents(room).items()))).hexdigest()
            if state not in mended:
                mended[state] = list(scene.complaints_after_a_plain_run(room, in_order=in_order))
        return [f"{' '.join(map(str, trial))}: {complaint}" for complaint in (*found, *mended[state])]

    with ThreadPoolExecutor(AT_A_TIME) as threads:
        return [complaint for each in threads.map(tried, trials) for complaint in each]


def spread(trials: Sequence[Trial], count: int) -> list[Trial]:
    """As many of the trials, evenly spread over all of them."""
    return [trials[(2 * number + 1) * len(trials) // (2 * count)] for number in range(count)]
