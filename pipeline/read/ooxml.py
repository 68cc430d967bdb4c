"""An OOXML workbook (.xlsx, .xlsm): what its parts say before a reader is trusted with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.model import Finding, Picture
from pipeline.read.elements import BROKEN_XML, TRUE, Attributes, new_parser
from pipeline.read.outcome import Unusable
from pipeline.read.relations import Relation, elements_of, identifier_of, main_part, relations_of
from pipeline.read.sheet import SheetScan, is_blank, scan_sheet

# Readers set memory aside for as many shared strings as a file claims to have.
MOST_CLAIMED_STRINGS: Final = 1_000_000
_DOCTYPES: Final = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
MAIN_PART: Final = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Strings:
    """The shared strings: which hold nothing, by number as text, and how many the file claims to have."""

    blank: frozenset[str]
    claimed: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet and its place among all sheets of the workbook, charts included; the part that holds it, and its
    pictures: `placed` in a cell, or standing on the sheet."""

    name: str
    index: int
    hidden: bool
    scan: SheetScan
    part: str = ""
    pictures: tuple[Picture, ...] = ()
    placed: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """All worksheets in the order of their tabs; `tabs` counts the charts, too. Findings leave it readable."""

    sheets: tuple[Sheet, ...]
    tabs: int
    strings: Strings
    findings: tuple[Finding, ...]


def scan_package(parts: Mapping[str, bytes], names: frozenset[str]) -> Package:
    """Scan the parts of a workbook; `names` are those of all entries, pictures and macros included.

    Raises `Unusable`: CORRUPT (fact `part`), UNSAFE_ARCHIVE, TOO_BIG_GRID.
    """
    for name, content in parts.items():
        if any(doctype in content for doctype in _DOCTYPES):
            raise Unusable("UNSAFE_ARCHIVE", reason="มีคำสั่งแปลกปลอม (DOCTYPE) อยู่ข้างใน", part=name)
    book = main_part(parts, MAIN_PART)
    relations = relations_of(parts, book)
    elements = elements_of(parts, book)
    strings = _strings(parts, relations)
    tabs = [attributes for name, attributes in elements if name == "sheet"]
    return Package(
        sheets=tuple(
            Sheet(
                tab.get("name", ""),
                index,
                tab.get("state", "visible") != "visible",
                _scan(parts, part, strings),
                part,
            )
            for index, tab in enumerate(tabs)
            if (part := _worksheet_part(tab, relations))
        ),
        tabs=len(tabs),
        strings=strings,
        findings=_findings(elements, names),
    )


def _worksheet_part(tab: Attributes, relations: Mapping[str, Relation]) -> str:
    """The part of a sheet, empty for charts, dialogs and old macro sheets, which hold no figures."""
    relation = relations.get(identifier_of(tab))
    if relation is None:
        raise Unusable("CORRUPT", sheet=tab.get("name", ""), part="workbook.xml.rels")
    return relation.part if relation.is_worksheet else ""


def _scan(parts: Mapping[str, bytes], part: str, strings: Strings) -> SheetScan:
    try:
        return scan_sheet(parts[part], strings.blank)
    except BROKEN_XML as error:
        raise Unusable("CORRUPT", part=part) from error


def _strings(parts: Mapping[str, bytes], relations: Mapping[str, Relation]) -> Strings:
    part = next((relation.part for relation in relations.values() if relation.is_strings), "")
    if part not in parts:
        return Strings(frozenset(), 0)
    try:
        return _scan_strings(parts[part])
    except BROKEN_XML as error:
        raise Unusable("CORRUPT", part=part) from error


def _scan_strings(xml: bytes) -> Strings:
    """Only text outside `rPh` counts: that holds how a word is read aloud."""
    blank: list[bool] = []
    claimed: list[int] = []
    inside = False
    aloud = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside, aloud
        name = name.rpartition(":")[2]
        inside = name == "t" and not aloud
        if name == "si":
            blank.append(True)
            aloud = False
        elif name == "rPh":
            aloud = True
        elif name == "sst":
            claimed.append(int(attributes.get("uniqueCount", 0)))

    def text(data: str) -> None:
        if inside and blank[-1] and not is_blank(data):
            blank[-1] = False

    parser = new_parser()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
    return Strings(
        frozenset(str(number) for number, empty in enumerate(blank) if empty), max(claimed, default=0)
    )


def _findings(elements: list[tuple[str, Attributes]], names: frozenset[str]) -> tuple[Finding, ...]:
    """What is worth a note and changes nothing; that of the Macintosh calendar comes last."""
    date1904 = any(
        attributes.get("date1904") in TRUE for name, attributes in elements if name == "workbookPr"
    )
    return (*findings_of_names(names), *((Finding("DATE1904"),) if date1904 else ()))


def findings_of_names(names: frozenset[str]) -> tuple[Finding, ...]:
    """Notes that the names of the entries tell: macros, links to other workbooks."""
    checks = (
        (any(name.endswith("vbaproject.bin") for name in names), "MACRO"),
        (
            any("/externallinks/" in name and name.endswith((".xml", ".bin")) for name in names),
            "EXTERNAL_LINK",
        ),
    )
    return tuple(Finding(code) for is_so, code in checks if is_so)
