"""A document as it is printed: its pages, the sheet each is of, and every text with its size on paper."""

import html
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ZOOM: Final = 3  # the finest that pdftohtml knows: sizes are whole thirds of a point
_PAGE: Final = re.compile(r'<page number="(\d+)"[^>]* height="(\d+)" width="(\d+)">(.*?)</page>', re.DOTALL)
_FONT: Final = re.compile(r'<fontspec id="(\d+)" size="(-?\d+)"')
_TEXT: Final = re.compile(
    r'<text top="(-?\d+)" left="(-?\d+)" width="(-?\d+)" height="(-?\d+)" font="(\d+)">(.*?)</text>',
    re.DOTALL,
)
_ITEM: Final = re.compile(r'<item page="(\d+)">(.*?)</item>')
_TAG: Final = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text on paper; all in points, the size to a sixth of one."""

    text: str
    size: float
    top: float
    left: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number, the sheet it is of (empty where the document has none), its paper, its texts, and how many
    pictures it shows."""

    number: int
    sheet: str
    width: float
    height: float
    texts: tuple[Text, ...]
    pictures: int


def pages(pdf: Path) -> tuple[Page, ...]:
    """The pages of a PDF that LibreOffice made, whose outline names the sheets."""
    made = pdf.with_suffix(".xml")
    command = ["pdftohtml", "-xml", "-q", "-zoom", str(_ZOOM), str(pdf), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    told = made.read_text(encoding="utf-8", errors="replace")
    sizes = {int(number): int(size) / _ZOOM for number, size in _FONT.findall(told)}
    begins = [(int(page), html.unescape(name)) for page, name in _ITEM.findall(told)]
    return tuple(
        Page(
            int(number),
            next((name for page, name in reversed(begins) if page <= int(number)), ""),
            int(width) / _ZOOM,
            int(height) / _ZOOM,
            tuple(_text(found, sizes) for found in _TEXT.findall(body)),
            body.count("<image "),
        )
        for number, height, width, body in _PAGE.findall(told)
    )


def _text(found: tuple[str, ...], sizes: dict[int, float]) -> Text:
    top, left, width, height, font = map(int, found[:5])
    shown = html.unescape(_TAG.sub("", found[5]))
    return Text(shown, sizes[font], top / _ZOOM, left / _ZOOM, width / _ZOOM, height / _ZOOM)
