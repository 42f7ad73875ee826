"""Clips in an S3 bucket, as callers of the API meet them: signed addresses, ranges, forgetting, orphans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from sqlalchemy import update
from starlette.testclient import TestClient

from firstframe.api.app import create_app
from firstframe.service import retention
from firstframe.service.clock import now
from firstframe.service.front import Service
from firstframe.service.retention import Retention
from firstframe.service.studio import Studio
from firstframe.service.tables import jobs
from firstframe.service.workflow import JobEngine
from firstframe.settings import Settings

from .conftest import BODY, MADE, URL, judge, make

BASE_URL = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Shop:
    """A server whose files are in a bucket, and the bucket seen from the other side."""

    service: Service
    http: TestClient
    s3: Any

    def contents(self) -> set[str]:
        """What is in the bucket."""
        return {found["Key"] for found in self.s3.list_objects_v2(Bucket="films").get("Contents", [])}

    def order(self) -> str:
        """Path of a clip just made."""
        return str(self.http.post(URL, json=BODY).json()["output"]).removeprefix(BASE_URL)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ALLOW_HTTP": "true",
        }.items():
            environment.setenv(name, value)
        yield f"http://{host}:{port}"
    moto.stop()


@pytest.fixture(scope="module")
def no_other_worker(service: Service) -> Iterator[None]:
    """A process has room for one worker: that of the other modules rests meanwhile."""
    service._workplace.close(0)
    yield
    service._workplace.open()


@pytest.fixture(scope="module")
def shop(endpoint: str, no_other_worker: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    s3 = boto3.client("s3", endpoint_url=endpoint)
    s3.create_bucket(Bucket="films")
    settings = Settings(data_dir=tmp_path_factory.mktemp("shop"), storage_url="s3://films", rate_per_minute=0)
    service = Service.open(settings, studio=Studio(engines=("parallax",), judge=judge, make=make))
    service.start()
    headers = {"x-api-key": service.first_start() or ""}
    yield Shop(service, TestClient(create_app(service, settings), base_url=BASE_URL, headers=headers), s3)
    service.stop(drain_seconds=0)


@pytest.fixture(scope="module")
def path(shop: Shop) -> str:
    return shop.order()


def test_16_signed_address_gives_the_clip_to_whoever_has_it(shop: Shop, path: str) -> None:
    stranger = TestClient(shop.http.app, base_url=BASE_URL)
    answer = stranger.get(path)
    assert (answer.status_code, answer.content) == (200, MADE)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["content-length"] == str(len(MADE))
    assert not (shop.service.settings.data_dir / "files").exists()
    token = path.split("/")[2]
    assert stranger.get(path.replace(token, token[:-2] + "AA")).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=10-19", 206, MADE[10:20]),
        ("bytes=-24", 206, MADE[-24:]),
        ("bytes=1000-", 206, MADE[1000:]),
        ("bytes=0-1,4-5", 200, MADE),  # several may be answered with the whole (RFC 9110, 14.2)
        ("bytes=1024-", 416, None),
    ],
)
def test_23_ranges(shop: Shop, path: str, asked: str, status: int, content: bytes | None) -> None:
    answer = shop.http.get(path, headers={"range": asked})
    assert answer.status_code == status
    if content is None:
        assert answer.headers["content-range"] == "bytes */1024"
        assert answer.json()["code"] == "range_not_satisfiable"
    else:
        assert answer.content == content


def test_23_if_range(shop: Shop, path: str) -> None:
    etag = shop.http.head(path).headers["etag"]
    same = shop.http.get(path, headers={"range": "bytes=0-9", "if-range": etag})
    other = shop.http.get(path, headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert (same.status_code, same.content) == (206, MADE[:10])
    assert (other.status_code, other.content) == (200, MADE)


def test_forgotten_clip_is_gone_from_the_bucket_and_404(shop: Shop) -> None:
    path = shop.order()
    job_id = shop.http.get("/inference-request/generations").json()["data"][0]["request_id"]
    key = shop.service.open_file(path.split("/")[2]).storage_key
    assert key in shop.contents()
    long_ago = now() - timedelta(days=shop.service.settings.keep_files_days + 1)
    with shop.service.database.write() as connection:
        connection.execute(update(jobs).where(jobs.c.id == job_id).values(finished_at=long_ago))
    assert _retention(shop).forget_files() == 2  # the clip and its first frame
    assert key not in shop.contents()
    assert shop.http.get(path).status_code == 404


def test_12_orphans_are_swept_and_nothing_else(shop: Shop, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.s3.put_object(Bucket="films", Key="clips/lost/1-nobody.mp4", Body=b"lost")
    shop.s3.put_object(Bucket="films", Key="elsewhere/of-somebody-else", Body=b"theirs")
    before = shop.contents()
    assert _retention(shop).sweep_orphans() == 0  # too young to be judged
    monkeypatch.setattr(retention, "ORPHANS_KEPT", timedelta(hours=-1))
    assert _retention(shop).sweep_orphans() == 1
    assert before - shop.contents() == {"clips/lost/1-nobody.mp4"}
    assert shop.http.get(path).content == MADE


def _retention(shop: Shop) -> Retention:
    service = shop.service
    return Retention(service.settings, service.database, service.storage, JobEngine(service.database.url))
