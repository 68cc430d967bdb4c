"""One pass of expat over the XML of a worksheet: how many cells hold something, and what no reader tells.

Counted apart from the reader, so that a cell that it loses is noticed (`value_cells` of a grid).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pipeline.model import Position
from pipeline.read.elements import DIGITS, LETTERS, TRUE, Attributes, collect_elements, position
from pipeline.read.outcome import Unusable
from pipeline.read.relations import identifier_of

_ESCAPE: Final = re.compile(r"_x00([0-9A-Fa-f]{2})_")  # only control characters and the like are written so

Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What the XML of a sheet says. `held` counts cells with a value; `last` is the far corner, (-1, -1) if empty;
    `texts` are cells whose text is better known here than to the reader; `broken_up` when a value may be written in
    pieces, or the number of a string in an odd way; `drawing` is the identifier of what is drawn on the sheet;
    `rich_values` are the error cells that stand for something that old programs do not know, by the number of it.
    """

    held: int
    last: Position
    errors: Mapping[Position, str]
    uncached: frozenset[Position]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merges: tuple[Merge, ...]
    broken_up: bool
    texts: Mapping[Position, str] = field(default_factory=dict)
    drawing: str = ""
    rich_values: Mapping[Position, str] = field(default_factory=dict)

    @property
    def value_cells(self) -> int:
        return self.held + len(self.errors) + len(self.uncached)


def is_blank(text: str) -> bool:
    """Whether a text holds nothing but white space, also where Excel escaped it ("_x000D_")."""
    return not (_ESCAPE.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text).strip()


def scan_sheet(xml: bytes, blank_strings: frozenset[str]) -> SheetScan:
    """Scan a worksheet part; `blank_strings` are the numbers of shared strings that hold nothing.

    Raises `ExpatError` or `ValueError` for broken XML or addresses, `Unusable`: UNSAFE_ARCHIVE, TOO_BIG_GRID,
    READER_REFUSED.
    """
    elements = collect_elements(xml)
    typed = [cell for cell in elements.held if "t" in cell]
    wrong = {position(cell["r"]): cell for cell in typed if cell["t"] == "e"}
    errors = {at: cell["text"].strip() for at, cell in wrong.items()}
    uncached = frozenset(position(cell["r"]) for cell in elements.formulas if _never_calculated(cell))
    last = _corner([cell["r"] for cell in elements.held], uncached)
    return SheetScan(
        held=len(elements.held) - len(errors) - sum(_is_empty_text(cell, blank_strings) for cell in typed),
        last=last,
        errors=errors,
        uncached=uncached,
        hidden_rows=frozenset(row for row in elements.hidden_rows if row <= last[0]),
        hidden_columns=_hidden_columns(elements.columns, last[1]),
        merges=tuple(_merge(merge["ref"]) for merge in elements.merges if "ref" in merge),
        broken_up=bool(elements.breaks) or b"&#" in xml or not all(map(_is_plain, typed)),
        drawing=next(map(identifier_of, elements.drawings), ""),
        rich_values={at: cell["vm"] for at, cell in wrong.items() if "vm" in cell},
    )


def _is_plain(cell: Attributes) -> bool:
    """Whether the number of a shared string is plainly one. Raises `Unusable`: READER_REFUSED, where it is none."""
    if cell["t"] != "s" or (cell["text"].isascii() and cell["text"].isdecimal()):
        return True
    if not cell["text"].strip().isdecimal():
        raise Unusable("READER_REFUSED", detail=f"shared string {cell['text'][:20]!r}")
    return False


def _is_empty_text(cell: Attributes, blank_strings: frozenset[str]) -> bool:
    if cell["t"] == "s":
        return cell["text"].strip() in blank_strings
    return cell["t"] != "e" and "_x" in cell["text"] and is_blank(cell["text"])


def _never_calculated(cell: Attributes) -> bool:
    """A formula without a stored result. An empty text (t="str", <v></v>) is a result: nothing."""
    return "text" not in cell and not (cell.get("t") == "str" and "v" in cell)


def _corner(references: list[str], others: Iterable[Position]) -> Position:
    """The last row and the last column that hold something; worked on one long text, not cell by cell."""
    joined = " ".join(references)
    rows = [int(row) for row in set(joined.translate(LETTERS).split())]
    if min(rows, default=1) < 1:
        raise ValueError("a row before the first")
    columns = {position(letters + "1")[1] for letters in set(joined.translate(DIGITS).split())}
    places = list(others)
    return (
        max(max(rows, default=0) - 1, max((row for row, _ in places), default=-1)),
        max(max(columns, default=-1), max((column for _, column in places), default=-1)),
    )


def _hidden_columns(columns: list[Attributes], last: int) -> frozenset[int]:
    """Up to the last column in use: hiding "all to the right" names sixteen thousand."""
    return frozenset(
        column
        for span in columns
        if span.get("hidden") in TRUE
        for column in range(int(span["min"]) - 1, min(int(span["max"]), last + 1))
    )


def _merge(reference: str) -> Merge:
    first, _, last = reference.partition(":")
    return (*position(first), *position(last or first))
