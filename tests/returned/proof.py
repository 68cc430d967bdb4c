"""A marked workbook compared with the one that came, part by part and cell by cell, by other means than the program's
own proof: zipfile, ElementTree, openpyxl and calamine.
"""

import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from xml.etree import ElementTree as ET

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook, SheetTypeEnum

from pipeline.write.palette import SEVERITY_COLOURS

Marks = Mapping[str, Collection[str]]
"""The addresses that are marked, by sheet."""
FILLS = {f"FF{SEVERITY_COLOURS[severity][1].lstrip('#')}" for severity in ("must_fix", "please_explain")}
CHANGED = re.compile(
    r"\.rels$|\.vml$|comments?\d*\.xml$|styles[^/]*\.xml$|content_types\].xml$|workbook[^/]*\.xml$"
)
OURS = ("fonts", "fills", "borders", "cellXfs")


def parts(data: bytes) -> dict[str, bytes]:
    """Every part by its name as parts are looked for."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {
            info.filename.replace("\\", "/").lstrip("/").lower(): archive.read(info)
            for info in archive.infolist()
        }


def differences(before: bytes, after: bytes, tab: str, marks: Marks) -> Iterator[str]:
    """Whatever is not as it was, but for what marking adds; nothing if all is well."""
    yield from _parts_differ(parts(before), parts(after))
    yield from _values_differ(before, after, tab)
    yield from _looks_differ(before, after, tab, marks)


def _parts_differ(was: Mapping[str, bytes], is_: Mapping[str, bytes]) -> Iterator[str]:
    if list(was) != list(is_)[: len(was)]:
        yield "parts are gone, or in another order"
        return
    for name, content in is_.items():
        if was.get(name) != content and name.endswith((".xml", ".rels")):
            ET.fromstring(content)  # raises for what is not well-formed, prefixes too
    for name, content in was.items():
        if content != is_[name]:
            yield from _part_differs(name, content, is_[name])


def _part_differs(name: str, was: bytes, is_: bytes) -> Iterator[str]:
    if "/worksheets/" in name and name.endswith(".xml"):
        if _sheet(was) != _sheet(is_):
            yield f"{name}: more than marks"
    elif not CHANGED.search(name):
        yield f"{name} is changed"
    elif name.endswith(".vml"):
        if len(re.findall(b"<v:shape ", was)) != len(re.findall(b"<v:shape ", is_[: len(was)])):
            yield f"{name}: what is drawn"
    else:
        yield from _children_differ(name, ET.fromstring(was), ET.fromstring(is_))


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _sheet(xml: bytes) -> tuple[str, ...]:
    """A sheet without formats of cells, without cells and rows that hold nothing, and without what marking adds."""
    root = ET.fromstring(xml)
    for view in root.iter():
        if _local(view) == "sheetView":
            view.attrib.pop("tabSelected", None)
    for element in [each for each in root if _local(each) == "legacyDrawing"]:
        root.remove(element)
    for data in [each for each in root if _local(each) == "sheetData"]:
        data.text = None
        for row in list(data):
            _strip(row)
            if not len(row) and set(row.attrib) <= {"r"}:
                data.remove(row)
    return tuple(ET.canonicalize(ET.tostring(each), strip_text=False) for each in root)


def _strip(row: ET.Element) -> None:
    row.attrib.pop("spans", None)
    row.tail = row.text = None
    for cell in list(row):
        cell.attrib.pop("s", None)
        if not len(cell) and set(cell.attrib) <= {"r"}:
            row.remove(cell)


def _children_differ(name: str, was: ET.Element, is_: ET.Element) -> Iterator[str]:
    """A part to which only more may have been added, in the collections that marking adds to."""
    if "comment" in posixpath.basename(name):
        yield from _notes_differ(name, was, is_)
        return
    if not ("styles" in posixpath.basename(name) or name.endswith("workbook.xml")):
        before, after = ([_plain(each) for each in root] for root in (was, is_))
        if after[: len(before)] != before:
            yield f"{name}: relations or types"
        return
    added = (*OURS, "sheets", "bookViews", "definedNames")
    if [_plain(each) for each in was if _local(each) not in added] != [
        _plain(each) for each in is_ if _local(each) not in added
    ]:
        yield f"{name}: other elements"
    for collection in (*OURS, "sheets"):
        before, after = (_members(root, collection) for root in (was, is_))
        there = after[len(after) - len(before) :] if collection == "sheets" else after[: len(before)]
        if there != before:
            yield f"{name}: {collection}"


def _notes_differ(name: str, was: ET.Element, is_: ET.Element) -> Iterator[str]:
    before, after = (
        {
            each.get("ref"): "".join(
                said for text in each if _local(text) == "text" for said in text.itertext()
            )
            for each in root.iter()
            if _local(each) == "comment"
        }
        for root in (was, is_)
    )
    for ref, text in before.items():
        if not after.get(ref, "").startswith(text):
            yield f"{name}: the note of {ref}"


def _members(root: ET.Element, name: str) -> list[str]:
    return [_plain(member) for each in root if _local(each) == name for member in each]


def _plain(element: ET.Element) -> str:
    return ET.canonicalize(ET.tostring(element), strip_text=True)


def _values_differ(before: bytes, after: bytes, tab: str) -> Iterator[str]:
    with (
        CalamineWorkbook.from_filelike(io.BytesIO(before)) as was,
        CalamineWorkbook.from_filelike(io.BytesIO(after)) as is_,
    ):
        if is_.sheet_names != [tab, *was.sheet_names]:
            yield f"sheets are {is_.sheet_names}"
            return
        for number, meta in enumerate(was.sheets_metadata):
            moved = is_.sheets_metadata[number + 1]
            if (meta.name, str(meta.typ), str(meta.visible)) != (
                moved.name,
                str(moved.typ),
                str(moved.visible),
            ):
                yield f"{meta.name} is another sheet"
            elif meta.typ == SheetTypeEnum.WorkSheet:
                tables = [
                    each.to_python()
                    for each in (was.get_sheet_by_index(number), is_.get_sheet_by_index(number + 1))
                ]
                if repr(tables[0]) != repr(tables[1]):
                    yield f"{meta.name}: values"


def opened(data: bytes, **how: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), rich_text=True, **how)


def _looks_differ(before: bytes, after: bytes, tab: str, marks: Marks) -> Iterator[str]:
    """By openpyxl; nothing for a workbook that it cannot load, provided that it cannot load it marked either."""
    try:
        was = opened(before)
    except Exception:  # noqa: BLE001 — it has no exception of its own
        return
    if not was.sheetnames:
        return  # it does not know strict workbooks
    is_ = opened(after)
    if not any("styles" in name for name in parts(before)):
        return  # it makes up formats where there are none
    if is_.sheetnames != [tab, *was.sheetnames]:
        yield f"openpyxl finds {is_.sheetnames}"
        return
    for sheet in was.worksheets:
        yield from _sheet_differs(sheet, is_[sheet.title], marks.get(sheet.title, ()))


def _sheet_differs(was: Worksheet, is_: Worksheet, marks: Collection[str]) -> Iterator[str]:
    marked = {_shown(was, cell) for cell in marks}
    for name, look in SHEET_LOOKS.items():
        if look(was) != look(is_):
            yield f"{was.title}: {name}"
    for old_row, new_row in zip_longest(was.iter_rows(), is_.iter_rows(), fillvalue=()):
        for old, new in zip(old_row, new_row, strict=False):
            yield from _cell_differs(old, new, marked)
    for cell in marked:
        yield from _mark_lacks(was, is_, cell)


def _shown(sheet: Worksheet, cell: str) -> str:
    """The cell that is shown where this one is: the first one of a merged range."""
    ranges = [each for each in sheet.merged_cells.ranges if cell in each]
    return ranges[0].start_cell.coordinate if ranges else cell


def _cell_differs(old: Cell, new: Cell, marked: Collection[str]) -> Iterator[str]:
    place = f"{old.parent.title}!{old.coordinate}"
    if _said(old.value) != _said(new.value):
        yield f"{place}: value"
    if old.coordinate not in marked and any(
        str(getattr(old, each)) != str(getattr(new, each)) for each in CELL_LOOKS
    ):
        yield f"{place}: look"


def _said(value: object) -> str:
    """A value, or a formula over several cells, as it can be compared."""
    return str(vars(value)) if isinstance(value, ArrayFormula | DataTableFormula) else str(value)


def _mark_lacks(was: Worksheet, is_: Worksheet, cell: str) -> Iterator[str]:
    old, new = was[cell], is_[cell]
    if new.fill.fgColor.rgb not in FILLS:
        yield f"{was.title}!{cell}: is not filled"
    if not new.comment or "วิธีแก้" not in new.comment.text:
        yield f"{was.title}!{cell}: is not noted"
    if old.has_style and any(
        str(getattr(old, each)) != str(getattr(new, each)) for each in CELL_LOOKS if each != "fill"
    ):
        yield f"{was.title}!{cell}: is not its own format but for the fill"


CELL_LOOKS = ("number_format", "font", "fill", "border", "alignment", "protection", "hyperlink")
SHEET_LOOKS = {
    "merged cells": lambda sheet: sorted(map(str, sheet.merged_cells.ranges)),
    "validations": lambda sheet: [str(each) for each in sheet.data_validations.dataValidation],
    "conditional formats": lambda sheet: [
        (str(each.sqref), [str(rule) for rule in each.rules]) for each in sheet.conditional_formatting
    ],
    "print settings": lambda sheet: (
        str(sheet.page_setup), str(sheet.page_margins), str(sheet.print_options),
        ET.tostring(sheet.HeaderFooter.to_tree()), str(sheet.print_area),
        sheet.print_title_rows, sheet.print_title_cols,
    ),
    "protection": lambda sheet: str(sheet.protection),
    "widths": lambda sheet: {key: each.width for key, each in sheet.column_dimensions.items()},
    "state": lambda sheet: (sheet.sheet_state, str(sheet.freeze_panes), sheet.auto_filter.ref),
    "pictures": lambda sheet: (len(sheet._images), len(sheet._charts)),
}  # fmt: skip
