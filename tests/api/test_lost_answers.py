"""Orders whose caller hangs up before it is answered."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.testclient import TestClient
from starlette.types import Message

from .conftest import BODY

SLUG = "/v2/hailuo-2.3-fast"


def _send_and_hang_up(client: TestClient, key: str, fields: dict[str, Any]) -> None:
    sent: list[Message] = [
        {"type": "http.request", "body": json.dumps(fields).encode(), "more_body": False},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return sent.pop(0) if len(sent) > 1 else sent[0]

    async def send(message: Message) -> None:
        """Nobody hears the answer."""

    headers = {"x-api-key": key, "content-type": "application/json", "host": "127.0.0.1:8000"}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": SLUG,
        "raw_path": SLUG.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
    }
    asyncio.run(client.app(scope, receive, send))  # type: ignore[arg-type]  # either kind of app


def _jobs(client: TestClient) -> int:
    return int(client.get("/inference-request/request-history").json()["total"])


def test_who_hung_up_on_v2_gets_the_same_job_once(client: TestClient, key: str) -> None:
    fields = {**BODY, "prompt": "Nobody hears of this."}
    before = _jobs(client)
    _send_and_hang_up(client, key, fields)
    _send_and_hang_up(client, key, fields)
    assert _jobs(client) == before + 1
    again = client.post(SLUG, json=fields)
    assert again.headers["idempotent-replayed"] == "true"
    assert _jobs(client) == before + 1
    assert client.post(SLUG, json=fields).json()["request_id"] != again.json()["request_id"]  # it was answered
