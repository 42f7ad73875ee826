"""Clips are made behind everything else: who polls or orders meanwhile waits for milliseconds, a clip takes seconds."""

from __future__ import annotations

import os
import sys
import threading

LATER = 10
"""How much nicer than the process the threads are that make clips; alone on the machine they lose nothing by it."""
NICEST = 19


def step_back() -> None:
    """Give this thread, and those that it starts from now on, the processor after the rest of this process.

    Calling it again changes nothing. On Linux only: elsewhere threads have no niceness of their own.
    """
    if sys.platform == "linux":
        of_process = os.getpriority(os.PRIO_PROCESS, os.getpid())
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), min(NICEST, of_process + LATER))
