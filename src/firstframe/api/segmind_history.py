"""Segmind's generation history: an account's own requests, by date, model and outcome."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from firstframe.api import openapi
from firstframe.api.account_schemas import GenerationPage, GenerationRow, HistoryPage, HistoryRow, HistoryStatus
from firstframe.api.auth import CallerOf
from firstframe.api.context import Context, ContextOf
from firstframe.api.files import file_url
from firstframe.errors import Forbidden, InvalidParameter, NotFound
from firstframe.service.history import Page, Search
from firstframe.service.jobs import JobView
from firstframe.service.keys import Caller
from firstframe.service.prices import MICRO

router = APIRouter(prefix="/inference-request", tags=["History"])

WINDOW_DAYS, WINDOW_DAYS_MAX = 7, 31
RECENT = 10
PAGE_MAX = 100_000
STATES: dict[HistoryStatus, tuple[str, ...]] = {
    "COMPLETED": ("succeeded",),
    "FAILED": ("failed", "cancelled", "expired"),
    "PENDING": ("queued", "running"),
}
SORTS = {"model_created": "created", "model_name": "slug", "credits_deduction": "price"}
SortBy = Literal["model_created", "model_name", "credits_deduction"]

PageNumber = Annotated[int, Query(ge=1, le=PAGE_MAX, description="Page, from 1.")]
PageSize = Annotated[int, Query(ge=1, le=100, description="Rows per page.")]
Day = Annotated[
    Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 30))] | None, Query(description="YYYY-MM-DD, UTC.")
]
SlugPart = Annotated[str, Query(max_length=100, description="Part of the slug.")]
Who = Annotated[str | None, Query(max_length=100, description="Only one's own account may be named.")]
_ERRORS = openapi.errors(400, 401, 403, 500, 503)


@router.get("/request-history", summary="Requests with cost, inputs and outcome", responses=_ERRORS)
async def history(
    request: Request,
    context: ContextOf,
    caller: CallerOf,
    page: PageNumber = 1,
    per_page: PageSize = 20,
    from_date: Day = None,
    to_date: Day = None,
    model_name: SlugPart = "",
    status: HistoryStatus | None = None,
    user_id: Who = None,
    user_email: Who = None,
    sort_by: SortBy = "model_created",
    sort_order: Literal["asc", "desc"] = "desc",
) -> HistoryPage:
    """Failed requests and those in flight included; the last 7 days unless dates say otherwise, 31 days at most."""
    _require_self(caller, user_id, user_email)
    since, before = _window(from_date, to_date)
    states = STATES[status] if status else ()
    sort, descending = SORTS[sort_by], sort_order == "desc"
    search = Search(page, per_page, since, before, model_name, states, sort, descending)
    found = await run_in_threadpool(context.service.history, caller, search)
    base_url = context.base_url(request)
    rows = [_history_row(job, base_url, context) for job in found.jobs]
    return HistoryPage(data=rows, page=page, per_page=per_page, total=found.total, total_pages=_pages(found, per_page))


@router.get("/request-history/{request_id}", summary="One request", responses=openapi.errors(401, 403, 404, 500, 503))
async def history_row(request_id: str, request: Request, context: ContextOf, caller: CallerOf) -> HistoryRow:
    """Of any age."""
    try:
        job = await run_in_threadpool(context.service.job, caller, request_id)
    except NotFound:
        raise NotFound(f"Request {request_id} not found") from None
    return _history_row(job, context.base_url(request), context)


@router.get("/generations", summary="Clips that were made", responses=_ERRORS)
async def generations(
    request: Request,
    context: ContextOf,
    caller: CallerOf,
    page: PageNumber = 1,
    model_name: SlugPart = "",
    start_date: Day = None,
    end_date: Day = None,
    user_id: Who = None,
) -> GenerationPage:
    """Newest first, 20 on a page."""
    _require_self(caller, user_id, None)
    since = _midnight(start_date) if start_date else None
    before = _midnight(end_date + timedelta(days=1)) if end_date else None
    search = Search(page, since=since, before=before, slug_part=model_name, states=STATES["COMPLETED"])
    return await _generations(request, context, caller, search)


@router.get("/recent-generations", summary="The latest clips of a model", responses=_ERRORS)
async def recent(request: Request, context: ContextOf, caller: CallerOf, model_name: SlugPart) -> GenerationPage:
    """The ten newest."""
    search = Search(per_page=RECENT, slug_part=model_name, states=STATES["COMPLETED"])
    return await _generations(request, context, caller, search)


async def _generations(request: Request, context: Context, caller: Caller, search: Search) -> GenerationPage:
    found = await run_in_threadpool(context.service.history, caller, search)
    base_url = context.base_url(request)
    return GenerationPage(
        data=[_generation_row(job, base_url, context) for job in found.jobs],
        page=search.page,
        per_page=search.per_page,
        total=found.total,
        total_pages=_pages(found, search.per_page),
    )


def _history_row(job: JobView, base_url: str, context: Context) -> HistoryRow:
    return HistoryRow(
        request_id=job.id,
        model_name=job.slug,
        model_status=_status(job),
        model_created=job.created_at,
        credits_deduction=_cost(job),
        request_body={"prompt": job.prompt, **job.request},
        generation_url=_clip_url(job, base_url, context),
        latency_ms=_latency_ms(job),
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        error=job.error,
    )


def _generation_row(job: JobView, base_url: str, context: Context) -> GenerationRow:
    return GenerationRow(
        request_id=job.id,
        model_name=job.slug,
        generation_url=_clip_url(job, base_url, context),
        status=_status(job),
        credits_deduction=_cost(job),
        latency_ms=_latency_ms(job),
        prompt=job.prompt,
        parameters=job.request,
        user_id=job.account_id,
        created_at=job.created_at,
    )


def _clip_url(job: JobView, base_url: str, context: Context) -> str | None:
    return file_url(base_url, context, job) if job.output else None


def _status(job: JobView) -> HistoryStatus:
    return next(status for status, states in STATES.items() if job.state in states)


def _cost(job: JobView) -> float:
    return job.price_micro / MICRO if job.state == "succeeded" else 0.0


def _latency_ms(job: JobView) -> int | None:
    return round(1000 * (job.finished_at - job.created_at).total_seconds()) if job.finished_at else None


def _pages(found: Page, per_page: int) -> int:
    return -(-found.total // per_page)


def _require_self(caller: Caller, user_id: str | None, user_email: str | None) -> None:
    if user_email or (user_id and user_id != caller.account_id):
        raise Forbidden("Only the requests of your own account can be shown.")


def _window(from_date: date | None, to_date: date | None) -> tuple[datetime, datetime]:
    """The moments between which requests are shown; both days are included."""
    last = to_date or max(datetime.now(UTC).date(), from_date or date.min)
    first = from_date or last - timedelta(days=WINDOW_DAYS)
    if first > last or (last - first).days > WINDOW_DAYS_MAX:
        raise InvalidParameter("from_date", str(first), f"a day before to_date, at most {WINDOW_DAYS_MAX} days")
    return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
