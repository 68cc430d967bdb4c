"""The lines above the table: the form's title, its round, the district and the date, in the ways offices write them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.sample.model import Position, Put, Table
from tests.sample.rows import date_text
from tests.sample.tables import Tables

PROJECT = "โครงการปลูกผักสวนครัวเพื่อสร้างความมั่นคงทางด้านอาหาร และโครงการอาสาสมัครท้องถิ่นรักษ์โลก"
LOVING = "การบูรณาการโครงการปลูกผักสวนครัว เพื่อสร้างความมั่นคงทางด้านอาหาร กับโครงการอาสาสมัครท้องถิ่นรักโลก"
THAI_DIGIT = {"1": "๑", "2": "๒", "": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of cells by column; `wide` lines are merged over the table's width; `once` names a field in it."""

    cells: tuple[tuple[int, Put], ...]
    wide: bool = False
    once: str = ""


def title(text: str) -> Line:
    return Line(((0, Put(text, look="title")),), wide=True)


def heading(table: Table, tables: Tables) -> list[Line]:
    """The heading's lines for `table.heading`."""
    area = table.area or f"อำเภอ{tables.districts[table.district]}"
    turn = table.turn or f"ครั้งที่ {THAI_DIGIT[table.round]}"
    date = table.date or date_text(table.figures or table.round)
    if table.heading == "cells":
        return cells_heading(area.removeprefix("อำเภอ"), table, date)
    texts = {
        "three": (
            f"แบบรายงานการดำเนินงาน{PROJECT} {turn}",
            f"{area} จังหวัดอุบลราชธานี",
            f"ข้อมูล ณ วันที่ {date}",
        ),
        "four": (
            "แบบรายงานผลการดำเนินงาน",
            LOVING,
            f"{area}  จังหวัดอุบลราชธานี  {turn}",
            f"ณ วันที่ {date}",
        ),
        "five": (
            "แบบรายงานการดำเนินงาน",
            LOVING,
            f"{turn} (ภายในวันที่ {'5' if table.round == '1' else '20'} กุมภาพันธ์ 2564)",
            f"{area} จังหวัดอุบลราชธานี",
            f"ข้อมูล ณ วันที่ {date}",
        ),
        "oneline": (f"รายงานผลการดำเนินงาน{PROJECT} {turn} {area} จังหวัดอุบลราชธานี ข้อมูล ณ วันที่ {date}",),
    }[table.heading]
    return [title(text) for text in texts]


def cells_heading(area: str, table: Table, date: object) -> list[Line]:
    """District, round and date in cells of their own, beside their labels."""
    turn = table.turn or int(table.round)
    return [
        title(f"แบบรายงานการดำเนินงาน {PROJECT}"),
        Line(((1, Put("อำเภอ")), (2, Put(area)))),
        Line(((1, Put("ครั้งที่")), (2, Put(turn)))),
        Line(((1, Put("ข้อมูล ณ วันที่")), (2, Put(date, table.date_format)))),  # type: ignore[arg-type]
    ]


def row_of(lines: Sequence[Sequence[str | int | float]]) -> Iterator[tuple[Position, str | int | float]]:
    """Each value of some rows with its place."""
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            yield (row, column), value
