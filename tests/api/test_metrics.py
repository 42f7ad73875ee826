"""`/metrics`: who may read it, what it says, and that the dashboard and the alerts ask for nothing else."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from starlette.testclient import TestClient

from firstframe.api.app import create_app
from firstframe.service.front import Service
from firstframe.settings import Settings

from .conftest import BODY, URL

DEPLOY = Path(__file__).parents[2] / "deploy" / "monitoring"
TOKEN = "a token of sixteen"
Samples = dict[str, list[tuple[dict[str, str], float]]]


def here(service: Service, settings: Settings, **changes: Any) -> TestClient:
    """A caller on this machine."""
    app = create_app(service, settings.model_copy(update=changes))
    return TestClient(app, client=("127.0.0.1", 50000), raise_server_exceptions=False)


def scraped(client: TestClient, **headers: str) -> Samples:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    found: Samples = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            found.setdefault(sample.name, []).append((sample.labels, sample.value))
    return found


@pytest.fixture
def scraper(service: Service, settings: Settings) -> TestClient:
    service._census = None
    return here(service, settings)


def test_metrics_are_for_this_machine_alone(stranger: TestClient, scraper: TestClient) -> None:
    refused = stranger.get("/metrics")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert scraper.get("/metrics").status_code == 200


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
def test_a_proxy_on_this_machine_does_not_open_them(scraper: TestClient, header: str) -> None:
    assert scraper.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


def test_with_a_token_they_are_for_who_sends_it(service: Service, settings: Settings, key: str) -> None:
    client = here(service, settings, metrics_token=SecretStr(TOKEN))
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"authorization": f"Bearer {key}"}).status_code == 403
    assert "firstframe_jobs" in client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text


def at_rest(service: Service, scraper: TestClient) -> Samples:
    """What is counted once the jobs of the tests before are over."""
    until = time.monotonic() + 60
    samples = scraped(scraper)
    while any(left for _, left in samples.get("firstframe_jobs", [])):
        assert time.monotonic() < until, "jobs of the tests before never end"
        time.sleep(0.05)
        service._census = None
        samples = scraped(scraper)
    return samples


def test_they_count_what_happened(service: Service, settings: Settings, key: str, scraper: TestClient) -> None:
    before = at_rest(service, scraper)
    client = here(service, settings)
    client.headers["x-api-key"] = key
    job_id = client.post(URL, json=BODY).json()["request_id"]
    client.post(URL, json=BODY | {"prompt": "fail"})
    client.get(f"/v2/requests/{job_id}")
    client.get("/nowhere/at/all")
    service._census = None
    after = scraped(client)
    ended = {"engine": "parallax", "state": "succeeded", "reason": ""}
    failed = {"engine": "parallax", "state": "failed", "reason": "engine_failed"}
    assert value(after, "firstframe_jobs_ended_total", ended) == value(before, "firstframe_jobs_ended_total", ended) + 1
    assert value(after, "firstframe_jobs_ended_total", failed) >= 1
    stage = {"engine": "parallax", "stage": "render"}
    grown = value(after, "firstframe_stage_seconds_sum", stage) - value(before, "firstframe_stage_seconds_sum", stage)
    assert grown == pytest.approx(0.25)
    assert value(after, "firstframe_stage_seconds_count", stage) >= 1
    assert value(after, "firstframe_workers_alive", {"engine": "parallax"}) == 1
    assert value(after, "firstframe_stored_bytes", {"kind": "clip"}) >= 1024
    assert value(after, "firstframe_database_up", {}) == 1
    answered = {tuple(labels.values()): count for labels, count in after["firstframe_http_request_seconds_count"]}
    assert answered["POST", "/v1/{slug}", "200"] == 1
    assert answered["GET", "/v2/requests/{request_id}", "200"] == 1
    assert answered["GET", "(none)", "404"] == 1
    assert job_id not in str(after)


def value(samples: Samples, name: str, labels: dict[str, str]) -> float:
    return next((number for found, number in samples.get(name, []) if found == labels), 0.0)


def test_without_the_database_they_say_so(service: Service, settings: Settings, tmp_path: Path) -> None:
    broken = Service.open(Settings(data_dir=tmp_path))
    broken.database.close()
    (tmp_path / "firstframe.db").unlink()
    (tmp_path / "firstframe.db").mkdir()
    try:
        samples = scraped(here(broken, settings))
        assert value(samples, "firstframe_database_up", {}) == 0
        assert value(samples, "firstframe_database_errors_total", {"kind": "away"}) == 1
        assert "firstframe_jobs" not in samples
    finally:
        (tmp_path / "firstframe.db").rmdir()
        broken.stop(0)


def test_dashboard_and_alerts_ask_only_for_what_is_there(scraper: TestClient) -> None:
    known = scraper.get("/metrics").text
    families = set(re.findall(r"^# TYPE (\w+)", known, re.MULTILINE))
    board = json.loads((DEPLOY / "dashboard.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    asked.append((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))
    named = {name for text in asked for name in re.findall(r"\b(?:firstframe|process)_[a-z_]+", text)}
    assert len(named) > 12
    assert not {
        name for name in named if name not in families and re.sub(r"_(bucket|count|sum)$", "", name) not in families
    }


def test_every_metric_of_ours_is_documented_and_shown(scraper: TestClient) -> None:
    families = set(re.findall(r"^# TYPE (firstframe_\w+)", scraper.get("/metrics").text, re.MULTILINE))
    document = (DEPLOY.parents[1] / "docs" / "operations.md").read_text(encoding="utf-8")
    board = (DEPLOY / "dashboard.json").read_text(encoding="utf-8")
    assert not {name for name in families if f"`{name}`" not in document}
    assert not {name for name in families if name not in board}
