"""From the asked moves to what is played: depth made ready for them, and the camera's path within its budgets."""

from __future__ import annotations

from dataclasses import replace

from firstframe.engines.base import RenderTask
from firstframe.engines.parallax import orbit
from firstframe.engines.parallax.camera import CameraPath, camera_path
from firstframe.engines.parallax.planner import Budget, Limit, fit, uncovering
from firstframe.engines.parallax.projection import Stage
from firstframe.engines.parallax.relief import relieved
from firstframe.engines.parallax.scene.model import Layer, Scene
from firstframe.engines.parallax.straight import straightened
from firstframe.engines.parallax.upright import upright

Layers = tuple[Layer, ...]


def rehearsed(task: RenderTask, layers: Layers, scene: Scene, stage: Stage) -> tuple[Layers, Budget]:
    """The layers as they are played, and the camera's path within their limits."""

    def path(pivot: float) -> CameraPath:
        return camera_path(task.direction.camera, pivot, task.seconds, task.loop, task.seed)

    about_subject = path(orbit.subject_depth(layers, scene))
    layers = orbit.leaning(layers, about_subject, scene, stage)
    layers, limits = _levelled(layers, about_subject, scene, stage)
    layers = orbit.leaning(layers, about_subject, scene, stage)
    budget = fit(about_subject, layers, scene, stage)
    if any(m.move.startswith("orbit") for m in task.direction.camera):
        pivot = orbit.pivot(layers, scene, budget.path, stage.size)
        budget = fit(path(pivot), layers, scene, stage)
    return layers, replace(budget, limits=(*limits, *budget.limits))


def _levelled(layers: Layers, path: CameraPath, scene: Scene, stage: Stage) -> tuple[Layers, tuple[Limit, ...]]:
    """Layers with depth that neither bows straight lines nor stretches anything on the way, and what was limited."""
    path = uncovering(path, layers, scene, stage)
    layers, bow = straightened(layers, path, scene, stage)
    layers, stretch = relieved(layers, path, stage)
    return upright(layers, path, scene, stage), tuple(limit for limit in (bow, stretch) if limit is not None)
