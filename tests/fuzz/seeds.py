"""The clean workbooks that are mutated: a few of each format, of several programs, all of them small."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from tests.campaigns import TABLES
from tests.sample.columns import BY_VILLAGE
from tests.sample.layout import lay_out
from tests.sample.model import Cell, Table
from tests.sample.writers import WRITERS, ZIP_TIME

SAVED = Path(__file__).parents[1] / "sample" / "saved"
"""What LibreOffice itself wrote."""
PLAIN = Table("3431", "1")
BY_ROWS = Table("3429", "1", columns=BY_VILLAGE, by_moo=(("ทต.นาเยีย", 2),), sums="formula", percent="formula")
TYPED = Table(
    "3433",
    "2",
    once="footer",
    dragged=2,
    changes=(Cell("ทต.ขี้เหล็ก", "hh_total", how="thai"), Cell("ทต.ขี้เหล็ก", "visits", "#N/A")),
)
BOOKS = ((PLAIN,), (BY_ROWS, replace(BY_ROWS, round="2", sheet="ครั้งที่ 2", hidden=True)), (TYPED,))


def _written(writer: str) -> tuple[bytes, ...]:
    return tuple(WRITERS[writer]([lay_out(table, TABLES).sheet for table in book]) for book in BOOKS)


def _with_macros(data: bytes) -> bytes:
    """With a part of macros, as Excel keeps them: bytes that mean nothing to us."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as book:
        book.writestr(zipfile.ZipInfo("xl/vbaProject.bin", ZIP_TIME), Random("macros").randbytes(2000))
    return buffer.getvalue()


@cache
def seeds() -> Mapping[str, tuple[bytes, ...]]:
    """The clean workbooks by format."""
    saved = {
        suffix: tuple(path.read_bytes() for path in sorted(SAVED.glob(f"*.{suffix}"))) for suffix in FORMATS
    }
    return {
        "xlsx": (*_written("xlsxwriter"), *_written("openpyxl"), *saved["xlsx"]),
        "xlsm": tuple(map(_with_macros, _written("macro"))),
        "xls": (*_written("xlwt"), *saved["xls"]),
        "ods": (*_written("opendocument"), *saved["ods"]),
    }


FORMATS = ("xlsx", "xlsm", "xls", "ods")
