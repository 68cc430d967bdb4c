"""Being told to stop: SIGTERM and SIGHUP end a run in order, as Ctrl-C does, and leave no reader behind.

Only the standard library is imported: this is at work before a missing library can be told of.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

STOPS: Final = (signal.SIGTERM, signal.SIGHUP)
FROM_TERMINAL: Final = (signal.SIGINT, signal.SIGHUP)


def listen() -> None:
    """From now on each of the signals raises `SystemExit` with 128 and its number, the first time.

    What the caller ignores (nohup) is ignored still. A copy of this process that is told ends with that code, too.
    """
    for number in STOPS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def listen_no_more() -> None:
    """All has been said and done: what is left is to end, with the code that was earned."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def kept_from_new_processes() -> Iterator[None]:
    """What a terminal sends to all its processes reaches this one alone, and none that is started in the block: ended
    before their time, they and what keeps their semaphores would say so at length, in English. A process inherits
    which signals are blocked; here they come when the block ends."""
    from multiprocessing.resource_tracker import ensure_running

    signal.pthread_sigmask(signal.SIG_BLOCK, FROM_TERMINAL)
    try:
        ensure_running()  # which lets Ctrl-C through again
        signal.pthread_sigmask(signal.SIG_BLOCK, FROM_TERMINAL)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, FROM_TERMINAL)


def _stop(number: int, _: FrameType | None) -> NoReturn:
    listen_no_more()  # tidying up is not to be disturbed
    raise SystemExit(128 + number)
