"""Webhooks by the Standard Webhooks specification 1.0: what is told, how it is signed, and when it is told again."""

from __future__ import annotations

from urllib.parse import urlsplit

from firstframe.errors import InvalidParameter

URL_MAX_CHARACTERS = 2048


def check(url: str) -> None:
    """Raise `InvalidParameter` unless `url` may be told of events; where it leads is judged when it is called."""
    allowed = f"an http or https address of at most {URL_MAX_CHARACTERS} characters"
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= URL_MAX_CHARACTERS
    except ValueError:
        fits = False
    if not fits:
        raise InvalidParameter("webhook_url", url, allowed)
