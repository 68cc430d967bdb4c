"""returned/: a workbook for each district that has something to mend, its own file marked, or the list alone."""

import math
import os
import resource
import struct
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final
from warnings import catch_warnings, simplefilter, warn
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from python_calamine import load_workbook

from pipeline.model import Issue, Results, RoundResult, position_of
from pipeline.write import words
from pipeline.write.cells import Imprint
from pipeline.write.grouping import grouped
from pipeline.write.returned.asked import Asked, asked
from pipeline.write.returned.listing import TAB, Notice, drawn
from pipeline.write.returned.mark import SEVERITIES, Marked, Spot, marked
from pipeline.write.returned.unmarkable import Unmarkable

FOLDER: Final = "returned"
_UNFINISHED: Final = ".tmp"
_MOST_SECONDS: Final = 60
_MOST_MEMORY: Final = 4 << 30
UNMARKABLE: Final = (
    Unmarkable, ExpatError, BadZipFile, zlib.error, struct.error, ValueError, LookupError, NotImplementedError, OSError,
)  # fmt: skip
"""What is raised for a workbook that is not understood, is damaged, or is not proved to be unharmed."""


def write_returned(folder: Path, results: Results, result: RoundResult) -> None:
    """Writes the workbooks that are given back into a folder of `folder`; no folder where nothing is to be mended.
    `OSError` if one cannot be written.

    It is done in a copy of this process: a file that kills whoever looks at it costs that file its marks, and neither
    its neighbours nor the run.
    """
    wanted = asked(result)
    if not wanted:
        return
    place = folder / FOLDER
    place.mkdir()
    left = list(wanted)
    while left:
        _in_a_copy(partial(_write_each, place, left, results, result))
        done = {path.stem for path in place.iterdir() if path.suffix != _UNFINISHED}
        left = [each for each in left if each.name not in done]
        if left:  # the copy ended at the first of them
            _write_one(place, left.pop(0), results, result, alone=True)


def _write_each(place: Path, wanted: Sequence[Asked], results: Results, result: RoundResult) -> None:
    for each in wanted:
        _bound()
        _write_one(place, each, results, result)


def _write_one(
    place: Path, one: Asked, results: Results, result: RoundResult, *, alone: bool = False
) -> None:
    """One workbook. It is opened before it takes its name: whatever that does to a process, it does here."""
    made = returned(replace(one, file=None) if alone else one, results, result)
    new = place / f"{one.name}{_UNFINISHED}"
    new.write_bytes(made.data)
    load_workbook(new).get_sheet_by_index(0).to_python()
    new.rename(place / f"{one.name}{made.suffix}")


def _in_a_copy(work: Callable[[], None]) -> None:
    """Do the work in a copy of this process, or as much of it as that lives for. What it warned of is told here."""
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    copy = context.Process(target=_quietly, args=(work, sender))
    copy.start()
    sender.close()
    try:
        told: list[str] = receiver.recv()
    except EOFError:  # it died; who looks finds what it left undone
        told = []
    copy.join()
    for each in told:
        warn(each, RuntimeWarning, stacklevel=2)


def _quietly(work: Callable[[], None], sender: Connection) -> None:
    """What a library prints when it fails is no message for the person who runs the program."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with catch_warnings(record=True) as told:
        simplefilter("always")
        work()
    sender.send([str(each.message) for each in told])


def _bound() -> None:
    """What one file may take of the processor, and all of them of memory beyond what this process has."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + _MOST_SECONDS)
    _lower(resource.RLIMIT_CORE, 0)
    if sys.platform != "darwin":  # which knows the limit and refuses to set it
        _lower(resource.RLIMIT_AS, _MOST_MEMORY)


def _lower(what: int, limit: int) -> None:
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def returned(one: Asked, results: Results, result: RoundResult) -> Marked:
    """A district's workbook with what is asked for marked; the list alone where that is not proved to be safe."""
    imprint = Imprint(results.campaign, result.round, results.as_of, results.sample)
    path = one.file.path if one.file else ""
    notice = Notice(imprint, one.district, result.title, path, one.issues)
    if one.file and one.file.snapshot:
        try:
            data = one.file.snapshot.read_bytes()
            author = results.campaign.office
            return marked(data, _spots(one), author, TAB, partial(drawn, notice))
        except UNMARKABLE:
            pass  # the list says so
        except Exception as error:  # noqa: BLE001 — a fault of ours costs this file its marks, not the round its outputs
            warn(f"{path}: {error!r}", RuntimeWarning, stacklevel=2)
    return Marked(drawn(notice, ()), ".xlsx")


def _spots(one: Asked) -> list[Spot]:
    """The cells to mark in the file."""
    return [
        Spot(issue.sheet, at, issue.severity, _note(issue))
        for issue in one.issues
        if one.file and issue.file == one.file.path and issue.severity in SEVERITIES
        if (at := position_of(issue.cell))
    ]


def _note(issue: Issue) -> str:
    """What is said at a cell: how grave it is, what was found, how to mend it."""
    (group,) = grouped([issue])
    return "\n".join((words.SEVERITIES[issue.severity], group.what, f"วิธีแก้: {issue.remedy}"))
