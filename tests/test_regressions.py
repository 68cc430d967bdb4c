"""Defects that were once there: a test for each, named for what must hold."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from subprocess import PIPE

import pytest

from pipeline.__main__ import exit_code
from pipeline.campaign import load_campaign
from pipeline.exceptions import ConfigurationError
from pipeline.model import Results
from pipeline.receive.told import tell
from pipeline.run import run
from tests.campaigns import (
    AS_OF,
    NOW,
    ROOT,
    SCHEMAS,
    TABLES,
    Sent,
    answer,
    cell_of,
    consolidate,
    figure,
    in_process,
    issues_about,
    issues_of,
    only_figures,
    put,
    rerun,
    roster_row,
    round_of,
    verdicts,
    with_tables,
)
from tests.sample.layout import lay_out, standard_columns
from tests.sample.model import Cell, Formula, Named, Position, Put, Raw, Sheet, Table, Twice, address
from tests.sample.writers import WRITERS

NA_YIA, BODY, LABEL, SECOND, LAST = "3429", "5342901", "ทต.นาเยีย", "ทต.นาจาน", "อบต.นาดี"
FILE = "x/a.xlsx"
ON_TIME, EARLY_FILE_TIME = "2021-02-04T10:00:00", datetime.fromisoformat("2021-02-04T08:00:00+07:00")
CLEAN = Table(NA_YIA, "1")
PLAIN = replace(CLEAN, once="none", total_at="none")
SPEAKS_OF_A_DISTRICT = "อำเภอช่วยติดตามแล้ว"
VILLAGES = Table(
    NA_YIA,
    "1",
    columns=(
        "seq",
        "lao_name",
        "moo",
        "villages_total",
        "villages_active",
        "hh_total",
        "hh_target",
        "hh_veg",
    ),
    only=(LABEL,),
    total_at="none",
    once="none",
)
OWN_COLUMN = (*standard_columns(TABLES), "+ประธานชุมชน")
ROUND_1 = 'due = "2564-02-05"'
LAST_ROUND = 'due = "2564-04-20"'
PLACES: Mapping[str, Position] = {
    address(row, column): (row, column) for row in range(60) for column in range(40)
}


def line_of(cell: str) -> int:
    """The row of an address, as people count."""
    return int(re.sub(r"\D", "", cell))


def at(table: Table, body: str, key: str) -> str:
    """The address of a cell in the row of a local body, whatever its column holds."""
    columns = table.columns or standard_columns(TABLES)
    return address(line_of(cell_of(table, body, "hh_total")) - 1, columns.index(key))


def changed(table: Table, cells: Mapping[str, Raw | None]) -> Sheet:
    """The sheet of a table with some cells written otherwise; `None` empties one."""
    sheet = lay_out(table, TABLES).sheet
    values = {PLACES[name]: value for name, value in cells.items()}
    kept = {place: cell for place, cell in sheet.cells.items() if values.get(place, "") is not None}
    new = {place: Put(value, look="body") for place, value in values.items() if value is not None}
    return replace(sheet, cells=kept | new)


def written(*sheets: Sheet) -> bytes:
    return WRITERS["xlsxwriter"](sheets)


def moved(sheet: Sheet, down: int, start: int = 0) -> Sheet:
    """A sheet whose rows from `start` on stand lower."""
    cells = {(row + down * (row >= start), column): cell for (row, column), cell in sheet.cells.items()}
    merges = tuple(
        (first + down * (first >= start), left, last + down * (last >= start), right)
        for first, left, last, right in sheet.merges
    )
    return replace(sheet, cells=cells, merges=merges)


def over(upper: Sheet, lower: Sheet) -> Sheet:
    """Both on one sheet, one where it stands and the other where it stands."""
    return replace(upper, cells={**upper.cells, **lower.cells}, merges=(*upper.merges, *lower.merges))


def header_of(sheet: Sheet) -> Sheet:
    """The two rows of a sheet's header alone."""
    rows = {row for (row, _), cell in sheet.cells.items() if cell.look == "head"}
    cells = {place: cell for place, cell in sheet.cells.items() if place[0] in rows}
    return replace(sheet, cells=cells, merges=tuple(merge for merge in sheet.merges if merge[0] in rows))


def wrong_figures(results: Results, table: Table) -> dict[tuple[str, str], float | None]:
    """The counts of a table that did not come out as they stand in it."""
    facts = [fact for fact in lay_out(table, TABLES).facts if fact.key != "hh_veg_pct"]
    came = {(fact.body, fact.key): figure(results, table.round, fact.body, fact.key) for fact in facts}
    true = {(fact.body, fact.key): fact.value for fact in facts}
    return {place: value for place, value in came.items() if value != true[place]}


def one(folder: Path, content: bytes | Table, **options: object) -> Results:
    """The results of one report that came in time."""
    return consolidate(folder, Sent(FILE, ON_TIME, content), **options)


def asked(results: Results, key: str = "1") -> list[tuple[str, str, str]]:
    """What a round asks for, notes left out: severity, code, cell."""
    found = [(issue.severity, issue.code, issue.cell) for issue in round_of(results, key).issues]
    return [issue for issue in found if issue[0] != "note"]


def placed(results: Results, code: str) -> list[str]:
    return [issue.cell for issue in issues_of(results, code)]


def once_values(results: Results) -> list[list[object]]:
    values = round_of(results, "1").values
    return values[values["local_body_code"] == ""][["indicator", "value", "cell"]].to_numpy().tolist()


def set_file_time(path: Path, when: datetime) -> None:
    os.utime(path, (when.timestamp(), when.timestamp()))


# --- rows, and what only looks like one ---------------------------------------------------------------------------


@pytest.mark.parametrize("remark", ["น้ำท่วม", SPEAKS_OF_A_DISTRICT, "ครั้งที่ ๒ จะรายงานเพิ่ม"])
def test_a_remark_above_a_second_table_hides_no_row(tmp_path, remark):
    lower = Table(NA_YIA, "2", once="none", total_at="none")
    upper = changed(PLAIN, {at(PLAIN, SECOND, "remark"): remark})
    results = one(tmp_path, written(over(upper, moved(lay_out(lower, TABLES).sheet, 20))))
    assert [roster_row(results, NA_YIA, key).local_bodies_reported for key in "12"] == [4, 4]
    assert (wrong_figures(results, PLAIN), wrong_figures(results, lower)) == ({}, {})
    assert placed(results, "ABSENT_LOCAL_BODY") == []


@pytest.mark.parametrize("remark", ["น้ำท่วม", SPEAKS_OF_A_DISTRICT])
def test_a_remark_above_a_header_printed_again_hides_no_row(tmp_path, remark):
    first_page = changed(PLAIN, {at(PLAIN, SECOND, "remark"): remark})
    head, last_row = header_of(first_page), line_of(at(PLAIN, LAST, "seq")) - 1
    top = min(row for row, _ in head.cells)
    pages = over(moved(first_page, 2, last_row), moved(head, last_row - top))
    results = one(tmp_path, written(pages))
    assert roster_row(results, NA_YIA, "1").local_bodies_reported == 4
    assert (wrong_figures(results, PLAIN), asked(results)) == ({}, [])


@pytest.mark.parametrize("remark", ["ตรวจแล้ว", "โทรแจ้งอำเภอแล้ว", "วันที่ ๓ จะเก็บข้อมูลเพิ่ม"])
def test_figures_without_a_name_are_named_whatever_their_remark_begins_with(tmp_path, remark):
    name = at(CLEAN, LABEL, "lao_name")
    results = one(tmp_path, written(changed(CLEAN, {name: None, at(CLEAN, LABEL, "remark"): remark})))
    assert {line_of(cell) for cell in placed(results, "NO_NAME")} == {line_of(name)}
    assert results.files[0].set_aside == results.files[0].seen - results.files[0].read > 20
    assert figure(results, "1", BODY, "hh_total") is None


def test_three_figures_in_a_row_far_below_the_header_are_no_column_numbers(tmp_path):
    row = line_of(at(PLAIN, LAST, "seq"))
    empty: dict[str, Raw | None] = {address(row - 1, column): None for column in range(32)}
    results = one(tmp_path, written(changed(PLAIN, {**empty, f"D{row}": 3, f"E{row}": 4, f"F{row}": 5})))
    assert placed(results, "NO_NAME") == [f"D{row}", f"E{row}", f"F{row}"]
    assert results.files[0].set_aside == 3


@pytest.mark.parametrize("column", ["name", "tambon", "figure"])
def test_a_telephone_number_typed_as_a_number_is_no_figure_and_asks_nothing(tmp_path, column):
    place = {"name": 1, "tambon": 2, "figure": 20}[column]
    table = replace(CLEAN, sign_at=place)
    sheet = lay_out(table, TABLES).sheet
    row = next(row for (row, _), cell in sheet.cells.items() if str(cell.value).startswith("โทรศัพท์"))
    numbered = changed(table, {address(row, place): "โทรศัพท์", address(row, place + 1): 45000000})
    results = one(tmp_path, written(numbered))
    assert (asked(results), wrong_figures(results, CLEAN)) == ([], {})
    assert 45000000 not in set(round_of(results, "1").values["value"])
    assert (results.files[0].set_aside, placed(results, "NO_NAME")) == (0, [])


# --- when a file came, and which of several stands ------------------------------------------------------------------


def gone_and_back(folder: Path) -> Results:
    """A report that was registered late, was gone in one run, and lies there again with an older time of its own."""
    put(folder / "input", Sent(FILE, "2021-02-08T10:00:00", CLEAN))
    path = folder / "input" / FILE
    content = path.read_bytes()
    path.unlink()
    assert len(issues_of(rerun(folder), "VANISHED")) == 1
    path.write_bytes(content)
    set_file_time(path, EARLY_FILE_TIME)
    return rerun(folder)


def test_a_registered_file_that_was_gone_and_comes_back_older_stays_late(tmp_path):
    row = roster_row(gone_and_back(tmp_path), NA_YIA, "1")
    assert (row.status, row.days_late, row.receipt_source) == ("late", 3, "register")
    assert row.local_bodies_reported == 4


def test_a_file_that_was_gone_and_is_back_is_not_set_against_itself(tmp_path):
    results = gone_and_back(tmp_path)
    assert verdicts(results, FILE).count("counted") == 1
    assert set(verdicts(results, FILE)) <= {"counted", "duplicate"}
    assert placed(results, "REPEATED_ROW") == []


def test_a_file_that_is_back_is_not_said_to_be_gone(tmp_path):
    assert issues_of(gone_and_back(tmp_path), "VANISHED") == []


def test_an_older_copy_at_another_path_neither_excuses_nor_replaces_what_was_registered(tmp_path):
    put(tmp_path / "input", Sent(FILE, "2021-02-08T10:00:00", CLEAN))
    copy = tmp_path / "input" / "copy.xlsx"
    shutil.copyfile(tmp_path / "input" / FILE, copy)
    set_file_time(copy, EARLY_FILE_TIME)
    results = rerun(tmp_path)
    row = roster_row(results, NA_YIA, "1")
    assert (row.status, row.days_late, row.receipt_source, row.counted_file) == ("late", 3, "register", FILE)
    assert (verdicts(results, FILE), verdicts(results, "copy.xlsx")) == (["counted"], ["duplicate"])
    (issue,) = issues_about(results, "DUPLICATE_FILE", "copy.xlsx")
    assert f'"{FILE}"' in issue.message


def test_a_late_report_of_an_earlier_round_is_asked_about_and_the_later_round_stays(tmp_path):
    results = consolidate(
        tmp_path,
        Sent("second.xlsx", "2021-02-18T10:00:00", Table(NA_YIA, "2")),
        Sent("first.xlsx", "2021-02-23T10:00:00", Table(NA_YIA, "1", figures="2")),
    )
    assert [roster_row(results, NA_YIA, key).status for key in "12"] == ["undecided", "on_time"]
    assert (verdicts(results, "second.xlsx"), verdicts(results, "first.xlsx")) == (["counted"], ["undecided"])
    assert {issue.file for issue in issues_of(results, "SAME_FIGURES")} == {"first.xlsx"}


EXTENDED = '\n\n[[extension]]\ndistrict = "3429"\nround = "{}"\ndue = "{}"\nwho = "ก"\nwhy = "ข"'
WAIVED = '\n\n[[waiver]]\ndistrict = "3429"\nround = "2"\nwho = "ก"\nwhy = "ข"'


@pytest.mark.parametrize(
    "table, corrected_at, as_of, questions",
    [
        pytest.param("", "2021-02-09", "2021-02-24", 0, id="before the next is due, looked at later"),
        pytest.param(EXTENDED.format("1", "2564-02-10"), "2021-02-09", "2021-02-24", 0, id="in an extension"),
        pytest.param(EXTENDED.format("2", "2564-02-25"), "2021-02-23", "2021-02-27", 0, id="next extended"),
        pytest.param(WAIVED, "2021-02-23", "2021-02-24", 0, id="excused from the next"),
        pytest.param("", "2021-02-23", "2021-02-24", 1, id="after the next was due"),
    ],
)
def test_an_old_heading_is_asked_about_only_if_it_came_when_the_next_was_owed(
    tmp_path, table, corrected_at, as_of, questions
):
    corrected = replace(CLEAN, changes=(Cell(LABEL, "visits", 77, 77),))
    results = consolidate(
        tmp_path,
        Sent(FILE, ON_TIME, CLEAN),
        Sent("x/b.xlsx", f"{corrected_at}T10:00:00", corrected),
        schemas=with_tables(tmp_path, (LAST_ROUND, LAST_ROUND + table)),
        as_of=as_of,
    )
    assert (
        len(issues_about(results, "OLD_HEADING", "x/b.xlsx")) == questions * 2
    )  # in both rounds that it may be of
    assert verdicts(results, "x/b.xlsx") == (["undecided"] if questions else ["counted"])
    assert verdicts(results, FILE) == (["counted"] if questions else ["superseded"])


def test_a_told_file_is_on_the_disk_before_its_row_is(tmp_path, monkeypatch):
    order, fsync = [], os.fsync

    def watched(descriptor: int) -> None:
        order.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    (tmp_path / "a.xlsx").write_bytes(b"PK1234")
    monkeypatch.setattr(os, "fsync", watched)
    (row,) = tell(tmp_path, [tmp_path / "a.xlsx"], None, "", NOW, NOW.tzinfo)
    registered = next(place for place, name in enumerate(order) if "receipts.csv" in name)
    assert order.index(row.sha256) < order.index("vault") < registered


# --- what is given once per district --------------------------------------------------------------------------------


def test_a_negative_figure_of_the_district_is_not_counted(tmp_path):
    results = one(tmp_path, written(changed(CLEAN, {"C4": -7})))
    assert asked(results) == [("must_fix", "NEGATIVE", "C4")]
    assert [indicator for indicator, _, _ in once_values(results)] == ["staff_trained"]


def test_an_error_beside_a_label_must_be_mended_and_elsewhere_in_the_heading_is_a_note(tmp_path):
    results = one(
        tmp_path, written(changed(CLEAN, {"C4": Formula("=1/0", "#DIV/0!"), "F6": Formula("=A0", "#REF!")}))
    )
    broken = {issue.cell: issue.severity for issue in issues_of(results, "ERROR_CELL")}
    assert broken == {"C4": "must_fix", "F6": "note"}
    assert [indicator for indicator, _, _ in once_values(results)] == ["staff_trained"]


def test_a_dotted_line_left_empty_does_not_take_the_label_beside_it(tmp_path):
    left_empty: dict[str, Raw | None] = {
        "B4": "กพสอ. ที่เข้าร่วมเครือข่าย ............ คน",
        "C4": None,
        "E4": "เจ้าหน้าที่ พช. ที่เรียนรู้โก่งธนูโมเดล: 5 คน",
        "B5": None,
        "C5": None,
    }
    results = one(tmp_path, written(changed(CLEAN, left_empty)))
    assert asked(results) == []
    assert once_values(results) == [["staff_trained", 5.0, "E4"]]


def test_a_figure_given_once_is_read_behind_its_number_and_the_word_for_a_number(tmp_path):
    numbered = {
        "A4": "๑. จำนวน กพสอ. ที่เข้าร่วมเครือข่าย",
        "B4": "จำนวน",
        "C4": 12,
        "E4": "2) เจ้าหน้าที่ พช. ที่เรียนรู้โก่งธนูโมเดล",
        "F4": 5,
    }
    results = one(tmp_path, written(changed(PLAIN, numbered)))
    assert once_values(results) == [["kpso", 12.0, "C4"], ["staff_trained", 5.0, "F4"]]


@pytest.mark.parametrize("below, known", [(12, True), (13, False)])
def test_a_figure_given_above_and_below_the_table_counts_when_both_agree(tmp_path, below, known):
    twice = {"A4": "กพสอ. ที่เข้าร่วมเครือข่าย 12 คน", "A40": f"กพสอ. ที่เข้าร่วมเครือข่าย {below} คน"}
    results = one(tmp_path, written(changed(PLAIN, twice)))
    assert [value for _, value, _ in once_values(results)] == ([12.0] if known else [])
    assert placed(results, "ONCE_DIFFERS") == ([] if known else ["A4", "A40"])


@pytest.mark.parametrize("date", ["ข้อมูล ณ วันที่ ......................", "ข้อมูล ณ วันที่"])
def test_a_date_left_empty_does_not_take_the_label_beside_it(tmp_path, date):
    sheet = changed(CLEAN, {"A3": date, "H3": "อำเภอนาเยีย"})
    apart = replace(sheet, merges=tuple(merge for merge in sheet.merges if merge[0] != 2))
    results = one(tmp_path, written(apart))
    assert (asked(results), verdicts(results, FILE)) == ([], ["counted"])


@pytest.mark.parametrize("header", [(), ("อปท.", "งบประมาณ", "เบิกจ่าย", "คงเหลือ", "ร้อยละ")])
def test_rows_of_local_bodies_on_a_sheet_without_a_header_must_be_mended(tmp_path, header):
    lines = [header, (SECOND, 100, 50, 50, 50), (LAST, 200, 100, 100, 50)]
    cells = {(row, column): Put(value) for row, line in enumerate(lines) for column, value in enumerate(line)}
    results = one(tmp_path, written(lay_out(PLAIN, TABLES).sheet, Sheet("ต่อ", cells)))
    assert placed(results, "NO_HEADER") == ([] if header else ["A2"])
    assert [issue.sheet for issue in issues_of(results, "SHEET")] == (["ต่อ"] if header else [])


# --- rows of one local body -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("first, second", [("1", "๑"), ("1", "หมู่ที่ 1"), ("หมู่ที่ ๑", "ม.01"), (1, "01")])
def test_a_village_written_in_two_ways_is_one_village(tmp_path, first, second):
    table = replace(VILLAGES, by_moo=((LABEL, 2),))
    row = line_of(cell_of(table, LABEL, "hh_total"))
    results = one(tmp_path, written(changed(table, {f"C{row}": first, f"C{row + 1}": second})))
    assert placed(results, "DUPLICATE_ROW") == [f"B{row}", f"B{row + 1}"]
    assert figure(results, "1", BODY, "hh_total") is None


def sums_at(table: Table, row: int) -> dict[str, Raw]:
    """The cells of a row that make it the sum of the two rows below it."""
    values = {place: cell.value for place, cell in lay_out(table, TABLES).sheet.cells.items()}
    columns = range(3, len(table.columns))
    return {address(row - 1, column): values[row, column] + values[row + 1, column] for column in columns}


@pytest.mark.parametrize("more", [0, 1])
def test_a_row_without_a_village_beside_rows_of_villages_is_their_total_or_holds_them_all(tmp_path, more):
    table = replace(VILLAGES, by_moo=((LABEL, 3),))
    row = line_of(cell_of(table, LABEL, "hh_total"))
    sums = sums_at(table, row)
    whole = sums | {f"F{row}": sums[f"F{row}"] + more, f"C{row}": None}
    results = one(tmp_path, written(changed(table, whole)))
    held = [f"B{row}", f"B{row + 1}", f"B{row + 2}"]
    assert placed(results, "TOTAL_ROW") == ([] if more else held[:1])
    assert placed(results, "DUPLICATE_ROW") == (held if more else [])
    assert figure(results, "1", BODY, "hh_total") == (None if more else sums[f"F{row}"])


def test_the_row_of_a_whole_local_body_may_say_so_in_words(tmp_path):
    table = replace(VILLAGES, by_moo=((LABEL, 3),))
    row = line_of(cell_of(table, LABEL, "hh_total"))
    sums = sums_at(table, row)
    results = one(tmp_path, written(changed(table, {**sums, f"C{row}": "รวมทุกหมู่"})))
    assert placed(results, "TOTAL_ROW") == [f"B{row}"]
    assert figure(results, "1", BODY, "hh_total") == sums[f"F{row}"]


def halves() -> tuple[Table, Table]:
    """The form on two sheets: the gardens on one, the volunteers on the other, each with its local bodies."""
    columns = standard_columns(TABLES)
    at_ = columns.index("lev_members")
    rest = ("seq", "lao_name", *columns[at_:])
    return replace(PLAIN, columns=columns[:at_]), replace(PLAIN, columns=rest, sheet="ต่อ")


def test_columns_of_one_form_on_two_sheets_complete_each_other(tmp_path):
    sheets = [lay_out(half, TABLES).sheet for half in halves()]
    results = one(tmp_path / "halves", written(*sheets))
    whole = one(tmp_path / "whole", PLAIN)
    assert asked(results) == []
    assert verdicts(results, FILE) == ["counted"]
    figures = ["local_body_code", "indicator", "value"]
    both = [round_of(each, "1").values[figures].sort_values(figures[:2]) for each in (results, whole)]
    assert both[0].to_numpy().tolist() == both[1].to_numpy().tolist()
    assert set(round_of(results, "1").values["sheet"]) == {"แบบรายงาน", "ต่อ"}


def test_a_figure_that_the_second_sheet_gives_otherwise_is_named_with_both_sheets(tmp_path):
    first, second = halves()
    more = replace(second, columns=(*second.columns, "hh_total"))
    cell = cell_of(more, LABEL, "hh_total")
    results = one(tmp_path, written(lay_out(first, TABLES).sheet, changed(more, {cell: 99})))
    here, there = line_of(cell_of(first, LABEL, "hh_total")), line_of(cell)
    sentences = [issue.message for issue in issues_of(results, "DUPLICATE_ROW")]
    assert placed(results, "DUPLICATE_ROW") == [f"B{here}", f"B{there}"]
    assert f'(แถว {here}, {there} ของแผ่น "ต่อ")' in sentences[0]
    assert figure(results, "1", BODY, "hh_total") is None


@pytest.mark.parametrize("also, status", [("", "unusable"), ("อำเภอนาจะหลวย", "missing")])
def test_a_workbook_without_our_table_is_of_the_one_district_that_its_text_names(tmp_path, also, status):
    sheet = Sheet("แผ่น1", {(0, 0): Put("รายงานผล ครั้งที่ ๑"), (1, 0): Put("อำเภอนาเยีย"), (4, 2): Put(also or 5)})
    results = consolidate(tmp_path, Sent("จากไลน์/รายงาน.xlsx", ON_TIME, written(sheet)))
    assert roster_row(results, NA_YIA, "1").status == status


def test_rows_that_differ_in_the_stated_percentage_alone_are_one(tmp_path):
    table = replace(PLAIN, changes=(Twice(LABEL, alike=True),))
    again = line_of(at(PLAIN, LAST, "seq")) + 1
    percent = standard_columns(TABLES).index("hh_veg_pct")
    results = one(tmp_path, written(changed(table, {address(again - 1, percent): None})))
    assert placed(results, "REPEATED_ROW") == [f"B{again}"]
    assert placed(results, "DUPLICATE_ROW") == []
    assert wrong_figures(results, PLAIN) == {}


def test_a_negative_whole_condemns_no_part(tmp_path):
    table = replace(CLEAN, changes=(Cell(LABEL, "villages_total", -5, None),))
    results = one(tmp_path, table)
    assert asked(results) == [("must_fix", "NEGATIVE", cell_of(CLEAN, LABEL, "villages_total"))]
    assert wrong_figures(results, CLEAN) == {(BODY, "villages_total"): None}


def test_a_report_of_percentages_alone_is_unusable(tmp_path):
    table = replace(PLAIN, only=(LABEL,), changes=only_figures(LABEL, hh_veg_pct=50.0))
    results = one(tmp_path, table)
    row = roster_row(results, NA_YIA, "1")
    assert (row.status, row.local_bodies_reported, verdicts(results, FILE)) == ("unusable", 0, ["unusable"])
    assert len(round_of(results, "1").values) == 0


def test_what_is_written_in_a_row_without_figures_is_told(tmp_path):
    table = replace(CLEAN, total_at="none", changes=only_figures(SECOND))
    results = one(tmp_path, written(changed(table, {at(CLEAN, SECOND, "remark"): "ยังไม่ได้ดำเนินการ น้ำท่วม"})))
    told = round_of(results, "1").consolidated.set_index("local_body_code")["remark"]
    assert told["5342902"] == "ยังไม่ได้ดำเนินการ น้ำท่วม"
    assert figure(results, "1", "5342902", "hh_total") is None


def test_the_officers_own_columns_of_a_held_row_are_kept(tmp_path):
    table = replace(CLEAN, columns=OWN_COLUMN, changes=(Named(LABEL, "อบต.ไม่มีจริง", "x", held=True),))
    results = one(tmp_path, table)
    extras = round_of(results, "1").extras
    assert len(placed(results, "UNKNOWN_LOCAL_BODY")) == 1
    own = OWN_COLUMN.index("+ประธานชุมชน")
    rows = [line_of(at(CLEAN, LABEL, "seq")) - 1 + number for number in range(4)]
    assert sorted(extras["cell"]) == sorted(address(row, own) for row in rows)


def test_a_row_that_the_analyst_ignores_leaves_nothing_to_mend(tmp_path):
    held = (Named(LABEL, "อบต.ไม่มีจริง", "x", held=True), Cell(LABEL, "visits", "12-15"))
    table = replace(CLEAN, total_at="none", changes=held)
    assert {code for severity, code, _ in asked(one(tmp_path, table)) if severity == "must_fix"} == {
        "UNKNOWN_LOCAL_BODY",
        "BAD_VALUE",
    }
    name = at(CLEAN, LABEL, "lao_name")
    answer(tmp_path / "input", (FILE, "", table.sheet, name, "UNKNOWN_LOCAL_BODY", "ignore", "ก", "ข"))
    results = rerun(tmp_path)
    assert [issue for issue in asked(results) if issue[0] == "must_fix"] == []
    assert placed(results, "ANSWERED") == [name]


# --- files that are no reports, or not yet --------------------------------------------------------------------------


def test_a_link_is_refused_as_what_it_is_and_not_put_off(tmp_path):
    folder = tmp_path / "input" / "3429 นาเยีย"
    folder.mkdir(parents=True)
    (folder / "a.xlsx").symlink_to("/nowhere")
    results = rerun(tmp_path)  # the link was made today, years after the moment that is told
    (row,) = results.files
    assert (row.verdict, row.codes, row.received_at) == ("unusable", ("NOT_REGULAR",), None)
    assert roster_row(results, NA_YIA, "1").status == "unusable"


def test_an_answer_about_a_file_that_does_not_count_yet_is_not_unused(tmp_path):
    (tmp_path / "input").mkdir()
    questions = [(file, "", "", "", "NO_ROUND", "3429/1", "ก", "ข") for file in (FILE, "nobody.xlsx")]
    answer(tmp_path / "input", *questions)
    results = consolidate(tmp_path, Sent(FILE, "2021-02-23T10:00:00", CLEAN), as_of="2021-02-10")
    assert [issue.file for issue in issues_of(results, "NOT_YET")] == [FILE]
    (unused,) = issues_of(results, "ANSWER_UNUSED")
    assert "nobody.xlsx" in unused.message


def test_the_cells_of_a_run_are_those_of_the_files_that_it_lists(tmp_path):
    nobodys = changed(
        replace(CLEAN, only=(LABEL,)), {"A1": "แบบรายงาน", "A2": "แบบรายงาน", "A3": "แบบรายงาน"}
    )
    consolidate(
        tmp_path,
        Sent("a.xlsx", ON_TIME, Table("3431", "1")),
        Sent("b.xlsx", ON_TIME, written(nobodys)),
        publish=True,
    )
    record = json.loads((tmp_path / "output" / "1" / "run.json").read_text(encoding="utf-8"))
    listed = [file["cells"] for file in record["files"]]
    assert [file["path"] for file in record["files"] if file["verdict"] == "undecided"] == ["b.xlsx"]
    assert record["cells"] == {key: sum(cells[key] for cells in listed) for key in record["cells"]}
    assert record["cells"]["seen"] > listed[0]["seen"] > 0


SEEDS = ("0", "1")
MIXED = """
import sys
from pathlib import Path
from tests.campaigns import rerun
print([row.places for row in rerun(Path(sys.argv[1])).files])
"""


def test_the_order_of_a_set_decides_nothing(tmp_path):
    """Rows of two districts in equal numbers under the heading of a third: whichever is asked about is always so."""
    labels, known = (
        [body.label for body in TABLES.bodies_of(NA_YIA)],
        Counter(body.name for body in TABLES.bodies),
    )
    alone = {
        code: next(body.label for body in TABLES.bodies_of(code) if known[body.name] == 1)
        for code in ("3407", "3410")
    }
    names = ("บัวงาม", alone["3407"], alone["3410"])  # there is a บัวงาม in both
    changes = tuple(Named(label, name, "x", held=True) for label, name in zip(labels, names, strict=False))
    put(tmp_path / "input", Sent("a.xlsx", ON_TIME, replace(CLEAN, only=tuple(labels[:3]), changes=changes)))
    words = [sys.executable, "-c", MIXED]
    readers = []
    for seed in SEEDS:
        shutil.copytree(tmp_path / "input", tmp_path / seed / "input")
        env = {**os.environ, "PYTHONHASHSEED": seed}
        readers.append(subprocess.Popen([*words, tmp_path / seed], cwd=ROOT, env=env, stdout=PIPE, text=True))
    assert [reader.communicate()[0] for reader in readers] == ["[(('3407', '1'), ('3429', '1'))]\n"] * 2


# --- commands and tables --------------------------------------------------------------------------------------------


@pytest.fixture
def command(tmp_path, monkeypatch, capfd) -> Iterator[Callable[..., tuple[int, str]]]:
    """Gives a command in a project with one report: its exit code, and what it said on stderr."""
    shutil.copytree(SCHEMAS, tmp_path / "schemas", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    put(tmp_path / "input", Sent(FILE, ON_TIME, CLEAN))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(run.__kwdefaults__, "reading", in_process)
    root = logging.getLogger()
    before = root.handlers[:]

    def give(*words: str) -> tuple[int, str]:
        return exit_code(list(words)), capfd.readouterr().err

    yield give
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()


def test_a_round_asked_for_twice_is_written_once(command, tmp_path):
    code, _ = command("consolidate", "--as-of", AS_OF, "--round", "1", "--round", "1", "-q")
    assert (code, sorted(each.name for each in (tmp_path / "output").iterdir() if each.is_dir())) == (
        0,
        ["1", "cache"],
    )


def test_answers_that_are_a_folder_are_told(command, tmp_path):
    (tmp_path / "input" / "answers.csv").mkdir()
    code, said = command("consolidate", "--as-of", AS_OF, "-q")
    assert code == 2
    assert "answers.csv" in said


def test_a_field_that_is_too_long_for_a_table_is_told(command, tmp_path):
    answer(tmp_path / "input", ("x" * 140_000, "", "", "", "NO_ROUND", "3429/1", "ก", "ข"))
    code, said = command("consolidate", "--as-of", AS_OF, "-q")
    assert code == 2
    assert re.search(r"answers\.csv.*บรรทัดที่ 2.*ยาวเกินไป", said)


def test_a_moment_before_all_time_is_told(command):
    code, said = command("status", "--as-of", "0001-01-01T00:00+14:00")
    assert code == 2
    assert "0001-01-01T00:00+14:00" in said


CLOSED = f'{ROUND_1}\nclose = "2564-02-10"'


@pytest.mark.parametrize(
    "edit, told",
    [
        pytest.param(('key = "1"', 'key = "1/x"'), "key", id="a round that is no folder"),
        pytest.param(
            (LAST_ROUND, LAST_ROUND + EXTENDED.format("1", "2564-02-04")),
            "ก่อนวันครบกำหนด",
            id="extension before",
        ),
        pytest.param(
            (ROUND_1, CLOSED + EXTENDED.format("1", "2564-02-11")), "close", id="extension after close"
        ),
    ],
)
def test_a_round_or_extension_that_cannot_be_is_refused(tmp_path, edit, told):
    with pytest.raises(ConfigurationError, match=told) as caught:
        load_campaign(with_tables(tmp_path, edit))
    assert (caught.value.exit_code, "campaign.toml" in caught.value.sentence) == (2, True)


def test_an_extension_up_to_the_close_is_granted(tmp_path):
    tables = with_tables(tmp_path, (ROUND_1, CLOSED + EXTENDED.format("1", "2564-02-10")))
    campaign = load_campaign(tables)
    assert campaign.due_at(NA_YIA, campaign.round("1")).isoformat() == "2021-02-10T23:59:59+07:00"


@pytest.mark.parametrize(
    "rule",
    [
        "wetbin_and_nospace_le_total",
        "net_total_is_sum",
        "hh_veg_pct_recomputed",
        "hh_total_within_registered",
    ],
)
def test_only_a_part_above_its_whole_takes_figures_out(tmp_path, rule):
    rules = with_tables(tmp_path) / "forms" / "operations" / "rules.csv"
    lines = rules.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines) if line.startswith(rule))
    lines[number] = lines[number].replace("please_explain", "must_fix")
    rules.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=rf"rules\.csv.*บรรทัดที่ {number + 1}.*severity"):
        load_campaign(rules.parents[2])
