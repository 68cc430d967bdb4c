"""The one factory of the form: a recipe's table becomes a sheet, with every figure's cell remembered.

The clean variant: three title lines, the once-per-district fields, two header levels with merged groups, one row
per local body, a total row, the officer's footer. A recipe overrides what it needs.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tests.sample.figures import once
from tests.sample.heading import Line, heading, row_of
from tests.sample.model import Fact, Formula, Laid, Planted, Position, Put, Sheet, Stated, Table, address
from tests.sample.plan_sheet import Plan, lay_out_plan
from tests.sample.rows import Row, is_number, table_rows
from tests.sample.tables import Tables

DOTS = "............................................"
NEVER_SUMMED = ("hh_veg_pct",)
Merge = tuple[int, int, int, int]


def standard_columns(tables: Tables) -> tuple[str, ...]:
    """The form's own 32 columns: its row columns without หมู่ที่."""
    return tuple(field.key for field in tables.fields if field.level == "row" and field.key != "moo")


def lay_out(table: Table | Plan, tables: Tables) -> Laid:
    """The sheet of one table, its facts (once-per-district fields included) and what was planted in it."""
    if isinstance(table, Plan):
        return lay_out_plan(table, tables)
    columns = table.columns or standard_columns(tables)
    rows = table_rows(table, tables)
    above = [*heading(table, tables), *once_lines(table, tables, "heading")]
    head_at = len(above) + (1 if above else 0)
    first = head_at + (3 if table.numbered else 2) + (1 if table.total_at == "above" else 0)
    last = first + len(rows) - 1
    total_at = {"above": first - 1, "below": last + 1, "none": None}[table.total_at]
    foot_at = last + 1 + (1 if total_at == last + 1 else 0) + table.dragged + 1
    below = [*once_lines(table, tables, "footer"), *footer(table)]
    header, merges = header_cells(table, tables, columns, head_at)
    merges = [*merges, *title_merges(above, len(columns)), *area_merge(columns, first, last)]
    cells: dict[Position, Put] = {
        **line_cells(above, 0),
        **header,
        **body_cells(rows, columns, first),
        **area_cell(table, tables, columns, first),
        **total_cells(table, rows, columns, total_at, first),
        **dragged_cells(table, columns, foot_at - table.dragged - 1),
        **line_cells(below, foot_at),
    }
    sheet = Sheet(table.sheet, cells, tuple(merges), table.hidden, table.font)
    facts = [
        *row_facts(rows, columns, first),
        *once_facts(table, tables, above, 0),
        *once_facts(table, tables, below, foot_at),
    ]
    planted = [*row_notes(table, rows, columns, first), *total_notes(table, columns, total_at)]
    planted += [Planted(case, table.sheet, "", expect) for case, expect in table.cases]
    return Laid(table, sheet, tuple(facts), tuple(planted))


def once_lines(table: Table, tables: Tables, where: str) -> list[Line]:
    """The once-per-district fields as lines: label and value, or both in one cell."""
    if table.once == "none" or (table.once == "footer") != (where == "footer"):
        return []
    bodies = tables.bodies_of(table.district)
    values = once(table.district, len(bodies), table.figures or table.round)
    lines = []
    for field in tables.once:
        value: int | str = "" if table.blank else values[field.key]
        if table.once == "inline":
            lines.append(Line(((1, Put(f"{field.header}: {value} คน")),), once=field.key))
        else:
            lines.append(Line(((1, Put(field.header)), (2, Put(value))), once=field.key))
    return lines


def once_facts(table: Table, tables: Tables, lines: Sequence[Line], start: int) -> Iterator[Fact]:
    values = once(table.district, len(tables.bodies_of(table.district)), table.figures or table.round)
    for number, line in enumerate(lines):
        if line.once and not table.blank:
            column = line.cells[-1][0]
            yield Fact("", "", line.once, values[line.once], address(start + number, column), start + number)


def footer(table: Table) -> list[Line]:
    """Notes and signature: role words only, dotted lines for names and telephones."""
    at = table.sign_at
    texts = (f"ลงชื่อ {DOTS} ผู้รายงาน", f"( {DOTS} )", "ตำแหน่ง พัฒนาการอำเภอ", f"โทรศัพท์ {DOTS}")
    notes = [Line(((1, Put(note)),)) for note in table.notes]
    return [
        *notes,
        Line(()),
        *(Line(((at, Put(text)),)) for text in texts),
        Line(((at, Put(f"วันที่ {DOTS}")),)),
    ]


def line_cells(lines: Sequence[Line], start: int) -> dict[Position, Put]:
    return {
        (start + number, column): put
        for number, line in enumerate(lines)
        for column, put in line.cells
        if put.value != ""
    }


def title_merges(lines: Sequence[Line], width: int) -> list[Merge]:
    return [(number, 0, number, width - 1) for number, line in enumerate(lines) if line.wide]


def header_cells(
    table: Table, tables: Tables, columns: Sequence[str], at: int
) -> tuple[dict[Position, Put], list[Merge]]:
    """Two header levels: groups merged across, columns without a group merged down; then (1) (2) … if numbered."""
    cells: dict[Position, Put] = {}
    merges: list[Merge] = []
    for group, members in groupby(enumerate(columns), lambda pair: group_of(tables, pair[1])):
        numbers = [number for number, _ in members]
        if group and len(numbers) > 1:
            merges.append((at, numbers[0], at, numbers[-1]))
        if group:
            cells[(at, numbers[0])] = Put(group, look="head")
        for number in numbers:
            cells[(at + 1 if group else at, number)] = Put(label(table, tables, columns[number]), look="head")
            if not group:
                merges.append((at, number, at + 1, number))
    if table.numbered:
        cells |= {(at + 2, number): Put(f"({number + 1})", look="sum") for number in range(len(columns))}
    return cells, merges


def group_of(tables: Tables, key: str) -> str:
    return "" if key.startswith("+") else tables.field(key).group


def label(table: Table, tables: Tables, key: str) -> str:
    if key.startswith("+"):
        return key[1:]
    field = tables.field(key)
    text = dict(table.headers).get(key, field.header)
    return f"{text}\n({field.unit})" if table.header == "units" and field.unit else text


def body_cells(rows: Sequence[Row], columns: Sequence[str], first: int) -> dict[Position, Put]:
    cells: dict[Position, Put] = {}
    seq = 0
    for offset, row in enumerate(rows):
        seq += row.kind == "data"
        for column, key in enumerate(columns):
            put = cell_of(row, key, str(seq), columns, first + offset)
            if put is not None:
                cells[(first + offset, column)] = put
    return cells


def cell_of(row: Row, key: str, seq: str, columns: Sequence[str], at: int) -> Put | None:
    """What one cell of a row holds; None when it is left blank."""
    if key in row.entries:
        entry = row.entries[key]
        raw = formula(entry.raw, columns, at) if isinstance(entry.raw, Formula) else entry.raw
        return None if raw == "" else Put(raw, entry.format, "body")
    texts = {"lao_name": row.written}
    if row.kind == "data":
        texts |= {"seq": seq, "moo": row.item, "tambon": row.tambon, "problem": row.problem}
        texts |= {"+ประธานชุมชน": "มี"}
    if row.kind == "extra":
        texts |= {"seq": row.seq}
    text = texts.get(key, "")
    if text == "":
        return None
    return Put(int(text) if key in ("seq", "moo") and text.isdigit() else text, look="body")


def formula(asked: Formula, columns: Sequence[str], at: int) -> Formula:
    """The formula of a row, for the column that asks."""
    if asked.text == "hh_veg_pct":
        veg, target = (address(at, columns.index(key)) for key in ("hh_veg", "hh_target"))
        return Formula(f"=ROUND({veg}*100/{target},2)", asked.value)
    if asked.text == "net_total":
        end = columns.index("net_total")
        return Formula(f"=SUM({address(at, end - 4)}:{address(at, end - 1)})", asked.value)
    return asked


def area_merge(columns: Sequence[str], first: int, last: int) -> list[Merge]:
    if "+อำเภอ" not in columns or last == first:
        return []
    column = columns.index("+อำเภอ")
    return [(first, column, last, column)]


def area_cell(table: Table, tables: Tables, columns: Sequence[str], first: int) -> dict[Position, Put]:
    """The district's name, once, in a column of its own merged down (case 17)."""
    if "+อำเภอ" not in columns:
        return {}
    return {(first, columns.index("+อำเภอ")): Put(f"อ.{tables.districts[table.district]}", look="body")}


def total_cells(
    table: Table, rows: Sequence[Row], columns: Sequence[str], at: int | None, first: int
) -> dict[Position, Put]:
    """The officer's total row: what her own column adds up to, unreadable entries left out."""
    if at is None:
        return {}
    more = {change.key: change.more for change in table.changes if isinstance(change, Stated)}
    cells = {(at, columns.index("lao_name") if "lao_name" in columns else 1): Put(table.total, look="sum")}
    span = range(first, first + len(rows))
    for column, key in enumerate(columns):
        values = [row.entries[key] for row in rows if key in row.entries and row.counts]
        if not values or key in NEVER_SUMMED:
            continue
        total = sum(entry.means or 0 for entry in values) + more.get(key, 0)
        plain = all(is_number(entry.raw) for entry in values) and key not in more
        text = f"=SUM({address(span[0], column)}:{address(span[-1], column)})"
        cached = None if table.sums == "uncached" else total
        summed = table.sums != "value" and plain and all(row.counts for row in rows)
        cells[(at, column)] = Put(Formula(text, cached) if summed else total, table.number_format, "sum")
    return cells


def dragged_cells(table: Table, columns: Sequence[str], at: int) -> dict[Position, Put]:
    """Formulas dragged below the table: zeros and #DIV/0! in rows without a name (case 23)."""
    cells: dict[Position, Put] = {}
    for row in range(at, at + table.dragged):
        percent, total = columns.index("hh_veg_pct"), columns.index("net_total")
        cells[(row, percent)] = Put(Formula(formula(Formula("hh_veg_pct", 0), columns, row).text, "#DIV/0!"))
        cells[(row, total)] = Put(Formula(formula(Formula("net_total", 0), columns, row).text, 0))
    return cells


def row_facts(rows: Sequence[Row], columns: Sequence[str], first: int) -> Iterator[Fact]:
    for offset, row in enumerate(rows):
        for column, key in enumerate(columns):
            if row.code and key in row.entries:
                where = address(first + offset, column)
                yield Fact(row.code, row.item, key, row.entries[key].means, where, first + offset)


def row_notes(table: Table, rows: Sequence[Row], columns: Sequence[str], first: int) -> Iterator[Planted]:
    name = columns.index("lao_name") if "lao_name" in columns else 0
    for offset, row in enumerate(rows):
        for note in row.notes:
            column = columns.index(note.key) if note.key in columns else name
            yield Planted(note.case, table.sheet, address(first + offset, column), note.expect, note.detail)
        for column, key in enumerate(columns):
            raw = row.entries[key].raw if key in row.entries else ""
            if isinstance(raw, Formula) and raw.value is None:
                yield Planted("46", table.sheet, address(first + offset, column), "NO_CACHED_VALUE")


def total_notes(table: Table, columns: Sequence[str], at: int | None) -> Iterator[Planted]:
    for change in table.changes:
        if isinstance(change, Stated) and at is not None:
            where = address(at, columns.index(change.key))
            yield Planted("18", table.sheet, where, "TOTAL_DIFFERS", f"stated {change.more:+d}")


def blank_sheet(name: str) -> Sheet:
    return Sheet(name, {})


def listed(name: str, lines: Sequence[Sequence[str | int | float]]) -> Sheet:
    """A plain sheet of rows, which is no report."""
    return Sheet(name, {place: Put(value) for place, value in row_of(lines)})
