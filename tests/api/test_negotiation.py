"""`Accept`: when the video itself is asked for."""

from __future__ import annotations

import pytest

from firstframe.api.negotiation import prefers_video

VIDEO = [
    "video/mp4",
    "video/*",
    "application/octet-stream",
    "VIDEO/MP4",
    "video/mp4;q=1, application/json;q=0.9",
    "video/mp4, */*",
    "video/*;q=0.5, */*;q=0.1",
    "application/json;q=0, */*",
    'video/mp4;codecs="avc1,mp4a"',
    "application/json;q=0.2, application/octet-stream;q=0.3",
]
JSON = [
    "application/json",
    "application/json, text/plain, */*",
    "video/mp4;q=0.4, application/json;q=0.5",
    "video/mp4;q=0, */*",
    "application/json, video/*",
    "application/*",
]
DRAW = [
    None,
    "",
    "*/*",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
    "video/mp4, application/json",
    "text/html",
    "video/mp4;q=0, application/json;q=0",
    "nonsense",
    '"',
]


@pytest.mark.parametrize("accept", VIDEO)
def test_video_is_preferred(accept: str) -> None:
    assert prefers_video(accept, by_default=False)
    assert prefers_video(accept, by_default=True)


@pytest.mark.parametrize("accept", JSON)
def test_json_is_preferred(accept: str) -> None:
    assert not prefers_video(accept, by_default=False)
    assert not prefers_video(accept, by_default=True)


@pytest.mark.parametrize("accept", DRAW)
def test_draw_is_decided_by_default(accept: str | None) -> None:
    assert prefers_video(accept, by_default=True)
    assert not prefers_video(accept, by_default=False)
