"""Pictures that callers uploaded here: taken from the storage instead of being fetched over the network.

The guarded client would refuse this server's own address, and rightly; the signed name in it is proof enough.
"""

from __future__ import annotations

import re

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from firstframe.api.context import Context
from firstframe.errors import ImageRejected, NotFound

_PATH = re.compile(r"/files/(?P<token>[A-Za-z0-9_-]{1,200})/[^/?#]+")


def url(base_url: str, token: str, file_name: str) -> str:
    """The address of a file of this server."""
    return f"{base_url}/files/{token}/{file_name}"


async def resolve(source: object, request: Request, context: Context) -> object:
    """The bytes behind `source` when it is an address of this server, else `source` as it is.

    Raises `ImageRejected` when the address has expired.
    """
    token = _token(source, request, context)
    if token is None:
        return source
    try:
        return await run_in_threadpool(context.service.read_file, token)
    except NotFound as error:
        raise ImageRejected("not_found", error.message) from None


def _token(source: object, request: Request, context: Context) -> str | None:
    if not isinstance(source, str) or len(source) > 2000:
        return None
    for base in (context.base_url(request), context.bound_url):
        if source.startswith(f"{base}/") and (found := _PATH.fullmatch(source.removeprefix(base))):
            return found["token"]
    return None
