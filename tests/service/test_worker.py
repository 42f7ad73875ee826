"""One worker and its jobs, called as the job engine calls it: every way in which a render can end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from firstframe.clip import ClipRequest
from firstframe.errors import Cancelled, DeadlinePassed, EngineFailed, ServiceUnavailable
from firstframe.service import jobs, ledger, workers
from firstframe.service import worker as worker_module
from firstframe.service.clock import now
from firstframe.service.front import Caller, Service
from firstframe.service.tables import jobs as jobs_table
from firstframe.service.worker import OVER, Draining, Superseded, Worker

from .stage import Hire, Stage, until

GRANTED = 100_000_000
PRICE = 410_000
WAIT_SECONDS = 60


@pytest.fixture
def worker(hire: Hire, service: Service) -> Worker:
    return hire(service)


@pytest.fixture(autouse=True)
def every_tick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads and writes at every tick instead of some times in a second, so that no test depends on the time."""
    monkeypatch.setattr(worker_module, "READ_SECONDS", 0.0)
    monkeypatch.setattr(worker_module, "PROGRESS_SECONDS", 0.0)
    monkeypatch.setattr(worker_module, "DATABASE_RETRY_SECONDS", 0.01)


def submit(service: Service, caller: Caller) -> str:
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
    return service.submit(caller, "parallax", request, dialect="test").id


def change(service: Service, job_id: str, **values: Any) -> None:
    with service.database.write() as connection:
        connection.execute(update(jobs_table).where(jobs_table.c.id == job_id).values(**values))


def work(worker: Worker, job_id: str) -> None:
    worker.finish(job_id, worker.render(job_id))


def seen(service: Service, caller: Caller, job_id: str) -> tuple[str, int, int]:
    """State, attempts, and what it all cost so far."""
    with service.database.read() as connection:
        assert ledger.faults(connection) == []
    job = service.job(caller, job_id)
    return job.state, job.attempts, GRANTED - job.balance_micro


@contextmanager
def rendering(worker: Worker, job_id: str, stage: Stage) -> Any:
    """The job in mid-render on a thread of its own; at the end its outcome, or what it raised, is in the list."""
    ended: list[Any] = []
    stage.started.clear()
    stage.gate.clear()

    def run() -> None:
        try:
            ended.append(worker.render(job_id))
        except BaseException as error:
            ended.append(error)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        try:
            assert stage.started.wait(WAIT_SECONDS), "the render never began"
            yield ended
            running.result(WAIT_SECONDS)
        finally:
            stage.gate.set()


def test_a_render_is_invisible_until_it_is_finished(service: Service, caller: Caller, worker: Worker) -> None:
    job_id = submit(service, caller)
    outcome = worker.render(job_id)
    assert (outcome["state"], outcome["attempt"]) == ("succeeded", 1)
    assert service.job(caller, job_id).output is None
    assert seen(service, caller, job_id) == ("running", 1, PRICE)
    worker.finish(job_id, outcome)
    assert service.job(caller, job_id).output is not None
    worker.finish(job_id, outcome)
    assert seen(service, caller, job_id) == ("succeeded", 1, PRICE)
    assert service.balance_micro(caller) == GRANTED - PRICE


def test_outcomes_hold_no_content(service: Service, caller: Caller, worker: Worker) -> None:
    """They go through the job engine's tables, which retention does not read."""
    assert set(worker.render(submit(service, caller))) == {"state", "attempt", "asset_id"}


def test_nothing_is_left_in_the_scratch_folder(
    service: Service, caller: Caller, worker: Worker, stage: Stage, tmp_path: Path
) -> None:
    work(worker, submit(service, caller))
    stage.error = EngineFailed("no")
    work(worker, submit(service, caller))
    assert list((tmp_path / "scratch" / "worker").iterdir()) == []


def test_a_new_worker_clears_what_a_dead_one_left(service: Service, hire: Hire, tmp_path: Path) -> None:
    left = tmp_path / "scratch" / "again" / "half.mp4"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    hire(service, "again")
    assert not left.exists()


@pytest.mark.parametrize("state", jobs.TERMINAL)
def test_a_job_that_is_over_is_not_rendered(
    service: Service, caller: Caller, worker: Worker, stage: Stage, state: str
) -> None:
    job_id = submit(service, caller)
    change(service, job_id, state=state)
    assert worker.render(job_id) == OVER
    assert stage.renders == 0


def test_09_a_tick_reads_a_cancel(service: Service, caller: Caller, worker: Worker, stage: Stage) -> None:
    job_id = submit(service, caller)
    with rendering(worker, job_id, stage) as ended:
        service.cancel(caller, job_id)
    assert ended == [OVER]
    assert isinstance(stage.cut_short[0], Cancelled)
    worker.finish(job_id, OVER)
    assert seen(service, caller, job_id) == ("cancelled", 1, 0)


def test_10_a_tick_reads_the_deadline(
    service: Service, caller: Caller, worker: Worker, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = submit(service, caller)
    with rendering(worker, job_id, stage) as ended:
        monkeypatch.setattr(worker_module, "now", lambda: now() + timedelta(days=1))
    assert isinstance(stage.cut_short[0], DeadlinePassed)
    worker.finish(job_id, ended[0])
    assert seen(service, caller, job_id) == ("expired", 1, 0)


def test_a_deadline_that_passed_in_the_queue_is_not_rendered(
    service: Service, caller: Caller, worker: Worker, stage: Stage
) -> None:
    job_id = submit(service, caller)
    change(service, job_id, deadline_at=now())
    work(worker, job_id)
    assert stage.renders == 0
    assert seen(service, caller, job_id) == ("expired", 0, 0)


def test_a_tick_notices_that_another_took_over(
    service: Service, caller: Caller, worker: Worker, stage: Stage, hire: Hire
) -> None:
    job_id = submit(service, caller)
    heir = hire(service, "heir")
    with rendering(worker, job_id, stage) as ended:
        with service.database.write() as connection:
            assert jobs.begin(connection, job_id, "heir", 3) == 2
        until(lambda: bool(ended), "the first worker to notice")
    assert ended == [OVER]
    assert isinstance(stage.cut_short[0], Superseded)
    work(heir, job_id)
    assert seen(service, caller, job_id) == ("succeeded", 3, PRICE)


def test_a_tick_writes_how_far_it_is(service: Service, caller: Caller, worker: Worker, stage: Stage) -> None:
    job_id = submit(service, caller)
    with rendering(worker, job_id, stage):
        until(lambda: service.job(caller, job_id).progress == 0.5, "progress")
        stage.gate.set()


@pytest.mark.parametrize(
    ("error", "code"),
    [(EngineFailed("It broke."), "engine_failed"), (RuntimeError("a secret path"), "engine_failed")],
    ids=["its own error", "any other"],
)
def test_a_failing_engine_ends_the_job_and_releases(
    service: Service, caller: Caller, worker: Worker, stage: Stage, error: Exception, code: str
) -> None:
    job_id = submit(service, caller)
    stage.error = error
    work(worker, job_id)
    failed = service.job(caller, job_id)
    assert failed.error_code == code
    assert "secret" not in (failed.error or "")
    assert seen(service, caller, job_id) == ("failed", 1, 0)


def test_08_after_three_attempts_that_never_ended_a_job_fails_and_releases(
    service: Service, caller: Caller, worker: Worker, stage: Stage
) -> None:
    """An attempt that is begun and never ended is what a worker leaves that its job has killed."""
    job_id = submit(service, caller)
    for number in (1, 2, 3):
        with service.database.write() as connection:
            assert jobs.begin(connection, job_id, "killed", worker.attempts_max) == number
    work(worker, job_id)
    assert stage.renders == 0
    assert seen(service, caller, job_id) == ("failed", 3, 0)


def test_drained_it_gives_the_attempt_back(service: Service, caller: Caller, worker: Worker, stage: Stage) -> None:
    job_id = submit(service, caller)
    with rendering(worker, job_id, stage) as ended:
        assert not worker.is_idle
        worker.drain()
    assert isinstance(ended[0], Draining)
    assert seen(service, caller, job_id) == ("queued", 1, PRICE)
    with service.database.read() as connection:
        given_back = connection.execute(select(jobs_table.c.attempts_given_back)).scalar_one()
    assert given_back == 1


def test_drained_it_begins_nothing(service: Service, caller: Caller, worker: Worker, stage: Stage) -> None:
    job_id = submit(service, caller)
    worker.drain()
    with pytest.raises(Draining):
        worker.render(job_id)
    assert stage.renders == 0
    assert seen(service, caller, job_id) == ("queued", 0, PRICE)


def test_it_is_idle_a_moment_after_its_last_job(
    service: Service, caller: Caller, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(worker_module.time, "monotonic", lambda: clock[0])
    assert worker.is_idle
    work(worker, submit(service, caller))
    assert not worker.is_idle
    clock[0] += 2 * worker_module.SETTLED_SECONDS
    assert worker.is_idle


class Outage:
    """Stands before a database and refuses the next transactions."""

    def __init__(self, database: Any, refusals: int) -> None:
        self._database = database
        self.left = refusals

    @contextmanager
    def write(self) -> Any:
        self._fail()
        with self._database.write() as connection:
            yield connection

    @contextmanager
    def read(self) -> Any:
        self._fail()
        with self._database.read() as connection:
            yield connection

    def _fail(self) -> None:
        if self.left:
            self.left -= 1
            raise ServiceUnavailable("away")


@pytest.mark.parametrize("refusals", [1, 5])
def test_11_it_waits_for_a_database_that_is_away(
    service: Service, caller: Caller, worker: Worker, refusals: int, caplog: pytest.LogCaptureFixture
) -> None:
    job_id = submit(service, caller)
    worker._database = Outage(service.database, refusals)  # type: ignore[assignment]  # all that a worker uses of one
    with caplog.at_level(logging.ERROR):
        outcome = worker.render(job_id)
        worker._database.left = refusals
        worker.finish(job_id, outcome)
    assert seen(service, caller, job_id) == ("succeeded", 1, PRICE)


def test_11_drained_it_does_not_wait_for_the_database(service: Service, caller: Caller, worker: Worker) -> None:
    job_id = submit(service, caller)
    worker._database = Outage(service.database, 10**9)  # type: ignore[assignment]  # all that a worker uses of one
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(worker.render, job_id)
        until(lambda: worker._database.left < 10**9 - 2, "the worker to try")  # type: ignore[attr-defined]  # ours
        worker.drain()
        with pytest.raises(Draining):
            waiting.result(WAIT_SECONDS)


def test_06_it_claims_only_jobs_of_the_engines_it_holds(
    open_service: Callable[..., Service], caller: Caller, stage: Stage
) -> None:
    """Through the real queue: both wait, one is taken, and a drain leaves the other where it is."""
    service = open_service()
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
    mine, other = (service.submit(caller, slug, request, dialect="test") for slug in ("other", "parallax"))
    service._workplace.open(["other"])
    assert service.wait(caller, mine.id, WAIT_SECONDS).state == "succeeded"
    service._workplace.close(WAIT_SECONDS)
    assert service.job(caller, other.id).state == "queued"
    assert stage.renders == 1


def test_its_heart_beats_until_it_leaves(service: Service) -> None:
    def row() -> workers.WorkerView:
        (one,) = service.workers()
        return one

    service._workplace.beat()
    assert service.workers() == []
    service._workplace.open(["other"])
    first = row()
    assert (first.engines, first.stopped_at) == (("other",), None)
    service._workplace.beat()
    assert row().beats == first.beats + 1
    service._workplace.close(0)
    assert row().stopped_at is not None
    service._workplace.beat()
    assert row().beats == first.beats + 1
