"""What a night is settled by: as long as these are as they were, the outputs are what they would be.

Each print is a SHA-256 of one kind of thing, so that the log can say what it was that changed. They are kept in
`output/nightly.json` and are as disposable as the rest: without them a night does all its work.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from pipeline.cache import fingerprint
from pipeline.durable import replace_file
from pipeline.model import Folders, Submission, clock_of
from pipeline.run import TakenIn

FILE_NAME: Final = "nightly.json"
TOLD: Final = ("answers.csv", "corrections.csv", "SAMPLE.toml")
Prints = Mapping[str, str]


def prints_of(taken: TakenIn, folders: Folders) -> dict[str, str]:
    """By what it is of: `tables` (those under schemas, and the program that reads them), `arrivals` (the register,
    and whatever lies in the input folder), `told` (answers, corrections, the sample), `clock` (which dates have
    passed, and what is received only later) and `outputs`."""
    received = taken.received
    ignored = [(one.file, one.reason) for one in received.ignored]
    later = [one.arrival.received_at > taken.as_of for one in received.submissions]
    return {
        "tables": fingerprint(folders.schemas),
        "arrivals": _of([*map(_said, (*received.submissions, *received.refused)), *ignored]),
        "told": _of(_content(folders.input / name) for name in TOLD),
        "clock": _of([clock_of(taken.context.campaign, taken.as_of), later]),
        "outputs": outputs_print(folders.output),
    }


def outputs_print(output: Path) -> str:
    """Of the rounds that stand there: the record of each, and what of its files is missing; and what is of all."""
    records = sorted(output.glob("*/run.json"))
    of_all = sorted(path.name for kind in ("*.html", "*.xlsx") for path in output.glob(kind))
    return _of(
        [of_all, *([record.parent.name, _content(record), _missing(output, record)] for record in records)]
    )


def kept_prints(output: Path) -> Prints:
    """The prints of the last night that did all it had to do; none where there are none that can be read."""
    found = _json(output / FILE_NAME)
    return found if isinstance(found, dict) else {}


def keep_prints(output: Path, prints: Prints) -> None:
    """Remember that everything is done for these; raises `CannotWrite`."""
    replace_file(output / FILE_NAME, (json.dumps(prints, indent=2, sort_keys=True) + "\n").encode())


def _said(submission: Submission) -> str:
    """All but the snapshot's path, which depends on where the folder lies."""
    return repr((submission.arrival, submission.findings, submission.readable))


def _content(path: Path) -> str:
    """The hash of a file; nothing where it is not there."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _missing(output: Path, record: Path) -> list[str]:
    found = _json(record)
    listed = found.get("outputs", []) if isinstance(found, dict) else []
    return [one["path"] for one in listed if not (output / one["path"]).exists()]


def _json(path: Path) -> object:
    """What a file of ours holds; nothing where it is not there or was not written to its end."""
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def _of(things: Iterable[object]) -> str:
    text = json.dumps(list(things), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
