"""What eyes notice without knowing why: jitter, breathing sharpness, flicker, stretch, and loops that do not close.

Frames come straight from the engine, at a short edge of 480 pixels unless told. Columns:

  jitter          second difference of tracks in an eased pan, px/frame², root mean square over time, median of the
                  points; above the tracker's floor: what a shift that is exact (by Fourier transform) measures
  zoompan         the same for ffmpeg's filter of that name on the same way, as one would write it
  swing %         how far sharpness leaves its smooth course in a slow pan, peak to peak
  kept            sharpness from 0.5 to 1 s, where little has moved yet, as a share of the first frame's, at 1080p
  flicker         VBench's temporal flickering in a static shot with the motions of the picture's own prompt, 1 is none
  smooth          VBench's motion smoothness in the picture's own prompt: every second frame against its like
                  interpolated by optical flow (DIS in the place of a network), 1 is equal
  stretch         ratio of singular values of the maps of all layers in an orbit, 99.9 percentile; inf where they fold
  with motions    the same in the picture's own prompt, motions included; only a fold misses the gate
  loop dB         PSNR(last frame, frame 0) − PSNR(frame 1, frame 0) with --loop; negative is a jump

Exit code 1 when a gate is missed in any picture; the summary names the worst of each.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import islice, pairwise
from statistics import median

import av
import av.filter
import cv2
import numpy as np
from numpy.typing import NDArray

from firstframe.clip import FRAMES_PER_SECOND
from firstframe.direction.model import CameraMove
from firstframe.engines import registry
from firstframe.engines.base import Engine, RenderTask
from firstframe.engines.parallax.engine import ParallaxEngine
from firstframe.engines.parallax.planner import anisotropy
from measure import pictures, report
from measure.fidelity import psnr, sharpness
from measure.rendering import Luma, lumas, task
from measure.tracker import GRID, track

SHORT_EDGE = 480
PAN, SLOW_PAN = "camera pans right", "camera pans right very slowly"
ORBIT = "The camera orbits around."
SMOOTH_FRAMES = 25


def main() -> None:
    """Measure, print, and judge."""
    parser = report.arguments(__doc__)
    parser.add_argument("--engine", default="parallax")
    options = parser.parse_args()
    engine = registry.loaded(options.engine)
    rows = []
    for picture in pictures.in_folder(options.images):
        rows.append(row(engine, picture))
        print(*rows[-1].values(), file=sys.stderr, flush=True)  # it takes long: show that it gets on
    worst = {f"worst {name}": pick(line[name] for line in rows) for name, (pick, _) in GATES.items()}
    missed = [
        f"{line['picture']} {name}"
        for line in rows
        for name, (pick, gate) in GATES.items()
        if pick(line[name], gate) != gate
    ]
    report.show(rows, {**worst, "missed": ", ".join(missed) or "none"}, options.json)
    sys.exit(bool(missed))


GATES: dict[str, tuple[Callable[..., float], float]] = {
    "jitter": (max, 0.05),
    "swing %": (max, 5.0),
    "kept": (min, 0.9),
    "flicker": (min, 0.99),
    "smooth": (min, 0.99),
    "stretch": (max, 1.25),
    "with motions": (max, sys.float_info.max),
    "loop dB": (min, -1.0),
}
"""Column -> what picks the worse of two values, and the worst that is allowed."""


def row(engine: Engine, picture: pictures.FirstFrame) -> report.Row:
    """Some short clips of one picture, measured."""

    def rendered(prompt: str, loop: bool = False) -> list[Luma]:
        return list(lumas(engine, task(picture.path, prompt, engine, short_edge=SHORT_EDGE, loop=loop)))

    pan = track(rendered(PAN))
    slow = np.array([sharpness(inner(frame)) for frame in rendered(SLOW_PAN)])
    own = rendered(picture.prompt)
    loop = rendered(picture.prompt, loop=True)
    floor = jitter(track(shifted(own[0], middle_path(pan))))
    return {
        "picture": picture.name,
        "jitter": jitter(pan) - floor,
        "zoompan": jitter(track(zoompan(own[0], middle_path(pan)))) - floor,
        "swing %": 100 * swing(slow[1:]),
        "kept": kept_sharpness(engine, picture),
        "flicker": flicker(
            list(lumas(engine, static(task(picture.path, picture.prompt, engine, short_edge=SHORT_EDGE))))
        ),
        "smooth": smoothness(own),
        "stretch": stretch(engine, picture, ORBIT),
        "with motions": stretch(engine, picture, picture.prompt),
        "loop dB": psnr(loop[-1], loop[0]) - psnr(loop[1], loop[0]),
    }


def static(work: RenderTask) -> RenderTask:
    """The task with its motions before a camera that stands still."""
    return replace(work, direction=replace(work.direction, camera=(CameraMove("static", 0, work.seconds),)))


def stretch(engine: Engine, picture: pictures.FirstFrame, prompt: str) -> float:
    """Worst stretch of any layer at ten moments, 99.9 percentile over the frame; inf when any cell folds over."""
    assert isinstance(engine, ParallaxEngine)
    performance = engine.performance(task(picture.path, prompt, engine, short_edge=SHORT_EDGE))
    worst = 1.0
    for second in np.linspace(0, performance.seconds, 11)[1:]:
        for ratios in map(anisotropy, performance.maps(float(second))):
            worst = max(
                worst, float(np.percentile(ratios, 99.9)), float(ratios.max()) if np.isinf(ratios).any() else 1.0
            )
    return worst


def smoothness(frames: list[Luma]) -> float:
    """1 − mean absolute difference / 255 between odd frames and what optical flow makes of their neighbours."""
    errors = [
        np.mean(np.abs(between(before, after).astype(np.int16) - frame))
        for before, frame, after in zip(frames[::2], frames[1::2], frames[2::2], strict=False)
    ]
    return float(1 - np.mean(errors) / 255)


def between(before: Luma, after: Luma) -> Luma:
    """The frame half way, both neighbours moved half way along the flow from one to the other and mixed."""
    finder = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    height, width = before.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    halves = []
    for one, other in ((before, after), (after, before)):
        flow = finder.calc(one, other, None) / 2
        halves.append(
            cv2.remap(one, x - flow[..., 0], y - flow[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        )
    return np.asarray(cv2.addWeighted(halves[0], 0.5, halves[1], 0.5, 0), np.uint8)


def zoompan(frame: Luma, path_px: NDArray[np.float64]) -> list[Luma]:
    """The frame panned along the path by ffmpeg's zoompan, which crops at whole pixels, from a crop of nine tenths."""
    height, width = frame.shape
    graph = av.filter.Graph()
    source = graph.add_buffer(width=width, height=height, format="gray", time_base=Fraction(1, FRAMES_PER_SECOND))
    length, (way_x, way_y) = len(path_px), path_px[-1]
    share = f"(on/{length - 1})"
    eased = f"(pow({share},3)*(10-15*{share}+6*{share}*{share}))"
    pan = graph.add(
        "zoompan",
        f"z=10/9:x='iw/20-({way_x / 10 * 9:.3f})*{eased}':y='ih/20-({way_y / 10 * 9:.3f})*{eased}'"
        f":d={length}:s={width}x{height}:fps={FRAMES_PER_SECOND}",
    )
    sink = graph.add("buffersink")
    source.link_to(pan)
    pan.link_to(sink)
    graph.configure()
    graph.push(av.VideoFrame.from_ndarray(frame, format="gray"))
    graph.push(None)
    return [np.asarray(graph.pull().to_ndarray(format="gray"), np.uint8) for _ in range(length)]


def inner(frame: Luma) -> Luma:
    """The middle four fifths, which borders and what enters over them do not touch."""
    height, width = frame.shape
    return frame[height // 10 : -height // 10, width // 10 : -width // 10]


def kept_sharpness(engine: Engine, picture: pictures.FirstFrame) -> float:
    """What resampling leaves of the first frame's sharpness."""
    frames = lumas(engine, task(picture.path, SLOW_PAN, engine))
    course = [sharpness(inner(frame)) for frame in islice(frames, 25)]
    return median(course[12:]) / course[0]


def jitter(tracks: NDArray[np.float32]) -> float:
    """Second difference of the inner points' tracks (frames, 100, 2), px/frame²: its RMS over time, their median."""
    points = tracks.reshape(-1, GRID, GRID, 2)[:, 2:-2, 2:-2]
    return float(np.median(np.sqrt((np.diff(points, 2, axis=0) ** 2).sum(axis=-1).mean(axis=0))))


def middle_path(tracks: NDArray[np.float32]) -> NDArray[np.float64]:
    """The eased path (frames, 2) in px from nothing to where the median point went."""
    way = np.median(tracks[-1] - tracks[0], axis=0)
    time = np.linspace(0, 1, len(tracks))
    return (time**3 * (10 - 15 * time + 6 * time**2))[:, None] * way


def shifted(frame: Luma, path_px: NDArray[np.float64]) -> list[Luma]:
    """The frame moved by each x, y of the path exactly, wrapping around, by the Fourier shift theorem."""
    height, width = frame.shape
    spectrum = np.fft.rfft2(frame)
    across, down = np.fft.rfftfreq(width)[None, :], np.fft.fftfreq(height)[:, None]
    moved = (np.fft.irfft2(spectrum * np.exp(-2j * np.pi * (across * x + down * y)), frame.shape) for x, y in path_px)
    return [np.clip(np.rint(picture), 0, 255).astype(np.uint8) for picture in moved]


def swing(course: NDArray[np.float64]) -> float:
    """Peak-to-peak share by which a course leaves its own smoothed course; single frames out of 144 are forgiven."""
    half = SMOOTH_FRAMES // 2
    weights = np.hanning(SMOOTH_FRAMES + 2)[1:-1]
    smooth = np.convolve(np.pad(course, half, mode="reflect", reflect_type="odd"), weights / weights.sum(), "valid")
    low, high = np.percentile(course / smooth - 1, (1, 99))
    return float(high - low)


def flicker(frames: list[Luma]) -> float:
    """(255 − mean absolute difference of neighbouring frames) / 255, VBench's formula on luma."""
    steps = [np.mean(np.abs(b.astype(np.int16) - a)) for a, b in pairwise(frames)]
    return float(1 - np.mean(steps) / 255)


if __name__ == "__main__":
    main()
