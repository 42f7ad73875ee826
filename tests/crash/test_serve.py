"""The real program with the real engine: `kill -9` in mid-render, start again, and the clip is there, paid for once."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest
import requests

PROGRAM = Path(sys.executable).with_name("firstframe")
PICTURE = Path(__file__).parents[2] / "examples" / "coffee.png"
LIMIT_SECONDS = 240


class Server:
    """`firstframe serve` on a data directory, on a port of its own choice."""

    def __init__(self, data_dir: Path) -> None:
        environment = os.environ | {"FIRSTFRAME_DATA_DIR": str(data_dir)}
        command = [PROGRAM, "serve", "--port", "0"]
        log = (data_dir.parent / "log").open("ab")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
        log.close()
        self.url = self.read(r"listens on (http://\S+)")

    def read(self, pattern: str) -> str:
        """What the pattern's group finds in the greeting, read up to there."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            found = re.search(pattern, line)
            if found:
                return found.group(1)
        raise AssertionError(f"the server never said {pattern}")

    def end(self, sign: signal.Signals) -> int:
        self.process.send_signal(sign)
        code = self.process.wait(LIMIT_SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def job_of(data_dir: Path) -> dict[str, Any]:
    with sqlite3.connect(data_dir / "firstframe.db") as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM jobs").fetchone())
    connection.close()
    return row


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.mark.timeout(3 * LIMIT_SECONDS)
def test_a_clip_killed_in_mid_render_is_finished_after_a_restart_and_charged_once(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    server = Server(data_dir)
    key = {"x-api-key": server.read(r"API key: (ff_\S+)")}
    with PICTURE.open("rb") as picture:
        form = {"prompt": "The camera slowly pushes in.", "duration": "10", "resolution": "768p"}
        files = {"first_frame_image": picture}
        order = requests.post(f"{server.url}/v2/parallax", headers=key, data=form, files=files, timeout=60)
    order.raise_for_status()
    until(lambda: job_of(data_dir)["progress"] > 0)
    assert server.end(signal.SIGKILL) == -signal.SIGKILL
    killed = job_of(data_dir)
    assert (killed["state"], killed["attempts"], killed["output_asset_id"]) == ("running", 1, None)

    server = Server(data_dir)
    try:
        until(lambda: job_of(data_dir)["state"] != "running")
        result = requests.get(f"{server.url}/v2/requests/{killed['id']}", headers=key, timeout=60).json()
        assert job_of(data_dir)["attempts"] == 2, result
        film = requests.get(result["video"]["url"], timeout=60)
        film.raise_for_status()
    finally:
        assert server.end(signal.SIGTERM) == 0
    (tmp_path / "clip.mp4").write_bytes(film.content)
    with av.open(tmp_path / "clip.mp4") as container:
        assert sum(1 for _ in container.decode(video=0)) == 240
    with sqlite3.connect(data_dir / "firstframe.db") as connection:
        entries = connection.execute("SELECT kind, amount_micro FROM ledger_entries ORDER BY id").fetchall()
    connection.close()
    assert entries == [("grant", 100_000_000), ("hold", -400_000), ("settle", 0)]
