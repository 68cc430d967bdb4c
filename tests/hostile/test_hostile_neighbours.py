"""A file that ends its reader costs itself alone: reports of every format before and behind it are read exactly."""

import pytest

from pipeline.read import readers
from tests.hostile.case import Case, outcome_of
from tests.hostile.contents import submission, understood_by
from tests.hostile.deadly import DEEDS, read_or_die
from tests.hostile.ods.book import ods
from tests.hostile.xls.records import xls
from tests.hostile.xlsb.records import xlsb
from tests.hostile.xlsx.book import xlsx

REPORTS = {"xlsx": xlsx, "xlsb": xlsb, "xls": xls, "ods": ods}
CLEAN = Case("xlsx-clean", bytes).outcome


@pytest.mark.parametrize("workers", [1, 2])
def test_a_reader_that_ends_costs_one_file(tmp_path, workers):
    files = [name for deed in DEEDS for name in (deed, *REPORTS)]
    sent = [submission(tmp_path, f"{name}.{name}", content(name)) for name in files]
    with readers(workers=workers, read=read_or_die) as read_all:
        came = understood_by(read_all, sent)
    for name, one in zip(files, came, strict=True):
        if name in DEEDS:
            assert [finding.code for finding in one.findings] == ["READER_CRASH"]
        else:
            assert outcome_of(one) == CLEAN


def content(name: str) -> bytes:
    return REPORTS.get(name, xlsx)()
