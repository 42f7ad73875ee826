"""The chores of a running service, on one thread: jobs past their deadline end, whoever holds them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from firstframe.errors import ServiceUnavailable
from firstframe.service import jobs
from firstframe.service.database import Database

logger = logging.getLogger(__name__)

PERIOD_SECONDS = 1.0


class Housekeeper:
    """Does the chores every second until it is stopped."""

    def __init__(self, database: Database, on_change: Callable[[], None]) -> None:
        self._database = database
        self._on_change = on_change
        self._stop = Event()
        self._thread = Thread(target=self._run, name="housekeeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the chore in hand."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def expire_overdue(self) -> int:
        """End every active job whose deadline has passed and release its price; returns how many."""
        with self._database.read() as connection:
            overdue = jobs.overdue(connection)
        for job_id in overdue:
            with self._database.write() as connection:
                jobs.end(connection, job_id, jobs.EXPIRED)
        if overdue:
            self._on_change()
        return len(overdue)

    def _run(self) -> None:
        while not self._stop.wait(PERIOD_SECONDS):
            try:
                self.expire_overdue()
            except ServiceUnavailable:
                logger.warning("The database is away; the chores wait.")
            except Exception:
                logger.exception("A chore failed")
