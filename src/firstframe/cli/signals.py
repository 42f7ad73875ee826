"""Ctrl-C and termination unwind the program, so that every partial file is cleared away."""

from __future__ import annotations

import signal
from types import FrameType

TERMINATED = 128 + signal.SIGTERM

_received: list[int] = []


def install() -> None:
    """Make SIGINT and SIGTERM raise in the main thread."""
    signal.signal(signal.SIGINT, _unwind)
    signal.signal(signal.SIGTERM, _unwind)


def raise_again() -> None:
    """Raise what was received before: Python drops an exception that a signal raises inside an import callback."""
    if _received:
        _raise(_received[-1])


def _unwind(number: int, frame: FrameType | None) -> None:
    _received.append(number)
    _raise(number)


def _raise(number: int) -> None:
    if number == signal.SIGTERM:
        raise SystemExit(TERMINATED)
    raise KeyboardInterrupt
