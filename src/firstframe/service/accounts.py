"""Accounts: who pays. Their balances move only through `ledger`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, insert, select, update

from firstframe.errors import AccountSuspended, NotFound
from firstframe.service import ledger
from firstframe.service.clock import now
from firstframe.service.tables import accounts


@dataclass(frozen=True)
class Account:
    """One payer."""

    id: str
    name: str
    balance_micro: int
    created_at: datetime
    suspended_at: datetime | None = None
    """Since when it can order nothing; None for an account in good standing."""
    max_running: int | None = None
    """Its own limits; None means that the general one holds."""
    max_queued: int | None = None
    rate_per_minute: int | None = None


def create(connection: Connection, name: str, grant_micro: int = 0) -> Account:
    """Open an account, with a first grant when `grant_micro` is not zero."""
    account_id = str(uuid4())
    connection.execute(insert(accounts).values(id=account_id, name=name, balance_micro=0, created_at=now()))
    if grant_micro:
        ledger.grant(connection, account_id, grant_micro, "opening grant")
    return get(connection, account_id)


def get(connection: Connection, account_id: str) -> Account:
    """The account of that id. Raises `NotFound`."""
    row = connection.execute(select(accounts).where(accounts.c.id == account_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no account {account_id}.")
    return _account(row)


def every(connection: Connection, limit: int | None = None, offset: int = 0) -> list[Account]:
    """All accounts, or a part of them, oldest first."""
    query = select(accounts).order_by(accounts.c.created_at, accounts.c.id).limit(limit).offset(offset)
    return [_account(row) for row in connection.execute(query)]


def require_active(connection: Connection, account_id: str) -> None:
    """Raise `AccountSuspended` when the account is."""
    query = select(accounts.c.suspended_at).where(accounts.c.id == account_id)
    if connection.execute(query).scalar_one_or_none() is not None:
        raise suspension()


def suspension() -> AccountSuspended:
    """The error of an account that is suspended."""
    return AccountSuspended("This account is suspended; ask who runs this server.")


def suspend(connection: Connection, account_id: str, suspended: bool) -> None:
    """Let the account order nothing from now on, or let it again; jobs that it has are made."""
    kept = accounts.c.suspended_at
    which = (accounts.c.id == account_id, kept.is_(None) if suspended else kept.is_not(None))
    connection.execute(update(accounts).where(*which).values(suspended_at=now() if suspended else None))


def count(connection: Connection) -> int:
    """How many accounts there are."""
    return int(connection.execute(select(func.count()).select_from(accounts)).scalar_one())


def _account(row: Row[Any]) -> Account:
    return Account(**{name: getattr(row, name) for name in Account.__dataclass_fields__})
