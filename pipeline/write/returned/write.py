"""returned/: a workbook for each district that has something to mend, its own file marked, or the list alone."""

import struct
import zlib
from functools import partial
from pathlib import Path
from typing import Final
from warnings import warn
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from pipeline.model import Issue, Results, RoundResult, position_of
from pipeline.write import words
from pipeline.write.cells import Imprint
from pipeline.write.grouping import grouped
from pipeline.write.returned.asked import Asked, asked
from pipeline.write.returned.listing import TAB, Notice, drawn
from pipeline.write.returned.mark import SEVERITIES, Marked, Spot, marked
from pipeline.write.returned.styles import styles_of
from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.xml import elements_of

FOLDER: Final = "returned"
UNMARKABLE: Final = (
    Unmarkable, ExpatError, BadZipFile, zlib.error, struct.error, ValueError, LookupError, NotImplementedError, OSError,
)  # fmt: skip
"""What is raised for a workbook that is not understood, is damaged, or is not proved to be unharmed."""


def write_returned(folder: Path, results: Results, result: RoundResult) -> None:
    """Writes the workbooks that are given back into a folder of `folder`; no folder where nothing is to be mended.
    `OSError` if one cannot be written."""
    wanted = asked(result)
    if not wanted:
        return
    place = folder / FOLDER
    place.mkdir()
    for each in wanted:
        made = returned(each, results, result)
        (place / f"{each.name}{made.suffix}").write_bytes(made.data)
    elements_of.cache_clear()
    styles_of.cache_clear()


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
