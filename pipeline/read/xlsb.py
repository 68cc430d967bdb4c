"""A binary OOXML workbook (.xlsb): its records counted before a reader is trusted with it.

A part is a row of records: a number, a length, and as many bytes ([MS-XLSB] 2.1.4). Only those that tell of cells,
rows, columns, merges and sheets are looked into.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pipeline.model import Finding, Position
from pipeline.read.elements import MOST_CELLS
from pipeline.read.ooxml import Package, Sheet, Strings, findings_of_names
from pipeline.read.outcome import Unusable
from pipeline.read.relations import Relation, main_part, relations_of
from pipeline.read.sheet import Merge, SheetScan, is_blank

MAIN_PART: Final = "xl/workbook.bin"
# What a record that is cut short, or lies about a length, ends with.
_BROKEN: Final = (struct.error, IndexError, ValueError)

_ROW, _COLUMNS, _MERGE, _SHEET, _BOOK_SETTINGS, _STRINGS, _STRING = 0, 60, 176, 156, 153, 159, 19
_DRAWING: Final = 550
_ERRORS: Final = (3, 11)
_TEXTS: Final = (6, 8, 62)
_SHARED_TEXT: Final = 7
# How long the records with a figure are at least; a reader takes what follows for a part of a shorter one.
_LEAST: Final = {2: 12, 4: 9, 5: 16, 7: 12, 9: 16, 10: 9}
_NUMBERS: Final = (2, 4, 5, 9, 10)
# The column of these is that after the cell before; no reader here knows them, so the count shows them missing.
_SHORT: Final = (13, 14, 15, 16, 17, 18)
_ERROR_NAMES: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip

Record = tuple[int, bytes]


def scan_binary(parts: Mapping[str, bytes], names: frozenset[str]) -> Package:
    """Scan the parts of a workbook; `names` are those of all entries. Raises `Unusable`: CORRUPT (fact `part`)."""
    book = main_part(parts, MAIN_PART)
    relations = relations_of(parts, book)
    records = list(_records(parts, book))
    strings = _strings(parts, next((one.part for one in relations.values() if one.is_strings), ""))
    tabs = [_tab(content) for number, content in records if number == _SHEET]
    return Package(
        sheets=tuple(
            Sheet(name, index, hidden, _scan(parts, relation.part, strings.blank), relation.part)
            for index, (name, hidden, identifier) in enumerate(tabs)
            if (relation := _relation(relations, name, identifier)).is_worksheet
        ),
        tabs=len(tabs),
        strings=strings,
        findings=(*findings_of_names(names), *_calendar(records)),
    )


def _relation(relations: Mapping[str, Relation], sheet: str, identifier: str) -> Relation:
    if identifier not in relations:
        raise Unusable("CORRUPT", sheet=sheet, part=MAIN_PART)
    return relations[identifier]


def _records(parts: Mapping[str, bytes], part: str) -> Iterator[Record]:
    """The records of a part, one after another. Raises `Unusable`: CORRUPT."""
    try:
        yield from _split(parts[part])
    except (*_BROKEN, KeyError) as error:
        raise Unusable("CORRUPT", part=part) from error


def _split(content: bytes) -> Iterator[Record]:
    at = 0
    while at < len(content):
        number, at = _varying(content, at, most=2)
        length, at = _varying(content, at, most=4)
        if at + length > len(content):
            raise ValueError(f"record {number} reaches beyond the end")
        yield number, content[at : at + length]
        at += length


def _varying(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where the next thing begins."""
    value = 0
    for shift in range(most):
        byte = content[at + shift]
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            return value, at + shift + 1
    return value, at + most


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A counted UTF-16 text and its end; a count of all ones is no text."""
    (count,) = struct.unpack_from("<I", content, at)
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(content):
        raise ValueError("a text reaches beyond its record")
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _tab(content: bytes) -> tuple[str, bool, str]:
    """Name of a sheet, whether it is hidden, and the identifier of its part. Raises `Unusable`: CORRUPT."""
    try:
        (state,) = struct.unpack_from("<I", content)
        identifier, end = _text(content, 8)
        return _text(content, end)[0], state != 0, identifier
    except _BROKEN as error:
        raise Unusable("CORRUPT", part=MAIN_PART) from error


def _calendar(records: list[Record]) -> tuple[Finding, ...]:
    settings = (content for number, content in records if number == _BOOK_SETTINGS)
    return (Finding("DATE1904"),) if any(content[:1] and content[0] & 1 for content in settings) else ()


def _strings(parts: Mapping[str, bytes], part: str) -> Strings:
    if part not in parts:
        return Strings(frozenset(), 0)
    records = list(_records(parts, part))
    try:
        texts = [_text(content, 1)[0] for number, content in records if number == _STRING]
        claimed = [struct.unpack_from("<II", content)[1] for number, content in records if number == _STRINGS]
    except _BROKEN as error:
        raise Unusable("CORRUPT", part=part) from error
    blank = frozenset(str(number) for number, text in enumerate(texts) if is_blank(text))
    return Strings(blank, max(claimed, default=0))


def _scan(parts: Mapping[str, bytes], part: str, blank_strings: frozenset[str]) -> SheetScan:
    try:
        return _scan_sheet(_records(parts, part), blank_strings)
    except _BROKEN as error:
        raise Unusable("CORRUPT", part=part) from error


def _scan_sheet(records: Iterable[Record], blank_strings: frozenset[str]) -> SheetScan:
    held: list[Position] = []
    errors: dict[Position, str] = {}
    others: dict[int, list[bytes]] = {_COLUMNS: [], _MERGE: [], _DRAWING: []}
    hidden_rows: list[int] = []
    row = -1
    for number, content in records:
        if number == _ROW:
            (row,) = struct.unpack_from("<I", content)
            hidden_rows += [row] if content[11] & 0x10 else []
        elif number in _ERRORS:
            errors[_position(row, content)] = _ERROR_NAMES.get(content[8], f"#{content[8]}")
        elif number in others:
            others[number].append(content)
        elif _holds(number, content, blank_strings):
            held.append(_position(row, content))
        if len(held) > MOST_CELLS:
            raise Unusable("TOO_BIG_GRID", cells=str(len(held)))
    last = _corner([*held, *errors])
    return SheetScan(
        held=len(held),
        last=last,
        errors=errors,
        uncached=frozenset(),  # nothing in a record tells a result that was never worked out
        hidden_rows=frozenset(row for row in hidden_rows if row <= last[0]),
        hidden_columns=_hidden_columns(others[_COLUMNS], last[1]),
        merges=tuple(_merge(content) for content in others[_MERGE]),
        broken_up=False,
        drawing=next((content[4:].decode("utf-16-le", "replace") for content in others[_DRAWING]), ""),
    )


def _holds(number: int, content: bytes, blank_strings: frozenset[str]) -> bool:
    """Whether a record is a cell with a value other than white space. `ValueError` for one that is cut short."""
    if len(content) < _LEAST.get(number, 0):
        raise ValueError(f"record {number} is cut short")
    if number == _SHARED_TEXT:
        return str(struct.unpack_from("<I", content, 8)[0]) not in blank_strings
    if number in _TEXTS:
        return not is_blank(_text(content, 9 if number == 62 else 8)[0])
    return number in _NUMBERS or number in _SHORT


def _position(row: int, content: bytes) -> Position:
    return row, struct.unpack_from("<I", content)[0]


def _corner(positions: list[Position]) -> Position:
    return max((row for row, _ in positions), default=-1), max(
        (column for _, column in positions), default=-1
    )


def _hidden_columns(columns: list[bytes], last: int) -> frozenset[int]:
    """Up to the last column in use: hiding "all to the right" names sixteen thousand."""
    spans = [struct.unpack_from("<IIIIH", content) for content in columns]
    return frozenset(
        column
        for first, end, _, _, flags in spans
        if flags & 1
        for column in range(first, min(end, last) + 1)
    )


def _merge(content: bytes) -> Merge:
    top, bottom, left, right = struct.unpack_from("<IIII", content)
    return top, left, bottom, right
