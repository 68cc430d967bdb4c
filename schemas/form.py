"""A form as its tables describe it: frozen, without behaviour.

The tables are `forms/<form>/columns.csv`, `rules.csv` and `form.toml`; `pipeline.forms` reads and proves them.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Severity = Literal["must_fix", "please_explain", "note"]
Level = Literal["row", "heading", "once", "footer"]
Kind = Literal[
    "ignored", "name", "item", "text", "count", "area", "percent", "district", "round", "date", "person"
]
Check = Literal["part", "sum_within", "sum_equals", "percent", "ceiling"]

SAYS_ENOUGH = 12
NUMERIC_KINDS: tuple[Kind, ...] = ("count", "area", "percent")


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a form.

    `level` is where it stands: in each table row, in the heading, once per district, or in the footer.
    `labels` are the ways its label is written, the form's own first; "group > leaf" tells equal leaves apart.
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

    @property
    def title(self) -> str:
        """What sentences call it: its header, with its group where the header alone says too little."""
        return f"{self.group} {self.header}" if self.group and len(self.header) < SAYS_ENOUGH else self.header

    @property
    def full_title(self) -> str:
        """Its header below its group, as the form shows it."""
        return " ".join(filter(None, (self.group, self.header)))

    @property
    def counted(self) -> bool:
        """Whether its figures go into totals; stated percentages are checked, never kept (design rule 3)."""
        return self.kind in ("count", "area")


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation between columns of one row; `severity` says what breaking it does (design rules 2 and 10).

    `part`: left <= right · `sum_within`: sum of left <= right · `sum_equals`: sum of left = right ·
    `percent`: left is 100 * right[0] / right[1] within `limit` points · `ceiling`: left <= right * limit,
    where right is a figure of the registry.
    """

    name: str
    check: Check
    left: tuple[str, ...]
    right: tuple[str, ...]
    limit: float | None
    severity: Severity


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
    """A form: its titles, grain, key, columns, rules and ratios. `item` is the key of the column that tells
    rows of one local body apart, `size` that by which local bodies are compared with one another; or empty."""

    key: str
    title: str
    titles: tuple[str, ...]
    grain: str
    row_key: tuple[str, ...]
    item: str
    size: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    ratios: tuple[Ratio, ...]

    def column(self, key: str) -> Column:
        """The column named `key`; `KeyError` if the form has none."""
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def row_columns(self) -> tuple[Column, ...]:
        """The columns of the table itself, in the form's order."""
        return tuple(column for column in self.columns if column.level == "row")

    @cached_property
    def name_key(self) -> str:
        """The key of the column that names a row's local body; empty if the form has none."""
        return next((column.key for column in self.row_columns if column.kind == "name"), "")

    @cached_property
    def indicators(self) -> tuple[Column, ...]:
        """The row columns whose figures are added up."""
        return tuple(column for column in self.row_columns if column.counted)

    @cached_property
    def once(self) -> tuple[Column, ...]:
        """The fields given once per district."""
        return tuple(column for column in self.columns if column.level == "once")
