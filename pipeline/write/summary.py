"""summary.xlsx: the round in one workbook, from cover to tidy data."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from pipeline.model import Results, RoundResult
from pipeline.thai import thai_digits
from pipeline.write import figures
from pipeline.write.book import written
from pipeline.write.layout import BODIES, FIRST_RECORD, IDS, ITEMS, MAP, TREND, Layout, absent_sheets
from pipeline.write.sheets import (
    bodies,
    cover,
    data,
    districts,
    fixes,
    items,
    late,
    missing,
    notes,
    overview,
    sources,
    tile_map,
    trend,
)

_IDENTITY = (*IDS, "form")


def write_summary(path: Path, results: Results, result: RoundResult) -> None:
    """Writes the summary of one round; the same results give the same bytes. `OSError` if it cannot be written."""
    plan = summary_layout(results, result)
    absent = absent_sheets(results.campaign, result.round)
    number = _numbers()
    with written(path, results, result, f"สรุปผลการรายงาน {result.round.title}") as book:
        cover.put_sheet(book)
        overview.put_sheet(book, plan)
        districts.put_sheet(book, plan, next(number))
        if BODIES not in absent:
            bodies.put_sheet(book, plan, next(number))
        if ITEMS not in absent and result.rows is not None:
            items.put_sheet(book, result.rows, next(number))
        late.put_sheet(book, next(number))
        missing.put_sheet(book, next(number))
        fixes.put_sheet(book, next(number))
        if MAP not in absent:
            tile_map.put_sheet(book, plan)
        if TREND not in absent:
            trend.put_sheet(book, plan, next(number))
        notes.put_sheet(book, plan)
        sources.put_sheet(book, next(number))
        data.put_sheet(book, plan)


def _numbers() -> Iterator[str]:
    """ตาราง ๑, ตาราง ๒ …, before the titles of the tables in the order in which they stand."""
    return (thai_digits(f"ตาราง {number} ") for number in count(1))


def summary_layout(results: Results, result: RoundResult) -> Layout:
    """Where the figures of a round stand in its summary."""
    keys = tuple(str(key) for key in result.consolidated.columns if key not in _IDENTITY)
    shown = figures.measures(result.form)
    bodies_ = results.campaign.registry_of(result.round).local_bodies
    last_first = [(body.district_code, row) for row, body in enumerate(bodies_, start=FIRST_RECORD)][::-1]
    return Layout(
        keys=keys,
        once=tuple(column.key for column in result.form.once if column.counted),
        measures=shown,
        bodies=len(bodies_),
        districts=len(result.roster),
        first_rows=dict(last_first),
    )
