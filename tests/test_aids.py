"""What our templates carry beside the form is taken out without a word; what a district writes there is not."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from pipeline.aids import ASKS, CHECK, DONE, UNTOUCHED, seal, without_aids
from pipeline.model import CellValue, Grid, Position, Workbook
from pipeline.write.handout import aids, form
from pipeline.write.handout.plan import plan_of
from tests.campaigns import SHIPPED, Sent, consolidate, issues_of, round_of
from tests.filled import Filled, before, figures_of, filled, template

LABEL = (4, 9)


def grid(
    cells: Mapping[Position, CellValue],
    *,
    errors: tuple[Position, ...] = (),
    uncached: tuple[Position, ...] = (),
) -> Grid:
    """A sheet with these cells, error cells and formulas never calculated."""
    return Grid(
        sheet="แผ่น",
        index=0,
        hidden=False,
        cells=cells,
        errors=dict.fromkeys(errors, "#N/A"),
        uncached=frozenset(uncached),
        hidden_rows=frozenset(),
        hidden_columns=frozenset(),
        merges=(),
        value_cells=len(cells) + len(errors) + len(uncached),
    )


def taken(one: Grid) -> tuple[set[Position], int]:
    """What is gone of a sheet: the positions, and how many cells are said to be ours."""
    left, ours, _ = without_aids(Workbook((one,)))
    held = [{*each.cells, *each.errors, *each.uncached} for each in left.grids]
    assert sum(each.value_cells for each in left.grids) == sum(map(len, held)) == one.value_cells - ours
    return {*one.cells, *one.errors, *one.uncached} - set().union(*held), ours


def changed(one: Grid) -> list[tuple[str, str, str]]:
    """What is said of a sheet: code, sheet and number of cells."""
    return [(each.code, each.sheet, dict(each.facts)["cells"]) for each in without_aids(Workbook((one,)))[2]]


# --- the column that checks each row ------------------------------------------------------------------------------


def test_the_column_that_checks_rows_is_taken_out_with_its_label_and_nothing_else():
    one = grid(
        {
            LABEL: CHECK,
            (5, 9): DONE,
            (6, 9): UNTOUCHED,
            (7, 9): f"{ASKS}ขาด ครัวเรือน",
            (5, 8): 12,
            (3, 9): DONE,
        },
        errors=((8, 9), (8, 8)),
        uncached=((9, 9), (9, 8)),
    )
    assert taken(one) == ({LABEL, (5, 9), (6, 9), (7, 9), (8, 9), (9, 9)}, 6)


@pytest.mark.parametrize("own", ["รอยืนยันจากหมู่ ๓", 12, "ครบถ้วนแล้ว"])
def test_what_a_district_writes_there_stays_and_so_does_the_label(own):
    one = grid(
        {LABEL: CHECK, (5, 9): DONE, (6, 9): own, (7, 9): UNTOUCHED}, errors=((8, 9),), uncached=((4, 3),)
    )
    assert taken(one) == ({(5, 9), (7, 9)}, 2)


def test_without_its_label_a_word_of_ours_is_like_any_other():
    assert taken(grid({(4, 9): "ผลตรวจ", (5, 9): DONE}, uncached=((6, 9),))) == (set(), 0)


def test_what_a_district_writes_over_the_check_is_told_and_kept(tmp_path):
    of = filled(tmp_path, template("2"))
    book, plan = openpyxl.load_workbook(BytesIO(of.data)), plan_of(of.template)
    book.worksheets[0].cell(plan.rows[0] + 1, plan.check_column + 1).value = "ตัวเลขยังไม่นิ่ง"
    results = sent(tmp_path, book)
    assert figures_of(results, "2") == of.figures
    (told,) = issues_of(results, "EXTRA_COLUMN")
    assert CHECK in told.message
    assert list(round_of(results, "2").extras["value"]) == ["ตัวเลขยังไม่นิ่ง"]


# --- sheets to look at --------------------------------------------------------------------------------------------

VALUES = ("ตัวเลขครั้งก่อน", "อปท.", 12, 2.5, "...")


def sealed(values: tuple[CellValue, ...] = VALUES) -> Grid:
    cells = {(place, 0): value for place, value in enumerate(values)}
    return grid({**cells, (1, 5): seal(VALUES)})


def test_a_sealed_sheet_is_taken_out_as_it_was_handed_out():
    assert taken(sealed()) == (set(sealed().cells), 6)


@pytest.mark.parametrize(
    "values",
    [
        (*VALUES[:2], 13, 2.5, "..."),
        (*VALUES, 1),
        VALUES[:-1],
        (*VALUES[:2], 2.5, 12, "..."),
        ("ตัวเลขครั้งก่อน", "อบต.", 12, 2.5, "..."),
    ],
)
def test_a_sheet_that_was_changed_is_taken_out_as_well_and_that_is_told(values):
    one = sealed(values)
    assert taken(one) == (set(one.cells), len(one.cells))
    assert changed(one) == [("AID_CHANGED", "แผ่น", str(len(one.cells)))]


def test_numbers_are_the_same_as_other_programs_save_them():
    assert taken(sealed(("ตัวเลขครั้งก่อน ", "อปท.", 12.0, 2.5, "..."))) == (set(sealed().cells), 6)


def test_a_formula_without_value_or_a_second_seal_is_a_change():
    assert changed(sealed()) == []
    assert changed(replace(sealed(), uncached=frozenset({(9, 9)}), value_cells=7)) != []
    assert changed(replace(sealed(), errors={(9, 9): "#N/A"}, value_cells=7)) != []
    assert changed(grid({**sealed().cells, (7, 7): seal(VALUES)})) != []


def test_a_sheet_that_only_speaks_of_a_seal_is_a_district_s_own():
    assert taken(grid({(0, 0): "เลขตรวจแผ่น 0123ABCD", (1, 0): 12})) == (set(), 0)


def test_a_changed_sheet_of_last_rounds_figures_is_named_and_its_figures_are_not_counted(tmp_path):
    of: Filled = filled(tmp_path, template("2", before=before("1")))
    book = openpyxl.load_workbook(BytesIO(of.data))
    cell = next(cell for row in book[aids.BEFORE].iter_rows() for cell in row if isinstance(cell.value, int))
    cell.value += 1
    results = sent(tmp_path, book)
    assert figures_of(results, "2") == of.figures
    assert [(issue.code, issue.sheet) for issue in round_of(results, "2").issues] == [
        ("AID_CHANGED", aids.BEFORE)
    ]
    assert figures_of(results, "1") == frozenset(), "it looks like a report of the round before"


def test_our_sheets_alone_are_no_report(tmp_path):
    book = openpyxl.load_workbook(BytesIO(filled(tmp_path, template("2")).data))
    del book[form.NAME]
    results = sent(tmp_path, book)
    assert [row.verdict for row in results.files] == ["unusable"]
    assert {issue.code for issue in results.unplaced} | {
        issue.code for issue in round_of(results, "2").issues
    } == {"HEADER"}
    (file,) = results.files
    assert file.seen == file.set_aside > 0


def sent(folder, book: openpyxl.Workbook):
    content = BytesIO()
    book.save(content)
    return consolidate(folder, Sent("ส่งแล้ว.xlsx", "2021-02-18T09:00:00", content.getvalue()), schemas=SHIPPED)
