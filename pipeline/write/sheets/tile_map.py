"""แผนที่: the districts as tiles in about their places, once by status, once by the figure they are compared by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from pipeline.model import District, RosterRow, Status
from pipeline.thai import thai_digits
from pipeline.write import figures, layout, metrics, sentences, words
from pipeline.write.bands import Band, bands_of
from pipeline.write.book import page, print_in_parts
from pipeline.write.cells import Book, Formula, Page, link, put, put_across
from pipeline.write.figures import Measure
from pipeline.write.layout import FIRST_RECORD, FIRST_ROW, Layout
from schemas.form import Ratio

_TILE_PX, _GAP_PX = 132, 28
_MOST_BESIDE, _MOST_UPRIGHT = 4, 5
"""Columns of tiles up to which the two maps stand beside one another on one page that prints large enough to read;
wider ones stand one on a page, which is upright as long as they fit it."""
_NOTE = "หนึ่งช่องคือหนึ่งอำเภอ วางตามตำแหน่งโดยประมาณ ทิศเหนืออยู่ด้านบน ขนาดช่องไม่เกี่ยวกับขนาดพื้นที่"


@dataclass(frozen=True, slots=True)
class _Grid:
    """One map on the sheet: where its heading and its first tile stand, and how far it reaches."""

    top: int
    left: int
    rows: int
    columns: int

    def place(self, district: District) -> tuple[int, int]:
        """The cell of a district's name; its word or figure stands below."""
        row, column = district.tile or (1, 1)
        return self.first + 2 * (row - 1), self.left + column - 1

    @property
    def first(self) -> int:
        """The row of the northernmost names, a narrow gap below the heading."""
        return self.top + 2

    @property
    def below(self) -> int:
        return self.first + 2 * self.rows

    @property
    def last_column(self) -> int:
        return self.left + self.columns - 1


def put_sheet(book: Book, plan: Layout) -> Page:
    """Writes the sheet across one page, or one page for each map where they are wide."""
    tiles = [district.tile or (1, 1) for district in book.results.campaign.registry.districts]
    rows, columns = (max(tile[side] for tile in tiles) for side in (0, 1))
    beside = columns <= _MOST_BESIDE
    day = sentences.local_day(book.results.as_of, book.results.campaign)
    subtitle = (
        f"ข้อมูล ณ วันที่ {day} · {thai_digits(sentences.coverage(book.result))} · {words.UNKNOWN} ยังไม่มีข้อมูล"
    )
    widths = [*[_TILE_PX] * columns, *([_GAP_PX, *[_TILE_PX] * columns] if beside else [])]
    title, upright = f"แผนที่ {thai_digits(book.result.title)}", _MOST_BESIDE < columns <= _MOST_UPRIGHT
    made = page(book, layout.MAP, title, subtitle, widths, landscape=not upright)
    first = _Grid(FIRST_ROW, 0, rows, columns)
    below = _put_statuses(made, plan, first)
    headline = figures.headline(book.result.form)
    starts = [0]
    if headline is not None:
        if not beside:
            starts.append(below + 1)
        second = (
            _Grid(FIRST_ROW, columns + 1, rows, columns) if beside else _Grid(below + 1, 0, rows, columns)
        )
        below = max(below, _put_figures(made, plan, second, headline))
    put_across(made, below + 1, 0, len(widths) - 1, _NOTE, "foot")
    if beside:
        made.sheet.fit_to_pages(1, 1)
    else:
        print_in_parts(made, starts, below + 1)
    return made


def _put_statuses(made: Page, plan: Layout, grid: _Grid) -> int:
    """The map by status, its colours, and below it what they mean; returns the row below."""
    round_, roster = made.book.result.round, made.book.result.roster
    in_words = words.statuses(round_)
    _put_heading(made, grid, "สถานะการส่ง")

    def shown(place: int, owed: RosterRow) -> tuple[object, str, str]:
        cell = layout.reference(layout.DISTRICTS, FIRST_RECORD + place, layout.STATUS_COLUMN)
        return Formula(f"={cell}", words.status_of(owed, round_)), f"map_{owed.status}", "word"

    _put_tiles(made, grid, shown, layout.STATUS_COLUMN)
    for status, word in in_words.items():
        asked = f'OR({{cell}}="{word}",{{cell}}="{word} {words.AS_DOCUMENT}")'
        _colour(made, grid, f"map_ground_{status}", asked)
    counted = plan.districts_range(layout.STATUS_COLUMN)
    found: list[Status] = [status for status in in_words if any(owed.status == status for owed in roster)]
    legend = [
        (
            f"map_{status}_word",
            in_words[status],
            Formula(
                f"={words.counting(counted, status, round_, made.book.result.form)}",
                sum(owed.status == status for owed in roster),
            ),
        )
        for status in found
    ]
    return _put_legend(made, grid, legend)


def _put_figures(made: Page, plan: Layout, grid: _Grid, headline: Measure) -> int:
    """The map by the figure that districts are compared by; a district without one says how it stands."""
    result, kind = made.book.result, figures.kind(headline)
    column = plan.measure_column(headline.key)
    known = {place: value for _, value, place in sentences.ranking(result)}
    bands = bands_of(headline, list(known.values()))
    title = headline.title if isinstance(headline, Ratio) else figures.full_label(headline)
    _put_heading(made, grid, title)

    def shown(place: int, owed: RosterRow) -> tuple[object, str, str]:
        row = FIRST_RECORD + place
        value, status, reported = (
            layout.reference(layout.DISTRICTS, row, at)
            for at in (column, layout.STATUS_COLUMN, layout.REPORTED_COLUMN)
        )
        formula = f'=IF(ISNUMBER({value}),{value},IF({reported}>0,"{words.UNKNOWN}",{status}))'
        if place not in known:
            word = words.UNKNOWN if owed.local_bodies_reported else words.status_of(owed, result.round)
            return Formula(formula, word), "map_none", kind
        number = next(number for number, band in enumerate(bands) if band.holds(known[place]))
        return Formula(formula, known[place]), f"map_band{number}", kind

    _put_tiles(made, grid, shown, column)
    _colour(made, grid, "map_ground_none", 'AND(ISTEXT({cell}),{cell}<>"")')
    for number, band in enumerate(bands):
        asked = ",".join(["ISNUMBER({cell})", *band.criteria("{cell}")])
        _colour(made, grid, f"map_ground_band{number}", f"AND({asked})")
    return _put_legend(made, grid, _band_legend(plan, column, bands, list(known.values())))


def _band_legend(
    plan: Layout, column: int, bands: Sequence[Band], values: Sequence[float]
) -> list[tuple[str, str, Formula]]:
    """The bands, the highest first, with the number of districts in each, and those without a figure."""
    ranges = plan.districts_range(column)
    legend = []
    for number, band in reversed(list(enumerate(bands))):
        asked = ",".join(f'{ranges},"{each}"' for each in band.criteria(""))
        count = Formula(f"=COUNTIFS({asked})", sum(map(band.holds, values)))
        legend.append((f"map_band{number}_word", band.words, count))
    rest = Formula(f"=ROWS({ranges})-COUNT({ranges})", plan.districts - len(values))
    return [*legend, ("map_none_word", "ยังไม่มีตัวเลข", rest)]


def _put_heading(made: Page, grid: _Grid, title: str) -> None:
    put_across(made, grid.top, grid.left, grid.last_column, title, "section")
    made.sheet.set_row(grid.top + 1, 8)


def _put_tiles(
    made: Page, grid: _Grid, shown: Callable[[int, RosterRow], tuple[object, str, str]], column: int
) -> None:
    """A tile per district: its name, and below it what `shown` says, which leads to `column` of รายอำเภอ."""
    registry = made.book.results.campaign.registry
    for place, owed in enumerate(made.book.result.roster):
        row, at = grid.place(registry.district(owed.district_code))
        value, look, kind = shown(place, owed)
        put(made, row, at, owed.district, f"{look}_name")
        put(made, row + 1, at, value, f"{look}_{kind}")
        made.sheet.set_row(row + 1, metrics.line_height(20))
        link(made, row + 1, at, layout.DISTRICTS, FIRST_RECORD + place, column)


def _colour(made: Page, grid: _Grid, ground: str, asked: str) -> None:
    """The ground of every tile whose lower cell, `{cell}`, is as `asked`, also when that changes."""
    told = xl_rowcol_to_cell(grid.first + 1, grid.left)
    rule = {
        "type": "formula",
        "criteria": f"={asked.format(cell=told)}",
        "format": made.book.format_of(ground),
    }
    for offset in (0, 1):
        rows = [grid.first + 2 * row + offset for row in range(grid.rows)]
        parts = " ".join(xl_range(row, grid.left, row, grid.last_column) for row in rows)
        top, left, right = rows[0], grid.left, grid.last_column
        made.sheet.conditional_format(top, left, top, right, {**rule, "multi_range": parts})


def _put_legend(made: Page, grid: _Grid, legend: Sequence[tuple[str, str, Formula]]) -> int:
    """What each colour means and how many districts have it; returns the row below."""
    put_across(made, grid.below + 1, grid.left, grid.last_column, "คำอธิบายสี (จำนวนอำเภอ)", "label")
    for number, (style, meaning, count) in enumerate(legend, start=1):
        row = grid.below + 1 + number
        put(made, row, grid.left, meaning, style)
        put(made, row, grid.left + 1, count, "tally")
    return grid.below + len(legend) + 2
