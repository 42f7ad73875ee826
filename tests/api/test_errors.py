"""Every error is the one JSON body, on every path."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from firstframe.api.app import create_app
from firstframe.service.front import Service
from firstframe.settings import Settings

from .conftest import BODY, URL, Open

FORM = {"content-type": "application/x-www-form-urlencoded"}
JSON = {"content-type": "application/json"}
MULTIPART = {"content-type": "multipart/form-data; boundary=x"}

CASES: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("POST", "/v1/no-such-model", {"json": BODY}, 404, "not_found"),
    ("POST", "/v2/no-such-model", {"json": BODY}, 404, "not_found"),
    ("GET", "/nowhere", {}, 404, "not_found"),
    ("GET", "/v1/hailuo-2.3-fast/", {}, 404, "not_found"),
    ("GET", "/docs/../secret", {}, 404, "not_found"),
    ("GET", "/docs/page.py", {}, 404, "not_found"),
    ("GET", "/v2/requests/no-such-request", {}, 404, "not_found"),
    ("GET", "/v2/requests/no-such-request/status", {}, 404, "not_found"),
    ("GET", "/v1/requests/no-such-request", {}, 404, "not_found"),
    ("DELETE", "/v2/requests/no-such-request", {}, 404, "not_found"),
    ("GET", "/files/AAAA/clip.mp4", {}, 404, "not_found"),
    ("GET", URL, {}, 405, "method_not_allowed"),
    ("PUT", URL, {"json": BODY}, 405, "method_not_allowed"),
    ("OPTIONS", URL, {}, 405, "method_not_allowed"),
    ("POST", "/healthz", {}, 405, "method_not_allowed"),
    ("PATCH", "/v2/requests/x", {}, 405, "method_not_allowed"),
    ("POST", URL, {"content": b"{", "headers": JSON}, 400, "malformed_request"),
    ("POST", URL, {"content": b"[]", "headers": JSON}, 400, "malformed_request"),
    ("POST", URL, {"content": b"", "headers": JSON}, 400, "malformed_request"),
    ("POST", URL, {"content": b"\xff\xfe{}", "headers": JSON}, 400, "malformed_request"),
    ("POST", URL, {"content": b"[" * 100_000, "headers": JSON}, 400, "malformed_request"),
    ("POST", URL, {"content": b"junk", "headers": MULTIPART}, 400, "malformed_request"),
    ("POST", URL, {"content": b"junk", "headers": {"content-type": "multipart/form-data"}}, 400, "malformed_request"),
    ("POST", URL, {"content": b"prompt=x", "headers": {"content-type": "text/plain"}}, 415, "unsupported_media_type"),
    ("POST", URL, {"content": b"prompt=x"}, 415, "unsupported_media_type"),
    ("POST", URL, {"json": {"prompt": "x"}}, 400, "invalid_parameter"),
    ("POST", URL, {"json": {**BODY, "duration": 7}}, 400, "invalid_parameter"),
    ("POST", URL, {"json": {**BODY, "prompt": ["x"]}}, 400, "invalid_parameter"),
    ("POST", URL, {"json": {**BODY, "first_frame_image": "bad"}}, 400, "image_rejected"),
    ("POST", URL, {"content": b"duration=9" * 10, "headers": FORM}, 400, "invalid_parameter"),
    ("POST", URL, {"content": b"prompt=a&prompt=b", "headers": FORM}, 400, "malformed_request"),
    ("GET", "/v2/requests/%00/status", {}, 404, "not_found"),
    ("GET", "/v1/requests/%00", {}, 404, "not_found"),
    ("GET", "/inference-request/request-history?model_name=%00", {}, 400, "malformed_request"),
    *(
        ("POST", URL, {"content": json.dumps({**BODY, field: value}), "headers": JSON}, 400, "invalid_parameter")
        for field, value in [
            ("prompt", "a\x00b"),
            ("prompt", "\ud800"),
            ("first_frame_image", "\ud800"),
            ("first_frame_image", "http://a/\ud800"),
            ("webhook_url", "http://exa\x00mple.com/"),
            ("webhook_url", "http://\ud800.com/"),
            ("webhook_url", "http://a b.com/"),
            ("webhook_url", "http://ex\u2028.com/"),
            ("webhook_url", "http://example.com/\x1b[31m"),
            ("webhook_url", "http://example.com:0/"),
            ("webhook_url", "http://example.com:99999/"),
            ("webhook_url", False),
        ]
    ),
]


@pytest.mark.parametrize(("method", "path", "sent", "status", "code"), CASES)
def test_18_error_is_json(
    client: TestClient, method: str, path: str, sent: dict[str, Any], status: int, code: str
) -> None:
    response = client.request(method, path, follow_redirects=False, **sent)
    body = response.json()
    assert response.status_code == body["status"] == status
    assert body["code"] == code
    assert isinstance(body["error"], str)
    assert body["request_id"] == response.headers["x-request-id"]
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_bad_parameter_names_field_value_and_what_is_allowed(client: TestClient) -> None:
    body = client.post(URL, json={**BODY, "duration": 7}).json()
    assert body["field"] == "duration"
    assert "7" in body["error"]
    assert body["allowed"] == "6 or 10 (seconds)"
    assert body["allowed"] in body["error"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [(URL, "POST"), ("/healthz", "GET, HEAD"), ("/v2/requests/x", "DELETE, GET"), ("/v2/hailuo-2.3-fast", "POST")],
)
def test_wrong_method_names_the_right_ones(client: TestClient, path: str, allowed: str) -> None:
    response = client.patch(path)
    assert response.headers["allow"] == allowed
    assert response.json()["allowed"] == allowed.split(", ")


def test_no_key(stranger: TestClient) -> None:
    response = stranger.post(URL, json=BODY)
    assert response.status_code == 401
    assert response.json()["error"] == "Missing Authorization or x-api-key in header"
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("path", [URL, "/v2/hailuo-2.3-fast"])
@pytest.mark.parametrize(
    "headers",
    [{"x-api-key": "ff_nobody_nothing"}, {"authorization": "Bearer SG_0123456789abcdef"}, {"x-api-key": "é" * 50}],
)
def test_bad_key(stranger: TestClient, path: str, headers: dict[str, str]) -> None:
    response = stranger.post(
        path, json=BODY, headers={name: value.encode("latin-1") for name, value in headers.items()}
    )
    assert response.status_code == 401
    assert response.json()["error"] == "Unauthorized. API key is invalid or may have expired..."


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "Key", "Token"])
def test_authorization_header_is_as_good(stranger: TestClient, key: str, scheme: str) -> None:
    headers = {"authorization": f"{scheme} {key}"}
    assert stranger.get("/v2/requests/x", headers=headers).status_code == 404


def test_basic_authorization_is_no_key(stranger: TestClient) -> None:
    assert "Missing" in stranger.get("/v2/requests/x", headers={"authorization": "Basic YTpi"}).json()["error"]


def test_key_without_the_scope(open_client: Open, service: Service) -> None:
    client = open_client(headers={"x-api-key": _new_key(service, credits_micro=10**6, scopes=["read"])})
    response = client.post(URL, json=BODY)
    assert response.status_code == 403
    assert response.json()["code"] == "forbidden"


def test_insufficient_credits_are_406_on_v1_and_402_on_v2(open_client: Open, service: Service) -> None:
    client = open_client(headers={"x-api-key": _new_key(service, credits_micro=100)})
    for path, status in ((URL, 406), ("/v2/hailuo-2.3-fast", 402)):
        response = client.post(path, json=BODY)
        assert response.status_code == response.json()["status"] == status
        assert response.json()["code"] == "insufficient_credits"


@pytest.mark.parametrize("size", [2_000, 3_000])
@pytest.mark.parametrize("chunked", [True, False])
def test_body_limit(open_client: Open, size: int, chunked: bool) -> None:
    client = open_client(body_limit_bytes=1_000)
    content = iter([b"x" * 500] * (size // 500)) if chunked else b"x" * size
    response = client.post(URL, content=content, headers=JSON)
    assert response.status_code == 413
    assert response.json()["code"] == "body_too_large"
    assert response.json()["limit_bytes"] == 1_000


def test_part_of_a_form_over_the_framework_s_own_limit_is_fine(client: TestClient) -> None:
    fields = {"first_frame_image": "QUFB" * 500_000, "prompt": "Pan left."}
    assert client.post(URL, data=fields).json()["status"] == "COMPLETED"


class Broken:
    """A service whose every answer is a fault."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("a secret of the house")


def test_fault_of_the_server_tells_nothing_of_the_house(tmp_path: Path) -> None:
    app = create_app(Broken(), Settings(data_dir=tmp_path))  # type: ignore[arg-type]
    client = TestClient(app, raise_server_exceptions=False)
    response = client.post(URL, json=BODY, headers={"x-api-key": "k"})
    body = response.json()
    assert response.status_code == body["status"] == 500
    assert body["code"] == "internal_error"
    assert body["request_id"] == response.headers["x-request-id"]
    assert "secret" not in response.text


def test_access_log_has_no_query_no_token_and_one_line(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="firstframe.access"):
        client.get("/files/SECRETTOKEN/clip.mp4?x-api-key=SECRETTOKEN")
        client.get("/a%0Ab?k=SECRETTOKEN")
    assert len(caplog.messages) == 2
    assert not any("SECRETTOKEN" in line or "\n" in line for line in caplog.messages)
    assert re.match(r"GET /files/… 404 \d+ ms [0-9a-f-]{36}", caplog.messages[0])


def _new_key(service: Service, credits_micro: int, scopes: list[str] | None = None) -> str:
    from firstframe.service import accounts, keys

    with service.database.write() as connection:
        account = accounts.create(connection, "tester", credits_micro)
        return keys.issue(connection, account.id, "test", scopes or ["generate"])[1]
