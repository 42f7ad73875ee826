"""`serve`: open the service, greet the first visitor, listen, and stop without losing anything."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI

from firstframe import logs
from firstframe.api import greeting
from firstframe.api.app import create_app
from firstframe.api.context import Stopping
from firstframe.errors import ListenRefused
from firstframe.service.front import Service
from firstframe.settings import Settings

log = logging.getLogger("firstframe.server")

BACKLOG = 2048


def serve(settings: Settings, host: str, port: int, worker: bool = True) -> None:
    """Serve the API on `host`:`port` (0 takes a free port) until SIGTERM or SIGINT, then drain and return.

    The first start in an empty data directory makes a demo account and prints its key, once.
    Raises `ListenRefused` when the address is taken, or could be reached from elsewhere while the demo key is the
    only key.
    """
    logs.begin(settings)
    service = Service.open(settings)
    try:
        listener = _listen(host, port, service)
        url = _url_of(listener, host)
        with listener:
            service.start(worker=worker)
            print(greeting.text(url, settings, service.first_start()), flush=True)
            stopping = Stopping()
            app = create_app(service, settings, bound_url=url, stopping=stopping)
            _Server(_config(app, settings), stopping).run(sockets=[listener])
            log.info("Stopping; clips in the making have %g seconds.", settings.drain_seconds)
    finally:
        service.stop(settings.drain_seconds)


class _Server(uvicorn.Server):
    """uvicorn, except that signals are told to the waiting requests, and that `serve` returns instead of dying."""

    def __init__(self, config: uvicorn.Config, stopping: Stopping) -> None:
        super().__init__(config)
        self._stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._stopping.begin()
        super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        with super().capture_signals():
            yield
            # uvicorn would raise them again, and SIGTERM would kill the process before the service has stopped.
            self._captured_signals.clear()


def _config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=max(1, round(settings.drain_seconds)),
    )


def _listen(host: str, port: int, service: Service) -> socket.socket:
    """A socket that queues callers from now on, so that nobody is turned away while the service starts."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        family, _, _, _, address = found[0]
        if not _is_loopback(str(address[0])) and service.is_demo_only():
            raise ListenRefused(
                f"{host} can be reached from other machines, and the demo key is the only key; "
                "make a key of your own first (firstframe keys), or listen on 127.0.0.1."
            )
        return _open(family, address)
    except OSError as error:
        raise ListenRefused(f"Cannot listen on {host}:{port}: {error.strerror}.") from None


def _open(family: int, address: tuple[object, ...]) -> socket.socket:
    # The protocol is named, unlike in `socket.create_server`: without it asyncio leaves Nagle's algorithm on, and
    # every answer on a kept connection waits 40 ms for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def _url_of(listener: socket.socket, host: str) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
