"""Segmind's dialect, v1: one POST that answers when the clip is there."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from firstframe import logs
from firstframe.api import bodies, openapi, own_files, rate_limits, segmind_shapes, waiting
from firstframe.api.auth import CallerOf
from firstframe.api.context import Context, ContextOf
from firstframe.api.files import file_response
from firstframe.api.negotiation import prefers_video
from firstframe.api.tracing import announce, name_after_job
from firstframe.clip import ClipRequest
from firstframe.errors import InvalidParameter, NotFound, ServiceUnavailable, WaitLimitReached
from firstframe.service.jobs import JobView
from firstframe.service.keys import Caller

router = APIRouter(tags=["Segmind v1"])

OFFICIAL_CLIENT = "SDK-PY"


@router.post("/v1/{slug}", summary="Make a clip and wait for it", **openapi.GENERATE)
async def generate(slug: str, request: Request, context: ContextOf, caller: CallerOf) -> Response:
    """Answers 200 with the clip, as JSON or as the video itself, once it is made.

    When the wait limit passes, or the caller hangs up, the job goes on: the same request sent again within half an
    hour takes it up instead of paying twice, and `/v2/requests/{request_id}` has its result.
    """
    job = await accept(slug, request, context, caller, dialect="segmind-v1")
    job = await _wait(request, context, caller, job.id)
    if job.state != "succeeded":
        raise segmind_shapes.failure(job)
    if _wants_video(request, context):
        return await run_in_threadpool(_video_response, context, job)
    body = segmind_shapes.result(job, context.base_url(request), context)
    return JSONResponse(body.model_dump(mode="json"), headers=segmind_shapes.headers(job))


async def accept(slug: str, request: Request, context: Context, caller: Caller, *, dialect: str) -> JobView:
    """Admit the caller, read and judge the body, and hand the order to the service.

    From then on the request goes by the job's id. An order that repeats an earlier one gets that one's job.
    """
    caller.require("generate")
    if slug not in context.service.slugs():
        raise NotFound(f"Model not found; this server has {', '.join(context.service.slugs())}.")
    allowance = await run_in_threadpool(context.service.admit, caller)
    if allowance:
        announce(request, rate_limits.headers_of(allowance))
    async with context.counter.place():
        fields = await bodies.read_fields(request, context.settings.body_limit_bytes)
        logs.hide(fields.get("prompt"))
        fields["first_frame_image"] = await own_files.resolve(fields.get("first_frame_image"), request, context)
        submit = partial(
            context.service.submit,
            caller,
            slug,
            ClipRequest.parse(fields),
            dialect=dialect,
            idempotency_key=request.headers.get("idempotency-key"),
            webhook_url=_webhook_url(fields),
            base_url=context.base_url(request),
        )
        job = await context.counter.judge(submit)
    name_after_job(request, job.id)
    if job.replayed:
        announce(request, {"idempotent-replayed": "true"})
    return job


def _webhook_url(fields: bodies.Fields) -> str | None:
    url = fields.get("webhook_url")
    if url is not None and not isinstance(url, str):
        raise InvalidParameter("webhook_url", url, "an http or https address")
    return url or None


async def _wait(request: Request, context: Context, caller: Caller, job_id: str) -> JobView:
    """Wait for the job; should its caller go without the answer, the same request sent again takes the job up."""
    try:
        return await waiting.until_ended(request, context, caller, job_id)
    except (ClientDisconnect, WaitLimitReached, ServiceUnavailable):
        await run_in_threadpool(context.service.let_go, caller, job_id)
        raise


def _wants_video(request: Request, context: Context) -> bool:
    official = request.headers.get("x-initiator", "").upper() == OFFICIAL_CLIENT
    by_default = official or context.settings.segmind_v1_response == "video"
    return prefers_video(request.headers.get("accept"), by_default=by_default)


def _video_response(context: Context, job: JobView) -> Response:
    file = context.service.open_file(context.service.file_token(job))
    return file_response(context, file, None, segmind_shapes.headers(job))
