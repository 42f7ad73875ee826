"""Polls without a thread for each: all who ask while a look at the database is under way share the next one.

No answer is older than its question, and no key is remembered: who asks after a key was revoked is refused.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter, to_thread

from firstframe.errors import FirstframeError
from firstframe.service.polls import Answer, Question, Seen

Look = Callable[[Collection[Question]], Mapping[Question, Answer]]


class Desk:
    """Where the polls of one event loop come in."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._waiting: dict[Question, list[asyncio.Future[Answer]]] = defaultdict(list)
        self._task: asyncio.Task[None] | None = None
        self._thread = CapacityLimiter(1)  # its own, so that polls never wait for the pool, which orders may fill

    async def ask(self, question: Question) -> Seen:
        """The job as it is now. Raises `Unauthorised`, `Forbidden`, `NotFound`, `ServiceUnavailable`."""
        waiter: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[question].append(waiter)
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        answer = await waiter
        if isinstance(answer, FirstframeError):
            raise answer
        return answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, defaultdict(list)
                await self._answer(asked)
        finally:
            self._task = None

    async def _answer(self, asked: Mapping[Question, list[asyncio.Future[Answer]]]) -> None:
        try:
            answers = await to_thread.run_sync(self._look, asked.keys(), limiter=self._thread)
        except FirstframeError as error:
            answers = dict.fromkeys(asked, error)
        for question, waiters in asked.items():
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(answers[question])


class Desks:
    """The desk of the running event loop; a server has one loop, tests may have several."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, Desk] = WeakKeyDictionary()

    def here(self) -> Desk:
        """The desk of this loop."""
        return self._of_loop.setdefault(asyncio.get_running_loop(), Desk(self._look))
