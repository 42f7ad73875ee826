"""`serve`: the HTTP API on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from firstframe.cli import configuration


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; another than this machine's needs keys.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Only answer requests; render none here.")] = False,
) -> None:
    """Serve the API and, unless told otherwise, render its clips in this process.

    The first start makes the data folder and a demo account, and prints its key once. Ctrl-C finishes what is
    being answered, keeps unfinished clips for the next start, and ends.
    """
    from firstframe.api import server

    server.serve(configuration.judged(), host, port, worker=not no_worker)


def worker(
    engines: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="Only these engines, separated by commas.", show_default="all here"),
    ] = None,
) -> None:
    """Render the clips of a service whose database and storage this machine can reach; no port is opened.

    Ctrl-C gives unfinished clips back, for another worker or the next start.
    """
    import contextlib
    import queue
    import signal

    from firstframe import logs
    from firstframe.service.front import Service

    settings = configuration.judged()
    stopping: queue.SimpleQueue[int] = queue.SimpleQueue()  # an Event set by a handler can lock out who waits for it
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: stopping.put(number))
    logs.begin(settings)
    service = Service.open(settings)
    try:
        service.start(engines=None if engines is None else engines.split(","))
        typer.echo("This worker takes jobs; Ctrl-C stops it.")
        while True:
            with contextlib.suppress(queue.Empty):
                stopping.get(timeout=1.0)  # a signal just before a wait without end would never be handled
                break
    finally:
        service.stop(settings.drain_seconds)
