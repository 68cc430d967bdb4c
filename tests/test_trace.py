"""`pipeline trace`: a figure of the outputs back to the cells that it was added up from."""

import csv
import json
from pathlib import Path

import pytest

from pipeline.campaign import load_campaign
from pipeline.exceptions import ConfigurationError
from pipeline.model import Folders
from pipeline.trace import trace, trace_document, trace_lines
from tests.campaigns import SCHEMAS, TABLES, Sent, consolidate
from tests.sample.model import Cell, Table

CAMPAIGN = load_campaign(SCHEMAS)
BODY = TABLES.bodies_of("3401")[0]
AS_OF = "2564-02-06"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    folder = tmp_path_factory.mktemp("trace")
    blank = (Cell(BODY.label, "hh_target", "", None),)
    sent = [
        Sent("เมือง.xlsx", "2021-02-03T10:00:00", Table("3401", "1", changes=blank)),
        Sent("โขงเจียม.xlsx", "2021-02-04T10:00:00", Table("3403", "1")),
    ]
    consolidate(folder, *sent, as_of=AS_OF, publish=True)
    return Folders(SCHEMAS, folder / "input", folder / "output")


def written(folders: Folders) -> dict[str, dict[str, float]]:
    return json.loads((folders.output / "1" / "run.json").read_text(encoding="utf-8"))["totals"]


@pytest.mark.parametrize("key", ["hh_total", "green_area", "kpso", "hh_veg_pct", "hh_sort_pct"])
def test_the_figures_of_a_path_come_to_the_total_that_was_written(folders: Folders, key: str) -> None:
    """Of a ratio those local bodies count that give both sides; one gives no target here."""
    assert trace(folders, CAMPAIGN, "1", key).total == pytest.approx(written(folders)[key]["value"])


def test_a_path_has_every_row_of_values_csv_and_no_other(folders: Folders) -> None:
    with (folders.output / "1" / "values.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["indicator"] == "hh_sort"]
    found = trace(folders, CAMPAIGN, "1", "hh_sort").sources
    assert [(one.local_body_code, one.file, one.sheet, one.cell, one.sha256) for one in found] == [
        (row["local_body_code"], row["file"], row["sheet"], row["cell"], row["sha256"]) for row in rows
    ]
    assert [one.value for one in found] == [float(row["value"]) for row in rows]


def test_the_path_of_one_district(folders: Folders) -> None:
    traced = trace(folders, CAMPAIGN, "1", "hh_sort", "3403")
    assert {one.district_code for one in traced.sources} == {"3403"}
    assert {one.file for one in traced.sources} == {"โขงเจียม.xlsx"}


def test_a_path_in_words(folders: Folders) -> None:
    lines = list(trace_lines(trace(folders, CAMPAIGN, "1", "kpso"), CAMPAIGN))
    (first, *_) = trace(folders, CAMPAIGN, "1", "kpso").sources
    assert lines[0].startswith("ครั้งที่ ๑ · กพสอ. ที่เข้าร่วมเครือข่าย: ")
    assert lines[0].endswith("(ข้อมูล ณ 6 กุมภาพันธ์ 2564 เวลา 23.59 น.)")
    place = f'ไฟล์ "เมือง.xlsx" แผ่น "แบบรายงาน" เซลล์ {first.cell}'
    assert lines[2] == f"    ทั้งอำเภอ {first.value:g} จาก{place}"


def test_a_path_as_json(folders: Folders) -> None:
    document = trace_document(trace(folders, CAMPAIGN, "1", "hh_sort", "3403"))
    assert list(document) == ["round", "indicator", "as_of", "sources", "total"]
    assert document["total"] == sum(one["value"] for one in document["sources"])


def test_nobody_reported_it(folders: Folders) -> None:
    traced = trace(folders, CAMPAIGN, "1", "hh_sort", "3404")
    assert (traced.total, traced.sources) == (None, ())
    assert ": ... (" in next(trace_lines(traced, CAMPAIGN))


@pytest.mark.parametrize(
    "key, indicator, district, words",
    [
        ("9", "hh_sort", "", 'ไม่มีรายงานครั้งที่ "9" ให้ระบุอย่างใดอย่างหนึ่งใน: 1, 2, 3, 4'),
        ("1", "hh", "", 'ไม่มีตัวชี้วัด "hh" ให้ระบุอย่างใดอย่างหนึ่งใน: villages_total'),
        ("1", "hh_sort", "99", 'ไม่มีอำเภอรหัส "99" ให้ระบุอย่างใดอย่างหนึ่งใน: 3401'),
        ("2", "hh_sort", "", "ยังไม่มีผลของครั้งที่ 2"),
    ],
)
def test_what_is_not_there_is_said(
    folders: Folders, key: str, indicator: str, district: str, words: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        trace(folders, CAMPAIGN, key, indicator, district)
    assert words in caught.value.sentence


def test_outputs_of_another_moment_are_not_passed_off(folders: Folders) -> None:
    here = Folders(folders.schemas, folders.input, folders.output, AS_OF)
    assert trace(here, CAMPAIGN, "1", "kpso").sources
    earlier = Folders(folders.schemas, folders.input, folders.output, "2564-02-04")
    with pytest.raises(ConfigurationError) as caught:
        trace(earlier, CAMPAIGN, "1", "kpso")
    assert "ผลที่มีอยู่สรุป ณ 6 กุมภาพันธ์ 2564" in caught.value.sentence


def test_a_corrected_figure_says_what_stood_there(tmp_path: Path) -> None:
    sent = Sent(
        "เมือง.xlsx", "2021-02-03T10:00:00", Table("3401", "1", changes=(Cell(BODY.label, "visits", 1, 1),))
    )
    consolidate(tmp_path, sent, as_of=AS_OF, publish=True)
    folders = Folders(SCHEMAS, tmp_path / "input", tmp_path / "output")
    cell = next(
        one.cell
        for one in trace(folders, CAMPAIGN, "1", "visits").sources
        if one.local_body_code == BODY.code
    )
    (tmp_path / "input" / "corrections.csv").write_text(
        f"file,sha256,sheet,cell,old,new,who,why\nเมือง.xlsx,,แบบรายงาน,{cell},1,7,อำเภอ,พิมพ์ผิด\n",
        encoding="utf-8",
    )
    consolidate(tmp_path, as_of=AS_OF, publish=True)
    lines = list(trace_lines(trace(folders, CAMPAIGN, "1", "visits"), CAMPAIGN))
    assert any(f'{BODY.label} 7 (เดิมเขียน "1") จากไฟล์' in line for line in lines)
