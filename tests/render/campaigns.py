"""The campaigns that are drawn: the sample, districts' best practice, forms to hand out, and hostile texts.

Each is put under a folder of its own, its outputs as people get them.
"""

import io
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Final

import xlsxwriter

from pipeline.model import Folders
from pipeline.run import run
from pipeline.write.templates import write_template
from tests.campaigns import NOW, ROOT, SHIPPED, TABLES, Sent, consolidate, in_process
from tests.filled import CAMPAIGN, before, template
from tests.sample.layout import lay_out, standard_columns
from tests.sample.model import Cell, Named, Put, Sheet, Table
from tests.sample.photo import photo
from tests.sample.plan_sheet import Plan, Written
from tests.sample.story_sheet import CLEAN, Story, sheet_of
from tests.sample.writers import with_xlsxwriter

AFTER_ALL: Final = "2021-04-25T08:00:00+07:00"
SMALLEST, LARGEST = "3424", "3411"
"""Districts with the fewest and the most local bodies."""
HOSTILE: Final = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid/a","กด")',
    "http://example.invalid/a",
    "file:///etc/passwd",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "{=1}",
    "=1+1",
    '=WEBSERVICE("http://example.invalid/")',
    "<b>เข้ม</b>&amp;<w:instrText>DDEAUTO c:\\\\windows calc</w:instrText>",
    "{ DDEAUTO cmd calc }",
    "javascript:alert(1)",
    "\\\\example.invalid\\share\\a.xlsx",
    "&P &N &F #REF! [1]Sheet1!A1",
    "_x003D_1+1 _x000D_",
    '"><script>alert(1)</script>',
    "'=1+1",
)


def sample(folder: Path) -> Path:
    """The outputs of the sample campaign, and the forms of each kind for its smallest and its largest district."""
    shutil.copytree(ROOT / "input", folder / "input")
    run(Folders(SHIPPED, folder / "input", folder / "output"), NOW, reading=in_process)
    for round_ in CAMPAIGN.rounds:
        if round_.key in ("plan", "2", "best_practice"):
            for district in (SMALLEST, LARGEST):
                known = before("1") if round_.key == "2" else None
                path = folder / "output" / "templates" / f"{round_.form}-{round_.key}" / f"{district}.xlsx"
                path.parent.mkdir(parents=True, exist_ok=True)
                write_template(path, template(round_.key, district, known, sample=True))
    return folder / "output"


def stories(folder: Path, texts: Sequence[str] = (), *, long: bool = True) -> Path:
    """The outputs of a best practice round of three districts, with pictures; `texts` stand in their answers, or one
    that is `long`."""
    said = cycle(texts)
    answers = ("activity", "process", "problems", "indicators", "factors")
    sent = []
    for code, count in (("3429", 3), ("3401", 5), (LARGEST, 4)):
        body = TABLES.bodies_of(code)[0]
        own = {"lao_name": body.label, "tambon": body.tambon, "photos": f"{count} ภาพ"}
        told = (
            {key: next(said) for key in answers}
            if texts
            else {"process": "\n".join([str(CLEAN["process"])] * (6 if long else 1))}
        )
        story = Story(TABLES.districts[code], answers={**own, **told})
        sent.append(Sent(f"{code} Best practice.xlsx", "2021-04-10T10:00:00", _pictured(story, count)))
    consolidate(folder, *sent, as_of=AFTER_ALL, schemas=SHIPPED, publish=True)
    return folder / "output"


def told(folder: Path, texts: Sequence[str]) -> Path:
    """The outputs of a plan and a round whose workbooks hold these texts wherever a district may write one, the
    sheets' and files' names and the headings included; the files' names are always those of `HOSTILE`."""
    said, names = cycle(texts), cycle(HOSTILE)
    sent = []
    for code in ("3401", SMALLEST, "3429"):
        sheets = _report(code, said), _plan(code, said)
        for round_, sheet in zip(("1", "plan"), sheets, strict=True):
            path = f"{code}/{round_} {next(names)}.xlsx".replace("//", "/ /").replace("\\", "-")
            sent.append(Sent(path, "2021-01-25T10:00:00", with_xlsxwriter([sheet])))
    consolidate(folder, *sent, schemas=SHIPPED, publish=True)
    return folder / "output"


def documents(*outputs: Path) -> list[Path]:
    """Every workbook and document under these folders."""
    return sorted(
        path
        for output in outputs
        for suffix in ("xlsx", "xlsm", "docx")
        for path in output.rglob(f"*.{suffix}")
    )


def _pictured(story: Story, count: int) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        workbook.set_properties({"created": datetime(2021, 4, 1)})
        page = workbook.add_worksheet(story.sheet)
        for (row, column), put in sheet_of(story).cells.items():
            page.write_string(row, column, str(put.value))
        for number in range(count):
            picture = {
                "image_data": io.BytesIO(photo("page" if number % 2 else "scan")),
                "x_scale": 0.2,
                "y_scale": 0.2,
            }
            page.insert_image(20 + 8 * number, 1, f"{number}.jpeg", picture)
    return content.getvalue()


def _report(code: str, said: Iterator[str]) -> Sheet:
    """A report in which texts stand as figures, a name, problems and remarks, and in a column of the district's own."""
    first, second, *_ = (body.label for body in TABLES.bodies_of(code))
    changes = (
        *(Cell(body, key, next(said)) for body in (first, second) for key in ("hh_veg", "hh_sort")),
        Named(second, next(said), ""),
    )
    sheet = lay_out(Table(code, "1", changes=changes), TABLES).sheet
    columns = standard_columns(TABLES)
    rows = sorted({row for (row, _), put in sheet.cells.items() if put.look == "body"})
    places = [(row, columns.index(key)) for row in rows[:9] for key in ("problem", "remark")]
    return _with_column(
        replace(sheet, cells={**sheet.cells, **{place: Put(next(said)) for place in places}}), said
    )


def _plan(code: str, said: Iterator[str]) -> Sheet:
    """A plan in which texts stand as activities, places, owners, partners, remarks, a budget and a day."""
    body = TABLES.bodies_of(code)[0].label
    keys = ("activity", "place", "owner", "partners", "remark", "budget", "end_date")
    written = tuple(Written(body, nth, key, next(said)) for nth in (0, 1) for key in keys)
    return _with_column(lay_out(Plan(code, written=written), TABLES).sheet, said)


def _with_column(sheet: Sheet, said: Iterator[str]) -> Sheet:
    """The sheet under a name of these, with one more column."""
    column = 1 + max(column for _, column in sheet.cells)
    heads = [row for (row, _), put in sheet.cells.items() if put.look == "head"]
    rows = sorted({row for (row, _), put in sheet.cells.items() if put.look == "body"})
    cells = {(min(heads), column): Put(next(said), look="head")} | {
        (row, column): Put(next(said)) for row in rows[:4]
    }
    return replace(sheet, name=_sheet_name(next(said)), cells={**sheet.cells, **cells})


def _sheet_name(text: str) -> str:
    return "".join(letter for letter in text if letter not in "[]:*?/\\'")[:31]
