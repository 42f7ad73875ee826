"""Parts of a scaled-out deployment, each in a process of its own, and the balancer that its callers see."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

WAIT_SECONDS = 120
BUCKET = "clips"


def until(
    condition: Callable[[], object], what: str, seen: Callable[[], object] = lambda: "", seconds: float = 0
) -> None:
    """Wait for another process; in vain, the failure says for what, and what `seen` shows by then."""
    limit = seconds or WAIT_SECONDS
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"waited {limit:g} s for {what} in vain; seen: {seen()}"
        time.sleep(0.05)


class Program:
    """A `firstframe` command, or another program; each life of it has a log of its own."""

    def __init__(self, name: str, folder: Path, command: Sequence[str | Path], environment: dict[str, str]) -> None:
        self.name = name
        self._folder = folder
        self._lives = 0
        self._command = command
        self._environment = os.environ | environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._lives += 1
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(self._command, stdout=log, stderr=log, env=self._environment)

    @property
    def log(self) -> Path:
        """What it says in this life."""
        return self._folder / f"{self.name}-life-{self._lives}.log"

    def end(self, sign: signal.Signals) -> int:
        """Send the signal; returns the exit status."""
        assert self.process
        self.process.send_signal(sign)
        return self.process.wait(WAIT_SECONDS)

    def said(self, words: str) -> str | None:
        """The rest of the first line with these words, or None; fails when the program has ended instead."""
        for line in self.log.read_text().splitlines():
            if words in line:
                return line.partition(words)[2].strip()
        assert self.process
        assert self.process.poll() is None, f"{self.name} has ended: {self.tail()}"
        return None

    def tail(self) -> str:
        return "\n".join(self.log.read_text().splitlines()[-20:])


class Balancer(socketserver.ThreadingTCPServer):
    """One address for several servers, by turns; one that does not answer is passed over."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, ports: Sequence[int]) -> None:
        self._turns = itertools.count()
        self._ports = ports
        super().__init__(("127.0.0.1", 0), _Connection)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def connect(self) -> socket.socket | None:
        first = next(self._turns)
        for turn in range(len(self._ports)):
            try:
                port = self._ports[(first + turn) % len(self._ports)]
                return socket.create_connection(("127.0.0.1", port), timeout=WAIT_SECONDS)
            except OSError:
                continue
        return None


class _Connection(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Balancer)
        behind = self.server.connect()
        if behind is None:
            return
        with behind:
            back = threading.Thread(target=_pump, args=(behind, self.request), daemon=True)
            back.start()
            _pump(self.request, behind)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes until either side is gone, then let both know."""
    try:
        while content := source.recv(65536):
            target.sendall(content)
    except OSError:
        pass
    for one in (source, target):
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Deployment:
    """Two servers, two workers and a bucket, each a process with a folder of its own; PostgreSQL is the caller's."""

    def __init__(self, folder: Path, database_url: str, **settings: str) -> None:
        folder.mkdir()
        bucket_port, *ports = free_ports(3)
        self.bucket_url = f"http://127.0.0.1:{bucket_port}"
        self.environment = {f"FIRSTFRAME_{name.upper()}": value for name, value in settings.items()} | {
            "FIRSTFRAME_DATABASE_URL": database_url,
            "FIRSTFRAME_STORAGE_URL": f"s3://{BUCKET}/firstframe",
            "FIRSTFRAME_SIGNING_SECRET": "a secret that both servers know",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": self.bucket_url,
            "AWS_ALLOW_HTTP": "true",
        }
        program = str(Path(sys.executable).with_name("firstframe"))
        moto = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(bucket_port)]
        self.bucket = Program("bucket", folder, moto, {})
        self.servers = [
            self._program(f"server-{number}", folder, [program, "serve", "--no-worker", "--port", str(port)])
            for number, port in enumerate(ports)
        ]
        self.workers = [
            self._program(f"worker-{number}", folder, [program, "worker", "--engines", "parallax"]) for number in (1, 2)
        ]
        self.balancer = Balancer(ports)

    def _program(self, name: str, folder: Path, command: Sequence[str]) -> Program:
        own = {"FIRSTFRAME_DATA_DIR": str(folder / name), "FIRSTFRAME_WORKER_NAME": name}
        return Program(name, folder, command, self.environment | own)

    @property
    def programs(self) -> list[Program]:
        return [self.bucket, *self.servers, *self.workers]

    def logs(self) -> str:
        """The last words of every program."""
        return "\n".join(f"--- {program.name}\n{program.tail()}" for program in self.programs)

    @contextmanager
    def running(self) -> Iterator[str]:
        """Start everything; gives the key of the account that the first server makes."""
        balancing = threading.Thread(target=self.balancer.serve_forever)
        balancing.start()
        try:
            yield self._start()
        finally:
            self.balancer.shutdown()
            balancing.join()
            self.balancer.server_close()
            for program in self.programs:
                if program.process:
                    program.process.kill()
                    program.process.wait()

    def _start(self) -> str:
        first, *others = self.servers
        self.bucket.start()
        until(lambda: self.bucket.said("Running on"), "the bucket", self.logs)
        make_bucket(self.bucket_url)
        first.start()
        until(lambda: first.said("API key:"), "the key", self.logs)
        for program in (*others, *self.workers):
            program.start()
        key = first.said("API key:")
        assert key
        return key.split()[0]


def make_bucket(url: str) -> None:
    import boto3

    client = boto3.client(
        "s3", endpoint_url=url, aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1"
    )
    client.create_bucket(Bucket=BUCKET)
