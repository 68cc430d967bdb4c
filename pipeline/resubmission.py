"""How a list shrinks when a district sends again: what the version before had to mend, against the one that counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.catalogue import CATALOGUE
from pipeline.filings import Filing
from pipeline.model import Campaign, Finding, Place
from pipeline.round_issues import absent_bodies

About = tuple[str, ...]
"""What a finding is about, wherever its cell has moved: its code, then the local body, item and column of its cell; or
the cell itself where it is in no row."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Of `asked` things that the version before had to mend or explain, `mended` are gone; `new` ones have come."""

    mended: int
    asked: int
    new: int


def progress(place: Place, filings: Sequence[Filing], campaign: Campaign) -> Progress | None:
    """The counted version of a place against the last one that it replaced; `None` where it replaced none.

    Only what is found within a workbook is compared: what is asked across rounds and districts may come and go
    without the district's doing.
    """
    counted = [one for one in filings if one.place == place and one.verdict == "counted"]
    replaced = [one for one in filings if one.place == place and one.verdict == "superseded"]
    if not counted or not replaced:
        return None
    before = max(replaced, key=lambda one: one.received_at)
    old, new = (frozenset(_asked(one, campaign)) for one in (before, counted[0]))
    return Progress(mended=len(old - new), asked=len(old), new=len(new - old))


def _asked(filing: Filing, campaign: Campaign) -> Iterator[About]:
    cells = {
        (checked.source.sheet, cell): (row.local_body_code or row.name, row.item, key)
        for checked in filing.returns
        for row in checked.source.rows
        for key, cell in row.cells.items()
    }
    for checked in filing.returns:
        for finding in checked.findings:
            if _severity(finding) != "note":
                yield finding.code, *cells.get((finding.sheet, finding.cell), (finding.cell,))
    for absent in absent_bodies(filing, campaign) if filing.returns else ():
        yield "ABSENT_LOCAL_BODY", absent.local_body_code


def _severity(finding: Finding) -> str:
    return finding.severity or CATALOGUE[finding.code].severity
