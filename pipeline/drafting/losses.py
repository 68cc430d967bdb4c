"""What of a blank form is not in its draft, because no table of ours can express it."""

from collections.abc import Iterator, Sequence

from pipeline.drafting.blank import BlankTable, cell_place
from pipeline.drafting.columns import LeftOut
from pipeline.drafting.fields import Surroundings
from pipeline.model import column_letters
from pipeline.thai import clean, fold

ENGLISH_TOTAL = ("total", "sum", "grandtotal")


def losses(
    table: BlankTable,
    around: Surroundings,
    left: Sequence[LeftOut],
    tables: Sequence[BlankTable],
) -> Iterator[str]:
    """A sentence for each thing that was left out of the draft of `table`; `tables` are all tables of the workbook."""
    yield from (_column(table, each) for each in left)
    yield from unread_fields(table.name, around)
    yield from _total_in_english(table)
    yield from _other_tables(table, tables)


def unread_fields(name: str, around: Surroundings) -> Iterator[str]:
    """Fields around what a sheet asks that the reader does not know."""
    for cell in around.unread:
        yield (
            f'{cell_place(name, cell)}: "{clean(str(cell.value))}" ไม่อยู่ในร่าง เพราะนอกตารางระบบอ่านได้เฉพาะจำนวน '
            "อำเภอ ครั้งที่ และวันที่ของข้อมูล (เป็นคำไทย) หากต้องการ ให้ทำเป็นคอลัมน์ในตาราง"
        )


def _column(table: BlankTable, left: LeftOut) -> str:
    place, text = cell_place(table.name, left.blank.label), clean(str(left.blank.label.value))
    match left.why:
        case "NUMBER":
            return (
                f'{place}: ป้าย "{text}" เป็นตัวเลข ระบบอ่านป้ายที่เป็นข้อความเท่านั้น คอลัมน์นี้จึงไม่อยู่ในร่าง '
                f'ให้พิมพ์ป้ายเป็นข้อความ เช่น "ปี {text}"'
            )
        case "SAME" if left.other:
            return (
                f'{place}: ป้าย "{text}" เหมือนกับ{cell_place(table.name, left.other.label)} ระบบแยกสองคอลัมน์นี้ไม่ออก '
                "(ไม่ดูข้อความในวงเล็บ) ร่างไว้เฉพาะคอลัมน์แรก ให้ตั้งป้ายให้ต่างกันโดยไม่ใช้วงเล็บ"
            )
        case _:
            return (
                f"{place}: คอลัมน์ {column_letters(left.blank.number)} ไม่มีป้ายของตนเองใต้ "
                f'"{text}" จึงไม่อยู่ในร่าง ให้พิมพ์ป้ายให้คอลัมน์นี้'
            )


def _total_in_english(table: BlankTable) -> Iterator[str]:
    """A row that the reader may take for a local body's: it knows totals by Thai words, else by their sums alone."""
    for cell in table.below:
        if isinstance(cell.value, str) and fold(cell.value) in ENGLISH_TOTAL:
            yield (
                f'{cell_place(table.name, cell)}: ระบบรู้จักแถวรวมจากคำไทย แถว "{clean(cell.value)}" ที่ยอดไม่เท่ากับผลรวมพอดี '
                'จะถูกอ่านเป็นแถวของ อปท. ให้พิมพ์ว่า "รวม"'
            )


def _other_tables(table: BlankTable, tables: Sequence[BlankTable]) -> Iterator[str]:
    """Other tables of the workbook: one form is one table, and a sheet is read as one form."""
    for other in tables:
        if other.labels == table.labels:
            continue
        labels = ", ".join(dict.fromkeys(column.header for column in other.columns[:4]))
        mixed = other.sheet.grid.index == table.sheet.grid.index
        move = (
            "ต้องย้ายตารางนี้ไปไว้แผ่นอื่นก่อนแจกแบบ เพราะระบบอ่านแผ่นละหนึ่งแบบ แถวของตารางนี้จะปนกับตารางแรก "
            if mixed
            else ""
        )
        yield (
            f"{other.place}: มีตารางอีกตารางหนึ่ง ({labels} …) ไม่อยู่ในร่าง เพราะหนึ่งแบบคือหนึ่งตาราง {move}"
            "หากต้องการใช้ ให้บันทึกเป็นไฟล์ของตนเอง แล้วสั่ง pipeline form draft ด้วยชื่ออื่น"
        )
