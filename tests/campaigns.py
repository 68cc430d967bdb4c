"""Runs a small campaign from recipes: what the tests of the stages share.

A workbook is a `tests.sample.model.Table` (the clean form, of which a test overrides what matters), several of them,
or bytes. Everything is read in this process. Unless a folder is given, the campaign's tables are `SCHEMAS`: those that
are shipped, with the operations form and its four rounds alone, so that a test of one form is of that form.
"""

import atexit
import csv
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.context import context_at
from pipeline.model import Folders, Issue, Results, RosterRow, RoundResult
from pipeline.read import Job, Read, ReadAll
from pipeline.run import run
from schemas.form import NUMERIC_KINDS
from tests.sample.layout import lay_out
from tests.sample.model import Cell, Table, address
from tests.sample.plan_sheet import Plan
from tests.sample.tables import load
from tests.sample.writers import WRITERS

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "schemas"


def _operations_alone() -> Path:
    """A copy of the shipped tables without the other forms and their rounds; gone when the tests are done."""
    copy = Path(tempfile.mkdtemp(prefix="operations-")) / "schemas"
    atexit.register(shutil.rmtree, copy.parent, ignore_errors=True)
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for form in (copy / "forms").iterdir():
        if form.name != "operations":
            shutil.rmtree(form)
    text = (copy / "campaign.toml").read_text(encoding="utf-8")
    other = re.compile(
        r'\[\[round\]\]\nkey = "\w+"\nform = "(?!operations").*\n(?:.+\n)*|\[\[target\]\]\n(?:.+\n)*'
    )
    (copy / "campaign.toml").write_text(other.sub("", text), encoding="utf-8")
    return copy


SCHEMAS = _operations_alone()
TABLES = load(SCHEMAS)
AS_OF = "2021-02-24T08:30:00+07:00"
NOW = datetime.fromisoformat("2021-03-01T12:00:00+07:00")
Content = bytes | Table | Plan | Sequence[Table | Plan]


@dataclass(frozen=True, slots=True)
class Sent:
    """One arrival: the path under input/, when it was received, and what it holds."""

    path: str
    at: str
    content: Content
    source: str = "register"
    event: str = "arrived"
    note: str = ""


def workbook(*tables: Table | Plan, writer: str = "xlsxwriter") -> bytes:
    """The bytes of a workbook with a sheet per table."""
    return WRITERS[writer]([lay_out(table, TABLES).sheet for table in tables])


def content_of(content: Content) -> bytes:
    """Bytes as they are, recipes as a workbook."""
    if isinstance(content, bytes):
        return content
    return workbook(content) if isinstance(content, Table | Plan) else workbook(*content)


@contextmanager
def in_process(*, read: Read) -> Iterator[ReadAll]:
    """Reads here instead of in a child process."""

    def read_all(jobs: Sequence[Job]) -> Iterator[object]:
        return (read(*job) for job in jobs)

    context_at.cache_clear()
    yield read_all


def put(input_dir: Path, *sent: Sent) -> None:
    """Lay the files down and write their rows in the register, after those that are there.

    A path given twice holds its last content; earlier ones are in the vault alone.
    """
    register = input_dir / "receipts.csv"
    new = not register.exists()
    (input_dir / "vault").mkdir(parents=True, exist_ok=True)
    with register.open("a", encoding="utf-8-sig" if new else "utf-8", newline="") as file:
        writer = csv.writer(file)
        if new:
            writer.writerow(["recorded_at", "file", "sha256", "received_at", "source", "event", "note"])
        for one in sent:
            data = content_of(one.content)
            sha256 = hashlib.sha256(data).hexdigest()
            path = input_dir / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            (input_dir / "vault" / sha256).write_bytes(data)
            at = f"{one.at}+07:00"
            writer.writerow((at, one.path, sha256, at, one.source, one.event, one.note))


def answer(input_dir: Path, *rows: tuple[str, ...]) -> None:
    """Write answers.csv: rows of file, sha256, sheet, cell, code, answer, who, why."""
    with (input_dir / "answers.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "sha256", "sheet", "cell", "code", "answer", "who", "why"])
        writer.writerows(rows)


def consolidate(
    folder: Path, *sent: Sent, as_of: str = AS_OF, schemas: Path = SCHEMAS, publish: bool = False
) -> Results:
    """The results of a campaign of these arrivals in `folder`/input; outputs in `folder`/output with `publish`."""
    put(folder / "input", *sent)
    return rerun(folder, as_of=as_of, schemas=schemas, publish=publish)


def rerun(folder: Path, as_of: str = AS_OF, schemas: Path = SCHEMAS, *, publish: bool = False) -> Results:
    """The results of what lies in `folder`/input now."""
    folders = Folders(schemas, folder / "input", folder / "output", as_of)
    return run(folders, NOW, publish=publish, reading=in_process)


def round_of(results: Results, key: str) -> RoundResult:
    """One round of the results."""
    return next(result for result in results.rounds if result.round.key == key)


def roster_row(results: Results, district_code: str, key: str) -> RosterRow:
    """Where one district stands with one round."""
    return next(row for row in round_of(results, key).roster if row.district_code == district_code)


def issues_of(results: Results, code: str) -> list[Issue]:
    """Every issue of one code, whichever round it is of, those of no round too; each once."""
    found = [issue for result in results.rounds for issue in result.issues]
    return [issue for issue in dict.fromkeys((*found, *results.unplaced)) if issue.code == code]


def figure(results: Results, key: str, body: str, indicator: str) -> float | None:
    """A local body's figure of a round, added up; `None` while it is unknown."""
    values = round_of(results, key).values
    rows = values[(values["local_body_code"] == body) & (values["indicator"] == indicator)]
    return float(rows["value"].sum()) if len(rows) else None


def verdicts(results: Results, path: str) -> list[str]:
    """What became of each content that arrived at a path, in order of receipt."""
    return [row.verdict for row in results.files if row.path == path]


def issues_about(results: Results, code: str, path: str) -> list[Issue]:
    """The issues of one code about one file."""
    return [issue for issue in issues_of(results, code) if issue.file == path]


def cell_of(table: Table, body: str, key: str) -> str:
    """The address of a local body's figure in a table; `body` is its label."""
    code = next(each.code for each in TABLES.bodies_of(table.district) if each.label == body)
    return next(fact.cell for fact in lay_out(table, TABLES).facts if (fact.body, fact.key) == (code, key))


def name_cell(table: Table, written: str) -> str:
    """The address at which a name is written in the column of local bodies."""
    sheet = lay_out(table, TABLES).sheet
    column = table.columns.index("lao_name") if table.columns else 1
    places = sorted(place for place, put in sheet.cells.items() if put.value == written)
    return next(address(*place) for place in places if place[1] == column)


def only_figures(body: str, **figures: float) -> tuple[Cell, ...]:
    """Changes that leave nothing in a local body's row but these figures."""
    keys = [field.key for field in TABLES.fields if field.level == "row" and field.kind in NUMERIC_KINDS]
    return tuple(Cell(body, key, figures.get(key, ""), figures.get(key)) for key in keys)


def with_tables(folder: Path, *edits: tuple[str, str]) -> Path:
    """A copy of the tables whose campaign.toml has the first text of each pair replaced by the second."""
    copy = folder / "schemas"
    shutil.copytree(SCHEMAS, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (copy / "campaign.toml").read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (copy / "campaign.toml").write_text(text, encoding="utf-8")
    return copy
