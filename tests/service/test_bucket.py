"""Files in an S3 bucket, spoken to over HTTP as a real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
import requests
from moto.server import ThreadedMotoServer

from firstframe.clip import ClipRequest
from firstframe.errors import NotFound, ServiceUnavailable
from firstframe.service.front import Service
from firstframe.service.storage import Storage

from .stage import FILM

WAIT_SECONDS = 60


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket_url(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> str:
    variables = {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ALLOW_HTTP": "true",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket="films")
    return "s3://films/deep/folder"


@pytest.fixture
def bucket(bucket_url: str, tmp_path: Path) -> Storage:
    return Storage.open(bucket_url, tmp_path)


def test_what_is_put_is_read_listed_and_deleted(bucket: Storage, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"moving picture")
    assert bucket.put("clips/a/1-b.mp4", film) == 14
    assert bucket.read("clips/a/1-b.mp4") == b"moving picture"
    assert bucket.read_part("clips/a/1-b.mp4", 7, 11) == b"pict"
    assert [key for key, _ in bucket.every()] == ["clips/a/1-b.mp4"]
    assert bucket.path("clips/a/1-b.mp4") is None
    bucket.check()
    bucket.require_space(2**60)
    bucket.delete("clips/a/1-b.mp4")
    bucket.delete("clips/a/1-b.mp4")
    assert not bucket.exists("clips/a/1-b.mp4")
    with pytest.raises(NotFound):
        bucket.read("clips/a/1-b.mp4")


def test_an_address_lets_anyone_read_for_a_while(bucket: Storage) -> None:
    bucket.put("clips/a/1.mp4", b"moving picture")
    address = bucket.address("clips/a/1.mp4", timedelta(minutes=1))
    assert address is not None
    answer = requests.get(address, headers={"range": "bytes=0-5"}, timeout=30)
    assert (answer.status_code, answer.content) == (206, b"moving")


def test_a_clip_lives_in_the_bucket_alone(open_service: Callable[..., Service], bucket_url: str) -> None:
    service = open_service(storage_url=bucket_url)
    caller = service.authenticate(service.first_start())
    service.start()
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
    job = service.submit(caller, "parallax", request, dialect="test")
    done = service.wait(caller, job.id, WAIT_SECONDS)
    assert done.state == "succeeded", done.error
    file = service.open_file(service.file_token(done))
    assert (file.path, service.storage.read(file.storage_key)) == (None, FILM)
    assert service.ready()["storage"] == "ok"
    assert not (service.settings.data_dir / "files").exists()


def test_12_a_bucket_that_does_not_answer_is_service_unavailable(
    bucket_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ServiceUnavailable):
        Storage.open("s3://no-such-bucket/x", tmp_path).check()
