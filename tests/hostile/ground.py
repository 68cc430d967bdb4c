"""The report that every hostile workbook was before it was damaged, cell by cell, and what it is worth."""

import re
from collections.abc import Mapping

from tests.campaigns import TABLES

DISTRICT, ROUND = "3431", "1"
SHEET = "แบบรายงาน"
NAME, REMARK = "lao_name", "remark"
HEADS: Mapping[str, str] = {
    NAME: "อปท.",
    "villages_total": "หมู่บ้านทั้งหมด",
    "villages_active": "หมู่บ้านที่ดำเนินการ",
    "hh_total": "จำนวนครัวเรือนทั้งหมด",
    "hh_target": "จำนวนครัวเรือนเป้าหมาย",
    "hh_veg": "ครัวเรือนปลูกผักสวนครัว",
    "hh_sort": "ครัวเรือนคัดแยกขยะ",
    "hh_wetbin": "ครัวเรือนที่มีถังขยะเปียก",
    "lev_members": "จำนวนสมาชิก อถล.",
    REMARK: "หมายเหตุ",
}
"""The columns of the sheet, A to J: indicator (or key of a text column) and label."""
LETTERS = dict(zip("ABCDEFGHIJ", HEADS, strict=True))
BODIES: Mapping[int, tuple[str, tuple[int, ...]]] = {
    5: ("ทต.เหล่าเสือโก้ก", (14, 12, 1900, 1500, 1200, 1100, 800, 210)),
    6: ("อบต.หนองบก", (13, 9, 1700, 1300, 900, 950, 610, 180)),
    7: ("อบต.โพนเมือง", (16, 11, 1500, 1250, 870, 820, 540, 165)),
    8: ("อบต.แพงใหญ่", (12, 8, 1100, 940, 620, 590, 380, 140)),
}
"""The rows of the sheet: a local body and its figures, columns B to I."""
TOTALS: Mapping[str, int] = {
    "villages_total": 55,
    "villages_active": 40,
    "hh_total": 6200,
    "hh_target": 4990,
    "hh_veg": 3590,
    "hh_sort": 3460,
    "hh_wetbin": 2330,
    "lev_members": 695,
}
"""What the four local bodies add up to, added up by hand."""
CELLS: Mapping[str, str | int] = {
    "A1": "แบบรายงานการดำเนินงาน ครั้งที่ 1",
    "A2": "อำเภอเหล่าเสือโก้ก จังหวัดอุบลราชธานี",
    **{f"{letter}4": HEADS[key] for letter, key in LETTERS.items()},
    **{f"A{row}": name for row, (name, _) in BODIES.items()},
    **{
        f"{letter}{row}": figure
        for row, (_, figures) in BODIES.items()
        for letter, figure in zip("BCDEFGHI", figures, strict=True)
    },
    "J5": "ส่งครบ",
}
"""Every cell that holds something, by its address, row by row."""
TEXTS = tuple(dict.fromkeys(value for value in CELLS.values() if isinstance(value, str)))
"""The texts of the report, each once, in the order in which they stand."""
FIGURES: Mapping[str, int] = {cell: value for cell, value in CELLS.items() if isinstance(value, int)}
CODES = {body.label: body.code for body in TABLES.bodies_of(DISTRICT)}


def key_of(cell: str) -> str:
    """The indicator (or text column) in which a cell of the report stands."""
    return LETTERS[cell.rstrip("0123456789")]


def body_of(cell: str) -> str:
    """The code of the local body in whose row a cell of the report stands."""
    return CODES[BODIES[int(cell.lstrip("ABCDEFGHIJ"))][0]]


def row(number: int) -> tuple[str, ...]:
    """The cells of a local body's figures."""
    return tuple(f"{letter}{number}" for letter in "BCDEFGHI")


def column(letter: str) -> tuple[str, ...]:
    """The cells of an indicator's figures."""
    return tuple(f"{letter}{number}" for number in BODIES)


def place(cell: str) -> tuple[int, int]:
    """Row and column of an address, from 1, as numbers that sort."""
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column
