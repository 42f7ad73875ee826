"""Two servers and two workers on PostgreSQL and S3, real clips, and callers with the official package."""

from __future__ import annotations

import base64
import signal
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, TypeVar

import httpx
import pytest
from segmind import SegmindClient
from segmind.exceptions import SegmindError
from segmind.v2 import InferenceFailed
from sqlalchemy import select

from firstframe.media.video import probe
from firstframe.service import ledger
from firstframe.service.database import Database, address
from firstframe.service.tables import jobs

from .deployment import Deployment, until

pytestmark = pytest.mark.slow

PICTURE = (Path(__file__).parents[2] / "examples" / "coffee.png").read_bytes()
WISHES = {
    "first_frame_image": f"data:image/png;base64,{base64.b64encode(PICTURE).decode()}",
    "prompt": "The camera slowly pushes in.",
    "resolution": "768p",
}
CUSTOMERS = 16
PATIENCE_SECONDS = 3000
COMPILING_SECONDS = 600
"""The engine compiles its kernels before its first frame, which takes minutes on a machine that is busy as well."""
LIMITS = {
    "account_queue": "1000",
    "queue_limit": "1000",
    "rate_per_minute": "0",
    "account_concurrency": "2",
    "attempts_max": "10",
}
R = TypeVar("R")


class PostgresServer(Protocol):
    """What `tests/conftest.py` gives."""

    def create(self) -> str: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


class Customer:
    """Orders clips one after the other, and asks again whenever a server, or the database behind it, is away."""

    def __init__(self, url: str, key: str, folder: Path) -> None:
        self._url = url
        self._key = key
        self._folder = folder
        self.seen: Counter[str] = Counter()

    def order(self, number: int) -> Path:
        """One clip, from the order to the file."""
        client = SegmindClient(api_key=self._key, base_url=f"{self._url}/v1", timeout=60)
        with client._client:  # which the package leaves open
            job = self._insist("orders", lambda: client.submit_async("hailuo-2.3-fast", seed=number, **WISHES))
            result = self._insist("polls", lambda: job.wait(timeout=PATIENCE_SECONDS, interval=1.0))
        film = self._folder / f"{number}.mp4"
        film.write_bytes(self._insist("downloads", lambda: _download(result["video"]["url"])))
        return film

    def _insist(self, what: str, ask: Callable[[], R]) -> R:
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return ask()
            except (httpx.TransportError, httpx.HTTPStatusError, SegmindError) as error:
                status = _status_of(error)
                if status not in (None, 503) or isinstance(error, InferenceFailed) or time.monotonic() > end:
                    raise
                self.seen[f"{what} answered by {status}" if status else f"{what} without an answer"] += 1
                time.sleep(1)


def _status_of(error: Exception) -> int | None:
    """The HTTP status that a refusal came with; None when nothing came at all."""
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code
    return error.status if isinstance(error, SegmindError) else None


def _download(url: str) -> bytes:
    answer = httpx.get(url, timeout=60)
    answer.raise_for_status()
    return answer.content


class Books:
    """What the database says, asked from outside."""

    def __init__(self, url: str, folder: Path) -> None:
        self.database = Database(address(url, folder))

    def states(self) -> Counter[str]:
        with self.database.read() as connection:
            return Counter(connection.execute(select(jobs.c.state)).scalars())

    def closed(self) -> bool:
        """Whether every job has ended."""
        return not {"queued", "running"} & self.states().keys()

    def running_on(self, worker: str) -> set[tuple[str, int]]:
        """The attempts, job and number, that the worker is in the middle of, or was when it died."""
        with self.database.read() as connection:
            query = select(jobs.c.id, jobs.c.attempts).where(jobs.c.state == "running", jobs.c.progress > 0)
            return {(row.id, row.attempts) for row in connection.execute(query.where(jobs.c.worker.startswith(worker)))}

    def faults(self) -> list[str]:
        with self.database.read() as connection:
            return ledger.faults(connection)

    def attempts(self) -> Counter[int]:
        with self.database.read() as connection:
            return Counter(connection.execute(select(jobs.c.attempts)).scalars())


def mishaps(site: Deployment, books: Books, server: PostgresServer, away_seconds: float) -> None:
    """A worker is killed in mid-render, a server is killed, the database goes away; each comes back later."""
    worker, front = site.workers[0], site.servers[1]
    until(lambda: books.running_on(worker.name), "a render of the first worker", site.logs, COMPILING_SECONDS)
    assert worker.end(signal.SIGKILL) == -signal.SIGKILL
    assert front.end(signal.SIGKILL) == -signal.SIGKILL
    died_with = books.running_on(worker.name)
    time.sleep(away_seconds)
    front.start()
    worker.start()
    until(lambda: front.said("listens on"), "the server to listen again", site.logs)
    until(
        lambda: worker.said("takes jobs") is not None and (books.running_on(worker.name) - died_with or books.closed()),
        "the first worker to work again, or nothing left for it to do",
        site.logs,
        COMPILING_SECONDS,
    )
    server.stop()
    time.sleep(away_seconds)
    server.start()


@pytest.mark.parametrize(
    ("orders", "away_seconds"),
    [pytest.param(12, 3, id="short"), pytest.param(200, 30, id="long", marks=pytest.mark.soak)],
)
@pytest.mark.timeout(3600)
def test_11_every_customer_gets_its_clip_whatever_dies(
    fragile_postgres_server: PostgresServer, tmp_path: Path, tally: Counter[str], orders: int, away_seconds: float
) -> None:
    """Whole, it is the four processes and 200 clips of the bar, with the database away for 30 s."""
    url = fragile_postgres_server.create()
    site = Deployment(tmp_path / "site", url, **LIMITS)
    with site.running() as key, ThreadPoolExecutor(CUSTOMERS) as pool:
        books = Books(url, tmp_path)
        customers = [Customer(site.balancer.url, key, tmp_path) for _ in range(orders)]
        films = [pool.submit(customer.order, number) for number, customer in enumerate(customers)]
        try:
            mishaps(site, books, fragile_postgres_server, away_seconds)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        made = [film.result(PATIENCE_SECONDS) for film in films]
        seen: Counter[str] = sum((customer.seen for customer in customers), Counter())
        states, attempts = books.states(), books.attempts()
        assert books.faults() == []
        books.database.close()
        assert [program.end(signal.SIGTERM) for program in (*site.workers, *site.servers)] == [0, 0, 0, 0], site.logs()
    tally.update({f"real clips, {what}": count for what, count in note(states, attempts, seen).items()})
    assert set(states) == {"succeeded"}
    assert orders <= states["succeeded"] <= orders + seen["orders without an answer"]
    for film in made:
        facts = probe(film)
        assert (facts.frames, min(facts.width, facts.height)) == (144, 768)


def note(states: Counter[str], attempts: Counter[int], seen: Counter[str]) -> dict[str, Any]:
    again = sum(count for number, count in attempts.items() if number > 1)
    return dict(states) | {"begun more than once": again} | dict(seen)
