"""What each district told of its best practice, as collection and booklet print it: items with their answers."""

from dataclasses import dataclass
from itertools import groupby

from pipeline.model import Photo, RoundResult
from pipeline.thai import thai_digits
from pipeline.write.figures import plain_values
from schemas.form import Column


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item: its label, and what was answered, several answers one below the other."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """One district's: about which local body, its items in the form's order, its pictures."""

    district_code: str
    district: str
    local_body: str
    items: tuple[Item, ...]
    photos: tuple[Photo, ...]


def stories(result: RoundResult) -> tuple[Story, ...]:
    """The stories that count, in registry order; none where nothing was read."""
    if result.rows is None:
        return ()
    columns = {str(name): plain_values(result.rows[name]) for name in result.rows.columns}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return tuple(_story(row, result) for row in rows)


def _story(row: dict[str, object], result: RoundResult) -> Story:
    district = str(row["district_code"])
    groups = groupby(result.form.row_columns, key=lambda column: column.group or column.key)
    items = (_item(list(columns), row) for _, columns in groups)
    return Story(
        district_code=district,
        district=str(row["district"]),
        local_body=str(row["local_body"]),
        items=tuple(
            Item(thai_digits(f"{number}. {item.label}"), item.text)
            for number, item in enumerate(items, start=1)
        ),
        photos=tuple(photo for photo in result.photos if photo.district_code == district),
    )


def _item(columns: list[Column], row: dict[str, object]) -> Item:
    """One item of the form: a column of its own, or the columns of a group, each on a line with its label."""
    if len(columns) == 1:
        return Item(columns[0].header, _told(columns[0], row))
    lines = [f"{column.header}: {told}" for column in columns if (told := _told(column, row))]
    return Item(columns[0].group, "\n".join(lines))


def _told(column: Column, row: dict[str, object]) -> str:
    value = row["local_body"] if column.kind == "name" else row.get(column.key)
    if isinstance(value, float | int):
        return f"{value:,.0f} {column.unit}".strip()
    return str(value or "")
