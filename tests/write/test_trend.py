import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.model import Results, RoundResult
from pipeline.write.book import fit_scale
from pipeline.write.summary import write_summary
from tests.write import factory
from tests.write.opened import SOFFICE, calculated, formulas, opened, part, row_of, texts

NAME, FIRST, CHANGE, COVERED = 1, 2, 6, 8
"""The columns: the four rounds begin at FIRST, how many local bodies they cover at COVERED."""


def written(folder: Path, run: Results, result: RoundResult) -> Path:
    path = folder / "summary.xlsx"
    write_summary(path, run, result)
    return path


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory, run: Results, result: RoundResult) -> Path:
    return written(tmp_path_factory.mktemp("trend"), run, result)


def xml_of(path: Path) -> str:
    return part(path, f"xl/worksheets/sheet{opened(path).sheetnames.index('แนวโน้ม') + 1}.xml")


def test_every_round_is_a_column_with_its_day(summary: Path) -> None:
    rows = list(opened(summary, values=True)["แนวโน้ม"].iter_rows(min_row=5, max_row=6, values_only=True))
    assert rows[1][FIRST : FIRST + 4] == (
        "ครั้งที่ ๑\n๕ ก.พ. ๒๕๖๔", "ครั้งที่ ๒\n๒๐ ก.พ. ๒๕๖๔", "ครั้งที่ ๓\n๒๐ มี.ค. ๒๕๖๔", "ครั้งที่ ๔\n๒๐ เม.ย. ๒๕๖๔",
    )  # fmt: skip
    assert rows[1][COVERED : COVERED + 4] == ("ครั้งที่ ๑", "ครั้งที่ ๒", "ครั้งที่ ๓", "ครั้งที่ ๔")


def test_a_district_by_round_with_its_change_in_points(summary: Path, result: RoundResult) -> None:
    row = row_of(summary, "แนวโน้ม", "เดชอุดม")
    old, new = (float(of.districts.loc["3407", "hh_veg_pct"]) for of in (result.earlier[0], result))
    assert row[FIRST : FIRST + 4] == [pytest.approx(old / 100), pytest.approx(new / 100), "", ""]
    assert row[CHANGE] == pytest.approx(new - old)


def test_a_district_that_is_missing_in_a_round_has_no_change(summary: Path) -> None:
    row = row_of(summary, "แนวโน้ม", "ตระการพืชผล")
    assert (row[FIRST], row[CHANGE]) == ("...", "..."), "nothing came in the first round"
    assert row[COVERED] == 0
    assert row_of(summary, "แนวโน้ม", "นาตาล")[FIRST + 1] == "...", "nothing came in this one"


def test_the_number_of_local_bodies_stands_beside_the_figures(summary: Path, result: RoundResult) -> None:
    row = row_of(summary, "แนวโน้ม", "เดชอุดม")
    for place, of in enumerate((result.earlier[0], result)):
        mine = of.consolidated[of.consolidated["district_code"] == "3407"]
        assert row[COVERED + place] == len(mine.dropna(subset=["hh_veg", "hh_target"]))


def test_the_province_by_every_figure(summary: Path, result: RoundResult) -> None:
    shown = {
        row[NAME]: row
        for row in opened(summary, values=True)["แนวโน้ม"].iter_rows(min_row=34, values_only=True)
    }
    row = shown["ครัวเรือนทั้งหมด"]
    old, new = (of.totals["hh_total"] for of in (result.earlier[0], result))
    assert (row[FIRST], row[FIRST + 1], row[CHANGE]) == (old.value, new.value, new.value - old.value)
    assert (row[COVERED], row[COVERED + 1]) == (old.local_bodies, new.local_bodies)
    assert sum(isinstance(row[0], int) for row in shown.values()) == len(result.form.indicators) + 2


def test_this_round_follows_the_data_and_earlier_rounds_stand(summary: Path) -> None:
    sheet = opened(summary)["แนวโน้ม"]
    row = next(row for row in sheet.iter_rows() if row[NAME].value == "เดชอุดม")
    assert [cell.data_type for cell in row[FIRST : FIRST + 2]] == ["n", "f"]
    assert str(row[FIRST + 1].value).startswith("='รายอำเภอ'!")


def test_columns_in_a_cell_begin_at_zero(summary: Path) -> None:
    groups = re.findall(r"<x14:sparklineGroup ([^>]*)>(.*?)</x14:sparklineGroup>", xml_of(summary), re.DOTALL)
    assert len(groups) == 2
    for attributes, _ in groups:
        assert 'type="column"' in attributes
        assert 'manualMin="0"' in attributes
    (districts,) = [attributes for attributes, inner in groups if inner.count("<x14:sparkline>") == 26]
    (province,) = [attributes for attributes, inner in groups if inner.count("<x14:sparkline>") != 26]
    assert 'manualMax="1"' in districts, "shares are measured by the same whole"
    assert "manualMax" not in province, "figures of different kinds each by itself"


def test_a_fall_is_red_but_not_where_fewer_reported(summary: Path) -> None:
    rules = re.findall(
        r'<cfRule type="expression"[^>]*stopIfTrue="1"[^>]*><formula>(.*?)</formula>', xml_of(summary)
    )
    assert rules[:2] == ["AND(ISNUMBER(G7),$J7&lt;&gt;$I7)", "AND(ISNUMBER(G7),G7&lt;0)"]


def test_the_first_round_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    run = factory.results(round_key="1")
    path = written(tmp_path, run, run.rounds[0])
    row = row_of(path, "แนวโน้ม", "เดชอุดม")
    assert isinstance(row[FIRST], float)
    assert row[FIRST + 1 : CHANGE + 1] == ["", "", "", ""]
    assert "ครั้งที่ ๒ เป็นต้นไปเว้นว่างไว้" in next(text for text in texts(path, "แนวโน้ม") if "เว้นว่าง" in text)


def test_a_form_that_is_asked_for_once_has_no_trend(
    run: Results, result: RoundResult, tmp_path: Path
) -> None:
    once = tuple(each for each in run.campaign.rounds if each.form != "operations" or each.key == "2")
    path = written(
        tmp_path, replace(run, campaign=replace(run.campaign, rounds=once)), replace(result, earlier=())
    )
    assert "แนวโน้ม" not in opened(path).sheetnames
    assert "แนวโน้ม" not in texts(path, "ปก")


def test_it_prints_large_enough(summary: Path) -> None:
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', xml_of(summary))
    pixels = [round(float(width) * 8) for low, high, width in columns for _ in range(int(low), int(high) + 1)]
    assert len(pixels) == 12
    assert opened(summary)["แนวโน้ม"].page_setup.orientation != "landscape"
    assert fit_scale(pixels, landscape=False) / 100 * 16 >= 11.5


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_unknown_rounds_calculate_as_they_are_stored(
    run: Results, result: RoundResult, tmp_path: Path
) -> None:
    """Nothing known before, and nothing known of one figure now."""
    before = result.earlier[0]
    blank = before.districts.assign(hh_veg_pct=pd.NA)
    path = written(tmp_path, run, replace(result, earlier=(replace(before, districts=blank, totals={}),)))
    stored, anew = opened(path, values=True), opened(calculated(path, tmp_path), values=True)
    here = [cell for sheet, cell in formulas(path) if sheet == "แนวโน้ม"]
    assert len(here) > 100
    for cell in here:
        kept, made = stored["แนวโน้ม"][cell].value, anew["แนวโน้ม"][cell].value
        assert kept == (made if isinstance(made, str) else pytest.approx(made, rel=1e-12, abs=1e-12)), cell
