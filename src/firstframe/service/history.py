"""Looking back: the events of one job, and an account's jobs page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, asc, desc, func, select

from firstframe.service import jobs
from firstframe.service.jobs import JobView
from firstframe.service.tables import jobs as table

SORTS: dict[str, ColumnElement[Any]] = {
    "created": table.c.created_at,
    "slug": table.c.slug,
    "price": table.c.price_micro,
}


@dataclass(frozen=True)
class JobEvent:
    """One change in the life of a job; numbers grow with time."""

    number: int
    kind: str
    data: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True)
class Search:
    """Which jobs of an account to show."""

    page: int = 1
    per_page: int = 20
    since: datetime | None = None
    before: datetime | None = None
    slug_part: str = ""
    """Text that the slug contains."""
    states: tuple[str, ...] = ()
    """Empty means any."""
    sort: str = "created"
    """A key of `SORTS`."""
    descending: bool = True


@dataclass(frozen=True)
class Page:
    """One page of jobs, and how many there are on all of them."""

    jobs: list[JobView]
    total: int


def events(connection: Connection, job_id: str, after: int = 0) -> list[JobEvent]:
    """The job's events with a number above `after`, in order."""
    rows = jobs.events(connection, job_id, after)
    return [JobEvent(row["id"], row["kind"], row["data"], row["created_at"]) for row in rows]


def page(connection: Connection, account_id: str | None, search: Search) -> Page:
    """The jobs that `search` asks for, of that account, or of all when it is None."""
    wanted = _conditions(account_id, search)
    total = connection.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()
    direction = desc if search.descending else asc
    query = (
        jobs.select_views()
        .where(*wanted)
        .order_by(direction(SORTS[search.sort]), direction(table.c.id))
        .limit(search.per_page)
        .offset((search.page - 1) * search.per_page)
    )
    return Page([jobs.as_view(row) for row in connection.execute(query).mappings()], int(total))


def _conditions(account_id: str | None, search: Search) -> list[ColumnElement[bool]]:
    wanted = [] if account_id is None else [table.c.account_id == account_id]
    if search.since:
        wanted.append(table.c.created_at >= search.since)
    if search.before:
        wanted.append(table.c.created_at < search.before)
    if search.slug_part:
        wanted.append(table.c.slug.contains(search.slug_part, autoescape=True))
    if search.states:
        wanted.append(table.c.state.in_(search.states))
    return wanted
