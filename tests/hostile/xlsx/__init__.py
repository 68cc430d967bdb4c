"""Hostile .xlsx and .xlsm: `book` writes them, the other modules are tables of cases."""

from tests.hostile.xlsx import (
    addresses,
    bombs,
    encodings,
    errors,
    numbers,
    parts,
    sheets,
    strings,
    tabs,
    texts,
    zips,
)

CASES = (
    *errors.CASES,
    *numbers.CASES,
    *texts.CASES,
    *strings.CASES,
    *addresses.CASES,
    *sheets.CASES,
    *encodings.CASES,
    *tabs.CASES,
    *parts.CASES,
    *bombs.CASES,
    *zips.CASES,
)
