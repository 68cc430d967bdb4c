"""A district's workbook, marked: the list in front, its cells filled and noted, everything else as it was."""

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.model import Position
from pipeline.write.palette import SEVERITY_COLOURS
from pipeline.write.returned.book import Book, book_of, free_tab, with_front_sheet
from pipeline.write.returned.cells import format_edits, format_of, view_edits
from pipeline.write.returned.draft import Draft, finished, with_relation
from pipeline.write.returned.kept import Mark, Promise
from pipeline.write.returned.notes import with_notes
from pipeline.write.returned.package import open_package
from pipeline.write.returned.prove import prove
from pipeline.write.returned.scan import Scan, anchor, scan_sheet
from pipeline.write.returned.styles import BARE, digit_px, styles_of, with_formats
from pipeline.write.returned.transplant import ListBook, front_sheet
from pipeline.write.returned.unmarkable import Unmarkable
from schemas.form import Severity

SEVERITIES: Final[tuple[Severity, ...]] = ("must_fix", "please_explain")
"""Those whose cells are filled, the graver first."""
_FILLS: Final = tuple(SEVERITY_COLOURS[severity][1] for severity in SEVERITIES)
_STYLES_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_HEAD: Final = 1 << 15


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell to mark: its sheet, how grave what was found is, and the note in words."""

    sheet: str
    at: Position
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The workbook as it is given back, and how its name must end."""

    data: bytes
    suffix: str


Draw = Callable[[frozenset[str]], bytes]
"""Makes the list as a workbook of its own, given the names of the sheets that it may link to."""


def marked(data: bytes, spots: Sequence[Spot], author: str, tab: str, draw: Draw) -> Marked:
    """The workbook with its spots marked and a list in front; `draw` makes the list as a workbook of its own, given
    the names of the sheets that it may link to.

    Raises `Unmarkable` where anything is not understood or not proved; a damaged workbook also `ExpatError`,
    `ValueError`, `LookupError`, `BadZipFile`, `zlib.error`, `struct.error`.
    """
    draft = Draft(open_package(data))
    book = book_of(draft)
    front = ListBook(
        open_package(draw(frozenset(name for name, part in book.sheets if part in book.worksheets)))
    )
    by_part = _by_part(book, spots)
    scans = {part: _scanned(draft, part, found) for part, found in by_part.items()}
    shown = {part: _shown(scans[part], found) for part, found in by_part.items()}
    draft, book = _with_styles(draft, book)
    clones = {
        (part, at): (format_of(scans[part], at), SEVERITIES.index(worst(found)))
        for part, cells in shown.items()
        for at, found in cells.items()
    }
    styles, numbers, first = with_formats(
        draft.read(book.styles), _FILLS, clones.values(), front.part("xl/styles.xml")
    )
    pixels = digit_px(styles_of(draft.read(book.styles)))
    draft = draft.with_part(book.styles, styles)
    for part, cells in shown.items():
        formats = {at: numbers[clones[part, at]] for at in cells}
        texts = {at: "\n\n".join(dict.fromkeys(spot.text for spot in found)) for at, found in cells.items()}
        draft = _with_marks(draft, book, part, scans[part], formats, texts, author)
    draft = _with_others_unselected(draft, book, frozenset(shown))
    name = free_tab(book, tab)
    draft = with_front_sheet(draft, book, name, front_sheet(front, first, pixels, book), front.titles)
    made = finished(draft)
    marks = tuple(
        Mark(part, at, format_of(scans[part], at), _FILLS[clones[part, at][1]], tuple(s.text for s in found))
        for part, cells in shown.items()
        for at, found in cells.items()
    )
    prove(data, made, Promise(name, book, marks))
    return Marked(made, book.suffix)


def worst(spots: Sequence[Spot]) -> Severity:
    """The gravest of what was found at one cell."""
    return min((spot.severity for spot in spots), key=SEVERITIES.index)


def _by_part(book: Book, spots: Sequence[Spot]) -> dict[str, list[Spot]]:
    """The spots by the part of their sheet, in the order of the tabs."""
    parts: dict[str, list[Spot]] = {part: [] for _, part in book.sheets}
    for spot in spots:
        parts[book.sheet(spot.sheet)].append(spot)
    return {part: found for part, found in parts.items() if found}


def _scanned(draft: Draft, part: str, spots: Sequence[Spot]) -> Scan:
    """A sheet with the cells of every row in which anything may be marked."""
    xml = draft.read(part)
    rows = {spot.at[0] for spot in spots}
    scan = scan_sheet(xml, rows)
    anchors = {anchor(scan, spot.at)[0] for spot in spots}
    return scan if anchors <= rows else scan_sheet(xml, anchors | rows)


def _shown(scan: Scan, spots: Sequence[Spot]) -> dict[Position, list[Spot]]:
    """The spots by the cell that shows them, the first one of a merged range."""
    shown: dict[Position, list[Spot]] = {}
    for spot in spots:
        shown.setdefault(anchor(scan, spot.at), []).append(spot)
    return shown


def _with_styles(draft: Draft, book: Book) -> tuple[Draft, Book]:
    """With a part for formats, if there was none and no cell of the workbook asks for any."""
    if book.styles:
        return draft, book
    if any(re.search(rb"""\s(s|style)\s*=\s*["'][1-9]""", draft.read(part)) for _, part in book.sheets):
        raise Unmarkable("cells with formats that are nowhere")
    usual = posixpath.join(posixpath.dirname(book.part), "styles.xml")  # some readers know no other name
    part = draft.free_name(usual.replace(".xml", "{}.xml")) if draft.has(usual) else usual
    draft = draft.with_part(part, BARE.format(book.namespace).encode(), _STYLES_TYPE)
    draft, _ = with_relation(draft, book.part, f"{book.kinds}/styles", part)
    return draft, replace(book, styles=part)


def _with_marks(  # noqa: PLR0913, PLR0917 — a sheet, and what is put into it
    draft: Draft,
    book: Book,
    part: str,
    scan: Scan,
    formats: Mapping[Position, int],
    texts: Mapping[Position, str],
    author: str,
) -> Draft:
    """With one sheet's cells filled and noted."""
    xml = draft.read(part)
    draft, reference = with_notes(draft, book, part, scan, texts, author)
    return draft.edited(part, *view_edits(xml, scan), *format_edits(xml, scan, formats), *reference)


def _with_others_unselected(draft: Draft, book: Book, done: frozenset[str]) -> Draft:
    for _, part in book.sheets:
        if part not in done and b"tabSelected" in draft.read(part)[:_HEAD]:
            xml = draft.read(part)
            edits = tuple(view_edits(xml, scan_sheet(xml)))
            draft = draft.edited(part, *edits) if edits else draft
    return draft
