"""The health check: an address that is called after each night, so that silence is noticed, too. Off by default.

Nothing but the address is told: no name, no figure, no message.
"""

import os
from http.client import HTTPException
from typing import Final
from urllib.request import Request, urlopen

VARIABLE: Final = "PIPELINE_PING_URL"
FAILED: Final = "/fail"
"""What is added to the address after a night that failed, as health-check services have it."""
SECONDS: Final = 5.0


def ping(*, failed: bool) -> str:
    """Call the address of the environment variable; what came of it for the log: empty where none is given.

    Never raises for what the other side does, or for an address that is none: the night is what counts.
    """
    address = os.environ.get(VARIABLE, "").strip()
    if not address:
        return ""
    if not address.startswith(("https://", "http://")):
        return "failed: the address must begin with https:// or http://"
    address = address.rstrip("/") + FAILED if failed else address
    try:
        with urlopen(Request(address, headers={"User-Agent": "pipeline"}), timeout=SECONDS) as answer:
            return f"{answer.status}"
    except (OSError, ValueError, HTTPException) as error:
        return f"failed: {type(error).__name__}: {error}"
