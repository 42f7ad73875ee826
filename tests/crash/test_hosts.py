"""Several workers on one database: the dead are replaced, and the undead change nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from firstframe.clip import ClipRequest
from firstframe.service.front import Service
from firstframe.settings import Settings

from .conftest import Nursery
from .test_kill import House, assert_nothing_is_lost
from .test_soak import STUDIO

QUICK = {"dead_seconds": 2.0, "beat_seconds": 0.5}
"""The watch of 30 s, made shorter; its logic is tested with a clock of its own in `tests/service/test_workers.py`."""


def host(nursery: Nursery, folder: Path, database_url: str, name: str) -> House:
    """A host with a data directory of its own and the files in common."""
    shared = {"worker_name": name, "storage_url": f"file://{folder / 'files'}"}
    return House(nursery, folder / name, database_url, settings=shared, **QUICK)


def states(found: dict[str, Any]) -> list[tuple[str, int]]:
    return [(job["state"], job["attempts"]) for job in found["jobs"]]


def test_jobs_of_a_dead_host_are_made_by_another(nursery: Nursery, tmp_path: Path, database_url: str) -> None:
    dead, heir = (host(nursery, tmp_path, database_url, name) for name in ("dead", "heir"))
    assert dead.run(kill_at="worker: mid-render", submit=["one", "two"]) is None
    found = heir.run()
    assert found is not None
    assert_nothing_is_lost(found)
    assert sorted(states(found)) == [("succeeded", 1), ("succeeded", 2)]


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize("point", ["worker: mid-render", "worker: before finish"])
def test_a_host_that_comes_back_from_the_dead_changes_nothing(
    nursery: Nursery, second_nursery: Nursery, tmp_path: Path, database_url: str, point: str
) -> None:
    undead = host(second_nursery, tmp_path, database_url, "undead")
    heir = host(nursery, tmp_path, database_url, "heir")
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
def test_two_servers_and_two_workers_make_every_job_once(
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


def put_to_sleep(meeting: Path, database_url: str) -> int:
    """Stop the process that waits there, and return its number.

    A process that fell asleep with SQLite's write lock in its hand would stop everyone, so we hold the lock meanwhile.
    """
    until((meeting / "there").exists)
    pid = int((meeting / "pid").read_text())
    with ExitStack() as held:
        if database_url.startswith("sqlite"):
            lock = held.enter_context(closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), timeout=30)))
            lock.execute("BEGIN IMMEDIATE")
        os.kill(pid, signal.SIGSTOP)
        until(lambda: Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T")
    return pid


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
