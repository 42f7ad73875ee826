"""How long the stages of clips took, counted in the database, so that any process can tell it for all of them.

Workers listen on no port, and rows of clips are forgotten in time; counts stay, and only grow.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from firstframe.service.tables import stage_seconds

STAGES = ("queue", "analyse", "render", "encode")
BOUNDS_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60, 120, 300, 600, 1800, math.inf)
"""Upper ends of the ranges that are counted; changing them begins new counts beside the old."""


@dataclass(frozen=True)
class Histogram:
    """How long one stage of an engine's clips took."""

    engine: str
    stage: str
    clips_within: dict[float, int]
    """Seconds → clips that took at most so long."""
    seconds: float
    """Of all clips together."""


def note(connection: Connection, engine: str, took_seconds: Mapping[str, float]) -> None:
    """Count a clip whose stages, by name, took so many seconds; other names than `STAGES` are not counted."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    kept = stage_seconds.c
    for stage in STAGES:  # always in this order, so that no two transactions wait for each other
        if stage in took_seconds:
            seconds = max(0.0, float(took_seconds[stage]))
            at_most = BOUNDS_SECONDS[bisect_left(BOUNDS_SECONDS, seconds)]
            row = insert(stage_seconds).values(engine=engine, stage=stage, at_most=at_most, clips=1, seconds=seconds)
            more = {"clips": kept.clips + 1, "seconds": kept.seconds + seconds}
            connection.execute(row.on_conflict_do_update(index_elements=list(stage_seconds.primary_key), set_=more))


def every(connection: Connection) -> list[Histogram]:
    """What was counted, for each engine and stage."""
    found: dict[tuple[str, str], dict[float, tuple[int, float]]] = {}
    for row in connection.execute(select(stage_seconds)):
        found.setdefault((row.engine, row.stage), {})[row.at_most] = (row.clips, row.seconds)
    return [_histogram(engine, stage, ranges) for (engine, stage), ranges in sorted(found.items())]


def _histogram(engine: str, stage: str, ranges: Mapping[float, tuple[int, float]]) -> Histogram:
    bounds = sorted({*BOUNDS_SECONDS, *ranges})
    within = accumulate(ranges.get(bound, (0, 0.0))[0] for bound in bounds)
    return Histogram(
        engine, stage, dict(zip(bounds, within, strict=True)), sum(seconds for _, seconds in ranges.values())
    )
