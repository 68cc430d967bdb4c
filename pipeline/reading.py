"""What a reader does in a process of its own: a snapshot read and understood, from nothing but plain values."""

from dataclasses import replace
from pathlib import Path

from pipeline.answers import Answer
from pipeline.context import context_at
from pipeline.model import Submission
from pipeline.read import read_snapshot
from pipeline.understand import Understood, understand


def read_and_understand(submission: Submission, schemas: Path, answers: tuple[Answer, ...]) -> Understood:
    """What a submission says by the tables under `schemas` and the answers about it. Never raises for what a
    district's file may hold."""
    workbook = read_snapshot(submission.snapshot, submission.arrival.file)
    return understand(submission, workbook, replace(context_at(schemas), answers=answers))
