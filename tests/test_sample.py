"""The sample campaign: what belongs to it, and putting it away without losing anything real."""

import errno
import hashlib
import shutil
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline import durable, sample
from pipeline.exceptions import CannotWrite, ConfigurationError
from pipeline.receive import receive
from pipeline.receive.register import read_register, register_content
from pipeline.receive.told import tell
from pipeline.sample import foreign_files, load_sample, start, staying

TZ = ZoneInfo("Asia/Bangkok")
NOW = datetime(2021, 2, 24, 8, 30, tzinfo=TZ)
FILES = {"รอบ 1/เดชอุดม.xlsx": b"sample one", "รอบ 1/วารินชำราบ.xlsx": b"sample two", "ว่าง.xlsx": b""}
REPLACED = b"sample one, first try"
ANSWERS = "\ufeffquestion,answer\nก,ข\n"


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def put(folder: Path, file: str, content: bytes) -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def run(folder: Path):
    return receive(folder, NOW, TZ, lambda _: None)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def packed(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture
def folder(tmp_path):
    """A sample of three files, one of them sent twice, with register, vault, answers and an edition."""
    made = tmp_path / "input"
    put(made, "รอบ 1/เดชอุดม.xlsx", REPLACED)
    run(made)
    for file, content in FILES.items():
        put(made, file, content)
    run(made)
    pairs = [*((file, sha(content)) for file, content in FILES.items()), ("รอบ 1/เดชอุดม.xlsx", sha(REPLACED))]
    tables = "".join(f'[[file]]\npath = "{file}"\nsha256 = "{sha256}"\n' for file, sha256 in pairs)
    put(made, "SAMPLE.toml", f'as_of = "2564-02-24T08:30:00+07:00"\n{tables}'.encode())
    put(made, "answers.csv", ANSWERS.encode())
    put(made, "editions/1/values.csv", b"sample figures")
    put(made, "README.md", b"read me")
    return made


EMPTIED = {
    "receipts.csv": register_content(()),
    "answers.csv": "\ufeffquestion,answer\n".encode(),
    "README.md": b"read me",
}


# --- what belongs to it ---------------------------------------------------------------------------------------


def test_the_sample_tells_its_own_time_and_its_files(folder):
    loaded = load_sample(folder)
    assert loaded.as_of == NOW
    assert ("ว่าง.xlsx", sha(b"")) in loaded.files
    assert len(loaded.files) == 4


def test_without_its_mark_there_is_no_sample(tmp_path):
    assert load_sample(tmp_path) is None


@pytest.mark.parametrize(
    "text, words",
    [
        ('as_of = "เมื่อวาน"', "บรรทัดที่ 1: as_of พบ"),
        ("x = 1", "ต้องมี as_of"),
        ('as_of = "2564-02-24T08:30"\n[[file]]\npath = "a"\nsha256 = "b"', "บรรทัดที่ 4: .*ต้องเป็นรหัส 64 ตัว"),
        ('as_of = "2564-02-24T08:30"\n[[file]]\npath = "a"', "ต้องมี sha256"),
        ("as_of = \nx = 1", "บรรทัดที่ 1: เขียนไม่ถูกรูปแบบ"),
    ],
)
def test_a_wrong_mark_is_refused_with_its_line(tmp_path, text, words):
    put(tmp_path, "SAMPLE.toml", text.encode())
    with pytest.raises(ConfigurationError, match=words):
        load_sample(tmp_path)


def test_foreign_is_every_arrival_whose_name_and_content_are_not_both_the_samples(folder):
    put(folder, "ของจริง.xlsx", b"real")
    put(folder, "รอบ 1/เดชอุดม.xlsx", b"edited")
    put(folder, "สำเนา.xlsx", b"sample two")
    found = foreign_files(load_sample(folder), run(folder).submissions)
    assert sorted(arrival.file for arrival in found) == ["ของจริง.xlsx", "รอบ 1/เดชอุดม.xlsx", "สำเนา.xlsx"]


def test_the_sample_alone_has_nothing_foreign(folder):
    assert foreign_files(load_sample(folder), run(folder).submissions) == ()


# --- putting it away ------------------------------------------------------------------------------------------


def test_the_sample_goes_into_a_zip_beside_and_an_empty_campaign_is_left(folder, tmp_path):
    before = snapshot(folder)
    archive = start(folder, NOW)
    assert archive == tmp_path / "input-sample.zip"
    assert packed(archive) == {name: content for name, content in before.items() if name != "README.md"}
    assert snapshot(folder) == EMPTIED
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md",
        "answers.csv",
        "receipts.csv",
        "vault",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["input", "input-sample.zip"]
    received = run(folder)
    assert (received.submissions, received.registered, staying(folder)) == ((), (), ())


def test_the_zip_unpacked_is_the_sample_again(folder, tmp_path):
    with zipfile.ZipFile(start(folder, NOW)) as opened:
        opened.extractall(tmp_path / "again")
    assert foreign_files(load_sample(tmp_path / "again"), run(tmp_path / "again").submissions) == ()
    assert len(run(tmp_path / "again").submissions) == 4


def test_without_a_sample_it_says_so_and_touches_nothing(tmp_path):
    put(tmp_path / "input", "ของจริง.xlsx", b"real")
    with pytest.raises(ConfigurationError, match="ไม่มีข้อมูลตัวอย่างให้เก็บ"):
        start(tmp_path / "input", NOW)
    assert snapshot(tmp_path) == {"input/ของจริง.xlsx": b"real"}


def test_a_real_file_stays_with_its_register_rows_and_content_and_is_named(folder):
    path = put(folder, "รอบ 1/ตาลสุม.xlsx", b"real, first")
    tell(folder, [path], NOW - timedelta(hours=3), "ทางไลน์", NOW, TZ)
    path.write_bytes(b"real")
    run(folder)
    rows = [row for row in read_register(folder / "receipts.csv", TZ) if row.file == "รอบ 1/ตาลสุม.xlsx"]
    start(folder, NOW)
    assert read_register(folder / "receipts.csv", TZ) == tuple(rows)
    assert staying(folder) == ("รอบ 1/ตาลสุม.xlsx",)
    assert sorted((folder / "vault").iterdir()) == sorted(
        folder / "vault" / sha(content) for content in (b"real, first", b"real")
    )
    assert run(folder).registered == ()
    assert [one.readable for one in run(folder).submissions] == [True, True]


def test_an_empty_file_of_a_district_stays_and_so_does_its_content(folder):
    put(folder, "ตาลสุม.xlsx", b"")
    run(folder)
    start(folder, NOW)
    assert [one.arrival.file for one in run(folder).submissions] == ["ตาลสุม.xlsx"]
    assert (folder / "vault" / sha(b"")).exists()


@pytest.mark.parametrize(
    "file, content", [("รอบ 1/เดชอุดม.xlsx", b"edited"), ("สำเนา.xlsx", b"sample two"), ("เก่า.xlsx", REPLACED)]
)
def test_a_file_that_may_be_either_is_named_and_nothing_is_touched(folder, tmp_path, file, content):
    put(folder, file, content)
    before = snapshot(tmp_path)
    with pytest.raises(ConfigurationError, match=f"ไฟล์ {file} มีชื่อหรือเนื้อหาตรงกับไฟล์ตัวอย่าง"):
        start(folder, NOW)
    assert snapshot(tmp_path) == before


def test_an_edit_of_the_sample_that_was_taken_back_does_not_reach_the_real_campaign(folder):
    put(folder, "รอบ 1/เดชอุดม.xlsx", b"edited")
    run(folder)
    put(folder, "รอบ 1/เดชอุดม.xlsx", FILES["รอบ 1/เดชอุดม.xlsx"])
    archive = start(folder, NOW)
    assert read_register(folder / "receipts.csv", TZ) == ()
    assert packed(archive)[f"vault/{sha(b'edited')}"] == b"edited"
    assert snapshot(folder) == EMPTIED


def test_marks_of_open_sample_files_go_with_them_and_those_of_others_stay(folder):
    marks = ["รอบ 1/~$เดชอุดม.xlsx", "รอบ 1/~$ชอุดม.xlsx", ".~lock.ว่าง.xlsx#"]
    for mark in (*marks, "~$ของจริง.xlsx"):
        put(folder, mark, b"open")
    assert set(marks) <= set(packed(start(folder, NOW)))
    assert snapshot(folder) == EMPTIED | {"~$ของจริง.xlsx": b"open"}


def test_a_sample_file_already_gone_is_no_hindrance(folder):
    (folder / "ว่าง.xlsx").unlink()
    start(folder, NOW)
    assert snapshot(folder) == EMPTIED


# --- whatever interrupts it -----------------------------------------------------------------------------------


class Killed(BaseException):
    """The process ends here."""


def killed_at(monkeypatch, step: int) -> list[str]:
    """Make the `step`-th change of the disk the last; returns what was changed."""
    done: list[str] = []

    def counted(function):
        def call(*args, **more):
            if len(done) == step:
                raise Killed
            done.append(function.__name__)
            return function(*args, **more)

        return call

    monkeypatch.setattr(sample, "replace_file", counted(durable.replace_file))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    monkeypatch.setattr(Path, "rmdir", counted(Path.rmdir))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    return done


def interrupted(folder: Path, step: int) -> bool:
    """Start, killed before its `step`-th change of the disk; whether it got that far."""
    with pytest.MonkeyPatch.context() as patch:
        killed_at(patch, step)
        try:
            start(folder, NOW)
        except Killed:
            return True
    return False


def test_killed_at_any_step_nothing_is_lost_and_a_second_start_finishes(folder, tmp_path):
    before = snapshot(folder)
    complete = {name: content for name, content in before.items() if name != "README.md"}
    for step in range(100):
        again = tmp_path / str(step) / "input"
        shutil.copytree(folder, again)
        if not interrupted(again, step):
            break
        held = {
            name: content
            for archive in again.parent.glob("*.zip")
            for name, content in packed(archive).items()
        }
        left = snapshot(again)
        lost = [name for name, content in before.items() if content not in (left.get(name), held.get(name))]
        assert (step, lost) == (step, [])
        if load_sample(again) is not None:
            start(again, NOW)
        assert snapshot(again) == EMPTIED
        assert [packed(archive) for archive in again.parent.glob("*.zip")] == [complete]
    assert step > 15


def test_an_archive_that_is_there_already_is_never_overwritten(folder, tmp_path):
    put(tmp_path, "input-sample.zip", b"no zip at all")
    (archive, before) = (start(folder, NOW), (tmp_path / "input-sample.zip").read_bytes())
    assert before == b"no zip at all"
    assert archive == tmp_path / "input-sample-20210224-083000.zip"
    assert "SAMPLE.toml" in packed(archive)


def test_a_zip_that_reads_back_differently_is_no_archive_and_nothing_is_removed(
    folder, tmp_path, monkeypatch
):
    before = snapshot(folder)
    plain = zipfile.ZipFile.read
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda self, name: plain(self, name)[:-1])
    with pytest.raises(CannotWrite, match="อ่านกลับไม่ตรง"):
        start(folder, NOW)
    assert snapshot(folder) == before
    assert not list(tmp_path.glob("input-sample*.zip"))


def test_a_full_disk_is_the_operators_to_mend_and_nothing_is_removed(folder, monkeypatch):
    before = snapshot(folder)

    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    with pytest.raises(CannotWrite, match="พื้นที่ดิสก์เต็ม"):
        start(folder, NOW)
    assert snapshot(folder) == before
