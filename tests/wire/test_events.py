"""The event stream of a real render, ordered by the official package, broken off and taken up again."""

from __future__ import annotations

import json

import requests
from segmind import SegmindClient

from .conftest import Server


def test_24_stream_broken_off_and_taken_up_loses_nothing(server: Server, pictures: str) -> None:
    headers = {"x-api-key": server.key}
    order = {"prompt": "Pan right.", "first_frame_image": f"{pictures}/cat.png", "resolution": "768p"}
    client = SegmindClient(api_key=server.key, base_url=f"{server.url}/v1")
    with client._client:
        job = client.submit_async("hailuo-2.3-fast", **order)
        stream = job.submit_response["events_url"]
        first = _events(stream, headers, stop_at="status")
        rest = _events(stream, {**headers, "Last-Event-ID": first[-1]["id"]})
        waited = job.wait(timeout=60, interval=0.1)
    numbered = [event for event in first + rest if "id" in event]
    assert [json.loads(event["data"])["status"] for event in numbered] == ["QUEUED", "PROCESSING", "COMPLETED"]
    shares = [json.loads(event["data"])["progress"] for event in rest if event["event"] == "progress"]
    assert shares == sorted(shares)
    result = json.loads(numbered[-1]["data"])
    assert numbered[-1]["event"] == "result"
    assert waited["output"] == result["output"]
    assert requests.head(result["output"], timeout=10).headers["content-type"] == "video/mp4"
    again = requests.get(stream, headers={**headers, "Last-Event-ID": numbered[-1]["id"]}, timeout=10)
    assert again.status_code == 204


def _events(url: str, headers: dict[str, str], stop_at: str = "result") -> list[dict[str, str]]:
    """The events up to the first of the name `stop_at`."""
    told: list[dict[str, str]] = []
    event: dict[str, str] = {}
    with requests.get(url, headers=headers, stream=True, timeout=120) as response:
        for line in response.iter_lines(chunk_size=1, decode_unicode=True):
            if line:
                name, _, value = line.partition(": ")
                event[name] = value
            elif "event" in event:
                told.append(event)
                event = {}
                if told[-1]["event"] == stop_at:
                    break
            else:
                event = {}
    return told
