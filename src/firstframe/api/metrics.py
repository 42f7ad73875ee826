"""`/metrics` for Prometheus."""

from __future__ import annotations

import hmac
import ipaddress

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from firstframe.api import openapi
from firstframe.api.auth import secret_in
from firstframe.api.context import Context, ContextOf
from firstframe.errors import Forbidden

router = APIRouter(tags=["Health"])

FORWARDING = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Headers of a proxy: behind one, everybody seems to be on this machine."""
CLOSED = "Metrics are for this machine alone, or for who sends the bearer token of FIRSTFRAME_METRICS_TOKEN."


@router.get(
    "/metrics",
    summary="For Prometheus",
    response_class=Response,
    responses={200: {"description": "Metrics.", "content": {"text/plain": {}}}, **openapi.errors(403, 500)},
)
async def metrics(request: Request, context: ContextOf) -> Response:
    """Open to this machine alone, or with FIRSTFRAME_METRICS_TOKEN to who sends that token as a bearer."""
    _require_access(request, context)
    content, media_type = await run_in_threadpool(context.metrics.text, request.headers.get("accept", ""))
    return Response(content, media_type=media_type)


def _require_access(request: Request, context: Context) -> None:
    token = context.settings.metrics_token.get_secret_value()
    if token:
        sent = secret_in(request.headers) or ""
        is_open = hmac.compare_digest(sent.encode(), token.encode())
    else:
        is_open = _is_this_machine(request)
    if not is_open:
        raise Forbidden(CLOSED)


def _is_this_machine(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in FORWARDING):
        return False
    try:
        return ipaddress.ip_address(request.client.host.partition("%")[0]).is_loopback
    except ValueError:
        return False
