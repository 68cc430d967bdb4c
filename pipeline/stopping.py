"""Being told to stop: SIGTERM and SIGHUP end a run in order, as Ctrl-C does, and leave no reader behind.

Only the standard library is imported: this is at work before a missing library can be told of.
"""

import os
import signal
from functools import partial
from types import FrameType
from typing import Final, NoReturn

STOPS: Final = (signal.SIGTERM, signal.SIGHUP)


def listen() -> None:
    """From now on each of the signals raises `SystemExit` with 128 and its number, the first time.

    What the caller ignores (nohup) is ignored still.
    """
    for number in STOPS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, partial(_stop, os.getpid()))


def listen_no_more() -> None:
    """All has been said and done: what is left is to end, with the code that was earned."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)


def keep_tracker() -> None:
    """Start what keeps the semaphores of the readers so that no hangup reaches it: ended before its time, it would
    say so in English. The other signals it ignores by itself."""
    from multiprocessing.resource_tracker import ensure_running

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    try:
        ensure_running()  # a process inherits what is blocked
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})


def _stop(listener: int, number: int, _: FrameType | None) -> NoReturn:
    if os.getpid() != listener:
        os._exit(128 + number)  # a copy that writes a round has nothing to say
    listen_no_more()  # tidying up is not to be disturbed
    raise SystemExit(128 + number)
