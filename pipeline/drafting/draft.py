"""The steps of a draft, in order: the tables of the blank, the first that can be expressed, its columns and fields."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.drafting.answer_doubts import answer_doubts
from pipeline.drafting.answers import Questions, questions_of
from pipeline.drafting.blank import BlankTable, blank_tables
from pipeline.drafting.columns import Drafted, LeftOut, draft_columns, path_of
from pipeline.drafting.compose import compose, compose_answers
from pipeline.drafting.doubts import doubts
from pipeline.drafting.fields import Surroundings, surroundings
from pipeline.drafting.known import nearest_first
from pipeline.drafting.limits import cannot_be_drafted, no_table
from pipeline.drafting.losses import losses, unread_fields
from pipeline.drafting.proof import misread, taken_for
from pipeline.exceptions import ConfigurationError
from pipeline.extract import is_example
from pipeline.model import Workbook
from pipeline.names import Names
from schemas.form import Form


@dataclass(frozen=True, slots=True)
class Draft:
    """A form made from a blank one. `sources` says of each key whence it comes: a form that is there, or a cell.
    `unsure` and `left_out` are sentences: what to check, and what no table of ours can express."""

    form: Form
    sheet: str
    sources: Mapping[str, str]
    unsure: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A table of the blank and what became of it; `refused` says why nothing did."""

    table: BlankTable
    around: Surroundings
    columns: tuple[Drafted, ...]
    left: tuple[LeftOut, ...]
    refused: str


def draft_form(workbook: Workbook, name: str, forms: Mapping[str, Form], names: Names) -> Draft:
    """The form `name` of a readable blank workbook: its first table that can be expressed, in the order of sheets,
    or without any table its items.

    Raises `ConfigurationError` with the place and the way out when there is none.
    """
    grids = [grid for grid in workbook.grids if not grid.hidden and not is_example(grid)]
    tables = [table for grid in grids for table in blank_tables(grid)]
    tried = [_attempt(table, forms, names) for table in tables]
    chosen = next((attempt for attempt in tried if not attempt.refused), None)
    if chosen is None:
        asked = next((each for grid in grids if (each := questions_of(grid, forms))), None)
        if asked and not tables:
            return _of_answers(asked, name, forms, names)
        raise ConfigurationError(f"{tried[0].refused if tried else no_table(grids)} แล้วสั่งใหม่อีกครั้ง")
    table, around, columns = chosen.table, chosen.around, chosen.columns
    form, sources = compose(name, table, around, columns)
    return Draft(
        form=form,
        sheet=table.name,
        sources=sources,
        unsure=(
            *doubts(table, around, columns, form, tables, names),
            *misread(table, form, columns),
            *taken_for(table, form, forms),
        ),
        left_out=tuple(losses(table, around, chosen.left, tables)),
    )


def _of_answers(asked: Questions, name: str, forms: Mapping[str, Form], names: Names) -> Draft:
    """A form that each district answers once, where there is no table at all."""
    form, sources = compose_answers(name, asked)
    left = tuple(unread_fields(asked.grid.sheet, asked.around))
    return Draft(form, asked.grid.sheet, sources, tuple(answer_doubts(asked, form, forms, names)), left)


def _attempt(table: BlankTable, forms: Mapping[str, Form], names: Names) -> Attempt:
    of_tables = {key: form for key, form in forms.items() if form.grain != "district"}
    nearest = nearest_first(of_tables, [path_of(column) for column in table.columns])
    around = surroundings(table.heading, table.below, nearest)
    columns, left = draft_columns(table, nearest, around.unit)
    return Attempt(table, around, columns, left, cannot_be_drafted(table, columns, names))
