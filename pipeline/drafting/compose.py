"""Drafted columns and fields -> a form: its grain, its key, and the keys of fields that no form knows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.drafting.answers import Questions
from pipeline.drafting.blank import BlankTable
from pipeline.drafting.columns import Drafted, free_key
from pipeline.drafting.fields import Surroundings
from pipeline.model import Position, address
from schemas.form import Column, Form

GUESSED = "guessed"


def compose(
    name: str, table: BlankTable, around: Surroundings, drafted: Sequence[Drafted]
) -> tuple[Form, Mapping[str, str]]:
    """The form of one table, and for each key the form that it was taken from, or `guessed` and the cell of its label.

    Its rows are activities where a column names what is done, else parts of a local body.
    """
    items = [each for each in drafted if each.column.kind == "item"]
    item = item_of(drafted)
    columns = [
        replace(each.column, kind="text") if each in items and each is not item else each.column
        for each in drafted
    ]
    columns += (column for column, _ in _fields(around, [each.column.key for each in drafted]))
    columns += _tally(columns, item)
    keys = {column.key for column in columns}
    models = tuple(dict.fromkeys(each.known.form for each in drafted if each.known))
    parts = [part for model in models for part in model.row_key if part in keys]
    parts += [each.column.key for each in items if each is not item]
    title = around.title or table.name
    form = Form(
        key=name,
        title=title,
        titles=(title,),
        grain="activity" if item and is_deed(item) else "local_body",
        row_key=tuple(dict.fromkeys(("local_body", *(("item",) if item else ()), *parts))),
        item=item.column.key if item else "",
        size=next((model.size for model in models if model.size in keys), ""),
        columns=tuple(columns),
        rules=(),
        ratios=(),
    )
    return form, dict(_sources(around, drafted))


def compose_answers(name: str, asked: Questions) -> tuple[Form, Mapping[str, str]]:
    """The form of a sheet of items, which each district answers once, and whence each key comes."""
    columns = [item.column for item in asked.items]
    columns += (column for column, _ in _fields(asked.around, [item.column.key for item in asked.items]))
    columns += _tally(columns, None)
    title = asked.around.title or asked.grid.sheet
    form = Form(
        key=name,
        title=title,
        titles=(title,),
        grain="district",
        row_key=(),
        item="",
        size="",
        columns=tuple(columns),
        rules=(),
        ratios=(),
    )
    sources = {item.column.key: item.known or _cell(item.cell.position) for item in asked.items}
    return form, {
        **sources,
        **{column.key: source for column, source in _fields(asked.around, list(sources))},
    }


def _tally(columns: Sequence[Column], item: Drafted | None) -> list[Column]:
    """What a form of words is counted by, since a report without any figure counts for nothing: its activities, or
    the rows or stories in which the first words are filled in."""
    asked = [column for column in columns if column.level in ("row", "answer")]
    deeds = item is not None and is_deed(item)
    counted = item.column.key if item else next((column.key for column in asked if column.written), "")
    if not counted or not (deeds or not any(column.kept for column in asked)):
        return []
    rows = ("จำนวนเรื่อง", "เรื่อง") if asked[0].level == "answer" else ("จำนวนแถวที่กรอก", "แถว")
    header, unit = ("จำนวนกิจกรรม", "กิจกรรม") if deeds else rows
    key = free_key("rows", {column.key for column in columns})
    return [Column(key, header, "", "tally", "count", unit, False, True, (header,), counts=counted)]


def item_of(drafted: Sequence[Drafted]) -> Drafted | None:
    """The column that tells rows of one local body apart: what is done before where."""
    items = [each for each in drafted if each.column.kind == "item"]
    return next((each for each in items if is_deed(each)), next(iter(items), None))


def is_deed(item: Drafted) -> bool:
    """Whether a column names what is done, so that each row stands for itself."""
    return item.known.form.grain == "activity" if item.known else item.deed


def _fields(around: Surroundings, keys: Sequence[str]) -> Iterator[tuple[Column, str]]:
    """The fields around what has these keys that are none of them, each with a key and whence it comes."""
    used = set(keys)
    number = len(used)
    for field in around.fields:
        number += 1
        key = field.column.key or free_key(f"column_{number}", used)
        if key not in used:
            used.add(key)
            source = field.known or _cell(field.cell.position if field.cell else None)
            yield replace(field.column, key=key), source


def _sources(around: Surroundings, drafted: Sequence[Drafted]) -> Iterator[tuple[str, str]]:
    for each in drafted:
        position = each.blank.label.position if each.blank else None
        yield each.column.key, each.known.form.key if each.known else _cell(position)
    for column, source in _fields(around, [each.column.key for each in drafted]):
        yield column.key, source


def _cell(position: Position | None) -> str:
    return f"{GUESSED} {address(position)}" if position else GUESSED
