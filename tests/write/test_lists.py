from pathlib import Path

import pytest

from pipeline.model import Results
from pipeline.write.lists import write_late, write_missing
from tests.write import factory
from tests.write.opened import opened, part, row_of, texts


def test_late_has_the_late_alone(run: Results, tmp_path: Path) -> None:
    path = tmp_path / "late.xlsx"
    write_late(path, run, run.rounds[0])
    sheet = opened(path, values=True)["ส่งช้า"]
    assert opened(path).sheetnames == ["ส่งช้า"]
    assert [row[1] for row in sheet.iter_rows(min_row=6, max_row=8, values_only=True)] == [
        "บุณฑริก",
        "เขมราฐ",
        "สิรินธร",
    ]
    assert "อำเภอที่ส่งช้า ครั้งที่ ๒" in texts(path, "ส่งช้า")


def test_late_dates_are_thai_dates(run: Results, tmp_path: Path) -> None:
    path = tmp_path / "late.xlsx"
    write_late(path, run, run.rounds[0])
    cell = opened(path)["ส่งช้า"]["D6"]
    assert cell.is_date
    assert cell.number_format == "[$-107041E]d mmm yyyy hh:mm"
    assert cell.value.isoformat() == "2021-02-23T23:59:00"


def test_late_without_anybody_says_so(tmp_path: Path) -> None:
    run = factory.results(statuses={})
    path = tmp_path / "late.xlsx"
    write_late(path, run, run.rounds[0])
    assert "ไม่มีอำเภอที่ส่งช้า" in texts(path, "ส่งช้า")


def test_missing_has_the_missing_first(run: Results, tmp_path: Path) -> None:
    path = tmp_path / "missing.xlsx"
    write_missing(path, run, run.rounds[0])
    assert opened(path).sheetnames == ["ยังไม่ส่ง"]
    assert row_of(path, "ยังไม่ส่ง", "โพธิ์ไทร")[2:6:2] == [7, 4]
    assert "อำเภอที่ยังไม่ส่งรายงาน ครั้งที่ ๒" in texts(path, "ยังไม่ส่ง")


def test_missing_without_anybody_says_so(tmp_path: Path) -> None:
    run = factory.results(statuses={})
    path = tmp_path / "missing.xlsx"
    write_missing(path, run, run.rounds[0])
    assert "ไม่มีอำเภอที่ยังไม่ส่ง" in texts(path, "ยังไม่ส่ง")


@pytest.mark.parametrize("write", [write_late, write_missing])
def test_lists_are_the_same_bytes_again(write, run: Results, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name in ("one.xlsx", "two.xlsx"):
        write(tmp_path / name, run, run.rounds[0])
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_sample_lists_say_so(tmp_path: Path) -> None:
    run = factory.results(sample=True)
    path = tmp_path / "missing.xlsx"
    write_missing(path, run, run.rounds[0])
    assert str(opened(path)["ยังไม่ส่ง"]["A1"].value).startswith("ข้อมูลตัวอย่าง")
    assert "ข้อมูลตัวอย่าง" in part(path, "xl/worksheets/sheet1.xml")
