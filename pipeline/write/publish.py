"""Writes the rounds: each a folder that is put in place whole or not at all, several at once."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path

from pipeline.durable import make_durable
from pipeline.exceptions import writing
from pipeline.model import Results, RoundResult
from pipeline.write.folder import recover, recover_all, replace_folder
from pipeline.write.line import write_line
from pipeline.write.lists import write_late, write_missing
from pipeline.write.page.status import write_status
from pipeline.write.receipts import write_receipts
from pipeline.write.reminder import write_reminder
from pipeline.write.returned import write_returned
from pipeline.write.summary import write_summary
from pipeline.write.tables import write_run, write_tables
from pipeline.write.told import write_told
from pipeline.write.unchanged import stands
from pipeline.write.verify import verify
from pipeline.write.worklist import write_whole_worklist, write_worklist

Writer = Callable[[Path, Results, RoundResult], None]
WORKBOOKS: dict[str, Writer] = {
    "summary.xlsx": write_summary,
    "late.xlsx": write_late,
    "missing.xlsx": write_missing,
    "worklist.xlsx": write_worklist,
}


def publish_rounds(
    results: Results, output: Path, workers: int = 1, *, spare: bool = False
) -> tuple[Path, ...]:
    """Write every round of `results` under `output`, then the worklist and the page of all rounds; returns the rounds'
    folders. Raises `CannotWrite`, and then the old folder of that round stands as it was, and so do the others. With
    `spare`, a round that would be the same but for the moment that it tells of is left alone.

    Rounds do not depend on one another: with `workers`, as many are written at once, each by a copy of this
    process, which costs no import.
    """
    with writing(output):
        output.mkdir(parents=True, exist_ok=True)
        recover_all(output)
    groups = [results.rounds[first::workers] for first in range(min(workers, len(results.rounds)))]
    others = [_start_copy(replace(results, rounds=group), output, spare) for group in groups[1:]]
    try:
        for result in groups[0] if groups else ():
            publish_round(results, result, output, spare=spare)
    finally:
        ends = [_end_of(process, receiver) for process, receiver in others]
        for failure, group in zip(ends, groups[1:], strict=True):
            for result in group if failure is not None else ():
                recover(output, result.round.key)  # a copy that was killed could not tidy up
    for failure in ends:
        if failure is not None:
            raise failure
    write_whole_worklist(output, results)
    write_status(output, results)
    return tuple(output / result.round.key for result in results.rounds)


def written_rounds(output: Path, keys: Iterable[str]) -> list[str]:
    """Which of the rounds have been written, also by a run that was cut off while it put one in its place."""
    with writing(output):
        recover_all(output)
    return [key for key in keys if (output / key / "run.json").exists()]


def _start_copy(results: Results, output: Path, spare: bool) -> tuple[ForkProcess, Connection]:
    """Write rounds in a copy of this process. It waits for nobody, so it ends by itself even if we are killed, and
    holds the campaign's lock as long as it writes."""
    receiver, sender = get_context("fork").Pipe(duplex=False)
    process = get_context("fork").Process(target=_write_and_tell, args=(results, output, spare, sender))
    process.start()
    sender.close()
    return process, receiver


def _write_and_tell(results: Results, output: Path, spare: bool, sender: Connection) -> None:
    try:
        for result in results.rounds:
            publish_round(results, result, output, spare=spare)
    except Exception as error:  # noqa: BLE001 — it is raised again where somebody can tell of it
        sender.send(error)
    finally:
        sender.close()


def _end_of(process: ForkProcess, receiver: Connection) -> Exception | None:
    """Wait for a copy to end; what went wrong in it, if anything did."""
    try:
        failure: Exception | None = receiver.recv()
    except EOFError:
        failure = None
    process.join()
    if failure is None and process.exitcode:
        return RuntimeError(f"a writer ended with {process.exitcode}")
    return failure


def publish_round(results: Results, result: RoundResult, output: Path, *, spare: bool = False) -> Path:
    """Write one round into a folder of its own and put it in the old one's place; with `spare`, only if it differs."""
    if spare and stands(results, result, output, _write):
        return output / result.round.key
    return replace_folder(output, result.round.key, lambda new: _write(new, results, result))


def _write(new: Path, results: Results, result: RoundResult) -> None:
    """Everything of a round, made durable and opened again, in the folder `new`."""
    for name, write in WORKBOOKS.items():
        write(new / name, results, result)
    write_told(new, results, result)
    write_tables(new, results, result)
    write_line(new / "line.txt", results, result)
    write_receipts(new, results, result)
    write_reminder(new / "reminder.docx", results, result)
    write_returned(new, results, result)
    hashes = [
        (f"{result.round.key}/{path.relative_to(new).as_posix()}", _sha256(path)) for path in _files(new)
    ]
    write_run(new, results, result, hashes)
    for folder in sorted({path.parent for path in _files(new)}):
        make_durable(folder, [path for path in _files(folder) if path.parent == folder])
    verify(new, result)


def _files(folder: Path) -> list[Path]:
    """Every file below a folder, in order. `OSError` where one cannot be listed: a glob would find nothing there."""
    here = sorted(folder.iterdir())
    below = (path for sub in here if sub.is_dir() for path in _files(sub))
    return [*(path for path in here if not path.is_dir()), *below]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
