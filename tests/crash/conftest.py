"""The nursery of the processes that the crash tests kill, whom they tell of their jobs, and what came of it all."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

TALLY: Counter[str] = Counter()
HOUSE = Path(__file__).with_name("house.py")


class Nursery:
    """Starts services in processes of their own."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def live(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out an order; returns its exit code and its findings."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps(order) + "\n")
        self._program.stdin.flush()
        line = self._program.stdout.readline()
        assert line, f"the nursery itself has ended: {self._program.poll()}"
        answer: dict[str, Any] = json.loads(line)
        return answer


class Receiver:
    """Takes webhooks, and remembers the state that each job was said to have ended in, by the id of the message."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/"
        self.told: dict[str, dict[str, str]] = {}
        """Job → id of the message → state. One message may come twice, two of one job never."""

    def take(self, message_id: str, content: bytes) -> None:
        data = json.loads(content)["data"]
        self.told.setdefault(data["request_id"], {})[message_id] = data["state"]


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            receiver.take(self.headers["webhook-id"], content)
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver = Receiver(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield receiver
        server.shutdown()
        thread.join()


@pytest.fixture
def tally() -> Counter[str]:
    """What the crash tests of this run have counted; it is shown at its end."""
    return TALLY


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TALLY:
        terminalreporter.section("counted in the crash tests")
    for what, count in TALLY.items():
        terminalreporter.write_line(f"{count:7d}  {what}")


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    yield from _nursery()


@pytest.fixture(scope="session")
def second_nursery() -> Iterator[Nursery]:
    """For a process that lives beside those of the first."""
    yield from _nursery()


def _nursery() -> Iterator[Nursery]:
    command = [sys.executable, str(HOUSE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        yield Nursery(program)
        assert program.stdin is not None
        program.stdin.close()
