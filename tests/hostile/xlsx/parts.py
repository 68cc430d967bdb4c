"""The parts of a workbook: missing, broken, elsewhere, strict, or there for something that is no business of ours."""

from collections.abc import Callable

from tests.hostile.archives import zipped
from tests.hostile.case import Case
from tests.hostile.xlsx.book import (
    RELATIONS,
    SHEET_1,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    Parts,
    book,
    edited,
    strings_xml,
    xlsx,
)
from tests.read.handmade import MACRO_TYPE, MAIN, OFFICE, STRICT, STRICT_OFFICE

LETTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
VBA = b"\xd0\xcf\x11\xe0" + bytes(9000)
AUTO_OPEN = "<definedNames><definedName name='_xlnm.Auto_Open'>x!$A$1</definedName></definedNames>"


def without(name: str, part: str, code: str = "", because: str = "") -> Case:
    """The workbook without one of its parts."""
    parts = {each: content for each, content in book().items() if each != part}
    return Case(f"xlsx-without-{name}", lambda: zipped(parts), refused=code, because=because)


def with_part(name: str, part: str, content: str | bytes, code: str = "", because: str = "") -> Case:
    """The workbook with another content of one of its parts, or with a further one."""
    return Case(f"xlsx-{name}", lambda: zipped({**book(), part: content}), refused=code, because=because)


def beside(name: str, part: str, content: str | bytes, *says: str) -> Case:
    """The workbook with a further part of a kind that exists."""
    return Case(f"xlsx-beside-{name}", lambda: zipped({**book(), part: content}), says)


def named(name: str, change: Callable[[str], str], code: str = "") -> Case:
    """The workbook with other names for its parts."""
    parts = {change(each): content for each, content in book().items()}
    return Case(f"xlsx-names-{name}", lambda: zipped(parts), refused=code)


def macros(name: str, parts: Parts, *says: str, file: str = "") -> Case:
    """A workbook of the type that may hold macros."""
    return Case(f"xlsm-{name}", lambda: zipped({**book(workbook_type=MACRO_TYPE), **parts}), says, name=file)


def typed(name: str, kind: str, file: str, *says: str) -> Case:
    """A workbook of another type than "sheet"."""
    return Case(f"xlsm-{name}", lambda: zipped(book(workbook_type=kind)), says, name=file)


def many_styles() -> str:
    formats = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="0;0;{i}"/>' for i in range(60_000))
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(60_000))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'


def elsewhere(folder: str) -> Parts:
    """The workbook in another folder, and every part's word for it changed."""
    return {name.replace("xl/", folder): str(part).replace("xl/", folder) for name, part in book().items()}


DOCTYPE = f'<!DOCTYPE sst [<!ENTITY a "9">]><sst xmlns="{MAIN}">{strings_xml()}</sst>'
PARTS = (
    without("types", TYPES),
    without("package-relations", "_rels/.rels"),
    without("styles", STYLES),
    without("relations", RELATIONS, "CORRUPT", "workbook.xml.rels"),
    without("workbook", WORKBOOK, "CORRUPT", WORKBOOK),
    without("sheet", SHEET_1, "CORRUPT", SHEET_1),
    without("strings", STRINGS, "READER_REFUSED"),
    with_part("workbook-broken", WORKBOOK, "<workbook>", "CORRUPT", WORKBOOK),
    with_part("relations-broken", RELATIONS, "<x", "CORRUPT", "rels"),
    with_part("styles-broken", STYLES, "<styleSheet", "READER_REFUSED"),
    with_part("styles-empty", STYLES, f'<styleSheet xmlns="{MAIN}"/>'),
    Case("xlsx-styles-sixty-thousand", lambda: zipped({**book(), STYLES: many_styles()})),
    with_part("strings-as-html", STRINGS, "<html><body>x", "CORRUPT", STRINGS.lower()),
    with_part("strings-with-doctype", STRINGS, DOCTYPE, "UNSAFE_ARCHIVE", "DOCTYPE"),
    with_part(
        "drawing-with-doctype", "xl/drawings/drawing1.xml", "<!DOCTYPE x><x/>", "UNSAFE_ARCHIVE", "DOCTYPE"
    ),
    with_part("properties-broken", "docProps/core.xml", "\x00\x01"),
    with_part("theme-broken", "xl/theme/theme1.xml", "<a:theme"),
    with_part("types-broken", TYPES, "<Types"),
    with_part("types-of-a-letter", TYPES, f'<Types><Override ContentType="{LETTER}"/></Types>'),
    Case("xlsx-strict", lambda: xlsx(namespace=STRICT)),
    Case(
        "xlsx-strict-1904", lambda: xlsx(namespace=STRICT, book='<workbookPr date1904="1"/>'), ("DATE1904",)
    ),
    Case(
        "xlsx-strict-relations-in-usual-book",
        lambda: zipped({name: str(part).replace(OFFICE, STRICT_OFFICE) for name, part in book().items()}),
    ),
    Case("xlsx-parts-elsewhere", lambda: zipped(elsewhere("งาน/"))),
    named("with-backslashes", lambda name: name.replace("/", "\\")),
    named("in-capitals", str.upper),
    named("with-leading-slash", lambda name: f"/{name}", "READER_REFUSED"),
)
BESIDE = (
    beside("macros", "xl/vbaProject.bin", VBA, "MACRO"),
    beside("external-link", "xl/externalLinks/externalLink1.xml", "<externalLink/>", "EXTERNAL_LINK"),
    beside("embedded-workbook", "xl/embeddings/Microsoft_Excel_Sheet1.xlsx", xlsx()),
    beside("embedded-object", "xl/embeddings/oleObject1.bin", VBA),
    beside("control", "xl/activeX/activeX1.bin", bytes(999)),
    beside("picture", "xl/media/image1.png", b"\x89PNG" * 999),
    beside("query", "xl/connections.xml", '<connections><connection refreshOnLoad="1"/></connections>'),
    beside("custom-data", "customXml/item1.xml", "<x>9</x>"),
    beside("program", "xl/setup.exe", b"MZ\x90"),
    beside("comments", "xl/comments1.xml", '<comments><comment ref="C6"><t>900</t></comment></comments>'),
    beside("table", "xl/tables/table1.xml", '<table ref="A1:XFD9"/>'),
    beside("pivot-cache", "xl/pivotCache/pivotCacheRecords1.xml", "<r><n v='900'/></r>"),
    beside("calculation-chain", "xl/calcChain.xml", "<calcChain><c r='ZZZZ9' i='77'/>"),
    beside("signature", "_xmlsignatures/sig1.xml", "<Signature/>"),
)
MACROS = (
    macros("without-macros", {}),
    macros("with-macros", {"xl/vbaProject.bin": VBA}, "MACRO"),
    macros("with-macros-elsewhere", {"xl/makro/VbaProject.BIN": VBA}, "MACRO"),
    macros("named-xlsx", {"xl/vbaProject.bin": VBA}, "EXT_MISMATCH", "MACRO", file="xlsm-named.xlsx"),
    typed("template", MACRO_TYPE.replace("sheet.", "template."), "xlsm-template.xltm"),
    typed("add-in", MACRO_TYPE.replace("sheet.", "addin."), "xlsm-add-in.xlam", "EXT_MISMATCH"),
    Case("xlsm-that-is-plain", xlsx, ("EXT_MISMATCH",)),
    Case(
        "xlsm-that-opens-itself",
        lambda: zipped(
            edited({**book(), "xl/vbaProject.bin": VBA}, (WORKBOOK, "</sheets>", f"</sheets>{AUTO_OPEN}"))
        ),
        ("EXT_MISMATCH", "MACRO"),
    ),
)
CASES = (*PARTS, *BESIDE, *MACROS)
