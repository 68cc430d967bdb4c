"""A workbook that is given back holds all that it held: parts and cells are compared, whatever is in it."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.write.returned import mark as marking
from pipeline.write.returned.listing import TAB
from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.write import UNMARKABLE
from tests.returned.marking import issue, mark, some_issues
from tests.returned.proof import Marks, differences, opened, parts
from tests.returned.varied import PLAIN, SHEET, repacked, replaced, varied

VARIED = varied()
CELLS = ("B2", "B3", "C2", "C4", "A9", "E5", "F11", "G30", "AB2")


def marks_of(issues: tuple) -> Marks:
    found = defaultdict(set)
    for each in issues:
        if each.cell and each.severity != "note":
            found[each.sheet].add(each.cell)
    return found


@pytest.mark.parametrize("name", VARIED)
def test_all_that_was_there_is_there(name):
    before = VARIED[name]
    issues = tuple(
        issue(SHEET, cell, ("must_fix", "please_explain")[number % 2]) for number, cell in enumerate(CELLS)
    )
    after = mark(before, *issues)
    assert list(differences(before, after.data, TAB, marks_of(issues))) == []
    assert after.suffix == (".xlsm" if name == "macros" else ".xlsx")
    assert mark(before, *issues).data == after.data


@pytest.mark.parametrize("name", VARIED)
def test_so_it_is_wherever_the_marks_are_and_when_it_is_given_back_again(name):
    issues = some_issues(VARIED[name])
    once = mark(VARIED[name], *issues).data
    assert list(differences(VARIED[name], once, TAB, marks_of(issues))) == []
    again = mark(once, *issues).data
    assert list(differences(once, again, f"{TAB} (2)", marks_of(issues))) == []


def test_parts_that_have_nothing_to_do_with_marks_keep_their_bytes():
    before, after = VARIED["macros"], mark(VARIED["macros"], issue(SHEET, "B2")).data
    was, is_ = parts(before), parts(after)
    changed = {name for name in was if was[name] != is_[name]}
    sheets = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"}
    assert changed - sheets == {
        "[content_types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/comments1.xml",
    }  # fmt: skip
    assert is_["xl/vbaproject.bin"] == was["xl/vbaproject.bin"]
    assert is_["xl/media/image1.png"] == was["xl/media/image1.png"]


def test_the_list_comes_first_names_every_cell_and_leads_to_it():
    asked = (issue(SHEET, "C3"), issue(SHEET, "C2"), issue(SHEET, "B4", "please_explain"), issue("", ""))
    book = opened(mark(PLAIN, *asked, issue(SHEET, "A2", "note")).data)
    assert book.active.title == book.sheetnames[0] == TAB
    rows = [row for row in book[TAB].iter_rows(min_row=7) if isinstance(row[0].value, int)]
    assert [(row[1].value, row[2].value, row[3].value) for row in rows] == [
        ("ต้องแก้", "", ""),
        ("ต้องแก้", SHEET, "C2, C3"),
        ("โปรดชี้แจง", SHEET, "B4"),
        ("แจ้งให้ทราบ", SHEET, "A2"),
    ]
    links = [row[3].hyperlink.location if row[3].hyperlink else None for row in rows]
    assert links == [None, f"'{SHEET}'!C2", f"'{SHEET}'!B4", f"'{SHEET}'!A2"]
    assert all(row[4].value and row[5].value == asked[0].remedy for row in rows)


def test_a_cell_says_what_is_wrong_and_keeps_what_was_noted_there():
    book = opened(mark(VARIED["everything"], issue(SHEET, "B2"), issue(SHEET, "C2")).data)
    sheet = book[SHEET]
    assert sheet["C2"].comment.text == 'ต้องเป็นจำนวนเดียว\nวิธีแก้: พิมพ์จำนวนเดียว <เช่น> 12 & "ไม่มีหน่วย"'
    assert sheet["B2"].comment.text == f"ของอำเภอเอง\n{sheet['C2'].comment.text}"
    assert (sheet["B2"].comment.author, sheet["C2"].comment.author) == ("ผู้กรอก", "สำนักงานตัวอย่าง")
    assert sheet["D9"].comment.text == "อีกข้อ"


def test_the_graver_of_two_faults_at_a_cell_gives_its_colour():
    data = mark(
        PLAIN, issue(SHEET, "B2", "please_explain"), issue(SHEET, "B2"), issue(SHEET, "B3", "please_explain")
    ).data
    sheet = opened(data)[SHEET]
    assert sheet["B2"].fill.fgColor.rgb == "FFF8DAD5"
    assert sheet["B3"].fill.fgColor.rgb == "FFFBE8C3"
    assert sheet["B4"].fill.fill_type is None


def test_what_was_noted_before_is_not_noted_twice():
    once = mark(PLAIN, issue(SHEET, "B2")).data
    again = opened(mark(once, issue(SHEET, "B2")).data)
    assert again[SHEET]["B2"].comment.text.count("วิธีแก้") == 1
    assert again.sheetnames == [f"{TAB} (2)", TAB, SHEET]


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://example.org")',
        "https://example.org/",
        "@SUM(A1)",
        "</t></is><f>1</f>",
        "_x0041_\x07",
    ],
)
def test_what_a_district_wrote_is_nothing_but_text(text):
    said = replace(issue(SHEET, "B2"), value=text, message=f'พบ "{text}"', remedy=text, reason=text)
    data = mark(PLAIN, said).data
    sheet = opened(data)[TAB]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells)
    assert [cell.hyperlink.target for cell in cells if cell.hyperlink] == [None]
    assert b"<f>" not in parts(data)["xl/worksheets/sheet2.xml"]


SIGNED = (
    b'<Relationship Id="rId99" Target="_xmlsignatures/origin.sigs" '
    b'Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"/></Relationships>'
)
ODD = {
    "UTF-16": repacked(
        PLAIN,
        lambda name, part: part.decode().replace("UTF-8", "UTF-16").encode("utf-16") if "sheet1" in name else part,
    ),
    "signed": replaced(PLAIN, {b"</Relationships>": SIGNED}, "_rels/.rels"),
    "edited by several": repacked(PLAIN, lambda _, part: part, **{"xl/revisions/revisionHeaders.xml": b"<headers/>"}),
    "a document type": replaced(PLAIN, {b"<worksheet": b"<!DOCTYPE x><worksheet"}, "sheet1"),
    "rows out of order": replaced(PLAIN, {b'<row r="2"': b'<row r="9"', b'r="A2"': b'r="A9"'}, "sheet1"),
    "a sheet cut off": replaced(PLAIN, {b"</worksheet>": b""}, "sheet1"),
    "no workbook": repacked(PLAIN, lambda name, part: None if name == "xl/workbook.xml" else part),
    "formats that are not there": replaced(PLAIN, {b'<c r="B2"': b'<c r="B2" s="77"'}, "sheet1"),
    "a drawing that is gone": replaced(PLAIN, {b"</worksheet>": b'<legacyDrawing r:id="rId7"/></worksheet>'}, "sheet1"),
    "no zip": b"\xd0\xcf\x11\xe0 an old workbook, or one with a password",
    "cut off": PLAIN[:-400],
    "nothing": b"",
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_not_understood_is_not_touched(name):
    with pytest.raises(UNMARKABLE):
        mark(ODD[name], issue(SHEET, "B2"))


def test_a_sheet_that_is_not_there_or_twice_there_is_not_marked():
    with pytest.raises(Unmarkable, match="0 worksheets"):
        mark(PLAIN, issue("แผ่นอื่น", "B2"))


def swapped(part: str, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in parts(data)[part], part
        return repacked(
            data, lambda name, content: content.replace(old, new) if name.lower() == part else content
        )

    return change


HARMS = {
    "a figure": swapped("xl/worksheets/sheet1.xml", b"<v>340</v>", b"<v>341</v>"),
    "a formula": swapped("xl/worksheets/sheet1.xml", b"B2+B3", b"B2+B4"),
    "a text": swapped("xl/sharedstrings.xml", "อบต.ข".encode(), "อบต.ฃ".encode()),
    "the format of another cell": swapped("xl/worksheets/sheet1.xml", b'<c r="B3"', b'<c r="B3" s="1"'),
    "a mark": swapped("xl/worksheets/sheet1.xml", b'<c r="B2" s="1"', b'<c r="B2" s="0"'),
    "the margins": swapped("xl/worksheets/sheet1.xml", b'left="0.7"', b'left="0.8"'),
    "a sheet's name": swapped("xl/workbook.xml", SHEET.encode(), "แบบรายงานใหม่".encode()),
    "a font": swapped("xl/styles.xml", b'name val="Calibri"', b'name val="Arial"'),
    "a note": swapped("xl/comments1.xml", "วิธีแก้".encode(), b"?"),
    "a prefix": swapped("xl/worksheets/sheet1.xml", b"r:id=", b"q:id="),
    "the theme": swapped("xl/theme/theme1.xml", b"Office Theme", b"Other Theme"),
    "a part": lambda data: repacked(data, lambda name, part: None if name.endswith("theme1.xml") else part),
    "an announcement": swapped(
        "[content_types].xml", b'PartName="/xl/comments1.xml"', b'PartName="/xl/comments9.xml"'
    ),
    "a relation": swapped("xl/worksheets/_rels/sheet1.xml.rels", b"/xl/comments1.xml", b"/xl/comments9.xml"),
}


@pytest.mark.parametrize("name", HARMS)
def test_a_workbook_that_was_harmed_is_not_given_back(name, monkeypatch):
    finished = marking.finished
    monkeypatch.setattr(marking, "finished", lambda draft: HARMS[name](finished(draft)))
    with pytest.raises(UNMARKABLE):
        mark(PLAIN, issue(SHEET, "B2"))


def test_the_zip_is_whole_and_its_entries_have_no_clock():
    with zipfile.ZipFile(io.BytesIO(mark(VARIED["sizes behind"], issue(SHEET, "B2")).data)) as made:
        assert made.testzip() is None
        new = [info for info in made.infolist() if "comments" in info.filename]
        assert [info.date_time for info in new] == [(1980, 1, 1, 0, 0, 0)]
