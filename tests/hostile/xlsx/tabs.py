"""The tabs of a workbook: further sheets in every state and of every kind, names, and what leads to their parts."""

from tests.hostile.archives import zipped
from tests.hostile.case import SEEN, Case
from tests.hostile.ground import SHEET
from tests.hostile.xlsx.book import RELATIONS, SHEET_2, WORKBOOK, Parts, book, edited, rows_xml, xlsx
from tests.read.handmade import MACRO_TYPE, MAIN, OFFICE, sheet

TAB = f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/>'
NAME, ID = f'name="{SHEET}"', 'r:id="rId1"'
BLANK = sheet("")
PRICES = sheet('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>')
TARGET = 'Target="worksheets/sheet1.xml"'
OLD_MACRO = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
LONG = "ก" * 5000


def tab(name: str, old: str, new: str, *says: str, **expected: object) -> Case:
    """The workbook with its list of sheets changed."""
    parts = edited(book(), (WORKBOOK, old, new))
    return Case(f"xlsx-{name}", lambda: zipped(parts), says, **expected)


def called(name: str, written: str, *says: str, **expected: object) -> Case:
    """The report on a sheet of another name."""
    options = expected or {"sheets": (written,)}
    return tab(f"sheet-{name}", NAME, f'name="{written}"', *says, **options)


def second(name: str, state: str, code: str, content: str = PRICES, more: int = 2) -> Case:
    """A second sheet, in some state."""
    parts = edited(book({}, content), (WORKBOOK, 'sheetId="2"', f'sheetId="2" {state}'))
    return Case(f"xlsx-sheet-{name}", lambda: zipped(parts), (f"{code} อื่น ๆ!",), more=more)


def other_kind(name: str, kind: str, root: str) -> Case:
    """A second tab that is no worksheet, in a folder of its kind."""
    return Case(f"xlsx-sheet-{name}", lambda: zipped(with_other_tab(f"{OFFICE}/{kind}", root)))


def with_other_tab(kind: str, root: str, **options: str) -> Parts:
    """The parts with a second tab of another kind."""
    target = f"{root}s/sheet1.xml"
    usual = f'Type="{OFFICE}/worksheet" Target="worksheets/sheet2.xml"'
    made = edited(book({}, BLANK, **options), (RELATIONS, usual, f'Type="{kind}" Target="{target}"'))
    del made[SHEET_2]
    return {**made, f"xl/{target}": f'<{root} xmlns="{MAIN}"/>'}


def chart_first() -> Parts:
    """A chart on the first tab and the report on the second."""
    parts = with_other_tab(f"{OFFICE}/chartsheet", "chartsheet")
    return edited(parts, (WORKBOOK, TAB, ""), (WORKBOOK, "</sheets>", f"{TAB}</sheets>"))


def relation(name: str, target: str, code: str = "", because: str = "", *, outside: bool = False) -> Case:
    """The report's part under another address."""
    new = f'Target="{target}"' + (' TargetMode="External"' if outside else "")
    parts = edited(book(), (RELATIONS, TARGET, new))
    return Case(f"xlsx-relation-{name}", lambda: zipped(parts), refused=code, because=because)


SHEETS = (
    second("of-prices", "", "SHEET"),
    second("hidden", 'state="hidden"', "HIDDEN"),
    second("very-hidden", 'state="veryHidden"', "HIDDEN"),
    second("hidden-with-the-report-again", 'state="hidden"', "HIDDEN", sheet(rows_xml()), SEEN),
    tab("sheet-in-a-state-of-nobody", 'sheetId="1"', 'sheetId="1" state="ลับ"', refused="READER_REFUSED"),
    tab(
        "sheet-of-the-report-hidden",
        *('sheetId="1"', 'sheetId="1" state="veryHidden"', "HIDDEN"),
        refused="HEADER",
        seen=SEEN,
    ),
    other_kind("of-a-chart", "chartsheet", "chartsheet"),
    other_kind("of-a-dialog", "dialogsheet", "dialogsheet"),
    Case("xlsx-sheet-of-a-chart-first", lambda: zipped(chart_first())),
    Case(
        "xlsm-sheet-of-old-macros",
        lambda: zipped(with_other_tab(OLD_MACRO, "macrosheet", workbook_type=MACRO_TYPE)),
        refused="READER_REFUSED",
    ),
    Case(
        "xlsx-sheets-of-one-name",
        lambda: xlsx({}, PRICES, names=(SHEET, SHEET)),
        ("SHEET",),
        more=2,
    ),
    Case(
        "xlsx-sheets-of-one-name-but-for-case",
        lambda: xlsx({}, PRICES, names=("Report", "REPORT")),
        ("SHEET REPORT!",),
        sheets=("Report",),
        more=2,
    ),
    Case(
        "xlsx-sheets-three-hundred",
        lambda: xlsx({}, *[BLANK] * 299, names=(SHEET, *(f"ว่าง {number}" for number in range(299)))),
    ),
    called("of-an-empty-name", ""),
    called("of-an-overlong-name", LONG),
    called("named-as-a-formula", "=cmd|x!A1"),
    called("named-an-example", "ตัวอย่าง", "EXAMPLE_SHEET ตัวอย่าง!", refused="HEADER", seen=SEEN),
    tab("sheet-without-name", f"{NAME} ", "", sheets=("",)),
    tab("sheets-none", TAB, "", refused="HEADER"),
    tab("sheet-part-twice", TAB, TAB + TAB.replace(SHEET, "สำเนา"), sheets=(SHEET, "สำเนา"), more=SEEN),
    tab("sheet-relation-of-nobody", ID, 'r:id="rId9"', refused="CORRUPT", because="workbook.xml.rels"),
    tab("sheet-without-relation", f" {ID}", "", refused="CORRUPT", because="workbook.xml.rels"),
)
RELATED = (
    relation("absolute", "/xl/worksheets/sheet1.xml"),
    relation("climbing", "../xl/worksheets/sheet1.xml"),
    relation("in-capitals", "Worksheets/SHEET1.XML"),
    relation("with-backslash", "worksheets\\sheet1.xml", "READER_REFUSED"),
    relation("to-nowhere", "worksheets/sheet9.xml", "CORRUPT", "sheet9"),
    relation("to-the-web", "http://invalid.example/x.xml", "CORRUPT", "invalid.example", outside=True),
    relation("to-the-machine", "file:///etc/hostname", "CORRUPT", "hostname", outside=True),
    relation("to-the-strings", "sharedStrings.xml", "CORRUPT"),
)
CASES = (*SHEETS, *RELATED)
