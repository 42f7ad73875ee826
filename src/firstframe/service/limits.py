"""How much one account, and all together, may ask for: orders in a minute, clips waiting, clips in the making."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Double, Executable, Row, Select, bindparam, case, func, outerjoin, select
from sqlalchemy.dialects import postgresql, sqlite

from firstframe.errors import TooManyRequests
from firstframe.service.tables import accounts, jobs, rate_windows
from firstframe.settings import Settings

MINUTE_SECONDS = 60
ROUNDING_SECONDS = 1e-6


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


COLUMNS = (accounts.c.max_running, accounts.c.max_queued, accounts.c.rate_per_minute)
"""What `kept` needs of an account."""


def of(connection: Connection, account_id: str, settings: Settings) -> Limits:
    """The limits that hold for the account."""
    row = connection.execute(select(*COLUMNS).where(accounts.c.id == account_id)).one()
    return kept(row, settings)


def kept(row: Row[*tuple[Any, ...]], settings: Settings) -> Limits:
    """The limits that hold, given a row with `COLUMNS`."""
    return Limits(
        settings.account_concurrency if row.max_running is None else row.max_running,
        settings.account_queue if row.max_queued is None else row.max_queued,
        settings.rate_per_minute if row.rate_per_minute is None else row.rate_per_minute,
    )


def lane(connection: Connection, account_id: str, running: int, besides: str) -> int:
    """The lane of the account, out of `running`, with the fewest jobs not counting the job `besides`.

    Each lane makes one clip at a time, so the number of lanes is the number of clips in the making.
    """
    load = {row[0]: row[1] for row in connection.execute(_lanes(), {"account": account_id, "besides": besides})}
    return min(range(max(1, running)), key=lambda number: (load.get(number, 0), number))


@lru_cache
def _lanes() -> Select[Any]:
    own = (jobs.c.account_id == bindparam("account"), jobs.c.id != bindparam("besides"))
    active = jobs.c.state.in_(("queued", "running"))
    return select(jobs.c.lane, func.count()).where(*own, active).group_by(jobs.c.lane)


def admit(connection: Connection, account_id: str, settings: Settings, at_seconds: float) -> Allowance | None:
    """Count one order of the account, as `take` does; None when its rate is not limited."""
    row = connection.execute(_rate(), {"account": account_id}).one()
    per_minute = kept(row, settings).per_minute
    return _take(connection, account_id, per_minute, at_seconds, row.full_at) if per_minute else None


@lru_cache
def _rate() -> Select[Any]:
    """An account's limits and where it is in its minute."""
    both = outerjoin(accounts, rate_windows, rate_windows.c.account_id == accounts.c.id)
    return select(*COLUMNS, rate_windows.c.full_at).select_from(both).where(accounts.c.id == bindparam("account"))


def take(connection: Connection, account_id: str, per_minute: int, at_seconds: float) -> Allowance:
    """Count one order of the account at `at_seconds` (Unix time). Raises `TooManyRequests`; then nothing is counted.

    The generic cell rate algorithm (ITU-T I.371): one number per account, the moment when all orders are back.
    """
    full_at = connection.execute(select(rate_windows.c.full_at).where(rate_windows.c.account_id == account_id)).scalar()
    return _take(connection, account_id, per_minute, at_seconds, full_at)


def _take(
    connection: Connection, account_id: str, per_minute: int, at_seconds: float, seen_full_at: float | None
) -> Allowance:
    step = MINUTE_SECONDS / per_minute
    if seen_full_at is not None and seen_full_at + step - at_seconds > MINUTE_SECONDS + ROUNDING_SECONDS:
        raise _refused(per_minute, seen_full_at + step - at_seconds - MINUTE_SECONDS)
    asked = {"account_id": account_id, "full_at": at_seconds + step, "now": at_seconds, "step": step}
    full_at = connection.execute(_advance(connection.dialect.name), asked).scalar_one_or_none()
    if full_at is None:
        raise _refused(per_minute, step)
    remaining = math.floor((MINUTE_SECONDS - (full_at - at_seconds)) / step + ROUNDING_SECONDS)
    return Allowance(per_minute, max(0, remaining), math.ceil(full_at - at_seconds))


@lru_cache
def _advance(dialect: str) -> Executable:
    """Move an account's moment on by `step` from `now`, in one statement, unless that is too far ahead."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    at, step = bindparam("now", type_=Double), bindparam("step", type_=Double)
    base = case((rate_windows.c.full_at > at, rate_windows.c.full_at), else_=at)
    return (
        insert(rate_windows)
        .values(account_id=bindparam("account_id"), full_at=bindparam("full_at"))
        .on_conflict_do_update(
            index_elements=[rate_windows.c.account_id],
            set_={"full_at": base + step},
            where=base + step - at <= MINUTE_SECONDS + ROUNDING_SECONDS,
        )
        .returning(rate_windows.c.full_at)
    )


def _refused(per_minute: int, retry_seconds: float) -> TooManyRequests:
    retry = max(1, math.ceil(retry_seconds))
    return TooManyRequests(
        f"More than {per_minute} orders in a minute; try again in {retry} s.",
        retry_after_seconds=retry,
        limit=per_minute,
        remaining=0,
    )
