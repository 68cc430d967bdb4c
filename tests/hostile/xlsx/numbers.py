"""Numbers that are none, or not what they look like, in the XML of a sheet: read exactly or named, never guessed."""

from tests.hostile.archives import zipped
from tests.hostile.case import Case
from tests.hostile.xlsx.book import WORKBOOK, book, edited, inline, xlsx


def number(written: str, attributes: str = "") -> str:
    return f'<c r="C6" {attributes}><v>{written}</v></c>'


def bad(name: str, cell: str, shown: str) -> Case:
    """A figure that is no count: unknown, and shown as it stands."""
    return Case(
        f"xlsx-number-{name}", lambda: xlsx({"C6": cell}), (f"BAD_VALUE C6 {shown}",), unknown=("C6",)
    )


def read(name: str, cell: str, figure: int = 9, *says: str) -> Case:
    """A figure in an unusual form that is plainly one number."""
    return Case(f"xlsx-number-{name}", lambda: xlsx({"C6": cell}), says, reads={"C6": figure})


def text(name: str, written: str, figure: int | None, code: str, shown: str = "") -> Case:
    """A figure that was typed as text."""
    says = " ".join(part for part in (code, "C6", shown) if part)
    reads, unknown = ({}, ("C6",)) if figure is None else ({"C6": figure}, ())
    return Case(
        f"xlsx-text-number-{name}",
        lambda: xlsx({"C6": inline("C6", written)}),
        (says,),
        unknown=unknown,
        reads=reads,
    )


def day(name: str, number: int, read: str, *says: str, system: str = "") -> Case:
    """A day in a remark, in the calendar that the workbook says."""
    cell = f'<c r="J6" s="1"><v>{number}</v></c>'
    parts = edited(book({"J6": cell}), (WORKBOOK, "<sheets>", f"{system}<sheets>"))
    return Case(f"xlsx-{name}", lambda: zipped(parts), says, reads={"J6": read}, more=1)


NUMBERS = (
    bad("beyond-every-count", number("1e300"), "1e+300"),
    bad("nan", number("NaN"), "nan"),
    bad("infinite", number("INF"), "inf"),
    bad("too-large-for-a-double", number("1e400"), "inf"),
    bad("indefinite", number("-1.#IND"), "-1.#IND"),
    bad("hexadecimal", number("0x10"), "0x10"),
    bad("four-hundred-digits", number("9" * 400), "inf"),
    bad("at-the-limit-of-counts", number("1000000000000000"), "1e+15"),
    bad("smallest-double", number("5e-324"), "4.94065645841247e-324"),
    bad("fraction", number("9.5"), "9.5"),
    bad("decimal-comma", number("9,5"), "9,5"),
    bad("with-underscore", number("1_0"), "1_0"),
    bad("words-without-type", number("เก้า"), "เก้า"),
    bad("truth", number("1", 't="b"'), "TRUE"),
    bad("day", number("9", 's="1"'), "9 ม.ค. 2443"),
    # Excel shows nothing but hash signs there, and the reader midnight.
    bad("day-before-the-calendar", number("-5", 's="1"'), "00.00 น."),
    bad("duration", number("9", 's="2"'), "9 days, 0:00:00"),
    bad("iso-day", number("2021-02-04", 't="d"'), "4 ก.พ. 2564"),
    read("last-digit-of-a-double", number("8.9999999999999996")),
    read("exponent", number("9e0")),
    read("exponent-capital", number("0.9E+1")),
    read("trailing-zeros", number("9.000000000000000000000")),
    read("leading-zeros", number("0009")),
    read("negative", number("-9"), -9),
    read("negative-zero", number("-0"), 0),
    read("below-the-limit", number("999999999999999"), 999_999_999_999_999),
    read("style-that-is-not-there", number("9", 's="65000"')),
    read("type-spelled-out", number("9", 't="n"')),
    read("percent-of-a-style", number("9", 's="0"')),
    read("metadata", number("9", 'vm="1" cm="7"')),
    read("with-blanks-around", number("\n 9 \t"), 9, "NUMBER_AS_TEXT C6 9"),
    Case("xlsx-number-sign-before", lambda: xlsx({"C6": number("+9")})),
    Case("xlsx-number-no-value", lambda: xlsx({"C6": '<c r="C6"/>'}), unknown=("C6",), more=-1),
)
TYPED = (
    text("arabic", "9", 9, "NUMBER_AS_TEXT", "9"),
    text("thai", "๙", 9, "NUMBER_AS_TEXT", "๙"),
    text("full-width", "９", 9, "NUMBER_AS_TEXT", "９"),
    text("behind-a-no-break-space", "\u00a09\u00a0", 9, "NUMBER_AS_TEXT", "9"),
    text("zero-width-space-within", "1\u200b0", 10, "NUMBER_AS_TEXT", "10"),
    text("with-unit", "9 แห่ง", 9, "UNIT_DROPPED"),
    text("dash", "-", 0, "ZERO_WORD"),
    text("word-for-none", "ไม่มี", 0, "ZERO_WORD"),
    text("range", "12-15", None, "BAD_VALUE", "12-15"),
    text("about", "ประมาณ 9", None, "BAD_VALUE", "ประมาณ 9"),
    text("formula", "=5+4", None, "BAD_VALUE", "=5+4"),
    text("apostrophe", "'9", None, "BAD_VALUE", "'9"),
    text("arabic-indic-digits", "٩", None, "BAD_VALUE", "٩"),
    text("superscript", "9²", None, "BAD_VALUE", "9²"),
    text("thousands-by-dot", "1.000", None, "BAD_VALUE", "1.000"),
    text("right-to-left-override", "\u202e9\u202c", 9, "NUMBER_AS_TEXT", "9"),
)
DAYS = (
    day("1904-calendar", 42769, "4 ก.พ. 2564", "DATE1904", system='<workbookPr date1904="1"/>'),
    day("1904-calendar-in-words", 42769, "4 ก.พ. 2564", "DATE1904", system='<workbookPr date1904="true"/>'),
    day("1900-calendar", 44231, "4 ก.พ. 2564", system='<workbookPr date1904="0"/>'),
    day("day-that-never-was", 60, "28 ก.พ. 2443"),
    day("day-after-the-calendar", 99999999, "99999999"),
    Case(
        "xlsx-day-in-words-that-never-was",
        lambda: xlsx({"J6": '<c r="J6" t="d"><v>2021-02-30</v></c>'}),
        reads={"J6": "2021-02-30"},
        more=1,
    ),
)
CASES = (*NUMBERS, *TYPED, *DAYS)
