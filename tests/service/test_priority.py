"""Renders are polite."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import get_native_id

import pytest

from firstframe.service import priority


@pytest.mark.skipif(sys.platform != "linux", reason="threads have a niceness of their own on Linux only")
def test_thread_that_makes_clips_is_nicer_than_its_process_and_no_nicer_the_second_time() -> None:
    def niceness() -> int:
        priority.step_back()
        return os.getpriority(os.PRIO_PROCESS, get_native_id())

    of_process = os.getpriority(os.PRIO_PROCESS, os.getpid())
    with ThreadPoolExecutor(1) as pool:
        seen = [pool.submit(niceness).result() for _ in range(2)]
    assert seen == [min(priority.NICEST, of_process + priority.LATER)] * 2
    assert os.getpriority(os.PRIO_PROCESS, os.getpid()) == of_process
