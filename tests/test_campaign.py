"""The tables that people edit: the shipped ones load, and each kind of mistake is refused with its file and line."""

import re
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from pipeline.answers import load_answers
from pipeline.campaign import load_campaign
from pipeline.exceptions import ConfigurationError
from pipeline.model import next_workday
from tests.campaigns import SHIPPED

CAMPAIGN = "campaign.toml"
DISTRICTS, BODIES = "registry/districts.csv", "registry/local_bodies.csv"
ALIASES, PREFIXES, RETIRED = "registry/aliases.csv", "registry/prefixes.csv", "registry/retired.csv"
COLUMNS, RULES, FORM = (f"forms/operations/{name}" for name in ("columns.csv", "rules.csv", "form.toml"))
THAI = re.compile(r"[ก-๙]")
FIRST_ROUND = 'key = "1"\nform = "operations"\ntitle = "ครั้งที่ ๑"\ndue = "2564-02-05"\n'
EXTENSION = (
    '\n[[extension]]\ndistrict = "3404"\nround = "2"\ndue = "2564-02-24"\n'
    'who = "หัวหน้ากลุ่มงาน"\nwhy = "น้ำท่วม"\n'
)
WAIVER = '\n[[waiver]]\ndistrict = "3404"\nround = "2"\nwho = "หัวหน้ากลุ่มงาน"\nwhy = "ภัยพิบัติ"\n'
RATIO = (
    '\n[[ratio]]\nkey = "x_pct"\ntitle = "ก"\nshort = "ก"\npart = "hh_veg"\nwhole = "hh_target"\n'
    'definition = "ก"\n'
)


@pytest.fixture
def schemas(tmp_path) -> Path:
    """A copy of the shipped tables, to be spoilt."""
    shutil.copytree(SHIPPED, tmp_path / "schemas", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "schemas"


def edit(path: Path, old: str, new: str) -> int:
    """Put `new` for the one `old` in a table; the line on which it begins, as an editor counts."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path.name, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def append(path: Path, lines: str) -> int:
    """Add lines at the end of a table; the line of the first of them that is not blank."""
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    path.write_text(text + lines, encoding="utf-8")
    return text.count("\n") + 1 + len(lines) - len(lines.lstrip("\n"))


def refused(load: Callable[[], object]) -> str:
    """The sentence that a mistake is refused with: Thai, and saying what to do."""
    with pytest.raises(ConfigurationError) as caught:
        load()
    assert caught.value.exit_code == 2
    assert THAI.search(caught.value.sentence)
    assert "กรุณาแก้ไขแล้วสั่งใหม่อีกครั้ง" in caught.value.sentence
    return caught.value.sentence


def assert_refused(schemas: Path, file: str, line: int | None, *words: str) -> None:
    sentence = refused(lambda: load_campaign(schemas))
    assert f"ไฟล์ {schemas / file}" in sentence
    assert re.findall(r"บรรทัดที่ (\d+):", sentence) == ([str(line)] if line else [])
    for word in words:
        assert word in sentence


# --- what is shipped ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped():
    return load_campaign(SHIPPED)


def test_the_registry_holds_25_districts_and_238_local_bodies_each_in_one_of_them(shipped):
    registry = shipped.registry
    assert len({district.code for district in registry.districts}) == 25
    assert len({body.code for body in registry.local_bodies}) == 238
    assert sum(len(registry.bodies_of(district.code)) for district in registry.districts) == 238
    assert {len(registry.bodies_of(district.code)) for district in registry.districts} >= {4, 19}


def test_the_rounds_are_due_at_the_end_of_the_days_that_the_letter_names(shipped):
    assert [(round_.key, round_.form, round_.due_at.isoformat()) for round_ in shipped.rounds] == [
        ("plan", "plan", "2021-01-26T23:59:59+07:00"),
        ("1", "operations", "2021-02-05T23:59:59+07:00"),
        ("2", "operations", "2021-02-20T23:59:59+07:00"),
        ("3", "operations", "2021-03-20T23:59:59+07:00"),
        ("4", "operations", "2021-04-20T23:59:59+07:00"),
        ("best_practice", "best_practice", "2021-04-20T23:59:59+07:00"),
    ]
    assert [round_.close_at for round_ in shipped.rounds] == [None] * 6


def test_nobody_is_given_more_time_or_excused_as_shipped(shipped):
    assert (shipped.extensions, shipped.waivers) == ((), ())


def test_holidays_written_in_the_buddhist_era_are_days_of_the_campaign(shipped):
    assert date(2021, 2, 12) in shipped.holidays
    assert {day.year for day in shipped.holidays} == {2021}


def test_the_form_has_what_the_letter_asks_and_rules_and_ratios_upon_it(shipped):
    form = shipped.forms["operations"]
    assert [column.key for column in form.once] == ["kpso", "staff_trained"]
    assert len(form.indicators) == 26
    assert [ratio.key for ratio in form.ratios] == ["hh_veg_pct", "hh_sort_pct"]
    assert {rule.severity for rule in form.rules} == {"must_fix", "please_explain"}


# --- what may be written ------------------------------------------------------------------------------------------


def test_a_round_is_a_table_of_four_lines_and_nothing_else(schemas):
    append(
        schemas / CAMPAIGN,
        '\n[[round]]\nkey = "5"\nform = "operations"\ntitle = "ครั้งที่ ๕"\ndue = "2564-05-20"\n',
    )
    assert load_campaign(schemas).round("5").due_at == datetime.fromisoformat("2021-05-20T23:59:59+07:00")


def test_a_due_date_may_be_written_in_the_common_era(schemas):
    edit(schemas / CAMPAIGN, 'due = "2564-02-05"', 'due = "2021-02-05"')
    assert load_campaign(schemas).round("1").due_at == datetime.fromisoformat("2021-02-05T23:59:59+07:00")


def test_a_due_date_on_a_weekend_moves_to_the_next_working_day_only_if_the_campaign_says_so(schemas):
    assert load_campaign(schemas).round("2").due_at.date() == date(2021, 2, 20)  # a Saturday
    edit(schemas / CAMPAIGN, 'weekend = "keep"', 'weekend = "next_workday"')
    assert load_campaign(schemas).round("2").due_at.date() == date(2021, 2, 22)


def test_the_next_working_day_is_after_weekends_and_holidays():
    songkran = [date(2021, 4, 12), date(2021, 4, 13), date(2021, 4, 14), date(2021, 4, 15)]
    assert next_workday(date(2021, 4, 10), songkran) == date(2021, 4, 16)
    assert next_workday(date(2021, 4, 16), songkran) == date(2021, 4, 16)


def test_an_extension_is_the_districts_own_due_date_and_nobody_elses(schemas):
    append(schemas / CAMPAIGN, EXTENSION)
    campaign = load_campaign(schemas)
    round_ = campaign.round("2")
    assert campaign.due_at("3404", round_) == datetime.fromisoformat("2021-02-24T23:59:59+07:00")
    assert campaign.due_at("3403", round_) == datetime.fromisoformat("2021-02-20T23:59:59+07:00")


def test_a_table_saved_by_a_spreadsheet_with_a_byte_order_mark_and_other_line_ends_is_the_same_table(schemas):
    before = load_campaign(schemas)
    for name in (DISTRICTS, BODIES, COLUMNS, RULES):
        path = schemas / name
        path.write_text(
            "\ufeff" + path.read_text(encoding="utf-8").replace("\n", "\r\n"), encoding="utf-8", newline=""
        )
    assert load_campaign(schemas) == before


# --- mistakes in campaign.toml ------------------------------------------------------------------------------------

IN_CAMPAIGN = {
    "a due date that does not exist": ('due = "2564-02-20"', 'due = "2564-02-30"', 0, "2564-02-30"),
    "a due date that is no date": ('due = "2564-02-20"', 'due = "ยี่สิบ"', 0, "ยี่สิบ"),
    "a due date without quotes": ('due = "2564-02-20"', "due = 2564-02-20", 0, "due"),
    "an unknown weekend word": ('weekend = "keep"', 'weekend = "skip"', 0, "keep หรือ next_workday"),
    "an unknown time zone": ('timezone = "Asia/Bangkok"', 'timezone = "Asia/Ubon"', 0, "Asia/Ubon"),
    "a time zone that is a path": ('timezone = "Asia/Bangkok"', 'timezone = "../Bangkok"', 0, "../Bangkok"),
    "an empty title": ('province = "อุบลราชธานี"', 'province = ""', 0, "province"),
    "a holiday that does not exist": ('"2564-02-12",', '"2564-02-31",', -1, "2564-02-31"),
    "a round twice": (FIRST_ROUND, FIRST_ROUND.replace('"1"', '"2"') + "\n[[round]]\n" + FIRST_ROUND, 12, "รอบ 2"),
    "a round of an unknown form": (FIRST_ROUND, FIRST_ROUND.replace("operations", "plans"), 1, "plans"),
    "an unknown key in a round": (FIRST_ROUND, FIRST_ROUND + 'closes = "2564-03-01"\n', 4, "ไม่รู้จัก closes"),
    "a round without a title": (FIRST_ROUND, FIRST_ROUND.replace("title", "titel"), 0, "title"),
    "a round that closes before it is due": (FIRST_ROUND, FIRST_ROUND + 'close = "2564-02-04"\n', 4, "close"),
    "a close that does not exist": (FIRST_ROUND, FIRST_ROUND + 'close = "2564-02-30"\n', 4, "2564-02-30"),
    "a target of an unknown round": ('reached = "4"', 'reached = "5"', 0, "ไม่มีรอบ 5"),
    "a target of an unknown plan": ('planned = "plan"', 'planned = "plans"', 0, "ไม่มีรอบ plans"),
    "a target of text": ('quantity = "target_qty"', 'quantity = "target_unit"', 0, "target_unit ในแบบ plan"),
    "a target of an unknown result": ('result = "hh_veg"', 'result = "veg"', 0, "veg ในแบบ operations"),
    "a target of rows by a number": ('where = "guideline_item=1', 'where = "target_qty=1', 0, "target_qty ในแบบ plan"),
    "broken TOML": ('province = "อุบลราชธานี"', 'province = "อุบลราชธานี', 0, "TOML"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", IN_CAMPAIGN)
def test_a_mistake_in_the_campaign_is_refused_with_its_line(schemas, mistake):
    old, new, offset, words = IN_CAMPAIGN[mistake]
    line = edit(schemas / CAMPAIGN, old, new)
    assert_refused(schemas, CAMPAIGN, line + offset, words)


@pytest.mark.parametrize("rounds", ["", f"[round]\n{FIRST_ROUND}"], ids=["none", "in single brackets"])
def test_no_list_of_rounds_is_refused(schemas, rounds):
    path = schemas / CAMPAIGN
    path.write_text(path.read_text(encoding="utf-8").split("# A round is")[0] + rounds, encoding="utf-8")
    sentence = refused(lambda: load_campaign(schemas))
    assert str(path) in sentence
    assert "[[round]]" in sentence


PLACES = {
    "extension for an unknown district": (EXTENSION, '"3404"', '"3499"', 1, "3499"),
    "extension for an unknown round": (EXTENSION, 'round = "2"', 'round = "9"', 2, "ไม่มีรอบ 9"),
    "extension to a day that does not exist": (EXTENSION, "02-24", "02-29", 3, "2564-02-29"),
    "extension without who": (EXTENSION, 'who = "หัวหน้ากลุ่มงาน"', 'who = ""', 4, "who"),
    "waiver for an unknown district": (WAIVER, '"3404"', '"เขื่องใน"', 1, "เขื่องใน"),
    "waiver with an unknown key": (WAIVER, "why =", 'due = "2564-03-01"\nwhy =', 4, "ไม่รู้จัก due"),
    "waiver of a district twice": (WAIVER + WAIVER, "\n\n", "\n\n", 7, "3404"),
}


@pytest.mark.parametrize("mistake", PLACES)
def test_a_mistake_about_one_district_is_refused_with_its_line(schemas, mistake):
    lines, old, new, offset, words = PLACES[mistake]
    line = append(schemas / CAMPAIGN, lines.replace(old, new, 1))
    assert_refused(schemas, CAMPAIGN, line + offset, words)


def test_a_misspelt_table_is_refused_and_not_passed_over(schemas):
    """An extension under a misspelt name would be a promise to a district that nobody keeps."""
    line = append(schemas / CAMPAIGN, EXTENSION.replace("extension", "extention"))
    assert_refused(schemas, CAMPAIGN, line, "extention")


def test_a_misspelt_setting_is_refused_and_not_passed_over(schemas):
    line = edit(schemas / CAMPAIGN, "holidays = [", "holyday = [")
    assert_refused(schemas, CAMPAIGN, line, "holyday")


# --- mistakes in the registry -------------------------------------------------------------------------------------


def test_a_district_twice_is_refused(schemas):
    line = append(schemas / DISTRICTS, "3401,เมืองใหม่,New,0,1,1,9,9\n")
    assert_refused(schemas, DISTRICTS, line, "3401", "ซ้ำกับบรรทัดที่ 2")


def test_a_districts_name_twice_is_refused(schemas):
    line = append(schemas / DISTRICTS, "3499,โขงเจียม,Khong Chiam,0,1,1,9,9\n")
    assert_refused(schemas, DISTRICTS, line, "โขงเจียม", "ซ้ำกับบรรทัดที่ 4")


def test_every_district_has_a_tile_of_its_own():
    districts = load_campaign(SHIPPED).registry.districts
    assert len({district.tile for district in districts}) == len(districts) == 25


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("11314,4,5", "11314,4,1", "อำเภอเขื่องใน อยู่ช่องเดียวกับอำเภอโขงเจียม"),
        ("11314,4,5", "11314,4,", "ยังไม่มีตำแหน่งบนแผนที่"),
        ("11314,4,5", "11314,,", "ยังไม่มีตำแหน่งบนแผนที่"),
        ("11314,4,5", "11314,0,5", "คอลัมน์ map_row ต้องเป็น 1 ถึง 40"),
        ("11314,4,5", "11314,4,41", "คอลัมน์ map_column ต้องเป็น 1 ถึง 40"),
        ("11314,4,5", "11314,4,ขวา", 'พบ "ขวา"'),
    ],
)
def test_a_tile_that_is_none_or_anothers_is_refused(schemas, old, new, words):
    line = edit(schemas / DISTRICTS, old, new)
    assert_refused(schemas, DISTRICTS, line + ("เขื่องใน" in words), words)


def test_a_province_may_have_no_map(schemas):
    path = schemas / DISTRICTS
    lines = [line.rsplit(",", 2)[0] for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    registry = load_campaign(schemas).registry
    assert not registry.has_map
    assert {district.tile for district in registry.districts} == {None}


def test_a_local_body_in_an_unknown_district_is_refused(schemas):
    line = append(schemas / BODIES, "6349901,3499,อบต.,หนองขอน,,100\n")
    assert_refused(schemas, BODIES, line, "3499")


def test_a_local_body_twice_is_refused(schemas):
    line = append(schemas / BODIES, "3340102,3401,อบต.,ใหม่,,100\n")
    assert_refused(schemas, BODIES, line, "3340102")


def test_a_local_bodys_name_twice_in_its_district_is_refused(schemas):
    line = append(schemas / BODIES, "6349901,3401,ทต.,อุบล,,100\n")
    assert_refused(schemas, BODIES, line, "ทต. อุบล")


def test_a_count_of_local_bodies_that_is_not_the_listed_one_is_refused(schemas):
    line = edit(schemas / DISTRICTS, "3424,ดอนมดแดง,Don Mot Daeng,4,", "3424,ดอนมดแดง,Don Mot Daeng,5,")
    assert_refused(schemas, DISTRICTS, line, "ระบุ อปท. 5 แห่ง", "มี 4 แห่ง")


def test_a_number_that_is_none_is_refused(schemas):
    line = edit(schemas / DISTRICTS, "Don Mot Daeng,4,47,", "Don Mot Daeng,4,สี่สิบเจ็ด,")
    assert_refused(schemas, DISTRICTS, line, "villages", "สี่สิบเจ็ด")


def test_a_local_body_in_an_unknown_subdistrict_is_refused(schemas):
    line = edit(schemas / BODIES, "ทน.,อุบลราชธานี,340101,", "ทน.,อุบลราชธานี,340199,")
    assert_refused(schemas, BODIES, line, "340199")


def test_a_subdistrict_twice_is_refused(schemas):
    line = append(schemas / "registry" / "tambons.csv", "340101,3401,ในเมือง,0\n")
    assert_refused(schemas, "registry/tambons.csv", line, "340101")


def test_without_a_table_of_subdistricts_none_is_known(schemas):
    assert all(body.subdistricts for body in load_campaign(schemas).registry.local_bodies)
    (schemas / "registry" / "tambons.csv").unlink()
    assert not any(body.subdistricts for body in load_campaign(schemas).registry.local_bodies)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("district,3499,เมืองใหม่,seen", "3499"),
        ("local_body,3401,ใหม่,seen", "3401"),
        ("tambon,3401,ในเมือง,seen", "tambon"),
        ("district,3401,อ.เมือง,seen", "อ.เมือง"),
    ],
    ids=["unknown district", "unknown local body", "unknown kind", "twice"],
)
def test_an_alias_that_names_nothing_known_is_refused(schemas, row, words):
    line = append(schemas / ALIASES, row + "\n")
    assert_refused(schemas, ALIASES, line, words)


def test_a_prefix_of_an_unknown_type_is_refused(schemas):
    line = append(schemas / PREFIXES, "สุขาภิบาล,สภ.,old\n")
    assert_refused(schemas, PREFIXES, line, "สภ.")


# --- mistakes in a form -------------------------------------------------------------------------------------------

IN_RULES = {
    "an unknown column": ("x,part,hh_vegs,hh_total,,must_fix,-", "hh_vegs"),
    "a column that is no figure": ("x,part,remark,hh_total,,must_fix,-", "remark"),
    "an unknown check": ("x,less,hh_veg,hh_total,,must_fix,-", "less"),
    "an unknown severity": ("x,part,hh_veg,hh_total,,fatal,-", "fatal"),
    "too many columns": ("x,part,hh_veg|hh_sort,hh_total,,must_fix,-", "left"),
    "no limit": ("x,ceiling,hh_veg,hh_total,,must_fix,-", "limit"),
    "a limit that is no number": ("x,ceiling,hh_veg,hh_total,มาก,must_fix,-", "มาก"),
    "its name twice": ("hh_veg_le_total,part,hh_veg,hh_total,,must_fix,-", "hh_veg_le_total"),
}


@pytest.mark.parametrize("mistake", IN_RULES)
def test_a_rule_with_a_mistake_is_refused_with_its_line(schemas, mistake):
    row, words = IN_RULES[mistake]
    line = append(schemas / RULES, row + "\n")
    assert_refused(schemas, RULES, line, words)


IN_COLUMNS = {
    "a key twice": ("hh_veg,ปลูกผักอีก,,row,count,ครัวเรือน,no,,,-", "hh_veg"),
    "a label twice": ("hh_new,ครัวเรือนทั้งหมด,ครัวเรือน,row,count,ครัวเรือน,no,,,-", "ครัวเรือนทั้งหมด"),
    "a key in Thai": ("ครัวเรือน,ครัวเรือนใหม่,,row,count,ครัวเรือน,no,,,-", 'key "ครัวเรือน"'),
    "an unknown level": ("hh_new,ครัวเรือนใหม่,,table,count,ครัวเรือน,no,,,-", "table"),
    "an unknown kind": ("hh_new,ครัวเรือนใหม่,,row,number,ครัวเรือน,no,,,-", "number"),
    "required that is neither yes nor no": ("hh_new,ครัวเรือนใหม่,,row,count,ครัวเรือน,ใช่,,,-", "ใช่"),
}


@pytest.mark.parametrize("mistake", IN_COLUMNS)
def test_a_column_with_a_mistake_is_refused_with_its_line(schemas, mistake):
    row, words = IN_COLUMNS[mistake]
    line = append(schemas / COLUMNS, row + "\n")
    assert_refused(schemas, COLUMNS, line, words)


@pytest.mark.parametrize(("side", "offset"), [("part", 4), ("whole", 5)])
def test_a_ratio_on_an_unknown_column_is_refused(schemas, side, offset):
    column = "hh_veg" if side == "part" else "hh_target"
    line = append(schemas / FORM, RATIO.replace(f'{side} = "{column}"', f'{side} = "hh_none"'))
    assert_refused(schemas, FORM, line + offset, "hh_none")


def test_a_ratio_with_an_unknown_key_is_refused(schemas):
    line = append(schemas / FORM, RATIO + 'digits = "2"\n')
    assert_refused(schemas, FORM, line + 7, "ไม่รู้จัก digits")


def test_an_item_column_that_the_form_lacks_is_refused(schemas):
    line = edit(schemas / FORM, 'item = "moo"', 'item = "village"')
    assert_refused(schemas, FORM, line, "village")


def test_titles_that_are_one_text_are_refused_and_not_read_letter_by_letter(schemas):
    text = (schemas / FORM).read_text(encoding="utf-8")
    titles = next(line for line in text.splitlines() if line.startswith("titles ="))
    line = edit(schemas / FORM, titles, 'titles = "แบบรายงานการดำเนินงาน"')
    assert_refused(schemas, FORM, line, "titles")


# --- mistakes of any table ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "column"),
    [
        (DISTRICTS, "villages"),
        (BODIES, "district_code"),
        (ALIASES, "alias"),
        (COLUMNS, "kind"),
        (RULES, "severity"),
    ],
)
def test_a_missing_column_is_refused_and_named(schemas, file, column):
    path = schemas / file
    header, _, rest = path.read_text(encoding="utf-8").partition("\n")
    assert column in header.split(",")
    names = [f"{name}_" if name == column else name for name in header.split(",")]
    path.write_text(",".join(names) + "\n" + rest, encoding="utf-8")
    assert_refused(schemas, file, 1, f"ไม่มีคอลัมน์ {column}")


@pytest.mark.parametrize("file", [DISTRICTS, BODIES, ALIASES, PREFIXES, RETIRED, COLUMNS, RULES])
def test_a_row_with_too_many_cells_is_refused(schemas, file):
    path = schemas / file
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] += ",เกิน"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert_refused(schemas, file, 3, "ช่อง")


def test_a_row_with_too_few_cells_is_refused(schemas):
    line = append(schemas / ALIASES, "district,3401\n")
    assert_refused(schemas, ALIASES, line, "มี 2 ช่อง", "4 ช่อง")


def test_the_line_is_the_editors_also_after_blank_lines_and_cells_of_two_lines(schemas):
    line = append(schemas / ALIASES, '\n\ndistrict,3401,"เมือง\nใหม่",seen\ndistrict,3499,ใหม่,seen\n')
    assert_refused(schemas, ALIASES, line + 2, "3499")


@pytest.mark.parametrize("file", [CAMPAIGN, DISTRICTS, BODIES, ALIASES, PREFIXES, RETIRED, COLUMNS, FORM])
def test_a_table_that_is_not_utf_8_is_refused(schemas, file):
    path = schemas / file
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp874", "replace"))
    assert_refused(schemas, file, None, "UTF-8")


@pytest.mark.parametrize("file", [CAMPAIGN, DISTRICTS, BODIES, ALIASES, PREFIXES, RETIRED, COLUMNS, RULES])
def test_a_missing_table_is_refused(schemas, file):
    (schemas / file).unlink()
    assert_refused(schemas, file, None, "ไม่พบไฟล์นี้")


def test_a_folder_without_tables_is_refused(tmp_path):
    assert_refused(tmp_path / "nowhere", CAMPAIGN, None, "ไม่พบไฟล์นี้")


# --- answers that cannot be ---------------------------------------------------------------------------------------

HEADER = "file,sha256,sheet,cell,code,answer,who,why\n"
GOOD = "ก.xlsx,,,,NO_DISTRICT,3407/2,นักวิเคราะห์,โทรถามแล้ว\n"
IN_ANSWERS = {
    "a district that is none": ("3499/2", "3499/2"),
    "a round that is none": ("3407/9", "3407/9"),
    "a round without a district": ("/2", "/2"),
    "a word that is none": ("ไม่รู้", "ไม่รู้"),
    "a district without a round": ("3407", "3407"),
    "nothing": ("", "answer"),
}


def answers_of(folder: Path, text: str, campaign):
    (folder / "answers.csv").write_text(text, encoding="utf-8-sig")
    return load_answers(folder / "answers.csv", campaign)


@pytest.mark.parametrize("mistake", IN_ANSWERS)
def test_an_answer_that_cannot_be_obeyed_is_refused_with_its_line(tmp_path, shipped, mistake):
    answer, words = IN_ANSWERS[mistake]
    text = HEADER + GOOD + GOOD.replace("3407/2", answer)
    sentence = refused(lambda: answers_of(tmp_path, text, shipped))
    assert f"ไฟล์ {tmp_path / 'answers.csv'} บรรทัดที่ 3:" in sentence
    assert words in sentence


@pytest.mark.parametrize("column", ["ก.xlsx", "NO_DISTRICT", "นักวิเคราะห์", "โทรถามแล้ว"])
def test_an_answer_that_does_not_say_what_who_and_why_is_refused(tmp_path, shipped, column):
    sentence = refused(lambda: answers_of(tmp_path, HEADER + GOOD.replace(column, " "), shipped))
    assert "บรรทัดที่ 2:" in sentence
    assert "ว่างอยู่" in sentence


def test_an_answer_to_a_question_that_is_never_asked_is_refused(tmp_path, shipped):
    """A misspelt code would be an answer that nobody hears."""
    sentence = refused(
        lambda: answers_of(tmp_path, HEADER + GOOD.replace("NO_DISTRICT", "NO_DISTRIC"), shipped)
    )
    assert "บรรทัดที่ 2:" in sentence
    assert "NO_DISTRIC" in sentence


def test_what_can_be_obeyed_is_read(tmp_path, shipped):
    body = shipped.registry.local_bodies[0].code
    text = (
        HEADER
        + GOOD
        + GOOD.replace("3407/2", "ignore").replace("ก.xlsx", "ข.xlsx")
        + GOOD.replace("NO_DISTRICT", "WRONG_BODY_TYPE").replace("3407/2", body)
    )
    found = answers_of(tmp_path, text, shipped)
    assert [(each.answer, each.place) for each in found] == [
        ("3407/2", ("3407", "2")),
        ("ignore", None),
        (body, None),
    ]


def test_no_answers_are_no_mistake(tmp_path, shipped):
    assert load_answers(tmp_path / "answers.csv", shipped) == ()
    assert answers_of(tmp_path, HEADER, shipped) == ()
