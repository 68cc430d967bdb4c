"""Hostile .xlsb: `records` writes them, the other modules are tables of cases."""

from tests.hostile.xlsb import cells, parts

CASES = (
    *cells.CASES,
    *parts.CASES,
)
