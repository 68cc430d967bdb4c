"""What kind of column an unknown label is likely to be of. Every guess is told: nobody but the office knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.drafting.units import BAHT, PERCENT, RAI, SQUARE, WEIGHED, is_unit, unit_of
from pipeline.thai import fold, fold_label
from schemas.form import Kind

KINDS: Final[dict[Kind, str]] = {
    "ignored": "ลำดับที่ ซึ่งระบบไม่อ่าน",
    "name": "ชื่อ อปท.",
    "item": "สิ่งที่แยกแถวของ อปท. เดียวกัน",
    "text": "ข้อความ",
    "choice": "ตัวเลือก",
    "start": "วันเริ่มต้น",
    "end": "วันสิ้นสุด",
    "count": "จำนวนนับ",
    "area": "ปริมาณที่มีทศนิยมและรวมยอดได้",
    "money": "จำนวนเงิน (บาท)",
    "quantity": "ปริมาณที่ไม่รวมยอด",
    "percent": "ร้อยละ",
    "district": "อำเภอ",
}
"""Kinds of columns in the words of a report."""


def _folded(words: str) -> tuple[str, ...]:
    return tuple(fold(word.replace("_", " ")) for word in words.split())


NUMBERED: Final = _folded("ลำดับ ลำดับที่ ที่ ล.ที่ เลขที่ no no. number")
BODY: Final = _folded("หน่วยงาน ชื่อหน่วยงาน เทศบาล/อบต. organisation organization municipality agency lao")
BODY_BEGINS: Final = _folded(
    "อปท ชื่ออปท รายชื่ออปท องค์กรปกครองส่วนท้องถิ่น ชื่อองค์กรปกครอง local_body local_bodies local_government "
    "local_administrative name_of_local"
)
PLACE: Final = _folded("หมู่ ม. หมู่บ้าน ชื่อหมู่บ้าน หมู่บ้าน/ชุมชน ชุมชน village moo")
PLACE_BEGINS: Final = _folded("หมู่ที่ village_no moo_no")
DEED: Final = _folded("กิจกรรม โครงการ กิจกรรม/โครงการ โครงการ/กิจกรรม activity activities project")
DEED_BEGINS: Final = _folded("ชื่อกิจกรรม ชื่อโครงการ activity_name project_name name_of_activity name_of_project")
SHARE: Final = _folded("ร้อยละ เปอร์เซ็นต์ percent")
MONEY_BEGINS: Final = _folded("งบประมาณ จำนวนงบ จำนวนเงิน วงเงิน budget")
END: Final = _folded("สิ้นสุด แล้วเสร็จ ถึงวันที่ end_date date_of_end finish completed")
START_BEGINS: Final = _folded("วันที่ วันเริ่ม เริ่ม start date")
TEXT_BEGINS: Final = _folded(
    "หมายเหตุ ปัญหา ข้อเสนอแนะ รายละเอียด วิธี ผู้รับผิดชอบ ชื่อ สถานที่ ที่ตั้ง ที่อยู่ ตำบล ตัวชี้วัด ผลที่ แหล่ง "
    "remark note problem detail name place address"
)
NUMBER_BEGINS: Final = _folded("จำนวน number_of no_of")
LAND: Final = _folded("ไร่")


@dataclass(frozen=True, slots=True)
class Guess:
    """A likely kind and unit; `deed` where rows are told apart by what is done, not by the place."""

    kind: Kind
    unit: str = ""
    deed: bool = False


def guess(label: str, groups: Sequence[str], under: str, whole: str) -> Guess:
    """What a column is likely to hold by its own label, else by the labels above it. `under` is the unit that stands in
    a row below the label, `whole` that of the whole table, for figures that state none."""
    said = fold_label(label)
    path = "".join(map(fold_label, groups)) + said
    stated = stated_unit(label, groups, under)
    numbered = path.startswith(NUMBER_BEGINS) or said.startswith(NUMBER_BEGINS)
    if any(word in said for word in SHARE) or "%" in (label.strip("() "), stated) or fold(stated) in PERCENT:
        return Guess("percent", "%")
    if said.startswith(MONEY_BEGINS) and not stated:
        return Guess("money", "บาท")
    if stated or numbered:
        return _measured(stated or whole)
    return _by_word(said, path) or (_measured(whole) if whole else Guess("text"))


def stated_unit(label: str, groups: Sequence[str], under: str) -> str:
    """The unit that a label states, else the row below it, else the nearest label above, which may be one itself."""
    above = [group if is_unit(group) else unit_of(group) for group in reversed(groups)]
    return next(filter(None, (unit_of(label), under, *above)), "")


def _by_word(said: str, path: str) -> Guess | None:
    """What a label that states no unit and no number says it is."""
    words: tuple[tuple[bool, Guess], ...] = (
        (said in NUMBERED, Guess("ignored")),
        (said in BODY or said.startswith(BODY_BEGINS), Guess("name")),
        (said in PLACE or said.startswith(PLACE_BEGINS), Guess("item")),
        (said in DEED or said.startswith(DEED_BEGINS), Guess("item", deed=True)),
        (any(word in path for word in END), Guess("end")),
        (said.startswith(START_BEGINS), Guess("start")),
        (said.startswith(TEXT_BEGINS), Guess("text")),
        (any(word in said for word in LAND), Guess("area", "ไร่")),
    )
    return next((guessed for fits, guessed in words if fits), None)


def _measured(unit: str) -> Guess:
    """A figure by its unit; a count where none is stated."""
    measured = fold(unit)
    if measured in BAHT:
        return Guess("money", "บาท")
    if measured in RAI or measured in WEIGHED:
        return Guess("area", "ไร่" if measured in RAI else unit)
    return Guess("quantity" if measured in SQUARE else "count", unit)
