"""A district that sends again sees its list shrink: แก้แล้ว 2 จาก 3 · ใหม่ 1."""

from pathlib import Path

from pipeline.model import Results
from pipeline.screen import round_lines
from pipeline.write import words
from tests.campaigns import TABLES, Sent, consolidate, roster_row, round_of
from tests.sample.model import Cell, Change, Table
from tests.write.opened import texts

DISTRICT = "3401"
BODY, OTHER, THIRD = TABLES.bodies_of(DISTRICT)[:3]
BAD = Cell(BODY.label, "visits", "12-15", None)
WORSE = Cell(OTHER.label, "pr_items", "ประมาณ 100", None)
BLANK = Cell(THIRD.label, "hh_sort", "", None)
NEW = Cell(THIRD.label, "seed_bank", "ครบ", None)


def version(number: int, *changes: Change, **more: object) -> Sent:
    table = Table(DISTRICT, "1", changes=changes, **more)  # type: ignore[arg-type]
    return Sent(f"รอบ 1/เมือง {number}.xlsx", f"2021-02-0{number}T10:00:00", table)


def told(results: Results) -> tuple[int, int, int]:
    row = roster_row(results, DISTRICT, "1")
    return row.mended, row.mended_of, row.newly_found


def test_what_is_mended_and_what_is_new(tmp_path: Path) -> None:
    results = consolidate(tmp_path, version(1, BAD, WORSE, BLANK), version(2, BLANK, NEW))
    assert told(results) == (2, 3, 1)
    assert words.progress(roster_row(results, DISTRICT, "1")) == "แก้แล้ว 2 จาก 3 · ใหม่ 1"


def test_a_row_that_has_moved_is_still_the_same_thing(tmp_path: Path) -> None:
    """Notes above the table push it down; another sheet name."""
    results = consolidate(tmp_path, version(1, BAD, WORSE), version(2, BAD, sections=True, sheet="แก้ไข"))
    assert told(results) == (1, 2, 0)


def test_a_local_body_that_was_absent_is_mended(tmp_path: Path) -> None:
    results = consolidate(tmp_path, version(1, absent=(BODY.label,)), version(2))
    assert told(results) == (1, 1, 0)


def test_it_is_told_against_the_last_version_only(tmp_path: Path) -> None:
    results = consolidate(tmp_path, version(1, BAD, WORSE, BLANK), version(2, BAD), version(3))
    assert told(results) == (1, 1, 0)


def test_a_first_version_has_mended_nothing(tmp_path: Path) -> None:
    results = consolidate(tmp_path, version(1, BAD))
    assert told(results) == (0, 0, 0)
    assert words.progress(roster_row(results, DISTRICT, "1")) == ""


def test_a_version_that_waits_for_an_answer_mends_nothing(tmp_path: Path) -> None:
    """It reports fewer local bodies, so that the older one still counts."""
    results = consolidate(tmp_path, version(1, BAD), version(2, absent=(BODY.label,)))
    assert told(results) == (0, 0, 0)


def test_what_falls_against_the_round_before_is_no_progress_of_a_version(tmp_path: Path) -> None:
    """Asked about the counted version only, it is not new: the older version was never compared."""
    before = Sent("รอบ 1/เมือง.xlsx", "2021-02-01T10:00:00", Table(DISTRICT, "1"))
    first = Sent(
        "รอบ 2/เมือง 1.xlsx", "2021-02-16T10:00:00", Table(DISTRICT, "2", figures="1", changes=(BAD,))
    )
    second = Sent(
        "รอบ 2/เมือง 2.xlsx",
        "2021-02-17T10:00:00",
        Table(DISTRICT, "2", changes=(Cell(BODY.label, "visits", 0, 0),)),
    )
    results = consolidate(tmp_path, before, first, second)
    assert roster_row(results, DISTRICT, "2").please_explain == 1
    assert (roster_row(results, DISTRICT, "2").mended, roster_row(results, DISTRICT, "2").newly_found) == (
        1,
        0,
    )


def test_it_is_on_the_screen_and_below_the_list_of_what_to_mend(tmp_path: Path) -> None:
    results = consolidate(tmp_path, version(1, BAD, WORSE), version(2, WORSE, NEW), publish=True)
    assert "  ส่งฉบับแก้ไขแล้ว 1: เมืองอุบลราชธานี (แก้แล้ว 1 จาก 2 · ใหม่ 1)" in round_lines(round_of(results, "1"))
    shown = texts(tmp_path / "output" / "1" / "summary.xlsx", "ต้องแก้ไข")
    assert "เมืองอุบลราชธานี: แก้แล้ว ๑ จาก ๒ · ใหม่ ๑" in shown
