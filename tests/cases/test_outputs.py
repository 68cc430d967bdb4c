"""What is handed on (cases 58, 60 and 61): how it prints, what a program sees that does not calculate, names of sheets.

The workbooks are those that a run publishes, opened again by libraries that had no part in writing them.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from python_calamine import load_workbook

from pipeline.model import Results, RoundResult
from pipeline.write.layout import FIRST_RECORD
from pipeline.write.summary import summary_layout
from tests.campaigns import SHIPPED, Sent, consolidate, issues_of, round_of, with_tables
from tests.cases.books import AFTER_ROUND_1, DISTRICT, ON_TIME, Mail, codes, facts, send, values
from tests.sample.model import Cell, Table
from tests.sample.plan_sheet import Plan
from tests.write.opened import formulas, opened, part, texts

OTHER = "3433"
TABLES_SENT = (
    Table(DISTRICT, "1", changes=(Cell("อบต.หนองบก", "visits", "12-15"),)),
    Table(OTHER, "1", only=("ทต.ขี้เหล็ก", "ทต.ตาเกา")),
)
NAMES = {DISTRICT: "เหล่าเสือโก้ก", OTHER: "น้ำขุ่น"}
MOST_SHEET_NAME, NEVER_IN_SHEET_NAMES = 31, set("[]:*?/\\")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, Results]:
    """A published campaign: two districts reported, one of them late, one had a plan, the others sent nothing."""
    folder = tmp_path_factory.mktemp("made")
    sent = (
        Sent("1.xlsx", ON_TIME, TABLES_SENT[0]),
        Sent("2.xlsx", "2021-02-06T08:00:00", TABLES_SENT[1]),
        Sent("แผน.xlsx", "2021-01-25T09:00:00", Plan(DISTRICT)),
    )
    results = consolidate(folder, *sent, as_of=AFTER_ROUND_1, schemas=SHIPPED, publish=True)
    return folder / "output", results


@pytest.fixture(scope="module")
def summary(made) -> Path:
    return made[0] / "1" / "summary.xlsx"


@pytest.fixture(scope="module")
def result(made) -> RoundResult:
    return round_of(made[1], "1")


# --- paper ------------------------------------------------------------------------------------------------------

WIDE = ("รายกิจกรรม", "ส่งช้า", "ต้องแก้ไข", "ที่มา", "ข้อมูล")
"""Too many columns for a page that stands."""
ON_ONE_PAGE = ("ปก", "รายอำเภอ")
HEADER_REPEATED = ("รายอำเภอ", "ราย อปท.", *WIDE)
TIDY = "ข้อมูล"
"""All columns of the form, for pivots: half as large, two pages wide, names on each."""
PUBLISHED = [(key, name) for key in ("1", "plan") for name in ("summary.xlsx", "late.xlsx", "missing.xlsx")]


@pytest.mark.parametrize("key, name", PUBLISHED, ids=["-".join(each) for each in PUBLISHED])
def test_case_58_every_sheet_prints_on_a4_one_page_wide_with_its_header_on_each_page(made, key, name):
    sheets = list(opened(made[0] / key / name))
    assert sheets
    for sheet in sheets:
        setup, fitted = sheet.page_setup, sheet.sheet_properties.pageSetUpPr.fitToPage
        assert setup.paperSize == 9, sheet.title
        assert setup.orientation == ("landscape" if sheet.title in WIDE else "portrait"), sheet.title
        assert sheet.print_title_rows == ("$5:$5" if sheet.title in HEADER_REPEATED else None), sheet.title
        if sheet.title == TIDY:
            assert (fitted, setup.scale, sheet.print_title_cols) == (None, 50, "$C:$E")
        else:
            assert (fitted, setup.fitToWidth or 1) == (True, 1), sheet.title
            pages_high = 1 if sheet.title in ON_ONE_PAGE else 0
            assert (1 if setup.fitToHeight is None else setup.fitToHeight) == pages_high, sheet.title


@pytest.mark.parametrize("key, name", PUBLISHED, ids=["-".join(each) for each in PUBLISHED])
def test_case_58_the_font_is_that_of_official_papers_with_plain_digits(made, key, name):
    """TH Sarabun New at 16 points; TH SarabunIT๙ would show plain digits as Thai ones (case 40)."""
    styles = part(made[0] / key / name, "xl/styles.xml")
    first = re.search(r"<font>.*?</font>", styles)
    assert first
    assert 'sz val="16"' in first[0]
    assert set(re.findall(r'<name val="([^"]*)"/>', styles)) == {"TH Sarabun New"}


# --- programs that do not calculate -----------------------------------------------------------------------------


def of_district(code: str, key: str) -> float:
    """The sum of a figure over one district's local bodies, from what was sent."""
    known = [fact for (_, _, each), (fact, _) in facts(*sent_by(code)).items() if each == key]
    return sum(known)


def sent_by(code: str) -> list[Table]:
    return [table for table in TABLES_SENT if table.district == code]


def districts_read(summary: Path) -> Mapping[str, list[object]]:
    """The rows of รายอำเภอ by the district's name, as a program sees them that only reads what is stored."""
    rows = load_workbook(summary).get_sheet_by_name("รายอำเภอ").to_python(skip_empty_area=False)
    return {str(row[1] or row[0]): row for row in rows[FIRST_RECORD:]}


def test_case_60_sums_are_live_and_have_their_value_for_programs_that_only_read(summary, made, result):
    plan = summary_layout(made[1], result)
    rows, column = districts_read(summary), plan.measure_column
    live = {cell for sheet, cell in formulas(summary) if sheet == "รายอำเภอ"}
    for key in ("hh_total", "hh_veg", "lev_members"):
        sums = {code: of_district(code, key) for code in NAMES}
        assert {code: rows[name][column(key)] for code, name in NAMES.items()} == sums
        (total,) = [row for name, row in rows.items() if name.startswith("รวม ")]
        assert total[column(key)] == sum(sums.values()) > 0
    assert len(live) > 25 * len(plan.measures)


def test_case_60_what_is_not_known_is_stored_as_dots_and_never_as_zero(summary, made, result):
    plan = summary_layout(made[1], result)
    measures = slice(plan.measure_column(plan.measures[0].key), plan.must_fix_column)
    silent = [row for name, row in districts_read(summary).items() if name in unheard(result)]
    assert len(silent) == 23
    assert {cell for row in silent for cell in row[measures]} == {"..."}


def unheard(result: RoundResult) -> set[str]:
    return {row.district for row in result.roster if row.status == "missing"}


@pytest.mark.parametrize("key", ["1", "plan"])
def test_case_60_no_formula_of_any_sheet_is_left_without_a_value(made, key):
    path = made[0] / key / "summary.xlsx"
    stored = opened(path, values=True)
    assert {sheet for sheet, _ in formulas(path)} >= {"ภาพรวม", "รายอำเภอ", "ราย อปท."}
    assert [place for place in formulas(path) if stored[place[0]][place[1]].value is None] == []


def test_case_60_the_key_figures_of_the_first_page_are_stored_too(summary):
    book = opened(summary, values=True)
    found = {}
    for name in ("kpi_received", "kpi_on_time", "kpi_late", "kpi_missing", "kpi_must_fix"):
        ((sheet, cell),) = book.defined_names[name].destinations
        place = cell.replace("$", "")
        assert (sheet, place) in formulas(summary)
        found[name] = book[sheet][place].value
    assert found == {
        "kpi_received": 2,
        "kpi_on_time": 1,
        "kpi_late": 1,
        "kpi_missing": 23,
        "kpi_must_fix": 1,
    }


# --- names of sheets --------------------------------------------------------------------------------------------

LONG = "สรุปผลการดำเนินงานตามแผนปฏิบัติการ ครั้งที่๑/๒๕๖๔ [ฉบับจังหวัด: ใช้ภายใน*?]"
"""A title as offices write it: longer than a sheet's name may be, with signs that it may not have."""


def test_case_61_sheet_names_of_what_is_published_hold_whatever_a_round_is_called(tmp_path):
    schemas = with_tables(tmp_path, ('title = "ครั้งที่ ๑"', f'title = "{LONG}"'))
    sent = Sent("1.xlsx", ON_TIME, TABLES_SENT[0])
    consolidate(tmp_path, sent, as_of=AFTER_ROUND_1, schemas=schemas, publish=True)
    books = sorted((tmp_path / "output" / "1").glob("*.xlsx"))
    assert [path.name for path in books] == ["late.xlsx", "missing.xlsx", "summary.xlsx", "worklist.xlsx"]
    for path in books:
        names = opened(path).sheetnames
        assert max(map(len, names)) <= MOST_SHEET_NAME, path.name
        assert [name for name in names if NEVER_IN_SHEET_NAMES & set(name)] == [], path.name
    assert f"สรุปผลการรายงาน {LONG}" in texts(books[2], "ปก")


def test_case_61_a_sheet_that_came_under_such_a_name_is_read_and_named_in_full(tmp_path):
    """OpenDocument allows what Excel does not."""
    name = "สรุปผลการดำเนินงานอำเภอเหล่าเสือโก้ก ครั้งที่๑/๒๕๖๔"
    assert len(name) > MOST_SHEET_NAME
    table = Table(DISTRICT, "1", sheet=name, changes=(Cell("อบต.หนองบก", "visits", "12-15"),))
    results = send(tmp_path, Mail((table,), "opendocument"))
    assert values(results) == facts(table)
    assert set(round_of(results, "1").values["sheet"]) == {name}
    (issue,) = issues_of(results, "BAD_VALUE")
    assert (issue.severity, issue.sheet) == ("must_fix", name)
    assert issue.message.startswith(f'แผ่น "{name}" เซลล์ {issue.cell} พบ "12-15"')
    assert codes(results) == {"BAD_VALUE", "TOTAL_ROW"}
