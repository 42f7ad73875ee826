"""A scripted web server on loopback, a name service under the test's control, and a record of what was dialled."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

Script = Callable[[socket.socket], None]


@dataclass
class Site:
    """A server that answers each path with bytes, or lets a function talk on the socket; it counts connections."""

    listener: socket.socket
    pages: dict[str, bytes | Script] = field(default_factory=dict)
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    context: ssl.SSLContext | None = None

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(20)
        try:
            stream = self.context.wrap_socket(connection, server_side=True) if self.context else connection
            with stream:
                request = b""
                while b"\r\n\r\n" not in request:
                    received = stream.recv(65536)
                    if not received:
                        return
                    request += received
                self.requests.append(request)
                page = self.pages.get(
                    request.split()[1].decode(), b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                )
                stream.sendall(page) if isinstance(page, bytes) else page(stream)
        except OSError:
            return
        finally:
            connection.close()


def page(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole HTTP answer that closes the connection."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", *(headers or (f"Content-Length: {len(body)}",)), "", ""]
    return "\r\n".join(lines).encode() + body


@pytest.fixture
def make_site() -> Iterator[Callable[[], Site]]:
    sites: list[Site] = []

    def make() -> Site:
        sites.append(Site(socket.create_server(("127.0.0.1", 0))))
        threading.Thread(target=sites[-1].serve, daemon=True).start()
        return sites[-1]

    yield make
    for site in sites:
        site.listener.shutdown(socket.SHUT_RDWR)
        site.listener.close()


@pytest.fixture
def site(make_site: Callable[[], Site]) -> Site:
    return make_site()


@dataclass
class Names:
    """What host names resolve to, and how often each was asked. Numbers in any spelling resolve as they always do."""

    answers: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add(self, name: str, *answers: list[str]) -> None:
        """Give one answer after the other, the last one for ever."""
        self.answers[name] = list(answers)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    table = Names()
    real = socket.getaddrinfo

    def resolve(host: str, port: int, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0) -> list[object]:
        try:
            return list(real(host, port, family, type, proto, flags | socket.AI_NUMERICHOST))
        except socket.gaierror:
            table.asked.append(host)
            answers = table.answers.get(host.lower())
            if not answers:
                raise
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [entry for address in addresses for entry in real(address, port, 0, socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return table


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that connections were opened to; those outside this machine fail without a packet."""
    addresses: list[str] = []
    real = socket.create_connection

    def connect(address: tuple[str, int], *args: object, **options: object) -> socket.socket:
        addresses.append(address[0])
        if not address[0].startswith("127."):
            raise OSError("tests do not leave the machine")
        return real(address, *args, **options)  # type: ignore[arg-type]  # whatever the caller passed

    monkeypatch.setattr(socket, "create_connection", connect)
    return addresses
