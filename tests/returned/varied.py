"""Workbooks of many kinds, made here: what a district's file may hold beside its figures."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

SHEET = "แบบรายงาน"
_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}
_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def png() -> io.BytesIO:
    """A red dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pieces = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + pieces)


def by_xlsxwriter(fill: Callable[[xlsxwriter.Workbook], None], **options: bool) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **options})
    fill(book)
    book.close()
    return content.getvalue()


def by_openpyxl(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = SHEET
    for row in FIGURES:
        book.active.append(row)
    fill(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


FIGURES = (("อปท.", "ครัวเรือน", "ปลูกผัก"), ("ทต.ก", 1200, "12-15"), ("อบต.ข", 340, 90), ("อบต.ค", 77, "=B2+B3"))


def put_figures(book: xlsxwriter.Workbook, name: str = SHEET) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet(name)
    for number, row in enumerate(FIGURES):
        sheet.write_row(number, 0, row)
    return sheet


def everything(book: xlsxwriter.Workbook) -> None:  # noqa: PLR0915 — one after another
    """Pictures, shapes, rich text, notes, validations, conditional formats, print settings, protection, charts."""
    sheet = put_figures(book)
    bold = book.add_format({"bold": True, "font_color": "red", "num_format": "#,##0.00", "border": 1})
    sheet.insert_image("F2", "dot.png", {"image_data": png()})
    sheet.insert_textbox("F8", "กล่องข้อความ")
    sheet.write_rich_string("A6", "ตัว", bold, "หนา", "ธรรมดา")
    sheet.write_comment("B2", "ของอำเภอเอง", {"author": "ผู้กรอก"})
    sheet.write_comment("D9", "อีกข้อ")
    sheet.data_validation("B2:B9", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.conditional_format("B2:B9", {"type": "cell", "criteria": ">", "value": 500, "format": bold})
    sheet.conditional_format("C2:C9", {"type": "data_bar"})
    sheet.merge_range("A8:C9", "ผสาน", bold)
    sheet.set_row(10, 30, bold)
    sheet.set_column("E:F", 20, bold)
    sheet.autofilter("A1:C4")
    sheet.freeze_panes(1, 1)
    sheet.print_area("A1:F20")
    sheet.repeat_rows(0)
    sheet.set_header("&L&Gหัวกระดาษ", {"image_left": "dot.png", "image_data_left": png()})
    sheet.set_footer("&Cหน้า &P")
    sheet.set_h_pagebreaks([5])
    sheet.write_url("A12", "https://example.org/", string="ลิงก์")
    sheet.write_formula("B12", "=SUM(B2:B4)", None, 1617)
    sheet.write_array_formula("C12:C13", "{=B2:B3*2}", None, 2400)
    sheet.protect("", {"format_cells": True})
    other = put_figures(book, "แผ่น 'สอง' & <ที่> \"เหลือ\"")
    other.add_sparkline("E2", {"range": "'แบบรายงาน'!B2:B4"})
    other.add_table("H1:I4", {"columns": [{"header": "ก"}, {"header": "ข"}]})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{SHEET}'!$B$2:$B$4"})
    other.insert_chart("E6", chart)
    put_figures(book, "ซ่อน").hide()
    chartsheet = book.add_chartsheet("กราฟ")
    pie = book.add_chart({"type": "pie"})
    pie.add_series({"values": f"='{SHEET}'!$B$2:$B$4"})
    chartsheet.set_chart(pie)
    book.define_name(f"'{SHEET}'!เฉพาะแผ่น", f"='{SHEET}'!$B$2")


def _openpyxl_things(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet["A6"] = CellRichText("ก", TextBlock(InlineFont(b=True), "ข"))
    sheet["B3"].comment = Comment("ของเดิม", "ผู้กรอก")
    sheet["B4"].fill = PatternFill("solid", fgColor="00FFFF00")
    sheet["B4"].font = Font(name="TH SarabunPSK", size=20, bold=True)
    sheet["B4"].number_format = '0.00" ครัวเรือน"'
    rule = DataValidation(type="list", formula1='"ก,ข"')
    rule.add("C2:C5")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add(
        "B2:B5", CellIsRule(operator="greaterThan", formula=["5"], font=Font(bold=True))
    )
    sheet.print_title_rows = "1:1"
    sheet.oddHeader.center.text = "หัว"
    book.create_sheet("ว่าง")
    book.defined_names["ทั้งเล่ม"] = DefinedName("ทั้งเล่ม", attr_text=f"'{SHEET}'!$A$1")


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The workbook with every part changed, left out where `change` gives nothing, and `more` parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            made = change(info.filename, old.read(info))
            if made is not None:
                new.writestr(info, made)
        for name, part in more.items():
            new.writestr(zipfile.ZipInfo(name), part)
    return content.getvalue()


def replaced(data: bytes, swaps: Mapping[bytes, bytes], only: str = "", **more: bytes) -> bytes:
    """The workbook with bytes replaced in the parts whose names hold `only`."""

    def change(name: str, part: bytes) -> bytes:
        for old, new in swaps.items() if only in name and name.endswith((".xml", ".rels")) else ():
            part = part.replace(old, new)
        return part

    return repacked(data, change, **more)


def _prefixed() -> bytes:
    """Every element of the sheet and the workbook in a prefix, as some programs write them."""

    def change(name: str, part: bytes) -> bytes:
        if name not in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
            return part
        part = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part)
        return part.replace(b"xmlns=", b"xmlns:x=", 1)

    return repacked(PLAIN, change)


def _streamed() -> bytes:
    """A zip whose sizes stand behind its entries, as programs write that cannot go back."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            super().__init__()
            self.pieces: list[bytes] = []

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.pieces.append(bytes(data))
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    return b"".join(pipe.pieces)


PLAIN = by_xlsxwriter(lambda book: put_figures(book) and None)
_SHARED = {b"<f>B2+B3</f>": b'<f t="shared" ref="C4:C5" si="0">B2+B3</f>'}
_CONVERSATION = (
    b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    b'<threadedComment ref="B2" dT="2021-02-01T00:00:00.00" personId="{0}" id="{1}"><text>a</text></threadedComment>'
    b"</ThreadedComments>"
)


def varied() -> dict[str, bytes]:
    """Workbooks by what is special about them."""
    full = by_xlsxwriter(everything)
    opened = by_openpyxl(_openpyxl_things)
    return {
        "plain": PLAIN,
        "everything": full,
        "openpyxl": opened,
        "inline strings": by_xlsxwriter(lambda book: put_figures(book) and None, constant_memory=True),
        "strict": replaced(full, _STRICT),
        "macros": replaced(full, {_PLAIN: _MACROS}, **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros"}),
        "shared formula": replaced(PLAIN, _SHARED),
        "prefixed": _prefixed(),
        "rows without numbers": replaced(PLAIN, {b'<row r="%d"' % n: b"<row" for n in range(1, 5)}, "sheet1"),
        "cells without names": replaced(
            PLAIN, {b'r="%s%d"' % (c, n): b"" for c in (b"A", b"B", b"C") for n in range(1, 5)}, "sheet1"
        ),
        "empty rows": replaced(PLAIN, {b"</sheetData>": b'<row r="9" s="0"/><row r="12"></row></sheetData>'}),
        "no rows": by_xlsxwriter(lambda book: book.add_worksheet(SHEET) and None),
        "sizes behind": _streamed(),
        "no formats": repacked(
            PLAIN,
            lambda name, part: (
                None
                if name == "xl/styles.xml"
                else re.sub(rb"<(Override|Relationship) [^>]*styles.xml[^>]*>", b"", part)
            ),
        ),
    }
