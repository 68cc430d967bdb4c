"""Every rule of every form can fire, takes out what it says and nothing else; every finding has its words."""

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.campaign import load_campaign
from pipeline.catalogue import CATALOGUE
from pipeline.context import context_of
from pipeline.issues import Where, describe_all
from pipeline.model import Arrival, Issue, Placement, Results, TableRow
from pipeline.model import Cell as Found
from pipeline.model import Table as Read
from pipeline.returns import read_return
from pipeline.validate import validate
from schemas.form import Form, Rule
from tests.campaigns import (
    ROOT,
    SCHEMAS,
    TABLES,
    Sent,
    cell_of,
    consolidate,
    figure,
    issues_of,
    name_cell,
    only_figures,
    round_of,
    workbook,
)
from tests.sample.layout import lay_out
from tests.sample.model import Cell, Extra, Formula, Named, Stated, Table, Twice
from tests.sample.tables import Body

CAMPAIGN = load_campaign(SCHEMAS)
RULES = [(form.key, rule) for form in CAMPAIGN.forms.values() for rule in form.rules]
IDS = [f"{form}-{rule.name}" for form, rule in RULES]
CODES = {
    ("part", "must_fix"): "PART_OVER_WHOLE",
    ("part", "please_explain"): "PART_OVER_PART",
    ("sum_within", "please_explain"): "SUM_OVER_WHOLE",
    ("sum_equals", "please_explain"): "SUM_DIFFERS",
    ("percent", "please_explain"): "PERCENT_DIFFERS",
    ("ceiling", "please_explain"): "OVER_REGISTERED",
}
AT = "2021-02-04T10:00:00"
DISTRICTS = list(TABLES.districts)
DISTRICT, LABEL, CODE = "3429", "ทต.นาเยีย", "5342901"


# --- rules ------------------------------------------------------------------------------------------------------


def body_of(number: int) -> Body:
    """The local body on which a rule is tried: the first of a district of its own."""
    return TABLES.bodies_of(DISTRICTS[number])[0]


def kept(rule: Rule, houses: int) -> dict[str, float]:
    """Figures of the rule's own columns with which it just holds."""
    count = len(rule.left)
    return {
        "part": lambda: {rule.left[0]: 100, rule.right[0]: 100},
        "sum_within": lambda: {**dict.fromkeys(rule.left, 50), rule.right[0]: 50 * count},
        "sum_equals": lambda: {**dict.fromkeys(rule.left, 5), rule.right[0]: 5 * count},
        "percent": lambda: {rule.left[0]: 75, rule.right[0]: 60, rule.right[1]: 80},
        "ceiling": lambda: {rule.left[0]: houses},
    }[rule.check]()


BALLAST = {"visits": 3}
"""A figure that no rule names, so that the workbook counts whatever is taken out."""


def blamed(rule: Rule) -> str:
    """The column at whose cell the issue stands: a sum's own cell, else the first on the left."""
    return rule.right[0] if rule.check == "sum_equals" else rule.left[0]


def broken(rule: Rule, houses: int) -> dict[str, float]:
    """The same figures, one of them more by the least that breaks the rule."""
    figures = kept(rule, houses)
    return {**figures, blamed(rule): figures[blamed(rule)] + 1}


def tried(number: int, figures: dict[str, float]) -> Table:
    """A workbook in which one local body reports these figures and the ballast."""
    body = body_of(number)
    changes = only_figures(body.label, **figures, **BALLAST)
    return Table(body.district, "1", only=(body.label,), total_at="none", changes=changes)


def campaign_of(folder: Path, figures) -> Results:
    sent = [
        Sent(f"{number}.xlsx", AT, tried(number, figures(rule, body_of(number).houses)))
        for number, (_, rule) in enumerate(RULES)
    ]
    return consolidate(folder, *sent)


@pytest.fixture(scope="module")
def holding(tmp_path_factory) -> Results:
    """For each rule a workbook that just keeps it."""
    return campaign_of(tmp_path_factory.mktemp("holding"), kept)


@pytest.fixture(scope="module")
def breaking(tmp_path_factory) -> Results:
    """For each rule the same workbook with one figure changed, so that it is broken."""
    return campaign_of(tmp_path_factory.mktemp("breaking"), broken)


def about(results: Results, number: int) -> list[Issue]:
    return [issue for issue in round_of(results, "1").issues if issue.file == f"{number}.xlsx"]


def test_each_rule_has_a_district_of_its_own_to_be_tried_on():
    assert 0 < len(RULES) <= len(DISTRICTS)
    assert not {key for _, rule in RULES for key in (*rule.left, *rule.right)} & set(BALLAST)
    assert {form for form, _ in RULES} == {path.parent.name for path in SCHEMAS.glob("forms/*/rules.csv")}


@pytest.mark.parametrize("number, rule", [(number, rule) for number, (_, rule) in enumerate(RULES)], ids=IDS)
def test_a_broken_rule_gives_exactly_its_issue_at_its_cell(holding, breaking, number, rule):
    before, after = about(holding, number), about(breaking, number)
    (issue,) = [issue for issue in after if issue not in before]
    assert [issue for issue in before if issue not in after] == []
    body = body_of(number)
    figures = broken(rule, body.houses)
    assert issue.code == CODES[(rule.check, rule.severity)]
    assert issue.severity == rule.severity
    assert issue.cell == cell_of(tried(number, figures), body.label, blamed(rule))
    assert issue.value == f"{figures[blamed(rule)]:,}"
    assert f'เซลล์ {issue.cell} พบ "{issue.value}"' in issue.message
    assert (issue.sheet, issue.district_code, issue.round) == ("แบบรายงาน", body.district, "1")


@pytest.mark.parametrize("number", range(len(RULES)), ids=IDS)
def test_a_rule_that_just_holds_says_nothing(holding, number):
    assert [issue for issue in about(holding, number) if issue.code in CODES.values()] == []


@pytest.mark.parametrize("number, rule", [(number, rule) for number, (_, rule) in enumerate(RULES)], ids=IDS)
def test_a_broken_rule_makes_unknown_both_its_cells_if_it_must_be_fixed_and_else_none(breaking, number, rule):
    body = body_of(number)
    figures = broken(rule, body.houses)
    counted = {key for key in figures if CAMPAIGN.forms["operations"].column(key).counted}
    gone = {*rule.left, *rule.right} if rule.severity == "must_fix" else set()
    values = round_of(breaking, "1").values
    rows = values[values["local_body_code"] == body.code]
    assert (
        dict(zip(rows["indicator"], rows["value"], strict=True))
        == {key: figures[key] for key in counted - gone} | BALLAST
    )


BOTH_WAYS = [(key, rule) for key, rule in RULES if rule.check in ("sum_equals", "percent")]


@pytest.mark.parametrize("form, rule", BOTH_WAYS, ids=[rule.name for _, rule in BOTH_WAYS])
def test_a_rule_of_equality_is_broken_by_less_too(tmp_path, form, rule):
    number = RULES.index((form, rule))
    figures = kept(rule, body_of(number).houses)
    table = tried(number, {**figures, blamed(rule): figures[blamed(rule)] - 1})
    results = consolidate(tmp_path, Sent("รายงาน.xlsx", AT, table))
    found = [(issue.code, issue.cell) for issue in issues_of(results, CODES[(rule.check, rule.severity)])]
    cell = cell_of(table, body_of(number).label, blamed(rule))
    assert found == [(CODES[(rule.check, rule.severity)], cell)]


@pytest.mark.parametrize("stated", [75, 0.75, 75.5, 0.745])
def test_a_percentage_is_right_as_a_share_of_one_or_of_a_hundred_to_half_a_point(tmp_path, stated):
    figures = {"hh_veg": 60, "hh_target": 80, "hh_veg_pct": stated, **BALLAST}
    table = Table(DISTRICT, "1", only=(LABEL,), total_at="none", changes=only_figures(LABEL, **figures))
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    assert issues_of(results, "PERCENT_DIFFERS") == []


def in_full(*changes, **options) -> Table:
    return Table(DISTRICT, "1", changes=changes, **options)


def known(results: Results, body: str = CODE) -> set[str]:
    """What is known of a local body."""
    values = round_of(results, "1").values
    return set(values[values["local_body_code"] == body]["indicator"])


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Results:
    return consolidate(tmp_path_factory.mktemp("clean"), Sent("นาเยีย.xlsx", AT, in_full()))


def test_a_clean_workbook_has_nothing_to_mend_or_explain(clean):
    assert [issue.code for issue in round_of(clean, "1").issues if issue.severity != "note"] == []
    assert known(clean) == {column.key for column in CAMPAIGN.forms["operations"].indicators}


def test_a_contradiction_takes_nothing_else_out_of_its_row_or_from_other_rows(clean, tmp_path):
    total = figure(clean, "1", CODE, "hh_total")
    results = consolidate(
        tmp_path, Sent("นาเยีย.xlsx", AT, in_full(Cell(LABEL, "hh_compost", int(total) + 1, int(total) + 1)))
    )
    assert known(clean) - known(results) == {"hh_compost", "hh_total"}
    for body in TABLES.bodies_of(DISTRICT)[1:]:
        assert known(results, body.code) == known(clean, body.code)


def test_three_parts_over_one_whole_condemn_the_whole_alone(tmp_path):
    """A total in which a digit was lost: its parts are larger, and they are believed."""
    parts = {"hh_sort": 101, "hh_clean": 102, "hh_wetbin": 103}
    figures = {"hh_total": 100, "hh_compost": 100, **parts}
    table = Table(DISTRICT, "1", only=(LABEL,), total_at="none", changes=only_figures(LABEL, **figures))
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    assert known(results) == {*parts, "hh_compost"}
    (issue,) = issues_of(results, "WHOLE_TOO_SMALL")
    assert (issue.cell, issue.value) == (cell_of(table, LABEL, "hh_total"), "100")
    assert issue.severity == "must_fix"
    assert issues_of(results, "PART_OVER_WHOLE") == []
    titles = [CAMPAIGN.forms["operations"].column(key).title for key in parts]
    assert all(f"{title} {parts[key]}" in issue.message for title, key in zip(titles, parts, strict=True))


def test_two_parts_over_one_whole_are_two_contradictions(tmp_path):
    figures = {"hh_total": 100, "hh_sort": 101, "hh_clean": 102, "hh_compost": 100}
    table = Table(DISTRICT, "1", only=(LABEL,), total_at="none", changes=only_figures(LABEL, **figures))
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    assert known(results) == {"hh_compost"}
    assert [issue.cell for issue in issues_of(results, "PART_OVER_WHOLE")] == [
        cell_of(table, LABEL, key) for key in ("hh_sort", "hh_clean")
    ]


def test_a_rule_says_nothing_where_one_of_its_figures_is_unknown(tmp_path):
    table = in_full(Cell(LABEL, "hh_total", "12-15"), Cell(LABEL, "hh_compost", 999_999, 999_999))
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    assert issues_of(results, "PART_OVER_WHOLE") == []
    assert figure(results, "1", CODE, "hh_compost") == 999_999


def test_one_cell_that_breaks_two_rules_is_reported_once(tmp_path):
    """An extra digit in one part contradicts both figures above it: one cause, one issue at that cell."""
    table = in_full(Cell(LABEL, "hh_veg_5", 999_999, 999_999))
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    places = Counter((issue.code, issue.cell) for issue in round_of(results, "1").issues if issue.cell)
    assert [place for place, count in places.items() if count > 1] == []


# --- cells ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw, code, value",
    [
        ("12-15", "BAD_VALUE", "12-15"),
        ("ประมาณ 100", "BAD_VALUE", "ประมาณ 100"),
        ("ครบ", "BAD_VALUE", "ครบ"),
        (12.5, "BAD_VALUE", "12.5"),
        (-3, "NEGATIVE", "-3"),
        (Formula("=1/0", "#DIV/0!"), "ERROR_CELL", "#DIV/0!"),
    ],
)
def test_a_cell_without_a_trustworthy_number_is_unknown_and_named(tmp_path, raw, code, value):
    table = in_full(Cell(LABEL, "visits", raw), total_at="none")
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    (issue,) = issues_of(results, code)
    assert (issue.cell, issue.value, issue.severity) == (cell_of(table, LABEL, "visits"), value, "must_fix")
    assert [each.code for each in round_of(results, "1").issues if each.severity != "note"] == [code]
    assert figure(results, "1", CODE, "visits") is None
    assert figure(results, "1", CODE, "incentives") is not None


def test_a_formula_that_was_never_calculated_is_unknown_and_named(tmp_path):
    table = in_full(Cell(LABEL, "visits", Formula("=1+1", None)), total_at="none")
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, workbook(table, writer="openpyxl")))
    (issue,) = issues_of(results, "NO_CACHED_VALUE")
    assert (issue.cell, issue.severity) == (cell_of(table, LABEL, "visits"), "must_fix")
    assert (figure(results, "1", CODE, "visits"), figure(results, "1", CODE, "incentives") is None) == (
        None,
        False,
    )


@pytest.mark.parametrize("raw", ["-", "ไม่มี", "ไม่ได้ดำเนินการ"])
def test_a_word_for_nothing_is_zero_with_a_note(tmp_path, raw):
    table = in_full(Cell(LABEL, "visits", raw), total_at="none")
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    (note,) = issues_of(results, "ZERO_WORD")
    assert (note.cell, note.severity) == (cell_of(table, LABEL, "visits"), "note")
    assert figure(results, "1", CODE, "visits") == 0


def test_a_required_cell_left_blank_is_to_be_explained_and_an_optional_one_is_not(tmp_path):
    table = in_full(Cell(LABEL, "hh_sort"), Cell(LABEL, "visits"), total_at="none")
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    (issue,) = issues_of(results, "BLANK")
    full = in_full(total_at="none")
    assert (issue.cell, issue.severity) == (cell_of(full, LABEL, "hh_sort"), "please_explain")
    assert '"ครัวเรือนที่คัดแยกขยะ"' in issue.message
    assert (figure(results, "1", CODE, "hh_sort"), figure(results, "1", CODE, "visits")) == (None, None)


def test_a_required_cell_that_cannot_be_read_is_named_once(tmp_path):
    table = in_full(Cell(LABEL, "hh_sort", "ครบ"), total_at="none")
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    assert [issue.code for issue in round_of(results, "1").issues if issue.severity != "note"] == [
        "BAD_VALUE"
    ]


def test_every_required_column_that_is_left_out_is_named(tmp_path):
    required = [c.key for c in CAMPAIGN.forms["operations"].row_columns if c.required and c.kind != "name"]
    columns = tuple(key for key in _standard() if key not in ("hh_sort", "lev_members"))
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, in_full(columns=columns)))
    missing = issues_of(results, "MISSING_COLUMN")
    assert len(missing) == 2 < len(required)
    assert {issue.severity for issue in missing} == {"must_fix"}
    assert "ครัวเรือนที่คัดแยกขยะ" in missing[0].message
    assert "สมาชิก อถล." in missing[1].message


def _standard() -> tuple[str, ...]:
    return tuple(field.key for field in TABLES.fields if field.level == "row" and field.key != "moo")


# --- rows and local bodies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "district, body, written, code, suggested",
    [
        ("3429", "ทต.นาเยีย", "ทต.นาเยียบ", "UNKNOWN_LOCAL_BODY", "ทต.นาเยีย"),
        ("3420", "อบต.ตาลสุม", "ตาลสุม", "AMBIGUOUS_LOCAL_BODY", "ทต.ตาลสุม"),
        ("3429", "ทต.นาเยีย", "อบต.ขี้เหล็ก", "FOREIGN_LOCAL_BODY", "อบต.ขี้เหล็ก อ.เมืองอุบลราชธานี"),
        ("3429", "อบต.นาดี", "ทต.นาดี", "WRONG_BODY_TYPE", "อบต.นาดี"),
        ("3429", "ทต.นาเยีย", "ชานุมาน", "RETIRED_NAME", ""),
    ],
)
def test_a_row_whose_local_body_is_not_sure_is_held_and_the_rest_counts(
    tmp_path, district, body, written, code, suggested
):
    table = Table(district, "1", total_at="none", changes=(Named(body, written, "", "", held=True),))
    results = consolidate(tmp_path, Sent("รายงาน.xlsx", AT, table))
    (issue,) = issues_of(results, code)
    assert (issue.cell, issue.value, issue.severity) == (name_cell(table, written), written, "must_fix")
    assert suggested in issue.message
    bodies = TABLES.bodies_of(district)
    held = next(each.code for each in bodies if each.label == body)
    assert set(round_of(results, "1").values["local_body_code"]) - {""} == {b.code for b in bodies} - {held}
    assert [absent.local_body_code for absent in round_of(results, "1").absent] == [held]
    assert [each.value for each in issues_of(results, "ABSENT_LOCAL_BODY")] == [body]


def test_a_local_body_without_a_row_is_missed_by_name(tmp_path):
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, in_full(absent=("อบต.นาดี",))))
    (issue,) = issues_of(results, "ABSENT_LOCAL_BODY")
    assert (issue.severity, issue.value, issue.district_code) == ("please_explain", "อบต.นาดี", DISTRICT)
    assert "อบต.นาดี" in issue.message
    assert [absent.local_body_code for absent in round_of(results, "1").absent] == ["6342903"]
    row = next(row for row in round_of(results, "1").roster if row.district_code == DISTRICT)
    assert (row.local_bodies_reported, row.local_bodies_expected) == (3, 4)


def test_a_row_given_twice_alike_counts_once(clean, tmp_path):
    table = in_full(Twice(LABEL, alike=True), total_at="none")
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    (note,) = issues_of(results, "REPEATED_ROW")
    rows = _rows_named(table, LABEL)
    assert (note.severity, note.cell, note.value) == ("note", f"B{rows[1]}", LABEL)
    assert figure(results, "1", CODE, "visits") == figure(clean, "1", CODE, "visits")


def test_a_row_given_twice_with_other_figures_counts_not_at_all(tmp_path):
    table = in_full(Twice(LABEL, alike=False), total_at="none")
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    rows = _rows_named(table, LABEL)
    found = issues_of(results, "DUPLICATE_ROW")
    assert [(issue.cell, issue.severity) for issue in found] == [(f"B{row}", "must_fix") for row in rows]
    assert f"{rows[0]}, {rows[1]}" in found[0].message
    assert known(results) == set()
    assert len(known(results, "6342903")) > 20


def _rows_named(table: Table, label: str) -> list[int]:
    cells = lay_out(table, TABLES).sheet.cells
    return [row + 1 for (row, column), put in sorted(cells.items()) if column == 1 and put.value == label]


def test_rows_of_villages_are_told_apart_and_are_no_duplicates(tmp_path):
    table = in_full(
        by_moo=((LABEL, 3),), columns=("seq", "lao_name", "moo", *_standard()[2:]), total_at="none"
    )
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    assert issues_of(results, "DUPLICATE_ROW") == []
    values = round_of(results, "1").values
    visits = values[(values["local_body_code"] == CODE) & (values["indicator"] == "visits")]
    assert list(visits["item"]) == ["1", "2", "3"]


# --- total rows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["below", "above"])
def test_a_total_row_is_compared_and_never_added(clean, tmp_path, where):
    table = in_full(total_at=where)
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    (note,) = issues_of(results, "TOTAL_ROW")
    assert (note.cell, note.severity) == (name_cell(table, "รวม"), "note")
    assert issues_of(results, "TOTAL_DIFFERS") == []
    assert round_of(results, "1").totals["visits"] == round_of(clean, "1").totals["visits"]


def test_a_total_that_differs_is_to_be_explained_at_its_cell_and_takes_nothing_out(clean, tmp_path):
    table = in_full(Stated("visits", 4))
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    (issue,) = issues_of(results, "TOTAL_DIFFERS")
    row = int(re.sub("[A-Z]", "", name_cell(table, "รวม")))
    column = re.sub("[0-9]", "", cell_of(table, LABEL, "visits"))
    total = round_of(clean, "1").totals["visits"].value
    assert (issue.cell, issue.severity) == (f"{column}{row}", "please_explain")
    assert issue.value == f"{total + 4:,.0f}"
    assert f"{total:,.0f}" in issue.message
    assert round_of(results, "1").totals["visits"].value == total


def test_a_column_with_an_unknown_figure_is_not_compared_with_its_total(tmp_path):
    table = in_full(Cell(LABEL, "visits", "ครบ"), Stated("visits", 40))
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table))
    assert issues_of(results, "TOTAL_DIFFERS") == []


# --- nothing twice ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def messy(tmp_path_factory) -> Results:
    """One workbook with a fault of each kind, sent twice, a second round, and files that cannot be used."""
    table = in_full(
        Cell(LABEL, "visits", "12-15"),
        Cell(LABEL, "hh_sort"),
        Cell(LABEL, "hh_compost", -4),
        Cell("ทต.นาจาน", "hh_veg_5", "๑๒๓", 123),
        Cell("ทต.นาจาน", "net_total", 1, 1),
        Cell("ทต.นาเรือง", "hh_total", 3, 3),
        Named("อบต.นาดี", "อบต.นาดีดี", "", "", held=True),
        Extra("ทต.นาจาน", "อบต.ขี้เหล็ก", "อบต.นาดี", "", "", seq="9"),
        Twice("ทต.นาจาน", alike=False),
        Stated("pr_items", 3),
        columns=("seq", "lao_name", "+ประธานชุมชน", *[key for key in _standard()[2:] if key != "lev_members"]),
    )
    return consolidate(
        tmp_path_factory.mktemp("messy"),
        Sent("นาเยีย.xlsx", AT, table),
        Sent("สำเนา/นาเยีย.xlsx", AT, table),
        Sent("นาเยีย 2.xlsx", "2021-02-22T10:00:00", replace(table, round="2")),
        Sent("3433 น้ำขุ่น/ว่าง.xlsx", AT, b""),
        Sent("3431 เหล่าเสือโก้ก/นาเยีย.xlsx", AT, in_full(Cell(LABEL, "visits", 1, 1))),
    )


def test_nothing_is_reported_twice(messy):
    issues = [issue for result in messy.rounds for issue in result.issues]
    places = Counter(
        (each.code, each.file, each.round, each.sheet, each.cell) for each in issues if each.cell
    )
    assert [place for place, count in places.items() if count > 1] == []
    assert len(issues) == len(set(issues))
    assert len({issue.code for issue in issues}) > 12


def test_every_issue_says_where_it_is_and_what_to_do(messy):
    issues = [*messy.unplaced, *(issue for result in messy.rounds for issue in result.issues)]
    for issue in issues:
        where = f'แผ่น "{issue.sheet}" เซลล์ {issue.cell}' if issue.cell else issue.sheet or f'"{issue.file}"'
        assert where in issue.message
        assert issue.remedy
        assert issue.reason in issue.message
        assert "{" not in issue.message + issue.remedy
        assert issue.code not in issue.message


# --- the catalogue ----------------------------------------------------------------------------------------------

SOURCE = sorted((ROOT / "pipeline").rglob("*.py"))
NAMES_OF_THINGS = re.compile(
    r"\{\w+\}|input/(?:answers|corrections)\.csv|\.xlsx|pipeline (?:start|withdraw|receive)"
)
MAKERS = {"Finding", "Unusable", "question", "_asked", "_undecided", "partial", "unreadable"}
A_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")


def sentences(code: str) -> str:
    sentence = CATALOGUE[code]
    return f"{sentence.found} {sentence.why} {sentence.remedy}"


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_has_a_severity_and_thai_words_for_what_is_wrong_and_what_to_do(code):
    sentence = CATALOGUE[code]
    assert sentence.severity in ("must_fix", "please_explain", "note")
    assert re.search("[ก-๙]", sentence.remedy)
    assert re.search("[ก-๙]", sentence.why) or code == "IGNORED_FILE"
    assert re.findall("[A-Za-z]+", NAMES_OF_THINGS.sub("", sentences(code))) == []


@pytest.mark.parametrize("code", [code for code, sentence in CATALOGUE.items() if sentence.question])
def test_a_question_is_to_be_settled_and_does_not_ask_the_district_to_send_again_for_our_failure(code):
    assert CATALOGUE[code].severity == "must_fix"
    assert "answer_line" in CATALOGUE[code].remedy or "ส่งมาใหม่" not in CATALOGUE[code].remedy


def literals(node: ast.AST) -> Iterator[str]:
    """String constants below a node that look like codes; what is only compared with does not count."""
    if isinstance(node, ast.Compare):
        return
    if isinstance(node, ast.Assign) and any("QUESTIONS" in ast.unparse(target) for target in node.targets):
        return
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
        return
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and A_CODE.fullmatch(node.value):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from literals(child)


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the program that makes a finding, with its place."""
    for path in SOURCE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in MAKERS:
                yield f"{path.name}:{node.lineno}", node


def test_every_code_that_the_program_finds_is_in_the_catalogue():
    found = {}
    for place, call in calls():
        for argument in call.args[:1]:
            found |= dict.fromkeys(literals(argument), place)
    for path in SOURCE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in ("problem", "note"):
                found |= dict.fromkeys(literals(node.value), path.name)
    assert len(found) > 50
    assert {code: place for code, place in found.items() if code not in CATALOGUE} == {}


def test_every_code_of_the_catalogue_is_found_somewhere():
    produced: set[str] = set()
    for path in SOURCE:
        if path.parent.name != "catalogue":
            produced.update(literals(ast.parse(path.read_text(encoding="utf-8"))))
    assert sorted(set(CATALOGUE) - produced) == []


def fields(code: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentences(code)) if name}


def given_facts(call: ast.Call) -> set[str] | None:
    """The names of the facts that a call spells out; `None` if they come from elsewhere."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if ast.unparse(call.func) == "Unusable":
        return None if None in named else {str(name) for name in named}
    facts = named.get("facts")
    if facts is None:
        return set() if len(call.args) < 5 else None
    if not isinstance(facts, ast.Tuple) or not all(isinstance(fact, ast.Tuple) for fact in facts.elts):
        return None
    return {ast.literal_eval(fact.elts[0]) for fact in facts.elts if isinstance(fact, ast.Tuple)}


def test_every_finding_that_spells_out_its_facts_has_those_of_its_sentence():
    """The others are described in the tests of their rules and in the sample's campaign."""
    always = {"value", "suggested", "evidence", "answer_line", "example"}
    seen = 0
    for place, call in calls():
        codes = list(literals(call.args[0])) if call.args else []
        facts = given_facts(call)
        if len(codes) != 1 or facts is None or ast.unparse(call.func) in ("question", "_asked", "_undecided"):
            continue
        seen += 1
        assert fields(codes[0]) <= facts | always, f"{place}: {codes[0]}"
    assert seen > 25


# --- any value of any cell --------------------------------------------------------------------------------------

CONTEXT = context_of(CAMPAIGN)
ARRIVAL = Arrival("ก {value}.xlsx", "0" * 64, datetime(2021, 2, 4), "register")
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "{value}",
            "{0}",
            "}{",
            "%s",
            "12-15",
            "๑,๒๓๔ คน",
            "-5",
            "ทต.นาเยีย",
            "อบต.ขี้เหล็ก",
            "ตาลสุม",
            "5 ไร่ 2 งาน",
        ]
    ),
)
VALUES = st.one_of(
    TEXTS,
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2600, 1, 1)),
    st.datetimes(datetime(1900, 1, 1), datetime(2600, 1, 1)),
    st.times(),
    st.timedeltas(timedelta(-9), timedelta(99_999)),
)


def any_row(form: Form, number: int, name: object, values: dict[str, object]) -> TableRow:
    keys = [column.key for column in form.row_columns]
    cells = {
        key: Found((number, keys.index(key)), value) for key, value in {form.name_key: name, **values}.items()
    }
    return TableRow(number, cells, {}, ())


FORM = CAMPAIGN.forms["operations"]
KEYS = [column.key for column in FORM.row_columns if column.kind != "name"]
ROWS = st.tuples(
    st.sampled_from([LABEL, "ทต.นาจาน"]) | VALUES, st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=9)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=4), TEXTS, VALUES)
def test_whatever_stands_in_a_cell_is_described(drawn, title, dated):
    rows = tuple(any_row(FORM, 7 + number, name, values) for number, (name, values) in enumerate(drawn))
    columns = {column.key: place for place, column in enumerate(FORM.row_columns)}
    heading = (Found((0, 0), title), Found((1, 0), "ข้อมูล ณ วันที่"), Found((1, 1), dated))
    table = Read(FORM.key, "แผ่น {x}", heading, (), columns, rows, (), (), 0, 0)
    read = read_return(table, Placement(DISTRICT, "1"), ARRIVAL, CONTEXT)
    (checked,) = validate([read], FORM, CAMPAIGN.registry)
    issues = describe_all(checked.findings, Where(ARRIVAL.file, FORM.key, (DISTRICT, "1")))
    assert len(issues) == len(dict.fromkeys(checked.findings))
    assert all(issue.remedy and issue.reason in issue.message for issue in issues)
    assert all(known_ >= 0 for row in checked.rows for known_ in row.figures.values())
