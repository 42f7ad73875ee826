"""Signed result addresses: ranges, validators, expiry."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from .conftest import BODY, MADE, URL


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
def test_one_range(stranger: TestClient, path: str, asked: str, first: int, last: int) -> None:
    response = stranger.get(path, headers={"range": asked})
    assert response.status_code == 206
    assert response.content == MADE[first : last + 1]
    assert response.headers["content-range"] == f"bytes {first}-{last}/1024"


def test_two_ranges(stranger: TestClient, path: str) -> None:
    response = stranger.get(path, headers={"range": "bytes=0-1,4-5"})
    assert response.status_code == 206
    assert response.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert MADE[0:2] in response.content
    assert MADE[4:6] in response.content


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=-0", f"bytes={10**30}-"])
def test_range_outside_is_416_as_json(stranger: TestClient, path: str, asked: str) -> None:
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


def test_if_range(stranger: TestClient, path: str) -> None:
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
