"""The chores of a running service, on one thread, each at its own pace.

Any number of processes may do them on one database: every chore is a guarded move that only one can make.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Event, Thread
from time import monotonic

from firstframe.errors import ServiceUnavailable
from firstframe.service import jobs, workers
from firstframe.service.database import Database
from firstframe.service.jobs import Ending
from firstframe.service.workers import Lookout
from firstframe.service.workflow import JobEngine

logger = logging.getLogger(__name__)

Chore = Callable[[], object]

TURN_SECONDS = 1.0
ABANDONED_PERIOD_SECONDS = 10.0


class Housekeeper:
    """Does the chores until it is stopped."""

    def __init__(self, database: Database, queue: JobEngine, on_change: Callable[[], None]) -> None:
        self._database = database
        self._queue = queue
        self._on_change = on_change
        self._lookout = Lookout()
        self._chores: dict[Chore, float] = {
            self.expire_overdue: TURN_SECONDS,
            self.end_abandoned: ABANDONED_PERIOD_SECONDS,
            self.take_over: workers.BEAT_SECONDS,
        }
        self._stop = Event()
        self._thread = Thread(target=self._run, name="housekeeper", daemon=True)

    def add(self, chore: Chore, period_seconds: float) -> None:
        """One more chore; to be called before `start`."""
        self._chores[chore] = period_seconds

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the chore in hand."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def expire_overdue(self) -> None:
        """End every active job whose deadline has passed."""
        with self._database.read() as connection:
            overdue = jobs.overdue(connection)
        self._end(overdue, jobs.EXPIRED)

    def end_abandoned(self) -> None:
        """End every active job that the job engine has given up, a far backstop."""
        with self._database.read() as connection:
            active = jobs.active(connection)
        self._end(self._queue.abandoned(active), jobs.ABANDONED)

    def take_over(self) -> None:
        """Declare silent workers dead, and queue again what dead or stopped workers left unfinished."""
        with self._database.read() as connection:
            seen = workers.every(connection)
        for worker in self._lookout.silent(seen):
            with self._database.write() as connection:
                if workers.bury(connection, worker):
                    logger.warning("Worker %s is silent; its jobs go to others.", worker.name)
        with self._database.read() as connection:
            gone = [worker.name for worker in workers.every(connection) if worker.stopped_at is not None]
        self._queue.hand_over(gone)

    def _end(self, job_ids: Sequence[str], ending: Ending) -> None:
        for job_id in job_ids:
            with self._database.write() as connection:
                if jobs.end(connection, job_id, ending):
                    logger.warning("Job %s ended by the chores: %s", job_id, ending.code)
        if job_ids:
            self._on_change()

    def _run(self) -> None:
        due = dict.fromkeys(self._chores, monotonic())
        while not self._stop.wait(TURN_SECONDS):
            for chore, period in self._chores.items():
                if monotonic() >= due[chore]:
                    due[chore] = monotonic() + period
                    _do(chore)


def _do(chore: Chore) -> None:
    try:
        chore()
    except ServiceUnavailable:
        logger.warning("The database is away; the chores wait.")
    except Exception:
        logger.exception("A chore failed")
