"""Cuts a sheet into its tables: heading, header, rows, footer; every cell lands in one of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.extract.findings import SET_ASIDE, table_findings
from pipeline.extract.headers import Header, find_headers, merged_anchor
from pipeline.extract.labels import Labels
from pipeline.extract.rows import SortedRow, View, row_label, row_numbers, sort_row
from pipeline.model import Cell, Grid, Table, TableRow
from pipeline.names import Names, find_district, is_local_body
from pipeline.thai import fold
from schemas.form import Form

ROUND_WORD = fold("ครั้งที่")
DISTRICT_WORD = fold("อำเภอ")
FEWEST_SUMS = 2

Lines = Mapping[int, Sequence[int]]


def find_tables(grid: Grid, form: Form, labels: Labels, names: Names) -> tuple[Table, ...]:
    """The tables of `form` in a sheet, top to bottom. A header printed again in the same table is one table."""
    anchors = merged_anchor(grid)
    headers = find_headers(grid, form, labels, anchors)
    lines = _lines(grid)
    starts = [_heading_start(header, headers, lines, grid, form) for header in headers]
    tables: list[Table] = []
    for number, header in enumerate(headers):
        if number and starts[number] == header.first and header.columns == headers[number - 1].columns:
            continue
        end = next(
            (starts[later] for later in range(number + 1, len(headers)) if _new(later, headers, starts)), None
        )
        repeated = [again for again in headers[number + 1 :] if end is None or again.last < end]
        view = View(grid, form, header, anchors, names)
        tables.append(_table(view, lines, starts[number], end, repeated))
    return tuple(tables)


def _new(number: int, headers: Sequence[Header], starts: Sequence[int]) -> bool:
    """Whether header `number` begins a table of its own: it has a heading, or other columns."""
    return starts[number] < headers[number].first or headers[number].columns != headers[number - 1].columns


def _lines(grid: Grid) -> dict[int, list[int]]:
    """For each row of the sheet, the columns in which something stands."""
    lines: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted({*grid.cells, *grid.errors, *grid.uncached}):
        lines[row].append(column)
    return dict(lines)


def _heading_start(header: Header, headers: Sequence[Header], lines: Lines, grid: Grid, form: Form) -> int:
    """The row where the heading of a header begins: the top of the sheet, or below an earlier table the first
    row that speaks of a form, a district or a round."""
    earlier = [other.last for other in headers if other.last < header.first]
    if not earlier:
        return 0
    between = [row for row in sorted(lines) if max(earlier) < row < header.first]
    titles = tuple(fold(title) for title in form.titles)
    for row in between:
        texts = [fold(str(grid.cells.get((row, column), ""))) for column in lines[row]]
        if any(text.startswith((*titles, ROUND_WORD, DISTRICT_WORD)) for text in texts):
            return row
    return header.first


def _table(view: View, lines: Lines, start: int, end: int | None, repeated: Sequence[Header]) -> Table:
    header = view.header
    printed_again = {row for again in repeated for row in range(again.first, again.last + 1)}
    below = [
        row
        for row in sorted(lines)
        if row > header.last and (end is None or row < end) and row not in printed_again
    ]
    ordered = _settle([sort_row(row, lines[row], view) for row in below], view)
    heading = _cells(view.grid, lines, range(start, header.first))
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
        findings=table_findings(view, ordered),
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
    body = [line.row for line in lines if line.kind == "body"]
    if not body and is_local_body(view.grid.sheet, view.names):
        return [replace(line, kind="body") if line.kind == "nameless" else line for line in lines]
    return [replace(line, kind="total") if _is_hidden_total(line, body, view) else line for line in lines]


def _is_hidden_total(line: SortedRow, body: Sequence[TableRow], view: View) -> bool:
    if line.kind == "body" and find_district(row_label(line.row, view), view.names) is None:
        return False
    if line.kind not in ("body", "nameless"):
        return False
    own = row_numbers(line.row, view)
    others = [row_numbers(row, view) for row in body if row is not line.row]
    keys = [key for key in own if view.form.column(key).counted and any(key in other for other in others)]
    agree = [key for key in keys if own[key] == sum(other.get(key, 0) for other in others)]
    return len(others) > 1 and len(agree) >= FEWEST_SUMS and len(agree) * 2 > len(keys)
