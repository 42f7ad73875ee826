"""Workers: alive, silent, dead, back again; and only with the engines that they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from firstframe.clip import ClipRequest
from firstframe.errors import InvalidParameter
from firstframe.service import workers
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.front import Caller, Service
from firstframe.service.workers import Lookout, WorkerView

from .stage import Stage, until

WAIT_SECONDS = 60


def worker(name: str = "a", beats: int = 0) -> WorkerView:
    return WorkerView(name, ("parallax",), "1", beats, now(), now(), None)


class Watch:
    """A lookout with a clock to turn."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.lookout = Lookout(clock=lambda: self.time)

    def look(self, seconds: float, *seen: WorkerView) -> list[str]:
        self.time += seconds
        return [one.name for one in self.lookout.silent(seen)]


def test_06_a_worker_that_does_not_beat_for_thirty_seconds_is_silent() -> None:
    watch = Watch()
    assert [watch.look(5, worker()) for _ in range(8)] == [[], [], [], [], [], [], ["a"], ["a"]]


def test_a_worker_that_beats_is_never_silent() -> None:
    watch = Watch()
    assert all(watch.look(5, worker(beats=turn // 5)) == [] for turn in range(100))


def test_a_watcher_that_was_asleep_starts_anew() -> None:
    watch = Watch()
    for _ in range(5):
        assert watch.look(5, worker()) == []
    assert watch.look(3600, worker()) == []
    assert watch.look(5, worker()) == []


def test_the_clocks_of_other_hosts_do_not_matter() -> None:
    watch = Watch()
    long_ago = replace(worker(), seen_at=worker().seen_at.replace(year=2000))
    assert watch.look(5, long_ago) == []


def test_a_stopped_worker_is_not_silent() -> None:
    watch = Watch()
    for _ in range(20):
        assert watch.look(5, replace(worker(), stopped_at=now())) == []


def test_only_one_watcher_buries_and_no_one_buries_who_beats(database: Database) -> None:
    with database.write() as connection:
        workers.enter(connection, "a", ["parallax", "other"])
        (seen,) = workers.every(connection)
        assert (seen.engines, seen.is_alive) == (("parallax", "other"), True)
        assert [workers.bury(connection, seen), workers.bury(connection, seen)] == [True, False]
        assert not workers.every(connection)[0].is_alive
        workers.beat(connection, "a")
        (revived,) = workers.every(connection)
        assert revived.is_alive
        workers.beat(connection, "a")
        assert not workers.bury(connection, revived)
        workers.leave(connection, "a")
        workers.enter(connection, "a", ["other"])
        assert [(one.engines, one.is_alive) for one in workers.every(connection)] == [(("other",), True)]


def test_06_a_worker_takes_only_the_engines_it_holds(service: Service, caller: Caller, stage: Stage) -> None:
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
    mine = service.submit(caller, "parallax", request, dialect="test")
    other = service.submit(caller, "other", request, dialect="test")
    service.start(engines=["other"])
    assert [one.engines for one in service.workers()] == [("other",)]
    assert service.wait(caller, other.id, WAIT_SECONDS).state == "succeeded"
    assert service.wait(caller, mine.id, 1).state == "queued"
    assert stage.renders == 1


def test_an_engine_that_is_not_here_is_refused(service: Service) -> None:
    with pytest.raises(InvalidParameter, match="sora"):
        service.start(engines=["sora"])


def test_what_a_silent_worker_holds_is_taken_over(open_service: Callable[..., Service], stage: Stage) -> None:
    """The silent worker is a row alone here; real processes die in `tests/crash`."""
    service = open_service()
    caller = service.authenticate(service.first_start())
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
    job = service.submit(caller, "parallax", request, dialect="test")
    table = "workflow_status" if service.database.is_sqlite else "dbos.workflow_status"
    with service.database.write() as connection:
        workers.enter(connection, "silent", ["parallax"])
        held = f"UPDATE {table} SET status = 'PENDING', executor_id = 'silent' WHERE workflow_uuid = '{job.id}'"
        connection.exec_driver_sql(held)
    watch = Watch()
    service._housekeeper._lookout = watch.lookout
    service.start()
    for _ in range(7):
        watch.time += 5
        service._housekeeper.take_over()
    until(lambda: service.job(caller, job.id).state == "succeeded")
    assert [(one.name, one.is_alive) for one in service.workers() if one.name == "silent"] == [("silent", False)]
