"""Whole cold processes, in turn: the program against a plain loop over the same hundred workbooks.

    python -m tests.bench.compare [--runs 5]

Ends with 1 when the program takes more than 0.7 of the loop's time, or `--help` more than 0.15 s of user time: both
bounds hold on any machine. It refuses to compare when the program did not count every workbook.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
AS_OF = "2564-04-30"
MOST_OF_LOOP = 0.7
MOST_OF_HELP = 0.15
KILOBYTE = 1024
# As Python is by default: what it has compiled once is kept, and the first turn is not counted.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall seconds, user seconds, and the greatest memory of it or a child of it, in MB."""

    seconds: float
    user: float
    memory: float


def main() -> int:
    """Measure, print the table, say whether the bounds hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run("tests.bench.workbooks", str(ROOT / "schemas"), str(folder / "input"))
        count = sum(1 for _ in folder.rglob("*.xlsx"))
        measured = measure_in_turn(folder, runs, count)
    print(f"ค่ากลางจาก {runs} รอบ สมุดงาน {count} ไฟล์ ทุกรอบเป็นโปรแกรมที่เริ่มใหม่")
    print_table(measured)
    return verdict(measured)


def measure_in_turn(folder: Path, runs: int, count: int) -> dict[str, list[Run]]:
    """Each way once to warm the disk and the byte code, then `runs` times, the ways taking turns."""
    measured: dict[str, list[Run]] = {"loop": [], "ours": [], "again": [], "together": [], "help": []}
    for turn in range(runs + 1):
        work = folder / str(turn)
        shutil.copytree(folder / "input", work / "input")
        made = {
            "loop": run("tests.bench.naive", str(folder / "input"), str(work / "loop.xlsx")),
            "ours": run("pipeline", "consolidate", *places(work)),
            "again": run("pipeline", "consolidate", *places(work)),
            "help": run("pipeline", "--help"),
        }
        shutil.rmtree(work / "output")  # with what is kept in it: the next one reads everything, too
        made["together"] = run("tests.bench.together", *paths(work), AS_OF)
        prove_counted(work / "output", count)
        shutil.rmtree(work)
        if turn:
            measured = {way: [*before, made[way]] for way, before in measured.items()}
    return measured


def paths(work: Path) -> tuple[str, str, str]:
    """The tables, and a campaign of its own under `work`."""
    return str(ROOT / "schemas"), str(work / "input"), str(work / "output")


def places(work: Path) -> tuple[str, ...]:
    """That campaign as the command is told of it, as seen after its last round."""
    options = zip(("--schemas", "--input", "--output"), paths(work), strict=True)
    return (*(word for pair in options for word in pair), "--as-of", AS_OF)


def run(module: str, *words: str) -> Run:
    """Run `python -m module words` to its end; `SystemExit` with its own words when it fails.

    The kernel counts the parent's memory at the fork as the child's, so this module imports next to nothing.
    """
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        command = [sys.executable, "-m", module, *words]
        process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(
                f"{' '.join(command)}\n{said.read().decode(errors='replace')}\nexit {process.returncode}"
            )
    return Run(seconds, usage.ru_utime, usage.ru_maxrss / KILOBYTE)


def prove_counted(output: Path, count: int) -> None:
    """`SystemExit` unless every workbook is counted, in time: a fast wrong answer is no answer."""
    found = [json.loads(path.read_text(encoding="utf-8-sig")) for path in sorted(output.glob("*/run.json"))]
    in_time = sum(record["counts"]["on_time"] for record in found)
    if in_time != count:
        sys.exit(f"{in_time} of {count} workbooks were counted as on time: the comparison would mean nothing")


def median(runs: Sequence[Run], what: str) -> float:
    """The median of one measure."""
    return statistics.median(getattr(each, what) for each in runs)


def print_table(measured: dict[str, list[Run]]) -> None:
    """One line per way: seconds, times the loop's speed, user seconds, memory."""
    names = {
        "loop": "วนอ่านทีละไฟล์ด้วย pandas ไม่ตรวจ",
        "ours": "โปรแกรมนี้ เริ่มจากศูนย์",
        "again": "โปรแกรมนี้ อีกครั้ง ไม่มีอะไรใหม่",
        "together": "โปรแกรมนี้ ไม่แยกตัวอ่าน (ไว้เทียบ)",
        "help": "โปรแกรมนี้ แสดงวิธีใช้ (--help)",
    }
    loop = median(measured["loop"], "seconds")
    print(padded("", 36), f"{'วินาที':>8}", f"{'เร็วกว่า':>10}", f"{'ผู้ใช้ (วิ)':>13}", f"{'หน่วยความจำ':>13}")
    for way, runs in measured.items():
        seconds, user, memory = (median(runs, what) for what in ("seconds", "user", "memory"))
        faster = f"{loop / seconds:.1f} เท่า" if way != "help" else ""
        print(padded(names[way], 36), f"{seconds:8.2f}{faster:>13}{user:11.2f}{memory:13.0f} MB")


def padded(text: str, width: int) -> str:
    """`text` filled up to `width`; vowels and tones above and below a letter take no room."""
    return text + " " * (width - sum(unicodedata.category(letter) != "Mn" for letter in text))


def verdict(measured: dict[str, list[Run]]) -> int:
    """0 when both bounds hold, else 1; says each."""
    share = median(measured["ours"], "seconds") / median(measured["loop"], "seconds")
    help_user = median(measured["help"], "user")
    print(f"ใช้เวลา {share:.2f} ของการวนอ่าน (ไม่เกิน {MOST_OF_LOOP})", said(share <= MOST_OF_LOOP))
    print(f"แสดงวิธีใช้ {help_user:.3f} วินาที (ไม่เกิน {MOST_OF_HELP})", said(help_user <= MOST_OF_HELP))
    return 0 if share <= MOST_OF_LOOP and help_user <= MOST_OF_HELP else 1


def said(holds: bool) -> str:
    """A bound in words."""
    return "ได้ตามเกณฑ์" if holds else "เกินเกณฑ์"


if __name__ == "__main__":
    sys.exit(main())
