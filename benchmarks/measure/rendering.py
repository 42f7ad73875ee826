"""Frames straight from an engine, at a reduced size where that serves, without encoding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firstframe.animation import ignore_progress, understand
from firstframe.clip import ClipRequest, FrameSize
from firstframe.engines.base import Engine, RenderTask
from firstframe.media import picture

Luma = NDArray[np.uint8]
SEED = 1


def task(image: Path, prompt: str, engine: Engine, *, short_edge: int | None = None, loop: bool = False) -> RenderTask:
    """The task of a six-second clip at 1080p, or scaled down to `short_edge` pixels."""
    request = ClipRequest.parse(
        {
            "first_frame_image": image.read_bytes(),
            "prompt": prompt,
            "seed": SEED,
            "loop": loop,
            "prompt_optimizer": False,
        }
    )
    full = understand(request, engine=engine).task
    if short_edge is None:
        return full
    share = short_edge / full.size.short_edge
    size = FrameSize(*(2 * round(edge * share / 2) for edge in (full.size.width, full.size.height)))
    return replace(full, size=size, first_frame=picture.resize(full.picture, size))


def lumas(engine: Engine, work: RenderTask, *, every: int = 1) -> Iterator[Luma]:
    """Luma planes (H, W) of every n-th frame, the last one included."""
    for index, frame in enumerate(engine.render(work, ignore_progress)):
        if index % every == 0 or index == work.frames - 1:
            yield frame.y.copy()
