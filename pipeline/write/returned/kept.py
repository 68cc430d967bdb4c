"""Each part of a workbook that marking may change, held against what it was: nothing is gone, and no more is added."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.model import Position, address
from pipeline.write.returned.book import Book
from pipeline.write.returned.draft import TYPES, Draft, relations_of
from pipeline.write.returned.outline import Outline, comments_of, outline_of, without_same_rows
from pipeline.write.returned.styles import styles_of
from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.xml import Element, children, elements_of, only

_IDMAP: Final = re.compile(rb"""(<o:idmap\b[^>]*?\bdata\s*=\s*)(["'])[\d,\s]+\2""")
_SHIFTED: Final = ("activeTab", "firstSheet")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked cell: the sheet's part, the number of the format that it had, its fill now, and what its note says."""

    part: str
    at: Position
    format: int
    fill: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """What was put into a workbook: a first sheet of that name, and the marks."""

    tab: str
    book: Book
    marks: tuple[Mark, ...]


def demand(holds: object, what: str) -> None:
    """Raise `Unmarkable` with what was to be proved, unless it holds."""
    if not holds:
        raise Unmarkable(f"not proved: {what}")


def check_of(name: str, promise: Promise) -> Callable[[Draft, Draft, str, Promise], None]:
    """How a part is looked at that was changed; none but these may be."""
    book = promise.book
    known = {TYPES: _prove_types, book.part: _prove_book, book.styles: _prove_styles}
    if name in known:
        return known[name]
    if any(name == part for _, part in book.sheets):
        return _prove_sheet
    if name.endswith(".rels"):
        return _prove_relations
    return _prove_drawing if name.endswith(".vml") else _prove_comments


def _sources(xml: bytes, elements: Sequence[Element]) -> list[bytes]:
    return [xml[each.start : each.end] for each in elements]


def _prove_types(old: Draft, new: Draft, name: str, _: Promise) -> None:
    was, is_ = old.read(name), new.read(name)
    before, after = (_sources(xml, children(elements_of(xml), 0)) for xml in (was, is_))
    demand(after[: len(before)] == before, "content types stay")


def _prove_book(old: Draft, new: Draft, name: str, promise: Promise) -> None:
    was, is_ = old.read(name), new.read(name)
    before, after = elements_of(was), elements_of(is_)
    ours = ("sheets", "bookViews", "definedNames")
    rest = [
        _sources(xml, [each for each in children(found, 0) if each.local not in ours])
        for xml, found in ((was, before), (is_, after))
    ]
    demand(rest[0] == rest[1], "the workbook stays")
    tabs = [
        _sources(xml, children(found, only(found, "sheets")[0]))
        for xml, found in ((was, before), (is_, after))
    ]
    demand(tabs[1][1:] == tabs[0], "the sheets stay in their order")
    first = children(after, only(after, "sheets")[0])[0]
    demand(first.attributes["name"] == promise.tab, "the list comes first")
    views = [
        [_without(each.attributes, _SHIFTED) for each in found if each.local == "workbookView"]
        for found in (before, after)
    ]
    demand(views[0] == views[1], "windows stay")
    demand(_names(is_, after, -1)[1:] == _names(was, before, 0), "names stay")


def _without(attributes: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if name not in names}


def _names(xml: bytes, found: Sequence[Element], shift: int) -> list[tuple[dict[str, str], bytes]]:
    """Every defined name with what it stands for; that of a sheet `shift` tabs on."""
    names = []
    for each in found:
        if each.local == "definedName":
            told = dict(each.attributes)
            if "localSheetId" in told:
                told["localSheetId"] = str(int(told["localSheetId"]) + shift)
            names.append((told, xml[each.opened : each.closing]))
    return names


def _prove_styles(old: Draft, new: Draft, name: str, _: Promise) -> None:
    was, is_ = styles_of(old.read(name)), styles_of(new.read(name))
    for each in was.collections:
        before, after = was.sources(each), is_.sources(each)
        demand(after[: len(before)] == before, f"{each} stay")
    rest = [
        _sources(each.xml, [top for top in children(each.found, 0) if top.local not in each.collections])
        for each in (was, is_)
    ]
    demand(rest[0] == rest[1], "other styles stay")


def _prove_sheet(old: Draft, new: Draft, name: str, promise: Promise) -> None:
    marks = {mark.at: mark for mark in promise.marks if mark.part == name}
    was, is_ = map(outline_of, without_same_rows(old.read(name), new.read(name)))
    demand(is_.rest == was.rest or (not was.has_notes and is_.has_notes), "the sheet around its cells stays")
    demand(is_.without_notes == was.without_notes, "the sheet around its cells stays")
    for at, cell in was.cells.items():
        demand(is_.cells.get(at) == cell, "every cell stays")
        demand(at in marks or was.formats[at] == is_.formats[at], "every format stays")
    demand(is_.cells.keys() - was.cells.keys() <= marks.keys(), "no cell is put in that is not marked")
    demand(all(is_.cells[at].empty for at in is_.cells.keys() - was.cells.keys()), "what is put in is empty")
    demand(all(is_.rows.get(row) == told for row, told in was.rows.items()), "every row stays")
    demand(is_.rows.keys() - was.rows.keys() <= {at[0] for at in marks}, "no other row is put in")
    _prove_fills(old, new, is_, marks, promise)


def _prove_fills(
    old: Draft, new: Draft, is_: Outline, marks: Mapping[Position, Mark], promise: Promise
) -> None:
    """Each marked cell has its own format again, but for the fill."""
    part = promise.book.styles
    before = styles_of(old.read(part)) if old.has(part) else None
    after = styles_of(new.read(part))
    formats, fills = after.collections["cellXfs"][1], after.sources("fills")
    base = before.collections["cellXfs"][1] if before else formats
    for at, mark in marks.items():
        now, then = formats[int(is_.formats[at])], base[mark.format]
        changed = ("fillId", "applyFill")
        demand(
            _without(now.attributes, changed) == _without(then.attributes, changed), "a format stays its own"
        )
        inner = (before or after).xml[then.opened : then.end]
        demand(after.xml[now.opened : now.end] == inner, "a format stays its own")
        colour = f'rgb="FF{mark.fill.lstrip("#")}"'.encode()
        demand(colour in fills[int(now.attributes["fillId"])], "a marked cell is filled")


def _prove_relations(old: Draft, new: Draft, name: str, _: Promise) -> None:
    folder, file = name.split("_rels/")
    source = f"{folder}{file.removesuffix('.rels')}"
    before = relations_of(old, source)
    demand(relations_of(new, source)[: len(before)] == before, "relations stay")


def _prove_drawing(old: Draft, new: Draft, name: str, _: Promise) -> None:
    was, is_ = (_IDMAP.sub(rb"\1\2\2", each.package.read(name)) for each in (old, new))
    end = was.rfind(b"</xml>")
    demand(is_.startswith(was[:end]) and is_.endswith(was[end:]), "what is drawn stays")


def _prove_comments(old: Draft, new: Draft, name: str, promise: Promise) -> None:
    was, is_ = old.read(name), new.read(name)
    demand(elements_of(was)[0].local == "comments", "no other part is changed")
    marked = {address(mark.at) for mark in promise.marks}
    before, after = _comments(was), _comments(is_)
    demand(list(after)[: len(before)] == list(before), "every note stays")
    texts = comments_of(was), comments_of(is_)
    for ref, source in before.items():
        said = tuple(found[ref] for found in texts)
        demand(source == after[ref] or ref in marked, "a note of nothing of ours stays as it is")
        demand(said[0][0] == said[1][0] and said[1][1].startswith(said[0][1]), "every note stays")


def _comments(xml: bytes) -> dict[str, bytes]:
    """The notes by the cell as it is written."""
    found = elements_of(xml)
    return {
        each.attributes.get("ref", ""): xml[each.start : each.end]
        for each in found
        if each.local == "comment"
    }
