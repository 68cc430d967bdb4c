"""The parts of an .ods and the zip around them: types, encryption, encodings, damage."""

from collections.abc import Callable

from tests.hostile.archives import STORED, Entry, archive, entries, entry, swollen, zipped
from tests.hostile.case import Case
from tests.hostile.ods.book import CONTENT, MANIFEST, META, book, formula, ods
from tests.read.handmade import ODS_TYPE

URN = "urn:oasis:names:tc:opendocument:xmlns"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
LOCK = '<file-entry full-path="content.xml"><encryption-data checksum="x"/></file-entry>'
FLAT = '<?xml version="1.0"?>' + str(book()[CONTENT]).replace("document-content", "document")
SUITE = "LibreOffice"


def without(name: str, missing: str, code: str = "", because: str = "") -> Case:
    """The workbook without one of its parts."""
    parts = {each: content for each, content in book().items() if each != missing}
    return Case(f"ods-without-{name}", lambda: zipped(parts), refused=code, because=because)


def part(name: str, changed: str, content: str | bytes, code: str = "", because: str = "") -> Case:
    """The workbook with another content of one of its parts, or a further one."""
    return Case(f"ods-{name}", lambda: zipped({**book(), changed: content}), refused=code, because=because)


def content(name: str, change: Callable[[str], str | bytes], code: str = "", because: str = "") -> Case:
    """The workbook with its content changed."""
    return part(name, CONTENT, change(str(book()[CONTENT])), code, because)


def corrupt(name: str, change: Callable[[str], str | bytes]) -> Case:
    return content(f"xml-{name}", change, "CORRUPT", CONTENT)


def encoded(encoding: str) -> Case:
    """The content in another encoding that says what it is: no office suite writes it, and no reader here knows it."""
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return content(f"encoding-{encoding}", lambda xml: (head + xml).encode(encoding), "READER_REFUSED")


def packed(name: str, *more: Entry, reason: str) -> Case:
    """An archive that is not opened, for a reason."""
    found = [*entries(book()), *more]
    return Case(f"ods-zip-{name}", lambda: archive(found), refused="UNSAFE_ARCHIVE", because=reason)


def flat(name: str, file: str) -> Case:
    """An OpenDocument sheet that is one XML file and no archive."""
    return Case(f"ods-{name}", FLAT.encode, refused="WRONG_TYPE", because="XML", name=file)


PARTS = (
    without("type", "mimetype", "WRONG_TYPE", SUITE),
    without("manifest", MANIFEST, "READER_REFUSED"),
    without("meta", META),
    without("content", CONTENT, "CORRUPT"),
    part("type-of-a-letter", "mimetype", "application/vnd.oasis.opendocument.text", "WRONG_TYPE", SUITE),
    part("type-in-capitals", "mimetype", ODS_TYPE.upper(), "WRONG_TYPE", SUITE),
    part("type-of-a-template", "mimetype", ODS_TYPE + "-template"),
    part("type-with-line-break", "mimetype", ODS_TYPE + "\n"),
    part("with-basic-macros", "Basic/Standard/Module1.xml", "<script:module>Sub Main</script:module>"),
    part("with-picture", "Pictures/1.png", b"\x89PNG" * 99),
    part("with-chart", "Object 1/content.xml", "<x>900</x>"),
    part("styles-broken", "styles.xml", "<office:document-styles"),
    part("settings-with-doctype", "settings.xml", "<!DOCTYPE x><x/>"),
    Case("ods-type-last", lambda: archive(list(reversed(entries(book()))))),
    Case("ods-called-xlsx", ods, ("EXT_MISMATCH",), name="ods-called.xlsx"),
    Case("ods-encrypted", lambda: ods(manifest=LOCK), refused="PASSWORD"),
    Case(
        "ods-encrypted-to-noise",
        lambda: zipped({**book(manifest=LOCK), CONTENT: b"\x8a\x11" * 999}),
        refused="PASSWORD",
    ),
    Case(
        "ods-of-a-suite-that-always-calculates",
        lambda: ods({"C6": formula("IF(1;&quot;&quot;)")}, generator="LibreOffice/25.2"),
        unknown=("C6",),
        more=-1,
    ),
    flat("flat", "ods-flat.fods"),
    flat("flat-called-ods", "ods-flat-called.ods"),
)
ARCHIVES = (
    packed("bomb", swollen("Pictures/1.png", 40), reason="บีบอัดแน่น"),
    packed("climbing", entry("../x", "x"), reason="โฟลเดอร์อื่น"),
    packed("name-twice", entry("CONTENT.XML", "<x/>"), reason="ชื่อซ้ำ"),
    Case(
        "ods-zip-bomb-as-type",
        lambda: archive([swollen("mimetype", 40), *entries(book())[1:]]),
        refused="UNSAFE_ARCHIVE",
        because="บีบอัดแน่น",
    ),
    Case("ods-zip-cut", lambda: ods()[:-200], refused="CORRUPT", because="zip"),
    Case("ods-zip-stored", lambda: archive([entry(name, each, STORED) for name, each in book().items()])),
)
XML = (
    corrupt("cut-off", lambda xml: xml[:-30]),
    corrupt("empty", lambda _: ""),
    corrupt("zeros", lambda _: bytes(3000)),
    corrupt("raw-control", lambda xml: xml.replace("ส่งครบ", "ส่ง\x01ครบ")),
    corrupt("thai-bytes", lambda xml: xml.encode("cp874")),
    corrupt(
        "crosswise",
        lambda xml: xml.replace("</table:table-row></table:table>", "</table:table></table:table-row>"),
    ),
    content("doctype", lambda xml: "<!DOCTYPE x>" + xml, "UNSAFE_ARCHIVE", "DOCTYPE"),
    content("entities", lambda xml: ENTITIES + xml.replace("ส่งครบ", "&b;"), "UNSAFE_ARCHIVE", "DOCTYPE"),
    content("other-prefixes", lambda xml: xml.replace("table:", "t:").replace(":table=", ":t="), "HEADER"),
    content("no-namespaces", lambda xml: xml.replace(URN, "urn:nobody")),
    content("laid-out", lambda xml: xml.replace("><", ">\n  <"), "READER_REFUSED"),
    content("utf-8-with-mark", lambda xml: xml.encode("utf-8-sig")),
    encoded("utf-16"),
    encoded("tis-620"),
)
CASES = (*PARTS, *ARCHIVES, *XML)
