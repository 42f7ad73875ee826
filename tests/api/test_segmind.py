"""Segmind v1 and v2: bodies, headers, forms of input, failures."""

from __future__ import annotations

import base64
import time
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from firstframe.api.context import Stopping

from .conftest import BODY, MADE, URL, Open


def test_16_answers_json_of_the_v2_shape(client: TestClient) -> None:
    response = client.post(URL, json={**BODY, "seed": 7})
    body = response.json()
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert body["status"] == "COMPLETED"
    assert UUID(body["request_id"])
    assert body["output"] == body["video"]["url"]
    assert body["output"].startswith("http://127.0.0.1:8000/files/")
    assert body["video"]["content_type"] == "video/mp4"
    assert body["video"]["file_name"].endswith(".mp4")
    assert body["video"]["file_size"] == str(len(MADE))
    assert body["seed"] == "7"
    assert body["prompt"] == BODY["prompt"]
    assert body["revised_prompt"] == "The camera slowly pushes in."
    assert body["direction"]["camera"][0]["move"] == "push_in"
    assert body["engine"] == "parallax"
    assert body["timings"] == {"render": 0.25, "total": 0.5}
    assert body["error"] is None
    assert body["metrics"]["cost"] == pytest.approx(0.41)
    assert set(body["metrics"]) == {"cost", "remaining_credits", "inference_time", "queue_time", "total_time"}
    assert client.get(body["output"], headers={"x-api-key": ""}).content == MADE


def test_16_accounts_in_headers(client: TestClient) -> None:
    response = client.post(URL, json={**BODY, "seed": 9, "resolution": "768p"})
    body = response.json()
    assert response.headers["x-request-id"] == body["request_id"]
    assert float(response.headers["x-cost"]) == body["metrics"]["cost"] == pytest.approx(0.24)
    assert float(response.headers["x-remaining-credits"]) == pytest.approx(body["metrics"]["remaining_credits"])
    assert float(response.headers["x-generation-time"]) == pytest.approx(body["metrics"]["inference_time"])
    assert response.headers["x-seed-value"] == "9"


@pytest.mark.parametrize(
    "headers", [{"accept": "video/mp4"}, {"accept": "application/octet-stream"}, {"x-initiator": "SDK-PY"}]
)
def test_answers_with_the_video_itself(client: TestClient, headers: dict[str, str]) -> None:
    response = client.post(URL, json=BODY, headers=headers)
    assert response.headers["content-type"] == "video/mp4"
    assert response.content == MADE
    assert response.headers["content-length"] == str(len(MADE))
    assert {"x-request-id", "x-cost", "x-remaining-credits", "x-generation-time"} <= set(response.headers)


def test_setting_answers_with_the_video_but_not_to_those_who_ask_for_json(open_client: Open) -> None:
    client = open_client(segmind_v1_response="video")
    assert client.post(URL, json=BODY).headers["content-type"] == "video/mp4"
    assert client.post(URL, json=BODY, headers={"accept": "application/json"}).json()["status"] == "COMPLETED"


PICTURE = b"\x89PNG picture"


@pytest.mark.parametrize(
    "sent",
    [
        {"files": {"first_frame_image": ("f.png", PICTURE, "image/png")}, "data": {"prompt": "Pan left."}},
        {"files": {"prompt": (None, "Pan left."), "first_frame_image": (None, base64.b64encode(PICTURE))}},
        {"data": {"prompt": "Pan left.", "first_frame_image": "https://pictures.test/a.png"}},
        {"json": {"prompt": "Pan left.", "first_frame_image": "data:image/png;base64,AAAA"}},
    ],
)
def test_takes_every_form_of_body(client: TestClient, sent: dict[str, object]) -> None:
    sent = {**sent}
    for part in ("data", "json"):
        if part in sent:
            sent[part] = {**sent[part], "duration": "10", "resolution": "768P", "prompt_optimizer": "false"}  # type: ignore[dict-item]
    body = client.post(URL, **sent).json()  # type: ignore[arg-type]
    assert body["status"] == "COMPLETED"
    assert body["prompt"] == "Pan left."
    if "data" in sent or "json" in sent:
        assert body["revised_prompt"] is None
        assert body["metrics"]["cost"] == pytest.approx(0.40)


def test_curl_without_a_content_type_of_its_own_is_read_as_json(client: TestClient) -> None:
    text = '{"prompt": "Pan left.", "first_frame_image": "https://pictures.test/a.png"}'
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post(URL, content=text, headers=form).json()["prompt"] == "Pan left."
    assert client.post(URL, content=text).json()["prompt"] == "Pan left."


def test_engine_slug(client: TestClient) -> None:
    assert client.post("/v1/parallax", json=BODY).json()["engine"] == "parallax"


@pytest.mark.parametrize("prompt", ["fail", "crash"])
def test_failed_run_costs_nothing(client: TestClient, prompt: str) -> None:
    before = float(client.post(URL, json=BODY).headers["x-remaining-credits"])
    failed = client.post(URL, json={**BODY, "prompt": prompt})
    assert failed.status_code == 500
    assert failed.json()["code"] == "engine_failed"
    assert failed.headers["x-request-id"] == failed.json()["request_id"]
    assert "secret" not in failed.text
    after = float(client.post(URL, json=BODY).headers["x-remaining-credits"])
    assert before - after == pytest.approx(0.41)


def test_unreachable_engine_is_502(client: TestClient) -> None:
    response = client.post(URL, json={**BODY, "prompt": "unreachable"})
    assert response.status_code == response.json()["status"] == 502
    assert response.json()["code"] == "engine_unavailable"


def test_wait_limit_leaves_the_job_running(open_client: Open, client: TestClient) -> None:
    response = open_client(wait_seconds=0.3).post(URL, json={**BODY, "prompt": "slow"})
    body = response.json()
    assert response.status_code == 504
    assert body["code"] == "timeout"
    assert body["response_url"] == f"http://127.0.0.1:8000/v2/requests/{body['request_id']}"
    assert client.get(f"/v2/requests/{body['request_id']}/status").json()["status"] in ("QUEUED", "PROCESSING")
    assert client.delete(f"/v2/requests/{body['request_id']}").json()["status"] == "FAILED"


def test_stopping_server_lets_waiting_callers_go(open_client: Open, client: TestClient) -> None:
    stopping = Stopping()
    stopping.begin()
    body = open_client(stopping=stopping, drain_seconds=0).post(URL, json={**BODY, "prompt": "slow"}).json()
    assert body["code"] == "service_unavailable"
    assert body["status"] == 503
    assert client.delete(f"/v2/requests/{body['request_id']}").status_code == 200


def test_16_v2_submit_poll_result(client: TestClient) -> None:
    response = client.post("/v2/hailuo-2.3-fast", json=BODY, headers={"x-initiator": "SDK-PY", "accept": "video/mp4"})
    submitted = response.json()
    assert response.status_code == 200
    assert submitted["status"] == "QUEUED"
    assert response.headers["x-request-id"] == submitted["request_id"]
    status = _poll(client, submitted["status_url"])
    assert status["progress"] == 1
    assert {"inference_time", "queue_time", "total_time", "cost", "remaining_credits"} == set(status["metrics"])
    result = client.get(submitted["response_url"]).json()
    assert result["status"] == "COMPLETED"
    assert client.get(result["output"]).content == MADE
    assert client.get(submitted["poll_url"]).json()["output"] == result["output"]


def test_v2_in_flight_has_status_and_progress(client: TestClient) -> None:
    submitted = client.post("/v2/hailuo-2.3-fast", json={**BODY, "prompt": "slow"}).json()
    deadline = time.monotonic() + 10
    while (body := client.get(submitted["response_url"]).json())["progress"] == 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert body["status"] == "PROCESSING"
    assert body["progress"] == 0.25
    assert body["eta_seconds"] >= 0
    assert "queue_position" not in body
    assert "error" not in body
    cancelled = client.delete(submitted["response_url"])
    assert cancelled.status_code == 200
    assert cancelled.json()["code"] == "cancelled"
    again = client.delete(submitted["response_url"])
    assert again.status_code == 409
    assert again.json()["code"] == "already_finished"


def test_16_v2_failure_is_422_with_a_sentence(client: TestClient) -> None:
    submitted = client.post("/v2/hailuo-2.3-fast", json={**BODY, "prompt": "fail"}).json()
    body = _poll(client, submitted["status_url"])
    assert body["error"] == "The engine could not make this clip."
    assert "cost" not in body["metrics"]
    for url in ("status_url", "response_url", "poll_url"):
        response = client.get(submitted[url])
        assert response.status_code == 422
        assert response.json()["status"] == "FAILED"


def _poll(client: TestClient, url: str) -> dict[str, object]:
    deadline = time.monotonic() + 20
    while (body := client.get(url).json())["status"] in ("QUEUED", "PROCESSING"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return dict(body)
