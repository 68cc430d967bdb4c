"""Everything in a workbook or document that does more than stand there: formulas, links, fields, and parts that run."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, fromstring

# By the local name of the element: what of it is calculated, followed or run.
_TEXTS: Final = {
    "f": "formula", "definedName": "name", "formula": "formula", "formula1": "formula", "formula2": "formula",
    "instrText": "field", "delInstrText": "field",
}  # fmt: skip
_MARKS: Final = {
    "hyperlink": "link", "hlinkClick": "link", "hlinkHover": "link", "fldSimple": "field", "altChunk": "inclusion",
    "ddeLink": "dde", "oleLink": "dde", "oleObject": "object", "control": "object", "webPublishItem": "web",
    "attachedTemplate": "inclusion", "connection": "connection", "subDoc": "inclusion",
}  # fmt: skip
_QUIET_MEDIA: Final = {".png", ".jpeg", ".jpg", ".gif", ".bmp"}
_LOUD_PARTS: Final = re.compile(
    r"vbaProject|externalLink|/embeddings/|activeX|connections|customUI|queryTable|ctrlProp|webextension|\.bin$",
    re.IGNORECASE,
)


class Active(NamedTuple):
    """One such thing: the part it stands in, what kind it is, and what it says."""

    part: str
    kind: str
    text: str


def active(path: Path) -> list[Active]:
    """Everything of the file that calculates, leads elsewhere or runs, part by part."""
    with zipfile.ZipFile(path) as archive:
        return [found for name in sorted(archive.namelist()) for found in _of_part(name, archive.read(name))]


def outside(found: Active) -> bool:
    """Whether it leads out of the file, or runs."""
    return found.kind in ("outside", "part", "dde", "object", "inclusion", "connection", "web")


def _of_part(name: str, data: bytes) -> Iterator[Active]:
    if _LOUD_PARTS.search(name):
        yield Active(name, "part", "")
    if name.endswith((".xml", ".rels", ".vml")):
        for element in fromstring(data).iter():
            yield from _of_element(name, element)
    elif PurePosixPath(name).suffix not in _QUIET_MEDIA:
        yield Active(name, "part", "")


def _of_element(part: str, element: Element) -> Iterator[Active]:
    name = element.tag.rpartition("}")[2]
    if name == "Relationship" and element.get("TargetMode") == "External":
        yield Active(part, "outside", element.get("Target", ""))
    if _TEXTS.get(name) and element.text:
        yield Active(part, _TEXTS[name], element.text)
    if _MARKS.get(name):
        said = " ".join(f"{key.rpartition('}')[2]}={value}" for key, value in sorted(element.attrib.items()))
        yield Active(part, _MARKS[name], said)
