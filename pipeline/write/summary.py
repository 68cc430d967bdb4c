"""summary.xlsx: the round in one workbook, from cover to tidy data."""

from pathlib import Path

from pipeline.model import Results, RoundResult
from pipeline.write import figures
from pipeline.write.book import written
from pipeline.write.layout import BODIES, IDS, ITEMS, Layout, absent_sheets
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
)

_IDENTITY = (*IDS, "form")


def write_summary(path: Path, results: Results, result: RoundResult) -> None:
    """Writes the summary of one round; the same results give the same bytes. `OSError` if it cannot be written."""
    plan = summary_layout(results, result)
    with written(path, results, result, f"สรุปผลการรายงาน {result.round.title}") as book:
        cover.put_sheet(book)
        overview.put_sheet(book, plan)
        districts.put_sheet(book, plan)
        absent = absent_sheets(result.form)
        if BODIES not in absent:
            bodies.put_sheet(book, plan)
        if ITEMS not in absent and result.rows is not None:
            items.put_sheet(book, result.rows)
        late.put_sheet(book, "ตาราง ๓ ")
        missing.put_sheet(book, "ตาราง ๔ ")
        fixes.put_sheet(book)
        notes.put_sheet(book, plan)
        sources.put_sheet(book)
        data.put_sheet(book, plan)


def summary_layout(results: Results, result: RoundResult) -> Layout:
    """Where the figures of a round stand in its summary."""
    keys = tuple(str(key) for key in result.consolidated.columns if key not in _IDENTITY)
    shown = figures.measures(result.form)
    return Layout(
        keys=keys,
        measures=shown,
        bodies=len(results.campaign.registry_of(result.round).local_bodies),
        districts=len(result.roster),
    )
