"""Segmind's dialect, v2 and v1: how a job is, and what it made. A job that did not succeed is FAILED, under HTTP 422.

Of all routes these are asked the most by far: they take no thread and no injection.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from firstframe.api import openapi, segmind_shapes
from firstframe.api.auth import secret_in
from firstframe.api.context import context_of
from firstframe.api.direct import DirectRoute
from firstframe.api.schemas import ClipResult, StatusBody
from firstframe.errors import NotFound
from firstframe.service.jobs import JobView
from firstframe.service.polls import Question, Seen

router = APIRouter(tags=["Segmind v2"], route_class=DirectRoute)


@router.get(
    "/v2/requests/{request_id}/status",
    summary="Where a job is",
    response_model=StatusBody,
    responses=openapi.poll_errors(),
)
async def status(request_id: str, request: Request) -> Response:
    """QUEUED, PROCESSING, COMPLETED or FAILED, with progress."""
    seen = await _look(request_id, request, f"Request {request_id} not found")
    body = segmind_shapes.status(seen.job, seen.forecast, context_of(request).base_url(request))
    return _answer(body.model_dump_json(exclude_none=True), seen.job)


@router.get(
    "/v2/requests/{request_id}",
    summary="The result of a job",
    response_model=ClipResult | StatusBody,
    responses=openapi.poll_errors(),
)
async def result(request_id: str, request: Request) -> Response:
    """The clip once it is made, with a fresh signed address; before that, the same as the status."""
    return await _result(request_id, request, f"Request {request_id} not found")


@router.get(
    "/v1/requests/{request_id}",
    summary="The result of a job, at the path of v1",
    response_model=ClipResult | StatusBody,
    responses=openapi.poll_errors(),
)
async def result_v1(request_id: str, request: Request) -> Response:
    """The same as `/v2/requests/{request_id}`."""
    return await _result(request_id, request, f"Output for this request ID {request_id} Not Found")


async def _result(request_id: str, request: Request, missing: str) -> Response:
    seen, context = await _look(request_id, request, missing), context_of(request)
    body = segmind_shapes.outcome(seen.job, seen.forecast, context.base_url(request), context)
    return _answer(body, seen.job)


async def _look(request_id: str, request: Request, missing: str) -> Seen:
    try:
        return await context_of(request).desks.here().ask(Question(secret_in(request.headers), request_id))
    except NotFound:
        raise NotFound(missing) from None


def _answer(body: str, job: JobView) -> Response:
    failed = segmind_shapes.STATUS_OF_STATE[job.state] == "FAILED"
    return Response(body, 422 if failed else 200, media_type="application/json")
