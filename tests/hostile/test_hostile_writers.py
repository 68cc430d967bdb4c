"""What is damaged was honest before: what the writers of this package write, read by libraries of others."""

import io

import openpyxl
import pytest
import xlrd
from python_calamine import CalamineWorkbook

from tests.hostile.ground import CELLS, FIGURES, SHEET, TOTALS, key_of, place
from tests.hostile.ods.book import ods
from tests.hostile.xls.records import xls
from tests.hostile.xlsb.records import DAY, columns, error, merges, own_text, real, record, xlsb
from tests.hostile.xlsx.book import xlsx


def by_calamine(data: bytes) -> dict[tuple[int, int], object]:
    """The cells that hold something, by row and column from 1."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as opened:
        assert opened.sheet_names == [SHEET]
        lines = opened.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return {
        (row, column): value
        for row, line in enumerate(lines, 1)
        for column, value in enumerate(line, 1)
        if value != ""
    }


def by_openpyxl(data: bytes) -> dict[tuple[int, int], object]:
    page = openpyxl.load_workbook(io.BytesIO(data))[SHEET]
    return {
        (cell.row, cell.column): cell.value
        for line in page.iter_rows()
        for cell in line
        if cell.value is not None
    }


def by_xlrd(data: bytes) -> dict[tuple[int, int], object]:
    page = xlrd.open_workbook(file_contents=data, logfile=io.StringIO()).sheet_by_name(SHEET)
    return {
        (row + 1, column + 1): page.cell_value(row, column)
        for row in range(page.nrows)
        for column in range(page.ncols)
        if page.cell_value(row, column) != ""
    }


@pytest.mark.parametrize(
    "write, read",
    [
        (xlsx, by_calamine),
        (xlsx, by_openpyxl),
        (xlsb, by_calamine),
        (ods, by_calamine),
        (xls, by_calamine),
        (xls, by_xlrd),
    ],
)
def test_each_writer_writes_the_report(write, read):
    assert read(write()) == {place(cell): value for cell, value in CELLS.items()}


def test_the_totals_are_those_of_the_figures():
    sums = dict.fromkeys(TOTALS, 0)
    for cell, figure in FIGURES.items():
        sums[key_of(cell)] += figure
    assert sums == TOTALS


def test_the_binary_writer_writes_what_else_is_in_a_workbook():
    put = {"J6": real("J6", 44231, DAY), "J7": own_text("J7", "ก"), "J8": error("J8", 7)}
    data = xlsb(put, before=columns(3, 3), after=merges("A1:J1", "C6:D6"))
    found = by_calamine(data)
    assert str(found[6, 10]) == "2021-02-04"
    assert found[7, 10] == "ก"
    assert (8, 10) not in found  # calamine is silent about errors


@pytest.mark.parametrize(
    "code, length, head",
    [
        (7, 0, b"\x07\x00"),
        (177, 3, b"\xb1\x01\x03"),
        (9000, 200, b"\xa8\x46\xc8\x01"),
        (427, 0, b"\xab\x03\x00"),
    ],
)
def test_a_record_begins_with_its_number_and_its_length(code, length, head):
    assert record(code, bytes(length))[: len(head)] == head
