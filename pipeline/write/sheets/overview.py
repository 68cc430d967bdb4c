"""ภาพรวม: the figures that matter, who is ahead and behind, what to follow up; then the province's totals."""

from collections.abc import Sequence
from math import ceil

from pipeline.model import RoundResult, Status
from pipeline.thai import thai_digits
from pipeline.write import charts, figures, layout, metrics, sentences, words
from pipeline.write.book import page, print_in_parts
from pipeline.write.cells import Book, Formula, Page, link, put, put_across, put_paragraph
from pipeline.write.layout import Layout
from schemas.form import Column, Ratio

_COLUMNS = 14
_WIDTH = 52
_TILES_ROW = 4
_CHART_ROW = 8
_BOX_COLUMN = 9
_ROW_PX = 32
_NOTE = "กดที่ยอดรวมเพื่อไปยังคอลัมน์ของตัวชี้วัดนั้นในแผ่น ข้อมูล ซึ่งบอกไฟล์ แผ่นงาน และเซลล์ที่อ่านตัวเลขมา"
_Tile = tuple[str, str, Formula, str, str, str]


def put_sheet(book: Book, plan: Layout) -> Page:
    """Writes the sheet: page one for the picture, page two for every total."""
    widths = [_WIDTH] * _COLUMNS
    title = f"ภาพรวมการรายงาน {thai_digits(book.result.round.title)}"
    day = sentences.local_day(book.results.as_of, book.results.campaign)
    subtitle = f"ข้อมูล ณ วันที่ {day} · {thai_digits(sentences.coverage(book.result))}"
    made = page(book, layout.OVERVIEW, title, subtitle, widths)
    for number, tile in enumerate(_tiles(book, plan)):
        _put_tile(made, number, tile)
        link(made, _TILES_ROW + 1, 2 * number, *_behind(tile[0], book.result, plan))
    made.sheet.set_row(_TILES_ROW + 1, 54)
    made.sheet.set_row(_TILES_ROW + 3, metrics.line_height(14))
    charts.put_ranking(made, plan, _CHART_ROW, _BOX_COLUMN * _WIDTH - 8)
    charts.put_doughnut(made, plan, _CHART_ROW, _BOX_COLUMN, (_COLUMNS - _BOX_COLUMN) * _WIDTH)
    below = _put_box(made, _CHART_ROW + charts.DOUGHNUT_ROWS, charts.DOUGHNUT_ROWS * _ROW_PX)
    last = _put_province(made, plan, below)
    print_in_parts(made, [0, below], last)
    return made


def _tiles(book: Book, plan: Layout) -> list[_Tile]:
    """Name of the cell, label, live figure, kind, unit, tone; one tile for each question asked first."""
    result = book.result
    tiles = _sent_tiles(result, plan)
    headline = figures.headline(result.form)
    if headline:
        known = figures.total(result, headline.key)
        cell = layout.reference(layout.DISTRICTS, plan.total_row, plan.measure_column(headline.key))
        live = Formula(f"={cell}", words.UNKNOWN if known is None else known)
        label = headline.short if isinstance(headline, Ratio) else headline.header
        tiles.append(("kpi_headline", label, live, figures.kind(headline), "ของทั้งจังหวัด", "good"))
    fixes = sum(row.must_fix for row in result.roster)
    cell = layout.reference(layout.DISTRICTS, plan.total_row, plan.must_fix_column)
    tiles.append(("kpi_must_fix", "จุดที่ต้องแก้", Formula(f"={cell}", fixes), "count", "จุด", "bad"))
    return tiles


def _sent_tiles(result: RoundResult, plan: Layout) -> list[_Tile]:
    """Who sent, and when; where lateness does not count, what became of what was sent."""
    districts = f"จาก {len(result.roster)} อำเภอ"

    def tile(name: str, label: str, unit: str, tone: str, *statuses: Status) -> _Tile:
        return f"kpi_{name}", label, _status_count(plan, result, *statuses), "count", unit, tone

    sent = tile("received", "ส่งแล้ว", districts, "good", "on_time", "late")
    missing = tile("missing", "ยังไม่ส่ง", "อำเภอ", "bad", "missing")
    if result.round.no_lateness:
        unusable = tile("unusable", "ยังใช้ไม่ได้", "อำเภอ", "late", "unusable")
        undecided = tile("held", "รอยืนยัน", "อำเภอ", "wait", "undecided")
        return [sent, missing, unusable, undecided, _coverage_tile(result, plan)]
    return [
        sent,
        tile("on_time", "ทันกำหนด", "อำเภอ", "good", "on_time"),
        tile("late", "ส่งช้า", "อำเภอ", "late", "late"),
        missing,
        tile("held", "รอแก้หรือยืนยัน", "อำเภอ", "wait", "unusable", "undecided"),
    ]


def _coverage_tile(result: RoundResult, plan: Layout) -> _Tile:
    reported, expected, _ = sentences.coverage_counts(result)
    cell = layout.reference(layout.DISTRICTS, plan.total_row, layout.REPORTED_COLUMN)
    return (
        "kpi_bodies",
        "อปท. ที่รายงาน",
        Formula(f"={cell}", reported),
        "count",
        f"จาก {expected} อปท.",
        "good",
    )


def _status_count(plan: Layout, result: RoundResult, *statuses: Status) -> Formula:
    counted = plan.districts_range(layout.STATUS_COLUMN)
    terms = [words.counting(counted, status, result.round, result.form) for status in statuses]
    return Formula("=" + "+".join(terms), sum(row.status in statuses for row in result.roster))


def _put_tile(made: Page, number: int, tile: _Tile) -> None:
    name, label, figure, kind, unit, tone = tile
    first = number * 2
    put_across(made, _TILES_ROW, first, first + 1, label, f"tile_{tone}_name")
    put_across(made, _TILES_ROW + 1, first, first + 1, figure, f"tile_{tone}_{kind}")
    put_across(made, _TILES_ROW + 2, first, first + 1, thai_digits(unit), f"tile_{tone}_unit")
    cell = layout.reference(layout.OVERVIEW, _TILES_ROW + 1, first)
    made.book.workbook.define_name(name, f"={cell}")


def _behind(name: str, result: RoundResult, plan: Layout) -> tuple[str, int, int]:
    """The sheet, row and column that tell more of a tile's figure."""
    column = layout.REPORTED_COLUMN if name == "kpi_bodies" else layout.STATUS_COLUMN
    lists = {"kpi_late": layout.LATE, "kpi_missing": layout.MISSING, "kpi_must_fix": layout.FIXES}
    if name in lists:
        return lists[name], 0, 0
    headline = figures.headline(result.form)
    if name == "kpi_headline" and headline is not None:
        return layout.DISTRICTS, plan.total_row, plan.measure_column(headline.key)
    return layout.DISTRICTS, layout.FIRST_ROW, column


def _put_box(made: Page, row: int, used_px: float) -> int:
    """ต้องติดตาม, beside the chart from `used_px` below its top; returns the row below both."""
    last = _COLUMNS - 1
    put_across(made, row, _BOX_COLUMN, last, "ต้องติดตาม", "section_alert")
    for heading, text in _follow_up(made):
        put_across(made, row + 1, _BOX_COLUMN, last, heading, "label")
        points = put_paragraph(made, row + 2, _BOX_COLUMN, last, text, "line")
        used_px += _ROW_PX + points * metrics.POINT_PX
        row += 2
    missing_px = max(0.0, charts.RANKING_PX - used_px - _ROW_PX)
    return row + 1 + ceil(missing_px / _ROW_PX)


def _follow_up(made: Page) -> Sequence[tuple[str, str]]:
    result = made.book.result
    entries = []
    for status in ("missing", "late", "unusable", "undecided"):
        rows = sentences.with_status(result, status)
        if rows:
            shown = [
                f"{row.district} ({row.days_late}\u00a0วัน)" if status == "late" else row.district
                for row in rows
            ]
            entries.append((f"{words.STATUSES[status]} {len(rows)} อำเภอ", ", ".join(shown)))
    most = sorted((row for row in result.roster if row.must_fix), key=lambda row: -row.must_fix)[:3]
    if most:
        shown = [f"{row.district}\u00a0({row.must_fix})" for row in most]
        entries.append(("จุดที่ต้องแก้มากที่สุด", ", ".join(shown)))
    if not entries:
        entries.append(("ไม่มีเรื่องค้าง", "ทุกอำเภอส่งครบและไม่มีจุดที่ต้องแก้"))
    return [(thai_digits(heading), thai_digits(text)) for heading, text in entries]


def _put_province(made: Page, plan: Layout, top: int) -> int:
    """Every indicator's total with its coverage; returns the last row."""
    put(made, top, 0, "ยอดรวมทั้งจังหวัด ทุกตัวชี้วัด", "title")
    made.sheet.set_row(top, metrics.line_height(20))
    spans = ((0, 7, "ตัวชี้วัด"), (8, 9, "หน่วย"), (10, 11, "ยอดรวม"), (12, 12, "อปท."), (13, 13, "อำเภอ"))
    for first, last, heading in spans:
        put_across(made, top + 1, first, last, heading, "head")
    row = top + 1
    for column in (*made.book.result.form.indicators, *made.book.result.form.once):
        if column.key in (*plan.keys, *plan.once):
            row += 1
            _put_indicator(made, plan, row, column)
    put_paragraph(made, row + 1, 0, _COLUMNS - 1, _NOTE, "foot")  # below what is printed
    return row


def _put_indicator(made: Page, plan: Layout, row: int, column: Column) -> None:
    """A line of the province table; a field given once per district is of no local body."""
    found, once = made.book.result.totals.get(column.key), column.key in plan.once
    bodies, districts = (found.local_bodies, found.districts) if found else (0, 0)
    known, cells = figures.total(made.book.result, column.key), plan.data(column.key)
    shown = words.UNKNOWN if known is None else known
    counted = f"=COUNT({cells})"
    put_across(made, row, 0, 7, figures.full_label(column), "text")
    put_across(made, row, 8, 9, column.unit, "centre")
    put_across(made, row, 10, 11, Formula(layout.sum_of(cells), shown), figures.kind(column))
    put(made, row, 12, "" if once else Formula(counted, bodies), "count")
    put(made, row, 13, Formula(counted, districts) if once else districts, "count")
    link(made, row, 10, layout.DATA, layout.FIRST_ROW, plan.data_column(column.key))
