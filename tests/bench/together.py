"""The main job with its reading in the same process: what the isolation of the readers costs is the difference.

python -m tests.bench.together SCHEMAS INPUT OUTPUT AS_OF
"""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.model import Folders
from pipeline.read import Job, Read, ReadAll
from pipeline.run import run


@contextmanager
def in_this_process(*, read: Read) -> Iterator[ReadAll]:
    """Reads here instead of in a child process."""

    def read_all(jobs: Sequence[Job]) -> Iterator[object]:
        return (read(*job) for job in jobs)

    yield read_all


def main(schemas: str, given: str, output: str, as_of: str) -> None:
    """As the command does it, but for the readers."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    gc.set_threshold(200_000, 50, 100)
    folders = Folders(Path(schemas), Path(given), Path(output), as_of)
    run(folders, datetime.now(UTC), reading=in_this_process, writers=os.cpu_count() or 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
