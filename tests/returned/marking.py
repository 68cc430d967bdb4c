"""Marks put into any workbook at all: what the tests of returned workbooks share.

Where a mark goes is chosen from the content itself, so that the same file is always marked alike: cells that hold
something, cells and rows that are not there, and cells within merged ranges.
"""

import io
import random
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from python_calamine import CalamineWorkbook, SheetTypeEnum

from pipeline.campaign import load_campaign
from pipeline.model import Issue, address, position_of
from pipeline.write.cells import Imprint
from pipeline.write.returned.listing import TAB, Notice, drawn
from pipeline.write.returned.mark import Marked, Spot, marked
from tests.campaigns import SCHEMAS

AUTHOR = "สำนักงานตัวอย่าง"
BASE = Issue(
    "must_fix", "BAD_VALUE", "3404", "operations", "2", "รอบ 2/ก.xlsx", "", "", "12-15",
    'พบ "12-15" ต้องเป็นจำนวนเดียว', 'พิมพ์จำนวนเดียว <เช่น> 12 & "ไม่มีหน่วย"', "ต้องเป็นจำนวนเดียว",
)  # fmt: skip


@cache
def imprint() -> Imprint:
    campaign = load_campaign(SCHEMAS)
    return Imprint(
        campaign, campaign.round("2"), datetime(2021, 2, 24, 8, 30, tzinfo=ZoneInfo("Asia/Bangkok")), False
    )


def issue(sheet: str, cell: str, severity: str = "must_fix") -> Issue:
    return replace(BASE, sheet=sheet, cell=cell, severity=severity)  # type: ignore[arg-type]


def notice(*issues: Issue) -> Notice:
    return Notice(imprint(), "เขื่องใน", "แบบรายงาน ครั้งที่ 2", BASE.file, issues)


def mark(data: bytes, *issues: Issue) -> Marked:
    """The workbook with the cells of the issues marked."""
    told = notice(*issues)
    spots = [
        Spot(each.sheet, at, each.severity, f"{each.reason}\nวิธีแก้: {each.remedy}")
        for each in issues
        if each.severity != "note" and (at := position_of(each.cell))
    ]
    return marked(data, spots, AUTHOR, TAB, lambda sheets: drawn(told, sheets))


def some_issues(data: bytes) -> tuple[Issue, ...]:
    """Places all over a workbook, the same for the same bytes."""
    return tuple(_issues(data, random.Random(zlib.crc32(data))))


def _issues(data: bytes, dice: random.Random) -> Iterator[Issue]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        tables = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        for name in dice.sample(tables, min(3, len(tables))):
            sheet = book.get_sheet_by_name(name)
            rows, columns = min(sheet.height, 3000), min(sheet.width, 200)
            chosen = {(dice.randrange(rows + 3), dice.randrange(columns + 3)) for _ in range(6)}
            merged = sheet.merged_cell_ranges or []
            chosen |= {end for _, end in dice.sample(merged, min(2, len(merged)))}
            for at in sorted(chosen):
                yield issue(name, address(at), dice.choice(("must_fix", "please_explain", "note")))
    yield issue("", "")
