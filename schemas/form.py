"""A form as its tables describe it: frozen, without behaviour.

The tables are `forms/<form>/columns.csv`, `rules.csv` and `form.toml`; `pipeline.forms` reads and proves them.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

Severity = Literal["must_fix", "please_explain", "note"]
Grain = Literal["local_body", "activity", "district"]
Level = Literal["row", "answer", "tally", "heading", "once", "footer"]
Kind = Literal[
    "ignored", "name", "subdistrict", "item", "text", "story", "choice", "start", "end",
    "count", "area", "money", "quantity", "percent", "pictures",
    "district", "round", "date", "person",
]  # fmt: skip
Check = Literal[
    "part", "sum_within", "sum_equals", "percent", "ceiling", "at_least", "at_most", "order", "until"
]

SAYS_ENOUGH = 12
NUMERIC_KINDS: tuple[Kind, ...] = ("count", "area", "money", "quantity", "percent", "pictures")
DAY_KINDS: tuple[Kind, ...] = ("start", "end")
WRITTEN_KINDS: tuple[Kind, ...] = ("subdistrict", "item", "text", "story", "choice", *DAY_KINDS)


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a form.

    `level` is where it stands: in each table row, beside or below its label (`answer`), in the heading, once per
    district, or in the footer; a `tally` stands nowhere: it counts the rows in which the column `counts` is filled in,
    or chosen as `chosen`.
    `labels` are the ways its label is written, the form's own first; "group > leaf" tells equal leaves apart.
    `options` are what may be chosen in a column of that kind.
    """

    key: str
    header: str
    group: str
    level: Level
    kind: Kind
    unit: str
    required: bool
    summary: bool
    labels: tuple[str, ...]
    options: tuple[str, ...] = ()
    counts: str = ""
    chosen: str = ""

    @property
    def title(self) -> str:
        """What sentences call it: its header, with its group where the header alone says too little."""
        return f"{self.group} {self.header}" if self.group and len(self.header) < SAYS_ENOUGH else self.header

    @property
    def full_title(self) -> str:
        """Its header below its group, as the form shows it."""
        return " ".join(filter(None, (self.group, self.header)))

    @property
    def kept(self) -> bool:
        """Whether its figures are kept; stated percentages are checked, never kept (design rule 3)."""
        return self.kind in NUMERIC_KINDS and self.kind != "percent"

    @property
    def counted(self) -> bool:
        """Whether its figures go into totals: what is counted in a unit of each row's own cannot be added up."""
        return self.kept and self.kind != "quantity"

    @property
    def written(self) -> bool:
        """Whether what stands in it is kept as text."""
        return self.kind in WRITTEN_KINDS


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation between columns of one row; `severity` says what breaking it does (design rules 2 and 10).

    `part`: left <= right · `sum_within`: sum of left <= right · `sum_equals`: sum of left = right ·
    `percent`: left is 100 * right[0] / right[1] within `limit` points · `ceiling`: left <= right * limit,
    where right is a figure of the registry · `at_least`, `at_most`: left against `limit` · `order`: the day left is
    not after the day right · `until`: the day left is not after the `last` day.
    """

    name: str
    check: Check
    left: tuple[str, ...]
    right: tuple[str, ...]
    limit: float | None
    severity: Severity
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share recomputed from two counts, over the rows in which both are known (design rule 3)."""

    key: str
    title: str
    short: str
    part: str
    whole: str
    definition: str


@dataclass(frozen=True)
class Form:
    """A form: its titles, grain, key, columns, rules and ratios. `grain` is what a row is of: a part of a `local_body`,
    which is added up, an `activity`, which stands for itself, or a whole `district`, which answers once. `item` is the
    key of the column that tells rows of one local body apart, `size` that by which local bodies are compared with one
    another; or empty. With `documents` a Word or PDF file is received as well, though nothing is read from it."""

    key: str
    title: str
    titles: tuple[str, ...]
    grain: Grain
    row_key: tuple[str, ...]
    item: str
    size: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    ratios: tuple[Ratio, ...]
    documents: bool = False

    def column(self, key: str) -> Column:
        """The column named `key`; `KeyError` if the form has none."""
        return self._by_key[key]

    def titled(self, round_title: str) -> str:
        """What the form is called in a round, which may be named in its own title already."""
        return self.title if round_title in self.title else f"{self.title} {round_title}"

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def row_columns(self) -> tuple[Column, ...]:
        """The columns of the table itself, or the answers that stand in for one, in the form's order."""
        return tuple(column for column in self.columns if column.level in ("row", "answer"))

    @cached_property
    def name_key(self) -> str:
        """The key of the column that names a row's local body; empty if the form has none."""
        return next((column.key for column in self.row_columns if column.kind == "name"), "")

    @cached_property
    def figures(self) -> tuple[Column, ...]:
        """The columns of a row, tallies among them, whose figures are kept."""
        levels = ("row", "answer", "tally")
        return tuple(column for column in self.columns if column.level in levels and column.kept)

    @cached_property
    def indicators(self) -> tuple[Column, ...]:
        """Those of the figures that are added up."""
        return tuple(column for column in self.figures if column.counted)

    @cached_property
    def tallies(self) -> tuple[Column, ...]:
        """The figures that count rows."""
        return tuple(column for column in self.columns if column.level == "tally")

    @cached_property
    def listed(self) -> tuple[Column, ...]:
        """What is listed of a row that stands for itself: what it says and its figures, not what it counts as."""
        return tuple(column for column in self.row_columns if column.written or column.kept)

    @cached_property
    def asked(self) -> frozenset[Column]:
        """The columns of a row in which a cell without a value is missed: figures, days, choices, what is required."""
        return frozenset(
            column
            for column in self.row_columns
            if column.kind in (*NUMERIC_KINDS, *DAY_KINDS, "choice") or column in self.answers
        )

    @cached_property
    def answers(self) -> tuple[Column, ...]:
        """What the form asks of each row: its table is known by these columns, and an empty row has none of them."""
        return tuple(
            column
            for column in self.row_columns
            if column.kept or (column.required and column.kind != "name")
        )

    @cached_property
    def once(self) -> tuple[Column, ...]:
        """The fields given once per district."""
        return tuple(column for column in self.columns if column.level == "once")
