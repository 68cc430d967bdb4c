"""XML taken apart by byte offsets (expat tells them), and put together again with nothing else changed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.parsers import expat

from pipeline.write.cells import safe_text
from pipeline.write.returned.unmarkable import Unmarkable

Edit = tuple[int, int, bytes]
"""From where to where, and what stands there instead."""

_TAG: Final = re.compile(rb"""<[^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*)*>""")
_ATTRIBUTE: Final = re.compile(rb"""\s+([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_DECLARED: Final = re.compile(rb"""^(<\?xml\s[^>]*?encoding\s*=\s*)(["'])([\w.:-]+)\2""")
_UTF16: Final = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_UTF8: Final = ("utf-8", "utf8", "us-ascii", "ascii")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a small part. Its start tag is [start, opened), its content [opened, closing), and it is over
    at `end`; `parent` is the number of the element around it, -1 for the root."""

    name: str
    attributes: dict[str, str]
    parent: int
    start: int
    opened: int
    closing: int
    end: int

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon; mostly empty."""
        return self.name[: len(self.name) - len(self.local)]


def new_parser() -> expat.XMLParserType:
    """A parser that refuses a document type: no workbook has one, and entities multiply."""

    def refuse(*_: object) -> None:
        raise Unmarkable("a document type")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def check_well_formed(xml: bytes) -> None:
    """Raises `ExpatError` for what no parser reads that knows namespaces: a prefix that is declared nowhere, too."""
    expat.ParserCreate(namespace_separator=" ").Parse(xml, True)


@lru_cache(32)
def elements_of(xml: bytes) -> tuple[Element, ...]:
    """Every element of a small part in the order of their start tags. Raises `ExpatError`, `Unmarkable`.

    Parts are looked at again and again while a workbook is marked and proved, each taken apart once.
    """
    begun: list[tuple[str, dict[str, str], int, int, int]] = []
    ends: dict[int, tuple[int, int]] = {}
    open_: list[int] = [-1]
    parser = new_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        begun.append((name, attributes, open_[-1], at, tag_end(xml, at)))
        open_.append(len(begun) - 1)

    def end(_: str) -> None:
        number = open_.pop()
        ends[number] = element_end(xml, parser.CurrentByteIndex, begun[number][4])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)
    return tuple(Element(*each, *ends[number]) for number, each in enumerate(begun))


def tag_end(xml: bytes, start: int) -> int:
    """The offset behind the start tag that begins at `start`."""
    match = _TAG.match(xml, start)
    if match is None:
        raise Unmarkable("a start tag without an end")
    return match.end()


def element_end(xml: bytes, at: int, opened: int) -> tuple[int, int]:
    """Where the end tag of an element begins and ends; both are `opened` for an empty one."""
    if xml[opened - 2 : opened] == b"/>":
        return opened, opened
    return at, xml.index(b">", at) + 1


def children(found: Sequence[Element], number: int) -> list[Element]:
    """The elements that stand directly in the one of that number."""
    return [each for each in found if each.parent == number]


def only(found: Sequence[Element], local: str, parent: int = 0) -> tuple[int, Element]:
    """The one child of that name, with its number. Raises `Unmarkable` when there is none or another."""
    named = [
        (number, each) for number, each in enumerate(found) if each.parent == parent and each.local == local
    ]
    if len(named) != 1:
        raise Unmarkable(f"{len(named)} elements {local}")
    return named[0]


def spliced(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """The text with every edit made; those at one place in the order given."""
    pieces: list[bytes] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if start < at:
            raise Unmarkable("edits within one another")
        pieces += (xml[at:start], new)
        at = end
    return b"".join((*pieces, xml[at:]))


def appended(xml: bytes, element: Element, content: bytes) -> Edit:
    """The edit that puts `content` at the end of an element, be it empty or not."""
    if element.closing != element.opened or xml[element.opened - 2 : element.opened] != b"/>":
        return element.closing, element.closing, content
    tag = xml[element.start : element.opened - 2].rstrip()
    return element.start, element.end, b"".join((tag, b">", content, b"</", element.name.encode(), b">"))


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """A start tag with an attribute set to `value`, or without it; everything else in it stays."""
    new = b"" if value is None else f' {name}="{escaped(value)}"'.encode()
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == name.encode():
            return tag[: match.start()] + new + tag[match.end() :]
    closing = tag.endswith(b"/>")
    return tag[: -2 if closing else -1].rstrip() + new + (b"/>" if closing else b">")


def in_utf8(xml: bytes) -> bytes:
    """The part in UTF-8, in which what is ours is put into it; nearly always it is already. Raises `UnicodeError`,
    `LookupError`."""
    encoding = next((name for start, name in _UTF16 if xml.startswith(start)), "")
    if not encoding:
        declared = _DECLARED.match(xml)
        encoding = declared[3].decode().lower() if declared else "utf-8"
        if encoding in _UTF8:
            return xml
    return _DECLARED.sub(rb"\1\2UTF-8\2", xml.decode(encoding).removeprefix("\ufeff").encode())


def escaped(text: str) -> str:
    """A text of ours or a district's as XML can hold it: inert, whatever stands in it."""
    plain = _ESCAPE.sub("_x005F_", safe_text(text))
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
