"""A workbook being written: opened with our font and theme, its sheets set up for A4, its heading written.

Nothing here reads the clock: the file's own date is `as_of`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Final

import xlsxwriter

from pipeline.model import Results, RoundResult
from pipeline.thai import thai_datetime, thai_digits
from pipeline.write import metrics, style, words
from pipeline.write.cells import Book, Imprint, Leaf, Page, Paper, put, put_across, put_paragraph
from pipeline.write.layout import reference

A4_PX: Final = (794, 1123)
MARGIN_IN: Final = 0.35
TOP_IN, BOTTOM_IN = 0.75, 0.65
_SMALL: Final = f'&"{style.FONT},Regular"&14 '


@contextmanager
def written(path: Path, results: Results, result: RoundResult, title: str) -> Iterator[Book]:
    """Opens a workbook about a round and writes it to `path` at the end; `OSError` if that cannot be written."""
    imprint = Imprint(results.campaign, result.round, results.as_of, results.sample)
    with opened(path, imprint, title) as paper:
        yield Book(paper, results, result)


@contextmanager
def opened(path: Path, imprint: Imprint, title: str) -> Iterator[Paper]:
    """Opens a workbook and writes it to `path` at the end; `OSError` if that cannot be written."""
    content = BytesIO()
    with composed(content, imprint, title) as paper:
        yield paper
    path.write_bytes(content.getvalue())


@contextmanager
def composed(content: BytesIO, imprint: Imprint, title: str) -> Iterator[Paper]:
    """Opens a workbook and writes its bytes into `content` at the end."""
    workbook = xlsxwriter.Workbook(content, deepcopy(_OPTIONS))  # it writes into what it is given
    workbook.use_custom_theme(style.theme())
    paper = Paper(workbook, style.formats(workbook), imprint)
    workbook.set_properties(_properties(imprint, title))
    workbook.set_size(1600, 1000)
    yield paper
    workbook.close()


def page(
    book: Book, name: str, title: str, subtitle: str, widths: Sequence[int], *, landscape: bool = False
) -> Page:
    """A sheet with its column widths, print set-up, and the strip, title and subtitle on top."""
    made = plain_page(book, name, title, widths, landscape=landscape)
    put_heading(made, title, subtitle, len(widths) - 1)
    return made


def plain_page(book: Book, name: str, title: str, widths: Sequence[int], *, landscape: bool = False) -> Page:
    """A sheet with its column widths and print set-up, and nothing on it; `title` is for its print header."""
    made = Page(book, book.workbook.add_worksheet(name), tuple(widths))
    set_up(made, title, landscape=landscape)
    return made


def set_up(page_: Leaf, title: str, *, landscape: bool = False) -> None:
    """Column widths and print set-up of a new sheet; `title` is for its print header."""
    for column, width in enumerate(page_.widths):
        page_.sheet.set_column_pixels(column, column, width)
    page_.sheet.hide_gridlines(2)
    _set_up_print(page_, title, landscape=landscape)


def print_in_parts(page_: Page, starts: Sequence[int], last_row: int) -> None:
    """Prints the sheet as parts that begin at these rows, each on a page of its own, all as wide as the paper.

    Page breaks cannot do it: they are ignored where a sheet is fitted to the paper's width, and a fixed scale runs
    over the edge where the font is missing and columns come out wider.
    """
    name, last_column = page_.sheet.get_name(), len(page_.widths) - 1
    ends = [*(start - 1 for start in starts[1:]), last_row]
    areas = [reference(name, start, 0, end, last_column) for start, end in zip(starts, ends, strict=True)]
    page_.book.workbook.define_name(f"'{name}'!_xlnm.Print_Area", f"={','.join(areas)}")


def fit_scale(widths: Sequence[int], *, landscape: bool) -> int:
    """The percentage at which columns of these widths (pixels) fit A4, at most 100."""
    room = A4_PX[1 if landscape else 0] - 2 * MARGIN_IN * 96
    return min(100, int(room / sum(widths) * 100))


def as_of_words(imprint: Imprint) -> str:
    """ข้อมูล ณ วันที่ … เวลา … น. in the campaign's time zone."""
    return f"ข้อมูล ณ วันที่ {thai_datetime(imprint.as_of.astimezone(imprint.zone))}"


_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": style.FONT, "font_size": style.SIZE},
    "default_row_height": style.ROW_PX,
    "default_column_width": style.COLUMN_PX,
}


def _properties(imprint: Imprint, title: str) -> dict[str, object]:
    mark = f"{words.SAMPLE} " if imprint.sample else ""
    return {
        "title": f"{mark}{title}",
        "subject": imprint.campaign.title,
        "author": imprint.campaign.office,
        "created": imprint.as_of.astimezone(imprint.zone).replace(tzinfo=None),
    }


def _set_up_print(page_: Leaf, title: str, *, landscape: bool) -> None:
    sheet, imprint = page_.sheet, page_.paper.imprint
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(MARGIN_IN, MARGIN_IN, TOP_IN, BOTTOM_IN)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    mark = f'&"{style.FONT},Bold"&14 {words.SAMPLE} ไม่ใช่ข้อมูลจริง' if imprint.sample else ""
    round_ = _escaped(f"รายงาน{thai_digits(imprint.round.title)}")
    sheet.set_header(f"&L{_SMALL}{_escaped(title)}&C{mark}&R{_SMALL}{round_}", {"margin": 0.3})
    put_foot(page_, as_of_words(imprint))


def put_foot(page_: Leaf, text: str) -> None:
    """What is printed at the foot of each page, beside its number."""
    page_.sheet.set_footer(f"&L{_SMALL}{_escaped(text)}&R{_SMALL}หน้า &P จาก &N", {"margin": 0.3})


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


def put_heading(page_: Leaf, title: str, subtitle: str, last: int) -> None:
    """The strip (a banner as far as column `last`, where all is a sample), the title and the subtitle."""
    imprint = page_.paper.imprint
    if imprint.sample:
        put_across(page_, 0, 0, last, words.SAMPLE_BANNER, "sample")
    else:
        office, round_ = imprint.campaign.office, thai_digits(imprint.round.title)
        put(page_, 0, 0, f"{office} · รายงาน{round_}", "strip")
    put(page_, 1, 0, title, "title")
    page_.sheet.set_row(1, metrics.line_height(20))
    if metrics.text_px(subtitle) > sum(page_.widths[: last + 1]) * metrics.NARROWER:
        put_paragraph(page_, 2, 0, last, subtitle, "subtitle_long")
    else:
        put(page_, 2, 0, subtitle, "subtitle")
    page_.sheet.set_row(3, 8)
