"""How much one account, and all together, may ask for: orders in a minute, clips waiting, clips in the making."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select
from sqlalchemy.dialects import postgresql, sqlite

from firstframe.errors import Overloaded, QueueFull, TooManyRequests
from firstframe.service.tables import accounts, jobs, rate_windows
from firstframe.settings import Settings

MINUTE_SECONDS = 60
RETRY_SECONDS = 10


@dataclass(frozen=True)
class Limits:
    """The limits of one account: its own, or those of the settings."""

    running: int
    queued: int
    per_minute: int


@dataclass(frozen=True)
class Allowance:
    """What is left of an account's orders in this minute."""

    limit: int
    remaining: int
    reset_seconds: int
    """Until all of them are back."""


def of(connection: Connection, account_id: str, settings: Settings) -> Limits:
    """The limits that hold for the account."""
    columns = (accounts.c.max_running, accounts.c.max_queued, accounts.c.rate_per_minute)
    running, queued, per_minute = connection.execute(select(*columns).where(accounts.c.id == account_id)).one()
    return Limits(
        settings.account_concurrency if running is None else running,
        settings.account_queue if queued is None else queued,
        settings.rate_per_minute if per_minute is None else per_minute,
    )


def require_room(connection: Connection, account_id: str, settings: Settings, more: int = 1) -> None:
    """Raise `QueueFull` or `Overloaded` unless `more` jobs may wait beside those that do."""
    waiting = jobs.c.state == "queued"
    own = select(func.count()).select_from(jobs).where(waiting, jobs.c.account_id == account_id)
    allowed = of(connection, account_id, settings).queued
    if connection.execute(own).scalar_one() + more > allowed:
        sentence = f"{allowed} clips of this account are waiting, which is its limit; try again when one is done."
        raise QueueFull(sentence, retry_after_seconds=RETRY_SECONDS, limit=allowed)
    every = select(func.count()).select_from(jobs).where(waiting)
    if connection.execute(every).scalar_one() + more > settings.queue_limit:
        raise Overloaded("The server has all the work it takes on; try again soon.", retry_after_seconds=RETRY_SECONDS)


def lane(connection: Connection, account_id: str, running: int, besides: str) -> int:
    """The lane of the account, out of `running`, with the fewest jobs not counting the job `besides`.

    Each lane makes one clip at a time, so the number of lanes is the number of clips in the making.
    """
    active = jobs.c.state.in_(("queued", "running"))
    query = (
        select(jobs.c.lane, func.count())
        .where(jobs.c.account_id == account_id, active, jobs.c.id != besides)
        .group_by(jobs.c.lane)
    )
    load = {row[0]: row[1] for row in connection.execute(query)}
    return min(range(max(1, running)), key=lambda number: (load.get(number, 0), number))


def take(connection: Connection, account_id: str, per_minute: int, at_seconds: float) -> Allowance:
    """Count one order of the account at `at_seconds` (Unix time). Raises `TooManyRequests`; then nothing is counted.

    The generic cell rate algorithm (ITU-T I.371): one number per account, the moment when all orders are back.
    """
    step = MINUTE_SECONDS / per_minute
    kept = connection.execute(select(rate_windows.c.full_at).where(rate_windows.c.account_id == account_id)).scalar()
    if kept is not None and kept + step - at_seconds > MINUTE_SECONDS + 1e-6:
        raise _refused(per_minute, kept + step - at_seconds - MINUTE_SECONDS)
    full_at = _advance(connection, account_id, step, at_seconds)
    if full_at is None:
        raise _refused(per_minute, step)
    remaining = math.floor((MINUTE_SECONDS - (full_at - at_seconds)) / step + 1e-6)
    return Allowance(per_minute, max(0, remaining), math.ceil(full_at - at_seconds))


def _advance(connection: Connection, account_id: str, step: float, at_seconds: float) -> float | None:
    """Move the account's moment on by one step in one statement, unless that is too far ahead."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    base = case((rate_windows.c.full_at > at_seconds, rate_windows.c.full_at), else_=at_seconds)
    statement = (
        insert(rate_windows)
        .values(account_id=account_id, full_at=at_seconds + step)
        .on_conflict_do_update(
            index_elements=[rate_windows.c.account_id],
            set_={"full_at": base + step},
            where=base + step - at_seconds <= MINUTE_SECONDS + 1e-6,
        )
        .returning(rate_windows.c.full_at)
    )
    return connection.execute(statement).scalar_one_or_none()


def _refused(per_minute: int, retry_seconds: float) -> TooManyRequests:
    retry = max(1, math.ceil(retry_seconds))
    return TooManyRequests(
        f"More than {per_minute} orders in a minute; try again in {retry} s.",
        retry_after_seconds=retry,
        limit=per_minute,
        remaining=0,
    )
