"""Zip archives around an .xlsx: damaged, locked, or only rare, which must not be taken for a fault."""

import zipfile
from collections.abc import Callable
from dataclasses import replace

from tests.hostile.archives import END, STORED, archive, by_library, entries, entry, streamed
from tests.hostile.case import Case
from tests.hostile.xlsx.bombs import PICTURE, harmless, with_change, with_entries
from tests.hostile.xlsx.book import SHEET_1, book


def corrupt(name: str, make: Callable[[], bytes], part: str = "") -> Case:
    """An archive that is damaged, in a part."""
    return Case(f"xlsx-zip-{name}", make, refused="CORRUPT", because=part)


def refused(name: str, make: Callable[[], bytes], code: str, because: str = "") -> Case:
    return Case(f"xlsx-zip-{name}", make, refused=code, because=because)


def whole() -> bytes:
    return archive(entries(book()))


def volume() -> bytes:
    """The last of several volumes, by its own word."""
    data = bytearray(whole())
    at = data.rindex(END)
    data[at + 4 : at + 6] = b"\x02\x00"
    return bytes(data)


def behind_another() -> bytes:
    """An archive behind another: the last directory counts."""
    return archive(entries(book({"C6": '<c r="C6"><v>900</v></c>'}))) + whole()


DAMAGE = (
    corrupt("checksum-of-the-sheet", lambda: with_change(SHEET_1, crc=1), SHEET_1),
    corrupt(
        "checksum-of-a-picture", lambda: with_entries(replace(entry(PICTURE, b"x" * 99), crc=1)), PICTURE
    ),
    corrupt("names-differ", lambda: with_change(SHEET_1, local_name=b"xl/worksheets/sheet7.xml"), SHEET_1),
    corrupt("name-not-utf-8", lambda: with_entries(replace(entry("x", "x"), name=b"xl/\xa1\xa2"))),
    corrupt(
        "content-is-no-deflate", lambda: with_change(SHEET_1, stored=b"\xff" * 500, packed_size=500), SHEET_1
    ),
    corrupt("content-cut", lambda: with_change(SHEET_1, packed_size=100), SHEET_1),
    corrupt("cut-in-half", lambda: whole()[: len(whole()) // 2], "zip"),
    corrupt("cut-of-its-end", lambda: whole()[:-30], "zip"),
    corrupt("cut-to-its-magic", lambda: whole()[:4], "zip"),
    corrupt("first-kilobyte-zeros", lambda: whole()[:4] + bytes(1020) + whole()[1024:]),
    corrupt("second-half-zeros", lambda: whole()[: len(whole()) // 2] + bytes(len(whole()) // 2), "zip"),
    corrupt("with-line-breaks-of-windows", lambda: whole().replace(b"\n", b"\r\n")),
    corrupt("directory-behind-the-end", lambda: whole()[:-6] + b"\xff\xff\xff\x7f\0\0"),
    refused("locked", lambda: archive([replace(each, flags=0x801) for each in entries(book())]), "PASSWORD"),
    refused("locked-sheet-only", lambda: with_change(SHEET_1, flags=0x801), "PASSWORD"),
    refused("method-of-nobody", lambda: with_change(SHEET_1, method=99), "READER_REFUSED"),
    refused("empty", lambda: archive([]), "WRONG_TYPE", "(.zip)"),
    refused("behind-a-mark", lambda: b"\xef\xbb\xbf" + whole(), "WRONG_TYPE"),
    refused(
        "with-directory-in-comment", lambda: archive(entries(book()), END + bytes(18)), "WRONG_TYPE", "(.zip)"
    ),
)
ODD = (
    harmless("stored", lambda: archive([entry(name, part, STORED) for name, part in book().items()])),
    harmless("streamed", lambda: streamed(book())),
    harmless("bzip2", lambda: by_library(book(), zipfile.ZIP_BZIP2)),
    harmless("lzma", lambda: by_library(book(), zipfile.ZIP_LZMA)),
    harmless("with-comment", lambda: archive(entries(book()), "หมายเหตุ".encode() * 99)),
    harmless("behind-zeros", lambda: b"PK\x03\x04" + bytes(2000) + whole()),
    harmless("behind-another", behind_another),
    harmless("with-bytes-behind", lambda: whole() + b"\r\n\r\n"),
    harmless("with-folders-as-entries", lambda: archive([entry("xl/", b"", STORED), *entries(book())])),
    harmless(
        "with-a-type-first", lambda: archive([entry("mimetype", "application/x-y", STORED), *entries(book())])
    ),
    harmless("volume-of-several", volume),
    harmless("size-overstated", lambda: with_change(SHEET_1, size=999_999)),
    harmless("local-sizes-lie", lambda: with_change(SHEET_1, local_size=1)),
    harmless("backwards", lambda: archive(list(reversed(entries(book()))))),
)
CASES = (*DAMAGE, *ODD)
