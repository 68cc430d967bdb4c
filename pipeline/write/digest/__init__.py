"""output/digest.txt and output/digest.json: a night in short, for the analyst; worst first."""

from pathlib import Path
from typing import Final

from pipeline.durable import replace_file
from pipeline.model import Campaign, Digest
from pipeline.write.digest.lines import digest_lines
from pipeline.write.digest.record import digest_record

__all__ = ["digest_lines", "write_digest"]

TEXT: Final = "digest.txt"
RECORD: Final = "digest.json"


def write_digest(output: Path, digest: Digest, campaign: Campaign) -> tuple[Path, ...]:
    """Write both files; returns their paths. Raises `CannotWrite`, and then the old ones stand."""
    text = "\n".join(digest_lines(digest, campaign)) + "\n"
    replace_file(output / RECORD, digest_record(digest, campaign).encode("utf-8"))
    replace_file(output / TEXT, text.encode("utf-8"))
    return output / TEXT, output / RECORD
