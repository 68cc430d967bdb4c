"""The night: it works only when something changed, writes only what differs, tells what changed, and notes itself."""

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

import pytest

from pipeline.campaign import load_campaign
from pipeline.exceptions import CannotWrite, ConfigurationError, OperatorError
from pipeline.lock import single_writer
from pipeline.model import Folders, Issue
from pipeline.nightly import Night, hook, journal, nightly, prints
from pipeline.nightly.digest import digest_of
from pipeline.write import publish
from pipeline.write.digest import digest_lines
from tests.campaigns import NOW, ROOT, SCHEMAS, TABLES, Sent, answer, in_process, put, rerun, with_tables
from tests.sample.model import Cell, Table
from tests.test_readme import first_spans, section
from tests.test_structure import HEAVY

FIRST, SECOND = "3424", "3432"
BODY = TABLES.bodies_of(FIRST)[0]
BAD = Table(FIRST, "1", changes=(Cell(BODY.label, "visits", "12-15"),))
BOOKS = (
    Sent("ดอนมดแดง 1.xlsx", "2021-02-04T09:00:00", BAD),
    Sent("ดอนมดแดง 2.xlsx", "2021-02-19T09:00:00", Table(FIRST, "2")),
)
OTHER = Sent("สว่าง 2.xlsx", "2021-02-19T10:00:00", Table(SECOND, "2"))
BEFORE, AFTER = "2021-02-20T02:30:00", "2021-02-22T02:30:00"
"""Before and after the second round is due; from the second day on its districts are reminded."""


def night(folder: Path, as_of: str = AFTER, schemas: Path = SCHEMAS, **more: object) -> Night:
    folders = Folders(schemas, folder / "input", folder / "output", as_of)
    return nightly(folders, NOW, in_process, **more)  # type: ignore[arg-type]


def entries(folder: Path, name: str = "output/nightly.log") -> list[dict]:
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The content of every file and when it was written; the lock is written and emptied by every command."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def digest(folder: Path) -> dict:
    return json.loads((folder / "output" / "digest.json").read_text(encoding="utf-8"))


def text(folder: Path) -> list[str]:
    return (folder / "output" / "digest.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    put(folder / "input", *BOOKS)
    night(folder)
    return folder


@pytest.fixture
def place(first_night: Path, tmp_path: Path) -> Path:
    """A campaign after its first night."""
    return shutil.copytree(first_night, tmp_path / "place")


# --- a night without news -----------------------------------------------------------------------------------------

WEIGHTY = sorted(set(HEAVY) - {"pebble", "python_calamine"})
"""What takes long to import; those two cost nothing."""
QUIETLY = """
import json, sys
from pipeline.__main__ import exit_code
code = exit_code(["nightly", "--as-of", sys.argv[2], "--schemas", sys.argv[1]])
print(json.dumps([code, sorted(set(sys.argv[3:]) & set(sys.modules))]))
"""


def spend(folder: Path) -> subprocess.CompletedProcess[str]:
    """A night as a process of its own, with its exit code and which libraries it has imported."""
    return subprocess.run(
        [sys.executable, "-c", QUIETLY, str(SCHEMAS), AFTER, *WEIGHTY],
        cwd=folder, capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip


def test_a_night_without_news_imports_no_library_and_writes_its_line_alone(tmp_path):
    put(tmp_path / "input", *BOOKS)
    first = spend(tmp_path)
    path, ended = first.stdout.splitlines()
    assert path == "output/digest.txt"
    assert first.stderr == (tmp_path / path).read_text(encoding="utf-8")
    assert json.loads(ended)[0] == 0
    assert "pandas" in json.loads(ended)[1]
    before = state(tmp_path)
    second = spend(tmp_path)
    assert (json.loads(second.stdout), second.stderr) == ([0, []], "")
    after = state(tmp_path)
    assert [name for name in after if after[name] != before.get(name)] == ["output/nightly.log"]
    assert before.keys() == after.keys()
    assert [entry["night"] for entry in entries(tmp_path)] == ["changed", "quiet"]
    assert len((tmp_path / "output" / "nightly.log").read_text(encoding="utf-8").splitlines()) == 2


def test_time_that_passes_no_date_of_the_campaign_is_no_news(place):
    night(place, "2021-02-22T12:00:00")
    before = state(place)
    assert night(place, "2021-02-24T02:30:00").because == ()
    assert night(place, "2021-03-19T02:30:00").because == ()
    assert {name for name, was in state(place).items() if was != before[name]} == {"output/nightly.log"}


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda folder: (folder / "output" / "status.html").unlink(), ["outputs"]),
        (lambda folder: put(folder / "input", OTHER), ["arrivals", "clock"]),
        (lambda folder: (folder / "input" / "ดอนมดแดง 2.xlsx").unlink(), ["arrivals"]),
        (lambda folder: (folder / "input" / "~$ดอนมดแดง.xlsx").write_bytes(b"x"), ["arrivals"]),
        (lambda folder: answer(folder / "input"), ["told"]),
        (lambda folder: (folder / "output" / "2" / "run.json").unlink(), ["outputs"]),
        (lambda folder: (folder / "output" / "2" / "summary.xlsx").unlink(), ["outputs"]),
    ],
    ids=["a page gone", "a file", "a file gone", "a lock file", "an answer", "a record gone", "an output gone"],
)  # fmt: skip
def test_what_changed_is_what_the_night_is_for(place, change, because):
    change(place)
    assert list(night(place).because) == because
    assert entries(place)[-1]["because"] == because
    assert (place / "output" / "2" / "summary.xlsx").is_file()
    assert (place / "output" / "status.html").is_file()
    assert night(place).because == ()


def test_the_tables_and_the_program_are_looked_at_too(place, monkeypatch):
    changed = with_tables(place / "copy", ('due = "2564-04-20"', 'due = "2564-04-21"'))
    assert night(place, schemas=changed).because == ("tables",)
    assert night(place, schemas=changed).because == ()
    monkeypatch.setattr(prints, "fingerprint", lambda _: "of another program")
    assert night(place, schemas=changed).because == ("tables",)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2021-02-20T23:59:59", "2021-02-21T00:00:00"),  # due
        ("2021-02-22T08:59:59", "2021-02-22T09:00:00"),  # reminded
        ("2021-03-20T23:59:58", "2021-03-20T23:59:59"),  # the third round is begun
    ],
)
def test_a_date_of_the_campaign_that_passes_is_news(tmp_path, earlier, later):
    put(tmp_path / "input", *BOOKS)
    night(tmp_path, earlier)
    assert night(tmp_path, later).because == ("clock",)


def test_what_was_received_later_is_news_when_its_time_has_come(tmp_path):
    put(tmp_path / "input", *BOOKS, Sent("สว่าง 2.xlsx", "2021-02-23T09:00:00", Table(SECOND, "2")))
    night(tmp_path, "2021-02-23T02:30:00")
    assert "สว่าง 2.xlsx" not in [one["path"] for one in digest(tmp_path)["arrivals"]]
    assert night(tmp_path, "2021-02-24T02:30:00").because == ("clock",)
    assert [one["path"] for one in digest(tmp_path)["arrivals"]] == ["สว่าง 2.xlsx"]


def test_extensions_closings_and_waivers_have_their_dates(tmp_path):
    entry = (
        '\n[[extension]]\ndistrict = "3401"\nround = "2"\ndue = "2564-02-24"\nwho = "ก"\nwhy = "ข"\n'
        '[[waiver]]\ndistrict = "3402"\nround = "2"\nuntil = "2564-02-25"\nwho = "ก"\nwhy = "ข"\n'
    )
    schemas = with_tables(tmp_path, ('due = "2564-02-20"\n', 'due = "2564-02-20"\nclose = "2564-02-26"\n'))
    with (schemas / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write(entry)
    put(tmp_path / "input", *BOOKS)
    night(tmp_path, "2021-02-24T12:00:00", schemas)
    for day in ("25", "26", "27"):
        assert night(tmp_path, f"2021-02-{day}T12:00:00", schemas).because == ("clock",), day
        assert night(tmp_path, f"2021-02-{day}T13:00:00", schemas).because == (), day


def test_a_record_of_the_last_night_that_was_cut_off_is_none(place):
    kept = place / "output" / "nightly.json"
    kept.write_bytes(kept.read_bytes()[:40])
    assert set(night(place).because) == {"tables", "arrivals", "told", "clock", "outputs"}


# --- what is written ----------------------------------------------------------------------------------------------


def test_only_the_round_that_differs_is_written(place):
    put(place / "input", OTHER)
    before = state(place)
    told = night(place, "2021-02-22T03:00:00")
    assert (told.written, told.left) == (("2",), ("1",))
    after = state(place)
    assert {name: was for name, was in after.items() if name.startswith("output/1/")} == {
        name: was for name, was in before.items() if name.startswith("output/1/")
    }
    assert json.loads(after["output/2/run.json"][0])["as_of"] == "2021-02-22T03:00:00+07:00"
    assert json.loads(after["output/1/run.json"][0])["as_of"] == "2021-02-22T02:30:00+07:00"
    assert sorted(path.name for path in (place / "output").iterdir()) == [
        "1", "2", "cache", "digest.json", "digest.txt", "nightly.json", "nightly.log", "status.html", "worklist.xlsx",
    ]  # fmt: skip


def test_what_is_written_is_what_a_run_writes(place, tmp_path):
    put(place / "input", OTHER)
    night(place, "2021-02-22T03:00:00")
    shutil.copytree(place / "input", tmp_path / "again" / "input")
    rerun(tmp_path / "again", "2021-02-22T03:00:00", publish=True)
    made, again = (state(folder / "output" / "2") for folder in (place, tmp_path / "again"))
    assert {name: content for name, (content, _) in made.items()} == {
        name: content for name, (content, _) in again.items()
    }


def test_outputs_of_another_moment_are_looked_at_and_left_alone_where_they_are_the_same(place):
    """By day somebody consolidated: the night proves that nothing but the moment is another."""
    rerun(place, "2021-02-23T15:00:00", publish=True)
    night(place, "2021-02-24T02:30:00")
    rerun(place, "2021-02-24T15:00:00", publish=True)
    before = state(place)
    told = night(place, "2021-02-25T02:30:00")
    assert (told.because, told.written, told.left) == (("outputs",), (), ("1", "2"))
    changed = {name for name, was in state(place).items() if was != before.get(name)}
    assert changed == {
        "output/nightly.log",
        "output/nightly.json",
        "output/status.html",
        "output/worklist.xlsx",
    }
    assert night(place, "2021-02-26T02:30:00").because == ()


def test_outputs_of_another_moment_are_written_where_a_date_lies_between(place):
    """The names of those who are reminded, the next deadline: the same tables, other words."""
    told = night(place, "2021-02-22T09:00:00")
    assert told.written == ("1", "2")


def test_a_workbook_that_somebody_changed_is_made_again_with_its_round(place):
    """Its round is looked at because something else changed; what stands there is not what the run makes."""
    (place / "output" / "1" / "late.xlsx").write_bytes(b"edited")
    answer(place / "input")
    assert night(place).written == ("1",)
    assert (place / "output" / "1" / "late.xlsx").read_bytes() != b"edited"


def test_what_else_lies_in_a_round_does_not_matter(place):
    (place / "output" / "1" / ".~lock.summary.xlsx#").write_bytes(b"open")
    answer(place / "input")
    assert night(place).left == ("1", "2")


# --- the digest ---------------------------------------------------------------------------------------------------


def test_a_first_night_tells_how_each_round_stands(place):
    record = digest(place)
    assert record["begun"]["2"] == {"on_time": 1, "missing": 24}
    assert [one["path"] for one in record["arrivals"]] == ["ดอนมดแดง 1.xlsx", "ดอนมดแดง 2.xlsx"]
    assert (record["turned"], record["moved"], record["mended"]) == ([], [], [])
    assert text(place)[0] == "สิ่งที่เปลี่ยนไปจากผลครั้งก่อน · ข้อมูล ณ วันที่ ๒๒ กุมภาพันธ์ ๒๕๖๔ เวลา ๐๒.๓๐ น."
    assert "  ครั้งที่ ๒: ส่งทันกำหนด ๑ · ยังไม่ส่ง ๒๔" in text(place)
    assert text(place)[-1] == "กำหนดส่งถัดไป: ครั้งที่ ๓ ภายในวันที่ ๒๐ มีนาคม ๒๕๖๔ (อีก ๒๖ วัน)"


def test_who_became_late_or_missing(tmp_path):
    put(tmp_path / "input", *BOOKS, Sent("สว่าง 2.xlsx", "2021-02-21T09:00:00", Table(SECOND, "2")))
    night(tmp_path, BEFORE)
    night(tmp_path, AFTER)
    turned = {(one["district_code"], one["round"]): one for one in digest(tmp_path)["turned"]}
    assert turned[SECOND, "2"] == {
        "round": "2", "district_code": SECOND, "before": "pending", "after": "late", "days_late": 1,
    }  # fmt: skip
    assert sum(one["after"] == "missing" for one in turned.values()) == 23
    lines = text(tmp_path)
    assert lines.index("เลยกำหนดแล้วยังไม่ส่ง ๒๓ อำเภอ") < lines.index("ส่งช้า ๑ อำเภอ")
    assert "  ครั้งที่ ๒: สว่างวีระวงศ์ (๑ วัน)" in lines
    assert [one["path"] for one in digest(tmp_path)["arrivals"]] == ["สว่าง 2.xlsx"]


def test_a_new_version_is_told_with_what_it_mended_and_which_figures_it_moved(place):
    better = Table(FIRST, "1", changes=(Cell(BODY.label, "hh_veg", 1, 1),))
    put(place / "input", Sent("ดอนมดแดง 1 แก้.xlsx", "2021-02-21T09:00:00", better))
    old = json.loads((place / "output" / "1" / "run.json").read_bytes())["totals"]
    night(place)
    new = json.loads((place / "output" / "1" / "run.json").read_bytes())["totals"]
    record = digest(place)
    (came,) = record["arrivals"]
    assert (came["path"], came["again"], came["verdict"]) == ("ดอนมดแดง 1 แก้.xlsx", True, "counted")
    (mended,) = record["mended"]
    assert (mended["round"], mended["district_code"], mended["mended"]) == ("1", FIRST, 1)
    moved = {one["indicator"]: one for one in record["moved"]}
    assert {"hh_veg", "visits", "hh_veg_pct"} <= moved.keys()
    assert moved["hh_veg"]["before"] == old["hh_veg"]
    assert moved["hh_veg"]["after"] == new["hh_veg"] != old["hh_veg"]
    (by,) = moved["hh_veg"]["by"]
    assert (by["district_code"], by["files"]) == (FIRST, ["ดอนมดแดง 1 แก้.xlsx"])
    assert by["after"] - by["before"] == new["hh_veg"]["value"] - old["hh_veg"]["value"]
    lines = text(place)
    assert '  ครั้งที่ ๑ จากดอนมดแดง ("ดอนมดแดง 1 แก้.xlsx")' in lines
    assert any(line.startswith("  ครั้งที่ ๑ ดอนมดแดง: แก้แล้ว ๑ จุด") for line in lines)
    assert "ไฟล์มาใหม่ ๑ ไฟล์ เป็นฉบับที่ส่งเพิ่มจากฉบับที่นับอยู่ ๑ ไฟล์" in lines


def test_what_was_mended_is_told_once(place):
    put(place / "input", Sent("ดอนมดแดง 1 แก้.xlsx", "2021-02-21T09:00:00", Table(FIRST, "1")))
    night(place)
    put(place / "input", OTHER)
    night(place)
    assert digest(place)["mended"] == []


def test_a_figure_that_was_told_by_telephone_is_told_with_what_stood_there(place):
    cell = _cell(place)
    with (place / "input" / "corrections.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((
            ("file", "sha256", "sheet", "cell", "old", "new", "who", "why"),
            ("ดอนมดแดง 1.xlsx", "", BAD.sheet, cell, "12-15", "13", "สำนักงาน", "ยืนยัน"),
        ))  # fmt: skip
    assert night(place).because == ("told",)
    (one,) = digest(place)["corrected"]
    assert (one["cell"], one["before"], one["value"], one["indicator"]) == (cell, "12-15", 13, "visits")
    (mended,) = digest(place)["mended"]
    assert (mended["district_code"], mended["mended"], mended["must_fix"]) == (FIRST, 1, 0)
    assert any(line.endswith('เดิมเขียน "12-15" แก้เป็น 13') for line in text(place))
    put(place / "input", OTHER)
    night(place)
    assert digest(place)["corrected"] == []


def _cell(place: Path) -> str:
    with (place / "output" / "1" / "issues.csv").open(encoding="utf-8-sig", newline="") as file:
        return next(row["cell"] for row in csv.DictReader(file) if row["value"] == "12-15")


def test_questions_come_first_and_are_told_as_new_once(place):
    put(place / "input", Sent("ส่ง.xlsx", "2021-02-21T09:00:00", Table(SECOND, "1", turn="ครั้งที่ .....")))
    night(place)
    assert [(one["code"], one["file"]) for one in digest(place)["questions"]] == [("NO_ROUND", "ส่ง.xlsx")]
    lines = text(place)
    assert lines[2].startswith("รอผู้วิเคราะห์ตัดสิน ๑ เรื่อง")
    assert lines[3].startswith('  "ส่ง.xlsx" แผ่น "แบบรายงาน": ไม่ได้บอกว่าเป็นรายงานครั้งที่เท่าใด')
    put(place / "input", OTHER)
    night(place)
    assert digest(place)["questions"] == []
    assert [one["code"] for one in digest(place)["waiting"]] == ["NO_ROUND"]
    assert not any("รอผู้วิเคราะห์" in line for line in text(place))


def test_a_file_that_was_withdrawn_is_told(place):
    row = Sent("ดอนมดแดง 2.xlsx", "2021-02-19T09:00:00", Table(FIRST, "2"), event="withdrawn", note="ส่งผิด")
    put(place / "input", row)
    night(place)
    assert [one["path"] for one in digest(place)["withdrawn"]] == ["ดอนมดแดง 2.xlsx"]
    assert "ถอนออกแล้ว ๑ ไฟล์" in text(place)
    assert [(one["before"], one["after"]) for one in digest(place)["turned"]] == [("on_time", "missing")]


def test_without_anything_to_say_the_last_digest_stands(place):
    before = text(place), digest(place)
    answer(place / "input")
    told = night(place)
    assert (told.because, told.told, told.paths) == (("told",), (), ())
    assert (text(place), digest(place)) == before
    assert entries(place)[-1]["digest"] is False


def test_what_stands_there_damaged_is_told_of_as_new(place):
    (place / "output" / "2" / "roster.csv").write_text("district_code\n3401\n", encoding="utf-8")
    (place / "output" / "1" / "run.json").write_text("{", encoding="utf-8")
    night(place)
    assert set(digest(place)["begun"]) == {"1", "2"}
    assert json.loads((place / "output" / "1" / "run.json").read_bytes())["round"] == "1"


def test_text_of_a_district_breaks_no_line_and_commands_no_terminal(place):
    campaign = load_campaign(SCHEMAS)
    results = rerun(place, AFTER)
    asked = Issue(
        *("must_fix", "NO_ROUND", "", "", "", "ก.xlsx", "แบบ\n2\x1b[31m\u202e", "", "", "ม\r\nข้อ", "", "")
    )
    lines = digest_lines(replace(digest_of(results, {}), questions=(asked,)), campaign)
    (line,) = [line for line in lines if "ก.xlsx" in line]
    assert line == '  "ก.xlsx" แผ่น "แบบ‹U+000A›2‹U+001B›[31m‹U+202E›": ม‹U+000D›‹U+000A›ข้อ'


def test_names_of_files_stay_as_they_are_and_stay_on_their_line(place):
    put(place / "input", Sent("=1+1 ส่ง 2.xlsx", "2021-02-21T09:00:00", Table(SECOND, "1", turn="ครั้งที่ .....")))
    night(place)
    assert all("\n" not in line for line in text(place))
    assert any("ส่ง 2.xlsx" in line for line in text(place))


@pytest.mark.usefixtures("called")
def test_the_documents_tell_every_key(place, monkeypatch):
    monkeypatch.setenv(hook.VARIABLE, "https://example.org")
    night(place)
    (place / "input" / "answers.csv").write_text("file\n", encoding="utf-8")
    failed(place, 2)
    outputs, told = ROOT / "docs" / "outputs.md", ROOT / "docs" / "nightly.md"
    assert {*first_spans(section(outputs, "output/digest.json"), "key")} == {*digest(place)}
    noted = {key for entry in entries(place) for key in entry}
    assert {*first_spans(section(told, "The log"), "key")} == noted
    kept = json.loads((place / "output" / "nightly.json").read_bytes())
    assert {*first_spans(section(told, "What it looks at"), "print")} == {*kept}


# --- how it ends --------------------------------------------------------------------------------------------------


def failed(place: Path, code: int, **more: object) -> str:
    """The sentence of a night that ends so; the log tells the same."""
    with pytest.raises(OperatorError) as caught:
        night(place, **more)  # type: ignore[arg-type]
    assert caught.value.exit_code == code
    entry = entries(place)[-1]
    assert (entry["night"], entry["exit"], entry["why"]) == ("failed", code, caught.value.sentence)
    return caught.value.sentence


def test_while_another_runs_it_ends_with_75(place):
    with single_writer(place / "input", NOW):
        assert f"หมายเลขโปรเซส {os.getpid()}" in failed(place, 75)


def test_a_table_that_is_wrong_ends_with_2(place):
    (place / "input" / "answers.csv").write_text("file\n", encoding="utf-8")
    assert "answers.csv" in failed(place, 2)


def test_a_library_that_is_not_installed_ends_with_69(place, monkeypatch):
    monkeypatch.setattr("pipeline.run.find_spec", lambda _: None)
    assert "make setup" in failed(place, 69)


def test_a_disk_that_is_full_ends_with_74_and_the_next_night_does_it(place, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    put(place / "input", OTHER)
    with monkeypatch.context() as patched:
        patched.setitem(publish.WORKBOOKS, "late.xlsx", full)
        assert "พื้นที่ดิสก์เต็ม" in failed(place, 74)
    assert [one["path"] for one in digest(place)["arrivals"]] == ["สว่าง 2.xlsx"]
    assert night(place).written == ("2",)
    assert [one["path"] for one in digest(place)["arrivals"]] == ["สว่าง 2.xlsx"]


def test_an_error_of_ours_ends_with_70_each_night_until_it_is_gone(place, monkeypatch):
    def failing(*_):
        raise ZeroDivisionError("spoilt for the test")

    put(place / "input", OTHER)
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.understand.extract", failing)
        first = night(place)
        assert (first.exit_code, entries(place)[-1]["exit"]) == (70, 70)
        assert {one["code"] for one in digest(place)["failures"]} == {"INTERNAL"}
        assert text(place)[2].startswith("โปรแกรมอ่านไม่สำเร็จ ๑ ไฟล์")
        again = night(place)
        assert (again.exit_code, again.told) == (70, ())
    assert night(place).exit_code == 0


def test_an_error_of_ours_in_the_middle_is_noted_before_it_is_told(place, monkeypatch):
    def failing(*_, **__):
        raise ZeroDivisionError("spoilt for the test")

    monkeypatch.setattr("pipeline.nightly.take_in", failing)
    with pytest.raises(ZeroDivisionError):
        night(place)
    assert entries(place)[-1]["exit"] == 70
    assert entries(place)[-1]["why"] == "ZeroDivisionError: spoilt for the test"


# --- the log ------------------------------------------------------------------------------------------------------


def test_the_log_may_be_kept_elsewhere(place):
    night(place, log=place / "บันทึก" / "คืน")
    assert [entry["night"] for entry in entries(place, "บันทึก/คืน/nightly.log")] == ["quiet"]
    assert len(entries(place)) == 1


def test_a_log_in_the_input_folder_would_come_in_as_a_report(place):
    with pytest.raises(ConfigurationError, match="--log"):
        night(place, log=place / "input" / "log")
    assert not (place / "input" / "log").exists()


def test_the_log_is_of_bounded_size(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "MOST_BYTES", 200)
    for number in range(40):
        journal.note(tmp_path, {"number": number, "why": "ก" * 20})
    files = sorted(tmp_path.iterdir())
    assert [path.name for path in files] == [
        "nightly.log",
        *(f"nightly.log.{number}" for number in range(1, 5)),
    ]
    assert all(path.stat().st_size <= 200 for path in files)
    assert json.loads(files[0].read_text(encoding="utf-8").splitlines()[-1])["number"] == 39


def test_a_log_that_cannot_be_written_is_told(place):
    (place / "output" / "nightly.log").unlink()
    (place / "output" / "nightly.log").mkdir()
    with pytest.raises(CannotWrite, match=r"nightly\.log"):
        night(place)


def test_what_failed_first_is_told_where_the_log_cannot_be_written_either(place):
    (place / "output" / "nightly.log").unlink()
    (place / "output" / "nightly.log").mkdir()
    (place / "input" / "answers.csv").write_text("file\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"answers\.csv"):
        night(place)


# --- the health check ---------------------------------------------------------------------------------------------


class Answer:
    """What a health-check service answers."""

    status = 200

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


@pytest.fixture
def called(monkeypatch) -> list[tuple[str, float]]:
    """The addresses that are called, with how long an answer is waited for."""
    calls: list[tuple[str, float]] = []

    def answer_(request, timeout):
        calls.append((request.full_url, timeout))
        return Answer()

    monkeypatch.setattr(hook, "urlopen", answer_)
    return calls


def test_nobody_is_called_unless_asked_for(place, called, monkeypatch):
    monkeypatch.delenv(hook.VARIABLE, raising=False)
    night(place)
    assert called == []
    assert "ping" not in entries(place)[-1]


def test_the_address_is_called_after_each_night_and_another_after_one_that_failed(place, called, monkeypatch):
    monkeypatch.setenv(hook.VARIABLE, "https://example.org/abc/")
    night(place)
    (place / "input" / "answers.csv").write_text("file\n", encoding="utf-8")
    with pytest.raises(ConfigurationError):
        night(place)
    assert called == [("https://example.org/abc/", 5.0), ("https://example.org/abc/fail", 5.0)]
    assert [entry["ping"] for entry in entries(place)[-2:]] == ["200", "200"]


@pytest.mark.parametrize(
    "error", [URLError("no route"), TimeoutError("slow"), HTTPException("odd"), ValueError("no address")]
)
def test_a_call_that_fails_fails_no_night(place, monkeypatch, error):
    def failing(*_, **__):
        raise error

    monkeypatch.setattr(hook, "urlopen", failing)
    monkeypatch.setenv(hook.VARIABLE, "https://example.org/abc")
    assert night(place).exit_code == 0
    assert entries(place)[-1]["ping"].startswith(f"failed: {type(error).__name__}")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org", "example.org"])
def test_only_the_web_is_called(place, called, monkeypatch, address):
    monkeypatch.setenv(hook.VARIABLE, address)
    night(place)
    assert called == []
    assert entries(place)[-1]["ping"].startswith("failed")
