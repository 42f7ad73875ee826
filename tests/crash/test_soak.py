"""Many jobs, cancelled and failing ones among them, while workers are killed at random: the books stay exact."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import update

from firstframe.clip import ClipRequest
from firstframe.errors import AlreadyFinished, InsufficientCredits, ServiceUnavailable
from firstframe.service.front import Caller, Service
from firstframe.service.studio import Studio
from firstframe.service.tables import accounts
from firstframe.settings import Settings

from .conftest import Nursery
from .deployment import until
from .test_kill import PRICE, House

pytestmark = pytest.mark.slow


class PostgresServer(Protocol):
    """What `tests/conftest.py` gives."""

    def create(self) -> str: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


STUDIO = Studio(("parallax",), lambda picture: picture if isinstance(picture, bytes) else b"", lambda *_: None)  # type: ignore[arg-type, return-value]  # nothing is made here
LIMITS = {"account_queue": 100_000, "queue_limit": 100_000, "attempts_max": 1000, "deadline_seconds": 36_000}
CLIENTS = 4


def client(service: Service, caller: Caller, number: int, orders: int) -> Counter[str]:
    """Orders clips, and cancels some of them a little later."""
    chance = random.Random(number)
    seen: Counter[str] = Counter()
    for _ in range(orders):
        prompt = "fails" if chance.random() < 0.1 else f"clip {chance.random()}"
        request = ClipRequest(first_frame_image=b"picture", prompt=prompt, resolution="768p")
        try:
            job = service.submit(caller, "parallax", request, dialect="soak")
        except InsufficientCredits:
            seen["refused"] += 1
            continue
        seen["accepted"] += 1
        if chance.random() < 0.15:
            time.sleep(chance.random())
            try:
                service.cancel(caller, job.id)
            except AlreadyFinished:
                seen["too late"] += 1
    return seen


def kill_now_and_then(house: House, second: Nursery, folder: Path, kills: int) -> None:
    """A worker that is killed after a random time, again and again: mostly at work, now and then while it starts."""
    chance = random.Random(kills)
    with ThreadPoolExecutor(1) as pool:
        for number in range(kills):
            sign, pid_file = folder / f"working-{number}", folder / f"pid-{number}"
            order = house.order | {"forever": True, "pid_file": str(pid_file), "working_file": str(sign)}
            life = pool.submit(second.live, order)
            wait_for(life, pid_file if chance.random() < 0.2 else sign)
            time.sleep(chance.random())
            os.kill(int(pid_file.read_text()), signal.SIGKILL)
            assert life.result()["returncode"] == -signal.SIGKILL


def wait_for(life: Future[dict[str, Any]], sign: Path) -> None:
    """Wait until the process that lives it has given its sign."""
    until(lambda: life.done() or sign.exists(), f"{sign.name} of a worker")
    assert not life.done(), life.result()


@pytest.mark.parametrize(
    ("jobs", "kills"),
    [pytest.param(300, 15, id="short"), pytest.param(5000, 200, id="long", marks=pytest.mark.soak)],
)
@pytest.mark.timeout(7200)
def test_02_no_job_and_no_credit_is_lost(
    nursery: Nursery, tmp_path: Path, database_url: str, tally: Counter[str], jobs: int, kills: int
) -> None:
    credit_for = jobs * 2 // 3
    limits = LIMITS | {"demo_credits": credit_for * PRICE / 1_000_000, "worker_concurrency": 8}
    quick = {"frames": 3, "frame_seconds": 0.005, "poll_seconds": 0.05, "limit_seconds": 60 + jobs}
    house = House(nursery, tmp_path / "data", database_url, settings=limits, **quick)
    settings = Settings.model_validate({"data_dir": tmp_path / "data", "database_url": database_url} | limits)
    service = Service.open(settings, studio=STUDIO)
    caller = service.authenticate(service.first_start())
    with service.database.write() as connection:
        connection.execute(update(accounts).values(max_running=8))
    with ThreadPoolExecutor(CLIENTS) as pool:
        seen = [pool.submit(client, service, caller, number, jobs // CLIENTS) for number in range(CLIENTS)]
        kill_now_and_then(house, nursery, tmp_path, kills)
        counts = sum((one.result() for one in seen), Counter())
    service.stop(0)

    found = house.run()
    assert found is not None
    states = Counter(job["state"] for job in found["jobs"])
    tally["random kills"] += kills
    tally.update({f"soaked jobs {state}": count for state, count in states.items()})
    tally["soaked jobs lost"] += counts["accepted"] - sum(states.values())
    assert found["faults"] == []
    assert sum(states.values()) == counts["accepted"]
    assert set(states) <= {"succeeded", "failed", "cancelled"}
    assert states["succeeded"] == len(found["clips"]) > 0
    assert {job["prompt"] for job in found["jobs"] if job["state"] == "failed"} == {"fails"}
    assert found["balance_micro"] == PRICE * (credit_for - states["succeeded"])
    assert states["cancelled"] > 0
    assert counts["accepted"] + counts["refused"] == jobs
    assert counts["refused"] > 0


@pytest.mark.parametrize("seconds", [3, pytest.param(30, marks=pytest.mark.soak)])
def test_11_a_database_that_goes_away_and_comes_back(
    fragile_postgres_server: PostgresServer, nursery: Nursery, tmp_path: Path, seconds: int
) -> None:
    """No order is half taken while it is away, and the worker goes on by itself when it is back."""
    server = fragile_postgres_server
    url = server.create()
    house = House(nursery, tmp_path / "data", url, settings=LIMITS, frames=30, frame_seconds=0.1)
    service = Service.open(
        Settings.model_validate({"data_dir": tmp_path / "data", "database_url": url} | LIMITS), studio=STUDIO
    )
    caller = service.authenticate(service.first_start())
    order = ClipRequest(first_frame_image=b"picture", prompt="clip", resolution="768p")
    with ThreadPoolExecutor(1) as pool:
        taken = [service.submit(caller, "parallax", order, dialect="soak") for _ in range(2)]
        working = pool.submit(house.run)
        until(
            lambda: working.done() or service.job(caller, taken[0].id).progress > 0,
            "progress",
            lambda: service.job(caller, taken[0].id),
        )
        assert not working.done(), working.result()
        server.stop()
        for _ in range(seconds):
            with pytest.raises(ServiceUnavailable):
                service.submit(caller, "parallax", order, dialect="soak")
            time.sleep(1)
        server.start()
        found = working.result()
    service.stop(0)
    assert found is not None
    assert found["faults"] == []
    assert [job["state"] for job in found["jobs"]] == ["succeeded", "succeeded"]
    frames = list((tmp_path / "data" / "files" / "first-frames").iterdir())
    assert len(frames) == 2
