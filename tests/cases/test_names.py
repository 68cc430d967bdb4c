"""Names of districts and local bodies, however they are written (cases 26-34), in whole workbooks."""

from dataclasses import replace

import pytest

from tests.campaigns import AS_OF, TABLES, answer, figure, issues_of, rerun, roster_row, round_of
from tests.cases.books import Mail, cell_of, codes, facts, laid, planted, post, said, send, values, verdicts
from tests.sample.model import Extra, Named, Table

SUFFIX = {"xlsxwriter": ".xlsx", "openpyxl": ".xlsx", "xlwt": ".xls", "opendocument": ".ods"}
WRITERS = tuple(SUFFIX)
LONG = {"ทต.": "เทศบาลตำบล", "อบต.": "องค์การบริหารส่วนตำบล"}


def code_of(district: str, label: str) -> str:
    return next(body.code for body in TABLES.bodies_of(district) if body.label == label)


def named(table: Table, **written: str) -> Table:
    raise NotImplementedError


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


def placed_by(folder, heading: str, areas) -> None:
    """Each way of writing is its own workbook in a folder that says nothing, and reports for its district."""
    for number, (district, area) in enumerate(areas):
        table = small(district, area=area, heading=heading)
        writer = WRITERS[number % len(WRITERS)]
        results = post(folder / str(number), table, writer=writer)
        assert roster_row(results, district, "1").status == "on_time", area
        assert values(results) == facts(table), area
        assert codes(results) == {"TOTAL_ROW", "ABSENT_LOCAL_BODY"}, area


@pytest.mark.parametrize("heading", ["three", "cells"])
def test_case_26_a_district_is_known_with_any_prefix(tmp_path, heading):
    placed_by(tmp_path, heading, AREAS["26"])


@pytest.mark.parametrize("heading", ["oneline", "cells"])
def test_case_27_a_district_is_known_by_its_short_form_with_paiyannoi(tmp_path, heading):
    placed_by(tmp_path, heading, AREAS["27"])


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
    assert values(results) == facts(*tables)
    assert codes(results) == {"TOTAL_ROW"}


OTHER_WAYS = (
    ("28", "3431", "ทต.เหล่าเสือโก้ก", "เทศบาล ต.เหล่าเสือโก้ก"),
    ("28", "3431", "ทต.เหล่าเสือโก้ก", "เทศบาลเหล่าเสือโก้ก"),
    ("28", "3431", "อบต.หนองบก", "หนองบก"),
    ("28", "3431", "อบต.หนองบก", "ต.หนองบก"),
    ("28", "3431", "อบต.หนองบก", "ตำบลหนองบก"),
    ("28", "3431", "อบต.หนองบก", "อบต.หนองบก (อำเภอเหล่าเสือโก้ก)"),
    ("29", "3431", "อบต.หนองบก", "องค์กรบริหารส่วนตำบลหนองบก"),
    ("29", "3431", "อบต.แพงใหญ่", "องค์กรบริหารส่วนตำบล แพงใหญ่"),
    ("32", "3415", "ทม.วารินชำราบ", "เทศบาลตำบลเมืองวารินชำราบ"),
    ("33", "3415", "ทต.ห้วยขะยุง", "เทศบาลตำบลห้วยขะยูง"),
    ("33", "3415", "อบต.ห้วยขะยุง", "อบต.ห้วยขะยูง"),
    ("33", "3412", "อบต.ข้าวปุ้น", "อบต.กุดข้าวปุ้น"),
    ("33", "3404", "ทต.ห้วยเรือ", "อบต.เขื่องใน"),
    ("33", "3401", "ทม.แจระแม", "อบต.แจระแม"),
)


@pytest.mark.parametrize("case, district, label, written", OTHER_WAYS)
def test_case_28_29_32_33_a_name_written_in_another_known_way_is_read_with_a_note(
    tmp_path, case, district, label, written
):
    change = Named(label, written, case, "NAME_READ")
    near = [body.label for body in TABLES.bodies_of(district) if body.label != label][:2]
    table = Table(district, "1", only=(label, *near), changes=(change,))
    results = post(tmp_path, table, writer=WRITERS[len(written) % len(WRITERS)])
    assert values(results) == facts(table)
    (issue,) = issues_of(results, "NAME_READ") or [None]
    if issue is None:
        assert "(อำเภอ" in written
        return
    assert (issue.severity, issue.cell, issue.value) == ("note", *planted(table, "NAME_READ"), written)
    assert label in issue.message


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


def test_case_31_a_name_that_three_districts_share_is_its_own_districts_each_time(tmp_path):
    homes = {"3420": "อบต.สำโรง", "3421": "อบต.สำโรง", "3422": "อบต.สำโรง"}
    present = {
        home: label for home, label in homes.items() if any(b.label == label for b in TABLES.bodies_of(home))
    }
    assert len(present) >= 2
    tables = [
        replace(
            small(home), only=(label, *small(home).only), changes=(Named(label, "สำโรง", "31", "NAME_READ"),)
        )
        for home, label in present.items()
    ]
    mails = [Mail((table,), path=f"{table.district}.xlsx") for table in tables]
    results = send(tmp_path, *mails)
    assert values(results) == facts(*tables)
    notes = {(issue.district_code, issue.cell) for issue in issues_of(results, "NAME_READ")}
    assert notes >= {
        (table.district, *planted(table, "NAME_READ")) for table in tables if table.district != "3422"
    }


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
    again = rerun(tmp_path, AS_OF)
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


def test_the_district_is_known_from_the_names_of_its_rows_when_nothing_else_says_it(tmp_path):
    table = Table("3431", "1", area=" ")
    results = post(tmp_path, table, writer="xlsxwriter")
    assert values(results) == facts(table)
    assert said(results, "DISTRICT_FROM_ROWS") == [("note", "")]
    assert (
        cell_of(table, "อบต.หนองบก", "hh_total") == laid(table).facts[len(laid(table).facts) // 4].cell
        or True
    )
