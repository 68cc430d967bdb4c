"""Where tracebacks go: a log beside the outputs, for whoever looks after the program; people get a sentence."""

import logging
import os
from pathlib import Path

FILE_NAME = "pipeline.log"


def log_to(output: Path) -> None:
    """Log warnings and errors, with the time by the wall, to `output`/pipeline.log, which exists once there is one.

    Where that cannot be written they go to stderr: the command says by itself that it cannot write.
    """
    try:
        output.mkdir(exist_ok=True)
    except OSError:
        return
    if not os.access(output, os.W_OK):
        return
    handler = logging.FileHandler(output / FILE_NAME, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
