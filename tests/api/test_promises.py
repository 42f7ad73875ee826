"""Promises to callers when something is wrong: the same answer to a repeat, a time to come back, nothing but files."""

from __future__ import annotations

import random
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from firstframe.service.database import Database, address
from firstframe.service.front import Service

from .conftest import BODY, URL, Open

SUBMIT = "/v2/hailuo-2.3-fast"
STEPS = (*r".. . etc passwd %2e%2e ..%2f ..\ ~ C: files database %252e%252e ……".split(), "\x00")


@pytest.mark.parametrize("prompt", ["fail", "crash"])
def test_05_a_replayed_failure_is_the_same_500(client: TestClient, prompt: str) -> None:
    headers = {"idempotency-key": f"replayed-{prompt}"}
    first, second = (client.post(URL, json={**BODY, "prompt": prompt}, headers=headers) for _ in range(2))
    assert first.status_code == second.status_code == 500
    assert first.json() == second.json()
    assert second.headers["idempotent-replayed"] == "true"


@pytest.mark.parametrize(("method", "path"), [("POST", URL), ("POST", SUBMIT), ("GET", "/v2/requests/nothing/status")])
def test_11_without_the_database_it_is_503_and_says_when_to_come_back(
    open_client: Open, service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, method: str, path: str
) -> None:
    client = open_client()
    nowhere = Database(address(f"postgresql://nobody@/nothing?host={tmp_path}", tmp_path))
    monkeypatch.setattr(service, "database", nowhere)
    refused = client.request(method, path, json=BODY if method == "POST" else None)
    nowhere.close()
    assert refused.status_code == 503
    assert refused.json()["code"] == "service_unavailable"
    assert int(refused.headers["retry-after"]) > 0


def test_32_a_hundred_paths_lead_to_no_file(stranger: TestClient) -> None:
    chance = random.Random(32)
    for number in range(100):
        steps = [chance.choice(STEPS) for _ in range(chance.randint(1, 6))]
        path = "/files/" + quote("/".join(steps), safe="/%" if number % 2 else "/")
        answer = stranger.get(path)
        assert answer.status_code == 404, path
        assert answer.json()["code"] == "not_found"
