"""Rows of one local body that stand together: given twice, or split by หมู่ที่ (design rule 2, case 24)."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from pipeline.model import Finding, Return, Row, address
from schemas.form import Form

Key = tuple[str, str, str]
"""What tables count together, a local body, and what tells its rows apart."""


def filing_of(each: Return) -> str:
    """The tables that count together: those of one arrival for one place; an undecided table stands alone."""
    place = "/".join(each.place) if all(each.place) else each.sheet
    return f"{each.arrival.file}\n{each.arrival.sha256}\n{each.arrival.received_at}\n{place}"


def counts(row: Row, form: Form) -> dict[str, int | float]:
    """The figures of a row that are added up."""
    return {column.key: row.figures[column.key] for column in form.indicators if column.key in row.figures}


def half_split(returns: Sequence[Return], keyed: Sequence[tuple[int, Row]], form: Form) -> dict[int, Finding]:
    """Rows by id that cannot stand beside others of their local body: some tell which หมู่ that they are of, one does
    not. Where the one is the sum of the others it is their total; else nobody knows what counts, and all are held."""
    bodies: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row_id, (number, row) in enumerate(keyed):
        if row.local_body_code:
            bodies[(filing_of(returns[number]), row.local_body_code)].append(row_id)
    found: dict[int, Finding] = {}
    for ids in bodies.values():
        rows = [keyed[row_id][1] for row_id in ids]
        whole = [row_id for row_id in ids if not keyed[row_id][1].item]
        if whole and len(whole) < len(ids):
            is_total = len(whole) == 1 and _is_sum(
                keyed[whole[0]][1], [row for row in rows if row.item], form
            )
            for row_id in whole if is_total else ids:
                number, row = keyed[row_id]
                found[row_id] = _held_twin(returns[number], row, rows, form, is_total=is_total)
    return found


def _is_sum(whole: Row, parts: Sequence[Row], form: Form) -> bool:
    stated = counts(whole, form)
    return bool(stated) and all(
        value == sum(part.figures.get(key, 0) for part in parts) for key, value in stated.items()
    )


def _held_twin(each: Return, row: Row, rows: Sequence[Row], form: Form, *, is_total: bool) -> Finding:
    place = row.cells.get(form.name_key) or address((row.number, 0))
    if is_total:
        return Finding("TOTAL_ROW", each.sheet, place, row.name)
    facts = (("body", row.name), ("rows", ", ".join(str(other.number + 1) for other in rows)))
    return Finding("DUPLICATE_ROW", each.sheet, place, row.name, facts)


def twins_of(
    returns: Sequence[Return], keyed: Sequence[tuple[int, Row]], doubled: Collection[int]
) -> dict[Key, list[Row]]:
    """Rows that share their key, by it, in order; `doubled` are the ids of all that do."""
    found: dict[Key, list[Row]] = defaultdict(list)
    for row_id, (number, row) in enumerate(keyed):
        if row_id in doubled:
            found[(filing_of(returns[number]), row.local_body_code, row.item)].append(row)
    return found


def stands(row: Row, same: Sequence[Row], form: Form) -> bool:
    """Given twice alike it counts once, given twice with different figures not at all (design rule 2)."""
    return len(same) == 1 or (row is same[0] and _alike(same, form))


def _alike(same: Sequence[Row], form: Form) -> bool:
    return all(counts(other, form) == counts(same[0], form) for other in same)


def twin_findings(each: Return, row: Row, same: Sequence[Row], form: Form) -> list[Finding]:
    """A note where a row is given again alike; each row of several with different figures, which are all held."""
    if len(same) == 1:
        return []
    alike = _alike(same, form)
    if alike and row is same[0]:
        return []
    facts = (("body", row.name), ("rows", ", ".join(str(other.number + 1) for other in same)))
    place = row.cells.get(form.name_key) or address((row.number, 0))
    return [Finding("REPEATED_ROW" if alike else "DUPLICATE_ROW", each.sheet, place, row.name, facts)]
