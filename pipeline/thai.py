"""Thai text: repaired for reading, folded for comparison, and dates as people write them.

`clean` is what a reader would have typed; `fold` is a key that equal names share however they were typed.
"""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from typing import Final, Literal

Digits = Literal["thai", "arabic"]

BUDDHIST_ERA: Final = 543
MOST_REMEMBERED: Final = 1 << 15
"""Texts remembered with their result: labels and names come back in every workbook."""
MONTHS: Final = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
MONTHS_SHORT: Final = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)

_TO_ARABIC: Final = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# Characters without width: zero-width space and joiners, direction marks, word joiners, soft hyphen, BOM.
_INVISIBLE: Final = re.compile(r"[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")

_NIKHAHIT, _AA, _AM = "\u0e4d", "\u0e32", "\u0e33"
_VOWELS = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d"  # above and below the consonant; they stand before a tone mark
_TONES = "\u0e48-\u0e4b"
_LAST = "\u0e4c\u0e4e"  # ์ and ๎ stand after everything else
_MARKS = _VOWELS + _TONES + _LAST
_SUSPECT: Final = re.compile(
    f"{_NIKHAHIT}|{_AM}[{_TONES}]|[{_TONES}{_LAST}][{_VOWELS}]|[{_LAST}][{_TONES}]|([{_MARKS}])\\1|[{_MARKS}]{{3}}"
)
_CLUSTER: Final = re.compile(f"([{_MARKS}]*)([{_AA}{_AM}])([{_TONES}]*)|([{_MARKS}]{{2,}})")
_SPLIT_AE: Final = re.compile("เ ?เ")

_PARENTHESISED: Final = re.compile(r"[(（][^()（）]*[)）]")
# Kept: letters and digits of any script, and the Thai vowel signs, which are marks to `\w`. Gone: tone marks,
# ์ ํ ๎, spaces, every punctuation mark and symbol, and ฯ, which is a letter to `\w`.
_NOT_IN_KEY: Final = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47]|[_ฯ]")
# Private-use glyphs that old Thai fonts leave in text copied from a PDF, and the letters they draw.
_GLYPHS: Final = dict(
    zip(range(0xF700, 0xF71B), "ฐ\u0e34\u0e35\u0e36\u0e37่้๊๋์่้๊๋์ญ\u0e31ํ\u0e47่้๊๋์\u0e38\u0e39\u0e3a", strict=True)
)
_KEY_LETTERS: Final = _TO_ARABIC | _GLYPHS | {ord(_AM): _AA}


@lru_cache(MOST_REMEMBERED)
def clean(text: str) -> str:
    """The text as its writer meant it, on one line; idempotent.

    NFC; characters without width removed; control characters and any kind of space are one plain space, none
    at the ends; ํา is ำ wherever its tone mark stands; เเ is แ; a mark set twice on one consonant stands once;
    a tone mark stands after the vowel above or below. Nothing else changes. Never NFKC: it splits ำ.
    """
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return _mended(_SPLIT_AE.sub("แ", text))


@lru_cache(MOST_REMEMBERED)
def fold(text: str, *, drop_parenthesised: bool = False) -> str:
    """A key for comparing names and labels, never for showing.

    The cleaned text with Arabic digits and lower-case Latin letters, without tone marks, ์ ํ ๎ ฯ, spaces,
    punctuation and symbols, and with า for ำ, so that text broken by a PDF (ด าเนินการ, จานวน) compares equal.
    With `drop_parenthesised`, whatever stands in parentheses goes too.
    """
    text = clean(text)
    if drop_parenthesised:
        text = _without_parenthesised(text)
    return _NOT_IN_KEY.sub("", text.translate(_KEY_LETTERS).casefold())


def fold_label(text: str) -> str:
    """The key of a column label: as `fold`, without units and remarks in parentheses ("ประชากร\\n(คน)")."""
    return fold(text, drop_parenthesised=True)


def arabic_digits(text: str) -> str:
    """The text with ๐–๙ as 0–9."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """The text with 0–9 as ๐–๙."""
    return text.translate(_TO_THAI)


def figure(value: int | float) -> str:
    """A figure as people write it: 1,234 or 12.5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def thai_date(day: date, *, short: bool = False, digits: Digits = "thai") -> str:
    """A day in the Buddhist era: ๒๔ กุมภาพันธ์ ๒๕๖๔, or ๒๔ ก.พ. ๒๕๖๔ when `short`."""
    month = (MONTHS_SHORT if short else MONTHS)[day.month - 1]
    text = f"{day.day} {month} {day.year + BUDDHIST_ERA}"
    return thai_digits(text) if digits == "thai" else text


def thai_datetime(moment: datetime, *, short: bool = False, digits: Digits = "thai") -> str:
    """A day and time as its own clock shows it: ๒๔ กุมภาพันธ์ ๒๕๖๔ เวลา ๐๘.๓๐ น."""
    text = f"{thai_date(moment, short=short, digits=digits)} เวลา {moment:%H.%M} น."
    return thai_digits(text) if digits == "thai" else text


def _mended(text: str) -> str:
    """The text with its marks in order; again if NFC took a foreign mark from between two Thai ones."""
    if not _SUSPECT.search(text):
        return text
    mended = unicodedata.normalize("NFC", _CLUSTER.sub(_repaired, text))
    return mended if mended == text else _mended(mended)


def _repaired(match: re.Match[str]) -> str:
    """One consonant's marks in order, each once; ํ with า is ำ, and the tone mark stands before it."""
    before, aa, after, marks = match.groups(default="")
    if marks:
        return _ordered(marks)
    if aa == _AM or _NIKHAHIT in before:
        return _ordered(before.replace(_NIKHAHIT, "") + after) + _AM
    return _ordered(before) + aa + _ordered(after)


def _ordered(marks: str) -> str:
    return "".join(sorted(dict.fromkeys(marks), key=_rank))


def _rank(mark: str) -> int:
    """Vowel signs and ํ, then tone marks, then ์ and ๎; equal ranks keep the writer's order."""
    return 2 if mark in _LAST else 1 if "\u0e48" <= mark <= "\u0e4b" else 0


def _without_parenthesised(text: str) -> str:
    shorter = _PARENTHESISED.sub(" ", text)
    return shorter if shorter == text else _without_parenthesised(shorter)


TOTAL_WORDS: Final = tuple(fold(word) for word in ("รวม", "ผลรวม", "ยอดรวม", "ทั้งหมด", "ทั้งสิ้น"))
"""How the label of a total begins, folded."""


def visible(text: str) -> str:
    """The text on one line, each sign that one would not see, or that could tell a terminal to do something, written
    as its number: ‹U+202E›."""
    return "".join(f"‹U+{ord(sign):04X}›" if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
