"""Every page of every workbook and document that people get: no ###, large enough, as many as promised."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from tests.render import needs, printed
from tests.render.conftest import Drawn
from tests.render.printed import Page
from tests.render.test_cells import FOR_PIVOTS

pytestmark = pytest.mark.render

LEAST_SIZE = 11.5
"""Points on paper of what a page says; its head, its foot and its notes may be smaller, but not smaller than:"""
LEAST_NOTE = 9.0
ROUNDING = 1 / 6
MOST_PAGES = {"ปก": 1, "ภาพรวม": 2, "รายอำเภอ": 1, "แผนที่": 2, "ส่งช้า": 1, "ยังไม่ส่ง": 2}
"""Of 25 districts, whether the font is there or not; the two maps have a page each."""
AROUND = 60
"""Points at the top and at the bottom of a page in which its head and foot stand."""


def hashes(pages: Iterable[Page]) -> list[str]:
    """Where figures did not fit into their columns."""
    return [
        f"{page.sheet} p. {page.number}: {text.text}"
        for page in pages
        for text in page.texts
        if "###" in text.text
    ]


def small(pages: Iterable[Page]) -> list[str]:
    """Pages most of which, or any text of which, is printed too small to read."""
    found = []
    for page in pages:
        sizes: Counter[float] = Counter()
        for text in page.texts:
            sizes[text.size] += len(text.text.strip())
        most = max(sizes, key=lambda size: sizes[size], default=LEAST_SIZE)
        least = min((size for size in sizes if sizes[size]), default=LEAST_SIZE)
        if most < LEAST_SIZE - ROUNDING or least < LEAST_NOTE - ROUNDING:
            found.append(f"{page.sheet} p. {page.number}: most {most:.1f} pt, least {least:.1f} pt")
    return found


def empty(pages: Iterable[Page]) -> list[str]:
    """Pages that say nothing but their head and foot, and show no picture."""
    return [
        f"{page.sheet} p. {page.number}"
        for page in pages
        if not page.pictures and not any(map(str.strip, inner(page)))
    ]


def inner(page: Page) -> list[str]:
    return [text.text for text in page.texts if AROUND / 2 < text.top < page.height - AROUND]


def too_many(pages: Mapping[str, Iterable[Page]]) -> dict[tuple[str, str], int]:
    """How many pages a sheet of a file has, where that is more than promised."""
    counts = Counter((name, page.sheet) for name, found in pages.items() for page in found)
    return {key: count for key, count in counts.items() if count > MOST_PAGES.get(key[1], count)}


def faults(found: Mapping[str, list[str]]) -> str:
    """Everything that was found, a line each; nothing where all is well."""
    return "\n".join(f"{name} {each}" for name, lines in found.items() for each in lines)


def test_no_figure_is_too_wide_for_its_column(shown: Drawn) -> None:
    assert faults({name: hashes(pages) for name, pages in shown.pages.items()}) == ""


def test_everything_is_printed_large_enough_to_read(shown: Drawn) -> None:
    """Another font's letters are larger at the same size, and its columns wider: there the size says nothing."""
    if not shown.font:
        pytest.skip(f"the size is that of {needs.FONT}")
    read = {
        name: [page for page in pages if page.sheet not in FOR_PIVOTS] for name, pages in shown.pages.items()
    }
    assert faults({name: small(pages) for name, pages in read.items()}) == ""


def test_no_sheet_has_more_pages_than_promised(shown: Drawn) -> None:
    assert too_many(shown.pages) == {}
    assert {page.sheet for pages in shown.pages.values() for page in pages} >= {"ปก", "ภาพรวม", "รายอำเภอ"}


def test_no_page_is_empty(shown: Drawn) -> None:
    assert faults({name: empty(pages) for name, pages in shown.pages.items()}) == ""
    assert min(map(len, shown.pages.values())) > 0


def test_every_page_is_a4(shown: Drawn) -> None:
    papers = {
        tuple(sorted((round(page.width), round(page.height))))
        for pages in shown.pages.values()
        for page in pages
    }
    assert papers == {(595, 842)}


# --- that the checks can fail -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bad(convert: Callable[..., list[Path]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, ...]:
    """A workbook with a figure wider than its column, a small print, a page of blanks, and a cover of two pages."""
    folder = tmp_path_factory.mktemp("bad")
    with xlsxwriter.Workbook(folder / "bad.xlsx") as book:
        sheet = book.add_worksheet("แคบ")
        sheet.set_column_pixels(0, 0, 20)
        sheet.write_number("A1", 123_456_789)
        sheet = book.add_worksheet("เล็ก")
        sheet.set_print_scale(50)
        sheet.write_string("A1", "ตัวเล็ก", book.add_format({"font_size": 16}))
        sheet = book.add_worksheet("ว่าง")
        sheet.write_string("A1", "ก", book.add_format({"font_size": 16}))
        sheet.write_string("A2", " ")
        sheet.set_h_pagebreaks([1])
        sheet = book.add_worksheet("ปก")
        sheet.write_column("A1", ["ก", "ข"])
        sheet.set_h_pagebreaks([1])
    (pdf,) = convert([folder / "bad.xlsx"], "pdf", folder / "pdf", font=True)
    return printed.pages(pdf)


def test_a_narrow_column_is_found(bad: tuple[Page, ...]) -> None:
    assert hashes(bad) == ["แคบ p. 1: ###"]


def test_a_small_print_is_found(bad: tuple[Page, ...]) -> None:
    assert small(page for page in bad if page.sheet == "เล็ก") == ["เล็ก p. 2: most 8.0 pt, least 8.0 pt"]


def test_an_empty_page_is_found(bad: tuple[Page, ...]) -> None:
    assert [page.sheet for page in bad] == ["แคบ", "เล็ก", "ว่าง", "ว่าง", "ปก", "ปก"]
    assert empty(bad) == ["ว่าง p. 4"]


def test_a_page_too_many_is_found(bad: tuple[Page, ...]) -> None:
    assert too_many({"bad.xlsx": bad}) == {("bad.xlsx", "ปก"): 2}
