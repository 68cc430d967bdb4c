"""Programs that write a workbook, each made to give the same bytes every time."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from tests.sample.model import Formula, Put, Sheet
from tests.sample.opendocument import with_opendocument

SAVED = datetime(2021, 2, 1, 8, 30)
"""The time every workbook says it was made."""
ZIP_TIME = (2021, 2, 1, 8, 30, 0)
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WIDTHS = {0: 6.0, 1: 30.0, 2: 14.0}
BOLD = ("title", "head", "sum")
LINE, HEAD_LINE = 21, 44
"""Heights of a line and of a header line, in points."""


def header_rows(sheet: Sheet) -> set[int]:
    return {row for (row, _), put in sheet.cells.items() if put.look == "head"}


def with_xlsxwriter(sheets: Sequence[Sheet]) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(buffer, {**options, "strings_to_urls": False})
    book.set_properties({"created": SAVED})
    looks: dict[tuple[str, str, str], object] = {}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for column, width in WIDTHS.items():
            page.set_column(column, column, width)
        page.set_default_row(LINE)
        for row in header_rows(sheet):
            page.set_row(row, HEAD_LINE)
        for merge in sheet.merges:
            page.merge_range(*merge, "", xlsxwriter_look(book, looks, sheet.font, Put("", look="head")))
        for (row, column), put in sheet.cells.items():
            xlsxwriter_put(page, row, column, put, xlsxwriter_look(book, looks, sheet.font, put))
        if sheet.hidden:
            page.hide()
    book.close()
    return buffer.getvalue()


def xlsxwriter_look(book, looks: dict, font: str, put: Put):
    """One format per (font, look, number format) of a book."""
    key = (font, put.look, put.format)
    if key not in looks:
        wanted = {"font_name": font, "font_size": 14, "bold": put.look in BOLD}
        wanted |= {"border": 1, "text_wrap": True} if put.look in ("head", "body", "sum") else {}
        wanted |= {"align": "center", "valign": "vcenter"} if put.look in ("title", "head") else {}
        looks[key] = book.add_format(wanted | ({"num_format": put.format} if put.format else {}))
    return looks[key]


def xlsxwriter_put(page, row: int, column: int, put: Put, look) -> None:
    match put.value:
        case Formula(text=formula, value=value):
            page.write_formula(row, column, formula, look, value)
        case datetime():
            page.write_datetime(row, column, put.value, look)
        case str():
            page.write_string(row, column, put.value, look)
        case _:
            page.write_number(row, column, put.value, look)


def with_openpyxl(sheets: Sequence[Sheet]) -> bytes:
    """openpyxl never calculates: a formula stays without a value where it asks for none, else its value is written."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for column, width in WIDTHS.items():
            page.column_dimensions[get_column_letter(column + 1)].width = width
        page.sheet_format.defaultRowHeight, page.sheet_format.customHeight = LINE, True
        for row in header_rows(sheet):
            page.row_dimensions[row + 1].height = HEAD_LINE
        for (row, column), put in sheet.cells.items():
            openpyxl_put(page.cell(row + 1, column + 1), put, sheet.font)
        for first, left, last, right in sheet.merges:
            page.merge_cells(None, first + 1, left + 1, last + 1, right + 1)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
    buffer = io.BytesIO()
    book.save(buffer)
    return settled(buffer.getvalue())


def openpyxl_put(cell, put: Put, font: str) -> None:
    value = put.value
    if isinstance(value, Formula):
        value = value.text if value.value is None else value.value
    cell.value = value
    if put.format:
        cell.number_format = put.format
    cell.font = Font(name=font, size=14, bold=put.look in BOLD)
    head = put.look == "head"
    cell.alignment = Alignment(wrap_text=head, horizontal="center" if head else None)


def with_xlwt(sheets: Sequence[Sheet]) -> bytes:
    """Excel 97's format; formulas are written as the values they have."""
    import xlwt  # a tool of the tests alone; the benchmark does without

    book = xlwt.Workbook(encoding="utf-8")
    styles: dict[tuple[str, str], object] = {}
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        page.visibility = 1 if sheet.hidden else 0
        inner = {(first, left): (first, last, left, right) for first, left, last, right in sheet.merges}
        for (row, column), put in sheet.cells.items():
            value = put.value.value if isinstance(put.value, Formula) else put.value
            style = xlwt_style(styles, put)
            if (row, column) in inner:
                page.write_merge(*inner[(row, column)], value, style)
            else:
                page.write(row, column, value, style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlwt_style(styles: dict[tuple[str, str], object], put: Put) -> object:
    import xlwt

    key = (put.look, put.format)
    if key not in styles:
        bold = "font: bold on; " if put.look in BOLD else ""
        styles[key] = xlwt.easyxf(f"{bold}align: wrap on", num_format_str=put.format or "General")
    return styles[key]


def with_macro_type(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of the type that may hold macros, and holds none."""
    return settled(with_xlsxwriter(sheets), {PLAIN_TYPE: MACRO_TYPE})


def settled(data: bytes, exchange: Mapping[str, str] | None = None) -> bytes:
    """The same archive with fixed times inside and out; `exchange` replaces words of its content types."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, ZIP_TIME)
            info.compress_type, info.external_attr = entry.compress_type, 0o600 << 16
            part = old.read(entry)
            if entry.filename in ("docProps/core.xml", "meta.xml"):
                stamp = SAVED.isoformat().encode()
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", stamp, part)
            if entry.filename == "[Content_Types].xml":
                for word, other in (exchange or {}).items():
                    part = part.replace(word.encode(), other.encode())
            new.writestr(info, part)
    return buffer.getvalue()


WRITERS: Mapping[str, Callable[[Sequence[Sheet]], bytes]] = {
    "xlsxwriter": with_xlsxwriter,
    "openpyxl": with_openpyxl,
    "xlwt": with_xlwt,
    "opendocument": with_opendocument,
    "macro": with_macro_type,
}
"""`libreoffice.xlsx`, `.ods` and `.xls` are written by `libreoffice.saved`."""
