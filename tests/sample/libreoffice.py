"""Workbooks as LibreOffice saves them.

Its bytes differ from run to run, so they are kept under `saved/`, each named by the SHA-256 of the workbook it was
converted from. A build takes them from there; only `--libreoffice` converts, and only what is not there yet. When a
recipe or a table changes, the source's hash changes with it, and the build says that it wants `--libreoffice`.
"""

import hashlib
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.sample.model import Sheet
from tests.sample.writers import with_xlsxwriter

SAVED_DIR = Path(__file__).parent / "saved"


class NotSavedYet(Exception):
    """A workbook that LibreOffice has to save first."""


def saved(sheets: Sequence[Sheet], suffix: str, convert: bool) -> bytes:
    """The workbook as LibreOffice saved it with `suffix`; `NotSavedYet` when it has not, and may not now."""
    source = with_xlsxwriter(sheets)
    kept = SAVED_DIR / f"{hashlib.sha256(source).hexdigest()[:16]}.{suffix}"
    if not kept.exists():
        if not convert:
            raise NotSavedYet(f"{kept.name} is not kept: build once with --libreoffice")
        SAVED_DIR.mkdir(exist_ok=True)
        kept.write_bytes(converted(source, suffix))
    return kept.read_bytes()


def converted(source: bytes, suffix: str) -> bytes:
    """`source` (xlsx) saved again by LibreOffice; `CalledProcessError` when it fails."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder, "in", "book.xlsx")
        before.parent.mkdir()
        before.write_bytes(source)
        return resave([before], suffix, Path(folder, "out"))[0]


def resave(books: Sequence[Path], suffix: str, out: Path) -> list[bytes]:
    """Workbooks saved again by LibreOffice into `out`, started once for all; `CalledProcessError` when it fails."""
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    filters = {"xls": "xls:MS Excel 97", "ods": "ods", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
    command = ["soffice", profile, "--headless", "--convert-to", filters[suffix], "--outdir", str(out)]
    subprocess.run([*command, *map(str, books)], check=True, capture_output=True, timeout=180)
    return [(out / f"{book.stem}.{suffix}").read_bytes() for book in books]
