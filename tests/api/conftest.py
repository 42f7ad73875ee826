"""The app over a real service on SQLite, with a studio that makes a few bytes instead of a clip.

One service for the package, and not for the session: it holds the one worker that a process may have.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from firstframe.api.app import create_app
from firstframe.api.context import Stopping
from firstframe.clip import Clip, ClipRequest, FrameSize, Resolution
from firstframe.engines.base import Tick
from firstframe.errors import EngineFailed, EngineUnavailable, ImageRejected
from firstframe.service.front import Service
from firstframe.service.studio import Studio
from firstframe.settings import Settings

MADE = bytes(range(256)) * 4
"""What the studio makes; 1024 bytes."""
URL = "/v1/hailuo-2.3-fast"
BODY: dict[str, Any] = {"prompt": "The camera pushes in.", "first_frame_image": "https://pictures.test/cat.jpg"}


def judge(source: str | bytes) -> bytes:
    """A picture is anything that does not say it is bad."""
    if source == "bad":
        raise ImageRejected("unsupported_format", "The picture is not one of JPEG, PNG, WebP, AVIF or GIF.")
    if isinstance(source, bytes):
        return source
    return base64.b64decode(source.partition(",")[2]) if source.startswith("data:") else source.encode()


def make(request: ClipRequest, path: Path, engine: str, tick: Tick) -> Clip:
    """The prompt says what happens: "fail", "crash" and "unreachable" fail, "slow" lasts until the job is cancelled."""
    if request.prompt == "fail":
        raise EngineFailed("The engine could not make this clip.")
    if request.prompt == "crash":
        raise ValueError("a secret of the house")
    if request.prompt == "unreachable":
        raise EngineUnavailable("The engine's host cannot be reached.")
    while request.prompt == "slow":
        tick(36, 144)
        time.sleep(0.02)
    path.write_bytes(MADE)
    return Clip(
        path=path,
        engine=engine,
        seed=request.seed or 0,
        size=FrameSize.for_picture(16, 9, Resolution(request.resolution)),
        seconds=request.duration,
        prompt=request.prompt,
        revised_prompt="The camera slowly pushes in." if request.prompt_optimizer else None,
        direction={"camera": [{"move": "push_in", "start": 0.0, "end": 6.0, "speed": 1.0}]},
        plan={},
        timings={"render": 0.25, "total": 0.5},
    )


@pytest.fixture(scope="package")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        data_dir=tmp_path_factory.mktemp("data"),
        demo_credits=1000,
        wait_seconds=20,
        account_concurrency=4,
        rate_per_minute=0,
    )


@pytest.fixture(scope="package")
def service(settings: Settings) -> Iterator[Service]:
    service = Service.open(settings, studio=Studio(engines=("parallax",), judge=judge, make=make))
    service.start(worker=True)
    yield service
    service.stop(drain_seconds=1)


@pytest.fixture(scope="package")
def key(service: Service) -> str:
    secret = service.first_start()
    assert secret
    return secret


Open = Callable[..., TestClient]


@pytest.fixture(scope="package")
def open_client(service: Service, settings: Settings, key: str) -> Open:
    """A client of an app with other settings; by default with the demo key."""

    def open_client(
        headers: dict[str, str] | None = None, stopping: Stopping | None = None, **changes: Any
    ) -> TestClient:
        app = create_app(
            service,
            settings.model_copy(update=changes),
            bound_url=changes.get("bound_url", "http://127.0.0.1:8000"),
            stopping=stopping,
        )
        headers = {"x-api-key": key} if headers is None else headers
        return TestClient(app, base_url="http://127.0.0.1:8000", headers=headers, raise_server_exceptions=False)

    return open_client


@pytest.fixture(scope="package")
def client(open_client: Open) -> TestClient:
    return open_client()


@pytest.fixture(scope="package")
def stranger(open_client: Open) -> TestClient:
    """A client without a key."""
    return open_client(headers={})
