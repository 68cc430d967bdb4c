"""The register of receipts: what it accepts, what it refuses, how it grows, and how its rows fold."""

import errno
import logging
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exceptions import CannotWrite, ConfigurationError, writing
from pipeline.model import Arrival
from pipeline.receive.file_names import disk_name, table_name
from pipeline.receive.receipt_time import read_time
from pipeline.receive.register import RegisterRow, append_rows, arrivals, read_register, register_content

TZ = ZoneInfo("Asia/Bangkok")
HEADER = "recorded_at,file,sha256,received_at,source,event,note"
SHA_A, SHA_B = "a" * 64, "b" * 64
NINE = datetime(2021, 2, 5, 9, 0, tzinfo=TZ)
NINE_TEXT = "2021-02-05T09:00:00+07:00"
FIRST = f"{NINE_TEXT},เดชอุดม/รายงาน.xlsx,{SHA_A},{NINE_TEXT},file_time,arrived,"


def row(
    event="arrived", file="เดชอุดม/รายงาน.xlsx", sha256=SHA_A, received_at=NINE, source="file_time", note=""
):
    return RegisterRow(NINE, file, sha256, received_at, source, event, note)


def written(tmp_path: Path, *lines: str, encoding: str = "utf-8-sig", end: str = "\n") -> Path:
    path = tmp_path / "receipts.csv"
    path.write_bytes(("\n".join((HEADER, *lines)) + end).encode(encoding))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        read_register(path, TZ)
    assert caught.value.exit_code == 2
    return caught.value.sentence


# --- growing --------------------------------------------------------------------------------------------------


def test_a_new_register_is_utf8_with_bom_header_and_one_line_for_each_row(tmp_path):
    path = tmp_path / "receipts.csv"
    append_rows(path, (row(), row("withdrawn", note="ผิดอำเภอ")))
    assert path.read_bytes().decode() == (
        f"\ufeff{HEADER}\n{FIRST}\n"
        f"{NINE_TEXT},เดชอุดม/รายงาน.xlsx,{SHA_A},{NINE_TEXT},file_time,withdrawn,ผิดอำเภอ\n"
    )


def test_rows_are_read_back_as_they_were_added(tmp_path):
    path = tmp_path / "receipts.csv"
    rows = (row(), row(file='a,"b".xlsx', sha256=SHA_B, source="register", note="ทางไลน์, กลุ่มงาน"))
    append_rows(path, rows[:1])
    append_rows(path, rows[1:])
    assert read_register(path, TZ) == rows


def test_no_register_is_no_rows_and_no_rows_make_no_register(tmp_path):
    path = tmp_path / "receipts.csv"
    append_rows(path, ())
    assert read_register(path, TZ) == ()
    assert not path.exists()


def test_an_empty_file_becomes_a_register(tmp_path):
    path = tmp_path / "receipts.csv"
    path.write_bytes(b"")
    assert read_register(path, TZ) == ()
    append_rows(path, (row(),))
    assert path.read_bytes() == register_content((row(),))


def test_adding_leaves_the_bytes_before_as_they_are(tmp_path):
    path = written(tmp_path, FIRST.replace("T09:00:00+07:00", " 09:00"), "", end="\n")
    before = path.read_bytes()
    inode = path.stat().st_ino
    append_rows(path, (row(sha256=SHA_B),))
    assert path.read_bytes().startswith(before)
    assert path.stat().st_ino == inode
    assert [one.sha256 for one in read_register(path, TZ)] == [SHA_A, SHA_B]


def test_a_note_is_one_line_and_never_a_formula(tmp_path):
    path = tmp_path / "receipts.csv"
    append_rows(path, (row(note="=1+1\nสองบรรทัด"), row(sha256=SHA_B, note="เสีย \udcff")))
    notes = [one.note for one in read_register(path, TZ)]
    assert notes == ["'=1+1 สองบรรทัด", "เสีย \\udcff"]


def test_a_row_torn_by_a_power_cut_is_no_row_and_its_text_is_kept_in_a_note(tmp_path, caplog):
    torn = f"{NINE_TEXT},วารินชำราบ/รายงาน.xlsx,{SHA_B},2021-02"
    path = written(tmp_path, FIRST, torn, end="")
    assert [one.sha256 for one in read_register(path, TZ)] == [SHA_A]
    with caplog.at_level(logging.WARNING):
        append_rows(path, (row(file="วารินชำราบ/รายงาน.xlsx", sha256=SHA_B, note="พบใหม่"), row(sha256=SHA_B)))
    rows = read_register(path, TZ)
    assert [one.note for one in rows] == ["", f"พบใหม่ (ก่อนหน้านี้มีบรรทัดที่เขียนไม่ครบ: {torn})", ""]
    assert torn in caplog.text


def test_a_row_torn_inside_a_letter_or_a_quoted_note_is_torn_too(tmp_path):
    path = written(tmp_path, FIRST)
    whole = path.read_bytes()
    for tail in (f"{NINE_TEXT},เด".encode()[:-1], f'{FIRST}"ทาง'.encode()):
        path.write_bytes(whole + tail)
        assert read_register(path, TZ) == (row(),)
        append_rows(path, (row(sha256=SHA_B),))
        assert "เขียนไม่ครบ" in read_register(path, TZ)[1].note


def test_a_whole_last_row_without_line_break_is_a_row(tmp_path):
    path = written(tmp_path, FIRST, end="")
    append_rows(path, (row(sha256=SHA_B),))
    assert read_register(path, TZ) == (row(), row(sha256=SHA_B))


def test_a_disk_that_fills_up_leaves_no_half_row(tmp_path, monkeypatch):
    path = tmp_path / "receipts.csv"
    append_rows(path, (row(),))
    before = path.read_bytes()

    class Half:
        def __init__(self, handle):
            self.handle = handle

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.handle.close()

        def write(self, content):
            return self.handle.write(content[: len(content) // 2])

        def __getattr__(self, name):
            return getattr(self.handle, name)

    plain = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *args, **more: Half(plain(self, *args, **more)))
    with pytest.raises(CannotWrite) as caught:
        append_rows(path, (row(sha256=SHA_B),))
    assert (caught.value.exit_code, "พื้นที่ดิสก์เต็ม" in caught.value.sentence) == (74, True)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "number, words",
    [
        (errno.EROFS, "ดิสก์นี้อ่านได้อย่างเดียว"),
        (errno.EACCES, "ไม่มีสิทธิ์เขียน"),
        (errno.EEXIST, "กรุณาเปลี่ยนชื่อไฟล์นั้น"),
        (errno.EXDEV, f"รหัส {errno.EXDEV}"),
    ],
)
def test_a_disk_that_refuses_is_the_operators_to_mend(number, words):
    with pytest.raises(CannotWrite, match=words) as caught, writing(Path("ทะเบียน.csv")):
        raise OSError(number, "no")
    assert (caught.value.exit_code, "ทะเบียน.csv" in caught.value.sentence) == (74, True)


# --- what spreadsheets make of it -----------------------------------------------------------------------------


def test_saved_in_the_code_page_of_thai_windows_it_is_read_and_goes_back_to_utf8(tmp_path):
    path = written(tmp_path, FIRST, encoding="cp874", end="\r\n")
    assert read_register(path, TZ) == (row(),)
    append_rows(path, (row(sha256=SHA_B),))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_register(path, TZ) == (row(), row(sha256=SHA_B))


def test_a_name_that_lost_letters_in_the_code_page_is_refused(tmp_path):
    path = written(tmp_path, FIRST.replace("รายงาน", "ราย?งาน"), encoding="cp874")
    sentence = refusal(path)
    assert "บรรทัดที่ 2" in sentence
    assert "ตัวอักษรที่หายไป" in sentence


def test_other_encodings_are_refused(tmp_path):
    assert "CSV UTF-8" in refusal(written(tmp_path, FIRST, encoding="utf-16"))


def test_empty_rows_and_empty_cells_at_the_end_change_nothing(tmp_path):
    path = written(tmp_path, FIRST + ",,", ",,,,,,", "", FIRST.replace(SHA_A, SHA_B).removesuffix(","))
    assert read_register(path, TZ) == (row(), row(sha256=SHA_B))


@pytest.mark.parametrize(
    "text",
    [
        "2021-02-05T08:30:00+07:00",
        "2564-02-05T08:30",
        "2021-02-05 08:30:59.5".replace(":59.5", ""),
        "2021-02-05T01:30:00Z",
        "2021-02-05T10:30+0900",
        "5/2/2564 8:30",
        "05-02-2564 8.30 น.",
        "๕/๒/๒๕๖๔ ๘.๓๐",
    ],
)
def test_times_that_say_one_thing(text):
    assert read_time(text, TZ) == datetime(2021, 2, 5, 8, 30, tzinfo=TZ)


def test_a_year_of_the_common_era_is_taken_when_day_and_month_cannot_be_mistaken():
    assert read_time("25/2/2021 8:30:15", TZ) == datetime(2021, 2, 25, 8, 30, 15, tzinfo=TZ)
    assert read_time("3/3/2021 8:30", TZ) == datetime(2021, 3, 3, 8, 30, tzinfo=TZ)


@pytest.mark.parametrize(
    "text",
    ["", "5/2/2564", "2564-02-05", "5/2/64 8:30", "5/2/2021 8:30", "2/25/2021 8:30", "30/2/2564 8:30", "44232.35",
     "5/2/2564 25:00", "2021-02-05T08:30 PM"],
)  # fmt: skip
def test_times_that_say_nothing_or_more_than_one_thing(text):
    assert read_time(text, TZ) is None


# --- what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong, words",
    [
        (FIRST.replace(SHA_A, "abc"), 'ช่อง sha256 พบ "abc"'),
        (FIRST.replace("file_time", "เดา"), 'ช่อง source พบ "เดา"'),
        (FIRST.replace("arrived", "returned"), 'ช่อง event พบ "returned"'),
        (FIRST.replace("เดชอุดม/", "../"), 'ช่อง file พบ "../รายงาน.xlsx"'),
        (FIRST.replace("เดชอุดม/", "/"), 'ช่อง file พบ "/รายงาน.xlsx"'),
        (
            f"{NINE_TEXT},ก.xlsx,{SHA_B},5/2/2021 8:30,file_time,arrived,",
            'ช่อง received_at พบ "5/2/2021 8:30"',
        ),
        (f"เมื่อวาน,ก.xlsx,{SHA_B},{NINE_TEXT},file_time,arrived,", 'ช่อง recorded_at พบ "เมื่อวาน"'),
        (FIRST.replace("arrived,", "withdrawn,"), "ต้องบอกเหตุผลในช่อง note"),
        (FIRST.replace("arrived", "vanished").replace(SHA_A, SHA_B), "ไม่มีบรรทัดก่อนหน้า"),
        (FIRST + "ทาง,ไลน์", "มี 8 ช่อง"),
        ("ก,ข", "มี 2 ช่อง"),
    ],
)
def test_a_wrong_row_is_refused_with_its_file_and_line(tmp_path, wrong, words):
    sentence = refusal(written(tmp_path, FIRST, "", wrong))
    assert f"{tmp_path / 'receipts.csv'} บรรทัดที่ 4: " in sentence
    assert words in sentence


@pytest.mark.parametrize("separator", [";", "\t"])
def test_another_separator_is_refused(tmp_path, separator):
    path = tmp_path / "receipts.csv"
    path.write_text(HEADER.replace(",", separator) + "\n")
    assert "บรรทัดที่ 1: หัวตารางต้องเป็น recorded_at,file" in refusal(path)


def test_columns_in_another_order_are_refused(tmp_path):
    path = tmp_path / "receipts.csv"
    path.write_text("file,recorded_at,sha256,received_at,source,event,note\n")
    assert "ตามลำดับนี้" in refusal(path)


def test_the_line_is_counted_as_an_editor_counts_it_after_a_note_of_two_lines(tmp_path):
    path = written(tmp_path, FIRST + '"หนึ่ง\nสอง"', "ก,ข")
    assert "บรรทัดที่ 4: มี 2 ช่อง" in refusal(path)


# --- folding --------------------------------------------------------------------------------------------------


def test_each_content_of_a_path_is_an_arrival_and_an_older_one_that_comes_back_is_another():
    later = NINE + timedelta(days=1)
    rows = (row(), row(sha256=SHA_B), row(received_at=later))
    assert arrivals(rows) == (
        Arrival("เดชอุดม/รายงาน.xlsx", SHA_A, NINE, "file_time"),
        Arrival("เดชอุดม/รายงาน.xlsx", SHA_B, NINE, "file_time"),
        Arrival("เดชอุดม/รายงาน.xlsx", SHA_A, later, "file_time"),
    )


def test_a_correction_replaces_time_and_source_of_the_latest_arrival_of_that_content_alone():
    told = NINE - timedelta(hours=3)
    rows = (
        row(),
        row(sha256=SHA_B),
        row(),
        row("corrected", received_at=told, source="register", note="ทางไลน์"),
    )
    assert [(one.sha256, one.received_at, one.source) for one in arrivals(rows)] == [
        (SHA_A, NINE, "file_time"),
        (SHA_B, NINE, "file_time"),
        (SHA_A, told, "register"),
    ]


def test_withdrawn_and_vanished_mark_the_arrival_and_a_later_arrival_is_free_of_both():
    rows = (row(), row("vanished"), row("withdrawn", note="ผิดอำเภอ"), row())
    assert [(one.withdrawn, one.vanished) for one in arrivals(rows)] == [("ผิดอำเภอ", True), ("", False)]


def test_a_vanished_arrival_stays_vanished_when_its_time_is_corrected():
    assert arrivals((row(), row("vanished"), row("corrected", source="register")))[0].vanished


@given(st.lists(st.sampled_from(["arrived", "corrected", "withdrawn", "vanished"])))
def test_there_are_as_many_arrivals_as_arrived_rows(events):
    rows = [row(), *(row(event, note="เหตุผล") for event in events)]
    assert len(arrivals(rows)) == 1 + events.count("arrived")


# --- names ----------------------------------------------------------------------------------------------------


@given(st.binary(min_size=1, max_size=30).filter(lambda raw: b"\0" not in raw))
def test_every_name_of_a_disk_has_one_spelling_and_is_had_back(raw):
    spelled = table_name(os.fsdecode(raw))
    assert os.fsencode(disk_name(spelled)) == raw
    assert spelled.encode("utf-8").decode("utf-8").isprintable() or not spelled.isascii()
    assert not {"\n", "\r", "\t", "\0"} & set(spelled)
    assert spelled[0] not in "=+-@"


@pytest.mark.parametrize(
    "raw, spelled",
    [
        ("เดชอุดม/รายงาน (1).xlsx".encode(), "เดชอุดม/รายงาน (1).xlsx"),
        ("น\u0e49\u0e4d\u0e32.xlsx".encode(), "น\u0e49\u0e4d\u0e32.xlsx"),
        (b"\xc3\xd2\xc2.xls", "\\xc3\\xd2\\xc2.xls"),
        (b"a\\b.xlsx", "a\\\\b.xlsx"),
        (b"=1+1.xlsx", "\\x3d1+1.xlsx"),
        (b"two\nlines.xlsx", "two\\x0alines.xlsx"),
    ],
)
def test_spellings(raw, spelled):
    assert table_name(os.fsdecode(raw)) == spelled


def test_times_are_written_in_the_zone_of_the_row(tmp_path):
    path = tmp_path / "receipts.csv"
    append_rows(path, (row(received_at=NINE.astimezone(UTC)),))
    assert "2021-02-05T02:00:00+00:00" in path.read_text(encoding="utf-8-sig")
    assert read_register(path, TZ)[0].received_at.isoformat() == NINE_TEXT
