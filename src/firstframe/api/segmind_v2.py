"""Segmind's dialect, v2: submit, then poll. A job that did not succeed is FAILED, under HTTP 422.

Polls take no thread of their own: those that come while the database is being asked share the next question to it.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from firstframe.api import openapi, segmind_shapes
from firstframe.api.auth import CallerOf, secret_in
from firstframe.api.context import Context, ContextOf
from firstframe.api.schemas import ClipResult, StatusBody, Submitted
from firstframe.api.segmind import accept
from firstframe.errors import NotFound
from firstframe.service.forecast import OVER, Forecast
from firstframe.service.jobs import JobView
from firstframe.service.polls import Question, Seen

router = APIRouter(tags=["Segmind v2"])


@router.post(
    "/v2/{slug}",
    summary="Submit a job",
    response_model=Submitted,
    responses=openapi.errors(400, 401, 402, 403, 404, 413, 415, 422, 429, 500, 503),
    openapi_extra=openapi.request_body(),
)
async def submit(slug: str, request: Request, context: ContextOf, caller: CallerOf) -> Response:
    """Answers at once with the addresses to poll; the request has been judged whole, the picture included."""
    job = await accept(slug, request, context, caller, dialect="segmind-v2")
    return _json(segmind_shapes.submitted(job, context.base_url(request)).model_dump_json(), 200)


@router.get(
    "/v2/requests/{request_id}/status",
    summary="Where a job is",
    response_model=StatusBody,
    responses=openapi.poll_errors(),
)
async def status(request_id: str, request: Request, context: ContextOf) -> Response:
    """QUEUED, PROCESSING, COMPLETED or FAILED, with progress."""
    seen = await _look(request, context, request_id, f"Request {request_id} not found")
    return _status_response(seen.job, seen.forecast, context.base_url(request))


@router.get(
    "/v2/requests/{request_id}",
    summary="The result of a job",
    response_model=ClipResult | StatusBody,
    responses=openapi.poll_errors(),
)
async def result(request_id: str, request: Request, context: ContextOf) -> Response:
    """The clip once it is made, with a fresh signed address; before that, the same as the status."""
    return await _result(request_id, request, context, f"Request {request_id} not found")


@router.get(
    "/v1/requests/{request_id}",
    summary="The result of a job, at the path of v1",
    response_model=ClipResult | StatusBody,
    responses=openapi.poll_errors(),
)
async def result_v1(request_id: str, request: Request, context: ContextOf) -> Response:
    """The same as `/v2/requests/{request_id}`."""
    return await _result(request_id, request, context, f"Output for this request ID {request_id} Not Found")


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
    return _json(segmind_shapes.status(job, OVER, context.base_url(request)).model_dump_json(exclude_none=True), 200)


async def _look(request: Request, context: Context, request_id: str, missing: str) -> Seen:
    try:
        return await context.desks.here().ask(Question(secret_in(request.headers), request_id))
    except NotFound:
        raise NotFound(missing) from None


async def _result(request_id: str, request: Request, context: Context, missing: str) -> Response:
    seen = await _look(request, context, request_id, missing)
    body = segmind_shapes.outcome(seen.job, seen.forecast, context.base_url(request), context)
    return _json(body, _http_status(seen.job))


def _status_response(job: JobView, forecast: Forecast, base_url: str) -> Response:
    body = segmind_shapes.status(job, forecast, base_url)
    return _json(body.model_dump_json(exclude_none=True), _http_status(job))


def _http_status(job: JobView) -> int:
    return 422 if segmind_shapes.STATUS_OF_STATE[job.state] == "FAILED" else 200


def _json(body: str, http_status: int) -> Response:
    return Response(body, http_status, media_type="application/json")
