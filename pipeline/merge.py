"""Counted filings -> the tables of a round: every figure with its cell, then sums with their coverage (rules 3, 5)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.corrections import corrected_cells
from pipeline.filings import Filing
from pipeline.model import Registry, RosterRow, Row, Total
from pipeline.normalise import shown
from schemas.form import Form

VALUE_COLUMNS = (
    "district_code", "local_body_code", "form", "round", "item", "indicator", "value", "file", "sheet", "cell",
    "sha256", "corrected_from",
)  # fmt: skip
EXTRA_COLUMNS = (
    "district_code", "local_body_code", "form", "round", "row", "column", "value", "file", "sheet", "cell", "sha256",
)  # fmt: skip


def values_table(filings: Sequence[Filing], form: Form) -> pd.DataFrame:
    """Every figure that counts, once, with file, sheet and cell: the columns of values.csv, `value` as float64;
    `corrected_from` is what stood in the cell before the district corrected it by telephone, else empty.

    Ordered by district, local body, item and the form's order of figures, a district's once-only fields last. Stated
    percentages are not in it. What a tally counts is a figure of 1, its cell that of what is counted.
    """
    found = [
        record
        for filing in sorted(filings, key=lambda one: one.place)
        for record in (*_body_records(filing, form), *_once_records(filing))
    ]
    columns = zip(*found, strict=True) if found else [()] * len(VALUE_COLUMNS)
    frame = pd.DataFrame({name: list(values) for name, values in zip(VALUE_COLUMNS, columns, strict=True)})
    return frame.astype({"value": "float64"})


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain dictionaries."""
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False, name=None)]


def extras_table(filings: Sequence[Filing]) -> pd.DataFrame:
    """What stood in columns that the form does not know, as text with its cell: nothing is lost."""
    records = [
        (
            filing.place[0],
            row.local_body_code,
            *_form_round(filing),
            row.number + 1,
            label,
            shown(cell.value),
            *_source(filing, checked.source.sheet, cell.address),
        )
        for filing in filings
        for checked in filing.returns
        for row in checked.source.rows
        for label, cell in row.extras
    ]
    return pd.DataFrame.from_records(records, columns=list(EXTRA_COLUMNS))


def consolidated_table(
    filings: Sequence[Filing],
    values: pd.DataFrame,
    form: Form,
    roster: Sequence[RosterRow],
    registry: Registry,
) -> pd.DataFrame:
    """One row per local body of the registry: codes and names, the district's status, a nullable Float64 column per
    indicator (rows of one local body added up) and per ratio, the text columns, the keys of figures that the district
    corrected by telephone (`corrected`, a space between), and the file it came from."""
    figures = _wide(values[values["local_body_code"] != ""], "local_body_code", form)
    figures = figures.reindex([body.code for body in registry.local_bodies])
    status = {row.district_code: row for row in roster}
    districts = {district.code: district.name for district in registry.districts}
    texts, files = _texts(filings, form), _files(filings)
    frame = pd.DataFrame(
        {
            "district_code": [body.district_code for body in registry.local_bodies],
            "district": [districts[body.district_code] for body in registry.local_bodies],
            "local_body_code": [body.code for body in registry.local_bodies],
            "local_body": [body.label for body in registry.local_bodies],
            "status": [status[body.district_code].status for body in registry.local_bodies],
        },
        index=figures.index,
    )
    frame = frame.join(figures).join(_shares(figures.reset_index(), "local_body_code", form))
    for column in form.row_columns:
        if column.written and not (column.key == form.item and form.grain == "local_body"):
            frame[column.key] = [texts.get((body.code, column.key), "") for body in registry.local_bodies]
    frame["corrected"] = _corrected(values, registry)
    frame["file"] = [files.get(body.code, "") for body in registry.local_bodies]
    return frame.reset_index(drop=True)


def districts_table(consolidated: pd.DataFrame, form: Form, registry: Registry) -> pd.DataFrame:
    """Sums per district over the local bodies that are known, unknown where none is; ratios over those local bodies
    that report both sides. Index `district_code` in registry order, a nullable Float64 column per figure."""
    keys = [column.key for column in form.indicators]
    sums = consolidated.groupby("district_code", sort=False)[keys].sum(min_count=1)
    sums = sums.join(_shares(consolidated, "district_code", form))
    return sums.reindex([district.code for district in registry.districts])


def totals_of(values: pd.DataFrame, consolidated: pd.DataFrame, form: Form) -> dict[str, Total]:
    """Province figures by key, each with the local bodies and districts in it; none for a key nobody reports, nor for
    quantities, which are counted in a unit of each row's own."""
    kept = values.assign(body=values["local_body_code"].where(values["local_body_code"] != ""))
    by_key = kept.groupby("indicator", sort=False).agg(
        value=("value", "sum"), bodies=("body", "nunique"), districts=("district_code", "nunique")
    )
    mixed = {column.key for column in form.figures if not column.counted}
    totals = {
        str(key): Total(value, bodies, districts)
        for key, value, bodies, districts in zip(
            by_key.index,
            by_key["value"].tolist(),
            by_key["bodies"].tolist(),
            by_key["districts"].tolist(),
            strict=True,
        )
        if key not in mixed
    }
    for ratio in form.ratios:
        both = consolidated.dropna(subset=[ratio.part, ratio.whole])
        whole = float(both[ratio.whole].sum())
        if len(both) and whole:
            share = 100 * float(both[ratio.part].sum()) / whole
            totals[ratio.key] = Total(share, len(both), both["district_code"].nunique())
    return totals


def prove_totals(
    totals: Mapping[str, Total], consolidated: pd.DataFrame, filings: Sequence[Filing], form: Form
) -> None:
    """Raise `AssertionError` unless three ways of adding agree for every indicator: values.csv, the table of local
    bodies, and the rows of the counted returns themselves. Nothing is published otherwise."""
    for column in form.indicators:
        stated = totals[column.key].value if column.key in totals else 0.0
        by_body = float(consolidated[column.key].sum())
        by_row = sum(
            row.figures.get(column.key, 0)
            for filing in filings
            for checked in filing.returns
            for row in checked.rows
        )
        if not (_close(stated, by_body) and _close(stated, by_row)):
            raise AssertionError(f"{column.key}: values {stated}, local bodies {by_body}, rows {by_row}")


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(one))


def _body_records(filing: Filing, form: Form) -> Iterator[tuple[object, ...]]:
    rows = [(row, checked.source.sheet) for checked in filing.returns for row in checked.rows]
    keys = [column.key for column in form.figures]
    district, placed, arrival = filing.place[0], _form_round(filing), filing.case.submission.arrival
    before = corrected_cells(filing.case.findings)
    for row, sheet in sorted(rows, key=lambda one: (one[0].local_body_code, one[0].item)):
        for key in keys:
            if key in row.figures:
                yield (
                    district,
                    row.local_body_code,
                    *placed,
                    row.item,
                    key,
                    row.figures[key],
                    arrival.file,
                    sheet,
                    row.cells[key],
                    arrival.sha256,
                    before.get((sheet, row.cells[key]), ""),
                )


def _once_records(filing: Filing) -> Iterator[tuple[object, ...]]:
    for sheet, once in filing.once:
        source = _source(filing, sheet, once.cell)
        before = corrected_cells(filing.case.findings).get((sheet, once.cell), "")
        yield (filing.place[0], "", *_form_round(filing), "", once.key, once.value, *source, before)


def _form_round(filing: Filing) -> tuple[str, str]:
    return filing.returns[0].source.form, filing.place[1]


def _source(filing: Filing, sheet: str, cell: str) -> tuple[str, str, str, str]:
    arrival = filing.case.submission.arrival
    return arrival.file, sheet, cell, arrival.sha256


def _wide(values: pd.DataFrame, index: str, form: Form) -> pd.DataFrame:
    """One row per `index`, a Float64 column per indicator: the sum of its values, missing where there is none."""
    keys = [column.key for column in form.indicators]
    wide = values.groupby([index, "indicator"], sort=False)["value"].sum().unstack()
    return wide.reindex(columns=keys).astype("Float64").rename_axis(columns=None)


def _shares(frame: pd.DataFrame, by: str, form: Form) -> pd.DataFrame:
    """A column per ratio, one row per `by`: over the local bodies that know both sides (design rule 3)."""
    shares = {}
    for ratio in form.ratios:
        both = frame.dropna(subset=[ratio.part, ratio.whole]).groupby(by, sort=False)
        sums = both[[ratio.part, ratio.whole]].sum()
        shares[ratio.key] = 100 * sums[ratio.part] / sums[ratio.whole].where(sums[ratio.whole] > 0)
    return pd.DataFrame(shares, dtype="Float64")


def _texts(filings: Sequence[Filing], form: Form) -> dict[tuple[str, str], str]:
    """What was written about each local body, by text column, also in rows without a figure; several rows one after
    another."""
    texts: dict[tuple[str, str], str] = {}
    for row in _rows(filings):
        for column in form.row_columns:
            text = row.texts.get(column.key, "") if column.written else ""
            known = texts.get((row.local_body_code, column.key), "")
            if text and text not in known.split("; "):
                texts[(row.local_body_code, column.key)] = f"{known}; {text}" if known else text
    return texts


def _files(filings: Sequence[Filing]) -> dict[str, str]:
    return {
        row.local_body_code: filing.case.submission.arrival.file
        for filing in filings
        for checked in filing.returns
        for row in checked.rows
    }


def _corrected(values: pd.DataFrame, registry: Registry) -> list[str]:
    changed = values[values["corrected_from"] != ""]
    keys = changed.groupby("local_body_code", sort=False)["indicator"].agg(
        lambda each: " ".join(each.unique())
    )
    return [str(keys.get(body.code, "")) for body in registry.local_bodies]


def _rows(filings: Sequence[Filing]) -> list[Row]:
    return [row for filing in filings for checked in filing.returns for row in checked.source.rows]
