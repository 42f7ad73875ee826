"""Jobs as Segmind's dialect tells of them: bodies, states, metrics and headers."""

from __future__ import annotations

from datetime import datetime

from firstframe.api.context import Context
from firstframe.api.files import file_url
from firstframe.api.schemas import ClipResult, Metrics, RequestStatus, StatusBody, Submitted, VideoFile
from firstframe.errors import FirstframeError
from firstframe.service.forecast import Forecast
from firstframe.service.jobs import JobView
from firstframe.service.prices import MICRO

STATUS_OF_STATE: dict[str, RequestStatus] = {
    "queued": "QUEUED",
    "running": "PROCESSING",
    "succeeded": "COMPLETED",
    "failed": "FAILED",
    "cancelled": "FAILED",
    "expired": "FAILED",
}
_HTTP_STATUS_OF_CODE = {"cancelled": 409, "deadline_passed": 504, "engine_unavailable": 502}


def submitted(job: JobView, base_url: str) -> Submitted:
    """What a submit answers."""
    request = f"{base_url}/v2/requests/{job.id}"
    return Submitted(
        request_id=job.id,
        status=STATUS_OF_STATE[job.state],
        poll_url=f"{base_url}/v1/requests/{job.id}",
        status_url=f"{request}/status",
        response_url=request,
        events_url=f"{request}/events",
    )


def status(job: JobView, forecast: Forecast, base_url: str) -> StatusBody:
    """What a poll answers."""
    request = f"{base_url}/v2/requests/{job.id}"
    return StatusBody(
        status=STATUS_OF_STATE[job.state],
        request_id=job.id,
        status_url=f"{request}/status",
        response_url=request,
        progress=round(job.progress, 4),
        queue_position=forecast.queue_position,
        eta_seconds=None if forecast.eta_seconds is None else round(forecast.eta_seconds, 1),
        error=job.error,
        code=job.error_code,
        metrics=metrics(job),
    )


def result(job: JobView, base_url: str, context: Context) -> ClipResult:
    """What a succeeded job answers, with a fresh signed address."""
    assert job.output is not None
    url = file_url(base_url, context, job)
    report = job.report or {}
    return ClipResult(
        status="COMPLETED",
        request_id=job.id,
        output=url,
        video=VideoFile(
            url=url,
            content_type=job.output.content_type,
            file_name=job.output.file_name,
            file_size=str(job.output.file_size),
        ),
        seed=str(job.seed),
        prompt=job.prompt,
        revised_prompt=job.revised_prompt,
        direction=report.get("direction"),
        engine=job.engine,
        timings=report.get("timings", {}),
        metrics=metrics(job),
    )


def outcome(job: JobView, forecast: Forecast, base_url: str, context: Context) -> str:
    """The whole body that tells of a job, as JSON: its result once it has succeeded, else its status."""
    if job.state == "succeeded":
        return result(job, base_url, context).model_dump_json()
    return status(job, forecast, base_url).model_dump_json(exclude_none=True)


def metrics(job: JobView) -> Metrics:
    """Times as far as known, and money once the job has succeeded."""
    times = Metrics(
        inference_time=_seconds(job.started_at, job.finished_at),
        queue_time=_seconds(job.created_at, job.started_at),
        total_time=_seconds(job.created_at, job.finished_at),
    )
    if job.state != "succeeded":
        return times
    return times.model_copy(update={"cost": job.price_micro / MICRO, "remaining_credits": job.balance_micro / MICRO})


def headers(job: JobView) -> dict[str, str]:
    """The accounting headers of v1."""
    numbers = metrics(job)
    return {
        "x-request-id": job.id,
        "x-generation-time": f"{numbers.inference_time or 0:.3f}",
        "x-cost": f"{job.price_micro / MICRO:.6f}",
        "x-remaining-credits": f"{job.balance_micro / MICRO:.6f}",
        "x-seed-value": str(job.seed),
    }


def failure(job: JobView) -> FirstframeError:
    """The error by which v1 tells that a job did not succeed; it cost nothing."""
    error = FirstframeError(job.error or "The job did not succeed.", request_id=job.id)
    error.code = job.error_code or error.code
    error.status = _HTTP_STATUS_OF_CODE.get(error.code, error.status)
    return error


def _seconds(begin: datetime | None, end: datetime | None) -> float | None:
    return round((end - begin).total_seconds(), 3) if begin and end else None
