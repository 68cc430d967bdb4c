"""Where the figures of each row of ข้อมูล were read: its file, its sheet, and the cell of every figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

Whose = tuple[str, str]
"""A district's code and that of its local body, which is empty where the district answers once for all."""
_Cell = tuple[str, str, str]
_COLUMNS = ("district_code", "local_body_code", "file", "sha256", "indicator", "sheet", "cell")


@dataclass(frozen=True, slots=True)
class Origin:
    """`cells` in the order of the form's figures: hh_total=F10 hh_veg=H10; with the sheet before the cell where there
    are several, of which `sheet` names all."""

    file: str
    sha256: str
    sheet: str
    cells: str


def origins(values: "pd.DataFrame") -> Mapping[Whose, Origin]:
    """By whose they are, out of the columns of values.csv."""
    if values.empty:
        return {}
    rows = sorted(zip(*(values[name].tolist() for name in _COLUMNS), strict=True), key=itemgetter(0, 1))
    return {whose: _origin(list(of)) for whose, of in groupby(rows, key=itemgetter(0, 1))}


def once_values(values: "pd.DataFrame") -> Mapping[tuple[str, str], float]:
    """What each district answers once for all, by its code and the key of the figure."""
    if values.empty:
        return {}
    once = values[values["local_body_code"] == ""]
    columns = (once[name].tolist() for name in ("district_code", "indicator", "value"))
    return {(code, key): value for code, key, value in zip(*columns, strict=True)}


def _origin(rows: Sequence[tuple[str, ...]]) -> Origin:
    cells: list[_Cell] = [(row[4], row[5], row[6]) for row in rows]
    sheets = list(dict.fromkeys(sheet for _, sheet, _ in cells))
    _, _, file, sha256, *_ = rows[-1]
    return Origin(file, sha256, " · ".join(sheets), " ".join(_told(cells, several=len(sheets) > 1)))


def _told(cells: Sequence[_Cell], *, several: bool) -> Iterator[str]:
    """key=cell for each figure; key=cell,cell where a figure is added up from several."""
    places: dict[str, list[str]] = {}
    for key, sheet, cell in cells:
        places.setdefault(key, []).append(f"'{sheet}'!{cell}" if several else cell)
    return (f"{key}={','.join(found)}" for key, found in places.items())
