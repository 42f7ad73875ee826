"""Waiting for a job without holding a thread: one cheap look at the database now and then."""

from __future__ import annotations

import asyncio
import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from firstframe.api.context import Context
from firstframe.errors import ServiceUnavailable, WaitLimitReached
from firstframe.service.jobs import JobView
from firstframe.service.keys import Caller

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.05, 0.5


async def until_ended(request: Request, context: Context, caller: Caller, job_id: str) -> JobView:
    """The job once it has ended. The job itself goes on whatever happens to the wait.

    Raises `WaitLimitReached` after the setting `wait_seconds`, `ServiceUnavailable` when the server stops before,
    and `ClientDisconnect` when nobody waits any more.
    """
    began, pause = time.monotonic(), _FIRST_PAUSE_SECONDS
    while True:
        job = await run_in_threadpool(context.service.job, caller, job_id)
        if job.is_over:
            return job
        left = context.settings.wait_seconds - (time.monotonic() - began)
        if left <= 0:
            raise WaitLimitReached(
                f"The clip was not ready in time; {_collect(job_id)}", **_where(context, request, job_id)
            )
        if _must_let_go(context, job):
            raise ServiceUnavailable(f"The server is stopping; {_collect(job_id)}", **_where(context, request, job_id))
        if await request.is_disconnected():
            raise ClientDisconnect
        await asyncio.sleep(min(pause, left))
        pause = min(pause * 1.5, _LONGEST_PAUSE_SECONDS)


def _must_let_go(context: Context, job: JobView) -> bool:
    """When the server stops, a clip being made may still be done within the drain; one in the queue will not."""
    stopping = context.stopping.seconds()
    grace = context.settings.drain_seconds / 2 if job.state == "running" else 0
    return stopping > grace


def _collect(job_id: str) -> str:
    return f"the job goes on, and GET /v2/requests/{job_id} gives the result."


def _where(context: Context, request: Request, job_id: str) -> dict[str, str]:
    return {"request_id": job_id, "response_url": f"{context.base_url(request)}/v2/requests/{job_id}"}
