"""Which district and round a workbook is of, which of several counts, and what waits for the analyst."""

import csv
import hashlib
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from pipeline import understand
from pipeline.exceptions import ConfigurationError
from pipeline.model import Finding, Folders, Results, Workbook
from pipeline.read import Read, ReadAll
from pipeline.run import run
from tests.campaigns import (
    AS_OF,
    NOW,
    SCHEMAS,
    SHIPPED,
    Sent,
    answer,
    cell_of,
    consolidate,
    content_of,
    figure,
    in_process,
    issues_about,
    issues_of,
    name_cell,
    put,
    rerun,
    roster_row,
    round_of,
    verdicts,
)
from tests.sample.layout import listed
from tests.sample.model import Cell, Named, Table
from tests.sample.writers import WRITERS

# นาเยีย, four local bodies, and two neighbours of the same size.
DISTRICT, BODY, LABEL = "3429", "5342901", "ทต.นาเยีย"
LAST_BODY, LAST_LABEL = "6342903", "อบต.นาดี"
OTHER, THIRD = "3433", "3431"
EARLY, LATER, AFTER = "2021-02-04T10:00:00", "2021-02-08T10:00:00", "2021-02-22T10:00:00"
ONE, TWO = Table(DISTRICT, "1"), Table(DISTRICT, "2")
PARTIAL = Table(DISTRICT, "1", absent=(LAST_LABEL,), changes=(Cell(LABEL, "visits", 77, 77),))
BEFORE_SECOND = "2021-02-12T08:30:00+07:00"


def status(results: Results, district: str, key: str = "1") -> str:
    return roster_row(results, district, key).status


def reported(results: Results, key: str = "1") -> set[str]:
    """The districts with a figure in a round."""
    return set(round_of(results, key).values["district_code"])


def answer_line(remedy: str) -> list[str]:
    """The line for answers.csv that a question offers."""
    return next(csv.reader(io.StringIO(remedy.partition("input/answers.csv: ")[2])))


def settled_as_asked(folder: Path, question: str, as_of: str = AS_OF) -> Results:
    """The results after the analyst added the very line that the question offered."""
    (remedy,) = {issue.remedy for issue in issues_of(rerun(folder, as_of), question)}
    answer(folder / "input", tuple(answer_line(remedy)))
    return rerun(folder, as_of)


# --- a correction that reports less -----------------------------------------------------------------------------


@pytest.fixture
def partial(tmp_path: Path) -> Path:
    """A whole report, then a correction in which a local body is missing."""
    put(tmp_path / "input", Sent("นาเยีย.xlsx", EARLY, ONE), Sent("นาเยีย แก้ไข.xlsx", LATER, PARTIAL))
    return tmp_path


def test_a_partial_correction_is_undecided_and_the_older_keeps_counting(partial):
    results = rerun(partial, BEFORE_SECOND)
    assert verdicts(results, "นาเยีย.xlsx") == ["counted"]
    assert verdicts(results, "นาเยีย แก้ไข.xlsx") == ["undecided"]
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.counted_file, row.local_bodies_reported) == ("on_time", "นาเยีย.xlsx", 4)
    assert row.note == "รอยืนยัน: นาเยีย แก้ไข.xlsx"
    assert figure(results, "1", BODY, "visits") not in (77, None)
    assert figure(results, "1", LAST_BODY, "visits") is not None
    (asked,) = issues_of(results, "FEWER_BODIES")
    assert (asked.file, asked.district_code, asked.round) == ("นาเยีย แก้ไข.xlsx", DISTRICT, "1")
    assert LAST_LABEL in asked.message
    assert LABEL not in asked.message


def test_the_answer_in_answers_csv_lets_the_partial_correction_count(partial):
    results = settled_as_asked(partial, "FEWER_BODIES", BEFORE_SECOND)
    assert verdicts(results, "นาเยีย.xlsx") == ["superseded"]
    assert verdicts(results, "นาเยีย แก้ไข.xlsx") == ["counted"]
    assert figure(results, "1", BODY, "visits") == 77
    assert figure(results, "1", LAST_BODY, "visits") is None
    assert [absent.local_body_code for absent in round_of(results, "1").absent] == [LAST_BODY]
    assert issues_of(results, "FEWER_BODIES") == []
    assert "ผู้ตัดสิน" in issues_about(results, "ANSWERED", "นาเยีย แก้ไข.xlsx")[0].message


def test_the_answer_ignore_leaves_the_older_counting_and_asks_no_more(partial):
    answer(partial / "input", ("นาเยีย แก้ไข.xlsx", "", "", "", "FEWER_BODIES", "ignore", "หัวหน้า", "ส่งไม่ครบ"))
    results = rerun(partial, BEFORE_SECOND)
    assert verdicts(results, "นาเยีย แก้ไข.xlsx") == ["ignored"]
    assert verdicts(results, "นาเยีย.xlsx") == ["counted"]
    assert (issues_of(results, "FEWER_BODIES"), roster_row(results, DISTRICT, "1").note) == ([], "")


def test_an_answer_about_another_content_of_the_file_decides_nothing(partial):
    answer(
        partial / "input", ("นาเยีย แก้ไข.xlsx", "0" * 12, "", "", "FEWER_BODIES", "ignore", "หัวหน้า", "ส่งไม่ครบ")
    )
    assert verdicts(rerun(partial, BEFORE_SECOND), "นาเยีย แก้ไข.xlsx") == ["undecided"]


@pytest.mark.parametrize("said", ["9999/1", "3429/9", "ไม่ใช้"])
def test_an_answer_that_cannot_be_obeyed_is_refused_with_its_line(partial, said):
    answer(partial / "input", ("นาเยีย แก้ไข.xlsx", "", "", "", "FEWER_BODIES", said, "หัวหน้า", "ส่งไม่ครบ"))
    with pytest.raises(ConfigurationError, match=r"answers\.csv.*2") as refused:
        rerun(partial, BEFORE_SECOND)
    assert said in str(refused.value)


# --- what comes again -------------------------------------------------------------------------------------------


def test_a_blank_template_sent_back_is_unusable(tmp_path):
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", EARLY, Table(DISTRICT, "1", blank=True)))
    assert status(results, DISTRICT) == "unusable"
    assert verdicts(results, "นาเยีย.xlsx") == ["unusable"]
    (issue,) = issues_of(results, "NO_DATA")
    assert (issue.severity, issue.district_code, issue.sheet) == ("must_fix", DISTRICT, "แบบรายงาน")
    assert roster_row(results, DISTRICT, "1").note == "ยังใช้ไม่ได้: นาเยีย.xlsx"


def test_a_blank_template_takes_nothing_from_a_report_that_counts(tmp_path):
    results = consolidate(
        tmp_path,
        Sent("นาเยีย.xlsx", EARLY, ONE),
        Sent("นาเยีย แก้ไข.xlsx", LATER, Table(DISTRICT, "1", blank=True)),
    )
    assert status(results, DISTRICT) == "on_time"
    assert verdicts(results, "นาเยีย.xlsx") == ["counted"]
    assert verdicts(results, "นาเยีย แก้ไข.xlsx") == ["unusable"]


def test_last_rounds_figures_under_a_new_heading_are_a_question(tmp_path):
    put(
        tmp_path / "input",
        Sent("นาเยีย 1.xlsx", EARLY, ONE),
        Sent("นาเยีย 2.xlsx", AFTER, Table(DISTRICT, "2", figures="1")),
    )
    results = rerun(tmp_path)
    assert verdicts(results, "นาเยีย 2.xlsx") == ["undecided"]
    assert (status(results, DISTRICT, "1"), status(results, DISTRICT, "2")) == ("on_time", "undecided")
    assert reported(results, "2") == set()
    (message,) = {issue.message for issue in issues_of(results, "SAME_FIGURES")}
    assert '"นาเยีย 1.xlsx"' in message
    answered = settled_as_asked(tmp_path, "SAME_FIGURES")
    assert (verdicts(answered, "นาเยีย 2.xlsx"), status(answered, DISTRICT, "2")) == (["counted"], "late")
    assert figure(answered, "2", BODY, "hh_total") == figure(answered, "1", BODY, "hh_total")


def test_last_rounds_file_again_unchanged_is_a_duplicate(tmp_path):
    results = consolidate(
        tmp_path, Sent("นาเยีย 1.xlsx", EARLY, ONE), Sent("รอบใหม่/นาเยีย 1 (1).xlsx", AFTER, ONE)
    )
    assert verdicts(results, "นาเยีย 1.xlsx") == ["counted"]
    assert verdicts(results, "รอบใหม่/นาเยีย 1 (1).xlsx") == ["duplicate"]
    assert (status(results, DISTRICT, "1"), status(results, DISTRICT, "2")) == ("on_time", "missing")
    (note,) = issues_of(results, "DUPLICATE_FILE")
    assert (note.severity, note.file) == ("note", "รอบใหม่/นาเยีย 1 (1).xlsx")
    assert '"นาเยีย 1.xlsx"' in note.message


NEW_FIGURES = Table(DISTRICT, "1", figures="2", date="๔ กุมภาพันธ์ ๒๕๖๔")
"""The figures of the second round under the heading of the first, its date unchanged too."""


def test_an_old_heading_on_new_figures_is_a_question_while_the_next_round_is_due_and_empty(tmp_path):
    put(tmp_path / "input", Sent("นาเยีย 1.xlsx", EARLY, ONE), Sent("นาเยีย ใหม่.xlsx", AFTER, NEW_FIGURES))
    results = rerun(tmp_path)
    assert verdicts(results, "นาเยีย 1.xlsx") == ["counted"]
    assert verdicts(results, "นาเยีย ใหม่.xlsx") == ["undecided"]
    assert (status(results, DISTRICT, "1"), status(results, DISTRICT, "2")) == ("on_time", "undecided")
    answered = settled_as_asked(tmp_path, "OLD_HEADING")
    assert (status(answered, DISTRICT, "1"), status(answered, DISTRICT, "2")) == ("on_time", "late")
    assert reported(answered, "2") == {DISTRICT}
    assert verdicts(answered, "นาเยีย 1.xlsx") == ["counted"]


@pytest.mark.parametrize(
    "others, as_of",
    [
        (
            [
                Sent(
                    "นาเยีย 2.xlsx",
                    "2021-02-19T10:00:00",
                    replace(TWO, changes=(Cell(LABEL, "visits", 9, 9),)),
                )
            ],
            AFTER,
        ),
        ([], "2021-02-20T12:00:00"),
    ],
    ids=["the next round has its report", "the next round is not yet due"],
)
def test_otherwise_new_figures_are_a_correction(tmp_path, others: Sequence[Sent], as_of):
    results = consolidate(
        tmp_path,
        Sent("นาเยีย 1.xlsx", EARLY, ONE),
        *others,
        Sent("นาเยีย ใหม่.xlsx", "2021-02-20T10:00:00", NEW_FIGURES),
        as_of=f"{as_of}+07:00",
    )
    assert verdicts(results, "นาเยีย ใหม่.xlsx") == ["counted"]
    assert verdicts(results, "นาเยีย 1.xlsx") == ["superseded"]
    assert issues_of(results, "OLD_HEADING") == []


def test_the_first_version_sent_a_third_time_counts_again(tmp_path):
    """v1, v2, v1: the newest acceptable one counts, also when it says what the first one said."""
    changed = replace(ONE, changes=(Cell(LABEL, "visits", 77, 77),))
    results = consolidate(
        tmp_path,
        Sent("นาเยีย.xlsx", EARLY, ONE),
        Sent("นาเยีย.xlsx", "2021-02-06T10:00:00", changed),
        Sent("นาเยีย.xlsx", LATER, ONE),
        as_of=BEFORE_SECOND,
    )
    assert verdicts(results, "นาเยีย.xlsx") == ["superseded", "superseded", "counted"]
    assert figure(results, "1", BODY, "visits") not in (77, None)
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.days_late) == ("on_time", 0)
    assert row.counted_at.isoformat() == "2021-02-08T10:00:00+07:00"


# --- folders, names, headings -----------------------------------------------------------------------------------


@pytest.fixture
def misfiled(tmp_path: Path) -> Path:
    """A report of one district in the folder of another."""
    put(tmp_path / "input", Sent("3433 น้ำขุ่น/รายงาน.xlsx", EARLY, ONE))
    return tmp_path


def test_a_report_in_another_districts_folder_is_undecided_for_both(misfiled):
    results = rerun(misfiled)
    assert verdicts(results, "3433 น้ำขุ่น/รายงาน.xlsx") == ["undecided"]
    assert (status(results, DISTRICT), status(results, OTHER), status(results, THIRD)) == (
        "undecided",
        "undecided",
        "missing",
    )
    assert reported(results) == set()
    (asked,) = issues_of(results, "WRONG_FOLDER")
    assert "นาเยีย" in asked.message
    assert "น้ำขุ่น" in asked.message


def test_the_answer_places_the_misfiled_report(misfiled):
    results = settled_as_asked(misfiled, "WRONG_FOLDER")
    assert (status(results, DISTRICT), status(results, OTHER)) == ("on_time", "missing")
    assert reported(results) == {DISTRICT}
    assert figure(results, "1", BODY, "visits") is not None


def test_a_misfiled_report_leaves_a_district_that_has_its_own_alone(misfiled):
    put(misfiled / "input", Sent("น้ำขุ่น.xlsx", LATER, Table(OTHER, "1")))
    results = rerun(misfiled)
    assert (status(results, DISTRICT), status(results, OTHER)) == ("undecided", "late")
    assert reported(results) == {OTHER}


def test_the_folder_of_another_round_is_a_question_of_rounds(tmp_path):
    results = consolidate(tmp_path, Sent("ครั้งที่ 2/นาเยีย.xlsx", EARLY, ONE))
    assert [issue.code for issue in round_of(results, "1").issues] == ["WRONG_FOLDER"]
    assert (status(results, DISTRICT, "1"), status(results, DISTRICT, "2")) == ("undecided", "undecided")


def test_a_file_name_that_says_otherwise_is_only_noted(tmp_path):
    results = consolidate(tmp_path, Sent("รายงานน้ำขุ่น.xlsx", EARLY, ONE))
    assert (status(results, DISTRICT), status(results, OTHER)) == ("on_time", "missing")
    assert [issue.severity for issue in issues_of(results, "NAME_DIFFERS")] == ["note"]


def test_a_heading_without_a_district_takes_it_from_the_local_bodies(tmp_path):
    results = consolidate(
        tmp_path, Sent("รายงาน.xlsx", EARLY, replace(ONE, area="อำเภอ...................."))
    )
    assert status(results, DISTRICT) == "on_time"
    assert len(issues_of(results, "DISTRICT_FROM_ROWS")) == 1


def test_one_district_in_the_heading_and_anothers_local_bodies_is_a_question(tmp_path):
    results = consolidate(tmp_path, Sent("รายงาน.xlsx", EARLY, replace(ONE, area="อำเภอน้ำขุ่น")))
    assert (status(results, DISTRICT), status(results, OTHER)) == ("undecided", "undecided")
    assert len(issues_of(results, "MIXED_CONTENT")) == 1
    assert reported(results) == set()


def evidence(message: str) -> list[str]:
    """What each source says, as a question shows it."""
    return message[message.index("(") + 1 : message.rindex(")")].split(" · ")


def test_a_question_shows_what_each_source_says(tmp_path):
    results = consolidate(
        tmp_path, Sent("น้ำขุ่น/นาเยีย ครั้งที่ 2.xlsx", EARLY, replace(ONE, date="๕ กุมภาพันธ์ ๒๕๖๔"))
    )
    (asked,) = {issue.message for issue in issues_of(results, "WRONG_FOLDER")}
    assert evidence(asked) == [
        "หัวเรื่อง: อำเภอนาเยีย ครั้งที่ ๑",
        "วันที่ของข้อมูล: ๕ กุมภาพันธ์ ๒๕๖๔",
        "โฟลเดอร์: อำเภอน้ำขุ่น",
        "ชื่อไฟล์: อำเภอนาเยีย ครั้งที่ ๒",
        "รายชื่อ อปท.: อำเภอนาเยีย",
    ]


def test_local_bodies_of_another_district_are_part_of_the_evidence(tmp_path):
    results = consolidate(tmp_path, Sent("รายงาน.xlsx", EARLY, replace(ONE, area="อำเภอน้ำขุ่น")))
    (asked,) = {issue.message for issue in issues_of(results, "MIXED_CONTENT")}
    told = evidence(asked)
    assert (told[0], told[-1]) == ("หัวเรื่อง: อำเภอน้ำขุ่น ครั้งที่ ๑", "รายชื่อ อปท.: อำเภอนาเยีย")


def test_a_question_that_arises_between_files_shows_the_evidence_too(tmp_path):
    results = consolidate(
        tmp_path,
        Sent("นาเยีย.xlsx", EARLY, ONE),
        Sent("นาเยีย ครั้งที่ 2.xlsx", AFTER, replace(TWO, figures="1", date="๕ กุมภาพันธ์ ๒๕๖๔")),
    )
    (asked,) = {issue.message for issue in issues_of(results, "SAME_FIGURES")}
    assert "หัวเรื่อง: อำเภอนาเยีย ครั้งที่ ๒ · วันที่ของข้อมูล: ๕ กุมภาพันธ์ ๒๕๖๔ · ชื่อไฟล์: อำเภอนาเยีย ครั้งที่ ๒" in asked


def test_the_title_of_another_form_over_the_table_is_a_question(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(content_of(ONE)))
    title = book.worksheets[0]["A1"]
    title.value = title.value.replace("แบบรายงานการดำเนินงาน", "แบบรายงานการจัดทำแผนปฏิบัติการ")
    changed = io.BytesIO()
    book.save(changed)
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", EARLY, changed.getvalue()), schemas=SHIPPED)
    assert (verdicts(results, "นาเยีย.xlsx"), status(results, DISTRICT)) == (["undecided"], "undecided")
    (asked,) = {issue.message for issue in issues_of(results, "OTHER_TITLE")}
    assert evidence(asked)[-3:-1] == [
        "คอลัมน์ในตาราง: แบบรายงานการดำเนินงาน",
        "ชื่อไฟล์: อำเภอนาเยีย",
    ]
    assert "ชื่อแบบในหัวเรื่อง: แบบรายงานการจัดทำแผนปฏิบัติการ" in evidence(asked)


def test_a_heading_that_mentions_the_plan_besides_its_own_title_is_no_question(tmp_path):
    both = replace(ONE, area="อำเภอนาเยีย ตามแบบรายงานการจัดทำแผนปฏิบัติการ")
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", EARLY, both), schemas=SHIPPED)
    assert (verdicts(results, "นาเยีย.xlsx"), status(results, DISTRICT)) == (["counted"], "on_time")


def test_a_date_of_the_figures_in_the_next_round_is_a_question(tmp_path):
    results = consolidate(tmp_path, Sent("รายงาน.xlsx", AFTER, replace(ONE, date="๒๐ กุมภาพันธ์ ๒๕๖๔")))
    assert (status(results, DISTRICT, "1"), status(results, DISTRICT, "2")) == ("undecided", "undecided")
    asked = issues_of(results, "MIXED_CONTENT")
    assert [(issue.district_code, issue.round) for issue in asked] == [(DISTRICT, "1"), (DISTRICT, "2")]


def test_a_heading_without_a_round_is_a_question_and_is_answered(tmp_path):
    put(tmp_path / "input", Sent("นาเยีย.xlsx", EARLY, replace(ONE, turn="ครั้งที่ ........")))
    results = rerun(tmp_path)
    assert (verdicts(results, "นาเยีย.xlsx"), status(results, DISTRICT)) == (["undecided"], "undecided")
    answered = settled_as_asked(tmp_path, "NO_ROUND")
    assert (verdicts(answered, "นาเยีย.xlsx"), status(answered, DISTRICT)) == (["counted"], "on_time")


NOBODYS = replace(
    ONE, area="อำเภอ....................", only=(LABEL,), changes=(Named(LABEL, "เทศบาล", "", ""),)
)


def test_a_file_that_nobody_can_place_changes_nobodys_status_and_is_asked_about(tmp_path):
    results = consolidate(
        tmp_path, Sent("รายงาน.xlsx", EARLY, NOBODYS), Sent("น้ำขุ่น.xlsx", EARLY, Table(OTHER, "1"))
    )
    assert verdicts(results, "รายงาน.xlsx") == ["undecided"]
    statuses = {row.district_code: row.status for row in round_of(results, "1").roster}
    assert statuses.pop(OTHER) == "on_time"
    assert set(statuses.values()) == {"missing"}
    assert all(row.note == "" for row in round_of(results, "1").roster)
    asked = issues_about(results, "NO_DISTRICT", "รายงาน.xlsx")
    assert {issue.district_code for issue in asked} == {""}
    assert answer_line(asked[0].remedy)[0] == "รายงาน.xlsx"


# --- several tables in one workbook -----------------------------------------------------------------------------


def test_two_rounds_in_one_workbook_count_for_each(tmp_path):
    both = [replace(ONE, sheet="ครั้งที่ 1"), replace(TWO, sheet="ครั้งที่ 2")]
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", "2021-02-19T10:00:00", both))
    assert (status(results, DISTRICT, "1"), status(results, DISTRICT, "2")) == ("late", "on_time")
    for key, table in (("1", both[0]), ("2", both[1])):
        values = round_of(results, key).values
        assert set(values["sheet"]) == {table.sheet}
        visits = values[(values["local_body_code"] == BODY) & (values["indicator"] == "visits")]
        assert list(visits["cell"]) == [cell_of(table, LABEL, "visits")]
    assert figure(results, "1", BODY, "hh_veg") != figure(results, "2", BODY, "hh_veg")


def test_a_hidden_sheet_is_listed_and_never_counted(tmp_path):
    hidden = replace(TWO, sheet="ครั้งที่ 2", hidden=True)
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", EARLY, [ONE, hidden]))
    assert (status(results, DISTRICT, "1"), status(results, DISTRICT, "2")) == ("on_time", "missing")
    (listed_,) = issues_of(results, "HIDDEN")
    assert (listed_.sheet, listed_.severity) == ("ครั้งที่ 2", "note")


def test_a_blank_sheet_beside_a_filled_one_is_only_noted(tmp_path):
    blank = replace(TWO, sheet="ครั้งที่ 2", blank=True)
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", EARLY, [ONE, blank]))
    assert (status(results, DISTRICT, "1"), status(results, DISTRICT, "2")) == ("on_time", "missing")
    assert issues_of(results, "NO_DATA") == []


# --- twins ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stray", ["3433 น้ำขุ่น/รายงาน.xlsx", "รายงานน้ำขุ่น.xlsx"], ids=["by folder", "by name"])
def test_of_twins_the_one_that_the_content_names_counts(tmp_path, stray):
    put(tmp_path / "input", Sent("3429 นาเยีย/รายงาน.xlsx", LATER, ONE), Sent(stray, EARLY, ONE))
    results = rerun(tmp_path)
    assert verdicts(results, "3429 นาเยีย/รายงาน.xlsx") == ["counted"]
    assert verdicts(results, stray) == ["undecided"]
    assert (status(results, DISTRICT), status(results, OTHER)) == ("late", "undecided")
    assert reported(results) == {DISTRICT}
    (asked,) = issues_of(results, "TWIN")
    assert (asked.file, '"3429 นาเยีย/รายงาน.xlsx"' in asked.message) == (stray, True)


# --- our own failures -------------------------------------------------------------------------------------------


def read_with_a_crash(folder: Path, broken: bytes) -> Results:
    """A run in which our reader dies of one content."""
    facts = (("reason", "โปรแกรมอ่านไฟล์หยุดทำงานกลางคัน"), ("detail", "exit -9"))
    crash = Workbook(findings=(Finding("READER_CRASH", facts=facts),), readable=False)
    killer = hashlib.sha256(broken).hexdigest()

    @contextmanager
    def reading(*, read: Read) -> Iterator[ReadAll]:
        with in_process(read=read) as read_all:
            yield lambda jobs: (
                crash if submission.arrival.sha256 == killer else result
                for (submission, *_), result in zip(jobs, read_all(jobs), strict=True)
            )

    folders = Folders(SCHEMAS, folder / "input", folder / "output", AS_OF)
    return run(folders, NOW, publish=False, reading=reading)


def test_our_readers_crash_costs_the_district_nothing(tmp_path):
    """Undecided, its time of receipt stands, and the neighbours come out right."""
    put(
        tmp_path / "input",
        Sent("3429 นาเยีย/รายงาน.xlsx", EARLY, ONE),
        Sent("น้ำขุ่น.xlsx", EARLY, Table(OTHER, "1")),
    )
    results = read_with_a_crash(tmp_path, content_of(ONE))
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.days_late) == ("undecided", 0)
    assert row.first_received_at.isoformat() == "2021-02-04T10:00:00+07:00"
    assert verdicts(results, "3429 นาเยีย/รายงาน.xlsx") == ["undecided"]
    (issue,) = issues_of(results, "READER_CRASH")
    assert (issue.district_code, "อำเภอไม่ต้องส่งใหม่" in issue.remedy) == (DISTRICT, True)
    assert (status(results, OTHER), reported(results)) == ("on_time", {OTHER})
    assert not results.internal_error


def test_after_a_crash_the_report_that_counted_before_goes_on_counting(tmp_path):
    changed = replace(ONE, changes=(Cell(LABEL, "visits", 77, 77),))
    path = "3429 นาเยีย/รายงาน.xlsx"
    put(tmp_path / "input", Sent(path, EARLY, ONE), Sent(path, LATER, changed))
    results = read_with_a_crash(tmp_path, content_of(changed))
    assert verdicts(results, path) == ["counted", "undecided"]
    assert (status(results, DISTRICT), reported(results)) == ("on_time", {DISTRICT})


def test_an_unexpected_error_costs_one_file_and_is_remembered(tmp_path, monkeypatch):
    whole = understand.extract

    def failing(workbook, *tables):
        if any("นาเยีย" in str(value) for grid in workbook.grids for value in grid.cells.values()):
            raise ZeroDivisionError("a bug of ours")
        return whole(workbook, *tables)

    monkeypatch.setattr(understand, "extract", failing)
    results = consolidate(
        tmp_path,
        Sent("3429 นาเยีย/รายงาน.xlsx", EARLY, ONE),
        Sent("น้ำขุ่น.xlsx", EARLY, Table(OTHER, "1")),
    )
    assert results.internal_error
    assert verdicts(results, "3429 นาเยีย/รายงาน.xlsx") == ["undecided"]
    assert (status(results, DISTRICT), status(results, OTHER)) == ("undecided", "on_time")
    assert reported(results) == {OTHER}
    (issue,) = issues_of(results, "INTERNAL")
    assert (issue.district_code, "a bug of ours" in issue.message) == (DISTRICT, False)
    log = (tmp_path / "output" / "pipeline.log").read_text(encoding="utf-8")
    assert "3429 นาเยีย/รายงาน.xlsx" in log
    assert "ZeroDivisionError: a bug of ours" in log


# --- names that the analyst settles -----------------------------------------------------------------------------


def test_an_answer_about_a_name_lets_its_row_count(tmp_path):
    table = replace(ONE, changes=(Named(LABEL, "ทต.นาเหยีย", "", "", held=True),))
    put(tmp_path / "input", Sent("นาเยีย.xlsx", EARLY, table))
    assert figure(rerun(tmp_path), "1", BODY, "hh_total") is None
    place = name_cell(table, "ทต.นาเหยีย")
    answer(
        tmp_path / "input",
        ("นาเยีย.xlsx", "", table.sheet, place, "UNKNOWN_LOCAL_BODY", BODY, "หัวหน้า", "โทรถามแล้ว"),
    )
    results = rerun(tmp_path)
    assert figure(results, "1", BODY, "hh_total") is not None
    assert issues_of(results, "UNKNOWN_LOCAL_BODY") == []
    assert [issue.cell for issue in issues_of(results, "ANSWERED")] == [place]


# --- the sample and what is no report ---------------------------------------------------------------------------


def with_sample(folder: Path, *sent: Sent) -> None:
    put(folder / "input", *sent)
    lines = ['as_of = "2564-02-24T08:30:00+07:00"']
    for one in sent:
        sha256 = hashlib.sha256(content_of(one.content)).hexdigest()
        lines += ["[[file]]", f'path = "{one.path}"', f'sha256 = "{sha256}"']
    (folder / "input" / "SAMPLE.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("at", [EARLY, "2021-02-26T10:00:00"], ids=["before its time", "after its time"])
def test_a_real_workbook_is_not_mixed_into_the_sample(tmp_path, at):
    """And is not hidden by the sample's clock."""
    with_sample(tmp_path, Sent("น้ำขุ่น.xlsx", EARLY, Table(OTHER, "1")))
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", at, ONE))
    assert results.sample
    assert verdicts(results, "นาเยีย.xlsx") == ["ignored"]
    assert (status(results, DISTRICT), reported(results)) == ("missing", {OTHER})
    (refused,) = issues_of(results, "NOT_SAMPLE")
    assert (refused.file, refused.severity) == ("นาเยีย.xlsx", "must_fix")
    assert "pipeline start" in refused.remedy
    assert results.unsettled


def test_without_the_samples_mark_everything_counts(tmp_path):
    with_sample(tmp_path, Sent("น้ำขุ่น.xlsx", EARLY, Table(OTHER, "1")))
    (tmp_path / "input" / "SAMPLE.toml").unlink()
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", EARLY, ONE))
    assert (results.sample, reported(results)) == (False, {DISTRICT, OTHER})


def lay(path: Path, at: str) -> None:
    """A file of no use, last changed at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half of it")
    seconds = datetime.fromisoformat(f"{at}+07:00").timestamp()
    os.utime(path, (seconds, seconds))


@pytest.mark.parametrize("at", [EARLY, "2021-02-26T10:00:00"], ids=["before", "after"])
def test_what_its_name_excludes_is_ignored_whether_it_came_before_the_summary_or_after(tmp_path, at):
    """It will never count, so it is not to be counted next time either."""
    lay(tmp_path / "input" / "~$นาเยีย.xlsx", at)
    (row,) = rerun(tmp_path).files
    assert (row.path, row.verdict, row.codes) == ("~$นาเยีย.xlsx", "ignored", ("IGNORED_FILE",))


def test_a_useless_file_that_was_withdrawn_asks_for_nothing_more(tmp_path):
    results = consolidate(
        tmp_path,
        Sent("นาเยีย.xlsx", EARLY, b""),
        Sent("นาเยีย.xlsx", EARLY, b"", event="withdrawn", note="ส่งผิดไฟล์"),
    )
    assert verdicts(results, "นาเยีย.xlsx") == ["withdrawn"]
    assert [(issue.code, issue.severity) for issue in results.unplaced] == [("WITHDRAWN", "note")]
    assert not results.unsettled


def test_a_useless_file_received_after_the_summarys_time_is_only_named(tmp_path):
    results = consolidate(tmp_path, Sent("นาเยีย.xlsx", "2021-02-26T10:00:00", b""))
    assert verdicts(results, "นาเยีย.xlsx") == ["not_yet"]
    assert [(issue.code, issue.severity) for issue in results.unplaced] == [("NOT_YET", "note")]
    assert not results.unsettled


def test_every_arrival_is_in_the_list_of_files_once(tmp_path):
    """Superseded, withdrawn, refused and ignored ones too."""
    price = WRITERS["xlsxwriter"]([listed("ราคา", [["ผัก", "บาท"], ["คะน้า", 25]])])
    put(
        tmp_path / "input",
        Sent("นาเยีย.xlsx", EARLY, ONE),
        Sent("นาเยีย.xlsx", LATER, PARTIAL),
        Sent("ราคา.xlsx", EARLY, price),
        Sent("ว่าง.xlsx", EARLY, b""),
        Sent("อนาคต.xlsx", "2021-02-25T10:00:00", TWO),
    )
    lay(tmp_path / "input" / "~$นาเยีย.xlsx", EARLY)
    lay(tmp_path / "input" / "นาเยีย 2.xlsx.crdownload", EARLY)
    results = rerun(tmp_path)
    found = sorted((row.path, row.verdict) for row in results.files)
    assert found == sorted(
        [
            ("นาเยีย.xlsx", "counted"),
            ("นาเยีย.xlsx", "undecided"),
            ("ราคา.xlsx", "unusable"),
            ("ว่าง.xlsx", "unusable"),
            ("อนาคต.xlsx", "not_yet"),
            ("~$นาเยีย.xlsx", "ignored"),
            ("นาเยีย 2.xlsx.crdownload", "ignored"),
        ]
    )
    codes = {issue.file: issue.code for issue in results.unplaced}
    assert codes["~$นาเยีย.xlsx"] == "IGNORED_FILE"
    assert codes["นาเยีย 2.xlsx.crdownload"] == "PARTIAL"
    assert codes["อนาคต.xlsx"] == "NOT_YET"
    assert all(row.seen == row.read + row.set_aside for row in results.files)
