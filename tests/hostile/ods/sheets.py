"""Rows and sheets of an .ods: repeats that stand for millions of cells, covered cells, hidden things, other tables."""

from tests.hostile.archives import zipped
from tests.hostile.case import Case
from tests.hostile.ground import SHEET
from tests.hostile.ods.book import BLANK, CONTENT, book, number, ods, row, row_xml, rows_xml, table, text

COLUMNS, ROWS = 'table:number-columns-repeated="{}"', 'table:number-rows-repeated="{}"'
TO_THE_END = ROWS.format(1_048_500)
AWAY, OTHER, COPY = 'table:style-name="away"', "อื่น", "'file:///a.ods'#ก"
HEAD = "".join(row_xml(line) for line in range(1, 5))


def repeated(name: str, times: object, code: str = "") -> Case:
    """The figure of C6, repeated so many times."""
    put = {"C6": number(9, COLUMNS.format(times))}
    return Case(f"ods-repeated-{name}", lambda: ods(put), refused=code, because=CONTENT)


def behind(name: str, rows: str, code: str = "") -> Case:
    """The report with more rows behind it."""
    return Case(f"ods-{name}", lambda: ods(behind=rows), refused=code)


def spanned(name: str, span: str, code: str = "") -> Case:
    """A remark in a cell that is merged with others."""
    put = {"J5": text("ส่งครบ", span)}
    return Case(f"ods-merged-{name}", lambda: ods(put), refused=code, because=CONTENT if code else "")


def before(name: str, xml: str, *says: str, code: str = "") -> Case:
    """The report with something before its rows."""
    return Case(f"ods-{name}", lambda: ods(before=xml), says, refused=code)


def second(name: str, attributes: str, *says: str, sheet: str = OTHER) -> Case:
    """A second table."""
    other = table(row(number(5)), sheet, attributes)
    return Case(f"ods-sheet-{name}", lambda: ods(more=other), says, more=1)


def in_rows(name: str, rows: str, *says: str) -> Case:
    return Case(f"ods-rows-{name}", lambda: ods(rows=rows), says)


def content(name: str, old: str, new: str, code: str) -> Case:
    """The workbook with its content changed."""
    parts = {**book(), CONTENT: str(book()[CONTENT]).replace(old, new)}
    return Case(f"ods-{name}", lambda: zipped(parts), refused=code)


COVERED = number(1700).replace("table:table-cell", "table:covered-table-cell")
BODY = "".join(row_xml(line) for line in range(5, 9))
FOLDED = "".join(row_xml(line, {}, 'table:visibility="collapse"') for line in range(5, 9))
CHANGE = '<table:change-track-table-cell office:value-type="float" office:value="900"/>'
INNER = table(row(number(900)), "local-table")
REPEATS = (
    Case(
        "ods-repeated-columns",
        lambda: ods({"B7": number(16, COLUMNS.format(2)), "C7": ""}),
        reads={"C7": 16},
    ),
    Case("ods-repeated-rows", lambda: ods({"A9": text("หมายเหตุ")}, attributes={9: ROWS.format(3)}), more=3),
    Case("ods-repeated-blank-cells", lambda: ods({"J6": f"<table:table-cell {COLUMNS.format(16_375)}/>"})),
    repeated("never", 0, "CORRUPT"),
    repeated("by-words", "มาก", "CORRUPT"),
    Case(
        "ods-repeated-backwards", lambda: ods({"C6": number(9, COLUMNS.format(-5))}), refused="READER_REFUSED"
    ),
    Case(
        "ods-repeated-beyond-all",
        lambda: ods({"C6": number(9, COLUMNS.format("9" * 20))}),
        refused="TOO_BIG_GRID",
    ),
    behind("repeated-blank-rows", row(BLANK, TO_THE_END)),
    behind("repeated-formatted-sheet", row(f"<table:table-cell {COLUMNS.format(16_384)}/>", TO_THE_END)),
    behind("repeated-over-the-sheet", row(number(1, COLUMNS.format(16_384)), TO_THE_END), "TOO_BIG_GRID"),
    behind(
        "repeated-two-million-times", row(number(1, COLUMNS.format(1000)), ROWS.format(2000)), "TOO_BIG_GRID"
    ),
    behind(
        "far-last-cell",
        row(BLANK, TO_THE_END) + row(f"<table:table-cell {COLUMNS.format(16_383)}/>" + number(1)),
        "TOO_BIG_GRID XFD1048509",
    ),
    behind("far-last-row", row(BLANK, TO_THE_END) + row(number(1)), "TOO_BIG_GRID J1048509"),
)
MERGED = (
    Case(
        "ods-merged-over-figures",
        lambda: ods({"C6": number(9, 'table:number-columns-spanned="2"'), "D6": COVERED}),
        ("MERGED D6 1700",),
    ),
    spanned("over-blanks", 'table:number-rows-spanned="2"'),
    spanned("to-the-end", 'table:number-rows-spanned="1048572" table:number-columns-spanned="16375"'),
    spanned("by-words", 'table:number-columns-spanned="มาก"', "CORRUPT"),
)
HIDDEN = (
    Case("ods-hidden-row", lambda: ods(attributes={6: 'table:visibility="collapse"'}), ("HIDDEN A6",)),
    Case("ods-filtered-row", lambda: ods(attributes={6: 'table:visibility="filter"'}), ("HIDDEN A6",)),
    before(
        "hidden-column",
        f'<table:table-column {COLUMNS.format(2)}/><table:table-column table:visibility="collapse"/>',
        "HIDDEN C5",
    ),
    before(
        "hidden-all-columns",
        f'<table:table-column table:visibility="collapse" {COLUMNS.format(16_384)}/>',
        "HIDDEN A5",
    ),
    second("hidden", AWAY, f"HIDDEN {OTHER}!"),
    second("of-prices", "", f"SHEET {OTHER}!"),
    second("copied-from-elsewhere", "", "EXTERNAL_LINK", f"HIDDEN {COPY}!", sheet=COPY),
    Case("ods-sheets-of-one-name", lambda: ods(more=table(row(number(5)))), refused="READER_REFUSED"),
    Case(
        "ods-sheet-in-a-cell",
        lambda: ods({"J6": f"<table:table-cell>{INNER}</table:table-cell>"}),
        refused="READER_REFUSED",
    ),
    content("sheet-without-name", f'table:name="{SHEET}"', "", "READER_REFUSED"),
    content("sheets-none", table(rows_xml()), "", "HEADER"),
    in_rows("in-groups", f"<table:table-header-rows>{HEAD}</table:table-header-rows>{BODY}"),
    in_rows(
        "in-a-folded-group", f"{HEAD}<table:table-row-group>{FOLDED}</table:table-row-group>", "HIDDEN A5"
    ),
    before("changes-kept", f"<table:tracked-changes>{CHANGE}</table:tracked-changes>"),
    before("shape-with-text", "<table:shapes><text:p>900</text:p></table:shapes>"),
    before("shape-with-a-table", f"<table:shapes>{INNER}</table:shapes>", code="READER_REFUSED"),
)
CASES = (*REPEATS, *MERGED, *HIDDEN)
