"""Raw cell values become typed values; what is not plainly one value stays unknown, with a code."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import CellValue
from pipeline.normalise import (
    BLANK,
    Parsed,
    is_nothing,
    parse,
    parse_area,
    parse_as_of,
    parse_choice,
    parse_count,
    parse_date,
    parse_day,
    parse_money,
    parse_percent,
    parse_quantity,
    parse_round,
    parse_story,
    parse_text,
    shown,
)
from pipeline.thai import MONTHS, MONTHS_SHORT, thai_date, thai_digits

DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""The dashes that keyboards and spreadsheets put in for one another."""


def outcome(parsed: Parsed) -> tuple[object, str, str]:
    return parsed.value, parsed.problem, parsed.note


# --- counts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("value, number", [(12, 12), (12.0, 12), (0, 0), (-5, -5), (0.1 * 3 * 10, 3)])
def test_a_whole_number_is_read_without_a_note(value: CellValue, number: int) -> None:
    parsed = parse_count(value)
    assert outcome(parsed) == (number, "", "")
    assert type(parsed.value) is int


@pytest.mark.parametrize(
    "value, number",
    [
        ("1,234", 1234),
        (" 12 ", 12),
        ("1,234.00", 1234),
        ("-5", -5),
        ("−5", -5),
        ("12", 12),
        ("１２", 12),
        ("+5", 5),
        ("12,345", 12345),
        ("1,234,567", 1_234_567),
        ("1.0", 1),
        ("1.0000", 1),
        ("0.000", 0),
        ("1234.000", 1234),
        ("1,234.000", 1234),
        ("\u200b7\u00a0", 7),
    ],
)
def test_a_number_typed_as_text_is_read_with_a_note(value: str, number: int) -> None:
    parsed = parse_count(value)
    assert outcome(parsed) == (number, "", "NUMBER_AS_TEXT")
    assert type(parsed.value) is int


@pytest.mark.parametrize("largest", [10**15 - 1, 1 - 10**15])
def test_a_count_reaches_as_far_as_excel_tells_neighbours_apart(largest: int) -> None:
    """As a number, and as text, where commas let it run to any length."""
    beyond = largest + (1 if largest > 0 else -1)
    assert outcome(parse_count(largest)) == (largest, "", "")
    assert outcome(parse_count(f"{largest:,}")) == (largest, "", "NUMBER_AS_TEXT")
    assert outcome(parse_count(beyond)) == outcome(parse_count(f"{beyond:,}")) == (None, "BAD_VALUE", "")


def test_case_39_thai_digits_as_text() -> None:
    assert parse_count("๑,๒๓๔") == Parsed(
        1234, note="NUMBER_AS_TEXT", facts=(("written", "๑,๒๓๔"), ("read", "1,234"))
    )


@pytest.mark.parametrize("value", [1234, 1234.0])
def test_case_40_and_41_a_number_shown_in_thai_digits_is_a_plain_number(value: CellValue) -> None:
    assert outcome(parse_count(value)) == (1234, "", "")


@pytest.mark.parametrize(
    "value, number, unit",
    [
        ("120 ครัวเรือน", 120, "ครัวเรือน"),
        ("1,476 ครัวเรือน/ถัง", 1476, "ครัวเรือน/ถัง"),
        ("๑๒คน", 12, "คน"),
        ("35 หลังคาเรือน", 35, "หลังคาเรือน"),
        ("9 แห่ง.", 9, "แห่ง."),
        ("7 (ราย)", 7, "(ราย)"),
        ("จำนวน 15 หมู่บ้าน", 15, "หมู่บ้าน"),
        ("จำนวน 15", 15, "จำนวน"),
        ("20 ครัว เรือน", 20, "ครัว เรือน"),
        ("2 กิจกรรม", 2, "กิจกรรม"),
    ],
)
def test_case_42_a_unit_behind_the_number_is_dropped(value: str, number: int, unit: str) -> None:
    parsed = parse_count(value)
    assert outcome(parsed) == (number, "", "UNIT_DROPPED")
    assert dict(parsed.facts)["unit"] == unit


def test_a_note_says_what_was_written_without_what_nobody_sees() -> None:
    assert parse_count("\u200b 1,234 ").facts == (("written", "1,234"), ("read", "1,234"))


def test_case_42_the_unit_of_the_column_is_known() -> None:
    assert outcome(parse_count("3 ตะกร้า")) == (None, "BAD_VALUE", "")
    assert outcome(parse_count("3 ตะกร้า", ("ตะกร้า",))) == (3, "", "UNIT_DROPPED")
    assert outcome(parse("count", "3 ตะกร้า/ครั้ง", "ตะกร้า/ครั้ง")) == (3, "", "UNIT_DROPPED")
    assert outcome(parse("area", "3 แปลง/กระถาง", "แปลง/กระถาง")) == (3.0, "", "UNIT_DROPPED")


@pytest.mark.parametrize("text", ["3 x", "3.", "3,", "3 ()"])
def test_case_42_a_column_without_a_unit_knows_no_more_words_and_no_marks(text: str) -> None:
    assert outcome(parse("count", text)) == (None, "BAD_VALUE", "")


@pytest.mark.parametrize("sign", "?+<>~≈±*=!" + HYPHENS)
def test_case_42_a_sign_of_doubt_beside_the_unit_leaves_the_number_unknown(sign: str) -> None:
    assert outcome(parse_count(f"12 คน{sign}")) == (None, "BAD_VALUE", "")


@pytest.mark.parametrize(
    "value",
    [
        *HYPHENS,
        " - ",
        "--",
        "- -",
        "ไม่มี",
        "ไม่ได้ดำเนินการ",
        "ไม่ได้ด าเนินการ",
        "ยังไม่มี",
        "ไม่มีการดำเนินการ",
    ],
)
def test_case_43_dash_and_none_are_zero_with_a_note(value: str) -> None:
    assert outcome(parse_count(value)) == (0, "", "ZERO_WORD")
    assert outcome(parse_area(value)) == (0.0, "", "ZERO_WORD")
    assert type(parse_area(value).value) is float


@pytest.mark.parametrize(
    "value", [None, "", "   ", "\u200b\u00a0\ufeff", "....", ". . .", "…………", "______", "__", "_ _"]
)
@pytest.mark.parametrize(
    "kind", ["count", "area", "percent", "date", "round", "text", "name", "item", "person"]
)
def test_case_43_blank_is_unknown_without_a_word(kind: str, value: CellValue | None) -> None:
    assert parse(kind, value) == BLANK  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    [
        "12-15",
        "12 - 15 คน",
        "ประมาณ 100",
        "ครบ",
        "1,23",
        "1,2345",
        "1234,567",
        "12,",
        "12.5",
        12.5,
        "1.234",
        "1.000",
        "12.000 คน",
        "ประมาณ 100.000",
        "๑.๐๐๐",
        "1 234",
        "95%",
        "ร้อยละ 95",
        "5 ไร่",
        "12 คน 5 ครัวเรือน",
        "12/15",
        "2+3",
        "1e5",
        "12.",
        "12-",
        "๑๒ถึง๑๕",
        True,
        False,
        float("nan"),
        float("inf"),
        1e300,
        "9" * 5000,
        "9" * 16,
        "0" * 15 + "7",
        "7." + "0" * 16,
        ",".join(["999"] * 6),
        datetime(2021, 2, 5),
        date(2021, 2, 5),
        time(8, 30),
        timedelta(days=1),
    ],
)
def test_case_44_what_is_not_one_whole_number_stays_unknown(value: CellValue) -> None:
    assert outcome(parse_count(value)) == (None, "BAD_VALUE", "")


@pytest.mark.parametrize(
    "value, example",
    [
        ("12-15", "12"),
        ("ประมาณ ๑,๐๐๐", "1000"),
        ("ครบ", "120"),
        (True, "120"),
        (12.5, "120"),
        ("1 000", "1000"),
        ("1.000", "1000"),
        ("1.037 คน", "1037"),
        ("ราว 12 500 คน", "12500"),
        ("123 456 789", "123456789"),
        ("1 000-2 000", "1"),
        ("1234 500", "1234"),
        ("10 20", "10"),
        ("1 0000", "1"),
    ],
)
def test_case_44_the_example_is_the_number_that_was_meant_first(value: CellValue, example: str) -> None:
    assert dict(parse_count(value).facts) == {"written": shown(value), "example": example}


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_a_number_in_thai_digits_with_commas_is_the_same_number(number: int) -> None:
    assert outcome(parse_count(thai_digits(f"{number:,}"))) == (number, "", "NUMBER_AS_TEXT")
    assert outcome(parse_count(float(number))) == (number, "", "")


@given(st.text(st.sampled_from("0123456789๐๑๒,.-–/% ()คนไร่ครัวเรือนก\u200b\u0e49")) | st.text())
def test_text_is_a_number_a_blank_or_a_problem_and_never_an_exception(text: str) -> None:
    for kind in ("count", "area", "percent", "date", "round"):
        parsed = parse(kind, text)  # type: ignore[arg-type]
        assert (parsed.value is None) or not parsed.problem
        assert not (parsed.problem and parsed.note)
        assert parsed == BLANK or parsed.value is not None or parsed.problem in ("BAD_VALUE", "BAD_DATE")


@pytest.mark.parametrize(
    "text", ["1" + ". " * 16000, "5 " + "พ.ศ. " * 8000, "ครั้งที่1" + "." * 32000, "1," * 16000]
)
@pytest.mark.parametrize("kind", ["count", "area", "percent", "date", "round"])
def test_a_cell_full_of_punctuation_comes_to_an_end(kind: str, text: str) -> None:
    """A pattern that tries every split would not end within the day."""
    parsed = parse(kind, text)  # type: ignore[arg-type]
    assert parsed.value is None or parsed.problem == ""


# --- areas and percentages ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, rai, note",
    [
        (12, 12.0, ""),
        (12.25, 12.25, ""),
        ("12.25", 12.25, "NUMBER_AS_TEXT"),
        ("1,200.5 ไร่", 1200.5, "UNIT_DROPPED"),
        ("12-2-50", 12.625, "AREA_CONVERTED"),
        ("๑๒-๒-๕๐ ไร่", 12.625, "AREA_CONVERTED"),
        ("0 - 0 - 50.5", 0.12625, "AREA_CONVERTED"),
        ("12–2–50.25", 12.625625, "AREA_CONVERTED"),
        ("12-2-5", 12.5125, "AREA_CONVERTED"),
        (0, 0.0, ""),
        ("5 ไร่ 2 งาน 50 ตร.ว.", 5.625, "AREA_CONVERTED"),
        ("5ไร่2งาน50ตารางวา", 5.625, "AREA_CONVERTED"),
        ("2 งาน", 0.5, "AREA_CONVERTED"),
        ("1,000 ตร.ว.", 2.5, "AREA_CONVERTED"),
        ("50 ตร. ว", 0.125, "AREA_CONVERTED"),
        ("50 ตรว.", 0.125, "AREA_CONVERTED"),
        ("50 วา", 0.125, "AREA_CONVERTED"),
        ("800 ตารางเมตร", 0.5, "AREA_CONVERTED"),
        ("800ตร.ม.", 0.5, "AREA_CONVERTED"),
        ("800 ตรม", 0.5, "AREA_CONVERTED"),
    ],
)
def test_an_area_is_in_rai(value: CellValue, rai: float, note: str) -> None:
    parsed = parse_area(value)
    assert outcome(parsed) == (rai, "", note)
    assert type(parsed.value) is float


@pytest.mark.parametrize(
    "value",
    [
        "12-2",
        "12-4-50",
        "12-2-100",
        "5-10-2021",
        "12 คน",
        date(1950, 2, 12),
        "1/2 ไร่",
        "1234567-0-0",
        "0-0-1.0123456789",
    ],
)
def test_an_area_that_is_not_plain_stays_unknown(value: CellValue) -> None:
    assert outcome(parse_area(value)) == (None, "BAD_VALUE", "")


def test_a_converted_area_says_what_was_read() -> None:
    assert parse_area("12-2-50").facts == (("written", "12-2-50"), ("read", "12.625"))


@pytest.mark.parametrize(
    "value, percent, note",
    [
        (0.97, 0.97, ""),
        (97, 97.0, ""),
        ("97.11%", 97.11, "UNIT_DROPPED"),
        ("๙๗.๑๑", 97.11, "NUMBER_AS_TEXT"),
        ("ร้อยละ 97.11", 97.11, "UNIT_DROPPED"),
        ("97.11 เปอร์เซ็นต์", 97.11, "UNIT_DROPPED"),
        ("-", None, ""),
        ("ไม่มี", None, ""),
    ],
)
def test_case_45_a_percentage_stands_as_given(value: CellValue, percent: float | None, note: str) -> None:
    assert outcome(parse_percent(value)) == (percent, "", note)
    assert percent is None or type(parse_percent(value).value) is float


@pytest.mark.parametrize("value", ["97,11", "ครบ", "90-95%", "97 คน", True])
def test_case_45_a_percentage_that_is_not_one_number_stays_unknown(value: CellValue) -> None:
    assert outcome(parse_percent(value)) == (None, "BAD_VALUE", "")


# --- money, quantities, choices ------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, baht, note",
    [
        (12_500, 12_500.0, ""),
        (12_500.5, 12_500.5, ""),
        ("12,500", 12_500.0, "NUMBER_AS_TEXT"),
        ("12,500.50", 12_500.5, "NUMBER_AS_TEXT"),
        ("12,500.-", 12_500.0, "NUMBER_AS_TEXT"),
        ("12,500 .-", 12_500.0, "NUMBER_AS_TEXT"),
        ("500/-", 500.0, "NUMBER_AS_TEXT"),
        ("฿500", 500.0, "NUMBER_AS_TEXT"),
        ("฿ 500", 500.0, "NUMBER_AS_TEXT"),
        ("๕๐๐ บาท", 500.0, "UNIT_DROPPED"),
        ("500 บ.", 500.0, "UNIT_DROPPED"),
        ("500 บาทถ้วน", 500.0, "UNIT_DROPPED"),
        ("ไม่ใช้งบประมาณ", 0.0, "ZERO_WORD"),
        ("ไม่มีงบประมาณ", 0.0, "ZERO_WORD"),
        ("-", 0.0, "ZERO_WORD"),
        ("฿", None, ""),
        ("", None, ""),
        (None, None, ""),
    ],
)
def test_money_is_in_baht(value: CellValue, baht: float | None, note: str) -> None:
    parsed = parse_money(value)
    assert outcome(parsed) == (baht, "", note)
    assert baht is None or type(parsed.value) is float


@pytest.mark.parametrize("value", ["1.500", "2 หมื่น", "5,000-6,000", "500 คน", "ประมาณ 500", True, "500-"])
def test_money_that_is_not_plain_stays_unknown(value: CellValue) -> None:
    assert outcome(parse_money(value)) == (None, "BAD_VALUE", "")


def test_money_is_told_as_it_was_written() -> None:
    assert parse_money("12,500.-").facts == (("written", "12,500.-"), ("read", "12,500"))
    assert parse_money("฿  5-6").facts == (("written", "฿ 5-6"), ("example", "5"))
    assert parse_money(" ฿5.- ").facts == (("written", "฿5.-"), ("read", "5"))
    assert parse_money("5.-6").facts == (("written", "5.-6"), ("example", "5"))
    assert parse_money("5/-6").facts == (("written", "5/-6"), ("example", "5"))
    assert parse_money("1.500").facts == (("written", "1.500"), ("example", "1500"))


@pytest.mark.parametrize(
    "value, meant",
    [
        ("2 พัน", "2000"),
        ("2หมื่นบาท", "20000"),
        ("๓ แสน", "300000"),
        ("0.5 ล้าน", "500000"),
        ("12.25 ล้านบาท", "12250000"),
        ("ประมาณ 1 หมื่น", "10000"),
        ("1,500 พันบาท", "1500000"),
        ("พัน 2", "2"),
    ],
)
def test_the_example_of_an_amount_in_thousands_is_the_whole(value: str, meant: str) -> None:
    assert dict(parse_money(value).facts)["example"] == meant


@pytest.mark.parametrize(
    "value, number, note",
    [
        (12, 12.0, ""),
        ("12.5", 12.5, "NUMBER_AS_TEXT"),
        ("20 ครัวเรือน", 20.0, "UNIT_DROPPED"),
        ("3 ไร่", 3.0, "UNIT_DROPPED"),
        ("15 กก.", 15.0, "UNIT_DROPPED"),
        ("2 ตัว", 2.0, "UNIT_DROPPED"),
        ("ไม่มี", 0.0, "ZERO_WORD"),
    ],
)
def test_a_quantity_may_be_of_anything(value: CellValue, number: float, note: str) -> None:
    parsed = parse_quantity(value)
    assert outcome(parsed) == (number, "", note)
    assert type(parsed.value) is float


@pytest.mark.parametrize("value", ["1.500", "12-15", "ครบ", 1e15, "50 คน/รุ่น", "5/รุ่น"])
def test_a_quantity_that_is_not_plain_stays_unknown(value: CellValue) -> None:
    assert outcome(parse_quantity(value)) == (None, "BAD_VALUE", "")


@pytest.mark.parametrize(
    "value, chosen",
    [
        (2, "2"),
        (2.0, "2"),
        ("๒", "2"),
        ("ข้อ ๒", "2"),
        ("ข้อที่ 2", "2"),
        ("แนวทางที่ 2", "2"),
        ("(2)", "2"),
        ("2.", "2"),
        ("1, 3", "1, 3"),
        ("3,1", "1, 3"),
        ("1 3", "1, 3"),
        ("1/3", "1, 3"),
        ("1;3", "1, 3"),
        ("1+3", "1, 3"),
        ("1&3", "1, 3"),
        ("ข้อ 1 และข้อ 3", "1, 3"),
        ("1 กับ 3", "1, 3"),
        ("2 และ 2", "2"),
    ],
)
def test_a_choice_is_one_option_or_several(value: CellValue, chosen: str) -> None:
    assert parse_choice(value, ("1", "2", "3")) == Parsed(chosen)


@pytest.mark.parametrize("value", ["4", "1-3", 1.2, "1, 4", "ทุกข้อ", "ข้อ", "ก"])
def test_what_is_no_option_is_not_chosen(value: CellValue) -> None:
    assert outcome(parse_choice(value, ("1", "2", "3"))) == (None, "BAD_CHOICE", "")


def test_what_is_no_option_is_told_with_those_that_are() -> None:
    facts = (("written", "9"), ("options", "ดี ดีมาก"), ("example", "ดี"))
    assert parse_choice(9, ("ดี", "ดีมาก")) == Parsed(problem="BAD_CHOICE", facts=facts)


def test_a_choice_without_options_is_told_without_an_example() -> None:
    assert dict(parse_choice("๙", ()).facts) == {"written": "๙", "options": "", "example": ""}


def test_numbers_stand_apart_in_any_digits_and_of_any_length() -> None:
    assert parse_choice("๑ ๓", ("1", "2", "3")) == Parsed("1, 3")
    assert parse_choice("10 2", ("2", "10")) == Parsed("2, 10")


def test_an_option_of_words_is_known_however_it_is_spaced() -> None:
    assert parse_choice(" ดี  มาก ", ("ดี", "ดีมาก")) == Parsed("ดีมาก")
    assert parse_choice("ดีมาก", ("ดี มาก",)) == Parsed("ดี มาก")


@pytest.mark.parametrize("value", [None, "", " ", "....", "-", "–", "ไม่มี", "ไม่มีกิจกรรม"])
def test_nothing_is_chosen(value: CellValue | None) -> None:
    assert parse_choice(value, ("1", "2")) == BLANK


def test_none_may_be_an_option() -> None:
    assert parse_choice("ไม่มี", ("มี", "ไม่มี")) == Parsed("ไม่มี")


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "...",
        "-",
        "ไม่มี",
        "ไม่ได้ดำเนินการ",
        "ไม่ใช้งบประมาณ",
        "ไม่มีกิจกรรม",
        "ยังไม่มีแผน",
        "ไม่มีโครงการ/กิจกรรม",
    ],
)
def test_what_says_that_there_is_nothing(value: CellValue | None) -> None:
    assert is_nothing(value)


@pytest.mark.parametrize("value", [0, "0", "ไม่มีปัญหา", "ปลูกผัก"])
def test_what_says_something(value: CellValue) -> None:
    assert not is_nothing(value)


@pytest.mark.parametrize(
    "value, read",
    [
        ("ประชุม  \n\n ปลูก\u200bผัก\r\nติดตาม", "ประชุม\nปลูกผัก\nติดตาม"),
        ("ประชุม", "ประชุม"),
        (5.0, "5"),
        (date(2021, 2, 5), "5 ก.พ. 2564"),
    ],
)
def test_a_story_keeps_its_lines(value: CellValue, read: str) -> None:
    assert parse_story(value) == Parsed(read)


@pytest.mark.parametrize("value", [None, "", " \n ", "....\n...."])
def test_no_story_is_blank(value: CellValue | None) -> None:
    assert parse_story(value) == BLANK


# --- stretches of time ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, first, last",
    [
        ("เม.ย. 64", (2021, 4, 1), (2021, 4, 30)),
        ("เมษายน 2564", (2021, 4, 1), (2021, 4, 30)),
        ("เดือนเมษายน พ.ศ. 2564", (2021, 4, 1), (2021, 4, 30)),
        ("ก.พ. 2563", (2020, 2, 1), (2020, 2, 29)),
        ("ก.พ. - เม.ย. 64", (2021, 2, 1), (2021, 4, 30)),
        ("ม.ค.64-เม.ย.64", (2021, 1, 1), (2021, 4, 30)),
        ("ธ.ค. 63 – ก.พ. 64", (2020, 12, 1), (2021, 2, 28)),
        ("ตั้งแต่เดือนกุมภาพันธ์ ถึงเดือนเมษายน ๒๕๖๔", (2021, 2, 1), (2021, 4, 30)),
        ("ภายในเดือนเมษายน 2564", (2021, 4, 1), (2021, 4, 30)),
        ("\u200b ภายใน เดือนเมษายน 2564", (2021, 4, 1), (2021, 4, 30)),
        ("15 ก.พ. - เม.ย. 64", (2021, 2, 15), (2021, 4, 30)),
        ("ก.พ. - 15 เม.ย. 64", (2021, 2, 1), (2021, 4, 15)),
    ],
)
def test_a_month_is_meant_from_its_first_day_to_its_last(
    value: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert outcome(parse_day("start", value)) == (date(*first), "", "DAY_FROM_MONTH")
    assert outcome(parse_day("end", value)) == (date(*last), "", "DAY_FROM_MONTH")


def test_a_day_from_a_month_says_what_was_read() -> None:
    assert parse_day("end", "เม.ย.  64").facts == (("written", "เม.ย. 64"), ("read", "30 เม.ย. 2564"))


@pytest.mark.parametrize("hyphen", HYPHENS)
def test_any_dash_stands_between_beginning_and_end(hyphen: str) -> None:
    assert parse_day("start", f" ก.พ.{hyphen}เม.ย. 64").value == date(2021, 2, 1)


@pytest.mark.parametrize(
    "value, first, last",
    [
        ("1-15 มี.ค. 2564", (2021, 3, 1), (2021, 3, 15)),
        ("1 ก.พ. ถึง 30 เม.ย. 2564", (2021, 2, 1), (2021, 4, 30)),
        ("1 ก.พ. 64 - 30 เม.ย. 64", (2021, 2, 1), (2021, 4, 30)),
        ("ระหว่างวันที่ 1 ก.พ. 2564 ถึงวันที่ 30 เม.ย. 2564", (2021, 2, 1), (2021, 4, 30)),
        ("28 ธ.ค. 63 ถึง 3 ม.ค. 64", (2020, 12, 28), (2021, 1, 3)),
        ("5 ก.พ. ถึง 5 ก.พ. 64", (2021, 2, 5), (2021, 2, 5)),
        ("ภายในวันที่ 30 เม.ย. 2564", (2021, 4, 30), (2021, 4, 30)),
        ("30/4/64", (2021, 4, 30), (2021, 4, 30)),
    ],
)
def test_a_stretch_of_time_has_a_first_and_a_last_day(
    value: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert outcome(parse_day("start", value)) == (date(*first), "", "")
    assert outcome(parse_day("end", value)) == (date(*last), "", "")


def test_a_day_that_excel_took_for_another_year_is_told_here_too() -> None:
    assert outcome(parse_day("end", datetime(1964, 4, 30))) == (date(2021, 4, 30), "", "DATE_ERA")


@pytest.mark.parametrize(
    "value",
    [
        "เมษายน",
        "ไตรมาส 2",
        "ตลอดปี",
        "30 เม.ย. - 1 ก.พ. 64",
        "ก.พ. - มี.ค. - เม.ย. 64",
        "ก.พ. - ถึง 64",
        "2564",
        43,
        "5 - เม.ย.",
        "ก - เม.ย. 64",
        "5/64",
        "ประมาณเดือนเมษายน 2564",
    ],
)
def test_what_is_no_plain_stretch_of_time_stays_unknown(value: CellValue) -> None:
    assert outcome(parse_day("start", value)) == outcome(parse_day("end", value)) == (None, "BAD_DATE", "")


@pytest.mark.parametrize("value", [None, "", "...", "-"])
def test_no_time_is_blank(value: CellValue | None) -> None:
    assert parse_day("end", value) == BLANK


# --- days --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "๕ ก.พ. ๒๕๖๔",
        "5/2/64",
        "05-02-2564",
        "5 กุมภาพันธ์ 2564",
        "2564-02-05",
        "5 Feb 2021",
        "วันที่ 5 เดือน กุมภาพันธ์ พ.ศ. 2564",
        "ข้อมูล ณ วันที่ ๕ กุมภาพันธ์ ๒๕๖๔",
        "วันศุกร์ที่ 5 กุมภา 64",
        "5.2.2021",
        "5 กพ 64",
        "๕ กุมภาพันธ์ พ.ศ.๒๕๖๔ เวลา ๐๘.๓๐ น.",
        "2021-02-05 00:00:00",
        "2021-02-05T08:30",
        "2021-02-05T08:30:00.250",
        "2564-2-5",
        "5-ก.พ.-64",
        "5/ก.พ./2564",
        "5–2–2564",
        "5 2 2564",
        "5 Feb, 2021",
        "05 ก.พ. 2564",
        "5กุมภาพันธ์2564",
        "5 เดือนกุมภาพันธ์ 2564",
        "5 กุมภาพันธ์ ปี2564",
        "5 กุมภาพันธ์ พศ 2564",
        "5 กุมภาพันธ์ ค.ศ. 2021",
        "5 กุมภาพันธ์ คศ 2021",
        "ณ 5 ก.พ. 2564",
        "วันที่5 ก.พ. 2564",
        "5\u00a0ก.พ.\u200b\n2564",
        "5 ก.พ. 2564.",
        "5 ก.พ. 2564 น.",
    ],
)
def test_case_50_days_as_text(value: str) -> None:
    assert parse_date(value) == Parsed(date(2021, 2, 5))


@pytest.mark.parametrize("month", range(1, 13))
def test_case_50_every_month_by_each_of_its_names(month: int) -> None:
    """Full, abbreviated, as people say it (กุมภา), and as a spreadsheet in English writes it."""
    day, full = date(2021, month, 9), MONTHS[month - 1]
    said = full.removesuffix("พันธ์") if month == 2 else full[:-2]
    names = (full, MONTHS_SHORT[month - 1], said, f"{day:%B}", f"{day:%b}")
    assert [parse_date(f"9 {name} 64") for name in names] == [Parsed(day)] * 5


@pytest.mark.parametrize("value", [date(2564, 1, 26), datetime(2564, 1, 26, 8, 30)])
def test_case_51_a_buddhist_year_in_an_excel_date(value: date) -> None:
    assert parse_date(value) == Parsed(
        date(2021, 1, 26), note="DATE_ERA", facts=(("written", "26/01/2564"), ("read", "26 ม.ค. 2564"))
    )


@pytest.mark.parametrize("value", [datetime(1964, 1, 26), "26/1/1964"])
def test_case_52_a_two_digit_year_that_excel_completed(value: CellValue) -> None:
    assert outcome(parse_date(value)) == (date(2021, 1, 26), "", "DATE_ERA")


def test_case_52_a_corrected_day_says_what_was_written() -> None:
    written = ("written", "26/1/1964")
    assert parse_date(" 26/1/1964\u200b").facts == (written, ("read", "26 ม.ค. 2564"))


@pytest.mark.parametrize(
    "year, meant", [(1949, 1949), (1950, 2007), (1999, 2056), (2000, 2000), (2399, 2399), (2400, 1857)]
)
def test_the_years_in_which_another_era_begins(year: int, meant: int) -> None:
    note = "" if year == meant else "DATE_ERA"
    assert outcome(parse_date(date(year, 7, 1))) == (date(meant, 7, 1), "", note)
    assert parse_as_of(f"{year}-07-01") == date(1857 if year == 2400 else year, 7, 1)


@pytest.mark.parametrize("value", [date(2021, 2, 5), datetime(2021, 2, 5, 23, 59)])
def test_case_53_an_excel_date_needs_no_note(value: date) -> None:
    parsed = parse_date(value)
    assert parsed == Parsed(date(2021, 2, 5))
    assert type(parsed.value) is date


@pytest.mark.parametrize(
    "value",
    [
        "31/2/2564",
        "29 ก.พ. 2564",
        "2/13/2564",
        date(2564, 2, 29),
        date(1964, 2, 29),
        44232,
        5.0,
        "2564",
        "5 กุมภา",
        "5 มคอ 2564",
        "เร็ว ๆ นี้",
        "5 " + "." * 30000 + " 2564",
        "5 น. ก.พ. 2564",
        "005/2/2564",
        "5/002/2564",
        "2564-002-05",
        "2564-02-005",
        "005 ก.พ. 2564",
        "5/2/2564x",
        True,
        time(8, 30),
    ],
)
def test_an_impossible_day_stays_unknown(value: CellValue) -> None:
    assert outcome(parse_date(value)) == (None, "BAD_DATE", "")


def test_a_day_that_is_none_is_told_with_an_example() -> None:
    assert parse_date(" 31/2/2564 ").facts == (("written", "31/2/2564"), ("example", "5 ก.พ. 2564"))


def test_a_cell_of_more_than_80_characters_is_no_day() -> None:
    assert parse_date("5 ก.พ. 2564".ljust(80, ".")) == Parsed(date(2021, 2, 5))
    assert outcome(parse_date("5 ก.พ. 2564".ljust(81, "."))) == (None, "BAD_DATE", "")


@pytest.mark.parametrize("value", ["-", "–", " \u200b–"])
def test_a_dash_is_no_day(value: str) -> None:
    assert parse_date(value) == BLANK


@given(DAYS)
def test_days_of_2563_to_2570_are_read_in_every_way_of_writing(day: date) -> None:
    era, month = day.year + 543, MONTHS[day.month - 1]
    written = [
        thai_date(day),
        thai_date(day, short=True),
        thai_date(day, digits="arabic"),
        thai_date(day, short=True, digits="arabic"),
        f"วันที่ {day.day} เดือน {month} พ.ศ. {era}",
        f"{day.day}/{day.month}/{era % 100}",
        f"{day:%d-%m}-{era}",
        f"{era}-{day:%m-%d}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day.day} {day:%B} {day.year}",
        day.isoformat(),
    ]
    assert [parse_date(text) for text in written] == [Parsed(day)] * len(written)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2027, 12, 31)))
def test_as_of_is_iso_8601_in_either_era(moment: datetime) -> None:
    era = moment.year + 543
    assert parse_as_of(moment.date().isoformat()) == parse_as_of(f"{era}-{moment:%m-%d}") == moment.date()
    assert parse_as_of(moment.isoformat()) == parse_as_of(f"{era}{moment.isoformat()[4:]}") == moment


def test_as_of_knows_leap_days_zones_and_thai_digits() -> None:
    assert parse_as_of("2563-02-29") == date(2020, 2, 29)
    assert parse_as_of("๒๕๖๔-๐๒-๒๔") == date(2021, 2, 24)
    assert type(parse_as_of("2564-02-24")) is date
    assert parse_as_of("2564-02-24T09:00+07:00") == datetime.fromisoformat("2021-02-24T09:00+07:00")
    assert parse_as_of("2564-02-24 09:00") == datetime(2021, 2, 24, 9)
    assert parse_as_of("25640224") == parse_as_of(" 2564-02-24\u200b") == date(2021, 2, 24)


@pytest.mark.parametrize(
    "text", ["", "วันนี้", "24/2/2564", "2564-02-29", "2564-13-01", "2564-02-24T", "2564-02-24Tx"]
)
def test_as_of_refuses_anything_else(text: str) -> None:
    with pytest.raises(ValueError, match=r"ISO 8601|isoformat|day is out of range|month must be"):
        parse_as_of(text)


def test_as_of_repeats_what_it_could_not_read() -> None:
    with pytest.raises(ValueError, match=r"^not a date in ISO 8601: 'วันนี้'$"):
        parse_as_of("วันนี้")


def test_a_month_that_is_often_misspelt() -> None:
    assert parse_date("5 กรกฏาคม 2564") == Parsed(date(2021, 7, 5))


# --- rounds and text ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, key",
    [
        ("๑", "1"),
        (1, "1"),
        (2.0, "2"),
        ("ครั้งที่ 1", "1"),
        ("1/2564", "1"),
        ("ที่ ๑", "1"),
        ("รายงานครั้งที่ ๓/๒๕๖๔", "3"),
        ("ครั้งที่ ....๒.... /๒๕๖๔", "2"),
        ("รอบที่ 4 ปี 2564", "4"),
        ("ครั้งที่หนึ่ง", "1"),
        ("ครั้งที่สอง", "2"),
        ("ครั้งที่สาม", "3"),
        ("ครั้งที่สี่", "4"),
        ("ครั้งที่ห้า", "5"),
        ("ครั้งที่…๒…", "2"),
        ("ครั้งที่__2__", "2"),
        ("ครั้งที่: 2", "2"),
        ("..รายงานครั้งที่ 2..", "2"),
        ("งวดที่ 2", "2"),
        ("2/64", "2"),
        ("2 ปีพ.ศ. 2564", "2"),
        ("(3)", "3"),
        ("ครั้งที่ ๑ พ.ศ. ๒๕๖๔", "1"),
        ("3 ประจำปี พ.ศ. 2564", "3"),
        ("01", "1"),
        ("ครั้งที่ 1 (ภายในวันที่ 5 ก.พ. 2564)", "1"),
    ],
)
def test_a_round_is_its_number(value: CellValue, key: str) -> None:
    assert parse_round(value) == Parsed(key)


@pytest.mark.parametrize("value", ["ครั้งที่ ......", "ครั้งที่ ....../2564", "ครั้งที่"])
def test_a_round_left_open_is_blank(value: str) -> None:
    assert parse_round(value) == BLANK


@pytest.mark.parametrize(
    "value", ["1-2", "ล่าสุด", "2564", 0, 1.5, -1, 100, True, date(2021, 1, 1), "1/4", "-"]
)
def test_a_round_that_is_not_one_number_stays_unknown(value: CellValue) -> None:
    assert outcome(parse_round(value)) == (None, "BAD_VALUE", "")


def test_a_round_that_is_none_is_told_with_an_example() -> None:
    assert parse_round(" ล่าสุด ").facts == (("written", "ล่าสุด"), ("example", "1"))


@pytest.mark.parametrize(
    "value, item",
    [
        ("หมู่ที่ ๑", "1"),
        ("หมู่ ที่ 12", "12"),
        ("หมู่ 1", "1"),
        ("ม.1", "1"),
        ("01", "1"),
        (1, "1"),
        ("0123", "123"),
        ("01234", "01234"),
        ("บ้านนาเยีย", "บ้านนาเยีย"),
        ("หมู่ที่ 1 และ 2", "หมู่ที่ 1 และ 2"),
    ],
)
def test_a_village_is_its_number_however_it_is_written(value: CellValue, item: str) -> None:
    """Else one village in two rows would count twice."""
    assert parse("item", value) == Parsed(item)


@pytest.mark.parametrize(
    "kind, value, read",
    [
        ("count", "๑๒ คน", 12),
        ("area", "1-2-0", 1.5),
        ("money", "500.-", 500.0),
        ("quantity", "3 กก.", 3.0),
        ("percent", "ร้อยละ 95", 95.0),
        ("pictures", "4 ภาพ", 4),
        ("pictures", "๕ รูป", 5),
        ("story", "ก\nข", "ก\nข"),
        ("choice", "ข้อ ๑", "1"),
        ("start", "เม.ย. 64", date(2021, 4, 1)),
        ("end", "เม.ย. 64", date(2021, 4, 30)),
        ("item", "ม.3", "3"),
        ("date", "5/2/64", date(2021, 2, 5)),
        ("round", "ครั้งที่สอง", "2"),
        ("text", "ครั้งที่สอง", "ครั้งที่สอง"),
    ],
)
def test_each_kind_of_column_is_read_in_its_own_way(kind: str, value: str, read: object) -> None:
    assert parse(kind, value, options=("1", "2")).value == read  # type: ignore[arg-type]


def test_an_empty_cell_is_shown_as_nothing() -> None:
    assert shown(None) == ""


@pytest.mark.parametrize(
    "value, text",
    [
        (" เเปลงผัก\n รวม ", "แปลงผัก รวม"),
        (5.0, "5"),
        (5, "5"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (date(2564, 2, 5), "5 ก.พ. 2564"),
        (datetime(2021, 2, 5, 8, 30), "5 ก.พ. 2564 เวลา 08.30 น."),
        (datetime(2021, 2, 5), "5 ก.พ. 2564"),
        (date(2564, 2, 29), "2564-02-29"),
        (time(8, 30), "08.30 น."),
        (timedelta(hours=30), "1 day, 6:00:00"),
        ("-", "-"),
    ],
)
def test_text_is_what_a_reader_would_say(value: CellValue, text: str) -> None:
    assert parse_text(value) == Parsed(text)


@pytest.mark.parametrize("kind", ["person", "name", "text", "item", "district", "ignored"])
def test_case_48_what_is_no_figure_is_never_read_as_a_number(kind: str) -> None:
    assert parse(kind, "043-519") == Parsed("043-519")  # type: ignore[arg-type]
