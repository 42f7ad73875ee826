"""Accounts: who pays. Their balances move only through `ledger`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select

from firstframe.errors import NotFound
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
    return Account(row.id, row.name, row.balance_micro, row.created_at)


def every(connection: Connection) -> list[Account]:
    """All accounts, oldest first."""
    rows = connection.execute(select(accounts).order_by(accounts.c.created_at, accounts.c.id))
    return [Account(row.id, row.name, row.balance_micro, row.created_at) for row in rows]


def count(connection: Connection) -> int:
    """How many accounts there are."""
    return int(connection.execute(select(func.count()).select_from(accounts)).scalar_one())
