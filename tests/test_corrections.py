"""input/corrections.csv: figures that a district corrected by telephone, marked wherever they are written."""

import csv
from pathlib import Path

import pytest

from pipeline.corrections import corrected
from pipeline.exceptions import ConfigurationError
from pipeline.model import Grid, Results, Workbook
from tests.campaigns import TABLES, Sent, consolidate, figure, issues_of, put, rerun, round_of
from tests.sample.model import Cell, Table
from tests.write.opened import opened

DISTRICT = "3401"
BODY = TABLES.bodies_of(DISTRICT)[0]
PATH = "รอบ 1/เมือง.xlsx"
AT = "2021-02-03T10:00:00"
HEADER = ("file", "sha256", "sheet", "cell", "old", "new", "who", "why")
SHEET = Table(DISTRICT, "1").sheet


def sent(*changes: Cell) -> Sent:
    return Sent(PATH, AT, Table(DISTRICT, "1", changes=changes))


def write(folder: Path, *rows: tuple[str, ...]) -> None:
    (folder / "input").mkdir(parents=True, exist_ok=True)
    with (folder / "input" / "corrections.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((HEADER, *rows))


def line(cell: str, old: str, new: str, **changes: str) -> tuple[str, ...]:
    row = {"file": PATH, "sha256": "", "sheet": SHEET, "cell": cell, "old": old, "new": new}
    row |= {"who": "พัฒนาการอำเภอ", "why": "พิมพ์ตกหนึ่งหลัก"} | changes
    return tuple(row[name] for name in HEADER)


def cell_of(results: Results, key: str) -> str:
    values = round_of(results, "1").values
    rows = values[(values["local_body_code"] == BODY.code) & (values["indicator"] == key)]
    return str(rows["cell"].iloc[0])


def after(tmp_path: Path, change: Cell, old: str, new: str, **more: str) -> Results:
    """The results once `change`, made in the workbook, is corrected."""
    clean = consolidate(tmp_path / "clean", sent())
    write(tmp_path, line(cell_of(clean, change.key), old, new, **more))
    return consolidate(tmp_path, sent(change), publish=True)


def test_a_corrected_figure_counts_in_place_of_the_one_in_the_file(tmp_path: Path) -> None:
    results = after(tmp_path, Cell(BODY.label, "visits", 1, 1), "1", "12")
    assert figure(results, "1", BODY.code, "visits") == 12
    (issue,) = issues_of(results, "CORRECTED")
    assert (issue.severity, issue.value, issue.cell) == ("note", "1", cell_of(results, "visits"))
    assert 'เดิมเขียน "1" แก้เป็น 12 ตามที่อำเภอแจ้ง (พัฒนาการอำเภอ: พิมพ์ตกหนึ่งหลัก)' in issue.message


def test_it_is_marked_in_every_output(tmp_path: Path) -> None:
    after(tmp_path, Cell(BODY.label, "hh_sort", 1, 1), "1", "1,234")
    folder = tmp_path / "output" / "1"
    with (folder / "values.csv").open(encoding="utf-8-sig", newline="") as file:
        marked = [row for row in csv.DictReader(file) if row["corrected_from"]]
    assert [(row["local_body_code"], row["indicator"], row["value"]) for row in marked] == [
        (BODY.code, "hh_sort", "1234")
    ]
    assert marked[0]["corrected_from"] == "1"
    with (folder / "consolidated.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {row["local_body_code"]: row["corrected"] for row in csv.DictReader(file)}
    assert {code for code, keys in found.items() if keys} == {BODY.code}
    assert found[BODY.code] == "hh_sort"
    assert '"corrections": 1' in (folder / "run.json").read_text(encoding="utf-8")
    book = opened(folder / "summary.xlsx")
    starred = [cell for row in book["ราย อปท."] for cell in row if '"*"' in cell.number_format]
    assert [cell.value for cell in starred] == [1234]
    notes = [str(cell.value) for row in book["หมายเหตุ"] for cell in row if cell.value]
    assert any("แก้เป็น 1,234 ตามที่อำเภอแจ้ง" in text for text in notes)


@pytest.mark.parametrize("written", ["12-15", "#REF!", ""])
def test_what_could_not_be_read_can_be_told(tmp_path: Path, written: str) -> None:
    results = after(tmp_path, Cell(BODY.label, "visits", written, None), written, "12")
    assert figure(results, "1", BODY.code, "visits") == 12
    assert issues_of(results, "BAD_VALUE") == []
    assert [row.seen == row.read + row.set_aside for row in results.files] == [True]


def test_a_figure_by_telephone_obeys_the_rules_as_any_other(tmp_path: Path) -> None:
    results = after(tmp_path, Cell(BODY.label, "hh_sort", 1, 1), "1", "9999999")
    assert figure(results, "1", BODY.code, "hh_sort") is None
    assert [issue.code for issue in issues_of(results, "PART_OVER_WHOLE")] == ["PART_OVER_WHOLE"]


def test_a_correction_that_does_not_fit_the_file_changes_nothing_and_says_so(tmp_path: Path) -> None:
    results = after(tmp_path, Cell(BODY.label, "visits", 3, 3), "1", "12")
    assert figure(results, "1", BODY.code, "visits") == 3
    (issue,) = issues_of(results, "CORRECTION_UNFIT")
    assert (issue.severity, issue.value, issue.cell) == ("must_fix", "3", cell_of(results, "visits"))
    assert 'เดิมเป็น "1" ซึ่งไม่ตรงกับไฟล์ จึงยังไม่แก้เป็น 12' in issue.message


def test_a_sheet_that_is_not_there_does_not_fit(tmp_path: Path) -> None:
    results = after(tmp_path, Cell(BODY.label, "visits", 1, 1), "1", "12", sheet="ไม่มี")
    assert [issue.sheet for issue in issues_of(results, "CORRECTION_UNFIT")] == ["ไม่มี"]


def test_a_file_that_was_sent_again_with_the_new_figure_needs_no_word(tmp_path: Path) -> None:
    results = after(tmp_path, Cell(BODY.label, "visits", 12, 12), "1", "12")
    assert figure(results, "1", BODY.code, "visits") == 12
    assert [*issues_of(results, "CORRECTED"), *issues_of(results, "CORRECTION_UNFIT")] == []


def test_a_correction_of_one_content_leaves_the_next_one_alone(tmp_path: Path) -> None:
    first = consolidate(tmp_path, sent(Cell(BODY.label, "visits", 1, 1)))
    sha256 = first.files[0].sha256
    write(tmp_path, line(cell_of(first, "visits"), "1", "12", sha256=sha256[:12]))
    assert figure(rerun(tmp_path), "1", BODY.code, "visits") == 12
    again = Sent(
        PATH, "2021-02-04T10:00:00", Table(DISTRICT, "1", changes=(Cell(BODY.label, "visits", 2, 2),))
    )
    put(tmp_path / "input", again)
    results = rerun(tmp_path)
    assert figure(results, "1", BODY.code, "visits") == 2
    assert [*issues_of(results, "CORRECTED"), *issues_of(results, "CORRECTION_UNFIT")] == []


def test_a_correction_of_what_never_came_is_a_note(tmp_path: Path) -> None:
    write(tmp_path, line("C6", "1", "12", file="ไม่เคยมา.xlsx"))
    results = consolidate(tmp_path, sent())
    (issue,) = issues_of(results, "CORRECTION_UNUSED")
    assert (issue.severity, issue.cell) == ("note", "C6")
    assert "ไม่เคยมา.xlsx" in issue.message


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"new": ""}, "คอลัมน์ new ว่างอยู่"),
        ({"new": "ราว 12"}, 'new พบ "ราว 12" ต้องเป็นจำนวนเดียว'),
        ({"new": "-3"}, "ต้องเป็นจำนวนเดียว"),
        ({"cell": "C6:D7"}, 'cell พบ "C6:D7" ต้องเป็นชื่อเซลล์เดียว'),
        ({"who": ""}, "คอลัมน์ who ว่างอยู่"),
    ],
)
def test_a_line_that_cannot_be_obeyed_is_refused_with_its_number(
    tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    cell, new = changes.pop("cell", "C6"), changes.pop("new", "12")
    write(tmp_path, line(cell, "1", new, **changes))
    with pytest.raises(ConfigurationError) as caught:
        consolidate(tmp_path, sent())
    assert words in caught.value.sentence
    assert "corrections.csv บรรทัดที่ 2" in caught.value.sentence


def test_the_same_cell_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, line("C6", "1", "12"), line("C6", "1", "13"))
    with pytest.raises(ConfigurationError, match="ซ้ำกับบรรทัดที่ 2"):
        consolidate(tmp_path, sent())


def test_a_workbook_without_corrections_is_left_as_it_is() -> None:
    grid = Grid("แบบ", 0, False, {(0, 0): 1}, {}, frozenset(), frozenset(), frozenset(), (), 1)
    assert corrected(Workbook((grid,)), ()) == (Workbook((grid,)), ())
