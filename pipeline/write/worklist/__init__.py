"""worklist.xlsx: what the analyst has to do today, worst first, on one printed page; then everything, and the lines
to paste.

Each round's folder has one of that round; beside the folders stands one of all rounds, whichever are written. Its title
names those that have begun.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from pipeline.durable import replace_file
from pipeline.model import Results, Round, RoundResult
from pipeline.thai import thai_digits
from pipeline.write.book import composed, opened
from pipeline.write.cells import Imprint, Paper
from pipeline.write.todo import Task, all_tasks, tasks
from pipeline.write.worklist.lines import put_bodies, put_lines
from pipeline.write.worklist.pages import put_all, put_today

NAME: Final = "worklist.xlsx"


def write_worklist(path: Path, results: Results, result: RoundResult) -> None:
    """Writes the workbook of a round; `OSError` if it cannot be written."""
    imprint = Imprint(results.campaign, result.round, results.as_of, results.sample)
    title = thai_digits(f"งานวันนี้ {result.title}")
    with opened(path, imprint, title) as paper:
        _put(paper, title, tasks(results, result))


def write_whole_worklist(output: Path, results: Results) -> Path:
    """Writes the workbook of all rounds of the campaign into `output`, in the old one's place, whole or not at all;
    returns its path. Raises `CannotWrite`."""
    content, of = BytesIO(), " · ".join(_begun(results))
    every = Round("", "", of, results.as_of)
    title = thai_digits(f"งานวันนี้ {of}")
    with composed(content, Imprint(results.campaign, every, results.as_of, results.sample), title) as paper:
        _put(paper, title, all_tasks(results))
    replace_file(output / NAME, content.getvalue())
    return output / NAME


def _begun(results: Results) -> Iterator[str]:
    """The titles of the rounds that are due, or for which something came."""
    for result in results.every_round:
        if result.files or result.round.due_at <= results.as_of:
            yield result.round.title


def _put(paper: Paper, title: str, todo: Sequence[Task]) -> None:
    left = put_today(paper, title, todo)
    if left:
        put_all(paper, title, todo)
    put_lines(paper, todo)
    put_bodies(paper, todo)
