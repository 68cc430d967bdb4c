"""The old binary Excel workbook (.xls), read by xlrd."""

import io
import struct
from collections.abc import Iterator
from datetime import time
from typing import Any, Final

from pipeline.model import CellValue, Finding, Grid, Position, Workbook
from pipeline.read.cells import plain
from pipeline.read.elements import MOST_CELLS
from pipeline.read.outcome import Unusable, told
from pipeline.read.xls_records import Records, scan_records

WORKBOOK_STREAM: Final = "workbook"
_BIFF8: Final = 80
_THAI: Final = "cp874"


def read_xls(data: bytes, *, macros: bool = False) -> Workbook:
    """A workbook of Excel 2 to 2003: `value_cells` is what xlrd stores, errors included. From Excel 97 on the records
    are counted a second time; older ones carry the note READ_ONCE.

    Raises `Unusable`: PASSWORD, CORRUPT, READER_REFUSED, RECONCILE, TOO_BIG_GRID.
    """
    book = _open(data)
    records = _reconciled(book, data) if book.biff_version >= _BIFF8 else None
    uncached = [sheet.uncached for sheet in records.sheets] if records else [frozenset()] * book.nsheets
    checks = (
        (macros or (records is not None and records.macros), "MACRO"),
        (book.datemode == 1, "DATE1904"),
        (records is None, "READ_ONCE"),
    )
    return Workbook(
        grids=tuple(_grid(book, index, uncached[index]) for index in range(book.nsheets)),
        findings=tuple(Finding(code) for is_so, code in checks if is_so),
    )


def top_streams(data: bytes) -> frozenset[str]:
    """The names of the streams and folders at the top, in lower case: those deeper down belong to embedded objects.

    Raises `Unusable`: CORRUPT.
    """
    directory = _container(data).dirlist
    return frozenset(directory[child].name.lower() for child in directory[0].children)


def _container(data: bytes) -> Any:
    from xlrd.compdoc import CompDoc  # needed by few files

    try:
        return CompDoc(data, logfile=io.StringIO())
    except Exception as error:  # a damaged container makes it raise whatever lies on its way
        raise Unusable("CORRUPT", part="OLE2", detail=told(error)) from error


def _open(data: bytes) -> Any:
    """The workbook as xlrd sees it. Before Excel 97 a file may leave its code page out: then it is Thai here."""
    book = _load(data, None)
    if book.biff_version < _BIFF8 and not book.codepage:
        return _load(data, _THAI)
    return book


def _load(data: bytes, encoding: str | None) -> Any:
    import xlrd  # needed by few files
    from xlrd.compdoc import CompDocError

    try:
        return xlrd.open_workbook(
            file_contents=data,
            logfile=io.StringIO(),
            formatting_info=True,
            ragged_rows=True,
            encoding_override=encoding,
        )
    except CompDocError as error:
        raise Unusable("CORRUPT", part="OLE2", detail=told(error)) from error
    except xlrd.XLRDError as error:
        raise _refusal(error) from error
    except Exception as error:  # a damaged workbook makes it raise whatever lies on its way
        raise Unusable("READER_REFUSED", detail=told(error)) from error


def _refusal(error: Exception) -> Unusable:
    """What xlrd means, by the words of its only exception."""
    if "encrypted" in str(error).lower():
        return Unusable("PASSWORD")
    return Unusable("CORRUPT", part="xls", detail=told(error))


def _reconciled(book: Any, data: bytes) -> Records:
    """What the records hold. Raises RECONCILE unless xlrd keeps every cell of theirs, texts of nothing included."""
    from xlrd.biffh import XL_CELL_BLANK, XL_CELL_EMPTY

    nothing = (XL_CELL_EMPTY, XL_CELL_BLANK)
    try:
        records = scan_records(_container(data).get_named_stream(WORKBOOK_STREAM))
    except struct.error as error:
        raise Unusable("CORRUPT", part="xls", detail=told(error)) from error
    for sheet, stored in zip(book.sheets(), records.sheets, strict=True):
        read = sum(kind not in nothing for row in range(sheet.nrows) for kind in sheet.row_types(row))
        if stored.cells != read:
            raise Unusable("RECONCILE", sheet=sheet.name, seen=str(stored.cells), read=str(read))
    return records


def _grid(book: Any, index: int, uncached: frozenset[Position]) -> Grid:
    sheet = book.sheet_by_index(index)
    cells: dict[Position, CellValue] = {}
    errors: dict[Position, str] = {}
    for position, value, is_error in _values(book, sheet):
        if is_error:
            errors[position] = str(value)
        elif position not in uncached:
            cells[position] = value
    if len(cells) > MOST_CELLS:
        raise Unusable("TOO_BIG_GRID", sheet=sheet.name)
    return Grid(
        sheet=sheet.name,
        index=index,
        hidden=sheet.visibility != 0,
        cells=cells,
        errors=errors,
        uncached=uncached,
        hidden_rows=frozenset(
            row for row, info in sheet.rowinfo_map.items() if info.hidden and row < sheet.nrows
        ),
        hidden_columns=frozenset(
            column for column, info in sheet.colinfo_map.items() if info.hidden and column < sheet.ncols
        ),
        merges=tuple((top, left, below - 1, right - 1) for top, below, left, right in sheet.merged_cells),
        value_cells=len(cells) + len(errors) + len(uncached),
    )


def _values(book: Any, sheet: Any) -> Iterator[tuple[Position, CellValue, bool]]:
    """Each cell that holds something: position, value, whether it is an error."""
    from xlrd.biffh import (
        XL_CELL_BLANK,
        XL_CELL_BOOLEAN,
        XL_CELL_DATE,
        XL_CELL_EMPTY,
        XL_CELL_ERROR,
        error_text_from_code,
    )

    for row in range(sheet.nrows):
        types, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(types, values, strict=True)):
            if kind in (XL_CELL_EMPTY, XL_CELL_BLANK) or (isinstance(value, str) and not value.strip()):
                continue
            if kind == XL_CELL_ERROR:
                yield (row, column), error_text_from_code.get(value, f"#{value}"), True
            elif kind == XL_CELL_BOOLEAN:
                yield (row, column), bool(value), False
            else:
                yield (
                    (row, column),
                    _dated(value, book.datemode) if kind == XL_CELL_DATE else plain(value),
                    False,
                )


def _dated(value: float, datemode: int) -> CellValue:
    """A serial day as a date; a fraction alone is a time; what no calendar has stays a number."""
    from xlrd.xldate import xldate_as_datetime

    if value < 0:
        return plain(value)
    try:
        moment = xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError):
        return plain(value)
    return plain(moment) if value >= 1 else time(moment.hour, moment.minute, moment.second)
