import re
import warnings
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.model import Results, RoundResult
from pipeline.thai import thai_date
from pipeline.write import layout, metrics
from pipeline.write.book import fit_scale
from pipeline.write.sheets import districts
from pipeline.write.summary import summary_layout, write_summary
from tests.write import factory
from tests.write.opened import SOFFICE, calculated, formulas, opened, part, parts, row_of, texts

SHEETS = [
    "ปก", "ภาพรวม", "รายอำเภอ", "ราย อปท.", "ส่งช้า", "ยังไม่ส่ง", "ต้องแก้ไข", "แผนที่", "แนวโน้ม", "หมายเหตุ", "ที่มา", "ข้อมูล",
]  # fmt: skip


def written(folder: Path, results: Results, **changes: object) -> Path:
    path = folder / "summary.xlsx"
    result = replace(results.rounds[0], **changes)  # type: ignore[arg-type]
    write_summary(path, results, result)
    return path


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory, run: Results) -> Path:
    return written(tmp_path_factory.mktemp("summary"), run)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("sample"), factory.results(sample=True))


def same(left: object, right: object) -> bool:
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left == pytest.approx(right, rel=1e-12, abs=1e-12)
    return left == right


def differences(path: Path, folder: Path) -> list[tuple[tuple[str, str], object, object]]:
    """Every formula cell whose stored value is not what LibreOffice calculates."""
    stored, anew = opened(path, values=True), opened(calculated(path, folder), values=True)
    found = []
    for sheet, cell in formulas(path):
        kept, made = stored[sheet][cell].value, anew[sheet][cell].value
        if not same(kept, made):
            found.append(((sheet, cell), kept, made))
    return found


# --- sheets, theme, bytes ---------------------------------------------------------------------------------------


def test_sheets_stand_in_their_order(summary: Path) -> None:
    assert opened(summary).sheetnames == SHEETS


def test_sheet_names_fit(summary: Path) -> None:
    assert max(map(len, opened(summary).sheetnames)) <= 31


def test_same_results_give_the_same_bytes(tmp_path: Path, summary: Path) -> None:
    again = written(tmp_path, factory.results())
    assert again.read_bytes() == summary.read_bytes()


def test_created_is_as_of(summary: Path) -> None:
    assert "2021-02-24T08:30:00Z" in part(summary, "docProps/core.xml")


def test_default_font_and_row(summary: Path) -> None:
    assert opened(summary)["ปก"].sheet_format.defaultRowHeight == 24
    first = re.search(r"<font>.*?</font>", part(summary, "xl/styles.xml"))
    assert first
    assert 'sz val="16"' in first[0]
    assert 'name val="TH Sarabun New"' in first[0]


def test_theme_has_the_font_for_latin_complex_and_thai(summary: Path) -> None:
    theme = part(summary, "xl/theme/theme1.xml")
    assert theme.count('<a:latin typeface="TH Sarabun New"/>') == 2
    assert theme.count('<a:cs typeface="TH Sarabun New"/>') == 2
    assert theme.count('<a:font script="Thai" typeface="TH Sarabun New"/>') == 2


def test_no_sign_that_the_font_lacks(summary: Path) -> None:
    found = set("".join(text for sheet in SHEETS for text in texts(summary, sheet)))
    assert not found & set("✓✔✗✘▲▼△▽●○■□◆★☆→←↑↓☐☑"), "words, not signs"
    letters = {character for character in found if ord(character) > 127 and not "ก" <= character <= "๛"}
    assert letters <= set("–“”·\u00a0"), "what the widths know, and no more"


def test_number_formats_are_those_that_every_program_draws_alike(summary: Path) -> None:
    styles = part(summary, "xl/styles.xml")
    codes = re.findall(r'formatCode="([^"]*)"', styles)
    assert [code for code in codes if re.search(r"t#|t0|bb|\[\$-D", code)] == []
    dates = [code for code in codes if "yy" in code]
    assert dates
    assert all(code.startswith("[$-107041E]d mmm yyyy") for code in dates)
    assert "IT๙" not in styles


def test_a_row_of_large_letters_is_high_enough(summary: Path) -> None:
    """1.3 times the size of its letters, the font's own line; rows without a height of their own have 24 points."""
    low = []
    for sheet in opened(summary):
        for row in sheet.iter_rows():
            height = sheet.row_dimensions[row[0].row].height or 24
            largest = max((cell.font.sz for cell in row if cell.value not in (None, "")), default=0)
            if largest * 1.3 > height:
                low.append((sheet.title, row[0].row, largest, height))
    assert low == []


def test_no_native_table_and_no_external_link(summary: Path) -> None:
    assert not [name for name in parts(summary) if "/tables/" in name or "externalLink" in name]


def test_unwritable_path_is_an_oserror(run: Results, result: RoundResult, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        write_summary(tmp_path / "absent" / "summary.xlsx", run, result)


# --- live formulas ----------------------------------------------------------------------------------------------


def test_every_formula_has_a_stored_value(summary: Path) -> None:
    stored = opened(summary, values=True)
    found = formulas(summary)
    assert len(found) > 500
    assert [place for place in found if stored[place[0]][place[1]].value is None] == []


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_stored_values_are_what_libreoffice_calculates(summary: Path, tmp_path: Path) -> None:
    assert differences(summary, tmp_path) == []


@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_stored_values_hold_where_nothing_is_known(tmp_path: Path) -> None:
    everyone = dict.fromkeys(range(25), "missing")
    path = written(tmp_path, factory.results(statuses=everyone, issues=()))  # type: ignore[arg-type]
    assert differences(path, tmp_path) == []


def test_no_formula_needs_what_is_younger_than_excel_2007(summary: Path) -> None:
    """`cells.put` writes them as they are, without the prefix that younger functions need."""
    found = {
        name for formula in formulas(summary).values() for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", formula)
    }
    assert found == {
        "AND", "COUNT", "COUNTIF", "COUNTIFS", "IF", "ISNUMBER", "ROWS", "SUM", "SUMIFS",
    }  # fmt: skip


def test_defined_names_lead_to_the_tiles(summary: Path) -> None:
    book = opened(summary, values=True)
    found = {}
    for name in ("kpi_received", "kpi_on_time", "kpi_late", "kpi_missing", "kpi_held", "kpi_must_fix"):
        ((sheet, cell),) = book.defined_names[name].destinations
        found[name] = book[sheet][cell.replace("$", "")].value
    expected = {"kpi_received": 20, "kpi_on_time": 17, "kpi_late": 3, "kpi_missing": 3, "kpi_held": 2}
    assert found == {**expected, "kpi_must_fix": 36}


def test_charts_have_their_values_without_calculating(summary: Path, result: RoundResult) -> None:
    bars, ring = (part(summary, f"xl/charts/chart{number}.xml") for number in (1, 2))
    values = [float(text) for text in re.findall(r"<c:v>([0-9.]+)</c:v>", bars)]
    assert len(values) == 21
    assert values == sorted(values, reverse=True)
    assert values.count(pytest.approx(result.totals["hh_veg_pct"].value / 100)) == 1
    assert re.findall(r"<c:v>([0-9]+)</c:v>", ring) == ["17", "3", "1", "1", "3"]


# --- unknown and zero -------------------------------------------------------------------------------------------


def test_unknown_is_dots_and_zero_is_zero(run: Results, result: RoundResult, tmp_path: Path) -> None:
    consolidated = result.consolidated.copy()
    here = consolidated["district_code"] == "3404"
    consolidated.loc[here, "lev_members"] = 0
    consolidated.loc[here, "hh_wetbin"] = pd.NA
    of_districts = result.districts.copy()
    of_districts.loc["3404", "lev_members"] = 0.0
    of_districts.loc["3404", "hh_wetbin"] = pd.NA
    path = written(tmp_path, run, consolidated=consolidated, districts=of_districts)
    row = row_of(path, "รายอำเภอ", "เขื่องใน")
    plan = summary_layout(run, result)
    assert row[plan.measure_column("lev_members")] == 0
    assert row[plan.measure_column("hh_wetbin")] == "..."


def test_districts_without_figures_show_no_number(summary: Path, run: Results, result: RoundResult) -> None:
    plan = summary_layout(run, result)
    measured = slice(layout.FIRST_MEASURE, layout.FIRST_MEASURE + len(plan.measures))
    for name in ("นาจะหลวย", "ม่วงสามสิบ", "พิบูลมังสาหาร"):
        assert set(row_of(summary, "รายอำเภอ", name)[measured]) == {"..."}


def test_marks_say_whose_figures_may_change_and_whose_were_revised(
    run: Results, result: RoundResult, tmp_path: Path
) -> None:
    later = [
        replace(row, counted_at=factory.AS_OF) if row.district_code == "3403" else row
        for row in result.roster
    ]
    path = written(tmp_path, run, roster=tuple(later))
    marks = {
        name: row_of(path, "รายอำเภอ", name)[layout.MARK_COLUMN]
        for name in ("เดชอุดม", "ศรีเมืองใหม่", "โขงเจียม", "นาตาล")
    }
    assert marks == {"เดชอุดม": "", "ศรีเมืองใหม่": "p", "โขงเจียม": "r", "นาตาล": ""}


def test_total_row_states_its_coverage(summary: Path, result: RoundResult) -> None:
    reported = sum(row.local_bodies_reported for row in result.roster)
    row = row_of(summary, "รายอำเภอ", f"รวม {reported} จาก 238 อปท. · 20 จาก 25 อำเภอ")
    assert row[layout.REPORTED_COLUMN] == reported
    assert row[layout.EXPECTED_COLUMN] == 238


def test_province_ratio_is_recomputed_not_averaged(summary: Path, run: Results, result: RoundResult) -> None:
    plan = summary_layout(run, result)
    frame = result.consolidated.dropna(subset=["hh_veg", "hh_target"])
    expected = frame["hh_veg"].sum() / frame["hh_target"].sum()
    shown = opened(summary, values=True)["รายอำเภอ"].cell(
        plan.total_row + 1, plan.measure_column("hh_veg_pct") + 1
    )
    assert shown.value == pytest.approx(expected, rel=1e-12)


def test_each_figure_states_how_many_local_bodies_it_covers(
    summary: Path, run: Results, result: RoundResult
) -> None:
    plan = summary_layout(run, result)
    row = row_of(summary, "รายอำเภอ", "จำนวน อปท. ที่อยู่ในยอดรวมของแต่ละช่อง")
    shown = {measure.key: row[plan.measure_column(measure.key)] for measure in plan.measures}
    assert shown == {measure.key: result.totals[measure.key].local_bodies for measure in plan.measures}


# --- the sheets -------------------------------------------------------------------------------------------------


def test_cover_tells_the_state_in_four_sentences(summary: Path) -> None:
    found = texts(summary, "ปก")
    assert "สำนักงานพัฒนาชุมชนจังหวัดอุบลราชธานี" in found
    assert "สรุปผลการรายงาน ครั้งที่ ๒" in found
    assert "กำหนดส่งวันที่ ๒๐ กุมภาพันธ์ ๒๕๖๔" in found
    assert "ข้อมูล ณ วันที่ ๒๔ กุมภาพันธ์ ๒๕๖๔ เวลา ๐๘.๓๐ น." in found
    assert "ครั้งที่ ๓ ภายในวันที่ ๒๐ มีนาคม ๒๕๖๔" in found
    sent = next(text for text in found if text.startswith("ส่งแล้ว"))
    assert sent.startswith("ส่งแล้ว ๒๐ จาก ๒๕ อำเภอ (ทันกำหนด ๑๗ ส่งช้า ๓) ครอบคลุม")
    assert [text for text in found if "นาจะหลวย, โพธิ์ไทร, นาตาล" in text]
    assert [text for text in found if text.startswith("ข้อมูลเบื้องต้น (ยังรอรายงานจาก ๕ อำเภอ")]


def test_cover_links_to_every_other_sheet(summary: Path) -> None:
    sheet = opened(summary)["ปก"]
    links = {
        cell.value: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink
    }
    assert links == {name: f"'{name}'!A1" for name in SHEETS[1:]}


def test_cover_is_complete_when_nothing_is_outstanding(tmp_path: Path) -> None:
    path = written(tmp_path, factory.results(statuses={}, issues=()), absent=())
    assert "ข้อมูลสมบูรณ์" in texts(path, "ปก")
    assert "ทุกอำเภอส่งรายงานที่ใช้ได้แล้ว" in texts(path, "ปก")


def test_sample_is_named_everywhere(sample: Path) -> None:
    book = opened(sample)
    for sheet in book:
        assert str(sheet["A1"].value or sheet["B1"].value).startswith("ข้อมูลตัวอย่าง"), sheet.title
        assert "ข้อมูลตัวอย่าง" in str(sheet.oddHeader.center.text), sheet.title


def test_real_results_are_not_called_a_sample(summary: Path) -> None:
    assert not [text for sheet in SHEETS for text in texts(summary, sheet) if "ข้อมูลตัวอย่าง" in text]


def test_districts_show_status_in_words_and_colour(summary: Path) -> None:
    sheet = opened(summary)["รายอำเภอ"]
    cells = [sheet.cell(layout.FIRST_RECORD + 1 + place, layout.STATUS_COLUMN + 1) for place in range(25)]
    assert [cell.value for cell in cells].count("ส่งทันกำหนด") == 17
    assert {cell.value for cell in cells} == {"ส่งทันกำหนด", "ส่งช้า", "ส่งแล้วแต่ยังใช้ไม่ได้", "รอยืนยัน", "ยังไม่ส่ง"}
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 5


def test_data_bars_run_from_zero_to_one(summary: Path) -> None:
    xml = part(summary, "xl/worksheets/sheet3.xml")
    assert xml.count("<dataBar>") == 2
    assert xml.count('<cfvo type="num" val="0"/><cfvo type="num" val="1"/>') == 2


def test_districts_print_on_one_page_large_enough(summary: Path, run: Results, result: RoundResult) -> None:
    widths = districts.widths(summary_layout(run, result))
    assert fit_scale(widths, landscape=False) / 100 * 16 >= 11.5
    sheet = opened(summary)["รายอำเภอ"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_of_every_month_fits_its_column(run: Results, result: RoundResult, month: int) -> None:
    shown = thai_date(date(2021, month, 20), short=True, digits="arabic")
    assert metrics.text_px(shown) + 6 <= districts.widths(summary_layout(run, result))[3]


def test_every_sheet_is_a4_with_thai_page_numbers(summary: Path) -> None:
    for sheet in opened(summary):
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert "หน้า &P จาก &N" in str(sheet.oddFooter.right.text), sheet.title


def test_no_sheet_but_the_widest_has_a_fixed_scale(summary: Path) -> None:
    fixed = [sheet.title for sheet in opened(summary) if not sheet.sheet_properties.pageSetUpPr.fitToPage]
    assert fixed == ["ข้อมูล"]


def test_bodies_are_grouped_with_subtotals(summary: Path) -> None:
    sheet = opened(summary, values=True)["ราย อปท."]
    grouped_rows = [row for row, dimension in sheet.row_dimensions.items() if dimension.outlineLevel == 1]
    subtotals = [text for text in texts(summary, "ราย อปท.") if re.fullmatch(r"รวม \d+ จาก \d+ อปท\.", text)]
    assert len(grouped_rows) == 238
    assert len(subtotals) == 26


def test_late_list_says_how_the_time_is_known(summary: Path) -> None:
    row = row_of(summary, "ส่งช้า", "บุณฑริก")
    assert row[5:8] == [3, "ตามเวลาไฟล์ ยังไม่ยืนยัน", "9 จาก 9"]
    assert row_of(summary, "ส่งช้า", "เขมราฐ")[6] == "ตามทะเบียนรับ"
    order = [
        row[1]
        for row in opened(summary, values=True)["ส่งช้า"].iter_rows(min_row=6, max_row=8, values_only=True)
    ]
    assert order == ["บุณฑริก", "เขมราฐ", "สิรินธร"]


def test_missing_stands_alone_and_the_rest_apart(summary: Path) -> None:
    rows = list(opened(summary, values=True)["ยังไม่ส่ง"].iter_rows(values_only=True))
    first = [row[:6] for row in rows[5:8]]
    assert [(row[1], row[2], row[4], row[5]) for row in first] == [
        ("นาจะหลวย", 7, 4, "ส่งช้า"), ("โพธิ์ไทร", 7, 4, "ส่งทันกำหนด"), ("นาตาล", 4, 4, "ส่งทันกำหนด"),
    ]  # fmt: skip
    assert rows[8][0] == "รวม 3 อำเภอ"
    headings = [str(row[0]) for row in rows[9:] if row[0] and not isinstance(row[0], int)]
    assert [text for text in headings if text in ("ส่งแล้วแต่ยังใช้ไม่ได้", "รอยืนยัน", "อปท. ที่ไม่มีในรายงานของอำเภอ")] == [
        "ส่งแล้วแต่ยังใช้ไม่ได้", "รอยืนยัน", "อปท. ที่ไม่มีในรายงานของอำเภอ",
    ]  # fmt: skip
    assert opened(summary)["ยังไม่ส่ง"].print_area == "'ยังไม่ส่ง'!$A$1:$F$10,'ยังไม่ส่ง'!$A$11:$F$26"


def test_absent_local_bodies_are_named(summary: Path) -> None:
    assert row_of(summary, "ยังไม่ส่ง", "อบต.ปะอาว, อบต.หัวเรือ")[1:3] == ["เมืองอุบลราชธานี", 2]


def test_fixes_are_grouped_by_cause_must_fix_first(summary: Path) -> None:
    rows = list(opened(summary, values=True)["ต้องแก้ไข"].iter_rows(min_row=6, values_only=True))
    severities = [str(row[1]) for row in rows]
    assert severities == sorted(severities, key=["ต้องแก้", "โปรดชี้แจง", "แจ้งให้ทราบ"].index)
    assert rows[0][2:9] == (
        "ศรีเมืองใหม่", "รอบ 2/อำเภอศรีเมืองใหม่ ครั้งที่ 2.xlsx", "แบบ 2", "C6, D9",
        'พบ "12-15" ต้องเป็นจำนวนเดียว', "พิมพ์จำนวนจริงจำนวนเดียว เช่น 12", 2,
    )  # fmt: skip
    assert opened(summary)["ต้องแก้ไข"].auto_filter.ref == f"A5:I{5 + len(rows)}"


def test_notes_are_counted_per_file(summary: Path) -> None:
    rows = opened(summary, values=True)["ต้องแก้ไข"].iter_rows(min_row=6, values_only=True)
    notes = [row for row in rows if row[1] == "แจ้งให้ทราบ"]
    assert [row[8] for row in notes] == [6] * 7


def test_issues_of_no_round_are_listed_too(run: Results, result: RoundResult, tmp_path: Path) -> None:
    stray = factory.issue(district_code="", round="", file="ไม่ทราบ.xlsx")
    path = tmp_path / "summary.xlsx"
    write_summary(path, replace(run, unplaced=(stray,)), result)
    assert row_of(path, "ต้องแก้ไข", "ไม่ทราบ.xlsx")[1:3] == ["ต้องแก้", "ยังไม่ทราบ"]


def test_notes_define_signs_ratios_and_statuses(summary: Path) -> None:
    found = texts(summary, "หมายเหตุ")
    assert {"...", "0", "p", "r"} <= set(found)
    assert "ครัวเรือนที่ปลูกผักสวนครัว หารด้วยครัวเรือนเป้าหมาย เฉพาะ อปท. ที่รายงานทั้งสองจำนวน" in found
    assert {"ส่งทันกำหนด", "ส่งช้า", "รอยืนยัน", "ได้รับยกเว้น", "hh_veg_pct", "local_body_code"} <= set(found)


def test_sources_name_every_file_with_its_fingerprint(summary: Path, run: Results) -> None:
    rows = list(opened(summary, values=True)["ที่มา"].iter_rows(min_row=6, values_only=True))
    assert [(row[1], row[10]) for row in rows] == [(file.path, file.sha256) for file in run.files]
    assert rows[-1][4] == "ไม่ได้นำมารวม"
    assert rows[0][9] == run.files[0].sha256[:12]


def test_sources_leave_out_files_of_other_rounds(run: Results, result: RoundResult, tmp_path: Path) -> None:
    other = replace(run.files[0], path="รอบ 1/เก่า.xlsx", places=(("3401", "1"),))
    path = tmp_path / "summary.xlsx"
    write_summary(path, replace(run, files=(*run.files, other)), result)
    assert "รอบ 1/เก่า.xlsx" not in texts(path, "ที่มา")


def test_data_is_tidy(summary: Path, result: RoundResult) -> None:
    sheet = opened(summary, values=True)["ข้อมูล"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    keys = [str(key) for key in rows[0]]
    assert keys[:5] == ["round", "district_code", "district", "local_body_code", "local_body"]
    shown = [key for key in result.consolidated.columns if key not in keys[:5]]
    assert keys[5:] == [*shown, "kpso", "staff_trained", "sheet", "cells", "source"]
    assert len(rows) == 1 + 238 + 25
    assert {row[keys.index("status")] for row in rows[1:]} == {
        "ส่งทันกำหนด",
        "ส่งช้า",
        "ส่งแล้วแต่ยังใช้ไม่ได้",
        "รอยืนยัน",
        "ยังไม่ส่ง",
    }
    known = [row[keys.index("hh_veg")] for row in rows[1:239]]
    assert known == [None if pd.isna(value) else value for value in result.consolidated["hh_veg"]]
    assert sheet.auto_filter.ref == f"A5:{sheet.cell(5, len(keys)).column_letter}268"


def test_what_a_district_gives_once_for_all_has_a_row_of_its_own(summary: Path, result: RoundResult) -> None:
    rows = list(opened(summary, values=True)["ข้อมูล"].iter_rows(min_row=5, values_only=True))
    place = rows[0].index("kpso")
    assert [row for row in rows[1:239] if row[place] is not None] == []
    own = {row[1]: row[place] for row in rows[239:]}
    assert own["3401"] == 6
    assert own["3409"] is None, "it was not given there"
    assert {row[4] for row in rows[239:]} == {"ทั้งอำเภอ"}
    shown = row_of(summary, "ภาพรวม", "กพสอ. ที่เข้าร่วมเครือข่าย")
    assert (shown[10], shown[13]) == (result.totals["kpso"].value, result.totals["kpso"].districts)


# --- hostile and unusual ----------------------------------------------------------------------------------------

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "http://example.invalid/a",
    "<b>เข้ม</b>",
    "+1+1",
    "{=1}",
    "@SUM(A1)",
    "ก" * 40_000,
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, run: Results) -> Path:
    found = tuple(
        factory.issue(file=text, sheet=text, value="", reason=text, remedy=text) for text in HOSTILE
    )
    return written(tmp_path_factory.mktemp("hostile"), run, issues=found)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_district_text_is_inert(hostile: Path, number: int) -> None:
    row = next(opened(hostile)["ต้องแก้ไข"].iter_rows(min_row=6 + number, max_row=6 + number))
    shown = [row[column] for column in (3, 4, 6, 7)]
    assert {cell.data_type for cell in shown} == {"s"}
    assert not [cell for cell in shown if cell.hyperlink]
    assert all(str(cell.value)[:100] == HOSTILE[number][:100] for cell in shown)


def test_too_long_a_text_is_cut_where_one_sees_it(run: Results, tmp_path: Path) -> None:
    path = written(tmp_path, run, issues=(factory.issue(reason="ก" * 40_000, value=""),))
    shown = str(opened(path)["ต้องแก้ไข"]["G6"].value)
    assert len(shown) == 32_767
    assert shown.endswith("(ข้อความยาวเกินช่อง ตัดไว้เพียงนี้)")


def test_control_characters_are_replaced(run: Results, tmp_path: Path) -> None:
    path = written(tmp_path, run, issues=(factory.issue(sheet="ก\x00ข\x1f\ud800", value=""),))
    assert opened(path)["ต้องแก้ไข"]["E6"].value == "ก\ufffdข\ufffd\ufffd"


def test_formulas_are_only_ours(hostile: Path, summary: Path) -> None:
    assert set(formulas(hostile)) == set(formulas(summary))


def test_a_form_without_ratios_has_a_summary_too(run: Results, result: RoundResult, tmp_path: Path) -> None:
    bare = replace(result.form, ratios=())
    shares = ["hh_veg_pct", "hh_sort_pct"]
    path = written(
        tmp_path,
        run,
        form=bare,
        consolidated=result.consolidated.drop(columns=shares),
        districts=result.districts.drop(columns=shares),
    )
    assert opened(path).sheetnames == SHEETS
    with zipfile.ZipFile(path) as archive:
        ranking = archive.read("xl/charts/chart1.xml").decode()
    assert "ครัวเรือนทั้งหมด" in ranking, "districts are compared by the first of what the summary shows"
    assert "ทั้งจังหวัด" not in ranking, "a sum of all would dwarf them"


def test_nothing_is_warned_of(run: Results, result: RoundResult, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_summary(tmp_path / "summary.xlsx", run, result)
