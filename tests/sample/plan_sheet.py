"""The plan's form: a recipe becomes a sheet of activities, with every figure's cell remembered.

Activities are invented, drawn from a generator seeded with the local body's own code.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from tests.sample.model import Fact, Laid, Planted, Position, Put, Raw, Sheet, address
from tests.sample.tables import Body, Tables

HEADERS: Mapping[str, tuple[str, str]] = {
    "seq": ("", "ลำดับที่"),
    "lao_name": ("", "องค์กรปกครองส่วนท้องถิ่น (อปท.)"),
    "guideline_item": ("", "แนวทางที่ (ข้อ ๑-๕)"),
    "activity": ("", "กิจกรรม/โครงการ"),
    "target_qty": ("เป้าหมาย", "จำนวน"),
    "target_unit": ("เป้าหมาย", "หน่วยนับ"),
    "place": ("", "พื้นที่ดำเนินการ (หมู่ที่/บ้าน)"),
    "start_date": ("ระยะเวลาดำเนินการ", "เริ่มต้น"),
    "end_date": ("ระยะเวลาดำเนินการ", "สิ้นสุด"),
    "budget": ("", "งบประมาณ (บาท)"),
    "owner": ("", "หน่วยงานรับผิดชอบ"),
    "partners": ("", "ภาคีการพัฒนาที่ร่วมดำเนินการ"),
    "remark": ("", "หมายเหตุ"),
}
KINDS = (
    ("1", "ประชุมชี้แจงโก่งธนูโมเดลแก่ผู้นำชุมชน", "คน", 30, 80),
    ("2", "ส่งเสริมการปลูกผักสวนครัวในครัวเรือน", "ครัวเรือน", 100, 900),
    ("2", "ส่งเสริมการทำถังขยะเปียกลดโลกร้อน", "ครัวเรือน", 100, 700),
    ("3", "รับสมัครอาสาสมัครท้องถิ่นรักษ์โลก (อถล.)", "คน", 20, 150),
    ("4", "ติดตามเยี่ยมเยียนและมอบเกียรติบัตรครัวเรือนต้นแบบ", "ครั้ง", 2, 8),
    ("5", "ประชาสัมพันธ์ผ่านหอกระจายข่าวและป้าย", "ครั้ง", 4, 20),
)
MONEY, OWNERS = 500, ("สำนักปลัด", "กองสาธารณสุขและสิ่งแวดล้อม", "กองสวัสดิการสังคม")
KEPT = ("target_qty", "budget")
Style = Literal["plain", "text", "months", "one_period"]


@dataclass(frozen=True, slots=True)
class Written:
    """A cell of an activity written otherwise: the nth of its local body, what stands there, what it is worth."""

    body: str
    nth: int
    key: str
    raw: Raw
    means: float | None = None
    case: str = ""
    expect: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One sheet of activities; the defaults are the clean form. `held` local bodies' rows are not counted."""

    district: str
    sheet: str = "แผนปฏิบัติการ"
    title: str = "แบบรายงานการจัดทำแผนปฏิบัติการ"
    area: str = ""
    dates: Style = "plain"
    merged: bool = False
    absent: tuple[str, ...] = ()
    written: tuple[Written, ...] = ()
    without: tuple[str, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()
    round: str = "plan"
    counts: bool = True
    form: str = "plan"


@dataclass(frozen=True, slots=True)
class Activity:
    """One row: whose, what stands in each column, and what its figures are worth."""

    body: Body
    nth: int
    cells: Mapping[str, Raw]
    means: Mapping[str, float | None]
    planted: tuple[tuple[str, str, str], ...] = ()


def lay_out_plan(plan: Plan, tables: Tables) -> Laid:
    """The sheet, its facts (tallies at the cells that they count) and what was planted in it."""
    columns = [key for key in HEADERS if key not in plan.without]
    activities = [each for body in tables.bodies_of(plan.district) for each in _activities(body, plan)]
    first = 5
    cells = {
        (0, 0): Put(plan.title, look="title"),
        (1, 0): Put(f"{plan.area or 'อำเภอ' + tables.districts[plan.district]} จังหวัดอุบลราชธานี", look="title"),
        **_header(columns, 3),
    }
    facts, planted = [], [Planted(case, plan.sheet, "", expect) for case, expect in plan.cases]
    planted += [Planted("25", plan.sheet, "", "ABSENT_ACTIVITY", label) for label in plan.absent]
    for row, each in enumerate(activities, start=first):
        cells |= _row(each, columns, row, plan)
        facts += _facts(each, columns, row)
        planted += [
            Planted(case, plan.sheet, address(row, columns.index(key)), code)
            for case, key, code in each.planted
        ]
    end = first + len(activities)
    if "budget" in columns:
        total = sum(each.means["budget"] or 0 for each in activities)
        cells |= {
            (end, 1): Put("รวม", look="sum"),
            (end, columns.index("budget")): Put(total, "#,##0", "sum"),
        }
    cells |= {
        (end + 2, 1): Put("ลงชื่อ ........................ ผู้รายงาน"),
        (end + 3, 1): Put("ตำแหน่ง พัฒนาการอำเภอ"),
    }
    merges = [(0, 0, 0, len(columns) - 1), (1, 0, 1, len(columns) - 1), *_merges(columns, 3)]
    merges += _name_merges(activities, columns, first) if plan.merged else []
    return Laid(plan, Sheet(plan.sheet, cells, tuple(merges)), tuple(facts), tuple(planted))


def _activities(body: Body, plan: Plan) -> Iterator[Activity]:
    """Two or three activities of a local body."""
    if body.label in plan.absent:
        return
    rng = Random(f"ubon-2564:plan:{body.code}")
    for nth, (item, activity, unit, low, high) in enumerate(rng.sample(KINDS, rng.randint(2, 3))):
        budget = rng.choice((0, *range(2, 60))) * MONEY
        month = rng.randint(2, 3)
        cells: dict[str, Raw] = {
            "lao_name": body.label,
            "guideline_item": int(item),
            "activity": activity,
            "target_qty": rng.randint(low, high),
            "target_unit": unit,
            "place": f"หมู่ที่ 1-{body.villages}",
            **_dates(plan.dates, month),
            "budget": budget,
            "owner": rng.choice(OWNERS),
            "partners": "",
            "remark": "",
        }
        yield _changed(Activity(body, nth, cells, {key: cells[key] for key in KEPT}), plan.written)


def _dates(style: Style, month: int) -> dict[str, Raw]:
    short = {2: "ก.พ.", 3: "มี.ค."}[month]
    return {
        "plain": {"start_date": f"1 {short} 2564", "end_date": "30 เม.ย. 2564"},
        "text": {"start_date": f"๑ {short} ๒๕๖๔", "end_date": "๓๐ เม.ย. ๒๕๖๔"},
        "months": {"start_date": f"{short} 64", "end_date": "เมษายน 2564"},
        "one_period": {"start_date": "", "end_date": f"{short} - เม.ย. 64"},
    }[style]


def _changed(each: Activity, written: Sequence[Written]) -> Activity:
    for one in written:
        if (one.body, one.nth) == (each.body.label, each.nth):
            means = {**each.means, one.key: one.means} if one.key in KEPT else each.means
            planted = (*each.planted, (one.case, one.key, one.expect)) if one.expect else each.planted
            each = replace(each, cells={**each.cells, one.key: one.raw}, means=means, planted=planted)
    return each


def _row(each: Activity, columns: Sequence[str], row: int, plan: Plan) -> dict[Position, Put]:
    cells = {"seq": row - 4, **each.cells}
    if plan.merged and each.nth:
        cells["lao_name"] = ""
    return {
        (row, column): Put(cells[key], "#,##0" if key in KEPT else "", "body")
        for column, key in enumerate(columns)
        if cells[key] != ""
    }


def _facts(each: Activity, columns: Sequence[str], row: int) -> Iterator[Fact]:
    """Figures, and what the program counts: each activity, at its name, and at the guideline it follows."""
    code, activity = each.body.code, str(each.cells["activity"])
    if any(code_ in ("UNKNOWN_LOCAL_BODY", "DUPLICATE_ROW") for _, _, code_ in each.planted):
        return
    for key in KEPT:
        if key in columns and each.cells[key] != "":
            yield Fact(code, activity, key, each.means[key], address(row, columns.index(key)), row)
    if activity:
        yield Fact(code, activity, "activities", 1, address(row, columns.index("activity")), row)
    for item in str(each.cells["guideline_item"]).translate(str.maketrans("๑๒๓๔๕", "12345")):
        if item in "12345" and "BAD_CHOICE" not in [code_ for *_, code_ in each.planted]:
            place = address(row, columns.index("guideline_item"))
            yield Fact(code, activity, f"activities_{item}", 1, place, row)


def _header(columns: Sequence[str], at: int) -> dict[Position, Put]:
    cells: dict[Position, Put] = {}
    for column, key in enumerate(columns):
        group, leaf = HEADERS[key]
        if group and (at, column) not in cells and group not in [put.value for put in cells.values()]:
            cells[(at, column)] = Put(group, look="head")
        cells[(at + 1 if group else at, column)] = Put(leaf, look="head")
    return cells


def _merges(columns: Sequence[str], at: int) -> list[tuple[int, int, int, int]]:
    alone = [(at, column, at + 1, column) for column, key in enumerate(columns) if not HEADERS[key][0]]
    spans: dict[str, list[int]] = {}
    for column, key in enumerate(columns):
        spans.setdefault(HEADERS[key][0], []).append(column)
    return alone + [(at, each[0], at, each[-1]) for group, each in spans.items() if group and len(each) > 1]


def _name_merges(
    activities: Sequence[Activity], columns: Sequence[str], first: int
) -> list[tuple[int, int, int, int]]:
    """A local body's name once, merged down over its activities (case 17)."""
    column, rows = columns.index("lao_name"), {}
    for row, each in enumerate(activities, start=first):
        rows.setdefault(each.body.code, []).append(row)
    return [(each[0], column, each[-1], column) for each in rows.values() if len(each) > 1]
