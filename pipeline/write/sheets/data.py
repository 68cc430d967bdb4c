"""ข้อมูล: the tidy table for pivots, a row per local body, English column keys, each figure once.

An unknown figure is an empty cell here, so that a pivot takes the column for numbers. The last columns tell the cell
that each figure was read from.
"""

from collections.abc import Iterator, Mapping

from pipeline.model import Status
from pipeline.write import figures, layout, metrics, words
from pipeline.write.book import plain_page, put_heading
from pipeline.write.cells import Book, Page, link, put
from pipeline.write.layout import FIRST_RECORD, FIRST_ROW, IDS, WHERE, Layout
from pipeline.write.origins import Whose, once_values, origins
from pipeline.write.sheets import sources
from schemas.form import Form

# Too wide for one page: eight points, two pages across, the names of district and local body on each.
_PRINT_SCALE = 50
TITLE = "ข้อมูลราย อปท. สำหรับวิเคราะห์ต่อ"
WHOLE = "ทั้งอำเภอ"
_SUBTITLE = "หนึ่งแถวต่อหนึ่ง อปท. · ช่องว่างคือยังไม่มีข้อมูล · ความหมายของแต่ละคอลัมน์อยู่ในแผ่น หมายเหตุ"


def put_sheet(book: Book, plan: Layout) -> Page:
    """Writes the table with its filter; `data_table` names it for pivots."""
    made = plain_page(book, layout.DATA, TITLE, _widths(plan, book.result.form), landscape=True)
    put_heading(made, TITLE, _SUBTITLE, len(IDS) - 1)
    for column, key in enumerate(plan.columns):
        put(made, FIRST_ROW, column, key, "key")
    rows = _ids(book, plan)
    for row, (district, body, name, label) in enumerate(rows, start=FIRST_RECORD):
        for column, text in enumerate((book.result.round.key, district, name, body, label)):
            put(made, row, column, text, "text")
    _put_figures(made, plan)
    if plan.once:
        _put_once(made, plan)
    _put_where(made, plan, [(district, body) for district, body, _, _ in rows])
    _set_up(made, plan)
    return made


def _ids(book: Book, plan: Layout) -> list[tuple[str, str, str, str]]:
    """District, local body, and their names, of every row."""
    registry = book.results.campaign.registry_of(book.result.round)
    names = {district.code: district.name for district in registry.districts}
    bodies = [
        (body.district_code, body.code, names[body.district_code], body.label)
        for body in registry.local_bodies
    ]
    whole = [(row.district_code, "", row.district, WHOLE) for row in book.result.roster]
    return [*bodies, *whole] if plan.once else bodies


def _put_figures(made: Page, plan: Layout) -> None:
    """The columns of consolidated.csv."""
    result = made.book.result
    bodies = made.book.results.campaign.registry_of(result.round).local_bodies
    values = figures.by_body(result, tuple(body.code for body in bodies))
    in_words = words.statuses(result.round)
    for key in plan.keys:
        _put_column(made, plan.data_column(key), _shown(key, values[key], in_words), _kind(result.form, key))


def _put_once(made: Page, plan: Layout) -> None:
    """The rows of the districts, below those of the local bodies: their statuses, and what they answer once for all."""
    result, first = made.book.result, FIRST_RECORD + plan.bodies
    values, in_words = once_values(result.values), words.statuses(result.round)
    column = plan.data_column("status")
    for row, owed in enumerate(result.roster, start=first):
        put(made, row, column, in_words[owed.status], "text")
        for key in plan.once:
            known = values.get((owed.district_code, key))
            if known is not None:
                put(made, row, plan.data_column(key), known, _kind(result.form, key))


def _put_where(made: Page, plan: Layout, rows: list[Whose]) -> None:
    """The sheet and cells of each row's figures, and the number of its file, which leads to ที่มา."""
    found, numbers = origins(made.book.result.values), _numbers(made.book)
    first = len(plan.columns) - len(WHERE)
    for row, whose in enumerate(rows, start=FIRST_RECORD):
        origin = found.get(whose)
        if origin is None:
            continue
        if not whose[1]:
            put(made, row, plan.data_column("file"), origin.file, "text")
        put(made, row, first, origin.sheet, "text")
        put(made, row, first + 1, origin.cells, "text")
        number = numbers.get((origin.file, origin.sha256))
        if number:
            put(made, row, first + 2, number, "centre_link")
            link(made, row, first + 2, layout.SOURCES, FIRST_ROW + number, 1)


def _numbers(book: Book) -> Mapping[tuple[str, str], int]:
    """The number of each file in ที่มา, by its path and fingerprint."""
    return {(file.path, file.sha256): number for number, file in enumerate(sources.listed(book), start=1)}


def _set_up(made: Page, plan: Layout) -> None:
    """Filter, name, print and panes; the addresses stand outside the printed page."""
    last_row, last_column = FIRST_ROW + plan.records, len(plan.columns) - 1
    made.sheet.autofilter(FIRST_ROW, 0, last_row, last_column)
    table = layout.reference(layout.DATA, FIRST_ROW, 0, last_row, last_column)
    made.book.workbook.define_name("data_table", f"={table}")
    made.sheet.print_area(0, 0, last_row, last_column - len(WHERE))
    made.sheet.set_print_scale(_PRINT_SCALE)
    made.sheet.repeat_rows(FIRST_ROW)
    made.sheet.repeat_columns(IDS.index("district"), len(IDS) - 1)
    made.sheet.freeze_panes(FIRST_ROW + 1, len(IDS))
    made.sheet.ignore_errors({"number_stored_as_text": "A:D"})


def _put_column(made: Page, column: int, values: list[object], kind: str) -> None:
    for row, value in enumerate(values, start=FIRST_RECORD):
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
    return (72, 120, 150, 150, 190, *_key_widths(plan, form), 150, 420, 84)


def _key_widths(plan: Layout, form: Form) -> Iterator[int]:
    for key in (*plan.keys, *plan.once):
        yield 140 if _kind(form, key) == "text" else int(max(80, metrics.text_px(key) + 34))
