"""The memo: to whom, what it says, what it leaves open, its list; a document that others open."""

import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from pipeline.model import Results
from pipeline.write.reminder import write_reminder
from tests.write.factory import ZONE, issue, results

MONDAY = datetime(2021, 2, 22, 9, 0, tzinfo=ZONE)
"""Round 2 is due on Saturday, 20 February."""


def memo(folder: Path, run: Results, moment: datetime = MONDAY) -> Path:
    run = replace(run, as_of=moment)
    write_reminder(folder / "reminder.docx", run, run.rounds[0])
    return folder / "reminder.docx"


def paragraphs(path: Path) -> list[str]:
    return [each.text for each in Document(str(path)).paragraphs]


def cells(path: Path) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in each.rows] for each in Document(str(path)).tables]


def test_it_has_the_form_of_a_memo_and_leaves_open_what_is_the_offices(tmp_path):
    told = paragraphs(memo(tmp_path, results()))
    dots = "." * 30
    assert told[:5] == [
        "บันทึกข้อความ",
        f"ส่วนราชการ  สำนักงานพัฒนาชุมชนจังหวัดอุบลราชธานี กลุ่มงานส่งเสริมการพัฒนาชุมชน โทร. {dots}",
        f"ที่  {dots}\tวันที่  {dots}",
        "เรื่อง  ขอให้ส่งแบบรายงานการดำเนินงาน ครั้งที่ ๒",
        "เรียน  นายอำเภอนาจะหลวย นายอำเภอโพธิ์ไทร นายอำเภอนาตาล และนายอำเภอม่วงสามสิบ",
    ]
    assert f"ภายในวันที่ {dots}" in "".join(told)
    assert f"({dots}{dots})" in told
    assert not any("media" in name for name in zipfile.ZipFile(tmp_path / "reminder.docx").namelist())


def test_the_list_has_the_missing_and_apart_whose_report_cannot_be_used_and_why(tmp_path):
    path = memo(tmp_path, results())
    missing, unusable = cells(path)
    assert [row[1] for row in missing[1:]] == ["นาจะหลวย", "โพธิ์ไทร", "นาตาล"]
    assert [row[0] for row in missing[1:]] == ["๑", "๒", "๓"]
    assert unusable[1][1:] == [
        "ม่วงสามสิบ", unusable[1][2], "ไฟล์มีรหัสผ่าน จึงเปิดอ่านไม่ได้", "บันทึกใหม่โดยไม่ตั้งรหัสผ่าน แล้วส่งอีกครั้ง"
    ]  # fmt: skip
    assert "ยังไม่ส่ง ๓ อำเภอ" in paragraphs(path)
    assert "ส่งแล้วแต่ยังใช้ไม่ได้ ๑ อำเภอ" in paragraphs(path)


def test_nobody_is_reminded_too_early_or_of_what_waits_for_the_province_or_came_late(tmp_path):
    assert not memo(tmp_path, results(), MONDAY.replace(hour=8, minute=59)).exists()
    assert not memo(tmp_path, results(statuses={3: "undecided", 4: "late", 5: "waived"}, issues=())).exists()


def test_a_district_with_more_time_is_left_out_until_that_has_run_out(tmp_path):
    run = results(statuses={6: "missing", 15: "missing"}, issues=())
    (result,) = run.rounds
    later = datetime(2021, 2, 26, 23, 59, 59, tzinfo=ZONE)
    roster = tuple(
        replace(row, due_at=later) if row.district_code == "3408" else row for row in result.roster
    )
    run = replace(run, rounds=(replace(result, roster=roster),))
    (table,) = cells(memo(tmp_path, run))
    assert [row[1] for row in table[1:]] == ["โพธิ์ไทร"]


@pytest.mark.parametrize(
    "text",
    ["</w:t><w:instrText>DDE</w:instrText>", "{ DDEAUTO cmd }", "=HYPERLINK(1)", "a\x00\x1bb\ud800", "&amp;"],
)
def test_text_of_a_district_stays_text(tmp_path, text):
    found = [issue(district_code="3414", file=f"{text}.xlsx", reason=f"{text} ใช้ไม่ได้", remedy=text, value="")]
    path = memo(tmp_path, results(statuses={11: "unusable"}, issues=found))
    names = {element.tag.rpartition("}")[2] for element in etree.fromstring(part(path)).iter()}
    assert names & {"instrText", "fldSimple", "fldChar", "hyperlink", "object", "drawing"} == set()
    shown = cells(path)[0][1]
    assert any(
        text.replace("\x00", "�").replace("\x1b", "�").replace("\ud800", "�") in cell for cell in shown
    )


def part(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml")


def test_the_sample_says_so_on_every_page_and_the_same_moment_gives_the_same_bytes(tmp_path):
    (tmp_path / "again").mkdir()
    run = results(sample=True)
    path = memo(tmp_path, run)
    (section,) = Document(str(path)).sections
    assert "ไม่ใช่ข้อมูลจริง" in section.header.paragraphs[0].text
    assert memo(tmp_path / "again", run).read_bytes() == path.read_bytes()
