"""Every cell of an .xlsx is read at its own place, or named; the scan counts apart from the reader."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from pipeline.model import Finding, Grid, Workbook
from pipeline.read import cells, ooxml, read_snapshot, workbook
from tests.read.handmade import MAIN, STRICT, row, sheet, xlsx, xlsx_parts, zipped


def read(tmp_path: Path, content: bytes) -> Workbook:
    snapshot = tmp_path / "0f3a"
    snapshot.write_bytes(content)
    return read_snapshot(snapshot, "ก.xlsx")


def only(tmp_path: Path, content: bytes) -> Grid:
    """The grid of a workbook with one sheet."""
    found = read(tmp_path, content)
    assert found.readable, found.findings
    (grid,) = found.grids
    assert grid.value_cells == len(grid.cells) + len(grid.errors) + len(grid.uncached)
    return grid


def refusal(tmp_path: Path, content: bytes) -> Finding:
    found = read(tmp_path, content)
    assert not found.readable
    (finding,) = found.findings
    return finding


def test_a_workbook_as_offices_fill_it(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        form = book.add_worksheet("แบบ 1")
        form.merge_range("A1:C1", "แบบรายงาน")
        form.write("B3", "อบต.หนองขอน")
        form.write("C3", 12)
        form.write("D3", 12.5)
        form.write("E3", True)
        form.write_datetime(
            "F3", datetime(2564, 2, 20), book.add_format({"num_format": "[$-107041E]d mmm yyyy;@"})
        )
        form.write_datetime(
            "G3", datetime(2021, 2, 20, 9, 30), book.add_format({"num_format": "d/m/yy h:mm"})
        )
        form.write_datetime("H3", time(9, 30), book.add_format({"num_format": "h:mm"}))
        form.write("I3", 1.5, book.add_format({"num_format": "[h]:mm"}))
        form.write("J3", 0.97, book.add_format({"num_format": "0%"}))
        form.write("K3", 120, book.add_format({"num_format": '[$-D000000]#,##0 "ครัวเรือน"'}))
        form.write_blank("L3", None, book.add_format({"bold": True}))
        form.set_row(4, None, None, {"hidden": True})
        form.set_column("M:XFD", None, None, {"hidden": True})
        form.write("N5", "ท้าย")
        form.write_comment("C3", "หมายเหตุ")
    grid = only(tmp_path, buffer.getvalue())
    assert grid.cells == {
        (0, 0): "แบบรายงาน",
        (2, 1): "อบต.หนองขอน",
        (2, 2): 12,
        (2, 3): 12.5,
        (2, 4): True,
        (2, 5): date(2564, 2, 20),
        (2, 6): datetime(2021, 2, 20, 9, 30),
        (2, 7): time(9, 30),
        (2, 8): timedelta(days=1, hours=12),
        (2, 9): 0.97,
        (2, 10): 120,
        (4, 13): "ท้าย",
    }
    assert type(grid.cells[2, 2]) is int
    assert (grid.sheet, grid.index, grid.hidden) == ("แบบ 1", 0, False)
    assert grid.merges == ((0, 0, 0, 2),)
    assert grid.hidden_rows == {4}
    assert grid.hidden_columns == {12, 13}
    assert grid.errors == {}
    assert grid.uncached == frozenset()


def test_sheets_keep_their_places_beside_charts(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("ก").write(0, 0, 1)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=ก!$A$1"})
        book.add_chartsheet("กราฟ").set_chart(chart)
        away = book.add_worksheet("ซ่อน")
        away.write(3, 3, 3)
        away.very_hidden()
        book.add_worksheet("ว่าง")
    found = read(tmp_path, buffer.getvalue())
    assert [(g.sheet, g.index, g.hidden, g.cells) for g in found.grids] == [
        ("ก", 0, False, {(0, 0): 1}),
        ("ซ่อน", 2, True, {(3, 3): 3}),
        ("ว่าง", 3, False, {}),
    ]


def test_two_sheets_of_one_name_are_two_sheets(tmp_path: Path) -> None:
    sheets = [sheet(row(f'<c r="A1"><v>{value}</v></c>')) for value in (1, 2)]
    found = read(tmp_path, zipped(xlsx_parts(*sheets, names=("แบบ 1", "แบบ 1"))))
    assert [(g.sheet, g.index, g.cells) for g in found.grids] == [
        ("แบบ 1", 0, {(0, 0): 1}),
        ("แบบ 1", 1, {(0, 0): 2}),
    ]


@pytest.mark.parametrize(
    "error",
    ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!", "#BUSY!"],
)
def test_an_error_cell_is_named_and_never_blank(tmp_path: Path, error: str) -> None:
    grid = only(tmp_path, xlsx(f'<c r="A1" t="e"><f>Z9</f><v>{error}</v></c><c r="C1"><v>3</v></c>'))
    assert grid.errors == {(0, 0): error}
    assert grid.cells == {(0, 2): 3}


def test_the_text_of_an_error_is_text(tmp_path: Path) -> None:
    grid = only(tmp_path, xlsx('<c r="A1" t="str"><v>#REF!</v></c>'))
    assert (grid.cells, grid.errors) == ({(0, 0): "#REF!"}, {})


@pytest.mark.parametrize(
    ("cell", "uncached"),
    [
        ("<f>1+1</f>", True),
        ("<f>1+1</f><v></v>", True),
        ("<f>1+1</f><v/>", True),
        ('<f t="shared" si="0"/>', True),
        ("<f>1+1</f><v>2</v>", False),
    ],
)
def test_a_formula_never_calculated(tmp_path: Path, cell: str, *, uncached: bool) -> None:
    grid = only(tmp_path, xlsx(f'<c r="B1">{cell}</c>'))
    assert grid.uncached == ({(0, 1)} if uncached else set())
    assert grid.cells == ({} if uncached else {(0, 1): 2})


def test_a_formula_as_openpyxl_leaves_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = "=SUM(C2:D2)"
    buffer = io.BytesIO()
    book.save(buffer)
    assert only(tmp_path, buffer.getvalue()).uncached == {(1, 1)}


def test_an_empty_text_is_a_result_and_nothing_to_count(tmp_path: Path) -> None:
    grid = only(tmp_path, xlsx('<c r="A1" t="str"><f>IF(1,"",2)</f><v></v></c>'))
    assert (grid.cells, grid.uncached, grid.value_cells) == ({}, frozenset(), 0)


def test_a_text_formula_without_any_result_was_never_calculated(tmp_path: Path) -> None:
    assert only(tmp_path, xlsx('<c r="A1" t="str"><f>B1</f></c>')).uncached == {(0, 0)}


STRINGS = (
    "<si><t></t></si>"
    "<si><t> </t></si>"
    '<si><t xml:space="preserve">  </t></si>'
    "<si><r><t>รวม</t></r><r><t>ยอด</t></r><rPh><t>x</t></rPh></si>"
    "<si/>"
    "<si><t>\N{NO-BREAK SPACE}</t></si>"
    "<si><t>_x000D_</t></si>"
    "<si><t>_x0041_</t></si>"
    "<si><rPh><t>x</t></rPh></si>"
)


def test_a_text_of_blanks_holds_nothing(tmp_path: Path) -> None:
    columns = "ABCDEFGHI"
    cells_ = "".join(f'<c r="{column}1" t="s"><v>{i}</v></c>' for i, column in enumerate(columns))
    grid = only(tmp_path, xlsx(cells_, strings=STRINGS))
    assert grid.cells == {(0, 3): "รวมยอด", (0, 7): "A"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<t>ก</t>", "ก"),
        ("<r><t>ก</t></r><r><t>ข</t></r>", "กข"),
        ("<t>ก</t><rPh><t>x</t></rPh>", "ก"),
        ("<t></t>", None),
        ('<t xml:space="preserve"> </t>\n', None),
        ("", None),
    ],
)
def test_inline_text(tmp_path: Path, text: str, value: str | None) -> None:
    grid = only(tmp_path, xlsx(f'<c r="A1" t="inlineStr"><is>{text}</is></c>'))
    assert grid.cells == ({(0, 0): value} if value else {})


def test_an_xml_that_is_laid_out_for_reading(tmp_path: Path) -> None:
    cell = '\n  <c r="A1">\n   <f>\n 1</f>\n   <v>\n5\n</v>\n  </c>\n'.replace("\n5\n", "5")
    assert only(tmp_path, xlsx(cell)).cells == {(0, 0): 5}


def test_elements_with_a_prefix(tmp_path: Path) -> None:
    xml = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:cols><x:col min="2" max="2" hidden="1"/></x:cols><x:sheetData>'
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="B1"><x:f>1</x:f></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>'
    )
    grid = only(tmp_path, zipped(xlsx_parts(xml)))
    assert (grid.cells, grid.uncached) == ({(0, 0): 1}, {(0, 1)})
    assert (grid.hidden_columns, grid.merges) == ({1}, ((0, 0, 1, 1),))


def test_cells_without_an_address_follow_one_another(tmp_path: Path) -> None:
    rows = (
        '<row r="3"><c><f>1</f></c><c r="D3"><v>2</v></c><c t="e"><v>#N/A</v></c></row>'
        "<row><c><v>4</v></c><c><f>5</f></c></row>"
    )
    grid = only(tmp_path, zipped(xlsx_parts(sheet(rows))))
    assert grid.cells == {(2, 3): 2, (3, 0): 4}
    assert grid.uncached == {(2, 0), (3, 1)}
    assert grid.errors == {(2, 4): "#N/A"}


def test_a_strict_workbook(tmp_path: Path) -> None:
    rows = row('<c r="A1"><v>1</v></c><c r="B1" t="s"><v>0</v></c>')
    parts = xlsx_parts(sheet(rows, namespace=STRICT), strings="<si><t>ก</t></si>", namespace=STRICT)
    assert only(tmp_path, zipped(parts)).cells == {(0, 0): 1, (0, 1): "ก"}


def test_a_strict_workbook_that_calamine_refuses_is_not_read_as_empty(tmp_path: Path) -> None:
    rows = row('<c r="A1" t="e"><v>#SPILL!</v></c>')
    finding = refusal(tmp_path, zipped(xlsx_parts(sheet(rows, namespace=STRICT), namespace=STRICT)))
    assert finding.code == "READER_REFUSED"
    assert "0 of 1 sheets" in dict(finding.facts)["detail"]


def test_the_calendar_of_the_macintosh(tmp_path: Path) -> None:
    content = xlsx('<c r="A1" s="1"><v>1000</v></c>', book='<workbookPr date1904="1"/>')
    found = read(tmp_path, content)
    assert found.findings == (Finding("DATE1904"),)
    assert found.grids[0].cells == {(0, 0): date(1906, 9, 27)}


def test_values_under_a_merged_range_are_kept(tmp_path: Path) -> None:
    rows = row('<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>')
    merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    grid = only(tmp_path, zipped(xlsx_parts(sheet(rows, after=merged))))
    assert (grid.cells, grid.merges) == ({(0, 0): 1, (0, 1): 2}, ((0, 0, 0, 1),))


def test_what_is_no_number_stays_what_it_says(tmp_path: Path) -> None:
    grid = only(tmp_path, xlsx('<c r="A1"><v>NaN</v></c><c r="B1"><v>1E20</v></c><c r="C1"><v>abc</v></c>'))
    assert grid.cells == {(0, 0): "nan", (0, 1): 10**20, (0, 2): "abc"}


def test_one_stray_cell_at_the_end_of_the_sheet(tmp_path: Path) -> None:
    rows = row('<c r="A1"><v>1</v></c>') + row('<c r="XFD1048576"><v>2</v></c>', 1048576)
    grid = only(tmp_path, zipped(xlsx_parts(sheet(rows))))
    assert grid.cells == {(0, 0): 1, (1048575, 16383): 2}


def test_a_far_cell_in_a_sheet_too_large_for_the_second_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "LARGEST_FOR_OPENPYXL", 100)
    rows = row('<c r="A1"><v>1</v></c>') + row('<c r="XFD1048576"><v>2</v></c>', 1048576)
    finding = refusal(tmp_path, zipped(xlsx_parts(sheet(rows))))
    assert finding == Finding("TOO_BIG_GRID", sheet="แบบ 1", cell="XFD1048576")


def test_more_cells_than_memory_should_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.elements.MOST_CELLS", 2)
    finding = refusal(tmp_path, xlsx("".join(f'<c r="{c}1"><v>1</v></c>' for c in "ABC")))
    assert finding == Finding("TOO_BIG_GRID", facts=(("cells", "3"),))


def test_a_false_number_of_strings_does_not_reach_calamine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "read_by_calamine", lambda *_: pytest.fail("asked"))
    content = xlsx(
        '<c r="A1" t="s"><v>0</v></c>',
        strings="<si><t>ก</t></si>",
        unique=f'count="1" uniqueCount="{ooxml.MOST_CLAIMED_STRINGS + 1}"',
    )
    assert only(tmp_path, content).cells == {(0, 0): "ก"}


def test_a_comment_inside_a_value_does_not_cut_it(tmp_path: Path) -> None:
    assert only(tmp_path, xlsx('<c r="A1"><v>1<!-- x -->2</v></c>')).cells == {(0, 0): 12}


def test_a_cell_given_twice_is_noticed(tmp_path: Path) -> None:
    finding = refusal(tmp_path, xlsx('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'))
    assert finding == Finding("RECONCILE", sheet="แบบ 1", facts=(("seen", "2"), ("read", "1")))


def test_a_reader_that_loses_a_cell_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "read_by_calamine", lambda *_: [{}])
    assert only(tmp_path, xlsx('<c r="A1"><v>1</v></c>')).cells == {(0, 0): 1}


def test_both_readers_lose_a_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "read_by_calamine", lambda *_: [{}])
    monkeypatch.setattr(workbook, "read_by_openpyxl", lambda *_: [{(0, 0): 1, (0, 1): 2}])
    finding = refusal(tmp_path, xlsx('<c r="A1"><v>1</v></c>'))
    assert finding == Finding("RECONCILE", sheet="แบบ 1", facts=(("seen", "1"), ("read", "0")))


def test_both_readers_refuse(tmp_path: Path) -> None:
    finding = refusal(tmp_path, xlsx('<c r="A1" t="s"><v>9</v></c>', strings="<si><t>ก</t></si>"))
    assert finding.code == "READER_REFUSED"
    assert "shared strings" in dict(finding.facts)["detail"]


def test_a_panic_of_calamine_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    class Book:
        @staticmethod
        def from_filelike(_: object) -> object:
            raise PanicException("overflow")

    monkeypatch.setattr(cells, "CalamineWorkbook", Book)
    with pytest.raises(cells.Refused, match="panic: overflow"):
        cells.read_by_calamine(b"", 1, [0])


def test_an_interruption_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Book:
        @staticmethod
        def from_filelike(_: object) -> object:
            raise KeyboardInterrupt

    monkeypatch.setattr(cells, "CalamineWorkbook", Book)
    with pytest.raises(KeyboardInterrupt):
        cells.read_by_calamine(b"", 1, [0])


def test_a_workbook_part_under_another_name(tmp_path: Path) -> None:
    parts = {
        name.replace("workbook.xml", "workbook2.xml"): str(content).replace("workbook.xml", "workbook2.xml")
        for name, content in xlsx_parts(sheet(row('<c r="A1"><v>1</v></c>'))).items()
    }
    assert only(tmp_path, zipped(parts)).cells == {(0, 0): 1}


def test_names_with_backslashes_and_capitals(tmp_path: Path) -> None:
    parts = {
        name.replace("/", "\\").replace("sheet1", "Sheet1"): content
        for name, content in xlsx_parts(sheet(row('<c r="A1"><v>1</v></c>'))).items()
    }
    assert only(tmp_path, zipped(parts)).cells == {(0, 0): 1}
