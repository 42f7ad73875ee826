"""The life of a job as server-sent events, which a caller who lost the line can take up where it broke.

Every change of state is one event with a number; progress comes between them without one, because an old share of
the frames is of no use to anybody.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from firstframe.api import openapi, segmind_shapes
from firstframe.api.auth import CallerOf, identify
from firstframe.api.context import Context, ContextOf
from firstframe.errors import FirstframeError, Forbidden, NotFound, ServiceUnavailable, Unauthorised
from firstframe.service.forecast import OVER
from firstframe.service.history import JobEvent
from firstframe.service.jobs import TERMINAL, Glance, JobView
from firstframe.service.keys import Caller

router = APIRouter(tags=["Segmind v2"])

ATTENTION_SECONDS = 1.0
"""How soon a stream notices that the server stops."""
KEEP_ALIVE_SECONDS = 10.0
RETRY_MILLISECONDS = 2000
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


@router.get("/v2/requests/{request_id}/events", summary="The life of a job as it happens", **openapi.EVENTS)
async def stream(request_id: str, request: Request, context: ContextOf, caller: CallerOf) -> Response:
    """Extension: server-sent events `status`, `progress` and, at the end, `result`.

    With `Last-Event-ID` the stream goes on behind that event; 204 tells that nothing will come any more.
    """
    after = _last_event_id(request)
    try:
        job, events = await run_in_threadpool(context.service.events, caller, request_id, after)
    except NotFound:
        raise NotFound(f"Request {request_id} not found") from None
    if job.is_over and after and not events:
        return Response(status_code=204)
    teller = _Teller(context, caller, partial(identify, request, context), context.base_url(request), after)
    return StreamingResponse(teller.tell(job, events), media_type="text/event-stream", headers=_HEADERS)


@dataclass
class _Teller:
    """One stream: what it has told, and what comes next."""

    context: Context
    caller: Caller
    prove: Callable[[], Caller]
    """The caller by the same key, asked anew."""
    base_url: str
    after: int

    async def tell(self, job: JobView, events: list[JobEvent]) -> AsyncIterator[str]:
        yield f"retry: {RETRY_MILLISECONDS}\n\n"
        told, progress, known = time.monotonic(), 0.0, Glance(job.state, job.progress, job.attempts)
        while True:
            for event in events:
                self.after, told = event.number, time.monotonic()
                yield self._event(job, event)
            if job.is_over or self.context.stopping.since is not None:
                return
            if known.progress != progress:
                progress, told = known.progress, time.monotonic()
                yield _message("progress", json.dumps({"progress": round(progress, 4)}))
            elif time.monotonic() - told >= KEEP_ALIVE_SECONDS:
                told = time.monotonic()
                yield ": still here\n\n"
            before, events = known, []
            known = await self.context.watches.here().change(job.id, before, ATTENTION_SECONDS) or before
            if not await self._may_go_on():
                return
            if (known.state, known.attempts) != (before.state, before.attempts):
                try:
                    job, events = await run_in_threadpool(self.context.service.events, self.caller, job.id, self.after)
                except FirstframeError:
                    return  # the caller takes the stream up again once the database is back

    async def _may_go_on(self) -> bool:
        """Whether the key still opens the stream; a database that is away for a moment does not end it."""
        try:
            (await run_in_threadpool(self.prove)).require("read")
        except (Forbidden, Unauthorised):
            return False
        except ServiceUnavailable:
            return True
        return True

    def _event(self, job: JobView, event: JobEvent) -> str:
        if event.kind in TERMINAL:
            outcome = segmind_shapes.outcome(job, OVER, self.base_url, self.context)
            return _message("result", outcome, event.number)
        status = segmind_shapes.STATUS_OF_STATE[event.kind]
        body = {"status": status, "request_id": job.id, "at": event.created_at.isoformat(), **event.data}
        return _message("status", json.dumps(body), event.number)


def _message(name: str, data: str, number: int | None = None) -> str:
    head = "" if number is None else f"id: {number}\n"
    return f"{head}event: {name}\ndata: {data}\n\n"


def _last_event_id(request: Request) -> int:
    text = request.headers.get("last-event-id", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
