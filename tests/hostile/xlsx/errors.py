"""Error cells and formulas in the XML of a sheet: what has no value is named, what has one is read."""

from collections.abc import Mapping

from tests.hostile.archives import zipped
from tests.hostile.case import Case
from tests.hostile.ground import FIGURES, column, row
from tests.hostile.xlsx.book import book, inline, xlsx
from tests.read.handmade import MAIN

CLASSICAL = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
OF_TODAY = ("#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#PYTHON!")
NAMELESS = tuple(f"NO_NAME {cell}" for cell in row(6))


def error(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="e"><f>A1</f><v>{text}</v></c>'


def formula(written: str, value: str = "", attributes: str = "", cell: str = "C6") -> str:
    """A cell with a formula; `value` is XML as well."""
    return f'<c r="{cell}" {attributes}><f>{written}</f>{value}</c>'


def case(name: str, put: Mapping[str, str], *says: str, **expected: object) -> Case:
    return Case(f"xlsx-{name}", lambda: xlsx(put), says, **expected)


def one_error(text: str) -> Case:
    """A figure that is an error of the kind that only newer programs know."""
    name = text.strip("#!").replace("_", "-").lower()
    return case(f"error-{name}", {"C6": error("C6", text)}, f"ERROR_CELL C6 {text}", unknown=("C6",))


def uncached(name: str, cell: str) -> Case:
    """A figure whose formula was never calculated, written in one of the ways in which programs do that."""
    return case(f"uncached-{name}", {"C6": cell}, "NO_CACHED_VALUE C6", unknown=("C6",))


def calculated(name: str, cell: str) -> Case:
    """A figure with a formula of some rare kind and its value, 10: it is read."""
    return case(f"formula-{name}", {"C6": cell}, reads={"C6": 10})


def linked(name: str, content: str) -> Case:
    """A figure that is taken from outside, with the part that says from where."""
    link = f'<externalLink xmlns="{MAIN}">{content}</externalLink>'
    parts = {
        **book({"C6": formula("[1]Sheet1!$A$1", "<v>9</v>")}),
        "xl/externalLinks/externalLink1.xml": link,
    }
    return Case(f"xlsx-formula-{name}", lambda: zipped(parts), ("EXTERNAL_LINK",))


ERRORS = (
    case(
        "errors-classical",
        {f"{c}6": error(f"{c}6", text) for c, text in zip("BCDEFGH", CLASSICAL, strict=True)},
        *(f"ERROR_CELL {c}6 {text}" for c, text in zip("BCDEFGH", CLASSICAL, strict=True)),
        unknown=row(6)[:7],
    ),
    *map(one_error, OF_TODAY),
    case("error-of-nobody", {"C6": error("C6", "#ผิด!")}, "ERROR_CELL C6 #ผิด!", unknown=("C6",)),
    case("error-untold", {"C6": formula("1/0", "", 't="e"')}, "NO_CACHED_VALUE C6", unknown=("C6",)),
    case("error-in-a-name", {"A6": error("A6", "#REF!")}, "ERROR_CELL A6 #REF!", *NAMELESS, unknown=row(6)),
    case(
        "error-in-the-header",
        {"C4": error("C4", "#N/A")},
        *("ERROR_CELL C4 #N/A", "EXTRA_COLUMN C5", "MISSING_COLUMN A4"),
        unknown=column("C"),
    ),
    case("error-in-a-remark", {"J6": error("J6", "#N/A")}, "ERROR_CELL J6 #N/A", more=1),
    case("error-beside-the-title", {"F1": error("F1", "#NAME?")}, "ERROR_CELL F1 #NAME?", more=1),
    case(
        "errors-dragged", {"C9": error("C9", "#N/A"), "D9": '<c r="D9"><v>0</v></c>'}, "ZERO_ROW C9", more=2
    ),
    case("error-as-text", {"C6": inline("C6", "#REF!")}, "BAD_VALUE C6 #REF!", unknown=("C6",)),
    case(
        "errors-in-a-whole-column",
        {cell: error(cell, "#SPILL!") for cell in column("E")},
        *(f"ERROR_CELL {cell} #SPILL!" for cell in column("E")),
        unknown=column("E"),
    ),
)
UNCACHED = (
    uncached("nothing", formula("SUM(D6:E6)")),
    uncached("empty-value", formula("SUM(D6:E6)", "<v></v>")),
    uncached("closed-value", formula("SUM(D6:E6)", "<v/>")),
    uncached("blanks-as-value", formula("SUM(D6:E6)", "<v> \n </v>")),
    uncached("text-without-value", formula("D6&amp;E6", attributes='t="str"')),
    uncached("number-by-name", formula("SUM(D6:E6)", attributes='t="n"')),
    uncached("truth", formula("D6&gt;E6", attributes='t="b"')),
    uncached("shared", '<c r="C6"><f t="shared" si="0"/></c>'),
    uncached("array", '<c r="C6"><f t="array" ref="C6">SUM(D6*E6)</f></c>'),
    uncached("spilling", '<c r="C6" cm="1"><f t="array" ref="C6:C8">_xlfn.UNIQUE(D6:D8)</f></c>'),
    uncached("data-table", '<c r="C6"><f t="dataTable" ref="C6:C8" dt2D="1" r1="A1" r2="A2"/></c>'),
    uncached("closed-formula", '<c r="C6"><f/></c>'),
    uncached("of-libreoffice", '<c r="C6" s="0"><f aca="false">SUM(D6:E6)</f><v></v></c>'),
    case(
        "uncached-everything",
        {cell: formula("1+1", cell=cell) for cell in FIGURES},
        *(f"NO_CACHED_VALUE {cell}" for cell in FIGURES),
        unknown=tuple(FIGURES),
    ),
    case("uncached-name", {"A6": formula("Z1", cell="A6")}, "NO_CACHED_VALUE A6", *NAMELESS, unknown=row(6)),
    case("uncached-no", {"C6": formula('IF(1,"",2)', "<v></v>", 't="str"')}, unknown=("C6",), more=-1),
)
FORMULAS = (
    calculated("shared", '<c r="C6"><f t="shared" si="0"/><v>10</v></c>'),
    calculated("shared-first", '<c r="C6"><f t="shared" ref="C6:C8" si="0">D6/170</f><v>10</v></c>'),
    calculated("array", '<c r="C6"><f t="array" ref="C6:C8">D6:D8/170</f><v>10</v></c>'),
    calculated("data-table", '<c r="C6"><f t="dataTable" ref="C6:C8" r1="A1" r2="A2"/><v>10</v></c>'),
    calculated("dde", formula("cmd|'/c calc'!A0", "<v>10</v>")),
    calculated("web", formula('WEBSERVICE("http://invalid.example/x")', "<v>10</v>")),
    calculated("deep", formula("(" * 500 + "10" + ")" * 500, "<v>10</v>")),
    calculated("overlong", formula("+".join(["1"] * 20_000), "<v>10</v>")),
    calculated("with-markup-in-it", formula('<![CDATA["<v>7</v>"]]>', "<v>10</v>")),
    calculated("circular", formula("C6+1", "<v>10</v>", 'ca="1"')),
    linked("to-another-workbook", "<externalBook/>"),
    linked("of-a-dde-server", '<ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems/></ddeLink>'),
    case(
        "formula-that-gives-a-text",
        {"C6": formula("TEXT(10,0)", "<v>10</v>", 't="str"')},
        "NUMBER_AS_TEXT C6 10",
        reads={"C6": 10},
    ),
    case(
        "formula-that-gives-a-truth",
        {"C6": formula("1=1", "<v>1</v>", 't="b"')},
        "BAD_VALUE C6 TRUE",
        unknown=("C6",),
    ),
)
CASES = (*ERRORS, *UNCACHED, *FORMULAS)
