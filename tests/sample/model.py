"""The frozen values of the sample: what a recipe says, what a sheet holds, what is known to be true of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the value its program left in the file; `None` when it was never calculated."""

    text: str
    value: float | str | None


Raw = str | int | float | datetime | Formula


@dataclass(frozen=True, slots=True)
class Put:
    """What stands in a cell, its number format and its look (title, head, body, sum, plain)."""

    value: Raw
    format: str = ""
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet before any program writes it; merges are (first row, first column, last row, last column)."""

    name: str
    cells: Mapping[Position, Put]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    font: str = "TH SarabunPSK"


# --- what a recipe says -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure written otherwise. `how` writes the true figure in a style of `rows.STYLES`; otherwise `raw`
    stands in the cell and `means` is what it is worth (None: unknown)."""

    body: str
    key: str
    raw: Raw = ""
    means: float | None = None
    how: str = ""
    format: str = ""
    case: str = ""
    expect: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A local body's name written otherwise; `held` rows are not counted."""

    body: str
    written: str
    case: str
    expect: str = "read"
    held: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """A row that is no local body of the district, with the figures of `like`, before the row of `before`."""

    before: str
    written: str
    like: str
    case: str
    expect: str
    seq: str = ""


@dataclass(frozen=True, slots=True)
class Twice:
    """A local body's row given again at the end: alike, or with other figures (then both are held)."""

    body: str
    alike: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """The total row states another sum than its column has."""

    key: str
    more: int


Change = Cell | Named | Extra | Twice | Stated


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet that holds the form. The defaults are the clean variant; a recipe overrides what it needs.

    `district` and `round` are what its heading says, `figures` the round whose figures it holds (as `round` when
    empty). `columns` are keys of the form; a name beginning with + is a column of the officer's own.
    """

    district: str
    round: str
    figures: str = ""
    sheet: str = "แบบรายงาน"
    heading: str = "three"
    area: str = ""
    turn: str = ""
    date: Raw = ""
    date_format: str = ""
    columns: tuple[str, ...] = ()
    header: Literal["plain", "units"] = "plain"
    headers: tuple[tuple[str, str], ...] = ()
    numbered: bool = False
    names: Literal["short", "long", "spaced"] = "short"
    total: str = "รวม"
    total_at: Literal["below", "above", "none"] = "below"
    sections: bool = False
    gap: bool = False
    dragged: int = 0
    once: Literal["heading", "footer", "inline", "none"] = "heading"
    percent: Literal["number", "fraction", "formula", "text"] = "number"
    sums: Literal["value", "formula", "uncached"] = "value"
    number_format: str = "#,##0"
    notes: tuple[str, ...] = ()
    sign_at: int = 20
    only: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    by_moo: tuple[tuple[str, int], ...] = ()
    nameless: bool = False
    blank: bool = False
    counts: bool = True
    hidden: bool = False
    font: str = "TH SarabunPSK"
    changes: tuple[Change, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()
    form: str = "operations"


@dataclass(frozen=True, slots=True)
class Sent:
    """One arrival: where, when, how the time is known, and what the register says later."""

    path: str
    at: str
    source: Literal["register", "file_time"] = "register"
    note: str = ""
    event: Literal["", "withdrawn", "vanished", "corrected"] = ""
    event_at: str = ""
    corrected_to: str = ""
    gone: bool = False
    verdict: str = ""
    places: tuple[tuple[str, str], ...] = ()
    cases: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """One content, who wrote it, and each place it arrived at.

    `writer` is a key of `writers.WRITERS`, or `made` with the name of a function of `oddities`. `state` says what
    the content is worth: a report, a question (undecided) or of no use; `places` are the (district, round) pairs
    it may belong to, when its tables do not say.
    """

    sent: tuple[Sent, ...]
    writer: str = "xlsxwriter"
    tables: tuple[Table, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    made: str = ""
    state: Literal["report", "undecided", "unusable"] = "report"
    places: tuple[tuple[str, str], ...] = ()
    cases: tuple[tuple[str, str], ...] = ()


# --- what is known ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure at a cell: whose, which, and what it is worth; `row` is the sheet's row, from 0."""

    body: str
    item: str
    key: str
    value: float | None
    cell: str
    row: int


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted difficulty: a case of the list, where, and the code or verdict it should lead to."""

    case: str
    sheet: str
    cell: str
    expect: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """A table laid out: its sheet, the facts in it, what was planted."""

    table: Table
    sheet: Sheet
    facts: tuple[Fact, ...]
    planted: tuple[Planted, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A book as bytes, with what is known of it."""

    book: Book
    data: bytes
    sha256: str
    laid: tuple[Laid, ...]


def address(row: int, column: int) -> str:
    """The name people give a cell: (5, 2) is C6."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
