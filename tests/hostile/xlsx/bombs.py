"""Zip archives that would fill memory or disk, or lie about what is inside, around an .xlsx."""

from collections.abc import Callable
from dataclasses import replace

from tests.hostile.archives import MEBIBYTE, Entry, archive, changed, entries, entry, swollen, zeros, zipped
from tests.hostile.case import Case
from tests.hostile.xlsx.book import SHEET_1, STRINGS, book, rows_xml
from tests.read.handmade import sheet

PICTURE = "xl/media/image1.png"
MANY, TWICE, CLIMBING = "มากเกินไป", "ชื่อซ้ำกัน", "อ้างถึงโฟลเดอร์อื่น"
LARGE, IN_ALL, DENSE = "ไฟล์ย่อยข้างในมีขนาดใหญ่ผิดปกติ", "เมื่อคลายแล้วมีขนาดใหญ่ผิดปกติ", "บีบอัดแน่นผิดปกติ"


def bomb(name: str, make: Callable[[], bytes], reason: str) -> Case:
    """An archive that is not opened, for a reason."""
    return Case(f"xlsx-bomb-{name}", make, refused="UNSAFE_ARCHIVE", because=reason)


def unsafe(name: str, *more: Entry, reason: str) -> Case:
    """An archive that is not opened for the names of its entries."""
    return Case(f"xlsx-zip-{name}", lambda: with_entries(*more), refused="UNSAFE_ARCHIVE", because=reason)


def harmless(name: str, make: Callable[[], bytes]) -> Case:
    return Case(f"xlsx-zip-{name}", make)


def with_entries(*more: Entry) -> bytes:
    return archive([*entries(book()), *more])


def with_change(part: str, **change: object) -> bytes:
    """The workbook with one part's headers telling something else."""
    return archive(changed(entries(book()), part, lambda each: replace(each, **change)))


def many_small(count: int) -> bytes:
    one = entry("x", b"")
    return with_entries(*(replace(one, name=b"xl/media/%d" % number) for number in range(count)))


def overlapping(count: int) -> bytes:
    """One huge content to which many entries of the directory point."""
    parts = entries(book())
    first = swollen("xl/media/0", 200)
    others = (replace(first, name=b"xl/media/%d" % number, at=len(parts)) for number in range(1, count))
    return archive([*parts, first, *others])


def overlapping_small() -> bytes:
    """Two names for the same bytes, harmless in size."""
    parts = entries(book())
    return archive([*parts, replace(parts[-1], name=b"xl/worksheets/sheet9.xml", at=len(parts) - 1)])


def understated(mebibytes: int) -> bytes:
    """A sheet of many megabytes that claims to be small."""
    packed, _, crc = zeros(mebibytes)
    return with_change(SHEET_1, stored=packed, packed_size=len(packed), size=5000, crc=crc)


def nested(depth: int) -> bytes:
    data = with_entries()
    for _ in range(depth):
        data = zipped({"report.xlsx": data})
    return data


def embedded() -> bytes:
    """A workbook that embeds a bomb, which only someone who unpacks everything would open."""
    return zipped({**book(), "xl/embeddings/oleObject1.zip": archive([swollen("0", 257)])})


def blank_sheet(mebibytes: int) -> bytes:
    """A worksheet that is mostly white space."""
    xml = sheet(rows_xml() + " " * (mebibytes * MEBIBYTE))
    return zipped({**book(), SHEET_1: xml})


BOMBS = (
    bomb("by-ratio", lambda: with_entries(swollen(PICTURE, 40)), DENSE),
    bomb(
        "in-the-sheet",
        lambda: archive(changed(entries(book()), SHEET_1, lambda _: swollen(SHEET_1, 40))),
        DENSE,
    ),
    bomb("of-one-huge-part", lambda: with_entries(swollen(PICTURE, 257)), LARGE),
    bomb(
        "of-two-large-parts", lambda: with_entries(*(swollen(f"xl/media/{n}", 200) for n in range(2))), IN_ALL
    ),
    bomb("of-many-entries", lambda: many_small(2001), MANY),
    bomb("of-a-long-directory", lambda: many_small(20_001), MANY),
    bomb("overlapping", lambda: overlapping(500), IN_ALL),
    bomb("overstated", lambda: with_change(SHEET_1, size=0xFFFFFFF0), LARGE),
    bomb("overstated-strings", lambda: with_change(STRINGS, size=300 * MEBIBYTE), LARGE),
    Case("xlsx-bomb-understated", lambda: understated(100), refused="CORRUPT", because=SHEET_1),
    Case(
        "xlsx-bomb-understated-by-gigabytes",
        lambda: understated(2200),
        refused="CORRUPT",
        because=SHEET_1,
    ),
    Case("xlsx-bomb-nested", lambda: nested(1), refused="WRONG_TYPE", because="(.zip)"),
    Case("xlsx-bomb-nested-deep", lambda: nested(60), refused="WRONG_TYPE", because="(.zip)"),
    Case("xlsx-zip-overlapping", overlapping_small, refused="CORRUPT", because="sheet"),
    harmless("dense-but-small", lambda: with_entries(swollen(PICTURE, 31))),
    harmless("dense-worksheet", lambda: blank_sheet(20)),
    harmless("nearly-two-thousand-entries", lambda: many_small(1990)),
    harmless("with-bomb-embedded", embedded),
)
NAMES = (
    unsafe("name-twice", entry(SHEET_1, sheet("")), reason=TWICE),
    unsafe("name-twice-but-for-case", entry("XL/Worksheets/Sheet1.xml", "<x/>"), reason=TWICE),
    unsafe("name-twice-but-for-slash", entry("/xl\\worksheets/sheet1.xml", "<x/>"), reason=TWICE),
    unsafe("name-climbing", entry("../../etc/cron.d/x", "x"), reason=CLIMBING),
    unsafe("name-climbing-by-backslash", entry("xl\\..\\..\\x", "x"), reason=CLIMBING),
    unsafe("name-climbing-inside", entry("xl/media/../../../x", "x"), reason=CLIMBING),
    harmless("name-absolute", lambda: with_entries(entry("/etc/passwd", "x"))),
    harmless("name-of-a-drive", lambda: with_entries(entry("C:\\x.exe", "x"))),
    harmless("name-of-dots", lambda: with_entries(entry("xl/.../x..y", "x"))),
    harmless("name-overlong", lambda: with_entries(entry("xl/" + "ก" * 20_000, "x"))),
    harmless("name-empty", lambda: with_entries(entry("", "x"))),
    harmless(
        "name-in-no-encoding", lambda: with_entries(replace(entry("x", "x"), name=b"xl/\xa1\xff", flags=0))
    ),
    harmless("name-with-nul", lambda: with_entries(replace(entry("x", "x"), name=b"xl/a\x00b"))),
)
CASES = (*BOMBS, *NAMES)
