"""Receiving: the gate, the vault, the register, and what a person tells it."""

import errno
import hashlib
import os
import socket
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pipeline.exceptions import CannotWrite, ConfigurationError
from pipeline.model import Finding
from pipeline.receive import Received, receive, snapshot
from pipeline.receive.register import read_register
from pipeline.receive.told import tell, withdraw

TZ = ZoneInfo("Asia/Bangkok")
NOW = datetime(2021, 2, 8, 9, 0, tzinfo=TZ)
SENT = datetime(2021, 2, 5, 16, 30, tzinfo=TZ)
EMPTY = hashlib.sha256(b"").hexdigest()


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def put(folder: Path, file: str, content: bytes = b"PK one", at: datetime = SENT) -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def no_sleep(seconds: float) -> None:
    raise AssertionError(f"slept {seconds}")


def run(folder: Path, now: datetime = NOW, sleep=no_sleep) -> Received:
    return receive(folder, now, TZ, sleep)


def told(folder: Path, *files, at=None, note="", now=NOW):
    return tell(folder, [Path(file) for file in files], at, note, now, TZ)


def events(folder: Path) -> list[tuple[str, str, str]]:
    rows = read_register(folder / "receipts.csv", TZ)
    return [(row.event, row.file, row.sha256) for row in rows]


def vaulted(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "vault").iterdir())


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "input"
    made.mkdir()
    return made


# --- a first arrival ------------------------------------------------------------------------------------------


def test_a_file_arrives_at_its_own_time_into_register_and_vault(folder):
    put(folder, "รอบ 1/เดชอุดม.xlsx")
    received = run(folder)
    (submission,) = received.submissions
    arrival = submission.arrival
    assert (arrival.file, arrival.sha256) == ("รอบ 1/เดชอุดม.xlsx", sha(b"PK one"))
    assert (arrival.received_at, arrival.source) == (SENT, "file_time")
    assert submission.snapshot == folder / "vault" / sha(b"PK one")
    assert submission.snapshot.read_bytes() == b"PK one"
    assert (submission.findings, submission.readable) == ((), True)
    (row,) = read_register(folder / "receipts.csv", TZ)
    assert (row,) == received.registered
    assert (row.recorded_at, row.received_at, row.event) == (NOW, SENT, "arrived")


def test_a_second_run_adds_nothing_and_gives_the_same(folder):
    put(folder, "a.xlsx")
    put(folder, "b/c.xlsx", b"two")
    first = run(folder)
    register, vault = (folder / "receipts.csv").read_bytes(), vaulted(folder)
    second = run(folder, NOW + timedelta(days=1))
    assert second.submissions == first.submissions
    assert second.registered == ()
    assert (folder / "receipts.csv").read_bytes() == register
    assert vaulted(folder) == vault == sorted((sha(b"PK one"), sha(b"two")))


def test_new_rows_stand_in_the_order_of_their_times_then_names(folder):
    put(folder, "b.xlsx", b"2", SENT)
    put(folder, "a.xlsx", b"1", SENT)
    put(folder, "z.xlsx", b"3", SENT - timedelta(days=1))
    assert [row.file for row in run(folder).registered] == ["z.xlsx", "a.xlsx", "b.xlsx"]


def test_a_time_that_lies_ahead_becomes_now_and_one_before_1970_becomes_1970(folder):
    put(folder, "ahead.xlsx", b"1", NOW + timedelta(days=300))
    put(folder, "old.xlsx", b"2", datetime(1960, 1, 1, tzinfo=TZ))
    assert {row.file: row.received_at.isoformat() for row in run(folder).registered} == {
        "ahead.xlsx": "2021-02-08T09:00:00+07:00",
        "old.xlsx": "1970-01-01T07:00:00+07:00",
    }


def test_the_file_time_is_cut_to_the_second_never_rounded_up_past_a_due_date(folder):
    last = datetime(2021, 2, 5, 23, 59, 59, tzinfo=TZ)
    path = put(folder, "a.xlsx")
    os.utime(path, ns=(0, int(last.timestamp()) * 10**9 + 999_999_999))
    assert run(folder).registered[0].received_at == last


def test_twins_are_two_arrivals_of_one_content(folder):
    put(folder, "ก.xlsx")
    put(folder, "ข.xlsx")
    one, two = run(folder).submissions
    assert one.snapshot == two.snapshot
    assert [one.arrival.file, two.arrival.file] == ["ก.xlsx", "ข.xlsx"]


def test_the_campaigns_own_files_are_none_of_the_districts(folder):
    for name in ("answers.csv", "corrections.csv", "SAMPLE.toml", "README.md", "Readme", ".gitkeep", "ก/.gitkeep",
                 "vault/.lock", "editions/1/values.csv"):  # fmt: skip
        put(folder, name)
    received = run(folder)
    assert (received.submissions, received.refused, received.ignored) == ((), (), ())
    assert not (folder / "receipts.csv").exists()


def test_the_same_names_deeper_down_are_a_districts_files(folder):
    put(folder, "เดชอุดม/answers.csv")
    put(folder, "เดชอุดม/vault/README.md", b"2")
    put(folder, "README เดชอุดม.xlsx", b"3")
    assert [one.arrival.file for one in run(folder).submissions] == [
        "README เดชอุดม.xlsx",
        "เดชอุดม/answers.csv",
        "เดชอุดม/vault/README.md",
    ]


def test_a_folder_that_cannot_be_listed_is_none_in_which_nothing_lies(folder, monkeypatch):
    """Else every file would be registered as vanished, and the outputs made without any."""
    put(folder, "a.xlsx")
    run(folder)
    before = (folder / "receipts.csv").read_bytes()
    listdir = os.listdir

    def refuse(place):
        if Path(place) == folder:
            raise OSError(errno.EIO, "Input/output error")
        return listdir(place)

    monkeypatch.setattr("os.listdir", refuse)
    with pytest.raises(ConfigurationError, match="เปิดโฟลเดอร์รับไฟล์"):
        run(folder)
    assert (folder / "receipts.csv").read_bytes() == before


def test_a_missing_folder_is_the_operators_to_mend(tmp_path):
    with pytest.raises(ConfigurationError, match=r"เปิดโฟลเดอร์รับไฟล์ .*ไม่มี.* ไม่ได้"):
        run(tmp_path / "ไม่มี")


# --- ignored by name ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, reason",
    [
        ("~$รายงาน.xlsx", "ไฟล์ชั่วคราวของโปรแกรมที่กำลังเปิดไฟล์อยู่"),
        (".~lock.รายงาน.xlsx#", "ไฟล์ชั่วคราวของโปรแกรมที่กำลังเปิดไฟล์อยู่"),
        ("._รายงาน.xlsx", "ไฟล์ของระบบปฏิบัติการ"),
        (".DS_Store", "ไฟล์ของระบบปฏิบัติการ"),
        ("Thumbs.db", "ไฟล์ของระบบปฏิบัติการ"),
        ("Desktop.ini", "ไฟล์ของระบบปฏิบัติการ"),
        (".ซ่อน.xlsx", "ไฟล์หรือโฟลเดอร์ซ่อน"),
    ],
)
def test_ignored_names_are_listed_and_nothing_else_comes_of_them(folder, name, reason):
    put(folder, f"เดชอุดม/{name}")
    received = run(folder)
    assert [(one.file, one.reason, one.modified_at) for one in received.ignored] == [
        (f"เดชอุดม/{name}", reason, SENT)
    ]
    assert (received.submissions, received.refused, received.registered) == ((), (), ())


def test_a_hidden_folder_is_listed_once_and_not_entered(folder):
    put(folder, ".sync/a.xlsx")
    received = run(folder)
    assert [one.file for one in received.ignored] == [".sync"]
    assert received.submissions == ()


# --- the gate -------------------------------------------------------------------------------------------------


def refusals(received: Received) -> list[tuple[str, str, str]]:
    return [
        (one.arrival.file, one.findings[0].code, dict(one.findings[0].facts)["why"])
        for one in received.refused
    ]


def test_an_empty_file_arrives_and_cannot_be_read(folder):
    put(folder, "a.xlsx", b"")
    (submission,) = run(folder).submissions
    assert (submission.findings, submission.readable) == ((Finding("EMPTY_FILE"),), False)
    assert submission.arrival.received_at == SENT
    assert events(folder) == [("arrived", "a.xlsx", EMPTY)]


def test_a_file_over_the_limit_arrives_and_is_not_copied(folder, monkeypatch):
    monkeypatch.setattr(snapshot, "MAX_BYTES", 5)
    put(folder, "large.xlsx", b"123456")
    put(folder, "fits.xlsx", b"12345")
    fits, large = sorted(run(folder).submissions, key=lambda one: one.arrival.file)
    assert (fits.findings, fits.readable, fits.snapshot.read_bytes()) == ((), True, b"12345")
    assert [finding.code for finding in large.findings] == ["TOO_LARGE"]
    assert dict(large.findings[0].facts) == {"size_mb": "1", "limit_mb": "50"}
    assert not large.readable
    assert not large.snapshot.exists()
    assert ("arrived", "large.xlsx", sha(b"123456")) in events(folder)


def test_a_large_file_that_was_replaced_is_still_known_as_too_large(folder, monkeypatch):
    monkeypatch.setattr(snapshot, "MAX_BYTES", 5)
    put(folder, "a.xlsx", b"123456")
    run(folder)
    put(folder, "a.xlsx", b"small")
    old, new = run(folder).submissions
    assert ([one.code for one in old.findings], old.readable) == (["TOO_LARGE"], False)
    assert (new.findings, new.readable) == ((), True)


@pytest.mark.parametrize("name", ["a.xlsx.crdownload", "a.part", "a.TMP", "a.xlsx.download"])
def test_a_temporary_name_is_partial_and_not_registered(folder, name):
    put(folder, name)
    received = run(folder)
    suffix = Path(name).suffix.lower()
    assert refusals(received) == [(name, "PARTIAL", f"ชื่อลงท้ายด้วย {suffix} แปลว่ายังส่งไม่เสร็จ")]
    assert (received.submissions, received.registered) == ((), ())
    assert (received.refused[0].arrival.sha256, received.refused[0].readable) == ("", False)


def test_a_download_that_is_a_folder_is_partial_and_not_entered(folder):
    put(folder, "a.xlsx.download/a.xlsx")
    assert [one[:2] for one in refusals(run(folder))] == [("a.xlsx.download", "PARTIAL")]


def test_what_is_no_regular_file_is_refused_without_opening_it(folder):
    outside = put(folder.parent, "outside.xlsx")
    (folder / "link.xlsx").symlink_to(outside)
    (folder / "folder.xlsx").symlink_to(folder.parent, target_is_directory=True)
    os.mkfifo(folder / "pipe.xlsx")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s"))
        received = run(folder)
    assert refusals(received) == [
        ("folder.xlsx", "NOT_REGULAR", "ทางลัด"),
        ("link.xlsx", "NOT_REGULAR", "ทางลัด"),
        ("pipe.xlsx", "NOT_REGULAR", "ท่อส่งข้อมูล"),
        ("s", "NOT_REGULAR", "ช่องสื่อสารของโปรแกรม"),
    ]
    assert received.submissions == ()


def test_a_file_that_becomes_a_link_or_a_pipe_after_it_was_listed_is_refused(folder):
    link, pipe = put(folder, "link.xlsx", at=NOW), put(folder, "pipe.xlsx", at=NOW)
    outside = put(folder.parent, "outside.xlsx", b"PK one", NOW)

    def swap(_seconds):
        link.unlink()
        link.symlink_to(outside)
        pipe.unlink()
        os.mkfifo(pipe)

    def keep_looks(self):
        return original(outside if self in (link, pipe) else self)

    original = Path.lstat
    with pytest.MonkeyPatch.context() as patch:
        received = receive(
            folder, NOW, TZ, lambda seconds: (swap(seconds), patch.setattr(Path, "lstat", keep_looks))
        )
    assert [one[:2] for one in refusals(received)] == [
        ("link.xlsx", "NOT_REGULAR"),
        ("pipe.xlsx", "NOT_REGULAR"),
    ]
    assert received.registered == ()


@pytest.mark.parametrize("number, why", [(errno.EACCES, "ไม่มีสิทธิ์อ่านไฟล์นี้"), (errno.EIO, "อ่านจากดิสก์ไม่สำเร็จ")])
def test_a_file_that_cannot_be_opened_is_refused_and_stays_what_the_register_says(
    folder, monkeypatch, number, why
):
    put(folder, "a.xlsx")
    put(folder, "b.xlsx", b"other")
    run(folder)
    plain = os.open

    def closed(path, *args, **more):
        if str(path).endswith("a.xlsx"):
            raise OSError(number, "no")
        return plain(path, *args, **more)

    monkeypatch.setattr(os, "open", closed)
    received = run(folder)
    assert refusals(received) == [("a.xlsx", "UNREADABLE", why)]
    assert received.registered == ()
    assert [one.readable for one in received.submissions] == [True, True]


def test_files_in_a_folder_that_cannot_be_opened_have_not_vanished(folder, monkeypatch):
    put(folder, "ก/ข/a.xlsx")
    put(folder, "กก/a.xlsx", b"2")
    run(folder)
    (folder / "กก/a.xlsx").unlink()
    plain = os.listdir

    def closed(path):
        if Path(path).name == "ก":
            raise PermissionError(errno.EACCES, "no")
        return plain(path)

    monkeypatch.setattr(os, "listdir", closed)
    received = run(folder)
    assert refusals(received) == [("ก", "UNREADABLE", "ไม่มีสิทธิ์เปิดโฟลเดอร์นี้")]
    assert [(row.event, row.file) for row in received.registered] == [("vanished", "กก/a.xlsx")]


def test_a_name_that_is_no_utf8_arrives_under_its_spelling(folder):
    path = put(folder, os.fsdecode(b"\xc3\xd2\xc2.xls"))
    (submission,) = run(folder).submissions
    assert submission.arrival.file == "\\xc3\\xd2\\xc2.xls"
    assert run(folder).registered == ()
    assert told(folder, submission.arrival.file)[0].event == "corrected"
    path.unlink()
    assert [row.event for row in run(folder).registered] == ["vanished"]


def test_a_decomposed_name_stays_as_the_disk_has_it(folder):
    put(folder, "น\u0e49\u0e4d\u0e32ยืน.xlsx")
    assert run(folder).submissions[0].arrival.file == "น\u0e49\u0e4d\u0e32ยืน.xlsx"


# --- still being written --------------------------------------------------------------------------------------


def test_files_of_the_last_two_seconds_are_looked_at_again_all_after_one_pause(folder):
    growing = put(folder, "growing.xlsx", at=NOW)
    put(folder, "done.xlsx", b"2", NOW - timedelta(seconds=2))
    slept = []

    def grow(seconds):
        slept.append(seconds)
        put(folder, growing.name, b"PK one and more", NOW)

    received = run(folder, sleep=grow)
    assert slept == [0.5]
    assert refusals(received) == [("growing.xlsx", "PARTIAL", "ไฟล์ยังโตอยู่ แปลว่ายังส่งไม่เสร็จ")]
    assert events(folder) == [("arrived", "done.xlsx", sha(b"2"))]
    assert not (folder / "vault" / sha(b"PK one")).exists()
    assert [row.file for row in run(folder, sleep=lambda _: None).registered] == ["growing.xlsx"]


def test_older_files_are_not_waited_for(folder):
    put(folder, "a.xlsx", at=NOW - timedelta(seconds=3))
    put(folder, "b.xlsx", at=NOW + timedelta(seconds=3))
    assert len(run(folder, sleep=no_sleep).submissions) == 2


def test_a_growing_file_at_a_known_path_is_neither_vanished_nor_new(folder):
    put(folder, "a.xlsx")
    run(folder)
    put(folder, "a.xlsx", b"new", NOW)
    received = run(folder, sleep=lambda _: put(folder, "a.xlsx", b"newer", NOW) and None)
    assert received.registered == ()
    assert [one.arrival.sha256 for one in received.submissions] == [sha(b"PK one")]


def test_a_file_that_changes_while_it_is_read_is_partial(folder, monkeypatch):
    path = put(folder, "a.xlsx")
    plain, calls = os.fstat, []

    def touched(descriptor):
        calls.append(descriptor)
        if len(calls) == 3:
            os.utime(path, (0, 0))
        return plain(descriptor)

    monkeypatch.setattr(os, "fstat", touched)
    received = run(folder)
    assert refusals(received) == [("a.xlsx", "PARTIAL", "ไฟล์เปลี่ยนระหว่างที่อ่าน แปลว่ายังส่งไม่เสร็จ")]
    assert received.registered == ()


def test_a_file_that_goes_between_listing_and_opening_has_vanished(folder):
    put(folder, "a.xlsx", at=NOW)
    run(folder, sleep=lambda _: None)
    path = put(folder, "a.xlsx", b"changed a moment ago", at=NOW)
    assert [row.event for row in run(folder, sleep=lambda _: path.unlink()).registered] == ["vanished"]


# --- replaced, vanished, back ---------------------------------------------------------------------------------


def test_a_path_with_another_content_has_a_new_arrival_and_the_old_content_stays(folder):
    contents = (b"one", b"two", b"one")
    for day, content in enumerate(contents):
        put(folder, "a.xlsx", content, SENT + timedelta(days=day))
        received = run(folder)
    assert [one.snapshot.read_bytes() for one in received.submissions] == list(contents)
    assert [one.arrival.received_at.day for one in received.submissions] == [5, 6, 7]
    assert [event for event, _, _ in events(folder)] == ["arrived"] * 3


def test_a_known_content_with_a_new_file_time_is_no_arrival(folder):
    put(folder, "a.xlsx")
    run(folder)
    put(folder, "a.xlsx", at=SENT + timedelta(days=1))
    assert run(folder).registered == ()


def test_a_file_that_is_gone_is_noted_once_counted_from_the_vault_and_asked_about(folder):
    path = put(folder, "a.xlsx")
    run(folder)
    path.unlink()
    later = NOW + timedelta(days=1)
    (row,) = run(folder, later).registered
    assert (row.event, row.recorded_at, row.received_at, row.source) == ("vanished", later, SENT, "file_time")
    again = run(folder, later)
    assert again.registered == ()
    (submission,) = again.submissions
    assert (submission.arrival.vanished, submission.readable) == (True, True)
    assert submission.findings == (Finding("VANISHED"),)
    assert submission.snapshot.read_bytes() == b"PK one"


def test_a_vanished_file_that_is_back_is_a_new_arrival(folder):
    path = put(folder, "a.xlsx")
    run(folder)
    path.unlink()
    run(folder)
    put(folder, "a.xlsx", at=SENT + timedelta(days=1))
    old, new = run(folder).submissions
    assert (old.arrival.vanished, new.arrival.vanished) == (True, False)
    assert new.arrival.received_at == SENT  # when it was received first, whatever its file's time is now


def test_a_content_lost_from_the_vault_is_said_and_not_read(folder):
    path = put(folder, "a.xlsx")
    kept = run(folder).submissions[0].snapshot
    path.unlink()
    kept.unlink()
    (submission,) = run(folder).submissions
    assert not submission.readable
    assert [finding.code for finding in submission.findings] == ["UNREADABLE", "VANISHED"]
    assert "ไม่พบเนื้อไฟล์ในคลัง" in dict(submission.findings[0].facts)["why"]


def test_a_damaged_snapshot_is_made_good_from_the_file_and_never_read_without_it(folder):
    path = put(folder, "a.xlsx")
    kept = run(folder).submissions[0].snapshot
    kept.chmod(0o644)
    kept.write_bytes(b"PK 0ne")
    assert run(folder).submissions[0].snapshot.read_bytes() == b"PK one"
    kept.chmod(0o644)
    kept.write_bytes(b"PK 0ne")
    path.unlink()
    assert not run(folder).submissions[0].readable


def test_a_vault_that_cannot_be_written_leaves_the_register_alone(folder):
    put(folder, "a.xlsx")
    (folder / "vault").write_bytes(b"")
    with pytest.raises(CannotWrite) as caught:
        run(folder)
    assert caught.value.exit_code == 74
    assert not (folder / "receipts.csv").exists()


def test_no_litter_is_left_in_the_vault(folder):
    put(folder, "a.xlsx")
    run(folder)
    assert vaulted(folder) == [sha(b"PK one")]


def test_a_known_content_is_hashed_and_not_written_again(folder, monkeypatch):
    put(folder, "a.xlsx")
    put(folder, "b.xlsx", b"")
    run(folder)
    monkeypatch.setattr("pipeline.receive.vault.replace_file", lambda *_: pytest.fail("written"))
    assert len(run(folder).submissions) == 2


# --- told by a person -----------------------------------------------------------------------------------------


def test_a_new_file_told_arrives_from_the_register(folder):
    path = put(folder, "a.xlsx")
    (row,) = told(folder, path, at=SENT - timedelta(hours=2), note="ทางไลน์")
    assert (row.event, row.source, row.received_at) == ("arrived", "register", SENT - timedelta(hours=2))
    assert (row.note, row.recorded_at) == ("ทางไลน์", NOW)
    received = run(folder)
    assert received.registered == ()
    assert received.submissions[0].arrival.source == "register"
    assert received.submissions[0].readable


def test_a_known_file_told_is_corrected_and_stays_one_arrival(folder):
    path = put(folder, "a.xlsx")
    run(folder)
    (row,) = told(folder, path, at=datetime(2021, 2, 4, 8, 0))
    assert row.event == "corrected"
    (submission,) = run(folder).submissions
    assert submission.arrival.received_at == datetime(2021, 2, 4, 8, 0, tzinfo=TZ)
    assert submission.arrival.source == "register"


def test_without_a_time_it_was_received_now(folder):
    assert told(folder, put(folder, "a.xlsx"))[0].received_at == NOW


def test_a_changed_file_told_is_a_new_arrival(folder):
    path = put(folder, "a.xlsx")
    run(folder)
    put(folder, "a.xlsx", b"two")
    assert (told(folder, path)[0].event, told(folder, path)[0].event) == ("arrived", "corrected")


@pytest.mark.parametrize("given", ["ก/a.xlsx", "../input/ก/a.xlsx", "absolute"])
def test_a_file_is_named_from_here_or_from_the_folder(folder, monkeypatch, given):
    path = put(folder, "ก/a.xlsx")
    monkeypatch.chdir(folder.parent)
    named = path if given == "absolute" else Path(given)
    assert told(folder, named)[0].file == "ก/a.xlsx"
    assert told(Path("input"), named)[0].file == "ก/a.xlsx"
    assert told(Path("input"), "input/ก/a.xlsx")[0].file == "ก/a.xlsx"


def test_a_file_named_twice_is_told_once(folder):
    path = put(folder, "a.xlsx")
    assert len(told(folder, path, "a.xlsx")) == 1


def test_a_file_that_is_gone_can_still_be_corrected(folder):
    path = put(folder, "a.xlsx")
    run(folder)
    path.unlink()
    assert told(folder, path, at=SENT)[0].event == "corrected"
    assert told(folder, "a.xlsx", at=SENT)[0].event == "corrected"


def test_a_file_outside_is_refused_with_the_way_out_and_none_of_the_others_is_told(folder):
    inside, outside = put(folder, "a.xlsx"), put(folder.parent, "b.xlsx")
    with pytest.raises(ConfigurationError, match="อยู่นอกโฟลเดอร์รับไฟล์ กรุณาคัดลอกไฟล์ไปไว้ใน"):
        told(folder, inside, outside)
    assert not (folder / "receipts.csv").exists()


@pytest.mark.parametrize(
    "name, words",
    [
        ("a.xlsx.part", "ยังส่งไม่เสร็จ"),
        ("~$a.xlsx", "ไฟล์ชั่วคราว"),
        ("answers.csv", "ไม่ใช่ไฟล์รายงานที่รับได้"),
        ("vault/x", "ไม่ใช่ไฟล์รายงานที่รับได้"),
        (".ซ่อน/a.xlsx", "ไม่ใช่ไฟล์รายงานที่รับได้"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_reason(folder, name, words):
    with pytest.raises(ConfigurationError, match=words):
        told(folder, put(folder, name))


def test_a_folder_is_refused(folder):
    put(folder, "ก/a.xlsx")
    with pytest.raises(ConfigurationError, match="เป็นโฟลเดอร์ กรุณาระบุทีละไฟล์"):
        told(folder, folder / "ก")


def test_a_file_that_is_nowhere_is_refused_with_the_nearest_names(folder):
    put(folder, "เดชอุดม.xlsx")
    run(folder)
    with pytest.raises(ConfigurationError, match=r"ไม่พบไฟล์ เดชอุดม\.xls ชื่อใกล้เคียงในทะเบียนคือ เดชอุดม\.xlsx"):
        told(folder, "เดชอุดม.xls")


def test_a_time_that_lies_ahead_is_refused(folder):
    with pytest.raises(ConfigurationError, match="ยังมาไม่ถึง"):
        told(folder, put(folder, "a.xlsx"), at=NOW + timedelta(seconds=1))


# --- withdrawn ------------------------------------------------------------------------------------------------


def test_a_withdrawn_arrival_says_who_and_why_and_stays_withdrawn(folder):
    path = put(folder, "a.xlsx")
    run(folder)
    row = withdraw(folder, Path("a.xlsx"), "ผิดอำเภอ", "กลุ่มงาน", NOW, TZ)
    assert (row.event, row.received_at, row.note) == ("withdrawn", SENT, "ผิดอำเภอ (โดย กลุ่มงาน)")
    (submission,) = run(folder).submissions
    assert submission.arrival.withdrawn == "ผิดอำเภอ (โดย กลุ่มงาน)"
    path.unlink()
    assert run(folder).registered == ()
    put(folder, "a.xlsx")
    assert run(folder).registered == ()
    assert run(folder).submissions[0].findings == ()


def test_a_withdrawn_file_told_again_arrives_again(folder):
    path = put(folder, "a.xlsx")
    run(folder)
    withdraw(folder, path, "ผิดอำเภอ", "", NOW, TZ)
    assert told(folder, path)[0].event == "arrived"
    assert [one.arrival.withdrawn for one in run(folder).submissions] == ["ผิดอำเภอ", ""]


def test_withdrawing_takes_the_newest_standing_arrival_and_then_the_one_before(folder):
    for content in (b"one", b"two"):
        path = put(folder, "a.xlsx", content)
        run(folder)
    assert withdraw(folder, path, "ผิด", "", NOW, TZ).sha256 == sha(b"two")
    assert withdraw(folder, path, "ผิด", "", NOW, TZ).sha256 == sha(b"one")
    with pytest.raises(ConfigurationError, match="ถอนไปแล้ว: ผิด"):
        withdraw(folder, path, "ผิด", "", NOW, TZ)


def test_withdrawing_needs_a_reason_and_a_registered_file(folder):
    path = put(folder, "a.xlsx")
    with pytest.raises(ConfigurationError, match="ต้องบอกเหตุผล"):
        withdraw(folder, path, " ", "", NOW, TZ)
    with pytest.raises(ConfigurationError, match="ยังไม่อยู่ในทะเบียนรับ"):
        withdraw(folder, path, "ผิด", "", NOW, TZ)
    assert not (folder / "receipts.csv").exists()


# --- whatever happens -----------------------------------------------------------------------------------------


class Campaign(RuleBasedStateMachine):
    """Files come, change, go and are told of in any order; a plain model says what must have been noted."""

    names = st.sampled_from(["a.xlsx", "ก/ข.xlsx", "ก/ค.xls"])
    contents = st.sampled_from([b"", b"one", b"two", b"three"])

    def __init__(self):
        super().__init__()
        self.home = tempfile.TemporaryDirectory()
        self.folder = Path(self.home.name) / "input"
        self.folder.mkdir()
        self.disk: dict[str, bytes] = {}
        self.last: dict[str, bytes | None] = {}
        self.arrived: list[tuple[str, str]] = []
        self.now = NOW

    def teardown(self):
        self.home.cleanup()

    @rule(name=names, content=contents)
    def send(self, name, content):
        put(self.folder, name, content)
        self.disk[name] = content

    @precondition(lambda self: self.disk)
    @rule(data=st.data())
    def remove(self, data):
        name = data.draw(st.sampled_from(sorted(self.disk)))
        (self.folder / name).unlink()
        del self.disk[name]

    @rule()
    def consolidate(self):
        self.now += timedelta(hours=1)
        received = run(self.folder, self.now)
        new = [name for name, content in self.disk.items() if self.last.get(name) != content]
        gone = [name for name, content in self.last.items() if content is not None and name not in self.disk]
        noted = sorted((row.event, row.file) for row in received.registered)
        assert noted == sorted([*(("arrived", name) for name in new), *(("vanished", name) for name in gone)])
        self.last |= {name: self.disk[name] for name in new} | dict.fromkeys(gone)
        self.arrived += [(row.file, row.sha256) for row in received.registered if row.event == "arrived"]
        assert [(one.arrival.file, one.arrival.sha256) for one in received.submissions] == self.arrived
        assert all(one.readable == (one.arrival.sha256 != EMPTY) for one in received.submissions)
        assert all(sha(one.snapshot.read_bytes()) == one.arrival.sha256 for one in received.submissions)

    @invariant()
    def nothing_that_was_noted_is_lost(self):
        assert [
            (file, sha256) for event, file, sha256 in events(self.folder) if event == "arrived"
        ] == self.arrived


TestCampaign = Campaign.TestCase
TestCampaign.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


def test_a_known_content_is_not_waited_for_however_new_its_file_is(folder):
    put(folder, "a.xlsx", at=NOW)
    run(folder, sleep=lambda _: None)
    waits: list[float] = []
    assert run(folder, sleep=waits.append).registered == ()
    assert waits == []
