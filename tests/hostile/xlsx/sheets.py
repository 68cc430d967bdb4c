"""The XML of a worksheet beside its addresses: what is hidden or merged, namespaces, values in odd pieces."""

import re

from tests.hostile.archives import zipped
from tests.hostile.case import Case
from tests.hostile.xlsx.book import SHEET_1, book, rows_xml, xlsx
from tests.read.handmade import MAIN, STRICT, sheet

COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def whole(name: str, xml: str, **expected: object) -> Case:
    """The workbook with another worksheet part."""
    return Case(f"xlsx-{name}", lambda: zipped({**book(), SHEET_1: xml}), **expected)


def behind(name: str, xml: str, *says: str, **expected: object) -> Case:
    """The workbook with something behind its rows."""
    return Case(f"xlsx-{name}", lambda: xlsx(after=xml), says, **expected)


def merged(name: str, ranges: str, *says: str, **expected: object) -> Case:
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in ranges.split())
    return behind(f"merge-{name}", f"<mergeCells>{cells}</mergeCells>", *says, **expected)


def columns(name: str, attributes: str, *says: str) -> Case:
    xml = f"<cols><col {attributes}/></cols>"
    return Case(f"xlsx-hidden-{name}", lambda: xlsx(before=xml), says)


def rows(name: str, line: int, attributes: str, *says: str) -> Case:
    return Case(f"xlsx-hidden-{name}", lambda: xlsx(attributes={line: f" {attributes}"}), says)


def value(name: str, inside: str, *says: str, attributes: str = "") -> Case:
    """The figure 10 in C6, written in an odd way."""
    put = {"C6": f'<c r="C6" {attributes}>{inside}</c>'}
    return Case(f"xlsx-value-{name}", lambda: xlsx(put), says, reads={"C6": 10})


def prefixed(prefix: str) -> str:
    """The worksheet with a prefix at every element."""
    xml = re.sub(r"<(/?)([a-zA-Z])", rf"<\1{prefix}:\2", sheet(rows_xml()))
    return xml.replace("xmlns=", f"xmlns:{prefix}=")


HIDDEN = (
    rows("row", 6, 'hidden="1"', "HIDDEN A6"),
    rows("row-in-words", 6, 'hidden="true"', "HIDDEN A6"),
    rows("header-row", 4, 'hidden="1"'),
    columns("column", 'min="3" max="3" hidden="1"', "HIDDEN C5"),
    columns("to-the-right", 'min="11" max="16384" hidden="1"'),
    columns("everything", 'min="1" max="16384" hidden="1"', "HIDDEN A5"),
    merged("over-figures", "C6:E6", "MERGED D6 1700", "MERGED E6 1300"),
    merged("down-over-figures", "C5:C8", "MERGED C6 9", "MERGED C7 11", "MERGED C8 8"),
    merged("overlapping", "C6:D6 D6:E6", "MERGED D6 1700", "MERGED E6 1300"),
    merged("over-a-name", "A6:A7", "MERGED A7 อบต.โพนเมือง"),
    merged("over-the-whole-sheet", "A1:XFD1048576"),
    merged("of-one-cell", "C6"),
    merged("reversed", "E6:C6"),
    merged("far-away", "XFC1048575:XFD1048576"),
    merged("that-is-no-range", "ทั้งแถว", refused="CORRUPT", because=SHEET_1),
)
NAMESPACES = (
    whole("prefix", prefixed("x")),
    whole("prefix-thai", prefixed("แผ่น"), refused="RECONCILE", because="49"),
    whole("prefix-declared-again", prefixed("x").replace("<x:sheetData>", f'<x:sheetData xmlns:x="{MAIN}">')),
    whole("strict-sheet-in-usual-book", sheet(rows_xml(), namespace=STRICT)),
    whole("namespace-of-nobody", sheet(rows_xml(), namespace="urn:invalid:x")),
    whole("laid-out-for-reading", sheet(rows_xml()).replace("><", ">\n\t<")),
    behind("extension-of-other-cells", '<extLst xmlns:z="z"><z:c r="C6"><z:v>1</z:v></z:c></extLst>'),
    behind(
        "extension-of-cells",
        '<extLst><ext uri="x"><c r="C6"><v>1</v></c></ext></extLst>',
        refused="RECONCILE",
        because="50",
    ),
    behind(
        "alternate-content",
        f'<mc:AlternateContent xmlns:mc="{COMPATIBLE}"><mc:Choice Requires="x14"/></mc:AlternateContent>',
    ),
)
VALUES = (
    value("with-comment", "<v>1<!-- 2 -->0</v>"),
    value("as-cdata", "<v><![CDATA[10]]></v>"),
    value("by-numbered-digits", "<v>&#49;&#x30;</v>"),
    value("half-cdata", "<v>1<![CDATA[0]]></v>"),
    value("half-numbered-digits", "<v>1&#48;</v>"),
    value("with-instruction", "<v>1<?x 2?>0</v>"),
    value("half-cdata-text", "<v>1<![CDATA[0]]></v>", "NUMBER_AS_TEXT C6 10", attributes='t="str"'),
    value("and-own-text", "<v>10</v><is><t>10</t></is>", "NUMBER_AS_TEXT C6 10", attributes='t="inlineStr"'),
    Case(
        "xlsx-value-and-another",
        lambda: xlsx({"C6": '<c r="C6"><v>1</v><v>0</v></c>'}),
        refused="RECONCILE",
    ),
)
CASES = (*HIDDEN, *NAMESPACES, *VALUES)
