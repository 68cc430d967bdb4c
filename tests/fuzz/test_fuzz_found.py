"""The smallest workbooks that show what the fuzz once found: each ends with a verdict like any other."""

from pathlib import Path

import pytest

from pipeline.campaign import load_campaign
from pipeline.context import Context, context_of
from pipeline.understand import Understood
from tests.campaigns import SCHEMAS, TABLES
from tests.fuzz.seeds import PLAIN
from tests.fuzz.test_fuzz import read
from tests.fuzz.zips import parts_of, zipped
from tests.sample.layout import lay_out
from tests.sample.writers import WRITERS


@pytest.fixture(scope="module")
def context() -> Context:
    return context_of(load_campaign(SCHEMAS))


def changed(writer: str, *exchanged: tuple[bytes, bytes]) -> bytes:
    """The plain report with the first of each pair exchanged for the second, once."""
    parts = dict(parts_of(WRITERS[writer]([lay_out(PLAIN, TABLES).sheet])))
    for old, new in exchanged:
        (name,) = (name for name, part in parts.items() if old in part)
        parts[name] = parts[name].replace(old, new, 1)
    return zipped(list(parts.items()))


def verdict(folder: Path, kind: str, data: bytes, context: Context) -> Understood:
    (one,) = read(folder, kind, [data], context, seconds=4)
    return one


def test_a_figure_of_four_hundred_digits_is_a_bad_value(tmp_path, context):
    """Beside a far cell, so that openpyxl is asked."""
    number, far = b"<v>" + b"9" * 400 + b"</v>", b'<c r="XFD1048576"'
    data = changed("xlsxwriter", (b"<v>2099</v>", number), (b'<c r="A9"', far))
    one = verdict(tmp_path, "xlsx", data, context)
    assert ("BAD_VALUE", "F9") in {
        (found.code, found.cell) for each in one.returns for found in each.findings
    }


def test_a_label_that_claims_to_span_a_million_million_columns_does_not_hang_the_reader(tmp_path, context):
    spanned = b'rows-spanned="2" table:number-columns-spanned="%d"'
    exchanged = (spanned % 1, spanned % 10**12)
    data = changed("opendocument", exchanged)
    one = verdict(tmp_path, "ods", data, context)
    assert "READER_CRASH" not in {finding.code for finding in one.findings}


def test_a_cell_in_a_row_before_the_first_is_refused_as_damage(tmp_path, context):
    data = changed("xlsxwriter", (b'<c r="B9"', b'<c r="B0"'))
    one = verdict(tmp_path, "xlsx", data, context)
    assert {finding.code for finding in one.findings} == {"CORRUPT"}
