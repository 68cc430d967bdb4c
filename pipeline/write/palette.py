"""The colours of the workbooks: deep green, and a few calm ones that tell states apart beside their words."""

from collections.abc import Mapping
from typing import Final

GREEN: Final = "#1E5B3E"
LEAF: Final = "#3F9068"
MIST: Final = "#EFF5F1"
PALE: Final = "#D5E8DC"
LINE: Final = "#BFCFC5"
AMBER: Final = "#8A5A00"
HONEY: Final = "#FBE8C3"
STRAW: Final = "#FFF7DC"
GOLD: Final = "#D99A1C"
RED: Final = "#9B1C12"
ROSE: Final = "#F8DAD5"
BRICK: Final = "#BF4434"
BLUE: Final = "#2B4A75"
SKY: Final = "#DEE7F2"
STEEL: Final = "#7D9CC4"
GREY: Final = "#666B68"
ASH: Final = "#EBEDEC"
INK: Final = "#1F2A24"

STATUS_COLOURS: Final[Mapping[str, tuple[str, str, str]]] = {  # letters, ground, chart
    "on_time": (GREEN, PALE, LEAF),
    "late": (AMBER, HONEY, GOLD),
    "unusable": ("#8A3B00", "#F9DFCB", "#D9803A"),
    "undecided": (BLUE, SKY, STEEL),
    "missing": (RED, ROSE, BRICK),
    "pending": (GREY, ASH, "#A9AFAC"),
    "waived": (GREY, ASH, "#CBD0CD"),
}
SEVERITY_COLOURS: Final[Mapping[str, tuple[str, str]]] = {
    "must_fix": (RED, ROSE),
    "please_explain": (AMBER, HONEY),
    "note": (GREY, ASH),
}
VERDICT_COLOURS: Final[Mapping[str, tuple[str, str]]] = {
    "counted": (GREEN, PALE),
    "superseded": (GREY, ASH),
    "duplicate": (GREY, ASH),
    "undecided": (BLUE, SKY),
    "unusable": ("#8A3B00", "#F9DFCB"),
    "withdrawn": (GREY, ASH),
    "not_yet": (GREY, ASH),
    "ignored": (GREY, ASH),
}
BANDS: Final = ("#F6EFD9", "#DCEBDD", "#B9DBC4", "#8FC7A6", "#62AD89")
"""The ground of a tile by its band, the lowest first; ink is readable on each."""
