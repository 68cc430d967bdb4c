"""Counted filings compared: with the round before, and with what other local bodies report."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model import Issue, Results
from pipeline.peers import Figure, far_from_past, far_from_peers
from tests.campaigns import SHIPPED, TABLES, Sent, consolidate, figure, issues_of, roster_row, round_of
from tests.sample.model import Cell, Table
from tests.sample.plan_sheet import Plan, Written

DISTRICT = "3401"
BODY = TABLES.bodies_of(DISTRICT)[0]
OTHER = TABLES.bodies_of(DISTRICT)[1]
BEFORE, AFTER = "2021-02-03T10:00:00", "2021-02-18T10:00:00"


def first(**changes: object) -> Sent:
    return Sent("รอบ 1/เมือง.xlsx", BEFORE, replace(Table(DISTRICT, "1"), **changes))


def second(**changes: object) -> Sent:
    return Sent("รอบ 2/เมือง.xlsx", AFTER, replace(Table(DISTRICT, "2"), **changes))


def told(results: Results, code: str) -> list[tuple[str, str]]:
    return [(issue.cell, issue.value) for issue in issues_of(results, code)]


def only(results: Results, code: str) -> Issue:
    (issue,) = issues_of(results, code)
    return issue


def cell_of(results: Results, body: str, key: str) -> str:
    values = round_of(results, "2").values
    rows = values[(values["local_body_code"] == body) & (values["indicator"] == key)]
    return str(rows["cell"].iloc[0])


def once_cell(results: Results, key: str) -> str:
    return cell_of(results, "", key)


def test_figures_that_rise_ask_for_nothing(tmp_path: Path) -> None:
    results = consolidate(tmp_path, first(), second())
    for code in ("FELL", "FAR_FROM_PAST", "FAR_FROM_PEERS", "COPIED_ROW", "GONE_LOCAL_BODY"):
        assert issues_of(results, code) == []


def test_a_figure_that_falls_stands_and_is_asked_about_with_what_it_was(tmp_path: Path) -> None:
    """Case 57: the letter does not say whether counts are cumulative."""
    was = Cell(BODY.label, "visits", 9, 9)
    now = Cell(BODY.label, "visits", 8, 8)
    results = consolidate(tmp_path, first(changes=(was,)), second(changes=(now,)))
    issue = only(results, "FELL")
    assert (issue.severity, issue.file, issue.value) == ("please_explain", "รอบ 2/เมือง.xlsx", "8")
    assert issue.cell == cell_of(results, BODY.code, "visits")
    assert "น้อยกว่าที่รายงานไว้ในครั้งที่ ๑ คือ 9" in issue.message
    assert figure(results, "2", BODY.code, "visits") == 8
    assert roster_row(results, DISTRICT, "2").please_explain == 1


def test_what_was_not_reported_before_has_not_fallen(tmp_path: Path) -> None:
    blank = Cell(BODY.label, "visits", "", None)
    results = consolidate(
        tmp_path, first(changes=(blank,)), second(changes=(Cell(BODY.label, "visits", 0, 0),))
    )
    assert issues_of(results, "FELL") == []


def test_a_round_is_compared_with_what_counts_for_the_one_before(tmp_path: Path) -> None:
    """The first version said 90 and was replaced by one that says 7."""
    wrong = Sent(
        "รอบ 1/เดิม.xlsx",
        "2021-02-02T10:00:00",
        Table(DISTRICT, "1", changes=(Cell(BODY.label, "visits", 90, 90),)),
    )
    right = first(changes=(Cell(BODY.label, "visits", 7, 7),))
    results = consolidate(tmp_path, wrong, right, second(changes=(Cell(BODY.label, "visits", 8, 8),)))
    assert issues_of(results, "FELL") == []


def test_a_field_of_the_whole_district_that_falls(tmp_path: Path) -> None:
    """Each round with the figures of the other: everything that grows falls."""
    results = consolidate(tmp_path, first(figures="2"), second(figures="1"))
    fallen = [issue for issue in issues_of(results, "FELL") if "กพสอ." in issue.message]
    assert [(issue.round, issue.cell) for issue in fallen] == [("2", once_cell(results, "kpso"))]


def test_a_local_body_that_reported_before_and_is_gone(tmp_path: Path) -> None:
    results = consolidate(tmp_path, first(), second(absent=(BODY.label,)))
    issue = only(results, "GONE_LOCAL_BODY")
    assert (issue.value, issue.district_code, issue.round) == (BODY.label, DISTRICT, "2")
    assert f"ไม่พบตัวเลขของ {BODY.label} ซึ่งรายงานไว้ในครั้งที่ ๑" in issue.message
    assert issues_of(results, "ABSENT_LOCAL_BODY") == []
    assert [absent.local_body_code for absent in round_of(results, "2").absent] == [BODY.code]


def test_a_local_body_that_never_reported_is_absent_and_not_gone(tmp_path: Path) -> None:
    results = consolidate(tmp_path, first(absent=(BODY.label,)), second(absent=(BODY.label,)))
    assert issues_of(results, "GONE_LOCAL_BODY") == []
    assert [issue.round for issue in issues_of(results, "ABSENT_LOCAL_BODY")] == ["1", "2"]


def test_rows_of_two_local_bodies_with_all_figures_alike(tmp_path: Path) -> None:
    clean = consolidate(tmp_path / "clean", first())
    assert issues_of(clean, "COPIED_ROW") == []
    values = round_of(clean, "1").values
    own = values[values["local_body_code"] == BODY.code]
    copied = tuple(
        Cell(OTHER.label, key, value, value)
        for key, value in zip(own["indicator"], own["value"], strict=True)
    )
    results = consolidate(tmp_path / "copied", first(changes=copied, percent="formula"))
    found = {issue.value: issue for issue in issues_of(results, "COPIED_ROW")}
    assert found.keys() == {BODY.label, OTHER.label}
    assert f"{OTHER.label} อำเภอเมืองอุบลราชธานี ทุกช่อง" in found[BODY.label].message
    assert {issue.severity for issue in found.values()} == {"please_explain"}


# --- far from others ----------------------------------------------------------------------------------------------

PEERS = [Figure(size // 4 + size % 7, size) for size in range(400, 1400, 40)]


def test_a_digit_too_many_or_too_few_is_far_and_what_is_usual_is_told() -> None:
    far = far_from_peers([*PEERS, Figure(10_000, 400), Figure(1, 800)])
    assert far[:-2] == [None] * len(PEERS)
    assert far[-2] == pytest.approx(100, rel=0.05)
    assert far[-1] == pytest.approx(200, rel=0.05)


def test_the_large_and_the_small_are_not_far_for_their_size_nor_for_what_does_not_grow_with_it() -> None:
    city, hamlet, few_visits = Figure(12_500, 50_000), Figure(12, 50), Figure(150, 50_000)
    assert far_from_peers([*PEERS, city, hamlet, few_visits]) == [None] * (len(PEERS) + 3)


def test_zero_is_not_far_and_a_few_tell_nothing() -> None:
    assert far_from_peers([*PEERS, Figure(0, 800)])[-1] is None
    assert far_from_peers([*PEERS[:18], Figure(99_999, 400)]) == [None] * 19


def test_where_all_are_alike_nothing_within_a_factor_of_nearly_five_is_far() -> None:
    alike = [Figure(100, 400)] * 30
    assert far_from_peers([*alike, Figure(480, 400)])[-1] is None
    assert far_from_peers([*alike, Figure(490, 400)])[-1] == pytest.approx(100)


def test_growth_far_beyond_that_of_others_is_far_and_from_next_to_nothing_is_not() -> None:
    grown = [Figure(120, 100), Figure(130, 100), Figure(110, 100)] * 8
    far = far_from_past([*grown, Figure(1_200, 100), Figure(600, 4), Figure(10, 100)])
    assert far[:-3] == [None] * 24
    assert far[-3] == pytest.approx(120)
    assert far[-2:] == [None, None]


PLANNED, PLANNING = "3424", "อบต.ดอนมดแดง"
TOTAL = next(body.code for body in TABLES.bodies_of(PLANNED) if body.label == PLANNING)


def against_a_plan(folder: Path, result: int, *cells: tuple[str, str | int, float | None]) -> Results:
    """A last round in which the local body reaches `result` households, and a plan with these cells of its first
    activity."""
    plan = Plan(PLANNED, written=tuple(Written(PLANNING, 0, key, raw, means) for key, raw, means in cells))
    reached = (Cell(PLANNING, "hh_veg", result, result), Cell(PLANNING, "hh_target", 9000, 9000))
    reached = (*reached, Cell(PLANNING, "hh_total", 9000, 9000))
    last = Table(PLANNED, "2", turn="ครั้งที่ ๔", date="๑๘ เมษายน ๒๕๖๔", changes=reached)
    return consolidate(
        folder,
        Sent("แผน.xlsx", "2021-01-26T09:00:00", plan),
        Sent("ครั้งที่ 4.xlsx", "2021-04-19T09:00:00", last),
        as_of="2021-04-25T09:00:00+07:00",
        schemas=SHIPPED,
    )


HOUSEHOLDS = (("guideline_item", "1", None), ("target_unit", "ครัวเรือน", None), ("target_qty", 1250, 1250.0))


def test_a_result_below_what_the_plan_set_out_to_reach_is_asked_about(tmp_path: Path) -> None:
    results = against_a_plan(tmp_path, 1249, *HOUSEHOLDS)
    issue = only(results, "BELOW_TARGET")
    assert (issue.severity, issue.file, issue.round, issue.value) == (
        "please_explain",
        "ครั้งที่ 4.xlsx",
        "4",
        "1,249",
    )
    values = round_of(results, "4").values
    where = (values["local_body_code"] == TOTAL) & (values["indicator"] == "hh_veg")
    assert values[where][["cell", "value"]].to_numpy().tolist() == [[issue.cell, 1249.0]]
    assert "เป้าหมายในแผนปฏิบัติการ คือ 1,250 จากกิจกรรม" in issue.message


def test_a_result_that_reaches_the_plan_asks_for_nothing(tmp_path: Path) -> None:
    assert issues_of(against_a_plan(tmp_path, 1250, *HOUSEHOLDS), "BELOW_TARGET") == []


@pytest.mark.parametrize("other", [("target_unit", "คน", None), ("guideline_item", "3", None)])
def test_what_is_planned_of_something_else_is_not_compared(
    tmp_path: Path, other: tuple[str, str, None]
) -> None:
    cells = {cell[0]: cell for cell in (*HOUSEHOLDS, other)}
    assert issues_of(against_a_plan(tmp_path, 9, *cells.values()), "BELOW_TARGET") == []
