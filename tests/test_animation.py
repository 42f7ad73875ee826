"""From request to file, with a tiny engine that is quick and whose frames are known."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import firstframe
from firstframe import animation
from firstframe.clip import ClipRequest, FrameSize
from firstframe.engines import registry
from firstframe.engines.base import EngineSpec, Plan, RenderTask, Tick
from firstframe.errors import Cancelled, EngineFailed, ImageRejected, InvalidParameter
from firstframe.media.colour import Yuv420, to_yuv420
from firstframe.media.video import probe


class StillEngine:
    """Repeats the first frame; can be short of frames, or fail."""

    spec = EngineSpec(name="still", licence="none", hardware="none", durations=(6,))

    def __init__(self, *, missing: int = 0, failing_at: int | None = None) -> None:
        self.missing, self.failing_at = missing, failing_at
        self.tasks: list[RenderTask] = []

    def load(self) -> None:
        pass

    def plan(self, task: RenderTask) -> Plan:
        return {"reason": "nothing moves"}

    def render(self, task: RenderTask, tick: Tick) -> Iterator[Yuv420]:
        self.tasks.append(task)
        frame = to_yuv420(task.first_frame)
        for index in range(task.frames - self.missing):
            if index == self.failing_at:
                raise RuntimeError("broken")
            yield frame
            tick(index + 1, task.frames)


def png(width: int = 320, height: int = 256) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def request(**fields: object) -> ClipRequest:
    given = {"first_frame_image": png(), "prompt": "She walks, the camera pushes in.", "resolution": "768p", **fields}
    return ClipRequest.parse(given)


def test_a_clip_is_complete_and_tells_how_it_was_made(tmp_path: Path) -> None:
    clip = animation.make_clip(request(seed=7), tmp_path / "clip.mp4", engine=StillEngine())
    assert (clip.seed, clip.size, clip.seconds, clip.engine) == (7, FrameSize(960, 768), 6, "still")
    assert clip.plan == {"reason": "nothing moves"}
    assert [move["move"] for move in clip.direction["camera"]] == ["push_in"]
    assert clip.revised_prompt
    found = probe(clip.path)
    assert (found.width, found.height, found.frames) == (960, 768, 144)
    assert list(tmp_path.iterdir()) == [clip.path]


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    clip = animation.make_clip(request(seed=7, prompt="  rain\n" * 40), tmp_path / "clip.mp4", engine=StillEngine())
    metadata = probe(clip.path).metadata
    assert metadata["title"].startswith("rain rain")
    assert len(metadata["title"]) <= 80
    assert metadata["description"] == clip.prompt
    assert metadata["comment"] == "engine still, seed 7"
    assert metadata["encoder"] == f"firstframe {firstframe.__version__}"


def test_timings_add_up(tmp_path: Path) -> None:
    timings = animation.make_clip(request(), tmp_path / "clip.mp4", engine=StillEngine()).timings
    assert list(timings) == ["analyse", "render", "encode", "total"]
    assert min(timings.values()) >= 0
    assert timings["analyse"] + timings["render"] + timings["encode"] == pytest.approx(timings["total"])


def test_the_same_request_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    clips = [animation.make_clip(request(seed=1), tmp_path / name, engine=StillEngine()) for name in ("a.mp4", "b.mp4")]
    assert clips[0].bytes == clips[1].bytes


def test_without_a_seed_one_is_chosen_and_told(tmp_path: Path) -> None:
    engine = StillEngine()
    clips = [animation.make_clip(request(), tmp_path / "clip.mp4", engine=engine) for _ in range(2)]
    assert [clip.seed for clip in clips] == [task.seed for task in engine.tasks]
    assert clips[0].seed != clips[1].seed


def test_the_users_own_words_direct_the_clip(tmp_path: Path) -> None:
    optimised, plain = (animation.explain(request(prompt_optimizer=on), engine=StillEngine()) for on in (True, False))
    assert plain["revised_prompt"] is None
    assert optimised["revised_prompt"] != optimised["prompt"]
    assert optimised["direction"] == plain["direction"]


def test_progress_goes_from_nothing_to_everything(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    animation.make_clip(request(), tmp_path / "clip.mp4", engine=StillEngine(), tick=lambda *at: seen.append(at))
    assert seen == [(done, 144) for done in range(145)]


@pytest.mark.parametrize("moment", [0, 1, 100])
def test_a_tick_that_raises_stops_and_leaves_nothing(tmp_path: Path, moment: int) -> None:
    def tick(done: int, total: int) -> None:
        if done == moment:
            raise Cancelled("Cancelled by its owner.")

    with pytest.raises(Cancelled):
        animation.make_clip(request(), tmp_path / "clip.mp4", engine=StillEngine(), tick=tick)
    assert not list(tmp_path.iterdir())


def test_a_failing_engine_leaves_an_older_clip_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"older")
    with pytest.raises(RuntimeError, match="broken"):
        animation.make_clip(request(), tmp_path / "clip.mp4", engine=StillEngine(failing_at=50))
    assert (tmp_path / "clip.mp4").read_bytes() == b"older"
    assert len(list(tmp_path.iterdir())) == 1


def test_too_few_frames_are_a_failure_of_the_engine(tmp_path: Path) -> None:
    with pytest.raises(EngineFailed, match="143 frames where 144"):
        animation.make_clip(request(), tmp_path / "clip.mp4", engine=StillEngine(missing=1))
    assert not list(tmp_path.iterdir())


def test_what_the_engine_cannot_do_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameter, match=r"duration is 10; allowed: 6 \(seconds\) with the engine still"):
        animation.make_clip(request(duration=10), tmp_path / "clip.mp4", engine=StillEngine())


def test_explain_names_layers_only_where_there_are_some(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameter, match="save_layers"):
        animation.explain(request(), engine=StillEngine(), save_layers=tmp_path)


@pytest.fixture
def still_engine(monkeypatch: pytest.MonkeyPatch) -> StillEngine:
    engine = StillEngine()
    monkeypatch.setattr(registry, "loaded", lambda name: engine)
    return engine


@pytest.mark.usefixtures("still_engine")
def test_animate_takes_what_python_has(tmp_path: Path) -> None:
    shares: list[float] = []
    clip = firstframe.animate(
        Image.fromarray(np.zeros((256, 256, 3), np.uint8)),
        "static camera",
        output=tmp_path / "clip.mp4",
        resolution="768p",
        seed=3,
        progress=shares.append,
    )
    assert clip.path == tmp_path / "clip.mp4"
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert shares == sorted(shares)


@pytest.mark.usefixtures("still_engine")
def test_animate_without_output_leaves_the_clip_in_a_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    clip = firstframe.animate(png(), "static camera", resolution="768p")
    assert clip.path.parent.parent == tmp_path
    with pytest.raises(ImageRejected):
        firstframe.animate(b"no picture", "static camera")
    assert list(tmp_path.iterdir()) == [clip.path.parent]


def test_an_unknown_engine_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameter, match="engine is 'hailuo'; allowed: parallax"):
        firstframe.animate(png(), "static camera", engine="hailuo", output=tmp_path / "clip.mp4")
