"""schemas/registry/ -> Registry: districts, local bodies, and the ways their names are written."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from pipeline.model import Alias, District, LocalBody, Prefix, Registry, Retired
from pipeline.normalise import parse_as_of
from pipeline.tables import TableRow, read_table, refuse_twice

MOST_TILES = 40
"""The tiles of a map from north to south and from west to east: more would not be read on a page."""


def load_registry(folder: Path) -> Registry:
    """The registry, proved: no code twice, every local body in a known district, counts as stated.

    Raises `ConfigurationError` with file and line.
    """
    districts = read_table(
        folder / "districts.csv",
        ("district_code", "district", "district_en", "local_bodies", "villages", "registered_houses"),
    )
    bodies = read_table(
        folder / "local_bodies.csv", ("local_body_code", "district_code", "type", "name", "registered_houses")
    )
    refuse_twice(districts, "district_code")
    refuse_twice(districts, "district")
    refuse_twice(bodies, "local_body_code")
    refuse_twice(bodies, "district_code", "type", "name")
    _prove_counts(districts, bodies)
    _prove_tiles(districts)
    subdistricts = _subdistricts(folder / "tambons.csv")
    return Registry(
        districts=tuple(_district(row) for row in districts),
        local_bodies=tuple(_local_body(row, subdistricts) for row in bodies),
        aliases=_aliases(folder / "aliases.csv", districts, bodies),
        prefixes=_prefixes(folder / "prefixes.csv", bodies),
        retired=tuple(
            Retired(row["name"], row["level"], row["note"])
            for row in read_table(folder / "retired.csv", ("code", "level", "name", "note"))
        ),
    )


def _district(row: TableRow) -> District:
    return District(
        row["district_code"],
        row["district"],
        row["district_en"],
        row.integer("villages"),
        row.integer("registered_houses"),
        (row.integer("map_row"), row.integer("map_column")) if row.get("map_row") else None,
    )


def _local_body(row: TableRow, subdistricts: Mapping[str, str]) -> LocalBody:
    codes = [code for code in row.get("tambon_codes").split("|") if code and subdistricts]
    for code in codes:
        if code not in subdistricts:
            row.refuse(f"ไม่มีตำบลรหัส {code} ใน tambons.csv")
    return LocalBody(
        row["local_body_code"],
        row["district_code"],
        row["type"],
        row["name"],
        row.integer("registered_houses"),
        tuple(subdistricts[code] for code in codes),
        _day(row, "from"),
        _day(row, "to"),
    )


def _day(row: TableRow, column: str) -> date | None:
    """A day of a column that the table need not have."""
    text = row.get(column)
    if not text:
        return None
    try:
        moment = parse_as_of(text)
    except ValueError:
        row.refuse(f'คอลัมน์ {column} พบ "{text}" ต้องเป็นวันที่ เช่น 2564-02-20')
    return moment.date() if isinstance(moment, datetime) else moment


def _subdistricts(path: Path) -> dict[str, str]:
    """The name of each sub-district by its code; none in a province that has no such table."""
    if not path.exists():
        return {}
    rows = read_table(path, ("tambon_code", "tambon"))
    refuse_twice(rows, "tambon_code")
    return {row["tambon_code"]: row["tambon"] for row in rows}


def _prove_counts(districts: tuple[TableRow, ...], bodies: tuple[TableRow, ...]) -> None:
    known = {row["district_code"] for row in districts}
    for row in bodies:
        if row["district_code"] not in known:
            row.refuse(f"ไม่มีอำเภอรหัส {row['district_code']} ใน districts.csv")
    listed = Counter(row["district_code"] for row in bodies if not row.get("to"))
    for row in districts:
        if row.integer("local_bodies") != listed[row["district_code"]]:
            row.refuse(
                f"ระบุ อปท. {row['local_bodies']} แห่ง แต่ local_bodies.csv มี {listed[row['district_code']]} แห่ง"
            )


def _prove_tiles(districts: tuple[TableRow, ...]) -> None:
    """The tile map of a province, if it has one, has a tile of its own for every district."""
    placed = [row for row in districts if row.get("map_row") or row.get("map_column")]
    if not placed:
        return
    for row in districts:
        if not (row.get("map_row") and row.get("map_column")):
            row.refuse("ยังไม่มีตำแหน่งบนแผนที่ ให้ใส่ map_row และ map_column ให้ครบทุกอำเภอ หรือเว้นว่างทุกอำเภอ")
        for column in ("map_row", "map_column"):
            if not 1 <= row.integer(column) <= MOST_TILES:
                row.refuse(f"คอลัมน์ {column} ต้องเป็น 1 ถึง {MOST_TILES}")
    seen: dict[tuple[int, int], str] = {}
    for row in districts:
        tile = (row.integer("map_row"), row.integer("map_column"))
        if tile in seen:
            row.refuse(
                f"อำเภอ{row['district']} อยู่ช่องเดียวกับอำเภอ{seen[tile]} บนแผนที่ (แถว {tile[0]} คอลัมน์ {tile[1]})"
            )
        seen[tile] = row["district"]


def _aliases(path: Path, districts: tuple[TableRow, ...], bodies: tuple[TableRow, ...]) -> tuple[Alias, ...]:
    rows = read_table(path, ("kind", "code", "alias"))
    codes = {
        "district": {row["district_code"] for row in districts},
        "local_body": {row["local_body_code"] for row in bodies},
    }
    refuse_twice(rows, "kind", "code", "alias")
    aliases = []
    for row in rows:
        kind = row.one_of("kind", ("district", "local_body"))
        row.one_of("code", sorted(codes[kind]) if row["code"] in codes[kind] else ("รหัสที่มีในทะเบียน",))
        aliases.append(Alias("district" if kind == "district" else "local_body", row["code"], row["alias"]))
    return tuple(aliases)


def _prefixes(path: Path, bodies: tuple[TableRow, ...]) -> tuple[Prefix, ...]:
    rows = read_table(path, ("prefix", "types"))
    known = {row["type"] for row in bodies}
    refuse_twice(rows, "prefix")
    prefixes = []
    for row in rows:
        types = tuple(part for part in row["types"].split("|") if part)
        unknown = [part for part in types if part not in known]
        if unknown:
            row.refuse(f"ไม่มี อปท. ประเภท {', '.join(unknown)} ใน local_bodies.csv")
        prefixes.append(Prefix(row["prefix"], types))
    return tuple(prefixes)
