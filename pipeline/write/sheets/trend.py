"""แนวโน้ม: every round of the form as a column: the districts by the figure they are compared by, then the province by
every figure, each with its change, its course as columns, and how many local bodies it covers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from pipeline.model import Round
from pipeline.thai import thai_date, thai_digits
from pipeline.write import figures, layout, metrics, palette, sentences, words
from pipeline.write.book import page, print_in_parts
from pipeline.write.cells import Book, Formula, Page, put, put_paragraph
from pipeline.write.layout import FIRST_ROW, Layout
from pipeline.write.trend_lines import Line, district_lines, province_line
from schemas.form import Ratio

_NUMBER_PX, _NAME_PX, _ROUND_PX, _CHANGE_PX, _COURSE_PX, _COVERED_PX = 34, 226, 80, 92, 96, 60
_WIDEST_PX = 1010
"""The widest sheet that still prints 16 points at 11.5 upright; a wider one is laid across."""
_FIRST = 2
_NOTES = (
    "เปลี่ยนแปลง คือครั้งนี้เทียบกับครั้งก่อนของแบบเดียวกัน ร้อยละเทียบเป็นจุดร้อยละ พื้นแดงคือลดลง",
    "ตัวอักษรสีเทาเอียง คือจำนวน อปท. ที่อยู่ในตัวเลขของสองครั้งไม่เท่ากัน ส่วนหนึ่งของการเปลี่ยนแปลงมาจาก อปท. ที่เพิ่มหรือขาด",
    "ตัวเลขของครั้งก่อนเป็นตัวเลขล่าสุดที่มีอยู่ ณ เวลาของเล่มนี้",
)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of a line stand, by the number of rounds and the place of this one among them."""

    rounds: int
    this: int

    @property
    def change(self) -> int:
        return _FIRST + self.rounds

    @property
    def course(self) -> int:
        return self.change + 1

    @property
    def covered(self) -> int:
        return self.course + 1

    @property
    def last(self) -> int:
        return self.covered + self.rounds - 1


def put_sheet(book: Book, plan: Layout, number: str = "") -> Page:
    """Writes the sheet: page one the districts, page two the province. `number` stands before the title."""
    headline = figures.headline(book.result.form)
    if headline is None:
        raise ValueError("a form without figures has no trend")
    rounds = book.results.campaign.rounds_of(book.result.form.key)
    columns = _Columns(len(rounds), len(book.result.earlier))
    title = headline.title if isinstance(headline, Ratio) else figures.full_label(headline)
    name = f"{number}แนวโน้ม{title}"
    widths = _widths(columns)
    across = sum(widths) > _WIDEST_PX
    made = page(book, layout.TREND, name, _subtitle(book, rounds, columns), widths, landscape=across)
    told = "(จุดร้อยละ)" if isinstance(headline, Ratio) else f"({headline.unit})"
    _put_header(made, FIRST_ROW, rounds, columns, ("ที่", "อำเภอ", title, f"เปลี่ยนแปลง\n{told}"))
    top = FIRST_ROW + 2
    lines = [*district_lines(book.result, plan, headline), province_line(book.result, plan, headline)]
    _put_lines(made, top, columns, lines)
    below = _put_notes(made, top + len(lines), columns)
    last = _put_all(made, plan, below, rounds, columns)
    made.sheet.freeze_panes(top, _FIRST)
    print_in_parts(made, [0, below], last)
    return made


def _widths(columns: _Columns) -> tuple[int, ...]:
    rounds = columns.rounds
    return (_NUMBER_PX, _NAME_PX, *[_ROUND_PX] * rounds, _CHANGE_PX, _COURSE_PX, *[_COVERED_PX] * rounds)


def _subtitle(book: Book, rounds: Sequence[Round], columns: _Columns) -> str:
    mark = "" if sentences.complete(book.result) else "p ข้อมูลเบื้องต้น · "
    later = rounds[columns.this + 1 :]
    rest = f"{later[0].title} เป็นต้นไปเว้นว่างไว้ · " if later else ""
    day = sentences.local_day(book.results.as_of, book.results.campaign, short=True)
    return thai_digits(f"{mark}{rest}{words.UNKNOWN} ยังไม่มีข้อมูล · ข้อมูล ณ {day}")


def _put_header(
    made: Page, top: int, rounds: Sequence[Round], columns: _Columns, titles: tuple[str, str, str, str]
) -> None:
    """Two rows: what the columns are of, and the rounds with their due dates."""
    number, name, figures_, change = titles
    head, zone = made.book.format_of("head"), made.book.zone
    tall = ((0, number), (1, name), (columns.change, change), (columns.course, "แนวโน้ม"))
    for column, title in tall:
        made.sheet.merge_range(top, column, top + 1, column, title, head)
    for first, title in ((_FIRST, figures_), (columns.covered, "อปท. ที่อยู่ในตัวเลข")):
        last = first + columns.rounds - 1
        if last > first:
            made.sheet.merge_range(top, first, top, last, title, head)
        else:
            put(made, top, first, title, "head")
    heads: dict[int, str] = {}
    for place, round_ in enumerate(rounds):
        day = thai_date(round_.due_at.astimezone(zone).date(), short=True)
        heads |= {_FIRST + place: f"{round_.title}\n{day}", columns.covered + place: round_.title}
    for column, head_ in heads.items():
        put(made, top + 1, column, head_, "head")
    lines = max(metrics.line_count(head_, made.widths[column], bold=True) for column, head_ in heads.items())
    made.sheet.set_row(top, metrics.line_height())
    made.sheet.set_row(top + 1, lines * metrics.line_height())


def _put_all(made: Page, plan: Layout, top: int, rounds: Sequence[Round], columns: _Columns) -> int:
    """The province by every figure; returns the last row."""
    form, result = made.book.result.form, made.book.result
    put(made, top, 0, "แนวโน้มทั้งจังหวัด ทุกตัวชี้วัด", "title")
    made.sheet.set_row(top, metrics.line_height(20))
    _put_header(made, top + 1, rounds, columns, ("ที่", "ตัวชี้วัด", "ทั้งจังหวัด", "เปลี่ยนแปลง"))
    measures: tuple[figures.Measure, ...] = (*form.ratios, *form.indicators)
    lines = [
        replace(province_line(result, plan, measure), number=number, name=_name(measure))
        for number, measure in enumerate(measures, start=1)
    ]
    _put_lines(made, top + 3, columns, lines, each=True)
    return top + 2 + len(lines)


def _name(measure: figures.Measure) -> str:
    if isinstance(measure, Ratio):
        return measure.title
    return figures.heading(measure)


def _put_lines(made: Page, top: int, columns: _Columns, lines: Sequence[Line], *, each: bool = False) -> None:
    """The lines from row `top`; the columns of their courses all measured alike, or `each` by itself."""
    for row, line in enumerate(lines, start=top):
        style = "" if line.number else "total_"
        put(made, row, 0, line.number or "", f"{style}centre")
        put(made, row, 1, line.name, f"{style}wrap")
        for place in range(columns.rounds):
            shown, covered = line.points[place] if place < len(line.points) else ("", "")
            put(made, row, _FIRST + place, shown, f"{style}{line.kind}")
            put(made, row, columns.covered + place, covered, f"{style}count")
        put(made, row, columns.change, _change(row, columns, line), f"{style}{_change_kind(line.kind)}")
        put(made, row, columns.course, "", f"{style}centre")
        count = metrics.line_count(line.name, _NAME_PX - 16)
        if count > 1:
            made.sheet.set_row(row, count * metrics.line_height())
    last = top + len(lines) - 1
    _mark_changes(made, top, last, columns)
    _put_courses(made, (top, last), columns, each=each, shares=_within_whole(lines))


def _within_whole(lines: Sequence[Line]) -> bool:
    """Whether all are shares, and none is more than the whole."""
    return all(line.kind == "share" and max(line.values, default=0) <= 1 for line in lines)


def _change(row: int, columns: _Columns, line: Line) -> object:
    """This round's figure less that of the round before, a share in points; empty for the first round."""
    if not columns.this:
        return ""
    new, old = (xl_rowcol_to_cell(row, _FIRST + place) for place in (columns.this, columns.this - 1))
    formula = f"({new}-{old})*100" if line.kind == "share" else f"{new}-{old}"
    known = words.UNKNOWN if line.change is None else line.change
    return Formula(f'=IF(AND(ISNUMBER({new}),ISNUMBER({old})),{formula},"{words.UNKNOWN}")', known)


def _change_kind(kind: str) -> str:
    return {"share": "points", "area": "change_area"}.get(kind, "change")


def _mark_changes(made: Page, top: int, last: int, columns: _Columns) -> None:
    """A fall in red, whenever it becomes one; grey where the two rounds do not cover as many local bodies."""
    if not columns.this:
        return
    cell = xl_rowcol_to_cell(top, columns.change)
    new, old = (
        xl_rowcol_to_cell(top, columns.covered + place, col_abs=True)
        for place in (columns.this, columns.this - 1)
    )
    rules = (("unlike", f"{new}<>{old}"), ("fallen", f"{cell}<0"))
    for name, asked in rules:
        rule = {
            "type": "formula",
            "criteria": f"=AND(ISNUMBER({cell}),{asked})",
            "format": made.book.format_of(name),
            "stop_if_true": True,
        }
        made.sheet.conditional_format(top, columns.change, last, columns.change, rule)


def _put_courses(made: Page, rows_: tuple[int, int], columns: _Columns, *, each: bool, shares: bool) -> None:
    """Columns in a cell, from zero, shares up to the whole; the last of them darker."""
    top, last = rows_
    rows = range(top, last + 1)
    made.sheet.add_sparkline(
        top,
        columns.course,
        {
            "location": [xl_rowcol_to_cell(row, columns.course) for row in rows],
            "range": [xl_range(row, _FIRST, row, columns.change - 1) for row in rows],
            "type": "column",
            "min": 0,
            **({} if each else {"max": 1 if shares else "group"}),
            "series_color": palette.STEEL,
            "last_point": True,
            "last_color": palette.GREEN,
        },
    )


def _put_notes(made: Page, row: int, columns: _Columns) -> int:
    for offset, note in enumerate(_NOTES):
        put_paragraph(made, row + offset, 0, columns.last, note, "foot")
    return row + len(_NOTES)
