"""From a figure of the province to the cell that it was read from: by links of the workbook, and by the trace."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.cell import Cell

from pipeline.campaign import load_campaign
from pipeline.model import Folders, RoundResult
from pipeline.trace import trace
from pipeline.write import layout
from pipeline.write.summary import summary_layout, write_summary
from tests.campaigns import SCHEMAS, Sent, consolidate
from tests.sample.model import Table
from tests.write import factory
from tests.write.opened import opened, row_of

CAMPAIGN = load_campaign(SCHEMAS)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    folder = tmp_path_factory.mktemp("paths")
    sent = [
        Sent("เมือง.xlsx", "2021-02-03T10:00:00", Table("3401", "1")),
        Sent("โขงเจียม.xlsx", "2021-02-04T10:00:00", Table("3403", "1")),
    ]
    consolidate(folder, *sent, as_of="2564-02-06", publish=True)
    return Folders(SCHEMAS, folder / "input", folder / "output")


@pytest.fixture(scope="module")
def summary(folders: Folders) -> Path:
    return folders.output / "1" / "summary.xlsx"


def behind(path: Path, cell: Cell) -> Cell:
    """The cell that a cell leads to."""
    assert cell.hyperlink is not None
    assert cell.hyperlink.target is None, "no link out of the workbook"
    sheet, place = re.fullmatch(r"'(.+)'!(\w+)", str(cell.hyperlink.location)).groups()  # type: ignore[union-attr]
    return opened(path, values=True)[sheet][place]


def in_words(path: Path) -> list[Mapping[str, object]]:
    """The rows of ข้อมูล, by their columns."""
    rows = list(opened(path, values=True)["ข้อมูล"].iter_rows(min_row=layout.FIRST_ROW + 1, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def cells(row: Mapping[str, object]) -> Mapping[str, str]:
    return dict(part.split("=") for part in str(row["cells"] or "").split())


def test_a_figure_of_a_district_leads_to_its_row_and_that_to_its_file(summary: Path) -> None:
    sheet = opened(summary)["รายอำเภอ"]
    row = next(row for row in sheet.iter_rows() if row[1].value == "โขงเจียม")
    landed = behind(summary, row[layout.FIRST_MEASURE])
    data = landed.parent
    assert data.cell(layout.FIRST_ROW + 1, landed.column).value == "hh_total"
    assert data.cell(landed.row, 2).value == "3403"
    assert data.cell(landed.row - 1, 2).value == "3402", "the first of its rows"
    keys = [cell.value for cell in data[layout.FIRST_ROW + 1]]
    source = data.cell(landed.row, keys.index("source") + 1)
    file = behind(summary, source)
    assert file.value == "โขงเจียม.xlsx"
    assert file.parent.cell(file.row, 1).value == source.value, "the number is the path as text"


@pytest.mark.parametrize("key", ["hh_total", "hh_veg", "green_area", "kpso"])
def test_the_addresses_are_those_of_trace(folders: Folders, summary: Path, key: str) -> None:
    told = [
        (row["district_code"], row["local_body_code"] or "", row["file"], row["sheet"], cells(row)[key])
        for row in in_words(summary)
        if key in cells(row)
    ]
    traced = trace(folders, CAMPAIGN, "1", key)
    assert told == [
        (one.district_code, one.local_body_code, one.file, one.sheet, one.cell) for one in traced.sources
    ]
    assert len(told) > 1


def test_the_total_is_that_of_trace(folders: Folders, summary: Path) -> None:
    shown = row_of(summary, "ภาพรวม", "ครัวเรือนทั้งหมด")[10]
    assert shown == trace(folders, CAMPAIGN, "1", "hh_total").total
    one = row_of(summary, "รายอำเภอ", "โขงเจียม")[layout.FIRST_MEASURE]
    assert one == trace(folders, CAMPAIGN, "1", "hh_total", "3403").total


def test_every_figure_of_the_districts_and_of_the_province_leads_on(summary: Path) -> None:
    sheet = opened(summary)["รายอำเภอ"]
    plan_width = len([cell for cell in sheet[layout.FIRST_ROW + 1] if cell.value])
    first, last = layout.FIRST_RECORD + 1, layout.FIRST_RECORD + 26
    for row in sheet.iter_rows(min_row=first, max_row=last, max_col=plan_width - 1):
        for cell in row[layout.FIRST_MEASURE :]:
            assert behind(summary, cell).parent.title == "ข้อมูล", cell.coordinate
    overview = opened(summary)["ภาพรวม"]
    tiles = [overview.cell(6, column) for column in range(1, 15, 2)]
    assert {behind(summary, cell).parent.title for cell in tiles} == {"รายอำเภอ", "ส่งช้า", "ยังไม่ส่ง", "ต้องแก้ไข"}
    totals = [row[10] for row in overview.iter_rows(min_row=10) if row[10].data_type == "f"]
    assert len(totals) == 28
    landed = [behind(summary, cell) for cell in totals]
    assert landed[0].value == "villages_total"
    assert landed[-1].value == "staff_trained"


def test_a_file_of_the_same_name_with_another_content_is_not_taken_for_it(tmp_path: Path) -> None:
    run = factory.results()
    result = run.rounds[0]
    first = run.files[0]
    path = tmp_path / "summary.xlsx"
    write_summary(path, replace(run, files=(replace(first, sha256="0" * 64), *run.files)), result)
    assert in_words(path)[0]["source"] == 2


def test_names_of_districts_files_stay_text(tmp_path: Path) -> None:
    run = factory.results()
    result: RoundResult = run.rounds[0]
    values = result.values.assign(sheet="=HYPERLINK(1)", cell="=1+1", file="http://example.invalid/a")
    path = tmp_path / "summary.xlsx"
    write_summary(path, run, replace(result, values=values))
    data = opened(path)["ข้อมูล"]
    plan = summary_layout(run, result)
    for key in ("sheet", "cells"):
        cell = data.cell(layout.FIRST_RECORD + 1, plan.data_column(key) + 1)
        assert (cell.data_type, cell.hyperlink) == ("s", None), key
    assert [cell for row in data.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_links_stay_within_the_workbook(summary: Path) -> None:
    linked = [
        cell
        for sheet in opened(summary)
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink and cell.hyperlink.location is None
    ]
    assert linked == []
