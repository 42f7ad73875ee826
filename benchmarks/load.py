"""How a server holds up: polls and health while a clip renders, submits of many callers, open event streams.

Everything is real: `firstframe serve` on a port, a render in it, and callers in this process, over kept connections.
The rates mean something only next to the yardstick of the same run, a bare FastAPI route under the same web server;
for absolute figures the machine must be idle, and is shared by the callers all the same.
"""

from __future__ import annotations

import asyncio
import base64
import json
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

    def submit(self, key: str, resolution: str = "1080p", duration: int = 10) -> bytes:
        """A submit, as bytes."""
        fields = {"prompt": "The camera slowly pushes in.", "first_frame_image": self._image}
        body = json.dumps({**fields, "resolution": resolution, "duration": duration}).encode()
        return request("POST", "/v2/hailuo-2.3-fast", {"x-api-key": key, "Content-Type": "application/json"}, body)


async def _measure(folder: Path, order: Order, window: float) -> list[report.Row]:
    rows = []
    with served.bare() as yardstick:
        alive = request("GET", "/healthz")
        rows.append(await _rate("bare FastAPI, idle", yardstick, alive, window, idle=True))
        with served.firstframe(folder / "rendering", **LIMITS_OFF) as server:
            rows.append(await _rate("/healthz, idle", server, alive, window, idle=True))
            job = await _rendering(server, order)
            poll = request("GET", f"/v2/requests/{job}/status", {"x-api-key": server.key})
            rows.append(await _rate("polls while rendering", server, poll, window))
            rows.append(await _rate("bare FastAPI, beside a render", yardstick, alive, window))
            rows.append(await _paced("/healthz while rendering, 20/s", server, alive, window))
            await _end(server, job)
            rows.append(await _rate("polls, idle", server, poll, window, idle=True))
    with served.firstframe(folder / "submits", "--no-worker", **LIMITS_OFF) as server:
        rows += await _submits(server, order)
        rows.append(await _streams(server, order))
    return rows


async def _ask_for(server: Served, asked: bytes, seconds: float) -> list[Answer]:
    """The answers that eight callers get who ask again as soon as they are answered."""
    until = time.perf_counter() + seconds

    async def caller() -> list[Answer]:
        connection, answers = await Connection.to(server.url), []
        while time.perf_counter() < until:
            answers.append(await connection.ask(asked))
        connection.close()
        return answers

    return [answer for answers in await asyncio.gather(*(caller() for _ in range(POLLERS))) for answer in answers]


async def _paced(name: str, server: Served, asked: bytes, seconds: float) -> report.Row:
    """One caller who asks twenty times a second, as a supervisor or a page would."""
    connection, answers = await Connection.to(server.url), []
    for _ in range(round(20 * seconds)):
        answers.append(await connection.ask(asked))
        await asyncio.sleep(0.05)
    connection.close()
    return _latencies(name, answers)


async def _rendering(server: Served, order: Order) -> str:
    """The id of a job that is being rendered, with enough frames left for all that follows."""
    connection = await Connection.to(server.url)
    job = str(json.loads((await connection.ask(order.submit(server.key))).body)["request_id"])
    poll = request("GET", f"/v2/requests/{job}/status", {"x-api-key": server.key})
    while json.loads((await connection.ask(poll)).body)["progress"] == 0:
        await asyncio.sleep(0.05)
    connection.close()
    return job


async def _end(server: Served, job: str) -> None:
    connection = await Connection.to(server.url)
    headers = {"x-api-key": server.key}
    status = json.loads((await connection.ask(request("GET", f"/v2/requests/{job}/status", headers))).body)
    if status["status"] != "PROCESSING":
        print("The clip was done before the measurements were: take a shorter --window.")
    await connection.ask(request("DELETE", f"/v2/requests/{job}", headers))
    connection.close()
    await asyncio.sleep(SETTLE_SECONDS)


async def _submits(server: Served, order: Order) -> list[report.Row]:
    """Twenty callers at once; first each a second apart, then each as soon as it is answered."""
    submit = order.submit(server.key, "768p", 6)
    callers = [await Connection.to(server.url) for _ in range(SUBMITTERS)]
    await callers[0].ask(submit)

    async def caller(number: int, pause_seconds: float) -> list[Answer]:
        await asyncio.sleep(number * pause_seconds / SUBMITTERS)
        answers = []
        for _ in range(SUBMITS_EACH):
            answers.append(await callers[number].ask(submit))
            await asyncio.sleep(max(0.0, pause_seconds - answers[-1].seconds))
        return answers

    rows = []
    for name, pause in (("submits of 20 callers, one a second each", 1.0), ("submits of 20 callers at once", 0.0)):
        begin = time.perf_counter()
        found = await asyncio.gather(*(caller(number, pause) for number in range(SUBMITTERS)))
        seconds = time.perf_counter() - begin
        answers = [answer for answers in found for answer in answers]
        rows.append({**_latencies(name, answers), "per second": len(answers) / seconds})
    for connection in callers:
        connection.close()
    return rows


async def _streams(server: Served, order: Order) -> report.Row:
    """Memory that open streams of one queued job take."""
    connection = await Connection.to(server.url)
    job = json.loads((await connection.ask(order.submit(server.key))).body)["request_id"]
    before = server.resident_mib
    events = request("GET", f"/v2/requests/{job}/events", {"x-api-key": server.key})
    address = server.url.removeprefix("http://").split(":")
    streams = []
    for _ in range(STREAMS):
        reader, writer = await asyncio.open_connection(address[0], int(address[1]))
        writer.write(events)
        streams.append((reader, writer))
    begin = time.perf_counter()
    for reader, _ in streams:
        assert b"QUEUED" in await reader.readuntil(b"}\n\n")
    seconds = time.perf_counter() - begin
    await asyncio.sleep(SETTLE_SECONDS)
    row: report.Row = {"what": f"{STREAMS} event streams", "extra MiB": server.resident_mib - before}
    for _, writer in streams:
        writer.close()
    connection.close()
    return {**row, "p99 ms": seconds * 1000}


async def _rate(name: str, server: Served, asked: bytes, seconds: float, *, idle: bool = False) -> report.Row:
    """Answers in a second; of an idle server also the processor time of each, which other load changes little."""
    spent = server.processor_seconds
    answers = await _ask_for(server, asked, seconds)
    row = {**_latencies(name, answers), "per second": len(answers) / seconds}
    spent = server.processor_seconds - spent
    return {**row, "processor ms each": 1000 * spent / len(answers)} if idle else row


def _latencies(name: str, answers: Sequence[Answer]) -> report.Row:
    refused = [answer for answer in answers if answer.status != 200 and b'"FAILED"' not in answer.body]
    assert not refused, refused[0]
    milliseconds = sorted(1000 * answer.seconds for answer in answers)
    return {
        "what": name,
        "p50 ms": median(milliseconds),
        "p99 ms": milliseconds[int(0.99 * (len(milliseconds) - 1))],
    }


if __name__ == "__main__":
    main()
