"""What was read of each sheet that counts: its rows and figures."""

from dataclasses import dataclass

from pipeline.model import RoundResult


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet, and how many rows and figures are used of it."""

    name: str
    rows: int
    figures: int


def sheets_read(result: RoundResult) -> dict[tuple[str, str], list[SheetRead]]:
    """By district code and file, each sheet that counts with the rows and figures that are used of it."""
    figures: dict[tuple[str, str, str], int] = {}
    rows: dict[tuple[str, str, str], set[tuple[str, str]]] = {}
    if len(result.values):
        names = ("district_code", "file", "sheet", "local_body_code", "item")
        for code, file, sheet, body, item in zip(
            *(result.values[name].tolist() for name in names), strict=True
        ):
            figures[code, file, sheet] = figures.get((code, file, sheet), 0) + 1
            if body:
                rows.setdefault((code, file, sheet), set()).add((body, item))
    if result.rows is not None and len(result.rows):
        listed = (result.rows[name].tolist() for name in ("district_code", "file", "sheet", "row"))
        rows = {}
        for code, file, sheet, number in zip(*listed, strict=True):
            rows.setdefault((code, file, sheet), set()).add((str(number), ""))
    found: dict[tuple[str, str], list[SheetRead]] = {}
    for code, file, sheet in dict.fromkeys((*figures, *rows)):
        read = SheetRead(sheet, len(rows.get((code, file, sheet), ())), figures.get((code, file, sheet), 0))
        found.setdefault((code, file), []).append(read)
    return found
