"""The same rendered frames under several encoder settings: file size, closeness, processor time.

The first row is what the program ships with; docs/video.md argues with these numbers.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import fmean, median
from unittest import mock

from firstframe import animation
from firstframe.clip import FrameSize
from firstframe.engines import registry
from firstframe.engines.base import Engine
from firstframe.media import video
from firstframe.media.colour import Yuv420
from measure import pictures, report
from measure.fidelity import psnr
from measure.rendering import task

SHIPPED = video.X264_PARAMS
SETTINGS: dict[str, dict[str, object]] = {
    "as shipped": {"CRF": video.CRF},
    "frame 0 like the others": {"X264_PARAMS": {key: value for key, value in SHIPPED.items() if key != "zones"}},
    "crf 18": {"CRF": 18},
    "key frame every 2 s": {"X264_PARAMS": SHIPPED | {"keyint": "48"}},
    "without mbtree": {"X264_PARAMS": SHIPPED | {"mbtree": "0", "rc-lookahead": "0"}},
    "veryfast": {"PRESET": "veryfast"},
    "medium": {"PRESET": "medium"},
}
"""Settings by what they change in `firstframe.media.video`."""


def main() -> None:
    """Measure and print."""
    parser = report.arguments(__doc__)
    parser.add_argument("--engine", default="parallax")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    engine = registry.loaded(options.engine)
    measured: dict[str, list[dict[str, float]]] = {name: [] for name in SETTINGS}
    found = pictures.in_folder(options.images)
    for first_frame in found:
        size, frames = rendered(engine, first_frame)
        for name, changes in SETTINGS.items():
            with mock.patch.multiple(video, **changes):
                measured[name].append(encoded(frames, size, options.threads))
    rows = [summary(name, clips) for name, clips in measured.items()]
    report.show(rows, {"clips": len(found), "threads": options.threads}, options.json)


def rendered(engine: Engine, first_frame: pictures.FirstFrame) -> tuple[FrameSize, list[Yuv420]]:
    """The frames of a clip, kept."""
    work = task(first_frame.path, first_frame.prompt, engine)
    frames = engine.render(work, animation.ignore_progress)
    return work.size, [Yuv420(frame.y.copy(), frame.u.copy(), frame.v.copy()) for frame in frames]


def encoded(frames: list[Yuv420], size: FrameSize, threads: int) -> dict[str, float]:
    """Encode once and compare what comes back."""
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "clip.mp4"
        begin = time.process_time()
        with video.VideoWriter(clip, size, metadata={}, threads=threads) as writer:
            for frame in frames:
                writer.write(frame)
        milliseconds = 1000 * (time.process_time() - begin) / len(frames)
        decibels = [psnr(got.y, frame.y) for got, frame in zip(video.decode_frames(clip), frames, strict=True)]
        megabytes = clip.stat().st_size / 1e6
    return {"MB": megabytes, "ms": milliseconds, "dB": fmean(decibels), "worst": min(decibels), "first": decibels[0]}


def summary(name: str, clips: list[dict[str, float]]) -> report.Row:
    """One line for all clips under one setting."""
    return {
        "setting": name,
        "MB per clip": fmean(clip["MB"] for clip in clips),
        "PSNR-Y dB, mean": fmean(clip["dB"] for clip in clips),
        "worst frame dB": min(clip["worst"] for clip in clips),
        "frame 0 dB, median": median(clip["first"] for clip in clips),
        "frame 0 dB, worst": min(clip["first"] for clip in clips),
        "CPU ms per frame": fmean(clip["ms"] for clip in clips),
    }


if __name__ == "__main__":
    main()
