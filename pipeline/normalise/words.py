"""Cells of words: choices, rounds, villages and plain text."""

import re
from collections.abc import Collection
from typing import Final

from pipeline.model import CellValue
from pipeline.normalise.amounts import is_blank, is_dash, is_nothing
from pipeline.normalise.parsed import BLANK, Parsed, shown
from pipeline.thai import arabic_digits, fold

_WORD_NUMBERS: Final = {"หนึ่ง": "1", "สอง": "2", "สาม": "3", "สี่": "4", "ห้า": "5"}
_OPEN: Final = re.compile(r"[\s.…_:]+")  # what stands where a form leaves room to write
_ROUND: Final = re.compile(
    r"\(?(?:รายงาน)? ?(?:ครั้ง|รอบ|งวด)? ?(?:ที่)? ?"
    rf"(?:0?([1-9][0-9]?|{'|'.join(_WORD_NUMBERS)}))? ?\)?"
    r"(?: ?(?:/|ประจำปี|ปี|พ ศ)(?: ?พ ศ)? ?(?:[0-9]{4}|[0-9]{2}))? ?(?:\(.*\))?"
)
_CHOICE_LABEL: Final = re.compile(r"(?:ข้อ|แนวทาง)(?:ที่)?")
_BETWEEN_CHOICES: Final = re.compile(r"[,;/+&]|และ|กับ")
_NUMBERS_ONLY: Final = re.compile(r"[0-9\s]+")
_VILLAGE: Final = re.compile(r"(?:หมู่\s?ที่|หมู่|ม\.)?\s?([0-9]{1,4})")


def parse_choice(value: CellValue | None, options: Collection[str]) -> Parsed:
    """One of the options, or several with a comma between (`str`): ข้อ ๑ is 1, "1 และ 3" is "1, 3".

    BAD_CHOICE: something else is written there. A dash chooses none, as a blank does, and so does
    ไม่มี where it is no option.
    """
    if is_blank(value) or is_dash(value):
        return BLANK
    named = {fold(option): option for option in options}
    said = _choices_in(shown(value))
    if not said or any(each not in named for each in said):
        if is_nothing(value):
            return BLANK
        facts = (
            ("written", shown(value)),
            ("options", " ".join(options)),
            ("example", next(iter(options), "")),
        )
        return Parsed(problem="BAD_CHOICE", facts=facts)
    return Parsed(", ".join(option for key, option in named.items() if key in said))


def _choices_in(text: str) -> list[str]:
    """The folded words between commas, strokes and และ; of numbers also those between spaces."""
    parts = _BETWEEN_CHOICES.split(_CHOICE_LABEL.sub(" ", arabic_digits(text)))
    words = [part.split() if _NUMBERS_ONLY.fullmatch(part) else [part] for part in parts]
    return [key for each in words for word in each if (key := fold(word))]


def parse_round(value: CellValue | None) -> Parsed:
    """A round as its key (`str`): ๑, 1, ครั้งที่ 1, 1/2564 are "1"; ครั้งที่ ..... is blank."""
    if is_blank(value):
        return BLANK
    match = _ROUND.fullmatch(_OPEN.sub(" ", arabic_digits(shown(value))).strip())
    if match is None:
        return Parsed(problem="BAD_VALUE", facts=(("written", shown(value)), ("example", "1")))
    return Parsed(_WORD_NUMBERS.get(match[1], match[1])) if match[1] else BLANK


def parse_item(value: CellValue | None) -> Parsed:
    """What tells rows of one local body apart (`str`): หมู่ที่ ๑, ม.1, 01 and 1 are all "1"; other text as it is."""
    text = parse_text(value)
    number = _VILLAGE.fullmatch(arabic_digits(str(text.value or "")))
    return Parsed(str(int(number[1]))) if number else text


def parse_story(value: CellValue | None) -> Parsed:
    """A text of several lines (`str`), each cleaned; blank lines are left out."""
    if is_blank(value) or not isinstance(value, str):
        return parse_text(value)
    return Parsed("\n".join(line for line in map(shown, value.splitlines()) if line))


def parse_text(value: CellValue | None) -> Parsed:
    """The cleaned text of any cell (`str`); blank when it holds nothing but dots."""
    return BLANK if is_blank(value) else Parsed(shown(value))
