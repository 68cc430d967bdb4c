"""What a file is by its content, and who reads it."""

import re
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final

from pipeline.model import Finding, Workbook
from pipeline.read import magic, xlsb
from pipeline.read.archive import open_archive, read_entry
from pipeline.read.ods import MIMETYPE
from pipeline.read.outcome import Unusable, told, unusable
from pipeline.read.workbook import read_ods, read_ooxml, read_xlsb
from pipeline.read.xls import WORKBOOK_STREAM, read_xls, top_streams

_WORKBOOK_SUFFIXES: Final = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".ots")
# The suffixes that tell the truth about a content, and what to call it.
_XLSX: Final = ((".xlsx", ".xltx"), "ไฟล์ Excel (.xlsx)")
_XLSM: Final = ((".xlsm", ".xltm"), "ไฟล์ Excel ที่มีมาโคร (.xlsm)")
_XLSB: Final = ((".xlsb",), "ไฟล์ Excel แบบไบนารี (.xlsb)")
_XLS: Final = ((".xls", ".xlt"), "ไฟล์ Excel รุ่นเก่า (.xls)")
_ODS: Final = ((".ods", ".ots"), "ไฟล์ LibreOffice (.ods)")
_NOTHING: Final = b"\x00 \t\r\n"
_MAIN_PART: Final = re.compile(
    rb"(?:spreadsheetml\.(?:sheet|template)|ms-excel\.\w+(\.macroEnabled))\.main\+xml"
)
# Entries by which other kinds of archives are known.
_OTHER_ARCHIVES: Final = (
    ("word/document.xml", "เอกสาร Word (.docx)"),
    ("ppt/presentation.xml", "ไฟล์ PowerPoint (.pptx)"),
    ("index/document.iwa", "ไฟล์ Numbers ของ Apple (.numbers)"),
    ("content.xml", "เอกสาร LibreOffice ที่ไม่ใช่ตารางคำนวณ"),
)
# Streams at the top of an OLE2 container, the house of several old kinds of file and of encrypted workbooks.
_WORKBOOK_STREAMS: Final = frozenset({WORKBOOK_STREAM, "book"})
_ENCRYPTED_STREAMS: Final = frozenset({"encryptedpackage", "encryptioninfo"})
_MACRO_FOLDER: Final = "_vba_project_cur"
_OTHER_STREAMS: Final = {
    "worddocument": "เอกสาร Word (.doc)",
    "powerpoint document": "ไฟล์ PowerPoint (.ppt)",
    "__properties_version1.0": "อีเมล Outlook (.msg)",
}


def read_snapshot(path: Path, name: str) -> Workbook:
    """Read a file of the vault. `name` is the one under which it came; only its suffix matters, and only to say
    that the content is of another kind.

    Never raises for what a file holds: with `readable` false exactly one finding says why (see the package).
    """
    suffix = PurePath(name).suffix.lower()
    try:
        return _read(path.read_bytes(), suffix)
    except OSError as error:
        return unusable(Finding("UNREADABLE", facts=(("why", "เปิดสำเนาที่เก็บไว้ไม่ได้"), ("detail", told(error)))))
    except Unusable as end:
        return unusable(end.finding)


def _read(data: bytes, suffix: str) -> Workbook:
    """Dispatch on the first bytes. Raises `Unusable`."""
    if not data.strip(_NOTHING):
        raise Unusable(
            "CORRUPT" if data.strip() else "EMPTY_FILE"
        )  # zeros: room was made, nothing was copied
    if data.startswith(magic.ZIP):
        return _read_archive(data, suffix)
    if data.startswith(magic.OLE2):
        return _read_ole2(data, suffix)
    if data.startswith(magic.OLD_EXCEL):
        return _noted(_read_old(data), _XLS, suffix)
    raise _wrong_type(magic.kind_of(data), suffix)


def _read_archive(data: bytes, suffix: str) -> Workbook:
    archive = open_archive(data)
    if read_entry(archive, "mimetype").startswith(MIMETYPE):
        return _noted(read_ods(data, archive), _ODS, suffix)
    main = _MAIN_PART.search(read_entry(archive, "[content_types].xml"))
    if main or "xl/workbook.xml" in archive.entries:
        return _noted(read_ooxml(data, archive), _XLSM if main and main[1] else _XLSX, suffix)
    if xlsb.MAIN_PART in archive.entries:
        return _noted(read_xlsb(data, archive), _XLSB, suffix)
    kinds = (kind for entry, kind in _OTHER_ARCHIVES if entry in archive.entries)
    raise _wrong_type(next(kinds, f"{magic.COMPRESSED} (.zip)"), suffix)


def _read_ole2(data: bytes, suffix: str) -> Workbook:
    streams = top_streams(data)
    if streams & _ENCRYPTED_STREAMS:
        raise Unusable("PASSWORD")
    if not streams & _WORKBOOK_STREAMS:
        raise _wrong_type(
            next((_OTHER_STREAMS[name] for name in streams & _OTHER_STREAMS.keys()), magic.UNKNOWN), suffix
        )
    if WORKBOOK_STREAM not in streams:
        return _noted(_read_old(data), _XLS, suffix)
    return _noted(read_xls(data, macros=_MACRO_FOLDER in streams), _XLS, suffix)


def _read_old(data: bytes) -> Workbook:
    """A workbook from before Excel 97: read if it can be, and otherwise its age is the reason."""
    try:
        return read_xls(data)
    except Unusable as end:
        if end.finding.code == "PASSWORD":
            raise
        raise Unusable("OLD_FORMAT", **dict(end.finding.facts)) from end


def _wrong_type(kind: str, suffix: str) -> Unusable:
    renamed = suffix in _WORKBOOK_SUFFIXES and suffix not in kind
    told = f"{kind} ที่เปลี่ยนนามสกุลเป็น {suffix}" if renamed else kind
    document = {"document": kind} if kind.startswith(magic.DOCUMENTS) else {}
    return Unusable("WRONG_TYPE", kind=told, **document)


def _noted(workbook: Workbook, content: tuple[tuple[str, ...], str], suffix: str) -> Workbook:
    """The workbook, with a note when its name promises another kind of content."""
    suffixes, kind = content
    if suffix in suffixes:
        return workbook
    note = Finding("EXT_MISMATCH", facts=(("suffix", suffix), ("kind", kind)))
    return replace(workbook, findings=(note, *workbook.findings))
