"""The workbooks that are handed out: whatever a district does with one, it comes back recognised and complete."""

import errno
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.aids import ASKS, DONE, UNTOUCHED
from pipeline.exceptions import AlreadyRunning, CannotWrite, ConfigurationError
from pipeline.lock import single_writer
from pipeline.model import Folders, Results, address
from pipeline.templates import hand_out, handed_out_lines, templates_of, written_before
from pipeline.write.handout import aids, form
from pipeline.write.handout.plan import groups_of, plan_of
from pipeline.write.handout.printing import printed_parts
from pipeline.write.templates import write_template
from schemas.form import NUMERIC_KINDS
from tests.campaigns import (
    NOW,
    ROOT,
    SHIPPED,
    Sent,
    consolidate,
    issues_of,
    roster_row,
    round_of,
    verdicts,
)
from tests.filled import (
    BODIES,
    CAMPAIGN,
    FIGURES,
    MADE,
    Filled,
    before,
    blank,
    figures_of,
    filled,
    open_cells,
    template,
)
from tests.sample.libreoffice import converted, resave
from tests.write.opened import SOFFICE, calculated, formulas, opened, part

DISTRICT = "3424"
IN_TIME = {"plan": "2021-01-25T09:00:00", "1": "2021-02-04T09:00:00", "2": "2021-02-18T09:00:00",
           "3": "2021-03-18T09:00:00", "4": "2021-04-18T09:00:00"}  # fmt: skip
KEYS = [round_.key for round_ in CAMPAIGN.rounds if CAMPAIGN.forms[round_.form].grain != "district"]
"""The rounds whose form is a table."""
FORMS = ("plan", "2")
"""A round of each form that is shipped."""
libreoffice = pytest.mark.libreoffice
no_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def sent(folder: Path, key: str, data: bytes, path: str = "ส่งแล้ว.xlsx", schemas: Path = SHIPPED) -> Results:
    """A campaign to which one workbook came in time."""
    return consolidate(
        folder, Sent(path, IN_TIME[key], data), as_of="2021-05-01T08:00:00+07:00", schemas=schemas
    )


def said(results: Results, key: str) -> list[tuple[str, str]]:
    """Everything that is said of a round and of files of no round: code and cell."""
    return [(issue.code, issue.cell) for issue in (*round_of(results, key).issues, *results.unplaced)]


def assert_complete(results: Results, key: str, of: Filled, district: str = DISTRICT) -> None:
    """Every figure came back from its cell as it was typed, in time, and nothing is said of any of it."""
    assert figures_of(results, key) == of.figures
    row = roster_row(results, district, key)
    assert row.status == "on_time"
    assert row.local_bodies_reported == row.local_bodies_expected == len(of.template.bodies)
    assert said(results, key) == []
    (file,) = results.files
    assert file.seen == file.read + file.set_aside


@pytest.fixture(scope="module")
def returned(tmp_path_factory) -> dict[str, Filled]:
    """A filled template of each form; that of the second round shows the first beside it."""
    folder = tmp_path_factory.mktemp("filled")
    return {key: filled(folder, template(key, before=before("1") if key == "2" else None)) for key in FORMS}


# --- round trips --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_a_filled_template_of_every_round_passes_with_no_issue_at_all(tmp_path, key):
    of = filled(tmp_path, template(key))
    assert len({figure.cell for figure in of.figures}) > 40
    assert_complete(sent(tmp_path, key, of.data), key, of)


def test_the_templates_of_every_district_pass_with_no_issue_at_all(tmp_path):
    made = [
        filled(tmp_path, each)
        for each in templates_of(CAMPAIGN.round("2"), CAMPAIGN, MADE, before=before("1"))
    ]
    arrivals = [Sent(f"{number}.xlsx", IN_TIME["2"], of.data) for number, of in enumerate(made)]
    results = consolidate(tmp_path, *arrivals, schemas=SHIPPED)
    assert said(results, "2") == []
    assert figures_of(results, "2") == frozenset().union(*(of.figures for of in made))
    assert {row.status for row in round_of(results, "2").roster} == {"on_time"}
    assert set(round_of(results, "2").values["local_body_code"]) == {*BODIES, ""}


@pytest.fixture(scope="module", params=["xlsx", "xls", "ods"])
def resaved(request, tmp_path_factory, returned) -> tuple[str, dict[str, bytes]]:
    """The filled templates as LibreOffice saves them in one format."""
    folder = tmp_path_factory.mktemp("resaved")
    for key, of in returned.items():
        (folder / f"{key}.xlsx").write_bytes(of.data)
    again = resave([folder / f"{key}.xlsx" for key in returned], request.param, folder / "out")
    return request.param, dict(zip(returned, again, strict=True))


@libreoffice
@no_office
@pytest.mark.parametrize("key", FORMS)
def test_it_survives_being_saved_by_libreoffice(tmp_path, returned, resaved, key):
    suffix, books = resaved
    assert_complete(sent(tmp_path, key, books[key], f"ส่งแล้ว.{suffix}"), key, returned[key])


@pytest.mark.parametrize("key", FORMS)
def test_it_survives_being_loaded_and_saved_by_openpyxl(tmp_path, returned, key):
    again = openpyxl.load_workbook(BytesIO(returned[key].data))
    assert_complete(sent(tmp_path, key, saved(again)), key, returned[key])


@pytest.mark.parametrize("key", FORMS)
def test_every_cell_is_counted_and_only_what_is_ours_is_set_aside(tmp_path, returned, key):
    book = openpyxl.load_workbook(BytesIO(returned[key].data))
    held = {
        sheet.title: [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        for sheet in book
    }
    check = plan_of(returned[key].template).check_column + 1
    of_check = [cell for cell in held[form.NAME] if cell.column == check]
    (file,) = sent(tmp_path, key, returned[key].data).files
    assert file.seen == sum(map(len, held.values()))
    assert file.read == len(held[form.NAME]) - len(of_check)
    assert len(of_check) == len(plan_of(returned[key].template).lines) + 1


@pytest.mark.parametrize("key", FORMS)
def test_it_survives_being_moved_to_a_new_workbook(tmp_path, returned, key):
    """Without styles, protection and its other sheets; formulas go with it, their values do not."""
    assert_complete(sent(tmp_path, key, carried(returned[key], merges=True)), key, returned[key])


@pytest.mark.parametrize("key", FORMS)
def test_it_survives_being_pasted_as_values_into_another_sheet(tmp_path, returned, key):
    pasted = carried(
        returned[key], merges=False, paste=lambda value: DONE if str(value).startswith("=") else value
    )
    assert_complete(sent(tmp_path, key, pasted), key, returned[key])


@pytest.mark.parametrize("key", FORMS)
def test_numbers_typed_in_thai_digits_are_read_and_that_is_all_that_is_said(tmp_path, key):
    of = filled(tmp_path, template(key), thai=True)
    results = sent(tmp_path, key, of.data)
    assert figures_of(results, key) == of.figures
    assert roster_row(results, DISTRICT, key).status == "on_time"
    assert {code for code, _ in said(results, key)} == {"NUMBER_AS_TEXT"}
    tallies = {column.key for column in of.template.form.tallies}
    typed = {figure.cell for figure in of.figures if figure.key not in tallies}
    assert typed - {cell for _, cell in said(results, key)} == set()


@pytest.mark.parametrize("key", KEYS)
def test_a_blank_template_sent_back_cannot_be_used_and_that_is_all_that_is_said(tmp_path, key):
    results = sent(tmp_path, key, blank(tmp_path, template(key)))
    assert roster_row(results, DISTRICT, key).status == "unusable"
    assert said(results, key) == [("NO_DATA", "")]
    assert verdicts(results, "ส่งแล้ว.xlsx") == ["unusable"]


def test_a_template_filled_in_for_some_local_bodies_is_told_of_the_others_alone(tmp_path, returned):
    book = openpyxl.load_workbook(BytesIO(returned["plan"].data))
    sheet, plan = book.worksheets[0], plan_of(returned["plan"].template)
    last = plan.template.bodies[-1]
    for line in plan.lines:
        if line.body == last or line.number == 2:
            for cell in open_cells(sheet, line.row):
                cell.value = None
    results = sent(tmp_path, "plan", saved(book))
    assert [issue.value for issue in issues_of(results, "ABSENT_ACTIVITY")] == [last.label]
    assert said(results, "plan") == [("ABSENT_ACTIVITY", "")]


def test_a_spare_row_takes_one_more_activity_of_any_local_body(tmp_path, returned):
    of = returned["plan"]
    book, plan = openpyxl.load_workbook(BytesIO(of.data)), plan_of(of.template)
    sheet, spare, body = book.worksheets[0], plan.rows[1], plan.template.bodies[0]
    for place, column in enumerate(plan.columns):
        typed = {"lao_name": body.label, "activity": "อีกหนึ่งกิจกรรม", "target_qty": 9, "target_unit": "คน"}
        typed |= {"end_date": "30 เม.ย. 2564", "owner": "สำนักปลัด"}
        sheet.cell(spare + 1, place + 1).value = typed.get(column.key)
    results = sent(tmp_path, "plan", saved(book))
    more = {(figure.body, figure.key, figure.value) for figure in figures_of(results, "plan") - of.figures}
    assert more == {(body.code, "target_qty", 9.0), (body.code, "activities", 1.0)}
    assert said(results, "plan") == []


def test_two_districts_in_one_workbook_are_told_apart(tmp_path):
    one, other = (filled(tmp_path, template("2", district)) for district in (DISTRICT, "3429"))
    book = openpyxl.Workbook()
    book.remove(book.active)
    for of in (one, other):
        copy(openpyxl.load_workbook(BytesIO(of.data)).worksheets[0], book.create_sheet(), merges=True)
    results = sent(tmp_path, "2", saved(book))
    assert figures_of(results, "2") == one.figures | other.figures
    assert said(results, "2") == []


def saved(book: openpyxl.Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def carried(of: Filled, *, merges: bool, paste: Callable[[object], object] = lambda value: value) -> bytes:
    """The form's cells in a sheet of a new workbook, with or without its merges."""
    book = openpyxl.Workbook()
    copy(openpyxl.load_workbook(BytesIO(of.data)).worksheets[0], book.active, merges=merges, paste=paste)
    return saved(book)


def copy(
    source: Worksheet,
    target: Worksheet,
    *,
    merges: bool,
    paste: Callable[[object], object] = lambda value: value,
) -> None:
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                target[cell.coordinate].value = paste(cell.value)
    for merge in source.merged_cells.ranges if merges else ():
        target.merge_cells(merge.coord)


# --- whose it is --------------------------------------------------------------------------------------------------


def test_the_likely_accident_last_rounds_file_under_a_new_title_is_asked_about(tmp_path):
    of = filled(tmp_path, template("1"))
    book = openpyxl.load_workbook(BytesIO(of.data))
    title = next(cell for cell in book.worksheets[0]["A"] if "ครั้งที่ ๑" in str(cell.value))
    title.value = title.value.replace("๑", "๒")
    results = sent(tmp_path, "2", saved(book))
    (asked,) = {issue.message for issue in issues_of(results, "MIXED_CONTENT")}
    assert all(f"อำเภอดอนมดแดง ครั้งที่ {number}" in asked for number in "๑๒")
    assert verdicts(results, "ส่งแล้ว.xlsx") == ["undecided"]
    assert figures_of(results, "1") == figures_of(results, "2") == frozenset()


@pytest.mark.parametrize("title", ["โครงการบ้านสวย ครั้งที่ ๓", "โครงการอำเภอเขมราฐน่าอยู่"])
def test_a_project_called_after_a_round_or_a_district_does_not_stand_in_the_heading(tmp_path, title):
    campaign = replace(CAMPAIGN, title=title)
    of = next(
        each for each in templates_of(campaign.round("2"), campaign, MADE) if each.district.code == DISTRICT
    )
    assert_complete(sent(tmp_path, "2", filled(tmp_path, of).data), "2", filled(tmp_path, of))


def test_a_column_of_districts_is_printed_too_and_a_district_without_local_bodies_has_no_form(tmp_path):
    columns = CAMPAIGN.forms["operations"].columns
    district = replace(
        columns[1], key="district", header="อำเภอ", kind="district", labels=("อำเภอ",), required=False
    )
    others = [column for column in columns[1:] if column.key != "district"]
    operations = replace(CAMPAIGN.forms["operations"], columns=(columns[0], district, *others))
    registry = CAMPAIGN.registry
    bodies = tuple(body for body in registry.local_bodies if body.district_code != "3429")
    fewer = replace(registry, local_bodies=bodies, aliases=())
    campaign = replace(CAMPAIGN, forms={**CAMPAIGN.forms, "operations": operations}, registry=fewer)
    made = templates_of(campaign.round("2"), campaign, MADE)
    assert "3429" not in [each.district.code for each in made]
    of = next(each for each in made if each.district.code == DISTRICT)
    assert_complete(sent(tmp_path, "2", filled(tmp_path, of).data), "2", filled(tmp_path, of))
    sheet, plan = openpyxl.load_workbook(BytesIO(blank(tmp_path, of))).worksheets[0], plan_of(of)
    assert {sheet.cell(line.row + 1, 2).value for line in plan.lines} == {"ดอนมดแดง"}


def test_without_titles_the_code_alone_says_whose_it_is(tmp_path, returned):
    book = openpyxl.load_workbook(BytesIO(returned["2"].data))
    for row in range(1, plan_of(returned["2"].template).code_row + 1):
        book.worksheets[0].cell(row, 1).value = None
    assert_complete(sent(tmp_path, "2", saved(book)), "2", returned["2"])


# --- what it holds ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Path:
    """The template of the second round, with the first beside it."""
    path = tmp_path_factory.mktemp("shown") / "3424.xlsx"
    write_template(path, template("2", before=before("1")))
    return path


def test_all_is_locked_without_a_password_but_the_cells_to_fill_in(shown):
    book, plan = opened(shown), plan_of(template("2", before=before("1")))
    assert [sheet.title for sheet in book] == [form.NAME, aids.BEFORE, aids.HOW]
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert sheet.protection.insertRows, "true: this is locked"
    sheet = book[form.NAME]
    free = {cell.coordinate for row in range(sheet.max_row) for cell in open_cells(sheet, row)}
    table = {
        address((line.row, place)) for line in plan.lines for place in range(plan.lead, len(plan.columns))
    }
    assert table < free
    assert len(free - table) == len(plan.fields) + 4
    assert not any(cell.value for cell in (sheet[at] for at in free))
    others = [*book[aids.BEFORE].iter_rows(), *book[aids.HOW].iter_rows()]
    assert all(cell.protection.locked for row in others for cell in row)


@pytest.mark.parametrize("key", FORMS)
def test_every_cell_to_fill_in_has_a_thai_message_that_excel_can_hold(tmp_path, key):
    of = template(key)
    book = openpyxl.load_workbook(BytesIO(blank(tmp_path, of)))
    sheet = book.worksheets[0]
    told = [(each.sqref, each) for each in sheet.data_validations.dataValidation]
    plan = plan_of(of)
    for row in (*range(plan.code_row + 1, plan.header[0]), *(line.row for line in plan.lines)):
        for cell in open_cells(sheet, row):
            (rule,) = [rule for where, rule in told if cell.coordinate in where]
            assert 0 < len(rule.promptTitle) <= 32
            assert 0 < len(rule.prompt) <= 255
            assert len(rule.error or "") <= 255
            assert rule.errorStyle in ("warning", None)


def test_words_of_a_form_that_excel_cannot_hold_are_left_out(tmp_path):
    """Headers of three hundred characters with quotation marks, sixty required columns, options without end."""
    of = template("plan")
    long = {"guideline_item": tuple(f"ทางเลือกที่ {number} ซึ่งมีชื่อยาว" for number in range(20))}
    asked = [
        replace(
            each,
            header=each.header + ' "ยาวมาก"' * 33,
            required=True,
            options=long.get(each.key, each.options),
        )
        for each in of.form.row_columns
    ]
    more = [replace(each, key=f"{each.key}_{number}", kind="text") for number in range(3) for each in asked]
    made = replace(of, form=replace(of.form, columns=(*asked, *more)))
    sheet = openpyxl.load_workbook(BytesIO(blank(tmp_path, made))).worksheets[0]
    rules = sheet.data_validations.dataValidation
    assert all(0 < len(rule.prompt) <= 255 and len(rule.error or "") <= 255 for rule in rules)
    assert [rule.formula1 for rule in rules if rule.type == "list"] == [f"'{aids.HOW}'!$E$12:$E$15"]
    plan = plan_of(made)
    checks = [sheet.cell(line.row + 1, plan.check_column + 1).value for line in plan.lines]
    assert all(7_000 < len(check) <= 8_192 for check in checks)
    texts = [text for check in checks for text in re.findall(r'"((?:[^"]|"")*)"', check)]
    assert max(len(text.replace('""', '"')) for text in texts) <= 255


def test_each_kind_is_checked_as_it_asks(tmp_path):
    plan = plan_of(template("plan"))
    sheet = openpyxl.load_workbook(BytesIO(blank(tmp_path, plan.template))).worksheets[0]
    rules = {
        column.key: next(
            each
            for each in sheet.data_validations.dataValidation
            if address((plan.rows[0], place)) in each.sqref
        )
        for place, column in enumerate(plan.columns)
        if column.kind not in ("ignored", "name", "subdistrict")
    }
    said = {key: (rule.type, rule.operator, rule.formula1) for key, rule in rules.items()}
    assert said["budget"] == said["target_qty"] == ("decimal", "greaterThanOrEqual", "0")
    assert said["guideline_item"] == ("list", None, '"1,2,3,4,5"')
    assert said["start_date"][0] == "custom"
    assert said["activity"] == (None, None, None)
    names = next(
        each for each in sheet.data_validations.dataValidation if address((plan.rows[1], 1)) in each.sqref
    )
    listed = openpyxl.load_workbook(BytesIO(blank(tmp_path, plan.template)))[aids.HOW]
    cells = names.formula1.partition("!")[2].replace("$", "")
    assert [row[0].value for row in listed[cells]] == [body.label for body in plan.template.bodies]


def test_figures_of_operations_are_whole_numbers_and_shares_within_a_hundred(shown):
    sheet, plan = opened(shown)[form.NAME], plan_of(template("2"))
    for place, column in enumerate(plan.columns):
        if column.kind in NUMERIC_KINDS:
            where = address((plan.rows[0], place))
            rule = next(each for each in sheet.data_validations.dataValidation if where in each.sqref)
            bounds = (rule.type, rule.operator, rule.formula1, rule.formula2)
            assert (
                bounds
                == {
                    "count": ("whole", "greaterThanOrEqual", "0", None),
                    "area": ("decimal", "greaterThanOrEqual", "0", None),
                    "percent": ("decimal", None, "0", "100"),
                }[column.kind]
            ), column.key


def test_local_bodies_and_their_subdistricts_are_printed(shown):
    sheet, plan = opened(shown, values=True)[form.NAME], plan_of(template("2"))
    printed = [tuple(sheet.cell(line.row + 1, column).value for column in (1, 2, 3)) for line in plan.lines]
    assert printed[0] == (1, "อบต.ดอนมดแดง", "ดอนมดแดง")
    assert [name for _, name, _ in printed] == [body.label for body in plan.template.bodies]
    several = plan_of(template("2", "3401"))
    line = next(line for line in several.lines if line.body.label == "ทต.อุบล")
    assert several.given(line, several.columns[2]) == "ขามใหญ่, แจระแม"


def test_of_a_plan_each_local_body_has_three_rows_and_there_are_more_below():
    plan = plan_of(template("plan"))
    names = Counter(line.body.label if line.body else "" for line in plan.lines)
    assert set(names.values()) == {3, 10}
    assert names[""] == 10


def test_the_figures_of_the_round_before_stand_beside(shown):
    sheet = opened(shown, values=True)[aids.BEFORE]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("ครั้งที่ ๑" in str(text) for text in texts)
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "อบต.ดอนมดแดง")
    counted = [key for key in FIGURES if key != "hh_clean"]
    assert list(row[1:]) == [max(FIGURES[key] - 3, 0) for key in sorted(counted, key=order)]


def order(key: str) -> int:
    return [column.key for column in CAMPAIGN.forms["operations"].columns].index(key)


@pytest.mark.parametrize("key", ["2", "plan"])
@pytest.mark.parametrize("district", ["3424", "3411"])
def test_a_wide_form_is_printed_in_even_parts_that_break_no_group(key, district):
    plan = plan_of(template(key, district))
    parts = printed_parts(plan)
    places = [place for first, last in parts for place in range(first, last + 1)]
    assert places == list(range(len(plan.columns))), "each column once, in order"
    ends = {last for _, _, last in groups_of(plan.columns)}
    assert {last for _, last in parts} <= ends
    lead = sum(plan.widths[: plan.lead])
    widths = [sum(plan.widths[first : last + 1]) + (lead if first else 0) for first, last in parts]
    assert max(widths) <= 1450
    assert max(widths) - min(widths) < 300


def test_a_form_that_fits_its_paper_is_printed_whole():
    plan = plan_of(template("2"))
    narrow = replace(plan, columns=plan.columns[:8], widths=plan.widths[:8])
    assert printed_parts(narrow) == [(0, 7)]


def test_it_prints_on_a4_across_as_wide_as_the_paper_with_its_header_on_each_page(shown):
    plan = plan_of(template("2"))
    sheet = opened(shown)[form.NAME]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((None, 0), (1, 0))
    assert sheet.print_title_rows == f"${plan.header[0] + 1}:${plan.header[1] + 1}"
    (first, second), last = printed_parts(plan), address((0, len(plan.columns) - 1)).rstrip("1")
    assert sheet.print_area == (
        f"'{form.NAME}'!$A$1:${address((0, first[1])).rstrip('1')}${plan.foot_row + 2},"
        f"'{form.NAME}'!${address((0, second[0])).rstrip('1')}${plan.header[0] + 1}:${last}${plan.rows[1] + 1}"
    ), "all but the check is printed, each column once"
    assert sheet.print_title_cols == "$A:$C", "whose a row is stands on each page"
    assert 'val="TH Sarabun New"' in part(shown, "xl/styles.xml")


@libreoffice
@no_office
@pytest.mark.parametrize("key", FORMS)
def test_the_stored_checks_are_what_the_formulas_give(tmp_path, key):
    path = tmp_path / "book.xlsx"
    path.write_bytes(blank(tmp_path, template(key)))
    kept, made = (
        opened(path, values=True)[form.NAME],
        opened(calculated(path, tmp_path), values=True)[form.NAME],
    )
    cells = [cell for sheet, cell in formulas(path) if sheet == form.NAME]
    assert len(cells) == len(plan_of(template(key)).lines)
    assert [kept[cell].value or "" for cell in cells] == [made[cell].value or "" for cell in cells]
    assert UNTOUCHED in {kept[cell].value for cell in cells}


CHANGES: dict[str, tuple[str, dict[str, object], str]] = {
    "missing": ("2", {"hh_total": None, "hh_sort": None}, "ขาด ครัวเรือนทั้งหมด · ขาด ครัวเรือนที่คัดแยกขยะ"),
    "part": ("2", {"hh_veg_10": 90}, "ปลูก ๑๐ ชนิดขึ้นไป มากกว่า ปลูก ๕ ชนิดขึ้นไป"),
    "explained": ("2", {"hh_model": 115}, "ครัวเรือนต้นแบบ มากกว่า ครัวเรือนที่ปลูกผักสวนครัว"),
    "negative": ("2", {"visits": -1}, "มีจำนวนติดลบ"),
    "text": ("2", {"visits": "๑๒"}, "มีช่องจำนวนที่พิมพ์เป็นข้อความ"),
    "sum_within": (
        "2",
        {"hh_nospace": 120},
        "ครัวเรือนที่มีถังขยะเปียกลดโลกร้อน + ครัวเรือนที่ไม่มีพื้นที่จัดทำ มากกว่า ครัวเรือนทั้งหมด",
    ),
    "sum_equals": ("2", {"net_total": 3}, "รวมเครือข่าย ไม่เท่ากับผลรวม"),
    "percent": ("2", {"hh_veg_pct": 50}, "ปลูกผักสวนครัว ร้อยละ ไม่ตรงกับที่คำนวณได้"),
    "share": ("2", {"hh_veg_pct": 0.92}, ""),
    "ceiling": ("2", {"hh_total": 99_999}, "ครัวเรือนทั้งหมด มากกว่าจำนวนบ้านตามทะเบียน"),
    "order": ("plan", {"start_date": 44_330}, "ระยะเวลาดำเนินการ เริ่มต้น อยู่หลัง ระยะเวลาดำเนินการ สิ้นสุด"),
    "until": ("plan", {"end_date": 44_320}, "ระยะเวลาดำเนินการ สิ้นสุด อยู่หลัง ๓๐ เม.ย. ๒๕๖๔"),
    "era": ("plan", {"end_date": 242_700}, ""),
    "owner": ("plan", {"owner": None}, "ขาด หน่วยงานรับผิดชอบ"),
}


@libreoffice
@no_office
@pytest.mark.parametrize("key", FORMS)
def test_the_check_says_what_is_missing_or_contradictory_in_a_row(tmp_path, key):
    """One row each: rows of a fifteen-body district are changed one by one, and LibreOffice calculates."""
    of = filled(tmp_path, template(key, "3407" if key == "2" else DISTRICT))
    plan = plan_of(of.template)
    book = openpyxl.load_workbook(BytesIO(of.data))
    sheet = book.worksheets[0]
    changes = [
        (line, each)
        for line, each in zip(plan.lines, (c for c in CHANGES.values() if c[0] == key), strict=False)
    ]
    assert len(changes) == sum(each[0] == key for each in CHANGES.values())
    for line, (_, typed, _) in changes:
        for name, value in typed.items():
            sheet.cell(line.row + 1, plan.column(name) + 1).value = value
    made = openpyxl.load_workbook(BytesIO(converted(saved(book), "xlsx")), data_only=True).worksheets[0]
    for line in plan.lines:
        stated = made.cell(line.row + 1, plan.check_column + 1).value or ""
        expected = next((words for changed, (_, _, words) in changes if changed is line), "")
        assert stated == (f"{ASKS}{expected}" if expected else DONE if line.body else "")


# --- the command --------------------------------------------------------------------------------------------------


def folders(folder: Path) -> Folders:
    (folder / "input").mkdir(exist_ok=True)
    return Folders(SHIPPED, folder / "input", folder / "output", "2021-02-10")


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_every_round_has_a_folder_with_a_workbook_for_each_district(tmp_path):
    made = hand_out(folders(tmp_path), NOW)
    codes = [district.code for district in CAMPAIGN.registry.districts]
    assert [path for each in made for path in each.paths] == [
        tmp_path / "output" / "templates" / f"{round_.form}-{round_.key}" / f"{code}.xlsx"
        for round_ in CAMPAIGN.rounds
        for code in codes
    ]
    assert all(path.is_file() for each in made for path in each.paths)
    assert len(names(tmp_path / "output")) == len(codes) * len(CAMPAIGN.rounds)


def test_the_same_tables_and_moment_give_the_same_bytes(tmp_path):
    (first,) = hand_out(folders(tmp_path), NOW, ["2"])
    before_ = {path: path.read_bytes() for path in first.paths}
    (second,) = hand_out(folders(tmp_path), NOW.replace(year=2022), ["2"])
    assert {path: path.read_bytes() for path in second.paths} == before_


def test_last_rounds_figures_are_those_that_were_written(tmp_path):
    of = filled(tmp_path, template("1"))
    consolidate(tmp_path, Sent("1.xlsx", IN_TIME["1"], of.data), schemas=SHIPPED, publish=True)
    (made,) = hand_out(folders(tmp_path), NOW, ["2"])
    shown_ = {each.district.code: each.before for each in made.templates}
    assert [code for code, known in shown_.items() if known] == [DISTRICT]
    known = {
        (body, key): value
        for body, figures in shown_[DISTRICT].figures.items()
        for key, value in figures.items()
    }
    assert known == {(each.body, each.key): each.value for each in of.figures if each.body}
    again = filled(tmp_path, next(each for each in made.templates if each.district.code == DISTRICT))
    later = consolidate(tmp_path, Sent("2.xlsx", IN_TIME["2"], again.data), schemas=SHIPPED)
    assert [each for each in said(later, "2") if each[0] != "SAME_FIGURES"] == []
    assert list(handed_out_lines([made]))[-1].endswith("มีตัวเลขครั้งก่อนให้ดู 1 อำเภอ")


def test_without_a_round_before_or_its_outputs_there_is_no_such_sheet(tmp_path):
    first, second = hand_out(folders(tmp_path), NOW, ["1", "2"])
    for made in (first, second):
        assert opened(made.paths[0]).sheetnames == [form.NAME, aids.HOW]
    assert written_before(CAMPAIGN.round("1"), CAMPAIGN, tmp_path / "output") is None


def test_no_figure_of_the_sample_is_shown_in_a_real_campaign_and_that_is_said(tmp_path):
    consolidate(
        tmp_path,
        Sent("1.xlsx", IN_TIME["1"], filled(tmp_path, template("1")).data),
        schemas=SHIPPED,
        publish=True,
    )
    record = tmp_path / "output" / "1" / "run.json"
    record.write_text(json.dumps(json.loads(record.read_text("utf-8")) | {"sample": True}), encoding="utf-8")
    (made,) = hand_out(folders(tmp_path), NOW, ["2"])
    assert not any(each.before for each in made.templates)
    assert "ข้อมูลตัวอย่าง" in list(handed_out_lines([made]))[-1]


@pytest.mark.skipif(not (ROOT / "input" / "SAMPLE.toml").exists(), reason="the sample was put away")
def test_while_the_sample_is_there_every_sheet_says_so(tmp_path):
    (tmp_path / "input").mkdir()
    shutil.copy(ROOT / "input" / "SAMPLE.toml", tmp_path / "input")
    (made,) = hand_out(replace(folders(tmp_path), as_of=""), NOW, ["2"])
    for sheet in opened(made.paths[0], values=True):
        assert str(sheet["A1"].value).startswith("ข้อมูลตัวอย่าง")
    assert next(iter(handed_out_lines([made]))) == "ข้อมูลตัวอย่าง"
    assert made.templates[0].as_of.isoformat() == "2021-02-24T08:30:00+07:00"


def test_a_template_of_the_sample_comes_back_like_any_other(tmp_path):
    of = filled(tmp_path, template("2", sample=True))
    assert_complete(sent(tmp_path, "2", of.data), "2", of)


def test_a_round_that_is_none_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="9"):
        hand_out(folders(tmp_path), NOW, ["9"])


def test_it_waits_for_nobody_who_holds_the_campaign(tmp_path):
    place = folders(tmp_path)
    with single_writer(place.input, NOW), pytest.raises(AlreadyRunning):
        hand_out(place, NOW, ["2"])
    assert not (tmp_path / "output").exists()


def test_where_writing_fails_the_old_templates_stand_as_they_were(tmp_path, monkeypatch):
    place = folders(tmp_path)
    (made,) = hand_out(place, NOW, ["2"])
    before_ = {path: path.read_bytes() for path in made.paths}

    def full(path: Path, of: object) -> None:
        if path.name == "3404.xlsx":
            raise OSError(errno.ENOSPC, "No space left on device")
        write_template(path, of)

    monkeypatch.setattr("pipeline.write.templates.write_template", full)
    with pytest.raises(CannotWrite, match="พื้นที่ดิสก์เต็ม"):
        hand_out(replace(place, as_of="2021-03-01"), NOW, ["2"])
    assert {path: path.read_bytes() for path in made.paths} == before_
    assert len(names(tmp_path / "output")) == len(before_)


def test_a_run_cut_off_while_it_put_a_folder_in_place_is_mended_by_the_next(tmp_path, monkeypatch):
    place = folders(tmp_path)
    (made,) = hand_out(place, NOW, ["2"])
    before_ = {path: path.read_bytes() for path in made.paths}
    parent, name = made.paths[0].parent.parent, made.paths[0].parent.name
    (parent / name).rename(parent / f".old-{name}")
    (parent / f".new-{name}").mkdir()
    (parent / f".new-{name}" / "3401.xlsx").write_text("half")
    monkeypatch.setattr("pipeline.write.templates.write_template", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hand_out(place, NOW, ["2"])
    assert {path: path.read_bytes() for path in made.paths} == before_
    assert len(names(tmp_path / "output")) == len(before_)


def test_a_form_of_which_no_code_can_be_made_is_refused(tmp_path):
    copy_ = tmp_path / "schemas"
    shutil.copytree(SHIPPED, copy_, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (copy_ / "forms" / "plan").rename(copy_ / "forms" / "แผน")
    text = (copy_ / "campaign.toml").read_text(encoding="utf-8")
    (copy_ / "campaign.toml").write_text(text.replace('form = "plan"', 'form = "แผน"'), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="รหัสแบบ"):
        hand_out(replace(folders(tmp_path), schemas=copy_), NOW, ["plan"])
