"""line.txt: how a round stands, for the districts' chat group; fifteen lines at most, the counts first.

A chat shows a long line in many; so names stand a few to a line, and a number never parts from its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil
from pathlib import Path
from typing import Final

from pipeline.model import Results, RoundResult, Status
from pipeline.thai import thai_datetime, thai_digits
from pipeline.write import sentences, words
from pipeline.write.asked import ASKED, asked, to_mend

MOST_LINES: Final = 15
_NOT_ASKED: Final[dict[Status, str]] = {
    "undecided": "จังหวัดกำลังตรวจสอบ {} (ไม่ต้องส่งใหม่)",
    "pending": "ยังไม่ถึงกำหนด {}",
    "waived": "ได้รับยกเว้น {}",
}
NAMES_A_LINE: Final = 5
"""More only where the names would not fit into the lines otherwise."""


@dataclass(frozen=True, slots=True)
class _List:
    """How many districts a list has, in words, and those that are named."""

    heading: str
    names: tuple[str, ...]


def write_line(path: Path, results: Results, result: RoundResult) -> None:
    """Write the text; `OSError` if it cannot be written."""
    path.write_text("\n".join(line_text(results, result)) + "\n", encoding="utf-8")


def line_text(results: Results, result: RoundResult) -> list[str]:
    """The lines. Names stand in it from the moment on from which districts are reminded (design rule 8); until then
    the counts alone."""
    campaign = results.campaign
    as_of = thai_datetime(results.as_of.astimezone(campaign.zone))
    head = [
        *([f"({words.SAMPLE} ไม่ใช่ข้อมูลจริง)"] if results.sample else []),
        thai_digits(result.title),
        f"กำหนดส่ง {sentences.local_day(result.round.due_at, campaign)}",
        sentences.submission(result),
        *_waiting(result),
    ]
    foot = [f"กำหนดถัดไป: {sentences.next_deadline(results)}", f"ข้อมูล ณ วันที่ {as_of}"]
    lists = [*(_asked(results, result, status) for status in ASKED), _to_mend(results, result)]
    return [*head, *_told([each for each in lists if each], MOST_LINES - len(head) - len(foot)), *foot]


def _waiting(result: RoundResult) -> list[str]:
    """How many are in none of the lists, of whom nothing is asked: so the counts add up to all districts."""
    counts = {word: len(sentences.with_status(result, status)) for status, word in _NOT_ASKED.items()}
    told = [word.format(f"{count} อำเภอ") for word, count in counts.items() if count]
    return [thai_digits(" · ".join(told))] if told else []


def _told(lists: Sequence[_List], room: int) -> list[str]:
    """The lists one below another, in as many lines as there is room for."""
    a_line = next(
        each
        for each in count(NAMES_A_LINE)
        if sum(max(1, ceil(len(one.names) / each)) for one in lists) <= room
    )
    return [thai_digits(line) for one in lists for line in _lines(one, a_line)]


def _lines(one: _List, a_line: int) -> list[str]:
    numbered = [f"{number})\u00a0{name}" for number, name in enumerate(one.names, start=1)]
    rows = [" ".join(numbered[first : first + a_line]) for first in range(0, len(numbered), a_line)]
    return [f"{one.heading}: {rows[0]}", *rows[1:]] if rows else [one.heading]


def _asked(results: Results, result: RoundResult, status: Status) -> _List | None:
    rows, named = sentences.with_status(result, status), asked(results, result, status)
    heading = f"{words.STATUSES[status]} {len(rows)} อำเภอ"
    if 0 < len(named) < len(rows):
        heading += f" ครบกำหนดแล้ว {len(named)} อำเภอ"
    return _List(heading, tuple(row.district for row in named)) if rows else None


def _to_mend(results: Results, result: RoundResult) -> _List | None:
    """The districts whose counted report holds something to mend, with how much."""
    reminded = results.as_of >= results.campaign.reminded_from(result.round.due_at)
    counts = {code: len(issues) for code, issues in to_mend(result).items()} if reminded else {}
    rows = [row for row in result.roster if row.district_code in counts]
    most_first = sorted(rows, key=lambda row: (-counts[row.district_code], row.district_code))
    names = tuple(f"{row.district} {counts[row.district_code]}\u00a0จุด" for row in most_first)
    return _List(f"ขอให้แก้ไข {len(rows)} อำเภอ", names) if rows else None
