"""Jobs and their life: queued → running → succeeded | failed | cancelled | expired.

Every move is one `UPDATE … WHERE state IN (…)` that counts its rows, in the same transaction as the money and the
event that belong to it, so of two racing moves exactly one happens. Each start of a render gets the next number of
`attempts`; a finish counts only for the attempt that is still the latest, so a revived worker changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, bindparam, insert, select, update

from firstframe.errors import AlreadyFinished, InvalidParameter, NotFound
from firstframe.service import ledger, timings, webhooks
from firstframe.service.clock import now
from firstframe.service.tables import accounts, assets, job_events, jobs

ACTIVE = ("queued", "running")
UNKNOWN = "There is no such request."
TERMINAL = ("succeeded", "failed", "cancelled", "expired")


@dataclass(frozen=True)
class NewJob:
    """An accepted request, before it is written down."""

    id: str
    account_id: str
    key_id: str
    slug: str
    engine: str
    dialect: str
    prompt: str
    request: dict[str, Any]
    seed: int
    price_micro: int
    deadline_at: datetime
    fingerprint: str | None = None
    webhook_url: str | None = None
    base_url: str | None = None
    retry_of: str | None = None
    """The job that this one tries again."""


@dataclass(frozen=True)
class Output:
    """The published clip of a job."""

    asset_id: str
    content_type: str
    file_name: str
    file_size: int


@dataclass(frozen=True)
class JobView:
    """A job as its owner may see it."""

    id: str
    account_id: str
    slug: str
    engine: str
    dialect: str
    state: str
    """queued, running, succeeded, failed, cancelled or expired."""
    prompt: str
    revised_prompt: str | None
    request: dict[str, Any]
    """The parameters without the picture."""
    seed: int
    price_micro: int
    balance_micro: int
    """Balance of the account now."""
    progress: float
    """Share of the frames done, 0 … 1."""
    attempts: int
    error: str | None
    error_code: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    deadline_at: datetime
    output: Output | None
    report: dict[str, Any] | None
    """How the clip was made, as `Clip.report()` tells it."""
    base_url: str | None = None
    """Where the server was reached when the job was ordered, if the caller said so."""
    webhook_url: str | None = None
    retry_of: str | None = None
    """The job that this one tries again."""
    replayed: bool = False
    """Whether `submit` found this job instead of making it, by its Idempotency-Key or because its client had gone."""

    @property
    def is_over(self) -> bool:
        """Whether the state can never change again."""
        return self.state in TERMINAL


@dataclass(frozen=True)
class Glance:
    """What changes about an active job."""

    state: str
    progress: float
    attempts: int

    @property
    def is_over(self) -> bool:
        """Whether the state can never change again."""
        return self.state in TERMINAL


@dataclass(frozen=True)
class Ending:
    """How a job ends without a clip: the state, a stable code, and one sentence for its owner."""

    state: str
    code: str
    sentence: str


CANCELLED = Ending("cancelled", "cancelled", "The job was cancelled; nothing was charged.")
EXPIRED = Ending("expired", "deadline_passed", "The job was not done by its deadline; nothing was charged.")
ABANDONED = Ending("failed", "engine_failed", "The workers gave this job up after many crashes; nothing was charged.")


def add(connection: Connection, job: NewJob) -> None:
    """Write down an accepted job and hold its price. Raises `InsufficientCredits`."""
    connection.execute(_ADD, vars(job) | {"state": "queued", "created_at": now()})
    ledger.hold(connection, job.account_id, job.id, job.price_micro)
    _tell(connection, job.id, "queued")


def view(connection: Connection, job_id: str, account_id: str | None = None) -> JobView:
    """The job, of that account when one is given. Raises `NotFound`, also for another account's job."""
    row = connection.execute(_view_of_one(), {"wanted": job_id}).mappings().one_or_none()
    if row is None or account_id not in (None, row["account_id"]):
        raise NotFound(UNKNOWN)
    return as_view(row)


def views(connection: Connection, job_ids: Collection[str]) -> dict[str, JobView]:
    """The named jobs of any account, by id; unknown ones are left out."""
    rows = connection.execute(_view_of_many(), {"wanted": list(job_ids)}).mappings()
    return {row["id"]: as_view(row) for row in rows}


def put_in_lane(connection: Connection, job_id: str, lane: int) -> None:
    """Say in which of its account's lanes the job waits."""
    connection.execute(_PUT_IN_LANE, {"wanted": job_id, "number": lane})


_ADD = insert(jobs)
_TELL = insert(job_events)
_PUT_IN_LANE = update(jobs).where(jobs.c.id == bindparam("wanted")).values(lane=bindparam("number"))


@lru_cache
def _view_of_one() -> Select[Any]:
    """Built once: building the statement costs as much as running it."""
    return select_views().where(jobs.c.id == bindparam("wanted"))


@lru_cache
def _view_of_many() -> Select[Any]:
    return select_views().where(jobs.c.id.in_(bindparam("wanted", expanding=True)))


def glance(connection: Connection, job_ids: Collection[str]) -> dict[str, Glance]:
    """The named jobs at a glance, by id; unknown ones are left out."""
    query = select(jobs.c.id, jobs.c.state, jobs.c.progress, jobs.c.attempts).where(jobs.c.id.in_(job_ids))
    return {row.id: Glance(row.state, row.progress, row.attempts) for row in connection.execute(query)}


VIEW = (
    jobs,
    accounts.c.balance_micro,
    assets.c.content_type,
    assets.c.file_name,
    assets.c.file_size,
    assets.c.details,
)
"""The columns that `as_view` needs."""


def select_views() -> Select[Any]:
    """The query of all jobs with what `as_view` needs; narrow and order it."""
    return (
        select(*VIEW)
        .join(accounts, accounts.c.id == jobs.c.account_id)
        .outerjoin(assets, assets.c.id == jobs.c.output_asset_id)
    )


def begin(connection: Connection, job_id: str, worker: str, attempts_max: int) -> int | None:
    """Start the next attempt and return its number; None when the job is over, or ends here for good reason."""
    row = connection.execute(select(jobs).where(jobs.c.id == job_id).with_for_update()).mappings().one_or_none()
    if row is None or row["state"] in TERMINAL:
        return None
    if row["deadline_at"] <= now():
        end(connection, job_id, EXPIRED)
        return None
    if row["attempts"] - row["attempts_given_back"] >= attempts_max:
        sentence = f"The clip could not be made in {attempts_max} attempts; nothing was charged."
        end(connection, job_id, Ending("failed", "engine_failed", sentence))
        return None
    attempt = int(row["attempts"]) + 1
    started_at = row["started_at"] or now()
    connection.execute(
        update(jobs)
        .where(jobs.c.id == job_id)
        .values(state="running", attempts=attempt, worker=worker, progress=0, started_at=started_at)
    )
    _tell(connection, job_id, "running", attempt=attempt)
    return attempt


def give_back(connection: Connection, job_id: str, attempt: int) -> None:
    """Return an attempt that its worker gave up to shut down; it does not count against the job."""
    moved = connection.execute(
        update(jobs)
        .where(*_attempt(job_id, attempt))
        .values(state="queued", progress=0, attempts_given_back=jobs.c.attempts_given_back + 1)
    )
    if moved.rowcount:
        _tell(connection, job_id, "queued")


def progress(connection: Connection, job_id: str, attempt: int, share: float) -> None:
    """Note how far the attempt is, 0 … 1."""
    connection.execute(update(jobs).where(*_attempt(job_id, attempt)).values(progress=share))


def standing(connection: Connection, job_id: str) -> tuple[str, int]:
    """State of the job and number of its latest attempt: all that a render needs to know whether to go on."""
    row = connection.execute(select(jobs.c.state, jobs.c.attempts).where(jobs.c.id == job_id)).one_or_none()
    return (row.state, row.attempts) if row else ("cancelled", 0)


def succeed(connection: Connection, job_id: str, attempt: int, asset_id: str) -> bool:
    """Publish the clip of the attempt and keep the price; False when another move was first."""
    made = connection.execute(select(assets.c.details).where(assets.c.id == asset_id)).scalar_one()
    moved = connection.execute(
        update(jobs)
        .where(*_attempt(job_id, attempt))
        .values(
            state="succeeded",
            progress=1,
            finished_at=now(),
            output_asset_id=asset_id,
            revised_prompt=made["report"].get("revised_prompt"),
        )
    )
    if not moved.rowcount:
        return False
    columns = (jobs.c.account_id, jobs.c.engine, jobs.c.created_at, jobs.c.started_at)
    job = connection.execute(select(*columns).where(jobs.c.id == job_id)).one()
    ledger.settle(connection, job.account_id, job_id)
    waited = (job.started_at - job.created_at).total_seconds()
    timings.note(connection, job.engine, {"queue": waited, **made["report"].get("timings", {})})
    _tell(connection, job_id, "succeeded")
    webhooks.owe(connection, job_id, "succeeded", now())
    return True


def end(connection: Connection, job_id: str, ending: Ending, attempt: int | None = None) -> bool:
    """End an active job without a clip and give its price back; False when another move was first.

    With `attempt`, only while that attempt is the latest and running.
    """
    which = (jobs.c.id == job_id, jobs.c.state.in_(ACTIVE)) if attempt is None else _attempt(job_id, attempt)
    moved = connection.execute(
        update(jobs)
        .where(*which)
        .values(state=ending.state, error=ending.sentence, error_code=ending.code, finished_at=now())
        .returning(jobs.c.account_id, jobs.c.price_micro)
    ).one_or_none()
    if moved is None:
        return False
    ledger.release(connection, moved.account_id, job_id, moved.price_micro, ending.state)
    _tell(connection, job_id, ending.state, code=ending.code)
    webhooks.owe(connection, job_id, ending.state, now())
    return True


def cancel(connection: Connection, job_id: str, account_id: str | None) -> JobView:
    """End the job, which must be that account's unless it is None, at once; a running render notices by itself.

    Raises `NotFound`, and `AlreadyFinished` when the job is over, cancelled ones included.
    """
    before = view(connection, job_id, account_id)
    if not end(connection, job_id, CANCELLED):
        raise AlreadyFinished(f"The job has already ended: {before.state}.", state=before.state)
    return view(connection, job_id)


def active(connection: Connection) -> list[str]:
    """Jobs that are not over."""
    return list(connection.execute(select(jobs.c.id).where(jobs.c.state.in_(ACTIVE))).scalars())


def let_go(connection: Connection, job_id: str, account_id: str) -> None:
    """Note that nobody waits for the job any more, so that the same request may take it up."""
    connection.execute(update(jobs).where(jobs.c.id == job_id, jobs.c.account_id == account_id).values(let_go_at=now()))


def find_let_go(connection: Connection, account_id: str, fingerprint: str, since: datetime) -> str | None:
    """The account's latest job of this request that was let go after `since` and may still bear fruit."""
    asked = {"account": account_id, "wanted": fingerprint, "since": since}
    return connection.execute(_let_go_since(), asked).scalar_one_or_none()


@lru_cache
def _let_go_since() -> Select[Any]:
    fits = (
        jobs.c.account_id == bindparam("account"),
        jobs.c.fingerprint == bindparam("wanted"),
        jobs.c.let_go_at >= bindparam("since"),
        jobs.c.state.in_((*ACTIVE, "succeeded")),
    )
    return select(jobs.c.id).where(*fits).order_by(jobs.c.created_at.desc()).limit(1)


def take_up(connection: Connection, job_id: str) -> bool:
    """Take up a job that was let go; False when another caller was first."""
    taken = update(jobs).where(jobs.c.id == job_id, jobs.c.let_go_at.is_not(None)).values(let_go_at=None)
    return connection.execute(taken).rowcount == 1


def again(connection: Connection, job_id: str, price_micro: int, deadline_at: datetime) -> NewJob:
    """A new job that asks for the same as one that ended without a clip.

    Raises `NotFound`, `InvalidParameter` for a job that is not over or succeeded.
    """
    row = connection.execute(select(jobs).where(jobs.c.id == job_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(UNKNOWN)
    if not row["prompt"]:
        raise NotFound("The words of this job are gone.")
    if row["state"] in (*ACTIVE, "succeeded"):
        raise InvalidParameter("job", row["state"], "a job that failed, was cancelled or has expired")
    same = {name: row[name] for name in NewJob.__dataclass_fields__}
    new = {"id": str(uuid4()), "price_micro": price_micro, "deadline_at": deadline_at, "retry_of": job_id}
    return NewJob(**same | new)


def overdue(connection: Connection) -> list[str]:
    """Active jobs whose deadline has passed."""
    query = select(jobs.c.id).where(jobs.c.state.in_(ACTIVE), jobs.c.deadline_at <= now())
    return list(connection.execute(query).scalars())


def events(connection: Connection, job_id: str, after: int = 0) -> Iterable[RowMapping]:
    """The job's events with a number above `after`, in order: id, kind, data, created_at."""
    return connection.execute(_events_after(), {"wanted": job_id, "after": after}).mappings().all()


@lru_cache
def _events_after() -> Select[Any]:
    later = (job_events.c.job_id == bindparam("wanted"), job_events.c.id > bindparam("after"))
    return select(job_events).where(*later).order_by(job_events.c.id)


def _attempt(job_id: str, attempt: int) -> tuple[ColumnElement[bool], ...]:
    return jobs.c.id == job_id, jobs.c.state == "running", jobs.c.attempts == attempt


def _tell(connection: Connection, job_id: str, kind: str, **data: object) -> None:
    connection.execute(_TELL, {"job_id": job_id, "kind": kind, "data": data, "created_at": now()})


def as_view(row: RowMapping) -> JobView:
    """A row of `select_views` as a job."""
    output = None
    if row["output_asset_id"] is not None:
        output = Output(row["output_asset_id"], row["content_type"], row["file_name"], row["file_size"])
    shown = {name: row[name] for name in _SHOWN}
    return JobView(**shown, output=output, report=row["details"]["report"] if row["details"] else None)


_SHOWN = tuple(JobView.__dataclass_fields__.keys() - {"output", "report", "replayed"})
"""What `as_view` takes from its row as it is."""
