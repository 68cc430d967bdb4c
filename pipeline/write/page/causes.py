"""What a district has to mend or explain: where, what was found, how it is done; one entry for each cause."""

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.write import words
from pipeline.write.grouping import Group, grouped
from pipeline.write.page import parts
from pipeline.write.page.files import ASKED
from pipeline.write.page.markup import Html, el, quoted
from pipeline.write.page.view import View, name

MOST: Final = 8
"""Causes shown of one district; all of them stand in the summaries and in the workbook that is given back."""
Cause = tuple[Group, Sequence[str]]
"""What was found, and the keys of the rounds in which it is told in the same words."""


def causes_of(view: View) -> Mapping[str, Sequence[Cause]]:
    """The causes by district, in all rounds: ต้องแก้ first, then in the campaign's order."""
    issues = (issue for each in view.rounds for issue in each.issues)
    alike: dict[tuple[str, ...], list[Group]] = {}
    for group in grouped(each for each in issues if each.district_code and each.severity != "note"):
        told = (group.district_code, group.file, group.sheet, group.code, group.cells, group.what)
        alike.setdefault(told, []).append(group)
    found: dict[str, list[Cause]] = {}
    for groups in alike.values():
        rounds = tuple(dict.fromkeys(group.round for group in groups))
        found.setdefault(groups[0].district_code, []).append((groups[0], rounds))
    return found


def causes_list(view: View, groups: Sequence[Cause]) -> Html | None:
    """The first of them; how many more there are is said."""
    if not groups:
        return None
    items = [_cause(view, group, rounds) for group, rounds in groups[:MOST]]
    more = len(groups) - MOST
    rest = el("p", f"และอีก {more} เรื่อง ดูในสมุดสรุป แผ่น ต้องแก้ไข", class_="quiet") if more > 0 else None
    return el("div", el("h4", "ที่ต้องแก้หรือชี้แจง"), el("ul", *items, class_="causes"), rest)


def _cause(view: View, group: Group, rounds: Sequence[str]) -> Html:
    """One cause. What waits for the province asks nothing of the district."""
    waits = view.waits(group)
    chip = (
        el("span", words.VERDICTS["undecided"], class_="chip undecided")
        if waits
        else el("span", words.SEVERITIES[group.severity], class_=f"chip {group.severity}")
    )
    campaign = view.results.campaign
    place: list[Html | str] = [", ".join(name(campaign.round(key)) for key in rounds), quoted(group.file)]
    place += [quoted(f'แผ่น "{group.sheet}"')] if group.sheet else []
    place += [quoted(f"เซลล์ {group.cells}")] if group.cells else []
    return el(
        "li",
        el("p", chip, " ", el("span", parts.sentence(place), class_="quiet")),
        el("p", quoted(group.what)),
        el("p", el("b", "ต้องทำอะไร"), " ", quoted(ASKED if waits else group.remedy), class_="how"),
    )
