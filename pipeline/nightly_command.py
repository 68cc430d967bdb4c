"""`pipeline nightly`: arguments in, words and an exit code out, as in `pipeline.cli`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from pipeline.diary import FILE_NAME as DIARY
from pipeline.helping import help_option
from pipeline.model import Folders
from pipeline.options import campaign_options, path_type
from pipeline.reading import get_ready
from pipeline.words import word


@click.command(add_help_option=False)
@click.option("--log", type=path_type, default=None, metavar="DIR", help=word("log"))
@campaign_options
@help_option
def nightly(folders: Folders, log: Path | None) -> int:
    """What cron runs. It speaks only when there is something to say."""
    from pipeline.nightly import nightly as spend

    now = datetime.now(UTC).astimezone()
    night = spend(folders, now, _readers_if_needed, log=log, writers=os.cpu_count() or 1)
    for path in night.paths:
        click.echo(path)
    for line in night.told:
        click.echo(line, err=True)
    if night.internal_error:
        diary = folders.output / DIARY
        click.echo(f"โปรแกรมของเราผิดพลาดกับบางไฟล์ ผลของไฟล์อื่นครบแล้ว กรุณาส่งไฟล์ {diary} ให้ผู้ดูแลระบบ", err=True)
    return night.exit_code


@contextmanager
def _readers_if_needed(*, read: Any) -> Iterator[Any]:
    """The readers of a night in which there is something to read."""
    get_ready()
    from pipeline.read import readers

    with readers(workers=os.cpu_count() or 1, read=read) as read_all:
        yield read_all
