"""The real program with the real engine: `kill -9` in mid-render, start again, and the clip is there, paid for once."""

from __future__ import annotations

import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import av
import pytest
import requests

from .deployment import WAIT_SECONDS, Program, until

pytestmark = pytest.mark.slow

PROGRAM = Path(sys.executable).with_name("firstframe")
PICTURE = Path(__file__).parents[2] / "examples" / "coffee.png"
ORDER = {"prompt": "The camera slowly pushes in.", "duration": "6", "resolution": "768p"}


class Place:
    """One data directory, on which servers live one after the other, each on a port of its own choice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data_dir = folder / "data"

    def start(self, name: str) -> tuple[Program, str]:
        """A new server and its address."""
        server = Program(
            name, self.folder, [PROGRAM, "serve", "--port", "0"], {"FIRSTFRAME_DATA_DIR": str(self.data_dir)}
        )
        server.start()
        until(lambda: server.said("listens on"), "the server", server.tail)
        return server, server.said("listens on") or ""

    def rows(self, query: str) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(self.data_dir / "firstframe.db")) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]

    def job(self) -> dict[str, Any]:
        (row,) = self.rows("SELECT id, state, progress, attempts, error, output_asset_id, worker FROM jobs")
        return row

    def until(self, state: str, progress: float, server: Program) -> None:
        """Wait until the job is so far; any other end than the one waited for ends the wait at once."""

        def is_there() -> bool:
            job = self.job()
            assert job["state"] in ("queued", "running", state), (job, server.tail())
            return bool(job["state"] == state and job["progress"] > progress)

        until(is_there, f"the job to be {state} beyond {progress}", lambda: (self.job(), server.tail()))


@pytest.mark.timeout(4 * WAIT_SECONDS)
def test_a_clip_killed_in_mid_render_is_finished_after_a_restart_and_charged_once(tmp_path: Path) -> None:
    place = Place(tmp_path)
    server, url = place.start("first-life")
    key = {"x-api-key": (server.said("API key:") or "").split()[0]}
    files = {"first_frame_image": PICTURE.read_bytes()}
    order = requests.post(f"{url}/v2/parallax", headers=key, data=ORDER, files=files, timeout=60)
    order.raise_for_status()
    place.until("running", 0, server)
    assert server.end(signal.SIGKILL) == -signal.SIGKILL
    killed = place.job()
    assert (killed["state"], killed["attempts"], killed["output_asset_id"]) == ("running", 1, None)

    server, url = place.start("second-life")
    try:
        place.until("succeeded", 0, server)
        assert place.job()["attempts"] == 2
        result = requests.get(f"{url}/v2/requests/{killed['id']}", headers=key, timeout=60).json()
        film = requests.get(result["video"]["url"], timeout=60)
        film.raise_for_status()
    finally:
        code = server.end(signal.SIGTERM)
    assert code == 0, server.tail()
    (tmp_path / "clip.mp4").write_bytes(film.content)
    with av.open(tmp_path / "clip.mp4") as container:
        assert sum(1 for _ in container.decode(video=0)) == 144
    entries = place.rows("SELECT kind, amount_micro FROM ledger_entries ORDER BY id")
    assert [tuple(entry.values()) for entry in entries] == [("grant", 100_000_000), ("hold", -240_000), ("settle", 0)]
