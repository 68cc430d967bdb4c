import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.campaign import load_campaign
from pipeline.model import Results, RoundResult
from pipeline.write.bands import bands_of
from pipeline.write.summary import write_summary
from tests.campaigns import SCHEMAS
from tests.write.opened import opened, part, texts

FORM = load_campaign(SCHEMAS).forms["operations"]
COLUMNS = 5
"""Tiles from west to east: so many that each map has a page of its own, the second below the first."""


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory, run: Results, result: RoundResult) -> Path:
    path = tmp_path_factory.mktemp("map") / "summary.xlsx"
    write_summary(path, run, result)
    return path


def tiles(path: Path, *, second: bool = False) -> dict[str, tuple[int, int, object, str]]:
    """By the district's name: where its tile stands, from 1, what it says, and its colour."""
    sheet = opened(path, values=True)["แผนที่"]
    top = top_of_second(path) if second else 7
    found = {}
    for row in range(top, top + 16, 2):
        for column in range(1, 1 + COLUMNS):
            name, below = sheet.cell(row, column), sheet.cell(row + 1, column)
            if name.value:
                assert name.fill.fgColor.rgb == below.fill.fgColor.rgb
                place = ((row - top) // 2 + 1, column)
                found[str(name.value)] = (*place, below.value, str(below.fill.fgColor.rgb))
    return found


def top_of_second(path: Path) -> int:
    """The row of the northernmost names of the second map, two below its heading."""
    rows = opened(path, values=True)["แผนที่"].iter_rows(min_col=1, max_col=1, values_only=True)
    return next(row for row, (text,) in enumerate(rows, start=1) if text == "ร้อยละครัวเรือนที่ปลูกผัก") + 2


@pytest.mark.parametrize("second", [False, True])
def test_every_district_stands_in_its_place(summary: Path, run: Results, *, second: bool) -> None:
    places = {name: (row, column) for name, (row, column, *_) in tiles(summary, second=second).items()}
    assert places == {district.name: district.tile for district in run.campaign.registry.districts}


def test_the_neighbours_lie_as_they_do_in_the_province(summary: Path) -> None:
    """The Mekong in the north and east, the mountains in the south."""
    at = {name: (row, column) for name, (row, column, *_) in tiles(summary).items()}
    north = min(row for row, _ in at.values())
    assert {name for name, (row, _) in at.items() if row == north} == {"เขมราฐ", "นาตาล"}
    south = max(row for row, _ in at.values())
    assert {name for name, (row, _) in at.items() if row == south} == {"น้ำขุ่น", "น้ำยืน", "นาจะหลวย"}
    east = max(column for _, column in at.values())
    assert {name for name, (_, column) in at.items() if column == east} == {"โขงเจียม", "สิรินธร"}
    assert at["วารินชำราบ"] == (at["เมืองอุบลราชธานี"][0] + 1, at["เมืองอุบลราชธานี"][1])


def test_a_status_is_told_in_words_and_in_a_colour_of_its_own(summary: Path) -> None:
    shown = tiles(summary)
    assert shown["นาตาล"][2] == "ยังไม่ส่ง"
    assert shown["เขมราฐ"][2] == "ส่งช้า"
    colours = {word: colour for _, _, word, colour in shown.values()}
    assert len(set(colours.values())) == len(colours) == 5


def test_figures_are_told_as_shares_and_what_is_unknown_in_words(summary: Path, result: RoundResult) -> None:
    shown = tiles(summary, second=True)
    assert shown["เดชอุดม"][2] == pytest.approx(float(result.districts.loc["3407", "hh_veg_pct"]) / 100)
    assert shown["นาตาล"][2] == "ยังไม่ส่ง"
    assert shown["ม่วงสามสิบ"][2] in ("ส่งแล้วแต่ยังใช้ไม่ได้", "รอยืนยัน")


def test_the_more_the_darker(summary: Path) -> None:
    def light(colour: str) -> int:
        return sum(int(colour[place : place + 2], 16) for place in (2, 4, 6))

    known = [(value, light(colour)) for _, _, value, colour in tiles(summary, second=True).values()]
    ordered = sorted((value, tone) for value, tone in known if isinstance(value, float))
    assert [tone for _, tone in ordered] == sorted((tone for _, tone in ordered), reverse=True)
    assert len({tone for _, tone in ordered}) > 2


def test_the_colours_follow_the_cells(summary: Path) -> None:
    """A rule for each status and each band, over both rows of a tile, by the lower of them."""
    number = opened(summary).sheetnames.index("แผนที่") + 1
    xml = part(summary, f"xl/worksheets/sheet{number}.xml")
    rules = re.findall(r'<conditionalFormatting sqref="([^"]+)">(.*?)</conditionalFormatting>', xml)
    asked = [formula for _, inner in rules for formula in re.findall(r"<formula>(.*?)</formula>", inner)]
    assert len([formula for formula in asked if "ยังไม่ส่ง" in formula]) == 2
    told = f"A{top_of_second(summary) + 1}"
    assert f"AND(ISNUMBER({told}),{told}&gt;=0.9)" in asked
    assert f"AND(ISNUMBER({told}),{told}&gt;=0.6,{told}&lt;0.7)" in asked
    upper, lower = (set(sqref.split()) for sqref, inner in rules[:2] for _ in [inner])
    assert "A7:E7" in upper
    assert "A8:E8" in lower


def test_each_tile_leads_to_its_district(summary: Path) -> None:
    sheet = opened(summary)["แผนที่"]
    linked = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(linked) == 50
    assert all(str(cell.hyperlink.location).startswith("'รายอำเภอ'!") for cell in linked)


def test_the_legend_counts_every_district(summary: Path) -> None:
    rows = list(opened(summary, values=True)["แผนที่"].iter_rows(values_only=True))
    second = top_of_second(summary)
    left = {row[0]: row[1] for row in rows[22:second] if isinstance(row[1], int)}
    right = {row[0]: row[1] for row in rows[second + 15 :] if isinstance(row[1], int)}
    assert left == {"ส่งทันกำหนด": 17, "ส่งช้า": 3, "ส่งแล้วแต่ยังใช้ไม่ได้": 1, "รอยืนยัน": 1, "ยังไม่ส่ง": 3}
    assert sum(right.values()) == 25
    assert right["ยังไม่มีตัวเลข"] == 5


def test_a_province_without_tiles_has_no_map(run: Results, result: RoundResult, tmp_path: Path) -> None:
    bare = tuple(replace(district, tile=None) for district in run.campaign.registry.districts)
    registry = replace(run.campaign.registry, districts=bare)
    path = tmp_path / "summary.xlsx"
    write_summary(path, replace(run, campaign=replace(run.campaign, registry=registry)), result)
    assert "แผนที่" not in opened(path).sheetnames
    assert "แผนที่" not in texts(path, "ปก")


@pytest.mark.parametrize("value", [0.0, 0.59999, 0.6, 0.7, 0.8999, 0.9, 1.0, 1.3])
def test_every_share_is_in_one_band(value: float) -> None:
    bands = bands_of(FORM.ratios[0], [value])
    assert [band.holds(value) for band in bands].count(True) == 1


def test_bands_of_shares_are_told_in_words() -> None:
    assert [band.words for band in bands_of(FORM.ratios[0], [])] == [
        "ต่ำกว่าร้อยละ ๖๐", "ร้อยละ ๖๐ – ๖๙.๙", "ร้อยละ ๗๐ – ๗๙.๙", "ร้อยละ ๘๐ – ๘๙.๙", "ร้อยละ ๙๐ ขึ้นไป",
    ]  # fmt: skip


def test_bands_of_other_figures_follow_the_highest() -> None:
    bands = bands_of(FORM.column("visits"), [3, 58])
    assert [band.words for band in bands] == [
        "ต่ำกว่า ๑๕", "๑๕ ถึงต่ำกว่า ๓๐", "๓๐ ถึงต่ำกว่า ๔๕", "๔๕ ขึ้นไป",
    ]  # fmt: skip
    assert [band.holds(58) for band in bands] == [False, False, False, True]
