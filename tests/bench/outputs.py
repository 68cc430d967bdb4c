"""What the outputs of a round cost, beside reading, checking and merging what they are made of.

    python -m tests.bench.outputs [--runs 5]

Whole cold processes, in turn, over one round of 25 districts in each of whose workbooks something is to be mended, so
that each goes back marked. Ends with 1 when the outputs take more than once as long again: a bound that holds on any
machine.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench import compare, workbooks
from tests.bench.compare import Run, median, padded, said
from tests.sample.model import Put, Sheet

ROUND, AS_OF = "1", "2564-02-15"
DISTRICTS = 25
MOST_OF_THE_REST = 1.0
FAULTS = ("12-15", "ประมาณ 100", 999_999)
FIRST_FIGURE = 5


def main() -> int:
    """Measure, print the table, say whether the bound holds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbooks.write_campaign(compare.ROOT / "schemas", folder / "input", (ROUND,), faulty)
        measured = measure_in_turn(folder, runs)
    return verdict(measured)


def faulty(sheet: Sheet) -> Sheet:
    """The sheet with three figures of its first local body that cannot stand."""
    places = ((workbooks.BODY_AT, FIRST_FIGURE + 3 * nth) for nth in range(len(FAULTS)))
    spoilt = {place: Put(fault, look="body") for place, fault in zip(places, FAULTS, strict=True)}
    return replace(sheet, cells={**sheet.cells, **spoilt})


def measure_in_turn(folder: Path, runs: int) -> dict[str, list[Run]]:
    """Each way once to warm the disk and the byte code, then `runs` times, the ways taking turns."""
    measured: dict[str, list[Run]] = {"unwritten": [], "written": []}
    for turn in range(runs + 1):
        made = {}
        for way in measured:
            work = folder / f"{way}-{turn}"
            shutil.copytree(folder / "input", work / "input")
            made[way] = once(way, work)
            shutil.rmtree(work)
        if turn:
            measured = {way: [*before, made[way]] for way, before in measured.items()}
    return measured


def once(way: str, work: Path) -> Run:
    """One cold process; `SystemExit` when what it should have written is not there."""
    paths = compare.paths(work)
    if way == "unwritten":
        return compare.run("tests.bench.unwritten", *paths, AS_OF, ROUND)
    options = zip(("--schemas", "--input", "--output"), paths, strict=True)
    words = (word for pair in options for word in pair)
    done = compare.run("pipeline", "consolidate", *words, "--as-of", AS_OF, "--round", ROUND)
    prove_written(work / "output" / ROUND)
    return done


def prove_written(folder: Path) -> None:
    """`SystemExit` unless every workbook was counted and found faulty: cheap outputs of nothing are no measure."""
    compare.prove_counted(folder.parent, DISTRICTS)
    returned = sorted((folder / "returned").glob("*.xlsx"))
    if len(returned) != DISTRICTS:
        sys.exit(f"{len(returned)} of {DISTRICTS} workbooks went back: the outputs are not all there")


def verdict(measured: dict[str, list[Run]]) -> int:
    """0 when the bound holds, else 1; says what was measured."""
    names = {"unwritten": "อ่าน ตรวจ และรวมรายงานหนึ่งครั้ง ๒๕ อำเภอ", "written": "พร้อมผลลัพธ์ทั้งหมด"}
    for way, runs in measured.items():
        print(padded(names[way], 36), f"{median(runs, 'seconds'):8.2f} วินาที{median(runs, 'memory'):13.0f} MB")
    cost = share(measured["unwritten"], measured["written"])
    print(f"ผลลัพธ์ใช้เวลา {cost:.2f} ของส่วนที่เหลือ (ไม่เกิน {MOST_OF_THE_REST})", said(cost <= MOST_OF_THE_REST))
    return 0 if cost <= MOST_OF_THE_REST else 1


def share(unwritten: Sequence[Run], written: Sequence[Run]) -> float:
    """How long the outputs take, by how long the rest takes."""
    rest = median(unwritten, "seconds")
    return (median(written, "seconds") - rest) / rest


if __name__ == "__main__":
    sys.exit(main())
