"""The parallax engine: scene, plan and frames from one picture, on any CPU, without weights."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2

from firstframe.engines.base import EngineSpec, Plan, RenderTask, Tick
from firstframe.engines.parallax import kernel
from firstframe.engines.parallax.camera import camera_path
from firstframe.engines.parallax.canvas import Canvas
from firstframe.engines.parallax.motion import Ground
from firstframe.engines.parallax.planner import Budget, fit, slide_per_travel
from firstframe.engines.parallax.renderer import Performance, frames
from firstframe.engines.parallax.scene.analyse import analyse
from firstframe.engines.parallax.scene.model import Layer, Picture, Scene
from firstframe.engines.parallax.staging import (
    Performed,
    Sheet,
    canvas_size,
    motion_textures,
    sheets,
    single_sheet,
    stage_layer,
    stage_of,
)
from firstframe.media.colour import Yuv420

CACHED_SCENES = 3


@dataclass(frozen=True)
class _Set:
    """A scene that is ready to be played: its layers and their canvases."""

    scene: Scene
    layers: tuple[Layer, ...]
    canvases: list[Canvas]
    picture: Layer
    """The whole picture as one sheet: the only layer when none could be trusted, the cover at rest otherwise."""
    picture_canvas: Canvas


class ParallaxEngine:
    """Layers, a real camera and motion textures from one picture; `Engine` of `engines.base`."""

    spec = EngineSpec(name="parallax", licence="Apache-2.0", hardware="any CPU, no download")

    def __init__(self) -> None:
        self._sets: OrderedDict[str, _Set] = OrderedDict()
        self._lock = threading.Lock()

    def load(self) -> None:
        """Compile the kernels, or load them from the cache of an earlier process."""
        kernel.warm_up()

    def plan(self, task: RenderTask) -> Plan:
        """What will be done and why: layers, camera with amplitudes, motions with regions, and every limit."""
        stage_set = self._prepare(task)
        _, budget, account = self._direct(task, stage_set)
        return _report(task, stage_set, budget, account)

    def render(self, task: RenderTask, tick: Tick) -> Iterator[Yuv420]:
        """Yield the frames of `task`; see `Engine.render`."""
        performance, _, _ = self._direct(task, self._prepare(task))
        return frames(performance, task, tick)

    def save_layers(self, task: RenderTask, folder: Path) -> list[Path]:
        """Write layers, mattes, inverse depth and class masks of `task` into `folder` as PNG; the written paths."""
        stage_set = self._prepare(task)
        folder.mkdir(parents=True, exist_ok=True)
        pictures: dict[str, Any] = {}
        for index, layer in enumerate(stage_set.scene.layers):
            pictures[f"{index}-{layer.name}"] = layer.rgb[..., ::-1]
            pictures[f"{index}-{layer.name}-depth"] = layer.depth_inverse * 255
            if layer.alpha is not None:
                pictures[f"{index}-{layer.name}-matte"] = layer.alpha
        pictures |= {f"class-{name}": mask * 255 for name, mask in stage_set.scene.classes.items()}
        pictures["single-sheet-depth"] = stage_set.scene.single_depth_inverse * 255
        for name, picture in pictures.items():
            cv2.imwrite(str(folder / f"{name}.png"), picture)
        return sorted(folder / f"{name}.png" for name in pictures)

    def _prepare(self, task: RenderTask) -> _Set:
        """The analysed scene of the task's picture, kept for the next prompt on the same picture."""
        key = hashlib.sha256(task.picture.tobytes()).hexdigest() + f"{task.size}{task.direction.subjects}"
        with self._lock:
            if key not in self._sets:
                self._sets[key] = _build_set(task)
                while len(self._sets) > CACHED_SCENES:
                    self._sets.popitem(last=False)
            self._sets.move_to_end(key)
            return self._sets[key]

    def _direct(self, task: RenderTask, stage_set: _Set) -> tuple[Performance, Budget, list[Performed]]:
        stage = stage_of(task.size)
        path = camera_path(task.direction.camera, _pivot(stage_set), task.seconds, task.loop, task.seed)
        budget = fit(path, stage_set.layers, stage_set.scene, stage)
        ground = Ground.over(stage.grid_shape, task.size, task.seconds, task.loop, stage_set.scene)
        composition, account = self._cast(task, stage_set, ground)
        slide = slide_per_travel(stage_set.layers, stage)
        return Performance(composition, budget.path, stage, task.seconds, slide), budget, account

    def _cast(self, task: RenderTask, stage_set: _Set, ground: Ground) -> tuple[list[Sheet], list[Performed]]:
        stage = stage_of(task.size)
        layers = stage_set.layers
        rack_focus = any(m.move == "rack_focus" for m in task.direction.camera)
        textures, account = motion_textures(stage_set.scene, layers, task.direction.motions, ground, task.seed)
        composition = sheets(layers, stage_set.canvases, textures, stage, rack_focus)
        if len(layers) > 1 and not rack_focus:
            whole = (stage_set.picture,)
            moved, _ = motion_textures(stage_set.scene, whole, task.direction.motions, ground, task.seed)
            cover = sheets(whole, [stage_set.picture_canvas], moved, stage, rack_focus)
            composition += [replace(sheet, at_rest=True) for sheet in cover[:1]]
        return composition, account


def _build_set(task: RenderTask) -> _Set:
    width, height = canvas_size(task.size)
    shrinking = width < task.picture.shape[1]
    picture: Picture = cv2.resize(  # type: ignore[assignment]
        task.picture, (width, height), interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_LANCZOS4
    )
    scene = analyse(picture, task.direction.subjects)
    stage = stage_of(task.size)
    whole = single_sheet(picture, scene)
    whole_canvas = stage_layer(whole, stage)
    if len(scene.layers) == 1:
        return _Set(scene, (whole,), [whole_canvas], whole, whole_canvas)
    return _Set(scene, scene.layers, [stage_layer(layer, stage) for layer in scene.layers], whole, whole_canvas)


def _pivot(stage_set: _Set) -> float:
    """Inverse depth of what the camera circles: the subject, else the middle of the picture."""
    depth = stage_set.layers[-1].depth_inverse
    box = stage_set.scene.subject_box or (0.35, 0.35, 0.3, 0.3)
    height, width = depth.shape
    part = depth[int(box[1] * height) : int((box[1] + box[3]) * height) + 1,
                 int(box[0] * width) : int((box[0] + box[2]) * width) + 1]  # fmt: skip
    return float(part.mean()) if part.size else 0.5


def _report(task: RenderTask, stage_set: _Set, budget: Budget, account: list[Performed]) -> Plan:
    scene = stage_set.scene
    return {
        "engine": "parallax",
        "layers": [layer.name for layer in stage_set.layers],
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
            for p in account
        ],
        "notes": [*scene.notes, *task.direction.notes],
    }  # fmt: skip
