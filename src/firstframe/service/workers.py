"""Workers and their heartbeats: who is alive, and whose jobs someone else must take up.

A worker counts its beats in the database. Others watch the count by their own clocks, so hosts whose clocks differ
agree, and forget what they saw when they themselves were asleep or cut off, so an outage of the database kills nobody.
A worker that is declared dead by mistake does no harm: its next attempt to publish is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from time import monotonic

from sqlalchemy import Connection, insert, select, update

from firstframe.service.clock import now
from firstframe.service.tables import workers

BEAT_SECONDS = 5.0
DEAD_SECONDS = 30.0
BLINK_SECONDS = 15.0
"""A watcher that did not look for so long starts anew."""


@dataclass(frozen=True)
class WorkerView:
    """One worker as it last said."""

    name: str
    engines: tuple[str, ...]
    version: str
    beats: int
    started_at: datetime
    seen_at: datetime
    stopped_at: datetime | None

    @property
    def is_alive(self) -> bool:
        """Whether it beat lately, by this host's clock: good enough to show, not to take over."""
        return self.stopped_at is None and self.seen_at > now() - timedelta(seconds=DEAD_SECONDS)


def enter(connection: Connection, name: str, engines: Sequence[str]) -> None:
    """A worker begins, or begins again under its lasting name."""
    said = {"engines": " ".join(engines), "version": version("firstframe"), "started_at": now(), "seen_at": now()}
    again = update(workers).where(workers.c.name == name)
    if not connection.execute(again.values(**said, beats=workers.c.beats + 1, stopped_at=None)).rowcount:
        connection.execute(insert(workers).values(name=name, beats=0, **said))


def beat(connection: Connection, name: str) -> None:
    """A worker is alive."""
    beating = update(workers).where(workers.c.name == name)
    connection.execute(beating.values(beats=workers.c.beats + 1, seen_at=now(), stopped_at=None))


def leave(connection: Connection, name: str) -> None:
    """A worker stops in good order."""
    connection.execute(update(workers).where(workers.c.name == name).values(stopped_at=now()))


def bury(connection: Connection, worker: WorkerView) -> bool:
    """Declare a worker dead; False when it has beaten since, or another watcher was first."""
    still = (workers.c.name == worker.name, workers.c.beats == worker.beats, workers.c.stopped_at.is_(None))
    return connection.execute(update(workers).where(*still).values(stopped_at=now())).rowcount == 1


def every(connection: Connection) -> list[WorkerView]:
    """All workers that ever were, by name."""
    rows = connection.execute(_EVERY).mappings()
    return [WorkerView(**dict(row) | {"engines": tuple(row["engines"].split())}) for row in rows]


_EVERY = select(workers).order_by(workers.c.name)


class Lookout:
    """Tells which workers have been silent for too long, by its own clock."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._looked_at = float("-inf")
        self._heard: dict[str, tuple[int, float]] = {}
        """Name → count of beats, and when that count was first seen."""

    def silent(self, seen: Sequence[WorkerView]) -> list[WorkerView]:
        """Those of the workers, as just read from the database, that have not beaten for `DEAD_SECONDS`."""
        clock = self._clock()
        if clock - self._looked_at > BLINK_SECONDS:
            self._heard.clear()
        self._looked_at = clock
        running = [worker for worker in seen if worker.stopped_at is None]
        for worker in running:
            if self._heard.get(worker.name, (None,))[0] != worker.beats:
                self._heard[worker.name] = (worker.beats, clock)
        return [worker for worker in running if clock - self._heard[worker.name][1] >= DEAD_SECONDS]
