"""Rates: so many orders in a minute, all at once or one by one, whichever process counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from firstframe.errors import TooManyRequests
from firstframe.service import accounts, limits
from firstframe.service.database import Database
from firstframe.service.front import Service
from firstframe.service.limits import Allowance
from firstframe.service.tables import accounts as accounts_table

NOON = 1_795_348_800.0


@pytest.fixture
def account_id(database: Database) -> str:
    with database.write() as connection:
        return accounts.create(connection, "shop").id


def take(database: Database, account_id: str, at_seconds: float, per_minute: int = 60) -> Allowance | None:
    try:
        with database.write() as connection:
            return limits.take(connection, account_id, per_minute, at_seconds)
    except TooManyRequests:
        return None


def test_21_a_minutes_orders_may_come_at_once_and_the_next_is_refused(database: Database, account_id: str) -> None:
    taken = [take(database, account_id, NOON) for _ in range(60)]
    assert [one.remaining if one else None for one in taken] == list(range(59, -1, -1))
    assert taken[-1] == Allowance(60, 0, 60)
    with pytest.raises(TooManyRequests, match="try again in 1 s") as refused, database.write() as connection:
        limits.take(connection, account_id, 60, NOON)
    assert refused.value.details == {"retry_after_seconds": 1, "limit": 60, "remaining": 0}


def test_orders_come_back_one_by_one(database: Database, account_id: str) -> None:
    for _ in range(60):
        assert take(database, account_id, NOON)
    assert take(database, account_id, NOON + 0.9) is None
    assert take(database, account_id, NOON + 1.0)
    assert take(database, account_id, NOON + 1.0) is None
    assert [bool(take(database, account_id, NOON + 4.0)) for _ in range(4)] == [True, True, True, False]
    assert take(database, account_id, NOON + 64.0) == Allowance(60, 59, 1)


def test_orders_at_the_very_rate_are_never_refused(database: Database, account_id: str) -> None:
    assert all(take(database, account_id, NOON + 7.5 * number, per_minute=8) for number in range(40))


def test_a_refused_order_is_not_counted(database: Database, account_id: str) -> None:
    assert take(database, account_id, NOON, per_minute=1)
    for _ in range(5):
        assert take(database, account_id, NOON + 30, per_minute=1) is None
    assert take(database, account_id, NOON + 60, per_minute=1)


def test_accounts_are_counted_apart(database: Database, account_id: str) -> None:
    with database.write() as connection:
        other = accounts.create(connection, "other").id
    assert take(database, account_id, NOON, per_minute=1)
    assert take(database, other, NOON, per_minute=1)


def test_21_two_processes_count_together(database: Database, account_id: str) -> None:
    beside = Database(database.url)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda n: bool(take((database, beside)[n % 2], account_id, NOON)), range(80)))
    beside.close()
    assert Counter(taken) == {True: 60, False: 20}


def test_the_rate_is_the_accounts_own_or_the_general_one(open_service: Callable[..., Service]) -> None:
    service = open_service(rate_per_minute=2)
    caller = service.authenticate(service.first_start())
    allowance = service.admit(caller)
    assert allowance is not None
    assert (allowance.limit, allowance.remaining) == (2, 1)
    with service.database.write() as connection:
        connection.execute(update(accounts_table).values(rate_per_minute=0))
    assert service.admit(caller) is None
