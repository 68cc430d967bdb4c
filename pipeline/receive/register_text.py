"""The register's file as text: finished lines, a torn last one, and what spreadsheets make of it."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.tables import refuse

COLUMNS: Final = ("recorded_at", "file", "sha256", "received_at", "source", "event", "note")
BOM: Final = "\ufeff"
HEADER: Final = BOM + ",".join(COLUMNS) + "\n"


@dataclass(frozen=True, slots=True)
class StoredText:
    """The finished lines without BOM. `torn` is a last line that was cut off; `current` says that a row can be
    added as it stands; `legacy` that it came in the code page of Thai Windows, in which some names were lost."""

    text: str
    torn: str
    current: bool
    legacy: bool


def load(path: Path) -> StoredText:
    """The register as it stands, empty if there is none; `ConfigurationError` if it cannot be read at all."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return StoredText("", "", current=False, legacy=False)
    except OSError:
        refuse(path, None, "เปิดอ่านไม่ได้ ให้ปิดโปรแกรมที่เปิดไฟล์อยู่และตรวจสิทธิ์การอ่าน")
    finished, newline, last = raw.rpartition(b"\n")
    whole = _is_whole(last)
    text, legacy = _decoded(path, raw if whole else finished + newline)
    torn = "" if whole else last.decode("cp874" if legacy else "utf-8", "backslashreplace").strip()
    text += "\n" if last and whole else ""
    current = raw.startswith(codecs.BOM_UTF8) and not legacy and not last
    return StoredText(text, torn, current, legacy)


def table(path: Path, stored: StoredText) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds something, with its line; exactly as many cells as there are columns.

    Raises `ConfigurationError` for a wrong heading, a wrong number of cells, or a name with lost letters.
    """
    rows = _numbered(path, stored.text)
    _, header = next(rows, (1, list(COLUMNS)))
    names = [cell.strip() for cell in header]
    if names[: len(COLUMNS)] != list(COLUMNS) or any(names[len(COLUMNS) :]):
        refuse(path, 1, f"หัวตารางต้องเป็น {','.join(COLUMNS)} คั่นด้วยจุลภาค ตามลำดับนี้")
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            yield line, _proved(path, line, cells, stored.legacy)


def _proved(path: Path, line: int, cells: list[str], legacy: bool) -> list[str]:
    # A spreadsheet adds or drops empty cells at the end of a row; only the note may be empty.
    if len(cells) < len(COLUMNS) - 1 or any(cells[len(COLUMNS) :]):
        refuse(path, line, f"มี {len(cells)} ช่อง แต่ต้องมี {len(COLUMNS)} ช่อง")
    if legacy and "?" in cells[1]:
        refuse(
            path, line, f'ช่อง file พบ "{cells[1]}" มีตัวอักษรที่หายไปตอนบันทึก ให้พิมพ์ชื่อไฟล์ใหม่และบันทึกเป็นแบบ CSV UTF-8'
        )
    return [*cells, ""][: len(COLUMNS)]


def _numbered(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    reader, line = csv.reader(io.StringIO(text, newline="")), 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        refuse(path, line, "เครื่องหมายคำพูดหรือความยาวของช่องผิดปกติ")


def _is_whole(last: bytes) -> bool:
    """Whether the bytes after the last line break are nothing, or a row with all its cells."""
    text = last.decode("cp874", "replace")
    return not last or (text.count('"') % 2 == 0 and len(next(csv.reader([text]), [])) >= len(COLUMNS))


def _decoded(path: Path, raw: bytes) -> tuple[str, bool]:
    """The text, and whether it came in the code page of Thai Windows, in which some names were lost."""
    try:
        return raw.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        pass  # not UTF-8: tried as what a spreadsheet on Thai Windows saves
    try:
        return raw.decode("cp874"), True
    except UnicodeDecodeError:
        refuse(path, None, "อ่านตัวอักษรไม่ได้ ให้เปิดไฟล์แล้วบันทึกเป็นแบบ CSV UTF-8")
