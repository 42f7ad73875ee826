"""The first start: a demo account with credits and one key, so that the first request needs no set-up."""

from __future__ import annotations

from sqlalchemy import Connection

from firstframe.service import accounts, keys
from firstframe.service.clock import now

DEMO = "demo"


def make_demo(connection: Connection, credits_micro: int) -> str | None:
    """In a database without accounts, open the demo account and return its key's secret, once; otherwise None."""
    if accounts.count(connection):
        return None
    account = accounts.create(connection, DEMO, credits_micro)
    return keys.issue(connection, account.id, DEMO)[1]


def is_demo_only(connection: Connection) -> bool:
    """Whether the demo key is the only key that works."""
    live = [
        key
        for key in keys.every(connection)
        if key.revoked_at is None and (not key.expires_at or key.expires_at > now())
    ]
    return all(key.name == DEMO for key in live)
