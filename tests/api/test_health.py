"""`/healthz` and `/readyz`."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from firstframe.api.context import Stopping
from firstframe.service.front import Service

from .conftest import BODY, URL, Open


def test_alive(stranger: TestClient) -> None:
    assert stranger.get("/healthz").json() == {"status": "ok", "checks": {}}
    assert stranger.head("/healthz").status_code == 200


def test_ready(stranger: TestClient) -> None:
    response = stranger.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "checks": {"database": "ok", "storage": "ok", "worker": "ok"}}


def test_not_ready_while_stopping(open_client: Open) -> None:
    stopping = Stopping()
    stopping.begin()
    response = open_client(stopping=stopping).get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"


def test_not_ready_while_a_part_fails(stranger: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ready", lambda: {"database": "The database is away.", "storage": "ok"})
    response = stranger.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["database"] == "The database is away."


def test_a_full_disk_stops_orders_and_nothing_else(
    client: TestClient, stranger: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = client.post(URL, json=BODY).json()
    monkeypatch.setattr(service.storage, "free_bytes", lambda: 0)
    for path in (URL, "/v2/hailuo-2.3-fast"):
        refused = client.post(path, json=BODY)
        assert (refused.status_code, refused.json()["code"]) == (503, "overloaded")
        assert refused.headers["retry-after"] == "60"
    assert client.get(f"/v2/requests/{made['request_id']}").json()["status"] == "COMPLETED"
    assert client.get(made["output"].partition("8000")[2]).status_code == 200
    assert stranger.get("/readyz").status_code == 200
