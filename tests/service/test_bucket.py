"""Files in an S3 bucket, spoken to over HTTP as a real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

import boto3
import pytest
import requests
from moto.server import ThreadedMotoServer
from obstore.store import S3Store

from firstframe.clip import ClipRequest
from firstframe.errors import NotFound, ServiceUnavailable
from firstframe.service import ledger
from firstframe.service.front import Service
from firstframe.service.storage import Storage

from .stage import FILM, Hire

if TYPE_CHECKING:
    from obstore.store import RetryConfig

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


class _Full(SimpleHTTPRequestHandler):
    """A bucket that takes first frames and answers 500 to every clip."""

    kept: ClassVar[dict[str, bytes]] = {}
    refused: ClassVar[list[str]] = []

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["content-length"]))
        if "/clips/" in self.path:
            self.refused.append(self.path)
            self._answer(500, b"<Error><Code>InternalError</Code></Error>")
        else:
            self.kept[self.path] = content
            self._answer(200, b"")

    def do_GET(self) -> None:
        self._answer(200, self.kept[self.path])

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Sun, 22 Nov 2026 12:00:00 GMT")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_12_a_bucket_that_fails_at_the_upload_costs_nothing(
    open_service: Callable[..., Service], bucket_url: str, hire: Hire
) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Full) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        retries: RetryConfig = {"max_retries": 1, "retry_timeout": timedelta(seconds=5)}
        endpoint = f"http://127.0.0.1:{server.server_address[1]}"
        store = S3Store("films", endpoint=endpoint, client_options={"allow_http": True}, retry_config=retries)
        service = open_service()
        service._intake._storage = service.storage = Storage(store, None)
        caller = service.authenticate(service.first_start())
        request = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
        job = service.submit(caller, "parallax", request, dialect="test")
        worker = hire(service)
        worker.finish(job.id, worker.render(job.id))
        server.shutdown()
        thread.join()
    failed = service.job(caller, job.id)
    assert len(_Full.refused) >= 1
    assert (failed.state, failed.error_code, failed.balance_micro) == ("failed", "service_unavailable", 100_000_000)
    with service.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM assets WHERE kind = 'clip'").scalar() == 0
        assert ledger.faults(connection) == []
