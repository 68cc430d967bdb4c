"""Whether every text has the room it needs, by LibreOffice's own breaking of lines and heights of fonts.

Each text is put once more, alone, into a probe: a cell of the same width and look whose row LibreOffice makes as high
as the text needs. A text is cut off when that is more than the cell has; one that is not wrapped, when it needs a
second line.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from tests.render import office
from tests.render.drawn import Cell, Look

TOLERANCE: Final = 0.6
# Without our font another stands in, whose lines are a third higher. Half a line too little takes a quarter of one
# from the first line and from the last, which is less than such a font keeps free there.
READABLE_LINES: Final = 0.5
ONE_LINE: Final = "ก"
_WIDE: Final = 2000.0
_ROW: Final = re.compile(r'<row r="(\d+)"[^>]* ht="([0-9.]+)"')
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">'
)

_ROW_STYLE: Final = (
    '<style:style style:name="r" style:family="table-row">'
    '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>'
)


@dataclass(frozen=True, slots=True)
class Probe:
    """A text to be set in a column of this width (points)."""

    text: str
    look: Look
    width: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A text that is cut off: which way, and how many points of height it needs in its width, and has."""

    file: str
    sheet: str
    cell: str
    way: str
    needs: float
    has: float
    text: str


def cut_off(files: Mapping[str, Sequence[Cell]], folder: Path, *, font: bool) -> list[Cut]:
    """Every text that is printed of these workbooks and does not fit into its cell."""
    shown = [
        (name, cell)
        for name, found in files.items()
        for cell in found
        if cell.printed and cell.kind == "string"
    ]
    probes = {_probe(cell) for _, cell in shown} | {_single(cell.look) for _, cell in shown}
    needed = heights(sorted(probes, key=repr), folder, font=font)
    spare = 0.0 if font else READABLE_LINES
    return [found for name, cell in shown if (found := _cut(name, cell, needed, spare)) is not None]


def heights(probes: Sequence[Probe], folder: Path, *, font: bool) -> dict[Probe, float]:
    """The height in points that LibreOffice gives each text."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "probe.fods"
    path.write_text(_document(probes), encoding="utf-8")
    (made,) = office.convert([path], "xlsx", folder / "out", font=font)
    with zipfile.ZipFile(made) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode("utf-8")
    found = {int(row): float(height) for row, height in _ROW.findall(sheet)}
    return {probe: found[row] for row, probe in enumerate(probes, start=1)}


def _probe(cell: Cell) -> Probe:
    width = cell.height if cell.look.turned else cell.width
    return Probe(cell.text, _plain(cell.look), round(width, 1))


def _single(look: Look) -> Probe:
    return Probe(ONE_LINE, _plain(look), _WIDE)


def _plain(look: Look) -> Look:
    return replace(look, wrap=True, turned=False, shrink=False, align="start")


def _cut(name: str, cell: Cell, needed: Mapping[Probe, float], spare: float) -> Cut | None:
    """What is cut off of the cell's text; `spare` is how many lines may be lacking."""
    line, needs = needed[_single(cell.look)], needed[_probe(cell)]
    has = cell.width if cell.look.turned else cell.height
    one = not cell.look.wrap and "\n" not in cell.text
    if one and needs > 1.5 * line:
        return (
            None if cell.look.shrink else Cut(name, cell.sheet, cell.address, "across", needs, has, cell.text)
        )
    if needs > has + spare * line + TOLERANCE:
        return Cut(name, cell.sheet, cell.address, "down", needs, has, cell.text)
    return None


def _document(probes: Sequence[Probe]) -> str:
    """A flat OpenDocument sheet: a row per probe, a column per width; rows as high as they need."""
    widths = sorted({probe.width for probe in probes})
    looks = sorted({probe.look for probe in probes}, key=repr)
    columns = {width: number for number, width in enumerate(widths)}
    names = {look: f"l{number}" for number, look in enumerate(looks)}
    fonts = sorted({look.font for look in looks})
    return "".join(
        (
            _HEAD,
            "<office:font-face-decls>",
            *(
                f"<style:font-face style:name={quoteattr(font)} svg:font-family={quoteattr(repr(font))}/>"
                for font in fonts
            ),
            "</office:font-face-decls><office:automatic-styles>",
            _ROW_STYLE,
            *(_column_style(number, width) for width, number in columns.items()),
            *(_cell_style(name, look) for look, name in names.items()),
            '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="probe">',
            *(f'<table:table-column table:style-name="c{number}"/>' for number in columns.values()),
            *(_row(probe, columns[probe.width], names[probe.look]) for probe in probes),
            "</table:table></office:spreadsheet></office:body></office:document>",
        )
    )


def _column_style(number: int, width: float) -> str:
    return (
        f'<style:style style:name="c{number}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}pt"/></style:style>'
    )


def _cell_style(name: str, look: Look) -> str:
    font, weight = quoteattr(look.font), "bold" if look.bold else "normal"
    return (
        f'<style:style style:name="{name}" style:family="table-cell">'
        '<style:table-cell-properties fo:wrap-option="wrap" style:text-align-source="fix"/>'
        f'<style:paragraph-properties fo:text-align="start" fo:margin-left="{look.indent}pt"/>'
        f"<style:text-properties style:font-name={font} style:font-name-complex={font} style:font-name-asian={font} "
        f'fo:font-size="{look.size}pt" style:font-size-complex="{look.size}pt" '
        f'fo:font-weight="{weight}" style:font-weight-complex="{weight}"/></style:style>'
    )


def _row(probe: Probe, column: int, style: str) -> str:
    lines = "".join(f"<text:p>{_kept(line)}</text:p>" for line in probe.text.split("\n"))
    skipped = f'<table:table-cell table:number-columns-repeated="{column}"/>' if column else ""
    cell = (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'
    )
    return f'<table:table-row table:style-name="r">{skipped}{cell}</table:table-row>'


def _kept(line: str) -> str:
    """The text with its runs of spaces, of which XML keeps one."""
    return escape(line).replace("  ", " <text:s/>")


def said(found: Iterable[Cut]) -> list[str]:
    """Each in a line, for a test to show."""
    return [
        f"{each.file} {each.sheet}!{each.cell} {each.way}: "
        f"needs {each.needs:.1f}, has {each.has:.1f} pt: {each.text[:60]!r}"
        for each in found
    ]
