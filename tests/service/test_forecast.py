"""Places in the queue and times still to take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from firstframe.service import accounts, jobs, keys, workers
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.forecast import Forecast, Forecaster, at_once
from firstframe.service.jobs import JobView
from firstframe.service.tables import jobs as table

QUEUED: dict[str, Any] = {"state": "queued"}


@pytest.fixture
def made(database: Database) -> Any:
    """Writes a job down as it would be; returns its view."""
    with database.write() as connection:
        account = accounts.create(connection, "tester", 10**9)
        key = keys.issue(connection, account.id, "k")[0]
    count = iter(range(1000))

    def made(connection: Connection, age_seconds: float, **columns: Any) -> JobView:
        job_id = f"job-{next(count):03}"
        started = columns.pop("started_ago", None)
        created = now() - timedelta(seconds=age_seconds)
        row = {
            "id": job_id,
            "account_id": account.id,
            "key_id": key.id,
            "slug": "parallax",
            "engine": "parallax",
            "dialect": "test",
            "state": "succeeded",
            "prompt": "Pan left.",
            "request": {"resolution": "1080p", "duration": 6},
            "seed": 1,
            "price_micro": 1,
            "created_at": created,
            "started_at": None if started is None else now() - timedelta(seconds=started),
            "deadline_at": created + timedelta(hours=1),
            "attempts": 1,
            **columns,
        }
        connection.execute(insert(table).values(**row))
        return jobs.view(connection, job_id)

    return made


def _finished(connection: Connection, made: Any, seconds: float, **columns: Any) -> None:
    made(connection, 500, started_ago=400, finished_at=now() - timedelta(seconds=400 - seconds), **columns)


def test_place_in_the_queue_counts_earlier_jobs_of_the_same_engine(database: Database, made: Any) -> None:
    with database.write() as connection:
        made(connection, 30, **QUEUED)
        made(connection, 20, **QUEUED, engine="diffusion")
        made(connection, 20, state="running", started_ago=5)
        job = made(connection, 10, **QUEUED)
        made(connection, 5, **QUEUED)
        assert Forecaster(1).of(connection, job) == Forecast(2, None)


def test_nothing_is_said_without_experience_or_workers(database: Database, made: Any) -> None:
    with database.write() as connection:
        job = made(connection, 10, **QUEUED)
        workers.enter(connection, "w", ["parallax"])
        assert Forecaster(1).of(connection, job).eta_seconds is None
        _finished(connection, made, 8, request={"resolution": "768p", "duration": 6})
        _finished(connection, made, 8, engine="diffusion")
        assert Forecaster(1).of(connection, job).eta_seconds is None
        _finished(connection, made, 8)
        workers.leave(connection, "w")
        assert Forecaster(1).of(connection, job).eta_seconds is None


def test_time_of_a_queued_job_grows_with_those_ahead_and_shrinks_with_workers(database: Database, made: Any) -> None:
    with database.write() as connection:
        workers.enter(connection, "w", ["parallax"])
        for seconds in (6, 8, 100):
            _finished(connection, made, seconds)
        made(connection, 40, state="running", started_ago=5)
        for age in (30, 20, 10):
            job = made(connection, age, **QUEUED)
        assert Forecaster(1).of(connection, job) == Forecast(3, pytest.approx(8 * 3.5, abs=0.1))
        assert Forecaster(2).of(connection, job) == Forecast(3, pytest.approx(8 * 2.25, abs=0.1))


def test_running_job_is_judged_by_its_own_pace_once_it_has_one(database: Database, made: Any) -> None:
    with database.write() as connection:
        _finished(connection, made, 50)
        young = made(connection, 20, state="running", started_ago=10, progress=0.01)
        assert Forecaster(1).of(connection, young) == Forecast(None, pytest.approx(40, abs=1))
        paced = made(connection, 20, state="running", started_ago=10, progress=0.5)
        assert at_once(paced) == Forecast(None, pytest.approx(10, abs=1))
        assert at_once(young) is None
        again = made(connection, 200, state="running", started_ago=190, progress=0.5, attempts=2)
        assert at_once(again) is None
        assert Forecaster(1).of(connection, again) == Forecast(None, 0)


def test_nothing_is_said_of_what_is_over(database: Database, made: Any) -> None:
    with database.write() as connection:
        assert at_once(made(connection, 10, state="failed")) == Forecast(None, None)
