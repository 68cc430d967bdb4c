"""Texts in cells: whatever letters they are made of, they are read as text and never act."""

from tests.hostile.case import Case
from tests.hostile.ground import row
from tests.hostile.xlsx.book import inline, xlsx


def remark(name: str, written: str, read: str, *says: str) -> Case:
    """A remark of unusual letters, and how it is read."""
    put = {"J6": inline("J6", written)}
    return Case(f"xlsx-text-{name}", lambda: xlsx(put), says, reads={"J6": read}, more=1)


def named(name: str, written: str, *says: str) -> Case:
    """A local body's name in unusual letters that still is its name."""
    cell = "A5" if "ทต" in written else "A6"
    return Case(f"xlsx-name-{name}", lambda: xlsx({cell: inline(cell, written)}), says)


def nameless(name: str, cell: str, *says: str) -> Case:
    """A row whose name is none: its figures are not counted."""
    return Case(f"xlsx-name-{name}", lambda: xlsx({"A6": cell}), says, unknown=row(6))


REMARKS = (
    remark("begins-with-equals", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    remark("begins-with-plus", "+SUM(1)", "+SUM(1)"),
    remark("begins-with-at", "@SUM(1+1)*cmd", "@SUM(1+1)*cmd"),
    remark("begins-with-tab", "\t=1+1", "=1+1"),
    remark("of-markup", "<script>alert(1)</script>&amp;", "<script>alert(1)</script>&amp;"),
    remark("of-a-template", "{value} {0} %s ${HOME} `id`", "{value} {0} %s ${HOME} `id`"),
    remark("of-csv", '";"\r\n"ก,ข"', '";" "ก,ข"'),
    remark("of-a-link", "http://invalid.example/?q=1", "http://invalid.example/?q=1"),
    remark("of-a-path", "..\\..\\etc/passwd", "..\\..\\etc/passwd"),
    remark("escaped-nul", "_x0000_ก", "ก", "TEXT_CLEANED J6"),
    remark("escaped-line-break", "ก_x000D_\nข", "ก ข"),
    remark("escaped-underscore", "_x005F_x0041_", "_x0041_"),
    remark("escaped-letters", "_x0E01_ข", "_x0E01_ข"),
    remark("escaped-half-a-surrogate", "ก_xD83D_", "ก_xD83D_"),
    remark("right-to-left", "\u202eกข\u202c", "กข", "TEXT_CLEANED J6"),
    remark("byte-order-mark", "\ufeffกข", "กข", "TEXT_CLEANED J6"),
    remark("beyond-the-first-plane", "🌱𐎀", "🌱𐎀"),
    remark("noncharacter", "ก\ufffdข", "ก\ufffdข"),
    remark("old-font-glyphs", "ป\uf710าหมาย", "ป\uf710าหมาย"),
    remark("mojibake", "à¸\u0081à¸£à¸š", "à¸ à¸£à¸š", "TEXT_CLEANED J6"),
    remark("stacked-marks", "ก" + "่" * 500, "ก่", "TEXT_CLEANED J6"),
    remark("split-sara-am", "ดํา", "ดำ", "TEXT_CLEANED J6"),
    remark("over-32767-letters", "ก" * 40_000, "ก" * 40_000),
    remark("a-megabyte", "ก " * 175_000, "ก " * 174_999 + "ก"),
    remark("of-nothing-visible", "\u200b\u200d\ufeff", "", "TEXT_CLEANED J6"),
    Case("xlsx-text-of-no-break-spaces", lambda: xlsx({"J6": inline("J6", "\u00a0\u3000")})),
)
NAMES = (
    named("with-zero-width-space", "อบต.\u200bหนองบก", "NAME_READ A6"),
    named("of-old-font-glyphs", "ทต.เหล\uf70aาเสือโก\uf70bก", "NAME_READ A5"),
    named("with-marks-twice", "ทต.เหล่่าเสือโก้้ก", "NAME_READ A5"),
    named("with-marks-in-wrong-order", "ทต.เหล่าเส\u0e37อโก้ก"),
    named("over-several-lines", "อบต.\nหนองบก"),
    named("with-no-break-space", "อบต.\u00a0หนองบก"),
    named("that-begins-as-a-formula", "=อบต.หนองบก"),
    nameless("of-nobody", inline("A6", "_x0000_"), *(f"NO_NAME {cell}" for cell in ("A6", *row(6)))),
    nameless("as-number", '<c r="A6"><v>34310201</v></c>', "UNKNOWN_LOCAL_BODY A6"),
)
CASES = (*REMARKS, *NAMES)
