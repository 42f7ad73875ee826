"""What result URLs begin with, and whose word is taken for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from firstframe.api.addresses import base_url
from firstframe.settings import Settings

LOOPBACK, ANYWHERE = "http://127.0.0.1:8000", "http://0.0.0.0:8000"
FORWARDED = {"host": "inner:80", "x-forwarded-host": "evil.test, video.example.com", "x-forwarded-proto": "https"}


def _request(headers: dict[str, str]) -> Request:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "scheme": "http", "path": "/", "query_string": b"", "headers": raw})


@pytest.mark.parametrize(
    ("changes", "headers", "bound", "expected"),
    [
        ({}, {"host": "127.0.0.1:8000"}, LOOPBACK, LOOPBACK),
        ({}, {"host": "localhost:8000"}, LOOPBACK, "http://localhost:8000"),
        ({}, {"host": "[::1]:8000"}, LOOPBACK, "http://[::1]:8000"),
        ({}, {"host": "rebound.evil.test:8000"}, LOOPBACK, LOOPBACK),
        ({}, {"host": "127.0.0.1.evil.test"}, LOOPBACK, LOOPBACK),
        ({}, {"host": "video-host:8000"}, ANYWHERE, "http://video-host:8000"),
        ({}, {"host": "evil.test/path?"}, ANYWHERE, ANYWHERE),
        ({}, {"host": "user@evil.test"}, ANYWHERE, ANYWHERE),
        ({}, {"host": 'x"><script>'}, ANYWHERE, ANYWHERE),
        ({}, {}, ANYWHERE, ANYWHERE),
        ({}, FORWARDED, ANYWHERE, "http://inner:80"),
        ({"trust_proxy": True}, FORWARDED, LOOPBACK, "https://video.example.com"),
        ({"trust_proxy": True}, {**FORWARDED, "x-forwarded-proto": "javascript"}, ANYWHERE, "http://inner:80"),
        ({"trust_proxy": True}, {"host": "a.test", "x-forwarded-proto": "https"}, ANYWHERE, "https://a.test"),
        ({"public_url": "https://clips.test/api/"}, FORWARDED, LOOPBACK, "https://clips.test/api"),
    ],
)
def test_base_url(changes: dict[str, Any], headers: dict[str, str], bound: str, expected: str) -> None:
    settings = Settings(data_dir=Path("unused"), **changes)
    assert base_url(_request(headers), settings, bound) == expected
