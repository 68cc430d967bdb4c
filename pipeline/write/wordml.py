"""A Word document of plain paragraphs and tables, its parts written directly.

A library for it costs sixty milliseconds to import and twenty a document, this one or two; and every run from the day
after a deadline on writes one. Text is escaped here and only here: nothing of a district becomes markup, a field or
a link. Page and paragraphs follow คำอธิบายการพิมพ์หนังสือราชการภาษาไทยด้วยโปรแกรมการพิมพ์ในเครื่องคอมพิวเตอร์, which the
Permanent Secretary of the Prime Minister's Office gave out in พ.ศ. 2553 under section 8 of ระเบียบสำนักนายกรัฐมนตรี
ว่าด้วยงานสารบรรณ พ.ศ. 2526: A4, 3 cm left, 2 cm right, single lines, 16 points, 2.5 cm before a paragraph. It gives no
margin above and below; 2.5 and 2 cm are ours.
"""

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from pipeline.write.cells import safe_text
from pipeline.write.style import FONT, SIZE

_CM: Final = 567  # twentieths of a point
LEFT_CM, RIGHT_CM, TOP_CM, BOTTOM_CM = 3.0, 2.0, 2.5, 2.0
WIDTH_CM: Final = 21.0 - LEFT_CM - RIGHT_CM
_INSET: Final = 108
"""Of a cell's text, by default; by as much a table is moved in, so that its edge stands at the margin."""
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _indent(left: float = 0, first: float = 0) -> str:
    kind, size = ("firstLine", first) if first >= 0 else ("hanging", -first)
    return f'<w:ind w:left="{round(left * _CM)}" w:{kind}="{round(size * _CM)}"/>'


def _tab(at: float) -> str:
    return f'<w:tabs><w:tab w:val="left" w:pos="{round(at * _CM)}"/></w:tabs>'


def _space(before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}" w:line="240" w:lineRule="auto"/>'


def _letters(size: int) -> str:
    return f'<w:rPr><w:b/><w:bCs/><w:sz w:val="{2 * size}"/><w:szCs w:val="{2 * size}"/></w:rPr>'


_BOLD: Final = "<w:rPr><w:b/><w:bCs/></w:rPr>"
_LABEL: Final = _letters(20)
_STYLES: Final = {  # the paragraph's properties in the order of the schema, then those of its letters
    "memo": (_space(0, 6) + '<w:jc w:val="center"/>', _letters(29)),
    "head": (_tab(8) + _space(2), ""),
    "dear": (_space(6), ""),
    "body": (_space(6) + _indent(0, 2.5) + '<w:jc w:val="thaiDistribute"/>', ""),
    "signed": ("<w:keepNext/>" + _space() + _indent(7) + '<w:jc w:val="center"/>', ""),
    "right": ("<w:pageBreakBefore/>" + _space() + '<w:jc w:val="right"/>', ""),
    "title": ("<w:keepNext/>" + _space() + '<w:jc w:val="center"/>', _BOLD),
    "centre": ("<w:keepNext/>" + _space() + '<w:jc w:val="center"/>', ""),
    "section": ("<w:keepNext/>" + _space(12, 4), _BOLD),
    "cell": (_space(), ""),
    "number": (_space() + '<w:jc w:val="center"/>', ""),
    "column": ("<w:keepNext/>" + _space() + '<w:jc w:val="center"/>', _BOLD),
    "mark": (_space() + '<w:jc w:val="center"/>', _BOLD),
}


def paragraph(style: str, text: str = "") -> str:
    """One paragraph in one of the styles above; a tab moves on to the style's stop, a line break begins a line."""
    lines = ["<w:r><w:br/></w:r>".join(map(_run, each.split("\n"))) for each in text.split("\t")]
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"<w:r><w:tab/></w:r>".join(lines)}</w:p>'


def labelled(style: str, *pairs: tuple[str, str]) -> str:
    """One paragraph of labels, larger and bold, each with its text; a pair stands at the style's next stop."""
    told = "<w:r><w:tab/></w:r>".join(f"{_run(label, _LABEL)}{_run(f'  {text}')}" for label, text in pairs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{told}</w:p>'


def table(
    widths: Sequence[float], titles: Sequence[str], rows: Sequence[Sequence[str]], centred: Sequence[int]
) -> str:
    """A ruled table, its columns as wide as `widths` (cm); the first row comes again on each page, no row is torn
    apart; the columns `centred` stand in the middle."""
    grid = "".join(f'<w:gridCol w:w="{round(width * _CM)}"/>' for width in widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = (
        f'<w:tblPr><w:tblW w:w="{round(sum(widths) * _CM)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{_INSET}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    body = [
        _row(widths, row, ["number" if at in centred else "cell" for at in range(len(row))]) for row in rows
    ]
    head = _row(widths, titles, ["column"] * len(titles), "<w:tblHeader/>")
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(body)}</w:tbl>"


def document(blocks: Sequence[str], title: str, author: str, moment: datetime, mark: str = "") -> bytes:
    """The document of these paragraphs and tables; `mark` stands at the head of each page. The same blocks and moment
    give the same bytes."""
    marked = '<w:headerReference w:type="default" r:id="rId3"/>' if mark else ""
    size = f'<w:pgSz w:w="{round(21 * _CM)}" w:h="{round(29.7 * _CM)}"/>'
    edges = {
        "top": TOP_CM,
        "right": RIGHT_CM,
        "bottom": BOTTOM_CM,
        "left": LEFT_CM,
        "header": 1.2,
        "footer": 1.0,
    }
    margins = "".join(f' w:{side}="{round(cm * _CM)}"' for side, cm in edges.items())
    body = f'{"".join(blocks)}<w:sectPr>{marked}{size}<w:pgMar{margins} w:gutter="0"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": _content_types(mark),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")], core="docProps/core.xml"),
        "docProps/core.xml": _core(title, author, moment),
        "word/document.xml": f'{_XML}<w:document {_W} xmlns:r="{_R}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relations(
            [
                ("styles", "styles.xml"),
                ("fontTable", "fontTable.xml"),
                *([("header", "header.xml")] if mark else []),
            ]
        ),
        "word/styles.xml": _styles(),
        "word/fontTable.xml": _fonts(),
    }
    if mark:
        parts["word/header.xml"] = f"{_XML}<w:hdr {_W}>{paragraph('mark', mark)}</w:hdr>"
    return _zipped(parts)


def _run(text: str, letters: str = "") -> str:
    told = f'<w:t xml:space="preserve">{escape(safe_text(text))}</w:t>'
    return f"<w:r>{letters}{told}</w:r>" if text else ""


def _row(widths: Sequence[float], texts: Sequence[str], styles: Sequence[str], kind: str = "") -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _CM)}" w:type="dxa"/></w:tcPr>{paragraph(style, text)}</w:tc>'
        for width, text, style in zip(widths, texts, styles, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{kind}</w:trPr>{cells}</w:tr>"


def _styles() -> str:
    letters = (
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'<w:sz w:val="{2 * SIZE}"/><w:szCs w:val="{2 * SIZE}"/>'
        '<w:lang w:val="th-TH" w:eastAsia="th-TH" w:bidi="th-TH"/>'
    )
    named = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{layout}</w:pPr>{bold}</w:style>'
        for name, (layout, bold) in _STYLES.items()
    )
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{letters}</w:rPr></w:rPrDefault></w:docDefaults>"
    return f"{_XML}<w:styles {_W}>{defaults}{normal}{named}</w:styles>"


def _fonts() -> str:
    """Where ours is missing, its sister, which every ministry has, stands in."""
    return (
        f'{_XML}<w:fonts {_W}><w:font w:name="{FONT}"><w:altName w:val="TH SarabunPSK"/></w:font></w:fonts>'
    )


def _core(title: str, author: str, moment: datetime) -> str:
    when = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    times = "".join(
        f'<dcterms:{of} xsi:type="dcterms:W3CDTF">{when}</dcterms:{of}>' for of in ("created", "modified")
    )
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(safe_text(title))}</dc:title><dc:creator>{escape(safe_text(author))}</dc:creator>{times}"
        "</cp:coreProperties>"
    )


def _relations(targets: Sequence[tuple[str, str]], core: str = "") -> str:
    kinds = [(f"{_R}/{kind}", target) for kind, target in targets]
    kinds += [(f"{_PACKAGE}/relationships/metadata/core-properties", core)] if core else []
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _content_types(mark: str) -> str:
    parts = {"document": "document.main", "styles": "styles", "fontTable": "fontTable"}
    parts |= {"header": "header"} if mark else {}
    told = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{told}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )


def _zipped(parts: dict[str, str]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), text.encode(), zipfile.ZIP_DEFLATED)
    return content.getvalue()
