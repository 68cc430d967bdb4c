"""The compound file around an .xls, its neighbours in such a file, and workbooks from before Excel 97."""

import struct
from collections.abc import Callable, Sequence

from tests.hostile.case import Case
from tests.hostile.ground import CELLS, SHEET, place
from tests.hostile.xls import records as r
from tests.hostile.xls.ole2 import Stream, container
from tests.hostile.xls.records import Record, housed, in_globals, joined, records, stream, xls

LOOKS = {0x31, 0x293, 0x1B6, 0x3D, 0x5C, 0xE1, 0xC1, 0xE2, 0xBF, 0xC0}
"""Records without which a workbook is only less pretty."""
BOFS = {
    2: (0x09, "<HH", 2),
    3: (0x209, "<HHxx", 0x300),
    4: (0x409, "<HHxx", 0x400),
    5: (0x809, "<HHxxxx", 0x500),
}


def house(name: str, *streams: Stream, folders: Sequence[str] = (), says: Sequence[str] = ()) -> Case:
    """The report in a container of a rare kind."""
    return Case(f"xls-container-{name}", lambda: container(streams, folders), tuple(says))


def stranger(name: str, stream_name: str, code: str, because: str = "") -> Case:
    """A container in which no workbook lives, or one that is locked."""
    made = container([(stream_name, bytes(9000))])
    return Case(f"xls-container-{name}", lambda: made, refused=code, because=because)


def corrupt(name: str, make: Callable[[], bytes], because: str = "") -> Case:
    return Case(f"xls-container-{name}", make, refused="CORRUPT", because=because)


def old(
    name: str, make: Callable[[], bytes], sheet: str = "Sheet 1", says: Sequence[str] = (), file: str = ""
) -> Case:
    """A workbook from before Excel 97; nothing counts its cells a second time."""
    return Case(f"xls-excel-{name}", make, tuple(says), sheets=(sheet,), once=True, name=file)


def refused(name: str, make: Callable[[], bytes], code: str) -> Case:
    return Case(f"xls-excel-{name}", make, refused=code)


def bare(version: int, page: int | None = 874) -> bytes:
    """The report as records of Excel 2 to 4 without a container, one byte a letter."""
    return b"".join(each.data for each in (*opening(version, 0x10, page), *cells(version), END))


def excel_5(page: int | None = 874) -> bytes:
    """The records of an Excel 5 workbook: what is common to all sheets, then the sheet."""
    name = SHEET.encode("cp874")
    font = Record(0x31, struct.pack("<HHHHHxxxxB", 200, 0, 0x7FFF, 400, 0, 5) + b"Arial")
    tab = Record(r.BOUNDSHEET, struct.pack("<IHB", 0, 0, len(name)) + name)
    common = [*opening(5, 5, page), *[font] * 4, *[Record(0xE0, bytes(16))] * 16, tab, END]
    return joined([*common, *opening(5, 0x10, None), *cells(5), END]).ljust(5000, b"\0")


def opening(version: int, kind: int, page: int | None) -> list[Record]:
    """How a substream begins: version, kind, and the code page if it is told."""
    code, layout, number = BOFS[version]
    told = [] if page is None else [Record(r.CODEPAGE, struct.pack("<H", page))]
    return [Record(code, struct.pack(layout, number, kind)), *told]


def cells(version: int) -> list[Record]:
    """The cells of the report in records of that time."""
    style, length, codes = ("3x", "B", (0x04, 0x03)) if version == 2 else ("2x", "H", (0x204, 0x203))
    made = []
    for cell, value in CELLS.items():
        row, column = place(cell)
        head = struct.pack(f"<HH{style}", row - 1, column - 1)
        text = value.encode("cp874") if isinstance(value, str) else b""
        body = struct.pack(f"<{length}", len(text)) + text if text else struct.pack("<d", value)
        made.append(Record(codes[0] if text else codes[1], head + body))
    return made


def short() -> bytes:
    """The records without what is only looks, so that they fit into the mini stream."""
    return joined([each for each in records(stream()) if each.code not in LOOKS])


def looping() -> bytes:
    """A container in which a chain of sectors bites its own tail."""
    made = bytearray(xls())
    made[512 + 4 * 4 : 512 + 4 * 5] = struct.pack("<I", 3)
    return bytes(made)


END = Record(r.EOF, b"")
LOCK = Record(r.FILEPASS, struct.pack("<HHH", 0, 1, 2))
CONTAINERS = (
    house("with-macros", ("Workbook", stream()), folders=["_VBA_PROJECT_CUR"], says=["MACRO"]),
    house("with-embedded-letter", ("Workbook", stream()), ("Ole10Native", bytes(5000)), folders=["MBD0001"]),
    house("of-two-ages", ("Book", excel_5()), ("Workbook", stream())),
    house("of-a-mini-stream", ("Workbook", short())),
    house("named-in-capitals", ("WORKBOOK", stream())),
    Case("xls-container-with-bytes-behind", lambda: xls() + b"\r\n" * 99),
    Case("xls-container-called-xlsx", xls, ("EXT_MISMATCH",), name="xls-called.xlsx"),
    corrupt("of-large-sectors", lambda: container([("Workbook", stream())], sector=4096)),
    corrupt("cut", lambda: xls()[:-3000]),
    corrupt("of-its-header-only", lambda: xls()[:512], "OLE2"),
    corrupt("of-its-magic-only", lambda: xls()[:8], "OLE2"),
    corrupt("of-zeros-behind-its-header", lambda: xls()[:512] + bytes(9000)),
    corrupt("with-a-chain-in-a-loop", looping),
    corrupt("with-a-workbook-of-noise", lambda: housed(b"\xee" * 9000), "xls"),
    corrupt("with-a-workbook-of-zeros", lambda: housed(bytes(9000)), "xls"),
    stranger("encrypted", "EncryptedPackage", "PASSWORD"),
    stranger("encrypted-by-its-description", "EncryptionInfo", "PASSWORD"),
    stranger("of-a-letter", "WordDocument", "WRONG_TYPE", "Word"),
    stranger("of-slides", "PowerPoint Document", "WRONG_TYPE", "PowerPoint"),
    stranger("of-a-mail", "__properties_version1.0", "WRONG_TYPE", "อีเมล"),
    stranger("of-something", "Contents", "WRONG_TYPE", "ไม่ใช่ตารางคำนวณ"),
    Case("xls-container-empty", lambda: container([]), refused="WRONG_TYPE", because="ไม่ใช่ตารางคำนวณ"),
)
OLD = (
    old("2", lambda: bare(2)),
    old("3", lambda: bare(3)),
    old("4", lambda: bare(4)),
    old("5", lambda: housed(excel_5(), "Book"), SHEET),
    old("3-without-code-page", lambda: bare(3, None)),
    old("5-without-code-page", lambda: housed(excel_5(None), "Book"), SHEET),
    old("4-called-xlsx", lambda: bare(4), says=["EXT_MISMATCH"], file="xls-excel-4.xlsx"),
    refused("4-cut", lambda: bare(4)[:60], "OLD_FORMAT"),
    refused("5-of-noise", lambda: housed(b"\xee" * 9000, "Book"), "OLD_FORMAT"),
    refused("5-locked", lambda: housed(in_globals(excel_5(), LOCK).ljust(6000, b"\0"), "Book"), "PASSWORD"),
)
CASES = (*CONTAINERS, *OLD)
