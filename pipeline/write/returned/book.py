"""The workbook's own part: which sheets there are, and one more in front of them."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.write.returned.draft import TYPES, Draft, content_type, relations_of, with_relation
from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.xml import (
    Edit,
    Element,
    children,
    elements_of,
    escaped,
    only,
    with_attribute,
)

SUFFIXES: Final[Mapping[str, str]] = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": ".xltx",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": ".xltm",
}
"""How the name of a file must end so that Excel opens it, by the content type of its workbook part."""
_LONGEST_NAME: Final = 31
_NAMES_BEFORE: Final = ("sheets", "functionGroups", "externalReferences")


@dataclass(frozen=True, slots=True)
class Book:
    """`sheets` are name and part in the order of the tabs (a part is empty where nothing is told of it); `kinds` is
    how the kinds of its relations begin, which differs in strict workbooks; `namespace` that of its elements."""

    part: str
    suffix: str
    sheets: tuple[tuple[str, str], ...]
    worksheets: frozenset[str]
    kinds: str
    namespace: str
    styles: str

    def sheet(self, name: str) -> str:
        """The part of the one worksheet of that name. Raises `Unmarkable`."""
        parts = [part for tab, part in self.sheets if tab == name and part in self.worksheets]
        if len(parts) != 1:
            raise Unmarkable(f"{len(parts)} worksheets of one name")
        return parts[0]


def book_of(draft: Draft) -> Book:
    """What the workbook says of itself. Raises `Unmarkable` where it is signed, shared, or no such workbook."""
    roots = relations_of(draft, "")
    if any(relation.kind.endswith("/digital-signature/origin") for relation in roots):
        raise Unmarkable("a digital signature")
    if any("/revisions/" in name for name in draft.package.entries):
        raise Unmarkable("a workbook that several people edit at once")
    part = next((relation.part for relation in roots if relation.is_ == "officeDocument"), "xl/workbook.xml")
    suffix = SUFFIXES.get(content_type(elements_of(draft.read(TYPES)), part))
    if suffix is None:
        raise Unmarkable("no content type of a workbook")
    relations = {relation.id: relation for relation in relations_of(draft, part)}
    found = elements_of(draft.read(part))
    tabs = [each.attributes for each in children(found, only(found, "sheets")[0])]
    identifiers = [_identifier(tab) for tab in tabs]
    worksheets = [each for each in relations.values() if each.is_ == "worksheet"]
    if not worksheets or any(identifier not in relations for identifier in identifiers):
        raise Unmarkable("sheets without parts")
    return Book(
        part=part,
        suffix=suffix,
        sheets=tuple(
            (tab.get("name", ""), relations[identifier].part)
            for tab, identifier in zip(tabs, identifiers, strict=True)
        ),
        worksheets=frozenset(each.part for each in worksheets),
        kinds=worksheets[0].kind.rpartition("/")[0],
        namespace=found[0].attributes.get(
            f"xmlns:{found[0].prefix[:-1]}" if found[0].prefix else "xmlns", ""
        ),
        styles=next((each.part for each in relations.values() if each.is_ == "styles"), ""),
    )


def _identifier(tab: Mapping[str, str]) -> str:
    return next((value for key, value in tab.items() if key.endswith(":id")), "")


def free_tab(book: Book, name: str) -> str:
    """The name for a new sheet, with a number behind it where there is one of that name."""
    taken = {tab.casefold() for tab, _ in book.sheets}
    numbered = (f"{name[: _LONGEST_NAME - 4]} ({n})" for n in range(2, 100))
    free = next((each for each in (name, *numbered) if each.casefold() not in taken), None)
    if free is None:
        raise Unmarkable("no name for another sheet")
    return free


def with_front_sheet(draft: Draft, book: Book, name: str, xml: bytes, titles: str) -> Draft:
    """With a first sheet, which is the one that shows; `titles` are its rows that are printed on each page."""
    part = draft.free_name(posixpath.join(posixpath.dirname(book.part), "worksheets", "sheet{}.xml"))
    draft = draft.with_part(
        part, xml, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    )
    draft, identifier = with_relation(draft, book.part, f"{book.kinds}/worksheet", part)
    source = draft.read(book.part)
    found = elements_of(source)
    edits = [*_sheet(found, name, identifier), *_views(source, found), *_names(source, found, name, titles)]
    return draft.edited(book.part, *edits)


def _sheet(found: Sequence[Element], name: str, identifier: str) -> list[Edit]:
    number, sheets = only(found, "sheets")
    tabs = children(found, number)
    id_name = next(key for key in tabs[0].attributes if key.endswith(":id"))
    highest = max(int(tab.attributes.get("sheetId", 0)) for tab in tabs)
    declared = f"xmlns:{id_name.partition(':')[0]}"
    known = declared in found[0].attributes or declared in sheets.attributes
    space = "" if known else f' {declared}="{escaped(tabs[0].attributes.get(declared, ""))}"'
    line = (
        f'<{sheets.prefix}sheet{space} name="{escaped(name)}" sheetId="{highest + 1}" {id_name}="{identifier}"/>'
    ).encode()
    return [(sheets.opened, sheets.opened, line)]


def _views(source: bytes, found: Sequence[Element]) -> list[Edit]:
    """The first window shows the new sheet, any other what it showed."""
    edits = []
    views = [
        each for each in found if each.local == "workbookView" and found[each.parent].local == "bookViews"
    ]
    for number, view in enumerate(views):
        tag = source[view.start : view.opened]
        shown = "0" if number == 0 else str(int(view.attributes.get("activeTab", 0)) + 1)
        tag = with_attribute(with_attribute(tag, "activeTab", shown), "firstSheet", None)
        edits.append((view.start, view.opened, tag))
    return edits


def _names(source: bytes, found: Sequence[Element], name: str, titles: str) -> list[Edit]:
    """Names that belong to a sheet still belong to it; one more, of the rows that are printed on each page."""
    edits = []
    for each in found:
        if each.local == "definedName" and "localSheetId" in each.attributes:
            tag = source[each.start : each.opened]
            place = str(int(each.attributes["localSheetId"]) + 1)
            edits.append((each.start, each.opened, with_attribute(tag, "localSheetId", place)))
    quoted = escaped(name.replace("'", "''"))
    prefix = found[0].prefix
    new = (
        f'<{prefix}definedName name="_xlnm.Print_Titles" localSheetId="0">\'{quoted}\'!{titles}'
        f"</{prefix}definedName>"
    )
    defined = [each for each in children(found, 0) if each.local == "definedNames"]
    if defined:
        return [*edits, _inside(source, defined[0], new.encode())]
    before = [each for each in children(found, 0) if each.local in _NAMES_BEFORE][-1]
    whole = f"<{prefix}definedNames>{new}</{prefix}definedNames>".encode()
    return [*edits, (before.end, before.end, whole)]


def _inside(source: bytes, element: Element, content: bytes) -> Edit:
    """At the beginning of an element, be it empty or not."""
    if source[element.opened - 2 : element.opened] == b"/>":
        tag = source[element.start : element.opened - 2].rstrip()
        return element.start, element.end, b"".join((tag, b">", content, b"</", element.name.encode(), b">"))
    return element.opened, element.opened, content
