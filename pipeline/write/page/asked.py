"""What a district is asked for, in a sentence each: nothing where its report is in and complete."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.model import RosterRow, RoundResult
from pipeline.thai import thai_digits
from pipeline.write.page.view import View, name, remaining

Kind = Literal["missing", "unusable", "undecided", "fix"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing: its sentence, and the same in few words. What waits for the province is told, and asks for nothing."""

    kind: Kind
    sentence: str
    short: str


def asked_of(view: View, result: RoundResult, row: RosterRow) -> Iterator[Asked]:
    """What is asked of a district about one round."""
    called = name(result.round)
    if row.status == "missing":
        due = f"กำหนดส่ง {view.day(row.due_at)} {remaining(view, row.due_at)}"
        yield Asked("missing", f"ส่งรายงาน{called} ({due})", f"ยังไม่ส่ง{called}")
    elif row.status == "unusable":
        yield Asked("unusable", f"ส่งรายงาน{called} อีกครั้ง เพราะไฟล์ที่ได้รับยังใช้ไม่ได้", f"ส่ง{called} อีกครั้ง")
    elif row.status == "undecided":
        yield Asked("undecided", f"รายงาน{called} รอจังหวัดยืนยัน อำเภอยังไม่ต้องส่งใหม่", f"{called} รอจังหวัดยืนยัน")
    elif row.counted_file:
        yield from _of_counted(view, result, row, called)


def _of_counted(view: View, result: RoundResult, row: RosterRow, called: str) -> Iterator[Asked]:
    """What a report that counts still lacks."""
    absent = [each.local_body_code for each in result.absent if each.district_code == row.district_code]
    fixes = view.to_mend(row)
    told = [
        f"ต้องแก้ {fixes} จุด" if fixes else "",
        f"โปรดชี้แจง {row.please_explain} จุด" if row.please_explain else "",
        f"ขาด อปท. {len(absent)} แห่ง" if absent else "",
    ]
    short = thai_digits(" ".join(filter(None, told)))
    if short:
        labels = view.results.campaign.registry.labels
        names = f" คือ {', '.join(labels[code] for code in absent)}" if absent else ""
        yield Asked("fix", f"ตรวจรายงาน{called}: {short}{names}", f"{called} {short}")
