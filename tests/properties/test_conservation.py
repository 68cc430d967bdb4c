"""No cell is lost: seen = read + set aside, whatever stands in and around the form; a fault takes out only itself.

Each workbook is written, read as any snapshot is, and understood, in this process.
"""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.campaign import load_campaign
from pipeline.context import context_of
from pipeline.issues import Where, describe_all
from pipeline.model import Arrival, Submission
from pipeline.read import read_snapshot
from pipeline.understand import Understood, understand
from tests.campaigns import SCHEMAS
from tests.properties.drawn import (
    ASIDE,
    CLEAN,
    FORMATS,
    Page,
    anything,
    broken,
    edges,
    laid,
    places,
    variants,
)
from tests.sample.model import Position, Raw, Table, address

CONTEXT = context_of(load_campaign(SCHEMAS))
RECEIVED = datetime.fromisoformat("2021-02-04T09:00:00+07:00")
FORM = CONTEXT.campaign.forms["operations"]
FIGURES = frozenset(column.key for column in FORM.indicators)
SPAN = (40, 40)
"""Further than the form reaches, so that cells fall around it as well."""

calm = settings(max_examples=100, derandomize=True, deadline=None)


def read(pages: Sequence[Page], kind: str = "xlsx") -> Understood:
    """The workbook of these pages, written, read and understood."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / "snapshot"
        snapshot.write_bytes(FORMATS[kind](pages))
        submission = Submission(Arrival(f"รายงาน.{kind}", "0" * 64, RECEIVED, "register"), snapshot)
        workbook = read_snapshot(snapshot, submission.arrival.file)
    assert workbook.readable, workbook.findings
    return understand(submission, workbook, CONTEXT)


def figures(one: Understood) -> dict[tuple[str, str], tuple[float, str]]:
    """(local body, key) -> the figure and its cell, of everything that was read as a table."""
    return {
        (row.local_body_code, key): (value, row.cells[key])
        for each in one.returns
        for row in each.rows
        for key, value in row.figures.items()
        if key in FIGURES
    }


def conserved(one: Understood, pages: Sequence[Page]) -> None:
    """Every cell that was written was seen, and was read or set aside; every finding has its words."""
    found = [*one.findings, *(finding for each in one.returns for finding in each.findings)]
    assert {finding.code for finding in found}.isdisjoint({"INTERNAL", "RECONCILE"})
    assert one.seen == one.read + one.set_aside == sum(page.held for page in pages)
    described = describe_all(found, Where("รายงาน.xlsx"))
    assert all(issue.message and issue.remedy for issue in described)


# --- anything, anywhere -----------------------------------------------------------------------------------------

scattered = st.dictionaries(places((0, SPAN[0]), (0, SPAN[1])), anything, max_size=12)
lines = st.frozensets(st.integers(0, 25), max_size=6)
merges = st.builds(
    lambda top, left, down, across: (top, left, top + down, left + across),
    *(st.integers(0, 30), st.integers(0, 34), st.integers(0, 3), st.integers(0, 3)),
)


def pages(name: str, *, hidden: bool) -> st.SearchStrategy[Page]:
    """The form with whatever was left in it, perhaps with a second one below."""
    second = st.sampled_from((None, CLEAN, replace(CLEAN, round="2")))
    aside = st.lists(merges, max_size=2).map(tuple)
    hiding = st.sampled_from((False, False, hidden))
    return st.builds(Page, variants, scattered, second, st.just(name), hiding, aside, lines, lines)


def loose(name: str) -> st.SearchStrategy[Page]:
    """A sheet that is no form, perhaps an empty one."""
    return st.builds(
        Page, st.none(), st.dictionaries(places((0, 12), (0, 9)), anything, max_size=20), name=st.just(name)
    )


others = st.lists(st.sampled_from(("แผ่น", "ตัวอย่าง", "อบต.หนองบก")), unique=True, max_size=2)


@calm
@given(st.data(), pages(CLEAN.sheet, hidden=False), others, st.sampled_from(sorted(FORMATS)))
def test_every_cell_written_is_read_or_set_aside_whatever_stands_where(data, page, names, kind):
    book = (page, *(data.draw(pages(name, hidden=True) | loose(name)) for name in names))
    conserved(read(book, kind), book)


@calm
@given(variants, st.dictionaries(places((0, 30), (0, 35)), broken, min_size=1, max_size=6))
def test_every_error_and_every_formula_without_a_value_is_named_at_its_cell(table, cells):
    page = Page(table, cells)
    one = read([page])
    conserved(one, [page])
    assert len(one.returns) == 1 or "HEADER" in {finding.code for finding in one.findings}
    for each in one.returns:
        named = {f.cell for f in each.findings if f.code in ("ERROR_CELL", "NO_CACHED_VALUE")}
        zeros = [rows_named(dict(f.facts)["rows"]) for f in each.findings if f.code == "ZERO_ROW"]
        assert {
            cell for cell in page.broken - named if not any(row_of(cell) in rows for rows in zeros)
        } == set()


def test_an_error_in_a_heading_printed_again_is_named_too():
    second = edges(laid(CLEAN).sheet)[0] + 3
    page = Page(CLEAN, {(second + 1, 35): "#REF!"}, CLEAN)
    (only,) = read([page]).returns
    assert "AJ24" in {f.cell for f in only.findings if f.code == "ERROR_CELL"}


def rows_named(words: str) -> range:
    """แถว 20 ถึง 22 names three rows."""
    numbers = [int(digits) for digits in re.findall(r"\d+", words)]
    return range(numbers[0], numbers[-1] + 1)


def row_of(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


# --- a fault takes out the smallest thing -----------------------------------------------------------------------


def surroundings(table: Table) -> st.SearchStrategy[dict[Position, Raw]]:
    """Cells to the right of the form and below it."""
    row, column = edges(laid(table).sheet)
    right = places((0, row + 3), (column + 1, column + 4))
    below = places((row + 2, row + 6), (2, column + 4))
    return st.dictionaries(right | below, st.sampled_from(ASIDE), max_size=8)


@calm
@given(st.data(), variants, lines, lines, st.sampled_from(sorted(FORMATS)))
def test_what_stands_around_a_form_or_is_hidden_in_it_changes_no_figure(data, table, rows, columns, kind):
    page = Page(table, data.draw(surroundings(table)), hidden_rows=rows, hidden_columns=columns)
    book = [page, *data.draw(st.lists(loose("แผ่นแนบ"), max_size=1))]
    one = read(book, kind)
    conserved(one, book)
    assert figures(one) == {(f.body, f.key): (f.value, f.cell) for f in laid(table).facts if f.key in FIGURES}


@calm
@given(st.data(), st.sampled_from(sorted(FORMATS)))
def test_an_unreadable_figure_is_unknown_and_every_other_stands(data, kind):
    table = replace(CLEAN, total_at="none")
    known = {f.cell: (f.body, f.key, f.value) for f in laid(table).facts if f.key in FIGURES}
    at = {address(*place): place for place in laid(table).sheet.cells}
    fault = broken | st.sampled_from(("ครบ", "12-15"))
    faults = data.draw(st.dictionaries(st.sampled_from(sorted(known)), fault, max_size=8))
    page = Page(table, {at[cell]: raw for cell, raw in faults.items()})
    one = read([page], kind)
    conserved(one, [page])
    (only,) = one.returns
    stands = {(body, key): (value, cell) for cell, (body, key, value) in known.items() if cell not in faults}
    assert figures(one) == stands
    unread = {(row.local_body_code, key) for row in only.rows for key in row.unread}
    assert unread == {known[cell][:2] for cell in faults}
    named = {f.cell for f in only.findings if f.code in ("ERROR_CELL", "NO_CACHED_VALUE", "BAD_VALUE")}
    assert named == faults.keys()
