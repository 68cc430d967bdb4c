"""Sheets to look at: how the form is filled in, and the figures of the round before. Each carries its seal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.aids import seal
from pipeline.model import Before, CellValue
from pipeline.thai import thai_datetime, thai_digits
from pipeline.write import metrics, words
from pipeline.write.book import put_foot, set_up
from pipeline.write.cells import Leaf, put_across
from pipeline.write.handout.plan import (
    PROTECTED,
    Plan,
    groups_of,
    groups_points,
    label,
    named,
    starred,
    turned_points,
)
from pipeline.write.handout.validation import asked_of, limits
from pipeline.write.layout import reference
from schemas.form import Column

HOW: Final = "วิธีกรอก"
BEFORE: Final = "ตัวเลขครั้งก่อน"
HOW_PX: Final = (300, 130, 520, 90, 200)
_FIRST: Final = 3
"""The first row below the banner, the title and the seal."""
_INDENT_PX: Final = 16
_FIGURE_PX: Final = 66
_LISTED: Final = 4
"""The column of วิธีกรอก that lists the local bodies."""
_STEPS: Final = (
    "พิมพ์เฉพาะช่องสีเหลือง ช่องอื่นล็อกไว้โดยไม่มีรหัสผ่าน เพื่อให้รวมตัวเลขทั้งจังหวัดได้ตรงกัน",
    "จำนวนให้พิมพ์ตัวเลขอย่างเดียว ไม่ต้องพิมพ์หน่วย หากไม่มีให้พิมพ์ 0 หากยังไม่ทราบให้เว้นว่างไว้",
    "คอลัมน์ขวาสุดบอกทันทีว่าแถวนั้นครบถ้วน หรือยังมีช่องใดต้องตรวจ",
    "กรุณาคงรหัสแบบและหัวตารางไว้ตามเดิม ระบบใช้สองอย่างนี้จำว่าเป็นของอำเภอใดและครั้งใด",
)
_MORE_ROWS: Final = "แต่ละ อปท. มีแถวให้กรอกหลายกิจกรรม แถวที่ไม่ใช้ให้เว้นว่างไว้ หากไม่พอให้ใช้แถวว่างท้ายตาราง"


@dataclass(frozen=True, slots=True)
class Put:
    """A value on such a sheet, from one column to another of a row."""

    row: int
    first: int
    last: int
    value: CellValue
    look: str


def names_range(plan: Plan) -> str:
    """Where วิธีกรอก lists the local bodies of the district."""
    top = _table_row(plan) + 1
    return reference(HOW, top, _LISTED, top + len(plan.template.bodies) - 1)


def put_how(leaf: Leaf, plan: Plan) -> None:
    """Writes วิธีกรอก: the steps, what each column asks for, and the names of the local bodies."""
    title = f"วิธีกรอก {thai_digits(plan.template.title)} อำเภอ{plan.template.district.name}"
    _put_sheet(leaf, plan, title, [*_steps(plan), *_columns(plan), *_names(plan)])


def put_before(leaf: Leaf, plan: Plan, before: Before) -> None:
    """Writes ตัวเลขครั้งก่อน: a row for each local body, a column for each figure that the round before has."""
    round_, zone = thai_digits(before.round.title), plan.template.campaign.zone
    title = f"ตัวเลขที่รายงานไว้ใน{round_} อำเภอ{plan.template.district.name}"
    as_of = f"ตามที่รวมไว้ ณ วันที่ {thai_datetime(before.as_of.astimezone(zone))} · {words.UNKNOWN} ไม่มีข้อมูล"
    about = Put(_FIRST, 0, _across(leaf), as_of, "subtitle")
    columns = known_before(plan, before)
    _put_sheet(leaf, plan, title, [about, *_header(columns), *_figures(plan, before, columns)])
    leaf.sheet.set_row(_FIRST + 1, groups_points(columns, [_FIGURE_PX for _ in columns]))
    leaf.sheet.set_row(_FIRST + 2, turned_points(columns))
    leaf.sheet.repeat_rows(_FIRST + 1, _FIRST + 2)
    leaf.sheet.freeze_panes(_FIRST + 3, 1)


def before_widths(plan: Plan, before: Before) -> tuple[int, ...]:
    """The widths of ตัวเลขครั้งก่อน in pixels."""
    labels = metrics.column_px(body.label for body in plan.template.bodies)
    return labels, *(_FIGURE_PX for _ in known_before(plan, before))


def known_before(plan: Plan, before: Before) -> list[Column]:
    """The columns of figures that any local body of the district had in the round before."""
    known = {key for figures in before.figures.values() for key in figures}
    return [column for column in plan.columns if column.counted and column.key in known]


def _put_sheet(leaf: Leaf, plan: Plan, title: str, puts: Sequence[Put]) -> None:
    """A sheet under its title and its seal, all of it locked."""
    banner = [Put(0, 0, _across(leaf), words.SAMPLE_BANNER, "sample")] if leaf.paper.imprint.sample else []
    titled = sorted([*banner, Put(1, 0, _across(leaf), title, "title"), *puts], key=_place)
    sealed = Put(2, 0, _across(leaf), seal(put.value for put in titled), "strip")
    set_up(leaf, title, landscape=True)
    put_foot(leaf, f"รหัสแบบ {plan.template.code}")
    for put in (*titled, sealed):
        put_across(leaf, put.row, put.first, put.last, put.value, put.look)
    for put in titled:
        lines = metrics.line_count(str(put.value), sum(leaf.widths[put.first : put.last + 1]) - _INDENT_PX)
        if put.look == "wrap" and lines > 1:
            leaf.sheet.set_row(put.row, lines * metrics.line_height())
    leaf.sheet.set_row(1, metrics.line_height(20))
    leaf.sheet.protect("", PROTECTED)


def _across(leaf: Leaf) -> int:
    return len(leaf.widths) - 1


def _place(put: Put) -> tuple[int, int]:
    return put.row, put.first


def _steps(plan: Plan) -> list[Put]:
    steps = [*_STEPS, *([_MORE_ROWS] if plan.template.form.grain == "activity" else [])]
    if starred(plan.template.form):
        steps.insert(1, "ช่องที่มีเครื่องหมาย * ต้องกรอก ช่องอื่นกรอกเท่าที่มี")
    last = len(HOW_PX) - 1
    return [
        Put(_FIRST + place, 0, last, f"{thai_digits(str(place + 1))}. {step}", "line")
        for place, step in enumerate(steps)
    ]


def _table_row(plan: Plan) -> int:
    return _FIRST + len(_steps(plan)) + 1


def _columns(plan: Plan) -> Iterator[Put]:
    """A row for each thing that is asked."""
    top = _table_row(plan)
    for place, title in enumerate(("ช่อง", "ชนิด", "กรอกอย่างไร", "ต้องกรอก")):
        yield Put(top, place, place, title, "head")
    asked = [*plan.fields, *plan.columns[plan.lead :]]
    for row, column in enumerate(asked, start=top + 1):
        kind = asked_of(column, plan, "A1")
        how = " ".join(filter(None, (kind.message, limits(column, plan))))
        told = (named(column), kind.title, how, "ต้องกรอก" if column.required else "ถ้ามี")
        for place, text in enumerate(told):
            yield Put(row, place, place, text, "centre" if place in (1, 3) else "wrap")


def _names(plan: Plan) -> Iterator[Put]:
    top = _table_row(plan)
    yield Put(top, _LISTED, _LISTED, "รายชื่อ อปท.", "head")
    for row, body in enumerate(plan.template.bodies, start=top + 1):
        yield Put(row, _LISTED, _LISTED, body.label, "text")


def _header(columns: Sequence[Column]) -> Iterator[Put]:
    """Two rows: the groups, and the columns' own labels."""
    yield Put(_FIRST + 2, 0, 0, "อปท.", "head")
    for group, first, last in groups_of(columns):
        if group:
            yield Put(_FIRST + 1, first + 1, last + 1, group, "head")
    for place, column in enumerate(columns, start=1):
        yield Put(_FIRST + 2, place, place, label(column).removesuffix(" *"), "head_turned")


def _figures(plan: Plan, before: Before, columns: Sequence[Column]) -> Iterator[Put]:
    for row, body in enumerate(plan.template.bodies, start=_FIRST + 3):
        yield Put(row, 0, 0, body.label, "text")
        known = before.figures.get(body.code, {})
        for place, column in enumerate(columns, start=1):
            if column.key in known:
                look = column.kind if column.kind in ("area", "money") else "count"
                yield Put(row, place, place, known[column.key], look)
            else:
                yield Put(row, place, place, words.UNKNOWN, "centre")
