"""Whether a round needs to be written again: not if it would be the same, but for the moment that it tells of."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pipeline.exceptions import writing
from pipeline.model import Results, RoundResult, clock_of
from pipeline.write.folder import NEW
from pipeline.write.tables import write_tables

Fill = Callable[[Path, Results, RoundResult], None]


def stands(results: Results, result: RoundResult, output: Path, fill: Fill) -> bool:
    """Whether what stands in the round's folder is, byte for byte, what `fill` writes of it as of the moment that
    stands there, and no date of the campaign lies between that moment and the new one.

    The tables, which are quick to write, are compared first: of a round that changed no workbook is made in vain.
    Raises `CannotWrite`.
    """
    folder, campaign = output / result.round.key, results.campaign
    told = _told(folder)
    if told is None or clock_of(campaign, told) != clock_of(campaign, results.as_of):
        return False
    then = replace(results, as_of=told.astimezone(campaign.zone))
    with writing(folder), _aside(output / f"{NEW}{result.round.key}") as new:
        write_tables(new, then, result)
        if not _same(new, folder):
            return False
        fill(new, then, result)
        return _same(new, folder)


def _told(folder: Path) -> datetime | None:
    """The moment that the outputs tell of; nothing where there are none, or none that were written to their end."""
    try:
        return datetime.fromisoformat(json.loads((folder / "run.json").read_bytes())["as_of"])
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder for the while."""
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _same(new: Path, old: Path) -> bool:
    """Whether every file of `new` stands in `old` with the same bytes. What else lies there is not ours."""
    files = [path.relative_to(new) for path in new.rglob("*") if path.is_file()]
    return all(
        (old / name).is_file() and (old / name).read_bytes() == (new / name).read_bytes() for name in files
    )
