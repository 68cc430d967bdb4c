"""Text, numbers and dates as districts type them (cases 35-54 and 59), in whole workbooks.

Whatever is changed in reading is a note with its cell; what is not plainly one number is to be mended, at its cell.
"""

import tempfile
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaigns import AS_OF, TABLES, figure, issues_of, roster_row, round_of, with_tables
from tests.cases.books import (
    AREA,
    CODES,
    DISTRICT,
    KEYS,
    LEAVES,
    ROWS,
    SUFFIXES,
    TITLE,
    Mail,
    Values,
    body_lines,
    body_values,
    cell_of,
    codes,
    facts,
    ods_with_errors,
    placed,
    planted,
    post,
    said,
    send,
    sheet,
    simple,
    values,
    verdicts,
    xls_with_errors,
)
from tests.sample.layout import standard_columns
from tests.sample.model import Cell, Formula, Named, Table, address

CLEAN = Table(DISTRICT, "1")
COLUMNS = standard_columns(TABLES)
WRITERS = ("xlsxwriter", "openpyxl", "xlwt", "opendocument")
HEADER = [LEAVES[key] for key in ("lao_name", *KEYS)]
TOWN, NONGBOK, PHON, PHAENG = ROWS


def true(body: str, key: str) -> float:
    """The figure of the clean recipe."""
    return facts(CLEAN)[(CODES[body], "", key)][0]


def without(known: Values, *gone: tuple[str, str]) -> Values:
    """The figures without those of some local bodies and keys, which are unknown."""
    lost = {(CODES[body], "", key) for body, key in gone}
    assert lost <= set(known)
    return {key: value for key, value in known.items() if key not in lost}


def noted(results, code: str) -> dict[str, str]:
    """Cell -> what was found there; every issue of the code must be a note."""
    issues = issues_of(results, code)
    assert {issue.severity for issue in issues} <= {"note"}
    return {issue.cell: issue.value for issue in issues}


# --- text -------------------------------------------------------------------------------------------------------


def test_case_35_a_split_sara_am_is_read_in_headings_labels_names_and_texts(tmp_path):
    table = Table(
        "3433",
        "1",
        area="อําเภอนํ้าขุ่น",
        headers=(("tambon", "ตําบล"), ("villages_active", "ดําเนินการ"), ("hh_bioferment", "ทํานํ้าหมักชีวภาพ")),
    )
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert noted(results, "TEXT_CLEANED") == {"A2": "อำเภอน้ำขุ่น จังหวัดอุบลราชธานี"}
    assert codes(results) == {"TOTAL_ROW", "TEXT_CLEANED"}


def test_case_35_a_name_with_a_split_sara_am_is_read_with_a_note(tmp_path):
    table = Table("3420", "1", changes=(Named("อบต.คำหว้า", "อบต.คําหว้า", "35", "NAME_READ"),))
    results = post(tmp_path, table, writer="xlwt")
    assert values(results) == facts(table)
    assert list(noted(results, "NAME_READ")) == planted(table, "NAME_READ")


@pytest.mark.parametrize("writer", WRITERS)
def test_case_35_a_text_is_handed_on_mended_with_a_note_of_its_cell(tmp_path, writer):
    lines = [[*line, text] for line, text in zip(body_lines(), ("ขาดนํ้า", "", "เเล้ง", "ปกติ"), strict=True)]
    lines[1] = lines[1][:-1]
    cells = placed([[TITLE], [AREA], [], [*HEADER, "ปัญหา/อุปสรรค"], *lines])
    results = post(tmp_path, sheet(cells), writer=writer)
    assert values(results) == body_values(4)
    assert noted(results, "TEXT_CLEANED") == {"J5": "ขาดน้ำ", "J7": "แล้ง"}
    table = round_of(results, "1").consolidated.set_index("local_body_code")
    assert [table.loc[CODES[body], "problem"] for body in ROWS] == ["ขาดน้ำ", "", "แล้ง", "ปกติ"]


def test_case_36_text_that_lost_its_sara_am_in_a_pdf_is_read(tmp_path):
    table = Table(
        "3420",
        "1",
        area="อาเภอตาลสุม",
        headers=(
            ("villages_active", "ด าเนินการ"),
            ("tambon", "ตาบล"),
            ("hh_compost", "ครัวเรือนที่ทาปุ๋ยหมัก"),
            ("hh_bioferment", "ครัวเรือนที่ท าน้ าหมักชีวภาพ"),
            ("net_leader_och", "ผู๎น า อช."),
        ),
        changes=(
            Named("อบต.คำหว้า", "อบต.ค าหว้า", "36", "NAME_READ"),
            Named("อบต.นาคาย", "องค์การบริหารส่วนตาบลนาคาย", "36", "NAME_READ"),
        ),
    )
    results = post(tmp_path, table, writer="opendocument")
    assert values(results) == facts(table)
    assert sorted(noted(results, "NAME_READ")) == sorted(planted(table, "NAME_READ"))
    assert codes(results) == {"TOTAL_ROW", "NAME_READ"}


def test_case_37_doubled_vowels_and_tone_marks_are_mended_with_a_note(tmp_path):
    changes = (
        Named("ทต.แสนสุข", "ทต.เเสนสุข", "37", "NAME_READ"),
        Named("อบต.โพธิ์ใหญ่", "อบต.โพธิ์ใหญ่่", "37", "NAME_READ"),
    )
    table = Table("3415", "1", changes=changes)
    other = Table(
        "3431",
        "1",
        area="อำเภอเหล่าเสือโก้้ก",
        headers=(("hh_target", "ครัวเรือนเป้้าหมาย"),),
        changes=(Named("อบต.แพงใหญ่", "อบต.เเพงใหญ่", "37", "NAME_READ"),),
    )
    results = send(tmp_path, Mail((table,), "xlwt", "1.xls"), Mail((other,), "xlsxwriter", "2.xlsx"))
    assert values(results, district="3415") == facts(table)
    assert values(results, district="3431") == facts(other)
    cells = [*planted(table, "NAME_READ"), *planted(other, "NAME_READ")]
    assert said(results, "NAME_READ") == sorted(("note", cell) for cell in cells)
    assert said(results, "TEXT_CLEANED") == [("note", "A2")]


def test_case_38_spaces_that_nobody_sees_change_nothing(tmp_path):
    """A no-break space is a space, and nothing is said of it; what has no width is taken out with a note."""
    table = replace(
        CLEAN,
        area="อำเภอ\u00a0เหล่าเสือโก้ก\u200b",
        headers=(("hh_total", "ครัวเรือน\u00a0ทั้งหมด\u200b"), ("hh_sort", "\ufeffครัวเรือนที่คัดแยกขยะ")),
        changes=(
            Named(NONGBOK, "อบต.\u00a0หนองบก", "38", "read"),
            Named(PHON, "อบต.\u200bโพนเมือง", "38", "NAME_READ"),
            Named(PHAENG, "อบต.แพงใหญ่\ufeff", "38", "NAME_READ"),
            Cell(TOWN, "hh_total", f"\u00a0{true(TOWN, 'hh_total'):,}\u200b", true(TOWN, "hh_total")),
        ),
    )
    for number, writer in enumerate(WRITERS):
        results = post(tmp_path / str(number), table, writer=writer)
        assert values(results) == facts(table)
        assert list(noted(results, "NAME_READ")) == planted(table, "NAME_READ")
        assert list(noted(results, "TEXT_CLEANED")) == ["A2"]
        assert list(noted(results, "NUMBER_AS_TEXT")) == [cell_of(table, TOWN, "hh_total")]
        assert codes(results) == {"NAME_READ", "TEXT_CLEANED", "NUMBER_AS_TEXT", "TOTAL_ROW"}


# --- numbers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("writer", WRITERS)
def test_case_39_thai_digits_and_numbers_as_text_are_read_with_a_note_of_each_cell(tmp_path, writer):
    changes = [Cell(body, key, how="thai") for body in (TOWN, NONGBOK) for key in ("hh_total", "lev_members")]
    changes += [Cell(PHON, key, how="text") for key in ("hh_total", "green_area")]
    table = replace(CLEAN, changes=tuple(changes))
    results = post(tmp_path, table, writer=writer)
    assert values(results) == facts(table)
    assert sorted(noted(results, "NUMBER_AS_TEXT")) == sorted(planted(table, "NUMBER_AS_TEXT"))
    assert len(changes) == len(planted(table, "NUMBER_AS_TEXT"))
    (issue,) = [i for i in issues_of(results, "NUMBER_AS_TEXT") if i.cell == cell_of(table, TOWN, "hh_total")]
    assert f"อ่านเป็น {true(TOWN, 'hh_total'):,}" in issue.message


def test_case_40_a_font_that_shows_thai_digits_leaves_numbers_plain(tmp_path):
    table = replace(CLEAN, font="TH SarabunIT๙")
    results = post(tmp_path, table, writer="openpyxl")
    assert values(results) == facts(CLEAN)
    assert codes(results) == {"TOTAL_ROW"}


THAI_FORMATS = {"3424": "[$-D000000]#,##0", "3429": "t0", "3430": "[$-107041E]#,##0", "3431": "[$-D00041E]0"}
"""A format for each of four districts."""


@pytest.mark.parametrize("writer", ["xlsxwriter", "openpyxl", "xlwt"])
def test_case_41_a_number_format_that_shows_thai_digits_leaves_numbers_plain(tmp_path, writer):
    tables = [Table(district, "1", number_format=look) for district, look in THAI_FORMATS.items()]
    suffix = SUFFIXES.get(writer, ".xlsx")
    results = send(tmp_path, *(Mail((table,), writer, f"{table.district}{suffix}") for table in tables))
    for table in tables:
        assert values(results, district=table.district) == facts(table), table.number_format
    assert codes(results) == {"TOTAL_ROW"}


def test_case_42_a_unit_beside_a_number_is_dropped_with_a_note_of_the_cell(tmp_path):
    styled = {
        (TOWN, "hh_total"): "households",
        (NONGBOK, "hh_wetbin"): "bins",
        (PHON, "lev_members"): "people",
        (PHAENG, "green_area"): "rai",
    }
    written = {
        (TOWN, "villages_total"): "{} แห่ง",
        (NONGBOK, "hh_target"): "{:,} หลังคาเรือน",
        (PHON, "hh_veg"): "จำนวน {} ครัวเรือน",
        (PHAENG, "visits"): "{}ครั้ง",
        (TOWN, "pr_items"): "{} ชิ้น/ครั้ง",
        (NONGBOK, "hh_sort"): "{} คร.",
    }
    changes = [Cell(body, key, how=how) for (body, key), how in styled.items()]
    changes += [
        Cell(body, key, text.format(true(body, key)), true(body, key), case="42", expect="UNIT_DROPPED")
        for (body, key), text in written.items()
    ]
    table = replace(CLEAN, changes=tuple(changes))
    results = post(tmp_path, table, writer="opendocument")
    assert values(results) == facts(table)
    assert sorted(noted(results, "UNIT_DROPPED")) == sorted(planted(table, "UNIT_DROPPED"))
    assert codes(results) == {"UNIT_DROPPED", "TOTAL_ROW"}


@pytest.mark.parametrize("key, raw", [("hh_sort", "95%"), ("hh_wetbin", "12 ไร่"), ("visits", "3 วัน")])
def test_case_42_a_number_with_a_unit_of_something_else_is_to_be_mended(tmp_path, key, raw):
    table = replace(CLEAN, changes=(Cell(NONGBOK, key, raw, None),))
    results = post(tmp_path, table, writer="xlwt")
    assert values(results) == facts(table)
    assert said(results, "BAD_VALUE") == [("must_fix", cell_of(table, NONGBOK, key))]
    assert codes(results) == {"BAD_VALUE", "TOTAL_ROW"}


ZEROS = ("-", "–", "—", " - ", "ไม่มี", "ไม่ได้ดำเนินการ", "ยังไม่มี", "- -")


@pytest.mark.parametrize("writer", WRITERS)
def test_case_43_a_dash_or_none_in_words_is_zero_with_a_note(tmp_path, writer):
    keys = ("food_store", "visits", "incentives", "pr_items")
    places = [(body, key) for body in (NONGBOK, PHON) for key in keys]
    changes = [
        Cell(body, key, raw, 0, case="43", expect="ZERO_WORD")
        for (body, key), raw in zip(places, ZEROS, strict=True)
    ]
    table = replace(CLEAN, changes=tuple(changes))
    results = post(tmp_path, table, writer=writer)
    assert values(results) == facts(table)
    assert figure(results, "1", CODES[NONGBOK], "food_store") == 0
    assert sorted(noted(results, "ZERO_WORD")) == sorted(planted(table, "ZERO_WORD"))
    assert codes(results) == {"ZERO_WORD", "TOTAL_ROW"}


def test_case_43_a_blank_is_unknown_and_a_required_one_is_to_be_explained(tmp_path):
    changes = (
        Cell(NONGBOK, "hh_sort", "", None),
        Cell(NONGBOK, "food_store", "", None),
        Cell(PHON, "visits", "........", None),
        Cell(PHAENG, "lev_members", "…", None),
    )
    table = replace(CLEAN, changes=changes)
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert figure(results, "1", CODES[NONGBOK], "hh_sort") is None
    assert figure(results, "1", CODES[PHON], "visits") is None
    cells = [cell_of(table, NONGBOK, "hh_sort"), cell_of(table, PHAENG, "lev_members")]
    assert said(results, "BLANK") == sorted(("please_explain", cell) for cell in cells)
    assert codes(results) == {"BLANK", "TOTAL_ROW"}


VAGUE = ("12-15", "ประมาณ 100", "ครบ", "100 กว่า", "1,23", 12.5, "5+3", "๑๐-๑๒", "2 แห่ง 3 จุด", "เกือบ ๕๐")


@pytest.mark.parametrize("writer", ["xlsxwriter", "xlwt"])
def test_case_44_what_is_not_plainly_one_number_is_unknown_and_named_and_nothing_else_is_lost(
    tmp_path, writer
):
    places = [(body, key) for body in ROWS for key in ("hh_nospace", "visits", "pr_items")][: len(VAGUE)]
    changes = [Cell(body, key, raw, None) for (body, key), raw in zip(places, VAGUE, strict=True)]
    table = replace(CLEAN, changes=tuple(changes))
    results = post(tmp_path, table, writer=writer)
    assert values(results) == facts(table) == without(facts(CLEAN), *places)
    cells = sorted(cell_of(table, body, key) for body, key in places)
    assert said(results, "BAD_VALUE") == [("must_fix", cell) for cell in cells]
    first = next(i for i in issues_of(results, "BAD_VALUE") if i.value == "12-15")
    assert f"เซลล์ {first.cell}" in first.message
    assert first.remedy.endswith("เช่น 12")
    assert codes(results) == {"BAD_VALUE", "TOTAL_ROW"}


@pytest.mark.parametrize("percent", ["number", "fraction", "text", "formula"])
def test_case_45_a_percentage_is_checked_however_written_and_recomputed_from_the_counts(tmp_path, percent):
    table = replace(CLEAN, percent=percent)
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(CLEAN)
    assert all(indicator != "hh_veg_pct" for _, _, indicator in values(results))
    row = round_of(results, "1").consolidated.set_index("local_body_code").loc[CODES[NONGBOK]]
    assert row["hh_veg_pct"] == pytest.approx(100 * true(NONGBOK, "hh_veg") / true(NONGBOK, "hh_target"))
    signs = {cell_of(table, body, "hh_veg_pct") for body in ROWS} if percent == "text" else set()
    assert set(noted(results, "UNIT_DROPPED")) == signs
    assert codes(results) - {"UNIT_DROPPED"} == {"TOTAL_ROW"}


@pytest.mark.parametrize("raw", [12.5, 0.125, "12.50%", "ร้อยละ 12.5"])
def test_case_45_a_percentage_that_the_counts_do_not_bear_out_is_to_be_explained(tmp_path, raw):
    table = replace(CLEAN, changes=(Cell(NONGBOK, "hh_veg_pct", raw, 12.5),))
    results = post(tmp_path, table, writer="xlwt")
    assert values(results) == facts(CLEAN)
    assert said(results, "PERCENT_DIFFERS") == [("please_explain", cell_of(table, NONGBOK, "hh_veg_pct"))]
    row = round_of(results, "1").consolidated.set_index("local_body_code").loc[CODES[NONGBOK]]
    assert row["hh_veg_pct"] == pytest.approx(100 * true(NONGBOK, "hh_veg") / true(NONGBOK, "hh_target"))


@pytest.mark.parametrize("writer", ["openpyxl", ods_with_errors], ids=["xlsx", "ods"])
def test_case_46_a_formula_that_was_never_calculated_is_unknown_and_named(tmp_path, writer):
    lost = [(NONGBOK, "hh_total"), (PHON, "lev_members")]
    changes = tuple(Cell(body, key, Formula("=SUM(D8:D20)", None), None) for body, key in lost)
    table = replace(CLEAN, changes=changes)
    results = post(tmp_path, table, writer=writer)
    assert values(results) == facts(table) == without(facts(CLEAN), *lost)
    cells = sorted(cell_of(table, body, key) for body, key in lost)
    assert said(results, "NO_CACHED_VALUE") == [("must_fix", cell) for cell in cells]
    assert codes(results) == {"NO_CACHED_VALUE", "TOTAL_ROW"}


FAULTS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A")
LOST = [
    (TOWN, "hh_sort"),
    (NONGBOK, "hh_total"),
    (PHON, "villages_active"),
    (PHON, "visits"),
    (PHAENG, "lev_members"),
]
PROGRAMS = {
    "xlsx by formula": ("xlsxwriter", lambda error: Formula("=A1/0", error)),
    "xlsx": ("openpyxl", str),
    "xls": (xls_with_errors, str),
    "ods": (ods_with_errors, str),
}


@pytest.mark.parametrize("writer, written", PROGRAMS.values(), ids=PROGRAMS)
def test_case_47_an_error_of_the_spreadsheet_costs_its_cell_alone(tmp_path, writer, written):
    changes = [Cell(body, key, written(error), None) for (body, key), error in zip(LOST, FAULTS, strict=True)]
    table = replace(CLEAN, changes=tuple(changes))
    results = post(tmp_path, table, writer=writer)
    assert values(results) == facts(table) == without(facts(CLEAN), *LOST)
    found = {issue.cell: (issue.severity, issue.value) for issue in issues_of(results, "ERROR_CELL")}
    assert found == {
        cell_of(table, *place): ("must_fix", error) for place, error in zip(LOST, FAULTS, strict=True)
    }
    assert codes(results) == {"ERROR_CELL", "TOTAL_ROW"}


@pytest.mark.parametrize("writer, written", PROGRAMS.values(), ids=PROGRAMS)
def test_case_59_an_error_in_a_required_cell_is_never_a_blank_and_never_a_zero(tmp_path, writer, written):
    table = replace(CLEAN, total_at="none", changes=(Cell(NONGBOK, "hh_wetbin", written("#REF!"), None),))
    results = post(tmp_path, table, writer=writer)
    assert figure(results, "1", CODES[NONGBOK], "hh_wetbin") is None
    assert said(results, "ERROR_CELL") == [("must_fix", cell_of(table, NONGBOK, "hh_wetbin"))]
    assert codes(results) == {"ERROR_CELL"}
    assert results.files[0].set_aside == 1


def test_case_59_an_error_in_a_total_row_is_a_note_and_costs_no_figure(tmp_path):
    sums = ["#REF!", *(sum(column) for column in list(zip(*ROWS.values(), strict=True))[1:])]
    results = post(tmp_path, sheet(simple(below=[["รวม", *sums]])), writer=xls_with_errors)
    assert values(results) == body_values(4)
    assert said(results, "ERROR_CELL") == [("note", "B9")]


def test_case_48_telephone_numbers_are_kept_as_they_stand_and_never_added(tmp_path):
    lines = [[*line, 12345678 + number] for number, line in enumerate(body_lines())]
    below = [[], [None, None, "โทรศัพท์", 12345678], ["โทร. 0-1234-5678 ต่อ 12"]]
    cells = placed([[TITLE], [AREA], [], [*HEADER, "เบอร์โทรศัพท์"], *lines, *below])
    results = post(tmp_path, sheet(cells), writer="opendocument")
    assert values(results) == body_values(4)
    assert said(results, "EXTRA_COLUMN") == [("note", "J4")]
    assert list(round_of(results, "1").extras["value"]) == ["12345678", "12345679", "12345680", "12345681"]
    assert codes(results) == {"EXTRA_COLUMN"}


def test_case_49_a_part_over_its_target_is_one_issue_and_the_figures_stand(tmp_path):
    over = true(NONGBOK, "hh_target") + 1
    assert over <= true(NONGBOK, "hh_total")
    table = replace(
        CLEAN, changes=(Cell(NONGBOK, "hh_veg", over, over), Cell(NONGBOK, "hh_veg_pct", "", None))
    )
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert said(results, "PART_OVER_PART") == [("please_explain", cell_of(table, NONGBOK, "hh_veg"))]
    assert codes(results) == {"PART_OVER_PART", "TOTAL_ROW"}


def test_case_49_a_part_over_its_whole_is_one_issue_and_both_cells_are_unknown(tmp_path):
    over = true(NONGBOK, "hh_total") + 1
    table = replace(CLEAN, changes=(Cell(NONGBOK, "hh_sort", over, over),))
    results = post(tmp_path, table, writer="xlwt")
    assert values(results) == without(facts(table), (NONGBOK, "hh_sort"), (NONGBOK, "hh_total"))
    assert said(results, "PART_OVER_WHOLE") == [("must_fix", cell_of(table, NONGBOK, "hh_sort"))]
    assert codes(results) == {"PART_OVER_WHOLE", "TOTAL_ROW"}


def test_case_49_parts_that_add_up_to_more_than_their_whole_are_one_issue_and_all_stand(tmp_path):
    """A household has a wet bin or no room for one: each alone is within the whole."""
    wetbin, nospace = true(NONGBOK, "hh_total") - 5, 6
    changes = (Cell(NONGBOK, "hh_wetbin", wetbin, wetbin), Cell(NONGBOK, "hh_nospace", nospace, nospace))
    table = replace(CLEAN, changes=changes)
    results = post(tmp_path, table, writer="openpyxl")
    assert values(results) == facts(table)
    assert said(results, "SUM_OVER_WHOLE") == [("please_explain", cell_of(table, NONGBOK, "hh_wetbin"))]
    assert codes(results) == {"SUM_OVER_WHOLE", "TOTAL_ROW"}


def test_case_49_where_three_parts_exceed_one_whole_the_whole_alone_is_unknown(tmp_path):
    small = true(NONGBOK, "hh_sort") - 1
    assert small < true(NONGBOK, "hh_clean") < true(NONGBOK, "hh_target")
    changes = (Cell(NONGBOK, "hh_total", small, small), Cell(NONGBOK, "hh_wetbin", 100, 100))
    table = replace(CLEAN, changes=changes)
    results = post(tmp_path, table, writer="opendocument")
    assert values(results) == without(facts(table), (NONGBOK, "hh_total"))
    assert said(results, "WHOLE_TOO_SMALL") == [("must_fix", cell_of(table, NONGBOK, "hh_total"))]
    assert codes(results) == {"WHOLE_TOO_SMALL", "TOTAL_ROW"}


def restyled(style: str, value: int) -> tuple[str | int, str]:
    """A figure written in a way of its own, and the code of the note to expect."""
    thai = f"{value:,}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    return {
        "plain": (value, ""),
        "text": (str(value), "NUMBER_AS_TEXT"),
        "thai": (thai, "NUMBER_AS_TEXT"),
        "spaced": (f" {value:,}\u00a0", "NUMBER_AS_TEXT"),
        "unit": (f"{thai} คน", "UNIT_DROPPED"),
        "counted": (f"จำนวน {value} แห่ง", "UNIT_DROPPED"),
    }[style]


@settings(max_examples=10, deadline=None, derandomize=True)
@given(
    styles=st.lists(
        st.sampled_from(["plain", "text", "thai", "spaced", "unit", "counted"]), min_size=32, max_size=32
    ),
    writer=st.sampled_from(WRITERS),
)
def test_the_same_figures_come_out_however_each_is_written_and_a_note_names_each_change(styles, writer):
    kinds = iter(styles)
    lines = [[name, *(restyled(next(kinds), one) for one in figures)] for name, figures in ROWS.items()]
    cells = placed([[line[0], *(written for written, _ in line[1:])] for line in lines], 4)
    head = placed([[TITLE], [AREA], [], HEADER])
    with tempfile.TemporaryDirectory() as folder:
        results = post(Path(folder), sheet({**head, **cells}), writer=writer)
    assert values(results) == body_values(4)
    for code in ("NUMBER_AS_TEXT", "UNIT_DROPPED"):
        assert sorted(noted(results, code)) == sorted(
            address(4 + down, 1 + across)
            for down, line in enumerate(lines)
            for across, (_, note) in enumerate(line[1:])
            if note == code
        )


# --- dates ------------------------------------------------------------------------------------------------------

AS_TEXT = {
    "๕ ก.พ. ๒๕๖๔": "on_time",
    "5/2/64": "on_time",
    "05-02-2564": "on_time",
    "5 กุมภาพันธ์ พ.ศ. 2564": "on_time",
    "12/1/64": "on_time",
    "4 ก.พ. 64": "on_time",
    "20/2/64": "undecided",
    "20-02-2564": "undecided",
    "๒๐ กุมภาพันธ์ ๒๕๖๔": "undecided",
    "21 ก.พ. 64": "undecided",
    "5/3/2564": "undecided",
    "1 เม.ย. 2564": "undecided",
}
"""A date of the figures in a report of round 1; from 20 February on they belong to round 2 (day before month)."""


@pytest.mark.parametrize("heading", ["three", "cells"])
def test_case_50_dates_in_text_are_day_month_and_buddhist_year(tmp_path, heading):
    districts = [
        "3403",
        "3409",
        "3412",
        "3420",
        "3421",
        "3424",
        "3425",
        "3426",
        "3429",
        "3430",
        "3431",
        "3433",
    ]
    tables = {
        text: Table(district, "1", date=text, heading=heading, only=first_two(district))
        for text, district in zip(AS_TEXT, districts, strict=True)
    }
    mails = [
        Mail((table,), writer, f"{number}{SUFFIXES.get(writer, '.xlsx')}")
        for (number, table), writer in zip(enumerate(tables.values()), cycle(WRITERS))
    ]
    results = send(tmp_path, *mails)
    stands = {text: roster_row(results, table.district, "1").status for text, table in tables.items()}
    assert stands == AS_TEXT
    assert "DATE_ERA" not in codes(results)


def first_two(district: str) -> tuple[str, ...]:
    return tuple(body.label for body in TABLES.bodies_of(district)[:2])


def dated(day: datetime, number_format: str = "d/mm/yyyy", district: str = DISTRICT) -> Table:
    """A report of round 1 with a real date in a cell of its own: C4."""
    return Table(district, "1", heading="cells", date=day, date_format=number_format)


@pytest.mark.parametrize("writer", ["xlsxwriter", "openpyxl", "xlwt"])
def test_case_51_a_buddhist_year_stored_as_a_common_one_is_read_with_a_note(tmp_path, writer):
    results = post(tmp_path, dated(datetime(2564, 1, 26)), writer=writer)
    assert values(results) == facts(dated(datetime(2564, 1, 26)))
    (issue,) = issues_of(results, "DATE_ERA")
    assert (issue.severity, issue.cell) == ("note", "C4")
    assert "อ่านเป็น 26 ม.ค. 2564" in issue.message


@pytest.mark.parametrize("writer", ["xlsxwriter", "openpyxl", "xlwt"])
def test_case_52_a_short_year_that_was_completed_to_the_wrong_century_is_read_with_a_note(tmp_path, writer):
    results = post(tmp_path, dated(datetime(1964, 1, 26)), writer=writer)
    assert values(results) == facts(dated(datetime(1964, 1, 26)))
    (issue,) = issues_of(results, "DATE_ERA")
    assert (issue.severity, issue.cell) == ("note", "C4")
    assert "อ่านเป็น 26 ม.ค. 2564" in issue.message


@pytest.mark.parametrize("day", [datetime(2564, 2, 20), datetime(1964, 2, 20)])
def test_case_51_52_a_mended_year_is_compared_with_the_round_like_any_other(tmp_path, day):
    results = post(tmp_path, dated(day), writer="openpyxl")
    assert verdicts(results) == ["undecided"]
    assert {severity for severity, _ in said(results, "MIXED_CONTENT")} == {"must_fix"}


DATE_FORMATS = {"[$-D07041E]d mmmm yyyy": "3424", "[$-1070000]d/mm/yyyy;@": "3429", "[$-41E]d mmm yy": "3430"}


@pytest.mark.parametrize("writer", ["xlsxwriter", "openpyxl", "xlwt"])
@pytest.mark.parametrize("day, status", [(4, "on_time"), (20, "undecided")])
def test_case_53_a_date_in_a_thai_format_is_the_date_that_the_cell_holds(tmp_path, writer, day, status):
    """From 20 February on a date contradicts round 1: that it does shows that it was read."""
    tables = [dated(datetime(2021, 2, day), look, district) for look, district in DATE_FORMATS.items()]
    suffix = SUFFIXES.get(writer, ".xlsx")
    results = send(tmp_path, *(Mail((table,), writer, f"{table.district}{suffix}") for table in tables))
    for table in tables:
        assert roster_row(results, table.district, "1").status == status, table.date_format
    assert "DATE_ERA" not in codes(results)


def arrivals() -> list[Mail]:
    """Reports of round 2, due on Saturday 20 February 2564, by when they came."""
    times = ("20T23:59:59", "21T00:00:00", "22T16:00:00", "23T00:00:30")
    districts = ("3424", "3429", "3430", "3431")
    return [
        Mail((Table(district, "2", only=first_two(district)),), path=f"{district}.xlsx", at=f"2021-02-{time}")
        for district, time in zip(districts, times, strict=True)
    ]


@pytest.mark.parametrize(
    "policy, late",
    [("keep", [0, 1, 2, 3]), ("next_workday", [0, 0, 0, 1])],
)
def test_case_54_a_due_date_on_a_saturday_stays_unless_the_campaign_moves_it(tmp_path, policy, late):
    schemas = with_tables(tmp_path, ('weekend = "keep"', f'weekend = "{policy}"'))
    results = send(tmp_path, *arrivals(), as_of=AS_OF, schemas=schemas)
    rows = [roster_row(results, mail.pages[0].district, "2") for mail in arrivals()]
    assert [row.days_late for row in rows] == late
    assert [row.status for row in rows] == ["late" if days else "on_time" for days in late]


def test_case_54_a_due_date_on_a_holiday_moves_past_the_weekend_behind_it(tmp_path):
    """Friday 12 February 2564 is a holiday of the campaign: the next working day is Monday 15."""
    edits = (('weekend = "keep"', 'weekend = "next_workday"'), ('due = "2564-02-20"', 'due = "2564-02-12"'))
    results = send(tmp_path, *arrivals()[:1], as_of=AS_OF, schemas=with_tables(tmp_path, *edits))
    assert {f"{row.due_at:%Y-%m-%d %H:%M:%S}" for row in round_of(results, "2").roster} == {
        "2021-02-15 23:59:59"
    }


def test_case_50_a_date_that_does_not_exist_is_asked_about(tmp_path):
    results = post(tmp_path, replace(CLEAN, date="31 ก.พ. 2564"))
    assert values(results) == facts(CLEAN)
    assert [(severity, cell) for severity, cell in said(results, "BAD_DATE")] == [("please_explain", "A3")]
