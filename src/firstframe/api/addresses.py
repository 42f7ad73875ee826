"""The address under which callers reach this server: what result and poll URLs begin with."""

from __future__ import annotations

import re

from starlette.requests import Request

from firstframe.settings import Settings

_AUTHORITY = re.compile(r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|\[::1\]")


def base_url(request: Request, settings: Settings, bound_url: str) -> str:
    """Scheme and authority of this server for the caller of `request`, without a slash at the end.

    The setting `public_url` wins; then `X-Forwarded-Proto` and `X-Forwarded-Host` if `trust_proxy` says so; then
    `Host` as long as it is well formed and does not give a foreign name to a server that listens on loopback only
    (DNS rebinding); else `bound_url`, the address it listens on.
    """
    if settings.public_url:
        return settings.public_url.rstrip("/")
    if settings.trust_proxy and (forwarded := _forwarded(request)):
        return forwarded
    host = request.headers.get("host", "")
    found = _AUTHORITY.fullmatch(host)
    if not found or (is_loopback_url(bound_url) and not _LOOPBACK.fullmatch(found["host"].lower())):
        return bound_url
    return f"{request.scope['scheme']}://{host}"


def is_loopback_url(url: str) -> bool:
    """Whether `url` names this machine only."""
    found = _AUTHORITY.match(url.partition("://")[2])
    return bool(found and _LOOPBACK.fullmatch(found["host"].lower()))


def _forwarded(request: Request) -> str | None:
    """What the nearest trusted proxy says; with several values the last one, which that proxy has added itself."""
    host = request.headers.get("x-forwarded-host", "").split(",")[-1].strip() or request.headers.get("host", "")
    scheme = request.headers.get("x-forwarded-proto", "").split(",")[-1].strip() or request.scope["scheme"]
    return f"{scheme}://{host}" if scheme in ("http", "https") and _AUTHORITY.fullmatch(host) else None
