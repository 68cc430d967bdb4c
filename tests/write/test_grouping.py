from dataclasses import replace

import pytest

from pipeline.write.grouping import grouped, joined_cells
from tests.write.factory import issue


@pytest.mark.parametrize(
    "cells, text",
    [
        ((), ""),
        (("", ""), ""),
        (("C6",), "C6"),
        (("D9", "C6", "C6"), "C6, D9"),
        (("C7", "C6"), "C6, C7"),
        (("C6", "C7", "C8", "D8", "C10"), "C6:C8, C10, D8"),
        (("AA1", "Z1", "B10", "B9"), "B9, B10, Z1, AA1"),
        (("แถว 3", "C6"), "C6, แถว 3"),
    ],
)
def test_cells_are_joined_in_reading_order(cells: tuple[str, ...], text: str) -> None:
    assert joined_cells(cells) == text


def test_one_cause_is_one_line() -> None:
    (group,) = grouped([issue(cell="C6"), issue(cell="D9", value="20-30", message='เซลล์ D9 พบ "20-30"')])
    assert (group.cells, group.count) == ("C6, D9", 2)
    assert group.what == 'พบ "12-15", "20-30" ต้องเป็นจำนวนเดียว'


@pytest.mark.parametrize(
    "other", ["file", "sheet", "code", "reason", "remedy", "severity", "district_code", "round", "form"]
)
def test_another_cause_is_another_line(other: str) -> None:
    changed = {other: "note" if other == "severity" else "อื่น"}
    assert len(grouped([issue(), issue(cell="D9", **changed)])) == 2


def test_must_fix_comes_first_and_order_is_kept() -> None:
    found = grouped(
        [issue(severity="note"), issue(severity="please_explain"), issue(file="ข.xlsx"), issue(file="ก.xlsx")]
    )
    assert [(group.severity, group.file) for group in found] == [
        ("must_fix", "ข.xlsx"),
        ("must_fix", "ก.xlsx"),
        ("please_explain", "รอบ 2/เขื่องใน.xlsx"),
        ("note", "รอบ 2/เขื่องใน.xlsx"),
    ]


def test_many_values_are_counted_not_listed() -> None:
    found = [issue(cell=f"C{row}", value=f"v{row}", message=f'พบ "v{row}"') for row in range(6, 13)]
    assert grouped(found)[0].what == 'พบ "v6", "v7", "v8", "v9" และอีก 3 ค่า ต้องเป็นจำนวนเดียว'


def test_a_value_that_the_sentence_does_not_name_is_not_named() -> None:
    (group,) = grouped([replace(issue(), value="x", message="แผ่นนี้ถูกซ่อนไว้", reason="ถูกซ่อนไว้")])
    assert group.what == "ถูกซ่อนไว้"


def test_without_a_reason_the_sentence_stands() -> None:
    (group,) = grouped([issue(reason="", message="ไฟล์ว่าง")])
    assert group.what == "ไฟล์ว่าง"


def test_nothing_found_is_nothing() -> None:
    assert grouped([]) == ()
