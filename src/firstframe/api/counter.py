"""Where orders come in: a bounded number at a time, so that pictures neither fill memory nor stop other routes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from firstframe.errors import Overloaded

PLACES = 64
"""Orders in hand at once, bodies included; each may hold twice the body limit in memory."""
THREADS = 24
"""Orders being judged at once. Their own: one slow picture address may hold a thread for half a minute."""
RETRY_SECONDS = 5

Result = TypeVar("Result")


@dataclass
class Counter:
    """The orders that one server has in hand."""

    places: int = PLACES
    _taken: int = 0
    _threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(THREADS))

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold one of the places, or be told at once that none is free. Raises `Overloaded`."""
        if self._taken >= self.places:
            sentence = f"The server is reading as many orders as it can ({self.places}); try again in a moment."
            raise Overloaded(sentence, retry_after_seconds=RETRY_SECONDS)
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1

    async def judge(self, work: Callable[[], Result]) -> Result:
        """Run what fetches, decodes or stores a picture in a thread of the counter's own."""
        return await to_thread.run_sync(work, limiter=self._threads)
