"""Is what was asked for seen to move where it is, and does what holds it stay?

Every scene motion on the pictures whose scene has its class, before a camera that stands still. Columns:

  moved   mean flow within the region (DIS), in pixels per frame at 1080p; gate: above 0.3. For what is in the air and
          in the light, which has no outline to follow: grey levels between moments a second apart, mean of that
          hundredth of the frame that changes most; gate: above 8
  still   the same flow where nothing may move, far from the region

Rendered at a short edge of 480 pixels. Exit code 1 when a motion is missing from a picture that has its class.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.engines import registry
from firstframe.engines.parallax.engine import ParallaxEngine
from firstframe.engines.parallax.renderer import Performance
from firstframe.media.colour import Yuv420
from measure import pictures, report
from measure.rendering import task

SHORT_EDGE = 480
FULL_SHORT_EDGE = 1080
LEAST_PX, LEAST_LEVELS = 0.3, 8.0
TOP_SHARE = 0.01
SECONDS = (0.9, 1.9, 2.9, 3.9, 4.9)
NEXT = 1 / 24
PROMPTS = {
    "hair": "Static shot, her hair blows in the wind.",
    "cloth": "Static shot, the clothes flutter in the wind.",
    "foliage": "Static shot, the leaves sway in the wind.",
    "water": "Static shot, the water ripples.",
    "flow": "Static shot, the water flows.",
    "clouds": "Static shot, the clouds drift.",
    "fire": "Static shot, the fire burns.",
    "smoke": "Static shot, smoke rises.",
    "fog": "Static shot, fog drifts.",
    "rain": "Static shot, it rains.",
    "snow": "Static shot, it snows.",
    "particles": "Static shot, dust floats in the light.",
    "light": "Static shot, the lights flicker.",
    "breathing": "Static shot, she breathes.",
}
REGIONS = {"hair": "hair", "cloth": "cloth", "foliage": "foliage", "water": "water", "flow": "stream", "clouds": "sky",
           "fire": "fire", "breathing": "subject"}  # fmt: skip
"""Motion -> the class of the scene that it moves; the others are in the air and need none."""
BY_LEVELS = frozenset("fire smoke fog rain snow particles light".split())


def main() -> None:
    """Measure, print, and judge."""
    parser = report.arguments(__doc__)
    parser.add_argument("--motions", nargs="+", choices=PROMPTS, default=list(PROMPTS), help="default: all")
    options = parser.parse_args()
    engine = registry.loaded("parallax")
    assert isinstance(engine, ParallaxEngine)
    rows = []
    for picture in pictures.in_folder(options.images):
        for line in lines(engine, picture, options.motions):
            rows.append(line)
            print(*line.values(), file=sys.stderr, flush=True)  # it takes long: show that it gets on
    missing = [f"{line['picture']} {line['motion']}" for line in rows if line["seen"] == "NO"]
    seen = f"{len(rows) - len(missing)} of {len(rows)}"
    report.show(rows, {"motions seen": seen, "missing": ", ".join(missing) or "none"}, options.json)
    sys.exit(bool(missing))


def lines(engine: ParallaxEngine, picture: pictures.FirstFrame, motions: list[str]) -> Iterator[report.Row]:
    """One line for every motion that the engine says it performs in this picture."""
    for motion in motions:
        work = task(picture.path, PROMPTS[motion], engine, short_edge=SHORT_EDGE)
        (account,) = (entry for entry in engine.plan(work)["motions"] if entry["kind"] == motion)
        if not account["performed"]:
            continue
        region = engine.scene(work).classes[REGIONS[motion]] if motion in REGIONS else None
        moved, still = measured(engine.performance(work), motion, region)
        least = LEAST_LEVELS if motion in BY_LEVELS else LEAST_PX
        yield {
            "picture": picture.name,
            "motion": motion,
            "in": "grey levels" if motion in BY_LEVELS else "px",
            "moved": moved,
            "still": still,
            "seen": "yes" if moved > least else "NO",
        }


def measured(performance: Performance, motion: str, region: NDArray[np.float32] | None) -> tuple[float, float]:
    """Mean motion within the region (all of the frame when None), and far from it (nan when nothing is far)."""
    changes = [moment(performance, second, motion) for second in SECONDS]
    if region is None or motion in BY_LEVELS:
        return float(np.mean([top(change) for change in changes])), float("nan")
    change = np.mean(changes, axis=0)
    inside = cv2.resize(region, change.shape[::-1], interpolation=cv2.INTER_LINEAR)
    reach = 2 * (change.shape[0] // 12) + 1
    far = cv2.dilate(inside, np.ones((reach, reach), np.uint8)) < 0.02
    within = change[inside > 0.5]
    return float(within.mean()) if within.size else 0.0, float(change[far].mean()) if far.any() else float("nan")


def top(change: NDArray[np.float32]) -> float:
    """Mean of the share of values that are largest."""
    values = np.sort(change, axis=None)
    return float(values[-max(1, round(TOP_SHARE * values.size)) :].mean())


def moment(performance: Performance, second: float, motion: str) -> NDArray[np.float32]:
    """How much every pixel changes from `second` to the next frame, (H, W)."""
    before, after = (luma(performance, at) for at in (second, second + (1 if motion in BY_LEVELS else NEXT)))
    if motion in BY_LEVELS:
        return np.abs(after.astype(np.float32) - before)
    flow = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(before, after, None)
    return np.asarray(np.hypot(flow[..., 0], flow[..., 1]) * (FULL_SHORT_EDGE / SHORT_EDGE), np.float32)


def luma(performance: Performance, second: float) -> NDArray[np.uint8]:
    """One frame's luma."""
    out = Yuv420.empty(performance.stage.size)
    performance.frame(second, performance.work_space(), out)
    return out.y


if __name__ == "__main__":
    main()
