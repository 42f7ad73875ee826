"""`serve`: the HTTP API on this machine."""

from __future__ import annotations

from typing import Annotated

import typer


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
    from firstframe.settings import settings

    server.serve(settings(), host, port, worker=not no_worker)
