"""A program with a whole service in it, made to be killed. Each line of its input is an order, as JSON.

For each it forks a process, before there is any thread or connection, since importing everything anew would take
longer than the life that is tested. That process submits jobs, works until all jobs of its database are over, and
answers with what it sees. With `kill_at`, it kills itself with SIGKILL when it comes to that point for the
`kill_on`-th time; then the answer is only the signal. With `meet_in`, a folder, it waits there for the
test instead. With `forever` it works until it is killed from outside. Each accepted job is added to the file
`accepted`, if there is one, as a client would note it. After `limit_seconds` it gives up and tells what it waits for.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from firstframe.clip import Clip, ClipRequest, FrameSize
from firstframe.engines.base import Tick
from firstframe.errors import EngineFailed, ServiceUnavailable
from firstframe.service import assets, courier, history, jobs, ledger, webhooks, worker, workers, workflow
from firstframe.service.front import Caller, Service
from firstframe.service.studio import Studio
from firstframe.service.tables import api_keys, webhook_deliveries
from firstframe.service.tables import jobs as jobs_table
from firstframe.settings import Settings

POINTS = (
    "submit: stored, before the transaction",
    "submit: queued, before the commit",
    "submit: committed",
    "worker: claimed",
    "worker: begun",
    "worker: mid-render",
    "worker: rendered, before the file is stored",
    "worker: file stored, before its record",
    "worker: recorded, before the step ends",
    "worker: before finish",
    "worker: finished, before the commit",
    "worker: finished and committed",
    "webhook: taken, before it is sent",
    "webhook: sent, before that is written down",
)
LIMIT_SECONDS = 120
GIVE_UP_SECONDS = 30
"""How much later a process that cannot even tell what it waits for is ended, with its threads on stderr."""


class Executioner:
    """Kills this process at one point."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.point: str | None = order.get("kill_at")
        self.left: int = order.get("kill_on", 1)
        self.meeting = Path(order["meet_in"]) if "meet_in" in order else None

    def at(self, point: str) -> None:
        assert point in POINTS
        if point == self.point:
            self.left -= 1
            if self.left == 0:
                self._meet() if self.meeting else os.kill(os.getpid(), signal.SIGKILL)

    def _meet(self) -> None:
        """Tell the test that we are there, and go on when it says so."""
        assert self.meeting
        (self.meeting / "there").touch()
        while not (self.meeting / "go").exists():
            time.sleep(0.01)

    def around(self, owner: Any, name: str, before: str | None = None, after: str | None = None) -> None:
        """Have `owner.name` pass a point before or after what it does."""
        inner: Callable[..., Any] = getattr(owner, name)

        def watched(*arguments: Any, **options: Any) -> Any:
            if before:
                self.at(before)
            result = inner(*arguments, **options)
            if after:
                self.at(after)
            return result

        setattr(owner, name, watched)


def studio(executioner: Executioner, frames: int, frame_seconds: float) -> Studio:
    """Clips whose bytes depend on prompt and seed alone, made slowly enough to be killed in the middle."""

    def make(request: ClipRequest, path: Path, engine: str, tick: Tick) -> Clip:
        with path.open("wb") as film:
            for frame in range(frames):
                tick(frame, frames)
                film.write(f"{request.prompt}/{request.seed}/{frame}\n".encode())
                time.sleep(frame_seconds)
                if request.prompt == "fails":
                    raise EngineFailed("This one always fails.")
                if request.prompt == "poison":
                    os.kill(os.getpid(), signal.SIGKILL)
                if frame == frames // 2:
                    executioner.at("worker: mid-render")
        executioner.at("worker: rendered, before the file is stored")
        assert request.seed is not None
        return Clip(path, engine, request.seed, FrameSize(1366, 768), 6, request.prompt, None, {}, {})

    return Studio(("parallax", "other"), lambda picture: picture if isinstance(picture, bytes) else b"", make)


def arm(executioner: Executioner) -> None:
    executioner.around(jobs, "add", before="submit: stored, before the transaction")
    executioner.around(worker.Worker, "_record", before="worker: file stored, before its record")
    executioner.around(workflow.JobEngine, "enqueue", after="submit: queued, before the commit")
    executioner.around(
        worker.Worker, "_render", before="worker: claimed", after="worker: recorded, before the step ends"
    )
    executioner.around(worker.Worker, "_make", before="worker: begun")
    executioner.around(worker.Worker, "_finish", before="worker: before finish", after="worker: finished and committed")
    executioner.around(jobs, "succeed", after="worker: finished, before the commit")
    executioner.around(courier.Courier, "_post", before="webhook: taken, before it is sent")
    executioner.around(webhooks, "note", before="webhook: sent, before that is written down")


def main(order: dict[str, Any]) -> dict[str, Any]:
    if "pid_file" in order:
        unfinished_file = Path(order["pid_file"]).with_suffix(".part")
        unfinished_file.write_text(str(os.getpid()))
        unfinished_file.rename(order["pid_file"])
    limit_seconds = order.get("limit_seconds", LIMIT_SECONDS)
    if not order.get("forever"):
        faulthandler.dump_traceback_later(limit_seconds + GIVE_UP_SECONDS, exit=True)
    hurry(order)
    executioner = Executioner(order)
    arm(executioner)
    service = opened(order, executioner)
    service.first_start()
    caller = the_caller(service)
    submit(service, caller, order, executioner)
    service.start(engines=order.get("engines"))
    if "working_file" in order:
        Path(order["working_file"]).touch()
    until_done(service, order, time.monotonic() + limit_seconds)
    found = findings(service, caller)
    service.stop(drain_seconds=0)
    return found


def hurry(order: dict[str, Any]) -> None:
    """Shorter waits than in earnest, where the order says so."""
    workers.DEAD_SECONDS = order.get("dead_seconds", workers.DEAD_SECONDS)
    workers.BEAT_SECONDS = order.get("beat_seconds", workers.BEAT_SECONDS)
    workflow.POLL_SECONDS = order.get("poll_seconds", workflow.POLL_SECONDS)
    courier.PERIOD_SECONDS = order.get("poll_seconds", courier.PERIOD_SECONDS)
    if "lease_seconds" in order:
        webhooks.LEASE = timedelta(seconds=order["lease_seconds"])


def opened(order: dict[str, Any], executioner: Executioner) -> Service:
    settings = Settings.model_validate(
        {"data_dir": order["data_dir"], "database_url": order["database_url"]} | order.get("settings", {})
    )
    return Service.open(settings, studio=studio(executioner, order.get("frames", 10), order.get("frame_seconds", 0.01)))


def submit(service: Service, caller: Caller, order: dict[str, Any], executioner: Executioner) -> None:
    accepted = Path(order.get("accepted", os.devnull))
    for prompt in order.get("submit", []):
        request = ClipRequest(first_frame_image=b"picture", prompt=prompt, resolution="768p")
        job = service.submit(caller, "parallax", request, dialect="crash", webhook_url=order.get("webhook_url"))
        with accepted.open("a") as ids:
            ids.write(job.id + "\n")
        executioner.at("submit: committed")


def until_done(service: Service, order: dict[str, Any], end: float) -> None:
    while order.get("forever") or unfinished(service):
        if time.monotonic() > end and not order.get("forever"):
            raise TimeoutError(f"still to do: {unfinished(service)}; workers: {service.workers()}")
        time.sleep(0.02)


def the_caller(service: Service) -> Caller:
    with service.database.read() as connection:
        row = connection.execute(select(api_keys.c.account_id, api_keys.c.id)).one()
    return Caller(row.account_id, row.id, frozenset({"generate", "read"}))


def unfinished(service: Service) -> list[str]:
    """What is not over: jobs, and webhooks that are owed; something at least while the database is away."""
    job = select(jobs_table.c.id, jobs_table.c.state).where(jobs_table.c.state.in_(jobs.ACTIVE))
    owed = select(webhook_deliveries.c.job_id, webhook_deliveries.c.next_at).where(
        webhook_deliveries.c.state == "pending"
    )
    try:
        with service.database.read() as connection:
            rows = [*connection.execute(job.limit(20)), *connection.execute(owed.limit(20))]
    except ServiceUnavailable as error:
        return [error.message]
    return [f"{row[0]} {row[1]}" for row in rows]


def findings(service: Service, caller: Caller) -> dict[str, Any]:
    with service.database.read() as connection:
        ids = connection.execute(select(jobs_table.c.id).order_by(jobs_table.c.created_at)).scalars().all()
        views = [jobs.view(connection, job_id) for job_id in ids]
        faults = ledger.faults(connection)
        balance = ledger.balance(connection, caller.account_id)
        files = {view.id: assets.published(connection, view.output.asset_id) for view in views if view.output}
        moments = {
            view.id: [(event.kind, event.created_at.isoformat()) for event in history.events(connection, view.id)]
            for view in views
        }
    return {
        "jobs": [
            {
                k: v
                for k, v in asdict(view).items()
                if k in ("id", "state", "prompt", "seed", "attempts", "error", "price_micro")
            }
            for view in views
        ],
        "faults": faults,
        "balance_micro": balance,
        "moments": moments,
        "clips": {job_id: service.storage.read(file.storage_key).decode() for job_id, file in files.items()},
    }


def live(order: dict[str, Any]) -> dict[str, Any]:
    """Carry the order out in a process of its own; returns how it ended and what it answered."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        status = 1
        try:
            answer, status = {"findings": main(order)}, 0
        except BaseException:
            answer = {"error": traceback.format_exc()}
        with os.fdopen(writer, "wb") as answers:
            answers.write(json.dumps(answer).encode())
        os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as answers:
        answer = answers.read()
    _, status = os.waitpid(child, 0)
    return {"returncode": os.waitstatus_to_exitcode(status)} | (json.loads(answer) if answer else {})


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(live(json.loads(line))), flush=True)
