"""Waiting for a job without holding a thread, until it has ended or there is a reason to wait no longer."""

from __future__ import annotations

import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from firstframe.api.context import Context
from firstframe.errors import ServiceUnavailable, WaitLimitReached
from firstframe.service.jobs import Glance, JobView
from firstframe.service.keys import Caller

ATTENTION_SECONDS = 0.5
"""How soon a wait notices that its caller has gone or the server stops."""


async def until_ended(request: Request, context: Context, caller: Caller, job_id: str) -> JobView:
    """The job once it has ended. The job itself goes on whatever happens to the wait.

    Raises `WaitLimitReached` after the setting `wait_seconds`, `ServiceUnavailable` when the server stops before,
    and `ClientDisconnect` when nobody waits any more.
    """
    until = time.monotonic() + context.settings.wait_seconds
    seen: Glance | None = None
    while seen is None or not seen.is_over:
        left = until - time.monotonic()
        if left <= 0:
            raise WaitLimitReached(
                f"The clip was not ready in time; {_collect(job_id)}", **_where(context, request, job_id)
            )
        if _must_let_go(context, seen):
            raise ServiceUnavailable(f"The server is stopping; {_collect(job_id)}", **_where(context, request, job_id))
        if await request.is_disconnected():
            raise ClientDisconnect
        seen = await context.watches.here().change(job_id, seen, min(left, ATTENTION_SECONDS)) or seen
    return await run_in_threadpool(context.service.job, caller, job_id)


def _must_let_go(context: Context, seen: Glance | None) -> bool:
    """When the server stops, a clip being made may still be done within the drain; one in the queue will not."""
    grace = context.settings.drain_seconds / 2 if seen and seen.state == "running" else 0
    return context.stopping.seconds() > grace


def _collect(job_id: str) -> str:
    return f"the job goes on, and GET /v2/requests/{job_id} gives the result."


def _where(context: Context, request: Request, job_id: str) -> dict[str, str]:
    return {"request_id": job_id, "response_url": f"{context.base_url(request)}/v2/requests/{job_id}"}
