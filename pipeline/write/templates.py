"""The workbooks that are handed out: a folder for each form and round, a workbook for each district."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import load_workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.durable import make_durable
from pipeline.exceptions import writing
from pipeline.model import Template
from pipeline.write.book import opened
from pipeline.write.cells import Imprint, Paper
from pipeline.write.folder import recover, replace_folder
from pipeline.write.handout.aids import BEFORE, HOW, HOW_PX, before_widths, names_range, put_before, put_how
from pipeline.write.handout.form import CHECK_PX, NAME, put_form
from pipeline.write.handout.plan import plan_of
from pipeline.write.handout.story import WIDTHS, put_story


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One sheet of a workbook that is handed out."""

    paper: Paper
    sheet: Worksheet
    widths: tuple[int, ...]


def publish_templates(templates: Sequence[Template], parent: Path, name: str) -> tuple[Path, ...]:
    """Write the workbooks of a form and round into `parent`/`name`, in the old ones' place; returns their paths.

    Raises `CannotWrite`, and then the old folder stands as it was.
    """
    with writing(parent):
        parent.mkdir(parents=True, exist_ok=True)
        recover(parent, name)
    folder = replace_folder(parent, name, lambda new: _write_all(templates, new))
    return tuple(folder / _file_name(template) for template in templates)


def write_template(path: Path, template: Template) -> None:
    """Writes one workbook; the same template gives the same bytes. `OSError` if it cannot be written."""
    imprint = Imprint(template.campaign, template.round, template.as_of, template.sample)
    with opened(path, imprint, f"{template.title} อำเภอ{template.district.name}") as paper:
        if template.form.grain == "district":
            put_story(_sheet(paper, NAME, WIDTHS), template)
            return
        plan = plan_of(template)
        put_form(_sheet(paper, NAME, (*plan.widths, CHECK_PX)), plan, names_range(plan))
        if template.before:
            put_before(_sheet(paper, BEFORE, before_widths(plan, template.before)), plan, template.before)
        put_how(_sheet(paper, HOW, HOW_PX), plan)


def _sheet(paper: Paper, name: str, widths: tuple[int, ...]) -> Sheet:
    return Sheet(paper, paper.workbook.add_worksheet(name), widths)


def _write_all(templates: Iterable[Template], new: Path) -> None:
    """Every workbook, made durable and opened again."""
    for template in templates:
        write_template(new / _file_name(template), template)
    make_durable(new, list(new.iterdir()))
    for template in templates:
        _verify(new / _file_name(template), template)


def _file_name(template: Template) -> str:
    return f"{template.district.code}.xlsx"


def _verify(path: Path, template: Template) -> None:
    """Raise `AssertionError` unless the form that was written shows its code."""
    rows = load_workbook(path).get_sheet_by_index(0).to_python()
    if not any(template.code in str(cell) for row in rows for cell in row):
        raise AssertionError(f"{path.name}: no {template.code} on its first sheet")
