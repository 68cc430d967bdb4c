"""What must stand of a table's figures: the form's rules applied to them (design rule 2), on their own.

All rules look at the figures as stated, so that no rule's verdict changes another's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tests.sample.model import Fact
from tests.sample.tables import Rule, Tables

PARTS_THAT_CONDEMN_A_WHOLE = 3
Figures = Mapping[str, float]
CODES = {
    "part": ("49", "PART_OVER_PART"),
    "sum_within": ("49", "SUM_OVER_WHOLE"),
    "sum_equals": ("49", "SUM_DIFFERS"),
    "percent": ("45", "PERCENT_DIFFERS"),
    "ceiling": ("49", "OVER_REGISTERED"),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken rule: the code it leads to, the column whose cell is named, the columns made unknown."""

    case: str
    code: str
    key: str
    unknown: tuple[str, ...]
    rule: str


def judged(facts: Sequence[Fact], tables: Tables) -> tuple[tuple[Fact, ...], tuple[tuple[Fact, Broken], ...]]:
    """The facts with what a contradiction makes unknown set to None, and each broken rule at its cell."""
    standing: list[Fact] = []
    broken: list[tuple[Fact, Broken]] = []
    for _, group in groupby(facts, key=lambda fact: fact.row):
        row = list(group)
        figures = {fact.key: fact.value for fact in row if fact.value is not None}
        found = tuple(breaks(figures, row[0].body, tables)) if row[0].body else ()
        unknown = {key for each in found for key in each.unknown}
        standing += [replace(fact, value=None) if fact.key in unknown else fact for fact in row]
        cells = {fact.key: fact for fact in row}
        broken += [(cells[each.key], each) for each in found]
    return tuple(standing), tuple(broken)


def breaks(figures: Figures, body: str, tables: Tables) -> Iterator[Broken]:
    """Every rule that a row breaks; three or more parts above one whole condemn the whole alone."""
    houses = {"registered_houses": float(tables.body(body).houses)}
    found = [rule for rule in tables.rules if is_broken(rule, {**houses, **figures})]
    hard = [rule for rule in found if rule.check == "part" and rule.severity == "must_fix"]
    wholes = {rule.right[0] for rule in hard}
    condemned = {
        whole
        for whole in wholes
        if sum(rule.right[0] == whole for rule in hard) >= PARTS_THAT_CONDEMN_A_WHOLE
    }
    for whole in sorted(condemned):
        yield Broken("49", "WHOLE_TOO_SMALL", whole, (whole,), "")
    for rule in found:
        if rule not in hard:
            case, code = CODES[rule.check]
            yield Broken(case, code, named_cell(rule), (), rule.name)
        elif rule.right[0] not in condemned:
            yield Broken("49", "PART_OVER_WHOLE", rule.left[0], (rule.left[0], rule.right[0]), rule.name)


def named_cell(rule: Rule) -> str:
    """A stated sum is at fault where it stands; every other rule is named at its first left column."""
    return rule.right[0] if rule.check == "sum_equals" else rule.left[0]


def is_broken(rule: Rule, figures: Figures) -> bool:
    """Whether the row contradicts the rule; a rule with an unknown side says nothing."""
    if any(key not in figures for key in (*rule.left, *rule.right)):
        return False
    left = sum(figures[key] for key in rule.left)
    right = figures[rule.right[0]]
    match rule.check:
        case "part" | "sum_within":
            return left > right
        case "sum_equals":
            return left != right
        case "percent":
            whole = figures[rule.right[1]]
            return whole > 0 and abs(left - 100 * right / whole) > rule.limit
        case _:
            return left > right * rule.limit
