"""`pipeline form draft` and `pipeline form check`: a blank form of an office's own into tables, and tables proved.

The blank forms are drawn with openpyxl (`tests/blank_forms.py`), some saved again by LibreOffice; none is of
our making.
"""

import csv
import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import form_check, form_draft
from pipeline.__main__ import exit_code
from pipeline.drafting import Draft, draft_form, tables_of
from pipeline.durable import place_folder
from pipeline.exceptions import Bug, CannotWrite, ConfigurationError
from pipeline.form_check import form_lines
from pipeline.forms import load_form, load_forms
from pipeline.model import Grid, Results, Workbook
from pipeline.names import gazetteer
from pipeline.read import read_snapshot
from pipeline.registry import load_registry
from schemas.form import Form, Grain, Level
from tests.blank_forms import (
    ACTIVITIES,
    DOWNWARDS,
    LISTED,
    LOST_MERGES,
    PER_BODY,
    SIDE_BY_SIDE,
    STORY,
    THREE_LEVELS,
    TRANSPOSED,
    TWO_LANGUAGES,
    TWO_TABLES,
    Blank,
    Page,
    across,
    drawn,
    filled,
)
from tests.campaigns import ROOT, SHIPPED, Sent, consolidate, in_process, issues_of, roster_row, round_of
from tests.write.opened import SOFFICE

THAI = re.compile(r"[ก-๙]")
OURS = re.compile(r"Traceback|Error|Exception|Usage|No such|Missing|Invalid|File \"")
FORMS = load_forms(SHIPPED / "forms")
THERE = ["best_practice", "operations", "plan"]
NAMES = gazetteer(load_registry(SHIPPED / "registry"))
ROUND = '\n[[round]]\nkey = "5"\nform = "{name}"\ntitle = "ครั้งที่ ๕"\ndue = "2564-02-22"\n'
DON, HAI = "6342401", "6342403"
BLANKS = {
    "three levels": THREE_LEVELS,
    "one sheet per local body": PER_BODY,
    "two tables in a sheet": TWO_TABLES,
    "English and Thai": TWO_LANGUAGES,
    "merges lost": LOST_MERGES,
    "activities": ACTIVITIES,
    "two tables side by side": SIDE_BY_SIDE,
    "items without a table": STORY,
}
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def grids_of(folder: Path, content: bytes, suffix: str = "xlsx") -> Workbook:
    """A workbook as the program reads it."""
    path = folder / f"blank.{suffix}"
    path.write_bytes(content)
    workbook = read_snapshot(path, path.name)
    assert workbook.readable
    return workbook


def draft_of(folder: Path, blank: Blank, suffix: str = "") -> Draft:
    return draft_form(grids_of(folder, drawn(blank, suffix), suffix or "xlsx"), "waste", FORMS, NAMES)


def table(**texts: object) -> Blank:
    """A blank of one sheet that is named as a spreadsheet names it."""
    return (Page("Sheet1", texts),)


def header(*labels: object, row: int = 3, title: str = "แบบรายงานขยะ") -> dict[str, object]:
    return {"A1": title, "A2": "อำเภอ .......... ครั้งที่ .....", **across(row, *labels)}


@pytest.fixture
def schemas(tmp_path) -> Path:
    """A copy of the shipped tables, to write a form into."""
    shutil.copytree(SHIPPED, tmp_path / "schemas", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "schemas"


# --- what is drafted ----------------------------------------------------------------------------------------------

DRAFTED = {
    "three levels": [
        ("seq", "", "ที่", "row", "ignored", ""),
        ("lao_name", "", "อปท.", "row", "name", ""),
        ("hh_total", "การคัดแยกขยะ ครัวเรือน", "ทั้งหมด", "row", "count", "ครัวเรือน"),
        ("column_4", "การคัดแยกขยะ ครัวเรือน", "คัดแยกแล้ว", "row", "count", "ครัวเรือน"),
        ("column_5", "การคัดแยกขยะ ชุมชน (แห่ง)", "ทั้งหมด", "row", "count", "แห่ง"),
        ("column_6", "การคัดแยกขยะ ชุมชน (แห่ง)", "คัดแยกแล้ว", "row", "count", "แห่ง"),
        ("column_7", "การคัดแยกขยะ", "ร้อยละ", "row", "percent", "%"),
        ("column_8", "ปริมาณขยะ (ตัน)", "ก่อน", "row", "area", "ตัน"),
        ("column_9", "ปริมาณขยะ (ตัน)", "หลัง", "row", "area", "ตัน"),
        ("remark", "", "หมายเหตุ", "row", "text", ""),
        ("district", "ส่วนหัวแบบ", "อำเภอ", "heading", "district", ""),
        ("round", "ส่วนหัวแบบ", "ครั้งที่", "heading", "round", ""),
        ("data_date", "ส่วนหัวแบบ", "ข้อมูล ณ วันที่", "heading", "date", ""),
        ("column_14", "ส่วนหัวแบบ", "วิทยากรที่ผ่านการอบรม", "once", "count", "คน"),
        ("reporter", "ท้ายแบบ", "ผู้รายงาน", "footer", "person", ""),
    ],
    "one sheet per local body": [
        ("lao_name", "", "องค์กรปกครองส่วนท้องถิ่น (อปท.)", "row", "name", ""),
        ("moo", "", "หมู่ที่", "row", "item", ""),
        ("hh_total", "", "จำนวนครัวเรือนทั้งหมด", "row", "count", "ครัวเรือน"),
        ("hh_veg", "", "ครัวเรือนที่ปลูกผัก", "row", "count", "ครัวเรือน"),
        ("column_4", "", "พื้นที่ปลูก ไร่", "row", "area", "ไร่"),
        ("budget", "", "งบประมาณ (บาท)", "row", "money", "บาท"),
        ("column_6", "", "ข้อสังเกต", "row", "text", ""),
        ("district", "ส่วนหัวแบบ", "อำเภอ", "heading", "district", ""),
        ("round", "ส่วนหัวแบบ", "ครั้งที่", "heading", "round", ""),
    ],
    "two tables in a sheet": [
        ("seq", "", "ลำดับ", "row", "ignored", ""),
        ("lao_name", "", "ชื่อ อปท.", "row", "name", ""),
        ("hh_total", "", "ครัวเรือนทั้งหมด", "row", "count", "ครัวเรือน"),
        ("hh_wetbin", "", "ครัวเรือนที่มีถังขยะเปียก", "row", "count", "ครัวเรือน"),
        ("column_5", "", "ถังขยะเปียก (ใบ)", "row", "count", "ใบ"),
        ("district", "ส่วนหัวแบบ", "อำเภอ", "heading", "district", ""),
        ("round", "ส่วนหัวแบบ", "ครั้งที่", "heading", "round", ""),
    ],
    "English and Thai": [
        ("column_1", "", "No.", "row", "ignored", ""),
        ("lao_name", "", "อปท. Local body", "row", "name", ""),
        ("column_3", "", "Number of volunteers (persons)", "row", "count", "persons"),
        ("hh_total", "", "จำนวนครัวเรือน Households", "row", "count", "ครัวเรือน"),
        ("column_5", "", "Share (%)", "row", "percent", "%"),
        ("column_6", "", "Budget (baht)", "row", "money", "บาท"),
        ("column_7", "", "Start date", "row", "start", ""),
        ("column_8", "", "End date", "row", "end", ""),
        ("column_9", "", "Remarks", "row", "text", ""),
        ("district", "ส่วนหัวแบบ", "อำเภอ", "heading", "district", ""),
        ("round", "ส่วนหัวแบบ", "ครั้งที่", "heading", "round", ""),
    ],
    "merges lost": [
        ("seq", "", "ลำดับ", "row", "ignored", ""),
        ("lao_name", "", "หน่วยงาน", "row", "name", ""),
        ("column_3", "สมาชิกกองทุน", "ทั้งหมด", "row", "count", "ครัวเรือน"),
        ("column_4", "สมาชิกกองทุน", "ใหม่", "row", "count", "ครัวเรือน"),
        ("column_5", "สมาชิกกองทุน", "ลาออก", "row", "count", "ครัวเรือน"),
        ("column_6", "เงินกองทุน", "รับ", "row", "money", "บาท"),
        ("column_7", "เงินกองทุน", "จ่าย", "row", "money", "บาท"),
        ("district", "ส่วนหัวแบบ", "อำเภอ", "heading", "district", ""),
        ("round", "ส่วนหัวแบบ", "ครั้งที่", "heading", "round", ""),
    ],
    "activities": [
        ("seq", "", "ที่", "row", "ignored", ""),
        ("lao_name", "", "หน่วยงาน", "row", "name", ""),
        ("activity", "", "โครงการ", "row", "item", ""),
        ("column_4", "เป้าหมาย", "ผู้เข้าร่วม (คน)", "row", "count", "คน"),
        ("column_5", "เป้าหมาย", "สถานที่", "row", "text", ""),
        ("column_6", "ช่วงเวลา", "เริ่ม", "row", "start", ""),
        ("column_7", "ช่วงเวลา", "แล้วเสร็จ", "row", "end", ""),
        ("budget", "", "งบประมาณ", "row", "money", "บาท"),
        ("owner", "", "ผู้รับผิดชอบโครงการ", "row", "text", ""),
        ("district", "ส่วนหัวแบบ", "อำเภอ", "heading", "district", ""),
        ("rows", "", "จำนวนกิจกรรม", "tally", "count", "กิจกรรม"),
    ],
    "two tables side by side": [
        ("lao_name", "", "อปท.", "row", "name", ""),
        ("column_2", "", "ต้นไม้ (ต้น)", "row", "count", "ต้น"),
        ("column_3", "", "แปลงผัก (แปลง)", "row", "count", "แปลง"),
        ("column_4", "", "ปุ๋ยหมัก (กก.)", "row", "area", "กก."),
        ("district", "ส่วนหัวแบบ", "อำเภอ", "heading", "district", ""),
        ("round", "ส่วนหัวแบบ", "ครั้งที่", "heading", "round", ""),
    ],
    "items without a table": [
        ("column_1", "", "ชื่อเรื่อง", "answer", "text", ""),
        ("column_2", "", "หน่วยงาน", "answer", "name", ""),
        ("column_3", "", "จำนวนผู้เข้าร่วม", "answer", "count", "คน"),
        ("column_4", "", "พื้นที่ดำเนินการ หมู่ที่", "answer", "text", ""),
        ("problems", "", "ปัญหาอุปสรรค", "answer", "story", ""),
        ("district", "ส่วนหัวแบบ", "อำเภอ", "heading", "district", ""),
        ("round", "ส่วนหัวแบบ", "ครั้งที่", "heading", "round", ""),
        ("reporter", "ท้ายแบบ", "ผู้รายงาน", "footer", "person", ""),
    ],
}


def told(form: Form) -> list[tuple[str, ...]]:
    return [(one.key, one.group, one.header, one.level, one.kind, one.unit) for one in form.columns]


@pytest.mark.parametrize("shape", DRAFTED)
def test_each_shape_is_drafted_with_these_keys_groups_kinds_and_units(tmp_path, shape):
    assert told(draft_of(tmp_path, BLANKS[shape]).form) == DRAFTED[shape]


@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("shape", ["three levels", "merges lost"])
def test_a_blank_that_libreoffice_saved_is_drafted_alike(tmp_path, shape, suffix):
    saved, own = draft_of(tmp_path, BLANKS[shape], suffix), draft_of(tmp_path, BLANKS[shape])
    assert (saved.form, saved.unsure, saved.left_out) == (own.form, own.unsure, own.left_out)


@pytest.mark.parametrize(
    "shape, grain, key, item, size, title",
    [
        ("three levels", "local_body", ("local_body",), "", "hh_total", "แบบรายงานผลการคัดแยกขยะต้นทาง"),
        (
            "one sheet per local body", "local_body", ("local_body", "item"), "moo", "hh_total",
            "แบบสำรวจครัวเรือนปลูกผักสวนครัว",
        ),
        ("activities", "activity", ("local_body", "item"), "activity", "", "แผนการรณรงค์ลดขยะ"),
        ("two tables side by side", "local_body", ("local_body",), "", "", "แบบรายงานสองตาราง"),
        ("items without a table", "district", (), "", "", "แบบเล่าเรื่องชุมชนสะอาด"),
    ],
)  # fmt: skip
def test_what_a_row_is_and_what_the_form_is_called(tmp_path, shape, grain, key, item, size, title):
    form = draft_of(tmp_path, BLANKS[shape]).form
    assert (form.grain, form.row_key, form.item, form.size) == (grain, key, item, size)
    assert (form.key, form.title, form.titles) == ("waste", title, (title,))
    assert (form.rules, form.ratios) == ((), ())


def test_a_known_column_keeps_all_that_its_form_says_and_its_own_labels_besides(tmp_path):
    drafted = draft_of(tmp_path, PER_BODY)
    hh_veg, known = drafted.form.column("hh_veg"), FORMS["operations"].column("hh_veg")
    kept = ("key", "level", "kind", "unit", "required", "summary")
    assert [getattr(hh_veg, name) for name in kept] == [getattr(known, name) for name in kept]
    assert hh_veg.labels[0] == "ครัวเรือนที่ปลูกผัก"
    assert {label for label in known.labels if label != known.header} <= {*hh_veg.labels}
    assert drafted.sources["hh_veg"] == "operations"
    assert drafted.sources["budget"] == "plan"
    assert drafted.sources["column_4"] == "guessed D4"


def test_a_synonym_that_means_another_column_of_the_draft_is_not_taken_over(tmp_path):
    """ธนาคารเมล็ดพันธุ์ is another way of writing seed_bank, and here a label of its own."""
    blank = table(**header("อปท.", "ธนาคาร/ศูนย์แบ่งปันเมล็ดพันธุ์", "ศูนย์แบ่งปันเมล็ดพันธุ์", "ต้นไม้ (ต้น)", "หมายเหตุ"))
    form = draft_of(tmp_path, blank).form
    first, second = form.columns[1], form.columns[2]
    assert (first.key, first.header) == ("seed_bank", "ธนาคาร/ศูนย์แบ่งปันเมล็ดพันธุ์")
    assert (second.key, second.header) == ("column_3", "ศูนย์แบ่งปันเมล็ดพันธุ์")
    assert "ธนาคารเมล็ดพันธุ์" in first.labels
    assert "ศูนย์แบ่งปันเมล็ดพันธุ์" not in first.labels


def test_a_known_label_with_another_unit_is_no_known_column(tmp_path):
    """ปุ๋ยหมัก counts households where it is known; here it is weighed."""
    compost = draft_of(tmp_path, SIDE_BY_SIDE).form.columns[3]
    assert (compost.header, compost.key, compost.unit) == ("ปุ๋ยหมัก (กก.)", "column_4", "กก.")


def test_a_known_label_under_another_columns_group_is_no_known_column(tmp_path):
    texts = {"C3": "การจัดการขยะ", **header("อปท.", "ครัวเรือนทั้งหมด", row=3), "E3": "ต้นไม้ (ต้น)"}
    texts |= {"C3": "การจัดการขยะ", "C4": "ครัวเรือนที่ปลูกผักสวนครัว", "D4": "ครัวเรือนคัดแยกขยะ"}
    form = draft_of(tmp_path, (Page("แบบ", texts, ("C3:D3", "A3:A4", "B3:B4", "E3:E4")),)).form
    assert [column.key for column in form.row_columns] == [
        "lao_name",
        "hh_total",
        "column_3",
        "hh_sort",
        "column_5",
    ]


def test_of_three_levels_the_upper_two_are_also_understood_apart(tmp_path):
    """So the reader takes the row of the first level for one of labels; a level that repeats itself says nothing."""
    form = draft_of(tmp_path, THREE_LEVELS).form
    assert form.column("column_6").labels == (
        "การคัดแยกขยะ ชุมชน (แห่ง) > คัดแยกแล้ว",
        "คัดแยกแล้ว",
        "การคัดแยกขยะ > ชุมชน (แห่ง) > คัดแยกแล้ว",
        "ชุมชน (แห่ง) > คัดแยกแล้ว",
    )


def test_a_lower_label_that_stands_under_two_upper_ones_alike_is_not_understood_without_them(tmp_path):
    texts = header("อปท.", "ปี 2563", "", "ปี 2564", "") | across(4, "ผู้สูงอายุ", "", "ผู้สูงอายุ", first="B")
    texts |= across(5, "ชาย (คน)", "หญิง (คน)", "ชาย (คน)", "สูงวัย (คน)", first="B")
    form = draft_of(tmp_path, (Page("แบบ", texts, ("A3:A5", "B3:C3", "D3:E3", "B4:C4", "D4:E4")),)).form
    assert form.column("column_2").labels == (
        "ปี 2563 ผู้สูงอายุ > ชาย (คน)", "ชาย (คน)", "ปี 2563 > ผู้สูงอายุ > ชาย (คน)",
    )  # fmt: skip
    assert "ผู้สูงอายุ > หญิง (คน)" in form.column("column_3").labels


def test_an_upper_level_of_two_labels_is_none_of_the_headings_lines(tmp_path):
    texts = {
        "A1": "แบบรายงานขยะ",
        "A2": "อำเภอ ....... ครั้งที่ .....",
        "A3": "ครัวเรือนที่ร่วมงาน",
        "C3": "สมาชิกชมรม (คน)",
    }
    texts |= across(4, "เดิม (ครัวเรือน)", "ใหม่ (ครัวเรือน)", "ชาย", "หญิง")
    form = draft_of(tmp_path, (Page("อบต.ดอนมดแดง", texts, ("A3:B3", "C3:D3")),)).form
    assert [(column.group, column.header) for column in form.row_columns[1:]] == [
        ("ครัวเรือนที่ร่วมงาน", "เดิม (ครัวเรือน)"), ("ครัวเรือนที่ร่วมงาน", "ใหม่ (ครัวเรือน)"),
        ("สมาชิกชมรม (คน)", "ชาย"), ("สมาชิกชมรม (คน)", "หญิง"),
    ]  # fmt: skip


def test_lines_of_fields_examples_and_filled_rows_are_no_header_and_no_field(tmp_path):
    texts = {
        "A1": "แบบรายงานขยะ",
        **across(2, "อำเภอ .....", "ครั้งที่ ....", "ข้อมูล ณ วันที่ ....", "หน่วยงาน ......"),
    }
    texts |= across(4, "อปท.", *(f"งาน {sign} (แห่ง)" for sign in "กขคงจฉ"), "หมายเหตุ")
    texts |= across(6, "ตัวอย่าง อบต.โก่งธนู", "ดี", "ดี", "ดี") | across(
        8, "อบต.ดอนมดแดง", 1, 2, 3, 4, 5, 6, "จำนวน 12 คน"
    )
    drafted = draft_of(tmp_path, table(**texts))
    assert [column.key for column in drafted.form.columns] == [
        "lao_name", *(f"column_{number}" for number in range(2, 8)), "remark", "district", "round", "data_date",
    ]  # fmt: skip
    assert lines_with(drafted.left_out, "ตารางอีกตารางหนึ่ง") == []


def test_a_label_that_is_merged_far_down_and_one_behind_a_gap_change_nothing_about_the_header(tmp_path):
    texts = header("ที่", "อปท.", "ต้นไม้ (ต้น)", "แปลงผัก (แปลง)", "สระน้ำ (แห่ง)", "ข้อสังเกต", "", "หมายเหตุ")
    texts |= {"A4": "ก", "A5": "ข", **across(8, *(f"({number})" for number in range(1, 7)))}
    drafted = draft_of(tmp_path, (Page("แบบ", texts, ("F3:F12",)),))
    assert [(column.group, column.header) for column in drafted.form.row_columns] == [
        ("", label)
        for label in ("ที่", "อปท.", "ต้นไม้ (ต้น)", "แปลงผัก (แปลง)", "สระน้ำ (แห่ง)", "ข้อสังเกต", "หมายเหตุ")
    ]
    assert drafted.left_out == ()


def test_notes_directly_below_a_header_and_local_bodies_in_a_column_of_words_are_no_list(tmp_path):
    texts = header("ที่", "พื้นที่งาน", "ต้นไม้ (ต้น)", "แปลงผัก (แปลง)", "สระน้ำ (แห่ง)")
    notes = {"B4": "หมายเหตุ", "B5": "๑. นับเฉพาะต้นใหม่", "B6": "๒. นับทุกแปลง", "B7": "๓. ไม่นับบ่อ"}
    bodies = {"B4": "อบต.ดอนมดแดง", "B5": "อบต.คำไฮใหญ่", "B6": "อบต.เหล่าแดง"}
    for printed in (notes, bodies):
        assert draft_of(tmp_path, table(**texts, **printed)).form.columns[2].header == "พื้นที่งาน"


def test_of_two_names_the_first_is_that_of_the_local_body(tmp_path):
    texts = header("อปท.", "หน่วยงาน", "ต้นไม้ (ต้น)", "แปลงผัก (แปลง)", "สระน้ำ (แห่ง)")
    form = draft_of(tmp_path, table(**texts)).form
    assert [(column.key, column.kind) for column in form.row_columns[:2]] == [
        ("lao_name", "name"), ("column_2", "text"),
    ]  # fmt: skip


def test_of_what_is_done_and_where_the_first_tells_rows_apart_and_the_other_is_part_of_the_key(tmp_path):
    texts = header("อปท.", "หมู่ที่", "กิจกรรม/โครงการ", "ผู้ร่วม (คน)", "เวที (ครั้ง)", "งบประมาณ (บาท)")
    form = draft_of(tmp_path, table(**texts)).form
    assert (form.grain, form.item, form.row_key) == ("activity", "activity", ("local_body", "item", "moo"))
    assert (form.column("activity").kind, form.column("moo").kind) == ("item", "text")


def test_a_column_of_districts_is_the_field_that_says_whose_report_it_is(tmp_path):
    texts = header("ที่", "อำเภอ", "อปท.", "ต้นไม้ (ต้น)", "แปลงผัก (แปลง)", "สระน้ำ (แห่ง)")
    columns = draft_of(tmp_path, table(**texts)).form.columns
    assert [(one.key, one.level, one.kind) for one in columns if one.kind == "district"] == [
        ("district", "heading", "district")
    ]


GUESSES = {
    "ลำดับที่": ("ignored", ""),
    "เลขที่": ("ignored", ""),
    "ชื่อหน่วยงาน": ("name", ""),
    "หมู่บ้าน": ("item", ""),
    "ชื่อโครงการย่อย": ("item", ""),
    "อัตราร้อยละของผู้ผ่าน": ("percent", "%"),
    "จำนวนผู้สูงอายุ": ("count", ""),
    "จำนวนคนพิการ": ("count", "คน"),
    "จำนวนชุมชนต้นแบบ": ("count", "ชุมชน"),
    "ต้นไม้ที่ปลูก (ต้น)": ("count", "ต้น"),
    "ผู้ร่วมงาน\nคน": ("count", "คน"),
    "ป้าย/สื่อ (ชิ้น/ครั้ง)": ("count", "ชิ้น/ครั้ง"),
    "โครงการ (โครงการ)": ("count", "โครงการ"),
    "พื้นที่ป่า (ไร่)": ("area", "ไร่"),
    "จำนวนไร่ที่เพิ่ม": ("area", "ไร่"),
    "ขยะอินทรีย์ (กก.)": ("area", "กก."),
    "ลานกิจกรรม (ตร.ม.)": ("quantity", "ตร.ม."),
    "จำนวนเงินที่ได้รับ": ("money", "บาท"),
    "ค่าวัสดุ (บาท)": ("money", "บาท"),
    "วันที่ประชุม": ("start", ""),
    "วันที่เริ่มต้นงาน": ("start", ""),
    "กำหนดสิ้นสุดงาน": ("end", ""),
    "โครงการที่แล้วเสร็จ (โครงการ)": ("count", "โครงการ"),
    "ผู้ประสานงาน": ("text", ""),
    "หมู่ที่ทำ (ระบุ)": ("item", ""),
    "จำนวนคนพิการ\nPersons": ("count", "คน"),
    "จำนวนคนพิการ\nราย": ("count", "ราย"),
}


@pytest.mark.parametrize("label", GUESSES)
def test_what_a_label_is_guessed_to_be(tmp_path, label):
    others = ("ก (ใบ)", "ข (ใบ)", "ค (ใบ)")
    name = () if label == "ชื่อหน่วยงาน" else ("ชื่อเรียกของเทศบาล/อบต. (อปท.)",)
    form = draft_form(
        grids_of(tmp_path, drawn(table(**header(*name, *others, label)))), "waste", {}, NAMES
    ).form
    column = next(one for one in form.columns if one.header == " ".join(label.split()))
    assert (column.kind, column.unit) == GUESSES[label]


# --- what is unsure, and what is left out -------------------------------------------------------------------------


def lines_with(lines: tuple[str, ...], *words: str) -> list[str]:
    return [line for line in lines if all(word in line for word in words)]


@pytest.mark.parametrize("shape", DRAFTED)
def test_every_guess_is_told_with_its_cell_and_nothing_that_a_form_knows_is(tmp_path, shape):
    drafted = draft_of(tmp_path, BLANKS[shape])
    for key, source in drafted.sources.items():
        column = drafted.form.column(key)
        said = lines_with(drafted.unsure, f'"{column.full_title}": เดาว่า') or (
            lines_with(drafted.unsure, f'"{column.header}": เดาว่า') if column.level == "once" else []
        )
        if source.startswith("guessed "):
            (line,) = said
            assert f'แผ่น "{drafted.sheet}" เซลล์ {source.removeprefix("guessed ")} ' in line
        else:
            assert said == []


def test_what_is_unsure_of_three_levels(tmp_path):
    drafted = draft_of(tmp_path, THREE_LEVELS)
    sheet = 'แผ่น "แบบ ข.1" เซลล์'
    group = "การคัดแยกขยะ ครัวเรือน"
    first, second, *_ = drafted.unsure
    assert first == (
        f'{sheet} C7 "{group} ทั้งหมด": ถือว่าเป็นคอลัมน์ "ครัวเรือน ครัวเรือนทั้งหมด" ของแบบ "operations" '
        "เพราะป้ายตรงกันบางส่วน ใช้รหัส hh_total"
    )
    assert second == f'{sheet} D7 "{group} คัดแยกแล้ว": เดาว่าเป็นจำนวนนับ หน่วย ครัวเรือน ใช้รหัส column_4'
    assert f'{sheet} A1: ใช้ "แบบรายงานผลการคัดแยกขยะต้นทาง" เป็นชื่อแบบ' in drafted.unsure
    assert f'{sheet} A4 "วิทยากรที่ผ่านการอบรม": เดาว่าเป็นจำนวนที่กรอกครั้งเดียวต่ออำเภอ หน่วย คน' in drafted.unsure
    assert len(drafted.unsure) == 10
    assert drafted.left_out == ()


def test_a_sheet_per_local_body_is_said_to_be_read_by_its_name(tmp_path):
    drafted = draft_of(tmp_path, PER_BODY)
    (first,) = lines_with(drafted.unsure, "ไม่มีคอลัมน์ชื่อ อปท.")
    assert 'แผ่น "อบต.ดอนมดแดง" แถว 4 คอลัมน์ A ถึง F' in first
    assert "เมื่อชื่อแผ่นงานเป็นชื่อ อปท." in first
    (other,) = lines_with(drafted.unsure, 'แผ่น "อบต.คำไฮใหญ่"')
    assert "หนึ่งแผ่นต่อหนึ่ง อปท." in other
    assert drafted.left_out == ()


def test_sheets_that_are_not_called_after_local_bodies_are_to_be_renamed(tmp_path):
    pages = tuple(replace(page, name=name) for page, name in zip(PER_BODY, ("อปท. 1", "อปท. 2"), strict=True))
    (line,) = lines_with(draft_of(tmp_path, pages).unsure, 'แผ่น "อปท. 2"')
    assert "ให้ตั้งชื่อแผ่นเป็นชื่อ อปท." in line


@pytest.mark.parametrize(
    "blank, place, other",
    [
        (TWO_TABLES, 'แผ่น "Sheet1" แถว 12 คอลัมน์ A ถึง E', "สมาชิกชาย (คน)"),
        (SIDE_BY_SIDE, 'แผ่น "แบบ" แถว 3 คอลัมน์ F ถึง I', "ผู้สูงอายุ (คน)"),
    ],
)
def test_of_two_tables_in_a_sheet_the_one_that_was_left_is_named(tmp_path, blank, place, other):
    (line,) = draft_of(tmp_path, blank).left_out
    assert line.startswith(f"{place}: มีตารางอีกตารางหนึ่ง")
    assert other in line
    assert "ต้องย้ายตารางนี้ไปไว้แผ่นอื่นก่อนแจกแบบ" in line


def test_a_table_on_another_sheet_is_left_and_need_not_be_moved(tmp_path):
    pages = (*THREE_LEVELS, replace(TWO_TABLES[0], name="แบบ ข.2"))
    lines = draft_of(tmp_path, pages).left_out
    assert [re.match(r'แผ่น "[^"]*" แถว \d+', line)[0] for line in lines] == [
        'แผ่น "แบบ ข.2" แถว 5', 'แผ่น "แบบ ข.2" แถว 12',
    ]  # fmt: skip
    assert lines_with(lines, "ต้องย้าย") == []


def test_a_header_printed_again_on_the_next_page_is_no_other_table(tmp_path):
    texts = header("ที่", "อปท.", "ต้นไม้ (ต้น)", "แปลงผัก (แปลง)", "สระน้ำ (แห่ง)")
    again = {re.sub(r"\d+", "30", place): text for place, text in texts.items() if place.endswith("3")}
    drafted = draft_of(tmp_path, table(**texts, **again))
    assert drafted.left_out == ()
    assert len(drafted.form.row_columns) == 5


def test_labels_that_are_numbers_or_missing_or_the_same_are_left_out_and_told(tmp_path):
    texts = {
        "A1": "แบบรายงานขยะ อำเภอ .........",
        **across(3, "อปท.", "ต้นไม้ (ต้น)", "แปลงผัก", "แปลงผัก (ใหม่)", "ขยะ (ตัน)", "", "", "สระน้ำ (แห่ง)"),
        **across(4, 2563, "หลังคัดแยก", first="E"),
    }
    merges = ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:H4")
    drafted = draft_of(tmp_path, (Page("แบบ", texts, merges),))
    assert [column.header for column in drafted.form.row_columns] == [
        "อปท.", "ต้นไม้ (ต้น)", "แปลงผัก", "หลังคัดแยก", "สระน้ำ (แห่ง)",
    ]  # fmt: skip
    same, number, unnamed = drafted.left_out
    assert same.startswith('แผ่น "แบบ" เซลล์ D3: ป้าย "แปลงผัก (ใหม่)" เหมือนกับแผ่น "แบบ" เซลล์ C3')
    assert number.startswith('แผ่น "แบบ" เซลล์ E4: ป้าย "2563" เป็นตัวเลข')
    assert unnamed.startswith('แผ่น "แบบ" เซลล์ E3: คอลัมน์ G ไม่มีป้ายของตนเองใต้ "ขยะ (ตัน)"')


def test_what_is_asked_in_english_and_not_read_is_told(tmp_path):
    contact, total = draft_of(tmp_path, TWO_LANGUAGES).left_out
    assert contact.startswith('แผ่น "Form" เซลล์ A3: "Contact: .............." ไม่อยู่ในร่าง')
    assert total.startswith('แผ่น "Form" เซลล์ A12: ระบบรู้จักแถวรวมจากคำไทย แถว "Total"')


def test_a_heading_that_says_neither_district_nor_round_nor_title_is_told(tmp_path):
    drafted = draft_of(tmp_path, table(**across(1, "อปท.", "ต้นไม้ (ต้น)", "แปลงผัก (แปลง)", "สระน้ำ (แห่ง)")))
    assert [lines_with(drafted.unsure, words) != [] for words in ("ไม่มีที่เขียนชื่ออำเภอ", "ไม่มีที่เขียนครั้งที่", "ไม่พบชื่อแบบ")] == [
        True, True, True,
    ]  # fmt: skip
    assert drafted.form.title == "Sheet1"
    assert drafted.form.column("district").required


def test_hidden_columns_and_labels_over_several_columns_are_told(tmp_path):
    texts = header("อปท.", "", "ต้นไม้ (ต้น)", "แปลงผัก (แปลง)", "สระน้ำ (แห่ง)")
    (grid,) = grids_of(tmp_path, drawn((Page("แบบ", texts, ("A3:B3",)),))).grids
    hidden = Workbook((replace(grid, hidden_columns=frozenset({3})),))
    drafted = draft_form(hidden, "waste", FORMS, NAMES)
    assert lines_with(drafted.unsure, "เซลล์ A3: ป้ายนี้คลุมคอลัมน์ A ถึง B ถือเป็นคอลัมน์เดียวที่ A")
    assert lines_with(drafted.unsure, "เซลล์ D3: คอลัมน์ D ถูกซ่อนอยู่ในแบบ แต่อยู่ในร่าง")
    assert [column.key for column in drafted.form.row_columns] == [
        "lao_name", "column_2", "column_3", "column_4",
    ]  # fmt: skip


def test_sheets_that_are_hidden_or_show_an_example_are_passed_over(tmp_path):
    pages = (
        replace(TWO_LANGUAGES[0], name="เก่า", hidden=True),
        replace(ACTIVITIES[0], name="ตัวอย่างการกรอก"),
        *THREE_LEVELS,
    )
    drafted = draft_of(tmp_path, pages)
    assert (drafted.sheet, drafted.left_out) == ("แบบ ข.1", ())


def test_a_blank_that_a_form_knows_as_well_is_told(tmp_path):
    texts = header("ที่", "อปท.", "ครัวเรือนทั้งหมด", "ครัวเรือนเป้าหมาย", "ครัวเรือนต้นแบบ", "ครัวเรือนคัดแยกขยะ")
    (line,) = lines_with(draft_of(tmp_path, table(**texts)).unsure, 'แบบ "operations" ที่มีอยู่แล้ว')
    assert line.startswith('แผ่น "Sheet1" แถว 3 คอลัมน์ A ถึง F: ')
    assert "6 คอลัมน์" in line


def test_what_is_unsure_of_items_without_a_table(tmp_path):
    drafted = draft_of(tmp_path, STORY)
    assert drafted.unsure[0].startswith('แผ่น "แบบ": ไม่มีตาราง ถือว่าเป็นแบบที่แต่ละอำเภอตอบครั้งเดียว')
    assert lines_with(drafted.unsure, "เซลล์ A7: บรรทัดนี้มีที่เขียนหลายช่อง")
    assert lines_with(drafted.unsure, 'แบบ "best_practice" ที่มีอยู่แล้วรู้จักแผ่นนี้ด้วย', "อาจถูกอ่านเป็นแบบเดิม")
    assert drafted.left_out == ()
    unnamed = replace(
        STORY[0], texts={at: text for at, text in STORY[0].texts.items() if at not in ("A5", "A6")}
    )
    lines = draft_of(tmp_path, (unnamed,)).unsure
    assert lines_with(lines, "ไม่มีหัวข้อชื่อ อปท. ระบบจะทราบ อปท. ได้เมื่อชื่อแผ่นเป็นชื่อ อปท.")
    assert lines_with(lines, 'เพิ่มยอด "จำนวนเรื่อง" (rows) ซึ่งนับเมื่อกรอก "ชื่อเรื่อง"')


CANNOT = {
    "transposed": (TRANSPOSED, 'แผ่น "สรุป" เซลล์ B3', "อปท. เรียงไปทางขวา (อบต.ดอนมดแดง, อบต.คำไฮใหญ่, อบต.เหล่าแดง)"),
    "transposed, names left open": (
        table(**across(3, "รายการ", "อปท. ที่ 1", "อปท. ที่ 2", "อปท. ที่ 3"), A4="ต้นไม้", A5="แปลงผัก"),
        'แผ่น "Sheet1" เซลล์ B3', "อปท. เรียงไปทางขวา",
    ),
    "listed": (LISTED, 'แผ่น "แบบ" เซลล์ B4', "รายการเรียงลงมาแถวละเรื่อง (เช่น ครัวเรือนทั้งหมด"),
    "downwards": (DOWNWARDS, 'แผ่น "แบบ" คอลัมน์ A แถว 1 ถึง 6', "มีแต่ป้ายที่เรียงลงมา"),
    "too little": (
        table(**header("ที่", "อปท.", "ต้นไม้ (ต้น)", "ร้อยละ")),
        'แผ่น "Sheet1" แถว 3 คอลัมน์ A ถึง D', "เพียง 1 คอลัมน์",
    ),
    "nothing": (table(A1="ก"), "ไม่พบหัวตาราง", "กรุณา"),
}  # fmt: skip


@pytest.mark.parametrize("shape", CANNOT)
def test_what_cannot_be_drafted_at_all_is_refused_with_the_place(tmp_path, shape):
    blank, place, why = CANNOT[shape]
    with pytest.raises(ConfigurationError) as caught:
        draft_of(tmp_path, blank)
    assert caught.value.sentence.startswith(place)
    assert why in caught.value.sentence
    assert "กรุณา" in caught.value.sentence


def test_a_workbook_is_drafted_by_its_first_table_that_can_be(tmp_path):
    drafted = draft_of(tmp_path, (*LISTED, replace(THREE_LEVELS[0], name="ตาราง")))
    assert drafted.sheet == "ตาราง"
    assert lines_with(drafted.left_out, 'แผ่น "แบบ" แถว 3')


def test_rows_printed_with_local_bodies_villages_or_totals_are_no_list(tmp_path):
    texts = header("ที่", "อปท.", "หมู่ที่", "ต้นไม้ (ต้น)", "ผัก (แปลง)", "น้ำ (ถัง)", "หมายเหตุ")
    texts |= across(4, "1", "อบต.ดอนมดแดง", "1", "", "", "", "ก") | {"A7": "รวม", "G7": "ง"}
    texts |= across(5, "2", "อบต.คำไฮใหญ่", "2", "", "", "", "ข")
    texts |= across(6, "3", "อบต.เหล่าแดง", "3", "", "", "", "ค")
    assert told(draft_of(tmp_path, table(**texts)).form)[2][0] == "moo"


# --- what is written ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", DRAFTED)
def test_the_tables_that_are_written_load_as_the_very_form(tmp_path, schemas, shape):
    drafted = draft_of(tmp_path, BLANKS[shape])
    workbook = grids_of(tmp_path, drawn(BLANKS[shape]))
    folder = form_draft.new_form(schemas, "waste")
    paths, _ = form_draft.draft_into(folder, "แบบ.xlsx", workbook, schemas)
    assert list(paths) == [folder / name for name in ("columns.csv", "rules.csv", "form.toml")]
    assert load_form(folder) == drafted.form
    assert (folder / "rules.csv").read_text(
        encoding="utf-8-sig"
    ) == "rule,check,left,right,limit,severity,source\n"
    assert sorted(path.name for path in folder.parent.iterdir()) == [*THERE, "waste"]


def test_text_of_a_blank_becomes_no_formula_in_its_tables(tmp_path):
    hostile = header(
        "=อปท.", '+ต้นไม้ "(ต้น)"', "@แปลง,ผัก (แปลง)", "-สระน้ำ > ใหม่|เก่า (แห่ง)", title='=แบบ"\\รายงาน'
    )
    drafted = draft_of(tmp_path, table(**hostile))
    texts = tables_of(drafted.form, drafted.sources)
    cells = [cell for row in csv.reader(texts["columns.csv"].splitlines()) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert replace(load_form(tmp_path), key="waste") == drafted.form
    assert drafted.form.title == 'แบบ"\\รายงาน'


WORDS = (
    "ที่", "อปท.", "ครัวเรือนทั้งหมด", "ทั้งหมด", "จำนวน", "ร้อยละ", "(คน)", "งบประมาณ (บาท)", "ก|ข", "ก > ข", "=1+1",
    "หมู่ที่", "กิจกรรม", "เริ่ม", "รวม", "ลงชื่อ .....", "อำเภอ ......", "ครั้งที่ ...", "(1)", "(2)", "อบต.ดอนมดแดง",
    "อบต.คำไฮใหญ่", "จำนวนคน\nคน", '"ก"\\', "หมายเหตุ", "%", "แนวทาง", "\u200b", "หน่วย: คน", "จำนวนเจ้าหน้าที่ .... คน",
    "ก\u2028ข", "อำเภอ", 1, 2563, 1.5, True, "+-", "@ก", "ย" * 120, "Total", "Number of trees",
)  # fmt: skip
CELLS = st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 7)), st.sampled_from(WORDS), max_size=70)
MERGES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 7), st.integers(0, 2), st.integers(0, 3)).map(
        lambda at: (at[0], at[1], at[0] + at[2], at[1] + at[3])
    ),
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(cells=CELLS, merges=MERGES)
def test_any_sheet_is_refused_in_words_or_gives_tables_that_load_as_the_very_form(
    tmp_path_factory, cells, merges
):
    workbook = Workbook((grid(cells, merges),))
    drafted = drafted_or_refused(workbook)
    if isinstance(drafted, str):
        assert THAI.search(drafted)
        assert "\n" not in drafted
        return
    folder = tmp_path_factory.mktemp("any") / "waste"
    folder.mkdir()
    for name, text in tables_of(drafted.form, drafted.sources).items():
        (folder / name).write_text(text, encoding="utf-8")
    assert load_form(folder) == drafted.form


def drafted_or_refused(workbook: Workbook) -> Draft | str:
    try:
        return draft_form(workbook, "waste", FORMS, NAMES)
    except ConfigurationError as refused:
        return refused.sentence


def grid(cells: dict, merges: list) -> Grid:
    nothing = frozenset()
    return Grid("แผ่น", 0, False, cells, {}, nothing, nothing, nothing, tuple(merges), len(cells))


LEAVES = ("ชาย", "หญิง", "ไตรมาส 1", "ไตรมาส 2", "ผู้สูงอายุ (คน)", "ขยะ (ตัน)", "ทั้งหมด", "คัดแยก", "ถัง (ใบ)", "ผ่าน")
Tree = list[tuple[str, list]]


def trees(depth: int) -> st.SearchStrategy[Tree]:
    """Labels with labels below them, none twice in a row, two at least side by side, to `depth` levels."""
    below = st.one_of(st.just([]), trees(depth - 1)) if depth > 1 else st.just([])
    labels = st.lists(st.sampled_from(LEAVES), min_size=2, max_size=3, unique=True)
    return labels.flatmap(
        lambda row: st.tuples(*(st.tuples(st.just(label), below) for label in row)).map(list)
    )


TWICE: Tree = [("หญิง", []), ("ไตรมาส 2", [("ชาย", []), ("ไตรมาส 1", [])])]
"""Two of these leave a row in which only a middle level stands."""


@example(groups=[TWICE, TWICE], lost=False, first=1)
@settings(max_examples=150, deadline=None)
@given(groups=st.lists(trees(2), min_size=2, max_size=3), lost=st.booleans(), first=st.integers(1, 4))
def test_every_column_of_any_header_of_three_levels_is_drafted_and_found_again(groups, lost, first):
    top: Tree = [
        ("ที่", []),
        ("อปท.", []),
        *((f"งานด้าน{name}", tree) for name, tree in zip("กขค", groups, strict=False)),
    ]
    cells, merges, paths = {(0, 0): "แบบรายงานงานรวม"}, [], []
    laid(top, (first, 0), first + depth_of(top), cells, merges, paths)
    drafted = draft_form(Workbook((grid(cells, [] if lost else merges),)), "waste", {}, NAMES)
    told_twice = {path for path in paths if any(one == two for one, two in pairwise(path))}
    expected = [(" ".join(path[:-1]), path[-1]) for path in paths]
    if not told_twice:
        assert [(column.group, column.header) for column in drafted.form.row_columns] == expected
        assert lines_with(drafted.unsure, "หาคอลัมน์") == []
        assert drafted.left_out == ()


def depth_of(tree: Tree) -> int:
    return 1 + max((depth_of(below) for _, below in tree if below), default=0)


def laid(tree: Tree, at: tuple[int, int], end: int, cells: dict, merges: list, paths: list, path=()) -> int:
    """Lay a tree of labels out as a header whose rows end before `end`; gives the column behind it."""
    row, column = at
    for label, below in tree:
        cells[row, column] = label
        behind = (
            laid(below, (row + 1, column), end, cells, merges, paths, (*path, label)) if below else column + 1
        )
        if below:
            merges.append((row, column, row, behind - 1))
        else:
            paths.append((*path, label))
            if row < end - 1:
                merges.append((row, column, end - 1, column))
        column = behind
    return column


# --- whole or not at all ------------------------------------------------------------------------------------------


def test_a_folder_is_placed_whole_or_not_at_all(tmp_path):
    def broken(folder: Path) -> None:
        assert sorted(path.name for path in folder.iterdir()) == ["a", "b"]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        place_folder(tmp_path / "x", {"a": b"1", "b": b"2"}, broken)
    assert list(tmp_path.iterdir()) == []
    place_folder(tmp_path / "x", {"a": b"1", "b": b"2"}, lambda folder: folder.name == "x")
    assert {path.name: path.read_bytes() for path in (tmp_path / "x").iterdir()} == {"a": b"1", "b": b"2"}
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_what_a_run_that_was_cut_off_left_is_no_form_and_in_nobodys_way(tmp_path, schemas):
    half = schemas / "forms" / ".waste.tmp" / "waste"
    half.mkdir(parents=True)
    (half / "form.toml").write_text("title = ")
    assert list(load_forms(schemas / "forms")) == THERE
    workbook = grids_of(tmp_path, drawn(THREE_LEVELS))
    form_draft.draft_into(form_draft.new_form(schemas, "waste"), "แบบ.xlsx", workbook, schemas)
    assert sorted(path.name for path in (schemas / "forms").iterdir()) == [*THERE, "waste"]


def test_tables_that_do_not_load_are_our_mistake_and_nothing_is_written(tmp_path, schemas, monkeypatch):
    monkeypatch.setattr(form_draft, "tables_of", lambda *_: {"columns.csv": "key\n", "form.toml": ""})
    workbook = grids_of(tmp_path, drawn(THREE_LEVELS))
    with pytest.raises(Bug, match="ผู้ดูแลระบบ"):
        form_draft.draft_into(form_draft.new_form(schemas, "waste"), "แบบ.xlsx", workbook, schemas)
    assert sorted(path.name for path in (schemas / "forms").iterdir()) == THERE


def test_a_disk_that_is_full_leaves_nothing_behind(tmp_path, schemas, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pipeline.durable.sync_folder", full)
    workbook = grids_of(tmp_path, drawn(THREE_LEVELS))
    with pytest.raises(CannotWrite, match="พื้นที่ดิสก์เต็ม"):
        form_draft.draft_into(form_draft.new_form(schemas, "waste"), "แบบ.xlsx", workbook, schemas)
    assert sorted(path.name for path in (schemas / "forms").iterdir()) == THERE


# --- a workbook that was filled in on the blank is read by the draft ----------------------------------------------


def campaign(
    folder: Path, schemas: Path, blank: Blank, *typed: dict[str, object], suffix: str = ""
) -> Results:
    """Draft the blank, give a round to it, and consolidate what a district filled in on it."""
    workbook = grids_of(folder, drawn(blank, suffix), suffix or "xlsx")
    form_draft.draft_into(form_draft.new_form(schemas, "waste"), "แบบ.xlsx", workbook, schemas)
    with (schemas / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write(ROUND.format(name="waste"))
    sent = Sent(f"ส่ง.{suffix or 'xlsx'}", "2021-02-20T09:00:00", drawn(filled(blank, *typed), suffix))
    return consolidate(folder, sent, schemas=schemas)


def figures(results: Results, key: str = "5") -> set[tuple[object, ...]]:
    values = round_of(results, key).values[["local_body_code", "item", "indicator", "value", "sheet", "cell"]]
    return set(values.itertuples(index=False, name=None))


def must_fix(results: Results) -> list[str]:
    issues = (*round_of(results, "5").issues, *results.unplaced)
    return [issue.code for issue in issues if issue.severity == "must_fix"]


THREE_LEVELS_FILLED = {
    "A2": "อำเภอดอนมดแดง จังหวัดอุบลราชธานี",
    "A3": "ครั้งที่ 5 ข้อมูล ณ วันที่ 20 กุมภาพันธ์ 2564",
    "A4": "จำนวนวิทยากรที่ผ่านการอบรม 12 คน",
    **across(9, 1, "อบต.ดอนมดแดง", 100, 60, 5, 3, 60, 12.5, 8, "ดี"),
    **across(10, 2, "อบต.คำไฮใหญ่", 200, 150, 4, 2, 75, 20, 11.25),
    **across(20, "รวม", "", 300, 210, 9, 5, 70, 32.5, 19.25),
}
THREE_LEVELS_READ = {
    (DON, "", "hh_total", 100, "แบบ ข.1", "C9"),
    (DON, "", "column_4", 60, "แบบ ข.1", "D9"),
    (DON, "", "column_5", 5, "แบบ ข.1", "E9"),
    (DON, "", "column_6", 3, "แบบ ข.1", "F9"),
    (DON, "", "column_8", 12.5, "แบบ ข.1", "H9"),
    (DON, "", "column_9", 8, "แบบ ข.1", "I9"),
    (HAI, "", "hh_total", 200, "แบบ ข.1", "C10"),
    (HAI, "", "column_4", 150, "แบบ ข.1", "D10"),
    (HAI, "", "column_5", 4, "แบบ ข.1", "E10"),
    (HAI, "", "column_6", 2, "แบบ ข.1", "F10"),
    (HAI, "", "column_8", 20, "แบบ ข.1", "H10"),
    (HAI, "", "column_9", 11.25, "แบบ ข.1", "I10"),
    ("", "", "column_14", 12, "แบบ ข.1", "A4"),
}


def test_three_levels_filled_in_are_read_to_the_cell(tmp_path, schemas):
    results = campaign(tmp_path, schemas, THREE_LEVELS, THREE_LEVELS_FILLED)
    assert figures(results) == THREE_LEVELS_READ
    assert must_fix(results) == []
    assert [issue.cell for issue in issues_of(results, "TOTAL_ROW")] == ["A20"]
    assert round_of(results, "5").totals["column_8"].value == 32.5


@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_so_they_are_when_libreoffice_saved_both(tmp_path, schemas, suffix):
    results = campaign(tmp_path, schemas, THREE_LEVELS, THREE_LEVELS_FILLED, suffix=suffix)
    assert figures(results) == THREE_LEVELS_READ


def test_one_sheet_per_local_body_filled_in_is_read_by_the_names_of_the_sheets(tmp_path, schemas):
    place = {"A2": "อำเภอดอนมดแดง ครั้งที่ 5"}
    rows = across(5, 50, 5, 1.5, first="B") | across(6, 60, 6, 2.5, first="B")
    results = campaign(tmp_path, schemas, PER_BODY, place | rows, place | across(5, 80, 8, first="B"))
    assert figures(results) == {
        (DON, "1", "hh_total", 50, "อบต.ดอนมดแดง", "B5"),
        (DON, "1", "hh_veg", 5, "อบต.ดอนมดแดง", "C5"),
        (DON, "1", "column_4", 1.5, "อบต.ดอนมดแดง", "D5"),
        (DON, "2", "hh_total", 60, "อบต.ดอนมดแดง", "B6"),
        (DON, "2", "hh_veg", 6, "อบต.ดอนมดแดง", "C6"),
        (DON, "2", "column_4", 2.5, "อบต.ดอนมดแดง", "D6"),
        (HAI, "1", "hh_total", 80, "อบต.คำไฮใหญ่", "B5"),
        (HAI, "1", "hh_veg", 8, "อบต.คำไฮใหญ่", "C5"),
    }
    assert must_fix(results) == []


def test_sheets_with_other_names_are_unusable_and_never_counted(tmp_path, schemas):
    pages = tuple(replace(page, name=name) for page, name in zip(PER_BODY, ("หนึ่ง", "สอง"), strict=True))
    place = {"A2": "อำเภอดอนมดแดง ครั้งที่ 5"}
    results = campaign(tmp_path, schemas, pages, place | across(5, 50, 5, 1.5, first="B"))
    assert figures(results) == set()
    assert roster_row(results, "3424", "5").status == "unusable"
    assert must_fix(results)


def test_labels_in_two_languages_filled_in_are_read(tmp_path, schemas):
    typed = {
        "A2": "อำเภอ (District): ดอนมดแดง ครั้งที่ (Round) 5",
        **across(6, 1, "อบต.ดอนมดแดง", 3, 100, 30, 5000, "1 ม.ค. 2564", "31 ม.ค. 2564", "ok"),
        **across(7, 2, "อบต.คำไฮใหญ่", 4, 150, 40, 2500),
    }
    results = campaign(tmp_path, schemas, TWO_LANGUAGES, typed)
    assert figures(results) == {
        (DON, "", "column_3", 3, "Form", "C6"),
        (DON, "", "hh_total", 100, "Form", "D6"),
        (DON, "", "column_6", 5000, "Form", "F6"),
        (HAI, "", "column_3", 4, "Form", "C7"),
        (HAI, "", "hh_total", 150, "Form", "D7"),
        (HAI, "", "column_6", 2500, "Form", "F7"),
    }
    assert must_fix(results) == []


def test_groups_without_merges_filled_in_are_read_and_years_are_extras(tmp_path, schemas):
    typed = {"B2": "ดอนมดแดง", "F2": 5, **across(7, 1, "อบต.ดอนมดแดง", 3, 1, 0, 100, 30.5, 5, 6)}
    results = campaign(tmp_path, schemas, LOST_MERGES, {}, typed)
    assert figures(results) == {
        (DON, "", "column_3", 3, "แบบ", "C7"),
        (DON, "", "column_4", 1, "แบบ", "D7"),
        (DON, "", "column_5", 0, "แบบ", "E7"),
        (DON, "", "column_6", 100, "แบบ", "F7"),
        (DON, "", "column_7", 30.5, "แบบ", "G7"),
    }
    assert {issue.cell for issue in issues_of(results, "EXTRA_COLUMN")} == {"H4", "I7"}


def test_activities_filled_in_are_read_one_by_one(tmp_path, schemas):
    typed = {
        "A2": "อำเภอดอนมดแดง",
        **across(6, 1, "อบต.ดอนมดแดง", "รณรงค์", 30, "บ้านโนน", "1/1/2564", "31/1/2564", 5000, "กองช่าง"),
        **across(7, 2, "อบต.ดอนมดแดง", "อบรม", 20, "บ้านนา", "1/2/2564", "28/2/2564", 1000, "กองช่าง"),
    }
    results = campaign(tmp_path, schemas, ACTIVITIES, typed)
    assert figures(results) == {
        (DON, "รณรงค์", "rows", 1, "แผน", "C6"),
        (DON, "อบรม", "rows", 1, "แผน", "C7"),
        (DON, "รณรงค์", "column_4", 30, "แผน", "D6"),
        (DON, "รณรงค์", "budget", 5000, "แผน", "H6"),
        (DON, "อบรม", "column_4", 20, "แผน", "D7"),
        (DON, "อบรม", "budget", 1000, "แผน", "H7"),
    }
    assert must_fix(results) == []
    assert list(round_of(results, "5").rows["activity"]) == ["รณรงค์", "อบรม"]


def test_a_form_of_words_counts_its_rows_or_no_report_on_it_would_count(tmp_path, schemas):
    blank = table(**header("อปท.", "เรื่องเด่น", "วิธีทำ", "ปัญหาที่พบ", "ข้อเสนอแนะ"))
    (line,) = lines_with(draft_of(tmp_path, blank).unsure, '"จำนวนแถวที่กรอก" (rows)')
    assert 'ซึ่งนับเมื่อกรอก "เรื่องเด่น"' in line
    typed = {"A2": "อำเภอดอนมดแดง ครั้งที่ 5", **across(4, "อบต.ดอนมดแดง", "ก", "ข", "ค", "ง")}
    results = campaign(tmp_path, schemas, blank, typed)
    assert figures(results) == {(DON, "", "rows", 1, "Sheet1", "B4")}
    assert roster_row(results, "3424", "5").status == "on_time"


def test_items_filled_in_are_read_once_of_each_district(tmp_path, schemas):
    """Where no form of items is there that knows as much of the sheet, as the report says of this one."""
    shutil.rmtree(schemas / "forms" / "best_practice")
    edit(
        schemas / "campaign.toml",
        ('key = "best_practice"\nform = "best_practice"', 'key = "6"\nform = "plan"'),
    )
    typed = {
        "A2": "อำเภอ ดอนมดแดง จังหวัดอุบลราชธานี ครั้งที่ 5", "A4": "บ้านสวยด้วยมือเรา", "A5": "๒. หน่วยงาน อบต.ดอนมดแดง",
        "A6": "๓. จำนวนผู้เข้าร่วม 120 คน", "A7": "๔. พื้นที่ดำเนินการ หมู่ที่ 5 บ้านโนน", "A9": "ฝนแล้ง",
    }  # fmt: skip
    results = campaign(tmp_path, schemas, STORY, typed)
    assert figures(results) == {(DON, "", "column_3", 120, "แบบ", "A6")}
    (row,) = round_of(results, "5").rows.to_dict("records")
    assert [row[key] for key in ("column_1", "column_4", "column_5")] == [
        "บ้านสวยด้วยมือเรา",
        "5 บ้านโนน",
        "ฝนแล้ง",
    ]
    assert must_fix(results) == []


def test_two_tables_that_stay_in_one_sheet_get_mixed_up_as_the_report_says(tmp_path, schemas):
    typed = {
        "A2": "อำเภอดอนมดแดง ครั้งที่ 5",
        **across(6, 1, "อบต.ดอนมดแดง", 100, 20, 19),
        **across(13, 1, "อบต.ดอนมดแดง", 5, 6, 7),
    }
    results = campaign(tmp_path, schemas, TWO_TABLES, typed)
    assert figures(results) == set()
    assert {issue.cell for issue in issues_of(results, "DUPLICATE_ROW")} == {"B6", "B13"}


def test_a_workbook_of_the_shipped_forms_is_still_read_as_such(tmp_path, schemas):
    """The draft knows some labels of the operations form; the form that knows most of a sheet's columns reads it."""
    from tests.sample.model import Table

    workbook = grids_of(tmp_path, drawn(THREE_LEVELS))
    form_draft.draft_into(form_draft.new_form(schemas, "waste"), "แบบ.xlsx", workbook, schemas)
    results = consolidate(
        tmp_path, Sent("ก.xlsx", "2021-02-04T09:00:00", Table("3424", "1")), schemas=schemas
    )
    assert len(round_of(results, "1").values) > 100
    assert set(round_of(results, "1").values["form"]) == {"operations"}


# --- the command --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, and what stands on stdout and on stderr."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def command(schemas, monkeypatch, capfd) -> Command:
    """Gives a command where `schemas` is; workbooks are read in this process."""
    monkeypatch.chdir(schemas.parent)
    monkeypatch.setattr("pipeline.read.readers", lambda read=read_snapshot, **_: in_process(read=read))

    def give(*words: str | Path) -> Ended:
        capfd.readouterr()
        code = exit_code([str(word) for word in words])
        said = capfd.readouterr()
        return Ended(code, said.out, said.err)

    return give


def put_blank(folder: Path, blank: Blank = THREE_LEVELS, name: str = "แบบเปล่า.xlsx") -> Path:
    (folder / name).write_bytes(drawn(blank))
    return folder / name


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_told(ended: Ended, code: int, *words: str) -> None:
    """An operator's mistake: its code, nothing on stdout, one Thai sentence that says what to do, no program talk."""
    assert (ended.code, ended.out) == (code, "")
    assert THAI.search(ended.err)
    assert "กรุณา" in ended.err or "ให้" in ended.err
    assert not OURS.search(ended.err), ended.err
    assert len(ended.err.strip().splitlines()) == 1
    for word in words:
        assert word in ended.err


def test_draft_prints_the_paths_and_reports_in_thai(command, tmp_path):
    put_blank(tmp_path)
    ended = command("form", "draft", "แบบเปล่า.xlsx", "--name", "waste")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        f"schemas/forms/waste/{name}" for name in ("columns.csv", "rules.csv", "form.toml")
    ]
    assert all((tmp_path / line).is_file() for line in ended.out.splitlines())
    lines = ended.err.splitlines()
    assert lines[0] == 'ร่างแบบ "waste" จากไฟล์ "แบบเปล่า.xlsx" แผ่น "แบบ ข.1" แล้ว: แบบรายงานผลการคัดแยกขยะต้นทาง'
    assert lines[1] == "  15 คอลัมน์และช่อง: ตามแบบที่มีอยู่ 8 · เดา 7"
    assert '  - แผ่น "แบบ ข.1" เซลล์ H6 "ปริมาณขยะ (ตัน) ก่อน": เดาว่าเป็น' in ended.err
    assert "rules.csv" in ended.err
    assert [line for line in lines if not THAI.search(line)] == []
    assert "ไม่อยู่ในร่าง" not in ended.err


def test_draft_names_what_it_left_out(command, tmp_path):
    put_blank(tmp_path, TWO_TABLES)
    ended = command("form", "draft", "แบบเปล่า.xlsx", "--name", "bins")
    _, _, left = ended.err.partition("ไม่อยู่ในร่าง หรือระบบอ่านไม่ได้\n")
    assert left.startswith('  - แผ่น "Sheet1" แถว 12 คอลัมน์ A ถึง E')


def test_draft_then_check(command, tmp_path):
    put_blank(tmp_path)
    assert command("form", "draft", "แบบเปล่า.xlsx", "--name", "waste").code == 0
    ended = command("form", "check")
    assert (ended.code, ended.out) == (0, "")
    assert 'แบบ "waste": แบบรายงานผลการคัดแยกขยะต้นทาง' in ended.err
    assert "ควรตรวจ: ไม่มีครั้งใดใช้แบบนี้" in ended.err
    assert "ควรตรวจ: rules.csv ยังไม่มีกฎ" in ended.err


def test_draft_writes_into_the_schemas_that_are_named(command, tmp_path):
    put_blank(tmp_path)
    (tmp_path / "schemas").rename(tmp_path / "tables")
    ended = command("form", "draft", "แบบเปล่า.xlsx", "--name", "waste", "--schemas", "tables")
    assert ended.out.startswith("tables/forms/waste/columns.csv\n")
    assert not (tmp_path / "schemas").exists()


TYPED = {
    "a form that is there": (("แบบเปล่า.xlsx", "--name", "operations"), "schemas/forms/operations", "ไม่เขียนทับ"),
    "a Thai name": (("แบบเปล่า.xlsx", "--name", "ขยะ"), '"ขยะ"', "อักษรอังกฤษ"),
    "a name that climbs": (("แบบเปล่า.xlsx", "--name", "../waste"), '"../waste"'),
    "a name with a stroke": (("แบบเปล่า.xlsx", "--name", "waste-2"), '"waste-2"'),
    "no name": (("แบบเปล่า.xlsx",), "--name", "pipeline form draft --help"),
    "an empty name": (("แบบเปล่า.xlsx", "--name", ""), "ชื่อแบบ"),
    "no blank": (("--name", "waste"), "pipeline form draft --help"),
    "a blank that is not there": (("ไม่มี.xlsx", "--name", "waste"), "ไม่มี.xlsx"),
    "no workbook": (("แบบ.pdf", "--name", "waste"), "แบบ.pdf", "PDF"),
    "nothing to draft": (("ขวาง.xlsx", "--name", "waste"), 'แผ่น "สรุป" เซลล์ B3', "สลับแถวกับคอลัมน์"),
    "an unknown option": (("แบบเปล่า.xlsx", "--as", "waste"), "pipeline form draft --help"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", TYPED)
def test_what_cannot_be_drafted_ends_with_2_and_nothing_is_written(command, tmp_path, mistake):
    words, *said = TYPED[mistake]
    put_blank(tmp_path)
    put_blank(tmp_path, TRANSPOSED, "ขวาง.xlsx")
    (tmp_path / "แบบ.pdf").write_bytes(b"%PDF-1.4")
    before = contents(tmp_path)
    assert_told(command("form", "draft", *words), 2, *said)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("there", ["an empty folder", "a file", "a link to nowhere"])
def test_whatever_is_in_the_place_of_the_new_form_stays(command, tmp_path, there):
    put_blank(tmp_path)
    place = tmp_path / "schemas" / "forms" / "waste"
    makes = {
        "an empty folder": place.mkdir,
        "a file": place.touch,
        "a link to nowhere": lambda: place.symlink_to("nowhere"),
    }
    makes[there]()
    assert_told(command("form", "draft", "แบบเปล่า.xlsx", "--name", "waste"), 2, "schemas/forms/waste")
    assert os.path.lexists(place)


def test_a_mistake_in_a_table_that_is_there_is_told_with_file_and_line(command, tmp_path):
    put_blank(tmp_path)
    path = tmp_path / "schemas" / "forms" / "plan" / "columns.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("row,ignored", "row,ignore", 1), encoding="utf-8"
    )
    ended = command("form", "draft", "แบบเปล่า.xlsx", "--name", "waste")
    assert_told(ended, 2, "schemas/forms/plan/columns.csv บรรทัดที่ 8", '"ignore"')


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(command, tmp_path):
    put_blank(tmp_path)
    (tmp_path / "schemas" / "forms").chmod(0o500)
    try:
        assert_told(command("form", "draft", "แบบเปล่า.xlsx", "--name", "waste"), 74, "schemas/forms/waste")
    finally:
        (tmp_path / "schemas" / "forms").chmod(0o700)


def test_an_error_of_ours_ends_with_70_and_its_traceback_is_in_the_log(command, tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("spoilt for the test")

    put_blank(tmp_path)
    monkeypatch.setattr(form_draft, "draft_form", broken)
    assert_told(command("form", "draft", "แบบเปล่า.xlsx", "--name", "waste"), 70, "pipeline.log")
    assert "spoilt for the test" in (tmp_path / "output" / "pipeline.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words", [("form",), ("form", "--help"), ("form", "draft", "--help"), ("form", "check", "--help")]
)
def test_help_is_thai(command, words):
    ended = command(*words)
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert THAI.search(lines[0])
    assert f"วิธีใช้: pipeline {' '.join(words).removesuffix(' --help')}" in ended.out
    described = [line for line in lines if line.startswith("  ")]
    assert described
    assert [line for line in described if not THAI.search(line)] == []


def test_the_two_commands_called_check_say_what_each_is_for(command):
    assert (
        command("check", "--help").out.splitlines()[0]
        != command("form", "check", "--help").out.splitlines()[0]
    )
    assert "form" in command("--help").out


def test_an_unknown_command_of_the_group_is_told(command):
    assert_told(command("form", "drift"), 2, "pipeline form --help")


def program(*words: str, cwd: Path, **environment: str) -> Ended:
    """Give a command to a new process, with its readers in processes of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=cwd, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr)


def test_as_a_program_of_its_own_it_reads_in_another_process_and_helps_in_english(tmp_path, schemas):
    put_blank(tmp_path)
    ended = program("form", "draft", "แบบเปล่า.xlsx", "--name", "waste", cwd=tmp_path)
    assert (ended.code, len(ended.out.splitlines())) == (0, 3)
    assert load_form(schemas / "forms" / "waste") == draft_of(tmp_path, THREE_LEVELS).form
    for words in (("form",), ("form", "draft", "--help"), ("form", "check", "--help")):
        shown = program(*words, cwd=tmp_path, PIPELINE_LANG="en")
        assert (shown.code, shown.err) == (0, "")
        assert "Usage: pipeline form" in shown.out
        assert not THAI.search(shown.out)


# --- form check ---------------------------------------------------------------------------------------------------


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def warnings(schemas: Path) -> list[str]:
    return [line.strip().removeprefix("ควรตรวจ: ") for line in form_lines(schemas) if "ควรตรวจ" in line]


def test_check_describes_the_shipped_forms_and_warns_of_nothing(command):
    ended = command("form", "check")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err.splitlines() == [
        'แบบ "best_practice": แบบสรุปผลถอดบทเรียนความสำเร็จ Best practice',
        "  แต่ละอำเภอตอบครั้งเดียว หัวข้อละหนึ่งช่อง",
        "  คอลัมน์และช่อง 15: หัวข้อ 13 · ส่วนหัว 1 · ท้ายแบบ 1",
        "  กฎ 2 · สัดส่วน 0 · ยอดที่นับจากแถว 0",
        "  ใช้ในครั้ง: best_practice (ถอดบทเรียนความสำเร็จ)",
        'แบบ "operations": แบบรายงานการดำเนินงาน',
        "  หนึ่งแถวคือหนึ่ง อปท. หรือส่วนหนึ่งของ อปท. ซึ่งนำมารวมกัน",
        "  คอลัมน์และช่อง 39: ในตาราง 33 · ส่วนหัว 3 · ครั้งเดียวต่ออำเภอ 2 · ท้ายแบบ 1",
        "  กฎ 20 · สัดส่วน 2 · ยอดที่นับจากแถว 0",
        "  ใช้ในครั้ง: 1 (ครั้งที่ ๑), 2 (ครั้งที่ ๒), 3 (ครั้งที่ ๓), 4 (ครั้งที่ ๔)",
        'แบบ "plan": แบบรายงานการจัดทำแผนปฏิบัติการ',
        "  หนึ่งแถวคือหนึ่งกิจกรรม ซึ่งแสดงแยกกัน",
        "  คอลัมน์และช่อง 27: ในตาราง 18 · นับจากแถว 6 · ส่วนหัว 2 · ท้ายแบบ 1",
        "  กฎ 2 · สัดส่วน 0 · ยอดที่นับจากแถว 6",
        "  ใช้ในครั้ง: plan (แผนปฏิบัติการ)",
        "ตารางของแบบถูกต้องครบ 3 แบบ",
    ]


def test_every_level_and_grain_has_its_words():
    assert set(form_check.LEVELS_IN_WORDS) == set(get_args(Level))
    assert set(form_check.GRAINS) == set(get_args(Grain))


PLAN, OPERATIONS = "forms/plan", "forms/operations"
MEANT_OTHERWISE = {
    "a required column without synonyms": (
        f"{OPERATIONS}/columns.csv",
        (("hh_sort,ครัวเรือนที่คัดแยกขยะ,การจัดการขยะ,row,count,ครัวเรือน,yes,yes,ครัวเรือนคัดแยกขยะ|จำนวนครัวเรือนที่คัดแยกขยะ|คัดแยกขยะ,",
          "hh_sort,ครัวเรือนที่คัดแยกขยะ,การจัดการขยะ,row,count,ครัวเรือน,yes,yes,,"),),
        'คอลัมน์ hh_sort "การจัดการขยะ ครัวเรือนที่คัดแยกขยะ" ต้องมี แต่ไม่มี synonyms',
    ),
    "a label of two columns": (
        f"{OPERATIONS}/columns.csv",
        (("ทำปุ๋ยหมัก|ปุ๋ยหมัก,", "ทำปุ๋ยหมัก|ปุ๋ยหมัก|คัดแยกขยะ (ปุ๋ย),"),),
        'คอลัมน์ hh_sort และ hh_compost ใช้ป้าย "คัดแยกขยะ" เหมือนกัน',
    ),
    "a rule without a name": (
        f"{PLAN}/rules.csv",
        (("start_before_end,order", ",order"),),
        "rules.csv มีกฎที่ไม่มีชื่อ (order start_date end_date)",
    ),
    "no rule": (
        f"{PLAN}/rules.csv",
        (("start_before_end,order,start_date,end_date,,please_explain,assumed\n", ""),
         ("done_within_april,until,end_date,,2564-04-30,please_explain,letter 2\n", "")),
        "rules.csv ยังไม่มีกฎ",
    ),
    "no column that names the local body": (
        f"{PLAN}/columns.csv",
        (("lao_name,องค์กรปกครองส่วนท้องถิ่น (อปท.),,row,name,", "lao_name,องค์กรปกครองส่วนท้องถิ่น (อปท.),,row,text,"),),
        "ไม่มีคอลัมน์ชนิด name",
    ),
    "no round": (
        "campaign.toml",
        (('key = "best_practice"\nform = "best_practice"', 'key = "best_practice"\nform = "plan"'),),
        "ไม่มีครั้งใดใช้แบบนี้",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MEANT_OTHERWISE)
def test_what_is_allowed_and_surely_not_meant_is_warned_of(schemas, case):
    assert warnings(schemas) == []
    name, pairs, said = MEANT_OTHERWISE[case]
    edit(schemas / name, *pairs)
    (warning,) = warnings(schemas)
    assert warning.startswith(said)


def test_a_form_that_the_reader_cannot_know_its_tables_by_is_warned_of(schemas):
    folder = schemas / "forms" / "few"
    folder.mkdir()
    (folder / "columns.csv").write_text(
        "key,header,group,level,kind,unit,required,summary,synonyms\n"
        "name,อปท.,,row,name,,yes,,หน่วยงาน\ntrees,ต้นไม้,,row,count,ต้น,no,,\npart,ร้อยละ,,row,percent,%,yes,,อัตรา\n",
        encoding="utf-8",
    )
    (folder / "rules.csv").write_text("rule,check,left,right,limit,severity\n", encoding="utf-8")
    (folder / "form.toml").write_text(
        'title = "ก"\ntitles = []\ngrain = "local_body"\nkey = []\n', encoding="utf-8"
    )
    assert [line for line in warnings(schemas) if line.startswith("มีคอลัมน์ที่ต้องกรอกเพียง 2 คอลัมน์")]


def test_a_folder_that_is_no_form_yet_is_warned_of(schemas):
    (schemas / "forms" / "half").mkdir()
    (warning,) = warnings(schemas)
    assert warning == f"โฟลเดอร์ {schemas / 'forms' / 'half'} ไม่มี form.toml จึงไม่ถือเป็นแบบ"


def test_without_a_campaign_the_forms_are_proved_by_themselves(command, tmp_path):
    (tmp_path / "schemas" / "campaign.toml").unlink()
    ended = command("form", "check")
    assert ended.code == 0
    assert "ไม่พบ schemas/campaign.toml จึงไม่ทราบว่าแต่ละแบบใช้ในครั้งใด" in ended.err
    assert "  ใช้ในครั้ง" not in ended.err
    assert "ควรตรวจ" not in ended.err


WRONG = {
    "a column": (
        f"{PLAN}/columns.csv",
        ("row,ignored", "row,ignore"),
        "schemas/forms/plan/columns.csv บรรทัดที่ 8",
    ),
    "a rule": (
        f"{PLAN}/rules.csv",
        ("start_before_end,order", "start_before_end,before"),
        "rules.csv บรรทัดที่ 2",
    ),
    "the form": (f"{OPERATIONS}/form.toml", ('size = "hh_total"', 'size = "hh"'), "form.toml บรรทัดที่ 9"),
    "the campaign": (
        "campaign.toml",
        ('weekend = "keep"', 'weekend = "kept"'),
        "schemas/campaign.toml บรรทัดที่",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_in_a_table_ends_check_with_2_and_names_file_and_line(command, tmp_path, case):
    name, pair, where = WRONG[case]
    edit(tmp_path / "schemas" / name, pair)
    assert_told(command("form", "check"), 2, where)


def test_check_where_there_are_no_forms_is_told(command):
    assert_told(command("form", "check", "--schemas", "nowhere"), 2, "nowhere/forms", "--schemas")
