"""receipts/<district_code>.txt: a slip for each district that sent something: what came, what was read of it, and
what is still to be mended."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from pipeline.model import Campaign, FileRow, Results, RosterRow, RoundResult, Verdict
from pipeline.thai import thai_datetime, thai_digits, visible
from pipeline.write import sentences, words
from pipeline.write.asked import to_explain, to_mend
from pipeline.write.book import as_of_words
from pipeline.write.cells import Imprint
from pipeline.write.grouping import Group, grouped
from pipeline.write.sheets_read import SheetRead, sheets_read

FOLDER: Final = "receipts"
FIRST_SIGNS: Final = 12
"""As many signs of a hash as are read out and compared by telephone."""
_VERDICTS: Final[Mapping[Verdict, str]] = {
    "counted": "ใช้ได้ นำมารวมแล้ว",
    "superseded": "ได้รับแล้ว มีฉบับที่ใหม่กว่าแทน จึงใช้ฉบับใหม่",
    "duplicate": "ได้รับแล้ว เนื้อหาเหมือนอีกไฟล์ทุกประการ จึงนับเพียงครั้งเดียว",
    "undecided": "ได้รับแล้ว จังหวัดกำลังตรวจสอบ อำเภอยังไม่ต้องส่งใหม่",
    "unusable": "ได้รับแล้ว แต่ยังใช้ไม่ได้ ขอให้ส่งใหม่",
    "withdrawn": "ถอนออกแล้ว",
    "not_yet": "ได้รับแล้ว จะนับเมื่อสรุปครั้งต่อไป",
    "ignored": "ได้รับแล้ว แต่ไม่ได้นำมารวม",
}
_SOURCES: Final = {"register": "ตามทะเบียนรับของจังหวัด", "file_time": "ตามเวลาของไฟล์ ยังไม่มีผู้ยืนยัน"}
_OF_VERDICT: Final[Mapping[str, Verdict]] = {
    "SUPERSEDED": "superseded",
    "DUPLICATE_FILE": "duplicate",
    "AFTER_CLOSE": "ignored",
    "BLANK_SHEET": "ignored",
    "NO_DATA": "unusable",
}


def write_receipts(folder: Path, results: Results, result: RoundResult) -> None:
    """Writes a slip for each district of which something came into a folder of `folder`, in UTF-8; no folder where
    nothing came. `OSError` if it cannot be written."""
    came = {row.district_code: files for row in result.roster if (files := _files(result, row))}
    if not came:
        return
    sheets = sheets_read(result)
    place = folder / FOLDER
    place.mkdir()
    for row in result.roster:
        if row.district_code in came:
            lines = slip(results, result, row, came[row.district_code], sheets)
            (place / f"{row.district_code}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def slip(
    results: Results,
    result: RoundResult,
    row: RosterRow,
    files: tuple[FileRow, ...],
    sheets: Mapping[tuple[str, str], list[SheetRead]],
) -> list[str]:
    """The lines of one slip; `sheets` are what was read, by district code and file."""
    imprint = Imprint(results.campaign, result.round, results.as_of, results.sample)
    lines = [
        *([words.SAMPLE_BANNER] if results.sample else []),
        f"ใบรับรายงาน อำเภอ{row.district}",
        thai_digits(result.title),
        results.campaign.office,
        as_of_words(imprint),
        "",
        thai_digits(f"ได้รับ {len(files)} ไฟล์"),
    ]
    for number, file in enumerate(files, start=1):
        lines += ["", *_of_file(number, file, results.campaign, result, row, sheets)]
    return [*lines, "", *_of_district(results, result, row, sheets)]


def _files(result: RoundResult, row: RosterRow) -> tuple[FileRow, ...]:
    """What came for a district in a round, or may be for it, in order of receipt."""
    return tuple(file for file in result.files if (row.district_code, row.round) in file.places)


def _of_file(
    number: int,
    file: FileRow,
    campaign: Campaign,
    result: RoundResult,
    row: RosterRow,
    sheets: Mapping[tuple[str, str], list[SheetRead]],
) -> Iterator[str]:
    whose = {"", row.district_code}
    groups = list(
        grouped(one for one in result.issues if one.file == file.path and one.district_code in whose)
    )
    verdict = _verdict(file, row, groups)
    yield f"{thai_digits(str(number))}. {visible(PurePosixPath(file.path).name)}"
    if file.received_at is not None:
        when = thai_datetime(file.received_at.astimezone(campaign.zone))
        yield f"   ได้รับเมื่อ {when} ({_SOURCES.get(file.source, file.source)})"
    yield f"   ผล: {_told(verdict, file, row)}"
    for group in groups if verdict == "unusable" else ():
        if group.severity == "must_fix":
            yield f"   เหตุผล: {visible(group.what)}"
            yield from () if row.counted_file else (f"   ขอให้ทำ: {visible(group.remedy)}",)
    if verdict == "counted":
        for sheet in sheets.get((row.district_code, file.path), ()):
            told = thai_digits(f"ใช้ {sheet.rows} แถว {sheet.figures:,} ตัวเลข")
            yield f'   อ่านจากแผ่น "{visible(sheet.name)}" {told}'
    if file.seen:
        aside = f" อยู่นอกตารางหรือยังไม่ใช้ {file.set_aside:,} ช่อง" if file.set_aside else ""
        yield thai_digits(f"   ทั้งไฟล์มีข้อมูล {file.seen:,} ช่อง อ่านเป็นรายงาน {file.read:,} ช่อง{aside}")
    if file.sha256:
        yield f"   รหัสเนื้อหาขึ้นต้น {file.sha256[:FIRST_SIGNS]}"
        yield f"   รหัสเนื้อหาเต็ม (SHA-256) {file.sha256}"


def _told(verdict: Verdict, file: FileRow, row: RosterRow) -> str:
    if verdict == "unusable" and row.counted_file:
        return "ได้รับแล้ว แต่ระบบอ่านไม่ได้ จึงใช้ตัวเลขจากไฟล์อื่นของอำเภอ"
    if verdict == "undecided" and len({code for code, _ in file.places}) > 1:
        return "อาจเป็นของอำเภอนี้หรืออำเภออื่น จังหวัดกำลังตรวจสอบ อำเภอยังไม่ต้องส่งใหม่"
    return _VERDICTS[verdict]


def _verdict(file: FileRow, row: RosterRow, groups: list[Group]) -> Verdict:
    """What became of the file for this district and round: it may hold other rounds, with which it fared otherwise."""
    if (file.path, file.received_at) == (row.counted_file, row.counted_at):
        return "counted"
    if file.verdict != "counted":
        return file.verdict
    if any(group.question for group in groups):
        return "undecided"
    return next((_OF_VERDICT[group.code] for group in groups if group.code in _OF_VERDICT), "ignored")


def _of_district(
    results: Results, result: RoundResult, row: RosterRow, sheets: Mapping[tuple[str, str], list[SheetRead]]
) -> Iterator[str]:
    campaign = results.campaign
    read = sheets.get((row.district_code, row.counted_file), ())
    yield "สรุปของอำเภอ"
    yield f"   สถานะ: {words.statuses(result.round)[row.status]}{_late(row)}"
    if row.counted_file:
        reported = f"{row.local_bodies_reported} จาก {row.local_bodies_expected} แห่ง"
        yield thai_digits(f"   อปท. ที่นำมารวมแล้ว {reported} รวม {sum(each.figures for each in read):,} ตัวเลข")
    yield from _asks(results, result, row)
    yield f"   กำหนดถัดไป: {sentences.next_deadline(results, row.district_code)}"
    if campaign.contact:
        yield f"   สอบถาม: {campaign.contact} {campaign.office}"


def _asks(results: Results, result: RoundResult, row: RosterRow) -> Iterator[str]:
    """What the district still has to do: what to mend and to explain in the report that counts, a line per cause."""
    until = _until(results, result, row)
    mend = grouped(to_mend(result).get(row.district_code, ()))
    explain = grouped(to_explain(result, row))
    if mend:
        yield thai_digits(f"   ต้องแก้ {_places(mend)} จุด ขอให้ส่งฉบับแก้ไข{until}")
        yield from _listed(mend)
    if explain:
        yield thai_digits(f"   โปรดชี้แจง {_places(explain)} จุด หากถูกต้องแล้วไม่ต้องส่งใหม่")
        yield from _listed(explain)
    if row.status == "unusable":
        yield f"   ขอให้ส่งใหม่{until}"
    elif row.counted_file and not mend and not explain:
        yield "   ไม่พบจุดที่ต้องแก้หรือต้องชี้แจง"


def _places(groups: Sequence[Group]) -> str:
    return f"{sum(group.count for group in groups):,}"


def _listed(groups: Sequence[Group]) -> Iterator[str]:
    """Each cause with its place, and below it what to do; all of them, since the slip is all that some will see."""
    for group in groups:
        place = [f'แผ่น "{group.sheet}"'] if group.sheet else []
        place += [f"เซลล์ {group.cells}"] if group.cells else []
        yield visible(f"   - {' '.join((*place, group.what))}")
        yield visible(f"     {group.remedy}")


def _late(row: RosterRow) -> str:
    if row.status != "late":
        return ""
    confirmed = "" if row.receipt_source == "register" else " ตามเวลาของไฟล์ ยังไม่ยืนยัน"
    return thai_digits(f" {row.days_late} วัน{confirmed}")


def _until(results: Results, result: RoundResult, row: RosterRow) -> str:
    """By when: the due day while it lies ahead, else the last day of taking in, if there is one, else soon."""
    day = next((each for each in (row.due_at, result.round.close_at) if each and each > results.as_of), None)
    return f"ภายในวันที่ {sentences.local_day(day, results.campaign)}" if day else "โดยเร็ว"
