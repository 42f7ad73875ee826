"""Polls without a thread for each: all that come in together share one look at the database.

No answer is older than its question, and no key is remembered: who asks after a key was revoked is refused.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Protocol

from anyio import CapacityLimiter, to_thread

from firstframe.service.polls import Answer, Question, Seen


class Looker(Protocol):
    """What a desk needs of the service."""

    @property
    def looks_are_short(self) -> bool:
        """Whether the event loop may look by itself."""

    def look(self, questions: Collection[Question]) -> Mapping[Question, Answer]:
        """The answers to many polls, of one moment."""


class Desk:
    """Where the polls of one event loop come in."""

    def __init__(self, looker: Looker) -> None:
        self._looker = looker
        self._waiting: dict[Question, list[asyncio.Future[Answer | Exception]]] = defaultdict(list)
        self._task: asyncio.Task[None] | None = None
        self._thread = CapacityLimiter(1)  # its own, so that polls never wait for the pool, which orders may fill

    async def ask(self, question: Question) -> Seen:
        """The job as it is now. Raises `Unauthorised`, `Forbidden`, `NotFound`, `ServiceUnavailable`."""
        waiter: asyncio.Future[Answer | Exception] = asyncio.get_running_loop().create_future()
        self._waiting[question].append(waiter)
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        answer = await waiter
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, defaultdict(list)
                answers = await self._answers(asked.keys())
                for question, waiters in asked.items():
                    for waiter in waiters:
                        if not waiter.done():
                            waiter.set_result(answers[question])
        finally:
            self._task = None

    async def _answers(self, questions: Collection[Question]) -> Mapping[Question, Answer | Exception]:
        try:
            if self._looker.looks_are_short:
                return self._looker.look(questions)
            return await to_thread.run_sync(self._looker.look, questions, limiter=self._thread)
        except Exception as error:
            return dict.fromkeys(questions, error)
