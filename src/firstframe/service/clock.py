"""The service's time: aware UTC datetimes everywhere."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """This moment as an aware UTC datetime."""
    return datetime.now(UTC)
