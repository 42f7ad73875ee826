"""A service with a studio that writes a few bytes instead of a film: these tests are about jobs and money."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from firstframe.service.database import Database, address
from firstframe.service.front import Caller, Service
from firstframe.service.studio import Studio
from firstframe.service.worker import Worker
from firstframe.settings import Settings

from .stage import Hire, Stage


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def make_settings(tmp_path: Path, database_url: str) -> Callable[..., Settings]:
    def build(**changes: object) -> Settings:
        return Settings.model_validate({"data_dir": tmp_path / "data", "database_url": database_url} | changes)

    return build


@pytest.fixture
def open_service(make_settings: Callable[..., Settings], stage: Stage) -> Iterator[Callable[..., Service]]:
    """Opens services on the test's database; all are stopped at its end."""
    opened: list[Service] = []

    def build(studio: Studio | None = None, **changes: object) -> Service:
        service = Service.open(make_settings(**changes), studio=studio or stage.studio())
        opened.append(service)
        return service

    yield build
    stage.gate.set()
    for service in opened:
        service.stop(drain_seconds=0)


@pytest.fixture
def service(open_service: Callable[..., Service]) -> Service:
    """A service without a worker: what is submitted stays queued."""
    return open_service()


@pytest.fixture
def hire(stage: Stage, tmp_path: Path) -> Hire:
    def build(service: Service, name: str = "worker") -> Worker:
        return Worker(name, service.database, service.storage, stage.studio(), tmp_path / "scratch" / name)

    return build


@pytest.fixture
def caller(service: Service) -> Caller:
    return service.authenticate(service.first_start())


@pytest.fixture
def database(tmp_path: Path, database_url: str) -> Iterator[Database]:
    """A migrated database without a service."""
    opened = Database(address(database_url, tmp_path))
    opened.migrate()
    yield opened
    opened.close()
