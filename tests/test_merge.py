"""The province's figures: every one once and with its cell, sums with their coverage, unknown never zero."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline import consolidate as stages
from pipeline import round_figures
from pipeline.campaign import load_campaign
from pipeline.filings import Filing
from pipeline.merge import (
    consolidated_table,
    districts_table,
    extras_table,
    prove_totals,
    records,
    values_table,
)
from pipeline.model import Cell as Found
from pipeline.model import District, Finding, Results, Row, Total
from schemas.form import Form
from tests.campaigns import (
    SCHEMAS,
    TABLES,
    Sent,
    consolidate,
    content_of,
    figure,
    issues_of,
    roster_row,
    round_of,
)
from tests.sample.layout import lay_out
from tests.sample.model import Cell, Fact, Stated, Table, address

CAMPAIGN = load_campaign(SCHEMAS)
FORM = CAMPAIGN.forms["operations"]
AT = "2021-02-04T10:00:00"
DISTRICT, LABEL, CODE = "3429", "ทต.นาเยีย", "5342901"
STANDARD = tuple(field.key for field in TABLES.fields if field.level == "row" and field.key != "moo")
WITH_MOO = (*STANDARD[:2], "moo", *STANDARD[2:])
PATHS = ("3429 นาเยีย/รายงาน.xlsx", "3433 น้ำขุ่น/รายงาน.xlsx", "3431 เหล่าเสือโก้ก/รายงาน.xlsx")
FIRST = Table(
    DISTRICT,
    "1",
    columns=(*WITH_MOO, "+ประธานชุมชน"),
    by_moo=((LABEL, 3),),
    changes=(
        Cell("ทต.นาจาน", "net_total", 1234, 1234),
        Cell("ทต.นาจาน", "visits", "ครบ"),
        Cell("ทต.นาจาน", "hh_sort"),
        Cell("ทต.นาเรือง", "visits", 0, 0),
        Cell("ทต.นาเรือง", "hh_target"),
        Cell("อบต.นาดี", "food_store", "-", 0),
        Cell("อบต.นาดี", "green_area", 12.75, 12.75),
    ),
)
SECOND = Table("3433", "1", percent="fraction", changes=(Stated("visits", 9),))
THIRD = Table("3431", "1", once="footer", absent=("อบต.หนองบก",))
SENT = tuple(Sent(path, AT, table) for path, table in zip(PATHS, (FIRST, SECOND, THIRD), strict=True))


@dataclass(frozen=True)
class Proof:
    """What the proof of a round's totals is given."""

    totals: Mapping[str, Total]
    consolidated: pd.DataFrame
    filings: Sequence[Filing]
    form: Form


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Results, Proof]:
    """Three districts' reports, and the proof of their round's totals as the run made it."""
    given_: list[Proof] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(round_figures, "prove_totals", lambda *arguments: given_.append(Proof(*arguments)))
        results = consolidate(tmp_path_factory.mktemp("merge"), *SENT)
    return results, given_[0]


@pytest.fixture(scope="module")
def results(made) -> Results:
    return made[0]


@pytest.fixture(scope="module")
def proof(made) -> Proof:
    return made[1]


@pytest.fixture(scope="module")
def values(results) -> list[dict[str, Any]]:
    """The rows of the first round's table of values."""
    return records(round_of(results, "1").values)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The same reports, published."""
    made = tmp_path_factory.mktemp("published")
    consolidate(made, *SENT, publish=True)
    return made


def csv_rows(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / "output" / "1" / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def facts(table: Table) -> list[Fact]:
    """What is known to stand in a workbook and to count."""
    counted = {column.key for column in (*FORM.indicators, *FORM.once)}
    return [fact for fact in lay_out(table, TABLES).facts if fact.value is not None and fact.key in counted]


# --- values -----------------------------------------------------------------------------------------------------


def test_the_columns_of_values_are_those_of_the_contract(values):
    assert list(values[0]) == [
        "district_code",
        "local_body_code",
        "form",
        "round",
        "item",
        "indicator",
        "value",
        "file",
        "sheet",
        "cell",
        "sha256",
        "corrected_from",
    ]


def test_totals_stand_in_the_order_in_which_the_values_name_them_and_ratios_last(results, values):
    ratios = [ratio.key for ratio in FORM.ratios]
    named = list(dict.fromkeys(row["indicator"] for row in values))
    assert list(round_of(results, "1").totals) == named + ratios


def test_values_stand_in_the_order_of_district_local_body_item_and_form(values):
    """A district's own fields last."""
    keys = [column.key for column in (*FORM.indicators, *FORM.once)]
    whose = [(row["district_code"], row["local_body_code"] or "~", row["item"]) for row in values]
    order = [(*each, keys.index(row["indicator"])) for each, row in zip(whose, values, strict=True)]
    assert order == sorted(order)
    assert len(set(order)) == len(order)


def test_the_order_of_filings_and_of_their_rows_changes_no_value(proof):
    turned = [with_rows(filing, reversed) for filing in reversed(proof.filings)]
    pd.testing.assert_frame_equal(values_table(turned, FORM), values_table(proof.filings, FORM))


def test_values_are_of_one_type_also_where_all_are_whole(proof):
    def visits(rows: Iterable[Row]) -> list[Row]:
        return [replace(row, figures={"visits": 3}) for row in rows]

    assert values_table([with_rows(proof.filings[0], visits)], FORM)["value"].dtype == "float64"


def with_rows(filing: Filing, change: Callable[[Sequence[Row]], Iterable[Row]]) -> Filing:
    """The filing with other rows in its only table."""
    (checked,) = filing.returns
    return replace(filing, returns=(replace(checked, rows=tuple(change(checked.rows))),))


def test_every_figure_that_stands_is_in_values_once_with_its_cell(values):
    expected = sorted(
        (table.district, fact.body, fact.item, fact.key, float(fact.value), path, table.sheet, fact.cell)
        for path, table in zip(PATHS, (FIRST, SECOND, THIRD), strict=True)
        for fact in facts(table)
    )
    columns = ("district_code", "local_body_code", "item", "indicator", "value", "file", "sheet", "cell")
    assert sorted(tuple(row[name] for name in columns) for row in values) == expected
    assert {(row["form"], row["round"]) for row in values} == {("operations", "1")}


def test_rows_of_villages_are_told_apart_by_their_item(values):
    rows = [row for row in values if (row["local_body_code"], row["indicator"]) == (CODE, "hh_total")]
    assert [row["item"] for row in rows] == ["1", "2", "3"]
    assert {row["item"] for row in values if row["local_body_code"] != CODE} == {""}


def test_a_field_given_once_per_district_has_no_local_body(values):
    """In the heading or in the footer."""
    rows = [row for row in values if row["indicator"] in ("kpso", "staff_trained")]
    assert {(row["local_body_code"], row["item"]) for row in rows} == {("", "")}
    assert sorted((row["district_code"], row["indicator"]) for row in rows) == sorted(
        (table.district, key) for table in (FIRST, SECOND, THIRD) for key in ("kpso", "staff_trained")
    )
    assert {row["indicator"] for row in values if row["local_body_code"] == ""} == {"kpso", "staff_trained"}


def test_a_stated_sum_is_kept_as_stated_and_stated_percentages_are_not_kept(values):
    stated = [
        row["value"]
        for row in values
        if row["indicator"] == "net_total" and row["local_body_code"] == "5342902"
    ]
    assert stated == [1234]
    percentages = {column.key for column in FORM.columns if column.kind == "percent"}
    assert percentages == {"hh_veg_pct"}
    assert percentages.isdisjoint(row["indicator"] for row in values)


def test_once_per_district_counts_once_where_each_sheet_repeats_it(tmp_path):
    whole = Table(DISTRICT, "1")
    labels = [body.label for body in TABLES.bodies_of(DISTRICT)]
    parts = [
        replace(whole, sheet="ส่วนที่ 1", only=tuple(labels[:2])),
        replace(whole, sheet="ส่วนที่ 2", only=tuple(labels[2:])),
    ]
    round_ = round_of(consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, parts)), "1")
    once = round_.values[round_.values["indicator"] == "kpso"]
    assert list(once["sheet"]) == ["ส่วนที่ 1"]
    assert round_.totals["kpso"].value == float(once["value"].iloc[0])
    assert round_.totals["visits"].local_bodies == 4


# --- sums and coverage ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [column.key for column in (*FORM.indicators, *FORM.once)])
def test_a_total_is_the_sum_of_what_is_known_and_says_of_how_many(results, key):
    known = [
        (table.district, fact.body, float(fact.value))
        for table in (FIRST, SECOND, THIRD)
        for fact in facts(table)
        if fact.key == key
    ]
    total = round_of(results, "1").totals[key]
    assert total.value == pytest.approx(sum(value for _, _, value in known), abs=1e-9)
    assert total.local_bodies == len({body for _, body, _ in known if body})
    assert total.districts == len({district for district, _, _ in known})


@pytest.mark.parametrize("key", [column.key for column in FORM.indicators])
def test_the_figures_of_districts_and_local_bodies_are_the_sums_of_values(results, key):
    round_ = round_of(results, "1")
    rows = round_.values[(round_.values["indicator"] == key) & (round_.values["local_body_code"] != "")]
    bodies = round_.consolidated.set_index("local_body_code")[key]
    assert rows.groupby("local_body_code")["value"].sum().to_dict() == bodies.dropna().to_dict()
    sums = rows.groupby("district_code")["value"].sum().to_dict()
    assert round_.districts[key].dropna().to_dict() == pytest.approx(sums)


def test_the_tables_name_every_district_and_local_body_once_in_the_registrys_order(results):
    round_ = round_of(results, "1")
    registry = results.campaign.registry
    assert list(round_.consolidated["local_body_code"]) == [body.code for body in registry.local_bodies]
    assert list(round_.districts.index) == [district.code for district in registry.districts]


@pytest.mark.parametrize("body, key", [("5342902", "visits"), ("5342902", "hh_sort"), ("6343101", "visits")])
def test_what_is_unknown_is_never_zero(results, body, key):
    """Unreadable, blank, or of a local body without a row."""
    assert figure(results, "1", body, key) is None
    round_ = round_of(results, "1")
    assert pd.isna(round_.consolidated.set_index("local_body_code").at[body, key])
    assert round_.totals[key].local_bodies == _tellers(key)


def _tellers(key: str) -> int:
    return len({fact.body for table in (FIRST, SECOND, THIRD) for fact in facts(table) if fact.key == key})


@pytest.mark.parametrize("body, key", [("5342904", "visits"), ("6342903", "food_store")])
def test_zero_is_known_and_counts_in_the_coverage(results, body, key):
    assert figure(results, "1", body, key) == 0
    assert round_of(results, "1").consolidated.set_index("local_body_code").at[body, key] == 0


def test_a_district_of_which_one_local_body_is_known_has_its_figure(results):
    known = round_of(results, "1").consolidated.copy()
    keys, alone = ["visits", "hh_target", "hh_veg"], known["local_body_code"] == "6342903"
    known.loc[(known["district_code"] == DISTRICT) & ~alone, keys] = pd.NA
    known.loc[alone, keys] = [7, 1, 1]
    row = districts_table(known, FORM, CAMPAIGN.registry).loc[DISTRICT]
    assert (row["visits"], row["hh_target"], row["hh_veg_pct"]) == (7, 1, 100)
    known.loc[alone, "hh_target"] = 0
    assert pd.isna(districts_table(known, FORM, CAMPAIGN.registry).at[DISTRICT, "hh_veg_pct"])


def test_districts_stand_in_the_registrys_order_those_without_a_local_body_too(results):
    alone = District("9999", "อำเภอใหม่", "New", 0, 0)
    districts = (alone, *reversed(CAMPAIGN.registry.districts))
    table = districts_table(
        round_of(results, "1").consolidated, FORM, replace(CAMPAIGN.registry, districts=districts)
    )
    assert list(table.index) == [district.code for district in districts]
    assert table.loc["9999"].isna().all()


def test_a_district_that_sent_nothing_has_no_sums(results):
    assert round_of(results, "1").districts.loc["3401"].isna().all()


def test_a_round_of_which_nothing_came_has_no_totals(results):
    round_ = round_of(results, "2")
    assert round_.totals == {}
    assert round_.values.empty
    assert list(round_.values.columns) == list(round_of(results, "1").values.columns)
    assert list(round_.extras.columns) == list(round_of(results, "1").extras.columns)
    assert round_.districts.isna().all(axis=None)


def test_a_ratio_is_over_the_local_bodies_that_report_both_sides(results):
    """Never an average, and never one side of a local body that lacks the other."""
    round_ = round_of(results, "1")
    for ratio in FORM.ratios:
        sums: dict[str, dict[str, float]] = {}
        for table in (FIRST, SECOND, THIRD):
            for fact in facts(table):
                if fact.key in (ratio.part, ratio.whole):
                    body = sums.setdefault(fact.body, {})
                    body[fact.key] = body.get(fact.key, 0) + float(fact.value)
        both = {body: each for body, each in sums.items() if len(each) == 2}
        assert len(both) == len(sums) - 1
        part, whole = (sum(each[key] for each in both.values()) for key in (ratio.part, ratio.whole))
        total = round_.totals[ratio.key]
        assert total.value == pytest.approx(100 * part / whole)
        assert (total.local_bodies, total.districts) == (len(both), 3)
        own = round_.consolidated.set_index("local_body_code")[ratio.key].dropna()
        assert own.to_dict() == pytest.approx(
            {body: 100 * each[ratio.part] / each[ratio.whole] for body, each in both.items()}
        )


def test_a_ratio_over_nothing_is_unknown(tmp_path):
    noughts = ("hh_target", "hh_veg", "hh_veg_5", "hh_veg_10", "hh_model")
    table = Table(DISTRICT, "1", only=(LABEL,), changes=tuple(Cell(LABEL, key, 0, 0) for key in noughts))
    round_ = round_of(consolidate(tmp_path, Sent("นาเยีย.xlsx", AT, table)), "1")
    assert [round_.totals[key].value for key in ("hh_target", "hh_veg")] == [0, 0]
    assert "hh_veg_pct" not in round_.totals
    assert pd.isna(round_.districts.at[DISTRICT, "hh_veg_pct"])


def test_stated_percentages_do_not_move_the_recomputed_ones(results, tmp_path):
    other = consolidate(
        tmp_path, *(replace(one, content=replace(one.content, percent="text")) for one in SENT)
    )
    assert round_of(other, "1").totals == round_of(results, "1").totals


# --- what the form does not know --------------------------------------------------------------------------------


def test_what_stands_in_a_column_of_the_officers_own_is_kept_with_its_cell(results):
    extras = round_of(results, "1").extras
    assert set(extras["column"]) == {"ประธานชุมชน"}
    assert set(extras["value"]) == {"มี"}
    assert set(extras["file"]) == {PATHS[0]}
    sheet = lay_out(FIRST, TABLES).sheet
    last = len(FIRST.columns) - 1
    cells = {row + 1 for (row, column), put in sheet.cells.items() if column == last and put.value == "มี"}
    assert set(extras["row"]) == cells
    assert len(extras) == len(cells) == 6
    assert list(extras["local_body_code"])[:3] == [CODE] * 3
    assert records(extras)[0] == {
        "district_code": DISTRICT,
        "local_body_code": CODE,
        "form": "operations",
        "round": "1",
        "row": min(cells),
        "column": "ประธานชุมชน",
        "value": "มี",
        "file": PATHS[0],
        "sheet": FIRST.sheet,
        "cell": address(min(cells) - 1, last),
        "sha256": hashlib.sha256(content_of(FIRST)).hexdigest(),
    }


def test_what_stands_in_a_column_of_the_officers_own_is_shown_as_people_write_it(proof):
    filing = of_district(proof)
    (checked,) = filing.returns
    row = replace(checked.source.rows[0], extras=(("งบประมาณ", Found((7, 40), 5000.0)),))
    source = replace(checked.source, rows=(row,))
    table = extras_table([replace(filing, returns=(replace(checked, source=source),))])
    assert list(table["value"]) == ["5000"]


# --- beside the figures -----------------------------------------------------------------------------------------


def test_a_local_body_stands_with_its_names_its_districts_status_and_its_file(results):
    consolidated = round_of(results, "1").consolidated
    rows = {row["local_body_code"]: row for row in records(consolidated)}
    known = {
        "district_code": DISTRICT,
        "district": "นาเยีย",
        "local_body_code": "6342903",
        "local_body": "อบต.นาดี",
        "status": "on_time",
        "tambon": TABLES.body("6342903").tambon,
        "file": PATHS[0],
    }
    assert rows["6342903"].items() >= known.items()
    unknown = {
        "district_code": "3401",
        "status": "missing",
        "tambon": "",
        "problem": "",
        "remark": "",
        "file": "",
    }
    assert rows["3340102"].items() >= unknown.items()
    assert list(consolidated.index) == list(range(len(rows)))


def test_the_columns_of_the_tables_are_those_of_the_form(results):
    """The item of a row is none of them: a local body's rows are added up."""
    round_ = round_of(results, "1")
    figures = [*(column.key for column in FORM.indicators), *(ratio.key for ratio in FORM.ratios)]
    names = ["district_code", "district", "local_body_code", "local_body", "status"]
    columns = list(round_.consolidated.columns)
    assert columns[: len(names + figures)] == names + figures
    assert columns[len(names + figures) :][:4] == ["tambon", "problem", "remark", "corrected"]
    assert list(round_.districts.columns) == figures
    assert set(round_.consolidated[figures].dtypes) == set(round_.districts.dtypes) == {pd.Float64Dtype()}


@pytest.mark.parametrize(
    "written, shown",
    [
        (("ขาดน้ำ",), "ขาดน้ำ"),
        (("", "ขาดน้ำ", ""), "ขาดน้ำ"),
        (("ขาดน้ำ", "ดินเค็ม", "ขาดน้ำ"), "ขาดน้ำ; ดินเค็ม"),
        (("ขาดน้ำ", "น้ำ"), "ขาดน้ำ; น้ำ"),
    ],
)
def test_what_is_written_in_the_rows_of_a_local_body_stands_one_after_another_and_once(
    results, proof, written, shown
):
    filing = with_problems(of_district(proof), written)
    round_, registry = round_of(results, "1"), results.campaign.registry
    table = consolidated_table([filing], round_.values, FORM, round_.roster, registry)
    assert table.set_index("local_body_code").at[CODE, "problem"] == shown


def test_a_figure_corrected_by_telephone_is_marked_with_what_stood_there(results, proof):
    """In values by its cell, beside the local body by its key: once, though it was corrected in two villages."""
    filing = of_district(proof)
    plain = values_table([filing], FORM)
    cells = {
        (row["indicator"], row["item"]): row["cell"]
        for row in records(plain)
        if row["local_body_code"] in (CODE, "")
    }
    told = {("visits", "1"): "7", ("hh_total", "1"): "8", ("hh_total", "2"): "9", ("kpso", ""): "ครบ"}
    notes = [Finding("CORRECTED", FIRST.sheet, cells[key], value) for key, value in told.items()]
    notes.append(Finding("TEXT_CLEANED", FIRST.sheet, cells["hh_veg", "1"], "5"))
    values = values_table([replace(filing, case=replace(filing.case, findings=tuple(notes)))], FORM)
    marked = values[values["corrected_from"] != ""]
    found = zip(marked["indicator"], marked["item"], marked["corrected_from"], strict=True)
    assert {(key, item): before for key, item, before in found} == told
    assert list(values["value"]) == list(plain["value"])
    round_, registry = round_of(results, "1"), results.campaign.registry
    table = consolidated_table([filing], values, FORM, round_.roster, registry).set_index("local_body_code")
    assert table["corrected"][table["corrected"] != ""].to_dict() == {CODE: "hh_total visits"}


def of_district(proof: Proof) -> Filing:
    return next(filing for filing in proof.filings if filing.place[0] == DISTRICT)


def with_problems(filing: Filing, written: Sequence[str]) -> Filing:
    """The filing with these problems in its first rows, which then report no figure."""
    (checked,) = filing.returns
    rows = list(checked.source.rows)
    for place, problem in enumerate(written):
        rows[place] = replace(rows[place], texts={**rows[place].texts, "problem": problem})
    left = [row for row in checked.rows if row.local_body_code != CODE]
    source = replace(checked.source, rows=tuple(rows))
    return replace(filing, returns=(replace(checked, source=source, rows=tuple(left)),))


# --- proof ------------------------------------------------------------------------------------------------------


def prove(proof: Proof) -> None:
    prove_totals(proof.totals, proof.consolidated, proof.filings, proof.form)


def test_untouched_totals_are_proved(proof):
    prove(proof)
    assert (len(proof.filings), len(proof.totals)) == (3, len(FORM.indicators) + len(FORM.once) + 2)


def with_total(proof: Proof, key: str, value: float) -> Proof:
    return replace(proof, totals={**proof.totals, key: replace(proof.totals[key], value=value)})


def test_a_total_that_was_changed_is_an_error(proof):
    """It names the three sums."""
    known = proof.totals["visits"].value
    with pytest.raises(
        AssertionError, match=rf"^visits: values {known + 1}, local bodies {known}, rows {known:g}$"
    ):
        prove(with_total(proof, "visits", known + 1))


def test_sums_may_differ_by_what_rounding_leaves_and_by_no_more(proof):
    """A millionth, of the sum or, where that is less than one, of one."""
    rai = proof.totals["green_area"].value
    assert rai > 10
    prove(with_total(proof, "green_area", rai * (1 + 0.9e-6)))
    for wrong in (rai * (1 + 1.1e-6), rai * (1 - 1.1e-6)):
        with pytest.raises(AssertionError, match=r"^green_area: "):
            prove(with_total(proof, "green_area", wrong))


def test_a_sum_of_nothing_is_as_near_as_a_millionth_of_one(proof):
    nothing = replace(proof, filings=(), consolidated=proof.consolidated.iloc[:0])
    totals = {column.key: Total(0.0, 0, 0) for column in FORM.indicators}
    prove(replace(nothing, totals=totals))
    prove(replace(nothing, totals={**totals, "green_area": Total(0.9e-6, 1, 1)}))
    with pytest.raises(AssertionError, match=r"^green_area: "):
        prove(replace(nothing, totals={**totals, "green_area": Total(1.1e-6, 1, 1)}))


def test_a_total_that_was_lost_is_an_error(proof):
    fewer = {key: total for key, total in proof.totals.items() if key != "pr_items"}
    with pytest.raises(AssertionError, match="pr_items"):
        prove(replace(proof, totals=fewer))


def test_a_local_bodys_figure_that_was_changed_is_an_error(proof):
    changed = proof.consolidated.copy()
    changed.loc[changed["local_body_code"] == "6342903", "hh_total"] += 1
    with pytest.raises(AssertionError, match="hh_total"):
        prove(replace(proof, consolidated=changed))


def test_a_return_whose_rows_are_in_no_total_is_an_error(proof):
    with pytest.raises(AssertionError):
        prove(replace(proof, filings=proof.filings[1:]))


# --- as published -----------------------------------------------------------------------------------------------


def test_values_csv_holds_the_table_of_values(values, folder):
    rows = csv_rows(folder, "values.csv")
    assert [{**row, "value": float(row["value"])} for row in rows] == values


def test_every_value_stands_in_the_cell_of_the_file_that_it_names(values, folder):
    books = {path: load_workbook(folder / "input" / path, data_only=True) for path in PATHS}
    for row in values:
        found = books[row["file"]][row["sheet"]][row["cell"]].value
        assert float(0 if found == "-" else found) == row["value"]
        assert (folder / "input" / "vault" / row["sha256"]).exists()


@pytest.mark.parametrize("body, key", [("5342902", "visits"), ("5342902", "hh_sort"), ("6343101", "visits")])
def test_what_is_unknown_is_an_empty_field(folder, body, key):
    (row,) = [row for row in csv_rows(folder, "consolidated.csv") if row["local_body_code"] == body]
    assert row[key] == ""


def test_when_totals_do_not_agree_nothing_is_published(tmp_path, monkeypatch):
    consolidate(tmp_path, *SENT[1:], publish=True)
    before = {path: path.read_bytes() for path in (tmp_path / "output").rglob("*") if path.is_file()}
    whole = round_figures.totals_of

    def tampered(*tables):
        totals = whole(*tables)
        return {key: replace(total, value=total.value + 1) for key, total in totals.items()}

    monkeypatch.setattr(round_figures, "totals_of", tampered)
    with pytest.raises(AssertionError):
        consolidate(tmp_path, SENT[0], publish=True)
    after = {path: path.read_bytes() for path in (tmp_path / "output").rglob("*") if path.is_file()}
    assert after == before
    assert len(before) > 4


# --- order ------------------------------------------------------------------------------------------------------


ARRIVALS: Sequence[Sent] = (
    *SENT,
    Sent("3429 นาเยีย/แก้ไข.xlsx", "2021-02-05T10:00:00", replace(FIRST, changes=(*FIRST.changes[1:],))),
    Sent("3429 นาเยีย/สำเนา.xlsx", AT, FIRST),
    Sent("น้ำขุ่น อีกฉบับ.xlsx", AT, replace(SECOND, changes=(Cell("ทต.ขี้เหล็ก", "visits", 8, 8),))),
    Sent(
        "3431 เหล่าเสือโก้ก/น้อยกว่า.xlsx",
        "2021-02-06T10:00:00",
        replace(THIRD, absent=("อบต.หนองบก", "ทต.เหล่าเสือโก้ก")),
    ),
    Sent("น้ำขุ่น 2.xlsx", "2021-02-19T10:00:00", replace(SECOND, round="2")),
)


def _outcome(results: Results) -> list[object]:
    """All that a run decides, without the order of what is equal in time."""
    return [
        [
            (result.values.to_dict("records"), result.roster, dict(result.totals), frozenset(result.issues))
            for result in results.rounds
        ],
        {(row.path, row.verdict, row.codes) for row in results.files},
    ]


@dataclass(frozen=True)
class Told:
    """What the stages after reading are told; the first of `arguments` is what every arrival says."""

    arguments: tuple[Any, ...]
    options: Mapping[str, Any]
    outcome: list[object]


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Told:
    """Corrections, a copy, two versions of one second, fewer local bodies, another round; and what comes of them."""
    made: list[Told] = []
    whole = stages.consolidate

    def remembered(*arguments: Any, **options: Any) -> Results:
        results = whole(*arguments, **options)
        made.append(Told(arguments, options, _outcome(results)))
        return results

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stages, "consolidate", remembered)
        consolidate(tmp_path_factory.mktemp("order"), *ARRIVALS)
    return made[0]


def test_the_arrivals_of_this_campaign_meet_every_verdict(told):
    files = told.outcome[1]
    assert {verdict for _, verdict, _ in files} == {"counted", "superseded", "duplicate", "undecided"}


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(len(ARRIVALS))))
def test_the_order_of_the_register_changes_nothing(told, order):
    arrivals, *others = told.arguments
    assert len(arrivals) == len(ARRIVALS)
    shuffled = tuple(arrivals[place] for place in order)
    assert _outcome(stages.consolidate(shuffled, *others, **told.options)) == told.outcome


def test_the_same_campaign_gives_the_same_bytes(folder, tmp_path):
    consolidate(tmp_path, *reversed(SENT), publish=True)
    for name in ("values.csv", "consolidated.csv", "roster.csv", "issues.csv"):
        assert (tmp_path / "output" / "1" / name).read_bytes() == (
            folder / "output" / "1" / name
        ).read_bytes()


def test_a_districts_own_figure_given_differently_on_two_sheets_is_unknown(tmp_path):
    first, *others = (f"{body.type}{body.name}" for body in TABLES.bodies_of("3424"))
    sheets = (
        Table("3424", "1", sheet="แผ่น 1", only=(first,)),
        Table("3424", "1", sheet="แผ่น 2", only=tuple(others), figures="2"),
    )
    results = consolidate(tmp_path, Sent("ดอนมดแดง.xlsx", "2021-02-04T10:00:00", sheets))
    differing = issues_of(results, "ONCE_DIFFERS")
    assert {(issue.sheet, issue.severity) for issue in differing} == {
        ("แผ่น 1", "must_fix"),
        ("แผ่น 2", "must_fix"),
    }
    values = round_of(results, "1").values
    known = set(values.loc[values["local_body_code"] == "", "indicator"])
    assert not known & {"kpso"}
    assert roster_row(results, "3424", "1").local_bodies_reported == len(others) + 1
