"""Databases for every test that needs one: SQLite always, PostgreSQL where its server programs are installed.

With FIRSTFRAME_TEST_REQUIRE_ALL=1, as in CI, a test that would skip for want of something installed fails instead.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest


class PostgresServer:
    """A server of this test run alone, reached through a socket in its own folder."""

    def __init__(self) -> None:
        programs = _postgres_programs()
        self.folder = Path(tempfile.mkdtemp(prefix="firstframe-pg-"))
        as_owner = _not_as_root(self.folder)
        self._control = [*as_owner, programs / "pg_ctl", "-D", self.folder / "data", "-w"]
        make = [*as_owner, programs / "initdb", "-D", self.folder / "data", "-U", "postgres"]
        subprocess.run(make, check=True, capture_output=True)

    def start(self) -> None:
        """Begin to answer."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
        log = ["-l", self.folder / "log", "-o", options]
        subprocess.run([*self._control, *log, "start"], check=True, capture_output=True)

    def stop(self) -> None:
        """Break every connection at once, as a crash does."""
        subprocess.run([*self._control, "-m", "immediate", "stop"], check=False, capture_output=True)

    def create(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{uuid4().hex}"
        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]  # a name takes no parameter
        return f"postgresql://postgres@/{name}?host={self.folder}"


logging.getLogger("dbos").addHandler(logging.NullHandler())
"""Without one, DBOS would keep for good what is standard error when it first starts: a test's own, soon closed."""


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Commands that run in this process begin a log of their own; it ends with the test."""
    root, job_engine = logging.getLogger(), logging.getLogger("dbos")
    level, handlers, propagate = root.level, job_engine.handlers[:], job_engine.propagate
    yield
    for handler in [handler for handler in root.handlers if handler in job_engine.handlers]:
        root.removeHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(False)
    job_engine.handlers, job_engine.propagate = handlers, propagate


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    yield from _running_server()


@pytest.fixture
def fragile_postgres_server() -> Iterator[PostgresServer]:
    """A server of one test alone, which may stop it."""
    yield from _running_server()


def _running_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.create()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _require(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _require(report)
    return report


def _require(report: pytest.TestReport | pytest.CollectReport) -> None:
    expected_to_fail = hasattr(report, "wasxfail")
    if os.environ.get("FIRSTFRAME_TEST_REQUIRE_ALL") == "1" and report.outcome == "skipped" and not expected_to_fail:
        report.outcome = "failed"
        report.longrepr = f"FIRSTFRAME_TEST_REQUIRE_ALL is set, so this may not skip: {report.longrepr}"


def _postgres_programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    pytest.skip("PostgreSQL's server programs are not installed")


def _not_as_root(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root, so the folder goes to the user postgres and the commands run as that user."""
    if os.geteuid() != 0:
        return []
    try:
        shutil.chown(folder, "postgres")
    except LookupError:
        pytest.skip("running as root without a user postgres to run the server as")
    return ["runuser", "-u", "postgres", "--"]
