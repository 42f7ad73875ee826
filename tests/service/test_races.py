"""Moves that meet: of two that end a job at the same moment, one does."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from firstframe.clip import ClipRequest
from firstframe.errors import AlreadyFinished
from firstframe.service import ledger
from firstframe.service.front import Caller, Service
from firstframe.settings import Settings

from .stage import Hire, until

PICTURE = Path(__file__).parents[2] / "examples" / "coffee.png"
GRANTED = 100_000_000
PRICE = 410_000
LONG_WORK = "The camera orbits the cup, it rains, fog drifts, sparks fly, steam rises."
STOPPED_SECONDS = 2.0


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seeds", [pytest.param(20, id="short"), pytest.param(200, id="long", marks=pytest.mark.soak)])
def test_09_of_a_cancel_and_a_finish_one_wins(
    open_service: Callable[..., Service], caller: Caller, hire: Hire, seeds: int
) -> None:
    service = open_service(demo_credits=100, account_queue=1000)
    worker = hire(service)
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
    ended: Counter[tuple[str, str]] = Counter()
    with ThreadPoolExecutor(2) as pool:
        for seed in range(seeds):
            job_id = service.submit(caller, "parallax", request, dialect="test").id
            outcome = worker.render(job_id)
            start = Barrier(2)
            cancelling = pool.submit(cancel, service, caller, job_id, start, seed)
            finishing = pool.submit(lambda *_: (start.wait(), worker.finish(job_id, outcome)), None)  # noqa: B023  # awaited in this turn of the loop
            said = cancelling.result()
            finishing.result()
            ended[said, service.job(caller, job_id).state] += 1
    assert set(ended) <= {("cancelled", "cancelled"), ("too late", "succeeded")}
    with service.database.read() as connection:
        assert ledger.faults(connection) == []
    assert service.balance_micro(caller) == GRANTED - PRICE * ended["too late", "succeeded"]


def cancel(service: Service, caller: Caller, job_id: str, start: Barrier, seed: int) -> str:
    start.wait()
    time.sleep(random.Random(seed).uniform(0, 0.004))
    try:
        service.cancel(caller, job_id)
    except AlreadyFinished:
        return "too late"
    return "cancelled"


@pytest.mark.soak
@pytest.mark.parametrize("end", ["cancel", "deadline"])
def test_09_the_real_engine_stops_within_two_seconds(tmp_path: Path, end: str) -> None:
    """The one proof of a time: meant for an idle machine."""
    deadline_seconds = 4.0 if end == "deadline" else 600.0
    service = Service.open(Settings(data_dir=tmp_path / "data", deadline_seconds=deadline_seconds))
    try:
        caller = service.authenticate(service.first_start())
        service.start()
        fields = {"first_frame_image": PICTURE.read_bytes(), "prompt": "The camera pushes in."}
        warm = ClipRequest(**fields, resolution="768p")
        service.wait(caller, service.submit(caller, "parallax", warm, dialect="test").id, 300)
        order = ClipRequest(**fields | {"prompt": LONG_WORK}, resolution="1080p", duration=10)
        job = service.submit(caller, "parallax", order, dialect="test")
        until(lambda: service.job(caller, job.id).progress > 0, "progress", 60)
        if end == "cancel":
            service.cancel(caller, job.id)
        over = service.wait(caller, job.id, 60)
        stopped_within = seconds_until_idle(service, over.finished_at.timestamp() if over.finished_at else 0)
    finally:
        service.stop(0)
    assert over.state == {"cancel": "cancelled", "deadline": "expired"}[end]
    assert stopped_within <= STOPPED_SECONDS


def seconds_until_idle(service: Service, since: float) -> float:
    """How long after that moment the worker stopped rendering."""
    from firstframe.service import workflow

    crew = workflow._the_crew()
    until(lambda: crew._busy_count == 0, "the render to stop", 60)  # type: ignore[attr-defined]  # a worker's own count
    return time.time() - since
