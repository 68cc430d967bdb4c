"""How the parts of an OOXML package refer to one another, and the elements of its small parts."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.read.elements import BROKEN_XML, Attributes, new_parser
from pipeline.read.outcome import Unusable

_SHARED_STRINGS: Final = "/sharedStrings"
_WORKSHEET: Final = "/worksheet"
_IMAGE: Final = "/image"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the address of its kind, and the name of the other part, or of something `external`."""

    kind: str
    part: str
    external: bool

    @property
    def is_worksheet(self) -> bool:
        return self.kind.endswith(_WORKSHEET)

    @property
    def is_strings(self) -> bool:
        return self.kind.endswith(_SHARED_STRINGS)

    @property
    def is_image(self) -> bool:
        return self.kind.endswith(_IMAGE) and not self.external


def main_part(parts: Mapping[str, bytes], usual: str) -> str:
    """The workbook part: where the package says, nearly always the `usual`."""
    relations = relations_of(parts, "") if "_rels/.rels" in parts else {}
    named = (relation.part for relation in relations.values() if relation.kind.endswith("/officeDocument"))
    return next(named, usual)


def relations_of(parts: Mapping[str, bytes], part: str) -> dict[str, Relation]:
    """What a part refers to, by identifier; names as in `Archive.entries`."""
    folder = posixpath.dirname(part)
    return {
        attributes["Id"]: Relation(
            attributes["Type"],
            _resolved(folder, attributes["Target"]),
            attributes.get("TargetMode") == "External",
        )
        for name, attributes in elements_of(parts, relations_part(part))
        if name == "Relationship" and attributes.keys() >= {"Id", "Type", "Target"}
    }


def relations_part(part: str) -> str:
    """Where it is written what a part refers to."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def identifier_of(attributes: Attributes, name: str = "id") -> str:
    """The identifier of a relation that an element names, whatever the prefix: of r:id, or r:embed; empty if none."""
    return next((value for key, value in attributes.items() if key.endswith(f":{name}")), "")


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/").lower()


def elements_of(parts: Mapping[str, bytes], part: str) -> list[tuple[str, Attributes]]:
    """Name without prefix and attributes of every element of a small part."""
    found: list[tuple[str, Attributes]] = []
    parser = new_parser()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    try:
        parser.Parse(parts[part], True)
    except BROKEN_XML as error:
        raise Unusable("CORRUPT", part=part) from error
    return found
