"""The sheet of a form that a district answers once: items one below the other, a place beside each, and pictures."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from pipeline.model import Template
from pipeline.thai import thai_date, thai_digits
from pipeline.write import metrics, words
from pipeline.write.book import put_foot, set_up
from pipeline.write.cells import Leaf, put, put_across
from pipeline.write.handout.form import SIGNED
from pipeline.write.handout.plan import PROTECTED
from pipeline.write.handout.validation import LONGEST_LIST
from schemas.form import Column

WIDTHS: Final = (300, 460)
_STORY_POINTS: Final = 150.0
_LINE_POINTS: Final = 30.0
_PICTURES_POINTS: Final = 330.0
_PICTURE_ROWS: Final = 2
_UNLOCKED_OBJECTS: Final = {"objects": True, **PROTECTED}
"""Pictures are put on the sheet: whoever may not touch objects could not."""


def put_story(leaf: Leaf, template: Template) -> None:
    """Writes the sheet: heading with the code, the items, room for pictures, what is signed."""
    set_up(leaf, template.title)
    put_foot(leaf, f"รหัสแบบ {template.code}")
    row = _put_heading(leaf, template)
    for label, columns in _items(template):
        row = _put_item(leaf, template, row, label, columns)
    for place in range(row, row + _PICTURE_ROWS):
        leaf.sheet.set_row(place, _PICTURES_POINTS)
    last = _put_signed(leaf, template, row + _PICTURE_ROWS)
    leaf.sheet.print_area(0, 0, last, len(WIDTHS) - 1)
    leaf.sheet.protect("", _UNLOCKED_OBJECTS)


def _put_heading(leaf: Leaf, template: Template) -> int:
    if template.sample:
        put_across(leaf, 0, 0, 1, words.SAMPLE_BANNER, "sample")
    row = 1 if template.sample else 0
    put(leaf, row, 0, thai_digits(template.title), "title")
    leaf.sheet.set_row(row, metrics.line_height(20))
    put(leaf, row + 1, 0, template.campaign.title, "subtitle")
    due = thai_date(template.due_at.astimezone(template.campaign.zone).date())
    put(leaf, row + 2, 0, f"อำเภอ{template.district.name} จังหวัด{template.campaign.province}", "label")
    put(leaf, row + 3, 0, f"กำหนดส่งภายในวันที่ {due} · พิมพ์เฉพาะช่องสีเหลือง · ช่องที่มีเครื่องหมาย * ต้องกรอก", "label")
    put(leaf, row + 4, 0, f"รหัสแบบ: {template.code}", "label")
    return row + 6


def _items(template: Template) -> Iterator[tuple[str, list[Column]]]:
    """The items with their numbers: a column of its own, or the columns of a group."""
    groups = groupby(template.form.row_columns, key=lambda column: column.group or column.key)
    for number, (_, found) in enumerate(groups, start=1):
        columns = list(found)
        yield thai_digits(f"{number}. {columns[0].group or _label(columns[0])}"), columns


def _label(column: Column) -> str:
    unit = f" ({column.unit})" if column.unit and column.unit not in column.header else ""
    return f"{column.header}{unit}{' *' if column.required else ''}"


def _put_item(leaf: Leaf, template: Template, row: int, label: str, columns: list[Column]) -> int:
    """An item and its places to fill in; returns the row below."""
    if columns[0].group:
        put_across(leaf, row, 0, 1, label, "wrap_bold")
        leaf.sheet.set_row(row, metrics.line_count(label, sum(WIDTHS), bold=True) * metrics.line_height())
        for place, column in enumerate(columns, start=row + 1):
            _put_place(leaf, template, place, _label(column), column)
        return row + 1 + len(columns)
    _put_place(leaf, template, row, label, columns[0])
    return row + 1


def _put_place(leaf: Leaf, template: Template, row: int, label: str, column: Column) -> None:
    put(leaf, row, 0, label, "wrap_bold")
    look = "input_count" if column.kind == "count" else "input_text"
    leaf.sheet.write_blank(row, 1, None, leaf.paper.format_of(look))
    leaf.sheet.set_row(row, _STORY_POINTS if column.kind == "story" else _height(label))
    leaf.sheet.data_validation(row, 1, row, 1, _asked(template, column))


def _height(label: str) -> float:
    return max(_LINE_POINTS, metrics.line_count(label, WIDTHS[0], bold=True) * metrics.line_height())


def _asked(template: Template, column: Column) -> dict[str, Any]:
    """The message beside a place, and the warning for what is something else; nothing is refused."""
    registry = template.campaign.registry_of(template.round)
    district = template.district.code
    if column.kind == "count":
        check: dict[str, Any] = {"validate": "integer", "criteria": ">=", "value": 0}
        return {
            **check,
            "error_type": "warning",
            **_said("จำนวนเต็ม", "พิมพ์ตัวเลขอย่างเดียว เช่น 120 หากไม่มีให้พิมพ์ 0"),
        }
    if column.kind == "name":
        return _one_of(
            [body.label for body in registry.bodies_of(district)], "อปท. เดียวของอำเภอ พร้อมประเภทหน้าชื่อ"
        )
    if column.kind == "subdistrict":
        return _one_of(list(registry.subdistricts_of(district)), "ชื่อตำบลในอำเภอ")
    if column.kind == "pictures":
        return {"validate": "any", **_said("รูปภาพ", "วางรูปไว้ใต้ช่องนี้ ระบบนับรูปในแผ่นให้เอง ไม่ต้องพิมพ์จำนวน")}
    return {"validate": "any", **_said("ข้อความ", "พิมพ์ข้อความ ขึ้นบรรทัดใหม่ในช่องเดียวกันได้ด้วย Alt+Enter")}


def _one_of(names: list[str], what: str) -> dict[str, Any]:
    """A list to choose from, as far as a cell can hold it."""
    said = _said("เลือกหรือพิมพ์", what)
    if not names or len(",".join(names)) > LONGEST_LIST:
        return {"validate": "any", **said}
    return {"validate": "list", "source": names, "error_type": "warning", **said}


def _said(title: str, message: str) -> dict[str, str]:
    return {"input_title": title, "input_message": message}


def _put_signed(leaf: Leaf, template: Template, row: int) -> int:
    """What is signed, a line each; returns the last row."""
    for column in template.form.columns:
        if column.level == "footer":
            for text in (column.header, *(SIGNED if column.kind == "person" else ())):
                put(leaf, row, 0, text, "field")
                leaf.sheet.write_blank(row, 1, None, leaf.paper.format_of("fill_text"))
                row += 1
    return row - 1
