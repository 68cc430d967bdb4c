"""`pipeline form …`: arguments in, words and an exit code out, as in `pipeline.cli`."""

from pathlib import Path

import click

from pipeline.helping import help_option, help_text
from pipeline.model import Folders
from pipeline.options import campaign_options, existing, path_type
from pipeline.reading import get_ready
from pipeline.words import word


@click.group(invoke_without_command=True, add_help_option=False)
@help_option
@click.pass_context
def form(context: click.Context) -> None:
    """The forms' tables; without a command of its own it shows its help."""
    if context.invoked_subcommand is None:
        click.echo(help_text(context))


@form.command(add_help_option=False)
@campaign_options
@help_option
def check(folders: Folders) -> int:
    """Prove every form's tables."""
    from pipeline.form_check import form_lines

    for line in form_lines(folders.schemas):
        click.echo(line, err=True)
    return 0


@form.command(add_help_option=False)
@click.argument("blank", type=path_type, metavar=word("blank"))
@click.option("--name", required=True, metavar="X", help=word("name"))
@campaign_options
@help_option
def draft(folders: Folders, blank: Path, name: str) -> int:
    """An empty form into tables."""
    get_ready()
    from pipeline.form_draft import draft_into, new_form
    from pipeline.read import readers

    folder = new_form(folders.schemas, name)
    with readers() as read_all:
        (workbook,) = read_all([(existing(blank), blank.name)])
    paths, lines = draft_into(folder, blank.name, workbook, folders.schemas)
    for path in paths:
        click.echo(path)
    for line in lines:
        click.echo(line, err=True)
    return 0
