"""The chores of a running service, on one thread: jobs that are overdue or given up end, whoever held them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Event, Thread
from time import monotonic

from firstframe.errors import ServiceUnavailable
from firstframe.service import jobs
from firstframe.service.database import Database
from firstframe.service.jobs import Ending

logger = logging.getLogger(__name__)

DEADLINE_PERIOD_SECONDS = 1.0
ABANDONED_PERIOD_SECONDS = 10.0


class Housekeeper:
    """Does the chores, each at its own pace, until it is stopped."""

    def __init__(
        self, database: Database, abandoned: Callable[[Sequence[str]], list[str]], on_change: Callable[[], None]
    ) -> None:
        self._database = database
        self._abandoned = abandoned
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

    def expire_overdue(self) -> None:
        """End every active job whose deadline has passed."""
        with self._database.read() as connection:
            overdue = jobs.overdue(connection)
        self._end(overdue, jobs.EXPIRED)

    def end_abandoned(self) -> None:
        """End every active job that the job engine has given up, a far backstop."""
        with self._database.read() as connection:
            active = jobs.active(connection)
        self._end(self._abandoned(active), jobs.ABANDONED)

    def _end(self, job_ids: Sequence[str], ending: Ending) -> None:
        for job_id in job_ids:
            with self._database.write() as connection:
                if jobs.end(connection, job_id, ending):
                    logger.warning("Job %s ended by the chores: %s", job_id, ending.code)
        if job_ids:
            self._on_change()

    def _run(self) -> None:
        chores = {self.expire_overdue: DEADLINE_PERIOD_SECONDS, self.end_abandoned: ABANDONED_PERIOD_SECONDS}
        due = dict.fromkeys(chores, monotonic())
        while not self._stop.wait(min(chores.values())):
            for chore, period in chores.items():
                if monotonic() >= due[chore]:
                    due[chore] = monotonic() + period
                    _do(chore)


def _do(chore: Callable[[], None]) -> None:
    try:
        chore()
    except ServiceUnavailable:
        logger.warning("The database is away; the chores wait.")
    except Exception:
        logger.exception("A chore failed")
