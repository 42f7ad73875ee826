"""Chores that one host does for all: whoever comes first when it is time takes the turn, in the database."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from firstframe.service.clock import now
from firstframe.service.tables import chores

LEASE = timedelta(hours=1)
"""How long a turn may last before another may take it: its host may have died, or failed."""


def take(connection: Connection, name: str, every: timedelta) -> bool:
    """Whether the chore is due, not having been done for `every`, and the turn is now this process's."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(chores).values(name=name).on_conflict_do_nothing())
    moment, kept = now(), chores.c
    due = or_(kept.done_at.is_(None), kept.done_at <= moment - every)
    free = or_(kept.taken_at.is_(None), kept.taken_at <= moment - LEASE)
    return connection.execute(update(chores).where(kept.name == name, due, free).values(taken_at=moment)).rowcount == 1


def done(connection: Connection, name: str) -> None:
    """The turn is over, and the chore done."""
    connection.execute(update(chores).where(chores.c.name == name).values(done_at=now(), taken_at=None))
