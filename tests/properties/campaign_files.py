"""What two districts send in the campaigns of the arrivals: reports and corrections, whole and half copied."""

import hashlib
from dataclasses import replace

from tests.campaigns import TABLES, content_of
from tests.properties.arrivals_model import Content
from tests.sample.layout import lay_out
from tests.sample.model import Cell, Table

DISTRICTS = {"3431": "3431 เหล่าเสือโก้ก", "3433": "3433 น้ำขุ่น"}
PATHS = {
    **{f"{folder}/{name}.xlsx": key for key, folder in DISTRICTS.items() for name in "กข"},
    "รวม.xlsx": "",
}
"""Each path with the district that its folder names."""


def report(table: Table) -> Content:
    """A workbook and what it is worth; stated percentages are not kept."""
    data = content_of(table)
    facts = {
        (f.body, f.key): (f.value, f.cell) for f in lay_out(table, TABLES).facts if f.key != "hh_veg_pct"
    }
    return Content(hashlib.sha256(data).hexdigest(), data, table.district, facts)


def versions(district: str) -> tuple[Content, ...]:
    """The report of a district, twice corrected, and one that leaves a local body out."""
    first = Table(district, "1")
    label = TABLES.bodies_of(district)[0].label
    changed = (replace(first, changes=(Cell(label, "visits", number, number),)) for number in (71, 72))
    return tuple(map(report, (first, *changed, replace(first, absent=(label,)))))


def part(whole: Content, share: int) -> Content:
    """One of `share` parts, as far as it was copied."""
    data = whole.data[: len(whole.data) // share]
    return Content(hashlib.sha256(data).hexdigest(), data)


def half(whole: Content) -> Content:
    """What is left when copying stops half way: a file like any other."""
    return part(whole, 2)


def begun(whole: Content) -> Content:
    """What is there while it is being copied."""
    return part(whole, 3)


REPORTS = {district: versions(district) for district in DISTRICTS}
WHOLE = tuple(content for each in REPORTS.values() for content in each)
CONTENTS = {one.sha256: one for content in WHOLE for one in (content, half(content))}
"""By hash, all that may lie there at rest."""


def fitting(path: str, choice: int) -> Content:
    """A report that may lie at a path: of the district that its folder names, of either where it names none."""
    reports = REPORTS[PATHS[path]] if PATHS[path] else WHOLE
    return reports[choice % len(reports)]
