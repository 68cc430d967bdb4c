"""The shapes that show notes: in the drawing that a sheet has for its notes, or in a new one."""

import posixpath
import re
from collections.abc import Mapping
from typing import Final

from pipeline.model import Position
from pipeline.write import metrics
from pipeline.write.returned.book import Book
from pipeline.write.returned.draft import Draft, Relation, with_relation
from pipeline.write.returned.scan import Scan
from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.xml import Edit, spliced

_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_WIDTH_PX: Final = 330
_MOST_LINES: Final = 16
_SPACES: Final = (
    'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:o="urn:schemas-microsoft-com:office:office"',
    'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_SHAPES: Final = (
    f"<xml {' '.join(_SPACES)}>"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{}"/>'
    "</o:shapelayout></xml>"
)
_SHAPE_TYPE: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE: Final = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:2pt;'
    'width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#FFF7DC" o:insetmode="auto">'
    '<v:fill color2="#FFF7DC"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_IDMAP: Final = re.compile(rb"""(<o:idmap\b[^>]*?\bdata\s*=\s*)(["'])([\d,\s]+)\2""")
_BEFORE_DRAWING: Final = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing",
)  # fmt: skip
"""What stands before the drawing of the notes in a sheet."""
_BLOCK: Final = 1024


def with_shapes(
    draft: Draft,
    book: Book,
    sheet: str,
    scan: Scan,
    relations: tuple[Relation, ...],
    notes: Mapping[Position, str],
) -> tuple[Draft, list[Edit]]:
    """With a hidden shape for each note, in the drawing that the sheet has for such, or in a new one."""
    if not notes:
        return draft, []
    legacy = scan.top("legacyDrawing")
    block = _free_block(draft)
    blocks = range(block, block + len(notes) // _BLOCK + 1)
    shapes = "".join(
        _shape(block * _BLOCK + order, order, at, text)
        for order, (at, text) in enumerate(notes.items(), start=1)
    )
    if legacy:
        identifier = next((v for k, v in legacy.attributes.items() if k.endswith(":id")), "")
        part = next((each.part for each in relations if each.id == identifier and not each.external), "")
        made = _into(draft.package.read(part), shapes, blocks)
        return draft.with_part(part, made), []
    folder = posixpath.join(posixpath.dirname(book.part), "drawings")
    part = draft.free_name(posixpath.join(folder, "vmldrawing{}.vml"))
    empty = _SHAPES.format(",".join(map(str, blocks))).encode()
    draft = draft.with_part(part, _into(empty, shapes, range(0)), _DRAWING_TYPE)
    draft, identifier = with_relation(draft, sheet, f"{book.kinds}/vmlDrawing", part)
    return draft, [_reference(book, scan, identifier)]


def _reference(book: Book, scan: Scan, identifier: str) -> Edit:
    """The element by which a sheet names the drawing of its notes, in its place among the others."""
    before = [each for each in scan.tops if each.local in _BEFORE_DRAWING]
    p = scan.root.prefix
    spaces = {v: k.partition(":")[2] for k, v in scan.root.attributes.items() if k.startswith("xmlns:")}
    known = spaces.get(book.kinds)
    declared = "" if known else f' xmlns:r="{book.kinds}"'
    line = f'<{p}legacyDrawing{declared} {known or "r"}:id="{identifier}"/>'
    return before[-1].end, before[-1].end, line.encode()


def _free_block(draft: Draft) -> int:
    """The first thousand of numbers that no drawing of the workbook uses for its shapes."""
    names = [name for name in (*draft.package.entries, *draft.parts) if name.endswith(".vml")]
    used = [0]
    for name in dict.fromkeys(names):
        xml = draft.parts[name] if name in draft.parts else draft.package.read(name)
        used += [int(each) for match in _IDMAP.finditer(xml) for each in match[3].split(b",") if each.strip()]
        used += [int(each) // _BLOCK for each in re.findall(rb"_x0000_s(\d{1,9})\b", xml)]
    return max(used) + 1


def _into(xml: bytes, shapes: str, blocks: range) -> bytes:
    """A drawing with more shapes at its end. Such drawings are not always well-formed: they are not taken apart."""
    end = xml.rfind(b"</xml>")
    if end < 0:
        raise Unmarkable("a drawing that is not as office programs write it")
    if any(each.encode() not in xml[:2000] for each in _SPACES):
        declared = " ".join(_SPACES)
        shapes = re.sub(r"(<v:shape)(?=\s)", rf"\1 {declared}", shapes)
        type_ = _SHAPE_TYPE.replace("<v:shapetype", f"<v:shapetype {declared}")
    else:
        type_ = _SHAPE_TYPE
    needs = "" if re.search(rb"""<v:shapetype\b[^>]*\bid\s*=\s*["']_x0000_t202["']""", xml) else type_
    edits: list[Edit] = [(end, end, (needs + shapes).encode())]
    match = _IDMAP.search(xml)
    if match and blocks:
        told = b",".join((match[3], *(str(each).encode() for each in blocks)))
        edits.append((match.start(3), match.end(3), told))
    return spliced(xml, edits)


def _shape(number: int, order: int, at: Position, text: str) -> str:
    row, column = at
    lines = min(metrics.line_count(text, _WIDTH_PX, size=14) + 1, _MOST_LINES)
    height = lines * metrics.line_height(14)
    return _SHAPE.format(
        id=number, order=order, width=_WIDTH_PX * 0.75, height=height, row=row, column=column,
        left=column + 1, right=column + 5, top=max(row - 1, 0), bottom=max(row - 1, 0) + max(3, round(height / 18)),
    )  # fmt: skip
