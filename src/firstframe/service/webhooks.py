"""Webhooks by the Standard Webhooks specification 1.0.0: what is owed, how it is signed, and when it is told again."""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import Connection, exists, func, insert, select, update

from firstframe.errors import AlreadyFinished, InvalidParameter, NotFound
from firstframe.service.tables import accounts, jobs, webhook_deliveries

URL_MAX_CHARACTERS = 2048
DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
"""Before each attempt, counted from the one before: the schedule that the specification recommends."""
LEASE = timedelta(seconds=90)
"""How long one attempt may take before another courier may try; longer than the client's own limit."""
SECRET_BYTES = 32
SECRETS_MAX = 2
State = Literal["pending", "delivered", "failed", "disabled"]
GONE = 410
SAID_GONE = f"HTTP {GONE}"


@dataclass(frozen=True)
class Delivery:
    """One event owed to one address."""

    id: str
    account_id: str
    job_id: str
    url: str
    event: str
    state: str
    """pending, delivered, failed (given up) or disabled (the other side said 410)."""
    attempts: int
    next_at: datetime
    last_answer: str | None
    created_at: datetime
    finished_at: datetime | None


def check(url: str) -> None:
    """Raise `InvalidParameter` unless `url` may be told of events; where it leads is judged when it is called."""
    allowed = f"an http or https address of at most {URL_MAX_CHARACTERS} characters"
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and _is_host(parts.hostname) and parts.port != 0
        fits = fits and len(url) <= URL_MAX_CHARACTERS and url.isprintable() and " " not in url
    except ValueError:
        fits = False
    if not fits:
        raise InvalidParameter("webhook_url", url, allowed)


def _is_host(name: str | None) -> bool:
    """Whether a host of that name can be asked for. Raises `ValueError` for what is no domain name at all."""
    return bool(name) and bool(str(name).encode("idna"))


def owe(connection: Connection, job_id: str, state: str, at: datetime) -> None:
    """Owe the job's webhook, if it has one, the news that it ended; an address that said 410 gets none any more."""
    query = select(jobs.c.account_id, jobs.c.webhook_url).where(jobs.c.id == job_id, jobs.c.webhook_url.is_not(None))
    row = connection.execute(query).one_or_none()
    if row is None or _is_disabled(connection, row.account_id, row.webhook_url):
        return
    connection.execute(
        insert(webhook_deliveries).values(
            id=str(uuid4()),
            account_id=row.account_id,
            job_id=job_id,
            url=row.webhook_url,
            event=f"job.{state}",
            state="pending",
            next_at=at + DELAYS[0],
            created_at=at,
        )
    )


def due(connection: Connection, at: datetime, count: int, besides: Collection[str] = ()) -> list[Delivery]:
    """The longest due deliveries, at most `count`, to other addresses than `besides`."""
    kept = webhook_deliveries.c
    query = select(webhook_deliveries).where(kept.state == "pending", kept.next_at <= at, kept.url.not_in(besides))
    return [Delivery(**row) for row in connection.execute(query.order_by(kept.next_at).limit(count)).mappings()]


def lease(connection: Connection, delivery: Delivery, at: datetime) -> bool:
    """Take the next attempt of a delivery for this process; False when another was first."""
    kept = webhook_deliveries.c
    taken = connection.execute(
        update(webhook_deliveries)
        .where(kept.id == delivery.id, kept.state == "pending", kept.attempts == delivery.attempts)
        .values(attempts=kept.attempts + 1, next_at=at + LEASE)
    )
    return taken.rowcount == 1


def note(connection: Connection, delivery: Delivery, status: int | None, answer: str, at: datetime) -> None:
    """Write down how the attempt after `delivery.attempts` went: an HTTP status or None, and a word for people."""
    attempts = delivery.attempts + 1
    if SAID_GONE in (delivery.last_answer or "") and answer != SAID_GONE:
        answer = f"{answer}, after {SAID_GONE}"
    values: dict[str, Any] = {"last_answer": answer}
    if status is not None and 200 <= status < 300:
        values |= {"state": "delivered", "finished_at": at}
    elif status == GONE:
        values |= {"state": "disabled", "finished_at": at}
    elif attempts >= len(DELAYS):
        values |= {"state": "failed", "finished_at": at}
    else:
        values |= {"next_at": at + DELAYS[attempts]}
    kept = webhook_deliveries.c
    connection.execute(
        update(webhook_deliveries)
        .where(kept.id == delivery.id, kept.state == "pending", kept.attempts == attempts)
        .values(values)
    )


def resend(connection: Connection, delivery_id: str, at: datetime) -> Delivery:
    """Owe a delivery anew that was delivered or given up, under its old id, also to an address that had said 410.

    Raises `NotFound`, and `AlreadyFinished` for one that is still being told.
    """
    kept = webhook_deliveries.c
    again = {"state": "pending", "attempts": 0, "next_at": at, "finished_at": None}
    over = (kept.id == delivery_id, kept.state != "pending")
    owed = connection.execute(update(webhook_deliveries).where(*over).values(again)).rowcount == 1
    row = connection.execute(select(webhook_deliveries).where(kept.id == delivery_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no webhook {delivery_id}.")
    if not owed:
        raise AlreadyFinished(f"This webhook is still being told, at {row['next_at']:%H:%M:%S} UTC the next time.")
    return Delivery(**row)


def of_job(connection: Connection, job_id: str) -> list[Delivery]:
    """Everything owed for the job, oldest first."""
    query = select(webhook_deliveries).where(webhook_deliveries.c.job_id == job_id)
    ordered = query.order_by(webhook_deliveries.c.created_at)
    return [Delivery(**row) for row in connection.execute(ordered).mappings()]


def page(
    connection: Connection, state: str | None, account_id: str | None, limit: int, offset: int
) -> tuple[list[Delivery], int]:
    """Deliveries of that state and account, or of any, newest first, and how many there are."""
    kept = webhook_deliveries.c
    wanted = [column == value for column, value in ((kept.state, state), (kept.account_id, account_id)) if value]
    total = connection.execute(select(func.count()).select_from(webhook_deliveries).where(*wanted)).scalar_one()
    query = select(webhook_deliveries).where(*wanted).order_by(kept.created_at.desc(), kept.id)
    rows = connection.execute(query.limit(limit).offset(offset)).mappings()
    return [Delivery(**row) for row in rows], int(total)


def secrets_of(connection: Connection, account_id: str) -> list[str]:
    """The account's signing secrets, newest first; the first is made on first use."""
    kept = connection.execute(select(accounts.c.webhook_secrets).where(accounts.c.id == account_id)).scalar_one()
    return str(kept).split() or rotate(connection, account_id)


def rotate(connection: Connection, account_id: str) -> list[str]:
    """A new signing secret; the one before it keeps signing too, so that receivers can change over in peace."""
    columns = accounts.c
    kept = connection.execute(select(columns.webhook_secrets).where(columns.id == account_id).with_for_update())
    fresh = "whsec_" + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    both = [fresh, *str(kept.scalar_one()).split()][:SECRETS_MAX]
    connection.execute(update(accounts).where(columns.id == account_id).values(webhook_secrets=" ".join(both)))
    return both


def body(event: str, at: datetime, data: dict[str, Any]) -> bytes:
    """The JSON that is sent and signed."""
    content = {"type": event, "timestamp": at.isoformat(), "data": data}
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


def headers(message_id: str, at: datetime, content: bytes, signing: Sequence[str]) -> dict[str, str]:
    """The headers that let the receiver check who sent `content`, and when; one signature for each secret."""
    seconds = int(at.timestamp())
    signed = f"{message_id}.{seconds}.".encode() + content
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(_signature(secret, signed) for secret in signing),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix("whsec_"))
    return "v1," + b64encode(hmac.new(key, signed, sha256).digest()).decode()


def _is_disabled(connection: Connection, account_id: str, url: str) -> bool:
    kept = webhook_deliveries.c
    disabled = (kept.state != "delivered") & kept.last_answer.contains(SAID_GONE)
    said_gone = exists().where(kept.account_id == account_id, kept.url == url, disabled)
    return bool(connection.execute(select(said_gone)).scalar())
