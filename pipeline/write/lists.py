"""late.xlsx and missing.xlsx: the two lists that are passed on by themselves."""

from pathlib import Path

from pipeline.model import Results, RoundResult
from pipeline.write.book import written
from pipeline.write.sheets import late, missing


def write_late(path: Path, results: Results, result: RoundResult) -> None:
    """Writes ส่งช้า alone; `OSError` if it cannot be written."""
    with written(path, results, result, f"อำเภอที่ส่งช้า {result.round.title}") as book:
        late.put_sheet(book)


def write_missing(path: Path, results: Results, result: RoundResult) -> None:
    """Writes ยังไม่ส่ง alone, the enclosure of a reminder; `OSError` if it cannot be written."""
    with written(path, results, result, f"อำเภอที่ยังไม่ส่งรายงาน {result.round.title}") as book:
        missing.put_sheet(book)
