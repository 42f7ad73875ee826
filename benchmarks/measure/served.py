"""Servers as users start them, each in a process of its own, for as long as they are measured."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BARE = """\
import socket, fastapi, uvicorn
app = fastapi.FastAPI()
@app.get("/healthz")
async def alive() -> dict[str, str]:
    return {"status": "ok"}
listener = socket.create_server(("127.0.0.1", 0))
print("listens on http://127.0.0.1:%d" % listener.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, access_log=False, log_config=None)).run(sockets=[listener])
"""
"""The yardstick: the least that FastAPI can do, under the same web server."""


@dataclass(frozen=True)
class Served:
    """A running server."""

    url: str
    key: str
    process: subprocess.Popen[str]

    @property
    def resident_mib(self) -> float:
        """Memory that the process holds (Linux)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise AssertionError("The kernel tells no VmRSS.")

    @property
    def processor_seconds(self) -> float:
        """Processor time that the process has used so far (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def firstframe(data_dir: Path, *options: str, **settings: str) -> Iterator[Served]:
    """`firstframe serve` with an empty database in `data_dir`."""
    names = {f"FIRSTFRAME_{name.upper()}": value for name, value in settings.items()}
    environment = {**os.environ, "FIRSTFRAME_DATA_DIR": str(data_dir), **names}
    command = [sys.executable, "-m", "firstframe", "serve", "--port", "0", *options]
    with _running(command, environment) as process:
        yield Served(_after(process, "listens on "), _after(process, "API key: "), process)


@contextmanager
def bare() -> Iterator[Served]:
    """The yardstick."""
    with _running([sys.executable, "-c", BARE], dict(os.environ)) as process:
        yield Served(_after(process, "listens on "), "", process)


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        finally:
            process.kill()
            process.communicate()


def _after(process: subprocess.Popen[str], mark: str) -> str:
    assert process.stdout
    for line in process.stdout:
        if mark in line:
            return line.partition(mark)[2].strip()
    raise AssertionError("The server ended before it was ready.")
