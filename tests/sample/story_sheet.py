"""The best-practice form: eight items with their answers, laid out in the ways in which offices fill it in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tests.sample.model import Position, Put, Raw, Sheet

Arrangement = Literal["beside", "below", "behind", "numbered", "across", "parts"]
ARRANGEMENTS: tuple[Arrangement, ...] = ("beside", "below", "behind", "numbered", "across", "parts")
LABELS = (
    "ชื่อกิจกรรม/โครงการที่ดำเนินการ",
    "หน่วยงาน /องค์กรปกครองส่วนท้องถิ่น /ภาคร่วมพัฒนา และจำนวนประชาชนที่เข้าร่วมในการดำเนินโครงการ",
    "พื้นที่ดำเนินการ",
    "รายละเอียด วิธีการ ขั้นตอน การดำเนินโครงการ",
    "ปัญหาอุปสรรค ในการดำเนินโครงการ",
    "ตัวชี้วัดความสำเร็จ",
    "ปัจจัยความสำเร็จของโครงการ",
    "รูปภาพกิจกรรม/โครงการ จำนวน ๓-๕ ภาพ",
)
GROUPS = {
    1: (("agency", "หน่วยงาน"), ("lao_name", "องค์กรปกครองส่วนท้องถิ่น"), ("partners", "ภาคีร่วมพัฒนา"),
        ("people", "จำนวนประชาชนที่เข้าร่วม (คน)")),
    2: (("moo", "หมู่ที่"), ("village", "บ้าน"), ("tambon", "ตำบล")),
}  # fmt: skip
ALONE = {0: "activity", 3: "process", 4: "problems", 5: "indicators", 6: "factors", 7: "photos"}
THAI = "๑๒๓๔๕๖๗๘"


@dataclass(frozen=True, slots=True)
class Story:
    """One district's story; `answers` override what stands in `CLEAN`, an empty one leaves its place blank."""

    district: str
    arrangement: Arrangement = "beside"
    answers: Mapping[str, Raw] = field(default_factory=dict)
    without: tuple[int, ...] = ()
    title: str = "แบบสรุปผลความสำเร็จ Best practice การบูรณาการความร่วมมือในการขับเคลื่อนโครงการ"
    sheet: str = "Best practice"


CLEAN: Mapping[str, Raw] = {
    "activity": "ธนาคารผักสวนครัวคู่ถังขยะเปียก",
    "agency": "สำนักงานพัฒนาชุมชนอำเภอ",
    "lao_name": "ทต.นาเยีย",
    "partners": "กศน. และ รพ.สต.",
    "people": 120,
    "moo": "5",
    "village": "โนนแดง",
    "tambon": "นาเยีย",
    "process": "๑) ประชุมชี้แจง\n๒) แบ่งปันเมล็ดพันธุ์\n๓) ติดตามเยี่ยมเยียน",
    "problems": "หน่วยงานในพื้นที่ขาดน้ำในฤดูแล้ง",
    "indicators": "ครัวเรือนร้อยละ 90 ปลูกผักอย่างน้อย 5 ชนิด",
    "factors": "ผู้นำเข้มแข็ง",
    "photos": "4 ภาพ",
}


def sheet_of(story: Story) -> Sheet:
    """The sheet of a story."""
    answers = {**CLEAN, **story.answers}
    heading = (
        story.title,
        "“ปลูกผักสวนครัว” และ “โครงการอาสาสมัครท้องถิ่นรักษ์โลก”",
        f"อำเภอ{story.district} จังหวัดอุบลราชธานี",
    )
    cells = {(row, 0): Put(text, look="title") for row, text in enumerate(heading)}
    items = [number for number in range(len(LABELS)) if number not in story.without]
    last = 4
    for (row, column), value in _body(story.arrangement, items, answers, last):
        if value != "":
            cells[(row, column)] = Put(value)
        last = max(last, row)
    cells[(last + 2, 1)] = Put("ลงชื่อ ........................ ผู้รายงาน")
    cells[(last + 3, 1)] = Put("ตำแหน่ง พัฒนาการอำเภอ")
    return Sheet(story.sheet, cells)


def _body(
    arrangement: Arrangement, items: list[int], answers: Mapping[str, Raw], row: int
) -> Iterator[tuple[Position, Raw]]:
    """Label and answer of each item, one item below the other but where they stand side by side."""
    for place, number in enumerate(items):
        label, told = f"{THAI[number]}. {LABELS[number]}", _answer(number, answers)
        lines = _lines(arrangement, number, label, told, answers)
        for offset, line in enumerate(lines):
            for column, value in enumerate(line):
                yield (row + offset, column + (place if arrangement == "across" else 0)), value
        row += 0 if arrangement == "across" else len(lines)


def _lines(
    arrangement: Arrangement, number: int, label: str, told: Raw, answers: Mapping[str, Raw]
) -> list[tuple[Raw, ...]]:
    """The rows of one item, each from its first column on."""
    if arrangement == "parts" and number in GROUPS:
        return [(label,), *(("", part, answers[key]) for key, part in GROUPS[number])]
    return {
        "below": [(label,), *((line,) for line in str(told).split("\n"))],
        "behind": [(f"{label}: {told}",)],
        "numbered": [(number + 1, LABELS[number], told)],
        "across": [(label,), (told,)],
    }.get(arrangement, [(label, told)])


def _answer(number: int, answers: Mapping[str, Raw]) -> Raw:
    """The answer of an item; of a group what an officer writes in one cell."""
    if number in ALONE:
        return answers[ALONE[number]]
    if number == 1:
        parts = " / ".join(str(answers[key]) for key in ("agency", "lao_name", "partners") if answers[key])
        return f"{parts} ประชาชนเข้าร่วม {answers['people']} คน" if answers["people"] else parts
    words = (("หมู่ที่ ", "moo"), ("บ้าน", "village"), ("ตำบล", "tambon"))
    return " ".join(f"{word}{answers[key]}" for word, key in words if answers[key])
