"""A request id for every request, the headers that every answer carries, and one line per request in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import cast
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from firstframe import logs

log = logging.getLogger("firstframe.access")

_HEADERS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cache-control": "no-store"}
_SECRET_PATHS = (b"/files/",)


def request_id_of(request: Request) -> str:
    """The id under which the answer and the log speak of this request."""
    return cast("str", request.state.request_id)


def name_after_job(request: Request, job_id: str) -> None:
    """From now on this request goes by the id of the job it made, which is what callers may ask for later."""
    request.state.request_id = job_id
    logs.speak_of(job_id)


def announce(request: Request, headers: Mapping[str, str]) -> None:
    """Add headers to the answer of this request, whichever it will be."""
    request.state.announced.update(headers)


class Tracing:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, answered: Callable[[Scope, int, float], None]) -> None:
        self._app = app
        self._answered = answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; see the module."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state |= {"request_id": str(uuid4()), "announced": {}}
        logs.speak_of(state["request_id"])
        began, status, seconds = time.monotonic(), 500, None

        async def send_traced(message: Message) -> None:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                status, seconds = message["status"], time.monotonic() - began
                headers = MutableHeaders(scope=message)
                headers.setdefault("x-request-id", state["request_id"])
                for name, value in {**state["announced"], **_HEADERS}.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_traced)
        finally:
            lasted = time.monotonic() - began
            self._answered(scope, status, lasted if seconds is None else seconds)
            milliseconds = round(1000 * lasted)
            said = (scope["method"], _shown_path(scope), status, milliseconds)
            fields = dict(zip(("method", "path", "status", "milliseconds"), said, strict=True))
            log.info("%s %s %d %d ms %s", *said, state["request_id"], extra={"fields": fields})


def _shown_path(scope: Scope) -> str:
    """The path as it came over the wire, still percent-encoded, without query and without tokens."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.partition(b"?")[0]
    for prefix in _SECRET_PATHS:
        if path.startswith(prefix):
            return prefix.decode() + "…"
    return ascii(path)[2:-1]
