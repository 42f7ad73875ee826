"""Content negotiation of the one route that can answer with JSON or with the video itself. Knows no HTTP framework."""

from __future__ import annotations

import re

_MEDIA_RANGE = re.compile(r'(?:[^,"]|"(?:\\.|[^"\\])*")+')
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)

Preference = tuple[float, int]
"""Quality 0 … 1, then how exactly the type was named: 3 type/subtype, 2 type/*, 1 */*, 0 not at all."""


def prefers_video(accept: str | None, *, by_default: bool) -> bool:
    """Whether an `Accept` header asks for the video rather than for JSON; `by_default` decides a draw.

    The higher quality wins, then the more exactly named type, so that `application/json, */*` means JSON.
    Source: RFC 9110, section 12.5.1.
    """
    if not accept:
        return by_default
    json = _preference(accept, "application/json")
    video = max(_preference(accept, "video/mp4"), _named(_preference(accept, "application/octet-stream")))
    return by_default if video == json or max(json[0], video[0]) == 0 else video > json


def _preference(accept: str, media_type: str) -> Preference:
    """The preference of the most exact range that covers `media_type`."""
    names = {media_type: 3, media_type.split("/")[0] + "/*": 2, "*/*": 1}
    best: Preference = (0.0, 0)
    for media_range in _MEDIA_RANGE.findall(accept):
        name = media_range.partition(";")[0].strip().lower()
        exactness = names.get(name, 0)
        if exactness > best[1]:
            best = (_quality(media_range), exactness)
    return best


def _named(preference: Preference) -> Preference:
    """A type that is not really sent counts only for callers who name it."""
    return preference if preference[1] == 3 else (0.0, 0)


def _quality(media_range: str) -> float:
    found = _QUALITY.search(media_range)
    return min(float(found[1]), 1.0) if found else 1.0
