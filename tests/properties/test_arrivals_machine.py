"""Files arrive, change, are renamed, half copied, vanish, come back, are withdrawn and corrected, while runs die.

After each step nothing that was received may be lost, and after each run the register, the figures and the roster are
those of a model (`arrivals_model`). The workbooks for people are left out: they take nine tenths of the time.
"""

import csv
import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pipeline.model import Folders, Results
from pipeline.receive import receive, tell, withdraw
from pipeline.receive.register import read_register
from pipeline.run import run
from tests.campaigns import SCHEMAS, in_process
from tests.properties.arrivals_model import (
    Arrived,
    File,
    Noted,
    Standing,
    arrivals,
    due_rows,
    newest,
    standing,
    status,
)
from tests.properties.campaign_files import CONTENTS, DISTRICTS, PATHS, begun, fitting, half
from tests.properties.dying import FAR, Died, Life, cut_power, mortal

ZONE = ZoneInfo("Asia/Bangkok")
START = datetime(2021, 2, 5, 9, 0, tzinfo=ZONE)
DUE = datetime(2021, 2, 5, 23, 59, 59, tzinfo=ZONE)
paths = st.sampled_from(sorted(PATHS))
hours = st.integers(0, 40).map(lambda each: timedelta(hours=each))
choices = st.integers(0, 7)


class Arrivals(RuleBasedStateMachine):
    """`disk` is what lies under input/, `gone` what lay there, `rows` the register as the model knows it."""

    def __init__(self):
        super().__init__()
        self.home = tempfile.TemporaryDirectory()
        self.input = Path(self.home.name) / "input"
        self.output = Path(self.home.name) / "output"
        self.input.mkdir()
        self.now = START
        self.disk: dict[str, File] = {}
        self.gone: dict[str, File] = {}
        self.rows: list[Noted] = []
        self.finished = b""

    def teardown(self):
        self.home.cleanup()

    # --- what districts do --------------------------------------------------------------------------------------

    def _put(self, path: str, file: File) -> None:
        place = self.input / path
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(file.content.data)
        os.utime(place, (file.modified_at.timestamp(),) * 2)
        self.disk[path] = file
        self.gone.pop(path, None)

    @rule(path=paths, choice=choices, ago=hours)
    def arrives_or_is_replaced(self, path, choice, ago):
        self._put(path, File(fitting(path, choice), self.now - ago - timedelta(minutes=1)))

    @rule(path=paths, choice=choices)
    def begins_to_be_copied(self, path, choice):
        self._put(path, File(begun(fitting(path, choice)), self.now, growing=True))

    @rule(path=paths, choice=choices)
    def stops_half_way(self, path, choice):
        self._put(path, File(half(fitting(path, choice)), self.now - timedelta(minutes=1)))

    @precondition(lambda self: self.disk)
    @rule(data=st.data())
    def vanishes(self, data):
        path = data.draw(st.sampled_from(sorted(self.disk)))
        (self.input / path).unlink()
        file = self.disk.pop(path)
        if not file.growing:
            self.gone[path] = file

    @precondition(lambda self: self.gone)
    @rule(data=st.data())
    def comes_back(self, data):
        path = data.draw(st.sampled_from(sorted(self.gone)))
        self._put(path, self.gone[path])

    @precondition(lambda self: self._at_rest())
    @rule(data=st.data())
    def is_renamed(self, data):
        path = data.draw(st.sampled_from(self._at_rest()))
        free = [other for other in PATHS if other not in self.disk and PATHS[other] in ("", PATHS[path])]
        if free:
            file = self.disk.pop(path)
            (self.input / path).unlink()
            self._put(data.draw(st.sampled_from(sorted(free))), file)

    def _at_rest(self) -> list[str]:
        return sorted(path for path, file in self.disk.items() if not file.growing)

    @rule(later=hours)
    def time_passes(self, later):
        self.now += later

    # --- what the office does -----------------------------------------------------------------------------------

    def _standing(self) -> dict[str, Arrived]:
        """The newest standing arrival of each path, also of what is gone."""
        return {one.file: one for one in arrivals(self.rows) if not one.withdrawn}

    @precondition(lambda self: self._standing())
    @rule(data=st.data())
    def withdraws(self, data):
        standing_ = self._standing()
        one = standing_[data.draw(st.sampled_from(sorted(standing_)))]
        withdraw(self.input, Path(one.file), "ส่งผิดฉบับ", "", self.now, ZONE)
        self.rows.append(Noted(one.file, one.sha256, one.received_at, one.source, "withdrawn"))

    @precondition(lambda self: self._at_rest())
    @rule(data=st.data(), ago=hours)
    def says_when_it_came(self, data, ago):
        path = data.draw(st.sampled_from(self._at_rest()))
        sha256, last = self.disk[path].content.sha256, newest(self.rows).get(path)
        tell(self.input, [self.input / path], self.now - ago, "", self.now, ZONE)
        known = last and last.sha256 == sha256 and not last.withdrawn and not last.vanished
        event = "corrected" if known else "arrived"
        self.rows.append(Noted(path, sha256, self.now - ago, "register", event))

    @rule()
    def consolidates(self):
        expected = due_rows(self.rows, self.disk, self.now)
        results, _ = self._run(FAR)
        assert results is not None
        assert Counter(self._noted()) == Counter(expected)
        self.rows += self._noted()
        self._check_results(results)

    @rule(steps=st.integers(0, 45), power=st.booleans(), share=st.floats(0, 1))
    def dies_while_consolidating(self, steps, power, share):
        expected = due_rows(self.rows, self.disk, self.now)
        before = {path.name: path.stat().st_size for path in self.input.rglob("*") if path.is_file()}
        _, life = self._run(steps)
        if power and life.over:
            cut_power(life, self.input, before, share)
        assert Counter(self._noted()) <= Counter(expected)
        self.rows += self._noted()
        self._check_whole()

    def _run(self, steps: int) -> tuple[Results | None, Life]:
        folders = Folders(SCHEMAS, self.input, self.output)
        with _without_workbooks(), self._growing(), mortal(steps) as life:
            try:
                return run(folders, self.now, publish=True, reading=in_process), life
            except Died:
                return None, life

    @contextmanager
    def _growing(self) -> Iterator[None]:
        """What is still being copied is touched now, and grows while the run looks at it a second time."""
        growing = [self.input / path for path, file in self.disk.items() if file.growing]

        def grow(_: float) -> None:
            assert growing, "waited for files that nobody is copying"
            for place in growing:
                with place.open("ab") as handle:
                    handle.write(b"PK")

        for place in growing:
            os.utime(place, (self.now.timestamp(),) * 2)
        with mock.patch("pipeline.run.receive", partial(receive, sleep=grow)):
            yield

    # --- what must hold -----------------------------------------------------------------------------------------

    def _noted(self) -> list[Noted]:
        """The rows of the register that the model does not have yet."""
        rows = read_register(self.input / "receipts.csv", ZONE)
        told = [Noted(row.file, row.sha256, row.received_at, row.source, row.event) for row in rows]
        assert told[: len(self.rows)] == self.rows
        return told[len(self.rows) :]

    @invariant()
    def the_register_only_grows(self):
        register = self.input / "receipts.csv"
        content = register.read_bytes() if register.exists() else b""
        assert content.startswith(self.finished)
        self.finished = content[: content.rfind(b"\n") + 1]

    @invariant()
    def no_content_ever_received_is_lost(self):
        for sha256 in {row.sha256 for row in self.rows}:
            assert (self.input / "vault" / sha256).read_bytes() == CONTENTS[sha256].data

    def _check_whole(self) -> None:
        """Of each round there is one folder that is whole: the old one or the new one, be it under its old name."""
        folders = [path for path in self.output.glob("*") if path.is_dir() and path.name != "cache"]
        for key in {path.name.removeprefix(".old-") for path in folders if path.name[:4] != ".new"}:
            folder = next(path for path in (self.output / key, self.output / f".old-{key}") if path.exists())
            record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
            made = {one["path"]: one["sha256"] for one in record["outputs"]}
            there = {path for path in folder.rglob("*") if path.is_file() and path.name != "run.json"}
            assert {f"{key}/{path.relative_to(folder).as_posix()}": _sha256(path) for path in there} == made

    def _check_results(self, results: Results) -> None:
        self._check_whole()
        assert {row.path for row in results.files} <= {*self.disk, *(row.file for row in self.rows)}
        for path in self._at_rest():
            last = newest(self.rows)[path]
            assert last.sha256 == self.disk[path].content.sha256
            told = [
                (row.sha256, row.received_at, row.verdict == "withdrawn")
                for row in results.files
                if row.path == path
            ]
            assert told.count((last.sha256, last.received_at, last.withdrawn)) == 1
        for district in DISTRICTS:
            stands = standing(self.rows, CONTENTS, district)
            if (self.output / "1").exists():
                self._check_published(district, stands)
            else:
                assert stands.counted is None
                assert self.now <= DUE

    def _check_published(self, district: str, stands: Standing) -> None:
        published = self.output / "1"
        assert _published(published, district) == self._expected(stands.counted)
        sent = [one for one in arrivals(self.rows) if not one.withdrawn and self._is_of(one, district)]
        (row,) = [row for row in _table(published / "roster.csv") if row["district_code"] == district]
        assert row["status"] == status(stands, bool(sent), DUE, self.now)
        assert row["counted_file"] == (stands.counted.file if stands.counted else "")

    def _is_of(self, one: Arrived, district: str) -> bool:
        return district in (CONTENTS[one.sha256].district, PATHS[one.file])

    def _expected(self, counted: Arrived | None) -> dict[tuple[str, ...], float]:
        figures = CONTENTS[counted.sha256].figures or {} if counted else {}
        return {(*key, cell, counted.file, counted.sha256): value for key, (value, cell) in figures.items()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _published(folder: Path, district: str) -> dict[tuple[str, ...], float]:
    names = ("local_body_code", "indicator", "cell", "file", "sha256")
    rows = [row for row in _table(folder / "values.csv") if row["district_code"] == district]
    return {tuple(row[name] for name in names): float(row["value"]) for row in rows}


@contextmanager
def _without_workbooks() -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(mock.patch("pipeline.write.publish.WORKBOOKS", {}))
        stack.enter_context(mock.patch("pipeline.write.publish.verify"))
        yield


def test_nothing_is_lost_whatever_happens_to_files_and_runs():
    quick = settings(max_examples=25, stateful_step_count=25, derandomize=True, deadline=None)
    run_state_machine_as_test(Arrivals, settings=quick)


@pytest.mark.soak
def test_nothing_is_lost_in_many_campaigns():
    long = settings(max_examples=200, stateful_step_count=50, derandomize=True, deadline=None)
    run_state_machine_as_test(Arrivals, settings=long)
