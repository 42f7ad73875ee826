"""A server as users start it, in a process of its own, and a host that has pictures for it."""

from __future__ import annotations

import functools
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
STOP_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running `firstframe serve`."""

    url: str
    key: str
    data_dir: Path
    log: Path
    process: subprocess.Popen[str]


class _Pictures(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def pictures() -> Iterator[str]:
    """Address of a host on this machine that has the example pictures."""
    handler = functools.partial(_Pictures, directory=str(EXAMPLES))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as host:
        thread = threading.Thread(target=host.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{host.server_address[1]}"
        host.shutdown()
        thread.join()


@contextmanager
def serving(data_dir: Path, key: str = "", **settings: str) -> Iterator[Server]:
    """`firstframe serve` on a free port, stopped by SIGTERM; it must then end by itself and without complaint.

    The first start in `data_dir` tells the key; later ones need to be told.
    """
    names = {f"FIRSTFRAME_{name.upper()}": value for name, value in settings.items()}
    environment = {**os.environ, "FIRSTFRAME_DATA_DIR": str(data_dir), "FIRSTFRAME_FETCH_ALLOW": "127.0.0.1", **names}
    command = [sys.executable, "-m", "firstframe", "serve", "--port", "0"]
    log = data_dir.with_suffix(".log")
    with log.open("w") as stderr:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True)
    try:
        url = _read_line(process, r"firstframe listens on (http://\S+)")
        yield Server(url, key or _read_line(process, r"API key: (ff_\S+)"), data_dir, log, process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOP_SECONDS) == 0
    finally:
        process.kill()
        process.communicate()


def _read_line(process: subprocess.Popen[str], pattern: str) -> str:
    """What `pattern` catches in the first line of the greeting that it matches."""
    assert process.stdout
    for line in process.stdout:
        if found := re.fullmatch(pattern, line.rstrip("\n")):
            return found[1]
    raise AssertionError("The server ended before it was ready.")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of real clients."""
    with serving(tmp_path_factory.mktemp("serve") / "data") as server:
        yield server
