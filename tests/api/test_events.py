"""Server-sent events of a job: order, progress, resuming, the end."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import TestClient

from firstframe.api import events
from firstframe.api.context import Stopping
from firstframe.service.front import Service

from .conftest import BODY, Open

Event = tuple[str, str | None, dict[str, Any]]


def _read(client: TestClient, url: str, headers: dict[str, str] | None = None) -> list[Event]:
    """The events of a stream as (name, id, data)."""
    told: list[Event] = []
    with client.stream("GET", url, headers=headers or {}) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        lines: dict[str, str] = {}
        for line in response.iter_lines():
            name, _, value = line.partition(": ")
            lines[name] = value
            if not line and "event" in lines:
                told.append((lines["event"], lines.get("id"), json.loads(lines["data"])))
                lines = {}
    return told


def _submit(client: TestClient, prompt: str = "Pan left.") -> dict[str, str]:
    return dict(client.post("/v2/hailuo-2.3-fast", json={**BODY, "prompt": prompt}).json())


@contextmanager
def _cancelled_soon(client: TestClient, submitted: dict[str, str]) -> Iterator[None]:
    """Ends the job from the side: the test client hands a stream over only once it is whole."""
    timer = threading.Timer(2, lambda: client.delete(submitted["response_url"]))
    timer.start()
    yield
    timer.join()


def test_tells_every_state_and_the_result(client: TestClient) -> None:
    told = _read(client, _submit(client)["events_url"])
    numbered = [event for event in told if event[1]]
    assert [event[2]["status"] for event in numbered] == ["QUEUED", "PROCESSING", "COMPLETED"]
    assert [event[0] for event in numbered] == ["status", "status", "result"]
    assert numbered[-1][2]["video"]["url"]
    numbers = [int(event[1] or 0) for event in numbered]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("received", [0, 1, 2])
def test_24_resumes_without_loss_or_repetition(client: TestClient, received: int) -> None:
    url = _submit(client)["events_url"]
    numbered = [event for event in _read(client, url) if event[1]]
    headers = {"last-event-id": str(numbered[received - 1][1])} if received else {}
    assert [event[1] for event in _read(client, url, headers) if event[1]] == [
        event[1] for event in numbered[received:]
    ]


def test_nothing_left_to_tell_is_204(client: TestClient) -> None:
    url = _submit(client)["events_url"]
    last = _read(client, url)[-1][1]
    assert client.get(url, headers={"last-event-id": str(last)}).status_code == 204


def test_progress_and_failure(client: TestClient) -> None:
    submitted = _submit(client, "slow")
    with _cancelled_soon(client, submitted):
        told = _read(client, submitted["events_url"])
    assert ("progress", None, {"progress": 0.25}) in told
    name, _, body = told[-1]
    assert name == "result"
    assert body["status"] == "FAILED"
    assert body["code"] == "cancelled"


def test_stopping_server_ends_the_stream(open_client: Open, client: TestClient) -> None:
    submitted = _submit(client, "slow")
    stopping = Stopping()
    stopping.begin()
    told = _read(open_client(stopping=stopping), submitted["events_url"])
    assert all(name != "result" for name, _, _ in told)
    client.delete(submitted["response_url"])


def test_24_silence_is_broken(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.0)
    submitted = _submit(client, "slow")
    with _cancelled_soon(client, submitted):
        text = client.get(submitted["events_url"]).text
    assert ": still here\n\n" in text


def test_a_stream_ends_with_its_key_and_tells_no_result(
    open_client: Open, client: TestClient, service: Service, key: str
) -> None:
    submitted = _submit(client, "slow")
    account_id = service.authenticate(key).account_id
    watcher, secret = service.administration.issue_key(account_id, "watcher", ["read"])
    timer = threading.Timer(1, lambda: service.administration.revoke_key(watcher.id))
    timer.start()
    told = _read(open_client(headers={"x-api-key": secret}), submitted["events_url"])  # the job itself never ends
    timer.join()
    assert told[0][2]["status"] == "QUEUED"
    assert all(name != "result" for name, _, _ in told)
    assert client.delete(submitted["response_url"]).json()["status"] == "FAILED"


def test_another_s_job_is_404(client: TestClient) -> None:
    response = client.get("/v2/requests/no-such-request/events")
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"
