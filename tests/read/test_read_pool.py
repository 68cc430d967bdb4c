"""A poisonous file costs itself alone; afterwards no process is left."""

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.model import Finding, Workbook
from pipeline.read import Limits, read_snapshot, readers
from tests.read.handmade import xlsx
from tests.read.misbehaving import misbehave, never_begin

ROOT = Path(__file__).parents[2]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "0f3a"
    path.write_bytes(xlsx('<c r="A1"><v>1</v></c>'))
    return path


def is_good(workbook: Workbook) -> bool:
    return workbook.readable and [dict(grid.cells) for grid in workbook.grids] == [{(0, 0): 1}]


def crash(workbook: Workbook) -> dict[str, str]:
    assert not workbook.readable
    assert workbook.grids == ()
    (finding,) = workbook.findings
    assert finding.code == "READER_CRASH"
    return dict(finding.facts)


def test_workbooks_arrive_in_order_and_as_read_here(tmp_path: Path) -> None:
    jobs = []
    for number in range(12):
        path = tmp_path / f"{number}"
        path.write_bytes(xlsx(f'<c r="A1"><v>{number}</v></c><c r="B1" t="e"><v>#N/A</v></c>'))
        jobs.append((path, "ก.xls"))
    with readers(workers=2) as read_all:
        read = list(read_all(jobs))
    assert read == [read_snapshot(*job) for job in jobs]
    assert [workbook.grids[0].cells[0, 0] for workbook in read] == list(range(12))


def test_no_jobs() -> None:
    with readers() as read_all:
        assert list(read_all([])) == []


@pytest.mark.parametrize(
    ("deed", "reason", "detail"),
    [
        ("abort", "โปรแกรมอ่านไฟล์หยุดทำงานกลางคัน", f"exit -{signal.SIGABRT}"),
        ("kill", "โปรแกรมอ่านไฟล์หยุดทำงานกลางคัน", f"exit -{signal.SIGKILL}"),
        ("panic", "โปรแกรมอ่านไฟล์ขัดข้อง", "PanicException: index out of bounds"),
        ("bloat", "ไฟล์ต้องใช้หน่วยความจำมากเกินไป", "MemoryError"),
        ("leave", "โปรแกรมอ่านไฟล์ขัดข้อง", "SystemExit: 3"),
    ],
)
def test_what_kills_a_reader_costs_one_file(good: Path, deed: str, reason: str, detail: str) -> None:
    jobs = [(good, "ก.xlsx"), (good, deed), (good, "ก.xlsx"), (good, "ก.xlsx")]
    with readers(read=misbehave) as read_all:
        first, poisoned, *rest = read_all(jobs)
    assert crash(poisoned)["reason"] == reason
    assert crash(poisoned)["detail"].startswith(detail)
    assert all(map(is_good, [first, *rest]))


def test_two_poisonous_files_in_a_row(good: Path) -> None:
    with readers(read=misbehave) as read_all:
        *poisoned, last = read_all([(good, "abort"), (good, "kill"), (good, "ก.xlsx")])
    assert [crash(workbook)["detail"] for workbook in poisoned] == ["exit -6", "exit -9"]
    assert is_good(last)


def test_a_reader_that_hangs_is_ended(good: Path) -> None:
    with readers(limits=Limits(seconds=0.3), read=misbehave) as read_all:
        hanging, after = read_all([(good, "hang"), (good, "ก.xlsx")])
    assert crash(hanging) == {"reason": "ใช้เวลาอ่านนานเกิน 0.3 วินาที", "detail": "timeout"}
    assert is_good(after)


def test_a_reader_that_dies_between_two_files(good: Path) -> None:
    with readers() as read_all:
        assert is_good(*read_all([(good, "ก.xlsx")]))
        (child,) = multiprocessing.active_children()
        os.kill(child.pid or 0, signal.SIGKILL)
        assert all(map(is_good, read_all([(good, "ก.xlsx")] * 2)))


def test_readers_that_never_begin_do_not_keep_the_run_waiting(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They end with 0, so that the pool starts them again and again; the second file waits no longer."""
    monkeypatch.setattr("pipeline.read.pool._confine", never_begin)
    with readers(limits=Limits(seconds=0.1, start=1.0), read=misbehave) as read_all:
        found = [crash(workbook) for workbook in read_all([(good, "ก.xlsx")] * 50)]
    assert found == [{"reason": "เริ่มโปรแกรมอ่านไฟล์ไม่ได้", "detail": "silent"}] * 50


def test_a_false_number_of_strings(tmp_path: Path, good: Path) -> None:
    """It aborts calamine, which the gate therefore does not ask."""
    lying = tmp_path / "lying"
    claim = {"strings": "<si><t>ก</t></si>", "unique": 'uniqueCount="4000000000"'}
    lying.write_bytes(xlsx('<c r="A1" t="s"><v>0</v></c>', **claim))
    with readers(read=misbehave) as read_all:
        by_calamine, by_gate, after = read_all([(lying, "calamine"), (lying, "ก.xlsx"), (good, "ก.xlsx")])
    assert crash(by_calamine)["detail"] == f"exit -{signal.SIGABRT}"
    assert by_gate.grids[0].cells == {(0, 0): "ก"}
    assert is_good(after)


def test_no_child_is_left(good: Path) -> None:
    with readers(workers=2, read=misbehave) as read_all:
        list(read_all([(good, "ก.xlsx"), (good, "abort")]))
    assert multiprocessing.active_children() == []


def _fail(job: Path) -> None:
    with readers(read=misbehave) as read_all:
        read_all([(job, "hang"), (job, "ก.xlsx")])
        raise ZeroDivisionError


def test_no_child_is_left_after_an_error(good: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail(good)
    assert multiprocessing.active_children() == []


def test_a_child_writes_nothing(good: Path) -> None:
    with readers(read=misbehave) as read_all:
        (workbook,) = read_all([(good, "write")])
    assert workbook.findings == (Finding("WRITE", value="OSError"),)
    assert not good.with_suffix(".new").exists() or good.with_suffix(".new").stat().st_size == 0


def test_a_child_imports_only_what_reading_needs(good: Path) -> None:
    with readers(read=misbehave) as read_all:
        (workbook,) = read_all([(good, "modules")])
    modules = set(workbook.findings[0].value.split())
    assert "python_calamine" in modules
    assert modules.isdisjoint({"pandas", "numpy", "pandera", "click", "xlsxwriter", "openpyxl", "xlrd"})


PROGRAM = """
import multiprocessing
import sys
from pathlib import Path
from pipeline.read import readers

if __name__ == "__main__":
    with readers(workers=2) as read_all:
        jobs = [(Path(sys.argv[1]), "a.xlsx")] * 3
        print([workbook.readable for workbook in read_all(jobs)])
    print(multiprocessing.active_children())
    print({"pandas", "pandera", "click", "xlsxwriter", "openpyxl", "xlrd"} & set(sys.modules))
"""


def test_a_program_ends_quietly(tmp_path: Path, good: Path) -> None:
    """As a process of its own, with every warning an error. `run` returns when nobody holds its pipes any more."""
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), str(good)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[True, True, True]\n[]\nset()\n", "")


def test_the_limits_are_sane() -> None:
    limits = Limits()
    assert limits.memory == 2 << 30
    assert 10 <= limits.seconds <= 120
    assert limits.files >= 16
