"""Workbooks made by hand, part by part, where a library would not write what a test needs."""

import io
import zipfile
from collections.abc import Mapping

import xlwt
from xlwt.CompoundDoc import XlsDoc

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"

STYLES = """<numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts>
<fonts count="1"><font><sz val="11"/></font></fonts>
<fills count="1"><fill><patternFill patternType="none"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>"""


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet(rows: str, after: str = "", before: str = "", namespace: str = MAIN) -> str:
    return f'<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def row(cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{cells}</row>'


def xlsx_parts(
    *sheets: str,
    names: tuple[str, ...] = ("แบบ 1", "แบบ 2", "แบบ 3"),
    strings: str = "",
    unique: str = "",
    book: str = "",
    namespace: str = MAIN,
    workbook_type: str = f"{SHEET_TYPE}.sheet.main+xml",
) -> dict[str, str | bytes]:
    """The parts of a workbook whose worksheets are the given XML."""
    office = STRICT_OFFICE if namespace == STRICT else OFFICE
    numbers = range(1, len(sheets) + 1)
    tabs = "".join(f'<sheet name="{names[i - 1]}" sheetId="{i}" r:id="rId{i}"/>' for i in numbers)
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{office}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in numbers
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>'
        for i in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{workbook_type}"/>{overrides}'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHEET_TYPE}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{SHEET_TYPE}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{office}">{book}'
        f"<sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        f'<Relationship Id="rIdS" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rIdT" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}">{STYLES}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}" {unique}>{strings}</sst>',
        **{f"xl/worksheets/sheet{i}.xml": sheets[i - 1] for i in numbers},
    }


def xlsx(cells: str, **options: str) -> bytes:
    """A workbook with one sheet of one row."""
    return zipped(xlsx_parts(sheet(row(cells)), **options))


ODS_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_parts(tables: str, *, generator: str = "odfpy", manifest: str = "") -> dict[str, str | bytes]:
    """The parts of an OpenDocument spreadsheet; the style "away" hides a sheet."""
    return {
        "mimetype": ODS_TYPE,
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        "meta.xml": f"<meta><generator>{generator}</generator></meta>",
        "content.xml": f"<office:document-content {ODS_SPACES}><office:automatic-styles>"
        '<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/>'
        f"</style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>",
    }


def ods(rows: str, **options: str) -> bytes:
    return zipped(ods_parts(f'<table:table table:name="แบบ 1">{rows}</table:table>', **options))


def ods_row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def ods_cell(text: str = "", attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def ods_number(value: float, attributes: str = "") -> str:
    return ods_cell(f"{value}", f'office:value-type="float" office:value="{value}" {attributes}')


def ole2(stream: str, content: bytes = b"\0" * 4096) -> bytes:
    """An OLE2 container with one stream of that name (xlwt always calls it Workbook)."""
    buffer = io.BytesIO()
    XlsDoc().save(buffer, content)
    data = bytearray(buffer.getvalue())
    start = data.index("Workbook".encode("utf-16-le"))
    name = stream.encode("utf-16-le")
    data[start : start + 64] = name.ljust(64, b"\0")
    data[start + 64 : start + 66] = (len(name) + 2).to_bytes(2, "little")
    return bytes(data)


def xls_stream() -> bytes:
    """The records of an .xls with the figure 7 in B2."""
    book = xlwt.Workbook()
    book.add_sheet("แบบ 1").write(1, 1, 7)
    return book.get_biff_data()
