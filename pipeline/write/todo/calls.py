"""Whom the analyst calls about a task, what there is to say, and how things stand: plain, polite, without blame."""

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.model import Campaign, RosterRow, RoundResult
from pipeline.thai import thai_digits
from pipeline.write import words
from pipeline.write.grouping import Group

MISSING: Final = "เลยกำหนดส่งแล้ว ยังไม่ได้รับไฟล์ใด"
SEND: Final = "ขอให้ส่ง หากส่งแล้ว ขอทราบวันเวลาและช่องทาง"
BESIDE: Final = "อำเภอมีรายงานที่ใช้ได้แล้ว ถามว่าไฟล์นี้มีตัวเลขอื่นอีกหรือไม่ หากไม่มีให้ถอนออก"
STRAY: Final = "เปิดดูว่าเป็นรายงานหรือไม่ หากใช่ ขอให้ผู้ส่งกรอกในแบบรายงานที่จังหวัดแจก หากไม่ใช่ให้ถอนออก"
MEND: Final = "ขอฉบับแก้ไข หรือขอค่าที่ถูกต้องทางโทรศัพท์"
EXPLAIN: Final = "ขอคำชี้แจง หากถูกต้องแล้วไม่ต้องส่งใหม่"
ABSENT: Final = "ขอรายงานของ อปท. ที่ยังไม่มีในไฟล์"
RECEIPT: Final = "ขอทราบวันและเวลาที่ส่งจริง แล้วบันทึกลงทะเบียนรับ"
VANISHED: Final = "หากตั้งใจถอนไฟล์ ให้สั่งถอนพร้อมเหตุผล หากไม่ได้ตั้งใจ ให้วางไฟล์กลับที่เดิม"
_PLACE: Final = "ถามว่าเป็นของอำเภอใด ครั้งที่เท่าใด"
_QUESTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "NO_DISTRICT": ("ไม่ได้บอกว่าเป็นของอำเภอใด", "ถามในกลุ่มของอำเภอว่าไฟล์นี้เป็นของอำเภอใด"),
    "NO_ROUND": ("ไม่ได้บอกว่าเป็นรายงานครั้งที่เท่าใด", "ถามว่าเป็นรายงานครั้งที่เท่าใด"),
    "MIXED_CONTENT": ("เนื้อหาขัดกันเองเรื่องอำเภอหรือครั้งที่", _PLACE),
    "OTHER_TITLE": ("หัวเรื่องเป็นของแบบหนึ่ง ตารางเป็นของอีกแบบหนึ่ง", "ถามว่าเป็นรายงานใด ครั้งที่เท่าใด"),
    "WRONG_FOLDER": ("อยู่ในโฟลเดอร์ที่ไม่ตรงกับเนื้อหา", _PLACE),
    "SAME_FIGURES": ("ตัวเลขเหมือนรายงานครั้งก่อนทุกช่อง", "ถามว่าตัวเลขเหมือนครั้งก่อนจริง หรือแนบไฟล์ของครั้งก่อนมา"),
    "OLD_HEADING": ("หัวเรื่องเป็นของครั้งก่อน แต่ตัวเลขใหม่", "ถามว่าเป็นรายงานครั้งใหม่ หรือฉบับแก้ไขของครั้งก่อน"),
    "FEWER_BODIES": ("อปท. น้อยกว่าฉบับก่อน จึงยังใช้ฉบับก่อน", "ถามว่า อปท. ที่ขาดไปตกหล่นหรือไม่ หากตกหล่นขอฉบับที่ครบ"),
    "TWIN": ("เนื้อหาเหมือนไฟล์ของอีกอำเภอทุกประการ", "ถามว่าเป็นของอำเภอใด และขอไฟล์ของอีกอำเภอ"),
}
"""For each question where something belongs: the question in a few words, and what to ask."""


def office(campaign: Campaign) -> str:
    """What such an office is called before the name of its district: สำนักงานพัฒนาชุมชนอำเภอ."""
    kind, of_province, _ = campaign.office.partition("จังหวัด")
    return f"{kind}อำเภอ" if of_province else "อำเภอ"


def any_of(rows: Sequence[RosterRow]) -> str:
    """The districts one of which it is."""
    return " หรือ ".join(row.district for row in rows)


def brief(group: Group) -> str:
    """What was found, in a few words where it is a question of place."""
    return _QUESTIONS[group.code][0] if group.code in _QUESTIONS else group.what


def say(group: Group) -> str:
    """What to ask about a question."""
    return _QUESTIONS[group.code][1] if group.code in _QUESTIONS else group.remedy


def state(result: RoundResult, rows: Sequence[RosterRow]) -> str:
    """Where the districts stand: their status, and how many local bodies are in."""
    told = [
        f"{words.status_of(row, result.round)} รวมแล้ว {row.local_bodies_reported} จาก {row.local_bodies_expected} อปท."
        if row.counted_file and not row.as_document
        else words.status_of(row, result.round)
        for row in rows
    ]
    return thai_digits(" / ".join(dict.fromkeys(told)))
