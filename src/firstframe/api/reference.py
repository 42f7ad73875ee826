"""`/docs`: the OpenAPI document as a page for people. Served from this package alone: no network, no inline script."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from firstframe.errors import NotFound

router = APIRouter(include_in_schema=False)

FOLDER = Path(__file__).with_name("reference_page")
FILES = {"page.css": "text/css", "page.js": "text/javascript", "index.html": "text/html"}
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@router.head("/docs", include_in_schema=False)
@router.get("/docs")
async def page() -> Response:
    """The page itself."""
    return _file("index.html")


@router.head("/docs/{name}", include_in_schema=False)
@router.get("/docs/{name}")
async def part(name: str) -> Response:
    """Its style and its script."""
    return _file(name)


def _file(name: str) -> Response:
    if name not in FILES:
        raise NotFound("The requested URL does not exist")
    headers = {"content-security-policy": CONTENT_SECURITY_POLICY, "cache-control": "no-cache"}
    return FileResponse(FOLDER / name, media_type=FILES[name], headers=headers)
