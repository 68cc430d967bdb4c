"""What was written, opened again before it is handed out: its totals are those of the run."""

import csv
import math
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from python_calamine import load_workbook

from pipeline.model import RoundResult
from pipeline.write import layout
from pipeline.write.layout import FIRST_RECORD, FIRST_ROW
from pipeline.write.returned import FOLDER, TAB, asked


def verify(folder: Path, result: RoundResult) -> None:
    """Raise `AssertionError` unless every workbook and document opens, and values.csv and the tidy sheet of
    summary.xlsx add up to the totals of the round. `OSError` if one cannot be read."""
    written = sorted(folder.iterdir())  # a folder that cannot be listed raises here; glob would find nothing
    for path in (path for path in written if path.suffix == ".xlsx"):
        if not load_workbook(path).get_sheet_by_index(0).to_python():
            raise AssertionError(f"{path.name}: nothing on its first sheet")
    for path in (path for path in written if path.suffix == ".docx"):
        with zipfile.ZipFile(path) as document:
            if document.testzip() is not None:
                raise AssertionError(f"{path.name}: a part of it cannot be read")
    _verify_returned(folder, result)
    _compare("values.csv", _sums_of_values(folder / "values.csv"), result)
    _compare("summary.xlsx", _sums_of_summary(folder / "summary.xlsx"), result)


def _verify_returned(folder: Path, result: RoundResult) -> None:
    """Whoever has something to mend has a workbook to mend it by, and each of these opens with its list first."""
    wanted = sorted(each.name for each in asked(result))
    place = folder / FOLDER
    made = sorted(place.iterdir()) if wanted else []
    if sorted(path.stem for path in made) != wanted:
        raise AssertionError(
            f"{FOLDER}: {len(made)} workbooks for {len(wanted)} that are asked to mend something"
        )
    for path in made:
        book = load_workbook(path)
        if not book.sheet_names[0].startswith(TAB) or not book.get_sheet_by_index(0).to_python():
            raise AssertionError(f"{FOLDER}/{path.name}: no list on its first sheet")


def _compare(name: str, sums: Mapping[str, float], result: RoundResult) -> None:
    """A figure given once per district stands in values.csv alone."""
    for column in result.form.indicators:
        stated = result.totals[column.key].value if column.key in result.totals else 0.0
        found = sums.get(column.key, 0.0)
        if not math.isclose(stated, found, rel_tol=1e-9, abs_tol=1e-6):
            raise AssertionError(f"{name}: {column.key} is {found}, not {stated}")


def _sums_of_values(path: Path) -> Mapping[str, float]:
    sums: dict[str, float] = defaultdict(float)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        header = next(lines)
        key, value = header.index("indicator"), header.index("value")
        for line in lines:
            sums[line[key]] += float(line[value])
    return sums


def _sums_of_summary(path: Path) -> Mapping[str, float]:
    """The sums of the columns of ข้อมูล; text and unknown figures add nothing."""
    rows = load_workbook(path).get_sheet_by_name(layout.DATA).to_python(skip_empty_area=False)
    keys, records = rows[FIRST_ROW], rows[FIRST_RECORD:]
    return {
        str(key): sum(value for value in column if isinstance(value, int | float))
        for key, column in zip(keys, zip(*records, strict=True), strict=True)
    }
