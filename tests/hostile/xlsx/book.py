"""Writes the report as the parts of an .xlsx, so that any cell, sheet or part can be replaced by something hostile."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.hostile.archives import zipped
from tests.hostile.ground import CELLS, SHEET, TEXTS, place
from tests.read.handmade import MAIN, sheet, xlsx_parts

Parts = dict[str, str | bytes]
WORKBOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
SHEET_1, SHEET_2 = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
TYPES, RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"


def cell_xml(cell: str) -> str:
    """A cell of the report; texts are shared strings."""
    value = CELLS[cell]
    if isinstance(value, str):
        return f'<c r="{cell}" t="s"><v>{TEXTS.index(value)}</v></c>'
    return f'<c r="{cell}"><v>{value}</v></c>'


def inline(cell: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{cell}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def rows_xml(put: Mapping[str, str] | None = None, attributes: Mapping[int, str] | None = None) -> str:
    """The rows of the report, with cells replaced, added, or taken out (by an empty text)."""
    cells = {**{cell: cell_xml(cell) for cell in CELLS}, **(put or {})}
    lines: dict[int, list[str]] = {}
    for cell in sorted(cells, key=place):
        lines.setdefault(place(cell)[0], []).append(cells[cell])
    extra = attributes or {}
    return "".join(
        f'<row r="{number}"{extra.get(number, "")}>{"".join(line)}</row>' for number, line in lines.items()
    )


def strings_xml(more: str = "") -> str:
    """The shared strings of the report, and more of them behind."""
    return "".join(f"<si><t>{escape(text)}</t></si>" for text in TEXTS) + more


def book(
    put: Mapping[str, str] | None = None,
    *sheets: str,
    attributes: Mapping[int, str] | None = None,
    rows: str = "",
    before: str = "",
    after: str = "",
    names: tuple[str, ...] = (SHEET, "อื่น ๆ", "สาม"),
    strings: str = "",
    unique: str = "",
    book: str = "",
    namespace: str = MAIN,
    **options: str,
) -> Parts:
    """The parts of the workbook: the report (or other `rows`), then further `sheets` as XML."""
    first = sheet(rows or rows_xml(put, attributes), after, before, namespace)
    return xlsx_parts(
        first,
        *sheets,
        names=names,
        strings=strings_xml(strings),
        unique=unique,
        book=book,
        namespace=namespace,
        **options,
    )


def edited(parts: Parts, *edits: tuple[str, str, str]) -> Parts:
    """The parts with texts replaced: part, what stands there exactly once, what shall stand there."""
    made = dict(parts)
    for name, old, new in edits:
        assert str(made[name]).count(old) == 1, (name, old)
        made[name] = str(made[name]).replace(old, new)
    return made


def xlsx(put: Mapping[str, str] | None = None, *sheets: str, **options: object) -> bytes:
    """The workbook as a file."""
    return zipped(book(put, *sheets, **options))
