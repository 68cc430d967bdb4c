"""What of a blank form no table of ours can express, said plainly, with the place."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.drafting.blank import BlankTable, cell_place
from pipeline.drafting.columns import Drafted
from pipeline.extract.headers import FEWEST_ANSWERS
from pipeline.extract.rows import EXAMPLE_WORD, FOOTER_WORDS
from pipeline.model import Cell, Grid, column_letters
from pipeline.names import Names, is_local_body, resolve_local_body
from pipeline.normalise.amounts import is_blank
from pipeline.thai import TOTAL_WORDS, arabic_digits, clean, fold

FEWEST_BODIES = 2
FEWEST_PRINTED = 3
NUMBERED_BODY = re.compile(
    r"((?:ชื่อ)?\s*(?:อปท|อบต|ทต|เทศบาล|หน่วยงาน|LAO|Local body)[^0-9ก-ฮ]*(?:ที่)?\s*)([0-9]+|[ก-ฮ])\.?"
)
TELLING = ("name", "item", "district")
"""Kinds of columns whose cells say what a row is of."""
TRY_ROWS = "ระบบอ่านแบบที่ อปท. หรือกิจกรรมเรียงลงมาแถวละหนึ่งเท่านั้น"


def cannot_be_drafted(table: BlankTable, drafted: Sequence[Drafted], names: Names) -> str:
    """Why nothing of a table can be drafted: local bodies stand side by side, each row asks something else, or
    there is too little to know the table by; empty if it can."""
    return _across(table, names) or _list(table, drafted, names) or _too_little(table, drafted)


def _across(table: BlankTable, names: Names) -> str:
    """Local bodies as the labels of columns."""
    labels = {label.position: label for column in table.columns for label in column.labels}.values()
    named: dict[str, Cell] = {}
    for label in labels:
        text = clean(arabic_digits(str(label.value)))
        match, numbered = resolve_local_body(text, None, names), NUMBERED_BODY.fullmatch(text)
        if numbered or (match.code and not _is_bare(text, names)):
            named[match.code or text] = label
    if len(named) < FEWEST_BODIES:
        return ""
    written = ", ".join(clean(str(label.value)) for label in named.values())
    first = next(iter(named.values()))
    return (
        f"{cell_place(table.name, first)}: อปท. เรียงไปทางขวา ({written}) {TRY_ROWS} "
        "กรุณาสลับแถวกับคอลัมน์ของแบบ ให้ชื่อ อปท. อยู่ในคอลัมน์เดียว"
    )


def _is_bare(text: str, names: Names) -> bool:
    """Whether a name stands without the type of a local body: it may be that of a district or of anything."""
    folded = fold(text)
    return not any(types and folded.startswith(prefix) for prefix, types in names.bodies.prefixes)


def _list(table: BlankTable, drafted: Sequence[Drafted], names: Names) -> str:
    """Rows that are printed with labels of their own: each asks for another figure."""
    kinds = {each.blank.number: each.column.kind for each in drafted if each.blank}
    printed: dict[int, list[Cell]] = {}
    for row in _rows_below(table, names):
        if any(kinds.get(cell.position[1]) in TELLING for cell in row):
            continue
        for cell in row:
            if isinstance(cell.value, str) and kinds.get(cell.position[1]) != "ignored":
                printed.setdefault(cell.position[1], []).append(cell)
    for _, cells in sorted(printed.items()):
        if len({fold(str(cell.value)) for cell in cells}) >= FEWEST_PRINTED:
            return (
                f"{cell_place(table.name, cells[0])}: รายการเรียงลงมาแถวละเรื่อง (เช่น {clean(str(cells[0].value))}, "
                f"{clean(str(cells[1].value))}) {TRY_ROWS} กรุณาจัดแบบใหม่ให้แต่ละรายการเป็นหนึ่งคอลัมน์"
            )
    return ""


def _rows_below(table: BlankTable, names: Names) -> Iterator[list[Cell]]:
    """The rows of labels that follow on the header without a gap: the body, as far as it is printed."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.below:
        if not is_blank(cell.value):
            rows.setdefault(cell.position[0], []).append(cell)
    number = table.block.last + 1
    while number in rows and not fold(str(rows[number][0].value)).startswith(FOOTER_WORDS):
        if not _is_note(rows[number][0], names):
            yield rows[number]
        number += 1


def _is_note(cell: Cell, names: Names) -> bool:
    """Whether a row begins as a total or an example does, or with a local body."""
    text = fold(str(cell.value))
    return text.startswith((*TOTAL_WORDS, EXAMPLE_WORD)) or is_local_body(str(cell.value), names)


def _too_little(table: BlankTable, drafted: Sequence[Drafted]) -> str:
    answers = [
        each for each in drafted if each.column.kept or (each.column.required and each.column.kind != "name")
    ]
    if len(answers) >= FEWEST_ANSWERS:
        return ""
    return (
        f"{table.place}: มีคอลัมน์ที่ต้องกรอกเพียง {len(answers)} คอลัมน์ (ไม่นับชื่อและร้อยละ) "
        f"ระบบรู้จักตารางได้จากอย่างน้อย {FEWEST_ANSWERS} คอลัมน์ กรุณาแบ่งสิ่งที่ถามเป็นหลายคอลัมน์"
    )


def no_table(grids: Sequence[Grid]) -> str:
    """Why a workbook without any table cannot be drafted: labels that run downwards, if there are any."""
    for grid in grids:
        for column, cells in sorted(_downwards(grid).items()):
            if len(cells) >= FEWEST_PRINTED:
                rows = f"แถว {cells[0].position[0] + 1} ถึง {cells[-1].position[0] + 1}"
                return (
                    f'แผ่น "{grid.sheet}" คอลัมน์ {column_letters(column)} {rows}: ไม่มีหัวตารางที่ป้ายเรียงไปทางขวา '
                    f"มีแต่ป้ายที่เรียงลงมา (เช่น {clean(str(cells[1].value))}) {TRY_ROWS} "
                    "กรุณาจัดแบบใหม่ให้แต่ละรายการเป็นหนึ่งคอลัมน์ หรือหากอำเภอตอบเพียงครั้งเดียว ให้ใส่เลขข้อหน้าแต่ละรายการ"
                )
    return "ไม่พบหัวตารางในแผ่นใด ระบบร่างได้จากแบบที่มีป้ายคอลัมน์อย่างน้อย 3 ป้ายเรียงไปทางขวา กรุณาตรวจว่าเลือกไฟล์ถูกต้อง"


def _downwards(grid: Grid) -> Mapping[int, list[Cell]]:
    texts: dict[int, list[Cell]] = {}
    for position, value in sorted(grid.cells.items()):
        if isinstance(value, str) and not is_blank(value):
            texts.setdefault(position[1], []).append(Cell(position, value))
    return texts
