"""Files as they arrive (cases 1-9): their names, what they really are, and when they came."""

import io
import os
import struct
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import xlwt

from pipeline.model import Results, RosterRow
from pipeline.receive.told import tell
from tests.campaigns import (
    NOW,
    Sent,
    consolidate,
    issues_about,
    issues_of,
    put,
    rerun,
    roster_row,
    round_of,
    verdicts,
)
from tests.cases.books import (
    AFTER_ROUND_1,
    AREA,
    CODES,
    DISTRICT,
    KEYS,
    LEAVES,
    ON_TIME,
    TITLE,
    Mail,
    Writer,
    codes,
    facts,
    laid,
    placed,
    said,
    send,
    sheet,
    simple,
    values,
)
from tests.sample import oddities
from tests.sample.model import Cell, Named, Table, address

ZONE = ZoneInfo("Asia/Bangkok")
CLEAN = Table(DISTRICT, "1")
CHANGED = replace(CLEAN, changes=(Cell("อบต.หนองบก", "visits", 7, 7),))
LATER = "2021-02-05T15:00:00"
NAME = "เหล่าเสือโก้ก"
TALSUM, SPRING = "3420", "3409"
"""ตาลสุม, and น้ำยืน, whose name holds a sara am."""
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def of_no_use(data: Writer, path: str) -> Sent:
    """What a district sends in place of its workbook: the form in another kind of file, or no form at all."""
    return Sent(path, ON_TIME, data([laid(CLEAN).sheet]))


def alone(folder: Path, sent: Sent) -> Results:
    """A campaign in which nothing else arrives."""
    return consolidate(folder, sent, as_of=AFTER_ROUND_1)


def unusable(results: Results, path: str, code: str, district: str = DISTRICT) -> RosterRow:
    """Where the district of a file stands that came and cannot be used: the one reason is told at the file, no figure
    is invented, and nobody calls the district missing."""
    assert verdicts(results, path) == ["unusable"]
    (issue,) = issues_about(results, code, path)
    assert (issue.severity, issue.sheet, issue.cell) == ("must_fix", "", "")
    assert codes(results) == {code}
    assert values(results) == {}
    return roster_row(results, district, "1")


def lay(path: Path, data: bytes, at: str) -> None:
    """A file that nobody registered, last changed at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    seconds = datetime.fromisoformat(f"{at}+07:00").timestamp()
    os.utime(path, (seconds, seconds))


# --- names ------------------------------------------------------------------------------------------------------

COPIES = (
    f"รายงาน{NAME}.xlsx",
    f"รายงาน{NAME} (1).xlsx",
    f"Copy of รายงาน{NAME}.xlsx",
    f"สำเนาของ รายงาน{NAME}.xlsx",
    f"รายงาน{NAME} - สำเนา (2).xlsx",
)


def test_case_1_copies_of_one_workbook_count_once_whatever_their_names(tmp_path):
    results = send(tmp_path, *(Mail((CLEAN,), path=path, at=ON_TIME) for path in COPIES))
    found = {path: verdicts(results, path) for path in COPIES}
    (counted,) = [path for path, verdict in found.items() if verdict == ["counted"]]
    assert [verdict for path, verdict in found.items() if path != counted] == [["duplicate"]] * 4
    assert values(results) == facts(CLEAN)
    notes = issues_of(results, "DUPLICATE_FILE")
    assert sorted(note.file for note in notes) == sorted(set(COPIES) - {counted})
    assert {note.severity for note in notes} == {"note"}
    assert codes(results) == {"DUPLICATE_FILE", "TOTAL_ROW"}


@pytest.mark.parametrize("path", COPIES)
def test_case_1_the_number_of_a_copy_is_no_round_and_its_words_hide_no_district(tmp_path, path):
    """The content cannot speak: the name alone says whose it is, and of which round it says nothing."""
    pdf = path.replace(".xlsx", ".pdf")
    row = unusable(alone(tmp_path, of_no_use(oddities.pdf, pdf)), pdf, "WRONG_TYPE")
    assert (row.status, row.note) == ("unusable", f"ยังใช้ไม่ได้: {pdf}")


@pytest.mark.parametrize(
    "path", ["สำเนาของเดช.pdf", "สำเนาเดช (1).pdf", "เดช - Copy (2).pdf", "Copy of เดช.pdf"]
)
def test_case_1_behind_the_word_for_a_copy_a_short_name_stands_alone(tmp_path, path):
    results = alone(tmp_path, of_no_use(oddities.pdf, path))
    assert unusable(results, path, "WRONG_TYPE", "3407").status == "unusable"


def test_case_1_of_two_versions_the_newer_counts_and_the_older_is_named(tmp_path):
    old, new = COPIES[0], COPIES[1]
    results = send(tmp_path, Mail((CLEAN,), path=old), Mail((CHANGED,), path=new, at=LATER))
    assert (verdicts(results, old), verdicts(results, new)) == (["superseded"], ["counted"])
    assert values(results) == facts(CHANGED)
    (note,) = issues_of(results, "SUPERSEDED")
    assert (note.severity, note.file, f'"{new}"' in note.message) == ("note", old, True)


def test_case_1_a_newer_version_that_reports_less_waits_and_the_older_counts_on(tmp_path):
    old, new = COPIES[0], COPIES[3]
    less = replace(CHANGED, absent=("อบต.แพงใหญ่",))
    results = send(tmp_path, Mail((CLEAN,), path=old), Mail((less,), path=new, at=LATER))
    assert (verdicts(results, old), verdicts(results, new)) == (["counted"], ["undecided"])
    assert values(results) == facts(CLEAN)
    (asked,) = issues_of(results, "FEWER_BODIES")
    assert (asked.severity, asked.file, "อบต.แพงใหญ่" in asked.message) == ("must_fix", new, True)


LEFT_BEHIND = {
    f"~$รายงาน{NAME}.xlsx": "ไฟล์ชั่วคราวของโปรแกรมที่กำลังเปิดไฟล์อยู่",
    f".~lock.รายงาน{NAME}.ods#": "ไฟล์ชั่วคราวของโปรแกรมที่กำลังเปิดไฟล์อยู่",
    ".DS_Store": "ไฟล์ของระบบปฏิบัติการ",
    f"ครั้งที่ 1/._รายงาน{NAME}.xlsx": "ไฟล์ของระบบปฏิบัติการ",
    "Thumbs.db": "ไฟล์ของระบบปฏิบัติการ",
    f".รายงาน{NAME}.xlsx": "ไฟล์หรือโฟลเดอร์ซ่อน",
}


def test_case_1_lock_files_and_hidden_files_are_named_and_looked_at_no_further(tmp_path):
    workbook = Mail((CLEAN,)).data
    for path in LEFT_BEHIND:
        lay(tmp_path / "input" / path, oddities.lock([]) if "~" in path else workbook, ON_TIME)
    results = rerun(tmp_path, AFTER_ROUND_1)
    assert {row.path: row.verdict for row in results.files} == dict.fromkeys(LEFT_BEHIND, "ignored")
    told = {issue.file: (issue.severity, issue.message) for issue in issues_of(results, "IGNORED_FILE")}
    assert {path: severity for path, (severity, _) in told.items()} == dict.fromkeys(LEFT_BEHIND, "note")
    assert all(reason in told[path][1] for path, reason in LEFT_BEHIND.items())
    assert codes(results) == {"IGNORED_FILE"}
    assert {row.status for row in round_of(results, "1").roster} == {"missing"}
    assert not list((tmp_path / "input").glob("vault/[0-9a-f]*"))


@pytest.mark.parametrize("path", ["แบบรายงาน.xlsx", "1612345678901.xlsx"])
def test_case_2_a_name_that_says_nothing_is_placed_by_what_the_cells_say(tmp_path, path):
    results = send(tmp_path, Mail((CLEAN,), path=path))
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.counted_file) == ("on_time", path)
    assert values(results) == facts(CLEAN)
    assert codes(results) == {"TOTAL_ROW"}


def test_case_2_where_the_cells_are_silent_the_name_decides_nothing(tmp_path):
    path = f"รายงาน{NAME} ครั้งที่ 1.xlsx"
    results = send(tmp_path, Mail((replace(CLEAN, turn="ครั้งที่ ........"),), path=path))
    assert verdicts(results, path) == ["undecided"]
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.note) == ("undecided", f"รอยืนยัน: {path}")
    (asked,) = issues_of(results, "NO_ROUND")
    assert (asked.severity, asked.file) == ("must_fix", path)
    assert f"อาจเป็นของ อำเภอ{NAME} ครั้งที่ ๑" in asked.message
    assert values(results) == {}


def test_case_2_a_workbook_that_names_no_district_waits_and_is_nobodys(tmp_path):
    nameless = replace(
        CLEAN, area="อำเภอ................", only=("อบต.หนองบก",), changes=(Named("อบต.หนองบก", "ตำบล", "2"),)
    )
    results = send(tmp_path, Mail((nameless,), path="1612345678901.xlsx"))
    assert [row.verdict for row in results.files] == ["undecided"]
    (asked,) = issues_of(results, "NO_DISTRICT")
    assert (asked.severity, asked.district_code, asked.file) == ("must_fix", "", "1612345678901.xlsx")
    assert {row.status for row in round_of(results, "1").roster} == {"missing"}


def test_case_2_a_name_that_says_otherwise_is_a_note_and_a_folder_that_does_is_a_question(tmp_path):
    by_name, by_folder = "รายงานน้ำยืน ครั้งที่ 2.xlsx", "3409 น้ำยืน/แบบรายงาน.xlsx"
    named = send(tmp_path / "name", Mail((CLEAN,), path=by_name))
    assert values(named) == facts(CLEAN)
    assert [(note.severity, note.file) for note in issues_of(named, "NAME_DIFFERS")] == [("note", by_name)]
    foldered = send(tmp_path / "folder", Mail((CLEAN,), path=by_folder))
    assert verdicts(foldered, by_folder) == ["undecided"]
    assert values(foldered) == {}
    assert {(each.severity, each.file) for each in issues_of(foldered, "WRONG_FOLDER")} == {
        ("must_fix", by_folder)
    }
    assert [roster_row(foldered, code, "1").status for code in (DISTRICT, SPRING)] == ["undecided"] * 2


SPELLINGS: Mapping[str, str] = {
    "composed": "น\u0e49\u0e33ยืน",
    "sara am in two after the tone mark": "น\u0e49\u0e4d\u0e32ยืน",
    "sara am in two around the tone mark": "น\u0e4d\u0e49\u0e32ยืน",
    "without the tone mark": "น\u0e4d\u0e32ยืน",
}


@pytest.mark.parametrize("name", SPELLINGS.values(), ids=SPELLINGS)
def test_case_3_a_file_name_in_any_form_names_its_district(tmp_path, name):
    """The content cannot speak, so the name alone says whose it is; tables have it as the disk has it."""
    path = f"รายงานอําเภอ{name} ครั้งที่ 1.pdf"
    results = alone(tmp_path, of_no_use(oddities.pdf, path))
    row = unusable(results, path, "WRONG_TYPE", SPRING)
    assert (row.status, row.note) == ("unusable", f"ยังใช้ไม่ได้: {path}")
    assert (tmp_path / "input" / path).exists()


@pytest.mark.parametrize("name", SPELLINGS.values(), ids=SPELLINGS)
def test_case_3_a_name_in_any_form_agrees_with_its_own_content_and_differs_from_anothers(tmp_path, name):
    own = Table(SPRING, "1", only=("ทต.น้ำยืน",))
    path = f"{name}/อ.{name} ครั้งที่ ๑.xlsx"
    results = send(tmp_path / "own", Mail((own,), path=path))
    assert values(results) == facts(own)
    assert codes(results) == {"TOTAL_ROW", "ABSENT_LOCAL_BODY"}
    other = send(tmp_path / "other", Mail((CLEAN,), path=path))
    assert {issue.file for issue in issues_of(other, "WRONG_FOLDER")} == {path}
    assert values(other) == {}


# --- what they really are ---------------------------------------------------------------------------------------


VILLAGES = {"1": (1, 1, 300, 200, 150, 120, 90, 20), "2": (1, 1, 250, 180, 130, 100, 80, 15)}
NONGBOK = CODES["อบต.หนองบก"]


def test_case_4_an_old_workbook_is_read_like_any_other_with_types_dates_and_merged_ranges(tmp_path):
    """A date is a date, a number typed as text is noted, and a name merged over its villages holds for each."""
    head = ["อปท.", "หมู่ที่", *(LEAVES[key] for key in KEYS)]
    first = ["อบต.หนองบก", 1, *VILLAGES["1"][:7], "๒๐"]
    dated = ["ข้อมูล ณ วันที่", datetime(2021, 2, 4)]
    cells = placed([[TITLE], [AREA], dated, head, first, [None, 2, *VILLAGES["2"]]])
    page = sheet(cells, merges=[(0, 0, 0, 9), (4, 0, 5, 0)], formats={(2, 1): "[$-D07041E]d mmmm yyyy"})
    mail = Mail((page,), "xlwt", "report.xls")
    assert mail.data.startswith(OLE2)
    results = send(tmp_path, mail)
    assert verdicts(results, "report.xls") == ["counted"]
    assert values(results) == {
        (NONGBOK, moo, key): (figure, address(3 + int(moo), 2 + across))
        for moo, figures in VILLAGES.items()
        for across, (key, figure) in enumerate(zip(KEYS, figures, strict=True))
    }
    assert said(results, "NUMBER_AS_TEXT") == [("note", "J5")]
    assert codes(results) == {"NUMBER_AS_TEXT", "ABSENT_LOCAL_BODY"}


def test_case_4_the_date_in_an_old_workbook_is_a_date(tmp_path):
    """One of a later round contradicts the heading: that it does shows that it was read."""
    cells = simple([["ข้อมูล ณ วันที่", datetime(2021, 2, 20)], ["อปท.", *(LEAVES[key] for key in KEYS)]])
    page = sheet(cells, formats={(3, 1): "[$-D07041E]d mmmm yyyy"})
    results = send(tmp_path, Mail((page,), "xlwt", "report.xls"))
    assert verdicts(results, "report.xls") == ["undecided"]
    assert {each.severity for each in issues_of(results, "MIXED_CONTENT")} == {"must_fix"}


def quoted_csv(sheets) -> bytes:
    """In the code page of Thai Windows, with the curly quotes that TIS-620 does not have."""
    return "“แบบรายงาน”\r\n".encode("cp874") + oddities.csv_cp874(sheets)


@pytest.mark.parametrize(
    "data, begins, kind",
    [
        (oddities.html, b"<html>", "หน้าเว็บ (HTML)"),
        (oddities.csv_cp874, "แบบรายงาน".encode("cp874")[:4], "ข้อความ CSV"),
        (quoted_csv, b"\x93", "ข้อความ CSV"),
    ],
    ids=["html", "csv", "csv with curly quotes"],
)
def test_case_5_a_web_page_or_text_called_xls_is_named_for_what_it_is(tmp_path, data, begins, kind):
    path = f"ครั้งที่ 1/{NAME}.xls"
    sent = of_no_use(data, path)
    assert sent.content.startswith(begins)
    results = alone(tmp_path, sent)
    assert unusable(results, path, "WRONG_TYPE").status == "unusable"
    (issue,) = issues_of(results, "WRONG_TYPE")
    assert f"เป็น{kind} ที่เปลี่ยนนามสกุลเป็น .xls ไม่ใช่ไฟล์ตารางคำนวณ" in issue.message
    assert "ให้บันทึกเป็น .xlsx แล้วส่งมาใหม่" in issue.remedy


@pytest.mark.parametrize(
    "writer, path, kind",
    [
        ("xlsxwriter", "รายงาน.xls", "ไฟล์ Excel (.xlsx)"),
        ("xlwt", "รายงาน.xlsx", "ไฟล์ Excel รุ่นเก่า (.xls)"),
        ("opendocument", "รายงาน.xlsx", "ไฟล์ LibreOffice (.ods)"),
    ],
)
def test_case_5_a_workbook_under_another_ending_is_read_for_what_it_is_with_a_note(
    tmp_path, writer, path, kind
):
    results = send(tmp_path, Mail((CLEAN,), writer, path))
    assert values(results) == facts(CLEAN)
    (issue,) = issues_of(results, "EXT_MISMATCH")
    assert (issue.severity, issue.file, f"เป็น{kind}" in issue.message) == ("note", path, True)
    assert codes(results) == {"EXT_MISMATCH", "TOTAL_ROW"}


def locked_xls(_) -> bytes:
    """A workbook of Excel 97 with a password: the record FILEPASS behind its first one."""
    book = xlwt.Workbook()
    book.add_sheet("แบบรายงาน").write(0, 0, 7)
    stream = book.get_biff_data()
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    buffer = io.BytesIO()
    password = struct.pack("<HHHHH", 0x2F, 6, 0, 0x1234, 0x5678)
    xlwt.CompoundDoc.XlsDoc().save(buffer, stream[:first] + password + stream[first:])
    return buffer.getvalue()


@pytest.mark.parametrize("data, ending", [(oddities.encrypted, ".xlsx"), (locked_xls, ".xls")])
def test_case_6_a_workbook_with_a_password_is_set_aside_and_says_so(tmp_path, data, ending):
    path = f"ครั้งที่ 1/{NAME}{ending}"
    sent = of_no_use(data, path)
    assert sent.content.startswith(OLE2)
    results = alone(tmp_path, sent)
    assert unusable(results, path, "PASSWORD").status == "unusable"
    (issue,) = issues_of(results, "PASSWORD")
    assert "ตั้งรหัสผ่านไว้ จึงเปิดอ่านไม่ได้" in issue.message
    assert "เอารหัสผ่านออก" in issue.remedy


def test_case_6_without_the_password_it_counts_from_then_on(tmp_path):
    """What came first and could not be opened makes nobody punctual, and asks for nothing any more."""
    late = Sent(f"{NAME} ใหม่.xlsx", "2021-02-08T09:00:00", CLEAN)
    locked = of_no_use(oddities.encrypted, f"{NAME}.xlsx")
    results = consolidate(tmp_path, locked, late, as_of="2021-02-09T08:30:00+07:00")
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.days_late, row.counted_file) == ("late", 3, late.path)
    assert values(results) == facts(CLEAN)
    assert [issue.severity for issue in issues_of(results, "PASSWORD")] == ["note"]


@pytest.mark.parametrize(
    "data, path, kind",
    [
        (oddities.pdf, "ครั้งที่ 1/รายงานตาลสุม.pdf", "ไฟล์ PDF"),
        (oddities.jpeg, "ครั้งที่ 1/ตาลสุม/IMG_0001.jpg", "รูปภาพ"),
        (oddities.docx, "ตาลสุม ครั้งที่ 1 บันทึกข้อความ.docx", "เอกสาร Word (.docx)"),
    ],
)
def test_case_7_a_pdf_a_photograph_and_a_letter_came_and_are_never_missing(tmp_path, data, path, kind):
    results = alone(tmp_path, of_no_use(data, path))
    row = unusable(results, path, "WRONG_TYPE", TALSUM)
    assert (row.status, row.note) == ("unusable", f"ยังใช้ไม่ได้: {path}")
    assert row.first_received_at == datetime.fromisoformat(f"{ON_TIME}+07:00")
    assert row.first_acceptable_at is None
    assert f"เป็น{kind} ไม่ใช่ไฟล์ตารางคำนวณ" in issues_of(results, "WRONG_TYPE")[0].message
    missing = {row.district_code for row in round_of(results, "1").roster if row.status == "missing"}
    assert (len(missing), TALSUM in missing) == (24, False)


def test_case_7_beside_the_workbook_a_photograph_changes_nothing(tmp_path):
    photo = Sent(f"{NAME}/IMG_0001.jpg", LATER, oddities.jpeg([]))
    results = consolidate(tmp_path, Sent(f"{NAME}/รายงาน.xlsx", ON_TIME, CLEAN), photo, as_of=AFTER_ROUND_1)
    row = roster_row(results, DISTRICT, "1")
    assert (row.status, row.days_late, row.note) == ("on_time", 0, "")
    assert values(results) == facts(CLEAN)
    assert verdicts(results, photo.path) == ["unusable"]


def test_case_7_a_photograph_that_is_nobodys_is_listed_and_accuses_nobody(tmp_path):
    results = alone(tmp_path, of_no_use(oddities.jpeg, "IMG_0001.jpg"))
    assert verdicts(results, "IMG_0001.jpg") == ["unusable"]
    assert [(issue.code, issue.file) for issue in results.unplaced] == [("WRONG_TYPE", "IMG_0001.jpg")]
    assert {row.status for row in round_of(results, "1").roster} == {"missing"}


@pytest.mark.parametrize(
    "data, code, words",
    [
        (oddities.empty, "EMPTY_FILE", "เป็นไฟล์ว่าง ไม่มีข้อมูลเลย"),
        (oddities.truncated, "CORRUPT", "เสียหาย หรือส่งมาไม่ครบ จึงเปิดอ่านไม่ได้"),
        (lambda sheets: bytes(len(oddities.truncated(sheets))), "CORRUPT", "เสียหาย หรือส่งมาไม่ครบ"),
    ],
    ids=["no bytes", "half a workbook", "room made and nothing copied"],
)
def test_case_8_a_file_without_its_content_is_set_aside_with_the_reason(tmp_path, data, code, words):
    path = f"ครั้งที่ 1/{NAME}.xlsx"
    results = alone(tmp_path, of_no_use(data, path))
    assert unusable(results, path, code).status == "unusable"
    (issue,) = issues_of(results, code)
    assert words in issue.message
    assert "แล้วส่งมา" in issue.remedy


@pytest.mark.parametrize("ending", [".crdownload", ".part", ".tmp", ".download"])
def test_case_8_a_download_that_has_not_ended_is_left_until_it_has(tmp_path, ending):
    whole = tmp_path / "input" / f"{NAME}.xlsx"
    unfinished = whole.with_name(whole.name + ending)
    lay(unfinished, oddities.truncated([laid(CLEAN).sheet]), ON_TIME)
    results = rerun(tmp_path, AFTER_ROUND_1)
    assert verdicts(results, unfinished.name) == ["ignored"]
    assert [(each.code, each.severity) for each in results.unplaced] == [("PARTIAL", "note")]
    assert ending in results.unplaced[0].message
    assert roster_row(results, DISTRICT, "1").status == "missing"
    unfinished.unlink()
    lay(whole, Mail((CLEAN,)).data, ON_TIME)
    again = rerun(tmp_path, AFTER_ROUND_1)
    assert verdicts(again, whole.name) == ["counted"]
    assert values(again) == facts(CLEAN)


# --- when they came ---------------------------------------------------------------------------------------------

AFTER = "2021-02-09T08:30:00+07:00"


def clocks(results: Results) -> tuple[str, int, str, str]:
    row = roster_row(results, DISTRICT, "1")
    return row.status, row.days_late, row.receipt_source, row.note


def test_case_9_lateness_by_the_files_own_time_is_unconfirmed_until_the_register_says_when(tmp_path):
    """Downloaded from the chat three days after it had been sent there."""
    path = tmp_path / "input" / f"{NAME}.xlsx"
    lay(path, Mail((CLEAN,)).data, "2021-02-08T10:00:00")
    unconfirmed = ("late", 3, "file_time", "เวลารับมาจากเวลาของไฟล์ ยังไม่ยืนยัน")
    assert clocks(rerun(tmp_path, AFTER)) == unconfirmed
    tell(path.parent, [path], datetime.fromisoformat(f"{ON_TIME}+07:00"), "ทางไลน์", NOW, ZONE)
    told = rerun(tmp_path, AFTER)
    assert clocks(told) == ("on_time", 0, "register", "")
    assert [row.source for row in told.files] == ["register"]
    assert values(told) == facts(CLEAN)


def test_case_9_a_file_time_that_lies_ahead_is_the_time_of_the_run(tmp_path):
    lay(tmp_path / "input" / f"{NAME}.xlsx", Mail((CLEAN,)).data, "2031-02-08T10:00:00")
    (row,) = rerun(tmp_path, NOW.isoformat()).files
    assert (row.received_at, row.source) == (NOW, "file_time")


def test_case_9_a_known_content_that_is_downloaded_again_was_received_when_it_was_first(tmp_path):
    put(tmp_path / "input", Sent(f"{NAME}.xlsx", ON_TIME, CLEAN))
    path = tmp_path / "input" / f"{NAME}.xlsx"
    lay(path, path.read_bytes(), "2021-02-08T10:00:00")
    lay(path.with_name(f"{NAME} (1).xlsx"), path.read_bytes(), "2021-02-01T10:00:00")
    results = rerun(tmp_path, AFTER)
    assert clocks(results) == ("on_time", 0, "register", "")
    assert roster_row(results, DISTRICT, "1").counted_file == f"{NAME}.xlsx"
    assert verdicts(results, f"{NAME} (1).xlsx") == ["duplicate"]
