"""The official `segmind` package, as its users call it; only the base URL differs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from segmind import SegmindClient
from segmind.exceptions import SegmindError
from segmind.v2 import InferenceFailed, InferenceTimeout

from firstframe.media.video import probe

from .conftest import EXAMPLES, Server

SLUG = "hailuo-2.3-fast"


@contextmanager
def _open(server: Server, key: str) -> Iterator[SegmindClient]:
    client = SegmindClient(api_key=key, base_url=f"{server.url}/v1", timeout=120)
    with client._client:
        yield client


@pytest.fixture
def client(server: Server) -> Iterator[SegmindClient]:
    with _open(server, server.key) as client:
        yield client


class _ToOurs(httpx.HTTPTransport):
    """Sends what the package addresses to the vendor's other hosts, which it has written into it, to our server."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._address = urlsplit(server.url)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host.endswith(".segmind.com"):
            host, port = self._address.hostname, self._address.port
            request.url = request.url.copy_with(scheme="http", host=host, port=port)
            request.headers["Host"] = f"{host}:{port}"
        return super().handle_request(request)


@pytest.fixture
def redirected(server: Server) -> Iterator[SegmindClient]:
    with _open(server, server.key) as client, httpx.Client(transport=_ToOurs(server), timeout=120) as ours:
        ours.headers, ours.base_url = client._client.headers, client._client.base_url
        client._client.close()
        client._client = ours
        yield client


@pytest.fixture
def order(pictures: str) -> dict[str, object]:
    return {
        "prompt": "The camera slowly pans to the left.",
        "first_frame_image": f"{pictures}/cat.png",
        "resolution": "768p",
    }


def test_16_run_sync_gives_the_bytes_that_its_users_write(
    client: SegmindClient, order: dict[str, object], tmp_path: Path
) -> None:
    response = client.run_sync(SLUG, **order)
    path = tmp_path / "clip.mp4"
    path.write_bytes(response.content)
    assert probe(path).frames == 144
    assert float(response.headers["x-cost"]) == 0.24


def test_16_failure_is_raised_with_the_sentence(client: SegmindClient, order: dict[str, object]) -> None:
    job = client.submit_async(SLUG, **order)
    assert job.status()["status"] in ("QUEUED", "PROCESSING")
    with pytest.raises(InferenceTimeout):
        job.wait(timeout=0, interval=0.01)
    client._client.delete(job.response_url)
    with pytest.raises(InferenceFailed) as failure:
        job.wait(interval=0.1)
    assert failure.value.detail == "The job was cancelled; nothing was charged."
    assert job.result()["status"] == "FAILED"


@pytest.mark.parametrize(
    ("slug", "changes", "status"), [("sora", {}, 404), (SLUG, {"duration": 7}, 400), (SLUG, {"prompt": ""}, 400)]
)
def test_errors_carry_a_sentence(
    client: SegmindClient, order: dict[str, object], slug: str, changes: dict[str, object], status: int
) -> None:
    for call in (client.run_sync, client.run):
        with pytest.raises(SegmindError) as failure:
            call(slug, **(order | changes))
        assert failure.value.status == status
        assert isinstance(failure.value.detail, str)


def test_run_makes_a_clip_of_an_uploaded_picture_and_history_knows_it(
    redirected: SegmindClient, order: dict[str, object]
) -> None:
    uploaded = redirected.files.upload(EXAMPLES / "cat.png")
    assert uploaded["message"]
    result = redirected.run(SLUG, **(order | {"first_frame_image": uploaded["file_urls"][0]}))
    assert result["status"] == "COMPLETED"
    assert redirected._client.get(result["output"]).headers["content-type"] == "video/mp4"
    row = redirected.generations.get(result["request_id"])
    assert row["generation_url"] == result["output"]
    assert row["credits_deduction"] == result["metrics"]["cost"]
    assert row["request_body"]["prompt"] == order["prompt"]
    for page in (
        redirected.generations.history(status="COMPLETED", per_page=100),
        redirected.generations.list(model_name=SLUG),
        redirected.generations.recent(SLUG),
    ):
        assert result["request_id"] in [row["request_id"] for row in page["data"]]


def test_16_models_and_account(redirected: SegmindClient) -> None:
    assert SLUG in [row["slug"] for row in redirected.models.list()["data"]]
    assert redirected.accounts.current()["credits"] > 0
    assert redirected._request("GET", "/get-user-credits").json()["credits"] > 0


def test_bad_key(server: Server, order: dict[str, object]) -> None:
    with _open(server, "SG_0123456789abcdef") as client, pytest.raises(SegmindError) as failure:
        client.run(SLUG, **order)
    assert failure.value.status == 401
    assert failure.value.detail == "Unauthorized. API key is invalid or may have expired..."
