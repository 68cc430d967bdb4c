"""A written workbook, opened for looking: by openpyxl, as XML, and as LibreOffice calculates it."""

import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

SOFFICE = shutil.which("soffice")
_CACHED = re.compile(r"(<f>.*?</f>)<v>.*?</v>")


@lru_cache(maxsize=8)
def opened(path: Path, *, values: bool = False) -> Workbook:
    """The workbook with its formulas, or with the `values` that were stored beside them; for reading alone."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*extension is not supported.*", category=UserWarning)
        return openpyxl.load_workbook(path, data_only=values)


def texts(path: Path, sheet: str) -> list[str]:
    """Every text of a sheet, row by row."""
    cells = [cell for row in opened(path, values=True)[sheet].iter_rows() for cell in row]
    return [cell.value for cell in cells if isinstance(cell.value, str)]


def row_of(path: Path, sheet: str, text: str) -> list[object]:
    """The values of the first row that holds this very text."""
    rows = opened(path, values=True)[sheet].iter_rows(values_only=True)
    return next(list(row) for row in rows if text in row)


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


def parts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


@lru_cache(maxsize=8)
def formulas(path: Path) -> Mapping[tuple[str, str], str]:
    """Every formula by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in opened(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def calculated(path: Path, folder: Path) -> Path:
    """A copy that LibreOffice has calculated anew, from a file without one stored value."""
    bare = folder / "bare.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                content = _CACHED.sub(r"\1", content.decode("utf-8")).encode("utf-8")
            target.writestr(item, content)
    out = folder / "calculated"
    profile = (folder / "profile").as_uri()
    command = [
        str(SOFFICE),
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        "xlsx",
        "--outdir",
    ]
    subprocess.run([*command, str(out), str(bare)], check=True, capture_output=True, timeout=120)
    return out / "bare.xlsx"
