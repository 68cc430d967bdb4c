"""The Thai words for what the program knows by key. Light: the command line reads it before any frame is needed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pipeline.model import RosterRow, Round, Status, Verdict
from schemas.form import Form, Severity

UNKNOWN: Final = "..."
SAMPLE: Final = "ข้อมูลตัวอย่าง"
SAMPLE_BANNER: Final = f"{SAMPLE} ไม่ใช่ข้อมูลจริง ใช้เพื่อทดลองเท่านั้น"

STATUSES: Final[Mapping[Status, str]] = MappingProxyType(
    {
        "on_time": "ส่งทันกำหนด",
        "late": "ส่งช้า",
        "unusable": "ส่งแล้วแต่ยังใช้ไม่ได้",
        "undecided": "รอยืนยัน",
        "missing": "ยังไม่ส่ง",
        "pending": "ยังไม่ถึงกำหนด",
        "waived": "ได้รับยกเว้น",
    }
)


def statuses(round_: Round) -> Mapping[Status, str]:
    """The words for the statuses of a round: where lateness does not count, what came is neither late nor in time."""
    return {**STATUSES, "on_time": "ส่งแล้ว"} if round_.no_lateness else STATUSES


AS_DOCUMENT: Final = "(เป็นเอกสาร)"


def status_of(row: RosterRow, round_: Round) -> str:
    """The words for where a district stands; a document that is received as it is says so."""
    word = statuses(round_)[row.status]
    return f"{word} {AS_DOCUMENT}" if row.as_document else word


def counting(cells: str, status: Status, round_: Round, form: Form) -> str:
    """A formula's term: how many of the cells hold the words for a status, as a document or not."""
    word = statuses(round_)[status]
    documents = f'+COUNTIF({cells},"{word} {AS_DOCUMENT}")' if form.documents else ""
    return f'COUNTIF({cells},"{word}"){documents}'


def subject(form: Form) -> str:
    """What the figures of a form are about: what was done, or what is planned."""
    return "กิจกรรมตามแผน" if form.grain == "activity" else "ผลการดำเนินงาน"


STATUS_MEANINGS: Final[Mapping[Status, str]] = MappingProxyType(
    {
        "on_time": "รายงานฉบับแรกที่ใช้ได้มาถึงไม่เกินเวลา ๒๓.๕๙ น. ของวันกำหนดส่ง (ส่งฉบับแก้ไขภายหลังไม่ทำให้ช้า)",
        "late": "รายงานฉบับแรกที่ใช้ได้มาถึงหลังกำหนด นับวันช้าเป็นวันเต็ม เศษของวันนับเป็นหนึ่งวัน ตัวเลขยังนำมารวมหากมาถึงก่อนวันปิดรับ",
        "unusable": "ได้รับไฟล์แล้ว แต่เปิดไม่ได้หรือไม่มีตัวเลขที่ใช้ได้ จึงขอให้ส่งใหม่",
        "undecided": "ได้รับไฟล์แล้ว แต่จังหวัดต้องยืนยันบางเรื่องก่อนนำมารวม อำเภอยังไม่ต้องส่งใหม่",
        "missing": "เลยกำหนดส่งแล้วและยังไม่ได้รับไฟล์ใด",
        "pending": "ยังไม่ถึงวันกำหนดส่ง",
        "waived": "ไม่ต้องส่งรายงานครั้งนี้ ตามที่ได้รับอนุญาต",
    }
)

SEVERITIES: Final[Mapping[Severity, str]] = MappingProxyType(
    {"must_fix": "ต้องแก้", "please_explain": "โปรดชี้แจง", "note": "แจ้งให้ทราบ"}
)

SEVERITY_MEANINGS: Final[Mapping[Severity, str]] = MappingProxyType(
    {
        "must_fix": "ค่าที่พบใช้ไม่ได้ จึงยังไม่นำมารวมจนกว่าจะแก้",
        "please_explain": "ค่าที่พบนำมารวมแล้ว แต่ขอให้ตรวจสอบหรือชี้แจงเหตุผล",
        "note": "สิ่งที่ปรับให้ขณะอ่าน ไม่ต้องทำอะไร",
    }
)

VERDICTS: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        "counted": "นำมารวมแล้ว",
        "superseded": "มีฉบับใหม่แทน",
        "duplicate": "ซ้ำกับไฟล์อื่น",
        "undecided": "รอยืนยัน",
        "unusable": "ยังใช้ไม่ได้",
        "withdrawn": "ถอนออกแล้ว",
        "not_yet": "ยังไม่ถึงเวลานำมารวม",
        "ignored": "ไม่ได้นำมารวม",
    }
)


def progress(row: RosterRow) -> str:
    """How far a district that sent again has mended its list; empty where there was nothing to mend."""
    if not (row.mended_of or row.newly_found):
        return ""
    more = f" · ใหม่ {row.newly_found}" if row.newly_found else ""
    return f"แก้แล้ว {row.mended} จาก {row.mended_of}{more}"


SOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {"register": "ตามทะเบียนรับ", "file_time": "ตามเวลาไฟล์ ยังไม่ยืนยัน"}
)
