"""Every cell of every workbook that people get: its formula gives what is stored, and its text has room."""

import math
from collections.abc import Iterable
from pathlib import Path

import pytest
import xlsxwriter

from tests.render import drawn, fits, needs, office, stored
from tests.render.conftest import Drawn
from tests.render.drawn import Cell

pytestmark = pytest.mark.render

FOR_PIVOTS = ("ข้อมูล",)
"""Sheets that no one reads on paper: tidy tables, whose columns are as narrow as their figures."""


def differences(formulas: Iterable[stored.Calculated], shown: Iterable[Cell]) -> list[str]:
    """Every formula whose stored value is not what LibreOffice calculated."""
    anew = {(cell.sheet, cell.address): cell.value for cell in shown}
    return [
        f"{each.sheet}!{each.cell}: stored {each.value!r}, calculated {anew.get((each.sheet, each.cell))!r}"
        for each in formulas
        if not same(each.value, anew.get((each.sheet, each.cell), ""))
    ]


def same(left: object, right: object) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-12, abs_tol=1e-12)
    return type(left) is type(right) and left == right


def test_stored_values_are_what_libreoffice_calculates(shown: Drawn) -> None:
    found = {name: differences(shown.calculated(name), cells) for name, cells in shown.cells.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert sum(len(shown.calculated(name)) for name in found) > 1000


def test_no_text_is_cut_off(shown: Drawn) -> None:
    found = fits.said(cut for cut in shown.cut_off if cut.sheet not in FOR_PIVOTS)
    assert not found, "\n".join(found)


# --- that the checks can fail -------------------------------------------------------------------------------------

WORD = "ปี่ปู่ญี่ปุ่น"


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with a wrong stored value, a formula without one, and texts that are cut off in every way."""
    path = tmp_path_factory.mktemp("bad") / "bad.xlsx"
    with xlsxwriter.Workbook(
        path, {"default_format_properties": {"font_name": needs.FONT, "font_size": 16}}
    ) as book:
        sheet = book.add_worksheet("แผ่น")
        wrap, turned = (
            book.add_format({"text_wrap": True}),
            book.add_format({"rotation": 90, "text_wrap": True}),
        )
        sheet.set_column_pixels(0, 3, 80)
        for row, height in enumerate((24, 24, 12, 48, 24, 24, 24)):
            sheet.set_row(row, height)
        sheet.write_formula("A1", "=1+1", None, 3)
        sheet.write_formula("B1", '="ก"', None, "ข")
        sheet.write_formula("C1", "=1+1", None, 2)
        sheet.write_string("A2", " ".join([WORD] * 3), wrap)
        sheet.write_string("A3", WORD)
        sheet.write_string("A4", " ".join([WORD] * 6), turned)
        sheet.write_string("A5", " ".join([WORD] * 3))
        sheet.write_string("B5", "ถัดไป")
        sheet.merge_range("A6:B6", " ".join([WORD] * 6), wrap)
        sheet.write_string("C6", WORD, wrap)
        sheet.write_string("A7", " ".join([WORD] * 3))
        sheet.write_string("D7", "ถัดไป")
    return path


@pytest.fixture(scope="module", params=[True, False], ids=["font", "without font"])
def bad_cells(request: pytest.FixtureRequest, convert, bad: Path, tmp_path_factory: pytest.TempPathFactory):
    if request.param and not needs.has(needs.FONT):
        pytest.skip(f"{needs.FONT} is not installed")
    folder = tmp_path_factory.mktemp("bad")
    bare = stored.without_values(bad, folder / "bare.xlsx")
    (flat,) = convert([bare], office.FLAT, folder / "flat", font=request.param)
    cells = drawn.cells(flat)
    return cells, fits.cut_off({"bad": cells}, folder / "probe", font=request.param)


def test_a_wrong_stored_value_is_found(bad: Path, bad_cells) -> None:
    assert differences(stored.calculated(bad), bad_cells[0]) == [
        "แผ่น!A1: stored 3.0, calculated 2.0",
        "แผ่น!B1: stored 'ข', calculated 'ก'",
    ]


def test_a_text_that_is_cut_off_is_found_whichever_way(bad_cells) -> None:
    found = {(cut.cell, cut.way) for cut in bad_cells[1]}
    assert found == {("A2", "down"), ("A3", "down"), ("A4", "down"), ("A5", "across"), ("A6", "down")}
