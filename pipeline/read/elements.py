"""The XML of a worksheet, fed once through expat: the elements that matter, gathered and not yet judged."""

import re
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from pipeline.model import Position, address
from pipeline.read.outcome import Unusable

MOST_CELLS: Final = 1_000_000
TRUE: Final = ("1", "true", "on")
CHUNK: Final = 4 << 20
DIGITS: Final = dict.fromkeys(map(ord, "0123456789$"))
LETTERS: Final = dict.fromkeys(map(ord, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$@"))

# What reading broken XML ends with: not well-formed, a number or address that is none, an encoding nobody knows.
BROKEN_XML: Final = (expat.ExpatError, ValueError, LookupError)

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of a sheet that matter. A cell's attributes also carry its `text`, and `v` when it has one;
    `drawings` name where its pictures are; `breaks` are what may cut a value in pieces: comments, instructions, marked
    sections."""

    held: list[Attributes]
    formulas: list[Attributes]
    hidden_rows: list[int]
    columns: list[Attributes]
    merges: list[Attributes]
    drawings: list[Attributes]
    breaks: list[str]


def position(reference: str) -> Position:
    """The position that "C6" or "$C$6" names: (5, 2). `ValueError` for anything else."""
    column = 0
    for letter in reference.translate(DIGITS).upper():
        column = column * 26 + ord(letter) - 64
    return int(reference.translate(LETTERS)) - 1, column - 1


def new_parser() -> expat.XMLParserType:
    """A parser that refuses a document type: no workbook has one, and entities multiply (billion laughs)."""

    def refuse(*_: object) -> None:
        raise Unusable("UNSAFE_ARCHIVE", reason="มีคำสั่งแปลกปลอม (DOCTYPE) อยู่ข้างใน")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def collect_elements(xml: bytes) -> Elements:
    """Feed the parser; ends with TOO_BIG_GRID before memory does."""
    elements = Elements([], [], [], [], [], [], [])
    parser = new_parser()
    parser.CommentHandler = elements.breaks.append
    parser.ProcessingInstructionHandler = lambda target, _: elements.breaks.append(target)
    parser.StartCdataSectionHandler = lambda: elements.breaks.append("CDATA")
    _follow_cells(parser, elements, _prefix(xml))
    for start in range(0, len(xml), CHUNK):
        parser.Parse(xml[start : start + CHUNK], False)
        if len(elements.held) > MOST_CELLS:
            raise Unusable("TOO_BIG_GRID", cells=str(len(elements.held)))
    parser.Parse(b"", True)
    return elements


def _follow_cells(  # noqa: C901, PLR0915 - the handlers share one cell; apart they take twice the time
    parser: expat.XMLParserType, elements: Elements, prefix: str
) -> None:
    """Bind the handlers. They run for each element, so they only collect; judging comes after."""
    cell_, value_, text_ = prefix + "c", prefix + "v", prefix + "t"
    held = elements.held
    cell: Attributes = {"r": "@0"}
    inside = False

    def on_row(attributes: Attributes) -> None:
        nonlocal cell
        number = attributes.get("r") or str(position(cell["r"])[0] + 2)
        cell = {"r": f"@{number}"}  # the place before column A, for cells that carry no address
        if attributes.get("hidden") in TRUE:
            elements.hidden_rows.append(int(number) - 1)

    def on_reading(_: Attributes) -> None:
        nonlocal cell
        cell = {"r": cell["r"], "text": ""}  # how a word is read aloud is no part of it: set apart

    others = {
        prefix + "f": lambda _: elements.formulas.append(cell),
        prefix + "row": on_row,
        prefix + "rPh": on_reading,
        prefix + "col": elements.columns.append,
        prefix + "mergeCell": elements.merges.append,
        prefix + "drawing": elements.drawings.append,
    }

    def start(name: str, attributes: Attributes) -> None:
        nonlocal cell, inside
        if name == value_:
            inside = True
            if "text" in cell:
                held.append(cell)  # of two values in one cell a reader keeps one: the count shows it
            cell["v"] = ""
        elif name == cell_:
            inside = False
            cell = attributes if "r" in attributes else {**attributes, "r": _beside(cell["r"])}
        else:
            inside = name == text_
            if name in others:
                others[name](attributes)

    def text(data: str) -> None:
        if inside and not data.isspace():
            if "text" in cell:
                cell["text"] += data
            else:
                cell["text"] = data
                held.append(cell)

    parser.StartElementHandler = start
    parser.CharacterDataHandler = text


def _prefix(xml: bytes) -> str:
    """The namespace prefix that some programs give to every element: "x:" of <x:worksheet>."""
    root = re.search(rb"<([\w.-]+:)?worksheet[\s>/]", xml[:4096])
    return root[1].decode() if root and root[1] else ""


def _beside(reference: str) -> str:
    """The address one column to the right, where a cell leaves out its own."""
    row, column = position(reference)
    return address((row, column + 1))
