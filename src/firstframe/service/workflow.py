"""Durable execution on DBOS: who runs the next step. Our own tables are the truth; only this module imports `dbos`.

Rules that its traps dictate: JSON instead of pickle, and only the job's id as input; a constant application version,
since a hash of the code would strand queued jobs at every edit; a lasting executor id, so a restart takes up its own
work; neither its cancellation nor its timeouts, which would abandon the workflow without releasing the credits.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from threading import Timer
from typing import Any, Protocol

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy import Connection
from sqlalchemy.engine import URL

APPLICATION = "firstframe"
PROTOCOL_VERSION = "1"
"""Changes only when the order of the steps below changes: jobs of another number stay queued for ever."""
POLL_SECONDS = 0.25
RECOVERIES_MAX = 100
"""A far backstop only. A restart counts here too, so the limit that matters is the job's own count of attempts."""
FINISH_ATTEMPTS_MAX = 10
GIVE_UP_SECONDS = 10
ALIVE = frozenset({"ENQUEUED", "DELAYED", "PENDING"})
ENDED = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})
BATCH = 500


class Crew(Protocol):
    """What runs inside the steps."""

    @property
    def name(self) -> str:
        """Lasting name of the worker."""
        ...

    def render(self, job_id: str) -> dict[str, Any]:
        """Make the clip; returns a JSON-able outcome."""
        ...

    def finish(self, job_id: str, outcome: dict[str, Any]) -> None:
        """Write the outcome down; may be called again with the same one."""
        ...

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being rendered or finished."""
        ...

    def drain(self) -> None:
        """Begin nothing more, and give up what is being rendered, soon."""
        ...


_crew: Crew | None = None


def _the_crew() -> Crew:
    assert _crew is not None, "a step ran in a process without a worker"
    return _crew


@DBOS.step(name="render")
def _render(job_id: str) -> dict[str, Any]:
    return _the_crew().render(job_id)


@DBOS.step(name="finish", retries_allowed=True, max_attempts=FINISH_ATTEMPTS_MAX)
def _finish(job_id: str, outcome: dict[str, Any]) -> None:
    _the_crew().finish(job_id, outcome)


@DBOS.workflow(name="clip", max_recovery_attempts=RECOVERIES_MAX)
def _clip(job_id: str) -> None:
    _finish(job_id, _render(job_id))


class JobEngine:
    """The queue of jobs, one per engine, and this process's worker on it. One per process: DBOS is a global."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)
        logging.getLogger("dbos").setLevel(logging.WARNING)
        DBOS.migrate(self._url)
        self._client = DBOSClient(
            system_database_url=self._url, serializer=DBOSPortableJSONSerializer(), application_name=APPLICATION
        )
        self._running = False

    def enqueue(self, connection: Connection, job_id: str, engine: str, lane: str) -> None:
        """Queue a job in the caller's own transaction; it runs only when that commits.

        Each lane makes one clip at a time, and lanes take turns: many jobs in one delay no other.
        """
        options: EnqueueOptions = {
            "workflow_name": "clip",
            "queue_name": _queue(engine),
            "workflow_id": job_id,
            "app_version": PROTOCOL_VERSION,
            "queue_partition_key": lane,
        }
        self._client.enqueue_in_transaction(connection, options, job_id)

    def run(self, crew: Crew, engines: tuple[str, ...], concurrency: int) -> None:
        """Start taking jobs of `engines`, and first those that this worker left unfinished."""
        global _crew
        assert _crew is None, "one worker per process"
        _crew = crew
        try:
            self._launch(crew.name, engines, concurrency)
        except BaseException:
            _crew = None  # or no worker could ever start in this process again
            raise
        self._running = True

    def abandoned(self, job_ids: Sequence[str]) -> list[str]:
        """Those of the jobs that nothing will ever take up again."""
        if not job_ids:
            return []
        found = self._client.list_workflows(workflow_ids=list(job_ids), load_input=False, load_output=False)
        alive = {workflow.workflow_id for workflow in found if workflow.status in ALIVE}
        return [job_id for job_id in job_ids if job_id not in alive]

    def hand_over(self, executors: Sequence[str]) -> int:
        """Queue again what these workers left unfinished, for any worker; returns how many jobs."""
        if not executors:
            return 0
        left = self._client.list_workflows(
            status="PENDING", executor_id=list(executors), load_input=False, load_output=False
        )
        queues = {workflow.queue_name for workflow in left if workflow.queue_name}
        for queue in queues:
            ids = [workflow.workflow_id for workflow in left if workflow.queue_name == queue]
            # Without its queue's name a job would go to a queue that every process takes from, workers or not.
            self._client.resume_workflows(ids, queue_name=queue)
        return len(left)

    def forget(self, before: datetime) -> int:
        """Delete the records of workflows that ended before then, a batch at a time; returns how many."""
        ended = self._client.list_workflows(
            status=sorted(ENDED), completed_before=before.isoformat(), limit=BATCH, load_input=False, load_output=False
        )
        if ended:
            self._client.delete_workflows([workflow.workflow_id for workflow in ended])
        return len(ended)

    def stop(self, drain_seconds: float) -> None:
        """Take no more jobs, let running ones end for `drain_seconds`, then give them up."""
        if self._running:
            self._end_worker(drain_seconds)

    def close(self) -> None:
        """Let go of the database; nothing can be queued any more."""
        self._client.destroy()

    def _launch(self, name: str, engines: tuple[str, ...], concurrency: int) -> None:
        for engine in engines:
            self._client.register_queue(
                _queue(engine),
                worker_concurrency=concurrency,
                partition_concurrency=1,
                polling_interval_sec=POLL_SECONDS,
            )
        DBOS(config=self._config(name))
        DBOS.listen_queues([_queue(engine) for engine in engines])
        DBOS.launch()

    def _end_worker(self, drain_seconds: float) -> None:
        global _crew
        crew = _the_crew()
        limit = Timer(0 if crew.is_idle else drain_seconds, crew.drain)
        limit.start()
        DBOS.destroy(workflow_completion_timeout_sec=0 if crew.is_idle else int(drain_seconds) + GIVE_UP_SECONDS)
        limit.cancel()
        crew.drain()
        _crew = None
        self._running = False

    @property
    def is_running(self) -> bool:
        """Whether this process takes jobs."""
        return self._running

    def _config(self, executor: str) -> DBOSConfig:
        return {
            "name": APPLICATION,
            "system_database_url": self._url,
            "application_version": PROTOCOL_VERSION,
            "executor_id": executor,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "WARNING",
            "enable_otlp": False,
        }


def _queue(engine: str) -> str:
    return f"clips-{engine}"
