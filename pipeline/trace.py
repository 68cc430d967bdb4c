"""A figure back to the files and cells that it was added up from, as the outputs that were handed out have it."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from pipeline.clock import moment
from pipeline.exceptions import ConfigurationError
from pipeline.model import Campaign, Folders
from pipeline.thai import figure, thai_datetime
from schemas.form import Form


@dataclass(frozen=True, slots=True)
class Source:
    """One figure of values.csv: whose, how much, and the cell it stands in; `corrected_from` as there."""

    district_code: str
    local_body_code: str
    item: str
    indicator: str
    value: float
    file: str
    sheet: str
    cell: str
    sha256: str
    corrected_from: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The figures behind one indicator of a round; behind a ratio those of its part, then those of its whole."""

    round: str
    indicator: str
    as_of: str
    sources: tuple[Source, ...]

    @property
    def total(self) -> float | None:
        """What they come to, a ratio in percent over the local bodies that give both; `None` where there is nothing."""
        keys = list(dict.fromkeys(one.indicator for one in self.sources))
        if len(keys) < 2:
            return sum(one.value for one in self.sources) if keys else None
        part, whole = (
            {(one.local_body_code, one.item): one.value for one in self.sources if one.indicator == key}
            for key in keys
        )
        both = {body for body, _ in part} & {body for body, _ in whole}
        sums = [sum(value for (body, _), value in side.items() if body in both) for side in (part, whole)]
        return 100 * sums[0] / sums[1] if sums[1] else None


def trace(folders: Folders, campaign: Campaign, key: str, indicator: str, district: str = "") -> Trace:
    """The sources of an indicator or ratio in the written outputs of round `key`, of one district if it is given.

    Raises `ConfigurationError` for a round, indicator or district that is none, and where nothing was written, or
    not as of the moment that is asked for.
    """
    if key not in [round_.key for round_ in campaign.rounds]:
        _refuse(f'ไม่มีรายงานครั้งที่ "{key}"', [round_.key for round_ in campaign.rounds])
    form = campaign.forms[campaign.round(key).form]
    keys = _keys(form, indicator)
    if district and district not in [each.code for each in campaign.registry.districts]:
        _refuse(f'ไม่มีอำเภอรหัส "{district}"', [each.code for each in campaign.registry.districts])
    as_of = _written_as_of(folders, key, campaign)
    found = [
        one for one in _sources(folders.output / key / "values.csv") if district in ("", one.district_code)
    ]
    return Trace(key, indicator, as_of, tuple(one for each in keys for one in found if one.indicator == each))


def trace_lines(traced: Trace, campaign: Campaign) -> Iterator[str]:
    """The path in words: the total, then each district and each figure with its file, sheet and cell."""
    registry, round_ = campaign.registry, campaign.round(traced.round)
    title = _title(campaign.forms[round_.form], traced.indicator)
    total = "..." if traced.total is None else figure(round(traced.total, 2))
    yield f"{round_.title} · {title}: {total} (ข้อมูล ณ {_in_words(traced.as_of)})"
    before = ("", "")
    for one in traced.sources:
        if (one.indicator, one.district_code) != before:
            before = (one.indicator, one.district_code)
            same = [each.value for each in traced.sources if (each.indicator, each.district_code) == before]
            name = _title(campaign.forms[round_.form], one.indicator)
            yield f"  {registry.district(one.district_code).name} {name} {figure(_plain(sum(same)))}"
        body = registry.labels.get(one.local_body_code, "ทั้งอำเภอ")
        item = f" ({one.item})" if one.item else ""
        mark = f' (เดิมเขียน "{one.corrected_from}")' if one.corrected_from else ""
        place = f'ไฟล์ "{one.file}" แผ่น "{one.sheet}" เซลล์ {one.cell}'
        yield f"    {body}{item} {figure(_plain(one.value))}{mark} จาก{place}"


def trace_document(traced: Trace) -> dict[str, Any]:
    """The path as JSON tells it."""
    return asdict(traced) | {"total": traced.total}


def _keys(form: Form, indicator: str) -> tuple[str, ...]:
    counted = [column.key for column in (*form.indicators, *form.once)]
    ratios = {ratio.key: (ratio.part, ratio.whole) for ratio in form.ratios}
    if indicator not in (*counted, *ratios):
        _refuse(f'ไม่มีตัวชี้วัด "{indicator}"', [*counted, *ratios])
    return ratios.get(indicator, (indicator,))


def _title(form: Form, key: str) -> str:
    titles = {column.key: column.title for column in form.columns}
    return {**titles, **{ratio.key: ratio.title for ratio in form.ratios}}[key]


def _refuse(problem: str, known: Sequence[str]) -> NoReturn:
    raise ConfigurationError(f"{problem} ให้ระบุอย่างใดอย่างหนึ่งใน: {', '.join(known)}")


def _written_as_of(folders: Folders, key: str, campaign: Campaign) -> str:
    """The moment that the written outputs tell of."""
    path = folders.output / key / "run.json"
    if not path.exists():
        raise ConfigurationError(f"ยังไม่มีผลของครั้งที่ {key} ใน {folders.output} ให้สั่ง pipeline consolidate ก่อน")
    as_of = str(json.loads(path.read_text(encoding="utf-8"))["as_of"])
    asked = moment(folders.as_of, campaign.zone).isoformat() if folders.as_of else as_of
    if asked != as_of:
        raise ConfigurationError(
            f"ผลที่มีอยู่สรุป ณ {_in_words(as_of)} ให้สั่ง pipeline consolidate --as-of {folders.as_of} ก่อน"
        )
    return as_of


def _sources(path: Path) -> Iterator[Source]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            named = {name: row[name] for name in Source.__dataclass_fields__ if name != "value"}
            yield Source(value=float(row["value"]), **named)


def _plain(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def _in_words(moment_: str) -> str:
    return thai_datetime(datetime.fromisoformat(moment_), digits="arabic")
