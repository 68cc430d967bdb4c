"""schemas/ -> Campaign: the title, rounds, due dates, extensions, waivers and holidays, proved when built."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.exceptions import ConfigurationError
from pipeline.forms import load_forms
from pipeline.model import Campaign, Extension, Registry, Round, Target, Waiver, next_workday
from pipeline.normalise import parse_as_of
from pipeline.registry import load_registry
from pipeline.tables import Entry, Toml, read_toml
from schemas.form import Form

LAST_SECOND = time(23, 59, 59)
WEEKEND = ("keep", "next_workday")
SETTINGS = (
    "title", "letter", "province", "office", "contact", "timezone", "weekend", "holidays",
    "round", "extension", "waiver", "target",
)  # fmt: skip


def load_campaign(folder: Path) -> Campaign:
    """Every table under `folder`; raises `ConfigurationError` naming file and line at the first mistake."""
    file = read_toml(folder / "campaign.toml")
    file.refuse_unknown(*SETTINGS)
    registry = load_registry(folder / "registry")
    forms = load_forms(folder / "forms")
    zone = _zone(file)
    holidays = frozenset(_holidays(file))
    rounds = _rounds(file, forms, zone, holidays)
    return Campaign(
        title=file.string("title"),
        letter=file.string("letter"),
        province=file.string("province"),
        office=file.string("office"),
        contact=file.string("contact"),
        timezone=file.string("timezone"),
        registry=registry,
        forms=forms,
        rounds=rounds,
        extensions=_extensions(file, registry, rounds, zone),
        waivers=_waivers(file, registry, rounds, zone),
        holidays=holidays,
        targets=_targets(file, forms, rounds),
    )


def refuse_unknown_rounds(keys: Sequence[str], campaign: Campaign) -> None:
    """Raise `ConfigurationError` at the first key that is no round's."""
    known = [round_.key for round_ in campaign.rounds]
    for key in keys:
        if key not in known:
            raise ConfigurationError(f'ไม่มีรายงานครั้งที่ "{key}" ให้ระบุครั้งใดครั้งหนึ่งใน: {", ".join(known)}')


def _zone(file: Toml) -> tzinfo:
    name = file.string("timezone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        file.refuse(f'ไม่รู้จักเขตเวลา "{name}"', "timezone")


def _day(place: Toml | Entry, key: str, text: str) -> date:
    try:
        moment = parse_as_of(text)
    except ValueError:
        place.refuse(f'ไม่มีวันที่ "{text}" ให้เขียนแบบ "2564-02-20" (ปี พ.ศ.-เดือน-วัน)', key)
    return moment.date() if isinstance(moment, datetime) else moment


def _holidays(file: Toml) -> tuple[date, ...]:
    return tuple(_day(file, "holidays", text) for text in file.texts("holidays"))


def _rounds(file: Toml, forms: dict[str, Form], zone: tzinfo, holidays: frozenset[date]) -> tuple[Round, ...]:
    if file.string("weekend") not in WEEKEND:
        file.refuse(f"weekend ต้องเป็น {' หรือ '.join(WEEKEND)}", "weekend")
    rolls = file.string("weekend") == "next_workday"
    rounds: list[Round] = []
    for entry in file.entries("round", ("key", "form", "title", "due"), ("close", "no_lateness")):
        if entry["key"] in {round_.key for round_ in rounds}:
            entry.refuse(f"รอบ {entry['key']} มีสองครั้ง", "key")
        if not re.fullmatch(r"[a-z0-9_]+", entry["key"]):
            entry.refuse("key ต้องเป็นตัวเลข อักษรอังกฤษตัวเล็ก หรือขีดล่าง เพราะใช้เป็นชื่อโฟลเดอร์", "key")
        if entry["form"] not in forms:
            entry.refuse(f"ไม่มีแบบ {entry['form']} ในโฟลเดอร์ forms", "form")
        due = _day(entry, "due", entry["due"])
        due = next_workday(due, holidays) if rolls else due
        close = _day(entry, "close", entry["close"]) if entry.get("close") else None
        if close and close < due:
            entry.refuse("วันปิดรับ (close) อยู่ก่อนวันครบกำหนด (due)", "close")
        close_at = _end_of(close, zone) if close else None
        named = entry["key"], entry["form"], entry["title"]
        rounds.append(Round(*named, _end_of(due, zone), close_at, entry.get("no_lateness")))
    if not rounds:
        file.refuse("ต้องมี [[round]] อย่างน้อยหนึ่งรอบ", "round")
    return tuple(rounds)


def _end_of(day: date, zone: tzinfo) -> datetime:
    """The last second of a day: 23:59:59 is on time, a second later is not (design rule 6)."""
    return datetime.combine(day, LAST_SECOND, zone)


def _extensions(
    file: Toml, registry: Registry, rounds: tuple[Round, ...], zone: tzinfo
) -> tuple[Extension, ...]:
    entries = file.entries("extension", ("district", "round", "due", "who", "why"))
    _prove_places(entries, registry, rounds)
    for entry in entries:
        _prove_extension(entry, next(each for each in rounds if each.key == entry["round"]), zone)
    return tuple(
        Extension(
            entry["district"],
            entry["round"],
            _end_of(_day(entry, "due", entry["due"]), zone),
            entry["who"],
            entry["why"],
        )
        for entry in entries
    )


def _prove_extension(entry: Entry, round_: Round, zone: tzinfo) -> None:
    """An extension gives more time, and none beyond the taking in."""
    due_at = _end_of(_day(entry, "due", entry["due"]), zone)
    if due_at < round_.due_at:
        entry.refuse("วันที่ขยายให้ (due) อยู่ก่อนวันครบกำหนดของรอบ", "due")
    if round_.close_at and due_at > round_.close_at:
        entry.refuse("วันที่ขยายให้ (due) อยู่หลังวันปิดรับ (close) ของรอบ", "due")


def _waivers(file: Toml, registry: Registry, rounds: tuple[Round, ...], zone: tzinfo) -> tuple[Waiver, ...]:
    entries = file.entries("waiver", ("district", "round", "who", "why"), ("until",))
    _prove_places(entries, registry, rounds)
    return tuple(
        Waiver(
            entry["district"],
            entry["round"],
            entry["who"],
            entry["why"],
            _end_of(_day(entry, "until", entry["until"]), zone) if entry.get("until") else None,
        )
        for entry in entries
    )


def _targets(file: Toml, forms: dict[str, Form], rounds: tuple[Round, ...]) -> tuple[Target, ...]:
    """Each target is about rounds that exist, a figure of each of them, and texts of the planned one."""
    asked = {round_.key: forms[round_.form] for round_ in rounds}
    targets = []
    for entry in file.entries("target", ("planned", "quantity", "where", "reached", "result")):
        for key in ("planned", "reached"):
            if entry[key] not in asked:
                entry.refuse(f"ไม่มีรอบ {entry[key]}", key)
        for key, form in (("quantity", asked[entry["planned"]]), ("result", asked[entry["reached"]])):
            if entry[key] not in {column.key for column in form.figures}:
                entry.refuse(f"ไม่มีคอลัมน์ตัวเลขชื่อ {entry[key]} ในแบบ {form.key}", key)
        where = tuple(
            (key, value) for key, _, value in (one.partition("=") for one in entry["where"].split("|"))
        )
        texts = {column.key for column in asked[entry["planned"]].row_columns if column.written}
        for key, _ in where:
            if key not in texts:
                entry.refuse(f"ไม่มีคอลัมน์ข้อความชื่อ {key} ในแบบ {asked[entry['planned']].key}", "where")
        targets.append(Target(entry["planned"], entry["quantity"], where, entry["reached"], entry["result"]))
    return tuple(targets)


def _prove_places(entries: tuple[Entry, ...], registry: Registry, rounds: tuple[Round, ...]) -> None:
    districts = {district.code for district in registry.districts}
    keys = {round_.key for round_ in rounds}
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if entry["district"] not in districts:
            entry.refuse(f"ไม่มีอำเภอรหัส {entry['district']}", "district")
        if entry["round"] not in keys:
            entry.refuse(f"ไม่มีรอบ {entry['round']}", "round")
        if (entry["district"], entry["round"]) in seen:
            entry.refuse(f"อำเภอ {entry['district']} รอบ {entry['round']} มีสองครั้ง", "district")
        seen.add((entry["district"], entry["round"]))
