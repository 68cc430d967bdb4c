"""Every hostile content, from all tables, and how one is put through what production puts it through."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipeline.context import context_at
from pipeline.model import Arrival, Submission
from pipeline.read import ReadAll
from pipeline.run import understand_each
from pipeline.understand import Understood
from tests.campaigns import SCHEMAS
from tests.hostile import ods, strangers, xls, xlsb, xlsx
from tests.hostile.case import Case

CASES: tuple[Case, ...] = (*xlsx.CASES, *xlsb.CASES, *xls.CASES, *ods.CASES, *strangers.CASES)
RECEIVED = datetime.fromisoformat("2021-02-04T10:00:00+07:00")


def submission(folder: Path, name: str, content: bytes) -> Submission:
    """A file as it lies in the vault, under its hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    snapshot = folder / sha256
    snapshot.write_bytes(content)
    return Submission(Arrival(name, sha256, RECEIVED, "register"), snapshot)


def understood_by(read_all: ReadAll, submissions: Sequence[Submission]) -> list[Understood]:
    """What the readers make of each, and the run of what a reader that died leaves."""
    return list(
        understand_each(submissions, [None] * len(submissions), read_all, SCHEMAS, context_at(SCHEMAS))
    )
