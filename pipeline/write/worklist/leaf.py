"""A sheet of the worklist: A4 across."""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from pipeline.write.book import set_up
from pipeline.write.cells import Paper


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet of a workbook that is not of one round alone. `widths` are its columns' in pixels."""

    paper: Paper
    sheet: Worksheet
    widths: tuple[int, ...]


def new_sheet(paper: Paper, name: str, widths: Sequence[int]) -> Sheet:
    """An empty sheet set up for print, its name in the print header."""
    made = Sheet(paper, paper.workbook.add_worksheet(name), tuple(widths))
    set_up(made, name, landscape=True)
    return made
