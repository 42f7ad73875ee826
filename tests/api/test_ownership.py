"""Object-level authorisation: whatever has an id in its path is 404 for every other account."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from firstframe.api.app import create_app
from firstframe.service import accounts, keys
from firstframe.service.front import Service
from firstframe.settings import Settings

from .conftest import BODY, URL, Open


def _routes_with_an_id() -> list[tuple[str, str]]:
    app = create_app(None, Settings())  # type: ignore[arg-type]  # only its routes are read
    paths = app.openapi()["paths"]
    return [(method, path) for path in paths for method in paths[path] if "{request_id}" in path]


def test_there_are_such_routes() -> None:
    assert len(_routes_with_an_id()) >= 6


@pytest.fixture(scope="module")
def other(open_client: Open, service: Service) -> TestClient:
    with service.database.write() as connection:
        account = accounts.create(connection, "other", 10**7)
        return open_client(headers={"x-api-key": keys.issue(connection, account.id, "k", ["generate", "admin"])[1]})


@pytest.mark.parametrize(("method", "path"), _routes_with_an_id())
def test_19_another_account_s_object_is_404(client: TestClient, other: TestClient, method: str, path: str) -> None:
    request_id = client.post(URL, json=BODY).json()["request_id"]
    address = re.sub(r"\{request_id\}", request_id, path)
    foreign = other.request(method, address)
    missing = other.request(method, address.replace(request_id, "0" * 36))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json()["error"].replace(request_id, "") == missing.json()["error"].replace("0" * 36, "")
    assert client.get(f"/v2/requests/{request_id}").json()["status"] == "COMPLETED"
