"""The formulas of a workbook with the values stored beside them, and a copy without those values."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, fromstring

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_VALUE_OF_FORMULA: Final = re.compile(rb"(<f(?: [^>]*)?(?:/>|>[^<]*</f>))<v>[^<]*</v>")


@dataclass(frozen=True, slots=True)
class Calculated:
    """A formula's cell and the value stored in it; `None` where there is none."""

    sheet: str
    cell: str
    value: float | str | bool | None


def calculated(path: Path) -> Iterator[Calculated]:
    """Every cell with a formula, sheet by sheet."""
    with zipfile.ZipFile(path) as archive:
        for name, part in sheets(archive):
            for cell in fromstring(archive.read(part)).iter(f"{_MAIN}c"):
                if cell.find(f"{_MAIN}f") is not None:
                    yield Calculated(name, cell.get("r", ""), _value(cell))


def without_values(path: Path, copy: Path) -> Path:
    """A copy in which no formula has a value, so that whoever opens it must calculate."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.startswith("xl/worksheets/"):
                content = _VALUE_OF_FORMULA.sub(rb"\1", content)
            target.writestr(item, content)
    return copy


def sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The sheets in their order, each with its part."""
    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    return [(sheet.get("name", ""), _part(targets[sheet.get(_LINK)])) for sheet in found]


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _value(cell: Element) -> float | str | bool | None:
    value = cell.find(f"{_MAIN}v")
    if value is None or value.text is None:
        return None if value is None else ""
    kind = cell.get("t", "n")
    if kind == "b":
        return value.text == "1"
    return value.text if kind in ("str", "e", "s") else float(value.text)
