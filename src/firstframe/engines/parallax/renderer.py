"""Frames from sheets: for every moment, the camera pose, the displacement of what moves, and one composition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from firstframe.engines.base import RenderTask, Tick
from firstframe.engines.parallax.atmosphere import Atmosphere
from firstframe.engines.parallax.camera import CameraPath, Pose
from firstframe.engines.parallax.cells import Grid
from firstframe.engines.parallax.dissolves import Dissolves
from firstframe.engines.parallax.kernel import compose
from firstframe.engines.parallax.motion import Stream
from firstframe.engines.parallax.projection import Stage, project
from firstframe.engines.parallax.staging import Sheet
from firstframe.media.colour import Yuv420, to_yuv420

REST_SLIDE_PX = (0.25, 2.5)
"""Slide of the layers, in frame pixels, over which the whole picture gives way to them."""
_STILL: Grid = np.zeros((1, 1, 2), np.float32)


@dataclass(frozen=True)
class Slide:
    """What takes the layers away from where they lay on one another in the picture."""

    per_travel: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Short edges by which they slide per unit of the camera's travel along x, y and z."""
    drifts: tuple[Stream, ...] = ()
    """What streams on the layer of the sky, when it has one of its own."""

    def px(self, pose: Pose, second: float, short_edge: int) -> float:
        """How far they have slid apart, in frame pixels."""
        travelled = sum(abs(t) * k for t, k in zip((pose.x, pose.y, pose.z), self.per_travel, strict=True))
        drifted = max((abs(drift.ages(second)[0]) * drift.speed_px for drift in self.drifts), default=0.0)
        return travelled * short_edge + drifted


@dataclass(frozen=True)
class Performance:
    """Everything that decides the pixels of a clip; frame k is a pure function of it."""

    sheets: Sequence[Sheet]
    path: CameraPath
    stage: Stage
    seconds: float
    slide: Slide
    """What the whole picture at rest gives way to."""
    atmosphere: Atmosphere | None = None
    """What is in the air and in the light, drawn over the composed layers."""
    dissolves: Dissolves | None = None
    """What would lose contrast while it is seen in two phases."""

    def frame(self, second: float, grids: Sequence[Grid], out: Yuv420) -> None:
        """Render the moment `second` into `out`, using `grids` (one per sheet) as work space."""
        pose = self.path.at(second)
        opacities = self._opacities(second, pose)
        shown = [k for k, opacity in enumerate(opacities) if opacity > 0]
        for k in shown:
            self._project(self.sheets[k], second, pose, grids[k])
        compose([self.sheets[k].canvas for k in shown], [grids[k] for k in shown], [opacities[k] for k in shown], out)
        if self.dissolves is not None:
            self.dissolves.restore(out, shown, grids, opacities)
        if self.atmosphere is not None:
            self.atmosphere.apply(out, second, pose)

    def maps(self, second: float) -> list[Grid]:
        """Where the points of the sheets shown at `second` come from: (rows, columns, 2) canvas pixels on the grid."""
        pose = self.path.at(second)
        shown = [
            sheet for sheet, opacity in zip(self.sheets, self._opacities(second, pose), strict=True) if opacity > 0
        ]
        grids = self.work_space()[: len(shown)]
        for sheet, grid in zip(shown, grids, strict=True):
            self._project(sheet, second, pose, grid)
        return grids

    def work_space(self) -> list[Grid]:
        """Grids for `frame` to fill."""
        return [np.zeros((*self.stage.grid_shape, 2), np.float32) for _ in self.sheets]

    def _project(self, sheet: Sheet, second: float, pose: Pose, grid: Grid) -> None:
        project(self.stage, pose, sheet.depth_inverse, self._displacement(sheet, second), grid)

    def _opacities(self, second: float, pose: Pose) -> list[float]:
        opacities = [self._opacity(sheet, second, pose) for sheet in self.sheets]
        cover = next((k for k, sheet in enumerate(self.sheets) if sheet.at_rest), 0)
        if opacities[cover] == 1.0:
            opacities[:cover] = [0.0] * cover
        return opacities

    def _displacement(self, sheet: Sheet, second: float) -> Grid:
        if sheet.texture.is_still:
            return _STILL
        return sheet.texture.displacement(second, self.seconds, self.stage.grid_shape, sheet.second_phase)

    def _opacity(self, sheet: Sheet, second: float, pose: Pose) -> float:
        if sheet.blurred:
            return min(max(pose.blur, 0.0), 1.0)
        shown = self._rest(pose, second) if sheet.at_rest else 1.0
        if sheet.second_phase is not None:
            shown *= sheet.texture.streams[sheet.second_phase].ages(second)[2]
        return shown

    def _rest(self, pose: Pose, second: float) -> float:
        """1 while the layers lie on one another as in the picture, 0 once they have slid apart.

        It follows the slide, not the clock: nothing pops in a still shot, and loops close.
        """
        slide_px = self.slide.px(pose, second, self.stage.size.short_edge)
        share = min(max((slide_px - REST_SLIDE_PX[0]) / (REST_SLIDE_PX[1] - REST_SLIDE_PX[0]), 0.0), 1.0)
        return 1.0 - share * share * (3 - 2 * share)


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
