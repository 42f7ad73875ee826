"""The page of the hosted model, line by line: every parameter, every default, every error that it names.

The engine is the only part that is not real: it fails where its prompt says so, which no picture makes ours do.
"""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
import uvicorn
from segmind import SegmindClient
from segmind.exceptions import SegmindError
from tests.api.conftest import make

from firstframe.api.app import create_app
from firstframe.service.front import Service
from firstframe.service.studio import Studio
from firstframe.settings import Settings

from .conftest import EXAMPLES

SLUG = "hailuo-2.3-fast"
PICTURE = base64.b64encode((EXAMPLES / "cat.png").read_bytes()).decode()
ORDER: dict[str, Any] = {"prompt": "The camera pans to the left.", "first_frame_image": PICTURE}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("page"), rate_per_minute=0)
    judge = Studio.of_the_house().judge
    service = Service.open(settings, studio=Studio(engines=("parallax",), judge=judge, make=make))
    service.start()
    yield service
    service.stop(drain_seconds=0)


@contextmanager
def _serving(service: Service, **changes: object) -> Iterator[str]:
    """Where the service is served, over a real port."""
    app = create_app(service, service.settings.model_copy(update=changes))
    config = uvicorn.Config(app, port=0, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def url(service: Service) -> Iterator[str]:
    with _serving(service) as url:
        yield url


def _client(
    service: Service, url: str, *, credits: int = 100, scopes: tuple[str, ...] = ("generate",)
) -> SegmindClient:
    account = service.administration.create_account("page", credits * 10**6)
    _, secret = service.administration.issue_key(account.id, "page", scopes)
    return SegmindClient(api_key=secret, base_url=f"{url}/v1", timeout=30)


@pytest.fixture
def client(service: Service, url: str) -> Iterator[SegmindClient]:
    client = _client(service, url)
    with client._client:
        yield client


def _ordered(client: SegmindClient, **fields: object) -> dict[str, Any]:
    """The parameters as the server understood them."""
    job = client.submit_async(SLUG, **(ORDER | fields))
    row = client._request("GET", f"{client.base_url[:-3]}/inference-request/request-history/{job.request_id}").json()
    return dict(row["request_body"])


def test_defaults_of_the_page(client: SegmindClient) -> None:
    understood = _ordered(client)
    assert understood["duration"] == 6
    assert understood["resolution"] == "1080p"
    assert understood["prompt_optimizer"] is True


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duration", 6),
        ("duration", 10),
        ("resolution", "768p"),
        ("resolution", "1080p"),
        ("prompt_optimizer", True),
        ("prompt_optimizer", False),
        ("prompt", "运镜：镜头缓慢推进。"),
    ],
)
def test_values_of_the_page(client: SegmindClient, name: str, value: object) -> None:
    assert _ordered(client, **{name: value})[name] == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duration", 7),
        ("duration", "six"),
        ("resolution", "720p"),
        ("prompt_optimizer", "maybe"),
        ("prompt", None),
        ("prompt", " "),
        ("first_frame_image", None),
        ("first_frame_image", "not a picture"),
        ("first_frame_image", "ftp://pictures.test/a.png"),
    ],
)
def test_bad_request_names_the_parameter(client: SegmindClient, url: str, name: str, value: object) -> None:
    answer = requests.post(f"{url}/v1/{SLUG}", headers=dict(client._client.headers), json=ORDER | {name: value})
    assert answer.status_code == 400
    assert answer.json()["field"] == name


def _refused(client: SegmindClient, slug: str = SLUG, **fields: object) -> tuple[int | None, str]:
    with pytest.raises(SegmindError) as refusal:
        client.run_sync(slug, **(ORDER | fields))
    assert refusal.value.detail
    return refusal.value.status, refusal.value.detail


@pytest.mark.parametrize(
    ("fields", "status"), [({"prompt": "fail"}, 500), ({"prompt": "unreachable"}, 502), ({"duration": 7}, 400)]
)
def test_errors_of_the_page(client: SegmindClient, fields: dict[str, Any], status: int) -> None:
    assert _refused(client, **fields)[0] == status


def test_timeout(service: Service) -> None:
    with _serving(service, wait_seconds=0.1) as url, _client(service, url)._client as http:
        answer = http.post(f"/{SLUG}", json={**ORDER, "prompt": "slow"})
        assert answer.status_code == 504
        assert http.delete(f"{url}/v2/requests/{answer.json()['request_id']}").json()["status"] == "FAILED"


def test_unauthorized(service: Service, url: str) -> None:
    for key in ("", "YOUR_API_KEY"):
        with SegmindClient(api_key=key, base_url=f"{url}/v1")._client as http:
            answer = http.post(f"/{SLUG}", json=ORDER)
        assert answer.status_code == 401
        assert "key" in answer.json()["error"]


def test_forbidden(service: Service, url: str) -> None:
    client = _client(service, url, scopes=("read",))
    with client._client:
        assert _refused(client)[0] == 403


def test_not_found(client: SegmindClient) -> None:
    assert _refused(client, "hailuo-99")[0] == 404


def test_insufficient_credits(service: Service, url: str) -> None:
    client = _client(service, url, credits=0)
    with client._client:
        assert _refused(client)[0] == 406
        with pytest.raises(SegmindError) as refusal:
            client.run(SLUG, **ORDER)
        assert refusal.value.status == 402


def test_rate_limited(service: Service, url: str) -> None:
    client = _client(service, url)
    account = service.authenticate(client.api_key).account_id
    service.administration.set_limits(account, rate_per_minute=1)
    with client._client:
        client.submit_async(SLUG, **ORDER)
        assert _refused(client)[0] == 429
