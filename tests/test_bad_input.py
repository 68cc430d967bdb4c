"""What districts send that is no report: named for what it is, never an exception, and nobody else's concern."""

import re
from dataclasses import dataclass

import pytest

from pipeline.model import Results
from tests.campaigns import (
    TABLES,
    Sent,
    consolidate,
    issues_about,
    roster_row,
    round_of,
    verdicts,
    workbook,
)
from tests.sample.layout import lay_out, listed
from tests.sample.model import Sheet, Table
from tests.sample.oddities import MADE
from tests.sample.writers import WRITERS

AT, LATE = "2021-02-04T10:00:00", "2021-02-08T10:00:00"
GOOD = Table("3429", "1")
GOOD_AT = "3429 นาเยีย/รายงาน.xlsx"
SEND_AGAIN = "ส่งมาใหม่"


@dataclass(frozen=True)
class Bad:
    """One kind: whose folder it lies in, under which name, what it holds, and what is said of it."""

    kind: str
    district: str
    name: str
    data: bytes
    code: str
    said: str
    remedy: str = SEND_AGAIN

    @property
    def path(self) -> str:
        return f"{self.district} {TABLES.districts[self.district]}/{self.name}"


def form_of(district: str) -> list[Sheet]:
    return [lay_out(Table(district, "1"), TABLES).sheet]


def made(how: str, district: str) -> bytes:
    return MADE[how](form_of(district))


PRICES = listed("ราคา", [["ลำดับ", "ชนิดผัก", "ราคา (บาท)"], [1, "คะน้า", 25], [2, "กวางตุ้ง", 20]])
HIDDEN = workbook(Table("3415", "1", sheet="ตัวอย่าง"), Table("3415", "1", hidden=True))
KINDS = (
    Bad("corrupt", "3401", "รายงาน.xlsx", made("truncated", "3401"), "CORRUPT", "เสียหาย", "ส่งมาอีกครั้ง"),
    Bad("encrypted", "3402", "รายงาน.xlsx", made("encrypted", "3402"), "PASSWORD", "ตั้งรหัสผ่าน"),
    Bad("web page as .xls", "3403", "รายงาน.xls", made("html", "3403"), "WRONG_TYPE", "หน้าเว็บ"),
    Bad("comma-separated as .xls", "3404", "รายงาน.xls", made("csv_cp874", "3404"), "WRONG_TYPE", "ข้อความ"),
    Bad("PDF", "3405", "สแกน.pdf", made("pdf", "3405"), "WRONG_TYPE", "PDF"),
    Bad("photograph", "3407", "ภาพถ่าย.jpg", made("jpeg", "3407"), "WRONG_TYPE", "รูปภาพ"),
    Bad("empty", "3408", "รายงาน.xlsx", made("empty", "3408"), "EMPTY_FILE", "ไฟล์ว่าง"),
    Bad("Word document", "3409", "รายงาน.docx", made("docx", "3409"), "WRONG_TYPE", "Word"),
    Bad("Word document as .xlsx", "3410", "รายงาน.xlsx", made("docx", "3410"), "WRONG_TYPE", "Word"),
    Bad("foreign workbook", "3411", "ราคา.xlsx", WRITERS["xlsxwriter"]([PRICES]), "HEADER", "ไม่พบหัวตาราง"),
    Bad("only zeros", "3412", "รายงาน.xlsx", b"\0" * 5000, "CORRUPT", "เสียหาย", "ส่งมาอีกครั้ง"),
    Bad("blank form", "3414", "แบบ.xlsx", workbook(Table("3414", "1", blank=True)), "NO_DATA", "ยังไม่มีข้อมูล"),
    Bad("nothing but hidden and example sheets", "3415", "ซ่อน.xlsx", HIDDEN, "HEADER", "ไม่พบหัวตาราง"),
)  # fmt: skip
IDS = [bad.kind for bad in KINDS]
NEIGHBOUR = "3433"
"""น้ำขุ่น sends its report after the bad files."""


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Results:
    """A campaign with one district's report first, every kind of bad file, and another report last."""
    return consolidate(
        tmp_path_factory.mktemp("bad"),
        Sent(GOOD_AT, AT, GOOD),
        *(Sent(bad.path, AT, bad.data) for bad in KINDS),
        Sent("น้ำขุ่น.xlsx", LATE, Table(NEIGHBOUR, "1")),
    )


@pytest.mark.parametrize("bad", KINDS, ids=IDS)
def test_a_bad_file_is_named_with_its_code_and_what_it_is(results, bad):
    issues = [issue for issue in round_of(results, "1").issues if issue.file == bad.path]
    (issue,) = [issue for issue in issues if issue.severity == "must_fix"]
    assert issue.code == bad.code
    assert bad.said in issue.message
    assert f'"{bad.path}"' in issue.message or f'แผ่น "{issue.sheet}"' in issue.message


@pytest.mark.parametrize("bad", KINDS, ids=IDS)
def test_its_sentence_says_what_to_do(results, bad):
    (issue,) = issues_about(results, bad.code, bad.path)
    assert bad.remedy in issue.remedy
    assert issue.remedy.startswith("ขอให้")
    assert re.search(r"Traceback|Error|Exception|None|\{", issue.message + issue.remedy) is None


@pytest.mark.parametrize("bad", KINDS, ids=IDS)
def test_the_district_that_its_path_names_is_unusable(results, bad):
    row = roster_row(results, bad.district, "1")
    assert verdicts(results, bad.path) == ["unusable"]
    assert row.status == "unusable"
    assert row.first_received_at.isoformat() == "2021-02-04T10:00:00+07:00"
    assert (row.first_acceptable_at, row.local_bodies_reported, row.must_fix) == (None, 0, 1)
    assert row.note == f"ยังใช้ไม่ได้: {bad.path}"


def test_everybody_else_comes_out_right(results):
    statuses = {row.district_code: row.status for row in round_of(results, "1").roster}
    others = {
        code: status for code, status in statuses.items() if code not in {bad.district for bad in KINDS}
    }
    assert (others.pop("3429"), others.pop(NEIGHBOUR)) == ("on_time", "late")
    assert set(others.values()) == {"missing"}
    assert not results.internal_error


@pytest.mark.parametrize("table, path", [(GOOD, GOOD_AT), (Table(NEIGHBOUR, "1"), "น้ำขุ่น.xlsx")])
def test_the_figures_of_those_who_sent_a_report_are_all_there(results, table, path):
    values = round_of(results, "1").values
    rows = values[values["file"] == path]
    found = sorted(zip(rows["local_body_code"], rows["indicator"], rows["cell"], rows["value"], strict=True))
    expected = sorted(
        (fact.body, fact.key, fact.cell, float(fact.value))
        for fact in lay_out(table, TABLES).facts
        if fact.key != "hh_veg_pct"
    )
    assert found == expected
    assert set(values["file"]) == {GOOD_AT, "น้ำขุ่น.xlsx"}


NAMELESS = [bad for bad in KINDS if bad.name not in ("แบบ.xlsx", "ซ่อน.xlsx")]
"""A form that is blank or hidden says itself whose it is; the others do not."""


@pytest.fixture(scope="module")
def strays(tmp_path_factory) -> Results:
    """The same files where no folder or name says whose they are, and one report."""
    sent = [Sent(stray(bad), AT, bad.data) for bad in NAMELESS]
    return consolidate(tmp_path_factory.mktemp("strays"), *sent, Sent(GOOD_AT, AT, GOOD))


def stray(bad: Bad) -> str:
    return f"รับจากไลน์/{KINDS.index(bad)}/{bad.name}"


@pytest.mark.parametrize("bad", NAMELESS, ids=lambda bad: bad.kind)
def test_where_no_path_says_whose_it_is_a_bad_file_is_named_without_a_district(strays, bad):
    assert verdicts(strays, stray(bad)) == ["unusable"]
    assert {issue.district_code for issue in issues_about(strays, bad.code, stray(bad))} == {""}
    assert strays.unsettled


def test_bad_files_of_nobody_change_nobodys_status(strays):
    statuses = {row.district_code: row.status for row in round_of(strays, "1").roster}
    assert statuses.pop("3429") == "on_time"
    assert set(statuses.values()) == {"missing"}


@pytest.mark.parametrize("bad", [KINDS[0], KINDS[1], KINDS[6], KINDS[9]], ids=lambda bad: bad.kind)
def test_a_bad_file_takes_nothing_from_a_report_that_counts(tmp_path, bad):
    """It came later, under the same path."""
    results = consolidate(tmp_path, Sent(GOOD_AT, AT, GOOD), Sent(GOOD_AT, "2021-02-05T10:00:00", bad.data))
    row = roster_row(results, "3429", "1")
    assert (row.status, row.local_bodies_reported, row.note) == ("on_time", 4, "")
    assert verdicts(results, GOOD_AT) == ["counted", "unusable"]
    assert len(issues_about(results, bad.code, GOOD_AT)) == 1


@pytest.mark.parametrize("bad", [KINDS[0], KINDS[1], KINDS[6], KINDS[9]], ids=lambda bad: bad.kind)
def test_a_bad_file_that_was_sent_again_in_order_asks_for_nothing_more(tmp_path, bad):
    results = consolidate(tmp_path, Sent(GOOD_AT, AT, bad.data), Sent(GOOD_AT, "2021-02-05T10:00:00", GOOD))
    row = roster_row(results, "3429", "1")
    assert (row.status, row.must_fix, row.note) == ("on_time", 0, "")
    assert [issue.severity for issue in issues_about(results, bad.code, GOOD_AT)] == ["note"]
    assert not results.unsettled


@pytest.mark.parametrize(
    "writer, name, note",
    [
        ("xlsxwriter", "รายงาน.xls", "EXT_MISMATCH"),
        ("xlwt", "รายงาน.xlsx", "EXT_MISMATCH"),
        ("opendocument", "รายงาน.xlsx", "EXT_MISMATCH"),
        ("xlsxwriter", "รายงาน", "EXT_MISMATCH"),
        ("macro", "รายงาน.xlsm", ""),
        ("xlwt", "รายงาน.xls", ""),
        ("opendocument", "รายงาน.ods", ""),
    ],
)
def test_a_workbook_under_another_ending_is_read_as_what_it_is(tmp_path, writer, name, note):
    results = consolidate(tmp_path, Sent(f"3429 นาเยีย/{name}", AT, workbook(GOOD, writer=writer)))
    assert roster_row(results, "3429", "1").status == "on_time"
    found = [issue for issue in round_of(results, "1").issues if issue.code == "EXT_MISMATCH"]
    assert [issue.code for issue in found] == ([note] if note else [])
    assert {issue.severity for issue in found} <= {"note"}
