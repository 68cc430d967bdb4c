"""The two readers of OOXML and ODS, and the one way in which values are handed on."""

import io
import math
import warnings
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, Final, cast

from python_calamine import CalamineError, CalamineWorkbook

from pipeline.model import CellValue, Position

LARGEST_WHOLE: Final = 10**300
"""A whole number beyond this is no double any more, and no figure: it is handed on as text."""

Cells = dict[Position, CellValue]


class Refused(Exception):
    """A reader cannot open a workbook; another one may."""


def plain(value: CellValue) -> CellValue:
    """A value as people mean it, whatever the reader: 12.0 is 12, a midnight is a date, NaN is the text "NaN"."""
    if isinstance(value, float):
        if value.is_integer():
            return int(value)
        return value if math.isfinite(value) else str(value)
    if type(value) is int and abs(value) > LARGEST_WHOLE:
        return str(value)
    if isinstance(value, datetime) and value.time() == time():
        return date(value.year, value.month, value.day)
    return value


def read_by_calamine(data: bytes, tabs: int, wanted: Iterable[int]) -> list[Cells]:
    """The cells of the sheets at the places `wanted` among `tabs` sheets. Raises `Refused`.

    By place, for names may repeat; the whole area, for otherwise the positions shift.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            if len(book.sheet_names) != tabs:
                raise Refused(f"{len(book.sheet_names)} of {tabs} sheets")
            return [
                _cells(book.get_sheet_by_index(index).to_python(skip_empty_area=False)) for index in wanted
            ]
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Refused(str(error)) from error
    except BaseException as error:
        # A panic of the Rust library derives from BaseException and has no name to import.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(f"panic: {error}") from error


def _cells(rows: list[list[Any]]) -> Cells:
    return {
        (row, column): plain(value) if type(value) is float else value
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value != "" and (type(value) is not str or not value.isspace())
    }


def read_by_openpyxl(data: bytes, wanted: int, *, streamed: bool = False) -> list[Cells]:
    """The stored cells of all `wanted` worksheets, slower and without padding. Raises `Refused`.

    As a whole, it drops what stands under a merged range; `streamed`, it keeps that.
    """
    from openpyxl import load_workbook  # a tenth of a second that most runs need not spend

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of extensions that it drops; we only take values
            book = load_workbook(io.BytesIO(data), read_only=streamed, data_only=True, keep_links=False)
            sheets = [list(_streamed(sheet) if streamed else _stored(sheet)) for sheet in book.worksheets]
    except Exception as error:  # a damaged file makes it raise whatever lies on its way
        raise Refused(f"{type(error).__name__}: {error}") from error
    if len(sheets) != wanted:
        raise Refused(f"{len(sheets)} of {wanted} sheets")
    return [
        {
            (cell.row - 1, cell.column - 1): plain(
                cast(CellValue, cell.value)
            )  # values only: no formula, no rich text
            for cell in cells
            if cell.value is not None and not (isinstance(cell.value, str) and not cell.value.strip())
        }
        for cells in sheets
    ]


def _stored(sheet: Any) -> Iterable[Any]:
    return cast(Iterable[Any], sheet._cells.values())  # iter_rows would make every cell of the area


def _streamed(sheet: Any) -> Iterable[Any]:
    """The cells as they come; the area that the sheet states of itself is not believed."""
    sheet.reset_dimensions()
    return (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
