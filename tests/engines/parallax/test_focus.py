"""Racked focus leaves the subject sharp, whether it has a layer of its own or not."""

from __future__ import annotations

import numpy as np

from firstframe.clip import FrameSize
from firstframe.engines.parallax.focus import out_of_focus, sharp_share
from firstframe.engines.parallax.scene.model import Layer, Scene
from firstframe.engines.parallax.staging import stage_layer, stage_of

SIZE = FrameSize(320, 192)
SHAPE = (48, 80)
RAMP = np.repeat(np.linspace(0, 1, SHAPE[0], dtype=np.float32)[:, None], SHAPE[1], axis=1)
FIGURE = np.zeros(SHAPE, np.float32)
FIGURE[12:, 30:50] = 1


def _layer(name: str) -> Layer:
    width, height = stage_of(SIZE).canvas_size
    rgb = np.random.default_rng(1).integers(0, 255, (height, width, 3), np.uint8)
    return Layer(name, rgb, None, RAMP)


def _scene(classes: dict[str, np.ndarray]) -> Scene:
    return Scene((_layer("picture"),), classes, RAMP, confidence=0.4)


def test_all_behind_a_subject_with_its_own_layer_blurs() -> None:
    assert not sharp_share((_layer("background"), _layer("subject")), _scene({"subject": FIGURE})).any()


def test_an_unsure_subject_stays_sharp_on_the_one_sheet() -> None:
    share = sharp_share((_layer("picture"),), _scene({"subject": FIGURE}))
    assert share[30, 40] > 0.95
    assert share[30, 5] < 0.02
    assert float(np.abs(np.diff(share, axis=1)).max()) < 0.5, "no hard edge"


def test_without_a_subject_the_middle_and_what_is_nearer_stay_sharp() -> None:
    share = sharp_share((_layer("picture"),), _scene({}))
    assert share[SHAPE[0] // 2 :].min() == 1
    assert share[0].max() == 0


def test_the_copy_is_transparent_where_it_is_to_be_sharp() -> None:
    stage = stage_of(SIZE)
    canvas = stage_layer(_layer("picture"), stage)
    copy = out_of_focus(canvas, FIGURE, stage)
    assert copy.alpha is not None
    height, width = copy.y.shape
    assert copy.alpha[height // 2, width // 2] == 0
    assert copy.alpha[height // 2, width // 8] == 255
    assert copy.y.std() < 0.6 * canvas.y.std()
