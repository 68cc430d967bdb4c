"""Links, pipes, devices, lock files and names in every encoding: each is read, refused or ignored, and none unnamed."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.reading import read_and_understand
from pipeline.receive import Received, receive
from tests.campaigns import in_process
from tests.hostile.case import Case, outcome_of
from tests.hostile.contents import understood_by
from tests.hostile.entries import ENTRIES, Entry

NOW = datetime.fromisoformat("2021-03-01T12:00:00+07:00")
ZONE = ZoneInfo("Asia/Bangkok")
CLEAN = Case("xlsx-clean", bytes).outcome


def put(entry: Entry, folder: Path) -> None:
    """Lay an entry down, where this machine allows it."""
    try:
        entry.put(entry.place(folder))
    except PermissionError:
        pytest.skip("only a superuser makes devices")


def received(folder: Path) -> Received:
    return receive(folder, NOW, ZONE, sleep=lambda _: None)


def by_kind(entry: Entry) -> pytest.param:
    return pytest.param(entry, id=entry.id)


READ = [by_kind(entry) for entry in ENTRIES if not (entry.refused or entry.ignored)]
REFUSED = [by_kind(entry) for entry in ENTRIES if entry.refused]
IGNORED = [by_kind(entry) for entry in ENTRIES if entry.ignored]


@pytest.mark.parametrize("entry", READ)
def test_a_report_is_read_under_whatever_name(tmp_path, entry):
    put(entry, tmp_path)
    came = received(tmp_path)
    (one,) = [each for each in came.submissions if each.arrival.file == entry.spelled]
    assert one.findings == ()
    assert (came.refused, came.ignored) == ((), ())
    with in_process(read=read_and_understand) as read_all:
        (understood,) = understood_by(read_all, [one])
    came_of_it = outcome_of(understood)
    notes = [each for each in came_of_it.says if each != "EXT_MISMATCH"]
    assert notes == []
    assert (came_of_it.figures, came_of_it.totals) == (CLEAN.figures, CLEAN.totals)


@pytest.mark.parametrize("entry", REFUSED)
def test_what_is_no_report_is_named_with_its_reason(tmp_path, entry):
    put(entry, tmp_path)
    came = received(tmp_path)
    (one,) = (*came.submissions, *came.refused)
    assert one.arrival.file == entry.spelled
    with in_process(read=read_and_understand) as read_all:
        (understood,) = understood_by(read_all, [one])
    (finding,) = understood.findings
    assert finding.code == entry.refused
    assert entry.why in " ".join(words for _, words in finding.facts)
    assert understood.returns == ()


@pytest.mark.parametrize("entry", IGNORED)
def test_what_its_name_excludes_is_listed_with_the_reason(tmp_path, entry):
    put(entry, tmp_path)
    came = received(tmp_path)
    assert [(one.file, one.reason) for one in came.ignored] == [(entry.spelled, entry.why)]
    assert (came.submissions, came.refused, came.registered) == ((), (), ())


def test_names_that_differ_only_in_case_or_composition_are_different_files(tmp_path):
    names = ["report.xlsx", "REPORT.xlsx", "caf\u00e9.xlsx", "cafe\u0301.xlsx"]
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    assert sorted(one.arrival.file for one in received(tmp_path).submissions) == sorted(names)


@pytest.mark.parametrize(
    "name, districts",
    [
        ("อ.น้ำขุ่น ครั้งที่ 1.pdf", {"3433"}),
        ("อ.น\u0e4d\u0e49าขุ่น ครั้งที่ 1.pdf", {"3433"}),
        ("อ.\u200bน้ำขุ่น\u200d.pdf", {"3433"}),
        ("\u202eอ.น้ำขุ่น.pdf", {"3433"}),
        ("อ.น้ำขุ่น".encode("tis-620") + b".pdf", set()),
    ],
    ids=["composed", "split-sara-am", "zero-width", "right-to-left", "tis-620"],
)
def test_whose_a_scan_is_is_known_by_its_name_however_it_is_spelled(tmp_path, name, districts):
    (tmp_path / os.fsdecode(name)).write_bytes(b"%PDF-1.4")
    (one,) = received(tmp_path).submissions
    with in_process(read=read_and_understand) as read_all:
        (understood,) = understood_by(read_all, [one])
    assert [finding.code for finding in understood.findings] == ["WRONG_TYPE"]
    assert understood.path_districts == districts
    assert {district for district, _ in understood.places} == districts


@pytest.mark.skipif(os.geteuid() == 0, reason="a superuser may open everything")
@pytest.mark.parametrize("closed", ["รายงาน.xlsx", "โฟลเดอร์"])
def test_what_may_not_be_opened_is_named(tmp_path, closed):
    path = tmp_path / closed
    path.write_bytes(b"x") if closed.endswith(".xlsx") else path.mkdir()
    path.chmod(0)
    (one,) = received(tmp_path).refused
    path.chmod(0o700)
    assert (one.arrival.file, [finding.code for finding in one.findings]) == (closed, ["UNREADABLE"])
