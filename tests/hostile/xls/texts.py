"""Texts of an .xls: in cells, in the table of shared strings, and where that table is cut over several records."""

import struct
from collections.abc import Callable, Sequence

from tests.hostile.case import Case
from tests.hostile.ground import TEXTS
from tests.hostile.xls.records import (
    CONTINUE,
    LABEL,
    LABELSST,
    RSTRING,
    SST,
    Record,
    at,
    edited,
    housed,
    stream,
    unicode,
    xls,
)

LONG = "ครบทุกหมู่บ้าน " * 1500
RUNS = struct.pack("<HHHHH", 2, 0, 5, 1, 6)
WIDE = "ก" * 4000


def label(name: str, content: bytes, read: str, *says: str, code: int = LABEL) -> Case:
    """A remark in a record of its own."""
    return Case(
        f"xls-{name}", lambda: xls(Record(code, at("J6") + content)), says, reads={"J6": read}, more=1
    )


def strings(name: str, change: Callable[[Record], Sequence[Record]], **expected: object) -> Case:
    """The report with its table of shared strings changed."""
    return Case(f"xls-strings-{name}", lambda: housed(edited(stream(), SST, change)), **expected)


def table(texts: Sequence[bytes], count: int) -> bytes:
    """The content of a table of shared strings."""
    return struct.pack("<II", count, count) + b"".join(texts)


def rich(text: str) -> bytes:
    """A string with formatting runs and with a reading behind it."""
    reading = b"\x01\x00" + bytes(20)
    head = struct.pack("<HBHI", len(text), 0x0D, 2, len(reading))
    return head + text.encode("utf-16-le") + RUNS[2:] + reading


def cut_inside_letters(_: Record) -> list[Record]:
    """A table that is cut in the middle of its last text, which goes on with one byte a letter."""
    first = table([unicode(text) for text in TEXTS[:-1]], len(TEXTS))
    return [
        Record(SST, first + struct.pack("<HB", len("ส่งครบ abc"), 1) + "ส่ง".encode("utf-16-le")),
        Record(CONTINUE, b"\x01" + "ครบ ".encode("utf-16-le")),
        Record(CONTINUE, b"\x00abc"),
    ]


CASES = (
    label("label", unicode("ครบ"), "ครบ"),
    label("label-of-one-byte-letters", struct.pack("<HB", 3, 0) + b"abc", "abc"),
    label("label-rich", unicode("ครบ") + RUNS, "ครบ", code=RSTRING),
    label("label-begins-with-equals", unicode("=1+1"), "=1+1"),
    label("label-with-nul", unicode("ก\0ข"), "ก ข", "TEXT_CLEANED J6"),
    label("label-of-a-whole-record", unicode(WIDE), WIDE),
    Case(
        "xls-label-half-a-surrogate",
        lambda: xls(Record(LABEL, at("J6") + struct.pack("<HBHH", 2, 1, 0xD83D, 0x0E01))),
        refused="READER_REFUSED",
    ),
    Case(
        "xls-strings-continued",
        lambda: xls(style=lambda book: book.get_sheet(0).write(5, 9, LONG)),
        reads={"J6": LONG.strip()},
        more=1,
    ),
    strings("cut-inside-letters", cut_inside_letters, reads={"J5": "ส่งครบ abc"}),
    strings("rich-and-with-reading", lambda _: [Record(SST, table([*map(rich, TEXTS)], len(TEXTS)))]),
    strings(
        "claim-millions", lambda old: [Record(SST, b"\xff" * 8 + old.body[8:])], refused="READER_REFUSED"
    ),
    strings("claim-none", lambda old: [Record(SST, bytes(8) + old.body[8:])], refused="READER_REFUSED"),
    strings("missing", lambda _: [], refused="READER_REFUSED"),
    strings("cut", lambda old: [Record(SST, old.body[:-40])], refused="READER_REFUSED"),
    Case(
        "xls-string-that-is-not-there",
        lambda: xls(Record(LABELSST, at("J6") + struct.pack("<I", 999))),
        refused="READER_REFUSED",
    ),
)
