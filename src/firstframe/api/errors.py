"""Every error as one JSON body, on every path: `error`, `code`, `status`, `request_id`, and what else is known."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from firstframe.api import rate_limits
from firstframe.api.tracing import request_id_of
from firstframe.errors import (
    FirstframeError,
    InvalidParameter,
    MalformedRequest,
    MethodNotAllowed,
    NotFound,
)

INTERNAL = "The server could not answer because of a fault of its own; its log has the details under this request id."
CLIENT_GONE_STATUS = 499
"""What the access log shows for a caller who hung up; nobody receives it."""
RETRY_SECONDS = 5
STATUS_OF_V2 = {"insufficient_credits": 402}
"""Where Segmind's v2 answers with another status than its v1."""


def install(app: FastAPI) -> None:
    """Make `app` answer every error, foreseen or not, with the one body."""
    app.add_exception_handler(FirstframeError, _foreseen)
    app.add_exception_handler(HTTPException, _from_framework)
    app.add_exception_handler(RequestValidationError, _from_validation)
    app.add_exception_handler(ClientDisconnect, _hung_up)
    app.add_exception_handler(Exception, _unforeseen)


def error_response(request: Request, error: FirstframeError, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer to `request` that says `error`."""
    status = STATUS_OF_V2.get(error.code, error.status) if request.url.path.startswith("/v2/") else error.status
    request_id = str(error.details.get("request_id") or request_id_of(request))
    body = {"error": error.message, "code": error.code, "status": status, **error.details, "request_id": request_id}
    return JSONResponse(
        body, status, headers={"x-request-id": request_id, **_headers_of(status, error), **(headers or {})}
    )


def _headers_of(status: int, error: FirstframeError) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if status == 503 and "retry_after_seconds" not in error.details:
        return {"Retry-After": str(RETRY_SECONDS)}
    return rate_limits.headers_of_refusal(error)


async def _foreseen(request: Request, error: Exception) -> Response:
    assert isinstance(error, FirstframeError)
    return error_response(request, error)


async def _from_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return error_response(request, NotFound("The requested URL does not exist"))
    if error.status_code == 405:
        allowed = _allowed_methods(request)
        message = f"{request.method} is not allowed here; use {' or '.join(allowed)}."
        return error_response(request, MethodNotAllowed(message, allowed=allowed), {"Allow": ", ".join(allowed)})
    return error_response(request, MalformedRequest("The request cannot be read."))


async def _from_validation(request: Request, error: Exception) -> Response:
    """A query or path parameter outside what the route declares."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return error_response(request, InvalidParameter(str(first["loc"][-1]), first.get("input"), first["msg"]))


async def _unforeseen(request: Request, error: Exception) -> Response:
    return error_response(request, FirstframeError(INTERNAL))


async def _hung_up(request: Request, error: Exception) -> Response:
    return Response(status_code=CLIENT_GONE_STATUS)


def _allowed_methods(request: Request) -> list[str]:
    """The methods of the routes with the first path that matches; a later one, of any slug, is not meant here."""
    routes = [
        route
        for route in iter_route_contexts(request.app.router.routes)
        if route.methods and route.matches(request.scope)[0] is not Match.NONE
    ]
    return sorted({method for route in routes if route.path == routes[0].path for method in route.methods or ()})
