"""The fields that a district gives once, in the heading or the footer of its table, each with its cell."""

import re

from pipeline.headings import BLANK_DOTS, is_field_label, unnumbered
from pipeline.model import Cell, CellValue, Finding, Once, Table
from pipeline.normalise import Parsed, parse_count, shown
from pipeline.thai import arabic_digits, clean, fold
from schemas.form import Column, Form

BEHIND_LABEL = re.compile(r"[\s:.=]*(?:จำนวน)?\s*(\d.*)")
NUMBER = fold("จำนวน")


def once_fields(table: Table, form: Form) -> tuple[tuple[Once, ...], list[Finding]]:
    """The figures given once per district, from the heading and the footer: beside their label or behind it."""
    found: list[Once] = []
    notes: list[Finding] = []
    cells = (*table.heading, *table.footer)
    for column in form.once:
        for number, cell in enumerate(cells):
            if not (isinstance(cell.value, str) and _is_label(cell.value, column)):
                continue
            beside = next((one for one in cells[number + 1 :] if fold(str(one.value)) != NUMBER), None)
            source, value = _labelled_value(cell, beside, column)
            if source is not None:
                parsed = parse_count(value, (column.unit,))
                if parsed.problem and any(once.key == column.key for once in found):
                    continue  # given above; these are other words about it
                notes += _said(source, table.sheet, parsed)
                if isinstance(parsed.value, int | float) and parsed.value < 0:
                    notes.append(Finding("NEGATIVE", table.sheet, source.address, f"{parsed.value:,}"))
                elif isinstance(parsed.value, int | float):
                    found.append(Once(column.key, parsed.value, source.address))
    return tuple(found), notes


def _is_label(text: str, column: Column) -> bool:
    return fold(unnumbered(text)).startswith(tuple(fold(label) for label in column.labels))


def _labelled_value(label: Cell, beside: Cell | None, column: Column) -> tuple[Cell | None, CellValue | None]:
    """The cell that holds the figure of a label: the label's own ("กพสอ.: 12 คน"), or the next in its row."""
    text = arabic_digits(clean(str(label.value)))
    longest = max((clean(name) for name in column.labels if clean(name) in text), key=len, default="")
    behind = text.partition(longest)[2] if longest else ""
    written = BEHIND_LABEL.match(behind)
    if written:
        return label, written[1]
    if beside is None or beside.position[0] != label.position[0] or BLANK_DOTS.search(behind):
        return None, None  # a dotted line of its own, left empty
    return (None, None) if is_field_label(beside.value) else (beside, beside.value)


def _said(cell: Cell, sheet: str, parsed: Parsed) -> list[Finding]:
    code = parsed.problem or parsed.note
    return [Finding(code, sheet, cell.address, shown(cell.value), parsed.facts)] if code else []
