"""What the machine of the arrivals found and walks around: each is one short story here until it ends well."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import pytest

from pipeline.model import Folders, Results
from pipeline.receive import receive, withdraw
from pipeline.run import run
from tests.campaigns import SCHEMAS, in_process, verdicts
from tests.properties.campaign_files import REPORTS, half
from tests.properties.dying import FAR, Died, mortal

ZONE = ZoneInfo("Asia/Bangkok")
DAY = timedelta(days=1)
NOW = datetime(2021, 2, 5, 9, 0, tzinfo=ZONE)
SENT = NOW - timedelta(hours=1)
FILE, OTHER = "3431 เหล่าเสือโก้ก/ก.xlsx", "3433 น้ำขุ่น/ก.xlsx"
FIRST, CORRECTED, *_ = REPORTS["3431"]


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of a campaign."""

    folder: Path

    @property
    def input(self) -> Path:
        return self.folder / "input"

    def put(self, data: bytes = FIRST.data, at: datetime = SENT, file: str = FILE) -> None:
        path = self.input / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (at.timestamp(),) * 2)

    def remove(self) -> None:
        (self.input / FILE).unlink()

    def withdraw(self, now: datetime) -> None:
        withdraw(self.input, Path(FILE), "ส่งผิดฉบับ", "", now, ZONE)

    def consolidate(self, now: datetime, *, publish: bool = False) -> Results:
        folders = Folders(SCHEMAS, self.input, self.folder / "output")
        return run(folders, now, publish=publish, reading=in_process)


@pytest.fixture
def home(tmp_path) -> Home:
    """A campaign in which one report has been taken in."""
    made = Home(tmp_path)
    made.put()
    made.consolidate(NOW)
    return made


def test_what_was_gone_and_is_back_is_withdrawn_by_being_withdrawn_once(home):
    home.remove()
    home.consolidate(NOW + DAY)
    home.put()
    home.consolidate(NOW + 2 * DAY)
    home.withdraw(NOW + 2 * DAY)
    assert set(verdicts(home.consolidate(NOW + 3 * DAY), FILE)) == {"withdrawn"}


def test_what_was_withdrawn_while_it_was_gone_stays_so_when_it_is_back(home):
    home.remove()
    home.consolidate(NOW + DAY)
    home.withdraw(NOW + DAY)
    home.put()
    assert set(verdicts(home.consolidate(NOW + 2 * DAY), FILE)) == {"withdrawn"}


def test_what_was_withdrawn_before_the_due_date_is_published_no_longer(home):
    home.consolidate(NOW, publish=True)
    values = home.folder / "output" / "1" / "values.csv"
    assert FIRST.sha256 in values.read_text(encoding="utf-8-sig")
    home.withdraw(NOW)
    home.consolidate(NOW, publish=True)
    assert not values.exists() or FIRST.sha256 not in values.read_text(encoding="utf-8-sig")


def test_the_run_after_one_that_died_tells_of_no_file_that_is_not_a_districts(tmp_path):
    home, replace = Home(tmp_path), os.replace
    home.put()

    def dies(source: Path, target: Path) -> None:
        if target.name == "receipts.csv":
            raise Died
        replace(source, target)

    with mock.patch("os.replace", dies), pytest.raises(Died):
        home.consolidate(NOW)
    assert {row.path for row in home.consolidate(NOW).files} == {FILE}


def test_a_file_that_changes_while_the_run_waits_for_another_is_not_taken_half_way(home):
    home.put(half(FIRST).data, NOW + DAY, OTHER)

    def wait(_: float) -> None:
        home.put(half(CORRECTED).data, NOW + DAY)

    with mock.patch("pipeline.run.receive", lambda *arguments: receive(*arguments, sleep=wait)):
        results = home.consolidate(NOW + DAY)
    assert half(CORRECTED).sha256 not in {row.sha256 for row in results.files}


def test_what_a_run_that_died_had_put_into_the_vault_is_on_the_disk_before_it_is_registered(tmp_path):
    """Else a power cut soon after takes a content that the register knows."""
    home, fsync = Home(tmp_path), os.fsync
    home.put()
    content = home.input / "vault" / FIRST.sha256

    def dies(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").readlink() == content:
            raise Died
        fsync(descriptor)

    with mock.patch("os.fsync", dies), pytest.raises(Died):
        home.consolidate(NOW)
    with mortal(FAR) as life:
        home.consolidate(NOW)
    assert {str(content), str(content.parent)} <= life.synced
