"""Money: an append-only ledger of whole micro-credits, and the balance that it adds up to.

A job's price is held when it is accepted (`hold`, negative), and then either kept (`settle`, 0) or given back
(`release`, positive). The balance moves in the same transaction as its entry and can never go below zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Connection, Row, bindparam, exists, func, insert, select, update

from firstframe.errors import AlreadyFinished, IdempotencyMismatch, InsufficientCredits
from firstframe.service.clock import now
from firstframe.service.prices import in_credits
from firstframe.service.tables import accounts, jobs, ledger_entries


@dataclass(frozen=True)
class Entry:
    """One movement of an account's credits."""

    id: int
    account_id: str
    job_id: str | None
    kind: str
    """grant, refund, hold, settle or release."""
    amount_micro: int
    reason: str
    created_at: datetime
    idempotency_key: str | None = None
    """Under which it was granted, if any."""


def told_kind(kind: str, job_id: str | None) -> str:
    """How a kind is called to people: a grant that names a job is a refund."""
    return "refund" if kind == "grant" and job_id else kind


def page(connection: Connection, account_id: str, limit: int, offset: int) -> tuple[list[Entry], int]:
    """The account's entries, newest first, and how many there are."""
    kept = ledger_entries.c
    total = connection.execute(select(func.count()).where(kept.account_id == account_id)).scalar_one()
    query = select(ledger_entries).where(kept.account_id == account_id).order_by(kept.id.desc())
    rows = connection.execute(query.limit(limit).offset(offset)).mappings()
    return [Entry(**{**row, "kind": told_kind(row["kind"], row["job_id"])}) for row in rows], int(total)


def grant(connection: Connection, account_id: str, amount_micro: int, reason: str, key: str | None = None) -> None:
    """Add `amount_micro` to the account, or take it when negative; under one `key` once, however often it is asked.

    Raises `InsufficientCredits` when the balance would go below zero, `IdempotencyMismatch` when the key was used for
    another amount or reason.
    """
    if key is not None and _was_granted(connection, account_id, amount_micro, reason, key):
        return
    _move(connection, account_id, amount_micro)
    _enter(connection, account_id, None, "grant", amount_micro, reason, key)


def _was_granted(connection: Connection, account_id: str, amount_micro: int, reason: str, key: str) -> bool:
    # Two that come together with one key take turns at the account's row; SQLite's writers do so anyway.
    connection.execute(select(accounts.c.id).where(accounts.c.id == account_id).with_for_update())
    entered = ledger_entries.c
    query = select(entered.amount_micro, entered.reason)
    found = connection.execute(query.where(entered.account_id == account_id, entered.idempotency_key == key))
    earlier = found.one_or_none()
    if earlier is not None and tuple(earlier) != (amount_micro, reason):
        raise IdempotencyMismatch("This Idempotency-Key was used for another grant; use a new one for each.")
    return earlier is not None


def hold(connection: Connection, account_id: str, job_id: str, price_micro: int) -> None:
    """Take the price of a job from the balance. The job's row must exist.

    Raises `InsufficientCredits`, naming balance and need; then nothing has changed.
    """
    _move(connection, account_id, -price_micro)
    _enter(connection, account_id, job_id, "hold", -price_micro, "price of a clip")


def settle(connection: Connection, account_id: str, job_id: str) -> None:
    """Keep what was held for a job that succeeded."""
    _enter(connection, account_id, job_id, "settle", 0, "clip delivered")


def release(connection: Connection, account_id: str, job_id: str, price_micro: int, reason: str) -> None:
    """Give back what was held for a job that ended without a clip."""
    _move(connection, account_id, price_micro)
    _enter(connection, account_id, job_id, "release", price_micro, reason)


def refund(connection: Connection, account_id: str, job_id: str, amount_micro: int, reason: str) -> None:
    """Give back what a delivered clip cost, or a part of it.

    It is a grant that names its job. Raises `AlreadyFinished` when the job was refunded before.
    """
    entered = exists().where(ledger_entries.c.job_id == job_id, ledger_entries.c.kind == "grant")
    if connection.execute(select(entered)).scalar():
        raise AlreadyFinished("This job was refunded before.")
    _move(connection, account_id, amount_micro)
    _enter(connection, account_id, job_id, "grant", amount_micro, reason)


def balance(connection: Connection, account_id: str) -> int:
    """Balance of the account in micro-credits."""
    return int(connection.execute(select(accounts.c.balance_micro).where(accounts.c.id == account_id)).scalar_one())


def faults(connection: Connection) -> list[str]:
    """Every breach of the ledger's promises, one sentence each; an empty list is a sound ledger."""
    found = [
        f"Account {row.id} has a balance of {row.balance_micro} but entries of {row.entered}."
        for row in _unbalanced(connection)
    ]
    for kind, states in (("settle", ("succeeded",)), ("release", ("failed", "cancelled", "expired"))):
        entered = exists().where(ledger_entries.c.job_id == jobs.c.id, ledger_entries.c.kind == kind)
        due = jobs.c.state.in_(states)
        query = select(jobs.c.id, jobs.c.state).where(due != entered)
        found += [f"Job {row.id} is {row.state}, which does not fit its {kind}." for row in connection.execute(query)]
    held = exists().where(ledger_entries.c.job_id == jobs.c.id, ledger_entries.c.kind == "hold")
    return found + [f"Job {row.id} has no hold." for row in connection.execute(select(jobs.c.id).where(~held))]


def _unbalanced(connection: Connection) -> list[Row[tuple[str, int, int]]]:
    entered = func.coalesce(func.sum(ledger_entries.c.amount_micro), 0)
    query = (
        select(accounts.c.id, accounts.c.balance_micro, entered.label("entered"))
        .outerjoin_from(accounts, ledger_entries, ledger_entries.c.account_id == accounts.c.id)
        .group_by(accounts.c.id, accounts.c.balance_micro)
        .having(entered != accounts.c.balance_micro)
    )
    return list(connection.execute(query))


def _move(connection: Connection, account_id: str, amount_micro: int) -> None:
    if connection.execute(_MOVE, {"account": account_id, "amount": amount_micro}).rowcount != 1:
        raise insufficient(balance(connection, account_id), -amount_micro)


_MOVE = (
    update(accounts)
    .where(accounts.c.id == bindparam("account"), accounts.c.balance_micro + bindparam("amount", type_=BigInteger) >= 0)
    .values(balance_micro=accounts.c.balance_micro + bindparam("amount", type_=BigInteger))
)


def insufficient(held_micro: int, needed_micro: int) -> InsufficientCredits:
    """The error of a balance of `held_micro` that does not cover `needed_micro`."""
    held, needed = in_credits(held_micro), in_credits(needed_micro)
    return InsufficientCredits(
        f"Insufficient credits: the balance is {held} and {needed} is needed; add credits or choose a cheaper clip.",
        balance=float(held),
        needed=float(needed),
    )


def _enter(
    connection: Connection,
    account_id: str,
    job_id: str | None,
    kind: str,
    amount_micro: int,
    reason: str,
    key: str | None = None,
) -> None:
    entry = {"account_id": account_id, "job_id": job_id, "kind": kind, "amount_micro": amount_micro, "reason": reason}
    connection.execute(_ENTER, entry | {"created_at": now(), "idempotency_key": key})


_ENTER = insert(ledger_entries)
