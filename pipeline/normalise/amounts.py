"""Numbers as district offices type them -> one number and what was dropped to read it.

Only text that is plainly one number is one: 12-15, ประมาณ 100 and 1,23 are not, and nobody guesses.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from pipeline.thai import arabic_digits, clean, fold

LARGEST: Final = 10**15
"""Counts reach to here: a double, and so Excel, tells neighbours apart up to it."""

_AMOUNT = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?"
_BLANK: Final = re.compile(r"[.…\s]*|[_\s]{2,}")
_DASHES: Final = re.compile(r"[-‐‑‒–—―−\s]+")
_NUMBER: Final = re.compile(rf"(จำนวน|ร้อยละ)?\s?([-−+]?{_AMOUNT})(.*)")
_RAI_NGAN_WA: Final = re.compile(
    r"([0-9]{1,6})\s?[-–]\s?([0-3])\s?[-–]\s?([0-9]{1,2}(?:\.[0-9]{1,9})?)\s?(?:ไร่)?"
)
_RAI_IN_WORDS: Final = re.compile(
    rf"(?:({_AMOUNT})\s?ไร่)?\s?(?:({_AMOUNT})\s?งาน)?\s?(?:({_AMOUNT})\s?(?:ตารางวา|ตร\.?\s?ว\.?|วา))?"
)
_SQUARE_METRES: Final = re.compile(rf"({_AMOUNT})\s?(?:ตารางเมตร|ตร\.?\s?ม\.?)")
_DOUBT: Final = re.compile(
    r"[?+<>~≈±*=!\-‐‑‒–—―−]"
)  # a sign beside a unit says: about, more or less, from … to
_PERCENT: Final = "เปอร์เซ็นต์"
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_THOUSANDS_BY_DOT: Final = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9.,])")
_THOUSANDS_APART: Final = re.compile(r"[^0-9]*([1-9][0-9]{0,2}(?:[. ][0-9]{3})+)[^0-9]*")
_SCALES: Final = {"พัน": 10**3, "หมื่น": 10**4, "แสน": 10**5, "ล้าน": 10**6}
_SCALED: Final = re.compile(rf"({_AMOUNT})\s?({'|'.join(_SCALES)})")
_FIRST_NUMBER: Final = re.compile(r"[0-9][0-9,]*")


def _keys(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


COUNT_UNITS: Final = _keys(
    "ครัวเรือน ครัว คร. หลังคาเรือน หลังคา หลัง คน ราย ท่าน แห่ง จุด หมู่บ้าน หมู่ ชุมชน ตำบล ครั้ง ชิ้น เรื่อง "
    "ป้าย แผ่น ถัง ใบ บ่อ แปลง กอง ต้น ชนิด ศูนย์ กลุ่ม เครือข่าย โครงการ กิจกรรม"
)
AREA_UNITS: Final = _keys("ไร่")
PERCENT_UNITS: Final = _keys(_PERCENT)
MONEY_UNITS: Final = _keys("บาท บ. บาทถ้วน")
QUANTITY_UNITS: Final = COUNT_UNITS | AREA_UNITS | _keys("กก. กิโลกรัม ตัน ลิตร เมตร วัน รุ่น ชุด คู่ ตัว")
_ZERO_WORDS: Final = _keys(
    "ไม่มี ยังไม่มี ไม่ได้ดำเนินการ ยังไม่ได้ดำเนินการ ไม่ดำเนินการ ยังไม่ดำเนินการ ไม่มีการดำเนินการ "
    "ไม่ใช้งบประมาณ ไม่ใช้งบ ไม่มีงบประมาณ ไม่มีงบ "
    "ไม่มีกิจกรรม ยังไม่มีกิจกรรม ไม่มีโครงการ ยังไม่มีโครงการ ไม่มีโครงการ/กิจกรรม ไม่มีกิจกรรม/โครงการ "
    "ไม่มีแผน ยังไม่มีแผน ไม่มีแผนงาน ไม่มีแผนปฏิบัติการ ยังไม่มีแผนปฏิบัติการ"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number read from text; `note` is the code of what was done to read it, `unit` what was dropped."""

    number: int | float
    note: str
    unit: str = ""


def is_blank(value: object) -> bool:
    """Whether a cell says nothing: empty, or only spaces, invisible characters, dots or a ruled line."""
    return value is None or (isinstance(value, str) and _BLANK.fullmatch(clean(value)) is not None)


def is_nothing(value: object) -> bool:
    """Whether a cell says that there is nothing: blank, a dash, ไม่มี."""
    return is_blank(value) or is_dash(value) or (isinstance(value, str) and fold(value) in _ZERO_WORDS)


def is_dash(value: object) -> bool:
    """Whether a cell holds only dashes of any kind."""
    return isinstance(value, str) and _DASHES.fullmatch(clean(value)) is not None


def amount_in(text: str, units: Collection[str]) -> Amount | None:
    """The one number of a text, `None` if it is not plainly one; `units` are folded words that may follow it.

    Notes: ZERO_WORD for a dash or ไม่มี, UNIT_DROPPED, NUMBER_AS_TEXT.
    """
    text = _readable(text)
    if is_dash(text) or fold(text) in _ZERO_WORDS:
        return Amount(0, "ZERO_WORD")
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    before, number, after = match.groups(default="")
    if not (before or after):
        return Amount(_value(number), "NUMBER_AS_TEXT")
    if _DOUBT.search(after):
        return None
    if not all(part in units for part in _units(before, after)):
        return None
    return Amount(_value(number), "UNIT_DROPPED", (after or before).strip())


def rai_in(text: str) -> Amount | None:
    """An area that is written in parts, in ไร่ (4 งาน, 400 ตร.ว., 1,600 ตร.ม.); `None` for anything else.

    Reads 12-2-50 (ไร่-งาน-ตร.ว.), 5 ไร่ 2 งาน 50 ตร.ว., 50 ตารางวา, 800 ตร.ม.
    """
    text = _readable(text)
    if match := _RAI_NGAN_WA.fullmatch(text):
        return _converted(*match.groups())
    if (match := _RAI_IN_WORDS.fullmatch(text)) and (match[2] or match[3]):
        return _converted(*match.groups(default="0"))
    if match := _SQUARE_METRES.fullmatch(text):
        return Amount(_value(match[1]) / 1600, "AREA_CONVERTED")
    return None


def may_be_thousands(text: str) -> bool:
    """Whether a dot in a count may stand for thousands: 1.000 is one or a thousand, 1.0 and 12.00 are plain."""
    return _THOUSANDS_BY_DOT.search(_readable(text)) is not None


def number_meant(text: str) -> str:
    """The digits that its writer may have meant first, for an example of what to type; empty if there are none.

    12-15 is 12; 1 000, 1.000 and 1.037 คน are 1000, 1000 and 1037; 2 หมื่น is 20000.
    """
    text = _readable(text)
    if scaled := _SCALED.search(text):
        return f"{_value(scaled[1]) * _SCALES[scaled[2]]:.0f}"
    if apart := _THOUSANDS_APART.fullmatch(text):
        return apart[1].replace(".", "").replace(" ", "")
    first = _FIRST_NUMBER.search(text)
    return first[0].replace(",", "") if first else ""


def _readable(text: str) -> str:
    """The cleaned text with digits of any width and script as 0-9."""
    return arabic_digits(clean(text)).translate(_FULL_WIDTH)


def _converted(rai: str, ngan: str, square_wa: str) -> Amount:
    return Amount(_value(rai) + _value(ngan) / 4 + _value(square_wa) / 400, "AREA_CONVERTED")


def _value(written: str) -> int | float:
    plain = written.replace(",", "").replace("−", "-")
    return float(plain) if "." in plain else int(plain)


def _units(before: str, after: str) -> list[str]:
    """The folded words around a number; จำนวน is none, ร้อยละ is a percent sign."""
    parts = [fold(part) for part in after.replace("%", _PERCENT).split("/")] if after else []
    return [*parts, fold(_PERCENT)] if before == "ร้อยละ" else parts
