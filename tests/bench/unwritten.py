"""The main job but for its outputs: what they cost is the difference.

python -m tests.bench.unwritten SCHEMAS INPUT OUTPUT AS_OF ROUND
"""

import gc
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from pipeline.model import Folders
from pipeline.run import run


def main(schemas: str, given: str, output: str, as_of: str, round_: str) -> None:
    """As the command does it, up to what it would write."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    gc.set_threshold(200_000, 50, 100)
    run(Folders(Path(schemas), Path(given), Path(output), as_of), datetime.now(UTC), (round_,), publish=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
