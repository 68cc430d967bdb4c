"""Hostile .xls: `records` and `ole2` write them, the other modules are tables of cases."""

from tests.hostile.xls import cells, containers, sheets, texts

CASES = (
    *cells.CASES,
    *texts.CASES,
    *sheets.CASES,
    *containers.CASES,
)
