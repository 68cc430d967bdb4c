"""รายอำเภอ: one row per district, its status in words and colour, live sums over ข้อมูล, and a live รวม."""

from pipeline.model import RosterRow
from pipeline.write import figures, layout, metrics, palette, sentences, words
from pipeline.write.book import page
from pipeline.write.cells import Book, Formula, Page, link, put, put_across, put_paragraph
from pipeline.write.layout import FIRST_ROW, Layout
from pipeline.write.table import Field, Marked, put_header, put_row
from schemas.form import Ratio

_PX = {"share": 58, "money": 92}
_MARK = "สัญลักษณ์"
_NOTES = (
    "p ตัวเลขของอำเภอยังอาจเปลี่ยน เพราะมีจุดที่ต้องแก้หรือ อปท. ยังไม่ครบ · r ตัวเลขจากฉบับแก้ไขหรือแก้ตามที่อำเภอแจ้ง",
    "ยอดรวมคิดจาก อปท. ที่มีข้อมูลเท่านั้น ร้อยละคำนวณใหม่จากจำนวนที่มีทั้งสองฝั่ง ไม่ได้เฉลี่ยร้อยละ ดูนิยามในแผ่น หมายเหตุ",
    "กดที่ตัวเลขเพื่อไปยังแถวของอำเภอในแผ่น ข้อมูล ซึ่งบอกไฟล์ แผ่นงาน และเซลล์ที่อ่านตัวเลขมา",
)


def put_sheet(book: Book, plan: Layout, number: str = "") -> Page:
    """Writes the sheet: portrait, one page, fit for reading on paper."""
    fields = _fields(plan)
    title = f"{number}{words.subject(book.result.form)}รายอำเภอ"
    made = page(book, layout.DISTRICTS, title, _subtitle(book), widths(plan))
    made.sheet.fit_to_pages(1, 1)
    put_header(made, FIRST_ROW, [field.title for field in fields])
    put(made, FIRST_ROW, layout.MARK_COLUMN, fields[layout.MARK_COLUMN].title, "head_turned")
    codes = [row.district_code for row in book.result.roster]
    values, marks = figures.by_district(book.result, tuple(codes)), sentences.marks(book.result)
    for place, row in enumerate(book.result.roster):
        cells = [_cell(plan, measure, values.get(measure.key), place) for measure in plan.measures]
        status = words.status_of(row, book.result.round)
        put_row(
            made,
            layout.FIRST_RECORD + place,
            fields,
            _row(place, row, marks[row.district_code], cells, status),
        )
        _put_links(made, plan, layout.FIRST_RECORD + place, plan.first_rows[row.district_code])
        if metrics.text_px(status) > made.widths[layout.STATUS_COLUMN]:
            made.sheet.set_row(layout.FIRST_RECORD + place, 2 * metrics.line_height())
    _put_totals(made, plan)
    _put_bars(made, plan)
    made.sheet.repeat_rows(FIRST_ROW)
    made.sheet.freeze_panes(layout.FIRST_RECORD, 2)
    return made


def widths(plan: Layout) -> tuple[int, ...]:
    """Column widths in pixels, narrow enough that A4 portrait prints 16 points at no less than 11.5."""
    measured = [_PX.get(figures.kind(measure), 62) for measure in plan.measures]
    return (30, 126, 92, 92, 50, 50, 32, *measured, 48)


def _fields(plan: Layout) -> tuple[Field, ...]:
    shown = [Field(figures.heading(measure), figures.kind(measure)) for measure in plan.measures]
    return (
        Field("ที่", "centre"),
        Field("อำเภอ"),
        Field("สถานะ"),
        Field("ได้รับเมื่อ", "date"),
        Field("อปท. รายงาน", "count"),
        Field("อปท. ทั้งหมด", "count"),
        Field(_MARK, "centre"),
        *shown,
        Field("จุดที่ต้องแก้", "count"),
    )


def _subtitle(book: Book) -> str:
    day = sentences.local_day(book.results.as_of, book.results.campaign, short=True)
    mark = "" if sentences.complete(book.result) else "p ข้อมูลเบื้องต้น · "
    return f"{mark}... ยังไม่มีข้อมูล · 0 รายงานว่าเป็นศูนย์ · ข้อมูล ณ {day}"


def _row(place: int, row: RosterRow, mark: str, cells: list[Formula], status: str) -> tuple[object, ...]:
    fixes = Marked(row.must_fix, "number_alert") if row.must_fix else row.must_fix
    return (
        place + 1,
        row.district,
        Marked(status, f"status_{row.status}"),
        row.first_received_at,
        row.local_bodies_reported,
        row.local_bodies_expected,
        mark,
        *cells,
        fixes,
    )


def _put_links(made: Page, plan: Layout, row: int, to_row: int) -> None:
    """Each figure of a district leads to its first row in ข้อมูล, how many must be mended to ต้องแก้ไข."""
    for measure in plan.measures:
        column = plan.data_column(measure.key)
        link(made, row, plan.measure_column(measure.key), layout.DATA, to_row, column)
    link(made, row, plan.must_fix_column, layout.FIXES, FIRST_ROW, 0)


def _cell(plan: Layout, measure: figures.Measure, values: list[object] | None, place: int) -> Formula:
    """A district's figure: added up from ข้อมูล by the district's name."""
    known = figures.number(values[place]) if values else None
    name = f"$B{layout.FIRST_RECORD + place + 1}"
    districts = plan.data("district")
    if isinstance(measure, Ratio):
        formula = layout.share(plan.data(measure.part), plan.data(measure.whole), districts, name)
    else:
        formula = layout.sum_in_district(plan.data(measure.key), districts, name)
    return Formula(formula, words.UNKNOWN if known is None else known)


def _put_totals(made: Page, plan: Layout) -> None:
    """รวม with its coverage, and below it how many local bodies each figure covers."""
    row, result = plan.total_row, made.book.result
    reported, expected, _ = sentences.coverage_counts(result)
    put_across(made, row, 0, 3, Formula(_coverage_formula(plan), sentences.coverage(result)), "total_text")
    put(made, row, layout.REPORTED_COLUMN, _sum(plan, layout.REPORTED_COLUMN, reported), "total_count")
    put(made, row, layout.EXPECTED_COLUMN, _sum(plan, layout.EXPECTED_COLUMN, expected), "total_count")
    fixes = sum(row_.must_fix for row_ in result.roster)
    put(made, row, plan.must_fix_column, _sum(plan, plan.must_fix_column, fixes), "total_count")
    put(made, row, layout.MARK_COLUMN, "", "total_text")
    last = layout.FIRST_MEASURE - 1
    put_across(made, row + 1, 0, last, "จำนวน อปท. ที่อยู่ในยอดรวมของแต่ละช่อง", "subtotal_text")
    put(made, row + 1, plan.must_fix_column, "", "subtotal_text")
    for column, measure in enumerate(plan.measures, start=layout.FIRST_MEASURE):
        put(made, row, column, _total(plan, measure, made.book), f"total_{figures.kind(measure)}")
        covered = result.totals.get(measure.key)
        count = covered.local_bodies if covered else 0
        put(made, row + 1, column, Formula(layout.count_of(plan, measure), count), "subtotal_count")
        for total in (row, row + 1):
            link(made, total, column, layout.DATA, FIRST_ROW, plan.data_column(measure.key))
    for offset, note in enumerate(_NOTES, start=2):
        put_paragraph(made, row + offset, 0, len(made.widths) - 1, note, "foot")


def _coverage_formula(plan: Layout) -> str:
    reported, expected = (plan.districts_range(c) for c in (layout.REPORTED_COLUMN, layout.EXPECTED_COLUMN))
    return (
        f'="รวม "&SUM({reported})&" จาก "&SUM({expected})&" อปท. · "'
        f'&COUNTIF({reported},">0")&" จาก "&ROWS({reported})&" อำเภอ"'
    )


def _sum(plan: Layout, column: int, value: int) -> Formula:
    return Formula(f"=SUM({plan.districts_range(column)})", value)


def _total(plan: Layout, measure: figures.Measure, book: Book) -> Formula:
    known = figures.total(book.result, measure.key)
    if isinstance(measure, Ratio):
        formula = layout.share(plan.data(measure.part), plan.data(measure.whole))
    else:
        formula = layout.sum_of(plan.districts_range(plan.measure_column(measure.key)))
    return Formula(formula, words.UNKNOWN if known is None else known)


def _put_bars(made: Page, plan: Layout) -> None:
    """A bar from 0 to 1 behind each ratio, the same length for the same share in every column and round."""
    colours = (palette.LEAF, palette.STEEL, palette.GOLD)
    for number, ratio in enumerate(layout.ratios_of(plan.measures)):
        column = plan.measure_column(ratio.key)
        made.sheet.conditional_format(
            layout.FIRST_RECORD,
            column,
            plan.total_row - 1,
            column,
            {
                "type": "data_bar",
                "bar_color": _pale(colours[number % len(colours)]),
                "bar_solid": True,
                "bar_no_border": True,
                "min_type": "num",
                "max_type": "num",
                "min_value": 0,
                "max_value": 1,
                "data_bar_2010": True,
            },
        )


def _pale(colour: str) -> str:
    """The colour half way to white, so that figures stay readable on it."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{(part + 255) // 2:02X}" for part in parts)
