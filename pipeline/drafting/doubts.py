"""What of a draft is a guess, each with its cell: what the office must look at before the form is used."""

from collections.abc import Iterator, Sequence

from pipeline.drafting.blank import BlankTable, cell_place
from pipeline.drafting.columns import Drafted
from pipeline.drafting.compose import is_deed, item_of
from pipeline.drafting.fields import Surroundings
from pipeline.drafting.guesses import KINDS
from pipeline.model import Position, column_letters
from pipeline.names import Names, is_local_body
from schemas.form import Column, Form


def doubts(
    table: BlankTable,
    around: Surroundings,
    drafted: Sequence[Drafted],
    form: Form,
    tables: Sequence[BlankTable],
    names: Names,
) -> Iterator[str]:
    """A sentence for each thing that was guessed, columns first, in the order of the blank; `tables` are all tables of
    the workbook."""
    for each in drafted:
        yield from _column(table, each)
    yield from _names_and_rows(table, drafted)
    yield from around_doubts(table.name, around)
    yield from _same_table(table, tables, names)
    yield from _settings(drafted, form)


def _column(table: BlankTable, each: Drafted) -> Iterator[str]:
    """That a column was guessed, taken over in spite of another group, hidden, or merged over several."""
    if each.blank is None:
        return
    place, own = cell_place(table.name, each.blank.label), each.column
    if each.known is None:
        yield guessed(place, own)
    elif not each.known.whole:
        yield (
            f'{place} "{own.full_title}": ถือว่าเป็นคอลัมน์ "{each.known.column.full_title}" '
            f'ของแบบ "{each.known.form.key}" เพราะป้ายตรงกันบางส่วน ใช้รหัส {own.key}'
        )
    if each.blank.number in table.sheet.grid.hidden_columns:
        yield f"{place}: คอลัมน์ {column_letters(each.blank.number)} ถูกซ่อนอยู่ในแบบ แต่อยู่ในร่าง"
    wide = _merged_over(table, each.blank.label.position)
    if wide:
        yield f"{place}: ป้ายนี้คลุมคอลัมน์ {wide} ถือเป็นคอลัมน์เดียวที่ {column_letters(each.blank.number)}"


def guessed(place: str, column: Column) -> str:
    """What a column or an answer was guessed to be."""
    return f'{place} "{column.full_title}": เดาว่าเป็น{KINDS[column.kind]}{_unit(column)} ใช้รหัส {column.key}'


def _unit(column: Column) -> str:
    if column.kind not in ("count", "area", "quantity"):
        return ""
    return f" หน่วย {column.unit}" if column.unit else " โดยไม่ทราบหน่วย"


def _merged_over(table: BlankTable, position: Position) -> str:
    """The columns over which a column's own label is merged, if they are several."""
    return next(
        (
            f"{column_letters(left)} ถึง {column_letters(right)}"
            for top, left, _, right in table.sheet.grid.merges
            if (top, left) == position and right > left
        ),
        "",
    )


def _names_and_rows(table: BlankTable, drafted: Sequence[Drafted]) -> Iterator[str]:
    """How local bodies are named, and what a row is of."""
    if all(each.blank is None for each in drafted if each.column.kind == "name"):
        yield (
            f"{table.place}: ไม่มีคอลัมน์ชื่อ อปท. ระบบอ่านได้เมื่อชื่อแผ่นงานเป็นชื่อ อปท. เช่น อบต.หนองขอน (หนึ่งแผ่นต่อหนึ่ง อปท.) "
            "หากไม่ใช่ ให้เพิ่มคอลัมน์ชื่อ อปท. ในแบบ"
        )
    item = item_of(drafted)
    if item and item.blank:
        what = "กิจกรรม ซึ่งแสดงแยกกัน" if is_deed(item) else "ส่วนหนึ่งของ อปท. ซึ่งนำมารวมกัน"
        yield (
            f"{cell_place(table.name, item.blank.label)}: ถือว่าหนึ่งแถวคือ{what} โดยแยกแถวด้วยคอลัมน์ "
            f'"{item.column.header}" (grain และ item ใน form.toml)'
        )


def around_doubts(name: str, around: Surroundings) -> Iterator[str]:
    """What was taken for the title, who and when the heading of a sheet asks, and figures given once."""
    sheet = f'แผ่น "{name}"'
    if around.titled:
        yield f'{cell_place(name, around.titled)}: ใช้ "{around.title}" เป็นชื่อแบบ'
    else:
        yield f"{sheet}: ไม่พบชื่อแบบเหนือตาราง ใช้ชื่อแผ่นงานแทน ให้แก้ title และ titles ใน form.toml"
    for field in around.fields:
        if field.cell is None:
            yield f"{sheet}: ไม่มีที่เขียนชื่ออำเภอเหนือตาราง ระบบจะทราบอำเภอจากชื่อ อปท. ชื่อแผ่น หรือชื่อไฟล์เท่านั้น ควรเพิ่มในแบบ"
        elif field.column.level == "once" and not field.known:
            yield (
                f'{cell_place(name, field.cell)} "{field.column.header}": เดาว่าเป็นจำนวนที่กรอกครั้งเดียวต่ออำเภอ'
                f"{_unit(field.column)}"
            )
    if not any(field.column.kind == "round" for field in around.fields):
        yield (
            f"{sheet}: ไม่มีที่เขียนครั้งที่เหนือตาราง ระบบจะทราบครั้งที่ได้เมื่อแบบนี้เก็บเพียงครั้งเดียว "
            'หากเก็บหลายครั้ง ให้เพิ่ม "ครั้งที่ ....." ในแบบ'
        )


def _same_table(table: BlankTable, tables: Sequence[BlankTable], names: Names) -> Iterator[str]:
    """Other sheets that hold this very table."""
    for other in tables:
        sheet = other.name
        if other is table or other.labels != table.labels:
            continue
        if is_local_body(sheet, names):
            yield f'แผ่น "{sheet}": มีตารางเดียวกัน หนึ่งแผ่นต่อหนึ่ง อปท. ระบบอ่านได้เมื่อชื่อแผ่นเป็นชื่อ อปท. ของอำเภอนั้น'
        else:
            yield (
                f'แผ่น "{sheet}": มีตารางเดียวกัน ระบบอ่านทุกแผ่นที่ไม่ได้ซ่อน หากเป็นหนึ่งแผ่นต่อหนึ่ง อปท. ให้ตั้งชื่อแผ่นเป็นชื่อ อปท. '
                "เช่น อบต.หนองขอน"
            )


def _settings(drafted: Sequence[Drafted], form: Form) -> Iterator[str]:
    """What no label says: which columns must be there, which stand in the summary, and what is counted."""
    asked = [each.column for each in drafted if each.column.kind != "name"]
    unknown = [each.column for each in drafted if each.known is None and each.column.kind != "name"]
    made = [column.header for column in unknown if column.required]
    if not any(column.required for column in asked):
        yield "ยังไม่ได้กำหนดว่าคอลัมน์ใดต้องมี ให้ใส่ yes ในช่อง required ของคอลัมน์ที่ทุก อปท. ต้องกรอก"
    if made:
        yield f"ตารางมีตัวเลขน้อย จึงกำหนดให้ต้องกรอก {', '.join(made)} เพื่อให้ระบบรู้จักตาราง ให้ตรวจช่อง required"
    if any(column.summary for column in asked) and any(column.kept for column in unknown):
        yield "ตารางสรุปจะแสดงเฉพาะคอลัมน์ที่ช่อง summary เป็น yes ซึ่งคอลัมน์ที่เดาไว้ยังไม่มี"
    yield from tally_doubts(form)


def tally_doubts(form: Form) -> Iterator[str]:
    """What was added so that a form of words is counted."""
    for tally in form.tallies:
        yield (
            f'เพิ่มยอด "{tally.header}" ({tally.key}) ซึ่งนับเมื่อกรอก "{form.column(tally.counts).header}" '
            "เพราะรายงานที่ไม่มีตัวเลขเลยระบบถือว่ายังไม่ได้กรอก"
        )
