"""What of the draft of a form without a table is a guess, each with its cell."""

from collections.abc import Iterator, Mapping

from pipeline.drafting.answers import Questions, known_keys, unanswered
from pipeline.drafting.blank import cell_place
from pipeline.drafting.doubts import around_doubts, guessed, tally_doubts
from pipeline.names import Names
from schemas.form import Form


def answer_doubts(asked: Questions, form: Form, forms: Mapping[str, Form], names: Names) -> Iterator[str]:
    """A sentence for each thing that was guessed, items first, in the order of the blank."""
    sheet = asked.grid.sheet
    yield f'แผ่น "{sheet}": ไม่มีตาราง ถือว่าเป็นแบบที่แต่ละอำเภอตอบครั้งเดียว (grain ใน form.toml) หัวข้อละหนึ่งช่อง'
    for item in asked.items:
        place = cell_place(sheet, item.cell)
        if not item.known:
            yield guessed(place, item.column)
        if item.several:
            yield f'{place}: บรรทัดนี้มีที่เขียนหลายช่อง ร่างเป็นช่องเดียวคือ "{item.column.header}" ให้แยกเองหากต้องการ'
    if not form.name_key:
        yield f'แผ่น "{sheet}": ไม่มีหัวข้อชื่อ อปท. ระบบจะทราบ อปท. ได้เมื่อชื่อแผ่นเป็นชื่อ อปท. เท่านั้น ให้เพิ่มหัวข้อ "อปท." ในแบบ'
    yield from around_doubts(sheet, asked.around)
    yield from tally_doubts(form)
    for item in unanswered(asked, form, names):
        yield (
            f'{cell_place(sheet, item.cell)}: ระบบยังหาหัวข้อ "{item.column.header}" ในแบบเปล่านี้ไม่พบจากป้ายที่ร่างไว้ '
            "ให้เพิ่มป้ายใน synonyms หรือตั้งหัวข้อในแบบให้ต่างจากข้ออื่น"
        )
    for other in forms.values():
        known = known_keys(asked, other, names) if other.grain == form.grain else ()
        if known:
            yield (
                f'แผ่น "{sheet}": แบบ "{other.key}" ที่มีอยู่แล้วรู้จักแผ่นนี้ด้วย ไฟล์ที่กรอกแล้วอาจถูกอ่านเป็นแบบเดิม '
                "หากเป็นแบบเดียวกัน ให้ใช้แบบเดิมและเพิ่มป้ายใน synonyms แทน หากไม่ใช่ ให้ตั้งหัวข้อให้ต่างจากแบบเดิม"
            )
