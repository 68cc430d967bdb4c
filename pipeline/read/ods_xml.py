"""The content of an OpenDocument spreadsheet, fed once through expat: its cells, gathered and not yet judged.

Rows and cells say how often they repeat; a few bytes can stand for seventeen thousand million cells, so they are
kept as spans.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from pipeline.model import Picture, Position
from pipeline.read.elements import CHUNK, MOST_CELLS, Attributes, new_parser
from pipeline.read.outcome import Unusable
from pipeline.read.pictures import MOST_PICTURES

MOST_SPACES: Final = 1_000
_HIDDEN: Final = ("collapse", "filter")
_CELLS: Final = ("table:table-cell", "table:covered-table-cell")
_END_OF_CELL: Final = "/table:table-cell"
# What stands on a cell: a note, and all that is drawn. The text of these is no part of the cell's.
_APART: Final = frozenset({
    "office:annotation", "dr3d:scene", "draw:caption", "draw:circle", "draw:connector", "draw:control",
    "draw:custom-shape", "draw:ellipse", "draw:frame", "draw:g", "draw:line", "draw:measure", "draw:path",
    "draw:polygon", "draw:polyline", "draw:rect", "draw:regular-polygon",
})  # fmt: skip
_FRAME, _PICTURE, _HREF = "draw:frame", "draw:image", "xlink:href"
_OTHER_CONTENTS: Final = (
    "draw:applet", "draw:floating-frame", "draw:object", "draw:object-ole", "draw:plugin", "draw:text-box",
    "table:table",
)  # fmt: skip
# A cell without any of these holds nothing and stands for nothing.
_TELLING: Final = frozenset(
    {"office:value-type", "table:formula", "table:number-columns-spanned", "table:number-rows-spanned"}
)

_Handlers = dict[str, Callable[[Attributes], None]]


@dataclass(frozen=True, slots=True)
class Span:
    """A cell and the rows and columns that it stands for, the last ones excluded; `overlaid` when a note or something
    drawn stands on it, whose text a reader may take for the cell's."""

    rows: range
    columns: range
    attributes: Attributes
    text: str
    overlaid: bool

    @property
    def positions(self) -> Iterator[Position]:
        return ((row, column) for row in self.rows for column in self.columns)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its cells that hold something, its rows and columns, each with whether it is hidden, and the pictures
    on it, each with the cell that it stands in: those of the sheet itself come before the cells, and have the first."""

    name: str
    style: str
    spans: list[Span]
    rows: list[tuple[range, bool]]
    columns: list[tuple[range, bool]]
    pictures: list[Picture]


@dataclass(frozen=True, slots=True)
class Content:
    """The sheets in the order of their tabs, and the names of the styles that hide a sheet."""

    tables: list[Table]
    invisible: set[str]


def collect_content(xml: bytes) -> Content:
    """Raises `ExpatError` or `ValueError` for broken XML, `Unusable`: UNSAFE_ARCHIVE, TOO_BIG_GRID."""
    content = Content([], set())
    parser = new_parser()
    _follow(parser, content)
    for start in range(0, len(xml), CHUNK):
        parser.Parse(xml[start : start + CHUNK], False)
        if sum(len(table.spans) for table in content.tables) > MOST_CELLS:
            raise Unusable("TOO_BIG_GRID")
    parser.Parse(b"", True)
    return content


def _follow(parser: expat.XMLParserType, content: Content) -> None:
    """Bind the handlers: none but that of the objects is called within an object."""
    texts: list[str] = []
    objects: list[str] = []
    apart = 0
    structure = _structure(content.tables, texts, objects)
    frames = _frames(content.tables, structure.pop(_PICTURE))
    handlers = {
        **structure,
        **_styles(content.invisible),
        **_white_space(texts),
    }

    def start(name: str, attributes: Attributes) -> None:
        nonlocal apart
        if name in _APART:
            apart += 1
            objects.append(name)
        chosen = frames if apart else handlers
        if name in chosen:
            chosen[name](attributes)

    def end(name: str) -> None:
        nonlocal apart
        if name in _APART:
            apart -= 1
        elif name in _CELLS and not apart:
            handlers[_END_OF_CELL]({})

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda data: None if apart else texts.append(data)


def _frames(tables: list[Table], on_picture: Callable[[Attributes], None]) -> _Handlers:
    """Handlers of what is drawn. A frame shows the first thing in it: a chart brings a picture of itself, too."""
    filled = True

    def on_frame(_: Attributes) -> None:
        nonlocal filled
        filled = False

    def on_content(attributes: Attributes) -> None:
        nonlocal filled
        is_on_sheet = tables and len(tables[-1].pictures) < MOST_PICTURES
        if not filled and is_on_sheet and _HREF in attributes:
            on_picture(attributes)
        filled = True

    def on_other(_: Attributes) -> None:
        nonlocal filled
        filled = True

    return {_FRAME: on_frame, _PICTURE: on_content, **dict.fromkeys(_OTHER_CONTENTS, on_other)}


def _white_space(texts: list[str]) -> _Handlers:
    """Handlers that put the white space of a text where its elements stand for it."""
    return {
        "text:p": lambda _: texts.append("\n") if texts else None,
        "text:line-break": lambda _: texts.append("\n"),
        "text:tab": lambda _: texts.append("\t"),
        "text:s": lambda attributes: texts.append(" " * min(int(attributes.get("text:c", 1)), MOST_SPACES)),
    }


def _styles(invisible: set[str]) -> _Handlers:
    """Handlers that gather the names of the styles of hidden sheets."""
    style = ""

    def on_style(attributes: Attributes) -> None:
        nonlocal style
        style = attributes.get("style:name", "")

    def on_properties(attributes: Attributes) -> None:
        if attributes.get("table:display") == "false":
            invisible.add(style)

    return {"style:style": on_style, "style:table-properties": on_properties}


def _structure(tables: list[Table], texts: list[str], objects: list[str]) -> _Handlers:
    """Handlers that share where the scan stands: row, column and the open cell, whose text is in `texts`, and what
    stands on it in `objects`."""
    rows = range(0)
    columns = range(0)
    cell: Attributes = {}

    def on_table(attributes: Attributes) -> None:
        nonlocal rows, columns
        rows, columns = range(0), range(0)
        name, style = attributes.get("table:name", ""), attributes.get("table:style-name", "")
        tables.append(Table(name, style, [], [], [], []))

    def on_column(attributes: Attributes) -> None:
        nonlocal columns
        columns = _next(columns, attributes.get("table:number-columns-repeated"))
        tables[-1].columns.append((columns, attributes.get("table:visibility") in _HIDDEN))

    def on_row(attributes: Attributes) -> None:
        nonlocal rows, columns
        rows, columns = _next(rows, attributes.get("table:number-rows-repeated")), range(0)
        tables[-1].rows.append((rows, attributes.get("table:visibility") in _HIDDEN))

    def on_cell(attributes: Attributes) -> None:
        nonlocal columns, cell
        columns = _next(columns, attributes.get("table:number-columns-repeated"))
        cell = attributes
        texts.clear()
        objects.clear()

    def on_end_of_cell(_: Attributes) -> None:
        if tables and cell.keys() & _TELLING:
            tables[-1].spans.append(Span(rows, columns, cell, "".join(texts), bool(objects)))

    def on_picture(attributes: Attributes) -> None:
        tables[-1].pictures.append(Picture((rows.start, columns.start), attributes[_HREF]))

    return {
        _PICTURE: on_picture,
        "table:table": on_table,
        "table:table-column": on_column,
        "table:table-row": on_row,
        **dict.fromkeys(_CELLS, on_cell),
        _END_OF_CELL: on_end_of_cell,
    }


def _next(before: range, repeated: str | None) -> range:
    if repeated is not None and int(repeated) == 0:
        raise ValueError("repeated never")  # readers differ on what becomes of it
    return range(before.stop, before.stop + int(repeated or 1))
