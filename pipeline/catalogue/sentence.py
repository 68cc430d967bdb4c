"""What one code says, and what several say alike."""

from dataclasses import dataclass

from schemas.form import Severity


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one code. A `question` is one that only the analyst can settle."""

    severity: Severity
    found: str
    why: str
    remedy: str
    question: bool = False


def fix(found: str, why: str, remedy: str) -> Sentence:
    """ต้องแก้: it takes something out."""
    return Sentence("must_fix", found, why, remedy)


def explain(found: str, why: str, remedy: str) -> Sentence:
    """โปรดชี้แจง: the figure stands and must be explained."""
    return Sentence("please_explain", found, why, remedy)


def note(found: str, why: str, remedy: str = "ไม่ต้องทำอะไร หากอ่านไม่ตรงความหมายให้แก้ในไฟล์แล้วส่งใหม่") -> Sentence:
    """แจ้งให้ทราบ: what was changed or left out in reading."""
    return Sentence("note", found, why, remedy)


def ask(found: str, why: str, remedy: str) -> Sentence:
    """ต้องแก้, and only the analyst can settle it."""
    return Sentence("must_fix", found, why, remedy, question=True)


NOTHING = "ไม่ต้องทำอะไร"
SEND_AGAIN = "ขอให้เปิดไฟล์ในโปรแกรมตารางคำนวณ บันทึกเป็นไฟล์ .xlsx แล้วส่งมาใหม่"
SEND_TABLE = "ขอให้ส่งไฟล์ตารางคำนวณต้นฉบับแทน หากเปิดไฟล์นี้ในโปรแกรมตารางคำนวณได้ ให้บันทึกเป็น .xlsx แล้วส่งมาใหม่"
OURS = "อำเภอไม่ต้องส่งใหม่ เวลารับเดิมยังนับอยู่ ผู้ดูแลระบบจะตรวจสอบและแจ้งผล"
DECIDE = "ผู้วิเคราะห์ตรวจกับอำเภอ แล้วเพิ่มบรรทัดใน input/answers.csv: {answer_line}"
