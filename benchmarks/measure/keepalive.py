"""An HTTP/1.1 client that costs a tenth of what the server does, so that it is the server that is measured.

One connection is one caller: it sends prepared bytes, waits for the whole answer, and may send again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"


@dataclass(frozen=True)
class Answer:
    """Status, body, and the seconds from the first byte sent to the last one received."""

    status: int
    body: bytes
    seconds: float


class Connection(asyncio.Protocol):
    """A kept connection to the server at one address."""

    def __init__(self) -> None:
        self._received = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.WriteTransport | None = None

    @classmethod
    async def to(cls, url: str) -> Connection:
        """Connect to the host and port of `url`."""
        address = urlsplit(url)
        assert address.hostname
        assert address.port
        _, connection = await asyncio.get_running_loop().create_connection(cls, address.hostname, address.port)
        return connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by asyncio; chunked answers are not understood."""
        self._received += data
        head, found, rest = self._received.partition(_HEAD_END)
        if not found or self._answer is None:
            return
        at = head.lower().find(_LENGTH)
        size = int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(rest) >= size:
            self._received = rest[size:]
            self._answer.set_result((int(head[9:12]), rest[:size]))
            self._answer = None

    def connection_lost(self, error: Exception | None) -> None:
        """Called by asyncio."""
        if self._answer is not None:
            self._answer.set_exception(error or ConnectionResetError("The server hung up."))

    async def ask(self, request: bytes) -> Answer:
        """Send `request` and wait for its answer."""
        assert self._transport
        self._answer = asyncio.get_running_loop().create_future()
        begin = time.perf_counter()
        self._transport.write(request)
        status, body = await self._answer
        return Answer(status, body, time.perf_counter() - begin)

    def close(self) -> None:
        """Hang up."""
        assert self._transport
        self._transport.close()


def request(method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
    """The bytes of a request."""
    fields = {"Host": "127.0.0.1", "Content-Length": str(len(body)), **(headers or {})}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + _HEAD_END + body
