"""`kill -9` at every named point, and a restart: no job lost, none stuck, none charged twice, balance = Σ ledger."""

from __future__ import annotations

import random
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .conftest import Nursery
from .house import POINTS

GRANTED = 100_000_000
PRICE = 240_000


class House:
    """One deployment, started again and again."""

    def __init__(self, nursery: Nursery, data_dir: Path, database_url: str, **order: Any) -> None:
        self.nursery = nursery
        self.order = {"data_dir": str(data_dir), "database_url": database_url} | order

    def run(self, **order: Any) -> dict[str, Any] | None:
        """What the service found once all jobs were over, or None when it was killed."""
        answer = self.nursery.live(self.order | order)
        if answer["returncode"] == -signal.SIGKILL:
            return None
        assert answer["returncode"] == 0
        found: dict[str, Any] = answer["findings"]
        return found


def assert_nothing_is_lost(found: dict[str, Any], frames: int = 10) -> None:
    """Every accepted job ended once, with the very film of its prompt and seed, and was paid for once."""
    assert found["faults"] == []
    succeeded = [job for job in found["jobs"] if job["state"] == "succeeded"]
    assert found["balance_micro"] == GRANTED - PRICE * len(succeeded)
    assert {job["id"] for job in succeeded} == set(found["clips"])
    for job in succeeded:
        film = [f"{job['prompt']}/{job['seed']}/{frame}" for frame in range(frames)]
        assert found["clips"][job["id"]].splitlines() == film


@pytest.fixture
def house(nursery: Nursery, tmp_path: Path, database_url: str) -> House:
    return House(nursery, tmp_path / "data", database_url, settings={"attempts_max": 100})


def test_killed_at_every_point_in_turn(house: House) -> None:
    """One life with a death at every named point, a new job in each run."""
    for point in POINTS:
        assert house.run(kill_at=point, submit=[point]) is None, f"never came to: {point}"
    found = house.run(submit=["after all"])
    assert found is not None
    assert_nothing_is_lost(found)
    prompts = Counter(job["prompt"] for job in found["jobs"] if job["state"] == "succeeded")
    refused = {"submit: stored, before the transaction", "submit: queued, before the commit"}
    assert prompts == Counter({point: 1 for point in (*POINTS, "after all") if point not in refused})


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_one_point(house: House, point: str, seed: int) -> None:
    chance = random.Random(f"{point}/{seed}")
    submitted = [f"job {number}" for number in range(chance.randint(1, 4))]
    frames = chance.randint(2, 12)
    order = {"frames": frames, "frame_seconds": chance.uniform(0, 0.02)}
    assert house.run(kill_at=point, kill_on=chance.randint(1, len(submitted)), submit=submitted, **order) is None
    found = house.run(**order)
    assert found is not None
    assert_nothing_is_lost(found, frames)
    assert all(job["state"] == "succeeded" for job in found["jobs"])
    assert len(found["jobs"]) >= len(submitted) - 1 or point.startswith("submit")


def test_a_poison_job_fails_after_three_attempts_and_the_queue_goes_on(
    nursery: Nursery, tmp_path: Path, database_url: str
) -> None:
    house = House(nursery, tmp_path / "data", database_url)
    assert house.run(submit=["poison", "wholesome"]) is None
    found = None
    for _ in range(3):
        assert found is None
        found = house.run()
    assert found is not None
    assert_nothing_is_lost(found)
    poison, wholesome = found["jobs"]
    assert (poison["state"], poison["attempts"]) == ("failed", 3)
    assert poison["error"] == "The clip could not be made in 3 attempts; nothing was charged."
    assert wholesome["state"] == "succeeded"
