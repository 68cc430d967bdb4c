"""Reports of one round and the next (cases 55-57): a heading left as it was, the same figures again, figures that fall.

Each district's workbook of a round holds the figures of `ROWS`, those that grow with so many `more`.
"""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.campaigns import TABLES, Sent, consolidate, issues_about, issues_of, roster_row, verdicts
from tests.cases.books import (
    AREA,
    DISTRICT,
    KEYS,
    LEAVES,
    ROWS,
    Mail,
    Writer,
    body_lines,
    body_values,
    codes,
    facts,
    placed,
    said,
    send,
    sheet,
    values,
)
from tests.sample.layout import standard_columns
from tests.sample.model import Cell, Sheet, Table

FIRST, SECOND = Table(DISTRICT, "1"), Table(DISTRICT, "2")
IN_TIME_1, IN_TIME_2, IN_MARCH = "2021-02-04T09:00:00", "2021-02-19T09:00:00", "2021-03-18T10:00:00"
AFTER_ROUND_2, BEFORE_ROUND_3 = "2021-02-22T08:30:00+07:00", "2021-03-19T08:30:00+07:00"
AFTER_ROUND_3 = "2021-03-24T08:30:00+07:00"
TOWN = "ทต.เหล่าเสือโก้ก"
HEADER = [LEAVES[key] for key in ("lao_name", *KEYS)]


def grown(more: int, **changed: int) -> Mapping[str, tuple[int, ...]]:
    """The figures of each local body with so many more of what grows; those of the town also as `changed`."""
    rows = {name: (*figures[:4], *(each + more for each in figures[4:])) for name, figures in ROWS.items()}
    town = dict(zip(KEYS, rows[TOWN], strict=True)) | changed
    return {**rows, TOWN: tuple(town.values())}


def report(turn: int, rows: Mapping[str, tuple[int, ...]], dated: str = "") -> Sheet:
    """A workbook under the heading of a round; the local bodies stand from row 5."""
    title = f"แบบรายงานการดำเนินงาน ครั้งที่ {turn}"
    return sheet(placed([[title], [AREA], [dated] if dated else [], HEADER, *body_lines(rows)]))


def mail(name: str, at: str, page: Sheet | Table, writer: str | Writer = "openpyxl") -> Mail:
    return Mail((page,), writer, name, at)


def statuses(results, *keys: str) -> list[str]:
    return [roster_row(results, DISTRICT, key).status for key in keys]


# --- a heading left as it was -----------------------------------------------------------------------------------


def test_case_55_the_heading_of_the_first_round_on_new_figures_in_march_waits_for_an_answer(tmp_path):
    """Nothing came for round 2, which was due in February: nobody guesses which of the two it is."""
    old, new = mail("1.xlsx", IN_TIME_1, report(1, ROWS)), mail("ใหม่.xlsx", IN_MARCH, report(1, grown(9)))
    results = send(tmp_path, old, new, as_of=BEFORE_ROUND_3)
    assert (verdicts(results, "1.xlsx"), verdicts(results, "ใหม่.xlsx")) == (["counted"], ["undecided"])
    assert statuses(results, "1", "2") == ["on_time", "undecided"]
    assert (values(results, "1"), values(results, "2")) == (body_values(4), {})
    asked = issues_of(results, "OLD_HEADING")
    assert [(each.severity, each.round, each.file) for each in asked] == [
        ("must_fix", key, "ใหม่.xlsx") for key in ("1", "2")
    ]
    assert {f"{DISTRICT}/2,ผู้ตัดสิน" in each.remedy for each in asked} == {True}
    assert codes(results) == {"OLD_HEADING"}


def test_case_55_the_heading_of_the_first_round_on_figures_of_the_third_waits_for_an_answer(tmp_path):
    """Rounds 1 and 2 came in time; round 3 is due and empty, and the new figures may well be its own."""
    results = send(
        tmp_path,
        mail("1.xlsx", IN_TIME_1, report(1, ROWS)),
        mail("2.xlsx", IN_TIME_2, report(2, grown(9))),
        mail("ใหม่.xlsx", "2021-03-22T09:00:00", report(1, grown(20))),
        as_of="2021-03-24T08:30:00+07:00",
    )
    assert verdicts(results, "ใหม่.xlsx") == ["undecided"]
    assert statuses(results, "1", "2", "3") == ["on_time", "on_time", "undecided"]
    assert (values(results, "1"), values(results, "2")) == (body_values(4), body_values(4, rows=grown(9)))
    assert {each.round for each in issues_of(results, "OLD_HEADING")} == {"1", "3"}


def test_case_55_a_date_in_march_contradicts_the_heading_of_the_first_round(tmp_path):
    page = report(1, ROWS, "ข้อมูล ณ วันที่ 18 มีนาคม 2564")
    results = send(tmp_path, mail("รายงาน.xlsx", IN_MARCH, page), as_of=BEFORE_ROUND_3)
    assert verdicts(results, "รายงาน.xlsx") == ["undecided"]
    assert statuses(results, "1", "2") == ["undecided", "undecided"]
    assert {each.severity for each in issues_of(results, "MIXED_CONTENT")} == {"must_fix"}
    assert values(results, "1") == values(results, "2") == {}


def test_case_55_without_a_sign_to_the_contrary_the_heading_holds_and_the_report_is_late(tmp_path):
    """The first thing that the district ever sent: it is what it says, 41 days begun after 5 February."""
    results = send(tmp_path, mail("รายงาน.xlsx", IN_MARCH, report(1, ROWS)), as_of=BEFORE_ROUND_3)
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.days_late, statuses(results, "2")) == ("late", 41, ["missing"])
    assert values(results) == body_values(4)
    assert codes(results) == set()


def test_case_55_before_the_next_round_is_due_new_figures_are_a_correction(tmp_path):
    old, new = mail("1.xlsx", IN_TIME_1, report(1, ROWS)), mail("2.xlsx", IN_TIME_2, report(1, grown(9)))
    results = send(tmp_path, old, new, as_of="2021-02-19T16:30:00+07:00")
    assert (verdicts(results, "1.xlsx"), verdicts(results, "2.xlsx")) == (["superseded"], ["counted"])
    assert values(results) == body_values(4, rows=grown(9))


@pytest.mark.parametrize(
    "path, verdict, code, severity",
    [
        ("ครั้งที่ 3/รายงาน.xlsx", "undecided", "WRONG_FOLDER", "must_fix"),
        ("รายงานครั้งที่ 3.xlsx", "counted", "NAME_DIFFERS", "note"),
    ],
)
def test_case_55_a_folder_of_another_round_is_a_question_and_a_name_a_note(
    tmp_path, path, verdict, code, severity
):
    results = send(tmp_path, mail(path, IN_TIME_1, report(1, ROWS)), as_of="2021-02-06T08:30:00+07:00")
    assert verdicts(results, path) == [verdict]
    assert {(each.severity, each.file) for each in issues_of(results, code)} == {(severity, path)}
    assert codes(results) == {code}


# --- the same figures again -------------------------------------------------------------------------------------


def test_case_56_the_figures_of_the_round_before_under_a_new_heading_wait_for_an_answer(tmp_path):
    """Another program, another order of columns, another total row: only the figures are the same."""
    columns = standard_columns(TABLES)
    again = replace(SECOND, figures="1", columns=(*columns[:2], *columns[:1:-1]), total_at="none")
    results = send(
        tmp_path,
        mail("1.xlsx", IN_TIME_1, FIRST),
        mail("2.xls", IN_TIME_2, again, "xlwt"),
        as_of=AFTER_ROUND_2,
    )
    assert (verdicts(results, "1.xlsx"), verdicts(results, "2.xls")) == (["counted"], ["undecided"])
    assert statuses(results, "1", "2") == ["on_time", "undecided"]
    assert (values(results, "1"), values(results, "2")) == (facts(FIRST), {})
    asked = issues_of(results, "SAME_FIGURES")
    assert [(each.severity, each.round, each.file) for each in asked] == [
        ("must_fix", key, "2.xls") for key in ("1", "2")
    ]
    assert {'มีตัวเลขเหมือนรายงานครั้งก่อนทุกช่อง ("1.xlsx"' in each.message for each in asked} == {True}


def test_case_56_one_figure_that_differs_is_enough_to_be_a_report_of_its_own(tmp_path):
    visits = Cell(TOWN, "visits", 99, 99)
    again = replace(SECOND, figures="1", changes=(visits,))
    results = send(
        tmp_path, mail("1.xlsx", IN_TIME_1, FIRST), mail("2.xlsx", IN_TIME_2, again), as_of=AFTER_ROUND_2
    )
    assert statuses(results, "1", "2") == ["on_time", "on_time"]
    assert values(results, "2") == facts(again)
    assert codes(results) == {"TOTAL_ROW"}


def test_case_56_the_very_file_of_the_round_before_is_a_copy_and_no_report(tmp_path):
    old, new = mail("1.xlsx", IN_TIME_1, FIRST), mail("ครั้งใหม่.xlsx", IN_TIME_2, FIRST)
    results = send(tmp_path, old, new, as_of=AFTER_ROUND_2)
    assert verdicts(results, "ครั้งใหม่.xlsx") == ["duplicate"]
    assert statuses(results, "1", "2") == ["on_time", "missing"]
    assert [(each.severity, each.file) for each in issues_of(results, "DUPLICATE_FILE")] == [
        ("note", "ครั้งใหม่.xlsx")
    ]


# --- figures that fall ------------------------------------------------------------------------------------------


def test_case_57_a_figure_that_falls_stands_and_is_to_be_explained_at_its_cell(tmp_path):
    before, now = grown(0, hh_veg=950), grown(9, hh_veg=900)
    results = send(
        tmp_path,
        mail("2.xlsx", IN_TIME_2, report(2, before)),
        mail("3.xlsx", IN_MARCH, report(3, now)),
        as_of=AFTER_ROUND_3,
    )
    assert values(results, "2") == body_values(4, rows=before)
    assert values(results, "3") == body_values(4, rows=now)
    (issue,) = issues_of(results, "FELL")
    assert (issue.severity, issue.round, issue.cell, issue.value) == ("please_explain", "3", "F5", "900")
    assert "น้อยกว่าที่รายงานไว้ในครั้งที่ ๒ คือ 950" in issue.message
    assert codes(results) == {"FELL"}


def test_case_57_figures_that_rise_or_stay_ask_for_nothing(tmp_path):
    results = send(
        tmp_path,
        mail("2.xlsx", IN_TIME_2, report(2, grown(0, hh_veg=950))),
        mail("3.xlsx", IN_MARCH, report(3, grown(9, hh_veg=950))),
        as_of=AFTER_ROUND_3,
    )
    assert said(results, "FELL") == []
    assert codes(results) == set()


def test_case_57_a_correction_of_the_round_before_takes_the_question_back(tmp_path):
    """The comparison is with what counts, not with what was sent first."""
    wrong, right = (
        Sent(name, at, mail(name, at, report(2, grown(0, hh_veg=veg))).data)
        for name, at, veg in (("2.xlsx", "2021-02-18T09:00:00", 950), ("2 แก้ไข.xlsx", IN_TIME_2, 890))
    )
    third = Sent("3.xlsx", IN_MARCH, mail("3.xlsx", IN_MARCH, report(3, grown(9, hh_veg=900))).data)
    results = consolidate(tmp_path, wrong, right, third, as_of=AFTER_ROUND_3)
    assert verdicts(results, "2.xlsx") == ["superseded"]
    assert issues_about(results, "FELL", "3.xlsx") == []
