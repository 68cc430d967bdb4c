"""Word documents in our font: what the booklet and the memo are made of.

Text only ever becomes plain runs, nothing of a district a field or a link. The memo's page and paragraphs follow
คำอธิบายการพิมพ์หนังสือราชการภาษาไทยด้วยโปรแกรมการพิมพ์ในเครื่องคอมพิวเตอร์, which the Permanent Secretary of the Prime
Minister's Office gave out in พ.ศ. 2553 under section 8 of ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526: A4, 3 cm
left, 2 cm right, single lines, 16 points, 2.5 cm before a paragraph. It gives no margin above and below; 2.5 and 2 cm
are ours.
"""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from pipeline.write.cells import safe_text
from pipeline.write.style import FONT, SIZE

Block = Callable[[Any], None]
"""Puts a paragraph or a table at the end of a document."""
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_LABEL_SIZE: Final = 20
_MIDDLE: Final = WD_ALIGN_PARAGRAPH.CENTER
_STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "memo": {"space_after": Pt(6), "alignment": _MIDDLE, "size": 29},
    "head": {"space_before": Pt(2), "tab": Cm(8)},
    "dear": {"space_before": Pt(6)},
    "body": {
        "space_before": Pt(6), "first_line_indent": Cm(2.5), "alignment": WD_ALIGN_PARAGRAPH.THAI_JUSTIFY,
    },
    "signed": {"keep_with_next": True, "left_indent": Cm(7), "alignment": _MIDDLE},
    "right": {"page_break_before": True, "alignment": WD_ALIGN_PARAGRAPH.RIGHT},
    "heading": {"keep_with_next": True, "alignment": _MIDDLE, "size": SIZE},
    "centre": {"keep_with_next": True, "alignment": _MIDDLE},
    "section": {"keep_with_next": True, "space_before": Pt(12), "space_after": Pt(4), "size": SIZE},
    "cell": {},
    "column": {"keep_with_next": True, "alignment": _MIDDLE, "size": SIZE},
    "mark": {"alignment": _MIDDLE, "size": SIZE},
}  # fmt: skip
"""The memo's paragraphs; with a `size` they are bold."""


def new_document(left: float, right: float, top: float, bottom: float) -> Any:
    """An empty A4 document with these margins in centimetres, single-spaced in our font."""
    document = Document()
    set_font(document.styles["Normal"], SIZE)
    spacing = document.styles["Normal"].paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(0), Pt(0), 1.0
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(left), Cm(right)
    section.top_margin, section.bottom_margin = Cm(top), Cm(bottom)
    return document


def set_font(named: Any, size: int, *, bold: bool = False) -> None:
    """Our font and its size for every script of a style or a run; Thai has a size and a weight of its own."""
    named.font.name, named.font.size = FONT, Pt(size)
    if bold:
        named.font.bold = named.font.cs_bold = True
    properties = named.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(attribute), None)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(2 * size))
    properties.append(complex_size)


def saved(document: Any, title: str, author: str, moment: datetime) -> bytes:
    """The document's bytes, which tell no time but that of `moment`."""
    properties = document.core_properties
    properties.created = properties.modified = moment.replace(tzinfo=None)
    properties.title, properties.author = title, author
    made, content = BytesIO(), BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _ZIP_TIME), old.read(entry), zipfile.ZIP_DEFLATED)
    return content.getvalue()


# --- the memo ---------------------------------------------------------------------------------------------------


def memo(blocks: Sequence[Block], title: str, author: str, moment: datetime, mark: str = "") -> bytes:
    """The memo of these paragraphs and tables; `mark` stands at the head of each page."""
    document = new_document(left=3, right=2, top=2.5, bottom=2)
    for name, look in _STYLES.items():
        _add_style(document, name, look)
    if mark:
        head = document.sections[0].header.paragraphs[0]
        head.style, head.text = document.styles["mark"], mark
    for put in blocks:
        put(document)
    return saved(document, title, author, moment)


def paragraph(style: str, text: str = "") -> Block:
    """One paragraph in one of the styles above; a tab moves on to the style's stop, a line break begins a line."""
    return partial(_put_paragraph, style=style, text=text)


def labelled(style: str, *pairs: tuple[str, str]) -> Block:
    """One paragraph of labels, larger and bold, each with its text; a pair stands at the style's next stop."""
    return partial(_put_labelled, style=style, pairs=pairs)


def table(
    widths: Sequence[float], titles: Sequence[str], rows: Sequence[Sequence[str]], centred: Sequence[int]
) -> Block:
    """A ruled table, its columns as wide as `widths` (cm); the first row comes again on each page, no row is torn
    apart; the columns `centred` stand in the middle."""
    return partial(_put_table, widths=widths, titles=titles, rows=rows, centred=centred)


def _add_style(document: Any, name: str, look: Mapping[str, Any]) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    for key, value in look.items():
        if key == "size":
            set_font(style, value, bold=True)
        elif key == "tab":
            style.paragraph_format.tab_stops.add_tab_stop(value)
        else:
            setattr(style.paragraph_format, key, value)


def _put_paragraph(document: Any, style: str, text: str) -> None:
    document.add_paragraph(safe_text(text), style=style)


def _put_labelled(document: Any, style: str, pairs: Sequence[tuple[str, str]]) -> None:
    told = document.add_paragraph(style=style)
    for number, (label, text) in enumerate(pairs):
        set_font(told.add_run(f"\t{label}" if number else label), _LABEL_SIZE, bold=True)
        told.add_run(safe_text(f"  {text}"))


def _put_table(
    document: Any,
    widths: Sequence[float],
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    centred: Sequence[int],
) -> None:
    made = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    _put_row(made, widths, titles, range(len(widths)), "w:tblHeader")
    for cell in made.rows[0].cells:
        cell.paragraphs[0].style = document.styles["column"]
    for row in rows:
        _put_row(made, widths, row, centred)


def _put_row(
    made: Any, widths: Sequence[float], texts: Sequence[str], centred: Sequence[int], *kinds: str
) -> None:
    """A row whose cells have no style of their own: looking one up costs more than all else."""
    row = made.add_row()
    for kind in ("w:cantSplit", *kinds):
        row._tr.get_or_add_trPr().append(OxmlElement(kind))
    for place, (cell, width, text) in enumerate(zip(row.cells, widths, texts, strict=True)):
        cell.width = Cm(width)
        (told,) = cell.paragraphs
        told.text = safe_text(text)
        if place in centred:
            told.alignment = _MIDDLE
