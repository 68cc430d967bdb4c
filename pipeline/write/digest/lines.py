"""digest.txt: what needs a person first, then what moved, then what came, then the next deadline."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.model import Came, Campaign, Digest, FileRow, Issue, Mended, Status, Turned
from pipeline.thai import thai_datetime, thai_digits, visible
from pipeline.write import words
from pipeline.write.digest.moved import moved_lines
from pipeline.write.digest.naming import amount, district_name, headed, measure, round_name
from pipeline.write.grouping import Group, grouped
from pipeline.write.sentences import local_day

MOST_LETTERS: Final = 110
"""Of what is asked."""
BAD: Final[tuple[Status, ...]] = ("missing", "unusable", "undecided", "late")
GOOD: Final[tuple[Status, ...]] = ("on_time", "waived", "pending")


def digest_lines(digest: Digest, campaign: Campaign) -> list[str]:
    """The text: what needs a person first, then what moved, then what came, then the next deadline."""
    parts = (
        _failures(digest.failures),
        _questions(digest.questions, digest.waiting),
        *(_turned(digest.turned, status, campaign) for status in BAD),
        moved_lines(digest.moved, campaign),
        _withdrawn(digest.withdrawn),
        _corrected(digest, campaign),
        _mended(digest.mended, campaign),
        *(_turned(digest.turned, status, campaign) for status in GOOD),
        _came(digest.came, campaign),
        _begun(digest.begun, campaign),
    )
    as_of = thai_datetime(digest.as_of.astimezone(campaign.zone))
    lines = [
        f"สิ่งที่เปลี่ยนไปจากผลครั้งก่อน · ข้อมูล ณ วันที่ {as_of}",
        *([words.SAMPLE_BANNER] if digest.sample else []),
        *(line for part in parts if part for line in ("", *part)),
        "",
        _deadline(digest, campaign),
    ]
    return [visible(line) for line in lines]


def _failures(issues: Sequence[Issue]) -> list[str]:
    if not issues:
        return []
    files = list(dict.fromkeys(issue.file for issue in issues))
    heading = f"โปรแกรมอ่านไม่สำเร็จ {len(files)} ไฟล์ อำเภอไม่ต้องส่งใหม่ กรุณาแจ้งผู้ดูแลระบบ"
    return headed(heading, (f'"{file}"' for file in files), len(files))


def _questions(new: Sequence[Issue], waiting: Sequence[Issue]) -> list[str]:
    groups, before = grouped(new), len(grouped(waiting))
    if not groups:
        return []
    left = f" (มีค้างอยู่ก่อนแล้ว {before} เรื่อง)" if before else ""
    heading = f"รอผู้วิเคราะห์ตัดสิน {len(groups)} เรื่อง{left} บรรทัดสำหรับตอบอยู่ใน worklist.xlsx"
    return headed(heading, map(_question, groups), len(groups))


def _question(group: Group) -> str:
    place = f'"{group.file}"' + (f' แผ่น "{group.sheet}"' if group.sheet else "")
    asked = group.what.partition(" (")[0]  # what each source says stands in the workbooks
    return f"{place}{f' เซลล์ {group.cells}' if group.cells else ''}: {_short(asked)}"


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip()}…"


def _turned(turned: Sequence[Turned], status: Status, campaign: Campaign) -> list[str]:
    """Who has a status since, by round."""
    rows = [row for row in turned if row.after == status]
    if not rows:
        return []
    keys = list(dict.fromkeys(row.round for row in rows))
    lines = (
        f"{round_name(key, campaign)}: "
        + ", ".join(_named(row, campaign) for row in rows if row.round == key)
        for key in keys
    )
    return headed(f"{_became(status)} {len(rows)} อำเภอ", lines, len(keys))


def _became(status: Status) -> str:
    word = words.STATUSES[status]
    return f"เลยกำหนดแล้ว{word}" if status == "missing" else word


def _named(row: Turned, campaign: Campaign) -> str:
    late = thai_digits(f" ({row.days_late} วัน)") if row.after == "late" else ""
    was = f" (เดิม{words.STATUSES[row.before]})" if row.before in BAD and row.after != "late" else ""
    return f"{district_name(row.district_code, campaign)}{late}{was}"


def _withdrawn(files: Sequence[FileRow]) -> list[str]:
    lines = (f'"{row.path}"' for row in files)
    return headed(f"{words.VERDICTS['withdrawn']} {len(files)} ไฟล์", lines, len(files)) if files else []


def _corrected(digest: Digest, campaign: Campaign) -> list[str]:
    lines = (
        f"{round_name(one.round, campaign)} {district_name(one.district_code, campaign)} "
        f"{campaign.registry.labels.get(one.local_body_code, '')} {measure(one.round, one.indicator, campaign)[0]}: "
        f'เดิมเขียน "{one.before}" แก้เป็น {amount(one.value)}'
        for one in digest.corrected
    )
    count = len(digest.corrected)
    return headed(f"แก้ตัวเลขตามที่อำเภอแจ้ง {count} จุด", lines, count) if count else []


def _mended(mended: Sequence[Mended], campaign: Campaign) -> list[str]:
    lines = (
        f"{round_name(one.round, campaign)} {district_name(one.district_code, campaign)}: "
        + thai_digits(_progress(one))
        for one in mended
    )
    return headed(f"แก้ไขแล้ว {len(mended)} อำเภอ", lines, len(mended)) if mended else []


def _progress(one: Mended) -> str:
    found = f" พบใหม่ {one.newly_found} จุด" if one.newly_found else ""
    left = f"ยังต้องแก้ {one.must_fix} จุด" if one.must_fix else "ไม่มีจุดที่ต้องแก้แล้ว"
    return f"แก้แล้ว {one.mended} จุด{found} {left}"


def _came(came: Sequence[Came], campaign: Campaign) -> list[str]:
    again = sum(one.again for one in came)
    known = f" เป็นฉบับที่ส่งเพิ่มจากฉบับที่นับอยู่ {again} ไฟล์" if again else ""
    lines = (_arrival(one, campaign) for one in sorted(came, key=_worst_first))
    return headed(f"ไฟล์มาใหม่ {len(came)} ไฟล์{known}", lines, len(came)) if came else []


def _worst_first(one: Came) -> int:
    order = ("unusable", "undecided", "ignored", "not_yet", "counted")
    return order.index(one.file.verdict) if one.file.verdict in order else len(order)


def _arrival(one: Came, campaign: Campaign) -> str:
    places = ", ".join(
        f"{district_name(code, campaign)} {round_name(key, campaign)}" for code, key in one.file.places[:2]
    )
    return f'"{one.file.path}" {places + ": " if places else ""}{words.VERDICTS[one.file.verdict]}'


def _begun(begun: Mapping[str, Mapping[Status, int]], campaign: Campaign) -> list[str]:
    lines = (
        f"{round_name(key, campaign)}: " + thai_digits(" · ".join(_counts(counts)))
        for key, counts in begun.items()
    )
    return headed(f"รวมเป็นครั้งแรก {len(begun)} ครั้ง", lines, len(begun)) if begun else []


def _counts(counts: Mapping[Status, int]) -> Iterator[str]:
    return (f"{word} {counts[status]}" for status, word in words.STATUSES.items() if counts.get(status))


def _deadline(digest: Digest, campaign: Campaign) -> str:
    if digest.deadline is None:
        return "ครบกำหนดส่งทุกครั้งแล้ว"
    day = local_day(digest.deadline.due_at, campaign)
    due, today = (
        moment.astimezone(campaign.zone).date() for moment in (digest.deadline.due_at, digest.as_of)
    )
    left = (due - today).days
    when = f"อีก {left} วัน" if left else "ภายในวันนี้"
    return f"กำหนดส่งถัดไป: {round_name(digest.deadline.key, campaign)} ภายในวันที่ {day} ({thai_digits(when)})"
