"""Money: no path overdraws, charges twice, or leaves entries and balance apart."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from firstframe.clip import ClipRequest
from firstframe.errors import InsufficientCredits
from firstframe.service import accounts, assets, jobs, keys, ledger
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.front import Caller, Service
from firstframe.service.jobs import Ending, NewJob
from firstframe.service.prices import in_credits, to_micro
from firstframe.service.tables import ledger_entries

PRICE = 410_000


class Books:
    """One account of a database, and jobs on it without any worker."""

    def __init__(self, database: Database, grant_micro: int) -> None:
        self.database = database
        with database.write() as connection:
            self.account_id = accounts.create(connection, "books", grant_micro).id
            self.key_id = keys.issue(connection, self.account_id, "books")[0].id

    def new_job(self, seconds: float = 60) -> NewJob:
        return NewJob(
            id=str(uuid4()),
            account_id=self.account_id,
            key_id=self.key_id,
            slug="parallax",
            engine="parallax",
            dialect="test",
            prompt="a prompt",
            request={},
            seed=1,
            price_micro=PRICE,
            deadline_at=now() + timedelta(seconds=seconds),
        )

    def submit(self, seconds: float = 60) -> str:
        job = self.new_job(seconds)
        with self.database.write() as connection:
            jobs.add(connection, job)
        return job.id

    def begin(self, job_id: str) -> int | None:
        with self.database.write() as connection:
            return jobs.begin(connection, job_id, "worker", 3)

    def succeed(self, job_id: str, attempt: int) -> bool:
        with self.database.write() as connection:
            clip = assets.clip(self.account_id, job_id, attempt, "parallax", 4, {})
            assets.add(connection, clip)
            return jobs.succeed(connection, job_id, attempt, clip.id)

    def end(self, job_id: str, ending: Ending, attempt: int | None = None) -> bool:
        with self.database.write() as connection:
            return jobs.end(connection, job_id, ending, attempt)

    def state(self, job_id: str) -> str:
        with self.database.read() as connection:
            return jobs.view(connection, job_id).state

    def balance(self) -> int:
        with self.database.read() as connection:
            return ledger.balance(connection, self.account_id)

    def entries(self) -> list[tuple[str | None, str, int]]:
        columns = ledger_entries.c
        query = select(columns.job_id, columns.kind, columns.amount_micro).where(columns.account_id == self.account_id)
        with self.database.read() as connection:
            return [(row.job_id, row.kind, row.amount_micro) for row in connection.execute(query)]


FAILED = Ending("failed", "engine_failed", "It failed.")


def test_a_success_costs_its_price_once(database: Database) -> None:
    books = Books(database, PRICE)
    job_id = books.submit()
    attempt = books.begin(job_id)
    assert attempt == 1
    assert books.succeed(job_id, attempt)
    assert not books.succeed(job_id, attempt)
    assert books.balance() == 0
    assert books.entries() == [(None, "grant", PRICE), (job_id, "hold", -PRICE), (job_id, "settle", 0)]


@pytest.mark.parametrize("ending", [FAILED, jobs.CANCELLED, jobs.EXPIRED], ids=lambda ending: ending.state)
def test_any_other_end_costs_nothing(database: Database, ending: Ending) -> None:
    books = Books(database, PRICE)
    job_id = books.submit()
    assert books.balance() == 0
    assert books.end(job_id, ending)
    assert not books.end(job_id, FAILED)
    assert (books.state(job_id), books.balance()) == (ending.state, PRICE)


def test_too_little_credit_names_balance_and_need_and_changes_nothing(database: Database) -> None:
    books = Books(database, PRICE - 1)
    with pytest.raises(InsufficientCredits, match=r"balance is 0\.409999 and 0\.41 is needed") as refused:
        books.submit()
    assert refused.value.details == {"balance": 0.409999, "needed": 0.41}
    assert books.balance() == PRICE - 1
    assert [kind for _, kind, _ in books.entries()] == ["grant"]


def test_the_database_itself_refuses_a_negative_balance(database: Database) -> None:
    books = Books(database, 1)
    with pytest.raises(DBAPIError), database.write() as connection:
        connection.execute(text("UPDATE accounts SET balance_micro = -1 WHERE id = :id"), {"id": books.account_id})


@pytest.mark.parametrize("change", ["UPDATE ledger_entries SET amount_micro = 9", "DELETE FROM ledger_entries"])
def test_the_database_itself_keeps_the_ledger_append_only(database: Database, change: str) -> None:
    Books(database, 1)
    with pytest.raises(DBAPIError, match="append-only"), database.write() as connection:
        connection.execute(text(change))


def test_the_database_itself_refuses_a_second_closing_entry(database: Database) -> None:
    books = Books(database, PRICE)
    job_id = books.submit()
    assert books.end(job_id, FAILED)
    with pytest.raises(DBAPIError), database.write() as connection:
        ledger.settle(connection, books.account_id, job_id)


def test_faults_are_found(database: Database) -> None:
    books = Books(database, PRICE)
    with database.write() as connection:
        assert ledger.faults(connection) == []
        connection.execute(text("UPDATE accounts SET balance_micro = balance_micro + 1"))
    job_id = books.submit()
    with database.write() as connection:
        connection.execute(text("UPDATE jobs SET state = 'succeeded'"))
    with database.read() as connection:
        found = ledger.faults(connection)
    assert len(found) == 2
    assert books.account_id in found[0]
    assert job_id in found[1]


def test_04_fifty_at_once_with_credit_for_ten(service: Service, caller: Caller) -> None:
    price = to_micro("0.24")
    with service.database.write() as connection:
        ledger.grant(connection, caller.account_id, 10 * price - to_micro(service.settings.demo_credits), "test")
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt", resolution="768p")

    def attempt(_: int) -> str:
        try:
            return service.submit(caller, "parallax", request, dialect="test").state
        except InsufficientCredits:
            return "refused"

    with ThreadPoolExecutor(50) as pool:
        assert Counter(pool.map(attempt, range(50))) == {"queued": 10, "refused": 40}
    with service.database.read() as connection:
        assert ledger.balance(connection, caller.account_id) == 0
        assert ledger.faults(connection) == []
    assert len([key for key, _ in service.storage.every() if key.startswith("first-frames/")]) == 10


@pytest.mark.parametrize(
    ("micro", "shown"), [(410_000, "0.41"), (100_000_000, "100.00"), (1, "0.000001"), (-50, "-0.00005")]
)
def test_credits_read_well_and_exactly(micro: int, shown: str) -> None:
    assert in_credits(micro) == shown
    assert to_micro(shown) == micro


class Economy(RuleBasedStateMachine):
    """Every order of moves that users, workers and clocks can make, against a model of what must hold."""

    books: Books
    job_ids = Bundle("job_ids")

    def __init__(self) -> None:
        super().__init__()
        self.books = Books(type(self).database, 3 * PRICE)
        self.over: dict[str, str] = {}
        self.submitted: set[str] = set()
        self.begun: dict[str, int] = {}

    database: Database

    @rule(target=job_ids, seconds=st.sampled_from([60.0, -1.0]))
    def submit(self, seconds: float) -> str:
        try:
            job_id = self.books.submit(seconds)
        except InsufficientCredits:
            assert self.books.balance() < PRICE
            return str(uuid4())
        self.submitted.add(job_id)
        return job_id

    @rule(job_id=job_ids)
    def begin(self, job_id: str) -> None:
        attempt = self.books.begin(job_id)
        if attempt is not None:
            assert job_id not in self.over
            assert attempt == self.begun.get(job_id, 0) + 1
            self.begun[job_id] = attempt

    @rule(job_id=job_ids, behind=st.integers(0, 1))
    def succeed(self, job_id: str, behind: int) -> None:
        if job_id in self.begun:
            done = self.books.succeed(job_id, self.begun[job_id] - behind)
            assert not (done and (behind or job_id in self.over))

    @rule(job_id=job_ids, behind=st.integers(0, 1))
    def fail(self, job_id: str, behind: int) -> None:
        if job_id in self.begun:
            done = self.books.end(job_id, FAILED, self.begun[job_id] - behind)
            assert not (done and (behind or job_id in self.over))

    @rule(job_id=job_ids, ending=st.sampled_from([jobs.CANCELLED, jobs.EXPIRED]))
    def end(self, job_id: str, ending: Ending) -> None:
        done = self.books.end(job_id, ending)
        assert done == (job_id in self.submitted and job_id not in self.over)

    @rule(job_id=job_ids)
    def give_back(self, job_id: str) -> None:
        with self.books.database.write() as connection:
            jobs.give_back(connection, job_id, self.begun.get(job_id, 0))

    @rule(amount=st.integers(-4 * PRICE, 2 * PRICE))
    def grant(self, amount: int) -> None:
        before = self.books.balance()
        try:
            with self.books.database.write() as connection:
                ledger.grant(connection, self.books.account_id, amount, "test")
        except InsufficientCredits:
            assert before + amount < 0

    @invariant()
    def books_are_sound(self) -> None:
        entries = self.books.entries()
        balance = self.books.balance()
        assert balance == sum(amount for _, _, amount in entries) >= 0
        kinds = {job_id: {kind for job, kind, _ in entries if job == job_id} for job_id in self.submitted}
        for job_id in self.submitted:
            state = self.books.state(job_id)
            assert self.over.get(job_id, state) == state
            if state in jobs.TERMINAL:
                self.over[job_id] = state
            closing = {"settle"} if state == "succeeded" else {"release"} if state in jobs.TERMINAL else set()
            assert kinds[job_id] == {"hold"} | closing


@pytest.mark.parametrize(
    "examples", [pytest.param(15, id="short"), pytest.param(500, id="long", marks=pytest.mark.soak)]
)
def test_03_no_order_of_moves_breaks_the_books(database: Database, examples: int) -> None:
    bound = type("BoundEconomy", (Economy,), {"database": database})
    run_state_machine_as_test(
        bound,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            derandomize=examples < 100,
            suppress_health_check=list(HealthCheck),
        ),
    )
    with database.read() as connection:
        assert ledger.faults(connection) == []
