"""A studio under the test's control, and waiting for what other threads do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Protocol

from firstframe.clip import Clip, ClipRequest, FrameSize
from firstframe.engines.base import Tick
from firstframe.service.front import Service
from firstframe.service.studio import Studio
from firstframe.service.worker import Worker

FILM = b"film"


class Stage:
    """A studio whose clips wait for the test: `gate` lets renders end, `started` tells that one runs."""

    def __init__(self) -> None:
        self.started = Event()
        self.gate = Event()
        self.gate.set()
        self.error: BaseException | None = None
        self.renders = 0
        self.cut_short: list[BaseException] = []

    def studio(self) -> Studio:
        return Studio(("parallax", "other"), lambda picture: picture if isinstance(picture, bytes) else b"", self.make)

    def make(self, request: ClipRequest, path: Path, engine: str, tick: Tick) -> Clip:
        self.renders += 1
        self.started.set()
        try:
            self._until_open(tick)
        except BaseException as error:
            self.cut_short.append(error)
            raise
        if self.error:
            raise self.error
        path.write_bytes(FILM)
        assert request.seed is not None
        return Clip(path, engine, request.seed, FrameSize(1366, 768), 6, request.prompt, "more words", {}, {})

    def _until_open(self, tick: Tick) -> None:
        tick(72, 144)
        while not self.gate.wait(0.02):
            tick(72, 144)


class Hire(Protocol):
    """Makes a worker of the test's stage for a service: no job engine and no heartbeat, only what it does to a job."""

    def __call__(self, service: Service, name: str = "worker") -> Worker: ...


def until(condition: Callable[[], bool], what: str = "it", seconds: float = 30) -> None:
    """Wait for what another thread does; the limit only keeps a broken test from hanging."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds:g} s for {what} in vain"
        time.sleep(0.02)
