"""The numbers of the whole deployment, as the database has them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from firstframe.clip import ClipRequest
from firstframe.service import census, timings
from firstframe.service.database import Database
from firstframe.service.front import Service
from firstframe.service.history import Search
from firstframe.service.prices import MICRO

from .stage import until


def test_the_census_counts_what_is_there(open_service: Callable[..., Service]) -> None:
    service = open_service()
    caller = service.authenticate(service.first_start())
    request = ClipRequest(first_frame_image=b"picture", prompt="pan left")
    first = service.submit(caller, "parallax", request, dialect="test")
    service.submit(caller, "other", request, dialect="test")
    found = service.census()
    assert found.active == {("parallax", "queued"): 1, ("other", "queued"): 1}
    assert (found.held_micro, found.balance_micro) == (2 * first.price_micro, 100 * MICRO - 2 * first.price_micro)
    assert set(found.oldest_queued_seconds) == {"parallax", "other"}
    assert found.stored_bytes == {"first_frame": 14}
    assert service.census() is found
    service.cancel(caller, first.id)
    service.start(worker=True, engines=["other"])
    until(lambda: service.history(caller, Search(states=("succeeded",))).total == 1)
    with service.database.read() as connection:
        later = census.take(connection)
    assert later.ended == {("parallax", "cancelled", "cancelled"): 1, ("other", "succeeded", ""): 1}
    assert later.workers_alive == {"other": 1}
    (queue,) = later.stages
    assert (queue.engine, queue.stage, queue.clips_within[float("inf")]) == ("other", "queue", 1)


def test_timings_add_up(database: Database) -> None:
    with database.write() as connection:
        for seconds in (0.05, 0.1, 3, 10_000):
            timings.note(connection, "parallax", {"render": seconds, "total": 99})
    with database.read() as connection:
        (found,) = timings.every(connection)
    assert (found.stage, found.seconds) == ("render", pytest.approx(10_003.15))
    assert [found.clips_within[bound] for bound in (0.1, 2.5, 5, 1800, float("inf"))] == [2, 2, 3, 3, 4]
