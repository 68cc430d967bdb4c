"""A local body that becomes another in the middle of a campaign: two rows of the registry, each with its days."""

import csv
import shutil
from pathlib import Path

import pytest

from pipeline.campaign import load_campaign
from pipeline.exceptions import ConfigurationError
from pipeline.model import Results
from tests.campaigns import SCHEMAS, Sent, consolidate, figure, issues_of, name_cell, roster_row, round_of
from tests.sample.model import Named, Table

DISTRICT, OLD, NEW = "3424", "6342401", "5342401"
BEFORE, AFTER = "อบต.ดอนมดแดง", "ทต.ดอนมดแดง"
AS_OF = "2021-02-24T08:30:00+07:00"


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """The tables in which อบต.ดอนมดแดง became a ทต. between the first and the second round."""
    return with_bodies(tmp_path, ("", "2564-02-09"), ("2564-02-10", ""))


def with_bodies(folder: Path, old: tuple[str, str], new: tuple[str, str]) -> Path:
    copy = folder / "schemas"
    shutil.copytree(SCHEMAS, copy)
    path = copy / "registry" / "local_bodies.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    former = next(row for row in rows if row["local_body_code"] == OLD)
    renamed = former | {"local_body_code": NEW, "type": "ทต.", "from": new[0], "to": new[1]}
    former |= {"from": old[0], "to": old[1]}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "from", "to"] if "from" not in rows[0] else list(rows[0]))
        writer.writeheader()
        writer.writerows([former if row is former else row for row in rows] + [renamed])
    return copy


def report(round_: str, written: str) -> Table:
    return Table(DISTRICT, round_, changes=(Named(BEFORE, written, ""),))


def sent(folder: Path, schemas: Path, first: str, second: str) -> Results:
    return consolidate(
        folder,
        Sent("1.xlsx", "2021-02-03T09:00:00", report("1", first)),
        Sent("2.xlsx", "2021-02-18T09:00:00", report("2", second)),
        schemas=schemas,
        as_of=AS_OF,
    )


def test_each_round_asks_for_the_local_bodies_of_its_own_day(tmp_path, schemas):
    results = sent(tmp_path, schemas, BEFORE, AFTER)
    assert figure(results, "1", OLD, "hh_total") is not None
    assert figure(results, "2", NEW, "hh_total") is not None
    for key, code, other in (("1", OLD, NEW), ("2", NEW, OLD)):
        row = roster_row(results, DISTRICT, key)
        assert (row.local_bodies_reported, row.local_bodies_expected) == (4, 4)
        listed = set(round_of(results, key).consolidated["local_body_code"])
        assert code in listed
        assert other not in listed
    assert issues_of(results, "ABSENT_LOCAL_BODY") == []


def test_the_name_of_before_is_held_with_the_one_of_now(tmp_path, schemas):
    results = sent(tmp_path, schemas, BEFORE, BEFORE)
    (held,) = issues_of(results, "PAST_LOCAL_BODY")
    assert (held.round, held.cell, held.value) == ("2", name_cell(report("2", BEFORE), BEFORE), BEFORE)
    assert AFTER in held.remedy
    assert figure(results, "2", NEW, "hh_total") is None


def test_a_name_that_is_yet_to_come_is_held_with_the_one_of_then(tmp_path, schemas):
    (held,) = issues_of(sent(tmp_path, schemas, AFTER, AFTER), "PAST_LOCAL_BODY")
    assert (held.round, held.value) == ("1", AFTER)
    assert BEFORE in held.remedy


def test_a_bare_name_is_the_one_of_the_day(tmp_path, schemas):
    results = sent(tmp_path, schemas, "ดอนมดแดง", "ดอนมดแดง")
    assert figure(results, "1", OLD, "hh_total") is not None
    assert figure(results, "2", NEW, "hh_total") is not None
    assert len(issues_of(results, "NAME_READ")) >= 2


def test_the_day_itself_belongs_to_it(tmp_path):
    """Round 1 is due on 5 February: the last day of the one and the first of the other."""
    campaign = load_campaign(with_bodies(tmp_path, ("", "2564-02-05"), ("2564-02-20", "")))
    rounds = {key: campaign.registry_of(campaign.round(key)).labels for key in ("1", "2")}
    assert OLD in rounds["1"]
    assert NEW not in rounds["1"]
    assert NEW in rounds["2"]
    assert OLD not in rounds["2"]


def test_a_day_that_does_not_exist_is_refused_with_its_line(tmp_path):
    schemas = with_bodies(tmp_path, ("", "2564-02-30"), ("2564-03-01", ""))
    with pytest.raises(ConfigurationError, match=r"local_bodies\.csv") as refused:
        load_campaign(schemas)
    assert "2564-02-30" in str(refused.value)
    assert "บรรทัดที่" in str(refused.value)
