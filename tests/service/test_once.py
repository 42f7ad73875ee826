"""What happens once, whoever asks again: a retry, a grant under a key, a chore of one host for all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import update

from firstframe.clip import ClipRequest
from firstframe.errors import AlreadyFinished, IdempotencyMismatch, InvalidParameter, NotFound, QueueFull
from firstframe.service import jobs, ledger, turns, webhooks
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.front import Caller, Service
from firstframe.service.jobs import Ending, JobView
from firstframe.service.tables import accounts, chores

DAY = timedelta(days=1)


def order(service: Service, caller: Caller, url: str | None = None) -> JobView:
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt", duration=10)
    return service.submit(caller, "parallax", request, dialect="test", webhook_url=url)


def fail(service: Service, job_id: str) -> None:
    with service.database.write() as connection:
        assert jobs.end(connection, job_id, Ending("failed", "engine_failed", "It failed."))


def test_a_failed_job_is_tried_again_as_a_new_one_with_a_hold_of_its_own(service: Service, caller: Caller) -> None:
    before = service.balance_micro(caller)
    failed = order(service, caller, "https://hooks.test/x")
    fail(service, failed.id)
    again = service.retry(failed.id)
    assert again.retry_of == failed.id != again.id
    same = ("account_id", "prompt", "request", "seed", "engine", "dialect", "webhook_url", "price_micro")
    assert [getattr(again, name) for name in same] == [getattr(failed, name) for name in same]
    assert (again.state, service.balance_micro(caller)) == ("queued", before - again.price_micro)
    assert service.storage.read(f"first-frames/{again.id}") == b"picture"
    with pytest.raises(AlreadyFinished):
        service.retry(failed.id)
    assert service.balance_micro(caller) == before - again.price_micro
    fail(service, again.id)
    assert service.retry(again.id).retry_of == again.id
    with service.database.read() as connection:
        assert ledger.faults(connection) == []


def test_what_cannot_be_tried_again(service: Service, caller: Caller) -> None:
    waiting = order(service, caller)
    with pytest.raises(InvalidParameter, match="queued"):
        service.retry(waiting.id)
    with pytest.raises(NotFound):
        service.retry("none")
    fail(service, waiting.id)
    with service.database.write() as connection:
        connection.execute(update(accounts).values(max_queued=0))
    with pytest.raises(QueueFull):
        service.retry(waiting.id)
    service.storage.delete(f"first-frames/{waiting.id}")
    with pytest.raises(NotFound):
        service.retry(waiting.id)


def test_a_grant_under_a_key_is_made_once_though_ten_ask_at_once(database: Database) -> None:
    from firstframe.service.administration import Administration

    office = Administration(database)
    account_id, other_id = office.create_account("shop").id, office.create_account("other").id
    start = Barrier(10)

    def grant(_: int) -> None:
        start.wait()
        office.grant(account_id, 5, "invoice 17", key="17")

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(grant, range(10)))
    assert office.account(account_id).balance_micro == 5
    for amount, reason in ((6, "invoice 17"), (5, "invoice 18")):
        with pytest.raises(IdempotencyMismatch):
            office.grant(account_id, amount, reason, key="17")
    assert office.grant(account_id, 5, "invoice 17", key="18").balance_micro == 10
    assert office.grant(other_id, 6, "mine", key="17").balance_micro == 6
    with pytest.raises(InvalidParameter, match="Idempotency-Key"):
        office.grant(account_id, 5, "x", key="")


def test_a_webhook_is_told_again_under_its_old_id(service: Service, caller: Caller) -> None:
    job = order(service, caller, "https://hooks.test/x")
    fail(service, job.id)
    (owed,) = service.deliveries(caller, job.id)
    office = service.administration
    with pytest.raises(AlreadyFinished):
        office.resend(owed.id)
    with service.database.write() as connection:
        assert webhooks.lease(connection, owed, now())
        webhooks.note(connection, owed, 410, "gone", now())
    again = office.resend(owed.id)
    assert (again.id, again.state, again.attempts, again.finished_at) == (owed.id, "pending", 0, None)
    with service.database.read() as connection:
        assert [one.id for one in webhooks.due(connection, now(), 9)] == [owed.id]
    with pytest.raises(NotFound):
        office.resend("none")


def test_one_of_many_takes_the_turn_and_who_dies_in_it_is_followed(database: Database) -> None:
    def take(_: int = 0) -> bool:
        with database.write() as connection:
            return turns.take(connection, "chore", DAY)

    def change(**values: object) -> None:
        with database.write() as connection:
            connection.execute(update(chores).values(**values))

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(take, range(8)))[-2:] == [False, True]
    change(taken_at=now() - turns.LEASE)
    assert take()
    with database.write() as connection:
        turns.done(connection, "chore")
    assert not take()
    change(done_at=now() - DAY)
    assert take()
