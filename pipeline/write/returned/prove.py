"""Looks at a marked workbook as a stranger would: all that was there is there, and what was promised is there, too."""

import io
import re
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from pipeline.model import address
from pipeline.write.cells import safe_text
from pipeline.write.returned.draft import TYPES, Draft, content_type, relations_of
from pipeline.write.returned.kept import Mark, Promise, check_of, demand
from pipeline.write.returned.notes import talked_about
from pipeline.write.returned.outline import area_of, comments_of, plain
from pipeline.write.returned.package import Package, open_package
from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.xml import check_well_formed, elements_of

MOST_STRINGS: Final = 1_000_000
LARGEST_AREA: Final = 4_000_000
"""What calamine is trusted with: it sets memory aside for whatever a file claims."""
_CLAIMED: Final = re.compile(rb"""uniqueCount\s*=\s*["'](\d+)""")


def prove(before: bytes, after: bytes, promise: Promise) -> None:
    """Raise `Unmarkable` unless every part that is not ours to change has the same bytes, every cell says the same,
    and the marks are there. What `open_package` and `expat` raise for a part that cannot be read."""
    old, new = Draft(open_package(before)), Draft(open_package(after))
    changed = _changed(old.package, new.package)
    for name in changed:
        if not name.endswith(".vml"):  # those are not always well-formed before they come to us
            check_well_formed(new.read(name))
        check_of(name, promise)(old, new, name, promise)
    for part in {mark.part for mark in promise.marks}:
        _prove_notes(new, part, [mark for mark in promise.marks if mark.part == part])
    _prove_new(old, new)
    _prove_values(before, after, old, promise)


def _changed(old: Package, new: Package) -> list[str]:
    """The parts whose bytes differ; every one is there, in its old order, before any new one."""
    names = list(old.entries)
    demand(names == list(new.entries)[: len(names)], "all parts are there")
    changed = []
    for name in names:
        was, is_ = old.entries[name], new.entries[name]
        demand(
            (was.name, was.when, was.external) == (is_.name, is_.when, is_.external),
            "a part is called the same",
        )
        if (was.method, was.crc, was.size, was.packed) != (is_.method, is_.crc, is_.size, is_.packed):
            changed.append(name)
    return changed


def _prove_notes(new: Draft, part: str, marks: list[Mark]) -> None:
    """What each marked cell is noted with, but for cells with a conversation."""
    relations = relations_of(new, part)
    noted = next((each.part for each in relations if each.is_ == "comments"), "")
    notes = comments_of(new.read(noted)) if noted else {}
    talked = talked_about(new, relations)
    for mark in marks:
        said = notes.get(address(mark.at), ("", ""))[1]
        demand(
            mark.at in talked or all(plain(safe_text(text)) in plain(said) for text in mark.texts),
            "a cell is noted",
        )
    drawn = [each.part for each in relations if each.is_ == "vmlDrawing"]
    demand(
        not notes or any(new.package.read(each).count(b"</x:ClientData>") for each in drawn),
        "notes are drawn",
    )


def _prove_new(old: Draft, new: Draft) -> None:
    """Every new part is announced, well-formed, and refers to parts that are there."""
    types = elements_of(new.read(TYPES))
    for name in new.package.entries.keys() - old.package.entries.keys():
        demand(content_type(types, name) not in ("", "application/xml"), "a new part is announced")
        check_well_formed(new.read(name))
    for name in new.package.entries:
        if name.endswith(".rels"):
            folder, _, file = name.rpartition("_rels/")
            source = f"{folder}{file.removesuffix('.rels')}"
            known = {each.id for each in relations_of(old, source)}
            ours = [each for each in relations_of(new, source) if each.id not in known]
            demand(all(new.has(each.part) for each in ours), "a new relation leads to a part")


def _prove_values(before: bytes, after: bytes, old: Draft, promise: Promise) -> None:
    """A reader of spreadsheets opens both, and reads the same on every marked sheet."""
    strings = next((name for name in old.package.entries if name.endswith("sharedstrings.xml")), "")
    claimed = _CLAIMED.search(old.package.read(strings)[:4096]) if strings else None
    demand(not claimed or int(claimed[1]) <= MOST_STRINGS, "a reader of spreadsheets can be trusted with it")
    wanted = {mark.part for mark in promise.marks}
    indexes = [index for index, (_, part) in enumerate(promise.book.sheets) if part in wanted]
    for part in wanted:
        demand(area_of(old.read(part)) <= LARGEST_AREA, "a reader of spreadsheets can be trusted with it")
    was, is_ = _values(before, indexes), _values(after, [index + 1 for index in indexes])
    demand(is_[0] == [promise.tab, *was[0]], "a reader of spreadsheets finds the sheets")
    demand(is_[1] == was[1], "a reader of spreadsheets finds the values")


def _values(data: bytes, indexes: list[int]) -> tuple[list[str], list[Any]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return book.sheet_names, [repr(book.get_sheet_by_index(each).to_python()) for each in indexes]
    except CalamineError as error:
        raise Unmarkable(f"not proved: a reader of spreadsheets says {error}") from error
    except BaseException as error:
        # A panic of the Rust library derives from BaseException and has no name to import.
        if type(error).__name__ != "PanicException":
            raise
        raise Unmarkable(f"not proved: a reader of spreadsheets panics: {error}") from error
