from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from firstframe.clip import FrameSize
from firstframe.direction.model import CameraMove, Direction, SceneMotion
from firstframe.direction.vocabulary import CAMERA_MOVES, SCENE_MOTIONS
from firstframe.engines.base import RenderTask
from firstframe.engines.parallax import engine as engine_module
from firstframe.engines.parallax.engine import ParallaxEngine
from firstframe.errors import Cancelled
from firstframe.media.colour import Yuv420, to_yuv420
from firstframe.media.picture import decode, resize

EXAMPLES = Path(__file__).parents[3] / "examples"


def _task(name: str, moves: tuple[str, ...], motions: tuple[str, ...] = (), **more: object) -> RenderTask:
    picture = decode((EXAMPLES / name).read_bytes())
    short = 360
    scale = short / min(picture.shape[:2])
    size = FrameSize(*(2 * round(side * scale / 2) for side in picture.shape[1::-1]))
    direction = Direction(tuple(CameraMove(m, 0, 6) for m in moves), tuple(SceneMotion(m) for m in motions), ())
    return RenderTask(picture, resize(picture, size), direction, size, 6, **{"seed": 7, **more})  # type: ignore[arg-type]


def _no_tick(done: int, total: int) -> None:
    pass


def _copies(engine: ParallaxEngine, task: RenderTask, indices: set[int]) -> dict[int, Yuv420]:
    kept = {}
    for index, frame in enumerate(engine.render(task, _no_tick)):
        if index in indices:
            kept[index] = Yuv420(frame.y.copy(), frame.u.copy(), frame.v.copy())
        if index >= max(indices):
            break
    return kept


def _psnr(a: np.ndarray, b: np.ndarray) -> float:
    error = np.mean((a.astype(np.float64) - b) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))


def test_a_clip_has_its_exact_number_of_frames_and_begins_with_the_first_frame(engine: ParallaxEngine) -> None:
    task = _task("astronaut.png", ("orbit_right",), ("hair",))
    seen: list[int] = []
    frames = 0
    for index, frame in enumerate(engine.render(task, lambda done, total: seen.append(done))):
        if index == 0:
            first = to_yuv420(task.first_frame)
            assert all(np.array_equal(a, b) for a, b in ((frame.y, first.y), (frame.u, first.u), (frame.v, first.v)))
        frames += 1
    assert frames == task.frames == 144
    assert seen == list(range(1, 145))


def test_the_second_frame_continues_the_first_without_a_jump(engine: ParallaxEngine) -> None:
    frames = _copies(engine, _task("astronaut.png", ("orbit_right",)), {0, 1, 2})
    assert _psnr(frames[0].y, frames[1].y) > 34


def test_drifting_clouds_drag_nothing_along_that_stands_before_them(engine: ParallaxEngine) -> None:
    frames = _copies(engine, _task("temple.jpg", ("static",), ("clouds",)), {1, 142})
    height, width = frames[1].y.shape
    pillars = np.s_[round(0.45 * height) : round(0.54 * height), round(0.46 * width) : round(0.50 * width)]
    moved = np.abs(frames[142].y[pillars].astype(np.int16) - frames[1].y[pillars])
    assert np.quantile(moved, 0.9) <= 8, "the pillars at the right end bend"


def test_the_same_seed_gives_the_same_frames_in_a_new_engine(engine: ParallaxEngine) -> None:
    task = _task("temple.jpg", ("shake", "truck_left"), ("foliage", "clouds"))
    other = ParallaxEngine()
    first, second = (_copies(e, task, {0, 5, 40}) for e in (engine, other))
    assert all(np.array_equal(first[k].y, second[k].y) and np.array_equal(first[k].u, second[k].u) for k in first)


def test_another_seed_sways_differently(engine: ParallaxEngine) -> None:
    first, second = (_copies(engine, _task("temple.jpg", ("shake",), seed=s), {30}) for s in (1, 2))
    assert not np.array_equal(first[30].y, second[30].y)


@pytest.mark.parametrize("move", CAMERA_MOVES)
def test_every_camera_move_renders(engine: ParallaxEngine, move: str) -> None:
    frames = _copies(engine, _task("astronaut.png", (move,)), {1, 47})
    moved = np.abs(frames[47].y.astype(int) - frames[1].y).mean()
    assert moved == 0 if move == "static" else moved > 0.5


@pytest.mark.parametrize("motion", SCENE_MOTIONS)
def test_every_scene_motion_is_accounted_for(engine: ParallaxEngine, motion: str) -> None:
    plan = engine.plan(_task("temple.jpg", ("static",), (motion,)))
    (entry,) = plan["motions"]
    assert entry["kind"] == motion
    assert entry["performed"] or entry["reason"]


@pytest.mark.parametrize("moves", [("orbit_left",), ("push_in",), ("shake",)])
def test_a_loop_closes_as_smoothly_as_it_runs(engine: ParallaxEngine, moves: tuple[str, ...]) -> None:
    frames = _copies(engine, _task("temple.jpg", moves, ("foliage", "clouds"), loop=True), {0, 1, 143})
    assert _psnr(frames[143].y, frames[0].y) >= _psnr(frames[1].y, frames[0].y) - 1


def test_a_tick_that_raises_stops_the_rendering(engine: ParallaxEngine) -> None:
    def cancel(done: int, total: int) -> None:
        if done == 3:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        list(engine.render(_task("cat.png", ("push_in",)), cancel))


def test_the_plan_is_json_and_names_what_limited_it(engine: ParallaxEngine) -> None:
    task = _task("astronaut.png", ("orbit_right",), ("hair", "water"))
    plan = json.loads(json.dumps(engine.plan(task)))
    assert {"layers", "camera", "amplitude", "limits", "motions", "notes"} <= plan.keys()
    water = next(m for m in plan["motions"] if m["kind"] == "water")
    assert not water["performed"]
    assert "no water" in water["reason"]


def test_layers_can_be_saved_and_looked_at(engine: ParallaxEngine, tmp_path: Path) -> None:
    paths = engine.save_layers(_task("coffee.png", ("static",)), tmp_path / "layers")
    assert any("subject-matte" in p.name for p in paths)
    for path in paths:
        assert cv2.imread(str(path)) is not None, path


def test_frames_can_be_taken_from_several_clips_at_once(engine: ParallaxEngine) -> None:
    tasks = [_task("cat.png", ("push_in",)), _task("cat.png", ("pan_left",))]
    alone = [_copies(engine, task, {6})[6].y for task in tasks]
    together = zip(*(islice(engine.render(task, _no_tick), 7) for task in tasks), strict=True)
    last = list(together)[-1]
    assert all(np.array_equal(a, b.y) for a, b in zip(alone, last, strict=True))


def test_a_thing_that_the_words_name_is_doubted_less(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, task = ParallaxEngine(), _task("coffee.png", ("truck_left",))
    trust = float(engine.plan(task)["confidence"])
    monkeypatch.setattr(engine_module, "SLIDES_FROM", trust + 0.05)
    layers = [
        engine.plan(replace(task, direction=replace(task.direction, subjects=subjects)))["layers"]
        for subjects in ((), ("wind",), ("cup",))
    ]
    assert layers == [["picture"], ["picture"], ["background", "subject"]]


@pytest.mark.parametrize("name", ["astronaut.png", "coffee.png", "temple.jpg"])
def test_what_a_clip_is_made_of_is_the_same_at_every_size(engine: ParallaxEngine, name: str) -> None:
    task = _task(name, ("orbit_right",))
    larger = FrameSize(task.size.width * 4 // 3 // 2 * 2, task.size.height * 4 // 3 // 2 * 2)
    scenes = [
        engine.scene(replace(task, size=size, first_frame=resize(task.picture, size))) for size in (task.size, larger)
    ]
    first, second = scenes
    assert [layer.name for layer in first.layers] == [layer.name for layer in second.layers]
    assert first.confidence == second.confidence
    assert first.notes == second.notes
    assert all(np.array_equal(mask, second.classes[name]) for name, mask in first.classes.items())


def test_a_level_of_noise_does_not_change_what_a_clip_is_made_of() -> None:
    task = _task("coffee.png", ("orbit_right",))
    noise = np.random.default_rng(3).integers(-1, 2, task.picture.shape)
    noisy = replace(task, picture=(task.picture + noise).clip(0, 255).astype(np.uint8))
    first, second = (ParallaxEngine().scene(each) for each in (task, noisy))
    assert [layer.name for layer in first.layers] == [layer.name for layer in second.layers]
    assert first.confidence == pytest.approx(second.confidence, abs=0.04)
