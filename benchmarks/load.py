"""How a server holds up: polls and health while a clip renders, submits of many callers, open event streams.

Everything is real: `firstframe serve` on a port, a render in it, and callers in this process, over kept connections.
The rates mean something only next to the yardstick of the same run, a bare FastAPI route under the same web server;
for absolute figures the machine must be idle, and is shared by the callers all the same.

Twenty concurrent submitters are twenty callers, each with one order in flight, who order about once a second at random
moments, so that orders do meet: twenty a second, which two cores bear beside the callers themselves. Each order
brings its picture along, or names one that was uploaded before. Twenty who order again as soon as they are answered
are the other reading: then each waits for nineteen others, and the rate is the most that the server takes.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from measure import report, served
from measure.keepalive import Answer, Connection, request
from measure.served import Served

SUBMITTERS, SUBMITS_EACH = 20, 10
POLLERS = 8
STREAMS = 200
WINDOW_SECONDS = 4.0
SETTLE_SECONDS = 2.0
LIMITS_OFF = {
    "rate_per_minute": "1000000",
    "account_queue": "100000",
    "queue_limit": "100000",
    "demo_credits": "1000000",
}


def main() -> None:
    """Measure and print."""
    parser = report.arguments(__doc__)
    parser.add_argument("--window", type=float, default=WINDOW_SECONDS, help="seconds of each measurement of a rate")
    parser.add_argument("--picture", default="temple.jpg", help="the picture that is sent with every order")
    options = parser.parse_args()
    picture = options.images / options.picture
    with tempfile.TemporaryDirectory() as folder:
        rows = asyncio.run(_measure(Path(folder), Order(picture), options.window))
    columns = dict.fromkeys(name for row in rows for name in row)
    report.show([{name: row.get(name, "") for name in columns} for row in rows], {}, options.json)


class Order:
    """What callers ask for: clips of one picture, uploaded with each request."""

    def __init__(self, picture: Path) -> None:
        self._image = base64.b64encode(picture.read_bytes()).decode()

    def upload(self, key: str) -> bytes:
        """The upload of the picture, as bytes."""
        body = json.dumps({"data_urls": [f"data:image/jpeg;base64,{self._image}"]}).encode()
        return request("POST", "/upload-asset", {"x-api-key": key, "Content-Type": "application/json"}, body)

    def submit(self, key: str, resolution: str = "1080p", duration: int = 10, image: str | None = None) -> bytes:
        """A submit, as bytes; `image` is the address of a picture instead of the picture itself."""
        fields = {"prompt": "The camera slowly pushes in.", "first_frame_image": image or self._image}
        body = json.dumps({**fields, "resolution": resolution, "duration": duration}).encode()
        return request("POST", "/v2/hailuo-2.3-fast", {"x-api-key": key, "Content-Type": "application/json"}, body)


async def _measure(folder: Path, order: Order, window: float) -> list[report.Row]:
    rows = []
    with served.bare() as yardstick:
        alive = request("GET", "/healthz")
        rows.append(await _rate("bare FastAPI, idle", yardstick, alive, window, idle=True))
        with served.firstframe(folder / "rendering", **LIMITS_OFF) as server:
            rows.append(await _rate("/healthz, idle", server, alive, window, idle=True))
            jobs = await _rendering(server, order)
            polls = [request("GET", f"/v2/requests/{job}/status", {"x-api-key": server.key}) for job in jobs]
            rows.append(await _rate("polls of one job while it renders", server, polls[0], window))
            rows.append(await _rate(f"polls of {POLLERS} jobs while one renders", server, polls, window))
            rows.append(await _rate("bare FastAPI, beside a render", yardstick, alive, window))
            rows.append(await _paced("/healthz while rendering, 20/s", server, alive, window))
            await _end(server, jobs)
            rows.append(await _rate("polls of one job, idle", server, polls[0], window, idle=True))
    with served.firstframe(folder / "submits", "--no-worker", **LIMITS_OFF) as server:
        rows += await _submits(server, order)
        rows.append(await _streams(server, order))
    return rows


async def _ask_for(server: Served, asked: bytes | Sequence[bytes], seconds: float) -> list[Answer]:
    """The answers that eight callers get who ask, the same or each its own, again as soon as they are answered."""
    until = time.perf_counter() + seconds

    async def caller(question: bytes) -> list[Answer]:
        connection, answers = await Connection.to(server.url), []
        while time.perf_counter() < until:
            answers.append(await connection.ask(question))
        connection.close()
        return answers

    questions = [asked] * POLLERS if isinstance(asked, bytes) else asked
    return [answer for answers in await asyncio.gather(*map(caller, questions)) for answer in answers]


async def _paced(name: str, server: Served, asked: bytes, seconds: float) -> report.Row:
    """One caller who asks twenty times a second, as a supervisor or a page would."""
    connection, answers = await Connection.to(server.url), []
    for _ in range(round(20 * seconds)):
        answers.append(await connection.ask(asked))
        await asyncio.sleep(0.05)
    connection.close()
    return _latencies(name, answers)


async def _rendering(server: Served, order: Order) -> list[str]:
    """The ids of a job that is being rendered, with enough frames left for all that follows, and of those behind it."""
    connection = await Connection.to(server.url)
    orders = [await connection.ask(order.submit(server.key)) for _ in range(POLLERS)]
    jobs = [str(json.loads(taken.body)["request_id"]) for taken in orders]
    poll = request("GET", f"/v2/requests/{jobs[0]}/status", {"x-api-key": server.key})
    while json.loads((await connection.ask(poll)).body)["progress"] == 0:
        await asyncio.sleep(0.05)
    connection.close()
    return jobs


async def _end(server: Served, jobs: Sequence[str]) -> None:
    connection = await Connection.to(server.url)
    headers = {"x-api-key": server.key}
    status = json.loads((await connection.ask(request("GET", f"/v2/requests/{jobs[0]}/status", headers))).body)
    if status["status"] != "PROCESSING":
        print("The first clip was done before the measurements were, and the next was being made.")
    for job in reversed(jobs):
        await connection.ask(request("DELETE", f"/v2/requests/{job}", headers))
    connection.close()
    await asyncio.sleep(SETTLE_SECONDS)


async def _submits(server: Served, order: Order) -> list[report.Row]:
    """Twenty callers; first each about once a second, then each as soon as it is answered."""
    brought = order.submit(server.key, "768p", 6)
    connection = await Connection.to(server.url)
    uploaded = json.loads((await connection.ask(order.upload(server.key))).body)["file_urls"][0]
    named = order.submit(server.key, "768p", 6, uploaded)
    for submit in (brought, named):
        await connection.ask(submit)
    connection.close()
    return [
        await _orders("orders of 20 callers, one a second each", server, brought, 1.0),
        await _orders("the same, of a picture uploaded before", server, named, 1.0),
        await _orders("orders of 20 callers at once", server, brought, 0.0),
    ]


async def _orders(name: str, server: Served, submit: bytes, mean_pause_seconds: float) -> report.Row:
    chance = random.Random(0)

    async def caller(pauses_seconds: Sequence[float]) -> list[Answer]:
        connection, answers = await Connection.to(server.url), []
        for pause_seconds in pauses_seconds:
            await asyncio.sleep(pause_seconds)
            answers.append(await connection.ask(submit))
        connection.close()
        return answers

    pauses = [[2 * mean_pause_seconds * chance.random() for _ in range(SUBMITS_EACH)] for _ in range(SUBMITTERS)]
    begin = time.perf_counter()
    found = await asyncio.gather(*map(caller, pauses))
    seconds = time.perf_counter() - begin
    answers = [answer for answers in found for answer in answers]
    return {**_latencies(name, answers), "per second": len(answers) / seconds}


async def _streams(server: Served, order: Order) -> report.Row:
    """How soon streams of one queued job, opened one after the other, tell their first event; and their memory."""
    connection = await Connection.to(server.url)
    job = json.loads((await connection.ask(order.submit(server.key))).body)["request_id"]
    before = server.resident_mib
    events = request("GET", f"/v2/requests/{job}/events", {"x-api-key": server.key})
    host, _, port = server.url.removeprefix("http://").partition(":")
    streams, waits = [], []
    for _ in range(STREAMS):
        begin = time.perf_counter()
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(events)
        assert b"QUEUED" in await reader.readuntil(b"}\n\n")
        waits.append(time.perf_counter() - begin)
        streams.append(writer)
    await asyncio.sleep(SETTLE_SECONDS)
    row = _milliseconds(f"{STREAMS} event streams, to the first event", waits)
    row["extra MiB"] = server.resident_mib - before
    for writer in streams:
        writer.close()
    connection.close()
    return row


async def _rate(
    name: str, server: Served, asked: bytes | Sequence[bytes], seconds: float, *, idle: bool = False
) -> report.Row:
    """Answers in a second; of an idle server also the processor time of each, which other load changes little."""
    spent = server.processor_seconds
    answers = await _ask_for(server, asked, seconds)
    row = {**_latencies(name, answers), "per second": len(answers) / seconds}
    spent = server.processor_seconds - spent
    return {**row, "processor ms each": 1000 * spent / len(answers)} if idle else row


def _latencies(name: str, answers: Sequence[Answer]) -> report.Row:
    refused = [answer for answer in answers if answer.status != 200 and b'"FAILED"' not in answer.body]
    assert not refused, refused[0]
    return _milliseconds(name, [answer.seconds for answer in answers])


def _milliseconds(name: str, seconds: Sequence[float]) -> report.Row:
    found = sorted(1000 * one for one in seconds)
    return {"what": name, "p50 ms": median(found), "p99 ms": found[int(0.99 * (len(found) - 1))]}


if __name__ == "__main__":
    main()
