"""What every route needs: the service, the settings, the address listened on, and whether the server is stopping."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from firstframe.api import addresses
from firstframe.api.counter import Counter
from firstframe.api.loops import PerLoop
from firstframe.api.measures import Metrics
from firstframe.api.polling import Desk
from firstframe.api.watching import Watch
from firstframe.service.front import Service
from firstframe.settings import Settings


@dataclass
class Stopping:
    """Set once by the signal handler; long waits read it and end with a clear answer before the drain does."""

    since: float | None = None

    def begin(self) -> None:
        """Note the moment at which the server was told to stop; later calls change nothing."""
        if self.since is None:
            self.since = time.monotonic()

    def seconds(self) -> float:
        """Seconds since the server was told to stop; zero while it was not."""
        return 0.0 if self.since is None else time.monotonic() - self.since


@dataclass(frozen=True)
class Context:
    """The surroundings of a request, one for the whole app."""

    service: Service
    settings: Settings
    bound_url: str
    stopping: Stopping = field(default_factory=Stopping)
    counter: Counter = field(default_factory=Counter)
    watches: PerLoop[Watch] = field(init=False)
    desks: PerLoop[Desk] = field(init=False)
    metrics: Metrics = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "watches", PerLoop(lambda: Watch(lambda job_ids: self.service.glance(job_ids))))
        object.__setattr__(self, "metrics", Metrics(self.service))
        object.__setattr__(self, "desks", PerLoop(lambda: Desk(self.service)))

    def base_url(self, request: Request) -> str:
        """What addresses in the answer to `request` begin with."""
        return addresses.base_url(request, self.settings, self.bound_url)


def context_of(request: Request) -> Context:
    """The context of the app that got `request`."""
    return cast("Context", request.app.state.context)


async def _context(request: Request) -> Context:
    # Not a plain function, which FastAPI would hand to a thread.
    return context_of(request)


ContextOf = Annotated[Context, Depends(_context)]
"""Route parameter: the context of the app."""
