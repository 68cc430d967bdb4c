"""What is said about a table beyond its figures: columns, rows and cells that are not read as such."""

from collections.abc import Collection, Sequence

from pipeline.extract.rows import SortedRow, View
from pipeline.model import Cell, Finding, Position, address, column_letters
from pipeline.normalise import is_nothing, shown
from pipeline.thai import TOTAL_WORDS, clean, fold
from schemas.form import Severity

SET_ASIDE = ("example", "nameless", "zeros")
"""Kinds of rows whose cells are named in a finding instead of being read (design rule 1)."""


def table_findings(view: View, lines: Sequence[SortedRow], heading: Collection[int]) -> tuple[Finding, ...]:
    """Everything about the table's columns, rows, broken cells, and hidden or merged places; `heading` are the rows
    of its heading and header, wherever they are printed."""
    return (
        *_unknown_columns(view, lines),
        *_repeated_columns(view, lines),
        *_missing_columns(view, lines),
        *_rows(view, lines),
        *_loose_words(view, lines),
        *_zero_rows(view, lines),
        *_broken_cells(view, lines, heading),
        *_hidden(view, lines),
        *_under_merges(view, lines),
    )


def _unknown_columns(view: View, lines: Sequence[SortedRow]) -> list[Finding]:
    """Columns that the form does not know, at their label; those without a label at their first value."""
    sheet, first = view.grid.sheet, view.header.first
    labelled = [
        Finding("EXTRA_COLUMN", sheet, address((first, column)), label, (("column", f'"{label}"'),))
        for column, label in view.header.unknown.items()
    ]
    bare: dict[int, Position] = {}
    for line in lines:
        for label, cell in line.row.extras if line.kind == "body" else ():
            if not label and cell.position[1] not in view.header.repeated:
                bare.setdefault(cell.position[1], cell.position)
    return labelled + [
        Finding("EXTRA_COLUMN", sheet, address(position), "", (("column", "ที่ไม่มีหัวตาราง"),))
        for position in bare.values()
    ]


def _repeated_columns(view: View, lines: Sequence[SortedRow]) -> list[Finding]:
    """Columns under a label that another column had before, where they hold something: nobody knows which is meant."""
    held: dict[int, Cell] = {}
    for line in lines:
        for cell in line.cells if line.kind == "body" else ():
            if cell.position[1] in view.header.repeated:
                held.setdefault(cell.position[1], cell)
    return [
        Finding(
            "REPEATED_COLUMN",
            view.grid.sheet,
            cell.address,
            shown(cell.value),
            (("column", view.header.repeated[column]),),
        )
        for column, cell in held.items()
    ]


def _missing_columns(view: View, lines: Sequence[SortedRow]) -> list[Finding]:
    place = address((view.header.last, min(view.header.columns.values())))
    return [
        Finding(
            "MISSING_COLUMN",
            view.grid.sheet,
            place,
            facts=(("column", column.full_title),),
        )
        for column in view.form.row_columns
        if column.required and column.key not in view.header.columns
        if column.kind != "name" or any(line.kind == "nameless" for line in lines)
    ]


def _rows(view: View, lines: Sequence[SortedRow]) -> list[Finding]:
    """Example and total rows, by their first cell; rows of figures without a name, cell by cell."""
    findings = []
    for line in lines:
        if line.kind in ("example", "total"):
            code = "EXAMPLE_ROW" if line.kind == "example" else "TOTAL_ROW"
            called = _called(line, view)
            findings.append(Finding(code, view.grid.sheet, called.address, clean(str(called.value))))
        elif line.kind == "nameless" and view.form.name_key in view.header.columns:
            findings += [
                Finding("NO_NAME", view.grid.sheet, cell.address, shown(cell.value)) for cell in line.cells
            ]
    return findings


def _loose_words(view: View, lines: Sequence[SortedRow]) -> list[Finding]:
    """Words between activities that are of none: a heading, or what goes on from the row above, cell by cell."""
    if view.form.grain != "activity":
        return []
    last = max((line.row.number for line in lines if line.kind in ("body", "total")), default=-1)
    passed_over = {
        view.header.columns.get(column.key)
        for column in view.form.columns
        if column.kind in ("ignored", "name", "subdistrict")
    }
    return [
        Finding("LOOSE_WORDS", view.grid.sheet, cell.address, shown(cell.value))
        for line in lines
        if (line.kind == "text" and line.row.number < last) or _says_nothing_asked(line, view)
        for cell in line.cells
        if not is_nothing(cell.value)
        if cell.position[1] not in passed_over or (line.kind == "text" and isinstance(cell.value, str))
    ]


def _says_nothing_asked(line: SortedRow, view: View) -> bool:
    """Whether a row has a name and nothing of what is asked for, as where the name is merged over a second line."""
    asked = (line.row.cells[column.key] for column in view.form.answers if column.key in line.row.cells)
    return line.kind == "body" and not line.row.broken and all(is_nothing(cell.value) for cell in asked)


def _called(line: SortedRow, view: View) -> Cell:
    """The cell of a row that says what it is: รวม wherever it stands, else its name, else its first text."""
    named = line.row.cells.get(view.form.name_key)
    texts = [cell for cell in line.cells if isinstance(cell.value, str)]
    totals = (cell for cell in texts if fold(str(cell.value)).startswith(TOTAL_WORDS))
    return next(totals, named if named in line.cells else next(iter(texts), line.cells[0]))


def _broken_positions(line: SortedRow, view: View) -> list[Position]:
    return [(line.row.number, view.header.columns[key]) for key in line.row.broken]


def _zero_rows(view: View, lines: Sequence[SortedRow]) -> list[Finding]:
    """Rows without a name that hold only zeros or errors: formulas dragged too far, one finding for all."""
    rows = [line for line in lines if line.kind == "zeros"]
    if not rows:
        return []
    positions = [cell.position for line in rows for cell in line.cells]
    positions += [position for line in rows for position in _broken_positions(line, view)]
    first, last = rows[0].row.number + 1, rows[-1].row.number + 1
    named = f"แถว {first}" if first == last else f"แถว {first} ถึง {last}"
    return [Finding("ZERO_ROW", view.grid.sheet, address(min(positions)), facts=(("rows", named),))]


def _broken_cells(view: View, lines: Sequence[SortedRow], heading: Collection[int]) -> list[Finding]:
    """Error cells and formulas never calculated. In a figure of a row they must be mended; elsewhere a note."""
    asked = {column for column in view.form.asked if column.kind != "percent"}
    known = {
        view.header.columns[column.key]: column
        for column in view.form.row_columns
        if column.key in view.header.columns
    }
    kinds = {line.row.number: line.kind for line in lines}
    findings = []
    for position in sorted({*view.grid.errors, *view.grid.uncached}):
        kind = "heading" if position[0] in heading else kinds.get(position[0], "zeros")
        if kind == "zeros":
            continue
        column = known.get(position[1])
        of_a_row = kind == "body" and column is not None and (column in asked or column.kind == "name")
        takes_out = of_a_row or (kind in ("heading", "text") and _is_beside_a_field(position, view))
        severity: Severity = "must_fix" if takes_out else "note"
        code = "ERROR_CELL" if position in view.grid.errors else "NO_CACHED_VALUE"
        value = view.grid.errors.get(position, "")
        findings.append(Finding(code, view.grid.sheet, address(position), value, severity=severity))
    return findings


def _is_beside_a_field(position: Position, view: View) -> bool:
    """Whether the cell is where a once-per-district figure is written: the label is the first text to its left."""
    row, column = position
    labels = tuple(fold(label) for field in view.form.once for label in field.labels)
    left = (view.grid.cells.get((row, place)) for place in range(column - 1, -1, -1))
    text = next((value for value in left if value is not None), "")
    return isinstance(text, str) and bool(labels) and fold(text).startswith(labels)


def _hidden(view: View, lines: Sequence[SortedRow]) -> list[Finding]:
    """Hidden rows and columns whose figures are read like any other."""
    cells = [cell for line in lines if line.kind == "body" for cell in line.cells]
    rows = sorted({cell.position[0] for cell in cells} & view.grid.hidden_rows)
    columns = sorted({cell.position[1] for cell in cells} & view.grid.hidden_columns)
    places = [f"แถว {row + 1}" for row in rows]
    places += [f"คอลัมน์ {column_letters(column)}" for column in columns]
    if not places:
        return []
    hidden = next(
        cell
        for cell in cells
        if cell.position[0] in view.grid.hidden_rows or cell.position[1] in view.grid.hidden_columns
    )
    return [
        Finding(
            "HIDDEN",
            view.grid.sheet,
            hidden.address,
            facts=(("what", f"{', '.join(places)} ระบบนับส่วนนั้นด้วย"),),
        )
    ]


def _under_merges(view: View, lines: Sequence[SortedRow]) -> list[Finding]:
    """Figures stored under a merged range, which people do not see: they can count twice."""
    return [
        Finding("MERGED", view.grid.sheet, cell.address, shown(cell.value))
        for line in lines
        if line.kind == "body"
        for cell in line.cells
        if cell.position in view.anchors
    ]
