"""Segmind's dialect, v2: submit, then poll (`segmind_polls`); and cancel, as an extension."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from firstframe.api import openapi, segmind_shapes
from firstframe.api.auth import CallerOf
from firstframe.api.context import ContextOf
from firstframe.api.schemas import StatusBody, Submitted
from firstframe.api.segmind import accept
from firstframe.errors import NotFound
from firstframe.service.forecast import OVER

router = APIRouter(tags=["Segmind v2"])


@router.post(
    "/v2/{slug}",
    summary="Submit a job",
    response_model=Submitted,
    responses=openapi.errors(400, 401, 402, 403, 404, 413, 415, 422, 429, 500, 503),
    openapi_extra=openapi.request_body(),
)
async def submit(slug: str, request: Request, context: ContextOf, caller: CallerOf) -> Response:
    """Answers at once with the addresses to poll; the request has been judged whole, the picture included.

    A caller who hangs up before it is answered gets the same job when it sends the same request within half an hour.
    """
    job = await accept(slug, request, context, caller, dialect="segmind-v2")
    if await request.is_disconnected():
        await run_in_threadpool(context.service.let_go, caller, job.id)
    return _json(segmind_shapes.submitted(job, context.base_url(request)))


@router.delete(
    "/v2/requests/{request_id}",
    summary="Cancel a job",
    response_model=StatusBody,
    responses=openapi.errors(401, 403, 404, 409, 500, 503),
)
async def cancel(request_id: str, request: Request, context: ContextOf, caller: CallerOf) -> Response:
    """Extension: ends a job that is queued or running, and gives its credits back; 409 when it has already ended."""
    try:
        job = await run_in_threadpool(context.service.cancel, caller, request_id)
    except NotFound:
        raise NotFound(f"Request {request_id} not found") from None
    return _json(segmind_shapes.status(job, OVER, context.base_url(request)))


def _json(body: StatusBody | Submitted) -> Response:
    return Response(body.model_dump_json(exclude_none=True), media_type="application/json")
