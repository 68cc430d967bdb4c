"""`pipeline nightly`: what cron runs. One run of the stages, and only if there is a reason; then what changed.

    take in -> is anything as it was not? -> consolidate -> compare with what stands -> digest -> write what differs

A night that finds everything as it was writes its line in the log and nothing else; it imports nothing heavy.
"""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.exceptions import Bug, CannotWrite, MissingDependency, OperatorError
from pipeline.folders import refuse_misplaced
from pipeline.lock import single_writer
from pipeline.model import Folders, Results
from pipeline.nightly.hook import ping
from pipeline.nightly.journal import journal_folder, note
from pipeline.nightly.prints import keep_prints, kept_prints, outputs_print, prints_of
from pipeline.reading import read_and_understand
from pipeline.run import Reading, TakenIn, make, require_readers, take_in
from pipeline.write.store import keep_entries

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Night:
    """What came of a night. `because`: which prints were not as they were, none after a quiet night; `written` and
    `left`: the rounds that were written and those that were the same; `told`: the lines of the digest, none where
    there is nothing to say, and `paths` where they stand."""

    as_of: datetime
    because: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    arrived: int = 0
    told: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    internal_error: bool = False

    @property
    def exit_code(self) -> int:
        return Bug.exit_code if self.internal_error else 0


def nightly(
    folders: Folders, now: datetime, reading: Reading, *, log: Path | None = None, writers: int = 1
) -> Night:
    """Do the night's work, note it in the log and call the health check; `reading` and `writers` as for `run`.

    Raises `OperatorError` for what a person must mend, after it has been noted and called, too.
    """
    started, journal = time.monotonic(), journal_folder(log, folders)
    entry: dict[str, Any] = {"time": now.isoformat(timespec="seconds")}
    try:
        night = _night(folders, now, reading, writers)
    except BaseException as error:
        entry |= {"night": "failed", "exit": _exit_code(error), "why": _why(error)}
        # what went wrong first is what is told, also where the log cannot be written for the same reason
        with suppress(CannotWrite):
            _end(journal, entry, started)
        raise
    _end(journal, entry | _told(night), started)
    return night


def _night(folders: Folders, now: datetime, reading: Reading, writers: int) -> Night:
    require_readers()
    refuse_misplaced(folders)
    with single_writer(folders.input, now):
        taken = take_in(folders, now)
        prints, kept = prints_of(taken, folders), kept_prints(folders.output)
        because = tuple(name for name, print_ in prints.items() if kept.get(name) != print_)
        if not because:
            return Night(taken.as_of)
        with reading(read=read_and_understand) as read_all:
            made = make(taken, folders, read_all)
        night = _published(folders, taken, made.results, because, writers)
        keep_entries(folders.output, made.fresh, made.stale)
        if not night.internal_error:  # else the next night tries again
            keep_prints(folders.output, {**prints, "outputs": outputs_print(folders.output)})
        return night


def _published(
    folders: Folders, taken: TakenIn, results: Results, because: tuple[str, ...], writers: int
) -> Night:
    """The digest first: whatever happens while rounds are put in place, what changed has been told."""
    from pipeline.nightly.digest import digest_of
    from pipeline.nightly.standing import standing_rounds
    from pipeline.write.digest import digest_lines, write_digest
    from pipeline.write.publish import publish_rounds

    keys = [result.round.key for result in results.rounds]
    digest = digest_of(results, standing_rounds(folders.output, keys))
    says = digest.says_something
    paths = write_digest(folders.output, digest, results.campaign) if says else ()
    before = _records(folders.output, keys)
    publish_rounds(results, folders.output, writers, spare=True)
    after = _records(folders.output, keys)
    return Night(
        as_of=taken.as_of,
        because=because,
        written=tuple(key for key in keys if before[key] != after[key]),
        left=tuple(key for key in keys if before[key] == after[key]),
        arrived=len(digest.came),
        told=tuple(digest_lines(digest, results.campaign)) if says else (),
        paths=paths[:1],
        internal_error=results.internal_error,
    )


def _records(output: Path, keys: list[str]) -> dict[str, int]:
    """By round, which file its record is: a round that is written gets a new one."""
    records = {key: output / key / "run.json" for key in keys}
    return {key: path.stat().st_ino if path.exists() else 0 for key, path in records.items()}


def _end(journal: Path, entry: dict[str, Any], started: float) -> None:
    called = ping(failed=entry["exit"] != 0)
    seconds = round(time.monotonic() - started, 3)
    note(journal, {**entry, "seconds": seconds, **({"ping": called} if called else {})})


def _told(night: Night) -> dict[str, Any]:
    return {
        "night": "changed" if night.because else "quiet",
        "exit": night.exit_code,
        "as_of": night.as_of.isoformat(),
        "because": night.because,
        "arrived": night.arrived,
        "written": night.written,
        "left": night.left,
        "digest": bool(night.told),
    }


def _exit_code(error: BaseException) -> int:
    """The code that the program will end with."""
    match error:
        case OperatorError():
            return error.exit_code
        case ImportError():
            return MissingDependency.exit_code
        case OSError():
            return CannotWrite.exit_code
        case SystemExit():
            return error.code if isinstance(error.code, int) else INTERRUPTED
        case KeyboardInterrupt():
            return INTERRUPTED
    return Bug.exit_code


def _why(error: BaseException) -> str:
    return error.sentence if isinstance(error, OperatorError) else f"{type(error).__name__}: {error}"
