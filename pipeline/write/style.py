"""How the workbooks look: one font, a few calm colours, named cell formats, and the theme that carries them.

Every format is explicit: native table styles are not drawn by most viewers. Words, never symbols such as check
marks, which the font does not have.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from io import StringIO
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.theme import THEME_XML_2007

from pipeline.write.palette import (
    AMBER,
    BLUE,
    BRICK,
    GOLD,
    GREEN,
    GREY,
    HONEY,
    INK,
    LEAF,
    LINE,
    MIST,
    PALE,
    RED,
    ROSE,
    SEVERITY_COLOURS,
    STATUS_COLOURS,
    STEEL,
    STRAW,
    VERDICT_COLOURS,
)
from pipeline.write.tile_style import tile_formats

FONT: Final = "TH Sarabun New"
SIZE: Final = 16
ROW_PX: Final = 32
COLUMN_PX: Final = 72

# Thai short months and Buddhist-era years; the only such formats that every program draws alike.
DATE_FORMAT: Final = "[$-107041E]d mmm yyyy"
MOMENT_FORMAT: Final = "[$-107041E]d mmm yyyy hh:mm"


def _clear(number_format: str) -> str:
    """The format with a hair's space after figures and after `...`, so that they stand clear of the border."""
    return f"{number_format}_ ;-{number_format}_ ;{number_format}_ ;@_ "


def _signed(number_format: str) -> str:
    """The format of a change: with its sign, and 0 where there is none."""
    return f"+{number_format}_ ;-{number_format}_ ;0_ ;@_ "


_Properties = Mapping[str, object]

_CELL: Final[_Properties] = {"border": 1, "border_color": LINE, "valign": "vcenter", "font_color": INK}
_HEAD: Final[_Properties] = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": GREEN,
    "border": 1,
    "border_color": LINE,
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
_TOTAL: Final[_Properties] = {**_CELL, "bold": True, "bg_color": PALE, "top": 2, "top_color": GREEN}
_SUBTOTAL: Final[_Properties] = {**_CELL, "bold": True, "bg_color": MIST}
_KINDS: Final[Mapping[str, _Properties]] = {
    "text": {"align": "left", "indent": 1},
    "wrap": {"align": "left", "text_wrap": True, "indent": 1},
    "centre": {"align": "center"},
    "count": {"align": "right", "num_format": _clear("#,##0"), "shrink": True},
    "area": {"align": "right", "num_format": _clear("#,##0.0"), "shrink": True},
    "money": {"align": "right", "num_format": _clear("#,##0"), "shrink": True},
    "exact": {"align": "right", "num_format": _clear("#,##0.00"), "shrink": True},
    "share": {"align": "right", "num_format": _clear("0.0%")},
    "points": {"align": "right", "num_format": _signed("0.0")},
    "change": {"align": "right", "num_format": _signed("#,##0"), "shrink": True},
    "change_area": {"align": "right", "num_format": _signed("#,##0.0"), "shrink": True},
    "date": {"align": "center", "num_format": DATE_FORMAT, "shrink": True},
    "moment": {"align": "center", "num_format": MOMENT_FORMAT, "shrink": True},
}


def _starred(kind: _Properties) -> _Properties:
    """The kind with a star after the figure, in the room that others leave free."""
    return {**kind, "num_format": str(kind["num_format"]).replace("_ ", '"*"')}


_MARKED: Final[Mapping[str, _Properties]] = {
    f"{name}_corrected": _starred(_KINDS[name]) for name in ("count", "area", "money")
}
_ALONE: Final[Mapping[str, _Properties]] = {
    "line": {"font_color": INK, "valign": "top", "text_wrap": True},
    "label": {"font_color": INK, "bold": True, "valign": "top"},
    "label_alert": {"font_color": RED, "bold": True, "valign": "top"},
    "strip": {"font_color": GREY, "font_size": 14, "valign": "vcenter"},
    "sample": {"font_color": AMBER, "bg_color": HONEY, "bold": True, "valign": "vcenter", "indent": 1},
    "title": {"font_color": GREEN, "bold": True, "font_size": 20, "valign": "vcenter"},
    "cover_title": {"font_color": GREEN, "bold": True, "font_size": 28, "valign": "vcenter"},
    "cover_office": {"font_color": GREY, "font_size": 18, "valign": "vcenter"},
    "subtitle": {"font_color": GREY, "valign": "vcenter"},
    "subtitle_long": {"font_color": GREY, "valign": "vcenter", "text_wrap": True},
    "section": {
        "font_color": GREEN,
        "bold": True,
        "font_size": 18,
        "valign": "vcenter",
        "bottom": 1,
        "bottom_color": LINE,
    },
    "section_alert": {"font_color": RED, "bold": True, "font_size": 18, "valign": "vcenter"},
    "foot": {"font_color": GREY, "font_size": 14, "valign": "top", "text_wrap": True},
    "link": {"font_color": BLUE, "underline": 1, "valign": "top"},
    "tally": {"font_color": INK, "align": "left", "valign": "vcenter", "indent": 1, "num_format": "#,##0"},
    "cell_link": {**_CELL, "font_color": BLUE, "underline": 1, "text_wrap": True, "indent": 1},
    "helper": {"font_color": GREY, "font_size": 14},
    "helper_share": {"font_color": GREY, "font_size": 14, "num_format": "0.0%"},
    "head": _HEAD,
    "head_turned": {**_HEAD, "rotation": 90, "font_size": 14},
    "key": {**_HEAD, "align": "left", "text_wrap": False, "bold": False},
    "field": {"font_color": INK, "valign": "vcenter"},
    "check": {"font_color": AMBER, "valign": "vcenter", "indent": 1},
    "check_done": {"font_color": GREEN, "bg_color": PALE},
    "check_asks": {"font_color": AMBER, "bg_color": HONEY},
    "centre_link": {**_CELL, "align": "center", "font_color": BLUE, "underline": 1},
    "print_small": {**_CELL, "font_size": 12, "font_color": GREY},
    "unconfirmed": {**_CELL, "align": "center", "font_color": AMBER, "bg_color": HONEY},
    "wrap_bold": {**_CELL, "align": "left", "text_wrap": True, "bold": True, "indent": 1},
    "sample_large": {
        "font_color": AMBER,
        "bg_color": HONEY,
        "bold": True,
        "font_size": 22,
        "align": "center",
        "valign": "vcenter",
    },
    "state_good": {
        "text_wrap": True,
        "font_color": GREEN,
        "bg_color": PALE,
        "bold": True,
        "valign": "vcenter",
        "indent": 1,
    },
    "state_draft": {
        "text_wrap": True,
        "font_color": RED,
        "bg_color": ROSE,
        "bold": True,
        "valign": "vcenter",
        "indent": 1,
    },
    "fallen": {"font_color": RED, "bg_color": ROSE},
    "unlike": {"font_color": GREY, "italic": True},
    "number_alert": {
        **_CELL,
        "align": "right",
        "num_format": _clear("#,##0"),
        "font_color": RED,
        "bold": True,
    },
}


def formats(workbook: xlsxwriter.Workbook) -> Callable[[str], Format]:
    """The named formats of a workbook, each made when it is first asked for: count, total_count, status_late …"""

    @cache
    def format_of(name: str) -> Format:
        return workbook.add_format(dict(_named()[name]))

    return format_of


def theme() -> StringIO:
    """The library's theme with our font for Latin, complex and Thai script, and our accents.

    Charts draw Thai from the theme's complex-script typeface; without it they fall back to a font without Thai.
    """
    font = (
        f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface="{FONT}"/>'
        f'<a:font script="Thai" typeface="{FONT}"/>'
    )
    fonts = (
        f'<a:fontScheme name="{FONT}"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
    )
    xml, replaced = re.subn(r"<a:fontScheme .*?</a:fontScheme>", fonts, THEME_XML_2007, flags=re.DOTALL)
    if replaced != 1:
        raise RuntimeError("the library's theme has no font scheme to replace")
    for number, colour in enumerate((LEAF, GOLD, BRICK, STEEL, GREEN, AMBER), start=1):
        accent = f'<a:accent{number}><a:srgbClr val="{colour[1:]}"/></a:accent{number}>'
        xml = re.sub(rf"<a:accent{number}>.*?</a:accent{number}>", accent, xml)
    return StringIO(xml)


@cache
def _named() -> Mapping[str, _Properties]:
    bands = {"": _CELL, "total_": _TOTAL, "subtotal_": _SUBTOTAL}
    kinds = {
        f"{band}{kind}": {**cell, **extra}
        for band, cell in bands.items()
        for kind, extra in {**_KINDS, **_MARKED}.items()
    }
    return {**kinds, **_ALONE, **_written_in(), **_statuses(), **_words_in_colour(), **tile_formats()}


def _written_in() -> Mapping[str, _Properties]:
    """input_… and fill_…: what is written in, unlocked: cells of a table, and dotted lines."""
    open_: _Properties = {"bg_color": STRAW, "locked": False}
    line: _Properties = {**open_, "font_color": INK, "bottom": 4, "valign": "vcenter"}
    kinds = {name: _KINDS[kind] for name, kind in (("text", "wrap"), ("count", "count"), ("date", "date"))}
    kinds |= {"money": {"align": "right", "num_format": _clear("#,##0.00")}, "number": {"align": "right"}}
    grounds = {"input": {**_CELL, **open_}, "fill": line}
    return {
        f"{of}_{name}": {**ground, **kind} for of, ground in grounds.items() for name, kind in kinds.items()
    }


def _statuses() -> Mapping[str, _Properties]:
    return {
        f"status_{status}": {
            **_CELL,
            "align": "center",
            "text_wrap": True,
            "font_color": letters,
            "bg_color": ground,
        }
        for status, (letters, ground, _) in STATUS_COLOURS.items()
    }


def _words_in_colour() -> Mapping[str, _Properties]:
    """severity_… and verdict_…"""
    pairs = {f"severity_{key}": pair for key, pair in SEVERITY_COLOURS.items()} | {
        f"verdict_{key}": pair for key, pair in VERDICT_COLOURS.items()
    }
    return {
        name: {**_CELL, "align": "center", "font_color": letters, "bg_color": ground}
        for name, (letters, ground) in pairs.items()
    }
