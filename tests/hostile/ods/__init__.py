"""Hostile .ods: `book` writes them, the other modules are tables of cases."""

from tests.hostile.ods import cells, parts, sheets

CASES = (
    *cells.CASES,
    *sheets.CASES,
    *parts.CASES,
)
