"""What a whole run leaves behind: a log of JSON lines, metrics and a database, none of which holds a key."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from .conftest import Server, serving

PROMPT = 'Pan left\n{"level": "error", "message": "forged"}\x1b[31m zebracrossing'
WRONG_KEY = "ff_aaaaaaaaaa_" + "W" * 43


@dataclass(frozen=True)
class Left:
    """What a run left behind."""

    key: str
    token: str
    lines: list[str]
    metrics: str
    data_dir: Path


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory, pictures: str) -> Left:
    with serving(tmp_path_factory.mktemp("hygiene") / "data") as server:
        token, metrics = _whole_run(server, pictures)
        key, log, data_dir = server.key, server.log, server.data_dir
    return Left(key, token, log.read_text().splitlines(), metrics, data_dir)


def _whole_run(server: Server, pictures: str) -> tuple[str, str]:
    """A clip, its file, its events, and what goes wrong; gives the token of the file and the metrics at the end."""
    url, headers = server.url, {"x-api-key": server.key}
    order = {"prompt": PROMPT, "resolution": "768p", "first_frame_image": f"{pictures}/cat.png"}
    made = requests.post(f"{url}/v1/hailuo-2.3-fast", headers=headers, json=order, timeout=240)
    assert made.status_code == 200, made.text
    assert requests.get(made.json()["output"], timeout=60).status_code == 200
    job = made.json()["request_id"]
    assert requests.get(f"{url}/v2/requests/{job}/events", headers=headers, timeout=60).status_code == 200
    assert requests.get(f"{url}/v2/requests/{job}", headers={"x-api-key": WRONG_KEY}, timeout=60).status_code == 401
    assert requests.get(f"{url}/v1/{server.key}?x-api-key={server.key}", timeout=60).status_code == 405
    broken = order | {"first_frame_image": f"{pictures}/missing.jpg?signature=SECRETSIGNATURE"}
    assert requests.post(f"{url}/v2/hailuo-2.3-fast", headers=headers, json=broken, timeout=60).status_code == 400
    return made.json()["output"].split("/files/")[1].split("/")[0], requests.get(f"{url}/metrics", timeout=60).text


def test_29_no_key_is_in_log_metrics_or_database(left: Left) -> None:
    secret = left.key.split("_", 2)[2]
    log = "\n".join(left.lines)
    assert "/v1/hailuo-2.3-fast" in log
    for words in (secret, WRONG_KEY, left.token, "SECRETSIGNATURE", "zebracrossing"):
        assert words not in log
        assert words not in left.metrics
    stored = list(_everything_stored(left.data_dir / "firstframe.db"))
    assert any("zebracrossing" in value for value in stored), "a prompt is kept, so the search does find things"
    for words in (secret, WRONG_KEY, left.token):
        assert not [value for value in stored if words in value]


def _everything_stored(path: Path) -> Iterator[str]:
    """Every value of every column of every table, the job engine's included."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                yield from (value.decode(errors="replace") if isinstance(value, bytes) else str(value) for value in row)


def test_30_every_line_of_the_log_is_one_json_object(left: Left) -> None:
    lines = [json.loads(line) for line in left.lines]
    assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
    assert not [line for line in lines if line["message"] == "forged"]
    assert "\x1b" not in "".join(left.lines)


def test_the_answers_lines_carry_their_ids(left: Left) -> None:
    lines = [json.loads(line) for line in left.lines]
    answered = [line for line in lines if line["logger"] == "firstframe.access"]
    assert {line["status"] for line in answered} >= {200, 400, 401}
    assert all(line["id"] for line in answered)
