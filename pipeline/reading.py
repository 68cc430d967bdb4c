"""What a reader does in a process of its own: a snapshot read and understood, from nothing but plain values.

What it needs is imported there, not where this module is: whoever hands the function over need not wait for it.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.stopping import kept_from_new_processes

if TYPE_CHECKING:
    from pipeline.answers import Answer
    from pipeline.corrections import Correction
    from pipeline.model import Submission
    from pipeline.understand import Understood


NEEDS: Final = ["pipeline.context", "pipeline.read.gate", "pipeline.understand"]
"""What `read_and_understand` imports, to be imported before there is a file to read."""


def get_ready() -> None:
    """Start the small process whose copies the readers are; it imports what they need while others import what they
    need themselves, and ends with this one."""
    from multiprocessing.forkserver import ensure_running, set_forkserver_preload

    set_forkserver_preload(NEEDS)
    with kept_from_new_processes():
        ensure_running()  # which does not wait until it is ready


def read_and_understand(
    submission: "Submission",
    schemas: Path,
    answers: tuple["Answer", ...],
    corrections: tuple["Correction", ...],
) -> "Understood":
    """What a submission says by the tables under `schemas` and the answers and corrections that are about it.

    Never raises for what a district's file may hold."""
    from pipeline.context import context_at
    from pipeline.read import read_snapshot
    from pipeline.understand import understand

    workbook = read_snapshot(submission.snapshot, submission.arrival.file)
    return understand(
        submission, workbook, replace(context_at(schemas), answers=answers, corrections=corrections)
    )
