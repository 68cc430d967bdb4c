"""schemas/forms/<form>/ -> Form: what a form asks, how its columns are called, and what must hold between them."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import cast, get_args

from pipeline.normalise import parse_as_of
from pipeline.tables import Entry, TableRow, read_table, read_toml, refuse, refuse_twice
from schemas.form import (
    DAY_KINDS,
    NUMERIC_KINDS,
    Check,
    Column,
    Form,
    Grain,
    Kind,
    Level,
    Ratio,
    Rule,
    Severity,
)

# Figures of the registry that a rule may compare with; they are joined to the frame before it is validated.
REGISTRY_FIGURES = ("registered_houses",)
ROWS: tuple[Level, ...] = ("row", "answer")
# A form with choices or tallies has the columns `options` and `counts` too.
COLUMN_FIELDS = ("key", "header", "group", "level", "kind", "unit", "required", "summary", "synonyms")
RULE_FIELDS = ("rule", "check", "left", "right", "limit", "severity")


def load_forms(folder: Path) -> dict[str, Form]:
    """Every form under `folder`, by its folder's name; `ConfigurationError` with file and line."""
    try:
        found = sorted(folder.glob("*/form.toml"))
    except OSError:
        refuse(folder, None, "เปิดโฟลเดอร์นี้ไม่ได้ ให้ตรวจสิทธิ์การอ่าน")
    return {path.parent.name: load_form(path.parent) for path in found}


def load_form(folder: Path) -> Form:
    """One form's tables, proved: no key or label twice, rules and ratios on columns that exist."""
    rows = read_table(folder / "columns.csv", COLUMN_FIELDS)
    refuse_twice(rows, "key")
    refuse_twice(rows, "level", "group", "header")
    columns = tuple(_column(row) for row in rows)
    _prove_tallies(rows, columns)
    rule_rows = read_table(folder / "rules.csv", RULE_FIELDS)
    refuse_twice(rule_rows, "rule")
    described = read_toml(folder / "form.toml")
    described.refuse_unknown("title", "titles", "grain", "key", "item", "size", "documents", "ratio")
    numeric = {column.key for column in columns if column.level in ROWS and column.kind in NUMERIC_KINDS}
    item = str(described.values.get("item", ""))
    if item and item not in {column.key for column in columns if column.kind == "item"}:
        described.refuse(f"ไม่มีคอลัมน์ชนิด item ชื่อ {item} ใน columns.csv", "item")
    size = str(described.values.get("size", ""))
    if size and size not in numeric:
        described.refuse(f"ไม่มีคอลัมน์ตัวเลขชื่อ {size} ใน columns.csv", "size")
    if described.string("grain") not in get_args(Grain):
        described.refuse(f"grain ต้องเป็นคำใดคำหนึ่งใน: {', '.join(get_args(Grain))}", "grain")
    texts = {column.key for column in columns if column.level in ROWS and column.written}
    for part in described.texts("key"):
        if part not in ("local_body", "item", *texts):
            described.refuse(f"ไม่มีคอลัมน์ข้อความชื่อ {part} ใน columns.csv", "key")
    days = {column.key for column in columns if column.level in ROWS and column.kind in DAY_KINDS}
    return Form(
        key=folder.name,
        title=described.string("title"),
        titles=described.texts("titles"),
        grain=cast(Grain, described.string("grain")),
        row_key=described.texts("key"),
        item=item,
        size=size,
        documents=described.values.get("documents") is True,
        columns=columns,
        rules=tuple(_rule(row, numeric, days) for row in rule_rows),
        ratios=tuple(
            _ratio(entry, numeric)
            for entry in described.entries("ratio", ("key", "title", "short", "part", "whole", "definition"))
        ),
    )


def _column(row: TableRow) -> Column:
    if not (row["key"].isascii() and row["key"].isidentifier()):
        row.refuse(f'key "{row["key"]}" ต้องเป็นอักษรอังกฤษ ตัวเลข หรือขีดล่าง')
    counts, _, chosen = row.get("counts").partition("=")
    return Column(
        key=row["key"],
        header=row["header"],
        group=row["group"],
        level=cast(Level, row.one_of("level", get_args(Level))),
        kind=cast(Kind, row.one_of("kind", get_args(Kind))),
        unit=row["unit"],
        required=row.one_of("required", ("yes", "no")) == "yes",
        summary=row.one_of("summary", ("yes", "no", "")) == "yes",
        labels=labels_of(row["group"], row["header"], _several(row["synonyms"])),
        options=_several(row.get("options")),
        counts=counts,
        chosen=chosen,
    )


def labels_of(group: str, header: str, synonyms: Sequence[str]) -> tuple[str, ...]:
    """The ways a column's label is written, the form's own first."""
    own = f"{group} > {header}" if group else header
    return tuple(dict.fromkeys((own, header, *synonyms)))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _prove_tallies(rows: Sequence[TableRow], columns: Sequence[Column]) -> None:
    """Choices have options; a tally counts a column of the table, and one of its options if it names any."""
    written = {column.key: column for column in columns if column.level in ROWS and column.written}
    for row, column in zip(rows, columns, strict=True):
        if (column.kind == "choice") != bool(column.options):
            row.refuse(f"{column.key}: คอลัมน์ชนิด choice เท่านั้นที่ต้องมี options")
        if (column.level == "tally") != bool(column.counts):
            row.refuse(f"{column.key}: คอลัมน์ระดับ tally เท่านั้นที่ต้องมี counts")
        if column.counts and column.counts not in written:
            row.refuse(f"{column.key}: counts อ้างถึงคอลัมน์ข้อความ {column.counts} ที่ไม่มี")
        if column.chosen and column.chosen not in written[column.counts].options:
            row.refuse(f"{column.key}: counts อ้างถึงตัวเลือก {column.chosen} ที่ไม่มีใน options")


def _rule(row: TableRow, numeric: set[str], days: set[str]) -> Rule:
    check = cast(Check, row.one_of("check", get_args(Check)))
    left, right = tuple(row["left"].split("|")), _several(row["right"])
    known = days if check in ("order", "until") else numeric | set(REGISTRY_FIGURES)
    unknown = [key for key in (*left, *right) if key not in known]
    if unknown:
        kind = "วันที่" if known is days else "ตัวเลข"
        row.refuse(f"กฎ {row['rule']} อ้างถึงคอลัมน์ {', '.join(unknown)} ที่ไม่มีใน columns.csv หรือไม่ใช่{kind}")
    sizes = {
        "part": (1, 1),
        "percent": (1, 2),
        "ceiling": (1, 1),
        "sum_within": (len(left), 1),
        "sum_equals": (len(left), 1),
        "at_least": (1, 0),
        "at_most": (1, 0),
        "order": (1, 1),
        "until": (1, 0),
    }
    if (len(left), len(right)) != sizes[check]:
        row.refuse(f"กฎ {row['rule']} มีจำนวนคอลัมน์ใน left หรือ right ไม่ตรงกับการตรวจแบบ {check}")
    if check in ("percent", "ceiling", "at_least", "at_most", "until") and not row["limit"]:
        row.refuse(f"กฎ {row['rule']} ต้องมี limit")
    last = _day(row) if check == "until" else None
    limit = None if last else _number(row)
    takes_out = ("must_fix",) if check == "part" else ()
    severity = cast(Severity, row.one_of("severity", (*takes_out, "please_explain", "note")))
    return Rule(row["rule"], check, left, right, limit, severity, last)


def _number(row: TableRow) -> float | None:
    try:
        return float(row["limit"]) if row["limit"] else None
    except ValueError:
        row.refuse(f'limit พบ "{row["limit"]}" ต้องเป็นตัวเลข')


def _day(row: TableRow) -> date:
    try:
        moment = parse_as_of(row["limit"])
    except ValueError:
        row.refuse(f'limit พบ "{row["limit"]}" ต้องเป็นวันที่ เช่น 2564-04-30')
    return moment.date() if isinstance(moment, datetime) else moment


def _ratio(entry: Entry, numeric: set[str]) -> Ratio:
    for side in ("part", "whole"):
        if entry[side] not in numeric:
            entry.refuse(f"ไม่มีคอลัมน์ตัวเลขชื่อ {entry[side]} ใน columns.csv", side)
    fields = ("key", "title", "short", "part", "whole", "definition")
    return Ratio(*(entry[name] for name in fields))
