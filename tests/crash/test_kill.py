"""`kill -9` at every named point, and a restart: no job lost, none stuck, none charged twice, balance = Σ ledger."""

from __future__ import annotations

import random
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .conftest import Nursery, Receiver
from .house import POINTS

pytestmark = pytest.mark.slow

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
        assert answer["returncode"] == 0, answer
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


REFUSED = {"submit: stored, before the transaction", "submit: queued, before the commit"}
"""Killed there, the server has not accepted the job that it was about to."""
SEEDS = 25


class Matrix:
    """One deployment and its life with a death at every named point, in an order and with loads by a seed."""

    def __init__(self, house: House, accepted: Path, receiver: Receiver, seed: int) -> None:
        self.chance = random.Random(seed)
        self.frames = self.chance.randint(2, 12)
        self.house = house
        self.house.order |= {
            "settings": {
                "attempts_max": 100,
                "fetch_allow": "127.0.0.1",
                "worker_concurrency": 3,
                "account_concurrency": 3,
            },
            "poll_seconds": 0.05,
            "frames": self.frames,
            "accepted": str(accepted),
            "webhook_url": receiver.url,
            "lease_seconds": 1.0,
        }
        self.accepted = accepted

    def live(self) -> dict[str, Any]:
        """Die at every point, then live on; returns what was found at the end."""
        for point in self.chance.sample(POINTS, len(POINTS)):
            submitted = [f"{point}, job {number}" for number in range(self.chance.randint(1, 3))]
            killed = self.house.run(
                kill_at=point,
                kill_on=self.chance.randint(1, len(submitted)),
                submit=submitted,
                frame_seconds=self.chance.uniform(0, 0.02),
            )
            assert killed is None, f"never came to: {point}"
        found = self.house.run(submit=["after all"])
        assert found is not None
        return found

    def lost(self, found: dict[str, Any]) -> set[str]:
        return set(self.accepted.read_text().split()) - {job["id"] for job in found["jobs"]}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, SEEDS))])
def test_01_killed_at_every_point(
    nursery: Nursery, receiver: Receiver, tmp_path: Path, database_url: str, tally: Counter[str], seed: int
) -> None:
    matrix = Matrix(House(nursery, tmp_path / "data", database_url), tmp_path / "accepted", receiver, seed)
    found = matrix.live()
    over = Counter(job["state"] for job in found["jobs"])
    tally["kills at a named point"] += len(POINTS)
    tally["jobs accepted"] += len(found["jobs"])
    tally["jobs lost"] += len(matrix.lost(found))
    tally["jobs stuck"] += over["queued"] + over["running"]
    tally["faults of the ledger"] += len(found["faults"])
    assert matrix.lost(found) == set()
    assert over == {"succeeded": len(found["jobs"])}
    assert_nothing_is_lost(found, matrix.frames)
    prompts = Counter(job["prompt"] for job in found["jobs"])
    assert set(prompts.values()) == {1}
    assert {point for point in POINTS if f"{point}, job 0" not in prompts} <= REFUSED
    assert {job["id"]: list(receiver.told[job["id"]].values()) for job in found["jobs"]} == {
        job["id"]: ["succeeded"] for job in found["jobs"]
    }


def test_08_a_poison_job_fails_after_three_attempts_and_the_queue_goes_on(
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
