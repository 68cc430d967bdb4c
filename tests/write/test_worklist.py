"""The analyst's list: the right tasks, worst first, on one page; lines that are obeyed once they are filled in."""

import csv
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalogue import OURS
from pipeline.exceptions import ConfigurationError
from pipeline.model import Results
from pipeline.screen import task_lines
from pipeline.write import metrics
from pipeline.write.todo import Level, Task, all_tasks, files, paste, tasks
from pipeline.write.todo.task import Kind, rank
from pipeline.write.worklist import write_whole_worklist, write_worklist
from tests.campaigns import TABLES, Sent, consolidate, issues_of, rerun, round_of, with_tables
from tests.sample.model import Cell, Named, Table
from tests.write.factory import issue
from tests.write.factory import results as factory_results
from tests.write.opened import opened, texts

AT = "2021-02-04T09:00:00"
AS_OF = "2021-02-10T09:00:00+07:00"
"""After round 1 is due, before the others are."""
BODIES = TABLES.bodies_of("3433")
WRONG = "3421 โพธิ์ไทร/รายงาน.xlsx"
MENDABLE = "น้ำขุ่น 1.xlsx"
SENT = (
    Sent(WRONG, AT, Table("3422", "1")),
    Sent(
        MENDABLE,
        AT,
        Table(
            "3433",
            "1",
            changes=(
                Cell(BODIES[1].label, "visits", "12-15"),
                Cell(BODIES[2].label, "visits", -5),
                Named(BODIES[0].label, "ทต.ไม่มีจริง", "", held=True),
            ),
        ),
    ),
    Sent("เดชอุดม 1.xlsx", "2021-02-08T09:00:00", Table("3407", "1"), source="file_time"),
    Sent("นาตาล 1.pdf", AT, b"%PDF-1.4\n1 0 obj\n"),
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Results]:
    folder = tmp_path_factory.mktemp("worklist")
    return folder, consolidate(folder, *SENT, as_of=AS_OF, publish=True)


def of_kind(run: Results, kind: Kind) -> Task:
    return next(task for task in all_tasks(run) if task.kind == kind)


def write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((columns, *rows))


def pasted(run: Results, table: str) -> list[tuple[str, ...]]:
    return [line.cells for task in all_tasks(run) for line in task.lines if line.table == table]


# --- which tasks --------------------------------------------------------------------------------------------------


def test_all_that_are_missing_are_one_call_and_a_question_names_both_districts(ran):
    _, run = ran
    missing = of_kind(run, "missing")
    assert missing.whom.split(", ")[:2] == ["เมืองอุบลราชธานี", "ศรีเมืองใหม่"]
    named = {row.district for row in round_of(run, "1").roster if row.status == "missing"}
    assert set(missing.districts) == named
    question = of_kind(run, "question")
    assert (question.whom, question.file, question.level) == ("โพธิ์ไทร หรือ สำโรง", WRONG, 1)
    assert question.say == "ถามว่าเป็นของอำเภอใด ครั้งที่เท่าใด"


def test_a_district_with_figures_to_mend_is_called_once_about_all_of_them(ran):
    _, run = ran
    mend = of_kind(run, "mend")
    assert (mend.whom, mend.file, mend.level) == ("น้ำขุ่น", MENDABLE, 2)
    assert mend.brief.startswith("ต้องแก้ ๓ จุด")
    assert [(line.table, line.cells[3]) for line in mend.lines if line.table == "corrections.csv"] == [
        ("corrections.csv", issue.cell) for issue in issues_of(run, "BAD_VALUE") + issues_of(run, "NEGATIVE")
    ]


def test_a_time_that_nobody_confirmed_and_a_file_that_cannot_be_used_are_tasks(ran):
    _, run = ran
    receipt = of_kind(run, "receipt")
    assert (receipt.whom, receipt.file, receipt.level) == ("เดชอุดม", "เดชอุดม 1.xlsx", 3)
    unusable = of_kind(run, "unusable")
    assert (unusable.whom, unusable.level, unusable.lines) == ("นาตาล", 1, ())


def test_nobody_is_called_for_being_missing_before_reminders_begin(ran):
    folder, _ = ran
    early = rerun(folder, as_of="2021-02-08T08:59:00+07:00")
    assert "missing" not in {task.kind for task in all_tasks(early)}
    assert "missing" in {task.kind for task in all_tasks(rerun(folder, as_of="2021-02-08T09:00:00+07:00"))}


def test_the_worst_come_first():
    def task(level: Level, bodies: int, kind: Kind) -> Task:
        return Task(
            kind=kind, level=level, bodies=bodies, district_code="", districts=(), round="",
            what="", brief="", say="", state="",
        )  # fmt: skip

    in_order = [
        task(1, 9, "missing"),
        task(1, 5, "question"),
        task(1, 5, "missing"),
        task(2, 30, "mend"),
        task(3, 0, "receipt"),
        task(3, 0, "explain"),
    ]
    assert sorted(set(in_order), key=rank) == in_order


def test_what_several_rounds_ask_of_one_file_is_asked_once(ran):
    _, run = ran
    again = replace(run.rounds[0], round=run.campaign.round("2"))
    both = replace(run, every_round=(*run.rounds, again))
    assert sum(task.file == WRONG for task in all_tasks(both)) == 1
    assert sum(task.file == MENDABLE for task in all_tasks(both)) > 1


def test_what_is_no_fault_of_a_file_is_so_for_the_worklist_and_for_the_night():
    assert set(files._OURS) == set(OURS)


# --- what is pasted -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["answers.csv", "corrections.csv"])
def test_a_line_that_nobody_filled_in_is_refused(tmp_path, table):
    run = consolidate(tmp_path, *SENT, as_of=AS_OF)
    lines = pasted(run, table)
    for line in lines:
        write(tmp_path / "input" / table, paste.COLUMNS[table], [line])
        with pytest.raises(ConfigurationError, match=f"{table} บรรทัดที่ 2"):
            rerun(tmp_path, as_of=AS_OF)
    assert len(lines) == 2


def test_the_lines_settle_their_tasks_once_they_are_filled_in(tmp_path):
    run = consolidate(tmp_path, *SENT, as_of=AS_OF)
    answers = [
        tuple(
            {paste.BODY: BODIES[0].code}.get(
                cell, cell.removeprefix("3421/1 หรือ ").removesuffix(" หรือ ignore")
            )
            for cell in line
        )
        for line in pasted(run, "answers.csv")
    ]
    assert [line[5] for line in answers] == ["3422/1", BODIES[0].code]
    corrections = [(*line[:5], "12", *line[6:]) for line in pasted(run, "corrections.csv")]
    write(tmp_path / "input" / "answers.csv", paste.COLUMNS["answers.csv"], answers)
    write(tmp_path / "input" / "corrections.csv", paste.COLUMNS["corrections.csv"], corrections)
    after = all_tasks(rerun(tmp_path, as_of=AS_OF))
    assert {task.kind for task in all_tasks(run)} - {task.kind for task in after} == {"question", "mend"}
    assert {task.kind for task in after if task.file in (WRONG, MENDABLE)} <= {"explain"}


def test_a_name_can_be_told_for_good(tmp_path):
    run = consolidate(tmp_path, *SENT, as_of=AS_OF)
    ((kind, body, name, evidence),) = pasted(run, "aliases.csv")
    assert (kind, body, name) == ("local_body", paste.BODY, "ทต.ไม่มีจริง")
    schemas = with_tables(tmp_path)
    with (schemas / "registry" / "aliases.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow((kind, BODIES[0].code, name, evidence))
    assert issues_of(run, "UNKNOWN_LOCAL_BODY") != []
    assert issues_of(rerun(tmp_path, as_of=AS_OF, schemas=schemas), "UNKNOWN_LOCAL_BODY") == []


def test_a_command_quotes_whatever_a_file_is_called():
    (line,) = paste.withdraw("ครั้งที่ 1/$(rm x); 'a'.xlsx")
    assert shlex.split(line.text)[1:] == ["withdraw", "ครั้งที่ 1/$(rm x); 'a'.xlsx", "--why"]
    (line,) = paste.receive("--help.xlsx")
    assert shlex.split(line.text)[2] == "./--help.xlsx"


# --- the workbook -------------------------------------------------------------------------------------------------


def more_than_a_page_holds() -> Results:
    """A round to which every district has sent a second file that nobody can use."""
    names = ((each.code, each.name) for each in factory_results().campaign.registry.districts)
    return factory_results(
        issues=[
            issue(district_code=code, file=f"รอบ 2/{name} เพิ่มเติม.xlsx", code="PASSWORD")
            for code, name in names
        ]
    )


def test_the_first_sheet_is_one_page_and_says_how_many_tasks_it_leaves_to_the_next(tmp_path):
    run = more_than_a_page_holds()
    write_worklist(tmp_path / "w.xlsx", run, run.rounds[0])
    book = opened(tmp_path / "w.xlsx")
    today, whole = book["งานวันนี้"], book["งานทั้งหมด"]
    numbers = [row[0].value for row in today.iter_rows(min_row=6) if isinstance(row[0].value, int)]
    todo = tasks(run, run.rounds[0])
    assert 5 < len(numbers) < len(todo)
    left = len(todo) - len(numbers)
    assert any(
        text.startswith("และอีก") and "งานทั้งหมด" in text for text in texts(tmp_path / "w.xlsx", "งานวันนี้")
    )
    assert left > 0
    assert [row[0].value for row in whole.iter_rows(min_row=6, max_row=5 + len(todo))] == [
        *range(1, len(todo) + 1)
    ]
    assert today.sheet_properties.pageSetUpPr.fitToPage
    assert today.page_setup.fitToHeight in (None, 1)  # 1 unless it says otherwise
    height = sum(today.row_dimensions[row].height or 24 for row in range(1, today.max_row + 1))
    assert height * 0.72 <= 595 - 72 * 1.4


def test_both_sheets_are_printed_no_smaller_than_eleven_and_a_half_points(tmp_path):
    run = factory_results()
    write_worklist(tmp_path / "w.xlsx", run, run.rounds[0])
    for sheet in opened(tmp_path / "w.xlsx").worksheets[:2]:
        last = sheet.print_area.rpartition("$")[0].rpartition("$")[2]
        letters = [name for name in "ABCDEFGH" if name <= last]
        width = sum(sheet.column_dimensions[name].width * 7 + 5 for name in letters)  # characters to pixels
        assert 16 * min(1, (1123 - 2 * 0.35 * 96) / width) >= 11.5, sheet.title


def test_the_sheets_of_lines_have_the_tables_own_columns(ran):
    folder, _ = ran
    book = opened(folder / "output" / "worklist.xlsx")
    for table, sheet in (
        ("answers.csv", "คำตอบ (answers.csv)"),
        ("corrections.csv", "ตัวเลข (corrections.csv)"),
    ):
        header = [cell.value for cell in book[sheet][5]]
        assert tuple(header[1:-1]) == paste.COLUMNS[table]
    codes = [row[1].value for row in book["รหัส อปท."].iter_rows(min_row=6)]
    assert codes == [body.code for body in BODIES]


def test_nothing_of_a_district_is_a_formula_or_a_link(ran):
    folder, _ = ran
    for place in ("worklist.xlsx", "1/worklist.xlsx"):
        for sheet in opened(folder / "output" / place).worksheets:
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert {cell.data_type for cell in cells} <= {"s", "n"}
            assert not any(cell.hyperlink for cell in cells)


def test_with_nothing_to_do_it_says_so(tmp_path):
    run = factory_results(statuses={}, issues=())
    run = replace(run, rounds=(replace(run.rounds[0], absent=()),))
    write_whole_worklist(tmp_path, run)
    assert opened(tmp_path / "worklist.xlsx").sheetnames == ["งานวันนี้"]
    assert "ไม่มีงานค้าง" in texts(tmp_path / "worklist.xlsx", "งานวันนี้")
    assert task_lines(run) == ["งานวันนี้: ไม่มีงานค้าง"]


def test_the_terminal_has_the_first_few_with_the_file_and_the_line(ran):
    _, run = ran
    lines = task_lines(run)
    todo = all_tasks(run)
    assert lines[0] == f"งานวันนี้ {len(todo)} เรื่อง เรียงจากเรื่องสำคัญที่สุด"
    at = next(place for place, line in enumerate(lines) if "โพธิ์ไทร หรือ สำโรง" in line)
    assert lines[at + 1 : at + 3] == [
        f"     เปิดไฟล์ {WRONG}",
        f"     เพิ่มใน input/answers.csv: {of_kind(run, 'question').lines[0].text}",
    ]


@pytest.mark.parametrize("most", [1, 2])
def test_a_text_is_cut_where_a_letter_keeps_its_marks(most):
    text = "ที่นี่มีน้ำเปียกเกาะอยู่ใต้เก้าอี้ " * 9
    cut = metrics.shortened(text, 200, most)
    assert metrics.line_count(cut, 200) <= most
    assert cut.endswith(" …")
    assert text.startswith(cut.removesuffix(" …"))
    assert metrics.shortened("สั้น", 200, most) == "สั้น"
