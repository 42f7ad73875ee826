"""Guarded HTTP: the one way this program talks to an address that someone else chose. Knows nothing about pictures.

The guard sits at the socket: a host name is resolved once, every answer is judged by `media.addresses`, and the judged
address itself is dialled, so redirects, odd spellings and rebinding name servers all meet the same rule. TLS still
verifies the host name. Only this module imports the HTTP client.
"""

from __future__ import annotations

import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from ipaddress import ip_address

import httpcore2
import httpx2

from firstframe.errors import ImageRejected
from firstframe.media.addresses import AddressRefused, AllowList, judge
from firstframe.settings import settings

CONNECT_SECONDS = 10.0
TOTAL_SECONDS = 30.0
REDIRECTS_MAX = 3
URL_MAX_CHARACTERS = 8192
HTTPError = httpx2.HTTPError
"""What a guarded client raises when the other side fails; timeouts are `HTTPTimeout`."""
HTTPTimeout = httpx2.TimeoutException
InvalidURL = httpx2.InvalidURL

_HOST_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def fetch(url: str, *, limit_bytes: int, allow: str | None = None) -> bytes:
    """Download what a caller's URL points at, at most `limit_bytes` after decoding.

    `allow` overrides the operator's allow list `FIRSTFRAME_FETCH_ALLOW`.
    Raises `ImageRejected` with reason address_refused, fetch_failed, not_found or too_many_bytes; its sentence never
    repeats anything that the other side sent.
    """
    try:
        with guarded_client(allow=allow) as client:
            return _download(client, url, limit_bytes)
    except AddressRefused as refusal:
        raise ImageRejected("address_refused", f"The picture's address is refused: {refusal}.") from None
    except HTTPTimeout:
        sentence = f"The picture did not arrive in time; at most {TOTAL_SECONDS:g} seconds are allowed."
        raise ImageRejected("fetch_failed", sentence) from None
    except (httpx2.HTTPError, httpx2.InvalidURL):
        sentence = "The picture could not be fetched: its host cannot be reached or does not speak HTTP properly."
        raise ImageRejected("fetch_failed", sentence) from None


@contextmanager
def guarded_client(
    *, allow: str | None = None, connect_seconds: float | None = None, total_seconds: float | None = None
) -> Iterator[httpx2.Client]:
    """An HTTP client that reaches only public hosts and those on the allow list; made for one exchange.

    Its total deadline runs from here and holds for everything done with it, headers and trickling bodies included.
    It follows no redirects unless asked to, keeps no cookies and reads no proxy environment.
    Its calls raise `AddressRefused`, `HTTPTimeout` or `HTTPError`.
    """
    allowed = AllowList.parse(settings().fetch_allow if allow is None else allow)
    deadline = _Deadline(TOTAL_SECONDS if total_seconds is None else total_seconds)
    timeout = httpx2.Timeout(deadline.seconds, connect=CONNECT_SECONDS if connect_seconds is None else connect_seconds)
    headers = {"User-Agent": f"firstframe/{version('firstframe')}", "Accept-Encoding": "identity"}
    transport = _GuardedTransport(allowed, deadline)
    with httpx2.Client(transport=transport, trust_env=False, timeout=timeout, headers=headers) as client:
        yield client


def _download(client: httpx2.Client, url: str, limit_bytes: int) -> bytes:
    target = _parse(url)
    for _ in range(REDIRECTS_MAX + 1):
        with client.stream("GET", target, headers={"Accept": "image/*"}) as response:
            if response.status_code not in _REDIRECTS or "location" not in response.headers:
                return _body(response, limit_bytes)
            target = target.join(response.headers["location"])
    raise ImageRejected("fetch_failed", f"The picture's URL redirects more than {REDIRECTS_MAX} times.")


def _parse(url: str) -> httpx2.URL:
    if len(url) > URL_MAX_CHARACTERS:
        raise AddressRefused(f"the URL has {len(url)} characters; at most {URL_MAX_CHARACTERS} are accepted")
    return httpx2.URL(url.strip())


def _body(response: httpx2.Response, limit_bytes: int) -> bytes:
    _require_success(response.status_code)
    # Several codings in a row can burn minutes on data that never adds up to an output; nobody needs them.
    if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity", "gzip", "deflate"}:
        raise ImageRejected("fetch_failed", "The picture's host sends a content coding that was not asked for.")
    length = response.headers.get("content-length", "")
    _require_fit(int(length) if length.isdecimal() else 0, limit_bytes)
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        _require_fit(max(len(body), response.num_bytes_downloaded), limit_bytes)
    return bytes(body)


def _require_success(status: int) -> None:
    if status in {404, 410}:
        raise ImageRejected("not_found", f"There is no picture at the URL: its host answered with status {status}.")
    if status != 200:
        raise ImageRejected("fetch_failed", f"The picture's host refused it with status {status}.")


def _require_fit(count: int, limit_bytes: int) -> None:
    if count > limit_bytes:
        sentence = f"The picture at the URL is larger than {limit_bytes / 2**20:g} MB, the most that is accepted."
        raise ImageRejected("too_many_bytes", sentence)


def _judge_url(url: httpx2.URL) -> None:
    if url.scheme not in {"http", "https"}:
        raise AddressRefused("only http and https are accepted")
    if url.userinfo:
        raise AddressRefused("a user name or password in a URL is not accepted")
    if not _HOST_NAME.fullmatch(url.raw_host.decode("ascii")) and not _is_literal(url.host):
        raise AddressRefused("its host name is malformed")


def _is_literal(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


class _Deadline:
    """The moment by which an exchange must be over, whatever the other side does."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def within(self, timeout: float | None) -> float:
        """Seconds that one blocking call may take: its own timeout, or what is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("deadline")
        return left if timeout is None else min(timeout, left)


class _GuardedStream(httpcore2.NetworkStream):
    """A connection whose every read and write also keeps the total deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: _Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return _GuardedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections only to addresses that were judged, and to exactly those."""

    def __init__(self, allow: AllowList, deadline: _Deadline) -> None:
        self._allow = allow
        self._deadline = deadline
        self._dialler = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        patience = _Deadline(self._deadline.within(timeout))
        addresses = judge(host, port, _resolve(host, port, patience.within(None)), self._allow)
        failure: Exception = httpcore2.ConnectError("no address")
        for address in addresses:
            try:
                stream = self._dialler.connect_tcp(str(address), port, patience.within(None), None, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _GuardedStream(stream, self._deadline)
        raise failure


class _GuardedTransport(httpx2.BaseTransport):
    """Requests through `_GuardedBackend`. It stands alone, so that a change in the client cannot unhook the guard."""

    def __init__(self, allow: AllowList, deadline: _Deadline) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_trust(), network_backend=_GuardedBackend(allow, deadline), http1=True, http2=False
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        _judge_url(request.url)
        with _client_errors():
            answer = self._pool.handle_request(_for_core(request))
        headers = [(name, value) for name, value in answer.headers if name.lower() != b"set-cookie"]
        return httpx2.Response(
            status_code=answer.status, headers=headers, stream=_Body(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _client_errors():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _for_core(request: httpx2.Request) -> httpcore2.Request:
    assert isinstance(request.stream, httpx2.SyncByteStream)
    url = request.url
    target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    return httpcore2.Request(
        method=request.method,
        url=target,
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _client_errors() -> Iterator[None]:
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise httpx2.TimeoutException(str(error)) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as error:
        raise httpx2.TransportError(str(error)) from error


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """Addresses of a host name. In a thread, because the system resolver has no timeout of its own."""
    answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True, name="resolve").start()
    try:
        result = answer.get(timeout=seconds)
    except queue.Empty:
        raise httpcore2.ConnectTimeout("name resolution") from None
    if isinstance(result, Exception):
        raise httpcore2.ConnectError("name resolution") from result
    return result
