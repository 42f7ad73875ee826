"""What an account may order now, told by one look at the database: before an order is judged, and when it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from firstframe.errors import Overloaded, QueueFull
from firstframe.service import accounts, ledger, limits
from firstframe.service.limits import Limits
from firstframe.service.tables import accounts as accounts_table
from firstframe.service.tables import jobs
from firstframe.settings import Settings

RETRY_SECONDS = 10


@dataclass(frozen=True)
class Standing:
    """An account, its limits, and the queue that it would join."""

    is_suspended: bool
    balance_micro: int
    limits: Limits
    waiting: int
    """Clips of this account that are queued."""
    waiting_of_all: int
    queue_limit: int

    def require_active(self) -> None:
        """Raise `AccountSuspended` when the account is."""
        if self.is_suspended:
            raise accounts.suspension()

    def require_credits(self, price_micro: int) -> None:
        """Raise `InsufficientCredits` when the balance does not cover the price now; `ledger.hold` is what decides."""
        if self.balance_micro < price_micro:
            raise ledger.insufficient(self.balance_micro, price_micro)

    def require_room(self, more: int) -> None:
        """Raise `QueueFull` or `Overloaded` unless `more` jobs may wait beside those that do."""
        allowed = self.limits.queued
        if self.waiting + more > allowed:
            sentence = f"{allowed} clips of this account are waiting, which is its limit; try again when one is done."
            raise QueueFull(sentence, retry_after_seconds=RETRY_SECONDS, limit=allowed)
        if self.waiting_of_all + more > self.queue_limit:
            sentence = "The server has all the work it takes on; try again soon."
            raise Overloaded(sentence, retry_after_seconds=RETRY_SECONDS)


def of(connection: Connection, account_id: str, settings: Settings) -> Standing:
    """How the account stands."""
    row = connection.execute(_look(), {"account": account_id}).one()
    kept = limits.kept(row, settings)
    return Standing(
        row.suspended_at is not None,
        row.balance_micro,
        kept,
        row.waiting,
        row.waiting_of_all,
        settings.queue_limit,
    )


@lru_cache
def _look() -> Select[Any]:
    """Built once: every order asks this twice, and building the statement costs more than running it."""
    waiting = select(func.count()).select_from(jobs).where(jobs.c.state == "queued")
    account = accounts_table.c
    return select(
        account.suspended_at,
        account.balance_micro,
        *limits.COLUMNS,
        waiting.where(jobs.c.account_id == bindparam("account")).scalar_subquery().label("waiting"),
        waiting.scalar_subquery().label("waiting_of_all"),
    ).where(account.id == bindparam("account"))
