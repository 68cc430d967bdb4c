"""Workbooks cell by cell, where the sample's recipes cannot say a shape, and one way of sending them all.

Whatever is sent, every cell that was written must be read or set aside: `send` proves it each time.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlwt

from pipeline.model import Results
from tests.campaigns import SCHEMAS, TABLES, Sent, consolidate, issues_of, round_of
from tests.sample.layout import lay_out
from tests.sample.model import Formula, Laid, Position, Put, Sheet, Table, address
from tests.sample.writers import WRITERS

Value = str | int | float | datetime | Formula | None
Values = dict[tuple[str, str, str], tuple[float, str]]
"""(local body, item, indicator) -> the figure and its cell."""

Writer = Callable[[Sequence[Sheet]], bytes]

ON_TIME = "2021-02-04T09:00:00"
AFTER_ROUND_1 = "2021-02-06T08:30:00+07:00"
"""Only round 1 is due, so that only what the tests look at is put together."""


DISTRICT = "3431"
"""เหล่าเสือโก้ก, of four local bodies: the district of the workbooks made here."""
TITLE = "แบบรายงานการดำเนินงาน ครั้งที่ 1"
AREA = "อำเภอเหล่าเสือโก้ก จังหวัดอุบลราชธานี"
KEYS = (
    "villages_total",
    "villages_active",
    "hh_total",
    "hh_target",
    "hh_veg",
    "hh_sort",
    "hh_wetbin",
    "lev_members",
)
"""The required figures of the form, in its order."""
ROWS: Mapping[str, tuple[int, ...]] = {
    "ทต.เหล่าเสือโก้ก": (14, 12, 1900, 1500, 1200, 1100, 800, 210),
    "อบต.หนองบก": (13, 9, 1700, 1300, 900, 950, 610, 180),
    "อบต.โพนเมือง": (16, 11, 1500, 1250, 870, 820, 540, 165),
    "อบต.แพงใหญ่": (12, 8, 1100, 940, 620, 590, 380, 140),
}
CODES = {body.label: body.code for body in TABLES.bodies_of(DISTRICT)}
LEAVES: Mapping[str, str] = {
    "seq": "ที่",
    "lao_name": "อปท.",
    "moo": "หมู่ที่",
    "villages_total": "หมู่บ้านทั้งหมด",
    "villages_active": "หมู่บ้านที่ดำเนินการ",
    "hh_total": "จำนวนครัวเรือนทั้งหมด",
    "hh_target": "จำนวนครัวเรือนเป้าหมาย",
    "hh_veg": "ครัวเรือนปลูกผักสวนครัว",
    "hh_sort": "ครัวเรือนคัดแยกขยะ",
    "hh_wetbin": "ครัวเรือนที่มีถังขยะเปียก",
    "lev_members": "จำนวนสมาชิก อถล.",
}
"""Labels for a header of a single level, each clear by itself."""


# --- sheets -----------------------------------------------------------------------------------------------------


def placed(lines: Sequence[Sequence[Value]], row: int = 0, column: int = 0) -> dict[Position, Value]:
    """Lines of values with the first one at (row, column); None is a blank cell."""
    return {
        (row + down, column + across): value
        for down, line in enumerate(lines)
        for across, value in enumerate(line)
        if value is not None
    }


def sheet(
    cells: Mapping[Position, Value],
    name: str = "แบบรายงาน",
    merges: Sequence[tuple[int, int, int, int]] = (),
    *,
    hidden: bool = False,
    formats: Mapping[Position, str] | None = None,
) -> Sheet:
    """A sheet of these cells; `formats` are number formats by position."""
    looks = formats or {}
    puts = {place: Put(value, looks.get(place, "")) for place, value in cells.items()}
    return Sheet(name, puts, tuple(merges), hidden)


def body_lines(rows: Mapping[str, Sequence[Value]] = ROWS) -> list[list[Value]]:
    """A line per local body: its name, its figures."""
    return [[name, *figures] for name, figures in rows.items()]


def body_values(
    row: int, column: int = 0, rows: Mapping[str, Sequence[int]] = ROWS, keys: Sequence[str] = KEYS
) -> Values:
    """What `body_lines` placed at (row, column) are worth."""
    return {
        (CODES[name], "", key): (figure, address(row + down, column + 1 + across))
        for down, (name, figures) in enumerate(rows.items())
        for across, (key, figure) in enumerate(zip(keys, figures, strict=True))
    }


def simple(
    head: Sequence[Sequence[Value]] | None = None, below: Sequence[Sequence[Value]] = ()
) -> dict[Position, Value]:
    """Title, district, a blank line, the header (from row 4), the local bodies, whatever stands below."""
    header = head or [[LEAVES[key] for key in ("lao_name", *KEYS)]]
    return placed([[TITLE], [AREA], [], *header, *body_lines(), *below])


# --- programs that leave errors and formulas without a value ----------------------------------------------------

ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
"""Errors and their numbers in Excel 97's format."""


def xls_with_errors(sheets: Sequence[Sheet]) -> bytes:
    """Excel 97's format, in which a text that reads as an error is an error cell."""
    book = xlwt.Workbook(encoding="utf-8")
    for each in sheets:
        page = book.add_sheet(each.name)
        for (row, column), put in each.cells.items():
            if put.value in ERRORS:
                page.row(row).set_cell_error(column, ERRORS[put.value])
            else:
                page.write(row, column, put.value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods_with_errors(sheets: Sequence[Sheet]) -> bytes:
    """OpenDocument, in which such a text is what a formula came to, and a formula without a value has none."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(WRITERS["opendocument"](sheets))) as plain,
        zipfile.ZipFile(made, "w") as book,
    ):
        for entry in plain.infolist():
            part = plain.read(entry)
            book.writestr(entry, _with_formulas(part.decode()) if entry.filename == "content.xml" else part)
    return made.getvalue()


def _with_formulas(content: str) -> str:
    opening, formula = "<table:table-cell", ' table:formula="of:=1/0"'
    for error in ERRORS:
        value = f' office:value-type="string"><text:p>{error}</text:p>'
        content = content.replace(opening + value, opening + formula + value)
    nothing = ' office:value-type="float" office:value="None"><text:p>None</text:p></table:table-cell>'
    return content.replace(opening + nothing, f"{opening}{formula}/>")


SUFFIXES: Mapping[str | Writer, str] = {
    "xlwt": ".xls",
    "opendocument": ".ods",
    xls_with_errors: ".xls",
    ods_with_errors: ".ods",
}


# --- sending ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mail:
    """A workbook as it is sent: recipes or sheets, who writes it, under which path, when."""

    pages: tuple[Table | Sheet, ...]
    writer: str | Writer = "openpyxl"
    path: str = ""
    at: str = ON_TIME

    @property
    def file(self) -> str:
        return self.path or f"รายงาน{SUFFIXES.get(self.writer, '.xlsx')}"

    @property
    def data(self) -> bytes:
        write = WRITERS[self.writer] if isinstance(self.writer, str) else self.writer
        return write(sheets_of(self))


def laid(table: Table) -> Laid:
    return lay_out(table, TABLES)


def sheets_of(mail: Mail) -> list[Sheet]:
    return [laid(page).sheet if isinstance(page, Table) else page for page in mail.pages]


def filled(sheets: Iterable[Sheet]) -> int:
    """How many cells hold something: a value, an error, or a formula, calculated or not."""
    return sum(
        not (isinstance(put.value, str) and not put.value.strip())
        for page in sheets
        for put in page.cells.values()
    )


def send(folder: Path, *mails: Mail, as_of: str = AFTER_ROUND_1, schemas: Path = SCHEMAS) -> Results:
    """The results of a campaign of these workbooks; no cell of any of them may be lost (seen = read + set aside)."""
    sent = [Sent(mail.file, mail.at, mail.data) for mail in mails]
    results = consolidate(folder, *sent, as_of=as_of, schemas=schemas)
    written = {mail.file: filled(sheets_of(mail)) for mail in mails}
    for row in results.files:
        assert row.seen == row.read + row.set_aside == written[row.path], row
    return results


def post(
    folder: Path, *pages: Table | Sheet, writer: str | Writer = "openpyxl", as_of: str = AFTER_ROUND_1
) -> Results:
    """The results of a campaign of one workbook."""
    return send(folder, Mail(pages, writer), as_of=as_of)


# --- what came of it --------------------------------------------------------------------------------------------


def values(results: Results, key: str = "1", district: str = "") -> Values:
    """Every figure that counts in a round, with its cell; of one district, if it is given."""
    frame = round_of(results, key).values
    return {
        (row.local_body_code, row.item, row.indicator): (row.value, row.cell)
        for row in frame.itertuples()
        if district in ("", row.district_code)
    }


def facts(*tables: Table) -> Values:
    """What recipes are worth by themselves: every figure with its cell. Stated percentages are never kept."""
    return {
        (fact.body, fact.item, fact.key): (fact.value, fact.cell)
        for table in tables
        for fact in laid(table).facts
        if fact.value is not None and fact.key != "hh_veg_pct"
    }


def cell_of(table: Table, body: str, key: str) -> str:
    """The cell of a recipe in which a figure stands, whether or not it can be read."""
    codes = {each.label: each.code for each in TABLES.bodies}
    return next(fact.cell for fact in laid(table).facts if (fact.body, fact.key) == (codes[body], key))


def planted(table: Table, expect: str) -> list[str]:
    """The cells of a recipe in which something was planted that leads to the code `expect`."""
    return [each.cell for each in laid(table).planted if each.expect == expect]


def where(cells: Mapping[Position, Value], value: Value) -> str:
    """The address of the one cell that holds a value."""
    (place,) = [place for place, each in cells.items() if each == value and type(each) is type(value)]
    return address(*place)


def said(results: Results, code: str) -> list[tuple[str, str]]:
    """Severity and cell of every issue of a code, in order of the cells."""
    return sorted((issue.severity, issue.cell) for issue in issues_of(results, code))


def codes(results: Results) -> set[str]:
    """The codes of everything that was said."""
    issues = (issue for result in results.rounds for issue in result.issues)
    return {issue.code for issue in (*issues, *results.unplaced)}


def verdicts(results: Results) -> list[str]:
    return [row.verdict for row in results.files]
