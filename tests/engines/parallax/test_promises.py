"""What a clip promises beyond single frames: the same bytes everywhere, life to the end, words that count."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from firstframe.clip import FrameSize
from firstframe.direction import parser
from firstframe.engines.base import RenderTask
from firstframe.engines.parallax import engine as engine_module
from firstframe.engines.parallax.engine import ParallaxEngine
from firstframe.media.colour import Yuv420
from firstframe.media.picture import decode, resize

EXAMPLES = Path(__file__).parents[3] / "examples"


def _task(name: str, prompt: str, seconds: int = 6, short_edge: int = 192) -> RenderTask:
    picture = decode((EXAMPLES / name).read_bytes())
    scale = short_edge / min(picture.shape[:2])
    size = FrameSize(*(2 * round(side * scale / 2) for side in picture.shape[1::-1]))
    direction = parser.parse(prompt, seconds, False)
    return RenderTask(picture, resize(picture, size), direction, size, seconds, seed=7)


def _luma(engine: ParallaxEngine, task: RenderTask, second: float) -> np.ndarray:
    """Luma of one moment, (H, W) int16."""
    performance = engine.performance(task)
    out = Yuv420.empty(task.size)
    performance.frame(second, performance.work_space(), out)
    return out.y.astype(np.int16)


def _change(engine: ParallaxEngine, task: RenderTask, second: float) -> float:
    """Mean absolute difference of two successive frames."""
    return float(np.abs(_luma(engine, task, second + 1 / 24) - _luma(engine, task, second)).mean())


@pytest.mark.parametrize(
    "prompt",
    [
        "The camera slowly pushes in.",
        "The camera pans left.",
        "The camera orbits around.",
        "Static shot, petals drift by and the leaves sway in the wind.",
        "The camera pulls back, the wind moves the leaves.",
    ],
)
def test_ten_seconds_stay_alive(engine: ParallaxEngine, prompt: str) -> None:
    task = _task("temple.jpg", prompt, seconds=10)
    middle = np.mean([_change(engine, task, second) for second in (4.6, 5.0, 5.4)])
    last = np.mean([_change(engine, task, second) for second in (9.0, 9.2, 9.4)])
    assert last > 0.1 * middle
    assert _change(engine, task, 9.9) > 0


def test_then_after_three_seconds_counts(engine: ParallaxEngine) -> None:
    task = _task("temple.jpg", "The camera pushes in, then after three seconds it pans left.")
    path = engine.performance(task).path
    assert path.at(2.9).yaw == 0
    assert path.at(5.9).yaw < 0
    assert path.at(3.1).z == pytest.approx(path.at(5.9).z)


@pytest.mark.parametrize("words", ["the leaves sway {} in the wind", "snow falls {}"])
def test_words_of_strength_count(engine: ParallaxEngine, words: str) -> None:
    gentle, strong = (
        _change(engine, _task("temple.jpg", "Static shot, " + words.format(word)), 2.0) for word in ("gently", "wildly")
    )
    assert strong > 1.3 * gentle


def test_another_prompt_on_the_same_picture_finds_the_scene_analysed(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, analysed = ParallaxEngine(), []
    look_at = engine_module.look_at
    monkeypatch.setattr(engine_module, "look_at", lambda *a: analysed.append(a[1]) or look_at(*a))
    for prompt in ("The cat looks up, slow push in.", "A kitten breathes.", "The camera pans left."):
        engine.plan(_task("cat.png", prompt))
    assert len(analysed) == 1
    engine.plan(_task("cat.png", "A woman breathes."))
    assert len(analysed) == 2, "another kind of subject is looked for anew"


def test_the_prompts_before_change_nothing() -> None:
    fresh, later = ParallaxEngine(), ParallaxEngine()
    for prompt in (
        "A woman walks, the camera trucks left.",
        "Clouds drift, the camera orbits.",
        "The camera pans left.",
    ):
        later.plan(_task("temple.jpg", prompt))
    asked = _task("temple.jpg", "The camera trucks right, leaves sway.")
    assert later.plan(asked) == fresh.plan(asked)
    assert np.array_equal(_luma(later, asked, 2.0), _luma(fresh, asked, 2.0))


SCRIPT = """
import hashlib, json, sys
from pathlib import Path
import cv2
from firstframe import animation
from firstframe.clip import ClipRequest
from firstframe.engines import registry

cv2.setNumThreads(int(sys.argv[1]))
engine = registry.loaded("parallax")
prompt = "The camera orbits around, leaves sway, it rains."
request = ClipRequest.parse({"first_frame_image": Path(sys.argv[2]).read_bytes(), "prompt": prompt, "seed": 7,
                             "resolution": "768p"})
frames = hashlib.sha256()
for frame in engine.render(animation.understand(request, engine=engine).task, animation.ignore_progress):
    for plane in (frame.y, frame.u, frame.v):
        frames.update(plane.tobytes())
clip = animation.make_clip(request, Path(sys.argv[3]), engine=engine)
print(json.dumps([frames.hexdigest(), hashlib.sha256(clip.bytes).hexdigest()]))
"""


@pytest.mark.soak
def test_cold_and_warm_processes_and_any_number_of_threads_give_the_same_file(tmp_path: Path) -> None:
    def digests(name: str, threads: int, cache: Path) -> list[str]:
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "FIRSTFRAME_THREADS": str(threads),
            "NUMBA_CACHE_DIR": str(cache),
        }
        command = [sys.executable, "-c", SCRIPT, str(threads), str(EXAMPLES / "temple.jpg"), str(tmp_path / name)]
        found = json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)
        return [str(digest) for digest in found]

    cold, warm, one = (digests(f"{n}.mp4", threads, tmp_path / "cache") for n, threads in enumerate((2, 2, 1)))
    assert cold == warm
    assert cold == one


def test_one_and_two_threads_and_a_new_engine_give_the_same_frames(engine: ParallaxEngine) -> None:
    import cv2

    task = _task("temple.jpg", "The camera orbits around, the leaves sway, it rains.")
    before, digests = cv2.getNumThreads(), set()
    try:
        for threads in (1, 2):
            cv2.setNumThreads(threads)
            fresh = ParallaxEngine()
            moments = [_luma(fresh, task, second).tobytes() for second in (0.5, 5.5)]
            digests.add(hashlib.sha256(b"".join(moments)).hexdigest())
    finally:
        cv2.setNumThreads(before)
    assert len(digests) == 1
