"""Raw cell values -> typed values: counts, areas, money, percentages, days, choices, rounds and text.

Every function takes one cell and returns a `Parsed`. A value that is not plainly one number, day or round is
a problem and stays unknown (design rule 2); what was changed in reading it is a note (rule 10). Blank is
unknown without a word; a dash or ไม่มี in a count or area is 0 with a note (rule 3).
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from pipeline.model import CellValue
from pipeline.normalise.amounts import is_nothing
from pipeline.normalise.dates import parse_as_of
from pipeline.normalise.days import parse_date, parse_day
from pipeline.normalise.numbers import parse_area, parse_count, parse_money, parse_percent, parse_quantity
from pipeline.normalise.parsed import BLANK, Parsed, shown
from pipeline.normalise.words import parse_choice, parse_item, parse_round, parse_story, parse_text
from schemas.form import Kind

__all__ = [
    "BLANK",
    "Parsed",
    "is_nothing",
    "parse",
    "parse_area",
    "parse_as_of",
    "parse_choice",
    "parse_count",
    "parse_date",
    "parse_day",
    "parse_money",
    "parse_percent",
    "parse_quantity",
    "parse_round",
    "parse_story",
    "parse_text",
    "shown",
]

_PARSERS: Final[Mapping[Kind, Callable[[CellValue | None, str, Collection[str]], Parsed]]] = {
    "count": lambda value, unit, _: parse_count(value, unit.split("/")),
    "area": lambda value, unit, _: parse_area(value, unit.split("/")),
    "money": lambda value, *_: parse_money(value),
    "quantity": lambda value, *_: parse_quantity(value),
    "pictures": lambda value, *_: parse_count(value, ("ภาพ", "รูป")),
    "percent": lambda value, *_: parse_percent(value),
    "choice": lambda value, _, options: parse_choice(value, options),
    "start": lambda value, *_: parse_day("start", value),
    "end": lambda value, *_: parse_day("end", value),
    "story": lambda value, *_: parse_story(value),
    "item": lambda value, *_: parse_item(value),
    "date": lambda value, *_: parse_date(value),
    "round": lambda value, *_: parse_round(value),
}


def parse(kind: Kind, value: CellValue | None, unit: str = "", options: Collection[str] = ()) -> Parsed:
    """A cell of a column of this kind; `unit` is the column's own (ชิ้น/ครั้ง), `options` what may be chosen there.
    Kinds without a parser are text."""
    parser = _PARSERS.get(kind)
    return parser(value, unit, options) if parser else parse_text(value)
