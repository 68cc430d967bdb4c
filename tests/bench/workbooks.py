"""One hundred clean workbooks of the operations form, with their register: a campaign of the size of a real one.

25 districts in 4 rounds; in each a row per local body (4 to 23) and the form's 32 columns under two header levels.
The figures keep the form's rules and grow from round to round; every workbook arrives in time.

    python -m tests.bench.workbooks SCHEMAS FOLDER
"""

import csv
import hashlib
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from tests.sample.layout import header_cells, standard_columns
from tests.sample.model import Position, Put, Sheet, Table
from tests.sample.tables import Body, Tables, load
from tests.sample.writers import with_xlsxwriter

BANGKOK = timezone(timedelta(hours=7))
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
REGISTER = ("recorded_at", "file", "sha256", "received_at", "source", "event", "note")
HEADER_AT, BODY_AT = 6, 8

# What a household count is a share of, and that share in round 1 and its growth from round to round.
SHARES: Mapping[str, tuple[str, float, float]] = {
    "hh_target": ("hh_total", 0.80, 0.00),
    "hh_veg": ("hh_target", 0.50, 0.10),
    "hh_veg_5": ("hh_veg", 0.50, 0.05),
    "hh_veg_10": ("hh_veg_5", 0.30, 0.05),
    "hh_model": ("hh_veg_10", 0.20, 0.05),
    "hh_sort": ("hh_total", 0.45, 0.10),
    "hh_wetbin": ("hh_total", 0.35, 0.10),
    "hh_nospace": ("hh_total", 0.10, 0.00),
    "hh_compost": ("hh_total", 0.10, 0.05),
    "hh_bioferment": ("hh_total", 0.08, 0.04),
    "hh_clean": ("hh_total", 0.60, 0.08),
    "villages_active": ("villages_total", 0.60, 0.10),
}
NETWORK = ("net_leader_och", "net_och", "net_kpsm", "net_kpst")


def write_campaign(
    schemas: Path,
    folder: Path,
    only: Sequence[str] = (),
    made: Callable[[Sheet], Sheet] = lambda sheet: sheet,
) -> None:
    """Write the workbooks and `receipts.csv` into `folder`: of the rounds `only`, if there are any, each sheet as it
    is `made` of the clean one."""
    tables = load(schemas)
    campaign = tomllib.loads((schemas / "campaign.toml").read_text(encoding="utf-8"))
    rounds = [
        entry
        for entry in campaign["round"]
        if entry["form"] == "operations" and entry["key"] in (only or entry["key"])
    ]
    register = []
    for entry in rounds:
        for district, name in tables.districts.items():
            path = folder / name / f"{district}-{entry['key']}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            content = with_xlsxwriter([made(sheet(tables, district, entry))])
            path.write_bytes(content)
            at = datetime.combine(due(entry), datetime.min.time(), BANGKOK) + timedelta(hours=10)
            name_in_register = path.relative_to(folder).as_posix()
            digest = hashlib.sha256(content).hexdigest()
            register.append(
                (at.isoformat(), name_in_register, digest, at.isoformat(), "register", "arrived", "")
            )
    with (folder / "receipts.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([REGISTER, *register])


def due(entry: Mapping[str, str]) -> date:
    """The due date of a round of campaign.toml, which is written in พ.ศ."""
    year, month, day = entry["due"].split("-")
    return date(int(year) - 543, int(month), int(day))


def sheet(tables: Tables, district: str, entry: Mapping[str, str]) -> Sheet:
    """The form of one district and round, laid out."""
    columns = standard_columns(tables)
    bodies = tables.bodies_of(district)
    header, merges = header_cells(Table(district, entry["key"]), tables, columns, HEADER_AT)
    cells = {
        **above(tables, district, entry),
        **header,
        **rows(bodies, columns, int(entry["key"])),
        (BODY_AT + len(bodies) + 2, 20): Put("ลงชื่อ ........................................ ผู้รายงาน"),
    }
    titles = [(row, 0, row, len(columns) - 1) for row in range(3)]
    return Sheet("แบบรายงาน", cells, (*titles, *merges))


def above(tables: Tables, district: str, entry: Mapping[str, str]) -> dict[Position, Put]:
    """The titles and the fields that are given once per district."""
    on = due(entry)
    day = f"{on.day}/{on.month}/{on.year + 543}".translate(THAI_DIGITS)
    titles = (
        f"แบบรายงานการดำเนินงาน {entry['title']}",
        f"อำเภอ{tables.districts[district]}  จังหวัดอุบลราชธานี",
        f"ข้อมูล ณ วันที่ {day}",
    )
    once = {(3 + row, 1): Put(field.header) for row, field in enumerate(tables.once)}
    values = {(3 + row, 2): Put(8 + row + int(entry["key"])) for row in range(len(tables.once))}
    return {(row, 0): Put(text, look="title") for row, text in enumerate(titles)} | once | values


def rows(bodies: Sequence[Body], columns: Sequence[str], round_: int) -> dict[Position, Put]:
    """A row per local body and the total below them."""
    known = [figures(body, columns, round_) for body in bodies]
    cells = {}
    for row, (body, values) in enumerate(zip(bodies, known, strict=True)):
        texts = {"seq": row + 1, "lao_name": body.label, "tambon": body.tambon, "remark": "ข้อมูลจากการสำรวจ"}
        for column, key in enumerate(columns):
            if key in texts or key in values:
                cells[BODY_AT + row, column] = Put({**texts, **values}[key], look="body")
    total = BODY_AT + len(bodies)
    sums = {key: sum(values[key] for values in known) for key in known[0] if key != "hh_veg_pct"}
    cells |= {(total, columns.index(key)): Put(value, look="head") for key, value in sums.items()}
    return cells | {(total, columns.index("lao_name")): Put("รวม", look="head")}


def figures(body: Body, columns: Sequence[str], round_: int) -> dict[str, float]:
    """The figures of one local body in a round, by the keys of the form."""
    values: dict[str, float] = {"villages_total": body.villages, "hh_total": round(body.houses * 0.85)}
    for key, (whole, first, growth) in SHARES.items():
        values[key] = int(values[whole] * (first + growth * (round_ - 1)))
    values["hh_veg_pct"] = round(100 * values["hh_veg"] / values["hh_target"], 2)
    values |= {key: body.villages + number + round_ for number, key in enumerate(NETWORK)}
    values["net_total"] = sum(values[key] for key in NETWORK)
    values["green_area"] = body.villages * 0.25 + round_
    values |= dict(counts(body, [key for key in columns if key not in values], round_))
    return values


def counts(body: Body, keys: Sequence[str], round_: int) -> Iterator[tuple[str, int]]:
    """Small counts of what is left: places, members, visits."""
    for number, key in enumerate(keys):
        if key not in ("seq", "lao_name", "tambon", "problem", "remark"):
            yield key, body.villages // 2 + number + round_


if __name__ == "__main__":
    write_campaign(Path(sys.argv[1]), Path(sys.argv[2]))
