"""Reads the tables that people edit, and points at the line when one of them is wrong."""

import csv
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from pipeline.exceptions import ConfigurationError


@dataclass(frozen=True, slots=True)
class TableRow:
    """One data row of a CSV table: its file, its line as an editor counts it, and its cells by column name."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str:
        """The cell of a column that the table need not have; empty without it."""
        return self.cells.get(column, "")

    def refuse(self, problem: str) -> NoReturn:
        """Raise `ConfigurationError` that names this line."""
        refuse(self.path, self.line, problem)

    def integer(self, column: str) -> int:
        """A whole number, not negative."""
        text = self.cells[column]
        if not text.isdecimal():
            self.refuse(f'คอลัมน์ {column} พบ "{text}" ต้องเป็นจำนวนเต็ม')
        return int(text)

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """The cell, if it is one of `allowed`."""
        text = self.cells[column]
        if text not in allowed:
            self.refuse(f'คอลัมน์ {column} พบ "{text}" ต้องเป็นคำใดคำหนึ่งใน: {", ".join(allowed)}')
        return text


def refuse(path: Path, line: int | None, problem: str) -> NoReturn:
    """Raise `ConfigurationError`: the file, the line, what is wrong there."""
    where = f"ไฟล์ {path}" + (f" บรรทัดที่ {line}" if line else "")
    raise ConfigurationError(f"{where}: {problem} กรุณาแก้ไขแล้วสั่งใหม่อีกครั้ง")


def read_text(path: Path) -> str:
    """A table's text; `ConfigurationError` if the file is not there or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        refuse(path, None, "ไม่พบไฟล์นี้ ให้ตรวจว่าสั่งงานจากโฟลเดอร์ของโครงการ")
    except OSError:
        refuse(path, None, "เปิดอ่านไม่ได้ ให้ตรวจว่าเป็นไฟล์และมีสิทธิ์อ่าน")
    except UnicodeDecodeError:
        refuse(path, None, "อ่านตัวอักษรไม่ได้ ให้บันทึกไฟล์เป็นแบบ UTF-8")


def read_table(path: Path, columns: Sequence[str]) -> tuple[TableRow, ...]:
    """The rows of a CSV table that has at least `columns`; cells are stripped, blank rows left out.

    Raises `ConfigurationError` for a missing file, a missing column, or a row with too many or too few cells.
    """
    reader = csv.reader(read_text(path).splitlines(keepends=True))
    try:
        return _rows(path, reader, columns)
    except csv.Error:
        refuse(path, reader.line_num, "มีช่องที่ยาวเกินไป หรือเครื่องหมายคำพูดไม่ครบคู่")


def _rows(path: Path, reader: Any, columns: Sequence[str]) -> tuple[TableRow, ...]:
    header: list[str] = next(reader, [])
    missing = [column for column in columns if column not in header]
    if missing:
        refuse(path, 1, f"ไม่มีคอลัมน์ {', '.join(missing)}")
    rows = []
    start = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if len(cells) != len(header):
                refuse(path, start, f"มี {len(cells)} ช่อง แต่หัวตารางมี {len(header)} ช่อง")
            stripped = (cell.strip() for cell in cells)
            rows.append(TableRow(path, start, dict(zip(header, stripped, strict=True))))
        start = reader.line_num + 1
    return tuple(rows)


def refuse_twice(rows: Sequence[TableRow], *columns: str) -> None:
    """Raise `ConfigurationError` at the first row whose `columns` an earlier row already has."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        if key in seen:
            row.refuse(f"{' '.join(key)} ซ้ำกับบรรทัดที่ {seen[key]}")
        seen[key] = row.line


@dataclass(frozen=True, slots=True)
class Toml:
    """A TOML file with its text, so that a wrong value can be pointed at."""

    path: Path
    text: str
    values: dict[str, Any]

    def line_of(self, key: str, table: str = "", nth: int = 0) -> int | None:
        """The line of `key` in the nth `[[table]]`, or at the top level."""
        current, seen = "", -1
        for number, line in enumerate(self.text.splitlines(), start=1):
            heading = re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?", line)
            if heading:
                current = heading[1]
                seen += current == table
            elif (
                re.match(rf"\s*{re.escape(key)}\s*=", line)
                and current == table
                and (not table or seen == nth)
            ):
                return number
        return None

    def refuse(self, problem: str, key: str, table: str = "", nth: int = 0) -> NoReturn:
        """Raise `ConfigurationError` that names the line of `key`."""
        refuse(self.path, self.line_of(key, table, nth), problem)

    def string(self, key: str) -> str:
        """A top-level text that must be there."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value:
            self.refuse(f"ต้องมี {key} เป็นข้อความ", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A top-level list of texts; empty if it is not there."""
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.refuse(f'{key} ต้องเป็นรายการข้อความ เช่น {key} = ["...", "..."]', key)
        return tuple(values)

    def refuse_unknown(self, *known: str) -> None:
        """Raise `ConfigurationError` at a top-level key that is none of `known`: misspelt, perhaps."""
        for key in self.values:
            if key not in known:
                refuse(self.path, self._heading_line(key) or self.line_of(key), f"ไม่รู้จัก {key}")

    def _heading_line(self, table: str) -> int | None:
        pattern = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]\]?")
        return next(
            (number for number, line in enumerate(self.text.splitlines(), 1) if pattern.match(line)), None
        )

    def entries(
        self, table: str, required: Sequence[str], optional: Sequence[str] = ()
    ) -> tuple["Entry", ...]:
        """The `[[table]]` entries; each has every required text and nothing unknown."""
        found = self.values.get(table, [])
        if not isinstance(found, list) or not all(isinstance(values, dict) for values in found):
            refuse(self.path, self._heading_line(table), f"ต้องเขียนหัวข้อเป็น [[{table}]] (วงเล็บเหลี่ยมสองชั้น)")
        entries = tuple(Entry(self, table, nth, values) for nth, values in enumerate(found))
        for entry in entries:
            entry.prove(required, optional)
        return entries


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[table]]` of a TOML file."""

    file: Toml
    table: str
    nth: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> str:
        return str(self.values[key])

    def get(self, key: str) -> str:
        return str(self.values.get(key, ""))

    def refuse(self, problem: str, key: str) -> NoReturn:
        self.file.refuse(f"[[{self.table}]] {problem}", key, self.table, self.nth)

    def prove(self, required: Sequence[str], optional: Sequence[str]) -> None:
        first = next(iter(self.values), "")
        for key in required:
            if not isinstance(self.values.get(key), str) or not self.values[key]:
                self.refuse(f"ต้องมี {key} เป็นข้อความ", key if key in self.values else first)
        for key in self.values:
            if key not in required and key not in optional:
                self.refuse(f"ไม่รู้จัก {key}", key)


def read_toml(path: Path) -> Toml:
    """A TOML file; `ConfigurationError` with the line if it cannot be read."""
    text = read_text(path)
    try:
        return Toml(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        refuse(path, int(place[1]) if place else None, "เขียนไม่ถูกรูปแบบ TOML")
