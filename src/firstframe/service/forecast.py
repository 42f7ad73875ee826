"""How long a job will still take: its place in the queue, and what clips like it took lately. Never a promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from statistics import median
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select

from firstframe.service import workers
from firstframe.service.clock import now
from firstframe.service.jobs import JobView
from firstframe.service.tables import jobs
from firstframe.service.workers import WorkerView

SAMPLE = 20
LOOK_BACK = timedelta(days=1)
REMEMBERED_SECONDS = 5.0
ALIVE_REMEMBERED_SECONDS = 1.0
SURE_OF_PROGRESS = 0.15
"""From this share of the frames on, the job's own pace tells more than the others' do."""

Kind = tuple[str, str, int]
"""Engine, resolution, seconds: clips of one kind take about the same time."""


@dataclass(frozen=True)
class Forecast:
    """What can be said of an active job."""

    queue_position: int | None
    """Jobs of the same engine that are taken up before it, plus one; None unless queued. Fairness may change it."""
    eta_seconds: float | None
    """Until it is done; None while too little is known, or no worker lives."""


OVER = Forecast(None, None)
"""What can be said of a job that has ended."""


class Forecaster:
    """Forecasts for workers that make `concurrency` clips at a time each; remembers for a moment what clips take."""

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency
        self._typical: dict[Kind, tuple[float, float | None]] = {}
        self._alive: tuple[float, list[WorkerView]] = (float("-inf"), [])

    def of(self, connection: Connection, job: JobView) -> Forecast:
        """What can be said of an active `job` of which `at_once` says nothing."""
        typical_seconds = self._typical_seconds(connection, job)
        if job.state == "running":
            return Forecast(
                None, None if typical_seconds is None else round(max(0, typical_seconds - _elapsed(job)), 1)
            )
        asked = {"engine": job.engine, "created_at": job.created_at, "job": job.id}
        ahead, running = connection.execute(_ahead_and_running(), asked).one()
        places = self._concurrency * self._workers_alive(connection, job.engine)
        if typical_seconds is None or not places:
            return Forecast(ahead + 1, None)
        return Forecast(ahead + 1, round(typical_seconds * (1 + (ahead + running / 2) / places), 1))

    def _workers_alive(self, connection: Connection, engine: str) -> int:
        known_at, alive = self._alive
        if monotonic() - known_at > ALIVE_REMEMBERED_SECONDS:
            alive = [worker for worker in workers.every(connection) if worker.is_alive]
            self._alive = (monotonic(), alive)
        return sum(engine in worker.engines for worker in alive)

    def _typical_seconds(self, connection: Connection, job: JobView) -> float | None:
        kind = (job.engine, str(job.request["resolution"]), int(job.request["duration"]))
        known_at, seconds = self._typical.get(kind, (float("-inf"), None))
        if monotonic() - known_at > REMEMBERED_SECONDS:
            seconds = _median_seconds(connection, kind)
            self._typical[kind] = (monotonic(), seconds)
        return seconds


def at_once(job: JobView) -> Forecast | None:
    """What can be said of a job without asking the database: it is over, or shows a pace of its own."""
    if job.is_over:
        return OVER
    if job.state == "running" and job.progress >= SURE_OF_PROGRESS and job.attempts == 1:
        return Forecast(None, round(_elapsed(job) * (1 - job.progress) / job.progress, 1))
    return None


def _elapsed(job: JobView) -> float:
    assert job.started_at is not None
    return (now() - job.started_at).total_seconds()


def _median_seconds(connection: Connection, kind: Kind) -> float | None:
    """Median time from start to end of the latest clips of that kind, of the last day."""
    engine, resolution, duration = kind
    query = (
        select(jobs.c.started_at, jobs.c.finished_at)
        .where(
            jobs.c.state == "succeeded",
            jobs.c.deadline_at > now() - LOOK_BACK,  # not created_at: this one has an index beside the state
            jobs.c.engine == engine,
            jobs.c.request["resolution"].as_string() == resolution,
            jobs.c.request["duration"].as_integer() == duration,
        )
        .order_by(jobs.c.deadline_at.desc())
        .limit(SAMPLE)
    )
    seconds = [(row.finished_at - row.started_at).total_seconds() for row in connection.execute(query)]
    return median(seconds) if seconds else None


@lru_cache
def _ahead_and_running() -> Select[Any]:
    """How many jobs of the engine wait before the job, and how many are being made; built once, for polls ask it."""
    created_at = bindparam("created_at", type_=jobs.c.created_at.type)
    same_moment = and_(jobs.c.created_at == created_at, jobs.c.id < bindparam("job"))
    count = select(func.count()).select_from(jobs).where(jobs.c.engine == bindparam("engine"))
    ahead = count.where(jobs.c.state == "queued", or_(jobs.c.created_at < created_at, same_moment))
    running = count.where(jobs.c.state == "running")
    return select(ahead.scalar_subquery(), running.scalar_subquery())
