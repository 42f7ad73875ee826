"""Routes that are asked so often that FastAPI's injection would cost more than their answer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute


class DirectRoute(APIRoute):
    """A route that calls its coroutine with the request and the path's parameters, as text, and sends what it returns.

    For endpoints that take no more than these and answer with a finished `Response`; documented as any other.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's hook for routes of one's own make."""

        async def handle(request: Request) -> Response:
            answer: Response = await self.endpoint(request=request, **request.path_params)
            return answer

        return handle
