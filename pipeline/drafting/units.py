"""The units that a label may state: in parentheses, on a line of its own, or in its words (จำนวนครัวเรือน)."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.normalise.amounts import AREA_UNITS, COUNT_UNITS, MONEY_UNITS, QUANTITY_UNITS
from pipeline.thai import clean, fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(filter(None, map(fold, words.split())))


RAI: Final = AREA_UNITS | {"rai"}
BAHT: Final = MONEY_UNITS | {"baht", "thb"}
PERCENT: Final = _folded("ร้อยละ เปอร์เซ็นต์ percent pct")
WEIGHED: Final = _folded("ตัน กก. กิโลกรัม ลิตร เมตร กิโลเมตร กม. ton tons tonne tonnes kg litre litres")
"""Measured with decimals and added up."""
SQUARE: Final = _folded("ตร.ม. ตารางเมตร ตร.ว. ตารางวา งาน sqm")
"""Measures of land that the reader turns into ไร่ when they are typed behind a number."""
ENGLISH: Final = _folded(
    "person persons people household households house houses village villages place places site sites time times "
    "group groups member members tree trees piece pieces unit units"
)
KNOWN: Final = COUNT_UNITS | QUANTITY_UNITS | RAI | BAHT | PERCENT | WEIGHED | SQUARE | ENGLISH
NAMED: Final = tuple(
    "หลังคาเรือน เครือข่าย ครัวเรือน หมู่บ้าน โครงการ กิจกรรม ชุมชน กลุ่ม ตำบล ศูนย์ ครั้ง แปลง แห่ง คน ถัง ไร่".split()  # noqa: SIM905
)
"""Units that stand in a label itself, behind จำนวน; longer ones first."""

_PARENTHESISED: Final = re.compile(r"[(（]([^()（）]*)[)）]")
_UNIT_WORD: Final = re.compile(r"^\s*(?:หน่วย(?:นับ)?|unit)\s*[:：]?\s*", re.IGNORECASE)
_NUMBER_OF: Final = re.compile(r"(?:จำนวน|number of|no\. ?of)\s*", re.IGNORECASE)


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else: (คน), ไร่, หน่วย: ครัวเรือน."""
    return bool(_known(_UNIT_WORD.sub("", clean(text).strip("()（） "))))


def unit_of_line(text: str) -> str:
    """The unit that a line of the heading states for the whole table (หน่วย: ครัวเรือน); empty if it states none."""
    inner = clean(text).strip("()（） ")
    return _known(_UNIT_WORD.sub("", inner)) if _UNIT_WORD.match(inner) else ""


def unit_of(label: str) -> str:
    """The unit of a label as it is written there; empty if it states none that is known."""
    return next(filter(None, _stated(label)), "")


def _stated(label: str) -> Iterator[str]:
    """In parentheses, on the last line, in the words; of two languages the Thai one."""
    for inner in _PARENTHESISED.findall(label):
        yield _known(_UNIT_WORD.sub("", clean(inner)))
    lines = [clean(line) for line in label.splitlines() if clean(line)]
    last = _known(_UNIT_WORD.sub("", lines[-1])) if len(lines) > 1 else ""
    counted = _NUMBER_OF.match(clean(label))
    rest = clean(label)[counted.end() :] if counted else ""
    yield "" if last.isascii() else last
    yield next((unit for unit in NAMED if rest.startswith(unit)), "")
    yield last
    yield next((word for word in rest.split()[:1] if word.casefold() in ENGLISH), "")


def _known(text: str) -> str:
    """The text, if every word between its strokes is a unit: คน, ชิ้น/ครั้ง, %."""
    parts = [part.strip() for part in text.split("/")]
    return text if text == "%" or all(fold(part) in KNOWN for part in parts) else ""
