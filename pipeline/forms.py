"""schemas/forms/<form>/ -> Form: what a form asks, how its columns are called, and what must hold between them."""

from pathlib import Path
from typing import cast, get_args

from pipeline.tables import Entry, TableRow, read_table, read_toml, refuse, refuse_twice
from schemas.form import NUMERIC_KINDS, Check, Column, Form, Kind, Level, Ratio, Rule, Severity

# Figures of the registry that a rule may compare with; they are joined to the frame before it is validated.
REGISTRY_FIGURES = ("registered_houses",)
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
    rule_rows = read_table(folder / "rules.csv", RULE_FIELDS)
    refuse_twice(rule_rows, "rule")
    described = read_toml(folder / "form.toml")
    described.refuse_unknown("title", "titles", "grain", "key", "item", "size", "ratio")
    numeric = {column.key for column in columns if column.level == "row" and column.kind in NUMERIC_KINDS}
    item = str(described.values.get("item", ""))
    if item and item not in {column.key for column in columns if column.kind == "item"}:
        described.refuse(f"ไม่มีคอลัมน์ชนิด item ชื่อ {item} ใน columns.csv", "item")
    size = str(described.values.get("size", ""))
    if size and size not in numeric:
        described.refuse(f"ไม่มีคอลัมน์ตัวเลขชื่อ {size} ใน columns.csv", "size")
    return Form(
        key=folder.name,
        title=described.string("title"),
        titles=described.texts("titles"),
        grain=described.string("grain"),
        row_key=described.texts("key"),
        item=item,
        size=size,
        columns=columns,
        rules=tuple(_rule(row, numeric) for row in rule_rows),
        ratios=tuple(
            _ratio(entry, numeric)
            for entry in described.entries("ratio", ("key", "title", "short", "part", "whole", "definition"))
        ),
    )


def _column(row: TableRow) -> Column:
    if not (row["key"].isascii() and row["key"].isidentifier()):
        row.refuse(f'key "{row["key"]}" ต้องเป็นอักษรอังกฤษ ตัวเลข หรือขีดล่าง')
    own = f"{row['group']} > {row['header']}" if row["group"] else row["header"]
    synonyms = tuple(part.strip() for part in row["synonyms"].split("|") if part.strip())
    return Column(
        key=row["key"],
        header=row["header"],
        group=row["group"],
        level=cast(Level, row.one_of("level", get_args(Level))),
        kind=cast(Kind, row.one_of("kind", get_args(Kind))),
        unit=row["unit"],
        required=row.one_of("required", ("yes", "no")) == "yes",
        summary=row.one_of("summary", ("yes", "no", "")) == "yes",
        labels=tuple(dict.fromkeys((own, row["header"], *synonyms))),
    )


def _rule(row: TableRow, numeric: set[str]) -> Rule:
    check = cast(Check, row.one_of("check", get_args(Check)))
    left, right = tuple(row["left"].split("|")), tuple(row["right"].split("|"))
    known = numeric | set(REGISTRY_FIGURES)
    unknown = [key for key in (*left, *right) if key not in known]
    if unknown:
        row.refuse(f"กฎ {row['rule']} อ้างถึงคอลัมน์ {', '.join(unknown)} ที่ไม่มีใน columns.csv หรือไม่ใช่ตัวเลข")
    sizes = {
        "part": (1, 1),
        "percent": (1, 2),
        "ceiling": (1, 1),
        "sum_within": (len(left), 1),
        "sum_equals": (len(left), 1),
    }
    if (len(left), len(right)) != sizes[check]:
        row.refuse(f"กฎ {row['rule']} มีจำนวนคอลัมน์ใน left หรือ right ไม่ตรงกับการตรวจแบบ {check}")
    if check in ("percent", "ceiling") and not row["limit"]:
        row.refuse(f"กฎ {row['rule']} ต้องมี limit")
    try:
        limit = float(row["limit"]) if row["limit"] else None
    except ValueError:
        row.refuse(f'limit พบ "{row["limit"]}" ต้องเป็นตัวเลข')
    takes_out = ("must_fix",) if check == "part" else ()
    severity = cast(Severity, row.one_of("severity", (*takes_out, "please_explain", "note")))
    return Rule(row["rule"], check, left, right, limit, severity)


def _ratio(entry: Entry, numeric: set[str]) -> Ratio:
    for side in ("part", "whole"):
        if entry[side] not in numeric:
            entry.refuse(f"ไม่มีคอลัมน์ตัวเลขชื่อ {entry[side]} ใน columns.csv", side)
    fields = ("key", "title", "short", "part", "whole", "definition")
    return Ratio(*(entry[name] for name in fields))
