"""Segmind's dialect, v2: submit, then poll. A job that did not succeed is FAILED, under HTTP 422.

Polls are plain functions: each takes one thread once, for the key, the job and the answer.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from firstframe.api import openapi, segmind_shapes
from firstframe.api.auth import CallerOf, identify
from firstframe.api.context import Context, ContextOf
from firstframe.api.schemas import ClipResult, StatusBody, Submitted
from firstframe.api.segmind import accept
from firstframe.errors import NotFound
from firstframe.service.jobs import JobView
from firstframe.service.keys import Caller

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
    return _answer(segmind_shapes.submitted(job, context.base_url(request)), 200)


@router.get(
    "/v2/requests/{request_id}/status",
    summary="Where a job is",
    response_model=StatusBody,
    responses=openapi.poll_errors(),
)
def status(request_id: str, request: Request, context: ContextOf) -> Response:
    """QUEUED, PROCESSING, COMPLETED or FAILED, with progress."""
    job = _find(context, identify(request, context), request_id, f"Request {request_id} not found")
    return _status_response(job, request, context)


@router.get(
    "/v2/requests/{request_id}",
    summary="The result of a job",
    response_model=ClipResult | StatusBody,
    responses=openapi.poll_errors(),
)
def result(request_id: str, request: Request, context: ContextOf) -> Response:
    """The clip once it is made, with a fresh signed address; before that, the same as the status."""
    job = _find(context, identify(request, context), request_id, f"Request {request_id} not found")
    return _result_response(job, request, context)


@router.get(
    "/v1/requests/{request_id}",
    summary="The result of a job, at the path of v1",
    response_model=ClipResult | StatusBody,
    responses=openapi.poll_errors(),
)
def result_v1(request_id: str, request: Request, context: ContextOf) -> Response:
    """The same as `/v2/requests/{request_id}`."""
    job = _find(context, identify(request, context), request_id, f"Output for this request ID {request_id} Not Found")
    return _result_response(job, request, context)


@router.delete(
    "/v2/requests/{request_id}",
    summary="Cancel a job",
    response_model=StatusBody,
    responses=openapi.errors(401, 403, 404, 409, 500, 503),
)
def cancel(request_id: str, request: Request, context: ContextOf) -> Response:
    """Extension: ends a job that is queued or running, and gives its credits back; 409 when it has already ended."""
    caller = identify(request, context)
    caller.require("generate")
    _find(context, caller, request_id, f"Request {request_id} not found")
    job = context.service.cancel(caller, request_id)
    return _answer(segmind_shapes.status(job, context.base_url(request), context), 200)


def _find(context: Context, caller: Caller, request_id: str, missing: str) -> JobView:
    caller.require("read")
    try:
        return context.service.job(caller, request_id)
    except NotFound:
        raise NotFound(missing) from None


def _status_response(job: JobView, request: Request, context: Context) -> Response:
    body = segmind_shapes.status(job, context.base_url(request), context)
    return _answer(body, 422 if body.status == "FAILED" else 200)


def _result_response(job: JobView, request: Request, context: Context) -> Response:
    body = segmind_shapes.outcome(job, context.base_url(request), context)
    return JSONResponse(body, 422 if body["status"] == "FAILED" else 200)


def _answer(body: StatusBody | Submitted, http_status: int) -> Response:
    return JSONResponse(body.model_dump(mode="json", exclude_none=True), http_status)
