"""The one way from a request to a file; the command line, the Python API and the service's worker all take it.

Knows the order of the steps and nothing of how each is done: no HTTP, no database, no pixel arithmetic.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from firstframe.clip import FRAMES_PER_SECOND, SEED_MAX, Clip, ClipRequest, FrameSize
from firstframe.direction import optimizer, parser
from firstframe.engines.base import Engine, RenderTask, Tick
from firstframe.errors import EngineFailed, InvalidParameter
from firstframe.media import picture
from firstframe.media.colour import Yuv420
from firstframe.media.video import VideoWriter


def ignore_progress(done: int, total: int) -> None:
    """A `Tick` for callers who neither watch nor cancel."""


@runtime_checkable
class SavesLayers(Protocol):
    """An engine that can show the layers it cut the first frame into."""

    def save_layers(self, task: RenderTask, folder: Path) -> list[Path]:
        """Write each layer, its matte and its depth as pictures into `folder`; the written paths."""
        ...


@dataclass(frozen=True)
class Order:
    """A request understood: everything an engine needs, before any planning."""

    task: RenderTask
    prompt: str
    revised_prompt: str | None


def understand(request: ClipRequest, *, engine: Engine) -> Order:
    """Read the picture and the words of `request`, choose the seed when it names none, and settle the size.

    The direction always comes from the caller's own words; the revised prompt is only returned to them.
    Raises `ImageRejected` for a picture outside the limits, `InvalidParameter` for what `engine` cannot do.
    """
    _require_supported(request, engine)
    pixels = picture.decode(picture.read(request.first_frame_image))
    height, width = pixels.shape[:2]
    size = FrameSize.for_picture(width, height, request.resolution)
    direction = parser.parse(request.prompt, request.duration, request.loop)
    task = RenderTask(
        picture=pixels,
        first_frame=picture.resize(pixels, size),
        direction=direction,
        size=size,
        seconds=request.duration,
        seed=secrets.randbelow(SEED_MAX + 1) if request.seed is None else request.seed,
        loop=request.loop,
    )
    revised = optimizer.optimise(request.prompt, direction) if request.prompt_optimizer else None
    return Order(task, request.prompt, revised)


def make_clip(request: ClipRequest, destination: Path, *, engine: Engine, tick: Tick = ignore_progress) -> Clip:
    """Make the clip of `request` with a loaded `engine` and put it at `destination`, which appears only when complete.

    Timings, in seconds, add up to `total`: `analyse` reads, decodes, parses and plans; then rendering and encoding
    overlap, so `render` is the time this thread waited for the engine's frames and `encode` the time it waited for
    the encoder. Raises what `understand` raises, whatever `tick` raises, and `EngineFailed` for a wrong frame count.
    """
    begin = time.perf_counter()
    order = understand(request, engine=engine)
    tick(0, order.task.frames)
    plan = engine.plan(order.task)
    analysed = time.perf_counter()
    waited_for_frames = _render_into(destination, order, engine, tick)
    end = time.perf_counter()
    return Clip(
        path=destination,
        engine=engine.spec.name,
        seed=order.task.seed,
        size=order.task.size,
        seconds=order.task.seconds,
        prompt=order.prompt,
        revised_prompt=order.revised_prompt,
        direction=order.task.direction.report(),
        plan=plan,
        timings={
            "analyse": analysed - begin,
            "render": waited_for_frames,
            "encode": end - analysed - waited_for_frames,
            "total": end - begin,
        },
    )


def explain(request: ClipRequest, *, engine: Engine, save_layers: Path | None = None) -> dict[str, Any]:
    """What `make_clip` would do and why, JSON-able, without rendering.

    With `save_layers`, the engine also writes the layers it sees into that folder. Raises what `understand`
    raises, and `InvalidParameter` when the engine has no layers to save.
    """
    if save_layers is not None and not isinstance(engine, SavesLayers):
        raise InvalidParameter("save_layers", str(save_layers), "only engines that cut the picture into layers")
    order = understand(request, engine=engine)
    task = order.task
    report: dict[str, Any] = {
        "engine": engine.spec.name,
        "seed": task.seed,
        "width": task.size.width,
        "height": task.size.height,
        "fps": FRAMES_PER_SECOND,
        "frames": task.frames,
        "seconds": task.seconds,
        "prompt": order.prompt,
        "revised_prompt": order.revised_prompt,
        "direction": task.direction.report(),
        "plan": engine.plan(task),
    }
    if save_layers is not None and isinstance(engine, SavesLayers):
        report["layers"] = [str(path) for path in engine.save_layers(task, save_layers)]
    return report


def _require_supported(request: ClipRequest, engine: Engine) -> None:
    spec = engine.spec
    if request.duration not in spec.durations:
        allowed = " or ".join(str(seconds) for seconds in spec.durations)
        raise InvalidParameter("duration", request.duration, f"{allowed} (seconds) with the engine {spec.name}")
    if request.resolution not in spec.resolutions:
        allowed = " or ".join(f'"{resolution}"' for resolution in spec.resolutions)
        raise InvalidParameter("resolution", str(request.resolution), f"{allowed} with the engine {spec.name}")


def _render_into(destination: Path, order: Order, engine: Engine, tick: Tick) -> float:
    """Encode the frames while they come; return the seconds spent waiting for the engine."""
    frames = _Stopwatch(engine.render(order.task, tick))
    metadata = _metadata(order, engine.spec.name)
    with VideoWriter(destination, order.task.size, metadata=metadata) as writer:
        for frame in frames:
            writer.write(frame)
        if frames.count != order.task.frames:
            raise EngineFailed(f"The engine gave {frames.count} frames where {order.task.frames} were due.")
    return frames.seconds


class _Stopwatch:
    """Passes frames on, counting them and the seconds until each came."""

    def __init__(self, frames: Iterator[Yuv420]) -> None:
        self._frames = frames
        self.count = 0
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Yuv420]:
        while True:
            begin = time.perf_counter()
            frame = next(self._frames, None)
            self.seconds += time.perf_counter() - begin
            if frame is None:
                return
            self.count += 1
            yield frame


def _metadata(order: Order, engine_name: str) -> dict[str, str]:
    title = " ".join(order.prompt.split())
    return {
        "title": title if len(title) <= 80 else title[:79].rstrip() + "…",
        "description": order.prompt,
        "comment": f"engine {engine_name}, seed {order.task.seed}",
        "encoder": f"firstframe {version('firstframe')}",
    }
