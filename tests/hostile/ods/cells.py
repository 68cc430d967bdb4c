"""Cells of an .ods: errors, formulas without a value, numbers that are none, texts in every kind of markup."""

from collections.abc import Mapping

from tests.hostile.archives import zipped
from tests.hostile.case import Case
from tests.hostile.ground import FIGURES
from tests.hostile.ground import row as figures_of
from tests.hostile.ods.book import book, cell, formula, lines, number, ods, text

NOTE = "<office:annotation><text:p>900</text:p></office:annotation>"
ERROR = 'calcext:value-type="error" office:value-type="string" office:string-value=""'
NAUGHT = 'calcext:value-type="error" office:value-type="float" office:value="0"'
OF_EXCEL, TEN = 'office:value-type="string"', 'office:value-type="float" office:value="10"'
MATRIX = 'table:number-matrix-rows-spanned="3" table:number-matrix-columns-spanned="1"'


def case(name: str, put: Mapping[str, str], *says: str, **expected: object) -> Case:
    return Case(f"ods-{name}", lambda: ods(put), says, **expected)


def unknown(name: str, xml: str, says: str) -> Case:
    """The figure of C6 as something that is no figure."""
    return case(name, {"C6": xml}, says, unknown=("C6",))


def error(name: str, xml: str, shown: str) -> Case:
    """A figure that is an error, as one of the programs writes it."""
    return unknown(f"error-{name}", xml, f"ERROR_CELL C6 {shown}")


def uncached(name: str, xml: str, generator: str = "odfpy") -> Case:
    """A figure whose formula was never calculated."""
    parts = book({"C6": xml}, generator=generator)
    return Case(f"ods-uncached-{name}", lambda: zipped(parts), ("NO_CACHED_VALUE C6",), unknown=("C6",))


def bad(name: str, xml: str, shown: str) -> Case:
    """A figure that is no count."""
    return unknown(f"number-{name}", xml, f"BAD_VALUE C6 {shown}")


def read(name: str, xml: str, figure: int = 9, *says: str) -> Case:
    """A figure that is written in a rare way and plainly one number."""
    return case(name, {"C6": xml}, *says, reads={"C6": figure})


def remark(name: str, xml: str, read: str) -> Case:
    """A remark that is written in a rare way."""
    return case(f"text-{name}", {"J6": xml}, reads={"J6": read}, more=1)


def refused(name: str, put: Mapping[str, str], code: str, because: str = "") -> Case:
    return case(name, put, refused=code, because=because)


ERRORS = (
    error("of-libreoffice", formula("1/0", ERROR, "#DIV/0!"), "#DIV/0!"),
    error("with-number-naught", formula("A", NAUGHT, "Err:502"), "Err:502"),
    error("of-excel", formula("B1", OF_EXCEL, "#REF!"), "#REF!"),
    error("in-thai", formula("B1", ERROR, "#ค่า!"), "#ค่า!"),
    error("without-formula", cell("<text:p>#NAME?</text:p>", "", ERROR), "#NAME?"),
    error("spilling", formula("SORT(A1:A9)", ERROR, "#SPILL!"), "#SPILL!"),
    error(
        "spilling-of-excel",
        formula("SORT(A1:A9)", OF_EXCEL, "#SPILL!"),
        "#SPILL!",
    ),
    case(
        "error-repeated",
        {"C6": formula("1/0", f'{ERROR} table:number-columns-repeated="3"', "#N/A"), "D6": "", "E6": ""},
        *(f"ERROR_CELL {address} #N/A" for address in ("C6", "D6", "E6")),
        unknown=("C6", "D6", "E6"),
    ),
    case(
        "error-in-a-name",
        {"A6": formula("B1", ERROR, "#REF!")},
        *("ERROR_CELL A6 #REF!", *(f"NO_NAME {address}" for address in figures_of(6))),
        unknown=figures_of(6),
    ),
    unknown("error-as-text", text("#REF!"), "BAD_VALUE C6 #REF!"),
    uncached("bare", formula("SUM([.D6])")),
    uncached("typed", formula("SUM([.D6])", 'office:value-type="float"')),
    uncached("typed-by-libreoffice", formula("SUM([.D6])", 'office:value-type="float"'), "LibreOffice/25.2"),
    uncached("with-text-only", formula("SUM([.D6])", "", "9")),
    uncached("matrix", formula("SUM([.D6])", MATRIX)),
    refused(
        "uncached-empty-value",
        {"C6": formula("1", 'office:value-type="float" office:value=""')},
        "READER_REFUSED",
    ),
    case("uncached-no", {"C6": formula("&quot;&quot;", OF_EXCEL)}, unknown=("C6",), more=-1),
    case(
        "uncached-everything",
        {address: formula("1") for address in FIGURES},
        *(f"NO_CACHED_VALUE {address}" for address in FIGURES),
        unknown=tuple(FIGURES),
    ),
    read("formula", formula("[.D6]/170", TEN, "10"), 10),
    read("formula-dde", formula("DDE(&quot;soffice&quot;;&quot;x&quot;;&quot;A1&quot;)", TEN, "10"), 10),
    read("formula-matrix", formula("[.D6]", f"{MATRIX} {TEN}", "10"), 10),
)
NUMBERS = (
    bad("beyond-every-count", number("1e300"), "1e+300"),
    bad("nan", number("NaN"), "nan"),
    bad("infinite", number("INF"), "inf"),
    bad("day", cell("", "date", 'office:date-value="2021-02-04"'), "4 ก.พ. 2564"),
    bad("time", cell("", "time", 'office:time-value="PT09H00M00S"'), "09.00 น."),
    bad("truth", cell("", "boolean", 'office:boolean-value="true"'), "TRUE"),
    bad("fraction", number("9.5", shown="10"), "9.5"),
    bad("over-two-paragraphs", lines("1", "5"), "1 5"),
    bad("over-two-lines", lines("1<text:line-break/>5"), "1 5"),
    read("number-other-than-shown", number("9", shown="1,000")),
    read("number-currency", cell("", "currency", 'office:currency="THB" office:value="9"')),
    read("number-percentage", cell("", "percentage", 'office:value="9"')),
    read("number-without-text", cell("", "float", 'office:value="9"')),
    read("number-exponent", number("0.9E1")),
    read("number-with-both-values", number("9", 'office:string-value="90"')),
    read("number-with-note", cell(f"{NOTE}<text:p>9</text:p>", "float", 'office:value="9"')),
    read("number-as-text", text("9"), 9, "NUMBER_AS_TEXT C6 9"),
    refused("number-of-words", {"C6": number("เก้า")}, "READER_REFUSED"),
    refused(
        "number-of-no-type", {"C6": cell("<text:p>9</text:p>", "", 'office:value="9"')}, "RECONCILE", "48"
    ),
    refused("number-of-a-type-of-nobody", {"C6": cell("", "ลับ", 'office:value="9"')}, "RECONCILE", "48"),
)
TEXTS = (
    remark("of-several-paragraphs", lines("ก", "ข"), "ก ข"),
    remark("in-spans", lines("ก<text:span>ข</text:span>ค"), "กขค"),
    remark("with-counted-spaces", lines('ก<text:s text:c="3"/>ข'), "ก ข"),
    remark("of-a-million-spaces", lines('ก<text:s text:c="1000000"/>ข'), "ก ข"),
    remark("with-tab", lines("ก<text:tab/>ข"), "ก ข"),
    remark("with-comment", lines("ก<!-- x -->ข"), "กข"),
    remark("with-link", lines('<text:a xmlns:xlink="x" xlink:href="http://invalid.example">ก</text:a>'), "ก"),
    remark("with-note", cell(f"{NOTE}<text:p>ก</text:p>", "string"), "ก"),
    remark("stored-apart", text("ที่เห็น", 'office:string-value="ที่เก็บ"'), "ที่เก็บ"),
    remark("begins-with-equals", text("=1+1"), "=1+1"),
    remark("overlong", text("ก" * 40_000), "ก" * 40_000),
    remark("day-that-never-was", cell("", "date", 'office:date-value="2021-02-30"'), "2021-02-30"),
    case("text-of-a-note-alone", {"J6": cell(NOTE)}),
    refused("text-as-cdata", {"J6": lines("<![CDATA[<ก>]]>")}, "RECONCILE", "50"),
)
CASES = (*ERRORS, *NUMBERS, *TEXTS)
