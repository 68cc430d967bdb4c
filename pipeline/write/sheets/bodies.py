"""ราย อปท.: every local body of the registry, grouped by district, with live subtotals."""

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.model import LocalBody, RosterRow
from pipeline.write import figures, layout, metrics, sentences, words
from pipeline.write.book import page
from pipeline.write.cells import Book, Formula, Page, put, put_across
from pipeline.write.layout import FIRST_ROW, Layout
from pipeline.write.table import put_header
from schemas.form import Ratio

_FIRST = 2  # the columns before the measures: number, name


def put_sheet(book: Book, plan: Layout, number: str = "") -> Page:
    """Writes the sheet: a row per local body under its district's name, a subtotal under each district."""
    registry = book.results.campaign.registry_of(book.result.round)
    codes = [body.code for body in registry.local_bodies]
    by_body = figures.by_body(book.result, tuple(codes))
    values, corrected = _known(by_body, codes, plan), _corrected(by_body, codes)
    codes = [owed.district_code for owed in book.result.roster]
    sums = _known(figures.by_district(book.result, tuple(codes)), codes, plan)
    mark = "" if sentences.complete(book.result) else "p ข้อมูลเบื้องต้น · "
    subtitle = f"{mark}{sentences.coverage(book.result)} · ... ยังไม่มีข้อมูล · 0 รายงานว่าเป็นศูนย์"
    title = f"{number}{words.subject(book.result.form)}ราย อปท."
    widths = _widths(plan, [body.label for body in registry.local_bodies])
    made = page(book, layout.BODIES, title, subtitle, widths)
    put_header(made, FIRST_ROW, ["ที่", "อปท.", *map(figures.heading, plan.measures)])
    row = FIRST_ROW + 1
    for owed in book.result.roster:
        bodies = [
            (body, values[body.code], corrected[body.code]) for body in registry.bodies_of(owed.district_code)
        ]
        bottom = _put_district(made, plan, row, owed, bodies)
        _put_subtotals(made, plan, sums[owed.district_code], (row + 1, bottom), owed.district)
        row = bottom + 1
    _put_total(made, plan, row)
    made.sheet.repeat_rows(FIRST_ROW)
    made.sheet.freeze_panes(FIRST_ROW + 1, _FIRST)
    made.sheet.outline_settings(symbols_below=True)
    return made


def _known(
    columns: Mapping[str, list[object]], codes: Sequence[str], plan: Layout
) -> Mapping[str, Mapping[str, float | None]]:
    """What is known of each local body or district, by its code and the measure's key."""
    keys = [measure.key for measure in plan.measures if measure.key in columns]
    return {
        code: {key: figures.number(columns[key][place]) for key in keys} for place, code in enumerate(codes)
    }


def _corrected(columns: Mapping[str, list[object]], codes: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """The keys of the figures that each local body's district corrected by telephone."""
    keys = columns.get("corrected", [""] * len(codes))
    return {code: frozenset(str(each or "").split()) for code, each in zip(codes, keys, strict=True)}


def _widths(plan: Layout, labels: Sequence[str]) -> tuple[int, ...]:
    return (44, max(metrics.column_px(labels), 190), *(86 for _ in plan.measures))


def _put_district(
    made: Page,
    plan: Layout,
    top: int,
    owed: RosterRow,
    bodies: Sequence[tuple[LocalBody, Mapping[str, float | None], frozenset[str]]],
) -> int:
    """The district's heading, its local bodies with what is known of them and which figures were corrected, and the
    label of its subtotal; returns the subtotal's row."""
    last_column = _FIRST + len(plan.measures) - 1
    heading = f"อำเภอ{owed.district} · {words.statuses(made.book.result.round)[owed.status]}"
    put_across(made, top, 0, last_column, heading, "subtotal_text")
    for number, (body, known, corrected) in enumerate(bodies, start=1):
        row = top + number
        put(made, row, 0, number, "centre")
        put(made, row, 1, body.label, "text")
        for column, measure in enumerate(plan.measures, start=_FIRST):
            mark = "_corrected" if measure.key in corrected else ""
            put(made, row, column, known.get(measure.key), f"{figures.kind(measure)}{mark}")
        made.sheet.set_row(row, metrics.line_height(), None, {"level": 1})
    bottom = top + len(bodies) + 1
    put_across(made, bottom, 0, 1, f"รวม {owed.local_bodies_reported} จาก {len(bodies)} อปท.", "total_text")
    return bottom


def _put_subtotals(
    made: Page, plan: Layout, known: Mapping[str, float | None], rows: tuple[int, int], district: str
) -> None:
    """The figures of a subtotal over the local bodies between the first of `rows` and the row above its last."""
    first, bottom = rows
    for column, measure in enumerate(plan.measures, start=_FIRST):
        value = known.get(measure.key)
        formula = _subtotal(plan, measure, column, (first, bottom - 1), district)
        shown = Formula(formula, words.UNKNOWN if value is None else value)
        put(made, bottom, column, shown, f"total_{figures.kind(measure)}")


def _subtotal(
    plan: Layout, measure: figures.Measure, column: int, rows: tuple[int, int], district: str
) -> str:
    if not isinstance(measure, Ratio):
        return layout.sum_of(_range(column, *rows))
    if _stand_here(plan, measure):
        part, whole = (_range(_column(plan, key), *rows) for key in (measure.part, measure.whole))
        return layout.share(part, whole)
    return layout.share(
        plan.data(measure.part), plan.data(measure.whole), plan.data("district"), f'"{district}"'
    )


def _stand_here(plan: Layout, ratio: Ratio) -> bool:
    return {ratio.part, ratio.whole} <= {measure.key for measure in plan.measures}


def _column(plan: Layout, key: str) -> int:
    return plan.measure_column(key) - layout.FIRST_MEASURE + _FIRST


def _range(column: int, first: int, last: int) -> str:
    return f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"


def _put_total(made: Page, plan: Layout, row: int) -> None:
    put_across(made, row, 0, 1, sentences.coverage(made.book.result).split(" · ")[0], "total_text")
    for column, measure in enumerate(plan.measures, start=_FIRST):
        known = figures.total(made.book.result, measure.key)
        shown = Formula(layout.total_of(plan, measure), words.UNKNOWN if known is None else known)
        put(made, row, column, shown, f"total_{figures.kind(measure)}")
