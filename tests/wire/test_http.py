"""Plain HTTP clients: forms, text-typed values, the video itself, ranges, errors, limits."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from firstframe.media.video import probe

from .conftest import EXAMPLES, Server, serving

SLUG = "/v1/hailuo-2.3-fast"
SECONDS = 120


def _fields(**changes: str) -> dict[str, str]:
    """Every value as text, as forms send them."""
    return {
        "prompt": "The camera slowly pushes in.",
        "duration": "6",
        "resolution": "768p",
        "prompt_optimizer": "true",
        **changes,
    }


def test_multipart_file_and_text_values_give_the_video_itself(server: Server, tmp_path: Path) -> None:
    with (EXAMPLES / "cat.png").open("rb") as picture:
        response = requests.post(
            server.url + SLUG,
            headers={"Authorization": f"Bearer {server.key}", "Accept": "video/mp4"},
            files={"first_frame_image": picture},
            data=_fields(seed="5"),
            timeout=SECONDS,
        )
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "video/mp4"
    assert response.headers["x-seed-value"] == "5"
    path = tmp_path / "clip.mp4"
    path.write_bytes(response.content)
    info = probe(path)
    assert min(info.width, info.height) == 768
    assert info.frames == 144


def _has_ranges(address: str, size: int) -> None:
    part = requests.get(address, headers={"Range": "bytes=4-11"}, timeout=10)
    assert part.status_code == 206
    assert part.content[:4] == b"ftyp"
    assert part.headers["content-range"] == f"bytes 4-11/{size}"
    outside = requests.get(address, headers={"Range": f"bytes={size}-"}, timeout=10)
    assert outside.status_code == 416
    assert outside.json()["code"] == "range_not_satisfiable"


ERRORS = [
    ("POST", SLUG, {"json": {}}, 401, "unauthorized"),
    ("POST", "/v1/sora", {"json": {}, "key": True}, 404, "not_found"),
    ("GET", "/nothing/here", {}, 404, "not_found"),
    ("GET", "/docs/", {}, 404, "not_found"),
    ("GET", SLUG, {"key": True}, 405, "method_not_allowed"),
    ("POST", SLUG, {"data": b"{nope", "key": True}, 400, "malformed_request"),
    (
        "POST",
        SLUG,
        {"json": {"prompt": "x", "first_frame_image": "http://10.0.0.1/a.png"}, "key": True},
        400,
        "image_rejected",
    ),
    ("POST", SLUG, {"json": {"prompt": "x", "first_frame_image": "AAAA"}, "key": True}, 400, "image_rejected"),
    ("POST", SLUG, {"data": b"x", "type": "text/csv", "key": True}, 415, "unsupported_media_type"),
    ("POST", SLUG, {"data": b"x" * 32 * 2**20, "key": True}, 413, "body_too_large"),
    ("GET", "/v2/requests/0/status", {"key": True}, 404, "not_found"),
    ("GET", "/files/x/y.mp4", {}, 404, "not_found"),
]


@pytest.mark.parametrize(("method", "path", "sent", "status", "code"), ERRORS)
def test_18_every_error_is_json(
    server: Server, method: str, path: str, sent: dict[str, object], status: int, code: str
) -> None:
    headers = {"x-api-key": server.key} if sent.get("key") else {}
    headers |= {"Content-Type": str(sent.get("type", "application/json"))}
    response = requests.request(
        method,
        server.url + path,
        headers=headers,
        json=sent.get("json"),
        data=sent.get("data"),
        allow_redirects=False,
        timeout=30,
    )  # type: ignore[arg-type]
    body = response.json()
    assert response.status_code == status, body
    assert body["code"] == code
    assert body["error"]
    assert body["request_id"] == response.headers["x-request-id"]


def test_key_and_token_are_not_in_the_log(server: Server, pictures: str) -> None:
    requests.get(f"{server.url}/files/sometoken/clip.mp4?key={server.key}", timeout=10)
    requests.get(f"{server.url}/v2/requests/x?api_key={server.key}", headers={"x-api-key": server.key}, timeout=10)
    deadline = time.monotonic() + 10
    while "/v2/requests/x 404" not in (log := server.log.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert server.key not in log
    assert "sometoken" not in log


def test_22_job_outlives_the_wait_for_it_and_the_server(pictures: str, tmp_path: Path) -> None:
    fields = _fields(first_frame_image=f"{pictures}/coffee.png")
    with serving(tmp_path / "data", wait_seconds="0.5", drain_seconds="1") as server:
        headers = {"x-api-key": server.key}
        late = requests.post(server.url + SLUG, headers=headers, json=fields, timeout=30)
        assert late.status_code == 504
        assert late.json()["code"] == "timeout"
    with serving(tmp_path / "data", key=headers["x-api-key"]) as server:
        address = f"{server.url}/v2/requests/{late.json()['request_id']}"
        assert requests.get(address, headers=headers, timeout=10).json()["status"] in ("QUEUED", "PROCESSING")
        assert requests.delete(address, headers=headers, timeout=10).json()["status"] == "FAILED"
        left = requests.get(f"{server.url}/v1/get-user-credits", headers=headers, timeout=10).json()
        assert left["credits"] == 100


def test_22_caller_who_hung_up_gets_the_same_job_when_asking_again_in_another_form(
    server: Server, pictures: str
) -> None:
    headers = {"x-api-key": server.key}
    fields = _fields(first_frame_image=f"{pictures}/cat.png", prompt_optimizer="false", seed="22")
    with pytest.raises(requests.ReadTimeout):
        requests.post(server.url + SLUG, headers=headers, data=fields, timeout=1)
    deadline = time.monotonic() + 10
    while not (rows := _history(server, seed=22)):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    time.sleep(1)  # the server notices within half a second that nobody waits any more
    again = requests.post(server.url + SLUG, headers=headers, json=fields, timeout=SECONDS)
    result = again.json()
    assert result["request_id"] == rows[0]["request_id"]
    assert result["revised_prompt"] is None
    assert again.headers["idempotent-replayed"] == "true"
    assert len(_history(server, seed=22)) == 1
    _has_ranges(result["output"], int(result["video"]["file_size"]))


def _history(server: Server, seed: int) -> list[dict[str, object]]:
    url = f"{server.url}/inference-request/request-history?per_page=100"
    rows = requests.get(url, headers={"x-api-key": server.key}, timeout=10).json()["data"]
    return [row for row in rows if row["request_body"]["seed"] == seed]


def test_a_slow_sender_does_not_keep_others_from_being_answered(server: Server) -> None:
    address = urlsplit(server.url)
    assert address.hostname
    assert address.port
    with socket.create_connection((address.hostname, address.port)) as slow:
        slow.sendall(
            f"POST {SLUG} HTTP/1.1\r\nHost: x\r\nx-api-key: {server.key}\r\nContent-Length: 99\r\n\r\n{{".encode()
        )
        assert requests.get(f"{server.url}/healthz", timeout=10).json()["status"] == "ok"
