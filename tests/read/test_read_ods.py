"""OpenDocument: repeats are multiplied out, notes are no values, hidden things are known."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from pipeline.model import Finding, Grid, Workbook
from pipeline.read import read_snapshot, workbook
from pipeline.read.ods_xml import collect_content
from tests.read.handmade import ods, ods_cell, ods_number, ods_parts, ods_row, zipped


def read(tmp_path: Path, content: bytes, name: str = "ก.ods") -> Workbook:
    snapshot = tmp_path / "0f3a"
    snapshot.write_bytes(content)
    return read_snapshot(snapshot, name)


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


def test_a_name_that_promises_something_else_is_noted(tmp_path: Path) -> None:
    note = Finding("EXT_MISMATCH", facts=(("suffix", ".xlsx"), ("kind", "ไฟล์ LibreOffice (.ods)")))
    assert read(tmp_path, ods(ods_row(ods_number(1))), "ก.xlsx").findings == (note,)


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ('office:value-type="percentage" office:value="0.05"', 0.05),
        ('office:value-type="currency" office:value="7"', 7),
        ('office:value-type="boolean" office:boolean-value="true"', True),
        ('office:value-type="date" office:date-value="2564-02-20"', date(2564, 2, 20)),
        ('office:value-type="date" office:date-value="2021-02-20T09:30:00"', datetime(2021, 2, 20, 9, 30)),
        ('office:value-type="time" office:time-value="PT09H30M00S"', time(9, 30)),
        ('office:value-type="string"', "ที่เห็น"),
        ('office:value-type="string" office:string-value="ที่เก็บ"', "ที่เก็บ"),
        ("", None),
    ],
)
def test_each_type_of_value(tmp_path: Path, attributes: str, value: object) -> None:
    grid = only(tmp_path, ods(ods_row(ods_cell("ที่เห็น", attributes))))
    assert grid.cells == ({} if value is None else {(0, 0): value})


def test_the_text_of_a_note_is_no_value(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>โทรถาม</text:p></office:annotation>"
    cells = (
        f'<table:table-cell office:value-type="string">{note}</table:table-cell>'
        f'<table:table-cell office:value-type="string">{note}<text:p>ก</text:p></table:table-cell>'
    )
    assert only(tmp_path, ods(ods_row(cells))).cells == {(0, 1): "ก"}


BOX = "<draw:custom-shape><text:p>กล่อง</text:p></draw:custom-shape>"
FRAME = "<draw:frame><draw:image><text:p/></draw:image><svg:desc>รูป.png</svg:desc></draw:frame>"


@pytest.mark.parametrize("drawn", [BOX, FRAME, f"<draw:g>{FRAME}{BOX}</draw:g>", f"<draw:a>{BOX}</draw:a>"])
@pytest.mark.parametrize(
    "xml", ["{}<text:p>อบต.</text:p>", "<text:p>อบต.</text:p>{}", "<text:p>อบต.{}</text:p>"]
)
def test_the_text_of_what_is_drawn_on_a_cell_is_none_of_its_own(tmp_path: Path, xml: str, drawn: str) -> None:
    cell = f'<table:table-cell office:value-type="string">{xml.format(drawn)}</table:table-cell>'
    grid = only(tmp_path, ods(ods_row(cell + ods_number(7))))
    assert grid.cells == {(0, 0): "อบต.", (0, 1): 7}


@pytest.mark.parametrize("drawn", [BOX, FRAME])
def test_a_text_of_nothing_stays_nothing_under_a_drawing(tmp_path: Path, drawn: str) -> None:
    cell = f'<table:table-cell office:value-type="string"><text:p/>{drawn}</table:table-cell>'
    assert only(tmp_path, ods(ods_row(cell + ods_number(7)))).cells == {(0, 1): 7}


def test_a_table_in_a_box_is_no_part_of_the_sheet() -> None:
    inner = f'<table:table table:name="ใน">{ods_row(ods_number(9) * 3)}</table:table>'
    box = f"<draw:frame><draw:text-box>{inner}</draw:text-box></draw:frame>"
    outer = ods_number(7).replace("</table:table-cell>", f"{box}</table:table-cell>")
    xml = str(
        ods_parts(f'<table:table table:name="แบบ 1">{ods_row(outer + ods_number(8))}</table:table>')[
            "content.xml"
        ]
    )
    (found,) = collect_content(xml.encode()).tables
    assert [(span.rows, span.columns, span.text) for span in found.spans] == [
        (range(1), range(1), "7"),
        (range(1), range(1, 2), "8"),
    ]


def test_a_drawing_on_a_text_of_nothing_all_over_the_sheet(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
        f"<text:p/>{BOX}</table:table-cell>"
    )
    found = refusal(tmp_path, ods(ods_row(cell, 'table:number-rows-repeated="1048576"')))
    assert found.code == "TOO_BIG_GRID"


def test_repeated_cells_and_rows(tmp_path: Path) -> None:
    rows = (
        ods_row('<table:table-cell table:number-columns-repeated="2"/>' + ods_number(1), "")
        + ods_row("<table:table-cell/>", 'table:number-rows-repeated="3"')
        + ods_row(ods_number(5, 'table:number-columns-repeated="2"'), 'table:number-rows-repeated="2"')
        + ods_row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            'table:number-rows-repeated="1048000"',
        )
    )
    assert only(tmp_path, ods(rows)).cells == {(0, 2): 1, (4, 0): 5, (4, 1): 5, (5, 0): 5, (5, 1): 5}


def test_error_cells_are_named(tmp_path: Path) -> None:
    errors = (
        ods_cell("#DIV/0!", 'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"')
        + ods_cell(
            "Err:502",
            'table:formula="of:=A" office:value-type="float" office:value="0" calcext:value-type="error"',
        )
        + ods_cell("#REF!", 'table:formula="of:=B1" office:value-type="string"')
        + ods_cell("#REF!", 'office:value-type="string"')
        + ods_cell("#ค้าง", 'office:value-type="string" calcext:value-type="error"')
    )
    grid = only(tmp_path, ods(ods_row(errors)))
    assert grid.errors == {(0, 0): "#DIV/0!", (0, 1): "Err:502", (0, 2): "#REF!", (0, 4): "#ค้าง"}
    assert grid.cells == {(0, 3): "#REF!"}


@pytest.mark.parametrize(
    ("generator", "attributes", "uncached"),
    [
        ("odfpy", 'table:formula="of:=1"', True),
        ("odfpy", 'table:formula="of:=1" office:value-type="float"', True),
        ("odfpy", 'table:formula="of:=&quot;&quot;" office:value-type="string"', False),
        ("LibreOffice/25.2", 'table:formula="of:=IF(1=1;&quot;&quot;;5)"', False),
        ("LibreOffice/25.2", 'table:formula="of:=1" office:value-type="float"', True),
    ],
)
def test_formulas_without_a_value(tmp_path: Path, generator: str, attributes: str, *, uncached: bool) -> None:
    content = ods(ods_row(f"<table:table-cell {attributes}/>" + ods_number(2)), generator=generator)
    grid = only(tmp_path, content)
    assert grid.uncached == ({(0, 0)} if uncached else set())
    assert grid.cells == {(0, 1): 2}


def test_hidden_sheets_rows_and_columns_and_merges(tmp_path: Path) -> None:
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="99"/>'
        + ods_row(
            ods_number(1, 'table:number-columns-spanned="2" table:number-rows-spanned="3"') + ods_number(2)
        )
        + ods_row(ods_number(3), 'table:visibility="collapse"')
        + ods_row(ods_number(4), 'table:visibility="filter"')
    )
    seen = f'<table:table table:name="ก">{rows}</table:table>'
    away = f'<table:table table:name="ข" table:style-name="away">{ods_row(ods_number(9))}</table:table>'
    first, second = read(tmp_path, zipped(ods_parts(seen + away))).grids
    assert (first.hidden, first.index, second.hidden, second.index) == (False, 0, True, 1)
    assert first.hidden_rows == {1, 2}
    assert first.hidden_columns == {1}
    assert first.merges == ((0, 0, 2, 1),)
    assert second.cells == {(0, 0): 9}


def test_a_covered_cell_keeps_its_value(tmp_path: Path) -> None:
    covered = (
        '<table:covered-table-cell office:value-type="float" office:value="9"><text:p>9</text:p>'
        "</table:covered-table-cell>"
    )
    grid = only(tmp_path, ods(ods_row(ods_number(1, 'table:number-columns-spanned="2"') + covered)))
    assert grid.cells == {(0, 0): 1, (0, 1): 9}


def test_the_kept_copy_of_another_workbook_is_hidden_and_noted(tmp_path: Path) -> None:
    copy = f"<table:table table:name=\"'file:///a.ods'#ก\">{ods_row(ods_number(1))}</table:table>"
    found = read(tmp_path, zipped(ods_parts(copy)))
    assert [grid.hidden for grid in found.grids] == [True]
    assert found.findings == (Finding("EXTERNAL_LINK"),)


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    tables = "".join(
        f'<table:table table:name="ก">{ods_row(ods_number(value))}</table:table>' for value in (1, 2)
    )
    assert refusal(tmp_path, zipped(ods_parts(tables))).code == "READER_REFUSED"


def test_a_password(tmp_path: Path) -> None:
    content = zipped(ods_parts("", manifest="<file-entry><encryption-data/></file-entry>"))
    assert refusal(tmp_path, content) == Finding("PASSWORD")


def test_content_that_is_cut_off(tmp_path: Path) -> None:
    parts = ods_parts("")
    parts["content.xml"] = str(parts["content.xml"])[:-20]
    assert refusal(tmp_path, zipped(parts)) == Finding("CORRUPT", facts=(("part", "content.xml"),))


def test_a_row_outside_any_sheet(tmp_path: Path) -> None:
    assert refusal(tmp_path, zipped(ods_parts(ods_row(ods_number(1))))).code == "CORRUPT"


def test_a_repeat_that_is_no_number(tmp_path: Path) -> None:
    content = ods(ods_row(ods_number(1), 'table:number-rows-repeated="x"'))
    assert refusal(tmp_path, content).code == "CORRUPT"


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    parts = ods_parts("")
    parts["content.xml"] = '<!DOCTYPE x [<!ENTITY a "1">]>' + str(parts["content.xml"])
    assert refusal(tmp_path, zipped(parts)).code == "UNSAFE_ARCHIVE"


def test_a_value_repeated_over_the_whole_sheet(tmp_path: Path) -> None:
    content = ods(
        ods_row(
            ods_number(1, 'table:number-columns-repeated="16384"'), 'table:number-rows-repeated="1048576"'
        )
    )
    assert refusal(tmp_path, content) == Finding("TOO_BIG_GRID", sheet="แบบ 1")


def test_a_stray_cell_at_the_end_of_the_sheet(tmp_path: Path) -> None:
    blank_rows = ods_row("<table:table-cell/>", 'table:number-rows-repeated="1048575"')
    far = '<table:table-cell table:number-columns-repeated="16383"/>' + ods_number(1)
    finding = refusal(tmp_path, ods(blank_rows + ods_row(far)))
    assert finding == Finding("TOO_BIG_GRID", sheet="แบบ 1", cell="XFD1048576")


def test_calamine_refuses(tmp_path: Path) -> None:
    content = ods(ods_row(ods_cell("5", 'office:value-type="float" office:value="abc"')))
    assert refusal(tmp_path, content).code == "READER_REFUSED"


def test_a_reader_that_loses_a_cell_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "read_by_calamine", lambda *_: [{}])
    finding = refusal(tmp_path, ods(ods_row(ods_number(1))))
    assert finding == Finding("RECONCILE", sheet="แบบ 1", facts=(("seen", "1"), ("read", "0")))
