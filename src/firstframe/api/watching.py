"""One look at the database for everybody who waits: streams and synchronous requests share a single small query."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress

from starlette.concurrency import run_in_threadpool

from firstframe.errors import ServiceUnavailable
from firstframe.service.jobs import Glance

LOOK_SECONDS = 0.25

Look = Callable[[Collection[str]], Mapping[str, Glance]]


class Watch:
    """Looks at the watched jobs at intervals, as long as there are any, and wakes those whose job has changed."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._waiting: dict[asyncio.Future[Glance], tuple[str, Glance | None]] = {}
        self._task: asyncio.Task[None] | None = None

    async def change(self, job_id: str, known: Glance | None, seconds: float) -> Glance | None:
        """The job as soon as it differs from `known`; None when it does not within `seconds`."""
        waiter: asyncio.Future[Glance] = asyncio.get_running_loop().create_future()
        self._waiting[waiter] = (job_id, known)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        try:
            return await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            return None
        finally:
            del self._waiting[waiter]

    async def _run(self) -> None:
        while self._waiting:
            wanted = {job_id for job_id, _ in self._waiting.values()}
            with suppress(ServiceUnavailable):  # those who wait go on waiting; whoever asks anew is told
                self._wake(await run_in_threadpool(self._look, wanted))
            await asyncio.sleep(LOOK_SECONDS)

    def _wake(self, seen: Mapping[str, Glance]) -> None:
        for waiter, (job_id, known) in self._waiting.items():
            glance = seen.get(job_id)
            if glance is not None and glance != known and not waiter.done():
                waiter.set_result(glance)
