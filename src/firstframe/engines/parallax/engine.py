"""The parallax engine: scene, plan and frames from one picture, on any CPU, without weights."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.direction.model import Direction
from firstframe.engines.base import EngineSpec, Plan, RenderTask, Tick
from firstframe.engines.parallax import atmosphere, kernel
from firstframe.engines.parallax.canvas import Canvas
from firstframe.engines.parallax.dissolves import Dissolves
from firstframe.engines.parallax.enlargement import enlarged
from firstframe.engines.parallax.focus import sharp_share
from firstframe.engines.parallax.motion import Ground, Stream
from firstframe.engines.parallax.planner import Budget, Rehearsal
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.rehearsal import rehearsed
from firstframe.engines.parallax.renderer import REST_SLIDE_PX, Performance, Slide, frames
from firstframe.engines.parallax.scene.analyse import look_at
from firstframe.engines.parallax.scene.hearing import looked_for
from firstframe.engines.parallax.scene.model import Layer, Map, Picture, Scene
from firstframe.engines.parallax.scene.nouns import ANIMALS, THINGS, named
from firstframe.engines.parallax.scene.study import Study
from firstframe.engines.parallax.scene.views import Views
from firstframe.engines.parallax.staging import (
    Performed,
    Sheet,
    motion_textures,
    sheets,
    single_sheet,
    stage_layer,
    stage_of,
)
from firstframe.media.colour import Yuv420

SLIDES_FROM = 0.87
"""Least confidence at which a subject slides over what is behind it: less was looked at, and flaws were seen. In the
middle of the widest gap above those, so that noise in a picture does not decide."""
HALF_SURE, DOUBT_OF_NAMED = 0.65, 0.6
"""Share of the doubt that stays when the words name a thing, and the confidence in its outline that this asks for."""
CACHED_SCENES = 3
NEEDS_LAYERS = frozenset(
    "truck_left truck_right pedestal_up pedestal_down orbit_left orbit_right dolly_zoom rack_focus tracking".split()
)
"""Moves whose point is that near things slide over far ones; all others are played with less risk on one sheet."""

Value = TypeVar("Value")


@dataclass(frozen=True)
class _Casting:
    """What a direction is played with: the scene as far as it was needed, layers and canvases, and why these."""

    scene: Scene
    layers: tuple[Layer, ...]
    canvases: list[Canvas]
    why: str


@dataclass(frozen=True)
class _Set:
    """A picture as some words ask to see it, ready to be played; layers are cut when a direction first needs them."""

    study: Study
    stage: Stage

    def cast(self, direction: Direction) -> _Casting:
        """What to play `direction` with."""
        outlined, sky = self.study.finds.trusted_matte is not None, self.study.finds.sky is not None
        slides = any(m.move in NEEDS_LAYERS for m in direction.camera)
        if not outlined and not sky:
            return self._whole(self.study.uncut, "no outline in the picture could be trusted with a layer of its own")
        if not slides:
            behind = "the subject" if outlined else "what stands before the sky"
            return self._on_one_sheet(
                self.study.uncut, direction, f"no move of the camera shows what is behind {behind}"
            )
        scene = self.study.scene
        if len(scene.layers) == 1:
            return self._whole(scene, "what would be seen behind the subject does not look right")
        if scene.layers[-1].name == "subject" and self._trust(scene, direction) < SLIDES_FROM:
            return self._on_one_sheet(scene, direction, "the subject's outline is not sure enough for it to slide")
        return self._layered(scene, scene.layers, "layers that slide over one another")

    def _trust(self, scene: Scene, direction: Direction) -> float:
        """Trust in the subject; what stands out is less doubtful when the words name a thing that does."""
        subject = self.study.finds.subject
        stands_out = subject is not None and subject.kind == "salient" and scene.confidence > HALF_SURE
        if stands_out and named(direction.subjects, ANIMALS | THINGS):
            return 1 - (1 - scene.confidence) * DOUBT_OF_NAMED
        return scene.confidence

    def _on_one_sheet(self, scene: Scene, direction: Direction, reason: str) -> _Casting:
        """All that stands on one sheet; drifting clouds pass behind it where there is a sky."""
        if self.study.finds.sky is not None and any(m.kind == "clouds" for m in direction.motions):
            why = "one smooth sheet, and the sky behind it, where clouds drift"
            return self._layered(scene, self.study.before_sky, why)
        return self._whole(scene, reason)

    @cached_property
    def picture(self) -> Layer:
        """The whole as one sheet."""
        return single_sheet(self.study.views.canvas, self.study.uncut)

    @property
    def picture_canvas(self) -> Canvas:
        """The canvas of the whole."""
        return self.study.views.memory.recall(
            "canvas of the picture", self.stage, lambda: stage_layer(self.picture, self.stage)
        )

    def _whole(self, scene: Scene, reason: str) -> _Casting:
        return _Casting(scene, (self.picture,), [self.picture_canvas], f"one smooth sheet: {reason}")

    def _layered(self, scene: Scene, layers: tuple[Layer, ...], why: str) -> _Casting:
        cut = (why, self.study.finds, self.study.depths, self.stage)
        canvases = self.study.views.memory.recall(
            "canvases of layers", cut, lambda: [stage_layer(layer, self.stage) for layer in layers]
        )
        return _Casting(scene, layers, canvases, why)


@dataclass(frozen=True)
class _Production:
    """One task, directed: what is played, within which budget, and what became of every asked motion."""

    performance: Performance
    casting: _Casting
    budget: Budget
    account: list[Performed]


class ParallaxEngine:
    """Layers, a real camera and motion textures from one picture; `Engine` of `engines.base`."""

    spec = EngineSpec(name="parallax", licence="Apache-2.0", hardware="any CPU, no download")

    def __init__(self) -> None:
        self._seen: OrderedDict[str, Views] = OrderedDict()
        self._sets: OrderedDict[str, _Set] = OrderedDict()
        self._lock = threading.Lock()
        self._directed: tuple[RenderTask, _Production] | None = None

    def load(self) -> None:
        """Compile the kernels, or load them from the cache of an earlier process."""
        kernel.warm_up()
        atmosphere.warm_up()

    def plan(self, task: RenderTask) -> Plan:
        """What will be done and why: layers, camera with amplitudes, motions with regions, and every limit."""
        return _report(task, self._direct(task))

    def render(self, task: RenderTask, tick: Tick) -> Iterator[Yuv420]:
        """Yield the frames of `task`; see `Engine.render`."""
        return frames(self.performance(task), task, tick)

    def scene(self, task: RenderTask) -> Scene:
        """The picture of `task` understood."""
        return self._prepare(task).study.scene

    def performance(self, task: RenderTask) -> Performance:
        """What decides every pixel of `task`'s clip; gives single frames and maps in any order."""
        return self._direct(task).performance

    def save_layers(self, task: RenderTask, folder: Path) -> list[Path]:
        """Write layers, mattes, inverse depth and class masks of `task` into `folder` as PNG; the written paths."""
        scene = self.scene(task)
        folder.mkdir(parents=True, exist_ok=True)
        pictures: dict[str, Any] = {}
        for index, layer in enumerate(scene.layers):
            pictures[f"{index}-{layer.name}"] = layer.rgb[..., ::-1]
            pictures[f"{index}-{layer.name}-depth"] = _grey(layer.depth_inverse)
            if layer.alpha is not None:
                pictures[f"{index}-{layer.name}-matte"] = layer.alpha
        pictures |= {f"class-{name}": _grey(mask) for name, mask in scene.classes.items()}
        pictures["single-sheet-depth"] = _grey(scene.single_depth_inverse)
        for name, picture in pictures.items():
            cv2.imwrite(str(folder / f"{name}.png"), picture)
        return sorted(folder / f"{name}.png" for name in pictures)

    def _prepare(self, task: RenderTask) -> _Set:
        """The task's picture, looked at as its prompt asks; what is the same for other prompts is not done again."""
        picture = hashlib.sha256(task.picture.tobytes()).hexdigest() + str(task.size)
        nouns = looked_for(task.direction)
        with self._lock:
            views = _kept(self._seen, picture, lambda: Views.of(_at_canvas_size(task), task.picture))
            return _kept(self._sets, f"{picture}{nouns}", lambda: _Set(look_at(views, nouns), stage_of(task.size)))

    def _direct(self, task: RenderTask) -> _Production:
        """Direct `task`, or take what the plan of the same task made."""
        directed = self._directed
        if directed is None or directed[0] is not task:
            directed = (task, _produce(task, self._prepare(task)))
            self._directed = directed
        return directed[1]


def _produce(task: RenderTask, stage_set: _Set) -> _Production:
    stage, casting = stage_set.stage, stage_set.cast(task.direction)
    scene = casting.scene
    layers, budget = rehearsed(task, casting.layers, scene, stage)
    ground = Ground.over(stage.grid_shape, task.size, task.seconds, task.loop, scene)
    rack_focus = any(m.move == "rack_focus" for m in task.direction.camera)
    textures, account = motion_textures(scene, layers, task.direction.motions, ground, task.seed)
    sharp = sharp_share(layers, scene) if rack_focus else None
    composition = sheets(layers, casting.canvases, textures, stage, sharp)
    drifts = textures[0].streams if layers[0].name == "sky" else ()
    if len(layers) > 1 and not rack_focus:
        moved, _ = motion_textures(scene, (stage_set.picture,), task.direction.motions, ground, task.seed)
        cover = sheets((stage_set.picture,), (stage_set.picture_canvas,), moved, stage, None)
        composition += [replace(sheet, at_rest=True) for sheet in cover if not _drifts_away(sheet, drifts)]
    slide = Slide(Rehearsal.of(layers, stage).slide_per_travel(), drifts)
    air, air_account = atmosphere.atmosphere(
        task.direction.motions, scene, task.first_frame, task.size, task.seconds, task.loop, task.seed,
        task.direction.subjects,
    )  # fmt: skip
    dissolves = Dissolves.of(composition, stage)
    performance = Performance(composition, budget.path, stage, task.seconds, slide, air, dissolves)
    account = [p for p in account if p.motion.kind not in atmosphere.KINDS] + air_account
    return _Production(performance, replace(casting, layers=layers), budget, account)


def _drifts_away(sheet: Sheet, drifts: Sequence[Stream]) -> bool:
    """Whether a cover's `sheet` shows the second phase of clouds: they drift the cover away before it would be due."""
    if sheet.second_phase is None:
        return False
    period = sheet.texture.streams[sheet.second_phase].period
    return any(drift.period == period and drift.speed_px * period > REST_SLIDE_PX[1] for drift in drifts)


def _kept(cache: OrderedDict[str, Value], key: str, make: Callable[[], Value]) -> Value:
    """What `cache` has under `key`, or makes; the latest few are kept."""
    if key not in cache:
        cache[key] = make()
        while len(cache) > CACHED_SCENES:
            cache.popitem(last=False)
    cache.move_to_end(key)
    return cache[key]


def _at_canvas_size(task: RenderTask) -> Picture:
    return enlarged(task.first_frame, *stage_of(task.size).canvas_size)


def _grey(shares: Map) -> NDArray[np.uint8]:
    return np.asarray(np.rint(shares.clip(0, 1) * 255), np.uint8)


def _report(task: RenderTask, production: _Production) -> Plan:
    budget, casting = production.budget, production.casting
    return {
        "engine": "parallax",
        "layers": [layer.name for layer in casting.layers],
        "why_layers": casting.why,
        "confidence": round(casting.scene.confidence, 3),
        "camera": [
            {"move": s.move, "start": round(s.start, 3), "end": round(s.end, 3), "pose": s.pose.report()}
            for s in budget.path.segments
        ],
        "amplitude": {"travel": budget.translation, "overall": budget.overall},
        "limits": [limit.report() for limit in budget.limits],
        "motions": [
            {
                "kind": p.motion.kind,
                "region": p.region,
                "coverage": round(p.coverage, 4),
                "confidence": round(p.confidence, 3),
                "performed": not p.reason,
                "reason": p.reason or "performed",
            }
            for p in production.account
        ],
        "notes": [*casting.scene.notes, *task.direction.notes],
    }
