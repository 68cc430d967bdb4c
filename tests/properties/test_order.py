"""The order in which things lie, are named or are taken in decides nothing; a second run changes nothing.

What decides is the content and when it was received. The arrivals of every example have times of their own: of two
received in the same second the name decides, which `tests/test_merge.py` looks at.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Folders, Results
from pipeline.run import run
from tests.campaigns import ROOT, SCHEMAS, TABLES, Sent, content_of, in_process, put
from tests.sample.model import Cell, Table

ZONE = ZoneInfo("Asia/Bangkok")
FIRST_DAY = datetime(2021, 2, 3, 9, 0, tzinfo=ZONE)
AS_OF = "2021-02-17T12:00:00+07:00"
"""After every arrival, and before the second round is due."""
NOW = datetime(2021, 3, 1, 12, 0, tzinfo=ZONE)

DISTRICT = "3431"
LABEL = TABLES.bodies_of(DISTRICT)[0].label
REPORT = Table(DISTRICT, "1")
CORRECTED = replace(REPORT, changes=(Cell(LABEL, "visits", 77, 77), Cell(LABEL, "hh_total", "ครบ")))
OTHER = Table("3433", "1", percent="fraction")
CONTENTS: Mapping[str, bytes] = {
    name: content_of(content)
    for name, content in {
        "report": REPORT,
        "corrected": CORRECTED,
        "fewer": replace(REPORT, absent=(LABEL,)),
        "next round": replace(REPORT, round="2"),
        "same again under the next heading": replace(REPORT, round="2", figures="1"),
        "other": OTHER,
        "both rounds": (OTHER, replace(OTHER, round="2", sheet="ครั้งที่ 2")),
        "without a district": replace(REPORT, area="อำเภอ............"),
        "broken": content_of(REPORT)[:3000],
    }.items()
}
FOLDERS = ("", "3431 เหล่าเสือโก้ก/", "3433 น้ำขุ่น/")

calm = settings(max_examples=8, derandomize=True, deadline=None)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One of an example's arrivals: its place in a folder, what it holds, and the hour it came."""

    folder: str
    content: str
    hour: int

    @property
    def at(self) -> datetime:
        return FIRST_DAY + timedelta(hours=self.hour)


def arrived(hours: Sequence[int], others: Sequence[tuple[str, str]]) -> list[Arrival]:
    """A report, its correction, and whatever else came; each at an hour of its own."""
    came = (("", "report"), ("3431 เหล่าเสือโก้ก/", "corrected"), *others)
    return [Arrival(folder, content, hour) for (folder, content), hour in zip(came, hours, strict=False)]


arrivals = st.builds(
    arrived,
    st.lists(st.integers(0, 300), min_size=6, max_size=6, unique=True),
    st.lists(st.tuples(st.sampled_from(FOLDERS), st.sampled_from(sorted(CONTENTS))), max_size=4),
)


def sent(one: Arrival, name: int) -> Sent:
    """As it is registered, under a name that says nothing and is part of no other text."""
    at = f"{one.at.replace(tzinfo=None).isoformat()}"
    return Sent(f"{one.folder}งาน-{name}.xlsx", at, CONTENTS[one.content])


def results_of(everything: Sequence[Sent]) -> Results:
    with tempfile.TemporaryDirectory() as home:
        put(Path(home, "input"), *everything)
        return consolidated(Path(home), NOW)


def consolidated(home: Path, now: datetime, *, publish: bool = False, as_of: str = AS_OF) -> Results:
    folders = Folders(SCHEMAS, home / "input", home / "output", as_of)
    return run(folders, now, publish=publish, reading=in_process)


def told(results: Results, names: Mapping[str, str]) -> list[object]:
    """All that a run decides: rows of values.csv, roster and totals in their order, issues and files as they are.
    Paths are called as `names` has them."""

    def called(value: object) -> object:
        text = str(value)
        for path, name in names.items():
            text = text.replace(path, name)
        return text

    def rows(records: Sequence[Sequence[object]]) -> list[tuple[object, ...]]:
        return [tuple(map(called, record)) for record in records]

    rounds = [
        (
            one.round.key,
            rows(one.values.values.tolist()),
            rows(list(map(astuple, one.roster))),
            dict(one.totals),
        )
        for one in results.rounds
    ]
    issues = sorted(rows([astuple(issue) for one in results.rounds for issue in one.issues]))
    loose = sorted(rows(list(map(astuple, results.unplaced))))
    files = [
        replace(row, snapshot=None) for row in results.files
    ]  # which lies in a folder of the example's own
    return [rounds, issues, loose, sorted(rows(list(map(astuple, files))))]


def named(everything: Sequence[Arrival], names: Sequence[int]) -> dict[str, str]:
    """For each path what it is called when two runs are compared: by what it is, not by its name."""
    return {
        sent(one, name).path: f"<{place}>"
        for place, (one, name) in enumerate(zip(everything, names, strict=True))
    }


# --- order ------------------------------------------------------------------------------------------------------


@calm
@given(st.data(), arrivals)
def test_neither_the_order_of_the_register_nor_the_names_of_files_decide_anything(data, everything):
    plain = range(len(everything))
    names = data.draw(st.permutations(plain))
    expected = results_of([sent(one, name) for one, name in zip(everything, plain, strict=True)])
    renamed = [sent(one, name) for one, name in zip(everything, names, strict=True)]
    found = results_of(data.draw(st.permutations(renamed)))
    assert told(found, named(everything, names)) == told(expected, named(everything, plain))


@calm
@given(st.data(), arrivals)
def test_files_taken_in_one_by_one_in_any_order_count_as_when_all_are_there_at_once(data, everything):
    """Known by their own times: the nightly run of a week and one run at its end say the same."""
    files = [sent(one, name) for name, one in enumerate(everything)]
    with tempfile.TemporaryDirectory() as home:
        for one in zip(everything, files, strict=True):
            laid_down(Path(home), *one)
        together = consolidated(Path(home), NOW)
    with tempfile.TemporaryDirectory() as home:
        for day, one in enumerate(data.draw(st.permutations(list(zip(everything, files, strict=True))))):
            laid_down(Path(home), *one)
            apart = consolidated(Path(home), NOW + timedelta(days=day))
    assert told(apart, {}) == told(together, {})


def laid_down(home: Path, one: Arrival, file: Sent) -> None:
    path = home / "input" / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content_of(file.content))
    os.utime(path, (one.at.timestamp(), one.at.timestamp()))


# --- again ------------------------------------------------------------------------------------------------------


@settings(calm, max_examples=3)
@given(arrivals)
def test_a_second_run_changes_no_byte_of_the_outputs_and_adds_no_row_to_the_register(everything):
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name, one in enumerate(everything):
            laid_down(home, one, sent(one, name))
        consolidated(home, NOW, publish=True)
        before = contents(home)
        made = {"values.csv", "roster.csv", "issues.csv", "run.json", "summary.xlsx", "receipts.csv"}
        assert made <= {path.name for path in before}
        shutil.rmtree(home / "output")
        consolidated(home, NOW + timedelta(days=3), publish=True)
        assert contents(home) == before


def contents(home: Path) -> dict[Path, bytes]:
    """Every file but the lock and what is kept to save time."""
    return {
        path: path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name != ".lock" and path.parent.name != "cache"
    }


TWICE = """
import sys
from pathlib import Path
from tests.properties.test_order import NOW, consolidated, contents

home = Path(sys.argv[1])
consolidated(home, NOW, publish=True)
before = contents(home)
consolidated(home, NOW, publish=True)
print(*sorted(path.name for path, content in contents(home).items() if before[path] != content))
"""


def test_the_first_workbook_that_a_process_writes_is_as_every_later_one(tmp_path):
    (tmp_path / "input").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", TWICE, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.split() == []
