"""The main job, stage by stage: start reading here.

    receive -> read and understand -> validate -> settle -> compare -> timeliness -> merge -> write

`output = consolidate(schemas, input, as_of)`: the clock is handed in and never read inside a stage.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from pipeline.answers import Answer, load_answers
from pipeline.cache import fingerprint, key_of, new_entries, recalled
from pipeline.campaign import load_campaign, refuse_unknown_rounds
from pipeline.catalogue import KEPT_OUT
from pipeline.clock import told_as_of
from pipeline.context import Context, context_of
from pipeline.corrections import Correction, corrections_of, load_corrections
from pipeline.diary import record
from pipeline.exceptions import MissingDependency
from pipeline.folders import refuse_misplaced
from pipeline.lock import single_writer
from pipeline.model import Arrival, Campaign, Finding, Folders, Results, Submission, Workbook
from pipeline.read import Read, ReadAll, readers
from pipeline.reading import read_and_understand
from pipeline.receive import Ignored, Received, receive
from pipeline.sample import Sample, foreign_files, load_sample
from pipeline.understand import Understood, understand
from pipeline.write.store import keep_entries, kept_entries

Progress = Callable[[Iterable[Understood], int], Iterable[Understood]]
READERS_NEED = ("python_calamine", "openpyxl", "xlrd")


class Reading(Protocol):
    """Opens what reads: `readers`, or what a caller has in its place."""

    def __call__(self, *, read: Read) -> AbstractContextManager[ReadAll]: ...


@dataclass(frozen=True, slots=True, eq=False)
class TakenIn:
    """What there is to consolidate: the tables and their lookups, the sample while it is there, the moment that is
    told of, and everything that arrived."""

    context: Context
    sample: Sample | None
    as_of: datetime
    received: Received


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """The results, and what is to be kept of what was read, for the next run, when all else is done."""

    results: Results
    fresh: Mapping[str, bytes]
    stale: Collection[str]


def run(  # noqa: PLR0913 — how it is carried out changes nothing in what comes out
    folders: Folders,
    now: datetime,
    only: Sequence[str] = (),
    *,
    publish: bool = True,
    progress: Progress = lambda each, _: each,
    reading: Reading = readers,
    writers: int = 1,
) -> Results:
    """Take in what arrived, read it, consolidate it, and (with `publish`) write the outputs.

    `now` is the wall's clock, for the register; `reading` opens what reads the snapshots: child processes, unless
    a caller has reason to read in its own; `writers` is how many rounds are written at once.
    Raises `OperatorError` for what the person at the keyboard must mend. District files never raise.
    """
    require_readers()
    refuse_misplaced(folders)
    with reading(read=read_and_understand) as read_all, single_writer(folders.input, now):
        taken = take_in(folders, now, only)
        made = make(taken, folders, read_all, only, publish=publish, progress=progress)
        if publish:
            from pipeline.write.publish import publish_rounds

            publish_rounds(made.results, folders.output, writers)
            keep_entries(folders.output, made.fresh, made.stale)
        return made.results


def take_in(folders: Folders, now: datetime, only: Sequence[str] = ()) -> TakenIn:
    """The tables, and what lies in the input folder, registered; the caller holds the campaign's lock.

    Raises `OperatorError` as `run` does, before anything is registered where a table is wrong.
    """
    campaign = load_campaign(folders.schemas)
    sample = load_sample(folders.input)
    as_of = told_as_of(folders.as_of, sample.as_of if sample else None, now, campaign.zone)
    refuse_unknown_rounds(only, campaign)
    context = _context(campaign, folders.input)
    return TakenIn(context, sample, as_of, receive(folders.input, now, campaign.zone))


def make(
    taken: TakenIn,
    folders: Folders,
    read_all: ReadAll,
    only: Sequence[str] = (),
    *,
    publish: bool = True,
    progress: Progress = lambda each, _: each,
) -> Made:
    """Everything taken in, read as far as it is not known already, and consolidated. To `publish`, rounds that were
    written before are among the results, though they may have lost all they had."""
    counting, outside = divide(taken.received, taken.sample, taken.as_of)
    keys = _keys_of(counting, folders.schemas, taken.context)
    entries = kept_entries(folders.output)
    known = recalled(entries, keys, counting)
    pending = understand_each(counting, known, read_all, folders.schemas, taken.context)
    # Frames are imported here, while the readers are at work.
    from pipeline.consolidate import consolidate
    from pipeline.write.publish import written_rounds

    understood = tuple(progress(pending, len(counting)))
    _record_bugs(understood, folders.output)
    written = written_rounds(folders.output, _keys(taken.context.campaign)) if publish else ()
    is_sample = taken.sample is not None
    results = consolidate(
        understood, outside, taken.context, taken.as_of, only, written=written, sample=is_sample
    )
    fresh = new_entries(keys, understood, known) if publish else {}
    return Made(results, fresh, entries.keys() - set(keys))


def _context(campaign: Campaign, given: Path) -> Context:
    """The lookups of a campaign, with what the analyst decided and was told."""
    answers = load_answers(given / "answers.csv", campaign)
    return context_of(campaign, answers, load_corrections(given / "corrections.csv"))


def _record_bugs(understood: Sequence[Understood], output: Path) -> None:
    """A traceback is for whoever looks after the program; people get a sentence."""
    for one in understood:
        for finding in one.findings:
            if finding.code == "INTERNAL":
                record(output, f"{one.submission.arrival.file}\n{dict(finding.facts).get('traceback', '')}")


def require_readers() -> None:
    """Raise `MissingDependency` before anything is registered if a library of the readers is not there."""
    for name in READERS_NEED:
        if find_spec(name) is None:
            raise MissingDependency(f"เครื่องนี้ยังไม่มีส่วนประกอบ {name} กรุณาสั่ง make setup แล้วสั่งใหม่อีกครั้ง")


def _keys(campaign: Campaign) -> list[str]:
    return [round_.key for round_ in campaign.rounds]


def divide(
    received: Received, sample: Sample | None, as_of: datetime
) -> tuple[tuple[Submission, ...], tuple[Submission, ...]]:
    """What is looked at, and what is named but does not count now: withdrawn, received after `as_of`, still being
    copied, or not of the sample while the sample is there."""
    foreign = frozenset(foreign_files(sample, received.submissions) if sample else ())
    everything = (*_standing(received.submissions), *received.refused)
    submissions = tuple(_refused_by_sample(one, foreign) for one in everything)
    looked_at = tuple(one for one in submissions if not _is_outside(one, as_of))
    outside = tuple(one for one in submissions if _is_outside(one, as_of))
    return looked_at, (*outside, *(_by_name_alone(one) for one in received.ignored))


def _standing(submissions: Sequence[Submission]) -> tuple[Submission, ...]:
    """Without what was gone and is back as it was: the later row of the register is the same arrival."""
    last = {_identity(one): one for one in submissions if not one.arrival.withdrawn}
    return tuple(one for one in submissions if one.arrival.withdrawn or last[_identity(one)] is one)


def _identity(submission: Submission) -> tuple[str, str, datetime]:
    arrival = submission.arrival
    return arrival.file, arrival.sha256, arrival.received_at


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
    known = bool(submission.arrival.sha256)  # what has no hash has no receipt time either
    late = known and submission.arrival.received_at > as_of
    return bool(submission.arrival.withdrawn or late or codes & set(KEPT_OUT))


def _keys_of(submissions: Sequence[Submission], schemas: Path, context: Context) -> list[str]:
    version = fingerprint(schemas)
    return [key_of(one, _about(one, context), version) for one in submissions]


def understand_each(
    submissions: Sequence[Submission],
    known: Sequence[Understood | None],
    read_all: ReadAll,
    schemas: Path,
    context: Context,
) -> Iterator[Understood]:
    """What each submission says, in order; what is `known` is not read again. All reading is ordered when this is
    called; a reader that dies costs the one file, which is then known only by its path."""
    both = list(zip(submissions, known, strict=True))
    pending = read_all(
        [(one, schemas, *_about(one, context)) for one, before in both if one.readable and before is None]
    )
    return (
        before or _understood(one, next(pending) if one.readable else Workbook(readable=False), context)
        for one, before in both
    )


def _understood(submission: Submission, came: Understood | Workbook, context: Context) -> Understood:
    return understand(submission, came, context) if isinstance(came, Workbook) else came


def _about(submission: Submission, context: Context) -> tuple[tuple[Answer, ...], tuple[Correction, ...]]:
    """The answers and the corrections that a reader needs to know."""
    arrival = submission.arrival
    answers = tuple(answer for answer in context.answers if answer.file == arrival.file)
    return answers, corrections_of(context.corrections, arrival)
