"""Frames from sheets: for every moment, the camera pose, the displacement of what moves, and one composition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from firstframe.engines.base import RenderTask, Tick
from firstframe.engines.parallax.camera import CameraPath, Pose
from firstframe.engines.parallax.kernel import compose
from firstframe.engines.parallax.projection import Grid, Stage, project
from firstframe.engines.parallax.staging import Sheet
from firstframe.media.colour import Yuv420, to_yuv420

_STILL: Grid = np.zeros((1, 1, 2), np.float32)


@dataclass(frozen=True)
class Performance:
    """Everything that decides the pixels of a clip; frame k is a pure function of it."""

    sheets: Sequence[Sheet]
    path: CameraPath
    stage: Stage
    seconds: float

    def frame(self, second: float, grids: Sequence[Grid], out: Yuv420) -> None:
        """Render the moment `second` into `out`, using `grids` (one per sheet) as work space."""
        pose = self.path.at(second)
        opacities = [self._opacity(sheet, second, pose) for sheet in self.sheets]
        for sheet, grid, opacity in zip(self.sheets, grids, opacities, strict=True):
            if opacity > 0:
                project(self.stage, pose, sheet.depth_inverse, self._displacement(sheet, second), grid)
        compose([s.canvas for s in self.sheets], grids, opacities, out)

    def work_space(self) -> list[Grid]:
        """Grids for `frame` to fill."""
        return [np.zeros((*self.stage.grid_shape, 2), np.float32) for _ in self.sheets]

    def _displacement(self, sheet: Sheet, second: float) -> Grid:
        if sheet.texture.is_still:
            return _STILL
        return sheet.texture.displacement(second, self.seconds, self.stage.grid_shape, sheet.second_phase)

    def _opacity(self, sheet: Sheet, second: float, pose: Pose) -> float:
        if sheet.blurred:
            return min(max(pose.blur, 0.0), 1.0)
        if sheet.second_phase is not None:
            return sheet.texture.streams[sheet.second_phase].ages(second)[2]
        return 1.0


def frames(performance: Performance, task: RenderTask, tick: Tick) -> Iterator[Yuv420]:
    """All frames of `task` in order; frame 0 is the first frame itself. The yielded frame is reused."""
    yield to_yuv420(task.first_frame)
    tick(1, task.frames)
    out = Yuv420.empty(task.size)
    grids = performance.work_space()
    for index in range(1, task.frames):
        performance.frame(index / task.frames * task.seconds, grids, out)
        yield out
        tick(index + 1, task.frames)
