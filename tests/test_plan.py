"""The action plan: any number of activities of each local body, asked for once, on the day of the letter itself."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from pipeline.campaign import load_campaign
from pipeline.extract.labels import Label, form_labels, match
from pipeline.model import Results
from tests.campaigns import (
    SHIPPED,
    TABLES,
    Sent,
    consolidate,
    issues_of,
    only_figures,
    roster_row,
    round_of,
    verdicts,
)
from tests.sample.layout import lay_out
from tests.sample.model import Formula, Laid, Put, Raw, Sheet, Table
from tests.sample.plan_sheet import HEADERS, Plan, Written
from tests.sample.writers import WRITERS

DISTRICT, BODY, OTHER = "3424", "อบต.ดอนมดแดง", "อบต.คำไฮใหญ่"
CLEAN = Plan(DISTRICT)
FORM = load_campaign(SHIPPED).forms["plan"]


def sent(folder: Path, *plans: Plan, path: str = "แผน.xlsx", publish: bool = False) -> Results:
    """A campaign to which one workbook came, a sheet per plan."""
    return consolidate(folder, Sent(path, "2021-02-10T09:00:00", plans), schemas=SHIPPED, publish=publish)


def written(*cells: Written) -> Plan:
    return replace(CLEAN, written=cells)


def figures(results: Results) -> Counter[tuple[object, ...]]:
    values = round_of(results, "plan").values
    columns = ["local_body_code", "item", "indicator", "value", "cell"]
    return Counter(values[columns].itertuples(index=False, name=None))


def facts(laid: Laid) -> Counter[tuple[object, ...]]:
    return Counter((one.body, one.item, one.key, one.value, one.cell) for one in laid.facts)


def cell(body: str, nth: int, key: str, plan: Plan = CLEAN) -> str:
    """Where a cell of the nth activity of a local body stands."""
    laid = lay_out(
        replace(plan, written=(*plan.written, Written(body, nth, key, "X", None, "", "X"))), TABLES
    )
    return next(one.cell for one in laid.planted if one.expect == "X")


DAY = "d mmm yyyy"
ROW: dict[str, Raw] = {
    "seq": "",
    "lao_name": BODY,
    "guideline_item": 1,
    "activity": "ปลูกผัก",
    "target_qty": 100,
    "target_unit": "ครัวเรือน",
    "place": "หมู่ที่ 1",
    "start_date": "1 ก.พ. 2564",
    "end_date": "30 เม.ย. 2564",
    "budget": 5000,
    "owner": "สำนักปลัด",
}


def row(body: str, activity: Raw, **cells: Raw) -> list[Raw]:
    """A row of the form's columns, A to K."""
    return list({**ROW, "lao_name": body, "activity": activity, **cells}.values())


def bare(body: str = "", **cells: Raw) -> list[Raw]:
    """A row that holds nothing but this."""
    return [{"lao_name": body, **cells}.get(key, "") for key in ROW]


def freely(
    folder: Path,
    *rows: Sequence[Raw],
    merges: Sequence[tuple[int, int, int, int]] = (),
    title: str = "อำเภอดอนมดแดง",
    columns: Sequence[str] = tuple(ROW),
    sheet: str = "แผน",
    publish: bool = False,
) -> Results:
    """A campaign to which one plan came as a district wrote it: its header in row 4, its rows from row 5."""
    header = [HEADERS[key][1] for key in columns]
    lines = [["แผนปฏิบัติการ"], [title], [], header, *rows]
    cells = {
        (r, c): Put(raw, DAY if isinstance(raw, datetime) else "")
        for r, line in enumerate(lines)
        for c, raw in enumerate(line)
        if raw != ""
    }
    content = WRITERS["xlsxwriter"]([Sheet(sheet, cells, tuple(merges))])
    sent_ = Sent("แผน.xlsx", "2021-02-10T09:00:00", content)
    return consolidate(folder, sent_, schemas=SHIPPED, publish=publish)


def places(results: Results, key: str) -> list[str]:
    """The cells from which an indicator was read, top to bottom."""
    found = [place for *_, indicator, _, place in figures(results) if indicator == key]
    return sorted(found, key=lambda place: int(place[1:]))


# --- what is read -------------------------------------------------------------------------------------------------


def test_a_clean_plan_is_read_whole_and_nothing_is_said_of_it(tmp_path):
    results = sent(tmp_path, CLEAN)
    assert figures(results) == facts(lay_out(CLEAN, TABLES))
    said = [issue.code for issue in round_of(results, "plan").issues]
    assert said == ["TOTAL_ROW"], "its own total is compared, which is told"


@pytest.mark.parametrize("dates", ["plain", "text", "months", "one_period"])
@pytest.mark.parametrize("merged", [False, True])
def test_the_ways_of_writing_dates_and_names_change_no_figure(tmp_path, dates, merged):
    plan = replace(CLEAN, dates=dates, merged=merged)
    results = sent(tmp_path, plan)
    assert figures(results) == facts(lay_out(plan, TABLES))
    assert [issue for issue in round_of(results, "plan").issues if issue.severity != "note"] == []


def test_an_activity_is_counted_at_its_name_and_at_each_guideline_that_it_follows(tmp_path):
    results = sent(tmp_path, written(Written(BODY, 0, "guideline_item", "ข้อ ๑ และ ๔")))
    code = next(body.code for body in TABLES.bodies if body.label == BODY)
    activity = next(one.item for one in lay_out(CLEAN, TABLES).facts if one.body == code)
    counted = {
        key: place
        for body, item, key, _, place in figures(results)
        if (body, item) == (code, activity) and key.startswith("activities")
    }
    guideline = cell(BODY, 0, "guideline_item")
    assert counted == {
        "activities": cell(BODY, 0, "activity"),
        "activities_1": guideline,
        "activities_4": guideline,
    }


def test_quantities_are_kept_and_never_added_up(tmp_path):
    result = round_of(sent(tmp_path, CLEAN), "plan")
    assert "target_qty" in set(result.values["indicator"])
    assert "target_qty" not in result.totals
    assert "target_qty" not in result.consolidated.columns


@pytest.mark.parametrize(
    ("key", "raw", "code"),
    [
        ("target_qty", "120-150", "BAD_VALUE"),
        ("budget", "1.500", "BAD_VALUE"),
        ("budget", -500, "NEGATIVE"),
        ("guideline_item", 7, "BAD_CHOICE"),
        ("guideline_item", "1-3", "BAD_CHOICE"),
        ("end_date", "ไตรมาส 2", "BAD_DATE"),
        ("owner", "", "BLANK_TEXT"),
        ("target_unit", "", "BLANK_TEXT"),
        ("end_date", "", "BLANK_TEXT"),
        ("target_qty", "", "BLANK"),
        ("activity", "", "BLANK_TEXT"),
    ],
)
def test_what_is_wrong_in_a_cell_is_said_of_that_cell_alone(tmp_path, key, raw, code):
    results = sent(tmp_path, written(Written(BODY, 0, key, raw)))
    asked = [issue for issue in round_of(results, "plan").issues if issue.severity != "note"]
    assert [(issue.code, issue.cell) for issue in asked] == [(code, cell(BODY, 0, key))]
    lost = facts(lay_out(CLEAN, TABLES)) - figures(results)
    places = {place for *_, place in lost if place == cell(BODY, 0, key)}
    untouched = key in ("end_date", "owner", "target_unit")
    assert places == (set() if untouched else {cell(BODY, 0, key)})


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("12,500.-", 12500, "NUMBER_AS_TEXT"),
        ("๘,๐๐๐ บาท", 8000, "UNIT_DROPPED"),
        ("ไม่ใช้งบประมาณ", 0, "ZERO_WORD"),
    ],
)
def test_money_is_read_as_it_is_written_and_that_is_told(tmp_path, raw, value, code):
    results = sent(tmp_path, written(Written(BODY, 0, "budget", raw, value)))
    (told,) = issues_of(results, code)
    assert (told.cell, told.severity) == (cell(BODY, 0, "budget"), "note")
    assert value in {found for _, _, key, found, _ in figures(results) if key == "budget"}


@pytest.mark.parametrize(
    ("key", "raw", "example"),
    [
        ("budget", "1 หมื่น", "เช่น 10000"),
        ("budget", "๕ พันบาท", "เช่น 5000"),
        ("budget", "0.5 ล้าน", "เช่น 500000"),
        ("target_qty", "50 คน/รุ่น", "เช่น 50"),
        ("target_qty", "10 คน/หมู่บ้าน", "เช่น 10"),
    ],
)
def test_an_amount_that_is_not_plainly_one_is_asked_about_with_the_one_that_was_meant(
    tmp_path, key, raw, example
):
    (asked,) = issues_of(freely(tmp_path, row(BODY, "ปลูกผัก", **{key: raw})), "BAD_VALUE")
    assert (asked.value, asked.remedy.endswith(example)) == (raw, True)


@pytest.mark.parametrize(
    ("labels", "key"),
    [
        (("งบประมาณ (บาท)", "รวม"), "budget"),
        (("งบประมาณ", "จำนวนเงิน"), "budget"),
        (("งบประมาณ", "จำนวน"), "budget"),
        (("งบประมาณ", "แหล่งที่มา"), "budget_source"),
        (("งบประมาณ", "แหล่งงบประมาณ"), "budget_source"),
        (("งบประมาณ", "งบ อบต."), ""),
        (("ผลการดำเนินงาน", "จำนวน"), ""),
        (("ห้วงเวลาดำเนินการ",), "end_date"),
        (("แผนงาน/โครงการ/กิจกรรม",), "activity"),
    ],
)
def test_the_column_of_a_budget_that_is_divided_is_its_sum(labels, key):
    assert match([Label(text) for text in labels], form_labels(FORM)) == key


# --- rows ---------------------------------------------------------------------------------------------------------


def same_activity(**second: object) -> Plan:
    """The second activity of a local body written as the first one is, but for what is given."""
    first = next(iter(lay_out(CLEAN, TABLES).facts)).item
    given = {"activity": first, "place": "หมู่ที่ 1"} | second
    return written(
        Written(BODY, 0, "place", "หมู่ที่ 1"), *(Written(BODY, 1, key, raw) for key, raw in given.items())
    )


def test_the_same_activity_at_another_place_is_another(tmp_path):
    results = sent(tmp_path, same_activity(place="หมู่ที่ 2"))
    assert issues_of(results, "DUPLICATE_ROW") == []
    assert sum(key == "activities" for _, _, key, _, _ in figures(results)) == len(activities())


def test_the_same_activity_at_one_place_with_other_figures_is_held_twice(tmp_path):
    results = sent(tmp_path, same_activity(target_qty=9999))
    held = issues_of(results, "DUPLICATE_ROW")
    assert [issue.cell for issue in held] == [cell(BODY, 0, "lao_name"), cell(BODY, 1, "lao_name")]
    assert "กิจกรรม" in held[0].message
    assert "พื้นที่ดำเนินการ" in held[0].remedy
    assert sum(key == "activities" for _, _, key, _, _ in figures(results)) == len(activities()) - 2


@pytest.mark.parametrize(
    "other",
    [{"end_date": "31 มี.ค. 2564"}, {"owner": "กองคลัง"}, {"guideline_item": 2}, {"target_unit": "รุ่น"}],
)
def test_rows_alike_in_figures_alone_are_not_taken_for_one(tmp_path, other):
    alike = {"guideline_item": 1, "target_qty": 50, "target_unit": "คน", "budget": 500, "owner": "สำนักปลัด"}
    given = alike | {"start_date": "1 มี.ค. 2564", "end_date": "30 เม.ย. 2564"}
    first = tuple(Written(BODY, 0, key, raw) for key, raw in given.items())
    second = same_activity(**(given | other))
    results = sent(tmp_path, replace(second, written=(*first, *second.written)))
    held = issues_of(results, "DUPLICATE_ROW")
    assert [issue.cell for issue in held] == [cell(BODY, 0, "lao_name"), cell(BODY, 1, "lao_name")]
    assert issues_of(results, "REPEATED_ROW") == []


@pytest.mark.parametrize(
    "unread", [{"target_qty": "50 คน/รุ่น"}, {"budget": "1 หมื่น"}, {"guideline_item": "ทุกข้อ"}]
)
def test_a_row_with_a_cell_that_could_not_be_read_is_not_taken_for_another(tmp_path, unread):
    results = freely(tmp_path, row(BODY, "อบรม", **unread), row(BODY, "อบรม"), row(OTHER, "อบรม"))
    assert [issue.cell for issue in issues_of(results, "DUPLICATE_ROW")] == ["B5", "B6"]
    assert {place[1:] for *_, place in figures(results)} == {"7"}


def test_rows_alike_however_they_were_typed_count_once(tmp_path):
    given = {"guideline_item": 1, "target_qty": 50, "target_unit": "คน", "budget": 500, "owner": "สำนักปลัด"}
    first = tuple(Written(BODY, 0, key, raw) for key, raw in given.items())
    again = {
        "guideline_item": "ข้อ ๑",
        "owner": "สำนัก ปลัด",
        "start_date": "1/3/64",
        "end_date": "",
        "budget": "",
    }
    dates = (Written(BODY, 0, "start_date", "1 มี.ค. 2564"),)
    second = same_activity(**(given | again))
    results = sent(tmp_path, replace(second, written=(*first, *dates, *second.written)))
    assert [issue.cell for issue in issues_of(results, "REPEATED_ROW")] == [cell(BODY, 1, "lao_name")]
    assert sum(key == "activities" for _, _, key, _, _ in figures(results)) == len(activities()) - 1


def test_activities_beside_a_row_without_one_all_stand(tmp_path):
    """They are no parts of a whole: a row that names no activity is asked about, and takes nothing else out."""
    results = sent(tmp_path, written(Written(BODY, 0, "activity", "")))
    assert sum(key == "activities" for _, _, key, _, _ in figures(results)) == len(activities()) - 1
    assert sum(key == "budget" for _, _, key, _, _ in figures(results)) == len(activities())


def activities() -> list[str]:
    return [one.item for one in lay_out(CLEAN, TABLES).facts if one.key == "activities"]


def test_a_row_of_words_without_a_name_is_named_cell_by_cell(tmp_path):
    plan = written(
        Written(BODY, 0, "lao_name", ""), Written(BODY, 0, "budget", ""), Written(BODY, 0, "target_qty", "")
    )
    results = sent(tmp_path, plan)
    row = cell(BODY, 0, "activity")[1:]
    assert {issue.cell for issue in issues_of(results, "NO_NAME")} >= {
        f"{letter}{row}" for letter in "CDFGHIK"
    }
    assert results.files[0].seen == results.files[0].read + results.files[0].set_aside


def test_an_activity_without_a_name_whose_budget_is_the_sum_of_all_is_no_total(tmp_path):
    others = [one for one in lay_out(CLEAN, TABLES).facts if one.key == "budget"]
    sum_of_others = sum(one.value or 0 for one in others[1:])
    plan = written(Written(BODY, 0, "lao_name", ""), Written(BODY, 0, "budget", sum_of_others))
    assert cell(BODY, 0, "budget") in {issue.cell for issue in issues_of(sent(tmp_path, plan), "NO_NAME")}


@pytest.mark.parametrize("called", ["รวม", "รวมทั้งสิ้น 2 กิจกรรม"])
@pytest.mark.parametrize("name", [BODY, ""])
def test_a_total_that_stands_where_the_activity_does_is_no_activity(tmp_path, called, name):
    total = bare(name, activity=called, budget=7000)
    results = freely(tmp_path, row(BODY, "ปลูกผัก", budget=5000), row(BODY, "ถังขยะ", budget=2000), total)
    assert [(issue.cell, issue.value) for issue in issues_of(results, "TOTAL_ROW")] == [("D7", called)]
    assert issues_of(results, "TOTAL_DIFFERS") == []
    assert places(results, "activities") == ["D5", "D6"]
    assert places(results, "budget") == ["J5", "J6"]


def test_the_budget_of_all_activities_of_a_local_body_below_them_is_their_total(tmp_path):
    parts = row(BODY, "ปลูกผัก", budget=5000), row(BODY, "ถังขยะ", budget=2000)
    results = freely(tmp_path, *parts, bare(BODY, budget=7000), row(OTHER, "ปลูกผัก", budget=7000))
    assert [issue.cell for issue in issues_of(results, "TOTAL_ROW")] == ["B7"]
    assert issues_of(results, "BLANK_TEXT") == []
    assert places(results, "budget") == ["J5", "J6", "J8"]


@pytest.mark.parametrize("cells", [{"budget": 6999}, {"budget": 7000, "target_qty": 20}])
def test_a_row_without_an_activity_that_is_no_total_stands(tmp_path, cells):
    parts = row(BODY, "ปลูกผัก", budget=5000), row(BODY, "ถังขยะ", budget=2000)
    results = freely(tmp_path, *parts, bare(BODY, **cells))
    assert issues_of(results, "TOTAL_ROW") == []
    assert places(results, "budget") == ["J5", "J6", "J7"]
    assert places(results, "activities") == ["D5", "D6"]


def test_an_activity_whose_name_begins_as_a_total_does_is_one(tmp_path):
    results = freely(tmp_path, row(BODY, "รวมพลังปลูกผัก"), row("", "รวมพลังคัดแยกขยะ"))
    assert places(results, "activities") == ["D5"]
    assert issues_of(results, "TOTAL_ROW") == []
    assert "D6" in {issue.cell for issue in issues_of(results, "NO_NAME")}


def test_an_activity_of_the_district_itself_is_no_total(tmp_path):
    results = freely(tmp_path, row("อำเภอดอนมดแดง", "ประชุมชี้แจง"), row(BODY, "ปลูกผัก"))
    assert [issue.cell for issue in issues_of(results, "UNKNOWN_LOCAL_BODY")] == ["B5"]
    assert issues_of(results, "TOTAL_ROW") == []


def test_a_local_body_that_says_that_it_has_no_activity_is_named_as_one_without(tmp_path):
    plan = replace(CLEAN, absent=(OTHER,))
    (absent,) = issues_of(sent(tmp_path, plan), "ABSENT_ACTIVITY")
    assert OTHER in absent.message
    assert "กิจกรรม" in absent.remedy
    assert (absent.severity, absent.district_code) == ("please_explain", DISTRICT)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row(BODY, "ปลูกผัก"), bare(activity="และถังขยะ"), row(OTHER, "ถังขยะ")], "NO_NAME"),
        ([row(BODY, Formula("=1/0", "#DIV/0!"))], "ERROR_CELL"),
        ([bare(BODY), bare(OTHER)], "NO_DATA"),
    ],
)
def test_where_words_are_asked_for_no_sentence_speaks_of_figures(tmp_path, rows, code):
    (asked, *_) = issues_of(freely(tmp_path, *rows), code)
    assert "ตัวเลข" not in asked.message + asked.remedy


def test_a_local_body_whose_rows_are_held_is_not_said_to_be_missing(tmp_path):
    held = row(OTHER, "อบรม", target_qty=1), row(OTHER, "อบรม", target_qty=2)
    results = freely(tmp_path, row(BODY, "ปลูกผัก"), *held)
    asked = next(issue for issue in issues_of(results, "ABSENT_ACTIVITY") if issue.value == OTHER)
    assert "ไม่พบ" not in asked.message
    assert "แก้แถวที่ยังไม่นับ" in asked.remedy


def test_what_stands_in_a_row_without_a_name_is_told_as_one_sees_it(tmp_path):
    nameless = bare(activity="ถังขยะ", target_qty=20.5, end_date=datetime(2021, 4, 30))
    results = freely(tmp_path, row(BODY, "ปลูกผัก"), nameless)
    assert [issue.value for issue in issues_of(results, "NO_NAME")] == ["ถังขยะ", "20.5", "30 เม.ย. 2564"]


@pytest.mark.parametrize("sheet", ["แผน", BODY])
def test_a_signature_below_the_table_is_no_activity(tmp_path, sheet):
    name = "" if sheet == BODY else BODY
    signed = [bare(activity=text) for text in ("ลงชื่อ ............ ผู้รายงาน", "(............)", "พัฒนาการอำเภอ")]
    results = freely(tmp_path, row(name, "ปลูกผัก"), *signed, sheet=sheet)
    assert places(results, "activities") == ["D5"]
    assert {issue.code for issue in round_of(results, "plan").issues} == {"ABSENT_ACTIVITY"}


def test_rows_under_a_header_without_names_are_asked_about(tmp_path):
    """The heading names the local body, the sheet does not: whose the rows are is not said where it is read."""
    columns = [key for key in ROW if key != "lao_name"]
    nameless = [raw for key, raw in zip(ROW, row("", "ปลูกผัก"), strict=True) if key != "lao_name"]
    results = freely(tmp_path, nameless, columns=columns, title="อบต.ดอนมดแดง อำเภอดอนมดแดง")
    assert roster_row(results, DISTRICT, "plan").status == "unusable"
    (asked,) = [issue for issue in round_of(results, "plan").issues if issue.severity == "must_fix"]
    assert (asked.code, asked.cell) == ("MISSING_COLUMN", "A4")
    assert "องค์กรปกครองส่วนท้องถิ่น" in asked.message


def test_a_sheet_without_names_beside_one_with_them_is_not_said_to_be_empty(tmp_path):
    other = replace(CLEAN, sheet="ต่อ", without=("lao_name",), absent=(BODY,))
    results = sent(tmp_path, replace(CLEAN, absent=(OTHER,)), other)
    assert [issue.sheet for issue in issues_of(results, "MISSING_COLUMN")] == ["ต่อ"]
    assert issues_of(results, "BLANK_SHEET") == []


def test_words_without_a_name_below_the_last_row_are_not_taken_for_a_signature(tmp_path):
    results = freely(tmp_path, row(BODY, "ปลูกผัก"), bare(activity="และถังขยะ"), ["หมายเหตุ แผนปี 2564"])
    assert [issue.cell for issue in issues_of(results, "NO_NAME")] == ["D6"]


def test_a_row_without_a_name_is_no_footer_because_of_its_day(tmp_path):
    results = freely(tmp_path, row(BODY, "ปลูกผัก"), row("", "ถังขยะ", end_date="วันที่ 30 เมษายน 2564"))
    assert "J6" in {issue.cell for issue in issues_of(results, "NO_NAME")}


@pytest.mark.parametrize(
    "loose", [bare(guideline_item=2), bare(place="และหมู่ที่ 5"), bare("แนวทางที่ ๒"), ["แนวทางที่ ๒"]]
)
def test_words_between_activities_that_are_of_none_are_named(tmp_path, loose):
    results = freely(tmp_path, row(BODY, "ปลูกผัก"), loose, row(BODY, "ถังขยะ"), ["หมายเหตุ แผนปี 2564"])
    (told,) = issues_of(results, "LOOSE_WORDS")
    (said,) = (str(raw) for raw in loose if raw != "")
    assert (told.cell[1:], told.value, told.severity) == ("6", said, "note")


def test_words_below_an_activity_whose_name_is_merged_over_them_are_named(tmp_path):
    rows = row(BODY, "ปลูกผัก"), bare(place="และหมู่ที่ 5", guideline_item=2), bare(OTHER)
    results = freely(tmp_path, *rows, merges=[(4, 1, 5, 1)])
    assert [(one.cell, one.value) for one in issues_of(results, "LOOSE_WORDS")] == [
        ("C6", "2"),
        ("G6", "และหมู่ที่ 5"),
    ]
    assert {place[1:] for *_, place in figures(results)} == {"5"}


def test_a_row_of_words_that_names_no_activity_is_asked_about_and_listed(tmp_path):
    results = freely(tmp_path, row(BODY, "ปลูกผัก"), bare(BODY, guideline_item=2, owner="กองคลัง"))
    asked = {(one.code, one.cell) for one in round_of(results, "plan").issues if one.cell[1:] == "6"}
    assert asked == {("BLANK_TEXT", "D6"), ("BLANK", "E6"), ("BLANK_TEXT", "F6"), ("BLANK_TEXT", "I6")}
    listed = round_of(results, "plan").rows
    assert listed is not None
    assert listed["owner"].tolist() == ["สำนักปลัด", "กองคลัง"]


@pytest.mark.parametrize("heading", ["แนวทางที่ ๑ ประชุมชี้แจง", BODY])
def test_a_heading_over_the_whole_width_is_no_activity(tmp_path, heading):
    results = freely(tmp_path, [heading], row(BODY, "ปลูกผัก"), merges=[(4, 0, 4, len(ROW) - 1)])
    assert {place[1:] for *_, place in figures(results)} == {"6"}
    asked = [issue.code for issue in round_of(results, "plan").issues if issue.severity != "note"]
    assert set(asked) == {"ABSENT_ACTIVITY"}


def test_a_period_that_is_merged_over_rows_or_over_both_of_its_ends_is_that_of_each(tmp_path):
    start = list(ROW).index("start_date")
    period = {"start_date": "ก.พ. - มี.ค. 64", "end_date": ""}
    rows = row(BODY, "ปลูกผัก", **period), row(BODY, "ถังขยะ", start_date="", end_date=""), row(BODY, "อถล.")
    results = freely(tmp_path, *rows, merges=[(4, start, 5, start + 1)])
    assert issues_of(results, "BLANK_TEXT") == []
    listed = round_of(results, "plan").rows
    assert listed is not None
    assert listed["end_date"].tolist() == ["ก.พ. - มี.ค. 64", "ก.พ. - มี.ค. 64", "30 เม.ย. 2564"]
    first, last = (one.message for one in issues_of(results, "DAY_FROM_MONTH"))
    assert "อ่านเป็น 1 ก.พ. 2564" in first
    assert "อ่านเป็น 31 มี.ค. 2564" in last


@pytest.mark.parametrize(
    "says",
    [
        {"activity": "ไม่มีกิจกรรม"},
        {"activity": "ยังไม่มีแผน", "target_qty": 0, "budget": "-"},
        {"activity": "-", "guideline_item": "-", "target_qty": "-", "target_unit": "-", "budget": "-"},
        {"guideline_item": 1, "budget": 0},
    ],
)
def test_a_row_that_says_that_there_is_no_activity_counts_for_none(tmp_path, says):
    results = freely(tmp_path, row(BODY, "ปลูกผัก"), bare(OTHER, **says))
    assert OTHER in {issue.value for issue in issues_of(results, "ABSENT_ACTIVITY")}
    assert {place[1:] for *_, place in figures(results)} == {"5"}
    assert roster_row(results, DISTRICT, "plan").local_bodies_reported == 1
    asked = [issue.code for issue in round_of(results, "plan").issues if issue.severity != "note"]
    assert set(asked) == {"ABSENT_ACTIVITY"}


def test_a_plan_that_says_that_there_is_none_holds_nothing(tmp_path):
    results = freely(tmp_path, bare(BODY, activity="ไม่มีกิจกรรม"), bare(OTHER, activity="-", budget="-"))
    assert roster_row(results, DISTRICT, "plan").status == "unusable"
    assert [issue.sheet for issue in issues_of(results, "NO_DATA")] == ["แผน"]


# --- rules --------------------------------------------------------------------------------------------------------


BROKEN = {
    "start_before_end": (
        "ENDS_FIRST",
        {"start_date": "16 เม.ย. 2564", "end_date": "15 เม.ย. 2564"},
        "start_date",
    ),
    "done_within_april": ("AFTER_LAST_DAY", {"end_date": "1 พ.ค. 2564"}, "end_date"),
}
HOLDING = {
    "start_before_end": {"start_date": "15 เม.ย. 2564", "end_date": "15 เม.ย. 2564"},
    "done_within_april": {"end_date": "30 เม.ย. 2564"},
}


def test_every_rule_of_the_form_is_tried():
    assert set(BROKEN) == set(HOLDING) == {rule.name for rule in FORM.rules}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_asked_about_and_takes_nothing_out(tmp_path, rule):
    code, cells, about = BROKEN[rule]
    results = sent(tmp_path, written(*(Written(BODY, 0, key, raw) for key, raw in cells.items())))
    (asked,) = [issue for issue in round_of(results, "plan").issues if issue.severity != "note"]
    assert (asked.code, asked.cell, asked.severity) == (code, cell(BODY, 0, about), "please_explain")
    assert asked.value == cells[about]
    assert figures(results) == facts(lay_out(CLEAN, TABLES))


@pytest.mark.parametrize("rule", HOLDING)
def test_a_rule_that_just_holds_says_nothing(tmp_path, rule):
    plan = written(*(Written(BODY, 0, key, raw) for key, raw in HOLDING[rule].items()))
    assert [
        issue for issue in round_of(sent(tmp_path, plan), "plan").issues if issue.severity != "note"
    ] == []


# --- where it belongs, and when it came ---------------------------------------------------------------------------


def test_nothing_that_comes_is_late_and_what_does_not_come_is_missing(tmp_path):
    results = sent(tmp_path, CLEAN)
    row = roster_row(results, DISTRICT, "plan")
    assert (row.status, row.days_late, row.due_at.isoformat()) == ("on_time", 0, "2021-01-26T23:59:59+07:00")
    assert roster_row(results, "3401", "plan").status == "missing"


def test_a_plan_in_the_folder_of_a_round_of_results_is_a_question(tmp_path):
    results = sent(tmp_path, CLEAN, path="ครั้งที่ 1/ดอนมดแดง.xlsx")
    (asked,) = issues_of(results, "WRONG_FOLDER")[:1]
    assert "แผนปฏิบัติการ" in asked.message
    assert roster_row(results, DISTRICT, "plan").status == "undecided"
    assert figures(results) == Counter()


def test_results_without_a_round_are_of_no_plan(tmp_path):
    table = Table(DISTRICT, "1", turn=" ")
    results = consolidate(tmp_path, Sent("ดอนมดแดง.xlsx", "2021-02-03T09:00:00", table), schemas=SHIPPED)
    (asked,) = {issue.message for issue in issues_of(results, "NO_ROUND")}
    assert "ครั้งที่ ๑" in asked
    assert "แผนปฏิบัติการ" not in asked
    assert roster_row(results, DISTRICT, "plan").status == "missing"


def test_a_plan_and_results_in_one_workbook_each_count_where_they_belong(tmp_path):
    both = (CLEAN, Table(DISTRICT, "1"))
    results = consolidate(tmp_path, Sent("ดอนมดแดง.xlsx", "2021-02-03T09:00:00", both), schemas=SHIPPED)
    assert [roster_row(results, DISTRICT, key).status for key in ("plan", "1")] == ["on_time", "on_time"]
    assert figures(results) == facts(lay_out(CLEAN, TABLES))


def test_a_file_that_cannot_be_read_is_of_the_plan_when_its_name_says_so(tmp_path):
    path = "แผนปฏิบัติการ ดอนมดแดง.xlsx"
    results = consolidate(tmp_path, Sent(path, "2021-02-03T09:00:00", b""), schemas=SHIPPED)
    assert verdicts(results, path) == ["unusable"]
    assert [roster_row(results, DISTRICT, key).status for key in ("plan", "1")] == ["unusable", "missing"]


def test_a_few_results_are_still_no_plan(tmp_path):
    """The form is the one that knows the most of the sheet's columns."""
    table = Table(DISTRICT, "1", changes=only_figures(BODY, hh_total=100))
    results = consolidate(tmp_path, Sent("ดอนมดแดง.xlsx", "2021-02-03T09:00:00", table), schemas=SHIPPED)
    assert roster_row(results, DISTRICT, "1").status == "on_time"


# --- what is made -------------------------------------------------------------------------------------------------


def test_every_activity_is_listed_with_its_words_and_figures(tmp_path):
    sent(tmp_path, CLEAN, publish=True)
    with (tmp_path / "output" / "plan" / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["activity"] for row in rows] == activities()
    assert rows[0]["local_body"] == BODY
    assert rows[0]["end_date"] == "30 เม.ย. 2564"
    assert (rows[0]["sheet"], rows[0]["row"]) == (CLEAN.sheet, cell(BODY, 0, "activity")[1:])
    budgets = [one.value for one in lay_out(CLEAN, TABLES).facts if one.key == "budget"]
    assert [float(row["budget"]) for row in rows] == budgets


def test_a_period_that_is_no_day_is_listed_as_it_is_written(tmp_path):
    results = freely(tmp_path, row(BODY, "ปลูกผัก", end_date="ตลอดปีงบประมาณ"))
    assert [issue.code for issue in round_of(results, "plan").issues if issue.cell == "I5"] == ["BAD_DATE"]
    listed = round_of(results, "plan").rows
    assert listed is not None
    assert listed["end_date"].tolist() == ["ตลอดปีงบประมาณ"]


def test_the_summary_lists_the_activities_and_says_that_nothing_is_late(tmp_path):
    sent(tmp_path, CLEAN, publish=True)
    book = openpyxl.load_workbook(tmp_path / "output" / "plan" / "summary.xlsx", data_only=True)
    listed = book["รายกิจกรรม"]
    assert [listed.cell(row, 5).value for row in range(6, 6 + len(activities()))] == activities()
    assert listed.cell(6 + len(activities()), 1).value == "รวม"
    statuses = {cell.value for cell in book["รายอำเภอ"]["C"]}
    assert "ส่งแล้ว" in statuses
    assert "ส่งทันกำหนด" not in statuses
    assert "ไม่นับการส่งช้า" in str(book["ส่งช้า"]["A6"].value)
    assert "รายกิจกรรม" in {cell.value for cell in book["ปก"]["B"]}


def test_no_sheet_of_the_plan_speaks_of_results_or_of_days_late(tmp_path):
    freely(tmp_path, row(BODY, "ปลูกผัก"), publish=True)
    book = openpyxl.load_workbook(tmp_path / "output" / "plan" / "summary.xlsx", data_only=True)
    said = {
        name: [str(cell.value) for line in book[name].iter_rows() for cell in line]
        for name in book.sheetnames
    }
    assert [name for name, texts in said.items() if any("ผลการดำเนินงาน" in text for text in texts)] == []
    assert [text for text in said["ส่งช้า"] if "นับช้าจาก" in text] == []
    assert "อำเภอที่ส่งหลังกำหนด และจำนวนวัน" not in said["ปก"]
    assert [text for text in said["ยังไม่ส่ง"] if "ยังไม่มีกิจกรรมของ อปท." in text] != []


def test_a_negative_amount_is_told_as_one_sees_it(tmp_path):
    results = freely(tmp_path, row(BODY, "ปลูกผัก", budget=-500), row(OTHER, "ปลูกผัก", target_qty=-2.5))
    assert [issue.value for issue in issues_of(results, "NEGATIVE")] == ["-500", "-2.5"]


def test_satang_and_half_units_are_shown_and_rows_are_counted_as_rows(tmp_path):
    rows = (
        row(BODY, "ปลูกผัก", target_qty=12.5, budget=1000.25),
        row(OTHER, "ถังขยะ", budget=2000),
        bare(OTHER, budget=1),
    )
    freely(tmp_path, *rows, publish=True)
    listed = openpyxl.load_workbook(tmp_path / "output" / "plan" / "summary.xlsx")["รายกิจกรรม"]
    shown = {place: listed[place].number_format.partition("_")[0] for place in ("F6", "F7", "J6", "J7", "J9")}
    assert shown == {"F6": "#,##0.00", "F7": "#,##0", "J6": "#,##0.00", "J7": "#,##0", "J9": "#,##0.00"}
    assert listed["J6"].alignment.shrink_to_fit
    assert "๓ รายการ" in str(listed["A3"].value)


def test_a_round_of_results_has_no_list_of_rows(tmp_path):
    consolidate(tmp_path, Sent("1.xlsx", "2021-02-03T09:00:00", Table(DISTRICT, "1")), publish=True)
    assert not (tmp_path / "output" / "1" / "rows.csv").exists()
