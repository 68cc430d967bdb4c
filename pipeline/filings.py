"""Checked returns -> filings: all that one arrival reports for one place, and what cannot count at all.

What is checked within one workbook is settled here; `pipeline.settle` compares filings with one another.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.answers import IGNORED
from pipeline.catalogue import CATALOGUE
from pipeline.model import Campaign, Finding, Once, Place, Submission, Verdict
from pipeline.testimony import in_words
from pipeline.validate import Checked

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One submission with all that its workbook says.

    `findings` are about the file as a whole; `places` are those that its folders and name speak for, used only when
    the content cannot speak; `path_districts` are the districts that they name.
    """

    submission: Submission
    findings: tuple[Finding, ...]
    checked: tuple[Checked, ...]
    places: tuple[Place, ...]
    path_districts: frozenset[str]
    seen: int = 0
    read: int = 0
    set_aside: int = 0

    @property
    def received_at(self) -> datetime:
        return self.submission.arrival.received_at


@dataclass(frozen=True, slots=True)
class Filing:
    """What one arrival reports for `place`. Undecided and unusable ones may belong to any of `candidates`.

    `once` are the district's once-only fields, each with its sheet.
    """

    case: Case
    place: Place
    returns: tuple[Checked, ...]
    verdict: Verdict = "counted"
    answered: bool = False
    candidates: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()
    once: tuple[tuple[str, Once], ...] = ()

    @property
    def received_at(self) -> datetime:
        return self.case.received_at

    @property
    def bodies(self) -> frozenset[str]:
        """The local bodies with a figure that stands."""
        return frozenset[str]().union(*(checked.bodies for checked in self.returns))

    @property
    def figures(self) -> frozenset[tuple[str, str, str, float]]:
        """Every figure that stands, without its cell: equal for workbooks that report the same."""
        return frozenset(
            (row.local_body_code, row.item, key, float(value))
            for checked in self.returns
            for row in checked.rows
            for key, value in row.figures.items()
        )


def filings_of(case: Case, campaign: Campaign) -> tuple[Filing, ...]:
    """The filings of one case, not yet compared with others: `counted` means acceptable so far."""
    if not case.checked:
        return (_as_document(case, campaign) or _without_tables(case),)
    filled = any(_has_figures(checked, campaign) for checked in case.checked)
    single = [
        filing for checked in case.checked if (filing := _alone(case, checked, filled, campaign)) is not None
    ]
    placed: dict[Place, list[Checked]] = {}
    for checked in case.checked:
        if not checked.source.placement.question and _has_figures(checked, campaign):
            placed.setdefault(checked.source.place, []).append(checked)
    return (*single, *(_placed(case, place, members, campaign) for place, members in placed.items()))


def question(
    code: str,
    case: Case,
    returns: Sequence[Checked],
    candidates: Iterable[Place],
    campaign: Campaign,
    facts: Facts = (),
) -> Finding:
    """A question to the analyst about some returns: what each source says of their place, the places they may belong
    to, and the line to add to answers.csv."""
    sheet = returns[0].source.sheet if len(returns) == 1 else ""
    places = [place for place in candidates if all(place)]
    likely = " หรือ ".join(place_name(place, campaign) for place in places)
    said = in_words(dict.fromkeys(one for each in returns for one in each.source.placement.said), campaign)
    evidence = (f" ({said})" if said else "") + (f" อาจเป็นของ {likely}" if likely else "")
    arrival = case.submission.arrival
    answer = "/".join(places[0]) if places else "รหัสอำเภอ/ครั้งที่"
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(
        [arrival.file, arrival.sha256, sheet, "", code, answer, "ผู้ตัดสิน", "เหตุผล"]
    )
    return Finding(code, sheet, facts=(("evidence", evidence), ("answer_line", line.getvalue()), *facts))


def place_name(place: Place, campaign: Campaign) -> str:
    """A place in words: อำเภอเดชอุดม ครั้งที่ ๒."""
    return f"อำเภอ{campaign.registry.district(place[0]).name} {campaign.round(place[1]).title}"


def _has_figures(checked: Checked, campaign: Campaign) -> bool:
    """Whether a table reports anything, be it in a row whose name is missing, or the column of names."""
    form = campaign.forms[checked.source.form]
    names_missing = ("column", form.column(form.name_key).full_title) if form.name_key else None
    named = any(row.figures or row.unread for row in checked.source.rows)
    return named or any(
        finding.code == "NO_NAME" or (finding.code == "MISSING_COLUMN" and names_missing in finding.facts)
        for finding in checked.source.findings
    )


def _as_document(case: Case, campaign: Campaign) -> Filing | None:
    """A document that is received as it is: its path names one place, and the form asked for there allows it."""
    told = [dict(finding.facts) for finding in case.findings if finding.code == "WRONG_TYPE"]
    document = next((facts["document"] for facts in told if "document" in facts), "")
    if not document or len(case.places) != 1:
        return None
    (place,) = case.places
    if not campaign.forms[campaign.round(place[1]).form].documents:
        return None
    received = Finding("DOCUMENT", facts=(("document", document),))
    return Filing(replace(case, findings=()), place, (), findings=(received,))


def _without_tables(case: Case) -> Filing:
    """A file that could not be read, or holds no table: our own failure waits for us, else it must be sent again."""
    ours = any(CATALOGUE[finding.code].question for finding in case.findings)
    return Filing(case, ("", ""), (), "undecided" if ours else "unusable", candidates=case.places)


def _alone(case: Case, checked: Checked, filled: bool, campaign: Campaign) -> Filing | None:
    """The filing of a table that does not count with others: ignored, undecided or blank; else nothing."""
    placement = checked.source.placement
    sheet = checked.source.sheet
    if placement.question == IGNORED:
        return Filing(case, ("", ""), (checked,), "ignored", answered=True, findings=placement.findings)
    if not _has_figures(checked, campaign):
        if filled:
            return Filing(case, ("", ""), (), "ignored", findings=(Finding("BLANK_SHEET", sheet),))
        places = placement.candidates or (
            (checked.source.place,) if all(checked.source.place) else case.places
        )
        return Filing(
            case, ("", ""), (), "unusable", candidates=places, findings=(Finding("NO_DATA", sheet),)
        )
    if placement.question:
        asked = question(placement.question, case, (checked,), placement.candidates, campaign)
        return Filing(
            case, ("", ""), (checked,), "undecided", candidates=placement.candidates, findings=(asked,)
        )
    return None


def _placed(case: Case, place: Place, members: Sequence[Checked], campaign: Campaign) -> Filing:
    answered = any(checked.source.placement.answered for checked in members)
    acceptable = any(checked.bodies for checked in members)
    verdict: Verdict = "counted" if acceptable else "unusable"
    once, differing = _once(members, campaign)
    candidates = () if acceptable else (place,)
    return Filing(case, place, tuple(members), verdict, answered, candidates, differing, once)


def _once(
    members: Sequence[Checked], campaign: Campaign
) -> tuple[tuple[tuple[str, Once], ...], tuple[Finding, ...]]:
    """The district's once-only fields with their sheets: given on several sheets alike they count once, given with
    different figures not at all (design rule 2)."""
    given: dict[str, list[tuple[str, Once]]] = {}
    for checked in members:
        for once in checked.source.once:
            given.setdefault(once.key, []).append((checked.source.sheet, once))
    alike = {key: each for key, each in given.items() if len({once.value for _, once in each}) == 1}
    form = campaign.forms[members[0].source.form]
    differing = tuple(
        Finding("ONCE_DIFFERS", sheet, once.cell, f"{once.value:,}", (("column", form.column(key).title),))
        for key, each in given.items()
        if key not in alike
        for sheet, once in each
    )
    return tuple(each[0] for each in alike.values()), differing
