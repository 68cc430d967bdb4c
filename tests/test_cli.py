"""The commands: what they do, what they say and where, and how they end."""

import csv
import errno
import hashlib
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.__main__ import exit_code
from pipeline.lock import single_writer
from pipeline.read import read_snapshot
from pipeline.write import publish
from tests.campaigns import NOW, ROOT, SCHEMAS, Sent, in_process, put, workbook
from tests.sample.model import Cell, Named, Table

THAI = re.compile(r"[ก-๙]")
OURS = re.compile(r"Traceback|Error|Exception|Usage|No such|Missing|Invalid|Got unexpected|File \"")
"""What a person at the keyboard should never read."""
GOOD, LATE = Table("3424", "1"), Table("3432", "1", changes=(Cell("ทต.สว่าง", "hh_veg", "12-15"),))
BOOKS = (
    Sent("ดอนมดแดง 1.xlsx", "2021-02-04T09:00:00", GOOD),
    Sent("สว่าง 1.xlsx", "2021-02-06T09:00:00", LATE),
)
VALUES = (
    "district_code", "local_body_code", "form", "round", "item", "indicator", "value", "file", "sheet", "cell",
    "sha256", "corrected_from",
)  # fmt: skip
ISSUES = (
    "severity", "code", "district_code", "form", "round", "file", "sheet", "cell", "value", "message", "remedy",
)  # fmt: skip
NAMES = ("summary.xlsx", "late.xlsx", "missing.xlsx")
WHOLE = "worklist.xlsx"
COMMANDS = ("consolidate", "check", "status", "templates", "trace", "receive", "withdraw", "start", "nightly")


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, and what stands on stdout and on stderr."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def place(tmp_path) -> Path:
    """A project with the shipped tables and two reports, in which the commands are given."""
    (tmp_path / "schemas").symlink_to(SCHEMAS)
    put(tmp_path / "input", *BOOKS)
    return tmp_path


@pytest.fixture
def command(place, monkeypatch, capfd) -> Iterator[Command]:
    """Gives a command as the terminal would, in this process; workbooks are read in it too."""
    monkeypatch.chdir(place)
    monkeypatch.setattr("pipeline.read.readers", lambda read=read_snapshot, **_: in_process(read=read))
    root = logging.getLogger()
    before = root.handlers[:]

    def give(*words: str | Path) -> Ended:
        capfd.readouterr()
        code = exit_code([str(word) for word in words])
        said = capfd.readouterr()
        return Ended(code, said.out, said.err)

    yield give
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def record(folder: Path, key: str = "1") -> dict:
    return json.loads((folder / "output" / key / "run.json").read_text(encoding="utf-8"))


def register(folder: Path) -> list[dict[str, str]]:
    return rows(folder / "input" / "receipts.csv")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock" and path.parent.name != "cache"
    }


def assert_told(ended: Ended, code: int, *words: str) -> None:
    """An operator's mistake: its code, nothing on stdout, one Thai sentence that says what to do, no program talk."""
    assert (ended.code, ended.out) == (code, "")
    assert THAI.search(ended.err)
    assert "กรุณา" in ended.err or "ให้" in ended.err
    assert not OURS.search(ended.err), ended.err
    assert len(ended.err.strip().splitlines()) == 1
    for word in words:
        assert word in ended.err


# --- consolidate --------------------------------------------------------------------------------------------------


def test_late_and_missing_are_findings_and_the_paths_made_are_all_that_stdout_has(command, place):
    ended = command("consolidate", "--as-of", "2564-02-21")
    assert ended.code == 0
    assert ended.out.splitlines() == [f"output/{key}/{name}" for key in ("1", "2") for name in NAMES] + [
        f"output/{WHOLE}"
    ]
    assert all((place / line).is_file() for line in ended.out.splitlines())
    assert "ส่งช้า 1: สว่างวีระวงศ์ (1 วัน)" in ended.err
    assert "ยังไม่ส่ง 23: " in ended.err
    assert "Traceback" not in ended.err


def test_all_its_options_are_obeyed(command, place):
    (place / "input").rename(place / "came")
    ended = command(
        "consolidate", "--round", "1", "--round", "3", "--as-of", "2564-02-21T08:30", "--schemas", SCHEMAS,
        "--input", "came", "--output", place / "made", "-q",
    )  # fmt: skip
    assert ended == Ended(
        0,
        "".join(
            f"{place / 'made' / name}\n"
            for name in (*(f"{key}/{name}" for key in ("1", "3") for name in NAMES), WHOLE)
        ),
        "",
    )
    assert sorted(path.name for path in (place / "made").iterdir()) == [
        "1",
        "3",
        "cache",
        "status.html",
        WHOLE,
    ]
    assert not (place / "output").exists()


def test_without_a_round_each_that_is_due_or_has_received_anything_is_written(command, place):
    put(
        place / "input",
        Sent("ดอนมดแดง 3.xlsx", "2021-02-05T09:00:00", Table("3424", "3", figures="2", turn="ครั้งที่ 3")),
    )
    command("consolidate", "--as-of", "2564-02-06")
    assert sorted(path.name for path in (place / "output").iterdir()) == [
        "1",
        "3",
        "cache",
        "status.html",
        WHOLE,
    ]


def test_json_is_one_document_that_is_what_the_rounds_hold(command, place):
    ended = command("consolidate", "--json", "--as-of", "2564-02-21")
    assert ended.code == 0
    assert json.loads(ended.out) == [record(place, "1"), record(place, "2")]
    assert THAI.search(ended.err)


def test_strict_ends_with_3_when_something_must_be_mended(command):
    assert command("consolidate", "--round", "1", "--as-of", "2564-02-06", "-q").code == 0
    ended = command("consolidate", "--round", "1", "--as-of", "2564-02-06", "-q", "--strict")
    assert (ended.code, ended.err) == (3, "")
    assert ended.out.count("\n") == len((*NAMES, WHOLE))


def test_strict_ends_with_3_when_something_must_be_decided(command, place):
    shutil.rmtree(place / "input")
    put(place / "input", Sent("ส่ง.xlsx", "2021-02-04T09:00:00", Table("3424", "1", turn="ครั้งที่ .....")))
    ended = command("consolidate", "--round", "1", "--as-of", "2564-02-06", "--strict")
    assert [file["verdict"] for file in record(place)["files"]] == ["undecided"]
    assert ended.code == 3


def test_strict_ends_with_0_when_nothing_must_though_most_are_missing(command, place):
    shutil.rmtree(place / "input")
    put(place / "input", BOOKS[0])
    ended = command("consolidate", "--round", "1", "--as-of", "2564-02-06", "--strict")
    assert record(place)["counts"]["missing"] == 24
    assert ended.code == 0


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2564-02-06", "2021-02-06T23:59:59+07:00"),
        ("2021-02-06", "2021-02-06T23:59:59+07:00"),
        ("2564-02-06T08:30", "2021-02-06T08:30:00+07:00"),
        ("2564-02-06T08:30:15", "2021-02-06T08:30:15+07:00"),
        ("2564-02-06T08:30:00+07:00", "2021-02-06T08:30:00+07:00"),
        ("2021-02-06T01:30:00Z", "2021-02-06T08:30:00+07:00"),
    ],
)
def test_the_moment_asked_for_is_read_in_either_era_and_a_date_alone_is_the_end_of_its_day(
    command, place, said, meant
):
    assert command("consolidate", "-q", "--round", "1", "--as-of", said).code == 0
    assert record(place)["as_of"] == meant
    roster = {row["district_code"]: row["status"] for row in rows(place / "output" / "1" / "roster.csv")}
    # the second report was received on the sixth at nine
    assert roster["3432"] == ("late" if "23:59" in meant else "missing")


def test_the_sample_is_told_at_its_own_moment_and_every_screen_says_that_it_is_one(command, place):
    mark_as_sample(place)
    ended = command("consolidate", "--round", "1")
    assert ended.code == 0
    assert ended.err.startswith("ข้อมูลตัวอย่าง")
    assert record(place)["as_of"] == "2021-02-06T12:00:00+07:00"
    assert command("status").err.startswith("ข้อมูลตัวอย่าง")


# --- check --------------------------------------------------------------------------------------------------------


def test_check_prints_one_document_of_the_agreed_shape(command, place):
    ended = command("check", "input/สว่าง 1.xlsx", "--json")
    assert ended.code == 0
    document = json.loads(ended.out)
    assert list(document) == ["file", "form", "district_code", "round", "rows", "values", "issues"]
    place_of = ("file", "form", "district_code", "round", "rows")
    assert tuple(document[key] for key in place_of) == ("input/สว่าง 1.xlsx", "operations", "3432", "1", 4)
    assert {tuple(value) for value in document["values"]} == {VALUES}
    assert len(document["values"]) == 4 * 26 + 2 - 1
    assert {value["sha256"] for value in document["values"]} == {
        hashlib.sha256((place / "input" / "สว่าง 1.xlsx").read_bytes()).hexdigest()
    }
    found = [(issue["code"], issue["severity"], issue["value"]) for issue in document["issues"]]
    assert found == [("TOTAL_ROW", "note", "รวม"), ("BAD_VALUE", "must_fix", "12-15")]


def test_the_issues_of_check_have_the_columns_of_issues_csv(command):
    document = json.loads(command("check", "input/สว่าง 1.xlsx", "--json").out)
    assert {tuple(issue) for issue in document["issues"]} == {ISSUES}


def test_check_says_for_people_what_was_read_and_what_to_mend(command):
    ended = command("check", "input/สว่าง 1.xlsx")
    assert (ended.code, ended.out) == (0, "")
    assert "อำเภอสว่างวีระวงศ์ ครั้งที่ ๑" in ended.err
    assert 'พบ "12-15"' in ended.err
    assert "ต้องแก้" in ended.err


def test_check_of_a_clean_workbook_says_so(command):
    assert "ไม่พบสิ่งที่ต้องแก้" in command("check", "input/ดอนมดแดง 1.xlsx").err


def test_check_of_several_prints_one_document_still(command):
    ended = command("check", "input/ดอนมดแดง 1.xlsx", "input/สว่าง 1.xlsx", "--json")
    assert [each["district_code"] for each in json.loads(ended.out)] == ["3424", "3432"]


def test_check_leaves_no_trace(command, place):
    before = contents(place)
    command("check", "input/ดอนมดแดง 1.xlsx")
    assert contents(place) == before


def test_check_of_a_file_that_is_no_workbook_is_an_issue_and_no_failure(command, place):
    (place / "รายงาน.xlsx").write_bytes(b"%PDF-1.4")
    ended = command("check", "รายงาน.xlsx", "--json")
    assert ended.code == 0
    assert [issue["code"] for issue in json.loads(ended.out)["issues"]] == ["WRONG_TYPE"]


@pytest.mark.parametrize("name", ["ไม่มี.xlsx", "input"])
def test_check_of_what_is_no_file_is_told(command, name):
    assert_told(command("check", name), 2, name)


# --- status -------------------------------------------------------------------------------------------------------


def test_status_shows_where_each_district_stands_and_writes_no_output(command, place):
    ended = command("status", "--as-of", "2564-02-06")
    assert (ended.code, ended.out) == (0, "")
    assert "3432 สว่างวีระวงศ์: ส่งช้า 1 วัน อปท. 4/4" in ended.err
    assert "3401 เมืองอุบลราชธานี: ยังไม่ส่ง" in ended.err
    assert not (place / "output").exists()


def test_status_as_json_is_the_roster_with_its_names_and_its_way_of_writing_times(command, place):
    ended = command("status", "--json", "--as-of", "2564-02-06")
    command("consolidate", "-q", "--as-of", "2564-02-06")
    records = json.loads(ended.out)
    written = rows(place / "output" / "1" / "roster.csv")
    assert len(records) == 25
    assert list(records[0]) == list(written[0])
    assert [
        {key: "" if value is None else str(value) for key, value in each.items()} for each in records
    ] == written


# --- receive, withdraw, start -------------------------------------------------------------------------------------


def test_receive_tells_the_register_when_a_file_came(command, place):
    data = workbook(Table("3433", "1"))
    (place / "input" / "น้ำขุ่น.xlsx").write_bytes(data)
    ended = command("receive", "input/น้ำขุ่น.xlsx", "--at", "2564-02-05T15:30", "--note", "รับทางไลน์")
    assert (ended.code, ended.out) == (0, "input/น้ำขุ่น.xlsx\n")
    assert "ลงทะเบียนแล้ว" in ended.err
    row = register(place)[-1]
    assert (row["file"], row["sha256"]) == ("น้ำขุ่น.xlsx", hashlib.sha256(data).hexdigest())
    assert (row["received_at"], row["source"]) == ("2021-02-05T15:30:00+07:00", "register")
    assert (row["event"], row["note"]) == ("arrived", "รับทางไลน์")
    status = json.loads(command("status", "--json", "--as-of", "2564-02-06").out)
    assert [each["status"] for each in status if each["district_code"] == "3433"] == ["on_time"]


def test_receive_corrects_the_time_of_a_file_that_is_known(command, place):
    ended = command("receive", "สว่าง 1.xlsx", "--at", "2564-02-05T16:00")
    assert (ended.code, ended.out) == (0, "input/สว่าง 1.xlsx\n")
    assert register(place)[-1]["event"] == "corrected"
    status = json.loads(command("status", "--json", "--as-of", "2564-02-06").out)
    assert [each["status"] for each in status if each["district_code"] == "3432"] == ["on_time"]


def test_receive_of_several_prints_each(command):
    ended = command("receive", "input/ดอนมดแดง 1.xlsx", "input/สว่าง 1.xlsx", "--at", "2564-02-05")
    assert ended.out.splitlines() == ["input/ดอนมดแดง 1.xlsx", "input/สว่าง 1.xlsx"]


def test_a_withdrawn_file_is_out_of_every_table_and_says_who_and_why(command, place):
    ended = command("withdraw", "input/สว่าง 1.xlsx", "--why", "ส่งผิดอำเภอ", "--who", "หัวหน้ากลุ่มงาน")
    assert (ended.code, ended.out) == (0, "input/สว่าง 1.xlsx\n")
    row = register(place)[-1]
    assert (row["event"], row["note"]) == ("withdrawn", "ส่งผิดอำเภอ (โดย หัวหน้ากลุ่มงาน)")
    command("consolidate", "-q", "--as-of", "2564-02-06")
    verdicts = {file["path"]: file["verdict"] for file in record(place)["files"]}
    assert verdicts == {"ดอนมดแดง 1.xlsx": "counted", "สว่าง 1.xlsx": "withdrawn"}
    assert record(place)["counts"]["missing"] == 24


REFUSED = {
    "receive of a file that is not there": (("receive", "ไม่มี.xlsx"), "ไม่มี.xlsx"),
    "receive of a file elsewhere": (("receive", "นอก.xlsx"), "นอก.xlsx"),
    "receive at no time": (("receive", "สว่าง 1.xlsx", "--at", "เมื่อวาน"), "เมื่อวาน"),
    "receive in the future": (("receive", "สว่าง 1.xlsx", "--at", "2643-01-01"), "ยังมาไม่ถึง"),
    "receive of nothing": (("receive",), "pipeline receive --help"),
    "withdraw without a reason": (("withdraw", "สว่าง 1.xlsx"), "--why"),
    "withdraw with an empty reason": (("withdraw", "สว่าง 1.xlsx", "--why", " "), "เหตุผล"),
    "withdraw of a file never registered": (("withdraw", "ไม่มี.xlsx", "--why", "ผิด"), "ไม่มี.xlsx"),
    "start without a sample": (("start",), "ไม่มีข้อมูลตัวอย่าง"),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_what_the_register_cannot_be_told_is_refused_and_nothing_is_written(command, place, mistake):
    words, said = REFUSED[mistake]
    (place / "นอก.xlsx").write_bytes(b"PK")
    before = contents(place)
    assert_told(command(*words), 2, said)
    assert contents(place) == before


def mark_as_sample(place: Path) -> None:
    """Make what lies there a sample campaign, told at noon of the sixth of February."""
    files = "".join(
        f'[[file]]\npath = "{row["file"]}"\nsha256 = "{row["sha256"]}"\n' for row in register(place)
    )
    (place / "input" / "SAMPLE.toml").write_text(
        f'as_of = "2564-02-06T12:00:00+07:00"\n{files}', encoding="utf-8"
    )


def test_a_real_file_is_refused_while_the_sample_is_there_and_counts_when_it_was_put_away(command, place):
    mark_as_sample(place)
    put(place / "input", Sent("น้ำขุ่น 1.xlsx", "2021-02-04T09:00:00", Table("3433", "1")))
    refused = command("consolidate", "--round", "1")
    assert {file["path"]: file["codes"] for file in record(place)["files"]}["น้ำขุ่น 1.xlsx"] == ["NOT_SAMPLE"]
    assert "pipeline start" in refused.err
    ended = command("start")
    assert (ended.code, ended.out) == (0, f"{place / 'input-sample.zip'}\n")
    assert "น้ำขุ่น 1.xlsx" in ended.err
    assert not (place / "input" / "SAMPLE.toml").exists()
    real = command("consolidate", "--as-of", "2564-02-06")
    assert "ข้อมูลตัวอย่าง" not in real.err
    counted = {file["path"]: file["verdict"] for file in record(place)["files"]}
    assert counted == {"น้ำขุ่น 1.xlsx": "counted"}
    assert_told(command("start"), 2, "ไม่มีข้อมูลตัวอย่าง")


# --- 2: what was typed or set up wrongly --------------------------------------------------------------------------

TYPED = {
    "an unknown command": (("merge",), "pipeline --help"),
    "an unknown option": (("consolidate", "--rounds", "1"), "--rounds"),
    "an option of no command": (("--rounds",), "--rounds"),
    "an option without its value": (("consolidate", "--as-of"), "--help"),
    "a word too many": (("consolidate", "1"), "pipeline consolidate --help"),
    "check of nothing": (("check",), "pipeline check --help"),
    "an unknown round": (("consolidate", "--round", "9"), '"9"', "1, 2, 3, 4"),
    "no moment": (("consolidate", "--as-of", "พรุ่งนี้"), "พรุ่งนี้"),
    "a day that does not exist": (("status", "--as-of", "2564-02-30"), "2564-02-30"),
    "a folder without tables": (("consolidate", "--schemas", "nowhere"), "nowhere/campaign.toml"),
    "check without tables": (("check", "input/สว่าง 1.xlsx", "--schemas", "nowhere"), "nowhere/campaign.toml"),
}


@pytest.mark.parametrize("mistake", TYPED)
def test_what_was_typed_wrongly_is_told_in_thai(command, place, mistake):
    words, *said = TYPED[mistake]
    assert_told(command(*words), 2, *said)
    assert not (place / "output").exists()


def test_a_mistake_in_a_table_is_told_with_file_and_line(command, place):
    (place / "input" / "answers.csv").write_text(
        "file,sha256,sheet,cell,code,answer,who,why\nก.xlsx,,,,NO_ROUND,3499/1,ก,ข\n", encoding="utf-8-sig"
    )
    assert_told(command("consolidate"), 2, "input/answers.csv บรรทัดที่ 2", "3499/1")


def test_a_mistake_in_the_register_is_told_with_file_and_line(command, place):
    path = place / "input" / "receipts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("arrived", "came", 1), encoding="utf-8")
    assert_told(command("status"), 2, "input/receipts.csv บรรทัดที่ 2", "came")


# --- 70: an error of ours -----------------------------------------------------------------------------------------


def spoil(monkeypatch: pytest.MonkeyPatch, name: str, function: str) -> None:
    """Make one step fail for the workbook of อำเภอสว่างวีระวงศ์ and for no other."""
    import pipeline.understand as stage

    true = getattr(stage, function)

    def failing(workbook, *rest):
        texts = {value for grid in workbook.grids for value in grid.cells.values() if isinstance(value, str)}
        if any(name in text for text in texts):
            raise ZeroDivisionError("spoilt for the test")
        return true(workbook, *rest)

    monkeypatch.setattr(stage, function, failing)


def test_an_error_of_ours_costs_that_file_alone_and_ends_with_70(command, place, monkeypatch):
    spoil(monkeypatch, "สว่างวีระวงศ์", "extract")
    ended = command("consolidate", "--round", "1", "--as-of", "2564-02-06")
    assert ended.code == 70
    assert ended.out.splitlines() == [*(f"output/1/{name}" for name in NAMES), f"output/{WHOLE}"]
    files = {file["path"]: (file["verdict"], file["codes"]) for file in record(place)["files"]}
    assert files["สว่าง 1.xlsx"] == ("undecided", ["INTERNAL"])
    assert files["ดอนมดแดง 1.xlsx"][0] == "counted"
    assert {row["file"] for row in rows(place / "output" / "1" / "values.csv")} == {"ดอนมดแดง 1.xlsx"}
    roster = {row["district_code"]: row for row in rows(place / "output" / "1" / "roster.csv")}
    assert (roster["3432"]["status"], roster["3432"]["first_received_at"]) == (
        "undecided", "2021-02-06T09:00:00+07:00",
    )  # fmt: skip
    assert "ZeroDivisionError: spoilt for the test" in (place / "output" / "pipeline.log").read_text()
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("words", [("status", "--as-of", "2564-02-06"), ("check", "input/สว่าง 1.xlsx")])
def test_the_other_commands_end_so_too(command, monkeypatch, words):
    spoil(monkeypatch, "สว่างวีระวงศ์", "extract")
    assert command(*words).code == 70


def test_an_error_of_ours_outweighs_strict(command, monkeypatch):
    spoil(monkeypatch, "สว่างวีระวงศ์", "extract")
    assert command("consolidate", "--round", "1", "--as-of", "2564-02-06", "--strict", "-q").code == 70


def test_an_error_of_ours_in_the_middle_leaves_the_old_outputs_and_says_where_the_log_is(
    command, place, monkeypatch
):
    command("consolidate", "-q", "--round", "1", "--as-of", "2564-02-06")
    before = contents(place / "output" / "1")

    def broken(*_: object) -> None:
        raise ZeroDivisionError("spoilt for the test")

    monkeypatch.setitem(publish.WORKBOOKS, "late.xlsx", broken)
    ended = command("consolidate", "-q", "--round", "1", "--as-of", "2564-02-06")
    assert_told(ended, 70, "pipeline.log")
    assert contents(place / "output" / "1") == before
    assert "ZeroDivisionError: spoilt for the test" in (place / "output" / "pipeline.log").read_text()


# --- 74: cannot write, 75: already running ------------------------------------------------------------------------


def test_a_file_where_the_output_folder_should_be_is_told(command, place):
    (place / "output").write_text("notes")
    assert_told(command("consolidate", "--as-of", "2564-02-06", "-q"), 74, "output", "ไฟล์ที่ใช้ชื่อเดียวกับโฟลเดอร์")
    assert (place / "output").read_text() == "notes"


def test_a_file_where_the_output_folders_parent_should_be_is_told(command, place):
    (place / "results").write_text("notes")
    ended = command("consolidate", "--output", "results/output", "--as-of", "2564-02-06", "-q")
    assert_told(ended, 74, "results/output")


def test_a_full_disk_is_told(command, place, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(publish.WORKBOOKS, "missing.xlsx", full)
    assert_told(command("consolidate", "--as-of", "2564-02-06", "-q"), 74, "พื้นที่ดิสก์เต็ม")
    assert not (place / "output" / "1").exists()


def test_an_input_folder_that_cannot_be_written_is_told(command, place):
    shutil.rmtree(place / "input")
    (place / "input").write_text("notes")
    assert_told(command("consolidate", "-q"), 74, "input")


@pytest.mark.parametrize(
    "words",
    [
        ("consolidate", "--as-of", "2564-02-06"),
        ("status", "--as-of", "2564-02-06"),
        ("receive", "สว่าง 1.xlsx"),
        ("withdraw", "สว่าง 1.xlsx", "--why", "ส่งผิด"),
        ("start",),
    ],
    ids=lambda words: words[0],
)
def test_while_another_runs_it_is_told_at_once_since_when(command, place, words):
    before = contents(place)
    with single_writer(place / "input", NOW):
        ended = command(*words)
    assert_told(ended, 75, f"หมายเลขโปรเซส {os.getpid()}", "2021-03-01 12:00:00")
    assert contents(place) == before


def test_check_needs_no_lock(command, place):
    with single_writer(place / "input", NOW):
        assert command("check", "input/ดอนมดแดง 1.xlsx").code == 0


# --- templates ----------------------------------------------------------------------------------------------------


def test_templates_prints_the_path_of_each_workbook_and_says_the_rest_elsewhere(command, place):
    ended = command("templates", "--round", "3", "--as-of", "2564-02-21")
    made = sorted(path.relative_to(place).as_posix() for path in (place / "output").rglob("*.xlsx"))
    assert (ended.code, ended.out.splitlines()) == (0, made)
    assert len(made) == 25
    assert made[0] == "output/templates/operations-3/3401.xlsx"
    assert ended.err == "แบบรายงานการดำเนินงาน ครั้งที่ ๓: 25 อำเภอ\n"


def test_templates_shows_what_consolidate_wrote_of_the_round_before(command):
    command("consolidate", "--as-of", "2564-02-21", "-q")
    ended = command("templates", "--round", "2", "--as-of", "2564-02-21")
    assert ended.err == "แบบรายงานการดำเนินงาน ครั้งที่ ๒: 25 อำเภอ · มีตัวเลขครั้งก่อนให้ดู 2 อำเภอ\n"


def test_templates_that_cannot_be_made_say_why(command, place):
    assert_told(command("templates", "--round", "9"), 2, "9")
    with single_writer(place / "input", NOW):
        ended = command("templates")
    assert (ended.code, ended.out) == (75, "")
    (place / "output").write_text("a file in its place")
    assert_told(command("templates", "--round", "1"), 74, "output")


# --- help ---------------------------------------------------------------------------------------------------------


def test_without_a_command_the_help_is_shown_in_thai(command):
    ended = command()
    assert (ended.code, ended.err) == (0, "")
    assert "วิธีใช้" in ended.out
    listed = re.findall(r"^  ([a-z]+)  ", ended.out, re.MULTILINE)
    assert set(COMMANDS) <= set(listed)
    assert command("--help").out == ended.out


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_each_of_its_options_in_thai(command, name):
    ended = command(name, "--help")
    assert (ended.code, ended.err) == (0, "")
    lines = [line for line in ended.out.splitlines() if line.startswith("  -")]
    assert len(lines) >= 3
    assert [line for line in lines if not THAI.search(line)] == []


def test_all_that_work_on_a_campaign_take_the_same_four_options(command):
    for name in ("consolidate", "status", "templates", "receive", "withdraw", "start"):
        shown = command(name, "--help").out
        assert all(option in shown for option in ("--schemas", "--input", "--output", "--as-of")), name


def test_the_version_is_shown(command):
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+\n", command("--version").out)


# --- as a program of its own --------------------------------------------------------------------------------------

BLOCKER = """
import os, sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == os.environ["BLOCKED"]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocker())
"""


def program(*words: str | Path, cwd: Path, stdout: int | None = None, **environment: str) -> Ended:
    """Give a command to a new process, as cron or a person does."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, words)],
        cwd=cwd, stdout=stdout or subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
    )  # fmt: skip
    return Ended(done.returncode, done.stdout or "", done.stderr)


def without(library: str, folder: Path) -> dict[str, str]:
    """The environment of a machine that lacks a library, for the process and those that it starts."""
    (folder / "blocker").mkdir(exist_ok=True)
    (folder / "blocker" / "sitecustomize.py").write_text(BLOCKER)
    return {"BLOCKED": library, "PYTHONPATH": f"{folder / 'blocker'}:{ROOT}"}


@pytest.mark.parametrize("library", ["click", "pandas", "xlsxwriter", "python_calamine"])
def test_a_missing_library_is_named_with_what_installs_it(place, tmp_path, library):
    words = ("consolidate", "-q", "--as-of", "2564-02-06")
    ended = program(*words, cwd=place, **without(library, tmp_path))
    assert_told(ended, 69, library, "make setup")
    assert not (place / "output" / "1").exists()


def test_a_library_that_only_some_workbooks_need_is_missed_too(place, tmp_path):
    """Otherwise the districts that send .xls wait for an answer that never comes."""
    put(
        place / "input",
        Sent("น้ำขุ่น 1.xls", "2021-02-04T09:00:00", workbook(Table("3433", "1"), writer="xlwt")),
    )
    ended = program("consolidate", "-q", "--as-of", "2564-02-06", cwd=place, **without("xlrd", tmp_path))
    assert_told(ended, 69, "xlrd", "make setup")


MESSY = Table(
    "3433",
    "1",
    changes=(
        Cell("ทต.ขี้เหล็ก", "hh_veg", "12-15"),
        Cell("ทต.ขี้เหล็ก", "hh_sort", -5),
        Cell("ทต.ขี้เหล็ก", "hh_wetbin", "-"),
        Cell("ทต.ขี้เหล็ก", "hh_model", how="thai"),
        Cell("ทต.ขี้เหล็ก", "lev_members", how="people"),
        Cell("อบต.ไพบูลย์", "hh_target", 900_000),
        Named("ทต.ตาเกา", "ทต.ไม่มีจริง", "", held=True),
    ),
)
"""Enough said of one file that an order of chance would show."""


def test_two_programs_in_other_circumstances_write_the_same_bytes(place):
    put(place / "input", Sent("น้ำขุ่น 1.xlsx", "2021-02-04T09:00:00", MESSY))
    words = ("consolidate", "--as-of", "2564-02-06", "--output")
    one = program(*words, "one", cwd=place, PYTHONHASHSEED="1", TZ="Asia/Bangkok", LC_ALL="C.UTF-8")
    other = program(
        *words, place / "other", "--input", place / "input", "--schemas", SCHEMAS,
        cwd=ROOT, PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C", PIPELINE_LANG="en",
    )  # fmt: skip
    assert (one.code, other.code) == (0, 0)
    assert one.out.splitlines() == [*(f"one/1/{name}" for name in NAMES), f"one/{WHOLE}"]
    first, second = contents(place / "one"), contents(place / "other")
    assert [name for name in sorted({*first, *second}) if first.get(name) != second.get(name)] == []
    assert {"worklist.xlsx", "1/worklist.xlsx", "1/receipts/3433.txt"} <= first.keys()
    files = json.loads(first["1/run.json"])["files"]
    assert max(len(file["codes"]) for file in files) >= 6


def test_help_is_english_for_those_who_ask_for_it(place):
    ended = program("consolidate", "--help", cwd=place, PIPELINE_LANG="en")
    assert (ended.code, ended.err) == (0, "")
    assert not THAI.search(ended.out)
    assert "Usage" in ended.out
    assert "--as-of" in ended.out


def test_a_terminal_of_another_code_page_loses_signs_and_not_the_run(place):
    ended = program("--help", cwd=place, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert ended.code == 0
    assert "consolidate" in ended.out


@pytest.mark.parametrize("words", [("--help",), ("status", "--json", "--as-of", "2564-02-06")])
def test_an_answer_that_cannot_be_written_is_told(place, words):
    with Path("/dev/full").open("w") as full:
        ended = program(*words, cwd=place, stdout=full.fileno())
    assert ended.code == 74
    assert "Traceback" not in ended.err
    assert THAI.search(ended.err)


def test_a_workbook_named_as_its_own_body_is_named_in_full_on_the_screen(command, place):
    """What must be mended is told with file, sheet and cell, also where a name is unknown."""
    named = Table("3433", "1", changes=(Named("ทต.ตาเกา", "ทต.ไม่มีจริง", "", held=True),))
    put(place / "input", Sent("น้ำขุ่น 1.xlsx", "2021-02-04T09:00:00", named))
    ended = command("consolidate", "--round", "1", "--as-of", "2564-02-06")
    line = next(line for line in ended.err.splitlines() if "ทต.ไม่มีจริง" in line)
    assert "น้ำขุ่น 1.xlsx" in line
    assert 'แผ่น "แบบรายงาน" เซลล์ B' in line


def test_the_name_of_a_file_commands_no_terminal(command, place):
    put(place / "input", Sent("น้ำขุ่น \x1b[31m\u202e.xlsx", "2021-02-04T09:00:00", b"nothing"))
    ended = command("consolidate", "--as-of", "2564-02-06")
    assert "น้ำขุ่น ‹U+001B›[31m‹U+202E›.xlsx" in ended.err
    assert "\x1b" not in ended.err + ended.out
