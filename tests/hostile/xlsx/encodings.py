"""A worksheet part that is no XML, is XML in a rare encoding, or holds a document type."""

from tests.hostile.archives import zipped
from tests.hostile.case import Case
from tests.hostile.xlsx.book import SHEET_1, book, inline, rows_xml, xlsx
from tests.read.handmade import sheet

SHEET = sheet(rows_xml())
XML = '<?xml version="1.0" encoding="{}"?>'
LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))


def whole(xml: str | bytes) -> bytes:
    """The workbook with another worksheet part."""
    return zipped({**book(), SHEET_1: xml})


def broken(name: str, xml: str | bytes) -> Case:
    """A worksheet that is no XML."""
    return Case(f"xlsx-xml-{name}", lambda: whole(xml), refused="CORRUPT", because=SHEET_1)


def unsafe(name: str, doctype: str, encoding: str = "utf-8") -> Case:
    """A worksheet with a document type."""
    xml = (XML.format(encoding) + doctype + SHEET).encode(encoding)
    return Case(f"xlsx-doctype-{name}", lambda: whole(xml), refused="UNSAFE_ARCHIVE", because="DOCTYPE")


def encoded(name: str, encoding: str, declared: str = "") -> Case:
    """The worksheet in another encoding that says what it is: read as the same."""
    xml = (XML.format(declared or encoding) + SHEET).encode(encoding)
    return Case(f"xlsx-encoding-{name}", lambda: whole(xml))


CASES = (
    encoded("utf-8-with-mark", "utf-8-sig", "utf-8"),
    encoded("utf-16", "utf-16"),
    encoded("utf-16-without-mark", "utf-16-be", "UTF-16BE"),
    encoded("tis-620", "tis-620"),
    encoded("latin-1-for-ascii", "ascii", "iso-8859-1"),
    broken(
        "thai-bytes", (XML.format("utf-8") + sheet(rows_xml({"J6": inline("J6", "ครบ")}))).encode("cp874")
    ),
    broken("windows-874", (XML.format("windows-874") + SHEET).encode("cp874")),
    broken("utf-8-called-utf-16", (XML.format("utf-16") + SHEET).encode()),
    broken("encoding-of-nobody", (XML.format("utf-9") + SHEET).encode()),
    broken("cut-off", SHEET[:-40]),
    broken("empty", b""),
    broken("zeros", bytes(5000)),
    broken("two-roots", SHEET + sheet("")),
    broken("text-behind", SHEET + "จบ"),
    broken("attribute-twice", SHEET.replace('<c r="C6"', '<c r="C6" r="C7"')),
    broken("unclosed-cell", SHEET.replace("</c></row>", "</row>", 1)),
    broken("bare-ampersand", SHEET.replace("<v>9</v>", "<v>9&</v>")),
    broken("html", b"<html><body><p>404 not found<br></body></html>"),
    broken("raw-nul", SHEET.replace("<v>9</v>", "<v>\x009</v>")),
    Case("xlsx-xml-deep", lambda: whole(sheet(rows_xml(), "<a>" * 20_000 + "</a>" * 20_000))),
    Case("xlsx-xml-long-attribute", lambda: xlsx(attributes={6: f" x='{'ก' * 500_000}'"})),
    Case(
        "xlsx-xml-many-attributes", lambda: xlsx(attributes={6: "".join(f" x{i}='1'" for i in range(20_000))})
    ),
    unsafe("plain", "<!DOCTYPE worksheet>"),
    unsafe("entity", '<!DOCTYPE worksheet [<!ENTITY a "9">]>'),
    unsafe("billion-laughs", f'<!DOCTYPE worksheet [<!ENTITY a0 "9">{LAUGHS}]>'),
    unsafe("file", '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
    unsafe("web", '<!DOCTYPE worksheet SYSTEM "http://invalid.example/x.dtd">'),
    unsafe("parameter", '<!DOCTYPE worksheet [<!ENTITY % a SYSTEM "file:///dev/zero"> %a;]>'),
    unsafe("utf-16", "<!DOCTYPE worksheet>", "utf-16"),
)
