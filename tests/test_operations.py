"""How the program is operated: mistyped folders, closed streams, signals, answers that contradict, odd digits."""

import csv
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipeline.answers import load_answers
from pipeline.campaign import load_campaign
from pipeline.exceptions import ConfigurationError
from pipeline.folders import refuse_misplaced
from pipeline.lock import single_writer
from pipeline.model import Folders
from pipeline.normalise import parse_area, parse_count
from pipeline.sample import start
from tests.campaigns import NOW, ROOT, SCHEMAS, Sent, answer, put, rerun
from tests.sample.model import Table

STOPPED = "หยุดตามที่สั่งแล้ว ผลลัพธ์เดิมยังอยู่ครบ"
REPORT = Sent("ดอนมดแดง 1.xlsx", "2021-02-04T09:00:00", Table("3424", "1"))


@pytest.fixture
def place(tmp_path) -> Path:
    """A project with the shipped tables and one report."""
    (tmp_path / "schemas").symlink_to(SCHEMAS)
    put(tmp_path / "input", REPORT)
    return tmp_path


def contents(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def give(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=place, env=environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


# --- folders ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("consolidate",),
        ("status",),
        ("receive", "ดอนมดแดง 1.xlsx"),
        ("withdraw", "ดอนมดแดง 1.xlsx", "--why", "ผิด"),
        ("start",),
    ],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize(
    "misplaced, told",
    [
        (("--input", "inptu"), ("inptu", "--input")),
        (("--output", "input/รวม"), ("input/รวม", "--output")),
    ],
    ids=["mistyped", "inside"],
)
def test_every_command_refuses_misplaced_folders_before_anything_is_made(place, words, misplaced, told):
    before = contents(place)
    ended = give(place, *words, *misplaced)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.strip().splitlines()) == 1
    assert all(word in ended.stderr for word in (*told, "กรุณา"))
    assert contents(place) == before


def test_a_run_refuses_an_input_folder_that_is_not_there_and_makes_none(tmp_path):
    with pytest.raises(ConfigurationError, match="ไม่พบโฟลเดอร์รับไฟล์"):
        rerun(tmp_path, publish=True)
    assert contents(tmp_path) == set()


def test_a_link_that_leads_nowhere_is_no_input_folder(tmp_path):
    (tmp_path / "input").symlink_to(tmp_path / "unmounted")
    with pytest.raises(ConfigurationError, match="ไม่พบโฟลเดอร์รับไฟล์"):
        refuse_misplaced(Folders(SCHEMAS, tmp_path / "input", tmp_path / "output"))


@pytest.mark.parametrize(
    "given, made",
    [
        ("input", "input"),
        ("input", "input/output"),
        ("input", "input/a/b/output"),
        ("input", "."),
        ("input", "elsewhere/../input"),
        ("link", "input"),
        ("input", "link"),
        ("link", "input/output"),
        ("input", "link/output"),
    ],
)
def test_input_and_output_one_in_the_other_are_refused_links_or_not(tmp_path, given, made):
    (tmp_path / "input").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "input")
    with pytest.raises(ConfigurationError, match="ไม่ซ้อนกัน"):
        refuse_misplaced(Folders(SCHEMAS, tmp_path / given, tmp_path / made))


@pytest.mark.parametrize("made", ["output", "input2", "input-output/input", "link/output"])
def test_folders_side_by_side_are_none_of_its_business(tmp_path, made):
    (tmp_path / "input").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    refuse_misplaced(Folders(SCHEMAS, tmp_path / "input", tmp_path / made))


# --- closed streams ---------------------------------------------------------------------------------------------


def closing(place: Path, words: str, closed: str) -> subprocess.CompletedProcess[str]:
    """Give a command in a shell that closes standard streams first; a run that never ends fails."""
    return subprocess.run(
        ["sh", "-c", f'exec "$0" -m pipeline {words} {closed}', sys.executable],
        cwd=place, env=environment(), capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_run_whose_streams_are_closed_does_its_work(place, closed):
    ended = closing(place, "consolidate -q --round 1 --as-of 2564-02-06", closed)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("\n") == (4 if closed == "2>&-" else 0)
    with (place / "output" / "1" / "roster.csv").open(encoding="utf-8-sig", newline="") as lines:
        counted = {row["district_code"] for row in csv.DictReader(lines) if row["status"] == "on_time"}
    assert counted == {"3424"}
    assert (place / "input" / "vault" / ".lock").read_bytes() == b""


@pytest.mark.parametrize("words", ["--version", "--help", "status --as-of 2564-02-06", "merge"])
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_other_commands_end_as_ever_with_their_streams_closed(place, words, closed):
    ended = closing(place, words, closed)
    assert ended.returncode == (2 if words == "merge" else 0)
    assert "Traceback" not in ended.stdout + ended.stderr
    assert ended.stdout == "" or closed == "2>&-"
    assert ended.stderr == "" or closed == ">&-"


def test_what_cannot_be_said_costs_no_more_than_the_saying(place):
    ended = closing(place, "merge", "2>/dev/full")
    assert (ended.returncode, ended.stdout) == (2, "")


# --- signals ----------------------------------------------------------------------------------------------------

TOLD = """
import multiprocessing, os, signal, sys
from pipeline import run
from pipeline.__main__ import main
from pipeline.lock import single_writer
words, number, whole_group = sys.argv[1].split(), int(sys.argv[2]), sys.argv[3] == "group"
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what runs in its background
true = run.understand_each
def told(*arguments):
    true(*arguments)
    assert multiprocessing.active_children(), "no reader is at work"
    os.killpg(0, number) if whole_group else os.kill(os.getpid(), number)
    signal.pause()
run.understand_each = told
sys.argv = ["pipeline", *words]
try:
    main()
finally:
    print(multiprocessing.active_children())
"""
"""Tells a run to stop, once the readers are at work and the lock is held."""


@pytest.mark.parametrize("whom", ["process", "group"])
@pytest.mark.parametrize("number, code", [(15, 143), (1, 129), (2, 130)])
def test_a_run_told_to_stop_says_so_and_leaves_nothing_behind(place, number, code, whom):
    done = subprocess.run(
        [sys.executable, "-c", TOLD, "consolidate --as-of 2564-02-06", str(number), whom],
        cwd=place, env=environment(), capture_output=True, encoding="utf-8", check=False,
        start_new_session=True, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr.strip(), done.stdout) == (code, STOPPED, "[]\n")
    assert not (place / "output").exists()
    with single_writer(place / "input", NOW):
        pass  # nobody holds the campaign any more


IGNORING = """
import os, signal, sys
from pipeline import cli
from pipeline.__main__ import main
def told(arguments):
    os.kill(os.getpid(), signal.SIGHUP)
    return 0
cli.carry_out = told
main()
"""


def test_what_the_caller_ignores_stays_ignored(place):
    done = subprocess.run(
        ["nohup", sys.executable, "-c", IGNORING],
        cwd=place, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


COPY = """
import os, signal
from multiprocessing import get_context
from pipeline.stopping import listen
listen()
copy = get_context("fork").Process(target=lambda: os.kill(os.getpid(), signal.SIGTERM))
copy.start()
copy.join()
print(copy.exitcode)
"""


def test_a_copy_that_is_told_to_stop_ends_without_a_word():
    done = subprocess.run(
        [sys.executable, "-c", COPY], env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "143\n", "")


# --- answers ----------------------------------------------------------------------------------------------------

SHA = "ab" * 32
GIVEN = ("ก.xlsx", "", "", "", "NO_DISTRICT", "3407/2", "นักวิเคราะห์", "โทรถามแล้ว")
NAMED = ("ก.xlsx", "", "แผ่น 1", "B10", "UNKNOWN_LOCAL_BODY", "ignore", "นักวิเคราะห์", "โทรถามแล้ว")


@pytest.fixture(scope="module")
def shipped():
    return load_campaign(SCHEMAS)


def but(row: tuple[str, ...], **changes: str) -> tuple[str, ...]:
    names = ("file", "sha256", "sheet", "cell", "code", "answer", "who", "why")
    return tuple(changes.get(name, cell) for name, cell in zip(names, row, strict=True))


CONTRADICTING = {
    "another place": (GIVEN, but(GIVEN, answer="3407/1")),
    "a place and none": (GIVEN, but(GIVEN, answer="ignore")),
    "another question of the same kind": (GIVEN, but(GIVEN, code="NO_ROUND", answer="3407/1")),
    "one content and all": (but(GIVEN, sha256=SHA), but(GIVEN, answer="ignore")),
    "all and one content": (GIVEN, but(GIVEN, sha256=SHA, answer="ignore")),
    "a beginning and the whole": (
        but(GIVEN, sha256=SHA[:8]),
        but(GIVEN, sha256=SHA, answer="ignore"),
    ),
    "one cell": (NAMED, but(NAMED, code="WRONG_BODY_TYPE", answer="{body}")),
}


@pytest.mark.parametrize("case", CONTRADICTING)
def test_answers_that_contradict_are_refused_at_the_second(tmp_path, shipped, case):
    body = shipped.registry.local_bodies[0].code
    first, second = (tuple(cell.format(body=body) for cell in row) for row in CONTRADICTING[case])
    answer(tmp_path, first, but(GIVEN, file="อื่น.xlsx"), second)
    with pytest.raises(ConfigurationError) as refused:
        load_answers(tmp_path / "answers.csv", shipped)
    assert f"ไฟล์ {tmp_path / 'answers.csv'} บรรทัดที่ 4:" in refused.value.sentence
    assert all(said in refused.value.sentence for said in ("บรรทัดที่ 2", f'"{first[5]}"', f'"{second[5]}"'))


AGREEING = {
    "the same twice": (GIVEN, GIVEN),
    "the same of one content and of all": (but(GIVEN, sha256=SHA), but(GIVEN, why="อีกครั้ง")),
    "of another file": (GIVEN, but(GIVEN, file="ข.xlsx", answer="ignore")),
    "of another content": (
        but(GIVEN, sha256=SHA[:8]),
        but(GIVEN, sha256=SHA[:7] + "0", answer="ignore"),
    ),
    "of another sheet": (but(GIVEN, sheet="1"), but(GIVEN, sheet="2", answer="ignore")),
    "of another cell": (NAMED, but(NAMED, cell="B11", answer="{body}")),
    "to another kind of question": (GIVEN, but(GIVEN, code="UNKNOWN_LOCAL_BODY", answer="{body}")),
}


@pytest.mark.parametrize("case", AGREEING)
def test_answers_that_stand_side_by_side_are_read(tmp_path, shipped, case):
    body = shipped.registry.local_bodies[0].code
    rows = [tuple(cell.format(body=body) for cell in row) for row in AGREEING[case]]
    answer(tmp_path, *rows)
    read = load_answers(tmp_path / "answers.csv", shipped)
    assert [each.answer for each in read] == [row[5] for row in rows]


# --- the sample -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [-5, 7, 9])
def test_start_keeps_the_times_of_the_register_wherever_the_machine_stands(place, hours):
    """A time without a zone is the province's own; the clock of the machine says nothing about it."""
    register = place / "input" / "receipts.csv"
    plain = register.read_text(encoding="utf-8-sig").replace("+07:00", "")
    register.write_text(plain, encoding="utf-8-sig")
    (place / "input" / "SAMPLE.toml").write_text(
        f'as_of = "2564-02-24T08:30:00+07:00"\n[[file]]\npath = "ก.xlsx"\nsha256 = "{"0" * 64}"\n',
        encoding="utf-8",
    )
    start(place / "input", NOW.astimezone(timezone(timedelta(hours=hours))))
    with register.open(encoding="utf-8-sig", newline="") as lines:
        kept = list(csv.DictReader(lines))
    assert [datetime.fromisoformat(row["received_at"]) for row in kept] == [
        datetime.fromisoformat("2021-02-04T09:00:00+07:00")
    ]


# --- digits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, number",
    [("１２３", 123), ("１,２３４", 1234), ("１２ ครัวเรือน", 12), ("1.0", 1), ("12.00", 12), ("1000.000", 1000),
     ("1,234.000", 1234), ("0.000", 0), ("1.0000", 1)],
)  # fmt: skip
def test_a_count_in_other_digits_or_with_zeros_behind_is_read(text, number):
    assert (parse_count(text).value, parse_count(text).problem) == (number, "")


@pytest.mark.parametrize(
    "text, example",
    [("1.000", "1000"), ("12.000", "12000"), ("-1.000", "1000"), ("๑.๐๐๐", "1000"), ("１.０００", "1000"),
     ("1.000 คน", "1000"), ("1.037", "1037"), ("1 000", "1000"), ("1\u00a0000", "1000"), ("1 037 คน", "1037"),
     ("1.000.000", "1000000"), ("12 345.", "12345"), ("12.5", "12"), ("1 23", "1"), ("12 คน 345 คน", "12"),
     ("1 000-2 000", "1"), ("1234 567", "1234"), ("ประมาณ １００", "100"), ("ครบ", "120")],
)  # fmt: skip
def test_a_count_that_may_mean_thousands_stays_unknown_and_its_example_does_not_mislead(text, example):
    parsed = parse_count(text)
    assert (parsed.value, parsed.problem, dict(parsed.facts)["example"]) == (None, "BAD_VALUE", example)


def test_an_area_has_three_decimals_if_it_says_so():
    assert (parse_area("1.000").value, parse_area("１.２５０").value) == (1.0, 1.25)
