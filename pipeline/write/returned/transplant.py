"""The list of a returned workbook, drawn as a workbook of its own and then taken out of it as a sheet for another."""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.write.returned.book import Book
from pipeline.write.returned.package import Package
from pipeline.write.returned.unmarkable import Unmarkable

_MAIN: Final = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRING: Final = re.compile(rb"<si>(<t.*?</t>|<t/>)</si>", re.DOTALL)
_CELL: Final = re.compile(rb'(<c r="[A-Z]+\d+" s=")(\d+)("(?: t="s"><v>(\d+)</v>)?)')
_WIDTH: Final = re.compile(rb'(<col [^>]*?width=")([\d.]+)(")')
_TITLES: Final = re.compile(rb'name="_xlnm.Print_Titles"[^>]*>[^<]*!(\$\d+:\$\d+)<')
_OUR_DIGIT_PX: Final = 8
"""How wide a digit is in the font in which the list's columns are measured."""


@dataclass(frozen=True, slots=True)
class ListBook:
    """A workbook that our own writer made, with the list as its only sheet."""

    package: Package

    def part(self, name: str) -> bytes:
        """A part of it."""
        return self.package.read(name)

    @property
    def titles(self) -> str:
        """Its rows that are printed on each page: $8:$8."""
        found = _TITLES.search(self.part("xl/workbook.xml"))
        if found is None:
            raise Unmarkable("a list without rows to print on each page")
        return found[1].decode()


def front_sheet(front: ListBook, first_format: int, digit_px: int, book: Book) -> bytes:
    """The list's sheet as another workbook can hold it: texts in their cells, formats from `first_format` on, columns
    as wide as they were where a digit is `digit_px` wide."""
    strings: list[bytes] = _STRING.findall(front.part("xl/sharedstrings.xml"))

    def cell(match: re.Match[bytes]) -> bytes:
        start, number, rest, string = match.groups()
        head: bytes = start + str(int(number) + first_format).encode()
        if string is None:
            return head + rest
        return head + b'" t="inlineStr"><is>' + strings[int(string)] + b"</is>"

    def width(match: re.Match[bytes]) -> bytes:
        return match[1] + f"{float(match[2]) * _OUR_DIGIT_PX / digit_px:.4g}".encode() + match[3]

    xml = front.part("xl/worksheets/sheet1.xml")
    xml = xml.replace(_MAIN, book.namespace.encode(), 1).replace(_OFFICE, book.kinds.encode(), 1)
    return _WIDTH.sub(width, _CELL.sub(cell, xml))
