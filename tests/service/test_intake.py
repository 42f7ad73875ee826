"""Orders repeated, orders beyond the limits: one job each, or a refusal that costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from firstframe.clip import ClipRequest
from firstframe.errors import (
    FirstframeError,
    IdempotencyMismatch,
    InvalidParameter,
    NotFound,
    Overloaded,
    QueueFull,
)
from firstframe.service import accounts, jobs, keys, ledger
from firstframe.service.clock import now
from firstframe.service.front import Caller, JobView, Service
from firstframe.service.tables import accounts as accounts_table
from firstframe.service.tables import idempotency_keys
from firstframe.service.tables import jobs as jobs_table

from .stage import Stage, until

REQUEST = ClipRequest(first_frame_image=b"picture", prompt="a prompt", resolution="768p")
PRICE = 240_000
GRANTED = 100_000_000
WAIT_SECONDS = 60


def submit(service: Service, caller: Caller, request: ClipRequest = REQUEST, **options: str) -> JobView:
    return service.submit(caller, "parallax", request, dialect="test", **options)


def another_caller(service: Service) -> Caller:
    with service.database.write() as connection:
        account = accounts.create(connection, "another", GRANTED)
        return keys.authenticate(connection, keys.issue(connection, account.id, "another")[1])


def charged(service: Service, caller: Caller) -> int:
    with service.database.read() as connection:
        assert ledger.faults(connection) == []
    return (GRANTED - service.balance_micro(caller)) // PRICE


def test_05_the_same_key_is_the_same_job(service: Service, caller: Caller) -> None:
    first = submit(service, caller, idempotency_key="k")
    again = submit(service, caller, idempotency_key="k")
    assert (first.replayed, again.replayed) == (False, True)
    assert (again.id, again.seed, charged(service, caller)) == (first.id, first.seed, 1)
    assert submit(service, caller, idempotency_key="other").id != first.id
    assert submit(service, caller).id != first.id


def test_05_twenty_parallel_orders_with_one_key_are_one_job(service: Service, caller: Caller) -> None:
    with ThreadPoolExecutor(20) as pool:
        seen = list(pool.map(lambda _: submit(service, caller, idempotency_key="k"), range(20)))
    assert len({job.id for job in seen}) == 1
    assert [job.replayed for job in seen].count(False) == 1
    assert charged(service, caller) == 1
    assert len(list(service.storage.every())) == 1


@pytest.mark.parametrize(
    "change",
    [{"prompt": "another"}, {"duration": 10}, {"seed": 7}, {"first_frame_image": b"another"}, {"loop": True}],
    ids=lambda change: next(iter(change)),
)
def test_05_the_same_key_with_another_request_is_refused(
    service: Service, caller: Caller, change: dict[str, object]
) -> None:
    submit(service, caller, idempotency_key="k")
    with pytest.raises(IdempotencyMismatch):
        submit(service, caller, REQUEST.model_copy(update=change), idempotency_key="k")
    with pytest.raises(IdempotencyMismatch):
        service.submit(caller, "other", REQUEST, dialect="test", idempotency_key="k")
    assert charged(service, caller) == 1


def test_05_keys_of_two_accounts_do_not_meet(service: Service, caller: Caller) -> None:
    other = another_caller(service)
    assert submit(service, caller, idempotency_key="k").id != submit(service, other, idempotency_key="k").id


def test_05_a_key_is_free_again_after_a_day(service: Service, caller: Caller) -> None:
    first = submit(service, caller, idempotency_key="k")
    with service.database.write() as connection:
        connection.execute(update(idempotency_keys).values(created_at=now() - timedelta(hours=24)))
    assert submit(service, caller, REQUEST.model_copy(update={"seed": 1}), idempotency_key="k").id != first.id


def test_05_a_refused_order_leaves_its_key_free(open_service: Callable[..., Service]) -> None:
    service = open_service(demo_credits=0)
    caller = service.authenticate(service.first_start())
    with pytest.raises(FirstframeError, match="Insufficient"):
        submit(service, caller, idempotency_key="k")
    with service.database.write() as connection:
        ledger.grant(connection, caller.account_id, GRANTED, "test")
    assert not submit(service, caller, idempotency_key="k").replayed


@pytest.mark.parametrize("key", ["", "x" * 256, "a\nb", "\x00"])
def test_what_cannot_be_a_key_is_refused(service: Service, caller: Caller, key: str) -> None:
    with pytest.raises(InvalidParameter, match="Idempotency-Key"):
        submit(service, caller, idempotency_key=key)


@pytest.mark.parametrize("url", ["", "ftp://a", "javascript:alert(1)", "http://", "//a/b", "http://[", "h" * 3000])
def test_what_cannot_be_a_webhook_is_refused(service: Service, caller: Caller, url: str) -> None:
    with pytest.raises(InvalidParameter, match="webhook_url"):
        submit(service, caller, webhook_url=url)


def test_a_job_whose_client_has_gone_is_taken_up_once_by_the_same_request(service: Service, caller: Caller) -> None:
    lost = submit(service, caller)
    service.let_go(caller, lost.id)
    assert submit(service, another_caller(service)).id != lost.id
    assert submit(service, caller, REQUEST.model_copy(update={"prompt": "another"})).id != lost.id
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: submit(service, caller), range(8)))
    assert [job.id for job in seen].count(lost.id) == 1
    assert [job.replayed for job in seen].count(True) == 1


def test_a_failed_job_is_not_taken_up(service: Service, caller: Caller) -> None:
    lost = submit(service, caller)
    service.let_go(caller, lost.id)
    service.cancel(caller, lost.id)
    assert submit(service, caller).id != lost.id


def test_letting_go_of_another_accounts_job_does_nothing(service: Service, caller: Caller) -> None:
    job = submit(service, caller)
    service.let_go(another_caller(service), job.id)
    assert submit(service, caller).id != job.id


def test_equal_orders_of_one_account_are_separate_jobs(service: Service, caller: Caller) -> None:
    variants = [submit(service, caller) for _ in range(4)]
    assert len({job.id for job in variants}) == len({job.seed for job in variants}) == 4


def test_an_account_may_have_so_many_waiting(open_service: Callable[..., Service]) -> None:
    service = open_service(account_queue=3)
    caller = service.authenticate(service.first_start())
    with ThreadPoolExecutor(8) as pool:
        accepted = [one for one in pool.map(lambda _: accepted_or_none(service, caller), range(8)) if one]
    assert len(accepted) == 3
    with pytest.raises(QueueFull, match="3 clips") as refused:
        submit(service, caller)
    assert refused.value.details["retry_after_seconds"] == 10
    assert charged(service, caller) == 3
    assert submit(service, another_caller(service)).state == "queued"
    service.cancel(caller, accepted[0].id)
    assert submit(service, caller).state == "queued"


def accepted_or_none(service: Service, caller: Caller) -> JobView | None:
    try:
        return submit(service, caller)
    except QueueFull:
        return None


def test_an_accounts_own_limit_goes_before_the_general_one(service: Service, caller: Caller) -> None:
    with service.database.write() as connection:
        connection.execute(update(accounts_table).values(max_queued=1))
    submit(service, caller)
    with pytest.raises(QueueFull, match="1 clips"):
        submit(service, caller)


def test_all_accounts_together_may_have_so_many_waiting(open_service: Callable[..., Service]) -> None:
    service = open_service(queue_limit=2)
    caller = service.authenticate(service.first_start())
    submit(service, caller)
    submit(service, another_caller(service))
    with pytest.raises(Overloaded):
        submit(service, caller)
    assert charged(service, caller) == 1


def test_with_too_little_disk_no_order_is_taken(open_service: Callable[..., Service]) -> None:
    service = open_service(disk_floor_bytes=2**60)
    caller = service.authenticate(service.first_start())
    with pytest.raises(Overloaded, match="disk"):
        submit(service, caller)
    assert charged(service, caller) == 0


def test_an_account_has_as_many_clips_in_the_making_as_it_may(
    open_service: Callable[..., Service], stage: Stage
) -> None:
    stage.gate.clear()
    service = open_service(worker_concurrency=8)
    caller = service.authenticate(service.first_start())
    with service.database.write() as connection:
        connection.execute(update(accounts_table).values(max_running=2))
    other = another_caller(service)
    mine = [submit(service, caller).id for _ in range(6)]
    theirs = [submit(service, other).id for _ in range(2)]
    service.start()
    until(lambda: stage.renders == 3)
    states = {job_id: state_of(service, job_id) for job_id in mine + theirs}
    assert [states[job_id] for job_id in mine].count("running") == 2
    assert [states[job_id] for job_id in theirs].count("running") == 1
    stage.gate.set()
    until(lambda: all(state_of(service, job_id) == "succeeded" for job_id in mine + theirs))


def state_of(service: Service, job_id: str) -> str:
    with service.database.read() as connection:
        return jobs.view(connection, job_id).state


def test_an_unknown_model_is_refused_before_all_else(service: Service, caller: Caller) -> None:
    with pytest.raises(NotFound):
        service.submit(caller, "sora", REQUEST, dialect="test", idempotency_key="k")
    with service.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(jobs_table)).scalar() == 0
