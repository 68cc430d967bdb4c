"""What a sheet or its comments say, gathered by expat in one pass: for comparing two of them, not for changing one."""

import re
from dataclasses import dataclass

from pipeline.model import Position, position_of
from pipeline.write.returned.xml import new_parser

_OURS = ("legacyDrawing",)
_ROW = re.compile(rb"(?=<(?:\w+:)?row[\s>/])")
_NUMBERED = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"'](\d+)")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_FEW_ROWS, _MOST_COLUMNS = 240, 16_384
_COLUMN = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Za-z]{1,3})\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell without its format: its attributes, and all that stands in it as it came."""

    attributes: tuple[tuple[str, str], ...]
    content: tuple[object, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.content


@dataclass(frozen=True, slots=True)
class Outline:
    """`cells` and the numbers of their `formats` by position, `rows` by number, and the `rest` of the sheet as it
    came: names with attributes, texts, ends."""

    cells: dict[Position, Cell]
    formats: dict[Position, str]
    rows: dict[int, tuple[tuple[str, str], ...]]
    rest: tuple[object, ...]

    @property
    def has_notes(self) -> bool:
        """Whether it names a drawing of notes."""
        return any(_is_ours(each) for each in self.rest)

    @property
    def without_notes(self) -> list[object]:
        """The rest without the element that names the drawing of notes."""
        return [each for each in self.rest if not _is_ours(each) and not _is_end(each)]


def _is_ours(event: object) -> bool:
    return isinstance(event, tuple) and event[0].rpartition(":")[2] in _OURS


def _is_end(event: object) -> bool:
    return isinstance(event, str) and event.startswith("/") and event[1:].rpartition(":")[2] in _OURS


def without_same_rows(was: bytes, is_: bytes) -> tuple[bytes, bytes]:
    """Two versions of a sheet without the rows that have the same bytes in both and stand in the same order; nearly
    all do. Where rows have no numbers, or comments might hide some, all are left in."""
    old, new = _ROW.split(was), _ROW.split(is_)
    if b"<!" in was or not all(map(_NUMBERED.match, (*old[1:], *new[1:]))):
        return was, is_
    same = set(old[1:-1]) & set(new[1:-1])
    if [each for each in old if each in same] != [each for each in new if each in same]:
        return was, is_
    return b"".join(each for each in old if each not in same), b"".join(
        each for each in new if each not in same
    )


def area_of(xml: bytes) -> int:
    """How large a table may have to be to hold a sheet: never less than is needed."""
    rows = max((int(number) for number in _NUMBERED.findall(xml)), default=0) + len(_ROW.split(xml))
    if rows <= _FEW_ROWS:
        return rows * _MOST_COLUMNS
    cells, columns = len(_CELL.findall(xml)), _COLUMN.findall(xml)
    named = max((at[1] for letters in set(columns) if (at := position_of(f"{letters.decode()}1"))), default=0)
    return rows * (named + 1 + cells - len(columns))


def outline_of(xml: bytes) -> Outline:  # noqa: C901, PLR0915 — handlers share a state
    """What a sheet says. Raises `ExpatError`, `ValueError`."""
    cells: dict[Position, Cell] = {}
    formats: dict[Position, str] = {}
    rows: dict[int, tuple[tuple[str, str], ...]] = {}
    rest: list[object] = []
    events = rest
    row, column = -1, -1
    told: tuple[tuple[str, str], ...] = ()
    cell_depth, depth = 0, 0
    in_data = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, told, events, cell_depth, depth, in_data
        depth += 1
        if cell_depth:
            events.append((name, tuple(attributes.items())))
            return
        local = name.rpartition(":")[2]
        if not in_data:
            if local == "sheetView" and attributes.get("workbookViewId", "0") == "0":
                attributes.pop("tabSelected", None)
            rest.append((name, tuple(attributes.items())))
            in_data = depth == 2 and local == "sheetData"
        elif local == "row" and depth == 3:
            row, column = int(attributes.get("r", row + 2)) - 1, -1
            attributes.pop("spans", None)
            rows[row] = tuple(attributes.items())
        elif local == "c" and depth == 4:
            at = position_of(attributes.get("r", "")) or (row, column + 1)
            column = at[1]
            formats[at] = attributes.pop("s", "0")
            told, cell_depth, events = tuple(attributes.items()), depth, []
        else:
            rest.append((name, tuple(attributes.items())))

    def end(name: str) -> None:
        nonlocal events, cell_depth, depth, in_data
        if depth == cell_depth:
            cells[row, column] = Cell(told, tuple(events))
            events, cell_depth = rest, 0
        elif cell_depth or not in_data:
            events.append(f"/{name}")
        elif depth == 2:
            in_data = False
            rest.append(f"/{name}")
        depth -= 1

    def text(data: str) -> None:
        if cell_depth or not (in_data and data.isspace()):
            events.append(data if data.strip() or cell_depth else " ")

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return Outline(cells, formats, rows, tuple(rest))


def comments_of(xml: bytes) -> dict[str, tuple[str, str]]:
    """The comments of a sheet by the cell as it is written: author and text. Raises `ExpatError`, `LookupError`."""
    authors: list[str] = []
    found: dict[str, list[str]] = {}
    open_: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        open_.append(local)
        if local == "author":
            authors.append("")
        elif local == "comment":
            found[attributes["ref"]] = [attributes.get("authorId", "0"), ""]

    def text(data: str) -> None:
        if open_[-1] == "author":
            authors[-1] += data
        elif open_[-1] == "t" and found:
            last = next(reversed(found))
            found[last][1] += data

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_.pop()
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return {ref: (authors[int(number)], said) for ref, (number, said) in found.items()}


def plain(text: str) -> str:
    """A text without what writing and reading it may change: breaks of lines, and what stands for a character."""
    return "".join(text.replace("_x005F_", "_").split())
