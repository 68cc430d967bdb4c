"""Pictures placed in the cells of a workbook ([MS-XLSX] 2.3.6): to old programs such a cell is the error #VALUE!.

A cell names a block of metadata by its number, the block a rich value, the value by its structure a relation, and
that one the part of the picture. What is wrong on this way costs the pictures, never the workbook.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from pipeline.model import Picture
from pipeline.read.drawings import is_heavy
from pipeline.read.elements import BROKEN_XML, Attributes, new_parser
from pipeline.read.ooxml import MAIN_PART, Sheet
from pipeline.read.outcome import Unusable
from pipeline.read.pictures import listed
from pipeline.read.relations import elements_of, identifier_of, main_part, relations_of, relations_part

_KINDS: Final = ("/sheetMetadata", "/rdRichValue", "/rdRichValueStructure", "/richValueRel")
_RICH: Final = "XLRICHVALUE"
_STRUCTURE: Final = "_localImage"
_FIELD: Final = "_rvRel:LocalImageIdentifier"

Elements = list[tuple[str, Attributes]]


def with_placed(
    sheets: tuple[Sheet, ...], parts: Mapping[str, bytes], names: frozenset[str]
) -> tuple[Sheet, ...]:
    """The sheets, each with the pictures that are placed in its cells; `names` are those of all entries."""
    if not any(sheet.scan.rich_values for sheet in sheets):
        return sheets
    try:
        found = dict(_pictures(parts, names))
    except (*BROKEN_XML, Unusable):
        return sheets
    return tuple(
        replace(
            sheet,
            placed=listed(
                Picture(position, found[number])
                for position, number in sheet.scan.rich_values.items()
                if number in found
            ),
        )
        for sheet in sheets
    )


def _pictures(parts: Mapping[str, bytes], names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The part of each picture, by the number that cells know it by."""
    relations = relations_of(parts, main_part(parts, MAIN_PART)).values()
    ways = [next((each.part for each in relations if each.kind.endswith(kind)), "") for kind in _KINDS]
    metadata, values, structures, links = ways
    if is_heavy(parts, (*ways, relations_part(links))):
        return
    fields = _fields(elements_of(parts, structures))
    rich_values = _rich_values(parts[values])
    identifiers = [identifier_of(each) for name, each in elements_of(parts, links) if name == "rel"]
    images = relations_of(parts, links)
    for number, value in _numbers(elements_of(parts, metadata)).items():
        structure, texts = rich_values[value]
        if structure in fields:
            image = images[identifiers[int(texts[fields[structure]])]]
            if image.is_image and image.part in names:
                yield number, image.part


def _numbers(metadata: Elements) -> dict[str, int]:
    """The place of the rich value that each numbered block stands for."""
    kinds = [attributes.get("name", "") for name, attributes in metadata if name == "metadataType"]
    values: list[int] = []
    blocks: list[int] = []
    section = ""
    for name, attributes in metadata:
        if name.endswith("Metadata"):
            section = name
        elif name == "rvb":
            values.append(int(attributes["i"]))
        elif section == "valueMetadata":
            if name == "bk":
                blocks.append(-1)
            elif name == "rc" and kinds[int(attributes["t"]) - 1] == _RICH:
                blocks[-1] = values[int(attributes["v"])]
    return {str(number): value for number, value in enumerate(blocks, 1) if value >= 0}


def _fields(elements: Elements) -> dict[int, int]:
    """Which field of a structure tells the picture, by the place of the structure."""
    structures: list[tuple[str, list[str]]] = []
    for name, attributes in elements:
        if name == "s":
            structures.append((attributes.get("t", ""), []))
        elif name == "k":
            structures[-1][1].append(attributes.get("n", ""))
    return {
        place: keys.index(_FIELD)
        for place, (kind, keys) in enumerate(structures)
        if kind == _STRUCTURE and _FIELD in keys
    }


def _rich_values(xml: bytes) -> list[tuple[int, list[str]]]:
    """The structure and the fields of each rich value."""
    values: list[tuple[int, list[str]]] = []
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        element = name.rpartition(":")[2]
        inside = element == "v"
        if element == "rv":
            values.append((int(attributes["s"]), []))
        elif inside:
            values[-1][1].append("")

    def end(_: str) -> None:
        nonlocal inside
        inside = False

    def text(data: str) -> None:
        if inside:
            values[-1][1][-1] += data

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return values
