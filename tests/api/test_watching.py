"""Many who wait, one look."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from firstframe.api import watching
from firstframe.api.watching import Watch
from firstframe.errors import ServiceUnavailable
from firstframe.service.jobs import Glance

QUEUED, RUNNING, DONE = Glance("queued", 0, 0), Glance("running", 0.5, 1), Glance("succeeded", 1, 1)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.01)


class Table:
    """Jobs as the database has them, and what was asked of it."""

    def __init__(self, **jobs: Glance) -> None:
        self.jobs = jobs
        self.asked: list[set[str]] = []
        self.is_away = False

    def look(self, job_ids: Collection[str]) -> dict[str, Glance]:
        self.asked.append(set(job_ids))
        if self.is_away:
            raise ServiceUnavailable("The database is away.")
        return {job_id: glance for job_id, glance in self.jobs.items() if job_id in job_ids}


def test_first_look_answers_at_once() -> None:
    table = Table(a=QUEUED)
    assert asyncio.run(Watch(table.look).change("a", None, 10)) == QUEUED
    assert table.asked == [{"a"}]


def test_only_a_change_wakes() -> None:
    table = Table(a=QUEUED)

    async def scene() -> tuple[Glance | None, Glance | None]:
        watch = Watch(table.look)
        nothing = await watch.change("a", QUEUED, 0.1)
        waiting = asyncio.create_task(watch.change("a", QUEUED, 10))
        await asyncio.sleep(0.05)
        table.jobs["a"] = RUNNING
        return nothing, await waiting

    assert asyncio.run(scene()) == (None, RUNNING)


def test_all_who_wait_share_each_look_and_it_ends_with_them() -> None:
    table = Table(a=QUEUED, b=RUNNING)

    async def scene() -> list[Glance | None]:
        watch = Watch(table.look)
        waiting = [
            asyncio.create_task(watch.change(name, known, 10)) for name, known in (("a", QUEUED), ("b", RUNNING)) * 20
        ]
        await asyncio.sleep(0.05)
        table.jobs |= {"a": DONE, "b": DONE}
        woken = await asyncio.gather(*waiting)
        await asyncio.sleep(0.05)
        looks = len(table.asked)
        await asyncio.sleep(0.05)
        assert len(table.asked) == looks
        return list(woken)

    assert asyncio.run(scene()) == [DONE] * 40
    assert table.asked[0] == {"a", "b"}


def test_an_absent_database_is_waited_out() -> None:
    table = Table(a=DONE)
    table.is_away = True

    async def scene() -> Glance | None:
        waiting = asyncio.create_task(Watch(table.look).change("a", QUEUED, 10))
        await asyncio.sleep(0.05)
        table.is_away = False
        return await waiting

    assert asyncio.run(scene()) == DONE
