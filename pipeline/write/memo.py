"""What the memo of reminder.docx says, and the list that it encloses.

It has the form of หนังสือภายใน, บันทึกข้อความ, which offices of one province write to one another (ระเบียบสำนักนายกรัฐมนตรี
ว่าด้วยงานสารบรรณ พ.ศ. 2526, sections 12 and 13). What an office gives or decides is left open: number, date, the day
until which to send, who signs. There is no emblem; the office's own paper has it.
"""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from pipeline.model import Campaign, Results, RosterRow, RoundResult
from pipeline.thai import thai_date, thai_datetime, thai_digits
from pipeline.write import sentences, words
from pipeline.write.grouping import Group, by_file, grouped
from pipeline.write.word import Block, labelled, memo, paragraph, table

_OPEN: Final = "." * 30
_MOST_NAMES: Final = 4
_MOST_CAUSES: Final = 3


def memo_bytes(
    results: Results, result: RoundResult, missing: Sequence[RosterRow], unusable: Sequence[RosterRow]
) -> bytes:
    """The memo to the districts that have sent nothing, and those whose report cannot be used."""
    mark = words.SAMPLE_BANNER if results.sample else ""
    title = f"ร่างบันทึกข้อความ {_subject(result)}"
    blocks = [*_memo(results, result, missing, unusable), *_enclosure(results, result, missing, unusable)]
    return memo(blocks, title, results.campaign.office, results.as_of, mark)


def _memo(
    results: Results, result: RoundResult, missing: Sequence[RosterRow], unusable: Sequence[RosterRow]
) -> list[Block]:
    campaign = results.campaign
    sender = " ".join(filter(None, (campaign.office, campaign.contact)))
    return [
        paragraph("memo", "บันทึกข้อความ"),
        labelled("head", ("ส่วนราชการ", f"{sender} โทร. {_OPEN}")),
        labelled("head", ("ที่", _OPEN), ("วันที่", _OPEN)),
        labelled("head", ("เรื่อง", _subject(result))),
        paragraph("dear", f"เรียน  {_addressed(result, (*missing, *unusable))}"),
        *(paragraph("body", text) for text in _body(results, result, len(missing), len(unusable))),
        paragraph("signed", "\n\n"),
        paragraph("signed", f"({_OPEN}{_OPEN})"),
        paragraph("signed", f"ผู้ว่าราชการจังหวัด{campaign.province}"),
    ]


def _subject(result: RoundResult) -> str:
    return thai_digits(f"ขอให้ส่ง{result.title}")


def _addressed(result: RoundResult, rows: Sequence[RosterRow]) -> str:
    """The district chiefs, by name while they are few."""
    if len(rows) == len(result.roster) > 1:
        return "นายอำเภอทุกอำเภอ"
    names = [f"นายอำเภอ{row.district}" for row in rows]
    if len(names) > _MOST_NAMES:
        return "นายอำเภอ (ตามรายชื่อในสิ่งที่ส่งมาด้วย)"
    return " ".join([*names[:-1], f"และ{names[-1]}"]) if len(names) > 1 else names[0]


def _body(results: Results, result: RoundResult, missing: int, unusable: int) -> list[str]:
    """What was asked for, how it stands, and what is asked now. The day is the office's to give."""
    campaign, title = results.campaign, result.title
    due = sentences.local_day(result.round.due_at, campaign)
    moment = thai_datetime(results.as_of.astimezone(campaign.zone))
    outstanding = [
        f"ยังไม่ได้รับรายงานจาก {missing} อำเภอ" if missing else "",
        f"ได้รับแล้วแต่ยังใช้ไม่ได้ {unusable} อำเภอ" if unusable else "",
    ]
    asked_for = (
        f"ตาม{campaign.letter} จังหวัด{campaign.province}ได้ขอให้อำเภอดำเนินงานตาม{campaign.title} และส่ง{title} "
        f"ให้{campaign.office} ภายในวันที่ {due} นั้น"
    )
    stands = (
        f"จังหวัด{campaign.province}ได้ตรวจสอบรายงานที่ได้รับถึงวันที่ {moment} แล้ว {_standing(result)} "
        f"{' และ'.join(filter(None, outstanding))}"
    )
    mend = " อำเภอที่ส่งแล้วแต่ยังใช้ไม่ได้ ขอให้แก้ไขตามที่แจ้งไว้ในสิ่งที่ส่งมาด้วยก่อนส่งใหม่"
    asks = (
        f"จึงขอให้อำเภอตามรายชื่อในสิ่งที่ส่งมาด้วย ส่งรายงานเป็นไฟล์ตารางคำนวณให้{campaign.office} ภายในวันที่ {_OPEN}"
        f"{mend if unusable else ''} หากได้ส่งแล้วก่อนได้รับบันทึกฉบับนี้ ขอให้แจ้งวันและเวลาที่ส่ง เพื่อบันทึกให้ถูกต้อง"
    )
    told = (asked_for, stands, asks, "จึงเรียนมาเพื่อพิจารณาดำเนินการ")
    return [thai_digits(text).replace(" น. ", "\u00a0น. ") for text in told]


def _standing(result: RoundResult) -> str:
    reported, expected, _ = sentences.coverage_counts(result)
    sent = len(sentences.with_status(result, "on_time", "late"))
    text = f"ได้รับรายงานที่ใช้ได้ {sent} จาก {len(result.roster)} อำเภอ"
    of_bodies = f" ครอบคลุมองค์กรปกครองส่วนท้องถิ่น {reported} จาก {expected} แห่ง"
    return text if result.form.grain == "district" else text + of_bodies


def _enclosure(
    results: Results, result: RoundResult, missing: Sequence[RosterRow], unusable: Sequence[RosterRow]
) -> list[Block]:
    """The list on a page of its own: who has sent nothing, and apart, whose report cannot be used yet and why."""
    campaign = results.campaign
    moment = thai_datetime(results.as_of.astimezone(campaign.zone))
    blocks = [
        paragraph("right", "สิ่งที่ส่งมาด้วย"),
        paragraph("heading", f"รายชื่ออำเภอที่{_subject(result)}"),
        paragraph("centre", f"กำหนดส่งวันที่ {sentences.local_day(result.round.due_at, campaign)}"),
        paragraph("centre", f"ข้อมูล ณ วันที่ {moment}"),
    ]
    if missing:
        blocks += [
            paragraph("section", _counted("ยังไม่ส่ง", missing)),
            _missing_table(campaign, result, missing),
        ]
    if unusable:
        blocks += [
            paragraph("section", _counted(words.STATUSES["unusable"], unusable)),
            _unusable_table(results, result, unusable),
        ]
    return [*blocks, paragraph("cell")]


def _counted(heading: str, rows: Sequence[RosterRow]) -> str:
    return thai_digits(f"{heading} {len(rows)} อำเภอ")


def _missing_table(campaign: Campaign, result: RoundResult, rows: Sequence[RosterRow]) -> Block:
    titles = ("ที่", "อำเภอ", "จำนวน อปท. (แห่ง)", "กำหนดส่ง", "หมายเหตุ")
    cells = [
        (
            *(str(number), row.district, str(row.local_bodies_expected)),
            sentences.local_day(row.due_at, campaign, short=True),
            "ขยายเวลาแล้ว" if row.due_at != result.round.due_at else "",
        )
        for number, row in enumerate(rows, start=1)
    ]
    told = [tuple(map(thai_digits, cell)) for cell in cells]
    return table((1.2, 5.0, 3.6, 3.2, 2.8), titles, told, centred=(0, 2, 3))


def _unusable_table(results: Results, result: RoundResult, rows: Sequence[RosterRow]) -> Block:
    titles = ("ที่", "อำเภอ", "ไฟล์ที่ได้รับ", "เหตุที่ยังใช้ไม่ได้", "ขอให้ดำเนินการ")
    cells = []
    for number, row in enumerate(rows, start=1):
        whose = thai_digits(str(number)), row.district
        for told in _causes(results, result, row):
            cells.append((*whose, *told))
            whose = "", ""
    return table((1.2, 2.9, 3.7, 4.0, 4.0), titles, cells, centred=(0,))


def _causes(results: Results, result: RoundResult, row: RosterRow) -> list[tuple[str, str, str]]:
    """Each file of the district with why it cannot be used and what to do: (file, why, mend)."""
    found = by_file(group for group in grouped(result.issues) if _concerns(group, row))
    if not found:
        return [(row.note, "", "ขอให้ส่งใหม่ตามแบบรายงานที่จังหวัดแจก")]
    return [(_received(results, result, file), *_told(groups)) for file, groups in found.items()]


def _concerns(group: Group, row: RosterRow) -> bool:
    return group.severity == "must_fix" and group.district_code == row.district_code


def _told(groups: Sequence[Group]) -> tuple[str, str]:
    """Why and what to do, of the first few causes."""
    more = len(groups) - _MOST_CAUSES
    rest = thai_digits(f"\nและอีก {more} เรื่อง") if more > 0 else ""
    first = groups[:_MOST_CAUSES]
    why = "\n".join(dict.fromkeys(group.what for group in first)) + rest
    return why, "\n".join(dict.fromkeys(group.remedy for group in first))


def _received(results: Results, result: RoundResult, file: str) -> str:
    """The file's name, and when it came if a person said so: the time of a file is nothing to write in a letter."""
    came = [row.received_at for row in result.files if row.path == file and row.source == "register"]
    name = PurePosixPath(file).name
    if not came or came[-1] is None:
        return name
    return f"{name}\nได้รับ {thai_date(came[-1].astimezone(results.campaign.zone), short=True)}"
