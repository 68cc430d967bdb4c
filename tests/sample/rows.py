"""The rows of a table before they have a place: figures as they will be written, and what they mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from tests.sample.figures import figures
from tests.sample.model import Cell, Change, Extra, Formula, Named, Raw, Stated, Table, Twice
from tests.sample.tables import MUNICIPAL, Body, Tables

LONG = {
    "ทน.": "เทศบาลนคร",
    "ทม.": "เทศบาลเมือง",
    "ทต.": "เทศบาลตำบล",
    "อบต.": "องค์การบริหารส่วนตำบล",
}
PROBLEMS = (
    "",
    "",
    "",
    "ขาดแคลนน้ำในช่วงฤดูแล้ง",
    "",
    "พื้นที่บริเวณบ้านมีจำกัด แนะนำให้ปลูกในภาชนะ",
    "",
    "ครัวเรือนบางส่วนทำงานต่างจังหวัด",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a cell and what it is worth (None: unknown)."""

    raw: Raw
    means: float | None
    format: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something planted at a column of a row (empty column: the row's name)."""

    case: str
    key: str
    expect: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. `code` is empty where it counts for no local body."""

    kind: Literal["data", "extra", "section", "blank"]
    code: str = ""
    label: str = ""
    written: str = ""
    seq: str = ""
    item: str = ""
    tambon: str = ""
    problem: str = ""
    entries: Mapping[str, Entry] = ()  # type: ignore[assignment]
    notes: tuple[Note, ...] = ()
    counts: bool = True


def thai(value: float) -> str:
    return f"{value:,.10g}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


STYLES: Mapping[str, tuple[Callable[[float], Raw], str, str]] = {
    "thai": (thai, "39", "NUMBER_AS_TEXT"),
    "text": (lambda value: f"{value:,.10g}", "39", "NUMBER_AS_TEXT"),
    "households": (lambda value: f"{value:,.10g} ครัวเรือน", "42", "UNIT_DROPPED"),
    "bins": (lambda value: f"{value:,.10g} ครัวเรือน/ถัง", "42", "UNIT_DROPPED"),
    "people": (lambda value: f"{thai(value)} คน", "42", "UNIT_DROPPED"),
    "rai": (lambda value: f"{value:.10g} ไร่", "42", "UNIT_DROPPED"),
}
"""A style writes the true figure in a way of its own; with its case and the code it leads to."""


def table_rows(table: Table, tables: Tables) -> tuple[Row, ...]:
    """All rows of `table`, in order, with its changes applied; a row of a village says which (`item`)."""
    bodies = [body for body in tables.bodies_of(table.district) if present(body, table)]
    rows = [row for body in bodies for row in body_rows(table, body)]
    for change in table.changes:
        rows = changed(rows, change, table, tables)
    return tuple(with_sections(rows, tables)) if table.sections else tuple(with_gap(rows, table.gap))


def present(body: Body, table: Table) -> bool:
    return body.label not in table.absent and (not table.only or body.label in table.only)


def body_rows(table: Table, body: Body) -> list[Row]:
    """One row, or one for each village that the table tells apart."""
    villages = dict(table.by_moo).get(body.label, 0)
    plain = Row(
        "data",
        body.code,
        body.label,
        "" if table.nameless else name_of(body, table.names),
        tambon=body.tambon,
        problem="" if table.blank else PROBLEMS[int(body.code) % len(PROBLEMS)],
    )
    if not villages:
        return [replace(plain, entries=entries(table, body.code, body.houses, body.villages))]
    return [
        replace(
            plain,
            item=str(number),
            problem="",
            entries=entries(table, f"{body.code}-{number}", body.houses // villages, 1),
            notes=(Note("24", "moo", "read", "village row"),),
        )
        for number in range(1, villages + 1)
    ]


def name_of(body: Body, style: str) -> str:
    return {
        "short": body.label,
        "spaced": f"{body.type} {body.name}",
        "long": LONG[body.type] + body.name,
    }[style]


def entries(table: Table, seed: str, houses: int, villages: int) -> Mapping[str, Entry]:
    if table.blank:
        return {}
    drawn = figures(seed, houses, villages, table.figures or table.round)
    return {key: entry(table, key, value) for key, value in drawn.items()}


def entry(table: Table, key: str, value: float) -> Entry:
    if key == "hh_veg_pct":
        return percent_entry(table, value)
    if key == "net_total" and table.sums == "uncached":
        return Entry(Formula("net_total", None), None)
    if key == "net_total" and table.sums == "formula":
        return Entry(Formula("net_total", value), value)
    return Entry(value, value, "#,##0.00" if key == "green_area" else table.number_format)


def percent_entry(table: Table, value: float) -> Entry:
    """A percentage as the officer writes it; percentages are never kept, so they mean nothing here."""
    if table.sums == "uncached":
        return Entry(Formula("hh_veg_pct", None), None)
    written: Mapping[str, Entry] = {
        "number": Entry(value, value, "0.00"),
        "fraction": Entry(round(value / 100, 4), value, "0%"),
        "formula": Entry(Formula("hh_veg_pct", value), value, "0.00"),
        "text": Entry(f"{value:.2f}%", value),
    }
    return written[table.percent]


def changed(rows: list[Row], change: Change, table: Table, tables: Tables) -> list[Row]:
    """The rows after one change of a recipe."""
    match change:
        case Cell():
            return [with_cell(row, change) if row.label == change.body else row for row in rows]
        case Named():
            return [with_name(row, change) if row.label == change.body else row for row in rows]
        case Extra():
            return with_extra(rows, change, table, tables)
        case Twice():
            return with_twice(rows, change)
        case Stated():
            return rows


def with_cell(row: Row, change: Cell) -> Row:
    true = row.entries[change.key]
    if change.how:
        style, case, expect = STYLES[change.how]
        assert true.means is not None
        new, note = Entry(style(true.means), true.means), Note(change.case or case, change.key, expect)
    else:
        new = Entry(change.raw, change.means, change.format or true.format)
        note = Note(change.case, change.key, change.expect)
    notes = (*row.notes, note) if note.expect else row.notes
    return replace(row, entries={**row.entries, change.key: new}, notes=notes)


def with_name(row: Row, change: Named) -> Row:
    note = Note(change.case, "", change.expect, row.label)
    code = "" if change.held else row.code
    return replace(row, written=change.written, code=code, notes=(*row.notes, note))


def with_extra(rows: list[Row], change: Extra, table: Table, tables: Tables) -> list[Row]:
    like = next(body for body in tables.bodies if body.label == change.like)
    extra = Row(
        "extra",
        written=change.written,
        seq=change.seq,
        tambon="",
        entries=entries(table, like.code, like.houses, like.villages),
        notes=(Note(change.case, "", change.expect, change.written),),
        counts=not change.seq,
    )
    at = next((number for number, row in enumerate(rows) if row.label == change.before), len(rows))
    return [*rows[:at], extra, *rows[at:]]


def with_twice(rows: list[Row], change: Twice) -> list[Row]:
    """The row again, last; with other figures both rows are held, alike the first one counts."""
    first = next(row for row in rows if row.label == change.body)
    detail = f"{change.body}: {'alike, counts once' if change.alike else 'different, both held'}"
    note = Note("24", "", "REPEATED_ROW" if change.alike else "DUPLICATE_ROW", detail)
    again = replace(first, code="", notes=(note,))
    if change.alike:
        return [*rows, again]
    visits = first.entries["visits"]
    other = replace(again, entries={**again.entries, "visits": Entry(int(visits.means or 0) + 3, None)})
    return [replace(row, code="") if row is first else row for row in rows] + [other]


def with_sections(rows: list[Row], tables: Tables) -> list[Row]:
    """Municipalities and อบต. under headings of their own (case 20)."""
    types = {body.code: body.type for body in tables.bodies}
    first = [row for row in rows if types.get(row.code) in MUNICIPAL]
    rest = [row for row in rows if row not in first]

    def section(text: str) -> Row:
        return Row("section", written=text, notes=(Note("20", "", "read", "section row"),))

    return [section("1. เทศบาล"), *first, section("2. อบต."), *rest]


def with_gap(rows: list[Row], gap: bool) -> list[Row]:
    """A blank row in the middle of the table (case 23)."""
    middle = len(rows) // 2
    return [*rows[:middle], Row("blank"), *rows[middle:]] if gap else rows


def date_text(round_: str) -> str:
    return {"1": "๔ กุมภาพันธ์ ๒๕๖๔", "2": "๑๙ กุมภาพันธ์ ๒๕๖๔"}[round_]


def is_number(raw: Raw) -> bool:
    return isinstance(raw, (int, float)) and not isinstance(raw, (bool, datetime))
