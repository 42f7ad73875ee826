"""This process as a worker: its lasting name, its engines, its heartbeat, from the first job to the last."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from hashlib import sha256

from firstframe.errors import InvalidParameter
from firstframe.service import slots, workers
from firstframe.service.database import Database
from firstframe.service.storage import Storage
from firstframe.service.studio import Studio
from firstframe.service.worker import Worker
from firstframe.service.workflow import JobEngine
from firstframe.settings import Settings


class Workplace:
    """Opened when the process takes work, closed when it stops."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        storage: Storage,
        studio: Studio,
        queue: JobEngine,
        on_finish: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._database = database
        self._storage = storage
        self._studio = studio
        self._queue = queue
        self._on_finish = on_finish
        self._slot: slots.Slot | None = None

    @property
    def name(self) -> str | None:
        """The lasting name of the worker, while there is one."""
        return self._slot.name if self._slot else None

    def open(self, engines: Sequence[str] | None = None) -> None:
        """Take jobs of `engines`, or of all there are. Raises `InvalidParameter` for an engine that is not here."""
        held = self._held(engines)
        self._slot = self._claim()
        scratch = self._settings.data_dir / "scratch" / self._slot.name
        crew = Worker(self._slot.name, self._database, self._storage, self._studio, scratch)
        crew.attempts_max = self._settings.attempts_max
        crew.on_finish = self._on_finish
        with self._database.write() as connection:
            workers.enter(connection, self._slot.name, held)
        self._queue.run(crew, held, self._settings.worker_concurrency)

    def beat(self) -> None:
        """Say that the worker is alive."""
        if self._slot:
            with self._database.write() as connection:
                workers.beat(connection, self._slot.name)

    def close(self, drain_seconds: float) -> None:
        """Take no more jobs, let running ones end for `drain_seconds`, and leave the rest to whoever is there."""
        self._queue.stop(drain_seconds)
        if self._slot:
            with self._database.write() as connection:
                workers.leave(connection, self._slot.name)
            self._queue.hand_over([self._slot.name])
            self._slot.release()
            self._slot = None

    def _held(self, engines: Sequence[str] | None) -> tuple[str, ...]:
        for engine in engines or ():
            if engine not in self._studio.engines:
                raise InvalidParameter("engines", engine, " or ".join(self._studio.engines))
        return tuple(engines) if engines is not None else self._studio.engines

    def _claim(self) -> slots.Slot:
        folder = self._settings.data_dir / "workers"
        if self._settings.worker_name:
            return slots.claim(folder, self._settings.worker_name)
        if self._database.is_sqlite:
            return slots.claim(folder, "local")
        place = sha256(str(self._settings.data_dir.resolve()).encode()).hexdigest()[:6]
        return slots.claim(folder, f"{socket.gethostname()}-{place}")
