"""The main job, stage by stage: start reading here.

    receive -> read -> understand -> validate -> settle -> timeliness -> merge -> write

`output = consolidate(schemas, input, as_of)`: the clock is handed in and never read inside a stage.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from pipeline.answers import load_answers
from pipeline.campaign import load_campaign
from pipeline.lock import single_writer
from pipeline.model import Arrival, Finding, Results, Submission, Workbook
from pipeline.read import Job, ReadAll, readers
from pipeline.receive import Received, receive
from pipeline.sample import Sample, foreign_files, load_sample

Progress = Callable[[Iterable[Workbook], int], Iterable[Workbook]]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a campaign lives."""

    schemas: Path
    input: Path
    output: Path


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` by the wall, for the register; `as_of` as asked for, if it was."""

    now: datetime
    as_of: datetime | None = None


def run(
    folders: Folders,
    clock: Clock,
    only: Sequence[str] = (),
    *,
    publish: bool = True,
    progress: Progress = lambda each, _: each,
) -> Results:
    """Take in what arrived, read it, consolidate it, and (with `publish`) write the outputs.

    Raises `OperatorError` for what the person at the keyboard must mend. District files never raise.
    """
    with readers() as read_all, single_writer(folders.input, clock.now):
        campaign = load_campaign(folders.schemas)
        sample = load_sample(folders.input)
        as_of = clock.as_of or (sample.as_of if sample else clock.now)
        received = receive(folders.input, clock.now, ZoneInfo(campaign.timezone))
        counting, outside = divide(received, sample, as_of)
        workbooks = read_each(counting, read_all)
        answers = load_answers(folders.input / "answers.csv", campaign)
        # Frames are imported here, while the readers are at work.
        from pipeline.consolidate import Intake, consolidate
        from pipeline.write.publish import publish_rounds

        intake = Intake(counting, tuple(progress(workbooks, len(counting))), outside, answers, sample is not None)
        results = consolidate(intake, campaign, as_of, only)
        if publish:
            publish_rounds(results, folders.output)
        return results


def divide(
    received: Received, sample: Sample | None, as_of: datetime
) -> tuple[tuple[Submission, ...], tuple[Submission, ...]]:
    """What is looked at, and what is named but does not count now: withdrawn, received after `as_of`, still being
    copied, or not of the sample while the sample is there."""
    foreign = frozenset(foreign_files(sample, received.submissions) if sample else ())
    submissions = tuple(_refused_by_sample(one, foreign) for one in (*received.submissions, *received.refused))
    outside = tuple(one for one in submissions if _is_outside(one, as_of))
    return tuple(one for one in submissions if one not in outside), outside


def _refused_by_sample(submission: Submission, foreign: frozenset[Arrival]) -> Submission:
    if submission.arrival not in foreign:
        return submission
    return replace(submission, findings=(Finding("NOT_SAMPLE"),), readable=False)


def _is_outside(submission: Submission, as_of: datetime) -> bool:
    codes = {finding.code for finding in submission.findings}
    late = submission.arrival.received_at > as_of
    return bool(submission.arrival.withdrawn or late or codes & {"PARTIAL", "NOT_SAMPLE"})


def read_each(submissions: Sequence[Submission], read_all: ReadAll) -> Iterator[Workbook]:
    """A workbook per submission, in order; one content under names of the same ending is read once.

    All reading is ordered when this is called; the workbooks come as they are done.
    """
    jobs: dict[tuple[str, str], Job] = {}
    for one in submissions:
        if one.readable:
            jobs.setdefault(_content(one), (one.snapshot, one.arrival.file))
    pending = read_all(tuple(jobs.values()))
    return _in_order(submissions, tuple(jobs), pending)


def _in_order(
    submissions: Sequence[Submission], contents: Sequence[tuple[str, str]], pending: Iterator[Workbook]
) -> Iterator[Workbook]:
    done: dict[tuple[str, str], Workbook] = {}
    order = iter(contents)
    for one in submissions:
        while one.readable and _content(one) not in done:
            done[next(order)] = next(pending)
        yield done[_content(one)] if one.readable else Workbook(readable=False)


def _content(submission: Submission) -> tuple[str, str]:
    return submission.arrival.sha256, PurePosixPath(submission.arrival.file).suffix.lower()
