"""Whether this process answers, and whether everything it needs does. No key needed; no details for strangers."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from firstframe.api.context import ContextOf
from firstframe.api.schemas import Health

router = APIRouter(tags=["Health"])


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="The process answers", response_model=Health)
async def alive() -> Response:
    """Touches nothing but this process; for a supervisor that restarts it."""
    return JSONResponse({"status": "ok", "checks": {}})


@router.head("/readyz", include_in_schema=False)
@router.get(
    "/readyz",
    summary="Database, storage and workers answer",
    response_model=Health,
    responses={503: {"model": Health, "description": "Some part does not work, or the server is stopping."}},
)
async def ready(context: ContextOf) -> Response:
    """For a load balancer: 503 while some part does not work, and from the moment the server is told to stop."""
    checks = await run_in_threadpool(context.service.ready)
    if context.stopping.since is not None:
        checks = {**checks, "server": "The server is stopping."}
    works = all(state == "ok" for state in checks.values())
    return JSONResponse({"status": "ok" if works else "unavailable", "checks": checks}, 200 if works else 503)
