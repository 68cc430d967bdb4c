"""An OpenDocument spreadsheet from the standard library: the three parts that a reader needs, the same every time."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from tests.sample.model import Formula, Position, Put, Sheet

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
ZIP_TIME = (2021, 2, 1, 8, 30, 0)
URN = "urn:oasis:names:tc:opendocument:xmlns"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
CONTENT = (
    f'{HEAD}<office:document-content xmlns:office="{URN}:office:1.0" xmlns:table="{URN}:table:1.0" '
    f'xmlns:text="{URN}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
    "{tables}</office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    f'{HEAD}<manifest:manifest xmlns:manifest="{URN}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def with_opendocument(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an .ods; formulas are written as the values they have."""
    content = CONTENT.format(tables="".join(table(sheet) for sheet in sheets))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in (
            ("mimetype", MIMETYPE),
            ("content.xml", content),
            ("META-INF/manifest.xml", MANIFEST),
        ):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            # The type comes first and uncompressed, so that it is known without inflating anything.
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, part)
    return buffer.getvalue()


def table(sheet: Sheet) -> str:
    spans = {(first, left): (last - first + 1, right - left + 1) for first, left, last, right in sheet.merges}
    rows, columns = (max(place[axis] for place in sheet.cells) + 1 for axis in (0, 1))
    covered = set(covered_places(sheet.merges))
    lines = (
        "".join(cell(sheet.cells, spans, covered, (row, column)) for column in range(columns))
        for row in range(rows)
    )
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return f"<table:table table:name={quoteattr(sheet.name)}>{body}</table:table>"


def covered_places(merges: Sequence[tuple[int, int, int, int]]) -> Iterator[Position]:
    for first, left, last, right in merges:
        for row in range(first, last + 1):
            for column in range(left, right + 1):
                if (row, column) != (first, left):
                    yield row, column


def cell(
    cells: Mapping[Position, Put],
    spans: Mapping[Position, tuple[int, int]],
    covered: set[Position],
    place: Position,
) -> str:
    put = cells.get(place)
    if put is None:
        return "<table:covered-table-cell/>" if place in covered else "<table:table-cell/>"
    value = put.value.value if isinstance(put.value, Formula) else put.value
    span = spans.get(place)
    attributes = (
        f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    )
    if isinstance(value, str):
        attributes += ' office:value-type="string"'
    else:
        attributes += f' office:value-type="float" office:value="{value}"'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell{attributes}>{lines}</table:table-cell>"
