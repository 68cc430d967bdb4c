"""How wide a Thai text stands on a sheet, from the advance widths of TH Sarabun New.

The library's own `autofit` knows Calibri only: a quarter to a half too wide for Thai, a tenth too narrow for
figures of 16 points. Marks above and below have no width of their own.
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable
from math import ceil
from typing import Final

POINT_PX: Final = 96 / 72
PADDING_PX: Final = 12
LINE_FACTOR: Final = 1.5
HIGHEST_ROW: Final = 409.0  # points; no spreadsheet shows a higher one
_BOLD: Final = 1.07
_OTHER: Final = 500
_LEADING: Final = "เแโใไ"
"""Vowels that stand before their letter."""
# Thai breaks between words, so a line ends before its column does: by half a longish word.
_RAGGED_EMS: Final = 1.4
_RUNS: Final = re.compile(r"[\u0e00-\u0e7f]+|\s+|[^\s\u0e00-\u0e7f]+")
# A column is so many digits wide. Excel takes a digit of ours for 8 pixels, LibreOffice for the 7.72 that it has.
NARROWER: Final = 0.965
_INSIDE_PX: Final = 9
_INDENTED_PX: Final = 24
# Where our font is missing, what stands in for it is wider and a tenth higher: what just fits is given a line more,
# and so are six lines.
_JUST_FITS: Final = 0.97
_LINES_PER_SPARE: Final = 6

# Thousandths of the font's size, from U+0020 and from U+0E01 on.
_LATIN: Final = (
    "216 147 208 403 361 585 423 120 190 190 285 411 162 216 162 270 362 362 362 362 362 362 362 362 362 362 162 162 "
    "411 411 411 283 536 400 378 406 431 351 351 425 441 147 264 376 353 548 441 486 378 487 379 352 379 466 390 588 "
    "418 366 424 196 262 196 412 352 204 344 401 331 401 374 206 311 390 143 155 316 200 601 390 398 401 401 217 282 "
    "238 390 341 507 318 337 321 208 153 208 416"
)
_THAI: Final = (
    "386 378 382 393 393 408 294 367 377 380 384 519 519 425 425 343 461 532 543 391 391 378 430 335 420 428 428 381 "
    "381 447 447 425 400 375 322 378 381 425 335 393 438 381 427 454 387 372 391 357 0 316 316 0 0 0 0 0 0 0 0 0 0 0 "
    "411 203 377 237 242 244 205 399 0 0 0 0 0 0 0 0 450 449 449 449 449 449 449 449 449 449 449 522 697"
)
_WIDTHS: Final = {
    first + place: int(width)
    for first, widths in ((0x20, _LATIN), (0x0E01, _THAI))
    for place, width in enumerate(widths.split())
} | {0xA0: 216, ord("–"): 360, ord("“"): 370, ord("”"): 370, ord("·"): 162}


def text_px(text: str, *, size: float = 16, bold: bool = False) -> float:
    """The width in pixels (96 to the inch) of the text's longest line."""
    longest = max(sum(map(_advance, line)) for line in text.split("\n"))
    return longest * size * POINT_PX / 1000 * (_BOLD if bold else 1)


def column_px(texts: Iterable[str]) -> int:
    """The width in pixels of a column that shows each of these texts, indented, on one line."""
    longest = max(map(text_px, texts), default=0.0)
    return ceil(longest / NARROWER) + _INDENTED_PX


def line_count(text: str, width_px: float, *, size: float = 16, bold: bool = False) -> int:
    """How many lines the text needs when it is wrapped in a column of that width; at least one."""
    em = size * POINT_PX * (_BOLD if bold else 1)
    room = max((width_px * NARROWER - _INSIDE_PX) / em * 1000, 2000)
    lines = sum(_lines(line, room) for line in text.split("\n"))
    return lines + lines // _LINES_PER_SPARE


def shortened(text: str, width_px: float, most: int, *, size: float = 16) -> str:
    """The text, cut visibly where it needs more than `most` lines of a column of that width."""
    if line_count(text, width_px, size=size) <= most:
        return text
    fits = bisect(range(len(text)), most, key=lambda end: line_count(f"{text[:end]} …", width_px, size=size))
    end = max(fits - 1, 1)
    while unicodedata.category(text[end]) == "Mn" or text[end - 1] in _LEADING:
        end -= 1  # a letter keeps its marks
    space = text.rfind(" ", 0, end)
    return f"{text[: space if space > end // 2 else end].rstrip()} …"


def line_height(size: float = 16) -> float:
    """Points a line of that size needs, marks above and below included: 24 for 16."""
    return size * LINE_FACTOR


def _lines(line: str, room: float) -> int:
    """How many lines of so much room a text without line breaks needs (both in thousandths of the font's size)."""
    if sum(map(_advance, line)) <= room * _JUST_FITS:
        return 1
    usual = max(room - _RAGGED_EMS * 1000, room * 0.85)
    lines, used = 1, 0.0
    for run in _RUNS.findall(line):
        width = sum(map(_advance, run))
        if used and used + width > usual and not _breaks(run):
            lines, used = lines + 1, 0.0
        over = max(ceil((used + width) / usual) - 1, 0)
        lines, used = lines + over, used + width - over * usual
    return lines


def _breaks(run: str) -> bool:
    """Whether a line may end within it: Thai does between words, and at a space."""
    return run[0].isspace() or "\u0e00" <= run[0] <= "\u0e7f"


def _advance(character: str) -> int:
    width = _WIDTHS.get(ord(character))
    if width is None:
        return 0 if unicodedata.category(character) in ("Mn", "Cf") else _OTHER
    return width
