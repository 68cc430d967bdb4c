"""The form is read wherever it stands in a workbook (cases 10-25): its place comes from what the cells say."""

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaigns import AS_OF, SCHEMAS, TABLES, figure, issues_of, roster_row, round_of
from tests.cases.books import (
    AREA,
    CODES,
    DISTRICT,
    KEYS,
    LEAVES,
    ROWS,
    TITLE,
    Mail,
    Value,
    Values,
    body_lines,
    body_values,
    cell_of,
    codes,
    facts,
    laid,
    placed,
    planted,
    post,
    said,
    send,
    sheet,
    simple,
    values,
    verdicts,
)
from tests.sample.layout import standard_columns
from tests.sample.model import Extra, Formula, Stated, Table, Twice, address

CLEAN = Table(DISTRICT, "1")
COLUMNS = standard_columns(TABLES)
WRITERS = ("xlsxwriter", "openpyxl", "xlwt", "opendocument")
SUMS = tuple(sum(column) for column in zip(*ROWS.values(), strict=True))
HEADER = [LEAVES[key] for key in ("lao_name", *KEYS)]
Columns = Sequence[tuple[str, str, str]]
"""Key, group and leaf of each column, in order."""
GROUPED: Columns = (
    ("lao_name", "", "อปท."),
    ("villages_total", "จำนวนหมู่บ้าน/ชุมชน", "ทั้งหมด"),
    ("villages_active", "จำนวนหมู่บ้าน/ชุมชน", "ดำเนินการ"),
    ("hh_total", "จำนวนครัวเรือน", "ทั้งหมด"),
    ("hh_target", "จำนวนครัวเรือน", "เป้าหมาย"),
    ("hh_veg", "ปลูกผักสวนครัว", "จำนวนครัวเรือน"),
    ("hh_sort", "การจัดการขยะ", "คัดแยกขยะ"),
    ("hh_wetbin", "การจัดการขยะ", "ถังขยะเปียก"),
    ("lev_members", "อถล. และเครือข่าย", "สมาชิก อถล."),
)
"""Two leaves are called ทั้งหมด: only their groups tell them apart."""


# --- sheets -----------------------------------------------------------------------------------------------------


def test_case_10_only_the_visible_report_counts_and_every_other_sheet_is_named_once(tmp_path):
    other = replace(CLEAN, figures="2")
    results = post(
        tmp_path,
        sheet(placed([["คำชี้แจง"], ["กรอกเฉพาะช่องสีขาว", 5]]), "คำชี้แจง"),
        replace(other, sheet="ตัวอย่าง"),
        CLEAN,
        replace(other, sheet="ปีก่อน", hidden=True),
        replace(CLEAN, sheet="แบบเปล่า", blank=True, total_at="none"),
        sheet({}, "Sheet2"),
        writer="xlsxwriter",
    )
    assert values(results) == facts(CLEAN)
    for code, name in (
        ("SHEET", "คำชี้แจง"),
        ("EXAMPLE_SHEET", "ตัวอย่าง"),
        ("HIDDEN", "ปีก่อน"),
        ("BLANK_SHEET", "แบบเปล่า"),
    ):
        assert [(each.severity, each.sheet) for each in issues_of(results, code)] == [("note", name)]
    assert codes(results) == {"SHEET", "EXAMPLE_SHEET", "HIDDEN", "BLANK_SHEET", "TOTAL_ROW"}


def test_case_10_a_workbook_whose_only_report_is_hidden_is_unusable(tmp_path):
    results = post(tmp_path, replace(CLEAN, hidden=True), sheet(placed([["ว่าง"]]), "Sheet2"), writer="xlwt")
    assert verdicts(results) == ["unusable"]
    assert {each.severity for each in issues_of(results, "HEADER")} == {"must_fix"}
    assert {each.sheet for each in issues_of(results, "HIDDEN")} == {CLEAN.sheet}
    assert values(results) == {}


def test_case_10_a_workbook_may_hold_a_sheet_for_each_round(tmp_path):
    first, second = replace(CLEAN, sheet="ครั้งที่ 1"), Table(DISTRICT, "2", sheet="ครั้งที่ 2")
    results = post(tmp_path, first, second, writer="opendocument", as_of=AS_OF)
    assert values(results, "1") == facts(first)
    assert values(results, "2") == facts(second)


def test_case_10_a_sheet_for_a_round_not_yet_due_brings_that_round_out_too(tmp_path):
    """Every round that has received anything is put together, whatever else its workbook holds."""
    first, second = replace(CLEAN, sheet="ครั้งที่ 1"), Table(DISTRICT, "2", sheet="ครั้งที่ 2")
    results = post(tmp_path, first, second, writer="openpyxl")
    assert [result.round.key for result in results.rounds] == ["1", "2"]


def test_case_11_a_sheet_for_each_local_body_counts_for_the_one_it_is_called_after(tmp_path):
    pages = [
        replace(CLEAN, sheet=body, only=(body,), nameless=True, once="none", total_at="none")
        for body in CODES
    ]
    results = post(tmp_path, *pages, writer="xlsxwriter")
    assert values(results) == facts(*pages)
    assert {key[0] for key in values(results)} == set(CODES.values())
    assert codes(results) == set()


def test_case_11_a_sheet_without_any_column_of_names_counts_for_the_one_it_is_called_after(tmp_path):
    cells = placed([[TITLE], [AREA], HEADER[1:], ROWS["อบต.หนองบก"]])
    results = post(tmp_path, sheet(cells, "อบต.หนองบก"))
    assert figure(results, "1", CODES["อบต.หนองบก"], "hh_total") == 1700
    assert values(results)[(CODES["อบต.หนองบก"], "", "hh_total")][1] == "C4"


def test_case_11_a_sheet_called_after_nothing_leaves_its_figures_without_an_owner(tmp_path):
    nameless = replace(
        CLEAN, only=("อบต.หนองบก",), nameless=True, once="none", total_at="none", sheet="แผ่น 1"
    )
    results = post(tmp_path, replace(CLEAN, absent=("อบต.หนองบก",)), nameless, writer="xlwt")
    assert figure(results, "1", CODES["อบต.หนองบก"], "hh_total") is None
    cell = cell_of(nameless, "อบต.หนองบก", "hh_total")
    assert ("must_fix", "แผ่น 1", cell) in [
        (each.severity, each.sheet, each.cell) for each in issues_of(results, "NO_NAME")
    ]


def test_case_11_a_sheet_called_after_a_local_body_of_another_district_is_held(tmp_path):
    foreign = replace(
        CLEAN, sheet="อบต.หนองขอน", only=("อบต.หนองบก",), nameless=True, once="none", total_at="none"
    )
    results = post(tmp_path, replace(CLEAN, absent=("อบต.หนองบก",)), foreign)
    assert figure(results, "1", CODES["อบต.หนองบก"], "hh_total") is None
    assert [(each.severity, each.sheet) for each in issues_of(results, "FOREIGN_LOCAL_BODY")] == [
        ("must_fix", "อบต.หนองขอน")
    ]


@pytest.mark.parametrize("heading", ["three", "four", "five", "oneline", "cells"])
def test_case_12_any_heading_above_the_table_is_read_over(tmp_path, heading):
    table = replace(CLEAN, heading=heading)
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert codes(results) == {"TOTAL_ROW"}


def test_case_12_a_table_that_begins_at_column_d_and_row_12_is_read_where_it_stands(tmp_path):
    cells = {**placed([[TITLE], [AREA]], 2, 1), **placed([HEADER, *body_lines()], 11, 3)}
    results = post(tmp_path, sheet(cells), writer="xlwt")
    assert values(results) == body_values(12, 3)
    assert values(results)[(CODES["อบต.หนองบก"], "", "hh_total")] == (1700, "G14")
    assert codes(results) == set()


# --- headers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("writer", WRITERS)
def test_case_13_a_header_of_two_merged_levels_is_read_from_every_program(tmp_path, writer):
    results = post(tmp_path, CLEAN, writer=writer)
    assert values(results) == facts(CLEAN)
    assert codes(results) == {"TOTAL_ROW"}


def two_levels() -> tuple[list[str | None], list[str | None], list[tuple[int, int, int, int]]]:
    """Groups as merges leave them: in their first column only; the merges for a header at row 4."""
    upper: list[str | None] = []
    lower: list[str | None] = []
    merges = []
    for column, (_, group, leaf) in enumerate(GROUPED):
        same = column > 0 and GROUPED[column - 1][1] == group
        upper.append(None if same else group or leaf)
        lower.append(leaf if group else None)
        if same:
            merges.append((3, column - 1, 3, column))
    return upper, lower, merges


GROUPS = tuple(dict.fromkeys(group for _, group, _ in GROUPED))
PLACES = {key: number for number, key in enumerate(("lao_name", *KEYS))}


def head_of(columns: Columns, split: str) -> list[list[str | None]]:
    """The header of these columns: of one level, of two with the group once, or with it over each column."""
    if split == "one":
        return [[LEAVES[key] for key, _, _ in columns]]
    same = [bool(at) and columns[at - 1][1] == group for at, (_, group, _) in enumerate(columns)]
    once = split in ("merged", "lost")
    upper = [
        None if group and once and again else group or leaf
        for again, (_, group, leaf) in zip(same, columns, strict=True)
    ]
    return [upper, [leaf if group else None for _, group, leaf in columns]]


def header_merges(columns: Columns, row: int, column: int) -> list[tuple[int, int, int, int]]:
    """The merges of a header of two levels: groups across, columns without a group down."""
    merges = []
    for group in GROUPS:
        at = [column + number for number, each in enumerate(columns) if each[1] == group]
        if not group:
            merges.append((row, at[0], row + 1, at[0]))
        elif len(at) > 1:
            merges.append((row, at[0], row, at[-1]))
    return merges


def body_of(columns: Columns, row: int, column: int) -> tuple[list[list[Value]], Values]:
    """The local bodies' lines for these columns, and what they are worth with the first of them at (row, column)."""
    lines = [[line[PLACES[key]] for key, _, _ in columns] for line in body_lines()]
    worth = {
        (CODES[name], "", key): (ROWS[name][PLACES[key] - 1], address(row + down, column + across))
        for down, name in enumerate(ROWS)
        for across, (key, _, _) in enumerate(columns)
        if key != "lao_name"
    }
    return lines, worth


SWAPPED = [GROUPED[number] for number in (0, 2, 1, 4, 3, 5, 7, 6, 8)]
"""ทั้งหมด stands second in both of its groups, where a lost merge leaves nothing above it."""


@pytest.mark.parametrize("split", ["merged", "lost", "repeated"])
@pytest.mark.parametrize("writer", WRITERS)
def test_case_13_equal_leaves_are_told_apart_by_their_groups(tmp_path, writer, split):
    lines, worth = body_of(SWAPPED, 4, 0)
    cells = placed([[TITLE], [AREA], *head_of(SWAPPED, split), *lines])
    merges = header_merges(SWAPPED, 2, 0) if split == "merged" else ()
    results = post(tmp_path, sheet(cells, merges=merges), writer=writer)
    assert values(results) == worth
    assert codes(results) == set()


def test_case_13_a_third_level_above_the_groups_is_read_over(tmp_path):
    upper, lower, _ = two_levels()
    above = ["อปท.", "ข้อมูลพื้นฐาน", None, None, None, "ผลการดำเนินงาน"]
    merges = [(3, 0, 5, 0), (3, 1, 3, 4), (3, 5, 3, 8), (4, 1, 4, 2), (4, 3, 4, 4), (4, 6, 4, 7)]
    cells = simple([above, [None, *upper[1:]], lower])
    results = post(tmp_path, sheet(cells, merges=merges), writer="xlsxwriter")
    assert values(results) == body_values(6)
    assert codes(results) == set()


def test_case_13_a_third_level_between_group_and_leaf_is_read_over(tmp_path):
    """The columns without it are merged over two rows, as offices draw them."""
    upper, lower, _ = two_levels()
    between = ["ทั้งหมด", "ดำเนินการ", "ทั้งหมด", "เป้าหมาย", "จำนวนครัวเรือน", "ผลการดำเนินงาน", None, "สมาชิก อถล."]
    leaves = [None, None, None, None, None, None, "คัดแยกขยะ", "ถังขยะเปียก", None]
    merges = [(3, 0, 5, 0), (3, 1, 3, 2), (3, 3, 3, 4), (3, 6, 3, 7), (4, 6, 4, 7)]
    merges += [(4, column, 5, column) for column in (1, 2, 3, 4, 5, 8)]
    results = post(tmp_path, sheet(simple([upper, [None, *between], leaves]), merges=merges))
    assert lower[6:8] == leaves[6:8]
    assert values(results) == body_values(6)
    assert codes(results) == set()


def test_case_13_a_level_between_that_says_nothing_of_the_form_is_read_over(tmp_path):
    upper, lower, merges = two_levels()
    between = [None, *["จำนวน"] * 8]
    results = post(tmp_path, sheet(simple([upper, between, lower]), merges=merges))
    assert values(results) == body_values(6)


def test_case_13_a_header_printed_again_on_page_two_is_no_row_and_no_second_table(tmp_path):
    lines = body_lines()
    cells = placed([[TITLE], [AREA], HEADER, *lines[:2], HEADER, *lines[2:], ["รวม", *SUMS]])
    results = post(tmp_path, sheet(cells), writer="opendocument")
    first, second = dict(list(ROWS.items())[:2]), dict(list(ROWS.items())[2:])
    assert values(results) == {**body_values(3, rows=first), **body_values(6, rows=second)}
    assert said(results, "TOTAL_ROW") == [("note", "A9")]
    assert codes(results) == {"TOTAL_ROW"}


def test_case_13_a_header_printed_again_below_its_title_is_the_same_report(tmp_path):
    """Page 2 repeats title and header; the total at its end is of both pages."""
    lines = body_lines()
    again = [[TITLE + " (ต่อ)"], [AREA], HEADER]
    cells = placed([[TITLE], [AREA], HEADER, *lines[:2], *again, *lines[2:], ["รวม", *SUMS]])
    results = post(tmp_path, sheet(cells), writer="xlsxwriter")
    first, second = dict(list(ROWS.items())[:2]), dict(list(ROWS.items())[2:])
    assert values(results) == {**body_values(3, rows=first), **body_values(8, rows=second)}
    assert codes(results) == {"TOTAL_ROW"}


NUMBERINGS = {
    "in brackets": [f"({number})" for number in range(1, 10)],
    "with sums in words": ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(4)-(5)", "(7)", "(8)=(7)/(5)x100", "(9)"],
    "with a calculated formula": [*[f"({number})" for number in range(1, 9)], Formula("=(1)-(2)", -1)],
    "plain": list(range(1, 10)),
    "Thai digits": [f"({'๑๒๓๔๕๖๗๘๙'[number]})" for number in range(9)],
    "without the name": [None, *range(1, 9)],
    "Thai digits without brackets": list("๑๒๓๔๕๖๗๘๙"),
}


@pytest.mark.parametrize("numbers", NUMBERINGS.values(), ids=NUMBERINGS)
def test_case_14_a_row_of_column_numbers_is_no_local_body(tmp_path, numbers):
    results = post(tmp_path, sheet(simple([HEADER, numbers])), writer="xlsxwriter")
    assert values(results) == body_values(5)
    assert codes(results) == set()


def test_case_14_a_formula_among_column_numbers_that_was_never_calculated_is_a_note_alone(tmp_path):
    numbers = [*[f"({number})" for number in range(1, 9)], Formula("=(1)-(2)", None)]
    results = post(tmp_path, sheet(simple([HEADER, numbers])), writer="openpyxl")
    assert values(results) == body_values(5)
    assert said(results, "NO_CACHED_VALUE") == [("note", "I5")]
    assert codes(results) == {"NO_CACHED_VALUE"}


def test_case_14_a_local_body_whose_figures_count_upwards_is_a_local_body(tmp_path):
    """1 2 3 … in a row with a name are figures, however much they look like column numbers."""
    few = (1, 1, 4, 4, 3, 2, 1, 1)
    cells = placed([[TITLE], [AREA], HEADER, ["อบต.หนองบก", *few], ["อบต.โพนเมือง", 3, 3, 9, 8, 7, 6, 5, 4]])
    results = post(tmp_path, sheet(cells))
    assert figure(results, "1", CODES["อบต.หนองบก"], "hh_total") == 4
    assert figure(results, "1", CODES["อบต.โพนเมือง"], "lev_members") == 4


@pytest.mark.parametrize("writer", WRITERS)
def test_case_15_labels_with_units_on_a_line_of_their_own_are_recognised(tmp_path, writer):
    table = replace(CLEAN, header="units")
    results = post(tmp_path, table, writer=writer)
    assert values(results) == facts(table)
    assert codes(results) == {"TOTAL_ROW"}


@pytest.mark.parametrize("writer", WRITERS)
def test_case_15_labels_of_one_level_broken_over_lines_are_recognised(tmp_path, writer):
    head = [
        "ชื่อองค์กรปกครอง\nส่วนท้องถิ่น",
        "จำนวนหมู่บ้าน\nทั้งหมด\n(แห่ง)",
        "หมู่บ้าน\nที่ดำเนินการ (แห่ง)",
        "จำนวนครัวเรือน\nทั้งหมด\n(ครัวเรือน)",
        "ครัวเรือน เป้าหมาย",
        "ครัวเรือน\nที่ปลูกผัก\n(ครัวเรือน)",
        "คัดแยก\nขยะ\n(คร.)",
        "ถังขยะ\nเปียก\n(ครัวเรือน)",
        "จำนวนสมาชิก\nอถล. (คน)",
    ]
    results = post(tmp_path, sheet(simple([head])), writer=writer)
    assert values(results) == body_values(4)
    assert codes(results) == set()


def alone_labels() -> dict[str, list[str]]:
    """The ways to write each required column that need no group beside them, as the form's table lists them."""
    with (SCHEMAS / "forms" / "operations" / "columns.csv").open(encoding="utf-8-sig") as lines:
        rows = {row["key"]: row for row in csv.DictReader(lines)}
    return {
        key: [way for way in rows[key]["synonyms"].split("|") if way and " > " not in way]
        for key in ("lao_name", *KEYS)
    }


@pytest.mark.parametrize("turn", range(max(len(ways) for ways in alone_labels().values())))
def test_case_15_every_label_that_the_form_lists_alone_is_recognised_alone(tmp_path, turn):
    head = [ways[turn % len(ways)] for ways in alone_labels().values()]
    results = post(tmp_path, sheet(simple([head])), writer="xlsxwriter")
    assert values(results) == body_values(4), head


def test_case_15_a_row_of_units_below_the_header_is_no_local_body(tmp_path):
    units = [None, "(แห่ง)", "(แห่ง)", *["(ครัวเรือน)"] * 5, "คน"]
    results = post(tmp_path, sheet(simple([HEADER, units])), writer="xlsxwriter")
    assert values(results) == body_values(5)
    assert codes(results) == set()


def test_case_16_columns_in_another_order_are_read_by_their_labels(tmp_path):
    table = replace(CLEAN, columns=("problem", *COLUMNS[:0:-1], "seq"), once="footer")
    table = replace(table, columns=tuple(dict.fromkeys(table.columns)))
    assert table.columns.index("lao_name") > table.columns.index("hh_total")
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert codes(results) == {"TOTAL_ROW"}


def test_case_16_a_column_of_the_districts_own_is_reported_and_kept_as_an_extra(tmp_path):
    table = replace(CLEAN, columns=(*COLUMNS[:5], "+ประธานชุมชน", *COLUMNS[5:]))
    results = post(tmp_path, table, writer="xlwt")
    assert values(results) == facts(table)
    (issue,) = issues_of(results, "EXTRA_COLUMN")
    assert (issue.severity, issue.cell, issue.value) == ("note", "F7", "ประธานชุมชน")
    extras = round_of(results, "1").extras
    assert list(extras["column"]) == ["ประธานชุมชน"] * 4
    assert list(extras["value"]) == ["มี"] * 4
    assert list(extras["cell"]) == ["F9", "F10", "F11", "F12"]
    assert list(extras["local_body_code"]) == list(CODES.values())


def test_case_16_optional_columns_left_out_leave_their_figures_unknown_without_a_word(tmp_path):
    table = replace(CLEAN, columns=("lao_name", *KEYS), once="none")
    results = post(tmp_path, table, writer="openpyxl")
    assert values(results) == facts(table)
    assert {key[2] for key in values(results)} == set(KEYS)
    assert codes(results) == {"TOTAL_ROW"}


def test_case_16_a_required_column_left_out_is_an_issue_of_this_workbook_alone(tmp_path):
    table = replace(CLEAN, columns=tuple(key for key in COLUMNS if key != "hh_target"))
    other = Table("3430", "1")
    results = send(tmp_path, Mail((table,), "opendocument"), Mail((other,), path="นาตาล.xlsx"))
    assert values(results, district=DISTRICT) == facts(table)
    assert values(results, district="3430") == facts(other)
    (issue,) = issues_of(results, "MISSING_COLUMN")
    assert (issue.severity, issue.cell, issue.file) == ("must_fix", "A8", "รายงาน.ods")
    assert "ครัวเรือนเป้าหมาย" in issue.message
    assert roster_row(results, DISTRICT, "1").status == "on_time"


def test_case_16_a_label_given_twice_is_read_once_and_asked_about(tmp_path):
    lines = [[*line, 999 + number] for number, line in enumerate(body_lines())]
    cells = placed([[TITLE], [AREA], [], [*HEADER, LEAVES["lev_members"]], *lines])
    results = post(tmp_path, sheet(cells))
    assert values(results) == body_values(4)
    assert said(results, "REPEATED_COLUMN") == [("please_explain", "J5")]
    assert said(results, "EXTRA_COLUMN") == []
    assert list(round_of(results, "1").extras["value"]) == ["999", "1000", "1001", "1002"]


def test_case_16_a_second_table_to_the_right_stays_out_of_the_figures(tmp_path):
    """Last year's figures beside this year's: kept as extras, and asked about where a label comes again."""
    right = placed([["อปท.", "จำนวนครัวเรือนทั้งหมด", "งบประมาณ"]], 3, 11)
    right |= placed([[name, 7000 + number, 500] for number, name in enumerate(ROWS)], 4, 11)
    results = post(tmp_path, sheet({**simple(), **right}), writer="xlsxwriter")
    assert values(results) == body_values(4)
    assert said(results, "REPEATED_COLUMN") == [("please_explain", "L5"), ("please_explain", "M5")]
    assert said(results, "EXTRA_COLUMN") == [("note", "N4")]
    assert list(round_of(results, "1").extras.query("column == 'จำนวนครัวเรือนทั้งหมด'")["cell"]) == [
        "M5",
        "M6",
        "M7",
        "M8",
    ]


def test_case_16_figures_in_a_column_without_a_label_are_kept_as_an_extra(tmp_path):
    cells = {**simple(), **placed([[55], [66]], 4, 10)}
    results = post(tmp_path, sheet(cells), writer="xlwt")
    assert values(results) == body_values(4)
    assert said(results, "EXTRA_COLUMN") == [("note", "K5")]
    assert list(round_of(results, "1").extras["value"]) == ["55", "66"]


def test_case_17_a_district_written_once_over_merged_rows_places_the_report(tmp_path):
    table = replace(CLEAN, area=" ", columns=("seq", "+อำเภอ", *COLUMNS[1:]), once="footer")
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert roster_row(results, DISTRICT, "1").status == "on_time"
    assert codes(results) == {"TOTAL_ROW"}


MOO_HEADER = ["อปท.", "หมู่ที่", *HEADER[1:]]
MOO = {"1": (1, 1, 300, 200, 150, 120, 90, 20), "2": (1, 1, 250, 180, 130, 100, 80, 15)}


@pytest.mark.parametrize("writer", WRITERS)
def test_case_17_a_name_merged_over_its_villages_is_filled_down(tmp_path, writer):
    lines = [["อบต.หนองบก", 1, *MOO["1"]], [None, 2, *MOO["2"]], ["อบต.โพนเมือง", 1, *MOO["1"]]]
    page = sheet(placed([[TITLE], [AREA], MOO_HEADER, *lines]), merges=[(3, 0, 4, 0)])
    results = post(tmp_path, page, writer=writer)
    assert figure(results, "1", CODES["อบต.หนองบก"], "hh_total") == 550
    assert values(results)[(CODES["อบต.หนองบก"], "2", "hh_total")] == (250, "E5")
    assert codes(results) == {"ABSENT_LOCAL_BODY"}


def test_case_17_a_name_is_never_filled_down_over_a_plain_blank(tmp_path):
    lines = [["อบต.หนองบก", 1, *MOO["1"]], [None, 2, *MOO["2"]], ["อบต.โพนเมือง", 1, *MOO["1"]]]
    results = post(tmp_path, sheet(placed([[TITLE], [AREA], MOO_HEADER, *lines])))
    assert figure(results, "1", CODES["อบต.หนองบก"], "hh_total") == 300
    assert ("must_fix", "E5") in said(results, "NO_NAME")


def test_a_sheet_may_hold_two_tables_one_below_the_other_for_two_rounds(tmp_path):
    later = {name: (*figures[:4], *(each + 5 for each in figures[4:])) for name, figures in ROWS.items()}
    cells = placed(
        [
            *([TITLE], [AREA], HEADER, *body_lines(), ["รวม", *SUMS], ["หมายเหตุ ข้อมูลจาก อปท."], []),
            *([TITLE.replace("1", "2")], [AREA], HEADER, *body_lines(later)),
        ]
    )
    results = post(tmp_path, sheet(cells), writer="opendocument", as_of=AS_OF)
    assert values(results, "1") == body_values(3)
    assert values(results, "2") == body_values(13, rows=later)
    assert codes(results) == {"TOTAL_ROW"}


# --- rows -------------------------------------------------------------------------------------------------------

TOTALS = ("รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "ผลรวม", "ยอดรวม", "รวมอำเภอเหล่าเสือโก้ก", "รวม 4 อปท.", "รวมทั้งอำเภอ :")


@pytest.mark.parametrize("word", TOTALS)
def test_case_18_a_total_row_is_compared_and_never_summed(tmp_path, word):
    wrong = (*SUMS[:2], SUMS[2] + 10, *SUMS[3:])
    cells = simple(below=[[word, *wrong]])
    results = post(tmp_path, sheet(cells), writer="xlsxwriter")
    assert values(results) == body_values(4)
    assert round_of(results, "1").totals["hh_total"].value == SUMS[2]
    assert said(results, "TOTAL_ROW") == [("note", "A9")]
    assert said(results, "TOTAL_DIFFERS") == [("please_explain", "D9")]
    assert codes(results) == {"TOTAL_ROW", "TOTAL_DIFFERS"}


def test_case_18_a_total_in_the_column_before_the_names_is_a_total(tmp_path):
    lines = [[number, *line] for number, line in enumerate(body_lines(), 1)]
    cells = placed([[TITLE], [AREA], [], ["ที่", *HEADER], *lines, ["รวม", None, *SUMS]])
    results = post(tmp_path, sheet(cells, merges=[(8, 0, 8, 1)]), writer="opendocument")
    assert values(results) == body_values(4, 1)
    assert said(results, "TOTAL_ROW") == [("note", "A9")]
    assert codes(results) == {"TOTAL_ROW"}


def test_case_18_a_total_that_differs_by_a_recipe_is_named_at_its_cell(tmp_path):
    table = replace(CLEAN, changes=(Stated("lev_members", 25),))
    results = post(tmp_path, table, writer="xlwt")
    assert values(results) == facts(table)
    assert said(results, "TOTAL_DIFFERS") == [
        ("please_explain", cell) for cell in planted(table, "TOTAL_DIFFERS")
    ]


def test_case_18_a_total_above_the_rows_is_compared_too(tmp_path):
    cells = simple(head=[HEADER, ["รวม", *SUMS[:-1], SUMS[-1] + 1]])
    results = post(tmp_path, sheet(cells))
    assert values(results) == body_values(5)
    assert said(results, "TOTAL_DIFFERS") == [("please_explain", "I5")]


def test_case_18_sums_that_were_never_calculated_cost_no_figure_of_the_rows(tmp_path):
    table = replace(CLEAN, sums="uncached")
    results = post(tmp_path, table, writer="openpyxl")
    row = laid(table).sheet
    broken = {key for key in facts(CLEAN) if key[2] == "net_total"}
    assert values(results) == {key: value for key, value in facts(CLEAN).items() if key not in broken}
    severities = {cell: severity for severity, cell in said(results, "NO_CACHED_VALUE")}
    total = max(place[0] for place, put in row.cells.items() if put.look == "sum") + 1
    assert {severity for cell, severity in severities.items() if cell.endswith(str(total))} == {"note"}


def test_case_19_a_total_called_as_the_district_above_the_rows_is_a_total(tmp_path):
    """In น้ำขุ่น no local body is called as the district is."""
    table = Table("3433", "1", total="น้ำขุ่น", total_at="above")
    results = post(tmp_path, table, writer="xlwt")
    assert values(results) == facts(table)
    assert said(results, "TOTAL_ROW") == [("note", "B9")]
    assert codes(results) == {"TOTAL_ROW"}


@pytest.mark.parametrize("word", ["เหล่าเสือโก้ก", "อำเภอเหล่าเสือโก้ก", "อ.เหล่าเสือโก้ก", "อุบลราชธานี"])
def test_case_19_a_total_called_as_an_area_and_as_a_local_body_is_known_by_its_sums(tmp_path, word):
    results = post(tmp_path, sheet(simple([HEADER, [word, *SUMS]])), writer="xlsxwriter")
    assert values(results) == body_values(5)
    assert said(results, "TOTAL_ROW") == [("note", "A5")]
    assert codes(results) == {"TOTAL_ROW"}


def test_case_19_a_row_without_a_name_that_holds_the_sums_is_a_total(tmp_path):
    results = post(tmp_path, sheet(simple(below=[[None, *SUMS]])))
    assert values(results) == body_values(4)
    assert said(results, "TOTAL_ROW") == [("note", "B9")]
    assert codes(results) == {"TOTAL_ROW"}


def test_case_20_section_rows_are_passed_over(tmp_path):
    table = replace(CLEAN, sections=True)
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert codes(results) == {"TOTAL_ROW"}


def test_case_20_each_section_may_have_a_total_of_its_own(tmp_path):
    town, *rest = body_lines()
    part = [sum(column) for column in list(zip(*ROWS.values(), strict=True))]
    others = [whole - one for whole, one in zip(part, ROWS["ทต.เหล่าเสือโก้ก"], strict=True)]
    lines = [
        *(["1. เทศบาล"], town, ["รวมเทศบาล", *ROWS["ทต.เหล่าเสือโก้ก"]]),
        *(["2. อบต."], *rest, ["รวม อบต.", *others], ["รวมทั้งสิ้น", *part]),
    ]
    cells = placed([[TITLE], [AREA], HEADER, *lines])
    results = post(tmp_path, sheet(cells, merges=[(3, 0, 3, 8), (6, 0, 6, 8)]), writer="opendocument")
    one, three = dict(list(ROWS.items())[:1]), dict(list(ROWS.items())[1:])
    assert values(results) == {**body_values(4, rows=one), **body_values(7, rows=three)}
    assert said(results, "TOTAL_ROW") == [("note", "A11"), ("note", "A12"), ("note", "A6")]
    assert codes(results) == {"TOTAL_ROW"}


def test_case_21_notes_and_signatures_below_are_no_rows(tmp_path):
    notes = ("หมายเหตุ 1. ข้อมูลจาก อปท. 4 แห่ง", "2. อบต.หนองบก รายงานล่าช้า")
    table = replace(CLEAN, notes=notes, sign_at=1, once="footer")
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert codes(results) == {"TOTAL_ROW"}


def test_case_21_numbers_beside_a_signature_are_no_figures(tmp_path):
    below = [
        [],
        ["หมายเหตุ", "ส่งครั้งแรก"],
        [None, None, None, "ลงชื่อ ........................ ผู้รายงาน"],
        ["โทรศัพท์", None, None, 12345678],
        [None, None, "วันที่", 4, "กุมภาพันธ์", 2564],
    ]
    results = post(tmp_path, sheet(simple(below=below)), writer="xlwt")
    assert values(results) == body_values(4)
    assert codes(results) == set()


def test_case_21_a_local_body_below_a_note_still_counts(tmp_path):
    """A note may stand anywhere: where it stands nothing ends, so no figure is lost."""
    *before, last = body_lines()
    cells = placed([[TITLE], [AREA], HEADER, *before, ["หมายเหตุ ข้อมูลจาก อปท."], last])
    results = post(tmp_path, sheet(cells), writer="opendocument")
    *above, below = ROWS
    first, second = {name: ROWS[name] for name in above}, {below: ROWS[below]}
    assert values(results) == {**body_values(3, rows=first), **body_values(7, rows=second)}
    assert codes(results) == set()


def test_case_22_an_example_row_is_named_and_not_counted(tmp_path):
    example = Extra("ทต.เหล่าเสือโก้ก", "ตัวอย่าง อบต.โก่งธนู", "อบต.หนองขอน", "22", "EXAMPLE_ROW")
    table = replace(CLEAN, total_at="none", changes=(example,))
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert said(results, "EXAMPLE_ROW") == [("note", "B9")]
    assert planted(table, "EXAMPLE_ROW") == ["B9"]
    assert codes(results) == {"EXAMPLE_ROW"}


def test_case_22_the_word_example_in_the_column_before_the_names_marks_the_row(tmp_path):
    lines = [[number, *line] for number, line in enumerate(body_lines(), 1)]
    example = ["ตัวอย่าง", "อบต.หนองบก", *ROWS["อบต.หนองบก"]]
    cells = placed([[TITLE], [AREA], [], ["ที่", *HEADER], example, *lines])
    results = post(tmp_path, sheet(cells), writer="opendocument")
    assert values(results) == body_values(5, 1)
    assert said(results, "EXAMPLE_ROW") == [("note", "B5")]


def test_case_22_a_local_body_of_no_district_is_held_with_its_cell(tmp_path):
    cells = simple([HEADER, ["อบต.โก่งธนู", *ROWS["อบต.หนองบก"]]])
    results = post(tmp_path, sheet(cells))
    assert values(results) == body_values(5)
    assert said(results, "UNKNOWN_LOCAL_BODY") == [("must_fix", "A5")]


def test_case_23_blank_rows_and_formulas_dragged_too_far_cost_nothing(tmp_path):
    table = replace(CLEAN, gap=True, dragged=300, once="heading")
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    (issue,) = issues_of(results, "ZERO_ROW")
    assert (issue.severity, issue.cell) == ("note", "I15")
    assert "แถว 15 ถึง 314" in issue.message
    assert codes(results) == {"TOTAL_ROW", "ZERO_ROW"}


def test_case_23_zeros_without_a_name_are_set_aside_and_figures_without_a_name_must_be_mended(tmp_path):
    cells = simple(below=[[None, 0, 0, 0], [None, 3, 2, 55]])
    results = post(tmp_path, sheet(cells), writer="xlwt")
    assert values(results) == body_values(4)
    assert said(results, "ZERO_ROW") == [("note", "B9")]
    assert said(results, "NO_NAME") == [("must_fix", "B10"), ("must_fix", "C10"), ("must_fix", "D10")]
    assert results.files[0].set_aside == 6


def test_case_24_rows_of_villages_are_added_up_and_each_keeps_its_cell(tmp_path):
    columns = ("seq", "lao_name", "moo", *COLUMNS[2:])
    table = replace(CLEAN, columns=columns, by_moo=(("อบต.หนองบก", 4),))
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    rows = [
        value
        for key, (value, _) in values(results).items()
        if key[0] == CODES["อบต.หนองบก"] and key[2] == "hh_total"
    ]
    assert len(rows) == 4
    assert figure(results, "1", CODES["อบต.หนองบก"], "hh_total") == sum(rows)
    assert roster_row(results, DISTRICT, "1").local_bodies_reported == 4
    assert codes(results) == {"TOTAL_ROW"}


def test_case_24_a_local_body_given_twice_with_other_figures_is_held_at_both_rows(tmp_path):
    table = replace(CLEAN, changes=(Twice("อบต.หนองบก", alike=False),))
    results = post(tmp_path, table, writer="xlwt")
    assert values(results) == facts(table)
    assert figure(results, "1", CODES["อบต.หนองบก"], "hh_total") is None
    assert said(results, "DUPLICATE_ROW") == [("must_fix", "B10"), ("must_fix", "B13")]


def test_case_24_a_local_body_given_twice_alike_counts_once(tmp_path):
    table = replace(CLEAN, changes=(Twice("อบต.หนองบก", alike=True),))
    results = post(tmp_path, table, writer="opendocument")
    assert values(results) == facts(table)
    assert said(results, "REPEATED_ROW") == [("note", "B13")]
    assert said(results, "DUPLICATE_ROW") == []


def test_case_25_local_bodies_that_are_missing_are_listed_by_name(tmp_path):
    table = replace(CLEAN, absent=("อบต.โพนเมือง", "อบต.แพงใหญ่"))
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    issues = issues_of(results, "ABSENT_LOCAL_BODY")
    assert [(issue.severity, issue.value) for issue in issues] == [
        ("please_explain", "อบต.โพนเมือง"),
        ("please_explain", "อบต.แพงใหญ่"),
    ]
    assert [each.local_body_code for each in round_of(results, "1").absent] == [
        CODES["อบต.โพนเมือง"],
        CODES["อบต.แพงใหญ่"],
    ]
    row = roster_row(results, DISTRICT, "1")
    assert (row.local_bodies_reported, row.local_bodies_expected) == (2, 4)


def test_case_25_a_local_body_of_another_district_is_held_with_its_cell(tmp_path):
    table = replace(
        CLEAN,
        total_at="none",
        changes=(Extra("อบต.หนองบก", "อบต.หนองขอน", "อบต.หนองขอน", "25", "FOREIGN_LOCAL_BODY", seq="9"),),
    )
    results = post(tmp_path, table, writer="openpyxl")
    assert values(results) == facts(table)
    (issue,) = issues_of(results, "FOREIGN_LOCAL_BODY")
    assert (issue.severity, issue.cell, issue.value) == ("must_fix", "B10", "อบต.หนองขอน")
    assert "อ.เมืองอุบลราชธานี" in issue.message


# --- wherever it stands -----------------------------------------------------------------------------------------

PLAIN_TITLES = (
    "สำนักงานพัฒนาชุมชนอำเภอ",
    "โครงการปลูกผักสวนครัวเพื่อสร้างความมั่นคงทางด้านอาหาร",
    "(แบบ 2)",
    "ปีงบประมาณ 2564",
)


@st.composite
def orders(draw) -> Columns:
    """The columns in any order in which those of one group stand together."""
    found = []
    for group in draw(st.permutations(GROUPS)):
        found += draw(st.permutations([column for column in GROUPED if column[1] == group]))
    return found


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    columns=orders(),
    split=st.sampled_from(["one", "merged", "lost", "repeated"]),
    titles=st.lists(st.sampled_from(PLAIN_TITLES), max_size=4),
    blanks=st.integers(0, 3),
    offset=st.integers(0, 9),
    numbered=st.booleans(),
    total=st.sampled_from(["above", "below", "none"]),
    writer=st.sampled_from(["openpyxl", "xlwt"]),
)
def test_the_same_figures_come_out_with_their_cells_wherever_the_table_stands(
    columns, split, titles, blanks, offset, numbered, total, writer
):
    above = [[title] for title in titles] + [[TITLE], [AREA]] + [[]] * blanks
    head = head_of(columns, split)
    sums = [["รวม", *SUMS][PLACES[key]] for key, _, _ in columns]
    numbers = [[f"({number})" for number in range(1, 10)]] if numbered else []
    first = len(above) + len(head) + len(numbers) + (total == "above")
    rows, worth = body_of(columns, first, offset)
    body = [sums] * (total == "above") + rows + [sums] * (total == "below")
    cells = {**placed(above), **placed([*head, *numbers, *body], len(above), offset)}
    merges = header_merges(columns, len(above), offset) if split == "merged" else []
    with tempfile.TemporaryDirectory() as folder:
        results = post(Path(folder), sheet(cells, merges=merges), writer=writer)
    assert values(results) == worth
    assert codes(results) == (set() if total == "none" else {"TOTAL_ROW"})


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    columns=st.permutations([key for key in COLUMNS if key not in ("lao_name", "remark")]),
    name_at=st.integers(0, len(COLUMNS) - 2),
    left_out=st.sets(st.sampled_from([key for key in COLUMNS if key not in ("lao_name", *KEYS)])),
    own=st.booleans(),
)
def test_columns_moved_added_and_left_out_change_nothing_but_the_cells(columns, name_at, left_out, own):
    chosen = [key for key in columns if key not in left_out]
    chosen.insert(min(name_at, len(chosen)), "lao_name")
    table = replace(CLEAN, columns=(*chosen, *(["+ประธานชุมชน"] if own else [])), total_at="none", once="none")
    with tempfile.TemporaryDirectory() as folder:
        results = post(Path(folder), table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert codes(results) == ({"EXTRA_COLUMN"} if own else set())
