"""The machine-readable files of a round, the same bytes every time, and a folder that is there whole or not at all."""

import csv
import errno
import hashlib
import json
import os
import re
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.exceptions import CannotWrite
from pipeline.model import Folders, Results, RoundResult
from pipeline.run import run
from pipeline.write import publish
from pipeline.write.folder import NEW
from tests.campaigns import AS_OF, SCHEMAS, TABLES, Sent, consolidate, in_process, put, rerun, workbook
from tests.sample.layout import lay_out
from tests.sample.model import Cell, Put, Table
from tests.sample.writers import WRITERS

VALUES = (
    "district_code", "local_body_code", "form", "round", "item", "indicator", "value", "file", "sheet", "cell",
    "sha256", "corrected_from",
)  # fmt: skip
ROSTER = (
    "district_code", "district", "form", "round", "status", "due_at", "first_received_at", "first_acceptable_at",
    "counted_at", "days_late", "counted_file", "receipt_source", "local_bodies_reported", "local_bodies_expected",
    "must_fix", "please_explain", "note", "mended", "mended_of", "newly_found",
)  # fmt: skip
ISSUES = (
    "severity", "code", "district_code", "form", "round", "file", "sheet", "cell", "value", "message", "remedy",
)  # fmt: skip
STATUSES = ("on_time", "late", "unusable", "undecided", "missing", "pending", "waived")
TABLES_MADE = ("values.csv", "consolidated.csv", "roster.csv", "issues.csv")
GOOD = Table(
    "3424",
    "1",
    changes=(Cell("อบต.เหล่าแดง", "hh_veg", "12-15"), Cell("อบต.คำไฮใหญ่", "hh_sort", -5)),
)
FILE = "3424 ดอนมดแดง/ครั้งที่ 1.xlsx"
LATE = Table("3432", "1", absent=("อบต.แก่งโดม",))
HIDDEN = Table("3432", "1", sheet="ร่าง", hidden=True)
BLANK = Table("3433", "1", blank=True)
NOBODY = Table("3431", "1", area="อำเภอ ............", only=("ทต.เหล่าเสือโก้ก",))
SENT = (
    Sent(FILE, "2021-02-04T09:00:00", GOOD),
    Sent("สว่างวีระวงศ์ 1.xlsx", "2021-02-08T09:00:00", (LATE, HIDDEN)),
    Sent("น้ำขุ่น 1.xlsx", "2021-02-05T10:00:00", BLANK),
    Sent("น้ำขุ่น 1.pdf", "2021-02-05T11:00:00", b"%PDF-1.4 scanned"),
    Sent("ดอนมดแดง 2.xlsx", "2021-02-25T09:00:00", Table("3424", "2")),
    Sent("ร่าง.xlsx", "2021-02-01T09:00:00", Table("3402", "1")),
    Sent("ร่าง.xlsx", "2021-02-01T09:00:00", Table("3402", "1"), event="withdrawn", note="ส่งผิดไฟล์"),
)


@dataclass(frozen=True)
class Made:
    """A campaign with its results and what was written of it."""

    folder: Path
    results: Results

    @property
    def round(self) -> Path:
        return self.folder / "output" / "1"

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader((self.round / name).read_text(encoding="utf-8-sig").splitlines()))

    def header(self, name: str) -> tuple[str, ...]:
        return tuple((self.round / name).read_text(encoding="utf-8-sig").splitlines()[0].split(","))

    @property
    def record(self) -> dict:
        return json.loads((self.round / "run.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    results = consolidate(folder, *SENT, publish=True)
    return Made(folder, results)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, but for what is kept to save time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "cache"
    }


def names(folder: Path) -> list[str]:
    """The folders in a folder, and whatever is hidden there; not what is kept for the next run."""
    found = [path for path in folder.iterdir() if path.is_dir() or path.name.startswith(".")]
    return sorted(path.name for path in found if path.name != "cache")


# --- what is written ----------------------------------------------------------------------------------------------


def test_each_round_that_is_due_has_its_folder_and_the_page_of_all_lies_beside(made):
    assert names(made.folder / "output") == ["1", "2"]
    beside = {path.name for path in (made.folder / "output").iterdir() if path.is_file()}
    assert beside == {"status.html", "worklist.xlsx"}


def test_every_table_is_utf_8_with_a_byte_order_mark(made):
    for name in TABLES_MADE:
        data = (made.round / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf"), name
        assert data.count(b"\xef\xbb\xbf") == 1, name
        data.decode("utf-8")
    assert not (made.round / "run.json").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("name", "columns"), [("values.csv", VALUES), ("roster.csv", ROSTER), ("issues.csv", ISSUES)]
)
def test_a_table_has_the_columns_that_others_build_on_in_their_order(made, name, columns):
    assert made.header(name) == columns


def test_consolidated_has_codes_first_then_a_column_per_figure_ratio_and_text(made):
    header = made.header("consolidated.csv")
    form = made.results.rounds[0].form
    assert header[0] == "district_code"
    assert set(header[:4]) == {"district_code", "district", "local_body_code", "local_body"}
    figures = [column.key for column in form.indicators]
    assert [name for name in header if name in figures] == figures
    assert {ratio.key for ratio in form.ratios} <= set(header)
    assert {"tambon", "problem", "remark"} <= set(header)
    assert len(header) == len(set(header))


def test_values_hold_every_figure_of_what_counts_once_with_its_cell(made):
    unknown = {("6342402", "hh_veg"), ("6342403", "hh_sort")}
    expected = Counter(
        ("3424", fact.body, fact.item, fact.key, fact.value, FILE, "แบบรายงาน", fact.cell)
        for fact in lay_out(GOOD, TABLES).facts
        if TABLES.field(fact.key).counted and (fact.body, fact.key) not in unknown
    )
    found = Counter(
        (
            *(row[name] for name in ("district_code", "local_body_code", "item", "indicator")),
            float(row["value"]),
            *(row[name] for name in ("file", "sheet", "cell")),
        )
        for row in made.rows("values.csv")
        if row["district_code"] == "3424"
    )
    assert found == expected
    assert {(row["form"], row["round"]) for row in made.rows("values.csv")} == {("operations", "1")}


def test_values_name_the_content_that_they_were_read_from(made):
    sha256 = hashlib.sha256((made.folder / "input" / FILE).read_bytes()).hexdigest()
    assert {row["sha256"] for row in made.rows("values.csv") if row["file"] == FILE} == {sha256}


def test_a_field_given_once_per_district_has_no_local_body(made):
    once = {
        (row["district_code"], row["indicator"])
        for row in made.rows("values.csv")
        if not row["local_body_code"]
    }
    assert once == {(code, key) for code in ("3424", "3432") for key in ("kpso", "staff_trained")}


def test_whole_numbers_are_written_without_a_point(made):
    whole = [row["value"] for row in made.rows("values.csv") if row["indicator"] != "green_area"]
    assert [value for value in whole if not value.isdecimal()] == []


def test_consolidated_has_a_row_per_local_body_whose_figures_are_those_of_values(made):
    rows = made.rows("consolidated.csv")
    assert [row["local_body_code"] for row in rows] == [body.code for body in TABLES.bodies]
    values = {
        (row["local_body_code"], row["indicator"]): float(row["value"]) for row in made.rows("values.csv")
    }
    keys = [column.key for column in made.results.rounds[0].form.indicators]
    found = {(row["local_body_code"], key): float(row[key]) for row in rows for key in keys if row[key]}
    assert found == {pair: value for pair, value in values.items() if pair[0]}


def test_what_is_unknown_is_empty_and_never_three_dots(made):
    rows = {row["local_body_code"]: row for row in made.rows("consolidated.csv")}
    assert rows["6342402"]["hh_veg"] == ""
    assert rows["6342402"]["hh_veg_pct"] == ""
    assert rows["3340102"]["hh_veg"] == ""
    assert "..." not in (made.round / "consolidated.csv").read_text(encoding="utf-8-sig")


def test_a_ratio_is_recomputed_from_the_two_counts(made):
    row = next(row for row in made.rows("consolidated.csv") if row["local_body_code"] == "6342401")
    assert float(row["hh_veg_pct"]) == pytest.approx(
        100 * float(row["hh_veg"]) / float(row["hh_target"]), rel=1e-9
    )


def test_the_roster_has_one_row_per_district_in_the_order_of_the_registry(made):
    rows = made.rows("roster.csv")
    assert [row["district_code"] for row in rows] == list(TABLES.districts)
    stands = {row["district_code"]: row["status"] for row in rows}
    assert (stands["3424"], stands["3432"], stands["3433"], stands["3402"]) == (
        "on_time", "late", "unusable", "missing",
    )  # fmt: skip


def test_the_roster_has_the_times_and_counts_of_the_one_that_counts(made):
    row = next(row for row in made.rows("roster.csv") if row["district_code"] == "3432")
    assert row | {
        "due_at": "2021-02-05T23:59:59+07:00",
        "first_received_at": "2021-02-08T09:00:00+07:00",
        "first_acceptable_at": "2021-02-08T09:00:00+07:00",
        "counted_at": "2021-02-08T09:00:00+07:00",
        "days_late": "3",
        "counted_file": "สว่างวีระวงศ์ 1.xlsx",
        "receipt_source": "register",
        "local_bodies_reported": "3",
        "local_bodies_expected": "4",
    } == row  # fmt: skip


def test_issues_are_one_row_per_cell_with_one_of_three_severities(made):
    rows = made.rows("issues.csv")
    assert {row["severity"] for row in rows} <= {"must_fix", "please_explain", "note"}
    assert all(re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]*|", row["cell"]) for row in rows)
    bad = next(row for row in rows if row["code"] == "BAD_VALUE")
    cell = next(
        fact.cell for fact in lay_out(GOOD, TABLES).facts if (fact.body, fact.key) == ("6342402", "hh_veg")
    )
    assert (bad["severity"], bad["district_code"], bad["round"], bad["file"], bad["cell"], bad["value"]) == (
        "must_fix", "3424", "1", FILE, cell, "12-15",
    )  # fmt: skip


def test_every_issue_says_what_was_found_and_what_to_do_in_thai(made):
    for row in made.rows("issues.csv"):
        assert re.search("[ก-๙]", row["message"]), row["code"]
        assert re.search("[ก-๙]", row["remedy"]), row["code"]
        assert "{" not in row["message"] + row["remedy"]


def test_run_json_has_the_keys_that_others_build_on(made):
    record = made.record
    assert {"as_of", "versions", "counts", "files", "cells", "outputs"} <= record.keys()
    assert record["as_of"] == AS_OF
    assert set(record["counts"]) == {"expected", "received", *STATUSES}
    assert all({"path", "sha256", "verdict", "codes"} <= file.keys() for file in record["files"])
    assert all({"path", "sha256"} == output.keys() for output in record["outputs"])
    assert {"pipeline", "pandas", "pandera", "openpyxl"} <= record["versions"].keys()


def test_the_counts_of_run_json_are_those_of_the_roster(made):
    statuses = Counter(row["status"] for row in made.rows("roster.csv"))
    counts = made.record["counts"]
    assert {status: counts[status] for status in STATUSES} == {
        status: statuses[status] for status in STATUSES
    }
    assert counts["expected"] == 25 == sum(statuses.values())
    assert counts["received"] == 3


def test_run_json_names_every_file_with_its_verdict_and_codes(made):
    found = {file["path"]: (file["verdict"], file["codes"]) for file in made.record["files"]}
    assert {path: verdict for path, (verdict, _) in found.items()} == {
        FILE: "counted",
        "สว่างวีระวงศ์ 1.xlsx": "counted",
        "น้ำขุ่น 1.xlsx": "unusable",
        "น้ำขุ่น 1.pdf": "unusable",
        "ดอนมดแดง 2.xlsx": "not_yet",
        "ร่าง.xlsx": "withdrawn",
    }
    assert {"BAD_VALUE", "NEGATIVE"} <= set(found[FILE][1])
    assert found["น้ำขุ่น 1.xlsx"][1] == ["NO_DATA"]
    assert found["น้ำขุ่น 1.pdf"][1] == ["WRONG_TYPE"]


def filled(table: Table) -> int:
    """The cells of its sheet that hold something, as the recipe laid them out."""
    return sum(put.value != "" for put in lay_out(table, TABLES).sheet.cells.values())


def test_every_cell_seen_was_read_or_set_aside_and_they_are_all_the_cells_of_the_sheet(made):
    record = made.record
    for counts in (record["cells"], *(file["cells"] for file in record["files"])):
        assert counts["seen"] == counts["read"] + counts["set_aside"]
    cells = {file["path"]: file["cells"] for file in record["files"]}
    assert cells[FILE]["seen"] == filled(GOOD)
    assert cells["สว่างวีระวงศ์ 1.xlsx"]["seen"] == filled(LATE) + filled(HIDDEN)
    assert cells["สว่างวีระวงศ์ 1.xlsx"]["set_aside"] >= filled(HIDDEN)
    counts = [cells[name] for name in (FILE, "สว่างวีระวงศ์ 1.xlsx", "น้ำขุ่น 1.xlsx", "น้ำขุ่น 1.pdf")]
    assert record["cells"] == {
        key: sum(count[key] for count in counts) for key in ("seen", "read", "set_aside")
    }


def test_run_json_names_the_other_files_of_the_folder_with_their_right_hashes(made):
    outputs = {output["path"]: output["sha256"] for output in made.record["outputs"]}
    assert outputs == {
        f"1/{name}": hashlib.sha256(content).hexdigest()
        for name, content in contents(made.round).items()
        if name != "run.json"
    }
    assert {
        f"1/{name}"
        for name in (*TABLES_MADE, "summary.xlsx", "late.xlsx", "missing.xlsx", "receipts/3424.txt")
    } <= outputs.keys()


# --- the same bytes -----------------------------------------------------------------------------------------------

AT = datetime.fromisoformat("2021-02-04T09:00:00+07:00").timestamp()
LYING = {
    FILE: workbook(GOOD),
    "สว่างวีระวงศ์ 1.xlsx": workbook(LATE),
    "ครั้งที่ 1/น้ำขุ่น.xlsx": workbook(BLANK),
    "ใคร.xlsx": workbook(NOBODY),
    "3424 ดอนมดแดง/~$ครั้งที่ 1.xlsx": b"lock",
    "กำลังมา.xlsx.crdownload": b"half",
}


def lay_down(folder: Path, files: dict[str, bytes], at: float = AT) -> Path:
    """Files as someone copied them there, without a register: their own time is all that is known."""
    for name, data in files.items():
        path = folder / "input" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (at, at))
    return folder


def made_at(folder: Path, now: str, output: str = "output") -> dict[str, bytes]:
    """What a run at this moment of the wall's clock writes, as of one moment."""
    folders = Folders(SCHEMAS, folder / "input", folder / output, "2021-02-06")
    run(folders, datetime.fromisoformat(now), reading=in_process)
    return contents(folder / output)


@pytest.fixture(scope="module")
def lying(tmp_path_factory) -> tuple[Path, dict[str, bytes]]:
    folder = lay_down(tmp_path_factory.mktemp("lying"), LYING)
    return folder, made_at(folder, "2021-03-01T12:00:00+07:00")


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def test_a_second_run_into_another_folder_gives_the_same_bytes(lying):
    folder, first = lying
    assert {"worklist.xlsx", "1/line.txt", "1/worklist.xlsx"} <= first.keys()
    assert any(name.startswith("1/receipts/") for name in first)
    assert "1/returned/3424.xlsx" in first
    assert differing(made_at(folder, "2021-03-02T08:00:00+07:00", "again"), first) == []


def test_another_order_of_the_folder_and_another_clock_give_the_same_bytes(lying, tmp_path, monkeypatch):
    turned = lay_down(tmp_path, dict(reversed(LYING.items())))
    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", lambda *where: sorted(listdir(*where), reverse=True))
    assert differing(made_at(turned, "2026-07-09T23:00:00+00:00"), lying[1]) == []


def test_a_file_that_never_arrives_changes_no_byte_by_its_own_time(lying, tmp_path):
    """A copied folder gives lock files and half-copied ones the time of the copying."""
    copied = lay_down(tmp_path, LYING)
    for name in ("3424 ดอนมดแดง/~$ครั้งที่ 1.xlsx", "กำลังมา.xlsx.crdownload"):
        os.utime(copied / "input" / name, (AT + 5e7, AT + 5e7))
    assert differing(made_at(copied, "2023-03-02T08:00:00+07:00"), lying[1]) == []


def test_what_was_deleted_is_made_again_equal(lying):
    folder, first = lying
    shutil.rmtree(folder / "output")
    assert differing(made_at(folder, "2021-03-05T12:00:00+07:00"), first) == []


def test_a_run_over_an_older_one_leaves_nothing_of_it(lying):
    folder, first = lying
    (folder / "over" / "1").mkdir(parents=True)
    (folder / "over" / "1" / "values.csv").write_text("old")
    (folder / "over" / "1" / "gone.csv").write_text("old")
    assert differing(made_at(folder, "2021-03-05T12:00:00+07:00", "over"), first) == []


# --- whole or not at all ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    consolidate(folder, SENT[0], as_of="2021-02-06", publish=True)
    return folder


@pytest.fixture
def campaign(written, tmp_path) -> Path:
    """A small campaign whose only round has been written once."""
    return shutil.copytree(written, tmp_path / "campaign")


def again(folder: Path) -> Results:
    return rerun(folder, as_of="2021-02-06", publish=True)


def failing(monkeypatch, error: Exception) -> None:
    """From here on, writing the list of the missing fails."""

    def write_missing(*_: object) -> None:
        raise error

    monkeypatch.setitem(publish.WORKBOOKS, "missing.xlsx", write_missing)


def test_a_full_disk_leaves_the_old_folder_as_it_was(campaign, monkeypatch):
    before = contents(campaign / "output" / "1")
    put(campaign / "input", SENT[1])
    with monkeypatch.context() as patch:
        failing(patch, OSError(errno.ENOSPC, "No space left on device"))
        with pytest.raises(CannotWrite) as caught:
            again(campaign)
    assert caught.value.exit_code == 74
    assert "พื้นที่ดิสก์เต็ม" in caught.value.sentence
    assert str(campaign / "output" / "1") in caught.value.sentence
    assert names(campaign / "output") == ["1"]
    assert contents(campaign / "output" / "1") == before


def lossy(result: RoundResult, key: str) -> RoundResult:
    """A round whose tables have lost one figure on their way into the files."""
    kept = result.values.index != result.values.index[result.values["indicator"] == key][0]
    consolidated = result.consolidated.assign(
        **{key: result.consolidated[key].where(lambda known: known.isna())}
    )
    return replace(result, values=result.values[kept], consolidated=consolidated)


@pytest.mark.parametrize(
    "name, write",
    [("values.csv", publish.write_tables), ("summary.xlsx", publish.WORKBOOKS["summary.xlsx"])],
)
def test_what_does_not_add_up_when_it_is_opened_again_is_not_handed_out(campaign, monkeypatch, name, write):
    before = contents(campaign / "output" / "1")
    put(campaign / "input", SENT[1])

    def write_less(place: Path, results: Results, result: RoundResult) -> None:
        write(place, results, lossy(result, "hh_sort"))

    if name in publish.WORKBOOKS:
        monkeypatch.setitem(publish.WORKBOOKS, name, write_less)
    else:
        monkeypatch.setattr(publish, "write_tables", write_less)
    with pytest.raises(AssertionError, match=rf"{name}: hh_sort is"):
        again(campaign)
    assert names(campaign / "output") == ["1"]
    assert contents(campaign / "output" / "1") == before


def test_an_error_of_ours_while_writing_leaves_the_old_folder_as_it_was(campaign, monkeypatch):
    before = contents(campaign / "output" / "1")
    with monkeypatch.context() as patch:
        failing(patch, ZeroDivisionError())
        with pytest.raises(ZeroDivisionError):
            again(campaign)
    assert names(campaign / "output") == ["1"]
    assert contents(campaign / "output" / "1") == before
    again(campaign)
    assert names(campaign / "output") == ["1"]
    assert contents(campaign / "output" / "1") == before


def test_a_round_never_written_before_is_not_there_at_all_when_writing_fails(campaign, monkeypatch):
    shutil.rmtree(campaign / "output")
    failing(monkeypatch, OSError(errno.EACCES, "Permission denied"))
    with pytest.raises(CannotWrite, match="ไม่มีสิทธิ์เขียน"):
        again(campaign)
    assert not (campaign / "output" / "1").exists()


def test_a_run_cut_off_between_the_two_renames_is_mended_by_the_next(campaign):
    before = contents(campaign / "output" / "1")
    (campaign / "output" / "1").rename(campaign / "output" / ".old-1")
    (campaign / "output" / ".new-1").mkdir()
    (campaign / "output" / ".new-1" / "values.csv").write_text("half")
    again(campaign)
    assert names(campaign / "output") == ["1"]
    assert contents(campaign / "output" / "1") == before


def test_a_run_cut_off_so_and_one_that_fails_after_it_still_leave_the_old_folder(campaign, monkeypatch):
    before = contents(campaign / "output" / "1")
    (campaign / "output" / "1").rename(campaign / "output" / ".old-1")
    failing(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(CannotWrite):
        again(campaign)
    assert contents(campaign / "output" / "1") == before


def test_a_run_cut_off_before_it_tidied_up_is_tidied_up_by_the_next(campaign):
    before = contents(campaign / "output" / "1")
    shutil.copytree(campaign / "output" / "1", campaign / "output" / ".old-1")
    (campaign / "output" / ".old-1" / "values.csv").write_text("older")
    again(campaign)
    assert names(campaign / "output") == ["1"]
    assert contents(campaign / "output" / "1") == before


def test_a_swap_that_fails_half_way_puts_the_old_folder_back(campaign, monkeypatch):
    before = contents(campaign / "output" / "1")
    rename = Path.rename

    def failing_rename(path: Path, target: Path) -> Path:
        if path.name.startswith(NEW):
            raise OSError(errno.EIO, "Input/output error")
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing_rename)
        with pytest.raises(CannotWrite):
            again(campaign)
    assert contents(campaign / "output" / "1") == before


def test_a_file_in_the_place_of_the_folder_is_not_lost_and_can_be_moved_away(campaign):
    shutil.rmtree(campaign / "output" / "1")
    (campaign / "output" / "1").write_text("notes of someone")
    with pytest.raises(CannotWrite, match="ไฟล์"):
        again(campaign)
    kept = [path for path in (campaign / "output").iterdir() if path.name == "1"]
    assert [path.read_text() for path in kept] == ["notes of someone"]
    kept[0].rename(campaign / "notes")
    again(campaign)
    assert names(campaign / "output") == ["1"]


# --- hostile text -------------------------------------------------------------------------------------------------

HOSTILE = (
    "=1+1",
    "+1-800",
    "-2+3",
    "@SUM(1,1)",
    '=HYPERLINK("http://evil.example","x")',
    "http://evil.example",
    "<b>bold</b><script>alert(1)</script>",
    "\t=1+1",
    "\r=1+1",
    "bell\x07 and null\x00 and esc\x1b[31m",
    'quote", then\nanother line',
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Made:
    """Such text as a sheet's name, a file's name, a local body's name, remarks, a column's name and its cells."""
    folder = tmp_path_factory.mktemp("hostile")
    bodies = [body.label for body in TABLES.bodies if body.district == "3404"][: len(HOSTILE)]
    columns = (
        *[field.key for field in TABLES.fields if field.level == "row" and field.key != "moo"],
        "+=2+2",
    )
    table = Table("3404", "1", sheet="=3+3", columns=columns, only=tuple(bodies))
    sheet = lay_out(table, TABLES).sheet
    cells = dict(sheet.cells)
    label_at = {put.value: place for place, put in cells.items()}
    remark, own = columns.index("remark"), len(columns) - 1
    for body, text in zip(bodies, HOSTILE, strict=True):
        row = label_at[body][0]
        cells[(row, remark)] = cells[(row, own)] = Put(text, look="body")
    veg = columns.index("hh_veg")
    for offset, text in enumerate(HOSTILE):
        cells[(label_at[bodies[offset]][0], veg)] = Put(text, look="body")
    cells[label_at[bodies[-1]]] = Put("=cmd|' /C calc'!A0", look="body")
    data = WRITERS["xlsxwriter"]([replace(sheet, cells=cells)])
    lay_down(folder, {"=เขื่องใน 1.xlsx": data, "@<i>.xlsx": b"\x00\x07nothing"})
    return Made(folder, rerun(folder, as_of="2021-02-06", publish=True))


def cells_of(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [cell for row in csv.reader(lines) for cell in row]


def test_no_cell_of_a_table_is_run_by_the_program_that_opens_it(hostile):
    for path in hostile.round.glob("*.csv"):
        assert [
            cell for cell in cells_of(path) if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        ] == [], path


def test_no_table_holds_a_control_character(hostile):
    for path in hostile.round.glob("*.csv"):
        held = [cell for cell in cells_of(path) if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", cell)]
        assert held == [], path.name


def test_such_text_stays_a_row_of_its_table_and_is_not_lost(hostile):
    rows = hostile.rows("consolidated.csv")
    assert len(rows) == 238
    remarks = {row["remark"] for row in rows} - {""}
    assert {"'=1+1", "'@SUM(1,1)", "http://evil.example", "<b>bold</b><script>alert(1)</script>"} <= remarks
    bad = [row["value"] for row in hostile.rows("issues.csv") if row["code"] == "BAD_VALUE"]
    assert {"'=1+1", "http://evil.example"} <= set(bad)
    assert len(hostile.rows("roster.csv")) == 25


def test_figures_beside_such_text_stand_with_the_names_of_file_and_sheet_made_harmless(hostile):
    values = hostile.rows("values.csv")
    assert len(values) > 100
    assert {row["file"] for row in values} == {r"\x3dเขื่องใน 1.xlsx"}
    assert {row["sheet"] for row in values} == {"'=3+3"}
    assert "hh_sort" in {row["indicator"] for row in values}


def test_run_json_spells_the_files_as_the_tables_do(hostile):
    paths = {file["path"] for file in hostile.record["files"]}
    assert paths == {r"\x3dเขื่องใน 1.xlsx", r"\x40<i>.xlsx"}
