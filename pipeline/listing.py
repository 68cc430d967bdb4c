"""Counted filings -> the rows of a form whose rows stand for themselves, one after another, each with its place."""

from collections.abc import Iterator, Sequence

import pandas as pd

from pipeline.filings import Filing
from pipeline.model import Photo, Registry, Row
from schemas.form import Column, Form

WHOSE = ("district_code", "district", "local_body_code", "local_body")
WHERE = ("file", "sheet", "row")


def rows_table(filings: Sequence[Filing], form: Form, registry: Registry) -> pd.DataFrame:
    """The columns of rows.csv: whose row it is, every column of the form with what stands in it (figures as numbers,
    missing where they are unknown; texts and days as they were written), and the file, sheet and row.

    One row per activity that counts, by district, local body and place in the file.
    """
    columns = form.listed
    records = [
        record
        for filing in sorted(filings, key=lambda one: one.place)
        for record in _records(filing, columns, registry)
    ]
    frame = pd.DataFrame.from_records(records, columns=[*WHOSE, *(column.key for column in columns), *WHERE])
    return frame.astype({column.key: "Float64" for column in columns if column.kept})


def photos_of(filings: Sequence[Filing]) -> tuple[Photo, ...]:
    """The pictures of the counted stories, in the order in which they stand."""
    return tuple(
        Photo(filing.place[0], filing.case.submission.snapshot, picture.part)
        for filing in sorted(filings, key=lambda one: one.place)
        for checked in filing.returns
        if checked.rows
        for picture in checked.source.pictures
    )


def _records(filing: Filing, columns: Sequence[Column], registry: Registry) -> Iterator[tuple[object, ...]]:
    district = registry.district(filing.place[0])
    rows = [(row, checked.source.sheet) for checked in filing.returns for row in checked.rows]
    for row, sheet in sorted(rows, key=lambda one: one[0].local_body_code):
        body = row.local_body_code
        yield (
            *(district.code, district.name, body, registry.labels[body]),
            *(_said(row, column) for column in columns),
            *(filing.case.submission.arrival.file, sheet, row.number + 1),
        )


def _said(row: Row, column: Column) -> object:
    return row.figures.get(column.key) if column.kept else row.texts.get(column.key, "")
