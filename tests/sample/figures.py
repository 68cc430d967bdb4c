"""Invented figures of a local body: plausible, consistent with the form's rules, growing from round to round.

All are drawn from a generator seeded with the local body's own code, so that one recipe never moves another's figures.
"""

from collections.abc import Mapping
from random import Random

GROWN = {"1": 0.0, "2": 0.35}
"""How far each share has moved, by the round, from its first value towards the whole."""


def figures(seed: str, houses: int, villages: int, round_: str) -> Mapping[str, float]:
    """The figures of one local body (or one village of it) at a round, by the keys of the form.

    hh_veg_10 <= hh_veg_5 <= hh_veg <= hh_target <= hh_total <= houses; every other household count <= hh_total;
    net_total is the sum of its parts; hh_veg_pct is 100 * hh_veg / hh_target, two decimals.
    """
    rng, grown = Random(f"ubon-2564:{seed}"), GROWN[round_]
    total = max(10, round(houses * rng.uniform(0.72, 0.90)))

    def part(whole: float, low: float, high: float) -> int:
        first = rng.uniform(low, high)
        return int(whole * (first + (0.97 - first) * grown))

    target = int(total * rng.uniform(0.62, 0.95))
    veg = part(target, 0.40, 0.78)
    five = int(veg * rng.uniform(0.45, 0.80))
    ten = int(five * rng.uniform(0.30, 0.60))
    return {
        "villages_total": villages,
        "villages_active": max(1, part(villages, 0.45, 0.95)),
        "hh_total": total,
        "hh_target": target,
        "hh_veg": veg,
        "hh_veg_pct": round(100 * veg / target, 2),
        "hh_veg_5": five,
        "hh_veg_10": ten,
        "hh_model": min(ten, rng.randint(1, 6) * villages),
        **waste(rng, total, part),
        **community(rng, villages, grown),
        **network(rng, villages, grown),
    }


def waste(rng: Random, total: int, part) -> Mapping[str, float]:
    return {
        "hh_sort": part(total, 0.42, 0.80),
        "hh_wetbin": part(total, 0.30, 0.68),
        "hh_nospace": int(total * rng.uniform(0.01, 0.12)),
        "hh_compost": part(total, 0.08, 0.35) // 2,
        "hh_bioferment": part(total, 0.05, 0.25) // 2,
        "hh_clean": part(total, 0.55, 0.90),
    }


def community(rng: Random, villages: int, grown: float) -> Mapping[str, float]:
    later = 1 if grown else 0
    return {
        "food_store": rng.randint(1, max(2, villages // 2)) + later,
        "seed_bank": rng.randint(0, 2) + later,
        "green_area": rng.randint(1, 40) / 4 + later,
        "visits": rng.randint(1, 4) + 2 * later,
        "incentives": rng.randint(0, 2) + later,
        "pr_items": rng.randint(1, 9) + 3 * later,
    }


def network(rng: Random, villages: int, grown: float) -> Mapping[str, float]:
    more = 1 + grown / 4
    parts = {
        "net_leader_och": int(2 * villages * more),
        "net_och": int(rng.randint(2, 4) * villages * more),
        "net_kpsm": int(rng.randint(3, 6) * villages * more),
        "net_kpst": int(rng.randint(5, 12) * more),
    }
    members = {"lev_members": int(rng.randint(12, 30) * villages * more)}
    return {**members, **parts, "net_total": sum(parts.values())}


def once(district: str, bodies: int, round_: str) -> Mapping[str, int]:
    """The fields given once per district."""
    rng, later = Random(f"ubon-2564:{district}"), 2 if GROWN[round_] else 0
    return {"kpso": rng.randint(9, 18) + later, "staff_trained": max(3, bodies // 2) + rng.randint(0, 3)}
