"""The worker's side of a job: render one attempt, then finish. Knows nothing of how it was called.

A worker may be killed at any line here. What it leaves is either invisible (a file that no job points at, removed by
the sweep) or the beginning of an attempt that the next one overrules.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

from firstframe import logs
from firstframe.clip import Clip, ClipRequest
from firstframe.errors import Cancelled, DeadlinePassed, FirstframeError, ServiceUnavailable
from firstframe.service import assets, jobs
from firstframe.service.assets import Asset
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.jobs import Ending, JobView
from firstframe.service.storage import Storage
from firstframe.service.studio import Studio

logger = logging.getLogger(__name__)

READ_SECONDS = 0.2
PROGRESS_SECONDS = 0.5
DATABASE_RETRY_SECONDS = 1.0
SETTLED_SECONDS = 1.0

Outcome = dict[str, Any]
"""What a render hands to its finish: {"state", "attempt", "asset_id" | "code" and "sentence"}. No content."""

OVER: Outcome = {"state": "over"}
R = TypeVar("R")


class Draining(BaseException):
    """The worker shuts down: unwinds the engine and the job engine without an outcome, so the job is taken up again."""


class Superseded(Exception):
    """A later attempt of the same job has begun elsewhere."""


class Worker:
    """Renders and finishes jobs with the engines of this process."""

    def __init__(self, name: str, database: Database, storage: Storage, studio: Studio, scratch: Path) -> None:
        self.name = name
        self.attempts_max = 3
        self.on_finish: Callable[[], None] = lambda: None
        self._draining = Event()
        self._lock = Lock()
        self._busy_count = 0
        self._idle_since = float("-inf")
        self._database = database
        self._storage = storage
        self._studio = studio
        self._scratch = scratch
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)

    def render(self, job_id: str) -> Outcome:
        """Make the clip of the job's next attempt and keep it, unpublished. Never raises but to drain."""
        with self._busy(), logs.about(job_id):
            return self._render(job_id)

    def finish(self, job_id: str, outcome: Outcome) -> None:
        """Publish the clip and settle, or end the job and release; nothing when another move was first."""
        with self._busy(), logs.about(job_id):
            self._finish(job_id, outcome)
        self.on_finish()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being rendered or finished, nor was a moment ago: the job engine records its end last."""
        return self._busy_count == 0 and time.monotonic() - self._idle_since > SETTLED_SECONDS

    def drain(self) -> None:
        """Begin nothing more, and give up running renders at their next tick; their jobs lose no attempt."""
        self._draining.set()

    @contextmanager
    def _busy(self) -> Iterator[None]:
        with self._lock:
            self._busy_count += 1
        try:
            yield
        finally:
            with self._lock:
                self._busy_count -= 1
                self._idle_since = time.monotonic()

    def _render(self, job_id: str) -> Outcome:
        if self._draining.is_set():
            raise Draining
        attempt = self._persist(lambda connection: jobs.begin(connection, job_id, self.name, self.attempts_max))
        if attempt is None:
            self.on_finish()
            return OVER
        try:
            return {"state": "succeeded", "attempt": attempt, "asset_id": self._make(job_id, attempt)}
        except Draining:
            with self._database.write() as connection:
                jobs.give_back(connection, job_id, attempt)
            raise
        except (Cancelled, Superseded):
            return OVER
        except DeadlinePassed:
            return _outcome(attempt, jobs.EXPIRED)
        except FirstframeError as error:
            logger.warning("Job %s failed in attempt %d: %s", job_id, attempt, error.code)
            return _outcome(attempt, Ending("failed", error.code, error.message))
        except Exception:
            logger.exception("Job %s failed in attempt %d", job_id, attempt)
            return _outcome(attempt, Ending("failed", "engine_failed", "The engine failed; nothing was charged."))

    def _finish(self, job_id: str, outcome: Outcome) -> None:
        if outcome["state"] == "succeeded":
            if self._persist(lambda c: jobs.succeed(c, job_id, outcome["attempt"], outcome["asset_id"])):
                logger.info("Job %s succeeded in attempt %d", job_id, outcome["attempt"])
        elif outcome["state"] != "over":
            ending = Ending(outcome["state"], outcome["code"], outcome["sentence"])
            self._persist(lambda c: jobs.end(c, job_id, ending, outcome["attempt"]))

    def _make(self, job_id: str, attempt: int) -> str:
        job, picture = self._persist(lambda c: (jobs.view(c, job_id), assets.first_frame_key(c, job_id)))
        logs.hide(job.prompt)
        request = ClipRequest(first_frame_image=self._storage.read(picture), prompt=job.prompt, **job.request)
        tick = _Watch(self._database, job, attempt, self._draining)
        path = self._scratch / f"{job_id}-{attempt}.mp4"
        try:
            made = self._studio.make(request, path, job.engine, tick)
            return self._keep(job, attempt, made)
        finally:
            path.unlink(missing_ok=True)

    def _keep(self, job: JobView, attempt: int, made: Clip) -> str:
        size = made.path.stat().st_size
        asset = assets.clip(job.account_id, job.id, attempt, job.slug, size, made.report())
        self._storage.put(asset.storage_key, made.path)
        self._record(asset)
        return asset.id

    def _record(self, asset: Asset) -> None:
        self._persist(lambda connection: assets.add(connection, asset))

    def _persist(self, work: Callable[[Connection], R]) -> R:
        """Do `work` in one transaction, waiting for the database when it is away."""
        while True:
            try:
                with self._database.write() as connection:
                    return work(connection)
            except ServiceUnavailable:
                logger.warning("The database is away; worker %s waits for it.", self.name)
                if self._draining.wait(DATABASE_RETRY_SECONDS):
                    raise Draining from None


class _Watch:
    """The engine's `tick`: writes progress, and stops a render whose job is over, taken over, or past its deadline."""

    def __init__(self, database: Database, job: JobView, attempt: int, draining: Event) -> None:
        self._database = database
        self._job_id = job.id
        self._attempt = attempt
        self._deadline_at: datetime = job.deadline_at
        self._draining = draining
        self._read_at = self._wrote_at = float("-inf")

    def __call__(self, done: int, total: int) -> None:
        if self._draining.is_set():
            raise Draining
        clock = time.monotonic()
        if clock - self._read_at < READ_SECONDS:
            return
        self._read_at = clock
        if now() >= self._deadline_at:
            raise DeadlinePassed(jobs.EXPIRED.sentence)
        try:
            self._look()
            if clock - self._wrote_at >= PROGRESS_SECONDS:
                self._wrote_at = clock
                with self._database.write() as connection:
                    jobs.progress(connection, self._job_id, self._attempt, done / total)
        except ServiceUnavailable:
            logger.warning("The database is away; the render of job %s goes on.", self._job_id)

    def _look(self) -> None:
        with self._database.read() as connection:
            state, attempt = jobs.standing(connection, self._job_id)
        if attempt != self._attempt:
            raise Superseded
        if state != "running":
            raise Cancelled(jobs.CANCELLED.sentence)


def _outcome(attempt: int, ending: Ending) -> Outcome:
    return {"state": ending.state, "attempt": attempt, "code": ending.code, "sentence": ending.sentence}
