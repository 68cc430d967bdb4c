"""What may be typed in a cell: the message shown beside it, and the warning for what is something else.

Nothing is refused: whoever is sure keeps what was typed, and reading judges it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.thai import thai_date
from pipeline.write.cells import Leaf
from pipeline.write.handout.plan import Plan, named
from schemas.form import Column

# What a workbook can hold: beyond it the library writes nothing.
LONGEST_TITLE: Final = 32
LONGEST_MESSAGE: Final = 255
LONGEST_LIST: Final = 255
_ZERO: Final = "หากไม่มีให้พิมพ์ 0"
_FROM_ZERO: Final = {"validate": "decimal", "criteria": ">=", "value": 0}
_FIRST_DAY: Final = 36_526
"""1 January 2000: a smaller number is no day, but what someone typed as one (30, 2564)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a kind of cell asks for: a short title, what to type, what is warned of, and the check of the library."""

    title: str
    message: str
    warning: str = ""
    check: Mapping[str, Any] | None = None


_ANYTHING: Final = Asked("ข้อความ", "พิมพ์ข้อความได้ตามต้องการ ยาวเท่าใดก็ได้")
_NAME: Final = Asked("ชื่อ อปท.", "เลือกชื่อจากรายการ หรือพิมพ์ชื่อพร้อมประเภทหน้าชื่อ", "ไม่มีชื่อนี้ในรายชื่อ อปท. ของอำเภอ")
_NUMBERS: Final[Mapping[str, Asked]] = {
    "count": Asked(
        "จำนวนเต็ม",
        f"พิมพ์ตัวเลขอย่างเดียว เช่น 120 {_ZERO}",
        "ช่องนี้ต้องเป็นจำนวนเต็มตั้งแต่ 0 ขึ้นไป",
        {"validate": "integer", "criteria": ">=", "value": 0},
    ),
    "area": Asked("เนื้อที่เป็นไร่", f"พิมพ์จำนวนไร่ เช่น 2.5 {_ZERO}", "ช่องนี้ต้องเป็นจำนวนไร่ตั้งแต่ 0 ขึ้นไป", _FROM_ZERO),
    "money": Asked("จำนวนเงินเป็นบาท", f"พิมพ์จำนวนบาท เช่น 12500 {_ZERO}", "ช่องนี้ต้องเป็นจำนวนบาทตั้งแต่ 0 ขึ้นไป", _FROM_ZERO),
    "quantity": Asked("จำนวน", f"พิมพ์ตัวเลขอย่างเดียว เช่น 120 {_ZERO}", "ช่องนี้ต้องเป็นตัวเลขตั้งแต่ 0 ขึ้นไป", _FROM_ZERO),
    "percent": Asked(
        "ร้อยละ",
        "พิมพ์ตัวเลขตั้งแต่ 0 ถึง 100 เช่น 72.5",
        "ช่องนี้ต้องเป็นตัวเลขตั้งแต่ 0 ถึง 100",
        {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100},
    ),
}  # fmt: skip


def put_validation(leaf: Leaf, plan: Plan, column: Column, place: tuple[int, int, int], names: str) -> None:
    """Message and warning for the cells of a column: `place` is its column and the first and last row of a stretch,
    `names` the range that lists the district's local bodies."""
    at, first, last = place
    asked = asked_of(column, plan, xl_rowcol_to_cell(first, at), names)
    leaf.sheet.data_validation(
        first,
        at,
        last,
        at,
        {
            **(asked.check or {"validate": "any"}),
            "input_title": asked.title[:LONGEST_TITLE],
            "input_message": _message(column, asked, plan),
            **({"error_title": "โปรดตรวจช่องนี้", "error_message": asked.warning} if asked.warning else {}),
            "error_type": "warning",
        },
    )


def asked_of(column: Column, plan: Plan, cell: str, names: str = "") -> Asked:
    """What a column asks for; `cell` is the one that the check is written for."""
    if column.kind in _NUMBERS:
        return _NUMBERS[column.kind]
    if column.kind in ("start", "end", "date"):
        return _day(plan, cell)
    if column.kind == "choice":
        return _choice(column.options)
    if column.kind == "name" and names:
        return Asked(_NAME.title, _NAME.message, _NAME.warning, {"validate": "list", "source": f"={names}"})
    return _ANYTHING


def limits(column: Column, plan: Plan) -> str:
    """What a figure may not be more than, by the form's rules; empty if nothing."""
    titles = {each.key: each.title for each in plan.columns}
    most = [
        titles[rule.right[0]]
        for rule in plan.template.form.rules
        if rule.check == "part" and rule.left[0] == column.key and rule.right[0] in titles
    ]
    return f"ต้องไม่เกิน {' และไม่เกิน '.join(most)}" if most else ""


def _day(plan: Plan, cell: str) -> Asked:
    """A day may also be text: 30 เม.ย. 2564 stays one where no Thai calendar is set."""
    due = thai_date(plan.template.due_at.date(), short=True, digits="arabic")
    check = {"validate": "custom", "value": f"=OR(ISTEXT({cell}),{cell}>={_FIRST_DAY})"}
    return Asked("วันที่", f"พิมพ์วัน เดือน ปี พ.ศ. เช่น {due}", "ช่องนี้ต้องเป็นวันที่ที่มีทั้งวัน เดือน และปี", check)


def _choice(options: Sequence[str]) -> Asked:
    said = ", ".join(options)
    check = {"validate": "list", "source": list(options)} if len(",".join(options)) <= LONGEST_LIST else None
    message = f"เลือกข้อใดข้อหนึ่ง: {said} หากมีหลายข้อให้พิมพ์คั่นด้วยจุลภาค"
    return Asked("เลือกจากรายการ", message, f"ช่องนี้ต้องเป็นข้อใดข้อหนึ่งใน: {said}"[:LONGEST_MESSAGE], check)


def _message(column: Column, asked: Asked, plan: Plan) -> str:
    """The column's title, what to type, and what it may not be more than; what does not fit is left out."""
    lines = [
        named(column),
        asked.message,
        "ต้องกรอก" if column.required else "กรอกถ้ามี",
        limits(column, plan),
    ]
    said = ""
    for line in filter(None, lines):
        longer = f"{said}\n{line}" if said else line
        said = longer if len(longer) <= LONGEST_MESSAGE else said
    return said
