"""What must hold of every mutant that was read: one coded reason in Thai words, or every cell accounted for."""

import re
from collections.abc import Iterator, Mapping

from pipeline.catalogue import CATALOGUE
from pipeline.issues import Where, describe_all
from pipeline.model import Finding
from pipeline.normalise import parse
from pipeline.understand import Understood
from schemas.form import Form
from tests.fuzz.mutants import Mutant
from tests.fuzz.second import second_opinion

REASONS = frozenset(
    {
        *("EMPTY_FILE", "UNREADABLE", "WRONG_TYPE", "PASSWORD", "OLD_FORMAT", "CORRUPT", "UNSAFE_ARCHIVE"),
        *("TOO_BIG_GRID", "READER_REFUSED", "READER_CRASH", "RECONCILE"),
    }
)
"""Why a file is not read, and nothing of it counts."""
THAI = re.compile("[ก-ฮ]")

Figures = Mapping[tuple[str, str], tuple[str, float]]
"""(sheet, cell) -> which figure of the form was read there, and its value."""


def figures(one: Understood) -> Figures:
    """Every figure that was read, at its cell."""
    rows = {
        (each.sheet, row.cells[key]): (key, value)
        for each in one.returns
        for row in each.rows
        for key, value in row.figures.items()
    }
    return rows | {
        (each.sheet, once.cell): (once.key, once.value) for each in one.returns for once in each.once
    }


def is_read(one: Understood) -> bool:
    return not any(finding.code in REASONS for finding in one.findings)


def complaints(mutant: Mutant, one: Understood, clean: Figures, form: Form) -> Iterator[str]:
    """All that is wrong with what became of a mutant; `clean` are the figures of the workbook that it was."""
    found = [*one.findings, *(finding for each in one.returns for finding in each.findings)]
    unknown = {finding.code for finding in found} - CATALOGUE.keys()
    if unknown or any(finding.code == "INTERNAL" for finding in found):
        yield f"unknown or internal: {unknown or found}"
        return
    yield from _wordless(found)
    if not is_read(one):
        yield from _not_one_reason(one)
        return
    if one.seen != one.read + one.set_aside:
        yield f"seen {one.seen}, read {one.read}, set aside {one.set_aside}"
    yield from _invented(mutant, figures(one), clean, form)


def _wordless(found: list[Finding]) -> Iterator[str]:
    for issue in describe_all(found, Where("ไฟล์.xlsx")):
        if not (THAI.search(issue.message) and THAI.search(issue.remedy)):
            yield f"without Thai words: {issue}"


def _not_one_reason(one: Understood) -> Iterator[str]:
    """A reader that ended by itself says why; one that was ended did not come to an end."""
    if len(one.findings) != 1 or one.returns or one.seen:
        yield f"more than a reason: {one.findings}"
    (reason, *_) = one.findings
    detail = dict(reason.facts).get("detail", "")
    if reason.code == "READER_CRASH":
        yield f"reader crashed: {detail}"


def _invented(mutant: Mutant, found: Figures, clean: Figures, form: Form) -> Iterator[str]:
    """Figures of a workbook whose container was damaged are those of the clean one, or fewer: its checksums hold.
    Inside a whole container anything may stand; but what is read otherwise than before must stand in its cell, also
    to another reader. Excel 97 has neither checksums nor a second reader: nothing is claimed."""
    other = {place: figure for place, figure in found.items() if clean.get(place) != figure}
    if mutant.format == "xls" or not other:
        return
    if not mutant.inside:
        yield f"changed although the container was damaged: {other}"
        return
    try:
        cells = second_opinion(mutant.format, mutant.data)
    except Exception:  # noqa: BLE001 - another reader may refuse, by whatever it stumbles over
        return
    seen = {sheet for sheet, _ in cells}  # openpyxl leaves out, without a word, what it takes for no sheet
    for place, (key, value) in other.items():
        column = form.column(key)
        if place[0] in seen and parse(column.kind, cells.get(place), column.unit).value != value:
            yield f"{place}: {key} is {value}, and {cells.get(place)!r} to another reader"
            return
