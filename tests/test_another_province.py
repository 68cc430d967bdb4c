"""Another province, other forms, other rounds: tables alone, not a line of the program.

Three districts and two forms, one of waste in tonnes and one of volunteers, made up for this test.
"""

import csv
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from pipeline.model import Folders, Results
from pipeline.run import run
from pipeline.templates import hand_out
from tests.campaigns import NOW, Sent, consolidate, in_process, issues_of, put, roster_row, round_of
from tests.filled import open_cells

CAMPAIGN = """
title = "โครงการจังหวัดสะอาด"
letter = "หนังสือจังหวัดที่ ๑"
province = "ทดสอบ"
office = "สำนักงานจังหวัดทดสอบ"
contact = "กลุ่มงานทดสอบ"
timezone = "Asia/Bangkok"
weekend = "next_workday"
holidays = ["2569-05-04"]

[[round]]
key = "may"
form = "waste"
title = "เดือนพฤษภาคม"
due = "2569-05-02"

[[round]]
key = "volunteers"
form = "volunteers"
title = "ประจำปี"
due = "2569-05-20"
close = "2569-05-31"
"""
TABLES = {
    "registry/districts.csv": [
        "district_code,district,district_en,local_bodies,villages,registered_houses",
        "9901,เมืองทดสอบ,Mueang,2,20,9000",
        "9902,ดอนสมมุติ,Don,1,10,2000",
        "9903,หนองตัวอย่าง,Nong,1,8,1500",
    ],
    "registry/local_bodies.csv": [
        "local_body_code,district_code,type,name,tambon_codes,registered_houses",
        "990101,9901,ทม.,ทดสอบ,990101,6000",
        "990102,9901,อบต.,ทุ่งสมมุติ,990102,3000",
        "990201,9902,อบต.,ดอนสมมุติ,990201,2000",
        "990301,9903,อบต.,หนองตัวอย่าง,990301,1500",
    ],
    "registry/aliases.csv": ["kind,code,alias,evidence", "district,9901,เมือง,seen"],
    "registry/prefixes.csv": [
        "prefix,types,kind",
        "เทศบาลเมือง,ทม.,official",
        "ทม.,ทม.,abbreviation",
        "องค์การบริหารส่วนตำบล,อบต.,official",
        "อบต.,อบต.,abbreviation",
    ],
    "registry/retired.csv": ["code,level,name,now,note"],
    "forms/waste/columns.csv": [
        "key,header,group,level,kind,unit,required,summary,synonyms,source",
        "lao,หน่วยงาน,,row,name,,yes,,อปท.,test",
        "homes,บ้านทั้งหมด,,row,count,หลัง,yes,yes,,test",
        "sorted,บ้านที่คัดแยกขยะ,,row,count,หลัง,yes,yes,,test",
        "bins,ถังขยะเปียก,,row,count,ถัง,no,yes,,test",
        "plot,พื้นที่แปลงรวม,,row,area,ไร่,no,,,test",
        "district,อำเภอ,หัวแบบ,heading,district,,yes,,,test",
        "trained,ผู้ผ่านการอบรม,หัวแบบ,once,count,คน,no,,,test",
    ],
    "forms/waste/rules.csv": [
        "rule,check,left,right,limit,severity,source",
        "sorted_le_homes,part,sorted,homes,,must_fix,test",
        "homes_within_registered,ceiling,homes,registered_houses,1.0,please_explain,test",
    ],
    "forms/waste/form.toml": [
        'title = "แบบรายงานขยะ"',
        'titles = ["แบบรายงานขยะ"]',
        'grain = "local_body"',
        'key = ["local_body"]',
        "[[ratio]]",
        'key = "sorted_pct"',
        'title = "ร้อยละบ้านที่คัดแยกขยะ"',
        'short = "ร้อยละ คัดแยก"',
        'part = "sorted"',
        'whole = "homes"',
        'definition = "บ้านที่คัดแยกขยะ หารด้วยบ้านทั้งหมด"',
    ],
    "forms/volunteers/columns.csv": [
        "key,header,group,level,kind,unit,required,summary,synonyms,source",
        "body,ชื่อ อปท.,,row,name,,yes,,,test",
        "members,สมาชิกทั้งหมด,อาสาสมัคร,row,count,คน,yes,yes,,test",
        "active,ที่ปฏิบัติงาน,อาสาสมัคร,row,count,คน,yes,,,test",
        "meetings,จำนวนครั้งที่ประชุม,,row,count,ครั้ง,no,,,test",
        "note,ข้อสังเกต,,row,text,,no,,,test",
        "district,อำเภอ,หัวแบบ,heading,district,,yes,,,test",
    ],
    "forms/volunteers/rules.csv": [
        "rule,check,left,right,limit,severity,source",
        "active_le_members,part,active,members,,please_explain,test",
    ],
    "forms/volunteers/form.toml": [
        'title = "แบบรายงานอาสาสมัคร"',
        'titles = ["แบบรายงานอาสาสมัคร"]',
        'grain = "local_body"',
        'key = ["local_body"]',
    ],
}
WASTE = ("หน่วยงาน", "บ้านทั้งหมด (หลัง)", "บ้านที่คัดแยกขยะ (หลัง)", "ถังขยะเปียก", "พื้นที่แปลงรวม (ไร่)")
VOLUNTEERS = ("ชื่อ อปท.", "อาสาสมัคร สมาชิกทั้งหมด", "อาสาสมัคร ที่ปฏิบัติงาน", "จำนวนครั้งที่ประชุม", "ข้อสังเกต")


def workbook(*rows: Sequence[object]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("รายงาน")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("province")
    (folder / "schemas").mkdir()
    (folder / "schemas" / "campaign.toml").write_text(CAMPAIGN, encoding="utf-8")
    for name, lines in TABLES.items():
        path = folder / "schemas" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    put(
        folder / "input",
        Sent(
            "เมือง.xlsx",
            "2026-05-05T23:00:00",
            workbook(
                ["แบบรายงานขยะ เดือนพฤษภาคม"],
                ["อำเภอเมืองทดสอบ", "", "ผู้ผ่านการอบรม", 12],
                WASTE,
                ["ทม.ทดสอบ", 5000, 2500, "๑๒๐ ถัง", 2.5],
                ["อบต.ทุ่งสมมุติ", 3001, 1000, 80, ""],
            ),
        ),
        Sent(
            "ดอน.xlsx",
            "2026-05-06T00:00:30",
            workbook(
                ["แบบรายงานขยะ"], ["อำเภอดอนสมมุติ"], WASTE, ["องค์การบริหารส่วนตำบลดอนสมมุติ", 900, 901, 5, 1]
            ),
        ),
        Sent(
            "อาสา.xlsx",
            "2026-05-07T09:00:00",
            workbook(
                ["แบบรายงานอาสาสมัคร"],
                ["อำเภอหนองตัวอย่าง"],
                VOLUNTEERS,
                ["อบต.หนองตัวอย่าง", 40, 44, 3, "ประชุมเพิ่ม"],
            ),
        ),
    )
    return folder


@pytest.fixture(scope="module")
def results(folder: Path) -> Results:
    folders = Folders(folder / "schemas", folder / "input", folder / "output", "2569-05-21")
    return run(folders, NOW.replace(year=2026, month=6), reading=in_process)


def statuses(results: Results, key: str) -> list[tuple[str, str, int]]:
    return [(row.district, row.status, row.days_late) for row in round_of(results, key).roster]


def test_each_form_is_known_by_its_content_and_counts_in_its_only_round(results: Results) -> None:
    """Due on a Saturday and moved over a holiday, to Tuesday the 5th; half a minute past its end is a day."""
    assert statuses(results, "may") == [
        ("เมืองทดสอบ", "on_time", 0),
        ("ดอนสมมุติ", "late", 1),
        ("หนองตัวอย่าง", "missing", 0),
    ]
    assert statuses(results, "volunteers") == [
        ("เมืองทดสอบ", "missing", 0),
        ("ดอนสมมุติ", "missing", 0),
        ("หนองตัวอย่าง", "on_time", 0),
    ]


def test_the_figures_are_those_of_the_forms_own_columns(results: Results, folder: Path) -> None:
    with (folder / "output" / "may" / "values.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {(row["local_body_code"], row["indicator"]): row["value"] for row in csv.DictReader(file)}
    assert found == {
        ("990101", "homes"): "5000",
        ("990101", "sorted"): "2500",
        ("990101", "bins"): "120",
        ("990101", "plot"): "2.5",
        ("990102", "homes"): "3001",
        ("990102", "sorted"): "1000",
        ("990102", "bins"): "80",
        ("990201", "bins"): "5",
        ("990201", "plot"): "1",
        ("", "trained"): "12",
    }
    totals = round_of(results, "may").totals
    assert totals["sorted_pct"].value == pytest.approx(100 * 3500 / 8001)
    assert round_of(results, "volunteers").totals["members"].value == 40


def test_the_rules_are_those_of_the_forms_own_tables(results: Results) -> None:
    (over,) = issues_of(results, "PART_OVER_WHOLE")
    assert (over.district_code, over.cell, over.value) == ("9902", "C4", "901")
    (registered,) = issues_of(results, "OVER_REGISTERED")
    assert (registered.cell, registered.value) == ("B5", "3,001")
    (explain,) = issues_of(results, "PART_OVER_PART")
    assert (explain.round, explain.cell, explain.severity) == ("volunteers", "C4", "please_explain")
    assert roster_row(results, "9903", "volunteers").please_explain == 1


def test_every_round_has_its_outputs(folder: Path, results: Results) -> None:
    assert [result.round.key for result in results.rounds] == ["may", "volunteers"]
    for key in ("may", "volunteers"):
        made = {path.name for path in (folder / "output" / key).iterdir()}
        assert {"summary.xlsx", "late.xlsx", "missing.xlsx", "values.csv", "run.json"} <= made


@pytest.mark.parametrize(("key", "form", "figures"), [("may", "waste", 4), ("volunteers", "volunteers", 3)])
def test_its_forms_are_handed_out_and_come_back_with_no_issue_at_all(
    folder: Path, tmp_path: Path, key: str, form: str, figures: int
) -> None:
    (tmp_path / "input").mkdir()
    folders = Folders(folder / "schemas", tmp_path / "input", tmp_path / "output", "2569-05-01")
    (made,) = hand_out(folders, NOW, [key])
    assert [path.relative_to(tmp_path / "output").as_posix() for path in made.paths] == [
        f"templates/{form}-{key}/{code}.xlsx" for code in ("9901", "9902", "9903")
    ]
    book = openpyxl.load_workbook(made.paths[-1])
    sheet = book.worksheets[0]
    for number, cell in enumerate([cell for row in range(sheet.max_row) for cell in open_cells(sheet, row)]):
        cell.value = 90 - number
    book.save(tmp_path / "filled.xlsx")
    arrival = Sent("ส่งแล้ว.xlsx", "2026-05-02T09:00:00", (tmp_path / "filled.xlsx").read_bytes())
    results = consolidate(tmp_path, arrival, schemas=folder / "schemas", as_of="2569-05-21")
    row = roster_row(results, "9903", key)
    assert (row.status, row.local_bodies_reported) == ("on_time", 1)
    assert len(round_of(results, key).values) == figures + len(round_of(results, key).form.once)
    assert (round_of(results, key).issues, results.unplaced) == ((), ())
