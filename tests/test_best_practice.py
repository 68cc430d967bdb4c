"""The best-practice story: eight items that each district answers once, about one of its local bodies."""

import csv
import struct
import zipfile
import zlib
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter

from pipeline.campaign import load_campaign
from pipeline.model import Results
from pipeline.screen import status_lines
from pipeline.templates import templates_of
from pipeline.write.templates import write_template
from tests.campaigns import SHIPPED, Sent, consolidate, issues_of, roster_row, round_of, verdicts
from tests.sample.model import address
from tests.sample.story_sheet import ARRANGEMENTS, CLEAN, LABELS, Story, sheet_of
from tests.sample.writers import WRITERS

DISTRICT, CODE, BODY = "นาเยีย", "3429", "5342901"
AFTER = "2021-04-25T08:00:00+07:00"
FORM = load_campaign(SHIPPED).forms["best_practice"]
PDF = b"%PDF-1.4 a bound document"


def book(*told: Story, writer: str = "xlsxwriter") -> bytes:
    return WRITERS[writer]([sheet_of(story) for story in told])


def sent(folder: Path, *told: Story, writer: str = "xlsxwriter", publish: bool = False) -> Results:
    """A campaign to which one workbook came, a sheet per story."""
    return arrived(
        folder, Sent("นาเยีย.xlsx", "2021-04-10T10:00:00", book(*told, writer=writer)), publish=publish
    )


def arrived(folder: Path, *files: Sent, publish: bool = False) -> Results:
    return consolidate(folder, *files, schemas=SHIPPED, as_of=AFTER, publish=publish)


def told(results: Results) -> dict[str, object]:
    """What was read of the one story that counts."""
    rows = round_of(results, "best_practice").rows
    assert rows is not None
    (row,) = rows.to_dict("records")
    return row


def asked(results: Results) -> list[tuple[str, str]]:
    issues = round_of(results, "best_practice").issues
    return [(one.code, one.cell) for one in issues if one.severity != "note" and one.district_code == CODE]


def cell_of(story: Story, value: object) -> str:
    """Where a value stands in a sheet."""
    return next(address(*place) for place, put in sheet_of(story).cells.items() if put.value == value)


# --- what is read -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_every_arrangement_is_read_the_same(tmp_path, arrangement):
    results = sent(tmp_path, Story(DISTRICT, arrangement))
    row = told(results)
    assert (row["local_body_code"], row["people"], row["photos"]) == (BODY, 120, 4)
    assert [row[key] for key in ("moo", "village", "tambon")] == ["5", "โนนแดง", "นาเยีย"]
    for key in ("activity", "process", "problems", "indicators", "factors"):
        assert row[key] == CLEAN[key]
    assert asked(results) == []
    assert results.files[0].seen == results.files[0].read + results.files[0].set_aside > 10


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_what_is_written_beside_the_local_body_is_not_lost(tmp_path, arrangement):
    row = told(sent(tmp_path, Story(DISTRICT, arrangement)))
    everything = f"{row['agency']} {row['partners']}"
    assert str(CLEAN["agency"]) in everything
    assert str(CLEAN["partners"]) in everything


@pytest.mark.parametrize("writer", ["openpyxl", "xlwt", "opendocument"])
def test_other_programs_save_the_same_story(tmp_path, writer):
    assert told(sent(tmp_path, Story(DISTRICT), writer=writer))["process"] == CLEAN["process"]


def test_figures_stand_with_their_cells(tmp_path):
    story = Story(DISTRICT, "parts")
    values = round_of(sent(tmp_path, story), "best_practice").values
    found = {(one.indicator, one.value, one.cell) for one in values.itertuples()}
    assert found == {("people", 120.0, cell_of(story, 120)), ("photos", 4.0, cell_of(story, "4 ภาพ"))}


def test_a_sentence_that_begins_like_a_label_is_an_answer(tmp_path):
    """หน่วยงานในพื้นที่… below ปัญหาอุปสรรค names no agency."""
    row = told(sent(tmp_path, Story(DISTRICT, "below", {"problems": "หน่วยงาน ขาดคน\nตำบลอยู่ไกล"})))
    assert row["problems"] == "หน่วยงาน ขาดคน\nตำบลอยู่ไกล"
    assert row["tambon"] == "นาเยีย"


# --- what is asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["activity", "process", "problems", "indicators", "factors"])
def test_an_item_left_empty_is_asked_for_at_its_place(tmp_path, key):
    story = Story(DISTRICT, answers={key: ""})
    label = {"activity": 0, "process": 3, "problems": 4, "indicators": 5, "factors": 6}[key]
    place = cell_of(story, f"{'๑๒๓๔๕๖๗๘'[label]}. {LABELS[label]}")
    assert asked(sent(tmp_path, story)) == [("BLANK_TEXT", f"B{place[1:]}")]


def test_an_item_that_is_not_there_is_asked_for_by_name(tmp_path):
    results = sent(tmp_path, Story(DISTRICT, without=(5,)))
    (missing,) = issues_of(results, "MISSING_ITEM")
    assert LABELS[5] in missing.message
    assert (missing.severity, missing.cell) == ("must_fix", "A5")


@pytest.mark.parametrize(("photos", "code"), [("2 ภาพ", "TOO_FEW"), ("6 ภาพ", "TOO_MANY")])
def test_there_are_three_to_five_pictures(tmp_path, photos, code):
    story = Story(DISTRICT, answers={"photos": photos})
    results = sent(tmp_path, story)
    assert asked(results) == [(code, cell_of(story, photos))]
    (issue,) = issues_of(results, code)
    assert {"TOO_FEW": "3 ภาพ", "TOO_MANY": "5 ภาพ"}[code] in issue.message


@pytest.mark.parametrize("photos", ["3 ภาพ", "5 ภาพ"])
def test_three_are_enough_and_five_not_too_many(tmp_path, photos):
    assert asked(sent(tmp_path, Story(DISTRICT, answers={"photos": photos}))) == []


def test_of_two_local_bodies_nobody_chooses_one(tmp_path):
    story = Story(DISTRICT, "parts", {"lao_name": "ทต.นาเยีย และ ทต.นาจาน"})
    results = sent(tmp_path, story)
    assert ("UNKNOWN_LOCAL_BODY", cell_of(story, "ทต.นาเยีย และ ทต.นาจาน")) in asked(results)
    assert roster_row(results, CODE, "best_practice").status == "unusable"


def test_of_two_local_bodies_in_one_answer_nobody_chooses_one_either(tmp_path):
    results = sent(tmp_path, Story(DISTRICT, answers={"partners": "ทต.นาจาน"}))
    assert roster_row(results, CODE, "best_practice").status == "unusable"


def test_a_local_body_of_another_district_is_held(tmp_path):
    story = Story(DISTRICT, "parts", {"lao_name": "อบต.ตากแดด"})
    assert ("FOREIGN_LOCAL_BODY", cell_of(story, "อบต.ตากแดด")) in asked(sent(tmp_path, story))


@pytest.mark.parametrize(
    ("written", "code"), [("ตากแดด", "UNKNOWN_SUBDISTRICT"), ("ตำบลนาเรือง", ""), ("นาเรือง", "")]
)
def test_a_tambon_is_one_of_the_district(tmp_path, written, code):
    story = Story(DISTRICT, "parts", {"tambon": written})
    results = sent(tmp_path, story)
    assert asked(results) == ([(code, cell_of(story, written))] if code else [])
    assert told(results)["tambon"] == written


def test_two_stories_of_one_district_are_one_too_many(tmp_path):
    other = Story(DISTRICT, answers={"lao_name": "ทต.นาจาน", "people": 80}, sheet="อีกเรื่อง")
    results = sent(tmp_path, Story(DISTRICT), other)
    held = issues_of(results, "DUPLICATE_ROW")
    assert {one.sheet for one in held} == {"Best practice", "อีกเรื่อง"}
    assert "เรื่องเดียว" in held[0].remedy


def test_the_others_of_a_district_are_not_missed(tmp_path):
    results = sent(tmp_path, Story(DISTRICT))
    assert issues_of(results, "ABSENT_LOCAL_BODY") == []
    row = roster_row(results, CODE, "best_practice")
    assert (row.status, row.local_bodies_reported, row.local_bodies_expected) == ("on_time", 1, 1)


# --- documents ----------------------------------------------------------------------------------------------------


def test_a_document_is_received_and_nobody_is_chased(tmp_path):
    path = "Best practice อำเภอนาเยีย.pdf"
    results = arrived(tmp_path, Sent(path, "2021-04-10T10:00:00", PDF))
    row = roster_row(results, CODE, "best_practice")
    assert (row.status, row.counted_file, row.local_bodies_reported, row.must_fix) == ("on_time", path, 0, 0)
    assert "ส่งเป็นเอกสาร" in row.note
    (received,) = issues_of(results, "DOCUMENT")
    assert (received.severity, received.district_code) == ("note", CODE)
    assert f"  {CODE} {row.district}: ส่งทันกำหนด (เป็นเอกสาร) อปท. 0/1" in status_lines(results)


def test_a_document_is_counted_in_the_summary_and_told_apart(tmp_path):
    path = "Best practice อำเภอนาเยีย.pdf"
    results = arrived(tmp_path, Sent(path, "2021-04-10T10:00:00", PDF), publish=True)
    book = openpyxl.load_workbook(tmp_path / "output" / "best_practice" / "summary.xlsx", data_only=True)
    districts = book["รายอำเภอ"]
    (row,) = [row for row in districts.iter_rows(values_only=True) if row[1] == "นาเยีย"]
    assert row[2] == "ส่งทันกำหนด (เป็นเอกสาร)"
    assert [row.status for row in round_of(results, "best_practice").roster].count("on_time") == 1
    formulas = openpyxl.load_workbook(tmp_path / "output" / "best_practice" / "summary.xlsx")["ภาพรวม"]
    counts = [cell.value for line in formulas.iter_rows() for cell in line if "ส่งทันกำหนด" in str(cell.value)]
    assert any('"ส่งทันกำหนด (เป็นเอกสาร)")' in str(value) for value in counts)


def test_a_document_is_no_report_of_results(tmp_path):
    path = "ครั้งที่ 1/อำเภอนาเยีย.pdf"
    results = arrived(tmp_path, Sent(path, "2021-02-03T10:00:00", PDF))
    assert verdicts(results, path) == ["unusable"]
    assert roster_row(results, CODE, "1").status == "unusable"


@pytest.mark.parametrize("first", ["document", "workbook"])
def test_a_workbook_counts_beside_a_document_whichever_came_first(tmp_path, first):
    times = ("2021-04-10T10:00:00", "2021-04-22T10:00:00")
    document, workbook = times if first == "document" else times[::-1]
    results = arrived(
        tmp_path,
        Sent("Best practice อำเภอนาเยีย.pdf", document, PDF),
        Sent("Best practice อำเภอนาเยีย.xlsx", workbook, book(Story(DISTRICT))),
    )
    row = roster_row(results, CODE, "best_practice")
    assert (row.status, row.days_late) == ("on_time", 0), "something acceptable came in time"
    assert row.counted_file == "Best practice อำเภอนาเยีย.xlsx"
    assert verdicts(results, "Best practice อำเภอนาเยีย.pdf") == ["superseded"]


# --- what is made -------------------------------------------------------------------------------------------------


def test_the_collection_and_the_booklet_tell_every_district(tmp_path):
    results = arrived(
        tmp_path,
        Sent("นาเยีย.xlsx", "2021-04-10T10:00:00", book(Story(DISTRICT))),
        Sent("Best practice อำเภอสิรินธร.pdf", "2021-04-10T10:00:00", PDF),
        publish=True,
    )
    folder = tmp_path / "output" / "best_practice"
    collection = openpyxl.load_workbook(folder / "collection.xlsx")
    assert collection.sheetnames == ["สารบัญ", DISTRICT]
    assert CLEAN["process"] in {cell.value for cell in collection[DISTRICT]["B"]}
    listed = {row[1].value: row[4].value for row in collection["สารบัญ"].iter_rows(min_row=6)}
    assert len(listed) == len(round_of(results, "best_practice").roster)
    assert listed[DISTRICT] == CLEAN["activity"]
    assert "ส่งเป็นเอกสาร" in str(listed["สิรินธร"])
    told_there = [paragraph.text for paragraph in docx.Document(folder / "booklet.docx").paragraphs]
    for line in str(CLEAN["process"]).split("\n"):
        assert line in told_there
    with (folder / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["activity"] for row in csv.DictReader(file)] == [CLEAN["activity"]]


def test_text_of_districts_is_text_in_the_booklet_too(tmp_path):
    """Neither markup nor a control character, and no formula in the collection."""
    hostile = '=HYPERLINK("http://example.invalid") <w:p/> \x0b & {PAGE}'
    sent(tmp_path, Story(DISTRICT, answers={"factors": hostile}), publish=True)
    folder = tmp_path / "output" / "best_practice"
    told_there = [paragraph.text for paragraph in docx.Document(folder / "booklet.docx").paragraphs]
    assert any("<w:p/>" in text for text in told_there)
    assert any("{PAGE}" in text for text in told_there)
    cells = [
        cell
        for row in openpyxl.load_workbook(folder / "collection.xlsx")[DISTRICT].iter_rows()
        for cell in row
    ]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_the_same_stories_give_the_same_bytes(tmp_path):
    made = []
    for name in ("one", "other"):
        sent(tmp_path / name, Story(DISTRICT), publish=True)
        folder = tmp_path / name / "output" / "best_practice"
        made.append({path.name: path.read_bytes() for path in folder.glob("*.*x")})
    assert made[0] == made[1]
    assert {"collection.xlsx", "booklet.docx"} <= set(made[0])


def test_a_document_of_word_opens(tmp_path):
    sent(tmp_path, Story(DISTRICT), publish=True)
    data = (tmp_path / "output" / "best_practice" / "booklet.docx").read_bytes()
    opened = docx.Document(BytesIO(data))
    assert opened.core_properties.title == "แบบสรุปผลถอดบทเรียนความสำเร็จ Best practice"
    assert opened.core_properties.created.isoformat() == "2021-04-25T08:00:00+00:00"


# --- pictures -----------------------------------------------------------------------------------------------------


def png(width: int = 40, height: int = 30) -> bytes:
    """A plain picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\x00" + b"\x40\x80\x60" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pictured(story: Story, *pictures: bytes) -> bytes:
    """The story's workbook with pictures below it, each some rows below the last."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        page = workbook.add_worksheet(story.sheet)
        for (row, column), put in sheet_of(story).cells.items():
            page.write(row, column, put.value)
        for number, picture in enumerate(pictures):
            page.insert_image(20 + 4 * number, 1, f"{number}.png", {"image_data": BytesIO(picture)})
    return content.getvalue()


def media(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in sorted(archive.namelist()) if "/media/" in name]


def test_the_pictures_of_the_workbook_are_counted_whatever_is_written_about_them(tmp_path):
    told_four = pictured(Story(DISTRICT), png(), png(50), png(60))
    results = arrived(tmp_path, Sent("นาเยีย.xlsx", "2021-04-10T10:00:00", told_four))
    values = round_of(results, "best_practice").values
    assert [(one.value, one.cell) for one in values.itertuples() if one.indicator == "photos"] == [
        (3.0, "B21")
    ]
    assert asked(results) == []


def test_too_few_pictures_are_asked_about_at_the_first(tmp_path):
    book_of_two = pictured(Story(DISTRICT), png(), png(50))
    results = arrived(tmp_path, Sent("นาเยีย.xlsx", "2021-04-10T10:00:00", book_of_two))
    assert asked(results) == [("TOO_FEW", "B21")]


def test_the_pictures_stand_in_the_collection_and_the_booklet(tmp_path):
    pictures = [png(), png(50), png(60, 900)]
    sent_book = pictured(Story(DISTRICT), *pictures)
    arrived(tmp_path, Sent("นาเยีย.xlsx", "2021-04-10T10:00:00", sent_book), publish=True)
    folder = tmp_path / "output" / "best_practice"
    assert sorted(media(folder / "collection.xlsx")) == sorted(pictures)
    assert sorted(media(folder / "booklet.docx")) == sorted(pictures)
    document = docx.Document(folder / "booklet.docx")
    assert len(document.inline_shapes) == len(pictures)
    assert max(shape.height.cm for shape in document.inline_shapes) < 6, "each fits into its place"


def test_what_begins_like_a_picture_and_is_none_is_said_to_be_unshown(tmp_path):
    broken = png()[:24] + b"no picture at all"
    whole = pictured(Story(DISTRICT), png(), png(50), png(60))
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, broken if name.endswith("image1.png") else old.read(name))
    arrived(tmp_path, Sent("นาเยีย.xlsx", "2021-04-10T10:00:00", content.getvalue()), publish=True)
    folder = tmp_path / "output" / "best_practice"
    assert len(media(folder / "collection.xlsx")) == len(media(folder / "booklet.docx")) == 2
    cells = [
        cell.value
        for row in openpyxl.load_workbook(folder / "collection.xlsx")[DISTRICT].iter_rows()
        for cell in row
    ]
    assert any("รูปนี้แสดงไม่ได้" in str(value) for value in cells)


# --- what is handed out -------------------------------------------------------------------------------------------


def handed_out(folder: Path) -> openpyxl.Workbook:
    campaign = load_campaign(SHIPPED)
    moment = datetime.fromisoformat(AFTER)
    template = next(
        each
        for each in templates_of(campaign.round("best_practice"), campaign, moment)
        if each.district.code == CODE
    )
    write_template(folder / "template.xlsx", template)
    return openpyxl.load_workbook(folder / "template.xlsx")


def filled(folder: Path, **changed: object) -> bytes:
    """A template in which every open cell is answered by its label, with three pictures below."""
    answers = {
        "ชื่อกิจกรรม": CLEAN["activity"], "หน่วยงาน": CLEAN["agency"], "องค์กร": CLEAN["lao_name"],
        "ภาคี": CLEAN["partners"], "จำนวนประชาชน": CLEAN["people"], "หมู่ที่": CLEAN["moo"], "บ้าน": CLEAN["village"],
        "ตำบล": CLEAN["tambon"], "รายละเอียด": CLEAN["process"], "ปัญหา": CLEAN["problems"],
        "ตัวชี้วัด": CLEAN["indicators"], "ปัจจัย": CLEAN["factors"],
    }  # fmt: skip
    book = handed_out(folder)
    (sheet,) = book.worksheets
    content = BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        page = workbook.add_worksheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    page.write(cell.row - 1, cell.column - 1, cell.value)
                elif not cell.protection.locked:
                    label = str(sheet.cell(cell.row, 1).value).lstrip("๑๒๓๔๕๖๗๘. ")
                    value = next((text for begin, text in answers.items() if label.startswith(begin)), "")
                    page.write(cell.row - 1, cell.column - 1, changed.get(label.split(" ")[0], value))
        last = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("๘."))
        for number in range(3):
            page.insert_image(last, number % 2, f"{number}.png", {"image_data": BytesIO(png(50 + number))})
    return content.getvalue()


def test_a_filled_template_passes_with_no_issue_at_all(tmp_path):
    results = arrived(tmp_path, Sent("ส่งแล้ว.xlsx", "2021-04-10T10:00:00", filled(tmp_path)))
    assert [issue.code for issue in (*round_of(results, "best_practice").issues, *results.unplaced)] == []
    row = told(results)
    assert (row["local_body_code"], row["people"], row["photos"]) == (BODY, 120, 3)
    for key in ("activity", "agency", "partners", "process", "problems", "indicators", "factors"):
        assert row[key] == CLEAN[key]
    assert [row[key] for key in ("moo", "village", "tambon")] == ["5", "โนนแดง", "นาเยีย"]


def test_a_blank_template_sent_back_cannot_be_used(tmp_path):
    handed_out(tmp_path)
    blank = (tmp_path / "template.xlsx").read_bytes()
    results = arrived(tmp_path, Sent("ส่งแล้ว.xlsx", "2021-04-10T10:00:00", blank))
    assert roster_row(results, CODE, "best_practice").status == "unusable"
    assert [code for code, _ in asked(results)] == ["NO_DATA"]


def test_the_template_is_locked_but_for_its_places_and_carries_its_code(tmp_path):
    (sheet,) = handed_out(tmp_path).worksheets
    assert sheet.protection.sheet
    assert not sheet.protection.objects, "pictures may be put on it"
    open_cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert len(open_cells) == len(FORM.row_columns) + 4
    assert any("รหัสแบบ: best_practice-best_practice-3429-" in str(cell.value) for cell in sheet["A"])
