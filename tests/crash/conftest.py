"""The nursery of the processes that the crash tests kill."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).with_name("house.py")


class Nursery:
    """Starts services in processes of their own."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def live(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out an order; returns its exit code and its findings."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps(order) + "\n")
        self._program.stdin.flush()
        answer: dict[str, Any] = json.loads(self._program.stdout.readline())
        return answer


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    yield from _nursery()


@pytest.fixture(scope="session")
def second_nursery() -> Iterator[Nursery]:
    """For a process that lives beside those of the first."""
    yield from _nursery()


def _nursery() -> Iterator[Nursery]:
    command = [sys.executable, str(HOUSE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        yield Nursery(program)
        assert program.stdin is not None
        program.stdin.close()
