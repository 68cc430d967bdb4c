"""The part of the shared strings: runs, readings, false counts, numbers of strings that are not there."""

from tests.hostile.archives import zipped
from tests.hostile.case import Case
from tests.hostile.ground import CELLS, TEXTS
from tests.hostile.xlsx.book import STRINGS, book, edited, xlsx

REMARK = "ครบทุกหมู่บ้าน"
SHARED = f'<c r="J6" t="s"><v>{len(TEXTS)}</v></c>'
"""A cell that holds the first shared string behind those of the report."""


def shared(name: str, item: str) -> Case:
    """A remark whose shared string is written in a rare way."""
    parts = book({"J6": SHARED}, strings=f"<si>{item}</si>")
    return Case(f"xlsx-string-{name}", lambda: zipped(parts), reads={"J6": REMARK}, more=1)


def claiming(name: str, claim: str) -> Case:
    """A number of strings that is not the truth."""
    return Case(f"xlsx-strings-claim-{name}", lambda: xlsx(unique=claim))


def numbered(name: str, number: str) -> Case:
    """A cell with the number of a shared string that is not there."""
    cell = f'<c r="J6" t="s"><v>{number}</v></c>'
    return Case(f"xlsx-string-number-{name}", lambda: xlsx({"J6": cell}), refused="READER_REFUSED")


def corrupt(name: str, old: str, new: str) -> Case:
    """Strings that are no XML."""
    parts = edited(book(unique='uniqueCount="17"'), (STRINGS, old, new))
    return Case(f"xlsx-strings-{name}", lambda: zipped(parts), refused="CORRUPT", because=STRINGS.lower())


BLANKS_AROUND = f'<c r="A6" t="s"><v> {TEXTS.index(str(CELLS["A6"]))}\n</v></c>'
CASES = (
    shared("in-runs", "<r><rPr><b/></rPr><t>ครบทุก</t></r><r><t>หมู่บ้าน</t></r>"),
    shared("with-reading", f'<t>{REMARK}</t><rPh sb="0" eb="2"><t>อ่านว่า</t></rPh>'),
    shared("in-runs-with-reading", "<r><t>ครบทุก</t></r><rPh sb='0' eb='1'><t>x</t></rPh><r><t>หมู่บ้าน</t></r>"),
    shared("as-cdata", "<t><![CDATA[ครบทุก]]>หมู่บ้าน</t>"),
    shared("with-comment", "<t>ครบทุก<!-- ไม่ -->หมู่บ้าน</t>"),
    shared("with-instruction", "<t>ครบทุก<?x y?>หมู่บ้าน</t>"),
    shared("by-character-numbers", f"<t>{''.join(f'&#x{ord(sign):x};' for sign in REMARK)}</t>"),
    shared("with-extension", f"<t>{REMARK}</t><extLst><ext uri='x'/></extLst>"),
    shared("with-spaces-kept", f'<t xml:space="preserve">  {REMARK}\n</t>'),
    Case("xlsx-strings-nobody-uses", lambda: xlsx(strings="<si><t>7</t></si>" * 5000)),
    claiming("thousands-of-millions", 'count="46" uniqueCount="4294967295"'),
    claiming("none", 'count="0" uniqueCount="0"'),
    claiming("less-than-none", 'count="-1" uniqueCount="-1"'),
    numbered("beyond-the-last", "999"),
    numbered("negative", "-1"),
    numbered("that-is-none", "ก"),
    Case("xlsx-string-number-with-blanks", lambda: xlsx({"A6": BLANKS_AROUND})),
    corrupt("claim-words", 'uniqueCount="17"', 'uniqueCount="มาก"'),
    corrupt("with-raw-control", "ส่งครบ", "ส่ง\x01ครบ"),
    corrupt("with-control-by-number", "ส่งครบ", "ส่ง&#x1;ครบ"),
    corrupt("with-unknown-entity", "ส่งครบ", "ส่ง&nbsp;ครบ"),
)
