"""A workbook while it is being marked: its package, the parts that changed so far, how parts refer to each other."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.write.returned.package import Package, packed
from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.xml import Edit, Element, appended, elements_of, escaped, in_utf8, spliced

TYPES: Final = "[content_types].xml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_NO_RELATIONS: Final = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONS}"></Relationships>'
).encode()


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: its identifier, the address of its kind, and the other part (or something `external`)."""

    id: str
    kind: str
    part: str
    external: bool

    @property
    def is_(self) -> str:
        """The last word of its kind: worksheet, comments …"""
        return self.kind.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Draft:
    """`parts` are those that changed or are new; `types` the content types of the new ones."""

    package: Package
    parts: Mapping[str, bytes] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.parts or name in self.package.entries

    def read(self, name: str) -> bytes:
        """A part as it stands now, in UTF-8. Raises `Unmarkable` if there is none."""
        return self.parts[name] if name in self.parts else in_utf8(self.package.read(name))

    def with_part(self, name: str, content: bytes, kind: str = "") -> "Draft":
        """With a part changed, or a new one of a content type."""
        types = {**self.types, name: kind} if kind else self.types
        return replace(self, parts={**self.parts, name: content}, types=types)

    def edited(self, name: str, *edits: Edit) -> "Draft":
        """With edits made in a part."""
        return self.with_part(name, spliced(self.read(name), edits))

    def free_name(self, pattern: str) -> str:
        """The first name of the pattern (`{}` is a number) that no part has."""
        return next(name for n in range(1, 100_000) if not self.has(name := pattern.format(n)))


def relations_part(part: str) -> str:
    """Where it is written what a part refers to."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def relations_of(draft: Draft, part: str) -> tuple[Relation, ...]:
    """What a part refers to; nothing if that is written nowhere."""
    name = relations_part(part)
    if not draft.has(name):
        return ()
    return tuple(
        _relation(each.attributes, posixpath.dirname(part))
        for each in elements_of(draft.read(name))
        if each.local == "Relationship"
    )


def _relation(attributes: Mapping[str, str], folder: str) -> Relation:
    if not attributes.keys() >= {"Id", "Type", "Target"}:
        raise Unmarkable("a relation that refers to nothing")
    target = attributes["Target"].replace("\\", "/")
    part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
    return Relation(attributes["Id"], attributes["Type"], part, attributes.get("TargetMode") == "External")


def with_relation(draft: Draft, source: str, kind: str, part: str) -> tuple[Draft, str]:
    """With a relation from one part to another; returns its identifier, too."""
    name = relations_part(source)
    known = {relation.id for relation in relations_of(draft, source)}
    identifier = next(each for n in range(1, 100_000) if (each := f"rId{n}") not in known)
    if not draft.has(name):
        covered = any(
            each.local == "Default" and each.attributes.get("Extension", "").lower() == "rels"
            for each in elements_of(draft.read(TYPES))
        )
        draft = draft.with_part(name, _NO_RELATIONS, "" if covered else _RELATIONS_TYPE)
    root = elements_of(draft.read(name))[0]
    line = (
        f'<{root.prefix}Relationship Id="{identifier}" Type="{escaped(kind)}" Target="/{escaped(part)}"/>'
    ).encode()
    return draft.edited(name, appended(draft.read(name), root, line)), identifier


def content_type(found: Sequence[Element], part: str) -> str:
    """The content type of a part by the elements of [Content_Types].xml; empty when none is told."""
    defaults = {}
    for each in found:
        told = each.attributes
        if each.local == "Override" and told.get("PartName", "").lstrip("/").lower() == part:
            return told.get("ContentType", "")
        if each.local == "Default":
            defaults[told.get("Extension", "").lower()] = told.get("ContentType", "")
    return defaults.get(part.rpartition(".")[2], "")


def finished(draft: Draft) -> bytes:
    """The workbook, its new parts announced in [Content_Types].xml."""
    xml = draft.read(TYPES)
    root = elements_of(xml)[0]
    lines = "".join(
        f'<{root.prefix}Override PartName="/{escaped(name)}" ContentType="{kind}"/>'
        for name, kind in draft.types.items()
    )
    made = draft.edited(TYPES, appended(xml, root, lines.encode())) if lines else draft
    return packed(made.package, made.parts)
