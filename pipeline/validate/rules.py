"""Broken rules of a form -> findings, and the cells that each makes unknown (design rule 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import Finding, Row
from pipeline.normalise import shown
from pipeline.thai import figure
from schemas.form import Form, Rule

PARTS_THAT_CONDEMN_THE_WHOLE = 3
CODES = {
    "part": "PART_OVER_PART",
    "sum_within": "SUM_OVER_WHOLE",
    "sum_equals": "SUM_DIFFERS",
    "percent": "PERCENT_DIFFERS",
    "ceiling": "OVER_REGISTERED",
    "at_least": "TOO_FEW",
    "at_most": "TOO_MANY",
    "order": "ENDS_FIRST",
    "until": "AFTER_LAST_DAY",
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A finding about a row, and the keys whose figures it makes unknown."""

    finding: Finding
    unknown: frozenset[str] = frozenset()


def rule_findings(
    sheet: str, row: Row, failed: frozenset[str], form: Form, houses: Mapping[str, int]
) -> list[Breach]:
    """One finding per cause: a broken rule; a part above whatever wholes; a whole below three or more parts."""
    negative = {key for key, value in row.figures.items() if value < 0}
    broken = [rule for rule in form.rules if rule.name in failed and not negative & {*rule.left, *rule.right}]
    over: dict[str, list[Rule]] = {}
    for rule in broken:
        if rule.check == "part" and rule.severity == "must_fix":
            over.setdefault(rule.right[0], []).append(rule)
    condemned = {whole: rules for whole, rules in over.items() if len(rules) >= PARTS_THAT_CONDEMN_THE_WHOLE}
    covered = {rule.name for rules in condemned.values() for rule in rules}
    breaches = [_whole(sheet, row, whole, rules, form) for whole, rules in condemned.items()]
    parts: dict[str, list[Rule]] = {}
    for rule in broken:
        if rule.check == "part" and rule.severity == "must_fix" and rule.name not in covered:
            parts.setdefault(rule.left[0], []).append(rule)
        elif rule.name not in covered:
            breaches.append(Breach(_finding(sheet, row, rule, form, houses)))
    return breaches + [_contradiction(sheet, row, rules, form) for rules in parts.values()]


def _contradiction(sheet: str, row: Row, rules: Sequence[Rule], form: Form) -> Breach:
    """One part above one whole or more: one cause, however many rules it breaks; all the cells named are unknown."""
    part = rules[0].left[0]
    wholes = " และ ".join(
        f"{form.column(rule.right[0]).title} คือ {figure(row.figures[rule.right[0]])} (เซลล์ {row.cells[rule.right[0]]})"
        for rule in rules
    )
    names = " และ ".join(form.column(rule.right[0]).title for rule in rules)
    facts = (("left", form.column(part).title), ("wholes", wholes), ("right", names))
    finding = Finding("PART_OVER_WHOLE", sheet, row.cells[part], figure(row.figures[part]), facts)
    return Breach(finding, frozenset({part, *(rule.right[0] for rule in rules)}))


def _whole(sheet: str, row: Row, whole: str, rules: Sequence[Rule], form: Form) -> Breach:
    parts = ", ".join(
        f"{form.column(rule.left[0]).title} {figure(row.figures[rule.left[0]])}" for rule in rules
    )
    facts = (("right", form.column(whole).title), ("count", str(len(rules))), ("parts", parts))
    value = figure(row.figures[whole])
    finding = Finding("WHOLE_TOO_SMALL", sheet, row.cells[whole], value, facts)
    return Breach(finding, frozenset({whole}))


def _finding(sheet: str, row: Row, rule: Rule, form: Form, houses: Mapping[str, int]) -> Finding:
    about = rule.right[0] if rule.check == "sum_equals" else rule.left[0]
    facts = _facts(row, rule, form, houses)
    return Finding(CODES[rule.check], sheet, row.cells[about], _value(row, about), facts, rule.severity)


def _facts(row: Row, rule: Rule, form: Form, houses: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    left = " + ".join(form.column(key).title for key in rule.left)
    match rule.check:
        case "part" | "order":
            return (("left", left), *_right(row, rule, form))
        case "sum_within" | "sum_equals":
            return (("left", left), ("sum", _sum(row, rule)), *_right(row, rule, form))
        case "at_least" | "at_most" | "until":
            limit = shown(rule.last) if rule.last else figure(round(rule.limit or 0))
            return (("left", left), ("limit", limit), ("unit", form.column(rule.left[0]).unit))
        case "percent":
            part, whole = (row.figures[key] for key in rule.right)
            return (("left", left), ("computed", f"{100 * part / whole:.2f}"))
        case "ceiling":
            return (("left", left), ("registered", figure(houses[row.local_body_code])))


def _right(row: Row, rule: Rule, form: Form) -> tuple[tuple[str, str], ...]:
    key = rule.right[0]
    return (
        ("right", form.column(key).title),
        ("right_value", _value(row, key)),
        ("right_cell", row.cells[key]),
    )


def _value(row: Row, key: str) -> str:
    """A figure or a day of the row, in words."""
    return row.texts[key] if key in row.days else figure(row.figures[key])


def _sum(row: Row, rule: Rule) -> str:
    return figure(sum(row.figures[key] for key in rule.left))
