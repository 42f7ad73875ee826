"""Which engines exist, and one loaded instance of each per process. An engine is imported only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from threading import Lock

from firstframe.engines.base import Engine, EngineSpec
from firstframe.errors import InvalidParameter

_loading = Lock()


def _parallax() -> Engine:
    from firstframe.engines.parallax.engine import ParallaxEngine

    return ParallaxEngine()


_MAKERS: dict[str, Callable[[], Engine]] = {"parallax": _parallax}


def names() -> tuple[str, ...]:
    """Names of all engines; imports none of them."""
    return tuple(_MAKERS)


@lru_cache
def engine(name: str) -> Engine:
    """The process's one instance of the engine `name`, not loaded yet.

    Raises `InvalidParameter` for an unknown name.
    """
    if name not in _MAKERS:
        raise InvalidParameter("engine", name, " or ".join(names()))
    return _MAKERS[name]()


def specs() -> tuple[EngineSpec, ...]:
    """What is known about each engine."""
    return tuple(engine(name).spec for name in names())


def loaded(name: str) -> Engine:
    """The engine `name`, ready to plan and render; the first call for a name takes as long as its `load`.

    Raises `InvalidParameter` for an unknown name.
    """
    with _loading:
        return _loaded(name)


@lru_cache
def _loaded(name: str) -> Engine:
    wanted = engine(name)
    wanted.load()
    return wanted
