"""Credits, uploads, models, account, history."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from firstframe.service import accounts, keys
from firstframe.service.front import Service

from .conftest import BODY, MADE, URL, Open

PNG = b"\x89PNG\r\n\x1a\n of a cat"
PNG_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()
HISTORY = "/inference-request/request-history"


@pytest.fixture(scope="module")
def own(open_client: Open, service: Service) -> TestClient:
    """A client of an account of its own, with 10 credits and a short history."""
    with service.database.write() as connection:
        account = accounts.create(connection, "historian", 10_000_000)
        secret = keys.issue(connection, account.id, "test", ["generate"])[1]
    client = open_client(headers={"x-api-key": secret})
    client.post(URL, json={**BODY, "resolution": "768p", "seed": 1})
    client.post("/v1/parallax", json={**BODY, "seed": 2})
    client.post(URL, json={**BODY, "prompt": "fail", "seed": 3})
    return client


def test_credits(own: TestClient) -> None:
    assert own.get("/v1/get-user-credits").json() == {"credits": pytest.approx(10 - 0.24 - 0.41), "free-credits": 0}


def test_account(own: TestClient) -> None:
    body = own.get("/api/auth/authenticate").json()
    assert body["name"] == "historian"
    assert body["scopes"] == ["generate"]
    assert body["credits"] == pytest.approx(9.35)


def test_models_need_no_key(stranger: TestClient) -> None:
    rows = stranger.get("/inference-model-information/list").json()["data"]
    assert [row["slug"] for row in rows] == ["hailuo-2.3-fast", "parallax"]
    assert rows[0]["is_depreciated"] is False
    assert "first_frame_image" in rows[0]["parameters_schema"]["properties"]


def test_upload_is_kept_and_usable_as_first_frame(own: TestClient, stranger: TestClient) -> None:
    body = own.post("/upload-asset", json={"data_urls": [PNG_URL, PNG_URL]}).json()
    assert body["file_urls"] == body["urls"]
    assert len(set(body["urls"])) == 2
    kept = stranger.get(body["urls"][0])
    assert kept.headers["content-type"] == "image/png"
    assert "sandbox" in kept.headers["content-security-policy"]


@pytest.mark.parametrize("data_urls", [None, [], "data:x", [1], ["https://pictures.test/a.png"], [PNG_URL] * 11])
def test_upload_takes_data_urls_only(own: TestClient, data_urls: Any) -> None:
    response = own.post("/upload-asset", json={"data_urls": data_urls})
    assert response.status_code == 400
    assert response.json()["field"] == "data_urls"


def test_own_address_is_read_without_a_fetch(own: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = own.get(HISTORY, params={"status": "COMPLETED"}).json()["data"][0]["generation_url"]
    judged: list[object] = []
    context = own.app.state.context  # type: ignore[attr-defined]
    submit = context.service.submit

    def spy(caller: Any, slug: str, request: Any, **more: Any) -> Any:
        judged.append(request.first_frame_image)
        return submit(caller, slug, request, **more)

    monkeypatch.setattr(context.service, "submit", spy)
    for address in (clip, "http://elsewhere.test" + clip.removeprefix("http://127.0.0.1:8000")):
        own.post(URL, json={**BODY, "first_frame_image": address, "resolution": "768p"})
    assert judged[0] == MADE
    assert str(judged[1]).startswith("http://elsewhere.test/files/")


def test_expired_own_address_says_so(own: TestClient) -> None:
    body = own.post(URL, json={**BODY, "first_frame_image": "http://127.0.0.1:8000/files/AAAA/cat.png"}).json()
    assert body["code"] == "image_rejected"
    assert body["reason"] == "not_found"


def test_history_has_cost_inputs_and_outcome(own: TestClient) -> None:
    body = own.get(HISTORY, params={"status": "FAILED"}).json()
    assert (body["page"], body["total"], body["total_pages"]) == (1, 1, 1)
    row = body["data"][0]
    assert row["model_name"] == "hailuo-2.3-fast"
    assert row["credits_deduction"] == 0
    assert row["error"] == "The engine could not make this clip."
    assert row["request_body"]["prompt"] == "fail"
    assert row["generation_url"] is None
    assert own.get(f"{HISTORY}/{row['request_id']}").json() == row


def test_history_filters_sorts_and_pages(own: TestClient) -> None:
    def seeds(**params: Any) -> list[int]:
        rows = own.get(HISTORY, params=params).json()["data"]
        return [row["request_body"]["seed"] for row in rows if row["request_body"]["seed"] < 9]

    assert seeds(model_name="parallax") == [2]
    assert seeds(model_name="hailuo", sort_order="asc") == [1, 3]
    assert seeds(sort_by="credits_deduction", sort_order="asc")[0] == 1
    assert seeds(page=2, per_page=1, model_name="hailuo", sort_order="asc") == [3]
    assert seeds(model_name="100%") == []
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    assert seeds(from_date=yesterday, to_date=yesterday) == []
    assert seeds(status="PENDING") == []


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"page": 0}, "page"),
        ({"page": "x"}, "page"),
        ({"per_page": 101}, "per_page"),
        ({"from_date": "yesterday"}, "from_date"),
        ({"from_date": "9999-12-31"}, "from_date"),
        ({"from_date": "2026-01-01", "to_date": "2026-03-01"}, "from_date"),
        ({"from_date": "2026-03-01", "to_date": "2026-01-01"}, "from_date"),
        ({"status": "DONE"}, "status"),
        ({"sort_by": "price"}, "sort_by"),
    ],
)
def test_history_names_a_bad_parameter(own: TestClient, params: dict[str, Any], field: str) -> None:
    response = own.get(HISTORY, params=params)
    assert response.status_code == 400
    assert response.json()["field"] == field
    assert response.json()["allowed"]


def test_history_is_one_s_own(own: TestClient, client: TestClient) -> None:
    mine = own.get("/api/auth/authenticate").json()["id"]
    assert own.get(HISTORY, params={"user_id": mine}).status_code == 200
    assert own.get(HISTORY, params={"user_id": "somebody"}).status_code == 403
    assert own.get(HISTORY, params={"user_email": "a@b.test"}).status_code == 403
    request_id = own.get(HISTORY).json()["data"][0]["request_id"]
    assert client.get(f"{HISTORY}/{request_id}").status_code == 404


def test_generations_show_clips_only(own: TestClient) -> None:
    body = own.get("/inference-request/generations", params={"model_name": "parallax"}).json()
    assert [row["parameters"]["seed"] for row in body["data"]] == [2]
    assert body["data"][0]["status"] == "COMPLETED"
    assert own.get(body["data"][0]["generation_url"]).content == MADE
    recent = own.get("/inference-request/recent-generations", params={"model_name": "parallax"}).json()
    assert recent["data"] == body["data"]
    assert own.get("/inference-request/recent-generations").status_code == 400
