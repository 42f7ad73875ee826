"""Ctrl-C and termination unwind the program, so that every partial file is cleared away."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

_received: list[int] = []


def install() -> None:
    """Make SIGINT and SIGTERM raise `KeyboardInterrupt` in the main thread."""
    signal.signal(signal.SIGINT, _unwind)
    signal.signal(signal.SIGTERM, _unwind)


def raise_again() -> None:
    """Raise for a signal received before: Python drops an exception that arises inside an import callback."""
    if _received:
        raise KeyboardInterrupt


def leave() -> NoReturn:
    """End the process with 128 + the signal's number, once everything is unwound.

    Without the interpreter's own ending: a signal that hits a thread pool while it starts a thread makes Python wait
    for that thread for ever (`concurrent.futures.thread` notes the thread only after it runs).
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(128 + (_received[-1] if _received else signal.SIGINT))


def _unwind(number: int, frame: FrameType | None) -> None:
    _received.append(number)
    raise KeyboardInterrupt
