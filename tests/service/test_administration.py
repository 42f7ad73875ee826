"""The operator's hand: accounts, limits, keys, credits, statements."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from firstframe.clip import ClipRequest
from firstframe.errors import AccountSuspended, AlreadyFinished, InsufficientCredits, InvalidParameter, NotFound
from firstframe.service import jobs, keys, ledger, limits
from firstframe.service.administration import Administration
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.front import Caller, Service
from firstframe.service.prices import MICRO
from firstframe.service.tables import ledger_entries
from firstframe.settings import Settings

from .test_ledger import PRICE, Books


@pytest.fixture
def office(database: Database) -> Administration:
    return Administration(database)


def test_an_account_is_opened_found_and_granted(office: Administration) -> None:
    opened = office.create_account(" shop ", 5)
    assert (opened.name, opened.balance_micro) == ("shop", 5)
    assert office.grant(opened.id, 7, "bought").balance_micro == 12
    assert office.grant(opened.id, -2, "corrected").balance_micro == 10
    with pytest.raises(InsufficientCredits):
        office.grant(opened.id, -11, "too much")
    assert office.accounts() == [office.account(opened.id)]
    with office.database.read() as connection:
        assert ledger.faults(connection) == []


def test_what_makes_no_sense_is_refused(office: Administration) -> None:
    account_id = office.create_account("shop").id
    with pytest.raises(InvalidParameter, match="name"):
        office.create_account("  ")
    with pytest.raises(InvalidParameter, match="reason"):
        office.grant(account_id, 1, " ")
    for amount in (0, 10**16):
        with pytest.raises(InvalidParameter, match="credits"):
            office.grant(account_id, amount, "x")
    with pytest.raises(InvalidParameter, match="scopes"):
        office.issue_key(account_id, "key", ["everything"])
    with pytest.raises(InvalidParameter, match="scopes"):
        office.issue_key(account_id, "key", [])
    with pytest.raises(InvalidParameter, match="max_running"):
        office.set_limits(account_id, max_running=0)
    with pytest.raises(InvalidParameter, match="limit"):
        office.set_limits(account_id, balance_micro=10**9)
    with pytest.raises(InvalidParameter, match="month"):
        office.statement(account_id, 2026, 13)


def test_an_account_that_is_not_there_is_not_found(office: Administration) -> None:
    for use in (
        lambda: office.grant("nobody", 1, "x"),
        lambda: office.issue_key("nobody", "key", ["read"]),
        lambda: office.set_limits("nobody", max_queued=1),
        lambda: office.statement("nobody", 2026, 1),
        lambda: office.revoke_key("nobody"),
    ):
        with pytest.raises(NotFound):
            use()


def test_limits_are_set_and_unset(office: Administration) -> None:
    account_id = office.create_account("shop").id
    office.set_limits(account_id, max_running=3, rate_per_minute=0)
    general = Settings(account_concurrency=1, account_queue=50, rate_per_minute=60)
    with office.database.read() as connection:
        assert limits.of(connection, account_id, general) == limits.Limits(3, 50, 0)
    office.set_limits(account_id, max_running=None)
    with office.database.read() as connection:
        assert limits.of(connection, account_id, general) == limits.Limits(1, 50, 0)


def test_keys_are_issued_listed_and_revoked(office: Administration) -> None:
    account_id = office.create_account("shop").id
    key, secret = office.issue_key(account_id, "till", ["admin", "read"])
    assert office.keys(account_id) == office.keys() == [key]
    with office.database.read() as connection:
        assert keys.authenticate(connection, secret).scopes == {"admin", "read"}
    office.revoke_key(key.id)
    assert office.keys()[0].revoked_at is not None


def test_a_statement_balances(office: Administration, database: Database) -> None:
    books = Books(database, 3 * PRICE)
    done, failed = books.submit(), books.submit()
    attempt = books.begin(done)
    assert attempt
    assert books.succeed(done, attempt)
    assert books.end(failed, jobs.CANCELLED)
    office.grant(books.account_id, -PRICE, "=1+1")
    today = now()
    lines = list(csv.DictReader(io.StringIO(office.statement(books.account_id, today.year, today.month))))
    kinds = ["balance", "grant", "hold", "hold", "settle", "release", "grant", "balance"]
    assert [line["kind"] for line in lines] == kinds
    assert sum(float(line["credits"]) for line in lines[:-1]) == pytest.approx(float(lines[-1]["credits"]))
    assert float(lines[-1]["credits"]) * 1_000_000 == pytest.approx(books.balance())
    assert (lines[4]["job"], lines[4]["model"]) == (done, "parallax")
    assert lines[6]["reason"] == "'=1+1"


def test_a_statement_holds_its_month_alone(office: Administration, database: Database) -> None:
    account_id = office.create_account("shop").id
    with database.write() as connection:
        for month, amount in ((11, 1), (12, 10), (12, 20)):
            entry = {"account_id": account_id, "kind": "grant", "amount_micro": amount, "reason": "x"}
            moment = datetime(2025, month, 1, tzinfo=UTC)
            connection.execute(insert(ledger_entries).values(**entry, created_at=moment))
    lines = list(csv.DictReader(io.StringIO(office.statement(account_id, 2025, 12))))
    assert [line["credits"] for line in lines] == ["0.000001", "0.00001", "0.00002", "0.000031"]
    assert lines[-1]["time"] == "2026-01-01T00:00:00+00:00"


def test_a_clip_is_refunded_once_and_the_ledger_stays_sound(open_service: Callable[..., Service]) -> None:
    service = open_service()
    caller = service.authenticate(service.first_start())
    request = ClipRequest(first_frame_image=b"picture", prompt="pan left")
    queued = service.submit(caller, "parallax", request, dialect="test")
    with pytest.raises(InvalidParameter, match="job is 'queued'"):
        service.administration.refund(queued.id, "too early")
    service.start(worker=True)
    job = service.wait(caller, queued.id, 30)
    assert job.state == "succeeded"
    with pytest.raises(InvalidParameter, match=r"credits is '1\.00'"):
        service.administration.refund(job.id, "more than it cost", MICRO)
    account = service.administration.refund(job.id, "dull", job.price_micro // 2)
    assert account.balance_micro == job.balance_micro + job.price_micro // 2
    with pytest.raises(AlreadyFinished):
        service.administration.refund(job.id, "again")
    entries, total = service.administration.entries(caller.account_id, 2)
    assert ([entry.kind for entry in entries], total) == (["refund", "settle"], 4)
    with service.database.read() as connection:
        assert ledger.faults(connection) == []


def test_a_suspended_account_orders_nothing(service: Service, caller: Caller) -> None:
    request = ClipRequest(first_frame_image=b"picture", prompt="pan left")
    waiting = service.submit(caller, "parallax", request, dialect="test")
    since = service.administration.suspend(caller.account_id).suspended_at
    assert since is not None
    assert service.administration.suspend(caller.account_id).suspended_at == since
    with pytest.raises(AccountSuspended):
        service.submit(caller, "parallax", request, dialect="test")
    with pytest.raises(AccountSuspended):
        service.upload(caller, b"picture")
    assert service.job(caller, waiting.id).state == "queued"
    assert service.administration.suspend(caller.account_id, False).suspended_at is None
    assert service.submit(caller, "parallax", request, dialect="test").state == "queued"
