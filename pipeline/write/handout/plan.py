"""Where everything stands on the sheet of a form: pure positions, known before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import ceil
from typing import Final

from pipeline.model import LocalBody, Template
from pipeline.write import metrics
from schemas.form import NUMERIC_KINDS, Column, Form, Grain

ROWS_OF_A_BODY: Final[dict[Grain, int]] = {"local_body": 1, "activity": 3}
SPARE_ROWS: Final[dict[Grain, int]] = {"local_body": 0, "activity": 10}
"""Rows below the others in which any local body of the district may be chosen."""
MOST_UPRIGHT: Final = 10
"""With more columns of figures than these, their headers are turned, or the paper is too narrow."""
PROTECTED: Final = {"format_columns": True, "format_rows": True}
"""What may be done to a locked sheet beside typing: cells that are too small may be made larger."""
_TURNED_PX: Final = 58
"""Two turned lines of a header, and a figure of six digits."""
_TURNED_SIZE: Final = 14
_TURNED_POINTS: Final = 132.0
_NUMBER_PX: Final = 58
_LEAST, _MOST = 84, 220
_HEADER_PADDING_PX: Final = 36
_ON_ONE_LINE: Final = 130
_LEAD_KINDS: Final = ("ignored", "district", "name", "subdistrict")


@dataclass(frozen=True, slots=True)
class Line:
    """A row to fill in: its number in the table, and its local body; a spare one has neither."""

    row: int
    number: int | None = None
    body: LocalBody | None = None


@dataclass(frozen=True)
class Plan:
    """The sheet of a template: its columns with their widths in pixels, the fields above the table, its rows.

    From the top: a banner where all is a sample, the title, the project, whose form it is, its code, the fields, a gap,
    the header of one or two rows, the rows, and what is signed.
    """

    template: Template
    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    turned: bool

    @property
    def title_row(self) -> int:
        return 1 if self.template.sample else 0

    @property
    def code_row(self) -> int:
        return self.title_row + 3

    @cached_property
    def fields(self) -> tuple[Column, ...]:
        """What is asked once, above the table; the district and the round are printed there already."""
        form = self.template.form
        heading = [column for column in form.columns if column.level == "heading"]
        return (*(column for column in heading if column.kind not in ("district", "round")), *form.once)

    @cached_property
    def header(self) -> tuple[int, int]:
        """The first and the last row of the header."""
        first = self.code_row + 1 + len(self.fields) + 1
        return first, first + any(column.group for column in self.columns)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        grain = self.template.form.grain
        bodies = [body for body in self.template.bodies for _ in range(ROWS_OF_A_BODY[grain])]
        first = self.header[1] + 1
        asked = [Line(first + place, place + 1, body) for place, body in enumerate(bodies)]
        last = first + len(bodies)
        return (*asked, *(Line(last + place) for place in range(SPARE_ROWS[grain])))

    @property
    def rows(self) -> tuple[int, int]:
        """The first and the last row to fill in."""
        return self.lines[0].row, self.lines[-1].row

    @property
    def foot_row(self) -> int:
        return self.rows[1] + 2

    @property
    def check_column(self) -> int:
        """The column that checks each row, outside the form's."""
        return len(self.columns)

    def column(self, key: str) -> int:
        return [column.key for column in self.columns].index(key)

    @cached_property
    def lead(self) -> int:
        """How many columns say whose a row is, before the first that is asked."""
        kinds = [column.kind for column in self.columns]
        return next((place for place, kind in enumerate(kinds) if kind not in _LEAD_KINDS), len(kinds))

    def given(self, line: Line, column: Column) -> object:
        """What is printed in a cell already; `None` where the district writes."""
        printed: dict[str, object] = {"district": self.template.district.name, "ignored": line.number or ""}
        if line.body is not None:
            printed |= {"name": line.body.label, "subdistrict": ", ".join(line.body.subdistricts) or None}
        return printed.get(column.kind)

    def body_rows(self, line: Line) -> tuple[int, int]:
        """The first and the last row of a line's local body; of a spare one itself."""
        rows = [each.row for each in self.lines if each.body is line.body] if line.body else [line.row]
        return rows[0], rows[-1]


def plan_of(template: Template) -> Plan:
    """The plan of a template. What only tells rows of one local body apart is not asked where each has one row."""
    form = template.form
    apart = form.item if form.grain == "local_body" else ""
    columns = tuple(column for column in form.row_columns if column.key != apart)
    turned = sum(column.kind in NUMERIC_KINDS for column in columns) > MOST_UPRIGHT
    widths = tuple(_width(column, template, turned=turned) for column in columns)
    return Plan(template, columns, widths, turned)


def groups_of(columns: Sequence[Column]) -> list[tuple[str, int, int]]:
    """Each group of a header with its first and last column; a column without one stands alone."""
    found: list[tuple[str, int, int]] = []
    for _, members in groupby(enumerate(columns), key=lambda one: one[1].group or one[0]):
        taken = list(members)
        found.append((taken[0][1].group, taken[0][0], taken[-1][0]))
    return found


def label(column: Column) -> str:
    """A column's header as it is printed: with its unit, and a star where it must be filled in."""
    unit = f" ({column.unit})" if column.unit and column.unit not in column.header else ""
    star = " *" if column.required and column.level == "row" and column.kind != "name" else ""
    return f"{column.header}{unit}{star}"


def starred(form: Form) -> bool:
    """Whether any column of a form has a star."""
    return any(label(column).endswith("*") for column in form.row_columns)


def _width(column: Column, template: Template, *, turned: bool) -> int:
    printed = {
        "district": [template.district.name],
        "name": [body.label for body in template.bodies],
        "subdistrict": [", ".join(body.subdistricts) for body in template.bodies],
    }
    if column.kind in printed:
        return _longest(printed[column.kind])
    if column.kind in NUMERIC_KINDS and turned:
        return _TURNED_PX
    return {"ignored": _NUMBER_PX, "item": _MOST}.get(column.kind) or _header_width(label(column))


def _header_width(text: str) -> int:
    """Wide enough for a short header on one line, and for a longer one on two."""
    whole = ceil(metrics.text_px(text, bold=True)) + _HEADER_PADDING_PX
    return max(_LEAST, whole) if whole <= _ON_ONE_LINE else min(max(_ON_ONE_LINE, whole * 2 // 3), _MOST)


def groups_points(columns: Sequence[Column], widths: Sequence[int]) -> float:
    """The height of the row of groups over columns of these widths (pixels)."""
    lines = (
        metrics.line_count(group, sum(widths[first : last + 1]), bold=True)
        for group, first, last in groups_of(columns)
        if group
    )
    return max(lines, default=1) * metrics.line_height()


def turned_points(columns: Sequence[Column]) -> float:
    """The height of a row of turned headers: as its longest needs, or half of that and the paper's worth."""
    longest = max(
        (metrics.text_px(label(each), size=_TURNED_SIZE, bold=True) for each in columns), default=0.0
    )
    points = longest / metrics.POINT_PX + metrics.PADDING_PX
    return points if points <= _TURNED_POINTS else max(_TURNED_POINTS, points * 2 / 3)


def named(column: Column) -> str:
    """What a column is called where its header does not stand above it."""
    return column.full_title if column.level == "row" else column.header


def _longest(texts: Sequence[str]) -> int:
    return min(max(_LEAST, metrics.column_px(texts)), _MOST)
