"""line.txt: how a round stands, for the districts' chat group; fifteen lines at most, the counts first."""

from pathlib import Path

from pipeline.model import Results, RosterRow, RoundResult, Status
from pipeline.thai import thai_datetime, thai_digits
from pipeline.write import sentences, words

ASKED: tuple[Status, ...] = ("missing", "unusable")
"""Who is reminded by name. Nobody is chased for what waits for the province."""


def write_line(path: Path, results: Results, result: RoundResult) -> None:
    """Write the text; `OSError` if it cannot be written."""
    path.write_text("\n".join(line_text(results, result)) + "\n", encoding="utf-8")


def line_text(results: Results, result: RoundResult) -> list[str]:
    """The lines. Names stand in it from the moment on from which districts are reminded (design rule 8); until then
    the counts alone."""
    campaign = results.campaign
    as_of = thai_datetime(results.as_of.astimezone(campaign.zone))
    reminded = results.as_of >= campaign.reminded_from(result.round)
    asked = [_asked(result, status, named=reminded) for status in ASKED]
    return [
        *([f"({words.SAMPLE} ไม่ใช่ข้อมูลจริง)"] if results.sample else []),
        thai_digits(result.title),
        f"กำหนดส่ง {sentences.local_day(result.round.due_at, campaign)}",
        sentences.submission(result),
        *filter(None, asked),
        *filter(None, [_to_mend(result) if reminded else ""]),
        f"กำหนดถัดไป: {sentences.next_deadline(results)}",
        f"ข้อมูล ณ วันที่ {as_of}",
    ]


def _asked(result: RoundResult, status: Status, *, named: bool) -> str:
    rows = sentences.with_status(result, status)
    names = f": {_numbered([row.district for row in rows])}" if named else ""
    return thai_digits(f"{words.STATUSES[status]} {len(rows)} อำเภอ{names}") if rows else ""


def _to_mend(result: RoundResult) -> str:
    """The districts whose counted report holds something to mend, with how much."""
    rows = [row for row in result.roster if row.must_fix and row.counted_file]
    names = _numbered([f"{row.district} {row.must_fix} จุด" for row in sorted(rows, key=_most_first)])
    return thai_digits(f"ขอให้แก้ไข {len(rows)} อำเภอ: {names}") if rows else ""


def _most_first(row: RosterRow) -> tuple[int, str]:
    return -row.must_fix, row.district_code


def _numbered(names: list[str]) -> str:
    return " ".join(f"{number}) {name}" for number, name in enumerate(names, start=1))
