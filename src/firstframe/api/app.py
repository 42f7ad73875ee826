"""The app: every dialect on one root, one body for every error, one id for every request."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from firstframe.api import (
    admin,
    errors,
    events,
    files,
    health,
    metrics,
    openapi,
    reference,
    segmind,
    segmind_account,
    segmind_history,
    segmind_polls,
    segmind_v2,
    webhooks,
)
from firstframe.api.context import Context, Stopping
from firstframe.api.readable import Readable
from firstframe.api.tracing import Tracing
from firstframe.service.front import Service
from firstframe.settings import Settings

DEFAULT_URL = "http://127.0.0.1:8000"

ROUTERS = (
    segmind_polls.router,
    health.router,
    metrics.router,
    admin.router,
    reference.router,
    files.router,
    segmind_account.router,
    segmind_history.router,
    webhooks.router,
    segmind_v2.router,
    events.router,
    segmind.router,
)
"""In order of matching: what is asked most, then literal paths, then the dialects that take any slug."""


def create_app(
    service: Service,
    settings: Settings,
    *,
    bound_url: str = DEFAULT_URL,
    stopping: Stopping | None = None,
) -> FastAPI:
    """The HTTP front of `service`, which must be started and stopped by the caller.

    `bound_url` is the address listened on, `stopping` what the signal handler tells.
    """
    app = FastAPI(
        title="firstframe",
        version=version("firstframe"),
        summary="One image and one sentence in, one video out.",
        description=openapi.DESCRIPTION,
        openapi_tags=openapi.TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
    )
    context = app.state.context = Context(service, settings, bound_url, stopping or Stopping())
    app.add_middleware(Readable)
    app.add_middleware(Tracing, answered=context.metrics.answered)
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router)
    _complete_document(app)
    return app


def _operation_id(route: APIRoute) -> str:
    method = min(route.methods or {""}).lower()
    return f"{route.endpoint.__module__.rpartition('.')[2]}_{route.name}_{method}"


def _complete_document(app: FastAPI) -> None:
    generate = app.openapi

    def document() -> dict[str, Any]:
        return openapi.complete(generate())

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way to extend the document
