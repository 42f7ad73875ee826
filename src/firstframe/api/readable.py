"""Addresses with a NUL in them name nothing: no database keeps such a text.

The operator's routes say themselves which part it is.
"""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from firstframe.api.errors import error_response
from firstframe.errors import FirstframeError, MalformedRequest, NotFound


class Readable:
    """ASGI middleware that answers unreadable addresses itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; see the module."""
        error = _error(scope) if scope["type"] == "http" else None
        answer = self._app if error is None else error_response(Request(scope), error)
        await answer(scope, receive, send)


def _error(scope: Scope) -> FirstframeError | None:
    if scope["path"].startswith("/admin/"):
        return None
    if "\x00" in scope["path"]:
        return NotFound("There is nothing at this address.")
    if b"\x00" in unquote_to_bytes(scope["query_string"]):
        return MalformedRequest("The query holds a NUL character.")
    return None
