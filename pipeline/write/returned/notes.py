"""Notes of ours at cells, beside those that are there: a sheet's comments, and the drawing that shows them."""

import posixpath
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.model import Position, address, position_of
from pipeline.write.cells import safe_text
from pipeline.write.returned.book import Book
from pipeline.write.returned.draft import Draft, Relation, relations_of, with_relation
from pipeline.write.returned.outline import comments_of, plain
from pipeline.write.returned.scan import Scan
from pipeline.write.returned.shapes import with_shapes
from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.xml import (
    Edit,
    Element,
    appended,
    children,
    elements_of,
    escaped,
    only,
)

_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_NO_COMMENTS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{}"></comments>'
)
_FONT: Final = '<{p}rPr>{b}<{p}sz val="14"/><{p}rFont val="TH Sarabun New"/></{p}rPr>'


def with_notes(
    draft: Draft, book: Book, sheet: str, scan: Scan, notes: Mapping[Position, str], author: str
) -> tuple[Draft, list[Edit]]:
    """With a note at each of the cells; returns the edits that the sheet itself needs, too.

    Where a cell has a note already ours is added to it; a cell that is talked about (a threaded comment) has none of
    ours, for its note is only a picture of what is said.
    """
    relations = relations_of(draft, sheet)
    notes = {at: text for at, text in notes.items() if at not in talked_about(draft, relations)}
    if not notes:
        return draft, []
    draft, new = _with_comments(draft, book, sheet, relations, notes, author)
    return with_shapes(draft, book, sheet, scan, relations, {at: notes[at] for at in new})


def talked_about(draft: Draft, relations: tuple[Relation, ...]) -> frozenset[Position]:
    """The cells of a sheet with a threaded comment."""
    found = [
        each.attributes.get("ref", "")
        for relation in relations
        if relation.is_ == "threadedComment" and draft.has(relation.part)
        for each in elements_of(draft.read(relation.part))
        if each.local == "threadedComment"
    ]
    return frozenset(at for ref in found if (at := position_of(ref)))


def _part(relations: tuple[Relation, ...], kind: str) -> str:
    return next((each.part for each in relations if each.is_ == kind and not each.external), "")


def _with_comments(
    draft: Draft,
    book: Book,
    sheet: str,
    relations: tuple[Relation, ...],
    notes: Mapping[Position, str],
    author: str,
) -> tuple[Draft, list[Position]]:
    """With the texts of the notes; returns which cells had none before."""
    part = _part(relations, "comments")
    if not part:
        folder = posixpath.dirname(book.part)
        part = draft.free_name(posixpath.join(folder, "comments{}.xml"))
        empty = _NO_COMMENTS.format(book.namespace).encode()
        draft = draft.with_part(part, empty, _COMMENTS_TYPE)
        draft, _ = with_relation(draft, sheet, f"{book.kinds}/comments", part)
    xml = draft.read(part)
    found = elements_of(xml)
    there = {
        at: number
        for number, each in enumerate(found)
        if each.local == "comment" and (at := position_of(each.attributes.get("ref", "")))
    }
    new = [at for at in sorted(notes) if at not in there]
    edits = [
        edit
        for (at, number), (_, said) in zip(there.items(), comments_of(xml).values(), strict=True)
        if at in notes
        and plain(safe_text(notes[at])) not in plain(said)  # the file may have come with our note
        for edit in _added(xml, found, number, notes[at])
    ]
    edits += _listed(xml, found, {at: notes[at] for at in new}, author)
    return draft.edited(part, *edits), new


def _listed(xml: bytes, found: Sequence[Element], notes: Mapping[Position, str], author: str) -> list[Edit]:
    """The edits that put new comments of a new author behind those that are there."""
    root = found[0]
    p = root.prefix
    tops = {each.local: each for each in children(found, 0)}
    authors = tops.get("authors")
    number = len(children(found, found.index(authors))) if authors else 0
    ours = f"<{p}author>{escaped(author)}</{p}author>"
    texts = "".join(
        f'<{p}comment ref="{address(at)}" authorId="{number}"><{p}text>{_runs(p, text)}</{p}text></{p}comment>'
        for at, text in notes.items()
    )
    if not notes:
        return []
    if authors and "commentList" in tops:
        return [
            appended(xml, authors, ours.encode()),
            appended(xml, tops["commentList"], texts.encode()),
        ]
    if tops:
        raise Unmarkable("comments without authors or a list")
    whole = f"<{p}authors>{ours}</{p}authors><{p}commentList>{texts}</{p}commentList>"
    return [appended(xml, root, whole.encode())]


def _runs(p: str, text: str) -> str:
    """The text of a note: its first line bold."""
    first, _, rest = text.partition("\n")
    pieces = [(first, f"<{p}b/>"), *([("\n" + rest, "")] if rest else [])]
    return "".join(
        f'<{p}r>{_FONT.format(p=p, b=bold)}<{p}t xml:space="preserve">{escaped(piece)}</{p}t></{p}r>'
        for piece, bold in pieces
    )


def _added(xml: bytes, found: Sequence[Element], comment: int, text: str) -> list[Edit]:
    """The edits that put our text behind that of a comment; a text without runs becomes the first one."""
    number, body = only(found, "text", comment)
    p = body.prefix
    inner = children(found, number)
    edits = []
    for each in inner:
        if each.local == "t":
            edits.append(
                (
                    each.start,
                    each.end,
                    b"<%sr>%s</%sr>" % (p.encode(), xml[each.start : each.end], p.encode()),
                )
            )
        elif each.local != "r":
            raise Unmarkable("a comment with more than text")
    ours = _runs(p, f"\n{text}").encode()
    return [*edits, appended(xml, body, ours)]
