from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from firstframe.clip import FrameSize
from firstframe.engines.parallax.camera import CameraPath, Pose
from firstframe.engines.parallax.motion import MotionTexture, Stream
from firstframe.engines.parallax.renderer import Performance, Slide
from firstframe.engines.parallax.scene.model import Layer
from firstframe.engines.parallax.staging import sheets, stage_layer, stage_of
from firstframe.media.colour import Yuv420

SIZE = FrameSize(320, 240)


def _stream(speed: float, period: float = math.inf) -> Stream:
    velocity = np.zeros((*stage_of(SIZE).grid_shape, 2), np.float32)
    velocity[..., 1] = speed
    return Stream(velocity, period)


def test_layers_slide_with_the_clouds_whatever_else_streams() -> None:
    slide = Slide(drifts=(_stream(0.0, 1.0), _stream(5.0)))
    assert slide.px(Pose(), 2.0, 240) == 10


def test_what_streams_goes_on_streaming_while_the_whole_picture_covers_the_layers() -> None:
    stage = stage_of(SIZE)
    height, width = stage.canvas_size[::-1]
    ramp = np.linspace(20, 235, height).astype(np.uint8)
    picture = np.repeat(np.repeat(ramp[:, None, None], width, axis=1), 3, axis=2)
    layer = Layer("picture", picture, None, np.full((60, 80), 0.5, np.float32))
    played = sheets((layer,), (stage_layer(layer, stage),), (MotionTexture({}, (_stream(20.0, 1.0),)),), stage, None)
    cover = [replace(sheet, at_rest=True) for sheet in played]
    performance = Performance([*played, *cover], CameraPath((), 6.0, loop=False), stage, 6.0, Slide())
    middle = []
    for second in np.arange(0.9, 1.1, 0.025):
        out = Yuv420.empty(SIZE)
        performance.frame(float(second), performance.work_space(), out)
        middle.append(float(out.y[120, 160]))
    assert np.abs(np.diff(middle)).max() <= 3
