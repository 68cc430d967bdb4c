"""The figures of the province that moved, with the files that moved them."""

from collections.abc import Sequence
from typing import Final

from pipeline.model import Campaign, Moved, Total
from pipeline.thai import thai_digits
from pipeline.write import figures, words
from pipeline.write.digest.naming import MOST, amount, district_name, measure, quoted, round_name

MOST_DISTRICTS: Final = 3
Reason = tuple[str, frozenset[tuple[str, tuple[str, ...]]]]
"""A round, and the districts with their files."""


def moved_lines(moved: Sequence[Moved], campaign: Campaign) -> list[str]:
    """The figures that moved for the same reason together, below it; those that the summary shows come first."""
    seen = [one for one in moved if _shown(one.before) != _shown(one.after)]
    reasons: dict[Reason, list[Moved]] = {}
    for one in seen:
        sources = frozenset((by.district_code, by.files) for by in one.by)
        reasons.setdefault((one.round, sources), []).append(one)
    largest = sorted(reasons.values(), key=lambda members: -len(members))[:MOST]
    lines = [line for members in largest for line in _of_one_reason(members, campaign)]
    return [thai_digits(f"ยอดรวมจังหวัดเปลี่ยน {len(seen)} รายการ"), *lines] if seen else []


def _of_one_reason(members: Sequence[Moved], campaign: Campaign) -> list[str]:
    first, more = members[0], len(members) - MOST
    shown = sorted(members, key=lambda one: _rank(one, campaign))[:MOST]
    return [
        f"  {round_name(first.round, campaign)}{_why(first, campaign)}",
        *(f"    {_move(one, campaign)}" for one in shown),
        *([thai_digits(f"    และอีก {more} รายการ")] if more > 0 else []),
    ]


def _rank(one: Moved, campaign: Campaign) -> int:
    form = campaign.forms[campaign.round(one.round).form]
    keys = [measure.key for measure in figures.measures(form)]
    return keys.index(one.indicator) if one.indicator in keys else len(keys)


def _move(one: Moved, campaign: Campaign) -> str:
    title, unit = measure(one.round, one.indicator, campaign)
    return f"{title}: {_shown(one.before)} เป็น {_shown(one.after)} {unit}".rstrip()


def _shown(total: Total | None) -> str:
    return words.UNKNOWN if total is None or not total.local_bodies + total.districts else amount(total.value)


def _why(one: Moved, campaign: Campaign) -> str:
    """The districts whose files moved it, each once, the largest move first."""
    files = {by.district_code: by.files for by in reversed(one.by)}
    by = [
        f"{district_name(code, campaign)} ({', '.join(map(quoted, files[code]))})"
        for code in dict.fromkeys(each.district_code for each in one.by)
    ]
    more = thai_digits(f" และอีก {len(by) - MOST_DISTRICTS} อำเภอ") if len(by) > MOST_DISTRICTS else ""
    return f" จาก{', '.join(by[:MOST_DISTRICTS])}{more}" if by else ""
