from __future__ import annotations

import numpy as np

from firstframe.clip import FrameSize
from firstframe.direction.model import SceneMotion
from firstframe.engines.parallax.atmosphere import Atmosphere, atmosphere
from firstframe.engines.parallax.camera import Pose
from firstframe.engines.parallax.scene.model import Scene
from firstframe.media.colour import Yuv420, to_yuv420

SIZE = FrameSize(480, 320)
SHINING = np.s_[200:310, 60:200]


def _picture(shines: bool = True) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A dark lake in the lower half; its left part mirrors the light."""
    picture = np.full((320, 480, 3), 60, np.uint8)
    picture[:160] = 170
    if shines:
        picture[180:320, 40:220] = (190, 170, 140)
    return picture


def _made(shines: bool = True, loop: bool = False, strength: float = 1.0, kind: str = "water") -> Atmosphere | None:
    water = np.zeros((320, 480), np.float32)
    water[165:] = 1
    scene = Scene((), {"water": water}, np.full((320, 480), 0.5, np.float32), 0.9, horizon=0.5)
    motion = SceneMotion(kind, strength, detail="sparkle" if kind == "light" else None)
    made, (account,) = atmosphere([motion], scene, _picture(shines), SIZE, 6, loop, 1)
    assert account.region == "water"
    assert not account.reason
    return made


def _change(made: Atmosphere | None, second: float) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    assert made is not None
    frame, still = to_yuv420(_picture()), to_yuv420(_picture())
    made.apply(frame, second, Pose())
    return frame.y.astype(np.int64) - still.y


def _same(one: Yuv420, other: Yuv420) -> bool:
    return all(np.array_equal(getattr(one, p), getattr(other, p)) for p in "yuv")


def test_nothing_glints_at_second_zero_nor_at_the_end_of_a_loop() -> None:
    made = _made(loop=True)
    assert made is not None
    still = to_yuv420(_picture())
    for second in (0.0, 6.0):
        frame = to_yuv420(_picture())
        made.apply(frame, second, Pose())
        assert _same(frame, still)


def test_glints_are_on_the_water_that_shines_and_only_brighten_it() -> None:
    change = np.stack([_change(_made(), s) for s in (1.0, 2.5, 4.0)])
    assert change[:, SHINING[0], SHINING[1]].max() > 25
    assert change.min() >= 0
    assert not change[:, :160].any()
    assert not change[:, :, 240:].any()


def test_glints_come_and_go() -> None:
    made = _made()
    one, next_one = (_change(made, s) > 20 for s in (2.0, 2.6))
    assert one.any()
    assert (one & next_one).sum() < 0.5 * one.sum()


def test_water_on_which_nothing_shines_has_none() -> None:
    assert _made(shines=False) is None


def test_strong_words_make_more_of_them_and_sparkling_light_on_water_is_the_same_thing() -> None:
    gentle, strong, sparkle = (_change(made, 2.0).sum() for made in (_made(strength=0.5), _made(), _made(kind="light")))
    assert 0 < gentle < 0.8 * strong
    assert sparkle == strong
