"""ข้อมูล: the tidy table for pivots, a row per local body, English column keys, each figure once.

An unknown figure is an empty cell here, so that a pivot takes the column for numbers.
"""

from collections.abc import Mapping

from pipeline.model import Status
from pipeline.write import figures, layout, metrics, words
from pipeline.write.book import plain_page, put_heading
from pipeline.write.cells import Book, Page, put
from pipeline.write.layout import FIRST_ROW, IDS, Layout
from schemas.form import Form

# Too wide for one page: eight points, two pages across, the names of district and local body on each.
_PRINT_SCALE = 50
TITLE = "ข้อมูลราย อปท. สำหรับวิเคราะห์ต่อ"


def put_sheet(book: Book, plan: Layout) -> Page:
    """Writes the table with its filter; `data_table` names it for pivots."""
    registry, form = book.results.campaign.registry_of(book.result.round), book.result.form
    bodies = registry.local_bodies
    values = figures.by_body(book.result, tuple(body.code for body in bodies))
    names = {district.code: district.name for district in registry.districts}
    subtitle = "หนึ่งแถวต่อหนึ่ง อปท. · ช่องว่างคือยังไม่มีข้อมูล · ความหมายของแต่ละคอลัมน์อยู่ในแผ่น หมายเหตุ"
    made = plain_page(book, layout.DATA, TITLE, _widths(plan, form), landscape=True)
    put_heading(made, TITLE, subtitle, len(IDS) - 1)
    for column, key in enumerate((*IDS, *plan.keys)):
        put(made, FIRST_ROW, column, key, "key")
    for row, body in enumerate(bodies, start=FIRST_ROW + 1):
        ids = (book.result.round.key, body.district_code, names[body.district_code], body.code, body.label)
        for column, text in enumerate(ids):
            put(made, row, column, text, "text")
    for column, key in enumerate(plan.keys, start=len(IDS)):
        _put_column(
            made, column, _shown(key, values[key], words.statuses(book.result.round)), _kind(form, key)
        )
    last_row, last_column = FIRST_ROW + len(bodies), len(IDS) + len(plan.keys) - 1
    made.sheet.autofilter(FIRST_ROW, 0, last_row, last_column)
    table = layout.reference(layout.DATA, FIRST_ROW, 0, last_row, last_column)
    book.workbook.define_name("data_table", f"={table}")
    made.sheet.set_print_scale(_PRINT_SCALE)
    made.sheet.repeat_rows(FIRST_ROW)
    made.sheet.repeat_columns(IDS.index("district"), len(IDS) - 1)
    made.sheet.freeze_panes(FIRST_ROW + 1, len(IDS))
    made.sheet.ignore_errors({"number_stored_as_text": "A:D"})
    return made


def _put_column(made: Page, column: int, values: list[object], kind: str) -> None:
    for row, value in enumerate(values, start=FIRST_ROW + 1):
        if value is None or value == "":
            made.sheet.write_blank(row, column, None, made.book.format_of(kind))
        else:
            put(made, row, column, value, kind)


def _shown(key: str, values: list[object], statuses: Mapping[Status, str]) -> list[object]:
    """The column's values; a status in words."""
    in_words = {str(status): word for status, word in statuses.items()}
    return [in_words.get(str(value), value) for value in values] if key == "status" else values


def _kind(form: Form, key: str) -> str:
    if key in {ratio.key for ratio in form.ratios}:
        return "share"
    kinds = {column.key: column.kind for column in form.columns}
    return {"count": "count", "area": "area", "money": "money"}.get(kinds.get(key, "text"), "text")


def _widths(plan: Layout, form: Form) -> tuple[int, ...]:
    texts = {key for key in plan.keys if _kind(form, key) == "text"}
    keys = [140 if key in texts else int(max(80, metrics.text_px(key) + 34)) for key in plan.keys]
    return (72, 120, 150, 150, 190, *keys)
