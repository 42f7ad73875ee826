"""Segmind's dialect, v1: one POST that answers when the clip is there."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from firstframe.api import bodies, openapi, own_files, segmind_shapes, waiting
from firstframe.api.auth import CallerOf
from firstframe.api.context import Context, ContextOf
from firstframe.api.files import file_response
from firstframe.api.negotiation import prefers_video
from firstframe.api.tracing import name_after_job
from firstframe.clip import ClipRequest
from firstframe.errors import NotFound
from firstframe.service.jobs import JobView
from firstframe.service.keys import Caller

router = APIRouter(tags=["Segmind v1"])

OFFICIAL_CLIENT = "SDK-PY"


@router.post("/v1/{slug}", summary="Make a clip and wait for it", **openapi.GENERATE)
async def generate(slug: str, request: Request, context: ContextOf, caller: CallerOf) -> Response:
    """Answers 200 with the clip, as JSON or as the video itself, once it is made.

    When the wait limit passes, or the caller hangs up, the job goes on and stays available under its request id.
    """
    job = await accept(slug, request, context, caller, dialect="segmind-v1")
    job = await waiting.until_ended(request, context, caller, job.id)
    if job.state != "succeeded":
        raise segmind_shapes.failure(job)
    if _wants_video(request, context):
        return await run_in_threadpool(_video_response, context, job)
    body = segmind_shapes.result(job, context.base_url(request), context)
    return JSONResponse(body.model_dump(mode="json"), headers=segmind_shapes.headers(job))


async def accept(slug: str, request: Request, context: Context, caller: Caller, *, dialect: str) -> JobView:
    """Read the body, judge it, and hand it to the service; from then on the request goes by the job's id."""
    caller.require("generate")
    if slug not in context.service.slugs():
        raise NotFound(f"Model not found; this server has {', '.join(context.service.slugs())}.")
    fields = await bodies.read_fields(request, context.settings.body_limit_bytes)
    fields["first_frame_image"] = await own_files.resolve(fields.get("first_frame_image"), request, context)
    order = ClipRequest.parse(fields)
    job = await run_in_threadpool(context.service.submit, caller, slug, order, dialect=dialect)
    name_after_job(request, job.id)
    return job


def _wants_video(request: Request, context: Context) -> bool:
    official = request.headers.get("x-initiator", "").upper() == OFFICIAL_CLIENT
    by_default = official or context.settings.segmind_v1_response == "video"
    return prefers_video(request.headers.get("accept"), by_default=by_default)


def _video_response(context: Context, job: JobView) -> Response:
    file = context.service.open_file(context.service.file_token(job))
    return file_response(context, file, segmind_shapes.headers(job))
