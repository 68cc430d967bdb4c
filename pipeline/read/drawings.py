"""What is drawn on the sheets of an OOXML workbook: from a sheet to its drawing, from there to the pictures.

A picture is no figure: what is wrong with a drawing costs its pictures, never the workbook.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count, pairwise
from typing import Final

from pipeline.model import Picture, Position
from pipeline.read.archive import MEBIBYTE
from pipeline.read.elements import BROKEN_XML, Attributes, new_parser
from pipeline.read.ooxml import Sheet
from pipeline.read.outcome import Unusable
from pipeline.read.pictures import listed
from pipeline.read.relations import identifier_of, relations_of, relations_part

HEAVIEST: Final = 16 * MEBIBYTE
"""What the parts that lead to the pictures of a workbook may weigh together; each takes a thousand bytes or two."""
DEEPEST: Final = 100
_ANCHORS: Final = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")

_Element = tuple[str, int]
"""Its name, and how many began before it."""
_Shown = tuple[Position, str, dict[int, int]]


def with_drawn(
    sheets: tuple[Sheet, ...], parts: Mapping[str, bytes], names: frozenset[str]
) -> tuple[Sheet, ...]:
    """The sheets, each with the pictures that are drawn on it; `names` are those of all entries of the archive."""
    drawn = {sheet.part: sheet.scan.drawing for sheet in sheets if sheet.scan.drawing}
    if not drawn or is_heavy(parts, map(relations_part, drawn)):
        return sheets
    drawings = {part: _drawing(parts, part, identifier) for part, identifier in drawn.items()}
    used = frozenset(drawings.values())
    if is_heavy(parts, (*used, *map(relations_part, used))):
        return sheets
    pictures = {drawing: _pictures(parts, names, drawing) for drawing in used}
    return tuple(
        replace(sheet, pictures=pictures[drawings[sheet.part]]) if sheet.part in drawings else sheet
        for sheet in sheets
    )


def is_heavy(parts: Mapping[str, bytes], names: Iterable[str]) -> bool:
    """Whether these parts together are more than any pictures need."""
    return sum(len(parts.get(name, b"")) for name in names) > HEAVIEST


def _drawing(parts: Mapping[str, bytes], sheet: str, identifier: str) -> str:
    """The part in which a sheet's drawing is written; empty when that cannot be told."""
    try:
        relation = relations_of(parts, sheet).get(identifier)
    except Unusable:
        return ""
    return relation.part if relation and not relation.external else ""


def _pictures(parts: Mapping[str, bytes], names: frozenset[str], drawing: str) -> tuple[Picture, ...]:
    """The pictures of a drawing that the archive holds."""
    try:
        shown = _shown(parts[drawing])
        relations = relations_of(parts, drawing) if shown else {}
    except (*BROKEN_XML, Unusable):
        return ()
    return listed(
        Picture(position, relation.part)
        for position, identifier in shown
        if (relation := relations.get(identifier)) and relation.is_image and relation.part in names
    )


def _shown(xml: bytes) -> list[tuple[Position, str]]:
    """Position and identifier of each picture, as the drawing has them. Raises what `BROKEN_XML` names, `Unusable`."""
    shown: list[_Shown] = []
    path: list[_Element] = []
    numbers = count()
    corner = {"row": "", "col": ""}

    def start(name: str, attributes: Attributes) -> None:
        element = name.rpartition(":")[2]
        path.append((element, next(numbers)))
        if len(path) > DEEPEST:
            raise ValueError("elements within elements without end")
        if element in _ANCHORS:
            corner.update(row="", col="")
        elif element == "blip" and [outer for outer, _ in path[-3:-1]] == ["pic", "blipFill"]:
            shown.append((_position(corner), identifier_of(attributes, "embed"), _choices(path)))

    def text(data: str) -> None:
        if len(path) > 1 and path[-2][0] == "from" and path[-1][0] in corner:
            corner[path[-1][0]] += data

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: path.pop()
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return _without_alternatives(shown)


def _choices(path: list[_Element]) -> dict[int, int]:
    """The alternatives within which an element stands: the number of each group, and of the one in it."""
    return {group: choice for (name, group), (_, choice) in pairwise(path) if name == "AlternateContent"}


def _without_alternatives(shown: list[_Shown]) -> list[tuple[Position, str]]:
    """Of alternatives, the first that shows a picture: no program shows two of them."""
    taken: dict[int, int] = {}
    return [
        (position, identifier)
        for position, identifier, choices in shown
        if all(taken.setdefault(group, choice) == choice for group, choice in choices.items())
    ]


def _position(corner: Mapping[str, str]) -> Position:
    """What stands at no cell (absoluteAnchor) is said to stand at the first."""
    return int(corner["row"] or 0), int(corner["col"] or 0)
