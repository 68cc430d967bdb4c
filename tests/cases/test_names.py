"""Names of districts and local bodies, however they are written (cases 26-34), in whole workbooks."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest

from tests.campaigns import TABLES, answer, figure, issues_of, rerun, roster_row, round_of
from tests.cases.books import (
    AFTER_ROUND_1,
    SUFFIXES,
    Mail,
    codes,
    facts,
    planted,
    post,
    said,
    send,
    values,
    verdicts,
)
from tests.sample.model import Extra, Named, Table

WRITERS = ("xlsxwriter", "openpyxl", "xlwt", "opendocument")


def code_of(district: str, label: str) -> str:
    return next(body.code for body in TABLES.bodies_of(district) if body.label == label)


# --- districts --------------------------------------------------------------------------------------------------

AREAS = {
    "26": (
        ("3404", "อ.เขื่องใน"),
        ("3404", "อำเภอเขื่องใน"),
        ("3404", "เขื่องใน"),
        ("3404", "สำนักงานพัฒนาชุมชนอำเภอเขื่องใน"),
        ("3433", "อ. น้ำขุ่น"),
        ("3429", "อำเภอ นาเยีย"),
        ("3424", "ที่ว่าการอำเภอดอนมดแดง"),
    ),
    "27": (
        ("3401", "เมืองอุบลฯ"),
        ("3401", "อ.เมืองอุบลฯ"),
        ("3401", "อ.เมืองฯ"),
        ("3401", "อ.เมือง"),
        ("3415", "วารินฯ"),
        ("3415", "อำเภอวารินฯ"),
        ("3419", "พิบูลฯ"),
        ("3407", "อ.เดชฯ"),
        ("3432", "อ.สว่างฯ"),
    ),
    "33": (
        ("3410", "อำเภอบุญฑริก"),
        ("3419", "อ.พิบูลย์มังสาหาร"),
        ("3421", "อำเภอโพธิไทร"),
        ("3405", "อำเภอเขมราช"),
        ("3431", "อำเภอเหล่าเสือโก๊ก"),
    ),
}


def small(district: str, **more) -> Table:
    """The first three local bodies of a district, under the heading that a case gives."""
    only = tuple(body.label for body in TABLES.bodies_of(district)[:3])
    return Table(district, "1", only=only, **more)


def layers(areas: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """As few campaigns as possible: each district writes its name once in each."""
    found: list[list[tuple[str, str]]] = []
    for district, area in areas:
        free = next((layer for layer in found if district not in dict(layer)), None)
        if free is None:
            found.append([(district, area)])
        else:
            free.append((district, area))
    return found


def placed_by(folder: Path, heading: str, areas: Sequence[tuple[str, str]]) -> None:
    """Each way of writing stands in a workbook whose path says nothing, and places it in its district."""
    for turn, layer in enumerate(layers(areas)):
        tables = {area: small(district, area=area, heading=heading) for district, area in layer}
        mails = [
            Mail((table,), writer, f"{number}{SUFFIXES.get(writer, '.xlsx')}")
            for (number, table), writer in zip(enumerate(tables.values()), cycle(WRITERS))
        ]
        results = send(folder / str(turn), *mails)
        for area, table in tables.items():
            assert roster_row(results, table.district, "1").status == "on_time", area
            assert values(results, district=table.district) == facts(table), area
        assert codes(results) == {"TOTAL_ROW", "ABSENT_LOCAL_BODY"}


@pytest.mark.parametrize("heading", ["three", "cells"])
def test_case_26_a_district_is_known_with_any_prefix(tmp_path, heading):
    placed_by(tmp_path, heading, AREAS["26"])


def test_case_27_a_district_is_known_by_its_short_form_in_a_cell_of_its_own(tmp_path):
    placed_by(tmp_path, "cells", AREAS["27"])


def test_case_27_a_district_is_known_by_its_short_form_behind_its_prefix_in_a_title(tmp_path):
    behind = [(district, area) for district, area in AREAS["27"] if area.startswith("อ")]
    placed_by(tmp_path, "oneline", behind)


@pytest.mark.parametrize("heading", ["four", "cells"])
def test_case_33_a_district_is_known_by_an_old_spelling(tmp_path, heading):
    placed_by(tmp_path, heading, AREAS["33"])


# --- local bodies -----------------------------------------------------------------------------------------------


def test_case_28_short_spaced_and_official_types_are_all_plain_names(tmp_path):
    """Each of these is a name as the registry or the law has it: nothing was changed, so nothing is said."""
    pages = {"short": "3431", "spaced": "3433", "long": "3429"}
    tables = [Table(district, "1", names=style) for style, district in pages.items()]
    mails = [Mail((table,), "xlwt", path=f"{number}.xls") for number, table in enumerate(tables)]
    results = send(tmp_path, *mails)
    for table in tables:
        assert values(results, district=table.district) == facts(table)
    assert codes(results) == {"TOTAL_ROW"}


def is_read_with_a_note(folder: Path, district: str, label: str, written: str) -> None:
    near = [body.label for body in TABLES.bodies_of(district) if body.label != label][:2]
    table = Table(district, "1", only=(label, *near), changes=(Named(label, written, "", "NAME_READ"),))
    results = post(folder, table, writer=WRITERS[len(written) % len(WRITERS)])
    assert values(results) == facts(table)
    assert [(each.severity, each.cell, each.value) for each in issues_of(results, "NAME_READ")] == [
        ("note", *planted(table, "NAME_READ"), written)
    ]
    assert label in issues_of(results, "NAME_READ")[0].message


@pytest.mark.parametrize("written", ["เทศบาล ต.เหล่าเสือโก้ก", "เทศบาลเหล่าเสือโก้ก", "เหล่าเสือโก้ก"])
def test_case_28_a_municipality_is_known_by_any_way_of_writing_its_type(tmp_path, written):
    is_read_with_a_note(tmp_path, "3431", "ทต.เหล่าเสือโก้ก", written)


@pytest.mark.parametrize("written", ["หนองบก", "ต.หนองบก", "ตำบลหนองบก"])
def test_case_28_a_bare_name_that_one_local_body_bears_is_that_one(tmp_path, written):
    is_read_with_a_note(tmp_path, "3431", "อบต.หนองบก", written)


@pytest.mark.parametrize("written", ["1. อบต.หนองบก", "๒) อบต.หนองบก", "อบต.หนองบก อ.เหล่าเสือโก้ก"])
def test_case_28_a_number_before_a_name_and_its_district_behind_it_are_read_over(tmp_path, written):
    table = Table("3431", "1", changes=(Named("อบต.หนองบก", written, "28", "read"),))
    results = post(tmp_path, table, writer="xlwt")
    assert values(results) == facts(table)
    assert codes(results) == {"TOTAL_ROW"}


@pytest.mark.parametrize("written", ["องค์กรบริหารส่วนตำบลหนองบก", "องค์กรบริหารส่วนตำบล หนองบก"])
def test_case_29_the_wrong_word_for_an_organisation_is_read_with_a_note(tmp_path, written):
    is_read_with_a_note(tmp_path, "3431", "อบต.หนองบก", written)


def test_case_30_a_bare_name_that_two_local_bodies_bear_is_held_with_both_suggested(tmp_path):
    table = Table(
        "3420", "1", changes=(Named("อบต.ตาลสุม", "ตาลสุม", "30", "AMBIGUOUS_LOCAL_BODY", held=True),)
    )
    results = post(tmp_path, table, writer="opendocument")
    assert values(results) == facts(table)
    assert figure(results, "1", code_of("3420", "อบต.ตาลสุม"), "hh_total") is None
    assert figure(results, "1", code_of("3420", "ทต.ตาลสุม"), "hh_total") is not None
    (issue,) = issues_of(results, "AMBIGUOUS_LOCAL_BODY")
    assert [(issue.severity, issue.cell)] == [
        ("must_fix", cell) for cell in planted(table, "AMBIGUOUS_LOCAL_BODY")
    ]
    assert "ทต.ตาลสุม หรือ อบต.ตาลสุม" in issue.message


def test_case_30_with_their_types_both_local_bodies_of_one_name_count(tmp_path):
    table = Table("3420", "1", names="long")
    results = post(tmp_path, table, writer="xlwt")
    town, tambon = code_of("3420", "ทต.ตาลสุม"), code_of("3420", "อบต.ตาลสุม")
    assert values(results) == facts(table)
    assert figure(results, "1", town, "hh_total") == facts(table)[(town, "", "hh_total")][0]
    assert figure(results, "1", tambon, "hh_total") == facts(table)[(tambon, "", "hh_total")][0]
    assert codes(results) == {"TOTAL_ROW"}


def test_case_31_a_name_that_several_districts_share_is_its_own_districts_each_time(tmp_path):
    homes = {"3420": "อบต.สำโรง", "3421": "อบต.สำโรง", "3422": "ทต.สำโรง"}
    tables = {
        home: Table(home, "1", changes=(Named(label, "สำโรง", "31", "NAME_READ"),), total_at="none")
        for home, label in homes.items()
    }
    results = send(tmp_path, *(Mail((table,), path=f"{home}.xlsx") for home, table in tables.items()))
    for home, table in tables.items():
        assert values(results, district=home) == facts(table)
        assert (code_of(home, homes[home]), "", "hh_total") in values(results, district=home)
    assert {(each.severity, each.file, each.cell) for each in issues_of(results, "NAME_READ")} == {
        ("note", f"{home}.xlsx", *planted(table, "NAME_READ")) for home, table in tables.items()
    }


def test_case_32_a_wrong_type_that_an_alias_settles_is_read_with_a_note(tmp_path):
    is_read_with_a_note(tmp_path, "3415", "ทม.วารินชำราบ", "เทศบาลตำบลเมืองวารินชำราบ")


def test_case_32_a_wrong_type_is_suggested_and_holds_the_row_until_an_answer_settles_it(tmp_path):
    change = Named("ทต.เหล่าเสือโก้ก", "อบต.เหล่าเสือโก้ก", "32", "WRONG_BODY_TYPE", held=True)
    table = Table("3431", "1", changes=(change,))
    results = post(tmp_path, table, writer="xlsxwriter")
    (cell,) = planted(table, "WRONG_BODY_TYPE")
    (issue,) = issues_of(results, "WRONG_BODY_TYPE")
    assert (issue.severity, issue.cell, issue.value) == ("must_fix", cell, "อบต.เหล่าเสือโก้ก")
    assert "ทต.เหล่าเสือโก้ก" in issue.message
    assert values(results) == facts(table)
    code = code_of("3431", "ทต.เหล่าเสือโก้ก")
    assert figure(results, "1", code, "hh_total") is None
    said_so = (results.files[0].path, "", "", cell, "WRONG_BODY_TYPE", code, "หัวหน้ากลุ่มงาน", "อำเภอยืนยัน")
    answer(tmp_path / "input", said_so)
    again = rerun(tmp_path, AFTER_ROUND_1)
    assert values(again) == facts(replace(table, changes=(replace(change, held=False),)))
    assert said(again, "WRONG_BODY_TYPE") == []
    assert said(again, "ANSWERED") == [("note", cell)]


def test_case_32_a_near_name_is_suggested_and_never_applied(tmp_path):
    table = Table(
        "3431", "1", changes=(Named("อบต.หนองบก", "อบต.หนองบัก", "32", "UNKNOWN_LOCAL_BODY", held=True),)
    )
    results = post(tmp_path, table, writer="xlwt")
    assert values(results) == facts(table)
    (issue,) = issues_of(results, "UNKNOWN_LOCAL_BODY")
    assert [(issue.severity, issue.cell)] == [
        ("must_fix", cell) for cell in planted(table, "UNKNOWN_LOCAL_BODY")
    ]
    assert "อาจหมายถึง อบต.หนองบก" in issue.message


@pytest.mark.parametrize(
    "district, label, written",
    [
        ("3415", "ทต.ห้วยขะยุง", "เทศบาลตำบลห้วยขะยูง"),
        ("3415", "อบต.ห้วยขะยุง", "อบต.ห้วยขะยูง"),
        ("3412", "อบต.ข้าวปุ้น", "อบต.กุดข้าวปุ้น"),
        ("3404", "ทต.ห้วยเรือ", "อบต.เขื่องใน"),
        ("3401", "ทม.แจระแม", "อบต.แจระแม"),
    ],
)
def test_case_33_an_old_name_or_spelling_is_read_with_a_note(tmp_path, district, label, written):
    is_read_with_a_note(tmp_path, district, label, written)


@pytest.mark.parametrize("written", ["ทต.พนา", "อบต.ชานุมาน", "อบต.หนองขอน อ.พนา"])
def test_case_34_a_name_that_left_the_province_is_rejected_at_its_cell(tmp_path, written):
    extra = Extra("อบต.หนองบก", written, "อบต.หนองบก", "34", "RETIRED_NAME", seq="9")
    table = Table("3431", "1", total_at="none", changes=(extra,))
    results = post(tmp_path, table, writer="opendocument")
    assert values(results) == facts(table)
    assert said(results, "RETIRED_NAME") == [("must_fix", "B10")]
    assert codes(results) == {"RETIRED_NAME"}


@pytest.mark.parametrize("area", ["อำเภอชานุมาน", "อ.พนา", "อำเภอปทุมราชวงศา", "อำเภอศรีหลักชัย"])
def test_case_34_a_report_of_a_district_that_left_the_province_counts_nowhere(tmp_path, area):
    rows = tuple(
        Named(label, f"อบต.พนา {number}", "34", "UNKNOWN_LOCAL_BODY", held=True)
        for number, label in enumerate(small("3431").only)
    )
    results = post(tmp_path, small("3431", area=area, changes=rows))
    assert verdicts(results) == ["undecided"]
    assert {severity for severity, _ in said(results, "NO_DISTRICT")} == {"must_fix"}
    assert values(results) == {}
    assert all(row.status != "on_time" for row in round_of(results, "1").roster)


def test_case_34_a_heading_of_a_district_that_left_the_province_is_at_odds_with_rows_of_another(tmp_path):
    """Nobody guesses whose it is: the heading names one district, the rows are of another (design rule 4)."""
    results = post(tmp_path, small("3431", area="อำเภอพนา"))
    assert verdicts(results) == ["undecided"]
    assert values(results) == {}


def test_case_34_a_tambon_that_went_to_a_new_district_is_of_that_one_and_its_old_code_names_nobody(tmp_path):
    """คำเขื่อนแก้ว, code 340306, left โขงเจียม when สิรินธร was split off."""
    first = TABLES.bodies_of("3403")[0].label
    changes = tuple(
        Extra(first, written, first, "34", code, seq="9")
        for written, code in (("อบต.คำเขื่อนแก้ว", "FOREIGN_LOCAL_BODY"), ("340306", "UNKNOWN_LOCAL_BODY"))
    )
    table = Table("3403", "1", total_at="none", changes=changes)
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    (foreign,) = issues_of(results, "FOREIGN_LOCAL_BODY")
    assert [(foreign.severity, foreign.cell)] == [
        ("must_fix", cell) for cell in planted(table, "FOREIGN_LOCAL_BODY")
    ]
    assert "ชื่อนี้คือ อบต.คำเขื่อนแก้ว อ.สิรินธร" in foreign.message
    assert said(results, "UNKNOWN_LOCAL_BODY") == [
        ("must_fix", cell) for cell in planted(table, "UNKNOWN_LOCAL_BODY")
    ]
    assert codes(results) == {"FOREIGN_LOCAL_BODY", "UNKNOWN_LOCAL_BODY"}


def test_the_district_is_known_from_the_names_of_its_rows_when_nothing_else_says_it(tmp_path):
    table = Table("3431", "1", area=" ")
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert said(results, "DISTRICT_FROM_ROWS") == [("note", "")]
    assert codes(results) == {"DISTRICT_FROM_ROWS", "TOTAL_ROW"}
