"""The formula that checks a row while it is filled in: what is missing, and what contradicts the form's rules.

It uses only what every spreadsheet knows, and calls nothing wrong that it cannot read: text, Thai digits among it, is
unknown to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Final

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from pipeline.aids import ASKS, DONE, UNTOUCHED
from pipeline.thai import thai_date
from pipeline.write.cells import Formula
from pipeline.write.handout.plan import Line, Plan
from schemas.form import NUMERIC_KINDS, Check, Rule

_BETWEEN: Final = " · "
_LONGEST_TEXT: Final = 240
_LONGEST_FORMULA: Final = 8_000
_FAR: Final = 36_525
"""Days of a century: a day further off has its year in another era, which reading mends."""

Part = tuple[str, str]
"""A condition, and what is said where it holds."""
Cells = Mapping[str, str]
"""The reference of the cell of each key in a row."""


def check_of(plan: Plan, line: Line) -> Formula:
    """The check of one row, with its value while nothing is filled in."""
    said = _joined(_parts(plan, line))
    judged = f'SUBSTITUTE("{DONE}"&{said},"{DONE}{_BETWEEN}","{ASKS}")' if said else f'"{DONE}"'
    row, block = (_filled(plan, line, rows) for rows in ((line.row, line.row), plan.body_rows(line)))
    if line.body is None:
        empty, value = '""', ""
    else:
        empty = f'"{UNTOUCHED}"' if row == block else f'IF({block}=0,"{UNTOUCHED}","")'
        value = UNTOUCHED
    return Formula(f"=IF({row}=0,{empty},{judged})", value)


def _joined(parts: Iterable[Part]) -> str:
    """The parts one after another; what a formula or a text in it cannot hold is left out, and to reading."""
    said = ""
    for condition, words in parts:
        text = words[:_LONGEST_TEXT].replace('"', '""')
        longer = f'{said}{"&" if said else ""}IF({condition},"{_BETWEEN}{text}","")'
        said = longer if len(longer) <= _LONGEST_FORMULA else said
    return said


def _parts(plan: Plan, line: Line) -> Iterator[Part]:
    yield from _missing(plan, line)
    yield from _amounts(plan, line)
    for rule in plan.template.form.rules:
        yield from _broken(rule, plan, line)


def _missing(plan: Plan, line: Line) -> Iterator[Part]:
    for place, column in enumerate(plan.columns):
        if column.required and plan.given(line, column) is None:
            yield f'{xl_rowcol_to_cell(line.row, place)}=""', f"ขาด {column.title}"


def _amounts(plan: Plan, line: Line) -> Iterator[Part]:
    """Figures below nothing, and words in the place of figures."""
    ranges = [xl_range(line.row, first, line.row, last) for first, last in _runs(plan, line, figures=True)]
    if ranges:
        yield "+".join(f'COUNTIF({cells},"<0")' for cells in ranges) + ">0", "มีจำนวนติดลบ"
        text = "+".join(f"SUMPRODUCT(ISTEXT({cells})*1)" for cells in ranges)
        yield f"{text}>0", "มีช่องจำนวนที่พิมพ์เป็นข้อความ"


def _broken(rule: Rule, plan: Plan, line: Line) -> Iterator[Part]:
    """A rule of the form, where all that it speaks of stands in the row. A figure of the registry is known of a printed
    local body alone."""
    asked = rule.left if rule.check == "ceiling" else (*rule.left, *rule.right)
    titles = {column.key: column.title for column in plan.columns}
    if not titles.keys() >= set(asked) or (rule.check == "ceiling" and line.body is None):
        return
    cells = {key: xl_rowcol_to_cell(line.row, plan.column(key)) for key in asked}
    condition = _CONDITIONS[rule.check](rule, cells, line)
    left = " + ".join(titles[key] for key in rule.left)
    right = titles.get(rule.right[0], "") if rule.right else ""
    last = thai_date(rule.last, short=True) if rule.last else ""
    words = _WORDS[rule.check].format(left=left, right=right, last=last)
    yield f"IF(COUNT({','.join(cells.values())})={len(cells)},{condition},FALSE)", words


def _over(rule: Rule, cells: Cells, _: Line) -> str:
    return f"{cells[rule.left[0]]}>{cells[rule.right[0]]}"


def _sum_over(rule: Rule, cells: Cells, _: Line) -> str:
    return f"{_sum(rule, cells)}>{cells[rule.right[0]]}"


def _sum_differs(rule: Rule, cells: Cells, _: Line) -> str:
    return f"{_sum(rule, cells)}<>{cells[rule.right[0]]}"


def _sum(rule: Rule, cells: Cells) -> str:
    return f"SUM({','.join(cells[key] for key in rule.left)})"


def _percent_differs(rule: Rule, cells: Cells, _: Line) -> str:
    """A percentage may be written as a share (0.97), as reading allows."""
    stated, (part, whole) = cells[rule.left[0]], (cells[key] for key in rule.right)
    off = [f"ABS({stated}*{factor}-100*{part})>{rule.limit}*{whole}" for factor in (whole, f"100*{whole}")]
    return f"AND({whole}>0,{','.join(off)})"


def _over_registered(rule: Rule, cells: Cells, line: Line) -> str:
    return f"{cells[rule.left[0]]}>{getattr(line.body, rule.right[0]) * (rule.limit or 1.0):.15g}"


def _after_last(rule: Rule, cells: Cells, _: Line) -> str:
    day, last = cells[rule.left[0]], rule.last or date.max
    end = f"DATE({last.year},{last.month},{last.day})"
    return f"AND({day}>{end},{day}<{end}+{_FAR})"


_CONDITIONS: Final[Mapping[Check, Callable[[Rule, Cells, Line], str]]] = {
    "part": _over,
    "sum_within": _sum_over,
    "sum_equals": _sum_differs,
    "percent": _percent_differs,
    "ceiling": _over_registered,
    "order": _over,
    "until": _after_last,
}
"""When a rule is broken, its figures being known."""
_WORDS: Final[Mapping[Check, str]] = {
    "part": "{left} มากกว่า {right}",
    "sum_within": "{left} มากกว่า {right}",
    "sum_equals": "{right} ไม่เท่ากับผลรวม",
    "percent": "{left} ไม่ตรงกับที่คำนวณได้",
    "ceiling": "{left} มากกว่าจำนวนบ้านตามทะเบียน",
    "order": "{left} อยู่หลัง {right}",
    "until": "{left} อยู่หลัง {last}",
}


def _filled(plan: Plan, line: Line, rows: tuple[int, int]) -> str:
    """How many cells are filled in, in rows like this one."""
    ranges = [xl_range(rows[0], first, rows[1], last) for first, last in _runs(plan, line, figures=False)]
    return f"COUNTA({','.join(ranges)})"


def _runs(plan: Plan, line: Line, *, figures: bool) -> list[tuple[int, int]]:
    """Runs of columns, first and last, in which the district writes, or only those of figures."""
    asked = [
        plan.given(line, column) is None and (column.kind in NUMERIC_KINDS or not figures)
        for column in plan.columns
    ]
    runs = []
    for wanted, members in groupby(range(len(asked)), key=asked.__getitem__):
        places = list(members)
        if wanted:
            runs.append((places[0], places[-1]))
    return runs
