"""A run gives each district back what it has to mend, in its own workbook, and nothing to anybody else."""

import hashlib
import json
import os
import shutil
import signal
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import RoundResult
from pipeline.write import verify as verifying
from pipeline.write.returned import TAB, asked, write
from tests.campaigns import (
    Sent,
    cell_of,
    consolidate,
    issues_of,
    rerun,
    roster_row,
    round_of,
    verdicts,
    workbook,
)
from tests.returned.marking import issue, mark
from tests.returned.proof import differences, opened, parts
from tests.returned.varied import replaced
from tests.sample.libreoffice import SAVED_DIR
from tests.sample.model import Cell, Table

BAD = Table("3424", "1", changes=(Cell("อบต.เหล่าแดง", "hh_veg", "12-15"), Cell("อบต.คำไฮใหญ่", "hh_sort", -5)))
AT = (cell_of(BAD, "อบต.เหล่าแดง", "hh_veg"), cell_of(BAD, "อบต.คำไฮใหญ่", "hh_sort"))
PATH = "3424 ดอนมดแดง/ครั้งที่ 1.xlsx"
WHEN = "2021-02-04T09:00:00"


def folder(base: Path) -> Path:
    return base / "output" / "1" / "returned"


def names(base: Path) -> list[str]:
    return sorted(path.name for path in folder(base).iterdir()) if folder(base).exists() else []


def listed(path: Path) -> list[tuple[object, ...]]:
    """The rows of a returned workbook's list, without their numbers."""
    sheet = opened(path.read_bytes()).worksheets[0]
    return [
        tuple(cell.value for cell in row[1:6]) for row in sheet.iter_rows() if isinstance(row[0].value, int)
    ]


def said(path: Path) -> str:
    sheet = opened(path.read_bytes()).worksheets[0]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_a_district_has_its_own_workbook_back_with_its_faults_marked(tmp_path):
    data = workbook(BAD)
    consolidate(tmp_path, Sent(PATH, WHEN, data), Sent("3432.xlsx", WHEN, Table("3432", "1")), publish=True)
    assert names(tmp_path) == ["3424.xlsx"]
    made = folder(tmp_path) / "3424.xlsx"
    sheet = opened(data).sheetnames[0]
    assert list(differences(data, made.read_bytes(), TAB, {sheet: set(AT)})) == []
    faults = [row for row in listed(made) if row[0] == "ต้องแก้"]
    assert {row[2] for row in faults} == set(AT)
    assert faults[0][1] == sheet
    marked = opened(made.read_bytes())[sheet]
    note = marked[AT[0]].comment.text
    assert note.startswith('ต้องแก้\nพบ "12-15" ')
    assert "\nวิธีแก้: " in note
    assert "ครั้งที่ 1.xlsx" in said(made)


def test_run_json_names_it_with_its_hash_and_a_second_run_makes_the_same_bytes(tmp_path):
    consolidate(tmp_path, Sent(PATH, WHEN, BAD), publish=True)
    made = folder(tmp_path) / "3424.xlsx"
    before = made.read_bytes()
    record = json.loads((folder(tmp_path).parent / "run.json").read_text(encoding="utf-8"))
    hashes = {each["path"]: each["sha256"] for each in record["outputs"]}
    assert hashes["1/returned/3424.xlsx"] == hashlib.sha256(before).hexdigest()
    rerun(tmp_path, publish=True)
    assert made.read_bytes() == before


def test_without_anything_to_mend_there_is_no_folder(tmp_path):
    consolidate(tmp_path, Sent(PATH, WHEN, Table("3424", "1")), publish=True)
    assert names(tmp_path) == []
    assert not folder(tmp_path).exists()


def test_what_is_mended_in_the_returned_workbook_and_sent_again_counts_and_its_list_is_no_report(tmp_path):
    results = consolidate(tmp_path, Sent(PATH, WHEN, BAD), publish=True)
    assert roster_row(results, "3424", "1").must_fix == 2
    made = (folder(tmp_path) / "3424.xlsx").read_bytes()
    sent = replaced(made, {b"<v>-5</v>": b"<v>5</v>"})
    again = consolidate(tmp_path, Sent("แก้.xlsx", "2021-02-09T09:00:00", sent), publish=True)
    assert verdicts(again, "แก้.xlsx") == ["counted"]
    assert roster_row(again, "3424", "1").must_fix == 1
    assert issues_of(again, "AID_CHANGED") == []
    assert [one.sheet for one in round_of(again, "1").issues if one.sheet == TAB] == []
    book = opened((folder(tmp_path) / "3424.xlsx").read_bytes())
    assert book.sheetnames[:2] == [f"{TAB} (2)", TAB]
    assert "แผ่นเดิมเป็นของครั้งก่อน" in said(folder(tmp_path) / "3424.xlsx")


def test_a_list_that_somebody_wrote_on_is_told_of(tmp_path):
    consolidate(tmp_path, Sent(PATH, WHEN, BAD), publish=True)
    made = (folder(tmp_path) / "3424.xlsx").read_bytes()
    sent = replaced(made, {"วิธีแก้</t>".encode(): "แก้แล้ว</t>".encode()}, "sheet2")
    again = consolidate(tmp_path, Sent("แก้.xlsx", "2021-02-09T09:00:00", sent))
    assert [one.sheet for one in issues_of(again, "AID_CHANGED")] == [TAB]


def test_a_workbook_with_macros_keeps_them_and_its_ending(tmp_path):
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    data = replaced(workbook(BAD), {plain: macros}, **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros"})
    consolidate(tmp_path, Sent("3424 ครั้งที่ 1.xlsm", WHEN, data), publish=True)
    assert names(tmp_path) == ["3424.xlsm"]
    assert (
        parts((folder(tmp_path) / "3424.xlsm").read_bytes())["xl/vbaproject.bin"]
        == b"\xd0\xcf\x11\xe0 macros"
    )


@pytest.mark.parametrize("writer, suffix", [("xlwt", "xls")])
def test_what_cannot_be_marked_is_listed_alone(tmp_path, writer, suffix):
    path = f"3424 ครั้งที่ 1.{suffix}"
    consolidate(tmp_path, Sent(path, WHEN, workbook(BAD, writer=writer)), publish=True)
    assert names(tmp_path) == ["3424.xlsx"]
    made = folder(tmp_path) / "3424.xlsx"
    assert opened(made.read_bytes()).sheetnames == [TAB]
    assert {row[2] for row in listed(made) if row[0] == "ต้องแก้"} == set(AT)
    assert "ลงสีและคำอธิบายไว้ให้ไม่ได้" in said(made)
    assert path in said(made)


def test_a_file_that_cannot_be_opened_is_told_by_its_name(tmp_path):
    consolidate(tmp_path, Sent("3424 ดอนมดแดง/ครั้งที่ 1.pdf", WHEN, b"%PDF-1.4 scanned"), publish=True)
    (row,) = listed(folder(tmp_path) / "3424.xlsx")
    assert row[:3] == ("ต้องแก้", "ไฟล์ ครั้งที่ 1.pdf", "")
    assert row[4]


def test_what_waits_for_the_province_asks_nothing_of_the_district(tmp_path):
    results = consolidate(
        tmp_path, Sent("3431 เหล่าเสือโก้ก/ครั้งที่ 1.xlsx", WHEN, Table("3424", "1")), publish=True
    )
    assert [one.question for one in issues_of(results, "WRONG_FOLDER")] == [True]
    assert names(tmp_path) == []


def test_a_fault_of_ours_costs_the_marks_and_is_told_of(tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise TypeError("a fault")

    monkeypatch.setattr(write, "marked", broken)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        consolidate(tmp_path, Sent(PATH, WHEN, BAD), publish=True)
    assert [str(each.message) for each in told] == [f"{PATH}: TypeError('a fault')"]
    assert opened((folder(tmp_path) / "3424.xlsx").read_bytes()).sheetnames == [TAB]


OTHER_BAD = Table("3433", "1", changes=(Cell("ทต.ขี้เหล็ก", "hh_sort", -5),))


@pytest.mark.parametrize(
    "end", [os.abort, lambda: os.kill(os.getpid(), signal.SIGKILL)], ids=["abort", "kill"]
)
def test_a_file_that_kills_whoever_marks_it_costs_its_own_marks_alone(tmp_path, monkeypatch, end):
    marked = write.marked

    def deadly(data: bytes, *rest: Any) -> Any:
        if data == workbook(BAD):
            end()
        return marked(data, *rest)

    monkeypatch.setattr(write, "marked", deadly)
    others = Sent("3433 น้ำขุ่น/ครั้งที่ 1.xlsx", WHEN, OTHER_BAD)
    consolidate(tmp_path, Sent(PATH, WHEN, BAD), others, publish=True)
    assert names(tmp_path) == ["3424.xlsx", "3433.xlsx"]
    first, second = (opened((folder(tmp_path) / name).read_bytes()).sheetnames for name in names(tmp_path))
    assert (first, second[0], len(second)) == ([TAB], TAB, 2)
    assert [row[2] for row in listed(folder(tmp_path) / "3424.xlsx")][:2] == list(AT)


def test_a_snapshot_that_is_gone_costs_the_marks(tmp_path):
    results = consolidate(tmp_path, Sent(PATH, WHEN, BAD))
    result = round_of(results, "1")
    files = tuple(replace(row, snapshot=tmp_path / "gone") for row in result.files)
    (one,) = asked(replace(result, files=files))
    made = write.returned(one, results, result)
    assert opened(made.data).sheetnames == [TAB]


def twice(result: RoundResult) -> RoundResult:
    """The round as if the district had sent its report in two files that both count."""
    other = tuple(replace(issue, file="ข.xlsx") for issue in result.issues)
    files = tuple(replace(row, path="ข.xlsx") for row in result.files)
    return replace(result, issues=(*result.issues, *other), files=(*result.files, *files))


def test_each_of_several_files_is_given_back(tmp_path):
    result = twice(round_of(consolidate(tmp_path, Sent(PATH, WHEN, BAD)), "1"))
    assert [(one.name, one.file.path) for one in asked(result) if one.file] == [
        ("3424", PATH),
        ("3424-2", "ข.xlsx"),
    ]
    assert [{issue.file for issue in one.issues} for one in asked(result)] == [{PATH}, {"ข.xlsx"}]


@pytest.mark.parametrize("harm", ["gone", "empty", "another"])
def test_a_round_is_not_published_without_them(tmp_path, harm):
    result = round_of(consolidate(tmp_path, Sent(PATH, WHEN, BAD), publish=True), "1")
    place = folder(tmp_path)
    verifying.verify(place.parent, result)
    made = place / "3424.xlsx"
    if harm == "gone":
        made.rename(place / "3425.xlsx")
    elif harm == "empty":
        shutil.copy(place.parent / "late.xlsx", made)
    else:
        shutil.copy(made, place / "3425.xlsx")
    with pytest.raises(AssertionError, match="returned"):
        verifying.verify(place.parent, result)


def test_what_libreoffice_saved_is_marked_too():
    for path in sorted(SAVED_DIR.glob("*.xlsx")):
        data = path.read_bytes()
        sheet = opened(data).sheetnames[0]
        asked_for = (issue(sheet, "C6"), issue(sheet, "D40", "please_explain"))
        assert list(differences(data, mark(data, *asked_for).data, TAB, {sheet: {"C6", "D40"}})) == []
