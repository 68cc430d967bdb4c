"""The lines to paste, a sheet for each table in its own columns, and the codes of the local bodies asked about."""

from collections.abc import Sequence
from typing import Final

from pipeline.thai import thai_digits
from pipeline.write import table
from pipeline.write.book import put_heading
from pipeline.write.cells import Paper
from pipeline.write.layout import FIRST_ROW
from pipeline.write.table import Field, Row
from pipeline.write.todo import Task, paste
from pipeline.write.worklist.leaf import new_sheet
from pipeline.write.worklist.pages import LINES

BODIES: Final = "รหัส อปท."
_HOW: Final = {
    paste.ANSWERS: "แล้วแทนคำในช่อง answer who และ why ด้วยคำตอบจริง ช่อง answer ให้เหลือคำตอบเดียว",
    paste.CORRECTIONS: "แล้วแทนคำในช่อง new who และ why ด้วยค่าที่อำเภอแจ้ง ใช้เฉพาะบรรทัดที่อำเภอแจ้งค่าแล้ว",
    paste.ALIASES: "แทนบรรทัดในแผ่นคำตอบ เมื่ออำเภอเขียนชื่อแบบนี้ทุกครั้ง แล้วแทนคำในช่อง code ด้วยรหัส อปท.",
}


def put_lines(paper: Paper, todo: Sequence[Task]) -> None:
    """Writes a sheet for each table that has lines: the number of the task, the line in cells, and as one text."""
    for name, sheet in LINES.items():
        rows = [
            (number, *line.cells, line.text)
            for number, task in enumerate(todo, start=1)
            for line in task.lines
            if line.table == name
        ]
        if rows:
            columns = [Field(column, "wrap", most=250) for column in paste.COLUMNS[name]]
            fields = [Field("งานที่", "centre"), *columns, Field("ทั้งบรรทัด", "text", most=720)]
            how = f"คัดลอกไปต่อท้าย {paste.PLACES[name]} {_HOW[name]}"
            _put(paper, sheet, f"บรรทัดสำหรับ {name}", how, fields, rows, printed=len(columns))


def put_bodies(paper: Paper, todo: Sequence[Task]) -> None:
    """Writes the codes of all local bodies of the districts whose lines want one."""
    asked = {task.district_code for task in todo for line in task.lines if paste.BODY in line.cells}
    registry = paper.imprint.campaign.registry
    districts = [district for district in registry.districts if district.code in asked]
    rows = [
        (district.name, body.code, body.label)
        for district in districts
        for body in registry.bodies_of(district.code)
    ]
    if rows:
        fields = [Field("อำเภอ", least=160), Field("รหัส อปท.", "centre"), Field("อปท.", least=300)]
        told = thai_digits(f"อปท. ทั้งหมดของ {len(districts)} อำเภอที่มีคำถามเรื่องชื่อ")
        _put(paper, BODIES, "รหัส อปท. สำหรับคำตอบ", told, fields, rows, printed=len(fields) - 1)


def _put(  # noqa: PLR0913 — what a sheet of a table is made of
    paper: Paper,
    name: str,
    title: str,
    subtitle: str,
    fields: Sequence[Field],
    rows: Sequence[Row],
    *,
    printed: int,
) -> None:
    sheet = new_sheet(paper, name, table.widths(fields, rows, filtered=True))
    put_heading(sheet, title, subtitle, printed)
    below = table.put_table(sheet, FIRST_ROW, fields, rows)
    sheet.sheet.autofilter(FIRST_ROW, 0, below - 1, len(fields) - 1)
    sheet.sheet.print_area(0, 0, below - 1, printed)
    sheet.sheet.repeat_rows(FIRST_ROW)
    sheet.sheet.freeze_panes(FIRST_ROW + 1, 0)
