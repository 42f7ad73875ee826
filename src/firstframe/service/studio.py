"""What the service asks of the rest of the house: judge a first frame, name the engines, make a clip."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from firstframe.clip import Clip, ClipRequest
from firstframe.engines.base import Engine, Tick
from firstframe.service import priority

DECODES_MAX = 2
"""Pictures decoded at once in one process; the largest needs some 300 MB while it is."""

_decoding = BoundedSemaphore(DECODES_MAX)

Maker = Callable[[ClipRequest, Path, str, Tick], Clip]


@dataclass(frozen=True)
class Studio:
    """The seam between the service and the engines; unit tests put their own in its place."""

    engines: tuple[str, ...]
    """Names of the engines that this process knows."""
    judge: Callable[[str | bytes], bytes]
    """Fetches and decodes a first frame and returns its bytes; raises `ImageRejected`."""
    make: Maker
    """Makes the clip of a request at a path with the engine of that name."""

    @classmethod
    def of_the_house(cls, engines: Mapping[str, Engine] | None = None) -> Studio:
        """The real one: pictures by `media`, clips by `animation`; with `engines`, those instead of all registered."""
        from firstframe.engines import registry

        if engines is None:
            return cls(
                tuple(registry.names()), _judge, lambda r, path, name, t: _make(r, path, registry.loaded(name), t)
            )
        return cls(tuple(engines), _judge, lambda r, path, name, t: _make(r, path, engines[name], t))


def _judge(source: str | bytes) -> bytes:
    from firstframe.media import picture

    raw = picture.read(source)
    with _decoding:
        picture.judge(raw)
    return raw


def _make(request: ClipRequest, destination: Path, engine: Engine, tick: Tick) -> Clip:
    from firstframe.animation import make_clip

    priority.step_back()
    return make_clip(request, destination, engine=engine, tick=tick)
