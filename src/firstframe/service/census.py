"""The numbers of the whole deployment, whatever process did the work: counted in the database, for /metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from firstframe.service import timings, workers
from firstframe.service.clock import now
from firstframe.service.jobs import ACTIVE, TERMINAL
from firstframe.service.tables import accounts, assets, jobs, webhook_deliveries
from firstframe.service.timings import Histogram


@dataclass(frozen=True)
class Census:
    """One count of everything."""

    active: dict[tuple[str, str], int]
    """Engine, state → jobs that are not over."""
    ended: dict[tuple[str, str, str], int]
    """Engine, state, error code → jobs that are over; only grows."""
    oldest_queued_seconds: dict[str, float]
    """Engine → how long its longest waiting job has waited."""
    workers_alive: dict[str, int]
    """Engine → workers that beat lately and hold it."""
    deliveries: dict[str, int]
    """State → webhooks that are remembered."""
    stored_bytes: dict[str, int]
    """Kind of file → bytes of those that are kept."""
    stages: list[Histogram]
    held_micro: int
    balance_micro: int


def take(connection: Connection) -> Census:
    """Count."""
    kept, entered = jobs.c, jobs.c.state
    ended = select(kept.engine, entered, func.coalesce(kept.error_code, ""), func.count())
    waiting = select(kept.engine, func.min(kept.created_at)).where(entered == "queued").group_by(kept.engine)
    balances = select(func.coalesce(func.sum(accounts.c.balance_micro), 0))
    held = select(func.coalesce(func.sum(kept.price_micro), 0)).where(entered.in_(ACTIVE))
    of_kind = select(assets.c.kind, func.sum(assets.c.file_size)).where(assets.c.deleted_at.is_(None))
    return Census(
        active=_counts(connection, _by_state().where(entered.in_(ACTIVE))),
        ended=_counts(connection, ended.where(entered.in_(TERMINAL)).group_by(kept.engine, entered, kept.error_code)),
        oldest_queued_seconds={
            engine: (now() - since).total_seconds() for engine, since in connection.execute(waiting)
        },
        workers_alive=_workers_alive(connection),
        deliveries=_counts(
            connection, select(webhook_deliveries.c.state, func.count()).group_by(webhook_deliveries.c.state)
        ),
        stored_bytes=_counts(connection, of_kind.group_by(assets.c.kind)),
        stages=timings.every(connection),
        held_micro=int(connection.execute(held).scalar_one()),
        balance_micro=int(connection.execute(balances).scalar_one()),
    )


def _by_state() -> Select[Any]:
    return select(jobs.c.engine, jobs.c.state, func.count()).group_by(jobs.c.engine, jobs.c.state)


def _counts(connection: Connection, query: Select[Any]) -> dict[Any, int]:
    """The last column of a query by the ones before it."""
    rows = (tuple(row) for row in connection.execute(query))
    return {row[:-1] if len(row) > 2 else row[0]: int(row[-1]) for row in rows}


def _workers_alive(connection: Connection) -> dict[str, int]:
    alive: dict[str, int] = {}
    for worker in workers.every(connection):
        for engine in worker.engines:
            alive[engine] = alive.get(engine, 0) + worker.is_alive
    return alive
