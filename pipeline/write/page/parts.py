"""Small parts that stand in several places of the page: a status in its colour, a table, links to files, bars."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from pipeline.model import Round, Status
from pipeline.write import words
from pipeline.write.page.markup import Child, Html, el, join

_FILES = {
    "summary.xlsx": "สมุดสรุป",
    "missing.xlsx": "รายชื่อที่ยังไม่ส่ง",
    "late.xlsx": "รายชื่อที่ส่งช้า",
    "reminder.docx": "บันทึกแจ้งเตือน",
    "line.txt": "ข้อความสำหรับกลุ่มไลน์",
    "collection.xlsx": "เรื่องเล่าของทุกอำเภอ",
    "booklet.docx": "รูปเล่ม",
    "worklist.xlsx": "เรื่องที่ต้องทำวันนี้",
}
"""The files of a round that people open, as they are called."""


def chip(status: Status, round_: Round, *more: str) -> Html:
    """A status in words, in its colour, and below it in small what is to be added."""
    added = (join([" ", el("small", each)]) for each in more if each)
    return el("span", words.statuses(round_)[status], *added, class_=f"chip {status}")


def section(key: str, heading: str, *children: Child, class_: str = "") -> Html:
    """A part of the page under a heading of the second level."""
    head = el("h2", heading, id=f"{key}-head")
    return el("section", head, *children, id=key, class_=class_, aria_labelledby=f"{key}-head")


def row(*cells: Html) -> Html:
    """A row of a table. Roles are named everywhere: on a phone rows are drawn as cards, and stay a table."""
    return el("tr", *cells, role="row")


def head(text: Child, *, class_: str = "") -> Html:
    """The heading of a column."""
    return el("th", text, scope="col", role="columnheader", class_=class_)


def cell(label: str, *children: Child, class_: str = "") -> Html:
    """A cell; `label` is its column's heading again, shown where the columns have none above them."""
    return el("td", *children, data_label=label, role="cell", class_=class_)


def table(
    caption: str, heads: Iterable[Html], rows: Iterable[Html], *, foot: Html | None = None, class_: str
) -> Html:
    """A table with its caption, its headings, and a last row that sums it up."""
    end = el("tfoot", foot, role="rowgroup") if foot else None
    return el(
        "table",
        el("caption", caption),
        el("thead", row(*heads), role="rowgroup"),
        el("tbody", *rows, role="rowgroup"),
        end,
        class_=class_,
        role="table",
    )


def links(key: str, files: Iterable[str]) -> Html | None:
    """Links to what people open of a round, as far as it is there."""
    there = frozenset(files)
    found = [link(f"{key}/{file}", text) for file, text in _FILES.items() if file in there]
    return el("ul", *(el("li", each) for each in found), class_="links") if found else None


def link(path: str, text: str) -> Html:
    """A link to a file beside the page. Its path is made of the campaign's keys and codes, of no district's words."""
    return el("a", text, href=quote(path))


def status_bar(counts: Mapping[Status, int], round_: Round) -> Html:
    """All districts of a round in one bar, a piece for each status."""
    named = words.statuses(round_)
    shown = [(f"fill {status}", count) for status, count in counts.items() if count]
    said = ", ".join(f"{named[status]} {count}" for status, count in counts.items() if count)
    return _bar(shown, sum(counts.values()), f"จำนวนอำเภอตามสถานะ: {said}")


def share_bar(part: int, whole: int, said: str) -> Html:
    """How much of a whole there is."""
    return _bar([("fill on_time", part)], whole, said, class_="bar thin")


def _bar(pieces: Sequence[tuple[str, int]], whole: int, said: str, class_: str = "bar") -> Html:
    """Pieces in a row, 1000 units wide; a hair between them tells them apart where there is no colour."""
    unit = 1000 / max(whole, 1)
    rects, at = [], 0
    for kind, count in pieces:
        rects.append(
            el(
                "rect",
                x=f"{at * unit:.1f}",
                y=0,
                width=f"{max(count * unit - 4, 2):.1f}",
                height=10,
                class_=kind,
            )
        )
        at += count
    return el(
        "svg",
        *rects,
        class_=class_,
        viewBox="0 0 1000 10",
        preserveAspectRatio="none",
        role="img",
        aria_label=said,
    )


def pairs(items: Iterable[tuple[Child, Child]], *, class_: str) -> Html:
    """A list of names with what belongs to each."""
    return el("dl", *(el("div", el("dt", key), el("dd", value)) for key, value in items), class_=class_)


def sentence(parts: Iterable[Child]) -> Html:
    """Parts of a line with a dot between them."""
    return join([part for part in parts if part is not None and part != ""], " · ")
