from __future__ import annotations

import numpy as np

from firstframe.clip import FrameSize
from firstframe.engines.parallax.atmosphere.bolts import Bolts
from firstframe.engines.parallax.atmosphere.clock import Clock
from firstframe.engines.parallax.atmosphere.lens import Lens
from firstframe.engines.parallax.atmosphere.lightning import Lightning
from firstframe.engines.parallax.atmosphere.scenery import Scenery
from firstframe.engines.parallax.camera import Pose
from firstframe.engines.parallax.scene.model import Scene

SIZE = FrameSize(480, 320)
LENS = Lens.of(Pose(), SIZE)


def _bolts(sky_rows: int = 190) -> tuple[Lightning, Bolts | None]:
    sky = np.zeros((320, 480), np.float32)
    sky[:sky_rows] = 1
    scene = Scene((), {"sky": sky}, np.full((320, 480), 0.5, np.float32), 0.9)
    scenery = Scenery.of(scene, np.full((320, 480, 3), 120, np.uint8), SIZE)
    lightning = Lightning.of(scenery, Clock(6, False), 1, 1.0)
    return lightning, Bolts.of(scenery, lightning, 2)


def test_a_bolt_is_seen_only_while_its_flash_strikes() -> None:
    lightning, bolts = _bolts()
    assert bolts is not None
    struck = float(lightning.strokes[0, 0])
    assert len(bolts.sprites(struck + 0.01, LENS))
    for quiet in (0.0, struck - 0.05, struck + 1.5):
        assert not len(bolts.sprites(quiet, LENS))


def test_a_bolt_runs_from_above_down_to_the_land_and_not_over_it() -> None:
    _, bolts = _bolts()
    assert bolts is not None
    for path in bolts.paths:
        assert path[:, 1].min() < 12
        assert 150 < path[:, 1].max() < 200


def test_where_little_sky_is_open_there_is_no_bolt() -> None:
    assert _bolts(sky_rows=20)[1] is None


def test_the_same_seed_draws_the_same_bolt() -> None:
    (lightning, one), (_, other) = _bolts(), _bolts()
    assert one is not None
    assert other is not None
    moment = float(lightning.strokes[0, 0]) + 0.02
    np.testing.assert_array_equal(one.sprites(moment, LENS), other.sprites(moment, LENS))
