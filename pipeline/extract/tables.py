"""Cuts a sheet into its tables: heading, header, rows, footer; every cell lands in one of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.findings import SET_ASIDE, table_findings
from pipeline.extract.headers import Header, find_headers, merged_anchor
from pipeline.extract.labels import Labels
from pipeline.extract.rows import (
    SortedRow,
    View,
    has_footer_word,
    row_label,
    row_numbers,
    sort_row,
    words_asked,
)
from pipeline.headings import districts_named, heading_lines, rounds_named
from pipeline.model import Cell, Grid, Table, TableRow
from pipeline.names import Names, is_area, is_local_body
from pipeline.thai import fold
from schemas.form import Form

ROUND_WORD = fold("ครั้งที่")
DISTRICT_WORD = fold("อำเภอ")
FEWEST_SUMS = 2

Lines = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Section:
    """One table's stretch of a sheet: where its heading begins, its header, and the rows in which heading and header
    are printed again on a later page."""

    start: int
    header: Header
    again: tuple[range, ...] = ()


def find_tables(grid: Grid, form: Form, labels: Labels, names: Names) -> tuple[Table, ...]:
    """The tables of `form` in a sheet, top to bottom. A header printed again on the next page is the same table."""
    anchors = merged_anchor(grid)
    lines = _lines(grid)
    sections: list[Section] = []
    headers = find_headers(grid, form, labels, anchors)
    for header in headers:
        above = View(grid, form, sections[-1].header, anchors, names) if sections else None
        start = _heading_start(header, above, lines)
        if sections and _continues(sections[-1], start, header, lines, grid, names):
            printed = range(start, header.last + 1)
            sections[-1] = replace(sections[-1], again=(*sections[-1].again, printed))
        else:
            sections.append(Section(start, header))
    ends = [*(section.start for section in sections), None][1:]
    return tuple(
        _table(View(grid, form, section.header, anchors, names), lines, section, end)
        for section, end in zip(sections, ends, strict=True)
    )


def _continues(section: Section, start: int, header: Header, lines: Lines, grid: Grid, names: Names) -> bool:
    """Whether a header belongs to the table above it: the same columns, and no heading that names another district
    or round."""
    if header.columns != section.header.columns:
        return False
    first = heading_lines(_cells(grid, lines, range(section.start, section.header.first)))
    later = heading_lines(_cells(grid, lines, range(start, header.first)))
    districts, rounds = districts_named(later, names), rounds_named(later)
    same_district = not districts or districts == districts_named(first, names)
    return same_district and (not rounds or rounds == rounds_named(first))


def _lines(grid: Grid) -> dict[int, list[int]]:
    """For each row of the sheet, the columns in which something stands."""
    lines: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted({*grid.cells, *grid.errors, *grid.uncached}):
        lines[row].append(column)
    return dict(lines)


def _heading_start(header: Header, above: View | None, lines: Lines) -> int:
    """The row where the heading of a header begins: the top of the sheet, or among the lines of text that stand
    directly above it, below the rows of the table `above`, the first that speaks of a form, a district or a round."""
    if above is None:
        return 0
    between = [row for row in sorted(lines) if above.header.last < row < header.first]
    kinds = [sort_row(row, lines[row], above).kind for row in between]
    last = max((place for place, kind in enumerate(kinds) if kind != "text"), default=-1)
    openings = (*(fold(title) for title in above.form.titles), ROUND_WORD, DISTRICT_WORD)
    for row in between[last + 1 :]:
        texts = [fold(str(above.grid.cells.get((row, column), ""))) for column in lines[row]]
        if any(text.startswith(openings) for text in texts):
            return row
    return header.first


def _table(view: View, lines: Lines, section: Section, end: int | None) -> Table:
    header = section.header
    printed_again = {row for again in section.again for row in again}
    below = [
        row
        for row in sorted(lines)
        if row > header.last and (end is None or row < end) and row not in printed_again
    ]
    ordered = _settle([sort_row(row, lines[row], view) for row in below], view)
    heading = _cells(view.grid, lines, range(section.start, header.first))
    labels = [row for row in lines if header.first <= row <= header.last or row in printed_again]
    unread = [line for line in ordered if line.kind in SET_ASIDE]
    return Table(
        form=view.form.key,
        sheet=view.grid.sheet,
        heading=heading,
        footer=tuple(cell for line in ordered if line.kind == "text" for cell in line.cells),
        columns=header.columns,
        rows=tuple(line.row for line in ordered if line.kind == "body"),
        totals=tuple(line.row for line in ordered if line.kind == "total"),
        findings=table_findings(view, ordered, {*range(section.start, header.last + 1), *printed_again}),
        read=len(heading)
        + len(_cells(view.grid, lines, labels))
        + sum(len(line.cells) for line in ordered if line.kind not in SET_ASIDE),
        set_aside=sum(len(line.cells) for line in unread),
    )


def _cells(grid: Grid, lines: Lines, rows: Iterable[int]) -> tuple[Cell, ...]:
    return tuple(
        Cell((row, column), grid.cells[(row, column)])
        for row in sorted(rows)
        for column in lines.get(row, ())
        if (row, column) in grid.cells
    )


def _settle(lines: Sequence[SortedRow], view: View) -> list[SortedRow]:
    """Rows without a name, or called as the district is, are totals when they hold the sums of the others. On a
    sheet that is called after a local body, and names none in its rows, they are that local body's (case 11)."""
    lines = _with_footer(lines, view)
    body = [line.row for line in lines if line.kind == "body"]
    if not body and is_local_body(view.grid.sheet, view.names):
        return [replace(line, kind="body") if line.kind == "nameless" else line for line in lines]
    return [replace(line, kind="total") if _is_hidden_total(line, body, view) else line for line in lines]


def _with_footer(lines: Sequence[SortedRow], view: View) -> list[SortedRow]:
    """The lines, of which those below the signature are the footer's: the signer's name stands where it pleases."""
    tail = len(lines)
    while tail and (lines[tail - 1].kind == "text" or _is_words(lines[tail - 1], view)):
        tail -= 1
    signed = (
        number
        for number, line in enumerate(lines)
        if number >= tail and line.kind == "text" and has_footer_word(line.row, line.cells, view)
    )
    below = next(signed, len(lines))
    return [replace(line, kind="text") if number > below else line for number, line in enumerate(lines)]


def _is_words(line: SortedRow, view: View) -> bool:
    return line.kind == "nameless" and not row_numbers(line.row, view)


def _is_hidden_total(line: SortedRow, body: Sequence[TableRow], view: View) -> bool:
    if line.kind == "body" and not is_area(row_label(line.row, view), view.names):
        return False
    if line.kind not in ("body", "nameless") or words_asked(line.row, view):
        return False
    own = row_numbers(line.row, view)
    others = [row_numbers(row, view) for row in body if row is not line.row]
    keys = [key for key in own if view.form.column(key).counted and any(key in other for other in others)]
    agree = [key for key in keys if own[key] == sum(other.get(key, 0) for other in others)]
    enough = min(FEWEST_SUMS, sum(column.counted for column in view.form.row_columns))
    some = any(own[key] for key in agree)
    return len(others) > 1 and some and len(agree) >= enough and len(agree) * 2 > len(keys)
