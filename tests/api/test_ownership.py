"""Object-level authorisation: whatever has an id in its path is 404 for every other account, and admin's is 403.

The routes are read from the app's own document, so a new one is tested from its first day.
"""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from firstframe.api.app import create_app
from firstframe.service import accounts, keys
from firstframe.service.front import Service
from firstframe.settings import Settings

from .conftest import BODY, URL, Open

Route = tuple[str, str]


def _routes() -> list[Route]:
    app = create_app(None, Settings())  # type: ignore[arg-type]  # only its routes are read
    paths = app.openapi()["paths"]
    return [(method.upper(), path) for path in paths for method in paths[path]]


ROUTES = _routes()
BODILESS = ("GET", "DELETE")
ADMIN = [(method, path) for method, path in ROUTES if path.startswith("/admin/")]
OF_A_JOB = [(method, path) for method, path in ROUTES if "{request_id}" in path]
OF_A_FILE = [(method, path) for method, path in ROUTES if path.startswith("/files/{token}/")]
OF_A_MODEL = [(method, path) for method, path in ROUTES if path.endswith("/{slug}")]
"""A model belongs to nobody."""


def test_19_every_route_with_a_parameter_is_tested_here() -> None:
    known = {*ADMIN, *OF_A_JOB, *OF_A_FILE, *OF_A_MODEL}
    assert {route for route in ROUTES if "{" in route[1]} <= known
    assert len(OF_A_JOB) >= 7
    assert len(OF_A_FILE) == 1
    assert len(ADMIN) >= 10


@pytest.fixture(scope="module")
def other(open_client: Open, service: Service) -> TestClient:
    with service.database.write() as connection:
        account = accounts.create(connection, "other", 10**7)
        return open_client(headers={"x-api-key": keys.issue(connection, account.id, "k", ["generate", "admin"])[1]})


@pytest.fixture(scope="module")
def job(client: TestClient) -> str:
    """A job of the first account, whose clip is made."""
    return str(client.post(URL, json=BODY).json()["request_id"])


@pytest.mark.parametrize(("method", "path"), OF_A_JOB)
def test_19_another_account_s_object_is_404(
    client: TestClient, other: TestClient, job: str, method: str, path: str
) -> None:
    address = re.sub(r"\{request_id\}", job, path)
    foreign = other.request(method, address)
    missing = other.request(method, address.replace(job, "0" * 36))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json()["error"].replace(job, "") == missing.json()["error"].replace("0" * 36, "")
    assert client.get(f"/v2/requests/{job}").json()["status"] == "COMPLETED"


@pytest.mark.parametrize("path", [path for _, path in OF_A_FILE])
def test_19_only_the_signed_name_of_a_file_opens_it(client: TestClient, other: TestClient, job: str, path: str) -> None:
    clip = client.get(f"/v2/requests/{job}").json()["video"]
    token = str(clip["url"]).split("/")[-2]
    assert other.get(path.format(token=token, file_name=clip["file_name"])).status_code == 200  # it is a capability
    for guess in (job, "0" * len(token), token[:-1], token[::-1]):
        assert other.get(path.format(token=guess, file_name=clip["file_name"])).status_code == 404


@pytest.mark.parametrize(("method", "path"), ADMIN)
def test_20_admin_is_closed_to_users_whatever_the_id(
    client: TestClient, stranger: TestClient, job: str, method: str, path: str
) -> None:
    for value in (job, "0" * 36):
        address = re.sub(r"\{\w+\}", value, path)
        assert client.request(method, address, json={}).status_code == 403
        assert stranger.request(method, address, json={}).status_code == 401


@pytest.mark.parametrize(("method", "path"), [route for route in ADMIN if "{" in route[1] and route[0] in BODILESS])
def test_20_admin_meets_404_for_what_is_not_there(other: TestClient, method: str, path: str) -> None:
    address = path.replace("{month}", "2026-11")
    assert other.request(method, re.sub(r"\{\w+\}", "0" * 36, address)).status_code == 404
