"""What districts tell in words and pictures: written only for a form that each of them answers once.

What draws pictures and documents is imported here and then, not by every run.
"""

from pathlib import Path

from pipeline.model import Results, RoundResult


def write_told(folder: Path, results: Results, result: RoundResult) -> None:
    """Writes collection.xlsx and booklet.docx into `folder`; `OSError` if they cannot be written."""
    if result.form.grain != "district":
        return
    from pipeline.write.booklet import write_booklet
    from pipeline.write.collection import write_collection

    write_collection(folder / "collection.xlsx", results, result)
    write_booklet(folder / "booklet.docx", results, result)
