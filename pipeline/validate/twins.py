"""Rows of one local body that stand together: given twice, or split by หมู่ที่ (design rule 2, case 24)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from pipeline.model import Finding, Return, Row, address
from pipeline.thai import TOTAL_WORDS, fold
from schemas.form import Form, Grain

Key = tuple[str, ...]
"""What tables count together, a local body, and what tells its rows apart."""
Twins = Sequence[tuple[str, Row]]
"""The rows of one key, in order, each with the sheet that it stands in."""
APART: Mapping[Grain, str] = {
    "local_body": "หากแยกตามหมู่บ้านให้เพิ่มคอลัมน์ หมู่ที่",
    "activity": "หากเป็นคนละกิจกรรม ให้เขียนชื่อกิจกรรมหรือพื้นที่ดำเนินการให้ต่างกัน",
    "district": "อำเภอหนึ่งส่งเรื่องเดียว ของ อปท. เดียว",
}
"""How rows that are not the same are told apart."""
WHOLE = (*TOTAL_WORDS, *(fold(word) for word in ("ทั้งตำบล", "ทั้งเทศบาล", "ทุกหมู่")))
"""What is written as the หมู่ที่ of a row that is of the whole local body."""


def filing_of(each: Return) -> str:
    """The tables that count together: those of one arrival for one place; an undecided table stands alone."""
    place = "/".join(each.place) if all(each.place) else each.sheet
    return f"{each.arrival.file}\n{each.arrival.sha256}\n{each.arrival.received_at}\n{place}"


def key_of(each: Return, row: Row, form: Form) -> Key:
    """What a row is told apart by, as form.toml says."""
    parts = {"local_body": row.local_body_code, "item": row.item}
    return filing_of(each), *(parts.get(part, row.texts.get(part, "")) for part in form.row_key)


def counts(row: Row, form: Form) -> dict[str, int | float]:
    """The figures of a row that are kept."""
    return {column.key: row.figures[column.key] for column in form.figures if column.key in row.figures}


def half_split(returns: Sequence[Return], keyed: Sequence[tuple[int, Row]], form: Form) -> dict[int, Finding]:
    """Rows by id that cannot stand beside others of their local body: some tell which หมู่ that they are of, one does
    not. Where the one is the sum of the others it is their total; else nobody knows what counts, and all are held.
    Activities are no parts of a whole: of them the total alone, a row that names none."""
    bodies: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row_id, (number, row) in enumerate(keyed):
        if row.local_body_code:
            bodies[(filing_of(returns[number]), row.local_body_code)].append(row_id)
    found: dict[int, Finding] = {}
    for ids in bodies.values():
        rows = [keyed[row_id][1] for row_id in ids]
        whole = [row_id for row_id in ids if _is_whole(keyed[row_id][1], form)]
        if whole and len(whole) < len(ids):
            is_total = len(whole) == 1 and _is_sum(
                keyed[whole[0]][1], [row for row in rows if not _is_whole(row, form)], form
            )
            if form.grain == "activity" and not is_total:
                continue
            twins = [(returns[keyed[row_id][0]].sheet, keyed[row_id][1]) for row_id in ids]
            for row_id in whole if is_total else ids:
                number, row = keyed[row_id]
                found[row_id] = _held_twin(returns[number], row, twins, form, is_total=is_total)
    return found


def _is_whole(row: Row, form: Form) -> bool:
    return not row.item or (form.grain == "local_body" and fold(row.item).startswith(WHOLE))


def _is_sum(whole: Row, parts: Sequence[Row], form: Form) -> bool:
    """Whether a row holds the sums of others, and nothing that cannot be added up."""
    stated = counts(whole, form)
    summed = {column.key for column in form.row_columns if column.counted}
    return (
        bool(stated)
        and summed.issuperset(stated)
        and all(value == sum(part.figures.get(key, 0) for part in parts) for key, value in stated.items())
    )


def _held_twin(each: Return, row: Row, twins: Twins, form: Form, *, is_total: bool) -> Finding:
    if is_total:
        return Finding("TOTAL_ROW", each.sheet, _place(row, form), row.name)
    return _finding("DUPLICATE_ROW", each, row, twins, form)


def _finding(code: str, each: Return, row: Row, twins: Twins, form: Form) -> Finding:
    what = f'กิจกรรม "{row.item}" ของ {row.name}' if form.grain == "activity" else row.name
    facts = (("body", what), ("rows", _row_numbers(each.sheet, twins)), ("apart", APART[form.grain]))
    return Finding(code, each.sheet, _place(row, form), row.name, facts)


def _place(row: Row, form: Form) -> str:
    return row.cells.get(form.name_key) or address((row.number, 0))


def _row_numbers(sheet: str, twins: Twins) -> str:
    """8, 9, or with the sheet where it is another one: 8, 8 ของแผ่น "ต่อ"."""
    return ", ".join(
        str(row.number + 1) if where == sheet else f'{row.number + 1} ของแผ่น "{where}"'
        for where, row in twins
    )


def twins_of(
    returns: Sequence[Return], keyed: Sequence[tuple[int, Row]], doubled: Collection[int], form: Form
) -> dict[Key, list[tuple[str, Row]]]:
    """Rows that share their key, by it, in order; `doubled` are the ids of all that do."""
    found: dict[Key, list[tuple[str, Row]]] = defaultdict(list)
    for row_id, (number, row) in enumerate(keyed):
        if row_id in doubled:
            each = returns[number]
            found[key_of(each, row, form)].append((each.sheet, row))
    return found


def given_before(row: Row, twins: Twins, form: Form) -> frozenset[str] | None:
    """The figures of a row that rows of the same key gave before, which count once; None where rows that are given
    more than once contradict each other: then none of them counts (design rule 2). Rows that hold different columns
    of one table, as on two sheets, complete each other."""
    if len(twins) == 1:
        return frozenset()
    if not _agree(twins, form):
        return None
    before = [counts(other, form) for _, other in twins[: _index(row, twins)]]
    return frozenset(key for figures in before for key in figures)


def twin_findings(each: Return, row: Row, twins: Twins, form: Form) -> list[Finding]:
    """A note where a row gives nothing new; each row of several with different figures, which are all held."""
    before = given_before(row, twins, form)
    if before is None:
        return [_finding("DUPLICATE_ROW", each, row, twins, form)]
    if _index(row, twins) and before.issuperset(counts(row, form)):
        return [_finding("REPEATED_ROW", each, row, twins, form)]
    return []


def _agree(twins: Twins, form: Form) -> bool:
    """Whether no figure is given with two values; of an activity no word and no day either."""
    given: dict[str, object] = {}
    for _, row in twins:
        said = {**counts(row, form), **(_words(row, form) if form.grain == "activity" else {})}
        for key, value in said.items():
            if given.setdefault(key, value) != value:
                return False
    return True


def _words(row: Row, form: Form) -> dict[str, object]:
    """The days of a row, its words however they were typed, and what could not be read, which is like nothing that was;
    what is not written contradicts nothing."""
    texts = {column.key: row.texts.get(column.key, "") for column in form.row_columns if column.written}
    words: dict[str, object] = dict.fromkeys(row.unread, "")
    return words | {key: row.days.get(key) or fold(text) for key, text in texts.items() if text}


def _index(row: Row, twins: Twins) -> int:
    return next(index for index, (_, other) in enumerate(twins) if other is row)
