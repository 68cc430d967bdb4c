"""Writes the report as an .ods, so that any cell, row or part can be replaced by something hostile."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.hostile.archives import zipped
from tests.hostile.ground import CELLS, SHEET, place
from tests.read.handmade import ods_parts

CONTENT, MANIFEST, META = "content.xml", "META-INF/manifest.xml", "meta.xml"
BLANK = "<table:table-cell/>"


def cell(inside: str = "", kind: str = "", attributes: str = "") -> str:
    """A cell: what stands in it as XML, the type of its value, more attributes."""
    typed = f'office:value-type="{kind}" ' if kind else ""
    return f"<table:table-cell {typed}{attributes}>{inside}</table:table-cell>"


def lines(*paragraphs: str) -> str:
    """A cell with a text of these paragraphs, each XML."""
    return cell("".join(f"<text:p>{each}</text:p>" for each in paragraphs), "string")


def text(written: str, attributes: str = "") -> str:
    """A cell with a text."""
    return cell(f"<text:p>{escape(written)}</text:p>", "string", attributes)


def number(value: float | str, attributes: str = "", shown: str = "") -> str:
    """A cell with a number."""
    return cell(f"<text:p>{shown or value}</text:p>", "float", f'office:value="{value}" {attributes}')


def formula(written: str, attributes: str = "", shown: str = "") -> str:
    """A cell with a formula; `attributes` hold its value, if it has one."""
    return cell(
        f"<text:p>{shown}</text:p>" if shown else "", "", f'table:formula="of:={written}" {attributes}'
    )


def cell_xml(address: str) -> str:
    """A cell of the report, or nothing at its place."""
    value = CELLS.get(address)
    if value is None:
        return BLANK
    return text(value) if isinstance(value, str) else number(value)


def row(inside: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{inside}</table:table-row>"


def row_xml(line: int, put: Mapping[str, str] | None = None, attributes: str = "") -> str:
    """A row of the report with cells replaced; one that is replaced by "" is not there at all."""
    cells = put or {}
    names = [f"{letter}{line}" for letter in "ABCDEFGHIJ"]
    return row("".join(cells.get(name, cell_xml(name)) for name in names), attributes)


def rows_xml(put: Mapping[str, str] | None = None, attributes: Mapping[int, str] | None = None) -> str:
    """The eight rows of the report, and those that cells in `put` need below."""
    last = max((place(address)[0] for address in put or {}), default=8)
    return "".join(
        row_xml(line, put, (attributes or {}).get(line, "")) for line in range(1, max(last, 8) + 1)
    )


def table(rows: str, name: str = SHEET, attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def book(
    put: Mapping[str, str] | None = None,
    *,
    attributes: Mapping[int, str] | None = None,
    before: str = "",
    rows: str = "",
    behind: str = "",
    more: str = "",
    **options: str,
) -> dict[str, str | bytes]:
    """The parts of the workbook; `before` and `behind` stand around the rows, `more` are further tables."""
    first = table(before + (rows or rows_xml(put, attributes)) + behind)
    return ods_parts(first + more, **options)


def ods(put: Mapping[str, str] | None = None, **options: object) -> bytes:
    return zipped(book(put, **options))
