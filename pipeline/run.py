"""The main job, stage by stage: start reading here.

    receive -> read -> understand -> validate -> settle -> timeliness -> merge -> write

`output = consolidate(schemas, input, as_of)`: the clock is handed in and never read inside a stage.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from pipeline.answers import load_answers
from pipeline.campaign import load_campaign
from pipeline.clock import moment
from pipeline.exceptions import ConfigurationError
from pipeline.lock import single_writer
from pipeline.model import Arrival, Campaign, Finding, Folders, Results, Submission, Workbook
from pipeline.read import Job, ReadAll, readers
from pipeline.receive import Ignored, Received, receive
from pipeline.sample import Sample, foreign_files, load_sample

Progress = Callable[[Iterable[Workbook], int], Iterable[Workbook]]
Reading = Callable[[], AbstractContextManager[ReadAll]]


def run(
    folders: Folders,
    now: datetime,
    only: Sequence[str] = (),
    *,
    publish: bool = True,
    progress: Progress = lambda each, _: each,
    reading: Reading = readers,
) -> Results:
    """Take in what arrived, read it, consolidate it, and (with `publish`) write the outputs.

    `now` is the wall's clock, for the register; `reading` opens what reads the snapshots: child processes, unless
    a caller has reason to read in its own.
    Raises `OperatorError` for what the person at the keyboard must mend. District files never raise.
    """
    with reading() as read_all, single_writer(folders.input, now):
        campaign = load_campaign(folders.schemas)
        sample = load_sample(folders.input)
        zone = ZoneInfo(campaign.timezone)
        as_of = _as_of(folders, sample, now, zone)
        _refuse_unknown(only, campaign)
        received = receive(folders.input, now, zone)
        counting, outside = divide(received, sample, as_of)
        workbooks = read_each(counting, read_all)
        answers = load_answers(folders.input / "answers.csv", campaign)
        # Frames are imported here, while the readers are at work.
        from pipeline.consolidate import Intake, consolidate
        from pipeline.write.publish import publish_rounds

        intake = Intake(
            counting, tuple(progress(workbooks, len(counting))), outside, answers, sample is not None
        )
        results = consolidate(intake, campaign, as_of, only)
        if publish:
            publish_rounds(results, folders.output)
        return results


def _as_of(folders: Folders, sample: Sample | None, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment whose state is told: as asked for, else the sample's own, else now."""
    if folders.as_of:
        return moment(folders.as_of, zone)
    return sample.as_of if sample else now.astimezone(zone)


def _refuse_unknown(keys: Sequence[str], campaign: Campaign) -> None:
    known = [round_.key for round_ in campaign.rounds]
    for key in keys:
        if key not in known:
            raise ConfigurationError(f'ไม่มีรายงานครั้งที่ "{key}" ให้ระบุครั้งใดครั้งหนึ่งใน: {", ".join(known)}')


def divide(
    received: Received, sample: Sample | None, as_of: datetime
) -> tuple[tuple[Submission, ...], tuple[Submission, ...]]:
    """What is looked at, and what is named but does not count now: withdrawn, received after `as_of`, still being
    copied, or not of the sample while the sample is there."""
    foreign = frozenset(foreign_files(sample, received.submissions) if sample else ())
    submissions = tuple(
        _refused_by_sample(one, foreign) for one in (*received.submissions, *received.refused)
    )
    outside = tuple(one for one in submissions if _is_outside(one, as_of))
    ignored = tuple(_by_name_alone(one) for one in received.ignored)
    return tuple(one for one in submissions if one not in outside), (*outside, *ignored)


def _by_name_alone(ignored: Ignored) -> Submission:
    """A lock file or the like: it is listed, and nothing else."""
    arrival = Arrival(ignored.file, "", ignored.modified_at, "file_time")
    finding = Finding("IGNORED_FILE", facts=(("why", ignored.reason),))
    return Submission(arrival, Path(), (finding,), readable=False)


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
