"""Thai text and dates: `clean` repairs, `fold` compares, dates read as people write them."""

import csv
import unicodedata
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.thai import (
    MONTHS,
    MONTHS_SHORT,
    arabic_digits,
    clean,
    fold,
    fold_label,
    thai_date,
    thai_datetime,
    thai_digits,
)

REGISTRY = Path(__file__).parents[1] / "schemas" / "registry"
THAI = "".join(chr(code) for code in range(0x0E01, 0x0E5C) if unicodedata.category(chr(code)) != "Cn")
HARD = st.text(
    st.sampled_from(THAI + " \u00a0\u200b\u200d\ufeff\u2060\u00ad\n\t\x0bAbé\u0301๑1()-") | st.characters()
)
MARKS = st.text(
    st.sampled_from("กนเแาำ\u0e31\u0e34\u0e38\u0e3a\u0e47\u0e48\u0e49\u0e4c\u0e4d\u0e4e \u0301\u0323")
)


def rows(table: str) -> list[dict[str, str]]:
    with (REGISTRY / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@given(HARD | MARKS)
def test_clean_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(HARD | MARKS)
def test_cleaned_text_is_nfc_on_one_line_without_invisible_characters(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.normalize("NFC", cleaned) == cleaned
    assert " ".join(cleaned.split()) == cleaned
    assert not set(cleaned) & set("\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff\n\t\x00\x7f")


@given(HARD | MARKS)
def test_a_key_is_the_same_for_raw_and_cleaned_text(text: str) -> None:
    assert fold(clean(text)) == fold(text)


@pytest.mark.parametrize(
    "table, column", [("districts", "district"), ("local_bodies", "name"), ("tambons", "tambon")]
)
def test_clean_leaves_registry_names_alone(table: str, column: str) -> None:
    changed = [row[column] for row in rows(table) if clean(row[column]) != row[column]]
    assert changed == []


@pytest.mark.parametrize(
    "text",
    [
        "พันธุ์ไม้",
        "สิทธิ์ ๕๐%",
        "ที่ว่าการอำเภอ (แห่งใหม่) ฯลฯ",
        "น้ำ – เร็ว ๆ นี้",
        "Ⅳ ½ ² ﬁ",
        "ปัญหา/อุปสรรค: 1,234.50",
        "เปล่า",
        "ซ้ำ ๆ กัน",
    ],
)
def test_clean_changes_nothing_else(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "written",
    [
        "น\u0e49\u0e33ขุ่น",
        "น\u0e49\u0e4d\u0e32ขุ่น",
        "น\u0e4d\u0e49\u0e32ขุ่น",
        "น\u0e4d\u0e32\u0e49ขุ่น",
        "น\u0e33\u0e49ขุ่น",
        "น\u0e49\u0e4d\u0e33ขุ่น",
        "น\u0e49\u0e49\u0e33ข\u0e48\u0e38น",
    ],
)
def test_case_35_nikhahit_and_aa_become_am(written: str) -> None:
    assert clean(written) == "น\u0e49\u0e33ขุ่น"


def test_case_3_file_names_in_decomposed_form() -> None:
    assert clean(unicodedata.normalize("NFD", "รายงานน้ําขุ่น café.xlsx")) == "รายงานน้ำขุ่น café.xlsx"


@pytest.mark.parametrize(
    "written, meant", [("จานวน", "จำนวน"), ("ด าเนินการ", "ดำเนินการ"), ("ผู๎น า", "ผู้นำ"), ("อาเภอ", "อำเภอ")]
)
def test_case_36_text_broken_by_a_pdf_has_the_same_key(written: str, meant: str) -> None:
    assert fold(written) == fold(meant)


def test_case_36_glyphs_of_old_fonts_have_the_same_key() -> None:
    assert fold("ท\uf702\uf70aป\uf710\uf70eน") == fold("ที่ปั์น")


@pytest.mark.parametrize(
    "written, meant",
    [("เเสนสุข", "แสนสุข"), ("เ เสนสุข", "แสนสุข"), ("โก้้ก", "โก้ก"), ("สิทธ\u0e4c\u0e34", "สิทธิ์"), ("ก้ินี่ี", "กิ้นี่")],
)
def test_case_37_split_vowels_doubled_marks_and_order(written: str, meant: str) -> None:
    assert clean(written) == meant


def test_case_38_special_spaces() -> None:
    written = "\ufeff\u00a0เดช\u200bอุดม\u2060 \u3000\r\n\t(ใหม่)\u00ad\x07\u200d\u00a0"
    assert clean(written) == "เดชอุดม (ใหม่)"


def test_fold_drops_punctuation_symbols_and_paiyannoi_but_keeps_words() -> None:
    assert fold("อ.เมืองฯ – (ABC_1) • ๑๒/๒๕๖๔ ต่าง ๆ") == "อเมืองabc1122564ตางๆ"


@pytest.mark.parametrize("label", ["ประชากร\n(คน)", "ประชากร (คน (รวม)) ", "ประชากร", "ประชากร（คน）"])
def test_case_15_labels_fold_without_units(label: str) -> None:
    assert fold_label(label) == "ประชากร"


def test_fold_keeps_what_stands_in_parentheses() -> None:
    assert fold("ประชากร (คน)") == "ประชากรคน"


def test_districts_do_not_share_a_key() -> None:
    keys = Counter(fold(row["district"]) for row in rows("districts"))
    assert len(keys) == 25


def test_local_bodies_of_one_district_and_type_do_not_share_a_key() -> None:
    keys = Counter((row["district_code"], row["type"], fold(row["name"])) for row in rows("local_bodies"))
    assert len(keys) == 238


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_there_and_back(number: int) -> None:
    written = thai_digits(f"{number:,}")
    assert not set(written) & set("0123456789")
    assert int(arabic_digits(written).replace(",", "")) == number


@pytest.mark.parametrize(
    "text, options",
    [
        ("๒๔ กุมภาพันธ์ ๒๕๖๔", {}),
        ("๒๔ ก.พ. ๒๕๖๔", {"short": True}),
        ("24 กุมภาพันธ์ 2564", {"digits": "arabic"}),
        ("24 ก.พ. 2564", {"short": True, "digits": "arabic"}),
    ],
)
def test_thai_date(text: str, options: dict[str, object]) -> None:
    assert thai_date(date(2021, 2, 24), **options) == text  # type: ignore[arg-type]


def test_thai_datetime() -> None:
    moment = datetime(2021, 2, 24, 8, 30, 59)
    assert thai_datetime(moment) == "๒๔ กุมภาพันธ์ ๒๕๖๔ เวลา ๐๘.๓๐ น."
    assert thai_datetime(moment, short=True, digits="arabic") == "24 ก.พ. 2564 เวลา 08.30 น."


def test_every_month_has_a_name_and_a_short_name() -> None:
    assert len(set(MONTHS)) == len(set(MONTHS_SHORT)) == 12
    assert [thai_date(date(2021, month, 1)).split()[1] for month in range(1, 13)] == list(MONTHS)
