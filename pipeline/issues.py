"""Findings -> issues: the words for each, with its place (design rule 11)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.catalogue import CATALOGUE
from pipeline.model import Finding, Issue, Place

OPTIONAL_FACTS = {"suggested": "", "evidence": "", "answer_line": "", "example": ""}


@dataclass(frozen=True, slots=True)
class Where:
    """The submission that findings are about."""

    file: str
    form: str = ""
    place: Place = ("", "")


def describe(finding: Finding, where: Where) -> Issue:
    """One finding in words. `KeyError` for a code that the catalogue lacks or a fact that its sentence lacks."""
    sentence = CATALOGUE[finding.code]
    facts = OPTIONAL_FACTS | dict(finding.facts) | {"value": finding.value}
    found, why, remedy = (text.format_map(facts) for text in (sentence.found, sentence.why, sentence.remedy))
    place = _place(finding, where)
    return Issue(
        severity=finding.severity or sentence.severity,
        code=finding.code,
        district_code=where.place[0],
        form=where.form,
        round=where.place[1],
        file=where.file,
        sheet=finding.sheet,
        cell=finding.cell,
        value=finding.value,
        message=" ".join(filter(None, (place, found, why))),
        remedy=remedy,
        reason=why,
        question=sentence.question,
        answer_line=facts["answer_line"],
    )


def describe_all(findings: Sequence[Finding], where: Where) -> tuple[Issue, ...]:
    """Every finding once: the same code at the same cell with the same facts is one issue."""
    return tuple(describe(finding, where) for finding in dict.fromkeys(findings))


def _place(finding: Finding, where: Where) -> str:
    if finding.sheet and finding.cell:
        return f'แผ่น "{finding.sheet}" เซลล์ {finding.cell}'
    if finding.sheet:
        return f'แผ่น "{finding.sheet}"'
    return f'ไฟล์ "{where.file}"'
