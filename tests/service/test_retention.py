"""Forgetting: only what is old enough, only what is ours, and never the money."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from firstframe.clip import ClipRequest
from firstframe.errors import NotFound
from firstframe.service import assets, ledger, workers
from firstframe.service.clock import now
from firstframe.service.front import Caller, JobView, Service
from firstframe.service.retention import Retention
from firstframe.service.tables import assets as assets_table
from firstframe.service.tables import job_events, ledger_entries
from firstframe.service.tables import jobs as jobs_table
from firstframe.service.worker import Worker

from .stage import Hire, until

REQUEST = ClipRequest(first_frame_image=b"picture", prompt="a prompt")


@pytest.fixture
def keeper(service: Service) -> Retention:
    return Retention(service.settings, service.database, service.storage, service._queue)


@pytest.fixture
def worker(hire: Hire, service: Service) -> Worker:
    return hire(service)


def make(service: Service, caller: Caller, worker: Worker) -> JobView:
    """A finished job of a service that was not started: its own chores would forget beside the test."""
    job = service.submit(caller, "parallax", REQUEST, dialect="test")
    worker.finish(job.id, worker.render(job.id))
    return service.job(caller, job.id)


def age(service: Service, **values: Any) -> None:
    with service.database.write() as connection:
        connection.execute(update(jobs_table).values(**values))


def keys(service: Service) -> set[str]:
    return {key.split("/")[0] for key, _ in service.storage.every()}


def test_files_go_when_their_days_are_over(service: Service, caller: Caller, keeper: Retention, worker: Worker) -> None:
    done = make(service, caller, worker)
    token = service.file_token(done)
    age(service, finished_at=now() - timedelta(days=29))
    assert keeper.forget_files() == 0
    assert service.open_file(token).size == 4
    age(service, finished_at=now() - timedelta(days=31))
    assert [keeper.forget_files(), keeper.forget_files()] == [2, 0]
    with pytest.raises(NotFound):
        service.open_file(token)
    assert list(service.storage.every()) == []
    assert service.job(caller, done.id).state == "succeeded"


def test_with_zero_days_files_stay(open_service: Callable[..., Service], hire: Hire) -> None:
    service = open_service(keep_files_days=0, keep_words_days=0)
    caller = service.authenticate(service.first_start())
    done = make(service, caller, hire(service))
    age(service, finished_at=now() - timedelta(days=9999))
    keeper = Retention(service.settings, service.database, service.storage, service._queue)
    assert keeper.forget_files() == 0
    keeper.forget_rows()
    assert service.job(caller, done.id).prompt == "a prompt"


def test_files_of_jobs_that_are_not_over_stay(service: Service, caller: Caller, keeper: Retention) -> None:
    job = service.submit(caller, "parallax", REQUEST, dialect="test")
    age(service, created_at=now() - timedelta(days=99))
    assert keeper.forget_files() == 0
    assert service.job(caller, job.id).state == "queued"


def test_12_a_clip_that_was_never_published_goes(
    service: Service, caller: Caller, keeper: Retention, worker: Worker
) -> None:
    done = make(service, caller, worker)
    stray = assets.clip(caller.account_id, done.id, 7, "parallax", 5, {})
    service.storage.put(stray.storage_key, b"stray")
    with service.database.write() as connection:
        assets.add(connection, stray)
    assert keeper.forget_files() == 0
    age(service, finished_at=now() - timedelta(minutes=11))
    assert keeper.forget_files() == 1
    assert not service.storage.exists(stray.storage_key)
    assert service.open_file(service.file_token(done)).size == 4


def test_words_go_and_money_stays(service: Service, caller: Caller, keeper: Retention, worker: Worker) -> None:
    done = make(service, caller, worker)
    age(service, finished_at=now() - timedelta(days=91))
    keeper.forget_rows()
    left = service.job(caller, done.id)
    assert (left.prompt, left.revised_prompt, left.report, left.state) == ("", None, None, "succeeded")
    with service.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(job_events)).scalar() == 0
        assert connection.execute(select(func.count()).select_from(ledger_entries)).scalar() == 3
        assert ledger.faults(connection) == []


def test_workflows_that_ended_are_forgotten_and_others_are_not(service: Service, caller: Caller) -> None:
    """The workflow of a job ends a moment after the job itself, so the test waits for that; no chores run here."""
    service._workplace.open()
    service.submit(caller, "parallax", REQUEST, dialect="test")
    assert service._queue.forget(now() - timedelta(days=1)) == 0
    until(lambda: service._queue.forget(now() + timedelta(days=1)) == 1, "the workflow to end")
    service._workplace.close(0)
    waiting = service.submit(caller, "parallax", REQUEST, dialect="test")
    assert service._queue.forget(now() + timedelta(days=1)) == 0
    assert service._queue.abandoned([waiting.id]) == []


def test_workers_long_gone_are_forgotten(service: Service, keeper: Retention) -> None:
    with service.database.write() as connection:
        for name in ("gone", "alive"):
            workers.enter(connection, name, ["parallax"])
        connection.exec_driver_sql("UPDATE workers SET stopped_at = '2020-01-01 00:00:00' WHERE name = 'gone'")
    keeper.forget_rows()
    assert [worker.name for worker in service.workers()] == ["alive"]


def put_old(service: Service, key: str) -> None:
    service.storage.put(key, b"old")
    path = service.storage.path(key)
    assert isinstance(path, Path)
    os.utime(path, (0, 0))


def test_12_files_that_no_row_knows_go_after_a_day(service: Service, caller: Caller, keeper: Retention) -> None:
    job = service.submit(caller, "parallax", REQUEST, dialect="test")
    with service.database.read() as connection:
        known = assets.first_frame_key(connection, job.id)
    os.utime(service.storage.path(known) or "", (0, 0))
    for number in range(3):
        put_old(service, f"clips/lost/{number}.mp4")
    put_old(service, "somebody-elses/file")
    service.storage.put("clips/new/1.mp4", b"new")
    assert keeper.sweep_orphans() == 3
    left = {key for key, _ in service.storage.every()}
    assert left == {known, "somebody-elses/file", "clips/new/1.mp4", "database"}


def test_the_storage_of_another_database_is_left_alone(service: Service, caller: Caller, keeper: Retention) -> None:
    service.storage.put("database", b"the mark of another")
    put_old(service, "clips/lost/1.mp4")
    assert keeper.sweep_orphans() == 0
    assert service.storage.exists("clips/lost/1.mp4")


def test_before_the_first_account_nothing_is_swept(service: Service, keeper: Retention) -> None:
    put_old(service, "clips/lost/1.mp4")
    assert keeper.sweep_orphans() == 0
    with service.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(assets_table)).scalar() == 0
