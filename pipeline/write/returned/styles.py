"""Formats added to a workbook's own: a cell's format with another fill, and those of the list in front."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.xml import (
    Edit,
    Element,
    appended,
    children,
    elements_of,
    only,
    spliced,
    with_attribute,
)

MOST_FORMATS: Final = 64_000
_COLLECTIONS: Final = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
_OURS: Final = {"fonts": "fontId", "fills": "fillId", "borders": "borderId"}
BARE: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{}"><fonts count="1"><font>'
    '<sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/>'
    '<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""What a workbook without formats is given."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A styles part taken apart: by collection its element and its children."""

    xml: bytes
    found: Sequence[Element]
    collections: Mapping[str, tuple[Element, list[Element]]]

    def sources(self, name: str) -> list[bytes]:
        """The members of a collection as they are written."""
        return [self.xml[each.start : each.end] for each in self.collections[name][1]]


@lru_cache(8)
def styles_of(xml: bytes) -> Sheet:
    """The collections that are added to. Raises `Unmarkable` where one is absent or holds something else."""
    found = elements_of(xml)
    collections = {}
    for name, member in _COLLECTIONS.items():
        number, element = only(found, name)
        members = children(found, number)
        if any(each.local != member for each in members):
            raise Unmarkable(f"something else in {name}")
        collections[name] = element, members
    return Sheet(xml, found, collections)


def with_formats(
    xml: bytes, fills: Sequence[str], clones: Iterable[tuple[int, int]], list_xml: bytes
) -> tuple[bytes, dict[tuple[int, int], int], int]:
    """The styles with more in them: `fills` (colours), of each of the `clones` (a format's number, a fill's place in
    `fills`) the format with that fill, and every format of the styles `list_xml`.

    Returns them, the number of each clone, and the number that the first format of the list has.
    """
    own, ours = styles_of(xml), styles_of(list_xml)
    prefix = own.found[0].prefix
    before = {name: len(members) for name, (_, members) in own.collections.items()}
    wanted = sorted(set(clones))
    cloned = [_with_fill(own, number, before["fills"] + fill) for number, fill in wanted]
    shift = {**before, "fills": before["fills"] + len(fills)}
    new = {
        "fonts": [_plain_font(each) for each in ours.sources("fonts")],
        "fills": [_fill(colour) for colour in fills] + ours.sources("fills"),
        "borders": ours.sources("borders"),
        "cellXfs": [_shifted(each, shift) for each in ours.sources("cellXfs")],
    }
    prefixed = {name: [_prefixed(each, prefix) for each in members] for name, members in new.items()}
    first = before["cellXfs"] + len(cloned)
    prefixed["cellXfs"] = cloned + prefixed["cellXfs"]
    if before["cellXfs"] + len(prefixed["cellXfs"]) > MOST_FORMATS:
        raise Unmarkable("more formats than a workbook can hold")
    edits = [edit for name, members in prefixed.items() for edit in _added(own, name, members)]
    numbers = {clone: before["cellXfs"] + place for place, clone in enumerate(wanted)}
    return spliced(xml, edits), numbers, first


def _with_fill(own: Sheet, number: int, fill: int) -> bytes:
    """A format as it is written, but for its fill."""
    members = own.collections["cellXfs"][1]
    if not 0 <= number < len(members):
        raise Unmarkable("a format that is not there")
    each = members[number]
    tag = own.xml[each.start : each.opened]
    filled = with_attribute(with_attribute(tag, "fillId", str(fill)), "applyFill", "1")
    return filled + own.xml[each.opened : each.end]


def _added(own: Sheet, name: str, members: Sequence[bytes]) -> list[Edit]:
    """The edits that put members behind those of a collection, and count them."""
    element, there = own.collections[name]
    tag = own.xml[element.start : element.opened]
    content = b"".join(members)
    counted = with_attribute(tag, "count", str(len(there) + len(members)))
    if tag.endswith(b"/>"):
        whole = b"".join((counted[:-2].rstrip(), b">", content, b"</", element.name.encode(), b">"))
        return [(element.start, element.end, whole)]
    return [(element.start, element.opened, counted), appended(own.xml, element, content)]


def _fill(colour: str) -> bytes:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour.lstrip("#")}"/><bgColor indexed="64"/>'
        "</patternFill></fill>"
    ).encode()


def _plain_font(font: bytes) -> bytes:
    """A font that does not follow the theme of the workbook that it comes into."""
    without = re.sub(rb"<scheme [^>]*/>", b"", font)
    return re.sub(rb'<color theme="\d+"/>', b"", without)


def _shifted(xf: bytes, shift: Mapping[str, int]) -> bytes:
    """A format of the list's with the numbers that its font, fill and border have here, and of no named style."""
    tag_size = xf.index(b">") + 1
    tag = xf[:tag_size]
    for name, attribute in _OURS.items():
        found = re.search(rf'{attribute}="(\d+)"'.encode(), tag)
        if found is None:
            raise Unmarkable("a format without its font, fill or border")
        tag = with_attribute(tag, attribute, str(int(found[1]) + shift[name]))
    number = re.search(rb'numFmtId="(\d+)"', tag)
    if number is None or int(number[1]) >= 164:
        raise Unmarkable("a number format of our own")
    for apply in ("applyFont", "applyFill", "applyBorder"):
        tag = with_attribute(tag, apply, "1")
    return with_attribute(tag, "xfId", "0") + xf[tag_size:]


def _prefixed(source: bytes, prefix: str) -> bytes:
    """An element of ours in the prefix that a part gives to its elements."""
    return re.sub(rb"(</?)(?=[a-zA-Z])", rb"\1" + prefix.encode(), source) if prefix else source


def digit_px(own: Sheet) -> int:
    """How wide a digit is in the workbook's usual font: columns are measured in it."""
    normal = next((each for each in own.found if each.local == "xf"), None)
    number = int(normal.attributes.get("fontId", 0)) if normal else 0
    fonts = own.collections["fonts"][1]
    told = {
        each.local: each.attributes.get("val", "")
        for each in own.found
        if number < len(fonts) and fonts[number].start < each.start < fonts[number].end
    }
    narrow = told.get("name", "").startswith(("TH ", "Angsana", "Cordia", "Browallia"))
    size = float(told.get("sz") or 11)
    return max(4, round(size * 96 / 72 * (0.365 if narrow else 0.507)))
