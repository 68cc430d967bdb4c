"""How tiles look: those of the key figures on ภาพรวม, and those of the districts on แผนที่."""

from collections.abc import Mapping
from typing import Final

from pipeline.write.palette import (
    AMBER,
    ASH,
    BANDS,
    BRICK,
    GOLD,
    GREEN,
    GREY,
    INK,
    MIST,
    STATUS_COLOURS,
    STEEL,
)

NUMBERS: Final = {"count": "#,##0", "money": "#,##0", "area": "#,##0.0", "share": "0.0%"}
_WHITE: Final = {"left": 2, "right": 2, "left_color": "#FFFFFF", "right_color": "#FFFFFF"}
_Properties = Mapping[str, object]


def tile_formats() -> Mapping[str, _Properties]:
    """tile_… of a key figure; map_… of a district, by its status or its band, and map_ground_… for a change of it."""
    return {**_key_figures(), **_districts()}


def _key_figures() -> Mapping[str, _Properties]:
    """The three cells of a KPI tile, by tone: its name, its figure (a count or a share) and what it is out of."""
    tones = {"good": GREEN, "late": GOLD, "bad": BRICK, "wait": STEEL}
    tile: _Properties = {"bg_color": MIST, "align": "center", "valign": "vcenter", "shrink": True, **_WHITE}
    named: dict[str, _Properties] = {}
    for tone, colour in tones.items():
        figure = {
            **tile,
            "shrink": True,
            "font_size": 32,
            "bold": True,
            "font_color": colour if tone != "late" else AMBER,
        }
        named[f"tile_{tone}_name"] = {
            **tile,
            "shrink": True,
            "font_color": GREY,
            "top": 5,
            "top_color": colour,
        }
        named |= {f"tile_{tone}_{kind}": {**figure, "num_format": shape} for kind, shape in NUMBERS.items()}
        named[f"tile_{tone}_unit"] = {**tile, "font_color": GREY, "font_size": 14}
    return named


def _districts() -> Mapping[str, _Properties]:
    """The two cells of a district's tile: its name above, its word or figure below."""
    grounds = {status: (letters, ground) for status, (letters, ground, _) in STATUS_COLOURS.items()}
    grounds |= {f"band{place}": (INK, ground) for place, ground in enumerate(BANDS)}
    grounds["none"] = (GREY, ASH)
    named: dict[str, _Properties] = {}
    for of, (letters, ground) in grounds.items():
        colours = {"font_color": letters, "bg_color": ground}
        cell = {**colours, "align": "center", **_WHITE, "shrink": True}
        name = {**cell, "bold": True, "valign": "bottom", "top": 2, "top_color": "#FFFFFF"}
        below = {**cell, "valign": "top", "bottom": 2, "bottom_color": "#FFFFFF"}
        named |= {f"map_{of}_name": name, f"map_{of}_word": below, f"map_ground_{of}": colours}
        figure = {**below, "bold": True, "font_size": 20} if of != "none" else below
        named |= {f"map_{of}_{kind}": {**figure, "num_format": shape} for kind, shape in NUMBERS.items()}
    return named
