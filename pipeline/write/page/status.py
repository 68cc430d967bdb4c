"""Writes status.html beside the rounds' folders, when they are in place."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pipeline.durable import replace_file
from pipeline.exceptions import writing
from pipeline.model import Results
from pipeline.write.page.document import document
from pipeline.write.page.view import Beside, view_of

NAME = "status.html"


def write_status(output: Path, results: Results) -> Path:
    """Write the page of all rounds into `output`, in the old one's place, whole or not at all; returns its path. It
    links to what stands in the rounds' folders now. Raises `CannotWrite`."""
    path = output / NAME
    with writing(output):
        beside = dict(_beside(output, results))
    replace_file(path, document(view_of(results, beside)).encode())
    return path


def _beside(output: Path, results: Results) -> Iterator[tuple[str, Beside]]:
    """What each round's folder holds. Those that this run left alone may be of another moment."""
    for round_ in results.campaign.rounds:
        folder = output / round_.key
        if (folder / "run.json").is_file():
            yield round_.key, Beside(frozenset(_names(folder)), _as_of(folder / "run.json"))


def _names(folder: Path) -> Iterator[str]:
    """Files in the folder and in its folders."""
    for path in folder.iterdir():
        if path.is_dir():
            yield from (f"{path.name}/{each.name}" for each in path.iterdir())
        else:
            yield path.name


def _as_of(record: Path) -> datetime | None:
    """The moment that a run wrote of; `None` if somebody changed what it wrote."""
    try:
        return datetime.fromisoformat(json.loads(record.read_text(encoding="utf-8"))["as_of"])
    except (ValueError, KeyError, TypeError):
        return None
