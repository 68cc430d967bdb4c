"""One hostile file and the whole outcome that it must have; what really came of it, in the same words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.model import Finding, Return
from pipeline.understand import Understood
from tests.hostile.ground import CELLS, DISTRICT, FIGURES, REMARK, ROUND, SHEET, TOTALS, body_of, key_of

Figure = int | float
SEEN = len(CELLS)
VALUES = ("ERROR_CELL", "NUMBER_AS_TEXT", "BAD_VALUE", "MERGED")
"""Findings of which the value is told, too."""


@dataclass(frozen=True)
class Outcome:
    """`figures`: sheet and cell -> local body, indicator, figure, of every row whose local body is known.
    `says`: every finding as "CODE", "CODE C6", "CODE sheet!C6" or "CODE sheet!", some with their value behind."""

    verdict: str
    says: tuple[str, ...]
    figures: Mapping[tuple[str, str], tuple[str, str, Figure]]
    totals: Mapping[str, Figure]
    remarks: Mapping[tuple[str, str], str]
    seen: int
    lost: int = 0


@dataclass(frozen=True)
class Case:
    """A file as it is sent, and what must come of it.

    It is `refused` for a code (`because`: words that a fact of it must hold; `seen`: the cells that were counted
    before), or accepted: the report of `ground` in each of `sheets`, but for the cells that are `unknown` and those
    that `reads` gives another figure or remark; `more` cells hold something than in the report. `once`: of a kind
    without a second count.
    """

    id: str
    make: Callable[[], bytes]
    says: tuple[str, ...] = ()
    refused: str = ""
    because: str = ""
    seen: int = 0
    unknown: tuple[str, ...] = ()
    reads: Mapping[str, Figure | str] = field(default_factory=dict)
    more: int = 0
    sheets: tuple[str, ...] = (SHEET,)
    once: bool = False
    name: str = ""

    @property
    def file(self) -> str:
        """The name under which it is sent: by its id, whose first word is the suffix, unless `name` says otherwise."""
        return self.name or f"{self.id}.{self.id.partition('-')[0]}"

    @property
    def outcome(self) -> Outcome:
        """What must come of it."""
        if self.refused:
            return Outcome("unusable", tuple(sorted((self.refused, *self.says))), {}, {}, {}, self.seen)
        says = (*self.says, *(("READ_ONCE",) if self.once else ()))
        stated = {**CELLS, **self.reads}
        known = [cell for cell in FIGURES if cell not in self.unknown]
        remarks = {cell: stated[cell] for cell in ("J5", "J6", "J7", "J8") if stated.get(cell)}
        return Outcome(
            "accepted" if known else "unusable",
            tuple(sorted(says)),
            {
                (sheet, cell): (body_of(cell), key_of(cell), stated[cell])
                for sheet in self.sheets
                for cell in known
            },
            {key: total for key, total in self._totals().items() if total},
            {(sheet, cell): str(text) for sheet in self.sheets for cell, text in remarks.items()},
            SEEN + self.more,
        )

    def _totals(self) -> dict[str, Figure]:
        """The sums of the report, less what is unknown, and with what is read otherwise."""
        totals: dict[str, Figure] = dict(TOTALS)
        for cell, figure in FIGURES.items():
            other = 0 if cell in self.unknown else self.reads.get(cell, figure)
            totals[key_of(cell)] += other - figure
        return {key: total * len(self.sheets) for key, total in totals.items()}


def outcome_of(understood: Understood) -> Outcome:
    """What came of a file."""
    returns = understood.returns
    figures = {
        (each.sheet, row.cells[key]): (row.local_body_code, key, figure)
        for each in returns
        for row in each.rows
        if row.local_body_code
        for key, figure in row.figures.items()
    }
    totals: dict[str, Figure] = {}
    for _, key, figure in figures.values():
        totals[key] = totals.get(key, 0) + figure
    assert {each.place for each in returns if figures} <= {(DISTRICT, ROUND)}
    return Outcome(
        "accepted" if figures else "unusable",
        tuple(sorted(told(finding) for finding in _findings(understood))),
        figures,
        {key: total for key, total in totals.items() if total},
        dict(_remarks(returns)),
        understood.seen,
        understood.seen - understood.read - understood.set_aside,
    )


def _findings(understood: Understood) -> Iterator[Finding]:
    yield from understood.findings
    for each in understood.returns:
        yield from each.findings
        yield from (row.held for row in each.rows if row.held)


def _remarks(returns: tuple[Return, ...]) -> Iterator[tuple[tuple[str, str], str]]:
    for each in returns:
        for row in each.rows:
            if row.local_body_code and row.texts.get(REMARK):
                yield (each.sheet, row.cells[REMARK]), row.texts[REMARK]


def told(finding: Finding) -> str:
    """A finding as cases write it: the sheet is named where it is not the report's."""
    sheet = "" if finding.sheet in ("", SHEET) else f"{finding.sheet}!"
    value = finding.value if finding.code in VALUES else ""
    return " ".join(part for part in (finding.code, f"{sheet}{finding.cell}", value) if part)
