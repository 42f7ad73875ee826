"""Several workers on one database: the dead are replaced, and the undead change nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from firstframe.clip import ClipRequest
from firstframe.service import workers
from firstframe.service.database import Database, address
from firstframe.service.front import Service
from firstframe.service.tables import jobs as jobs_table
from firstframe.settings import Settings

from .conftest import Nursery
from .deployment import until
from .test_kill import House, assert_nothing_is_lost
from .test_soak import STUDIO

pytestmark = pytest.mark.slow

QUICK = {"dead_seconds": 1.5, "beat_seconds": 0.5}
"""The watch of 30 s, made shorter; its logic is tested with a clock of its own in `tests/service/test_workers.py`."""
TAKEN_OVER_SECONDS = 45


def host(nursery: Nursery, folder: Path, database_url: str, name: str, **watch: float) -> House:
    """A host with a data directory of its own and the files in common.

    On a busy machine so short a watch finds the living dead, too, whose jobs then take attempts more than expected.
    """
    shared = {"worker_name": name, "storage_url": f"file://{folder / 'files'}", "attempts_max": 100}
    return House(nursery, folder / name, database_url, settings=shared, **watch)


def states(found: dict[str, Any]) -> list[tuple[str, int]]:
    return [(job["state"], job["attempts"]) for job in found["jobs"]]


@pytest.mark.parametrize("watch", [pytest.param(QUICK, id="short"), pytest.param({}, id="30s", marks=pytest.mark.soak)])
def test_06_jobs_of_a_dead_host_are_made_by_another(
    nursery: Nursery, tmp_path: Path, database_url: str, watch: dict[str, float]
) -> None:
    """Its heir, there since the death, runs them within 45 s, with the watch as it is in earnest."""
    dead, heir = (host(nursery, tmp_path, database_url, name, **watch) for name in ("dead", "heir"))
    assert dead.run(kill_at="worker: mid-render", submit=["one", "two"]) is None
    found = heir.run(working_file=str(tmp_path / "working"))
    assert found is not None
    assert_nothing_is_lost(found)
    assert all(state == "succeeded" for state, _ in states(found))
    assert max(attempts for _, attempts in states(found)) >= 2
    begun_at = max(at for moments in found["moments"].values() for kind, at in moments if kind == "running")
    if not watch:
        there_since = (tmp_path / "working").stat().st_mtime
        assert datetime.fromisoformat(begun_at).timestamp() - there_since <= TAKEN_OVER_SECONDS


def test_06_a_dead_hosts_jobs_wait_for_a_host_with_their_engine(
    nursery: Nursery, second_nursery: Nursery, tmp_path: Path, database_url: str
) -> None:
    """A host without it that watches alone takes nothing, whatever it declares dead."""
    dead, stranger, heir = (
        host(nursery, tmp_path, database_url, name, **QUICK) for name in ("dead", "stranger", "heir")
    )
    stranger.nursery = second_nursery
    assert dead.run(kill_at="worker: mid-render", submit=["one"]) is None
    with ThreadPoolExecutor(1) as pool:
        pid_file = tmp_path / "pid"
        watching = pool.submit(stranger.run, forever=True, engines=["other"], pid_file=str(pid_file))
        database = Database(address(database_url, tmp_path))
        until(lambda: watching.done() or buried(database, "dead"), "the dead host to be found", lambda: seen(database))
        assert not watching.done(), watching.result()
        assert worker_of_the_job(database) == "dead-1"
        found = heir.run()
        assert worker_of_the_job(database) == "heir-1"
        database.close()
        os.kill(int(pid_file.read_text()), signal.SIGKILL)
        assert watching.result() is None
    assert found is not None
    assert_nothing_is_lost(found)
    ((state, attempts),) = states(found)
    assert state == "succeeded"
    assert attempts >= 2


def seen(database: Database) -> list[workers.WorkerView]:
    with database.read() as connection:
        return workers.every(connection)


def buried(database: Database, name: str) -> bool:
    return any(one.name.startswith(name) and one.stopped_at is not None for one in seen(database))


def worker_of_the_job(database: Database) -> str:
    with database.read() as connection:
        return str(connection.execute(select(jobs_table.c.worker)).scalar_one())


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize("point", [pytest.param("worker: mid-render", marks=pytest.mark.soak), "worker: before finish"])
def test_07_a_host_that_comes_back_from_the_dead_changes_nothing(
    nursery: Nursery, second_nursery: Nursery, tmp_path: Path, database_url: str, point: str
) -> None:
    undead = host(second_nursery, tmp_path, database_url, "undead", **QUICK)
    heir = host(nursery, tmp_path, database_url, "heir", **QUICK)
    with ThreadPoolExecutor(1) as pool:
        alive = pool.submit(
            undead.run, submit=["one"], kill_at=point, meet_in=str(tmp_path), pid_file=str(tmp_path / "pid")
        )
        pid = put_to_sleep(tmp_path, database_url)
        try:
            by_heir = heir.run()
        finally:
            (tmp_path / "go").touch()
            os.kill(pid, signal.SIGCONT)
        by_undead = alive.result()
    assert by_heir is not None
    assert by_undead is not None
    assert_nothing_is_lost(by_heir)
    assert by_undead == by_heir
    assert by_heir["jobs"][0]["state"] == "succeeded"


@pytest.mark.parametrize("jobs", [pytest.param(60, id="short"), pytest.param(1000, id="long", marks=pytest.mark.soak)])
def test_15_two_servers_and_two_workers_make_every_job_once(
    nursery: Nursery, second_nursery: Nursery, tmp_path: Path, database_url: str, jobs: int
) -> None:
    limits = {"worker_concurrency": 4, "account_concurrency": 8, "account_queue": jobs, "queue_limit": jobs}
    limits |= {"demo_credits": 1000, "rate_per_minute": 0}
    order = {"data_dir": tmp_path / "data", "database_url": database_url, **limits}
    servers = [Service.open(Settings.model_validate(order), studio=STUDIO) for _ in range(2)]
    caller = servers[0].authenticate(servers[0].first_start())
    request = ClipRequest(first_frame_image=b"picture", prompt="clip", resolution="768p")
    houses = [
        House(one, tmp_path / "data", database_url, settings=limits, frames=3, frame_seconds=0.01)
        for one in (nursery, second_nursery)
    ]
    with ThreadPoolExecutor(8) as pool:
        orders = [pool.submit(servers[n % 2].submit, caller, "parallax", request, dialect="x") for n in range(jobs)]
        found = [working.result() for working in [pool.submit(house.run) for house in houses]]
        assert len({order.result().id for order in orders}) == jobs
    for server in servers:
        server.stop(0)
    end = houses[0].run()
    assert end is not None
    assert end["faults"] == []
    assert states(end) == [("succeeded", 1)] * jobs
    assert None not in found


def state_of(pid: int) -> str:
    """The letter that the kernel gives to what a process does now."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def put_to_sleep(meeting: Path, database_url: str) -> int:
    """Stop the process that waits there, and return its number.

    A process that fell asleep with SQLite's write lock in its hand would stop everyone, so we hold the lock meanwhile.
    """
    until((meeting / "there").exists, "the process to come to its point", lambda: list(meeting.iterdir()))
    pid = int((meeting / "pid").read_text())
    with ExitStack() as held:
        if database_url.startswith("sqlite"):
            lock = held.enter_context(closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=30)))
            lock.execute("BEGIN IMMEDIATE")
        os.kill(pid, signal.SIGSTOP)
        until(lambda: state_of(pid) == "T", "the process to stop", lambda: state_of(pid))
    return pid
