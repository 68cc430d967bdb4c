"""The commands: arguments in, words and an exit code out. Nothing here imports pandas before it is needed.

Results go to stdout (paths, or one JSON document), everything that is said goes to stderr.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from pipeline import __version__
from pipeline.exceptions import Bug, ConfigurationError
from pipeline.folders import refuse_misplaced
from pipeline.form_commands import form
from pipeline.helping import help_option, help_text, usage_sentence
from pipeline.lock import single_writer
from pipeline.model import Folders
from pipeline.nightly_command import nightly
from pipeline.options import campaign_options, existing, files_argument, json_option, path_type
from pipeline.reading import get_ready, read_and_understand
from pipeline.thai import visible
from pipeline.words import word

NEEDS_A_DECISION = 3


@click.group(invoke_without_command=True, add_help_option=False)
@click.option("--version", is_flag=True, is_eager=True, help=word("version"))
@help_option
@click.pass_context
def pipeline(context: click.Context, version: bool) -> None:
    """The program; without a command it shows its help."""
    if version:
        click.echo(__version__)
    elif context.invoked_subcommand is None:
        click.echo(help_text(context))


@pipeline.command(add_help_option=False)
@click.option("--round", "rounds", multiple=True, metavar="R", help=word("round"))
@campaign_options
@json_option
@click.option("--strict", is_flag=True, help=word("strict"))
@click.option("-q", "--quiet", is_flag=True, help=word("quiet"))
@help_option
def consolidate(folders: Folders, rounds: tuple[str, ...], as_json: bool, strict: bool, quiet: bool) -> int:
    """The main job."""
    with _readers_first() as reading:
        from pipeline.run import run
        from pipeline.screen import summary_lines, with_progress

        processors = os.cpu_count() or 1
        results = run(folders, _now(), rounds, progress=with_progress, reading=reading, writers=processors)
    _say([] if quiet else summary_lines(results))
    places = [folders.output / result.round.key for result in results.rounds]
    if as_json:
        _print_json([json.loads((place / "run.json").read_text(encoding="utf-8")) for place in places])
    else:
        _print_paths(place / f"{name}.xlsx" for place in places for name in ("summary", "late", "missing"))
        _print_paths([folders.output / "worklist.xlsx"] if places else [])
    return (
        Bug.exit_code if results.internal_error else NEEDS_A_DECISION if strict and results.unsettled else 0
    )


@pipeline.command(add_help_option=False)
@files_argument
@campaign_options
@json_option
@help_option
def check(folders: Folders, files: tuple[Path, ...], as_json: bool) -> int:
    """Check single workbooks."""
    get_ready()
    from pipeline.read import readers

    with readers() as read_all:
        workbooks = read_all([(path, path.name) for path in map(existing, files)])
        from pipeline.campaign import load_campaign
        from pipeline.check import check_file, document
        from pipeline.screen import check_lines

        campaign = load_campaign(folders.schemas)
        read = zip(files, workbooks, strict=True)
        checked = [check_file(path, workbook, campaign, _now()) for path, workbook in read]
    if as_json:
        documents = [document(each) for each in checked]
        _print_json(documents[0] if len(documents) == 1 else documents)
    else:
        _say(line for each in checked for line in check_lines(each, campaign))
    return Bug.exit_code if any(issue.code == "INTERNAL" for each in checked for issue in each.issues) else 0


@pipeline.command(add_help_option=False)
@campaign_options
@json_option
@help_option
def status(folders: Folders, as_json: bool) -> int:
    """The roster in the terminal."""
    with _readers_first() as reading:
        from pipeline.run import run
        from pipeline.screen import status_lines, with_progress

        results = run(folders, _now(), publish=False, progress=with_progress, reading=reading)
    if as_json:
        _print_json([asdict(row) for result in results.rounds for row in result.roster])
    else:
        _say(status_lines(results))
    return Bug.exit_code if results.internal_error else 0


@pipeline.command(add_help_option=False)
@click.argument("key", metavar=word("key"))
@click.argument("indicator", metavar=word("indicator"))
@click.option("--district", metavar="D", default="", help=word("district"))
@campaign_options
@json_option
@help_option
def trace(folders: Folders, key: str, indicator: str, district: str, as_json: bool) -> int:
    """A figure of the outputs back to file and cell."""
    from pipeline.campaign import load_campaign
    from pipeline.trace import trace as find
    from pipeline.trace import trace_document, trace_lines

    campaign = load_campaign(folders.schemas)
    traced = find(folders, campaign, key, indicator, district)
    if as_json:
        _print_json(trace_document(traced))
    else:
        _say(trace_lines(traced, campaign))
    return 0


@pipeline.command(add_help_option=False)
@click.option("--round", "rounds", multiple=True, metavar="R", help=word("template_round"))
@campaign_options
@help_option
def templates(folders: Folders, rounds: tuple[str, ...]) -> int:
    """The workbooks to hand out."""
    from pipeline.templates import hand_out, handed_out_lines

    handed = hand_out(folders, _now(), rounds)
    _print_paths(path for each in handed for path in each.paths)
    _say(handed_out_lines(handed))
    return 0


@pipeline.command(add_help_option=False)
@files_argument
@click.option("--at", metavar="T", default="", help=word("at"))
@click.option("--note", default="", metavar="…", help=word("note"))
@campaign_options
@help_option
def receive(folders: Folders, files: tuple[Path, ...], at: str, note: str) -> int:
    """Tell the register when files were received."""
    from pipeline.clock import moment
    from pipeline.receive import tell
    from pipeline.thai import thai_datetime

    refuse_misplaced(folders)
    zone = _zone(folders)
    with single_writer(folders.input, _now()):
        rows = tell(folders.input, files, moment(at, zone) if at else None, note, _now(), zone)
    _print_paths(folders.input / row.file for row in rows)
    _say(f'ลงทะเบียนแล้ว: "{row.file}" ได้รับ {thai_datetime(row.received_at, digits="arabic")}' for row in rows)
    return 0


@pipeline.command(add_help_option=False)
@click.argument("file", type=path_type, metavar=word("file"))
@click.option("--why", required=True, metavar="…", help=word("why"))
@click.option("--who", default="", metavar="…", help=word("who"))
@campaign_options
@help_option
def withdraw(folders: Folders, file: Path, why: str, who: str) -> int:
    """Take a file out of every table."""
    from pipeline.receive import withdraw as take_out

    refuse_misplaced(folders)
    with single_writer(folders.input, _now()):
        row = take_out(folders.input, file, why, who, _now(), _zone(folders))
    _print_paths([folders.input / row.file])
    _say([f'ถอนแล้ว: "{row.file}" สำเนายังอยู่ใน {folders.input}/vault'])
    return 0


@pipeline.command(add_help_option=False)
@campaign_options
@help_option
def start(folders: Folders) -> int:
    """Put the sample away."""
    from pipeline.sample import start as put_away
    from pipeline.sample import staying

    refuse_misplaced(folders)
    with single_writer(folders.input, _now()):
        archive = put_away(folders.input, _now())
    _print_paths([archive])
    _say([f"เก็บข้อมูลตัวอย่างไว้ในไฟล์ข้างบนแล้ว วางไฟล์ของอำเภอใน {folders.input} แล้วสั่ง make consolidate ได้เลย"])
    left = staying(folders.input)
    _say([f"ไฟล์ที่ไม่ใช่ของตัวอย่างยังอยู่ที่เดิม: {', '.join(left)}"] if left else [])
    return 0


pipeline.add_command(form)
pipeline.add_command(nightly)


def carry_out(arguments: list[str]) -> int:
    """Run one command and give its exit code. Raises `OperatorError`, and `KeyboardInterrupt` when stopped."""
    try:
        return int(pipeline.main(arguments, "pipeline", standalone_mode=False) or 0)
    except click.UsageError as error:
        raise ConfigurationError(usage_sentence(error)) from error
    except click.Abort:
        raise KeyboardInterrupt from None


@contextmanager
def _readers_first() -> Iterator[Callable[..., AbstractContextManager[Any]]]:
    """Get the readers ready before anything else is imported: they do so meanwhile."""
    get_ready()
    from pipeline.read import readers

    with readers(workers=os.cpu_count() or 1, read=read_and_understand) as read_all:
        yield lambda **_: nullcontext(read_all)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _zone(folders: Folders) -> ZoneInfo:
    from pipeline.campaign import load_campaign

    return ZoneInfo(load_campaign(folders.schemas).timezone)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(visible(line), err=True)


def _print_paths(paths: Iterable[Path]) -> None:
    for path in paths:
        click.echo(path)


def _print_json(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
