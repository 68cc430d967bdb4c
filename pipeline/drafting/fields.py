"""What a blank form asks above and below its table: its title, whose report it is, figures given once per district."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.drafting.known import of_kind
from pipeline.drafting.units import unit_of_line
from pipeline.extract.rows import FOOTER_WORDS
from pipeline.forms import labels_of
from pipeline.headings import DATA_DATE, unnumbered
from pipeline.model import Cell
from pipeline.normalise.amounts import is_blank
from pipeline.thai import clean, fold
from schemas.form import Column, Form, Kind, Level

ABOVE, BELOW = "ส่วนหัวแบบ", "ท้ายแบบ"
DISTRICT_WORDS: Final = (fold("อำเภอ"), "district")
ROUND_WORD: Final = re.compile(r"(?:ครั้ง|รอบ)\s*ที่")
TITLE_ENDS: Final = re.compile(r"(?:ครั้ง|รอบ)\s*ที่|ข้อมูล\s*ณ|อำเภอ|[.…_]{2,}|…|:")
SHORTEST_TITLE = 4
MOST_CELLS = 6
"""Of a line outside the table: what has more is a row of it."""
FIELD: Final = re.compile(r"((?:[^.…_:]|\.(?!\.))+)(?:[.…_]{2,}|…|:)[.…_\s]*([^\s.…_:]*)")
"""A label, the room to write behind it, and the word after that, which may be a unit."""
NUMBER: Final = re.compile(r"(?:[๐-๙0-9]{1,2}\s*[.)])?\s*จำนวน")
OF_A_PLACE: Final = tuple(
    fold(word)
    for word in (
        "อำเภอ", "จังหวัด", "ตำบล", "ครั้งที่", "รอบที่", "ข้อมูล ณ", "ณ วันที่", "อปท", "เทศบาล", "องค์การบริหารส่วนตำบล",
        "องค์กรปกครองส่วนท้องถิ่น", "district", "province",
    )
)  # fmt: skip
"""Words of the fields that say whose report it is; no figure stands there."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field outside the table with the cell of its label, if it has one; `known` is the form that knows it, or
    empty. Figures given once per district have no key before the form is put together."""

    column: Column
    cell: Cell | None
    known: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a table: the title and its cell, the unit of the whole table, the fields that can be
    expressed, and the cells of those that cannot."""

    title: str
    titled: Cell | None
    unit: str
    fields: tuple[Asked, ...]
    unread: tuple[Cell, ...]


def surroundings(heading: Sequence[Cell], below: Sequence[Cell], forms: Sequence[Form]) -> Surroundings:
    """What the cells above and below a table ask; `forms` are those that are there, the nearest first."""
    above, under = _texts(heading), _outside(below)
    titled = next((cell for cell in above if _names_the_form(cell)), None)
    signed = [cell for cell in under if fold(str(cell.value)).startswith(FOOTER_WORDS)]
    units = [cell for cell in above if unit_of_line(str(cell.value))]
    told = {cell.position for cell in (*signed, *units, *([titled] if titled else []))}
    rest = [cell for cell in (*above, *under) if cell.position not in told]
    fields = (*_places(above, forms), *_once(rest, forms), *_reporter(signed, forms))
    if not any(field.column.kind == "district" for field in fields):
        fields = (_asked(None, forms, "district", "อำเภอ"), *fields)
    taken = {field.cell.position for field in fields if field.cell}
    return Surroundings(
        title=_title(titled),
        titled=titled,
        unit=unit_of_line(str(units[0].value)) if units else "",
        fields=tuple({(each.column.level, each.column.header): each for each in reversed(fields)}.values())[
            ::-1
        ],
        unread=tuple(cell for cell in rest if cell.position not in taken and _leaves_room(str(cell.value))),
    )


def _texts(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if isinstance(cell.value, str) and not is_blank(cell.value)]


def _outside(below: Sequence[Cell]) -> list[Cell]:
    """The texts below a header in rows of few cells: what stands in rows of many is the table's body."""
    counts = Counter(cell.position[0] for cell in below)
    return [cell for cell in _texts(below) if counts[cell.position[0]] <= MOST_CELLS]


def _names_the_form(cell: Cell) -> bool:
    """Whether a line of the heading calls the form by its name, instead of asking for something."""
    return len(_title(cell)) >= SHORTEST_TITLE and not unit_of_line(str(cell.value))


def _title(cell: Cell | None) -> str:
    text = clean(str(cell.value)) if cell else ""
    return clean(TITLE_ENDS.split(text, maxsplit=1)[0]).strip(" ()-–=+@")


def _places(above: Sequence[Cell], forms: Sequence[Form]) -> Iterator[Asked]:
    """The fields that say whose report it is: district, round and the day of the figures."""
    for cell in above:
        text = clean(str(cell.value))
        if any(word in fold(text) for word in DISTRICT_WORDS):
            yield _asked(cell, forms, "district", "อำเภอ")
        if ROUND_WORD.search(text):
            yield _asked(cell, forms, "round", "ครั้งที่")
        if DATA_DATE.search(text):
            yield _asked(cell, forms, "date", "ข้อมูล ณ วันที่")


def _reporter(signed: Sequence[Cell], forms: Sequence[Form]) -> Iterator[Asked]:
    """Who signs: one field for the whole footer."""
    if signed:
        yield _asked(signed[0], forms, "person", "ผู้รายงาน")


def _asked(cell: Cell | None, forms: Sequence[Form], kind: Kind, header: str) -> Asked:
    """A field as the forms that are there have it, else under the name that they would give it."""
    known = of_kind(forms, kind)
    if known:
        return Asked(known.column, cell, known.form.key)
    level: Level = "footer" if kind == "person" else "heading"
    key = {"date": "data_date", "person": "reporter"}.get(kind, str(kind))
    required = kind in ("district", "round")
    return Asked(_column(key, header, level, kind, required=required), cell)


def _column(
    key: str, header: str, level: Level, kind: Kind, unit: str = "", *, required: bool = False
) -> Column:
    group = BELOW if level == "footer" else ABOVE
    return Column(key, header, group, level, kind, unit, required, False, labels_of(group, header, ()))


def _once(cells: Sequence[Cell], forms: Sequence[Form]) -> Iterator[Asked]:
    """The figures given once per district: those that a form knows, and labels of a number with room behind them."""
    known = [(form.key, column, tuple(map(fold, column.labels))) for form in forms for column in form.once]
    for cell, after in zip(cells, (*cells[1:], None), strict=False):
        said = fold(unnumbered(str(cell.value)))
        found = next(((key, column) for key, column, labels in known if said.startswith(labels)), None)
        if found:
            yield Asked(found[1], cell, found[0])
        elif column := _number_asked(cell, after):
            yield Asked(column, cell)


def _number_asked(cell: Cell, after: Cell | None) -> Column | None:
    """A label that asks for one number (its key is given later): จำนวน or a unit, and dots behind it, or nothing in
    the cells `after` it in its row."""
    text = clean(str(cell.value))
    field = FIELD.fullmatch(text)
    beside = str(after.value) if after and after.position[0] == cell.position[0] else ""
    unit = unit_of_line(f"หน่วย {(field[2] if field else '') or beside}")
    header = clean(unnumbered(field[1] if field else text).split("(")[0]).strip(" :=-–+@")
    if not header or any(word in fold(header) for word in OF_A_PLACE):
        return None
    if not unit and not (NUMBER.match(text) and (field or not beside)):
        return None
    return _column("", header, "once", "count", unit)


def _leaves_room(text: str) -> bool:
    """Whether a text asks for something else than whose report it is and who signs."""
    labels = [fold(unnumbered(label)) for label, _ in FIELD.findall(clean(text))]
    words = (*OF_A_PLACE, *FOOTER_WORDS)
    return any(label and not any(word in label for word in words) for label in labels)
