"""The cells of a sheet given other formats: a cell keeps all but its number of a format; an absent one is put in."""

from collections.abc import Iterator, Mapping

from pipeline.model import Position, address
from pipeline.write.returned.scan import TRUE, Row, Scan
from pipeline.write.returned.unmarkable import Unmarkable
from pipeline.write.returned.xml import Edit, appended, with_attribute


def format_of(scan: Scan, at: Position) -> int:
    """The number of the format that a cell has: its own, or where it is absent that of its row or column."""
    row = scan.rows.get(at[0])
    if row and at[1] in row.cells:
        return int(row.cells[at[1]].attributes.get("s", 0))
    if row and row.element.attributes.get("customFormat") in TRUE:
        return int(row.element.attributes.get("s", 0))
    for column in scan.columns:
        told = column.attributes
        if int(told["min"]) <= at[1] + 1 <= int(told["max"]):
            return int(told.get("style", 0))
    return 0


def format_edits(xml: bytes, scan: Scan, formats: Mapping[Position, int]) -> Iterator[Edit]:
    """The edits that give cells their new formats."""
    data = scan.top("sheetData")
    if data is None:
        raise Unmarkable("a sheet without data")
    by_row: dict[int, dict[int, int]] = {}
    for (row, column), number in sorted(formats.items()):
        by_row.setdefault(row, {})[column] = number
    absent: dict[int, bytes] = {}
    for number, columns in by_row.items():
        if number in scan.rows:
            yield from _in_row(xml, scan.rows[number], columns)
        else:
            new = b"".join(_cell(data.prefix, (number, column), f) for column, f in columns.items())
            prefix = data.prefix.encode()
            absent[number] = b'<%srow r="%d">%s</%srow>' % (prefix, number + 1, new, prefix)
    yield from _new_rows(xml, scan, absent)


def _in_row(xml: bytes, row: Row, columns: Mapping[int, int]) -> Iterator[Edit]:
    """Edits within one row; what is put in stands before the next cell that is there."""
    new: dict[int, bytes] = {}
    for column, number in columns.items():
        if column in row.cells:
            cell = row.cells[column]
            yield cell.start, cell.opened, with_attribute(xml[cell.start : cell.opened], "s", str(number))
            continue
        after = min((each for each in row.cells if each > column), default=-1)
        made = _cell(row.element.prefix, (row.number, column), number)
        new[after] = new.get(after, b"") + made
    for after, made in new.items():
        if after >= 0:
            yield row.cells[after].start, row.cells[after].start, made
    element = row.element
    tag = xml[element.start : element.opened]
    wide = with_attribute(tag, "spans", None) if new else tag  # it would be too narrow
    if -1 in new and tag.endswith(b"/>"):
        yield (
            element.start,
            element.end,
            b"".join((wide[:-2].rstrip(), b">", new[-1], b"</", element.name.encode(), b">")),
        )
        return
    if wide != tag:
        yield element.start, element.opened, wide
    if -1 in new:
        yield element.closing, element.closing, new[-1]


def _new_rows(xml: bytes, scan: Scan, absent: Mapping[int, bytes]) -> Iterator[Edit]:
    """Rows that are put in, each before the next one that is there."""
    numbers = sorted(scan.rows)
    last = b""
    for number in sorted(absent):
        after = next((each for each in numbers if each > number), None)
        if after is None:
            last += absent[number]
        else:
            start = scan.rows[after].element.start
            yield start, start, absent[number]
    data = scan.top("sheetData")
    if last and data is not None:
        yield appended(xml, data, last)


def _cell(prefix: str, at: Position, number: int) -> bytes:
    return f'<{prefix}c r="{address(at)}" s="{number}"/>'.encode()


def view_edits(xml: bytes, scan: Scan) -> Iterator[Edit]:
    """A sheet is not selected in the first window any more: of two, both would be written into at once."""
    for view in scan.views:
        told = view.attributes
        if "tabSelected" in told and told.get("workbookViewId", "0") == "0":
            tag = xml[view.start : view.opened]
            yield view.start, view.opened, with_attribute(tag, "tabSelected", None)
