"""What a workbook says: tables found in its sheets, then returns with typed figures, each with its cell. Frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.model.arrived import Arrival, Cell, Finding, Picture

Place = tuple[str, str]
"""A district code and a round key; either is empty while it is not known."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table by the form's keys. `broken` are cells without a value: key -> finding code.

    `cells` hold what stands in a known column (merged names filled down), `extras` what stands in another.
    """

    number: int
    cells: Mapping[str, Cell]
    broken: Mapping[str, str]
    extras: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one sheet, found by its header. `heading` and `footer` are the cells above and below it,
    `totals` the rows that state sums; `columns` where each key stands. `read` and `set_aside` count the cells
    with a value that landed in the table, and those of rows that a finding names instead; `pictures` are those of the
    sheet, where the form asks for pictures."""

    form: str
    sheet: str
    heading: tuple[Cell, ...]
    footer: tuple[Cell, ...]
    columns: Mapping[str, int]
    rows: tuple[TableRow, ...]
    totals: tuple[TableRow, ...]
    findings: tuple[Finding, ...]
    read: int
    set_aside: int
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """The tables of a workbook, what was set aside on the way, and the count: seen = read + set aside (rule 1)."""

    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    seen: int
    read: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Testimony:
    """What one source says of the place of a table: its heading, a folder. `text` is what it says besides."""

    source: str
    districts: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a return belongs. With a `question` it is undecided: `candidates` are the places it may belong to.

    `said` is what each source says, for the questions that may follow. `answered` placements were decided by the
    analyst and are not questioned again.
    """

    district_code: str
    round: str
    question: str = ""
    candidates: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()
    answered: bool = False
    said: tuple[Testimony, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row with typed figures. `figures` are known; `unread` are keys whose cell could not be read.

    `days` are those of its texts that are days. `cells` gives the address of every cell of the row by key, for a
    tally that of what it counts. `local_body_code` is empty when the row is held; `held` is the finding that says why.
    """

    number: int
    name: str
    local_body_code: str
    held: Finding | None
    item: str
    figures: Mapping[str, int | float]
    texts: Mapping[str, str]
    cells: Mapping[str, str]
    unread: frozenset[str]
    extras: tuple[tuple[str, Cell], ...]
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Once:
    """A figure given once per district (กพสอ.), and its cell."""

    key: str
    value: int | float
    cell: str


@dataclass(frozen=True, slots=True)
class Return:
    """One table of one sheet read as a form, of one arrival, with its place and what was found in it."""

    arrival: Arrival
    form: str
    sheet: str
    placement: Placement
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...]
    once: tuple[Once, ...]
    findings: tuple[Finding, ...]
    pictures: tuple[Picture, ...] = ()

    @property
    def place(self) -> Place:
        return self.placement.district_code, self.placement.round
