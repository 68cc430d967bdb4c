"""An OpenDocument spreadsheet (.ods): what its XML says, as `sheet` does for OOXML."""

import posixpath
from collections.abc import Iterable, Mapping
from typing import Final

from pipeline.model import Finding, Picture
from pipeline.read.elements import BROKEN_XML, MOST_CELLS, Attributes
from pipeline.read.ods_xml import Content, Span, Table, collect_content
from pipeline.read.ooxml import Package, Sheet, Strings
from pipeline.read.outcome import Unusable
from pipeline.read.pictures import listed
from pipeline.read.sheet import Merge, SheetScan

MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
# Where a cell keeps its value, by type.
_VALUES: Final = {
    "float": "office:value",
    "percentage": "office:value",
    "currency": "office:value",
    "boolean": "office:boolean-value",
    "date": "office:date-value",
    "time": "office:time-value",
}
_EXTERNAL: Final = "'file:"
_ERRORS: Final = (
    "#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "Err:",
    "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA",
)  # fmt: skip


def scan_content(parts: Mapping[str, bytes], names: frozenset[str]) -> Package:
    """Scan the sheets of an .ods; `names` are those of all entries.

    Raises `Unusable`: PASSWORD, CORRUPT, UNSAFE_ARCHIVE, TOO_BIG_GRID.
    """
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise Unusable("PASSWORD")
    office = b"Office" in parts.get("meta.xml", b"")  # LibreOffice, OpenOffice, MicrosoftOffice
    try:
        return _package(collect_content(parts["content.xml"]), names, office=office)
    except BROKEN_XML as error:
        raise Unusable("CORRUPT", part="content.xml") from error


def _package(content: Content, names: frozenset[str], *, office: bool) -> Package:
    external = any(table.name.startswith(_EXTERNAL) for table in content.tables)
    return Package(
        sheets=tuple(
            Sheet(
                table.name,
                index,
                _is_hidden(table, content.invisible),
                _scan(table, office=office),
                pictures=_pictures(table, names),
            )
            for index, table in enumerate(content.tables)
        ),
        tabs=len(content.tables),
        strings=Strings(frozenset(), 0),
        findings=(Finding("EXTERNAL_LINK"),) if external else (),
    )


def _is_hidden(table: Table, invisible: set[str]) -> bool:
    """Hidden by its style, or the copy that LibreOffice keeps of another workbook's sheet."""
    return table.style in invisible or table.name.startswith(_EXTERNAL)


def _pictures(table: Table, names: frozenset[str]) -> tuple[Picture, ...]:
    """Those that the archive holds; an address that leads out of it, or to the net, is the name of no entry."""
    named = (Picture(each.position, _entry(each.part)) for each in table.pictures)
    return listed(picture for picture in named if picture.part in names)


def _entry(reference: str) -> str:
    return posixpath.normpath(reference.replace("\\", "/")).lower()


def _is_merged(cell: Attributes) -> bool:
    return "table:number-columns-spanned" in cell or "table:number-rows-spanned" in cell


def _scan(table: Table, *, office: bool) -> SheetScan:
    values = [span for span in table.spans if _holds(span) and not _is_error(span)]
    errors = [span for span in table.spans if _is_error(span)]
    uncached = [span for span in table.spans if _never_calculated(span, office)]
    hollow = [span for span in table.spans if _is_hollow(span)]
    occupied = [*values, *errors, *uncached, *hollow]
    if sum(map(_size, occupied)) > MOST_CELLS:
        raise Unusable("TOO_BIG_GRID", sheet=table.name)
    last = (
        max((span.rows.stop for span in occupied), default=0) - 1,
        max((span.columns.stop for span in occupied), default=0) - 1,
    )
    return SheetScan(
        held=sum(map(_size, values)),
        last=last,
        errors={position: span.text.strip() for span in errors for position in span.positions},
        uncached=frozenset(position for span in uncached for position in span.positions),
        hidden_rows=_hidden(table.rows, last[0]),
        hidden_columns=_hidden(table.columns, last[1]),
        merges=tuple(_merge(span) for span in table.spans if _is_merged(span.attributes)),
        texts={
            position: span.text
            for span in (*values, *hollow)
            if _is_misread(span)
            for position in span.positions
        },
        broken_up=False,
    )


def _size(span: Span) -> int:
    """How many cells; the length of a range has an end."""
    return (span.rows.stop - span.rows.start) * (span.columns.stop - span.columns.start)


def _is_error(span: Span) -> bool:
    """LibreOffice marks errors; Excel leaves a formula with the error's text."""
    if span.attributes.get("calcext:value-type") == "error":
        return True
    return "table:formula" in span.attributes and span.text.strip().startswith(_ERRORS)


def _holds(span: Span) -> bool:
    kind = span.attributes.get("office:value-type", "")
    if kind == "string":
        return bool((span.attributes.get("office:string-value") or span.text).strip())
    return bool(span.attributes.get(_VALUES.get(kind, ""), ""))


def _is_hollow(span: Span) -> bool:
    """A text of nothing, with something on it: to the reader a text."""
    return span.overlaid and span.attributes.get("office:value-type") == "string" and not _holds(span)


def _is_misread(span: Span) -> bool:
    """Whether a text has line breaks or tabs, which the reader leaves out (1 over 5 would be 15), or something stands
    on it, whose text the reader adds."""
    is_text = span.attributes.get("office:value-type") == "string"
    is_written_out = is_text and "office:string-value" not in span.attributes
    return is_written_out and (span.overlaid or bool({"\n", "\t"} & {*span.text}))


def _never_calculated(span: Span, office: bool) -> bool:
    """A formula without a result. An empty text is one; an office suite, which always calculates, stores it as
    a formula with neither type nor value."""
    kind = span.attributes.get("office:value-type", "" if office else "none")
    is_formula = "table:formula" in span.attributes and not _is_error(span)
    return is_formula and not _holds(span) and kind not in ("string", "")


def _hidden(spans: Iterable[tuple[range, bool]], last: int) -> frozenset[int]:
    """Up to the last place in use: hiding "all below" names a million rows."""
    return frozenset(
        index for span, hidden in spans if hidden for index in range(span.start, min(span.stop, last + 1))
    )


def _merge(span: Span) -> Merge:
    row, column = span.rows.start, span.columns.start
    down = int(span.attributes.get("table:number-rows-spanned", 1))
    across = int(span.attributes.get("table:number-columns-spanned", 1))
    return row, column, row + down - 1, column + across - 1
