"""What belongs to one event loop: a server has one, tests may have several."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Thing = TypeVar("Thing")


class PerLoop(Generic[Thing]):
    """One thing for each event loop that asks for it, made at the first time and forgotten with the loop."""

    def __init__(self, make: Callable[[], Thing]) -> None:
        self._make = make
        self._of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, Thing] = WeakKeyDictionary()

    def here(self) -> Thing:
        """The one of the running loop."""
        loop = asyncio.get_running_loop()
        found = self._of_loop.get(loop)
        if found is None:
            found = self._of_loop[loop] = self._make()
        return found
