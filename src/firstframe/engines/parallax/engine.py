"""The parallax engine: scene, plan and frames from one picture, on any CPU, without weights."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.direction.model import Direction
from firstframe.engines.base import EngineSpec, Plan, RenderTask, Tick
from firstframe.engines.parallax import atmosphere, kernel, orbit
from firstframe.engines.parallax.camera import CameraPath, camera_path
from firstframe.engines.parallax.canvas import Canvas
from firstframe.engines.parallax.motion import Ground
from firstframe.engines.parallax.planner import Budget, Rehearsal, fit
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.renderer import Performance, Slide, frames
from firstframe.engines.parallax.scene.analyse import analyse
from firstframe.engines.parallax.scene.hearing import decisive
from firstframe.engines.parallax.scene.model import Layer, Map, Picture, Scene
from firstframe.engines.parallax.staging import (
    Performed,
    Sheet,
    before_sky,
    canvas_size,
    motion_textures,
    sheets,
    single_sheet,
    stage_layer,
    stage_of,
)
from firstframe.engines.parallax.straight import straightened
from firstframe.media.colour import Yuv420

CACHED_SCENES = 3
NEEDS_LAYERS = frozenset(
    "truck_left truck_right pedestal_up pedestal_down orbit_left orbit_right dolly_zoom rack_focus tracking".split()
)
"""Moves whose point is that near things slide over far ones; all others are played with less risk on one sheet."""


@dataclass(frozen=True)
class _Set:
    """An analysed picture that is ready to be played: its layers and their canvases, and the whole as one sheet."""

    scene: Scene
    layers: tuple[Layer, ...]
    canvases: list[Canvas]
    picture: Layer
    picture_canvas: Canvas
    stage: Stage

    @cached_property
    def before_sky(self) -> tuple[tuple[Layer, ...], list[Canvas]]:
        """The sky and all before it as one sheet, with their canvases; made when clouds first ask for it."""
        sky, front = before_sky(self.picture.rgb, self.scene)
        return (sky, front), [self.canvases[0], stage_layer(front, self.stage)]

    def chosen(self, direction: Direction) -> tuple[tuple[Layer, ...], list[Canvas], str]:
        """The layers to play `direction` with, their canvases, and why these."""
        whole = (self.picture,), [self.picture_canvas]
        if len(self.layers) == 1:
            return *whole, "one smooth sheet: no outline in the picture could be trusted with a layer of its own"
        subject = any(layer.name == "subject" for layer in self.layers)
        if subject and not any(m.move in NEEDS_LAYERS for m in direction.camera):
            if self.layers[0].name == "sky" and any(m.kind == "clouds" for m in direction.motions):
                return *self.before_sky, "one smooth sheet, and the sky behind it, where clouds drift"
            return *whole, "one smooth sheet: no move of the camera shows what is behind the subject"
        return self.layers, self.canvases, "layers that slide over one another"


@dataclass(frozen=True)
class _Production:
    """One task, directed: what is played, within which budget, and what became of every asked motion."""

    performance: Performance
    layers: tuple[Layer, ...]
    why_layers: str
    budget: Budget
    account: list[Performed]


class ParallaxEngine:
    """Layers, a real camera and motion textures from one picture; `Engine` of `engines.base`."""

    spec = EngineSpec(name="parallax", licence="Apache-2.0", hardware="any CPU, no download")

    def __init__(self) -> None:
        self._sets: OrderedDict[str, _Set] = OrderedDict()
        self._lock = threading.Lock()
        self._directed: tuple[RenderTask, _Production] | None = None

    def load(self) -> None:
        """Compile the kernels, or load them from the cache of an earlier process."""
        kernel.warm_up()
        atmosphere.warm_up()

    def plan(self, task: RenderTask) -> Plan:
        """What will be done and why: layers, camera with amplitudes, motions with regions, and every limit."""
        return _report(task, self._prepare(task).scene, self._direct(task))

    def render(self, task: RenderTask, tick: Tick) -> Iterator[Yuv420]:
        """Yield the frames of `task`; see `Engine.render`."""
        return frames(self.performance(task), task, tick)

    def scene(self, task: RenderTask) -> Scene:
        """The picture of `task` understood."""
        return self._prepare(task).scene

    def performance(self, task: RenderTask) -> Performance:
        """What decides every pixel of `task`'s clip; gives single frames and maps in any order."""
        return self._direct(task).performance

    def save_layers(self, task: RenderTask, folder: Path) -> list[Path]:
        """Write layers, mattes, inverse depth and class masks of `task` into `folder` as PNG; the written paths."""
        stage_set = self._prepare(task)
        folder.mkdir(parents=True, exist_ok=True)
        pictures: dict[str, Any] = {}
        for index, layer in enumerate(stage_set.scene.layers):
            pictures[f"{index}-{layer.name}"] = layer.rgb[..., ::-1]
            pictures[f"{index}-{layer.name}-depth"] = _grey(layer.depth_inverse)
            if layer.alpha is not None:
                pictures[f"{index}-{layer.name}-matte"] = layer.alpha
        pictures |= {f"class-{name}": _grey(mask) for name, mask in stage_set.scene.classes.items()}
        pictures["single-sheet-depth"] = _grey(stage_set.scene.single_depth_inverse)
        for name, picture in pictures.items():
            cv2.imwrite(str(folder / f"{name}.png"), picture)
        return sorted(folder / f"{name}.png" for name in pictures)

    def _prepare(self, task: RenderTask) -> _Set:
        """The analysed scene of the task's picture, kept for the next prompt on the same picture."""
        key = hashlib.sha256(task.picture.tobytes()).hexdigest() + f"{task.size}{_nouns(task.direction)}"
        with self._lock:
            if key not in self._sets:
                self._sets[key] = _build_set(task)
                while len(self._sets) > CACHED_SCENES:
                    self._sets.popitem(last=False)
            self._sets.move_to_end(key)
            return self._sets[key]

    def _direct(self, task: RenderTask) -> _Production:
        """Direct `task`, or take what the plan of the same task made."""
        directed = self._directed
        if directed is None or directed[0] is not task:
            directed = (task, _produce(task, self._prepare(task)))
            self._directed = directed
        return directed[1]


def _produce(task: RenderTask, stage_set: _Set) -> _Production:
    stage, scene = stage_of(task.size), stage_set.scene
    layers, canvases, why = stage_set.chosen(task.direction)
    layers, budget = _rehearsed(task, layers, scene, stage)
    ground = Ground.over(stage.grid_shape, task.size, task.seconds, task.loop, scene)
    rack_focus = any(m.move == "rack_focus" for m in task.direction.camera)
    textures, account = motion_textures(scene, layers, task.direction.motions, ground, task.seed)
    composition = sheets(layers, canvases, textures, stage, rack_focus)
    if len(layers) > 1 and not rack_focus:
        moved, _ = motion_textures(scene, (stage_set.picture,), task.direction.motions, ground, task.seed)
        cover = Sheet("picture", stage_set.picture_canvas, scene.single_depth_inverse, moved[0], at_rest=True)
        composition.append(cover)
    drift = next((stream for stream in textures[0].streams if layers[0].name == "sky"), None)
    slide = Slide(Rehearsal.of(layers, stage).slide_per_travel(), drift)
    air, air_account = atmosphere.atmosphere(
        task.direction.motions, scene, task.first_frame, task.size, task.seconds, task.loop, task.seed,
        task.direction.subjects,
    )  # fmt: skip
    performance = Performance(composition, budget.path, stage, task.seconds, slide, air)
    account = [p for p in account if p.motion.kind not in atmosphere.KINDS] + air_account
    return _Production(performance, layers, why, budget, account)


def _rehearsed(
    task: RenderTask, layers: tuple[Layer, ...], scene: Scene, stage: Stage
) -> tuple[tuple[Layer, ...], Budget]:
    """The layers as they are played, and the camera's path within their limits."""

    def path(pivot: float) -> CameraPath:
        return camera_path(task.direction.camera, pivot, task.seconds, task.loop, task.seed)

    about_subject = path(orbit.subject_depth(layers, scene))
    if not any(m.move.startswith("orbit") for m in task.direction.camera):
        return _straight(layers, about_subject, scene, stage)
    layers = orbit.leaning(layers, about_subject, scene, stage)
    travelled = fit(about_subject, layers, scene, stage).path
    return _straight(layers, path(orbit.pivot(layers, scene, travelled)), scene, stage)


def _straight(
    layers: tuple[Layer, ...], path: CameraPath, scene: Scene, stage: Stage
) -> tuple[tuple[Layer, ...], Budget]:
    """The path within its budgets, over depth that bows no straight line on the way."""
    budget = fit(path, layers, scene, stage)
    layers, limit = straightened(layers, budget.path, scene, stage)
    if limit is None:
        return layers, budget
    budget = fit(path, layers, scene, stage)
    return layers, replace(budget, limits=(limit, *budget.limits))


def _build_set(task: RenderTask) -> _Set:
    width, height = canvas_size(task.size)
    shrinking = width < task.picture.shape[1]
    picture: Picture = cv2.resize(  # type: ignore[assignment]
        task.picture, (width, height), interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_LANCZOS4
    )
    scene = analyse(picture, _nouns(task.direction))
    stage = stage_of(task.size)
    whole = single_sheet(picture, scene)
    whole_canvas = stage_layer(whole, stage)
    if len(scene.layers) == 1:
        return _Set(scene, (whole,), [whole_canvas], whole, whole_canvas, stage)
    return _Set(scene, scene.layers, [stage_layer(layer, stage) for layer in scene.layers], whole, whole_canvas, stage)


def _nouns(direction: Direction) -> tuple[str, ...]:
    """What to look for in the picture: what the prompt's nouns decide, and fire when it shall burn."""
    burning = any(m.kind == "fire" for m in direction.motions)
    return decisive((*direction.subjects, "fire") if burning else direction.subjects)


def _grey(shares: Map) -> NDArray[np.uint8]:
    return np.asarray(np.rint(shares.clip(0, 1) * 255), np.uint8)


def _report(task: RenderTask, scene: Scene, production: _Production) -> Plan:
    budget = production.budget
    return {
        "engine": "parallax",
        "layers": [layer.name for layer in production.layers],
        "why_layers": production.why_layers,
        "confidence": round(scene.confidence, 3),
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
        "notes": [*scene.notes, *task.direction.notes],
    }
