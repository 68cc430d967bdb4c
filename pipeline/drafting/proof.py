"""A draft is tried on the blank form that it was made from: does the reader find each column where it stands?"""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.drafting.blank import BlankTable, cell_place
from pipeline.drafting.columns import Drafted
from pipeline.extract.headers import Header, find_headers, merged_anchor
from pipeline.extract.labels import form_labels
from pipeline.thai import clean
from schemas.form import Form


def found_in(table: BlankTable, form: Form) -> Header | None:
    """The header that the reader finds in a blank table for a form, if it finds any."""
    grid = table.sheet.grid
    headers = find_headers(grid, form, form_labels(form), merged_anchor(grid))
    rows = range(table.block.first, table.block.last + 1)
    return next((header for header in headers if header.last in rows or header.first in rows), None)


def misread(table: BlankTable, form: Form, drafted: Sequence[Drafted]) -> Iterator[str]:
    """A sentence for each column that the reader does not find where it stands."""
    header = found_in(table, form)
    columns: Mapping[str, int] = header.columns if header else {}
    for each in drafted:
        if each.blank and columns.get(each.column.key) != each.blank.number:
            yield (
                f'{cell_place(table.name, each.blank.label)}: ระบบยังหาคอลัมน์ "{clean(each.column.header)}" '
                "ในแบบเปล่านี้ไม่พบจากป้ายที่ร่างไว้ ให้เพิ่มป้ายใน synonyms หรือตั้งป้ายในแบบให้ต่างจากคอลัมน์อื่น"
            )


def taken_for(table: BlankTable, form: Form, forms: Mapping[str, Form]) -> Iterator[str]:
    """A sentence for each form that is there and knows as many columns of the blank table: it may be taken for that."""
    own = found_in(table, form)
    for other in forms.values():
        header = found_in(table, other) if other.grain != "district" else None
        if own and header and len(header.columns) >= len(own.columns):
            yield (
                f'{table.place}: แบบ "{other.key}" ที่มีอยู่แล้วรู้จักตารางนี้ {len(header.columns)} คอลัมน์ ไม่น้อยกว่าแบบที่ร่าง '
                "ไฟล์ที่กรอกในแบบนี้อาจถูกอ่านเป็นแบบเดิม หากเป็นแบบเดียวกัน ให้ใช้แบบเดิมและเพิ่มป้ายใน synonyms แทน"
            )
