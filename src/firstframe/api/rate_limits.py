"""How many orders are left, as headers: the IETF's draft fields, and the ones that the hosted API sends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from firstframe.errors import FirstframeError
from firstframe.service.limits import MINUTE_SECONDS, Allowance


def headers_of(allowance: Allowance) -> dict[str, str]:
    """The headers that tell `allowance`. Source: draft-ietf-httpapi-ratelimit-headers-11."""
    reset_at = datetime.now(UTC) + timedelta(seconds=allowance.reset_seconds)
    return {
        "ratelimit-policy": f'"orders";q={allowance.limit};w={MINUTE_SECONDS}',
        "ratelimit": f'"orders";r={allowance.remaining};t={allowance.reset_seconds}',
        "x-rate-limit-remaining": str(allowance.remaining),
        "x-rate-limit-reset-at-utc": reset_at.isoformat(timespec="seconds"),
    }


def headers_of_refusal(error: FirstframeError) -> dict[str, str]:
    """The headers of an error that says when to come back; empty for others."""
    details = error.details
    retry_seconds = details.get("retry_after_seconds")
    if not isinstance(retry_seconds, int):
        return {}
    headers = {"retry-after": str(retry_seconds)}
    if isinstance(details.get("remaining"), int) and isinstance(details.get("limit"), int):
        headers |= headers_of(Allowance(int(str(details["limit"])), int(str(details["remaining"])), retry_seconds))
    return headers
