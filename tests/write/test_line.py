"""line.txt: counts first, names only when districts are reminded, short enough for a chat."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pipeline.model import Results
from pipeline.write.line import line_text, write_line
from tests.write.factory import ZONE, issue, results

MONDAY = datetime(2021, 2, 22, 9, 0, tzinfo=ZONE)
"""Round 2 is due on Saturday, 20 February."""


def text(run: Results) -> list[str]:
    """The lines; what keeps a number with its name reads as a space."""
    return [line.replace("\u00a0", " ") for line in line_text(run, run.rounds[0])]


def at(run: Results, moment: datetime) -> list[str]:
    return text(replace(run, as_of=moment))


def test_the_counts_come_first_then_names_the_next_deadline_and_the_moment() -> None:
    lines = at(results(issues=()), MONDAY)
    assert lines == [
        "แบบรายงานการดำเนินงาน ครั้งที่ ๒",
        "กำหนดส่ง ๒๐ กุมภาพันธ์ ๒๕๖๔",
        next(line for line in lines if line.startswith("ส่งแล้ว ๒๐ จาก ๒๕ อำเภอ (ทันกำหนด ๑๗ ส่งช้า ๓)")),
        "จังหวัดกำลังตรวจสอบ ๑ อำเภอ (ไม่ต้องส่งใหม่)",
        "ยังไม่ส่ง ๓ อำเภอ: ๑) นาจะหลวย ๒) โพธิ์ไทร ๓) นาตาล",
        "ส่งแล้วแต่ยังใช้ไม่ได้ ๑ อำเภอ: ๑) ม่วงสามสิบ",
        "กำหนดถัดไป: ครั้งที่ ๓ ภายในวันที่ ๒๐ มีนาคม ๒๕๖๔",
        "ข้อมูล ณ วันที่ ๒๒ กุมภาพันธ์ ๒๕๖๔ เวลา ๐๙.๐๐ น.",
    ]


def test_nobody_is_named_before_nine_o_clock_of_the_first_working_day() -> None:
    lines = at(results(), MONDAY.replace(hour=8, minute=59))
    assert [line for line in lines if "ยังไม่ส่ง" in line or "ใช้ไม่ได้" in line] == [
        "ยังไม่ส่ง ๓ อำเภอ",
        "ส่งแล้วแต่ยังใช้ไม่ได้ ๑ อำเภอ",
    ]
    assert not any("ขอให้แก้ไข" in line for line in lines)


def test_who_has_most_to_mend_comes_first() -> None:
    found = [("3401", "เมืองอุบลราชธานี")] * 2 + [("3402", "ศรีเมืองใหม่")] * 9 + [("3408", "นาจะหลวย")] * 4
    run = results(
        issues=[issue(district_code=code, file=f"รอบ 2/อำเภอ{name} ครั้งที่ 2.xlsx") for code, name in found]
    )
    assert "ขอให้แก้ไข ๒ อำเภอ: ๑) ศรีเมืองใหม่ ๙ จุด ๒) เมืองอุบลราชธานี ๒ จุด" in at(run, MONDAY)


def test_a_round_in_which_all_is_well_asks_for_nothing() -> None:
    lines = at(results(statuses={}, issues=()), MONDAY)
    assert [line for line in lines if "ยังไม่" in line or "ขอให้" in line] == []
    assert any(line.startswith("ส่งแล้ว ๒๕ จาก ๒๕ อำเภอ") for line in lines)


def test_the_sample_says_so_and_the_file_is_at_most_fifteen_lines(tmp_path: Path) -> None:
    run = replace(results(sample=True), as_of=MONDAY)
    write_line(tmp_path / "line.txt", run, run.rounds[0])
    lines = (tmp_path / "line.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "(ข้อมูลตัวอย่าง ไม่ใช่ข้อมูลจริง)"
    assert lines[1:] == line_text(run, run.rounds[0])[1:]
    assert len(lines) <= 15
