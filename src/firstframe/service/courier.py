"""Delivers webhooks: takes what is due, sends it through the guarded client, and writes down how it went.

Several processes may run couriers on one database; each attempt is leased to one of them. A courier that dies in
mid-attempt leaves a lease that runs out: an event may arrive twice, with the same `webhook-id`, but is never lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Any

from firstframe.errors import ServiceUnavailable
from firstframe.media.addresses import AddressRefused
from firstframe.media.fetch import HTTPError, HTTPTimeout, InvalidURL, guarded_client
from firstframe.service import jobs, webhooks
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.jobs import JobView
from firstframe.service.webhooks import Delivery

logger = logging.getLogger(__name__)

PERIOD_SECONDS = 1.0
TOTAL_SECONDS = 20.0
AT_ONCE = 8

Tell = Callable[[JobView], dict[str, Any]]
"""What an event says about a job."""
Send = Callable[[str, bytes, dict[str, str]], int]
"""(address, body, headers): the HTTP status of the answer; raises `AddressRefused`, `HTTPTimeout` or `HTTPError`."""


def sender(allow: str) -> Send:
    """POSTs through the guarded client, with the operator's allow list.

    A redirect is an answer like any other, and the body of the answer is not read.
    """

    def send(url: str, content: bytes, headers: dict[str, str]) -> int:
        with (
            guarded_client(allow=allow, total_seconds=TOTAL_SECONDS) as client,
            client.stream("POST", url, content=content, headers=headers) as answer,
        ):
            return int(answer.status_code)

    return send


class Courier:
    """Sends what is due, every second, until it is stopped."""

    def __init__(self, database: Database, tell: Tell, send: Send, clock: Callable[[], datetime] = now) -> None:
        self._database = database
        self._tell = tell
        self._send = send
        self._clock = clock
        self._lock = Lock()
        self._under_way: set[str] = set()
        self._stop = Event()
        self._thread = Thread(target=self._run, name="courier", daemon=True)
        self._runners = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="courier")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the attempts under way."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._runners.shutdown(wait=True, cancel_futures=True)

    def round(self) -> int:
        """Make every attempt that is due now, side by side, and wait for their end; returns how many there were."""
        return len([future.result() for future in [self._runners.submit(self._attempt, one) for one in self._claim()]])

    def _run(self) -> None:
        while not self._stop.wait(PERIOD_SECONDS):
            try:
                for delivery in self._claim():
                    self._runners.submit(self._attempt, delivery)
            except ServiceUnavailable:
                logger.warning("The database is away; webhooks wait.")
            except Exception:
                logger.exception("Webhooks could not be taken up")

    def _claim(self) -> list[Delivery]:
        """Lease what is due, at most one per address at a time, so that a slow receiver only delays itself."""
        claimed = []
        with self._lock:
            under_way = set(self._under_way)
        with self._database.read() as connection:
            waiting = webhooks.due(connection, self._clock(), 4 * AT_ONCE, besides=under_way)
        for delivery in waiting:
            with self._lock:
                if delivery.url in self._under_way or len(self._under_way) >= AT_ONCE:
                    continue
                self._under_way.add(delivery.url)
            with self._database.write() as connection:
                taken = webhooks.lease(connection, delivery, self._clock())
            if taken:
                claimed.append(delivery)
            else:
                self._is_done(delivery)
        return claimed

    def _attempt(self, delivery: Delivery) -> None:
        try:
            status, answer = self._post(delivery)
            with self._database.write() as connection:
                webhooks.note(connection, delivery, status, answer, self._clock())
        except ServiceUnavailable:
            logger.warning("The database is away; webhook %s is sent again later.", delivery.id)
        except Exception:
            logger.exception("Webhook %s could not be sent", delivery.id)
        finally:
            self._is_done(delivery)

    def _post(self, delivery: Delivery) -> tuple[int | None, str]:
        with self._database.write() as connection:
            signing = webhooks.secrets_of(connection, delivery.account_id)
            job = jobs.view(connection, delivery.job_id)
        at = self._clock()
        content = webhooks.body(delivery.event, delivery.created_at, self._tell(job))
        try:
            status = self._send(delivery.url, content, webhooks.headers(delivery.id, at, content, signing))
        except AddressRefused:
            return None, "the address is refused"
        except HTTPTimeout:
            return None, "no answer in time"
        except HTTPError:
            return None, "cannot be reached"
        except (ValueError, InvalidURL):
            return None, "the address cannot be read"
        return status, f"HTTP {status}"

    def _is_done(self, delivery: Delivery) -> None:
        with self._lock:
            self._under_way.discard(delivery.url)


def news(job: JobView, file_token: Callable[[JobView], str]) -> dict[str, Any]:
    """What a webhook says about a job: no prompt, and the clip's signed address once there is one."""
    told: dict[str, Any] = {
        "request_id": job.id,
        "model": job.slug,
        "state": job.state,
        "seed": job.seed,
        "created_at": job.created_at.isoformat(),
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
        "error": job.error,
        "code": job.error_code,
        "video": None,
    }
    if job.output is not None and job.base_url is not None:
        told["video"] = {
            "url": f"{job.base_url}/files/{file_token(job)}/{job.output.file_name}",
            "content_type": job.output.content_type,
            "file_name": job.output.file_name,
            "file_size": job.output.file_size,
        }
    return told
