"""Who is calling: the key in `x-api-key` or `Authorization`, turned into a `Caller` before the body is read."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers

from firstframe.api.context import Context, ContextOf
from firstframe.service.keys import Caller

_SCHEMES = ("bearer", "key", "token")


def secret_in(headers: Headers) -> str | None:
    """The key that a request carries, in any of the forms that clients of such APIs use; None without one."""
    if secret := headers.get("x-api-key", "").strip():
        return secret
    scheme, _, secret = headers.get("authorization", "").strip().partition(" ")
    return secret.strip() or None if scheme.lower() in _SCHEMES else None


def identify(request: Request, context: Context) -> Caller:
    """The account and key behind a request; asks the database, so call it in a thread unless looks are short.

    Raises `Unauthorised` with one of the two published sentences.
    """
    return context.service.authenticate(secret_in(request.headers))


async def _caller(request: Request, context: ContextOf) -> Caller:
    if context.service.looks_are_short:
        return identify(request, context)
    return await run_in_threadpool(identify, request, context)


CallerOf = Annotated[Caller, Depends(_caller)]
"""Route parameter: the authenticated caller."""
