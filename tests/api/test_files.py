"""Signed result addresses: ranges, validators, expiry."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from firstframe.api.app import create_app
from firstframe.api.files import CHUNK_BYTES
from firstframe.service.front import Service
from firstframe.service.storage import Storage
from firstframe.service.studio import Studio
from firstframe.settings import Settings

from .conftest import BODY, MADE, URL, judge, make


@pytest.fixture(scope="module")
def path(client: TestClient) -> str:
    return str(client.post(URL, json=BODY).json()["output"]).removeprefix("http://127.0.0.1:8000")


def test_whole_file(stranger: TestClient, path: str) -> None:
    response = stranger.get(path)
    assert response.status_code == 200
    assert response.content == MADE
    assert response.headers["content-type"] == "video/mp4"
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["content-disposition"].startswith('inline; filename="hailuo-2.3-fast-')
    assert "immutable" in response.headers["cache-control"]


def test_head(stranger: TestClient, path: str) -> None:
    response = stranger.head(path)
    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["content-length"] == str(len(MADE))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=10-19", 10, 19), ("bytes=1000-", 1000, 1023), ("bytes=-24", 1000, 1023)],
)
def test_23_one_range(stranger: TestClient, path: str, asked: str, first: int, last: int) -> None:
    response = stranger.get(path, headers={"range": asked})
    assert response.status_code == 206
    assert response.content == MADE[first : last + 1]
    assert response.headers["content-range"] == f"bytes {first}-{last}/1024"


def test_23_two_ranges(stranger: TestClient, path: str) -> None:
    response = stranger.get(path, headers={"range": "bytes=0-1,4-5"})
    assert response.status_code == 206
    assert response.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert MADE[0:2] in response.content
    assert MADE[4:6] in response.content


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=-0", f"bytes={10**30}-"])
def test_23_range_outside_is_416_as_json(stranger: TestClient, path: str, asked: str) -> None:
    response = stranger.get(path, headers={"range": asked})
    assert response.status_code == 416
    assert response.headers["content-range"] == "bytes */1024"
    assert response.json()["code"] == "range_not_satisfiable"
    assert response.json()["size"] == 1024


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=", "bytes=5-2", "bytes=a-b", "nonsense"])
def test_what_is_no_range_is_ignored(stranger: TestClient, path: str, asked: str) -> None:
    response = stranger.get(path, headers={"range": asked})
    assert response.status_code == 200
    assert response.content == MADE


def test_23_if_range(stranger: TestClient, path: str) -> None:
    etag = stranger.head(path).headers["etag"]
    same = stranger.get(path, headers={"range": "bytes=0-9", "if-range": etag})
    other = stranger.get(path, headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert (same.status_code, len(same.content)) == (206, 10)
    assert (other.status_code, len(other.content)) == (200, 1024)


def test_if_none_match(stranger: TestClient, path: str) -> None:
    etag = stranger.head(path).headers["etag"]
    response = stranger.get(path, headers={"if-none-match": f'"other", W/{etag}'})
    assert response.status_code == 304
    assert response.content == b""


def test_altered_address_is_gone(stranger: TestClient, path: str) -> None:
    _, _, token, name = path.split("/")
    swapped = ("B" if token[0] == "A" else "A") + token[1:]
    for other in (f"/files/{swapped}/{name}", f"/files/{token}/other.mp4", f"/files/{token[:-4]}/{name}"):
        response = stranger.get(other)
        assert response.status_code == 404
        assert response.json()["code"] == "not_found"


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a server that keeps its files in a bucket."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("bucket"), storage_url="memory:///", rate_per_minute=0)
    service = Service.open(settings, studio=Studio(engines=("parallax",), judge=judge, make=make))
    app = create_app(service, settings)
    headers = {"x-api-key": service.first_start() or ""}
    yield TestClient(app, base_url="http://127.0.0.1:8000", headers=headers, raise_server_exceptions=False)
    service.stop(drain_seconds=0)


@pytest.fixture(scope="module")
def upload(bucket: TestClient) -> str:
    source = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
    return str(bucket.post("/upload-asset", json={"data_urls": [source]}).json()["urls"][0])


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(3 * CHUNK_BYTES)


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        (None, 200, 0, len(PICTURE) - 1),
        ("bytes=1-3", 206, 1, 3),
        (f"bytes=5-{2 * CHUNK_BYTES}", 206, 5, 2 * CHUNK_BYTES),
        ("bytes=-9", 206, len(PICTURE) - 9, len(PICTURE) - 1),
        ("bytes=0-1,4-5", 200, 0, len(PICTURE) - 1),
    ],
)
def test_bucket(bucket: TestClient, upload: str, asked: str | None, status: int, first: int, last: int) -> None:
    response = bucket.get(upload, headers={"range": asked} if asked else {})
    assert response.status_code == status
    assert response.content == PICTURE[first : last + 1]
    assert response.headers["content-type"] == "image/png"
    assert response.headers["content-length"] == str(last - first + 1)
    if status == 206:
        assert response.headers["content-range"] == f"bytes {first}-{last}/{len(PICTURE)}"


def test_bucket_head_reads_nothing(bucket: TestClient, upload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Storage, "read_part", None)
    assert bucket.head(upload).headers["content-length"] == str(len(PICTURE))


def test_bucket_outside(bucket: TestClient, upload: str) -> None:
    assert bucket.get(upload, headers={"range": f"bytes={len(PICTURE)}-"}).status_code == 416


def test_file_lost_from_the_folder_is_404(client: TestClient, service: Service) -> None:
    address = client.post(URL, json=BODY).json()["output"]
    token = address.split("/")[-2]
    path = service.open_file(token).path
    assert path
    path.unlink()
    assert client.get(address).status_code == 404
