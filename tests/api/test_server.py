"""Where `serve` listens and where it refuses to."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from firstframe.api import server
from firstframe.errors import ListenRefused
from firstframe.settings import Settings


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_refuses_other_machines_while_the_demo_key_is_the_only_one(tmp_path: Path, host: str) -> None:
    with pytest.raises(ListenRefused, match="demo key"):
        server.serve(Settings(data_dir=tmp_path), host, 0)


def test_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ListenRefused, match="Cannot listen on"):
        server.serve(Settings(data_dir=tmp_path), "127.0.0.1", taken.getsockname()[1])


def test_unknown_host_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ListenRefused, match="Cannot listen on"):
        server.serve(Settings(data_dir=tmp_path), "no-such-host.invalid", 0)


def test_accepted_connections_are_known_as_tcp_so_that_asyncio_sends_small_answers_at_once() -> None:
    family, _, _, _, address = socket.getaddrinfo("127.0.0.1", 0, type=socket.SOCK_STREAM)[0]
    with server._open(family, address) as listener, socket.create_connection(listener.getsockname()) as caller:
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP
        assert caller
